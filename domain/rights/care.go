package rights

import (
	"cairn/blueprint"
	"cairn/domain/identity"
)

// FitnessInput is one assessment of each record.
type FitnessInput struct {
	Records []string `json:"records" required:"true" help:"Who was assessed, by id or number."`
	Fit     string   `json:"fit" required:"true" help:"fit, escort_required or unfit."`
	Escort  string   `json:"escort" help:"Who escorts, once somebody does."`
	Until   string   `json:"until" help:"The last day on which it counts; without end unless told."`
}

var assessFitness = blueprint.Act(blueprint.Action{
	Name: "rights.assess_fitness", Group: "health.write", Title: "Assess fitness to travel",
	Help:     "Records how fit people are to travel. The newest assessment of any of a person's records counts.",
	Example:  "cairn rights assess-fitness --records ID,ID --fit fit --until 1957-01-31",
	Appends:  []string{"rights.fitness_assessed"},
	Resource: identity.ResourceOf(func(in *FitnessInput) []string { return in.Records }),
}, func(w *blueprint.Work, in FitnessInput) (Done, error) {
	if err := oneOf("fit", in.Fit, Fit, EscortRequired, Unfit); err != nil {
		return Done{}, err
	}
	if in.Escort != "" && in.Fit != EscortRequired {
		return Done{}, blueprint.RefuseField("escort", "an escort is named only with escort_required")
	}
	until, err := lastDay(w, in.Until)
	if err != nil {
		return Done{}, err
	}
	return addToEach(w, in.Records, func(string) blueprint.Fact {
		return &FitnessAssessed{Fit: in.Fit, Escort: in.Escort, Until: until}
	})
})

// GuardianInput appoints one guardian for children.
type GuardianInput struct {
	Records  []string `json:"records" required:"true" help:"The children, by id or number."`
	Guardian string   `json:"guardian" required:"true" help:"The guardian's record, by id or number, or a name."`
	Relation string   `json:"relation" required:"true" help:"What the guardian is to them: aunt, appointed by the court."`
	Present  bool     `json:"present" help:"A guardian without a record goes along."`
}

var appointGuardian = blueprint.Act(blueprint.Action{
	Name: "rights.appoint_guardian", Group: "rights.write", Title: "Appoint a guardian",
	Help: "Records who cares for children in place of their parents. A guardian with a record counts on a journey " +
		"when travelling to the same country; one without a record only when present.",
	Example:  "cairn rights appoint-guardian --records ID,ID --guardian ID --relation aunt",
	Appends:  []string{"rights.guardian_appointed"},
	Resource: identity.ResourceOf(func(in *GuardianInput) []string { return in.Records }),
}, func(w *blueprint.Work, in GuardianInput) (Done, error) {
	if err := required("guardian", in.Guardian, "who the guardian is"); err != nil {
		return Done{}, err
	}
	if err := required("relation", in.Relation, "what the guardian is to them"); err != nil {
		return Done{}, err
	}
	guardian := in.Guardian
	if found, err := identity.Records(w, []string{guardian}); err == nil {
		guardian = found[0]
	} else if blueprint.FaultOf(err) != blueprint.NotFound {
		return Done{}, err
	}
	records, err := onRecords(w, in.Records)
	if err != nil {
		return Done{}, err
	}
	for _, r := range records {
		if r == guardian {
			return Done{}, blueprint.RefuseField("guardian", "nobody is their own guardian: name somebody else")
		}
		w.Add(r, &GuardianAppointed{Guardian: guardian, Relation: in.Relation, Present: in.Present})
	}
	return Done{Records: records}, nil
})

// BestInterestsInput is one decision for children.
type BestInterestsInput struct {
	Records     []string `json:"records" required:"true" help:"The children, by id or number."`
	Destination string   `json:"destination" required:"true" help:"The country, by code or name."`
	Outcome     string   `json:"outcome" required:"true" help:"in_favour or against."`
	Reason      string   `json:"reason" required:"true" help:"What it rests on, the child's own view among it."`
}

var decideBestInterests = blueprint.Act(blueprint.Action{
	Name: "rights.decide_best_interests", Group: "rights.write", Title: "Decide on best interests",
	Help:     "Decides whether going to a country is best for children (Convention on the Rights of the Child, article 3).",
	Example:  "cairn rights decide-best-interests --records ID --destination CAN --outcome in_favour --reason 'her aunt lives there'",
	Appends:  []string{"rights.best_interests_decided"},
	Resource: identity.ResourceOf(func(in *BestInterestsInput) []string { return in.Records }),
}, func(w *blueprint.Work, in BestInterestsInput) (Done, error) {
	to, err := destination(in.Destination)
	if err != nil {
		return Done{}, err
	}
	if err := oneOf("outcome", in.Outcome, OutcomeInFavour, OutcomeAgainst); err != nil {
		return Done{}, err
	}
	if err := required("reason", in.Reason, "what the decision rests on"); err != nil {
		return Done{}, err
	}
	return addToEach(w, in.Records, func(string) blueprint.Fact {
		return &BestInterestsDecided{Destination: to, Outcome: in.Outcome, Reason: in.Reason}
	})
})

// CapacityInput is one assessment of adults.
type CapacityInput struct {
	Records        []string `json:"records" required:"true" help:"Who was assessed, by id or number."`
	Able           string   `json:"able" required:"true" help:"yes or no: can decide, with support if needed."`
	Representative string   `json:"representative" help:"The legal representative of somebody who cannot."`
	Reason         string   `json:"reason" help:"What it rests on; needed for no."`
}

var assessCapacity = blueprint.Act(blueprint.Action{
	Name: "rights.assess_capacity", Group: "rights.write", Title: "Assess capacity to decide",
	Help: "Records whether adults can decide for themselves. Everybody can until the contrary is recorded " +
		"(Convention on the Rights of Persons with Disabilities, article 12).",
	Example:  "cairn rights assess-capacity --records ID --able no --representative 'her sister' --reason 'medical report'",
	Appends:  []string{"rights.capacity_assessed"},
	Resource: identity.ResourceOf(func(in *CapacityInput) []string { return in.Records }),
}, func(w *blueprint.Work, in CapacityInput) (Done, error) {
	if err := oneOf("able", in.Able, "yes", "no"); err != nil {
		return Done{}, err
	}
	if in.Able == "no" {
		if err := required("reason", in.Reason, "what it rests on that somebody cannot decide"); err != nil {
			return Done{}, err
		}
	}
	return addToEach(w, in.Records, func(string) blueprint.Fact {
		return &CapacityAssessed{Able: in.Able == "yes", Representative: in.Representative, Reason: in.Reason}
	})
})
