package cases

import (
	"cmp"
	"database/sql"
	"fmt"
	"strings"

	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/gate"
)

// StageInput moves cases to a stage.
type StageInput struct {
	Cases  []string `json:"cases" required:"true" help:"The cases."`
	Stage  string   `json:"stage" required:"true" help:"opened or assessed; the other stages follow from placement and journey."`
	Next   string   `json:"next" help:"Who acts next; else the usual."`
	Due    string   `json:"due" help:"Until when, YYYY-MM-DD; else the usual."`
	Reason string   `json:"reason" help:"Why; needed to go back."`
}

// CloseInput ends cases.
type CloseInput struct {
	Cases   []string `json:"cases" required:"true" help:"The cases."`
	Outcome string   `json:"outcome" required:"true" help:"settled, withdrawn, moved_elsewhere, duplicate, death or other."`
	Reason  string   `json:"reason" required:"true" help:"Why."`
}

// Changed says how many cases an action changed.
type Changed struct {
	Cases int `json:"cases"`
}

var reachStage = blueprint.Act(blueprint.Action{
	Name: "cases.reach_stage", Group: "cases.write", Title: "Move cases to a stage",
	Help:    "Records that cases were assessed, or go back to be. The stages of placement and journey follow from those.",
	Example: "cairn cases reach-stage --cases ID --stage assessed", Appends: []string{"cases.stage_reached"},
	Resource: forCases(func(in *StageInput) []string { return in.Cases }),
}, func(w *blueprint.Work, in StageInput) (Changed, error) {
	if err := checkDay("due", in.Due); err != nil {
		return Changed{}, err
	}
	return change(w, in.Cases, func(id, stage string) error {
		if err := checkByHand(stage, in.Stage, in.Reason); err != nil {
			return err
		}
		reached := Reached(in.Stage, w.Now(), in.Reason)
		reached.Next, reached.Due = cmpOr(in.Next, reached.Next), cmpOr(in.Due, reached.Due)
		w.Add(id, reached)
		return nil
	})
})

var closeCases = blueprint.Act(blueprint.Action{
	Name: "cases.close", Group: "cases.write", Title: "Close cases",
	Help:    "Ends cases with an outcome. What a placement held is given back.",
	Example: "cairn cases close --cases ID --outcome withdrawn --reason 'went home'", Appends: []string{"cases.closed"},
	Resource: forCases(func(in *CloseInput) []string { return in.Cases }),
}, func(w *blueprint.Work, in CloseInput) (Changed, error) {
	return change(w, in.Cases, func(id, stage string) error {
		if err := checkClose(stage, in.Outcome, in.Reason); err != nil {
			return err
		}
		w.Add(id, &Closed{Outcome: in.Outcome, Reason: in.Reason})
		return nil
	})
})

// change runs do on each case once with its stage. Errors name the case.
func change(w *blueprint.Work, ids []string, do func(id, stage string) error) (Changed, error) {
	stages, err := StagesOf(w, ids)
	if err != nil {
		return Changed{}, err
	}
	done := map[string]bool{}
	for _, id := range ids {
		if done[id] {
			continue
		}
		done[id] = true
		if err := do(id, stages[id]); err != nil {
			return Changed{}, err
		}
	}
	return Changed{Cases: len(done)}, nil
}

// StagesOf gives the stage of each case and guards the cases; it refuses those that
// are not here.
func StagesOf(w *blueprint.Work, ids []string) (map[string]string, error) {
	if len(ids) == 0 {
		return nil, blueprint.RefuseField("cases", "name at least one case")
	}
	if err := w.Guard(ids...); err != nil {
		return nil, err
	}
	stages := make(map[string]string, len(ids))
	err := w.Reader.In(w.Ctx, "SELECT case_id, stage FROM cases_case WHERE case_id IN (%s)", ids, func(rows *sql.Rows) error {
		var id, stage string
		err := rows.Scan(&id, &stage)
		stages[id] = stage
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the cases' stages: %w", err)
	}
	for _, id := range ids {
		if stages[id] == "" {
			return nil, blueprint.Refuse(blueprint.NotFound, "there is no case %q here: look for it with cases.list", id)
		}
	}
	return stages, nil
}

// Resource is what the gate is asked about before cases are touched: the office
// that holds their members' records, and sensitive as soon as one of them is. The
// case is an applicant's own when the applicant is one of its members.
func Resource(w *blueprint.Work, ids ...string) (gate.Resource, error) {
	var records []string
	err := w.Reader.In(w.Ctx, "SELECT record FROM cases_member WHERE case_id IN (%s)", ids, collect(&records))
	if err != nil {
		return gate.Resource{}, fmt.Errorf("read whose cases they are: %w", err)
	}
	out, err := resourceOf(w, records)
	if err != nil {
		return out, err
	}
	if len(ids) > 0 {
		out.ID = ids[0]
	}
	if len(ids) == 1 && w.Actor.ID != "" {
		persons, err := identity.Members(w, []string{w.Actor.ID})
		if err != nil {
			return out, err
		}
		for _, r := range records {
			for _, own := range persons[w.Actor.ID] {
				out.Self = out.Self || r == own
			}
		}
	}
	return out, nil
}

// resourceOf asks about records' office and whether any is sensitive.
func resourceOf(w *blueprint.Work, records []string) (gate.Resource, error) {
	out := gate.Resource{Type: SubjectCase, Office: w.OfficeCode()}
	err := w.Reader.In(w.Ctx, "SELECT office, sensitive FROM people_record WHERE record IN (%s)", records, func(rows *sql.Rows) error {
		var office string
		var sensitive int64
		err := rows.Scan(&office, &sensitive)
		out.Sensitive = out.Sensitive || sensitive != 0
		if office != "" && office != w.OfficeCode() {
			out.Office = office
		}
		return err
	})
	if err != nil {
		return out, fmt.Errorf("read whose records they are: %w", err)
	}
	return out, nil
}

func forCases[In any](ids func(*In) []string) func(*blueprint.Work, any) (gate.Resource, error) {
	return blueprint.ResourceOf(func(w *blueprint.Work, in *In) (gate.Resource, error) {
		return Resource(w, ids(in)...)
	})
}

func collect(into *[]string) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		t, err := text(rows)
		*into = append(*into, t)
		return err
	}
}

func text(rows *sql.Rows) (string, error) {
	var t string
	err := rows.Scan(&t)
	return t, err
}

func cmpOr(a, b string) string { return cmp.Or(strings.TrimSpace(a), b) }
