package place

import (
	"math"
	"slices"
)

// fairPlan looks for a plan that keeps floors, near prices that prove a bound.
type fairPlan struct {
	search *fairSearch
	g      *groupPrices
	share  float64
	maxMin bool
	// at is the point whose prices guide the search.
	at point
	// plan is the one at hand, values what its groups get; best is the one kept, with
	// its least share and its value.
	plan   *plan
	values []float64
	best   *plan
	least  float64
	value  float64
}

// find makes a plan, mends it, polishes it and states it.
func (m *fairPlan) find(out *Fairness) Fairness {
	m.begin()
	m.mend()
	m.lift()
	if m.best == nil {
		m.state(out, m.search.best)
		out.Kept, out.Gap = false, math.Inf(1)
		out.explainMissed()
		return *out
	}
	if m.maxMin {
		m.share = min(m.least, max(out.Highest, 0))
		m.at = m.g.descend(m.at, m.share, fairSteps, 0.001)
		m.search.prove(out, m.g, m.at, m.share)
	}
	m.polish()
	r := report(newDual(m.g.in), m.best, nil, outcome(m.search.ctx, !m.g.budget.spent()), m.g.budget, m.search.o)
	r.Seed = m.search.o.Seed
	out.Kept = true
	m.state(out, r)
	return *out
}

// state fills in a plan beside the bound that is proven.
func (m *fairPlan) state(out *Fairness, r Result) {
	prices := out.Result.Prices
	out.Result = r
	out.Result.Prices, out.Result.Proof, out.Result.Bound = prices, nil, out.Bound
	values, placed := m.search.values(r)
	for k := range out.Groups {
		out.Groups[k].Value, out.Groups[k].Placed = values[k], placed[k]
	}
	out.Gap = relativeGap(out.Bound, r.Value)
	out.Result.Gap = out.Gap
	out.Price = max(0, relativeGap(out.Best, r.Value))
}

// begin makes a plan at the point's prices.
func (m *fairPlan) begin() {
	m.weigh(nil)
	m.plan = newPlan(m.g.in)
	m.plan.round(m.g.d)
	m.improve(nil, beginKicks, beginShare)
}

// weigh weighs the groups by the point's prices and some more.
func (m *fairPlan) weigh(more []float64) {
	weight := make([]float64, len(m.at.groups))
	for k := range weight {
		weight[k] = 1 + m.at.groups[k]
		if more != nil {
			weight[k] = max(leastGroupWeight, weight[k]+more[k])
		}
	}
	m.g.weigh(weight)
	m.g.d.set(m.at.limits)
}

// improve raises the weighted value by chains and kicks within a share of the work.
func (m *fairPlan) improve(guard *floorGuard, kicks int, share float64) {
	part := &budget{limit: int64(share * float64(m.g.budget.limit))}
	defer func() { m.g.budget.used += part.used }()
	c := newChains(m.search.ctx, m.plan, m.g.d, part, m.search.o.Workers)
	c.kicks, c.guard = kicks, guard
	if guard != nil {
		c.pinned = guard.pinned(m.g.in)
	}
	if c.run(m.search.o.Progress) && kicks > 0 && c.perturb(m.search.o.Seed, m.search.o.Progress) {
		c.run(m.search.o.Progress)
	}
}

// count adds up what the groups get and takes the plan if it is better: it keeps the
// floors at more value, or in max-min has a higher least share.
func (m *fairPlan) count() {
	m.values = make([]float64, len(m.g.alone))
	for u, at := range m.plan.at {
		if at == nowhere {
			continue
		}
		for _, c := range m.g.in.members[u] {
			m.values[m.g.of[c]] += m.g.in.caseValue(c, int(at))
		}
	}
	least, value := math.Inf(1), 0.0
	for k, a := range m.g.alone {
		value += m.values[k]
		if a > 0 {
			least = min(least, m.values[k]/a)
		}
	}
	better := m.best == nil || least > m.least
	if !m.maxMin {
		better = least >= m.share && (m.best == nil || value > m.value)
	}
	if better {
		m.best, m.least, m.value = m.plan.clone(), least, value
	}
}

// mend raises the weights of groups that miss their floors and lowers the others', by
// steps that grow while the sign stays and shrink when it turns (Riedmiller and Braun
// 1993), and lets chains follow.
func (m *fairPlan) mend() {
	more, step, last := make([]float64, len(m.g.alone)), make([]float64, len(m.g.alone)), make([]float64, len(m.g.alone))
	for k := range step {
		step[k] = keenness * (1 + m.at.groups[k])
	}
	m.count()
	for range mendRounds {
		if m.search.ctx.Err() != nil || m.g.budget.spent() {
			return
		}
		for k, a := range m.g.alone {
			missing := m.share*a*(1+fairSlack) - m.values[k]
			switch {
			case missing*last[k] > 0:
				step[k] *= 1.6
			case missing*last[k] < 0:
				step[k] *= 0.4
			}
			last[k] = missing
			if missing > 0 {
				more[k] += step[k]
			} else {
				more[k] = max(-m.at.groups[k], more[k]-step[k])
			}
		}
		m.weigh(more)
		m.improve(nil, mendKicks, mendShare)
		m.count()
	}
}

// lift raises the groups that still miss their floors, from the best plan or the one at
// hand: their weights grow, and no other group may fall below its floor.
func (m *fairPlan) lift() {
	if m.best != nil {
		m.plan = m.best.clone()
		m.count()
	}
	more := make([]float64, len(m.g.alone))
	for range liftRounds {
		short := false
		for k, a := range m.g.alone {
			if m.values[k] >= m.share*a {
				more[k] = 0
				continue
			}
			short = true
			more[k] = max(keenness*(1+m.at.groups[k]), 1.6*more[k])
		}
		if !short || m.search.ctx.Err() != nil || m.g.budget.spent() {
			return
		}
		m.weigh(more)
		m.improve(m.guard(more), mendKicks, mendShare)
		m.count()
	}
}

// guard keeps the floors of the plan at hand, where groups weigh some more than at the
// point's prices.
func (m *fairPlan) guard(more []float64) *floorGuard {
	guard := &floorGuard{of: m.g.group, slack: make([]float64, len(m.g.alone))}
	for k, a := range m.g.alone {
		// float32 values add up a little differently.
		guard.slack[k] = (m.values[k] - m.share*a*(1+1e-6)) * (1 + m.at.groups[k] + more[k])
	}
	return guard
}

// polish raises the value of the plan and keeps its floors: first at the floors' prices,
// then without them.
func (m *fairPlan) polish() {
	m.maxMin = false
	for _, plain := range []bool{false, true} {
		m.plan = m.best.clone()
		more := make([]float64, len(m.at.groups))
		if plain {
			for k := range more {
				more[k] = -m.at.groups[k]
			}
		}
		m.weigh(more)
		m.count()
		m.improve(m.guard(more), fairKicks, polishShare)
		m.count()
	}
}

func (p *plan) clone() *plan {
	out := *p
	out.at, out.load, out.slot = slices.Clone(p.at), slices.Clone(p.load), slices.Clone(p.slot)
	out.guests = make([][]int32, len(p.guests))
	for i := range p.guests {
		out.guests[i] = slices.Clone(p.guests[i])
	}
	return &out
}
