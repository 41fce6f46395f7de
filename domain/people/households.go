package people

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/gate"
)

// householdsOf gives the household of each record; records without one are absent.
// It guards the households it finds.
func householdsOf(w *blueprint.Work, records []string) (map[string]string, error) {
	out := make(map[string]string, len(records))
	err := w.Reader.In(w.Ctx, "SELECT record, household FROM people_member WHERE record IN (%s)", records, func(rows *sql.Rows) error {
		var record, household string
		err := rows.Scan(&record, &household)
		out[record] = household
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for households: %w", err)
	}
	return out, w.Guard(slices.Collect(maps.Values(out))...)
}

// loadHousehold gives a household's state.
func loadHousehold(w *blueprint.Work, id string) (household, error) {
	facts, err := w.Exists(id, SubjectHousehold)
	if err != nil {
		return household{}, err
	}
	return fold.State(facts, stepHousehold), nil
}

// childRelation says what a child of a member is to the head.
func childRelation(w *blueprint.Work, home, parent string) (string, error) {
	h, err := loadHousehold(w, home)
	if err != nil {
		return "", err
	}
	for _, m := range h.members {
		switch {
		case m.Record != parent:
		case m.Head || m.Relation == RelationSpouse:
			return RelationChild, nil
		case m.Relation == RelationChild:
			return RelationGrandchild, nil
		}
	}
	return RelationOther, nil
}

// SplitInput takes records out of a household into a new one.
type SplitInput struct {
	Household string   `json:"household" required:"true" help:"The household that is parted."`
	Records   []string `json:"records" required:"true" help:"Who leaves; the first heads the new household."`
	Reason    string   `json:"reason" required:"true" help:"Why, such as a marriage or a wish of the person."`
}

var splitHousehold = blueprint.Act(blueprint.Action{
	Name: "people.split_household", Group: "registration.write", Title: "Split a household",
	Help:     "Members leave and form a household of their own. Who agreed to travel apart is recorded with rights.",
	Example:  "cairn people split-household --household ID --records ID,ID --reason 'married'",
	Appends:  []string{"people.member_left", "people.household_formed"},
	Resource: resourceOf(func(in *SplitInput) []string { return in.Records }),
}, func(w *blueprint.Work, in SplitInput) (Registered, error) {
	h, err := loadHousehold(w, in.Household)
	if err != nil {
		return Registered{}, err
	}
	records := unique(in.Records)
	if err := h.leave(records); err != nil {
		return Registered{}, err
	}
	if len(records) == len(h.members) {
		return Registered{}, blueprint.Refuse(blueprint.Conflict, "everybody would leave: the household is as it is")
	}
	out := Registered{Household: w.NewID(), Records: records}
	formed := &HouseholdFormed{Site: h.site, Reason: in.Reason, Number: h.number + "/" + out.Household[len(out.Household)-4:]}
	for i, r := range records {
		w.Add(in.Household, &MemberLeft{Record: r, Reason: in.Reason})
		formed.Members = append(formed.Members, Member{Record: r, Relation: RelationOther, Head: i == 0})
	}
	oneHead(formed.Members)
	w.Add(out.Household, formed)
	return out, nil
})

// JoinInput moves records into a household.
type JoinInput struct {
	Household string   `json:"household" required:"true" help:"The household that they join."`
	Records   []string `json:"records" required:"true" help:"Who joins; each leaves the household it was in."`
	Relation  string   `json:"relation" help:"Relation to the head: spouse, child, parent …"`
	Reason    string   `json:"reason" required:"true" help:"Why, such as reunited."`
}

var joinHousehold = blueprint.Act(blueprint.Action{
	Name: "people.join_household", Group: "registration.write", Title: "Join a household",
	Help:     "Records join a household and leave the one they were in.",
	Example:  "cairn people join-household --household ID --records ID --relation spouse --reason reunited",
	Appends:  []string{"people.member_left", "people.member_joined"},
	Resource: resourceOf(func(in *JoinInput) []string { return in.Records }),
}, func(w *blueprint.Work, in JoinInput) (Registered, error) {
	h, err := loadHousehold(w, in.Household)
	if err != nil {
		return Registered{}, err
	}
	records := unique(in.Records)
	if err := existing(w, records); err != nil {
		return Registered{}, err
	}
	before, err := householdsOf(w, records)
	if err != nil {
		return Registered{}, err
	}
	relation, known := newVocabulary(nil).relation(in.Relation)
	if !known {
		return Registered{}, blueprint.RefuseField("relation", "relation %q is not known: write spouse, child, parent, sibling or other", in.Relation)
	}
	if relation == "" || relation == RelationHead {
		relation = RelationOther
	}
	for _, r := range records {
		if h.has(r) {
			return Registered{}, blueprint.Refuse(blueprint.Conflict, "record %s is in this household already", r)
		}
		if old := before[r]; old != "" {
			w.Add(old, &MemberLeft{Record: r, Reason: in.Reason})
		}
		w.Add(in.Household, &MemberJoined{Member: Member{Record: r, Relation: relation, Head: len(h.members) == 0 && r == records[0]}, Reason: in.Reason})
	}
	return Registered{Household: in.Household, Records: records}, nil
})

// existing guards records and refuses those that are not here, all at once.
func existing(w *blueprint.Work, records []string) error {
	if len(records) == 0 {
		return blueprint.RefuseField("records", "name at least one record")
	}
	if err := w.Guard(records...); err != nil {
		return err
	}
	for _, r := range records {
		if h := w.Head(r); h.Entries == 0 || h.Type != SubjectRecord {
			return blueprint.Refuse(blueprint.NotFound, "there is no record %q here: look for it with people.search", r)
		}
	}
	return nil
}

func unique(texts []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(texts), func(t string) bool {
		if seen[t] {
			return true
		}
		seen[t] = true
		return false
	})
}

// resourceOf asks the gate about the records that an input names: the office that
// holds them, and sensitive as soon as one of them is.
func resourceOf[In any](records func(*In) []string) func(*blueprint.Work, any) (gate.Resource, error) {
	return blueprint.ResourceOf(func(w *blueprint.Work, in *In) (gate.Resource, error) {
		return Resource(w, records(in)...)
	})
}

// Resource is what the gate is asked about before files of records are touched.
func Resource(w *blueprint.Work, records ...string) (gate.Resource, error) {
	out := gate.Resource{Type: SubjectRecord, Office: w.OfficeCode()}
	if len(records) > 0 {
		out.ID = records[0]
		out.Self = len(records) == 1 && records[0] == w.Actor.ID
	}
	err := w.Reader.In(w.Ctx, "SELECT office, sensitive FROM people_record WHERE record IN (%s)", records, func(rows *sql.Rows) error {
		var office string
		var sensitive int64
		if err := rows.Scan(&office, &sensitive); err != nil {
			return err
		}
		out.Sensitive = out.Sensitive || sensitive != 0
		if office != out.Office && office != "" {
			out.Office = office
		}
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("read whose file it is: %w", err)
	}
	return out, nil
}
