package place

import (
	"context"
	"math/rand/v2"
	"slices"
)

// resume prepares a problem again with the plan and the prices of a result.
func resume(problem *Problem, r Result) (*instance, *dual, *plan, error) {
	if err := problem.Check(); err != nil {
		return nil, nil, nil, err
	}
	if len(r.Assignments) != len(problem.Cases) || len(r.Prices.Places) != len(problem.Places) ||
		len(r.Prices.Rows) != len(problem.Rows) {
		return nil, nil, nil, badInput("the plan has %d cases, %d places and %d rows, the problem %d, %d and %d",
			len(r.Assignments), len(r.Prices.Places), len(r.Prices.Rows), len(problem.Cases), len(problem.Places), len(problem.Rows))
	}
	in, err := compile(problem, 1)
	if err != nil {
		return nil, nil, nil, err
	}
	price := make([]float64, 0, len(in.limit))
	for i, x := range r.Prices.Places {
		if len(x) != in.dims {
			return nil, nil, nil, badInput("place %q has %d prices for %d dimensions", problem.Places[i].ID, len(x), in.dims)
		}
		price = append(price, x...)
	}
	price = append(price, r.Prices.Rows...)
	d := newDual(in)
	d.set(price)
	p := newPlan(in)
	for u, members := range in.members {
		a := r.Assignments[members[0]]
		if a.Case != problem.Cases[members[0]].ID {
			return nil, nil, nil, badInput("the plan's line %d is about case %q, the problem's about %q",
				members[0]+1, a.Case, problem.Cases[members[0]].ID)
		}
		if i := in.placeIndex(a.Place); i != nowhere {
			p.put(u, i)
		}
	}
	return in, d, p, nil
}

func (in *instance) placeIndex(id PlaceID) int {
	if id == "" {
		return nowhere
	}
	return slices.IndexFunc(in.p.Places, func(pl Place) bool { return pl.ID == id })
}

func (in *instance) unitOf(c int) int {
	return slices.IndexFunc(in.members, func(m []int32) bool { return slices.Contains(m, int32(c)) })
}

// exactValue is the value of unit u at place i in float64.
func (in *instance) exactValue(u, i int) float64 {
	x := 0.0
	for _, c := range in.members[u] {
		x += in.caseValue(c, i)
	}
	return x
}

// caseValue is the value of case c at place i.
func (in *instance) caseValue(c int32, i int) float64 {
	return in.p.Weight(int(c)) * (in.p.Score(int(c), i) + in.p.PlacingBonus)
}

// Greedy is the plan to compare with: cases in the problem's order, each at its
// best place with room. Its bound is that of free capacity.
func Greedy(ctx context.Context, problem Problem) (Result, error) {
	return naive(ctx, problem, 0, func(p *plan, u int, open []int) int {
		return slices.MaxFunc(open, func(a, b int) int {
			if p.value(u, a) > p.value(u, b) {
				return 1
			}
			return -1
		})
	})
}

// Random is the plan to compare with: cases in random order, each at a random
// open place with room.
func Random(ctx context.Context, problem Problem, seed uint64) (Result, error) {
	draw := rand.New(rand.NewPCG(seed, 0x72616e646f6d))
	return naive(ctx, problem, seed, func(_ *plan, _ int, open []int) int { return open[draw.IntN(len(open))] })
}

func naive(ctx context.Context, problem Problem, seed uint64, choose func(p *plan, u int, open []int) int) (Result, error) {
	if err := problem.Check(); err != nil {
		return Result{}, err
	}
	in, err := compile(&problem, 1)
	if err != nil {
		return Result{}, err
	}
	p := newPlan(in)
	order := rand.New(rand.NewPCG(seed, 1)).Perm(len(in.members))
	if seed == 0 {
		slices.Sort(order)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case in.fixed[a] == in.fixed[b]:
			return 0
		case in.fixed[a]:
			return -1
		}
		return 1
	})
	open := make([]int, 0, in.places)
	for _, u := range order {
		if ctx.Err() != nil {
			break
		}
		open = open[:0]
		for i := range in.places {
			if p.value(u, i) > 0 && p.fits(u, i) {
				open = append(open, i)
			}
		}
		if len(open) > 0 {
			p.put(u, choose(p, u, open))
		}
	}
	return report(newDual(in), p, nil, outcome(ctx, true), &budget{used: int64(len(in.value))}, Options{Seed: seed}), nil
}
