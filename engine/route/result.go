package route

import "cairn/value/said"

// Result is a plan, what it costs, and the prices that prove its bound.
type Result struct {
	// Problem is what the plan answers; after Update it is the changed problem.
	Problem Problem `json:"problem"`
	// Journeys are in the order of Problem.Parties, one for each.
	Journeys []Journey `json:"journeys"`
	// Cost sums the journeys' costs, unserved parties included, and Purchases.
	Cost Money `json:"cost"`
	// Opened lists the charters that run, in order of departure.
	Opened []ServiceID `json:"opened,omitempty"`
	// Purchases is what opening them costs, and the empty seats of blocks.
	Purchases Money `json:"purchases,omitempty"`
	// Bound is a cost that no plan can be below, proven by Prices.
	Bound Money `json:"bound"`
	// Prices lists the seats whose price is not zero, by service and kind.
	Prices []Price `json:"prices"`
	// Complete is false when the context ended first: the plan is then the
	// best so far, valid but less good than it could be.
	Complete bool `json:"complete"`
	// Work is what was spent, in looks at a service.
	Work int64 `json:"work"`
	// Changed says what the last Update did; nil after Solve.
	Changed *Changed `json:"changed,omitempty"`
}

// Journey is how one party travels, or why it does not.
type Journey struct {
	Party PartyID `json:"party"`
	// Services in order of travel; empty when the party is not served.
	Services []ServiceID `json:"services,omitempty"`
	Parts    CostParts   `json:"parts"`
	// Unserved says which rule stops the party; nil when it travels.
	Unserved *Obstacle `json:"unserved,omitempty"`
}

// CostParts are the parts of a journey's cost.
type CostParts struct {
	Fare     Money `json:"fare"`
	Wait     Money `json:"wait"`     // before the first departure
	Connect  Money `json:"connect"`  // between services
	Ride     Money `json:"ride"`     // aboard
	Unserved Money `json:"unserved"` // for people not brought home
}

// Total is the sum of the parts.
func (c CostParts) Total() Money { return c.Fare + c.Wait + c.Connect + c.Ride + c.Unserved }

// Price is what one more seat of a kind on a full service would save.
type Price struct {
	Service ServiceID `json:"service"`
	Kind    Kind      `json:"kind"`
	Price   Money     `json:"price"`
}

// Gap is (cost − bound) / cost: 0.03 means that no plan saves more than 3 %.
func (r Result) Gap() float64 {
	if r.Cost <= 0 {
		return 0
	}
	return float64(r.Cost-r.Bound) / float64(r.Cost)
}

// Served counts the parties that travel, and those that do not.
func (r Result) Served() (served, unserved int) {
	for _, j := range r.Journeys {
		if len(j.Services) == 0 {
			unserved++
		}
	}
	return len(r.Journeys) - unserved, unserved
}

// Rule names what stops a party. Stored as words, never renumbered.
type Rule string

// The rules that can stop a party.
const (
	RuleSeats    Rule = "seats"         // every journey is full
	RuleSize     Rule = "party size"    // larger than the services on its way
	RuleWindow   Rule = "window"        // ready too late, or due too early
	RuleTransit  Rule = "transit"       // countries avoided or refused
	RuleNight    Rule = "night"         // no beds where it must stop for a night
	RuleLongest  Rule = "longest"       // every journey takes too long
	RuleNoRoute  Rule = "no connection" // the timetable does not join the two stops
	RuleTooDear  Rule = "cost"          // every journey costs more than Weights.Unserved
	RuleTimeOver Rule = "time over"     // the context ended before its turn
)

// Obstacle says which rule stops a party and the smallest change that would
// let it travel. What fills in the sentences has the types of the problem: ids, kinds,
// countries, Money, and Moment for a point in time.
type Obstacle struct {
	Rule   Rule          `json:"rule"`
	Detail said.Sentence `json:"detail"`
	Help   said.Sentence `json:"help"`
}
