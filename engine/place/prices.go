package place

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// priceSearch lowers the Lagrangian bound by subgradient steps towards a level
// a little below the best bound so far; the level comes closer whenever the
// steps stop paying (Polyak 1969; Goffin and Kiwiel 1999). Directions remember
// the one before (Camerini, Fratta and Maffioli 1975), and each row's step is
// scaled by its limit.
type priceSearch struct {
	ctx      context.Context
	d        *dual
	workers  int
	budget   *budget
	progress func(stage string, done, total int64)
	// alike lists, for each place, those that are worth the same to everybody whom
	// they let in; nil asks each place for itself.
	alike [][]int
	// together prices places that are alike as one, which finds the level of prices
	// before their differences.
	together bool
	// least is the level, relative to the bound, that ends a descent; 0 is minLevel.
	least float64
}

// minLevel ends a descent: a level this close, relative to the bound, pays no
// more. Where a gap is good enough, one of levelsEnough parts of it does not, either.
const (
	minLevel     = 1e-6
	levelsEnough = 200
)

// patience is how many steps may pass without half a level gained.
const patience = 12

// memory is the share of the last direction that the next one keeps.
const memory = 0.7

// descend improves d's prices over the given units, whose capacities are scaled
// by share for each row, in at most steps passes.
func (s *priceSearch) descend(of crowd, share []float64, steps int, level float64) {
	d := s.d
	limit := make([]float64, len(d.price))
	for r, b := range d.in.limit {
		limit[r] = float64(b) * share[r]
	}
	x := newDescent(d, limit, level)
	x.least = max(minLevel, s.least)
	for step := range steps {
		if s.ctx.Err() != nil || !s.budget.spend(int64(len(of.units)*d.in.places)) {
			break
		}
		found := d.ask(of, s.workers, s.alike)
		if s.together {
			s.spread(found.load, limit)
		}
		if !x.take(found) {
			break
		}
		if s.progress != nil && step%8 == 0 {
			s.progress("prices", int64(step), int64(steps))
		}
	}
	d.set(x.best)
}

// descent is the state of one descent, between two sweeps of its units.
type descent struct {
	limit           []float64
	best, current   []float64
	direction       []float64
	bestBound, mark float64
	level, least    float64
	waited          int
	// scale divides each row's step: its limit where nothing else is set.
	scale []float64
	// set takes over the next prices; hold, when set, keeps them on a plane: of a
	// direction what lies in it, of prices what is nearest.
	set  func(price []float64)
	hold func(direction, price []float64)
}

// newDescent starts at d's prices; level is relative to the first bound.
func newDescent(d *dual, limit []float64, level float64) *descent {
	return newDescentFrom(d.price, d.set, limit, level)
}

// newDescentFrom starts at prices that set takes.
func newDescentFrom(price []float64, set func([]float64), limit []float64, level float64) *descent {
	x := &descent{set: set, limit: limit, best: slices.Clone(price), current: slices.Clone(price),
		direction: make([]float64, len(price)), bestBound: math.Inf(1), mark: math.Inf(1), level: level, least: minLevel, scale: make([]float64, len(price))}
	for r := range x.scale {
		x.scale[r] = max(1, limit[r])
	}
	return x
}

// take learns from a sweep at the current prices, and sets d to the next ones. It
// says whether another step could pay.
func (x *descent) take(found sweep) bool {
	bound := found.bound(x.current, x.limit)
	if bound < x.bestBound {
		x.bestBound = bound
		copy(x.best, x.current)
	}
	if math.IsInf(x.mark, 1) {
		x.mark, x.level = x.bestBound, x.level*math.Abs(x.bestBound)
	}
	switch x.waited++; {
	case x.bestBound <= x.mark-x.level/2:
		x.mark, x.waited = x.bestBound, 0
	case x.waited >= patience:
		x.level, x.waited, x.mark = x.level/2, 0, x.bestBound
		copy(x.current, x.best)
		clear(x.direction)
		x.set(x.current)
	}
	if x.level < x.least*math.Abs(x.bestBound) {
		return false
	}
	x.step(found.load, bound-(x.bestBound-x.level))
	x.set(x.current)
	return true
}

// restart goes on from prices that prove a bound.
func (x *descent) restart(price []float64, bound float64) {
	copy(x.best, price)
	copy(x.current, price)
	x.bestBound, x.waited = bound, 0
	clear(x.direction)
	if !math.IsInf(x.mark, 1) {
		x.mark, x.level = bound, max(x.level, 8*minLevel*math.Abs(bound))
	}
	x.set(x.current)
}

// step moves the prices along the deflected subgradient by Polyak's length for
// a wanted fall of the bound.
func (x *descent) step(load []float64, fall float64) {
	norm := 0.0
	for r := range x.current {
		x.direction[r] = x.limit[r] - load[r] + memory*x.direction[r]
		if x.current[r] == 0 && x.direction[r] > 0 {
			x.direction[r] = 0
		}
	}
	if x.hold != nil {
		x.hold(x.direction, nil)
	}
	for r := range x.current {
		norm += x.direction[r] * x.direction[r] / x.scale[r]
	}
	if norm == 0 {
		return
	}
	length := fall / norm
	for r := range x.current {
		x.current[r] = max(0, x.current[r]-length*x.direction[r]/x.scale[r])
	}
	if x.hold != nil {
		x.hold(nil, x.current)
	}
}

// coarseToFine searches on growing samples of the units, which stand in a random order,
// each starting from the prices before, and ends on all of them.
func (s *priceSearch) coarseToFine(order []int32, steps int) {
	n := len(order)
	level := 0.05
	for _, part := range []int{256, 64, 16, 4} {
		if n/part < 16*s.d.in.places {
			continue
		}
		some := s.d.in.crowd(order[:n/part])
		s.lower(some, n/part, s.share(some), steps, level)
		level = max(level/3, 0.002)
	}
	all := make([]float64, len(s.d.price))
	for r := range all {
		all[r] = 1
	}
	everybody := s.d.in.crowd(order)
	if s.alike != nil {
		s.together = true
		s.descend(everybody, all, steps/2, level)
		s.together, level = false, 0.01
	}
	s.lower(everybody, n, all, steps, level)
}

// lower descends for a crowd of so many units, by short lists where places are many and
// every unit has charges of its own.
func (s *priceSearch) lower(of crowd, units int, share []float64, steps int, level float64) {
	if s.alike == nil && s.d.in.places >= 2*shortEntries && !slices.Contains(s.d.in.mixed, true) {
		gain := sampleGain
		if units == len(s.d.in.members) {
			gain = wholeGain
		}
		s.descendShort(of, share, steps, level, gain)
		return
	}
	s.descend(of, share, steps, level)
}

// spread shares out what goes to places that are alike by their room in each dimension.
func (s *priceSearch) spread(load, limit []float64) {
	dims := s.d.in.dims
	for i, group := range s.alike {
		if group[0] != i {
			continue
		}
		for k := range dims {
			sum, room := 0.0, 0.0
			for _, j := range group {
				sum += load[j*dims+k]
				room += limit[j*dims+k]
			}
			for _, j := range group {
				if room > 0 {
					load[j*dims+k] = sum * limit[j*dims+k] / room
				}
			}
		}
	}
}

// alikePlaces lists for each place those that the default score cannot tell from it,
// whatever gates they have; nil where scores are given or no two places are alike.
func (in *instance) alikePlaces() [][]int {
	given := in.p.Scores
	if given.Func != nil || given.Table != nil || given.Table64 != nil {
		return nil
	}
	members := map[string][]int{}
	key := func(i int) string { return fmt.Sprintf("%q %q", in.p.Places[i].Country, in.p.Places[i].Languages) }
	for i := range in.p.Places {
		members[key(i)] = append(members[key(i)], i)
	}
	if len(members) == in.places {
		return nil
	}
	out := make([][]int, in.places)
	for i := range out {
		out[i] = members[key(i)]
	}
	return out
}

// share is, for each row, the part of the whole demand that the units have in
// the row's dimension.
func (s *priceSearch) share(of crowd) []float64 {
	in := s.d.in
	part, whole := make([]float64, in.dims), make([]float64, in.dims)
	for u := range in.members {
		for k := range in.dims {
			whole[k] += float64(in.size[u*in.dims+k])
		}
	}
	for n, u := range of.units {
		for k := range in.dims {
			part[k] += of.times[n] * float64(in.size[int(u)*in.dims+k])
		}
	}
	out := make([]float64, len(in.limit))
	for r := range out {
		k := in.dimension(r)
		out[r] = part[k] / max(1, whole[k])
	}
	return out
}
