package link

import (
	"context"
	"fmt"
	"slices"
)

// Change is what happened to a register since a result was computed.
type Change struct {
	Before Problem // the problem that the result answers; Index.Update does not need it
	// Add gives new records; their ids must be new.
	AddIDs  []string
	AddRows [][]string
	Remove  []string // ids; decisions about them are dropped
	Must    []Pair   // new decisions: the same
	Cannot  []Pair   // new decisions: not the same
	// Withdraw takes back decisions of either kind.
	Withdraw []Pair
}

// After is the problem with the change made: the records that stay, in their
// order, then the new ones.
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

// Update answers the changed problem with the model of an earlier result, so that
// weights do not move under decisions already taken. The clusters are those that
// Solve gives with that model for all records; only what the change touches is
// compared and joined again. Result.Persons keeps the ids of persons and
// Result.Events says who was joined, merged or parted. An office that makes many
// changes keeps an Index and calls its Update.
func Update(ctx context.Context, before Result, change Change) (Result, error) {
	if len(before.Clusters) != len(change.Before.IDs) {
		return Result{}, fmt.Errorf("updating links: the result has %d records and Change.Before has %d: give the problem that the result answers", len(before.Clusters), len(change.Before.IDs))
	}
	x, err := NewIndex(ctx, change.Before, before)
	if err != nil {
		return Result{}, fmt.Errorf("updating links: %w", err)
	}
	events, err := x.Update(ctx, change)
	if err != nil {
		return Result{}, err
	}
	_, result := x.Result()
	result.Events = events
	result.Precision, result.Recall, result.Compared, result.Complete, result.Stage = before.Precision, before.Recall, before.Compared, before.Complete, before.Stage
	return result, nil
}
