package place

import (
	"context"
	"fmt"
	"strings"
)

// Comparison says what a change would do to a plan.
type Comparison struct {
	// Before and After are the plan as it stands and the plan after the change.
	Before Outcome `json:"before"`
	After  Outcome `json:"after"`
	// Expected is what the prices foretold before the search; it is at least the
	// true gain of more room.
	Expected float64 `json:"expected"`
	// Moved are the cases whose place would differ, those without one included.
	Moved []Move `json:"moved,omitempty"`
	// Summary is a sentence for the person who asks.
	Summary string `json:"summary"`
	// Result is the plan after the change.
	Result Result `json:"-"`
}

// Outcome is a plan in four numbers.
type Outcome struct {
	Value    float64 `json:"value"`
	Bound    float64 `json:"bound"`
	Placed   int     `json:"placed"`
	Unplaced int     `json:"unplaced"`
	// People who have a place.
	People int `json:"people"`
}

// Move is a case that changes places; empty is none.
type Move struct {
	Case CaseID  `json:"case"`
	From PlaceID `json:"from,omitempty"`
	To   PlaceID `json:"to,omitempty"`
}

// WhatIf answers what a change would bring, from the prices of a plan: one more house
// in a town (Capacity), a country that withdraws (WithdrawPlaces), a quota doubled
// (Limits). Everybody may move unless the change says otherwise with Stay; accepted
// cases stay. r.Problem must be set.
func WhatIf(ctx context.Context, r Result, c Change) (Comparison, error) {
	c.MayMove = !c.Stay
	after, err := Update(ctx, r, c)
	if err != nil {
		return Comparison{}, fmt.Errorf("work out the change: %w", err)
	}
	out := Comparison{Before: outcomeOf(r.Problem, &r), After: outcomeOf(after.Problem, &after), Result: after,
		Expected: foretold(r, c)}
	was := make(map[CaseID]PlaceID, len(r.Assignments))
	for _, a := range r.Assignments {
		was[a.Case] = a.Place
	}
	for _, a := range after.Assignments {
		if from, ok := was[a.Case]; !ok || from != a.Place {
			out.Moved = append(out.Moved, Move{a.Case, from, a.Place})
		}
	}
	out.Summary = out.summarise()
	return out, nil
}

func outcomeOf(p *Problem, r *Result) Outcome {
	out := Outcome{Value: r.Value, Bound: r.Bound}
	for c, a := range r.Assignments {
		if a.Place == "" {
			out.Unplaced++
			continue
		}
		out.Placed++
		out.People += p.Cases[c].Size[p.peopleDimension()]
	}
	return out
}

// foretold values the change of capacities and limits at the plan's prices.
func foretold(r Result, c Change) float64 {
	sum := 0.0
	for _, n := range c.Capacity {
		for i, pl := range r.Problem.Places {
			if pl.ID != n.Place {
				continue
			}
			for d, x := range n.Capacity {
				sum += r.Prices.Places[i][d] * float64(x-pl.Capacity[d])
			}
		}
	}
	for _, n := range c.Limits {
		for k, row := range r.Problem.Rows {
			if row.Name == n.Row {
				sum += r.Prices.Rows[k] * float64(n.Limit-row.Limit)
			}
		}
	}
	return sum
}

func (c *Comparison) summarise() string {
	var b strings.Builder
	verb := "gains"
	gain := c.After.Value - c.Before.Value
	if gain < 0 {
		verb, gain = "loses", -gain
	}
	fmt.Fprintf(&b, "The plan %s %.4g in value; %d people would have a place, %+d", verb, gain,
		c.After.People, c.After.People-c.Before.People)
	fmt.Fprintf(&b, "; %s would differ.", plural(len(c.Moved), "case"))
	return b.String()
}

// MoreRoom is the change that adds room to a place, one amount for each dimension.
func (p *Problem) MoreRoom(id PlaceID, more []int) (Change, error) {
	for i := range p.Places {
		if p.Places[i].ID != id {
			continue
		}
		if len(more) != len(p.Dimensions) {
			return Change{}, badInput("%d amounts of room for %d dimensions", len(more), len(p.Dimensions))
		}
		capacity := make([]int, len(more))
		for d, n := range more {
			capacity[d] = p.Places[i].Capacity[d] + n
		}
		return Change{Capacity: []NewCapacity{{id, capacity}}}, nil
	}
	return Change{}, badInput("place %q is not listed", id)
}

// Withdraw is the change in which a country takes back all its places.
func (p *Problem) Withdraw(country string) (Change, error) {
	var c Change
	for i := range p.Places {
		if p.Places[i].Country == country {
			c.WithdrawPlaces = append(c.WithdrawPlaces, p.Places[i].ID)
		}
	}
	if c.WithdrawPlaces == nil {
		return c, badInput("no place is in country %q", country)
	}
	return c, nil
}

// Quota is the change that gives a row another limit.
func (p *Problem) Quota(row string, limit int) (Change, error) {
	for k := range p.Rows {
		if p.Rows[k].Name == row {
			return Change{Limits: []NewLimit{{row, limit}}}, nil
		}
	}
	return Change{}, badInput("row %q is not listed", row)
}
