package resettlement

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/gate"
	"cairn/value"
)

// stood is how a case's placement stands in the tables.
type stood struct {
	place, country, status, plan, stage string
}

// standings reads the placements of cases with the cases' stages and guards the
// cases; those that are not here are refused, those without placement have no status.
func standings(w *blueprint.Work, ids []string) (map[string]stood, error) {
	stages, err := cases.StagesOf(w, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]stood, len(ids))
	for id, stage := range stages {
		out[id] = stood{stage: stage}
	}
	err = w.Reader.In(w.Ctx, "SELECT case_id, place, country, status, plan FROM resettlement_placement WHERE case_id IN (%s)", ids,
		func(rows *sql.Rows) error {
			var id string
			var s stood
			err := rows.Scan(&id, &s.place, &s.country, &s.status, &s.plan)
			s.stage = stages[id]
			out[id] = s
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read the placements: %w", err)
	}
	return out, nil
}

// Decided says how many cases an action decided on.
type Decided struct {
	Cases int `json:"cases"`
	Left  int `json:"left,omitempty"` // of a plan, that stand undecided
}

// AcceptPlanInput accepts a plan's placements.
type AcceptPlanInput struct {
	Plan   string   `json:"plan" required:"true" help:"The plan."`
	Except []string `json:"except" help:"Cases that are left out, to be decided one by one."`
	Reason string   `json:"reason" help:"A remark for the record."`
}

var acceptPlan = blueprint.Act(blueprint.Action{
	Name: "resettlement.accept_plan", Group: "resettlement.write", Title: "Accept a plan",
	Help:    "Makes offers of all placements of a plan that stand undecided, but for the cases left out. It is one decision of one person.",
	Example: "cairn resettlement accept-plan --plan ID",
	Appends: []string{"resettlement.plan_decided", "resettlement.offer_made"},
}, func(w *blueprint.Work, in AcceptPlanInput) (Decided, error) {
	if _, err := w.Exists(in.Plan, SubjectPlan); err != nil {
		return Decided{}, err
	}
	left := map[string]bool{}
	for _, id := range in.Except {
		left[id] = true
	}
	ids, err := blueprint.Collect(w, func(rows *sql.Rows) (string, error) {
		var id string
		err := rows.Scan(&id)
		return id, err
	}, "SELECT case_id FROM resettlement_placement WHERE plan = $1 AND status IN ('proposed', 'changed') ORDER BY case_id", in.Plan)
	if err != nil {
		return Decided{}, fmt.Errorf("read the plan's placements: %w", err)
	}
	all := len(ids)
	ids = slices.DeleteFunc(ids, func(id string) bool { return left[id] })
	if len(ids) == 0 {
		return Decided{}, blueprint.Refuse(blueprint.Conflict, "no placement of this plan waits for a decision")
	}
	if err := makeOffers(w, ids); err != nil {
		return Decided{}, err
	}
	w.Add(in.Plan, &PlanDecided{Offered: len(ids), Left: all - len(ids), Reason: in.Reason})
	return Decided{Cases: len(ids), Left: all - len(ids)}, nil
})

// CasesInput names cases.
type CasesInput struct {
	Cases []string `json:"cases" required:"true" help:"The cases."`
}

var accept = blueprint.Act(blueprint.Action{
	Name: "resettlement.accept", Group: "resettlement.write", Title: "Accept placements",
	Help:    "Makes offers of the placements of these cases, to the receiving state and to the household.",
	Example: "cairn resettlement accept --cases ID,ID",
	Appends: []string{"resettlement.offer_made"},
}, func(w *blueprint.Work, in CasesInput) (Decided, error) {
	ids := once(in.Cases)
	return Decided{Cases: len(ids)}, makeOffers(w, ids)
})

func makeOffers(w *blueprint.Work, ids []string) error {
	found, err := standings(w, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		s := found[id]
		if err := checkOffer(id, s.status); err != nil {
			return err
		}
		w.Add(id, &OfferMade{Place: s.place, Country: s.country, Moves: moves(cases.Reached(cases.StageOffered, w.Now(), ""))})
	}
	return nil
}

// ChangeInput chooses another place for a case.
type ChangeInput struct {
	Case   string `json:"case" required:"true" help:"The case."`
	Place  string `json:"place" required:"true" help:"The place chosen."`
	Reason string `json:"reason" required:"true" help:"Why."`
}

var changePlacement = blueprint.Act(blueprint.Action{
	Name: "resettlement.change", Group: "resettlement.write", Title: "Choose another place",
	Help:    "Staff choose a place for a case, instead of the one proposed or where none was. The safeguards are asked again.",
	Example: "cairn resettlement change --case ID --place ID --reason 'sister lives there'",
	Appends: []string{"resettlement.placement_changed"},
}, func(w *blueprint.Work, in ChangeInput) (Decided, error) {
	found, err := standings(w, []string{in.Case})
	if err != nil {
		return Decided{}, err
	}
	s := found[in.Case]
	if err := checkChange(s.status, s.stage, s.place, in.Place, in.Reason); err != nil {
		return Decided{}, err
	}
	r, quotas, err := openPlace(w, in.Place)
	if err != nil {
		return Decided{}, err
	}
	h := household{id: in.Case}
	if err := readMembers(w, []string{in.Case}, func(string) *household { return &h }); err != nil {
		return Decided{}, err
	}
	share := Share{Sizes: h.sizes(value.DateOf(w.Now())), Quotas: quotasOf(quotas, r, w.Today())}
	changed := &PlacementChanged{To: r.ID, Country: r.Country, Reason: in.Reason, Share: share,
		Moves: moves(cases.Reached(cases.StageProposed, w.Now(), ""))}
	if stands(s.status) {
		changed.From = s.place
	}
	if err := fits(r, share.Sizes); err != nil {
		return Decided{}, err
	}
	w.AddTo(in.Case, in.Case, changed)
	return Decided{Cases: 1}, nil
})

// openPlace reads a place to which somebody may still be proposed, and guards it.
func openPlace(w *blueprint.Work, id string) (*reception, []quota, error) {
	open, err := receptions(w, w.Today())
	if err != nil {
		return nil, nil, err
	}
	at := slices.IndexFunc(open, func(r reception) bool { return r.ID == id })
	if at < 0 {
		return nil, nil, blueprint.Refuse(blueprint.NotFound, "there is no open place %q: look for one with resettlement.board", id)
	}
	quotas, err := readQuotas(w)
	if err != nil {
		return nil, nil, err
	}
	return &open[at], quotas, guardPlaces(w, open[at:at+1], quotas)
}

func fits(r *reception, sizes map[string]int64) error {
	for _, d := range Dimensions() {
		if left := limit(r.Capacity, d) - r.Used[d]; sizes[d] > left {
			return blueprint.Refuse(blueprint.Conflict, "the household needs %d of %s and %s has %d left: choose another place, or change its room",
				sizes[d], d, r.Locality, left)
		}
	}
	return nil
}

// RefuseInput refuses a placement.
type RefuseInput struct {
	Case   string `json:"case" required:"true" help:"The case."`
	Reason string `json:"reason" required:"true" help:"Why."`
}

var refusePlacement = blueprint.Act(blueprint.Action{
	Name: "resettlement.refuse", Group: "resettlement.write", Title: "Refuse a placement",
	Help:    "Staff refuse a placement or take back an offer. The case waits again, and is not proposed to this place again.",
	Example: "cairn resettlement refuse --case ID --reason 'no school in reach'",
	Appends: []string{"resettlement.placement_refused"},
}, func(w *blueprint.Work, in RefuseInput) (Decided, error) {
	found, err := standings(w, []string{in.Case})
	if err != nil {
		return Decided{}, err
	}
	s := found[in.Case]
	if err := checkRefuse(s.status, s.stage, in.Reason); err != nil {
		return Decided{}, err
	}
	w.Add(in.Case, &PlacementRefused{Reason: in.Reason, Moves: moves(cases.Reached(cases.StageAssessed, w.Now(), "placement refused"))})
	return Decided{Cases: 1}, nil
})

// Answer is one side's answer to one offer.
type Answer struct {
	Case     string `json:"case" required:"true" help:"The case."`
	Accepted bool   `json:"accepted" help:"Yes or no."`
	Reason   string `json:"reason" help:"Why; needed to decline."`
	Language string `json:"language" help:"The language in which the offer was explained to the household."`
}

// AnswersInput answers offers.
type AnswersInput struct {
	Answers []Answer `json:"answers" required:"true" help:"One for each case."`
}

func (in *AnswersInput) ids() []string {
	ids := make([]string, len(in.Answers))
	for i, a := range in.Answers {
		ids[i] = a.Case
	}
	return ids
}

var answerForState = blueprint.Act(blueprint.Action{
	Name: "resettlement.answer_for_state", Group: "resettlement.answer", Title: "Answer for the receiving state",
	Help:     "The receiving state accepts or declines what was offered to it. A decline needs a reason, and closes the country to the case.",
	Example:  `cairn resettlement answer-for-state --answers '[{"case":"ID","accepted":true}]'`,
	Appends:  []string{"resettlement.state_answered"},
	Resource: blueprint.ResourceOf(offersResource),
}, func(w *blueprint.Work, in AnswersInput) (Decided, error) {
	return answerAll(w, in.Answers, StateAccepted, func(a Answer, m cases.Moves) (blueprint.Fact, error) {
		return &StateAnswered{Accepted: a.Accepted, Reason: a.Reason, Moves: m}, nil
	})
})

var answerForHousehold = blueprint.Act(blueprint.Action{
	Name: "resettlement.answer_for_household", Group: "offers.answer", Title: "Answer for the household",
	Help:    "The household accepts or declines its offer after it was explained in a language that it understands. Consent of each adult is recorded apart.",
	Example: `cairn resettlement answer-for-household --answers '[{"case":"ID","accepted":true,"language":"hu"}]'`,
	Appends: []string{"resettlement.household_answered"},
	Resource: blueprint.ResourceOf(func(w *blueprint.Work, in *AnswersInput) (gate.Resource, error) {
		return cases.Resource(w, once(in.ids())...)
	}),
}, func(w *blueprint.Work, in AnswersInput) (Decided, error) {
	return answerAll(w, in.Answers, HouseholdAccepted, func(a Answer, m cases.Moves) (blueprint.Fact, error) {
		tag, known := language(a.Language)
		if !known {
			return nil, blueprint.RefuseField("language", "say in which language the offer was explained to case %s: %q is not known", a.Case, a.Language)
		}
		return &HouseholdAnswered{Accepted: a.Accepted, Reason: a.Reason, Language: tag, Moves: m}, nil
	})
})

// offersResource asks about the country to which the cases are offered.
func offersResource(w *blueprint.Work, in *AnswersInput) (gate.Resource, error) {
	var codes []string
	err := w.Reader.In(w.Ctx, "SELECT DISTINCT country FROM resettlement_placement WHERE case_id IN (%s)", in.ids(), func(rows *sql.Rows) error {
		var code string
		err := rows.Scan(&code)
		codes = append(codes, code)
		return err
	})
	if err != nil {
		return gate.Resource{}, fmt.Errorf("read to whom the cases are offered: %w", err)
	}
	r := ofCountries(w, codes)
	r.Type = cases.SubjectCase
	return r, nil
}

func answerAll(w *blueprint.Work, answers []Answer, side string, fact func(Answer, cases.Moves) (blueprint.Fact, error)) (Decided, error) {
	in := AnswersInput{Answers: answers}
	ids := in.ids()
	if len(once(ids)) < len(ids) {
		return Decided{}, blueprint.RefuseField("answers", "a case is answered twice: give one answer for each")
	}
	found, err := standings(w, ids)
	if err != nil {
		return Decided{}, err
	}
	for _, a := range answers {
		s := found[a.Case]
		if err := checkAnswer(a.Case, s.status, side, a.Accepted, a.Reason); err != nil {
			return Decided{}, err
		}
		f, err := fact(a, moves(afterAnswer(w, s.status, side, a.Accepted)))
		if err != nil {
			return Decided{}, err
		}
		w.Add(a.Case, f)
	}
	return Decided{Cases: len(answers)}, nil
}

// afterAnswer says how a case goes on: to its journey when both sides said yes, to a
// new placement when one said no, else to the side that has not answered.
func afterAnswer(w *blueprint.Work, status, side string, yes bool) *cases.StageReached {
	switch {
	case !yes && side == StateAccepted:
		return cases.Reached(cases.StageAssessed, w.Now(), "the receiving state declined")
	case !yes:
		return cases.Reached(cases.StageAssessed, w.Now(), "the household declined")
	case status != Offered:
		return cases.Reached(cases.StageAccepted, w.Now(), "")
	}
	reached := cases.Reached(cases.StageOffered, w.Now(), "")
	if side == StateAccepted {
		reached.Next = cases.NextHousehold
	}
	return reached
}

func moves(to *cases.StageReached) cases.Moves { return cases.Moves{Stage: to} }

func once(texts []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(texts), func(t string) bool {
		had := seen[t]
		seen[t] = true
		return had
	})
}

// notFound turns an empty answer of the database into words.
func notFound(err error, format string, args ...any) error {
	if errors.Is(err, sql.ErrNoRows) {
		return blueprint.Refuse(blueprint.NotFound, format, args...)
	}
	return err
}

func upper(text string) string { return strings.ToUpper(strings.TrimSpace(text)) }
