package place

import (
	"context"
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
	// least is the level, relative to the bound, that ends a descent, at least minLevel.
	least float64
	// patient descends with longPatience and longMemory.
	patient bool
}

// minLevel ends a descent: a level this close, relative to the bound, pays no
// more. Where a gap is good enough, one of levelsEnough parts of it does not, either.
const (
	minLevel     = 1e-6
	levelsEnough = 200
)

// patience is how many steps may pass without half a level gained. memory is the share of
// the last direction that the next one keeps. The long ones are for problems where many
// are torn between the same few choices and go over from one to another all at once: a
// direction that remembers many steps shares them out.
const (
	patience, memory         = 12, 0.7
	longPatience, longMemory = 100, 0.9
	torn                     = 6 // units, for each that differs
)

// descend improves d's prices over the given units, whose capacities are scaled
// by share for each row, in at most steps passes.
func (s *priceSearch) descend(of crowd, share []float64, steps int, level float64) {
	d, x := s.d, s.start(share, level)
	if s.patient || of.each() >= torn {
		x.patience, x.memory = longPatience, longMemory
	}
	for step := range steps {
		if s.ctx.Err() != nil || !s.budget.spend(int64(len(of.units)*d.in.places)) {
			break
		}
		found := d.ask(of, s.workers, s.alike)
		if !x.take(found) {
			break
		}
		if s.progress != nil && step%8 == 0 {
			s.progress("prices", int64(step), int64(steps))
		}
	}
	d.set(x.best)
}

// start begins a descent in which each row has a share of its limit.
func (s *priceSearch) start(share []float64, level float64) *descent {
	x := newDescent(s.d, s.d.in.scaled(share), level)
	x.least = max(minLevel, s.least)
	return x
}

// descent is the state of one descent, between two sweeps of its units.
type descent struct {
	limit           []float64
	best, current   []float64
	direction       []float64
	bestBound, mark float64
	level, least    float64
	waited          int
	patience        int
	memory          float64
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
		direction: make([]float64, len(price)), bestBound: math.Inf(1), mark: math.Inf(1), level: level, least: minLevel,
		patience: patience, memory: memory, scale: make([]float64, len(price))}
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
	case x.waited >= x.patience:
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
		x.direction[r] = x.limit[r] - load[r] + x.memory*x.direction[r]
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
// each starting from the prices before, and ends on all of them. Where places are alike it
// begins with all units at what is alike instead.
func (s *priceSearch) coarseToFine(order []int32, steps int) {
	n := len(order)
	level := 0.05
	if s.alike != nil {
		s.together(steps, level)
		level = 0.01
	}
	for _, part := range []int{256, 64, 16, 4} {
		if s.alike != nil || n/part < 16*s.d.in.places {
			continue
		}
		some := s.d.in.crowd(order[:n/part])
		s.lower(some, n/part, s.share(some), steps, level)
		level = max(level/3, 0.002)
	}
	s.lower(s.d.in.crowd(order), n, s.d.in.whole(), steps, level)
}

// scaled is a share of each limit.
func (in *instance) scaled(share []float64) []float64 {
	out := make([]float64, len(in.limit))
	for r, b := range in.limit {
		out[r] = float64(b) * share[r]
	}
	return out
}

// whole is each limit in full.
func (in *instance) whole() []float64 {
	all := make([]float64, len(in.limit))
	for r := range all {
		all[r] = 1
	}
	return all
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
