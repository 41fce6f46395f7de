package place

// floorGuard keeps a search from lowering a group below its floor.
type floorGuard struct {
	// of is the group of each unit, −1 for units of several groups, which stay.
	of []int
	// slack is each group's value above its floor.
	slack []float64
}

// moved books the value that a unit gained.
func (g *floorGuard) moved(u int, gain float64) {
	if g != nil && g.of[u] >= 0 {
		g.slack[g.of[u]] += gain
	}
}

// holds says whether every group has its floor.
func (g *floorGuard) holds() bool {
	if g == nil {
		return true
	}
	for _, s := range g.slack {
		if s < 0 {
			return false
		}
	}
	return true
}

// allows says whether a chain leaves no group below its floor that was not, and none
// further below.
func (g *floorGuard) allows(p *plan, chain []step) bool {
	if g == nil {
		return true
	}
	after := make([]float64, len(g.slack))
	copy(after, g.slack)
	for _, s := range chain {
		if k := g.of[s.unit]; k >= 0 {
			after[k] += float64(p.value(int(s.unit), int(s.to))) - float64(p.value(int(s.unit), int(s.from)))
		}
	}
	for k, s := range after {
		if s < 0 && s < g.slack[k] {
			return false
		}
	}
	return true
}

// polish raises the value of a plan that keeps its floors, and keeps them.
func (s *fairSearch) polish(out *Fairness) error {
	r := out.Result
	r.Prices = s.best.Prices
	in, d, p, err := resume(s.p, r)
	if err != nil {
		return err
	}
	guard := &floorGuard{of: make([]int, len(in.members)), slack: make([]float64, len(s.groups))}
	pinned := make([]bool, len(in.members))
	for u, members := range in.members {
		guard.of[u], pinned[u] = s.of[members[0]], in.fixed[u]
		for _, c := range members {
			if s.of[c] != guard.of[u] {
				guard.of[u], pinned[u] = -1, true
				break
			}
		}
	}
	for k, g := range out.Groups {
		// float32 values add up a little differently.
		guard.slack[k] = g.Value - g.Floor - 1e-6*g.Floor
	}
	c := newChains(s.ctx, p, d, newBudget(in, s.o), s.o.Workers)
	c.pinned, c.guard = pinned, guard
	improve(c, s.o)
	after := report(d, p, nil, r.Status, &budget{used: r.Work}, s.o)
	values, placed := s.values(after)
	for k, g := range out.Groups {
		if values[k] < g.Floor*(1-fairSlack) {
			return nil
		}
	}
	if after.Value <= out.Result.Value {
		return nil
	}
	prices := out.Result.Prices
	out.Result = after
	out.Result.Prices, out.Result.Bound = prices, out.Bound
	out.Gap = relativeGap(out.Bound, after.Value)
	out.Result.Gap, out.Price = out.Gap, max(0, relativeGap(out.Best, after.Value))
	for k := range out.Groups {
		out.Groups[k].Value, out.Groups[k].Placed = values[k], placed[k]
	}
	return nil
}
