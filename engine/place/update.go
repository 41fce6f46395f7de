package place

import (
	"context"
	"slices"
)

// Change is what happened since a plan was made. Its parts apply together.
type Change struct {
	// AddCases are appended to the problem. When its scores are a table,
	// AddScores holds a row for each new case, over the problem's places as they
	// were before the change.
	AddCases  []Case      `json:"add_cases,omitempty"`
	AddScores [][]float64 `json:"add_scores,omitempty"`
	// WithdrawCases leave the problem.
	WithdrawCases []CaseID `json:"withdraw_cases,omitempty"`
	// Forbid closes places to cases: refused, vetoed, unsafe.
	Forbid []Pair `json:"forbid,omitempty"`
	// Fix records accepted offers.
	Fix []Pair `json:"fix,omitempty"`
	// Capacity gives places new capacity vectors.
	Capacity []NewCapacity `json:"capacity,omitempty"`
	// Limits gives rows new limits.
	Limits []NewLimit `json:"limits,omitempty"`
	// WithdrawPlaces leave the problem; their cases must move.
	WithdrawPlaces []PlaceID `json:"withdraw_places,omitempty"`
	// MayMove lets everybody move again who gains the plan something. Without
	// it only those move who must.
	MayMove bool `json:"may_move,omitempty"`
	// Stay lets WhatIf move only those who must.
	Stay bool `json:"stay,omitempty"`
	// Options steer the search; Work 0 spends little on prices.
	Options Options `json:"-"`
}

// Pair is a case and a place.
type Pair struct {
	Case  CaseID  `json:"case"`
	Place PlaceID `json:"place"`
}

// NewCapacity is a place's capacity from now on.
type NewCapacity struct {
	Place    PlaceID `json:"place"`
	Capacity []int   `json:"capacity"`
}

// NewLimit is a row's limit from now on.
type NewLimit struct {
	Row   string `json:"row"`
	Limit int    `json:"limit"`
}

// updateSteps are the price steps of an update, which starts from warm prices.
const updateSteps = 60

// Update applies a change to the problem of a result and mends the plan from
// its prices. New cases are placed; cases whose place is gone, closed or
// overfull move, those first that lose least; nobody else does unless
// Change.MayMove. The result's Problem is a changed copy. r.Problem must be set.
func Update(ctx context.Context, r Result, c Change) (Result, error) {
	if r.Problem == nil {
		return Result{}, badInput("the result carries no problem: set Result.Problem before Update")
	}
	next, kept, warm, err := applyChange(r, c)
	if err != nil {
		return Result{}, err
	}
	if err := next.Check(); err != nil {
		return Result{}, err
	}
	in, err := compile(next, c.Options.Workers)
	if err != nil {
		return Result{}, err
	}
	d, b := newDual(in), newBudget(in, c.Options)
	d.set(warm)
	repriced := &priceSearch{ctx: ctx, d: d, workers: c.Options.Workers, progress: c.Options.Progress,
		budget: &budget{limit: int64(float64(b.limit) * priceShare)}}
	repriced.descend(in.everybody(), in.whole(), updateSteps, 0.002)
	b.used += repriced.budget.used
	p := newPlan(in)
	p.restore(d, kept)
	stayed := slices.Clone(p.at)
	p.round(d)
	m := newChains(ctx, p, d, b, c.Options.Workers)
	m.kicks = updateKicks
	if !c.MayMove {
		m.pinned = make([]bool, len(stayed))
		for u, i := range stayed {
			m.pinned[u] = i != nowhere || in.fixed[u]
		}
	}
	return report(d, p, nil, outcome(ctx, improve(m, c.Options)), b, c.Options), nil
}

// restore puts units back where they were, as far as gates and limits allow:
// accepted cases first, then those that would lose most elsewhere.
func (p *plan) restore(d *dual, kept []PlaceID) {
	in := p.in
	index := make(map[PlaceID]int, in.places)
	for i := range in.p.Places {
		index[in.p.Places[i].ID] = i
	}
	type stay struct {
		unit, place int
		loss        float32
	}
	var stays []stay
	buf := make([]float32, in.places)
	for u, members := range in.members {
		i, ok := index[kept[members[0]]]
		for _, c := range members {
			ok = ok && kept[c] == kept[members[0]]
		}
		if !ok || in.value[u*in.places+i] == closedValue {
			continue
		}
		d.reduced(u, buf)
		here := buf[i]
		buf[i] = 0
		s := stay{u, i, here - slices.Max(buf)}
		if in.fixed[u] {
			s.loss = float32(maxScore) * maxAmount
		}
		stays = append(stays, s)
	}
	slices.SortStableFunc(stays, func(a, b stay) int {
		switch {
		case a.loss > b.loss:
			return -1
		case a.loss < b.loss:
			return 1
		}
		return 0
	})
	for _, s := range stays {
		if p.fits(s.unit, s.place) {
			p.put(s.unit, s.place)
		}
	}
}
