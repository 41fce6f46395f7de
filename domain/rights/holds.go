package rights

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/value/said"
)

// HoldInput places one hold on each record.
type HoldInput struct {
	Records  []string `json:"records" required:"true" help:"Whom it protects, by id or number."`
	Category string   `json:"category" required:"true" help:"protection, legal or integrity."`
	Owner    string   `json:"owner" help:"The member of staff who may lift it; you unless told."`
	Reason   string   `json:"reason" required:"true" help:"Why nothing may move."`
	Until    string   `json:"until" help:"The last day; until it is lifted unless told."`
}

var placeHold = blueprint.Act(blueprint.Action{
	Name: "rights.place_hold", Group: "rights.write", Title: "Place a hold",
	Help: "Stops every step towards a departure, for all records of the person, until its owner lifts it or its last " +
		"day has passed. Medical holds are placed by medical officers.",
	Example:  "cairn rights place-hold --records ID --category protection --reason 'witness in a trial'",
	Appends:  []string{"rights.hold_placed"},
	Resource: identity.ResourceOf(func(in *HoldInput) []string { return in.Records }),
}, func(w *blueprint.Work, in HoldInput) (Done, error) {
	if in.Category == HoldMedical {
		return Done{}, blueprint.RefuseField("category", "medical holds are placed by a medical officer, with rights.place_medical_hold")
	}
	if err := oneOf("category", in.Category, HoldProtection, HoldLegal, HoldIntegrity); err != nil {
		return Done{}, err
	}
	return place(w, in)
})

// MedicalHoldInput places one medical hold on each record.
type MedicalHoldInput struct {
	Records []string `json:"records" required:"true" help:"Whom it protects, by id or number."`
	Reason  string   `json:"reason" required:"true" help:"Why nobody may depart; no more of the diagnosis than is needed."`
	Until   string   `json:"until" help:"The last day; until it is lifted unless told."`
}

var placeMedicalHold = blueprint.Act(blueprint.Action{
	Name: "rights.place_medical_hold", Group: "health.write", Title: "Place a medical hold",
	Help:     "Stops booking and departure, but not the search for a place.",
	Example:  "cairn rights place-medical-hold --records ID --reason 'under treatment' --until 1957-03-31",
	Appends:  []string{"rights.hold_placed"},
	Resource: identity.ResourceOf(func(in *MedicalHoldInput) []string { return in.Records }),
}, func(w *blueprint.Work, in MedicalHoldInput) (Done, error) {
	return place(w, HoldInput{Records: in.Records, Category: HoldMedical, Reason: in.Reason, Until: in.Until})
})

func place(w *blueprint.Work, in HoldInput) (Done, error) {
	if err := required("reason", in.Reason, "why nothing may move"); err != nil {
		return Done{}, err
	}
	until, err := lastDay(w, in.Until)
	if err != nil {
		return Done{}, err
	}
	if in.Owner == "" {
		in.Owner = w.Actor.ID
	}
	var ids []string
	done, err := addToEach(w, in.Records, func(string) blueprint.Fact {
		id := w.NewID()
		ids = append(ids, id)
		return &HoldPlaced{Hold: id, Category: in.Category, Owner: in.Owner, Reason: in.Reason, Until: until}
	})
	done.IDs = ids
	return done, err
}

// LiftInput lifts holds.
type LiftInput struct {
	Holds  []string `json:"holds" required:"true" help:"Holds that are in force."`
	Reason string   `json:"reason" required:"true" help:"Why it is no longer needed."`
}

const (
	heldQuery    = "SELECT hold, record, category, owner, lifted FROM rights_hold WHERE hold IN (%s)"
	finderQuery  = "SELECT finding, record, status, finder, unfounded_by FROM rights_finding WHERE finding IN (%s)"
	appealsQuery = "SELECT appeal, record, decided, waived FROM rights_appeal WHERE appeal IN (%s)"
)

var liftHold = blueprint.Act(blueprint.Action{
	Name: "rights.lift_hold", Group: "rights.write", Title: "Lift holds",
	Help:     "Ends holds. Only the owner lifts a hold, or another officer once the owner no longer works here.",
	Example:  "cairn rights lift-hold --holds ID --reason 'the trial is over'",
	Appends:  []string{"rights.hold_lifted"},
	Resource: standingResource("hold", heldQuery, func(in *LiftInput) []string { return in.Holds }),
}, func(w *blueprint.Work, in LiftInput) (Done, error) { return lift(w, in, false) })

var liftMedicalHold = blueprint.Act(blueprint.Action{
	Name: "rights.lift_medical_hold", Group: "health.write", Title: "Lift medical holds",
	Help:     "Ends medical holds. Any medical officer may.",
	Example:  "cairn rights lift-medical-hold --holds ID --reason recovered",
	Appends:  []string{"rights.hold_lifted"},
	Resource: standingResource("hold", heldQuery, func(in *LiftInput) []string { return in.Holds }),
}, func(w *blueprint.Work, in LiftInput) (Done, error) { return lift(w, in, true) })

func lift(w *blueprint.Work, in LiftInput, medical bool) (Done, error) {
	if err := required("reason", in.Reason, "why it is no longer needed"); err != nil {
		return Done{}, err
	}
	holds, err := standing(w, "hold", heldQuery, in.Holds)
	if err != nil {
		return Done{}, err
	}
	works, err := workingOwners(w, holds)
	if err != nil {
		return Done{}, err
	}
	var done Done
	for _, h := range holds {
		category, owner, lifted := h.words[0], h.words[1], h.words[2]
		if refusal := mayLift(h.id, category, owner, lifted, w.Actor.ID, medical, works[owner]); refusal != nil {
			return Done{}, blueprint.Refuse(blueprint.Conflict, "%v", refusal)
		}
		w.Add(h.record, &HoldLifted{Hold: h.id, Reason: in.Reason})
		done.Records = append(done.Records, h.record)
	}
	return done, nil
}

// mayLift says what stands against lifting a hold; nil when nothing does. ownerWorks
// says that the owner is still on the staff.
func mayLift(id, category, owner, lifted, actor string, medical, ownerWorks bool) error {
	switch {
	case lifted != "":
		return said.Errorf("hold %s is lifted already", id)
	case medical && category != HoldMedical:
		return said.Errorf("hold %s is not a medical one: its owner lifts it with rights.lift_hold", id)
	case !medical && category == HoldMedical:
		return said.Errorf("hold %s is a medical one: a medical officer lifts it with rights.lift_medical_hold", id)
	case !medical && owner != actor && ownerWorks:
		return said.Errorf("hold %s belongs to %s: ask them to lift it", id, owner)
	}
	return nil
}

// workingOwners says which owners of holds are still on the staff.
func workingOwners(w *blueprint.Work, holds []stands) (map[string]bool, error) {
	var owners []string
	for _, h := range holds {
		owners = append(owners, h.words[1])
	}
	if err := w.Guard(owners...); err != nil {
		return nil, err
	}
	works := map[string]bool{}
	err := w.Reader.In(w.Ctx, "SELECT staff FROM offices_staff WHERE active = 1 AND staff IN (%s)", owners, func(rows *sql.Rows) error {
		var staff string
		err := rows.Scan(&staff)
		works[staff] = true
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read whether the owners work here: %w", err)
	}
	return works, nil
}
