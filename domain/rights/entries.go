package rights

import "cairn/gate"

// Categories of holds. A medical hold does not stop the search for a place.
const (
	HoldMedical    = "medical"
	HoldProtection = "protection"
	HoldLegal      = "legal"
	HoldIntegrity  = "integrity"
)

// HoldPlaced stops every step towards a departure.
type HoldPlaced struct {
	Hold     string `json:"hold"`
	Category string `json:"category"`
	Owner    string `json:"owner"` // the member of staff who may lift it
	Reason   string `json:"reason"`
	Until    string `json:"until,omitempty"` // last day, YYYY-MM-DD; until lifted without
}

// Kind implements blueprint.Fact.
func (*HoldPlaced) Kind() string { return "rights.hold_placed" }

// HoldLifted ends a hold.
type HoldLifted struct {
	Hold   string `json:"hold"`
	Reason string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*HoldLifted) Kind() string { return "rights.hold_lifted" }

// RiskFound says that the person would be at risk in a country.
type RiskFound struct {
	Finding string `json:"finding"`
	Country string `json:"country"` // alpha-3
	Basis   string `json:"basis"`   // what is feared, and why
	Source  string `json:"source,omitempty"`
}

// Kind implements blueprint.Fact.
func (*RiskFound) Kind() string { return "rights.risk_found" }

// Outcomes of a review of a finding.
const (
	OutcomeAffirmed  = "affirmed"
	OutcomeUnfounded = "unfounded"
)

// RiskReviewed is one person's word on a finding.
type RiskReviewed struct {
	Finding string `json:"finding"`
	Outcome string `json:"outcome"`
	Reason  string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*RiskReviewed) Kind() string { return "rights.risk_reviewed" }

// Words for fitness to travel, as the gate reads them.
const (
	Fit            = "fit"
	EscortRequired = "escort_required"
	Unfit          = "unfit"
	fitUnknown     = "unknown"
)

// FitnessAssessed is a medical assessment for travel.
type FitnessAssessed struct {
	Fit    string `json:"fit"`
	Escort string `json:"escort,omitempty"` // who escorts; empty while nobody does
	Until  string `json:"until,omitempty"`  // last day on which it counts, YYYY-MM-DD
}

// Kind implements blueprint.Fact.
func (*FitnessAssessed) Kind() string { return "rights.fitness_assessed" }

// GuardianAppointed names who cares for a child in place of its parents.
type GuardianAppointed struct {
	Guardian string `json:"guardian"` // a record, or a name where there is none
	Relation string `json:"relation"`
	// Present says that a guardian without a record goes along.
	Present bool `json:"present,omitempty"`
}

// Kind implements blueprint.Fact.
func (*GuardianAppointed) Kind() string { return "rights.guardian_appointed" }

// Outcomes of a decision on best interests.
const (
	OutcomeInFavour = "in_favour"
	OutcomeAgainst  = "against"
)

// BestInterestsDecided says whether going to a country is best for a child.
type BestInterestsDecided struct {
	Destination string `json:"destination"` // alpha-3
	Outcome     string `json:"outcome"`
	Reason      string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*BestInterestsDecided) Kind() string { return "rights.best_interests_decided" }

// CapacityAssessed says whether an adult can decide, and who represents one who cannot.
type CapacityAssessed struct {
	Able           bool   `json:"able"`
	Representative string `json:"representative,omitempty"`
	Reason         string `json:"reason,omitempty"`
}

// Kind implements blueprint.Fact.
func (*CapacityAssessed) Kind() string { return "rights.capacity_assessed" }

// AppealLodged says that the person appeals against a decision.
type AppealLodged struct {
	Appeal     string `json:"appeal"`
	Suspensive bool   `json:"suspensive"` // nobody departs while it is pending
	Against    string `json:"against,omitempty"`
}

// Kind implements blueprint.Fact.
func (*AppealLodged) Kind() string { return "rights.appeal_lodged" }

// Outcomes of an appeal.
const (
	AppealUpheld    = "upheld"
	AppealDismissed = "dismissed"
	AppealWithdrawn = "withdrawn"
)

// AppealDecided ends an appeal.
type AppealDecided struct {
	Appeal  string `json:"appeal"`
	Outcome string `json:"outcome"`
	Reason  string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*AppealDecided) Kind() string { return "rights.appeal_decided" }

// AppealWaived says that the person gives up the protection of a pending appeal.
type AppealWaived struct {
	Appeal    string `json:"appeal"`
	Statement string `json:"statement"`
}

// Kind implements blueprint.Fact.
func (*AppealWaived) Kind() string { return "rights.appeal_waived" }

// SplitAgreed says that the person agrees that some of the household go to a country
// without the others.
type SplitAgreed struct {
	Household   string `json:"household"`
	Destination string `json:"destination"` // alpha-3
	Language    string `json:"language,omitempty"`
}

// Kind implements blueprint.Fact.
func (*SplitAgreed) Kind() string { return "rights.split_agreed" }

// Refused says that safeguards stopped a step, with all that they were told, so that
// the decision can be taken again.
type Refused struct {
	Stage    string         `json:"stage"`
	Unit     string         `json:"unit,omitempty"`
	Refusals []gate.Refusal `json:"refusals"`
	Trip     *gate.Trip     `json:"trip"`
	Decision gate.Decision  `json:"decision"`
}

// Kind implements blueprint.Fact.
func (*Refused) Kind() string { return "rights.refused" }

// Refused gives the trip and the decision that refused it, to be taken again.
func (r *Refused) Refused() (*gate.Trip, gate.Decision) { return r.Trip, r.Decision }

// NewRefused makes the fact of a refusal.
func NewRefused(stage string, trip *gate.Trip, decision gate.Decision, refusals []gate.Refusal) *Refused {
	return &Refused{Stage: stage, Trip: trip, Decision: decision, Refusals: refusals}
}
