package place

// floorGuard keeps a search from lowering a group below its floor.
type floorGuard struct {
	// of is the group of each unit, mixedGroup for units of several groups, which stay.
	of []int
	// slack is each group's value above its floor, in the values that the search uses.
	slack []float64
}

// moved books the value that a unit gained.
func (g *floorGuard) moved(u int, gain float64) {
	if g != nil && g.of[u] >= 0 {
		g.slack[g.of[u]] += gain
	}
}

// short is how much the groups miss their floors by, together.
func (g *floorGuard) short() float64 {
	sum := 0.0
	if g != nil {
		for _, s := range g.slack {
			sum += max(0, -s)
		}
	}
	return sum
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

// pinned are the accepted units and those of several groups.
func (g *floorGuard) pinned(in *instance) []bool {
	out := make([]bool, len(in.members))
	for u, k := range g.of {
		out[u] = in.fixed[u] || k == mixedGroup
	}
	return out
}
