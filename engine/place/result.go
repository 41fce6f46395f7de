package place

// Status says how a search ended. Plan and bound hold under each.
type Status string

const (
	// Complete means that no unplaced case fits anywhere as things stand, and
	// that the search found no further gain.
	Complete Status = "complete"
	// GoodEnough means that the gap is within what was asked for (Options.Enough).
	GoodEnough Status = "good enough"
	// BudgetReached means that the work budget ended first.
	BudgetReached Status = "work budget reached"
	// Stopped means that the context ended first: best so far.
	Stopped Status = "stopped early, best so far"
)

// Reason says why a case has no place.
type Reason string

const (
	// NoCompatiblePlace: a gate is closed at every place.
	NoCompatiblePlace Reason = "no compatible place"
	// CapacityExhausted: compatible places exist and none has room.
	CapacityExhausted Reason = "capacity exhausted"
	// NoGain: no compatible place with room has a positive value.
	NoGain Reason = "no place has a positive value"
	// Reserved: there is room that is worth more to cases still to come.
	Reserved Reason = "room is kept for others"
	// NotTried: the search ended before the case's turn.
	NotTried Reason = "search ended before this case"
)

// Result is a plan with its proof.
type Result struct {
	// Problem is the problem answered. It is not encoded; set it again before
	// Update.
	Problem *Problem `json:"-"`
	// Assignments has one entry for each case, in the problem's order.
	Assignments []Assignment `json:"assignments"`
	// Value is the objective: the assignments' values added in order.
	Value float64 `json:"value"`
	// Bound is at least the value of every possible plan.
	Bound float64 `json:"bound"`
	// Gap is (Bound − Value) / Bound, or 0 when Bound is 0.
	Gap    float64 `json:"gap"`
	Prices Prices  `json:"prices"`
	// Proof, when set, shows a lower Bound than the prices alone.
	Proof  *Proof `json:"proof,omitempty"`
	Use    Use    `json:"use"`
	Status Status `json:"status"`
	// Work is the pairs of case and place that were looked at.
	Work int64  `json:"work"`
	Seed uint64 `json:"seed"`
}

// Proven says whether the plan is shown to be an optimum, but for rounding.
func (r *Result) Proven() bool { return r.Proof != nil && r.Gap <= tolerance }

// Assignment is one case's line of the plan.
type Assignment struct {
	Case CaseID `json:"case"`
	// Place is empty when the case has none.
	Place PlaceID `json:"place,omitempty"`
	Score float64 `json:"score,omitempty"`
	// Value is weight × (score + bonus), or 0 without a place.
	Value float64 `json:"value"`
	// Reason and Detail are set when Place is empty; Detail names the
	// constraint.
	Reason Reason `json:"reason,omitempty"`
	Detail string `json:"detail,omitempty"`
}

// Prices are the certificate of the bound where there is no Proof: what one more unit of each capacity
// would add to the value, at least 0.
type Prices struct {
	// Places is indexed by place, then dimension.
	Places [][]float64 `json:"places"`
	// Rows is indexed like the problem's rows.
	Rows []float64 `json:"rows"`
}

// Use is what the plan takes of each capacity, indexed like Prices.
type Use struct {
	Places [][]int `json:"places"`
	Rows   []int   `json:"rows"`
}
