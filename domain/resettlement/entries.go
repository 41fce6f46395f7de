package resettlement

import "cairn/domain/cases"

// The dimensions of capacity.
const (
	People  = "people"  // persons
	School  = "school"  // children of school age
	Medical = "medical" // persons with a medical need
	Large   = "large"   // dwellings for a large household
)

// Dimensions lists the dimensions in the order in which plans use them.
func Dimensions() []string { return []string{People, School, Medical, Large} }

// PlaceOpened begins a place.
type PlaceOpened struct {
	Name       string           `json:"name,omitempty"` // of whoever offers it
	Country    string           `json:"country"`        // alpha-3
	Locality   string           `json:"locality"`
	Capacity   map[string]int64 `json:"capacity"` // by dimension; people is always stated
	Languages  []string         `json:"languages,omitempty"`
	Services   []string         `json:"services,omitempty"`
	Conditions []string         `json:"conditions,omitempty"` // a Condition word, or as written
	From       string           `json:"from,omitempty"`       // YYYY-MM-DD
	To         string           `json:"to,omitempty"`
	Import     string           `json:"import,omitempty"` // digest of the file it came with
	Row        int              `json:"row,omitempty"`    // its row there, from 1
}

// Kind implements blueprint.Fact.
func (*PlaceOpened) Kind() string { return "resettlement.place_opened" }

// CapacityChanged replaces the dimensions that it names.
type CapacityChanged struct {
	Capacity map[string]int64 `json:"capacity"`
	Reason   string           `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*CapacityChanged) Kind() string { return "resettlement.capacity_changed" }

// PlaceWithdrawn ends an offer: nobody new is placed there.
type PlaceWithdrawn struct {
	Reason string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*PlaceWithdrawn) Kind() string { return "resettlement.place_withdrawn" }

// QuotaSet says how many people a country takes in a period.
type QuotaSet struct {
	Country string `json:"country"`
	Period  string `json:"period"` // 1957, 1957-02, 1957-Q1 or 1957-02-01/1957-05-31
	People  int64  `json:"people"`
}

// Kind implements blueprint.Fact.
func (*QuotaSet) Kind() string { return "resettlement.quota_set" }

// PlanProposed is one answer of the engine. Value, bound and gap are those of the
// attached result, which place.Verify recomputes.
type PlanProposed struct {
	Problem  string  `json:"problem"` // digests of the attachments
	Result   string  `json:"result"`
	Value    float64 `json:"value"`
	Bound    float64 `json:"bound"`
	Gap      float64 `json:"gap"`
	Placed   int     `json:"placed"` // cases
	Unplaced int     `json:"unplaced"`
	People   int     `json:"people"` // placed
	Status   string  `json:"status"`
	Seed     uint64  `json:"seed"`
	// Model scored the places, where staff chose one. Expected is what it predicts of the
	// plan, and of greedy and random placement of the same cases.
	Model    string           `json:"model,omitempty"`
	Expected *ExpectedOfPlans `json:"expected,omitempty"`
	Wishes   float64          `json:"wishes,omitempty"` // the loss of outcome that was allowed for them
	// Floor is the least share, of what it would get alone, that every group has in the
	// plan, where staff asked for one; Fair is the digest of what proves its price.
	Floor   float64 `json:"floor,omitempty"`
	FloorBy string  `json:"floor_by,omitempty"` // origin, size or needs
	Price   float64 `json:"price,omitempty"`    // the part of the value given up for it
	Fair    string  `json:"fair,omitempty"`
}

// ExpectedOfPlans lays what a model predicts of a plan beside what it predicts of others.
type ExpectedOfPlans struct {
	AskedOutcome
	Plan   Expected `json:"plan"`
	Greedy Expected `json:"greedy"`
	Random Expected `json:"random"`
	// Claimed is by how much the share of placed households with the outcome exceeds that
	// of random placement where a model of half the history chooses and judges itself, and
	// Sober where the other half's model judges it.
	Claimed float64 `json:"claimed,omitempty"`
	Sober   float64 `json:"sober,omitempty"`
}

// Kind implements blueprint.Fact.
func (*PlanProposed) Kind() string { return "resettlement.plan_proposed" }

// PlanStudied keeps a closer look at a plan: what chance or haste would have done, the
// frontier of wishes, the groups' shares and who must stay without a place.
type PlanStudied struct {
	Study       string  `json:"study"`       // digest of the attachment: a Study
	Certificate string  `json:"certificate"` // and of what proves it
	Floor       float64 `json:"floor"`       // as asked for; 0 left it to the study
	Seed        uint64  `json:"seed"`
}

// Kind implements blueprint.Fact.
func (*PlanStudied) Kind() string { return "resettlement.plan_studied" }

// PlanDecided says what somebody did with a plan as a whole.
type PlanDecided struct {
	Offered int    `json:"offered"` // cases
	Left    int    `json:"left"`    // proposals that stand undecided
	Reason  string `json:"reason,omitempty"`
}

// Kind implements blueprint.Fact.
func (*PlanDecided) Kind() string { return "resettlement.plan_decided" }

// Share is what a case takes of a place and of quotas.
type Share struct {
	Sizes  map[string]int64 `json:"sizes"` // by dimension
	Quotas []string         `json:"quotas,omitempty"`
}

// PlacementProposed proposes a place to a case.
type PlacementProposed struct {
	Plan    string  `json:"plan"`
	Place   string  `json:"place"`
	Country string  `json:"country"`
	Score   float64 `json:"score"`
	Reason  string  `json:"reason"`
	Share
	cases.Moves
}

// Kind implements blueprint.Fact.
func (*PlacementProposed) Kind() string { return "resettlement.placement_proposed" }

// PlacementChanged is the choice of another place by staff; From is empty where the
// case had none.
type PlacementChanged struct {
	From    string `json:"from,omitempty"`
	To      string `json:"to"`
	Country string `json:"country"` // of To
	Reason  string `json:"reason"`
	Share
	cases.Moves
}

// Kind implements blueprint.Fact.
func (*PlacementChanged) Kind() string { return "resettlement.placement_changed" }

// PlacementRefused is the refusal of a placement by staff.
type PlacementRefused struct {
	Reason string `json:"reason"`
	cases.Moves
}

// Kind implements blueprint.Fact.
func (*PlacementRefused) Kind() string { return "resettlement.placement_refused" }

// OfferMade puts a placement to the receiving state and the household.
type OfferMade struct {
	Place   string `json:"place"`
	Country string `json:"country"`
	cases.Moves
}

// Kind implements blueprint.Fact.
func (*OfferMade) Kind() string { return "resettlement.offer_made" }

// StateAnswered is the receiving state's answer.
type StateAnswered struct {
	Accepted bool   `json:"accepted"`
	Reason   string `json:"reason,omitempty"`
	cases.Moves
}

// Kind implements blueprint.Fact.
func (*StateAnswered) Kind() string { return "resettlement.state_answered" }

// HouseholdAnswered is the household's answer, after the offer was explained in a
// language.
type HouseholdAnswered struct {
	Accepted bool   `json:"accepted"`
	Reason   string `json:"reason,omitempty"`
	Language string `json:"language"` // BCP 47
	cases.Moves
}

// Kind implements blueprint.Fact.
func (*HouseholdAnswered) Kind() string { return "resettlement.household_answered" }

// OutcomeObserved says whether an outcome came about for a household within some days
// after its arrival. The latest about the same counts.
type OutcomeObserved struct {
	Outcome string `json:"outcome"` // one of the Outcome words
	Days    int    `json:"days"`
	Came    bool   `json:"came"`
	On      string `json:"on"`               // YYYY-MM-DD, when it was seen
	Import  string `json:"import,omitempty"` // digest of the file it came with
}

// Kind implements blueprint.Fact.
func (*OutcomeObserved) Kind() string { return "resettlement.outcome_observed" }

// OutcomesFitted keeps a model of an outcome with its calibration.
type OutcomesFitted struct {
	Outcome string  `json:"outcome"`
	Days    int     `json:"days"`
	Records int     `json:"records"`
	Came    int     `json:"came"`
	Slope   float64 `json:"slope"`
	Brier   float64 `json:"brier"`
	Base    float64 `json:"base"`
	AUC     float64 `json:"auc"`
	Model   string  `json:"model"` // digest of the attachment: an OutcomeModel
}

// Kind implements blueprint.Fact.
func (*OutcomesFitted) Kind() string { return "resettlement.outcomes_fitted" }
