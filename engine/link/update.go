package link

import (
	"context"
	"fmt"
	"slices"
)

// Change is what happened to a register since a result was computed.
type Change struct {
	Before Problem // the problem that the result answers
	// Add gives new records; their ids must be new.
	AddIDs  []string
	AddRows [][]string
	Remove  []string // ids; decisions about them are dropped
	Must    []Pair   // new decisions: the same
	Cannot  []Pair   // new decisions: not the same
	// Withdraw takes back decisions of either kind.
	Withdraw []Pair
}

// After is the problem with the change made.
func (c Change) After() Problem {
	gone := make(map[string]bool, len(c.Remove))
	for _, id := range c.Remove {
		gone[id] = true
	}
	p := Problem{Columns: c.Before.Columns, AgeYear: c.Before.AgeYear}
	for i, id := range c.Before.IDs {
		if !gone[id] {
			p.IDs = append(p.IDs, id)
			p.Rows = append(p.Rows, c.Before.Rows[i])
		}
	}
	p.IDs = append(p.IDs, c.AddIDs...)
	p.Rows = append(p.Rows, c.AddRows...)
	keep := func(old, added []Pair) []Pair {
		old = slices.DeleteFunc(slices.Clone(old), func(x Pair) bool {
			return gone[x.A] || gone[x.B] || slices.ContainsFunc(c.Withdraw, func(w Pair) bool { return samePair(w, x) })
		})
		return append(old, added...)
	}
	p.Must, p.Cannot = keep(c.Before.Must, c.Must), keep(c.Before.Cannot, c.Cannot)
	return p
}

func samePair(x, y Pair) bool {
	return x.A == y.A && x.B == y.B || x.A == y.B && x.B == y.A
}

// Update answers the changed problem with the model of an earlier result, so
// that weights do not move under decisions already taken. It gives the same
// clusters as Solve with that model; it compares all records again and saves the
// learning. To look up the doubles of one new record, use Keys and Score.
func Update(ctx context.Context, before Result, change Change) (Result, error) {
	if len(before.Clusters) != len(change.Before.IDs) {
		return Result{}, fmt.Errorf("updating links: the result has %d records and Change.Before has %d: give the problem that the result answers", len(before.Clusters), len(change.Before.IDs))
	}
	known := make(map[string]bool, len(change.Before.IDs))
	for _, id := range change.Before.IDs {
		known[id] = true
	}
	for _, id := range change.Remove {
		if !known[id] {
			return Result{}, fmt.Errorf("updating links: the record %q to remove is not in the register", id)
		}
	}
	model := before.Model
	return Solve(ctx, change.After(), Options{Model: &model})
}
