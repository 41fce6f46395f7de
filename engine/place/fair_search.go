package place

import (
	"fmt"
	"math"
	"slices"
)

// A search for floors first prices them, then mends one plan until it keeps them.
const (
	// fairSteps are the steps of a descent of prices.
	fairSteps = 1500
	// aimBelow is how far below the highest share that prices allow a plan is looked
	// for, as a part of it.
	aimBelow = 0.001
	// beginKicks improve the plan at those prices.
	beginKicks = 8_000
	// mendRounds are the rounds in which the weights of groups that miss their floors
	// grow, each with so many kicks; keenness is the first step of a weight.
	mendRounds = 24
	mendKicks  = 300
	keenness   = 0.004
	// liftRounds are those in which only groups below their floors gain.
	liftRounds = 24
	// fairKicks are those tried in each round of polishing.
	fairKicks = 1_500
	// Shares of the work for the first plan, a round of mending, one of polishing.
	beginShare, mendShare, polishShare = 0.3, 0.008, 0.1
)

// search finds the best plan that keeps floors of the share asked for, or of the highest.
func (s *fairSearch) search(o FairOptions) (Fairness, error) {
	alone := make([]float64, len(s.groups))
	all := 0.0
	for k, g := range s.groups {
		alone[k] = g.Alone
		all += g.Alone
	}
	g, err := newGroupPrices(s.ctx, s.p, s.of, alone, s.o)
	if err != nil {
		return Fairness{}, err
	}
	out := Fairness{Share: o.Share, Best: s.best.Value, Groups: slices.Clone(s.groups), Bound: math.Inf(1)}
	limits := slices.Concat(slices.Concat(s.best.Prices.Places...), s.best.Prices.Rows)
	start := point{limits: limits, groups: make([]float64, len(alone))}
	if o.MaxMin {
		out.Share = 1
		if all > 0 {
			start = s.highest(g, &out, start)
		}
	}
	m := &fairPlan{search: s, g: g, share: out.Share, maxMin: o.MaxMin}
	if o.MaxMin {
		m.share = out.Share * (1 - aimBelow)
	}
	m.at = g.descend(start, m.share, fairSteps, 0.01)
	s.prove(&out, g, m.at, m.share)
	return m.find(&out), nil
}

// highest proves the highest share that all groups can have and returns the prices there.
func (s *fairSearch) highest(g *groupPrices, out *Fairness, from point) point {
	for k := range from.groups {
		from.groups[k] = 1
	}
	top := g.descend(from, -1, fairSteps, 0.01)
	proof := &HighestProof{Weights: top.groups, Prices: g.prices(top)}
	worth, least := 0.0, math.Inf(1)
	for k, a := range g.alone {
		worth += top.groups[k] * a
		if a > 0 {
			least = min(least, top.groups[k])
		}
	}
	out.Highest, out.HighestProof = g.bound(top.limits, top.groups)/worth, proof
	out.Share = min(1, out.Highest)
	// Prices of floors are weights less 1, at the scale at which the least is 1.
	start := point{limits: slices.Clone(top.limits), groups: slices.Clone(top.groups)}
	least = max(least, 0.05)
	for r := range start.limits {
		start.limits[r] /= least
	}
	for k := range start.groups {
		start.groups[k] = max(0, start.groups[k]/least-1)
	}
	return start
}

func (g *groupPrices) prices(at point) Prices {
	prices, _ := g.in.split(slices.Clone(at.limits), make([]int64, len(g.in.limit)))
	return prices
}

// prove states the bound that a point shows for floors of a share.
func (s *fairSearch) prove(out *Fairness, g *groupPrices, at point, share float64) {
	weight, floors := make([]float64, len(at.groups)), 0.0
	out.Share = share
	for k := range weight {
		weight[k] = 1 + at.groups[k]
		out.Groups[k].Price, out.Groups[k].Floor = at.groups[k], share*g.alone[k]
		floors += at.groups[k] * out.Groups[k].Floor
	}
	out.Bound = g.bound(at.limits, weight) - floors
	out.Result.Prices = g.prices(at)
}

// explainMissed says if the floors are proven impossible: every plan that keeps them has
// at least their sum, so a bound below that leaves none.
func (f *Fairness) explainMissed() {
	floors := 0.0
	for _, g := range f.Groups {
		floors += g.Floor
	}
	if f.Bound < floors-1e-6*max(1, math.Abs(floors)) {
		f.Impossible = fmt.Sprintf("every plan that keeps the floors has at least %.6g, their sum, and at most %.6g, the bound", floors, f.Bound)
	}
}
