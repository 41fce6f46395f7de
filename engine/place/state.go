package place

import (
	"cmp"
	"slices"
)

// nowhere is the place of a unit without one.
const nowhere = -1

// plan is a feasible placing of units that the search changes step by step.
type plan struct {
	in *instance
	// at is the place of each unit, or nowhere.
	at   []int32
	load []int64
	// guests lists the units at each place; slot is a unit's index there.
	guests [][]int32
	slot   []int32
}

func newPlan(in *instance) *plan {
	p := &plan{in: in, load: make([]int64, len(in.limit)), guests: make([][]int32, in.places)}
	p.at, p.slot = make([]int32, len(in.members)), make([]int32, len(in.members))
	for u := range p.at {
		p.at[u] = nowhere
	}
	return p
}

// fits says whether unit u has room at place i as things stand; gates are not
// asked.
func (p *plan) fits(u, i int) bool {
	in := p.in
	load, limit := p.load[i*in.dims:(i+1)*in.dims], in.limit[i*in.dims:(i+1)*in.dims]
	for k, s := range in.size[u*in.dims : (u+1)*in.dims] {
		if s > 0 && load[k]+int64(s) > limit[k] {
			return false
		}
	}
	for _, r := range in.rowsAt[i] {
		row := in.places*in.dims + int(r)
		if n := in.amount(u, int(r)); n > 0 && p.load[row]+n > in.limit[row] {
			return false
		}
	}
	return true
}

func (p *plan) put(u, i int) {
	p.in.addLoad(p.load, u, i, 1)
	p.at[u], p.slot[u] = int32(i), int32(len(p.guests[i]))
	p.guests[i] = append(p.guests[i], int32(u))
}

// lift takes unit u from its place and returns that place.
func (p *plan) lift(u int) int {
	i := int(p.at[u])
	p.in.addLoad(p.load, u, i, -1)
	g := p.guests[i]
	last := g[len(g)-1]
	g[p.slot[u]], p.slot[last] = last, p.slot[u]
	p.guests[i] = g[:len(g)-1]
	p.at[u] = nowhere
	return i
}

// value of unit u at place i, 0 when nowhere.
func (p *plan) value(u, i int) float32 {
	if i == nowhere {
		return 0
	}
	return p.in.value[u*p.in.places+i]
}

// exactValue is the plan's value in float64.
func (p *plan) exactValue() float64 {
	sum := 0.0
	for u, at := range p.at {
		if at != nowhere {
			sum += p.in.exactValue(u, int(at))
		}
	}
	return sum
}

// round places units one after another, those with most to lose first, each at
// the feasible place with the highest reduced value. Fixed units come first.
func (p *plan) round(d *dual) {
	in := p.in
	type entry struct {
		unit   int32
		regret float32
	}
	entries := make([]entry, 0, len(in.members))
	buf := make([]float32, in.places)
	for u := range in.members {
		if p.at[u] != nowhere {
			continue
		}
		d.reduced(u, buf)
		best, second := float32(0), float32(0)
		for _, x := range buf {
			if x > best {
				best, second = x, best
			} else if x > second {
				second = x
			}
		}
		e := entry{int32(u), best - second}
		if in.fixed[u] {
			e.regret = float32(maxScore) * maxAmount
		}
		entries = append(entries, e)
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(b.regret, a.regret) })
	for _, e := range entries {
		p.putBest(int(e.unit), d, buf)
	}
}

// putBest puts unit u at the feasible place with the highest reduced value
// among those that it gains from.
func (p *plan) putBest(u int, d *dual, buf []float32) bool {
	d.reduced(u, buf)
	// Of places that are worth the same the emptiest is taken, so that none runs out of
	// one dimension while it has room in another. A small problem is searched to the end:
	// there it is the first.
	width := float32(tieWidth)
	if p.in.provable() {
		width = 0
	}
	best, free := nowhere, 0.0
	for i, x := range buf {
		if x == closedValue || best != nowhere && x < buf[best]-width || (p.value(u, i) <= 0 && !p.in.fixed[u]) || !p.fits(u, i) {
			continue
		}
		left := p.freeShare(u, i)
		if best == nowhere || x > buf[best]+width || width > 0 && left > free {
			best, free = i, left
		}
	}
	if best == nowhere {
		return false
	}
	p.put(u, best)
	return true
}

// freeShare is the least part of a place's room that is free, in what unit u needs.
func (p *plan) freeShare(u, i int) float64 {
	in, least := p.in, 1.0
	for k, s := range in.size[u*in.dims : (u+1)*in.dims] {
		if r := i*in.dims + k; s > 0 && in.limit[r] > 0 {
			least = min(least, 1-float64(p.load[r])/float64(in.limit[r]))
		}
	}
	return least
}
