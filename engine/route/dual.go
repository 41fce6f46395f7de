package route

import (
	"context"
	"math"
)

// dual searches for seat prices with a high bound.
type dual struct {
	p        *pricing
	seats    []int32
	price    []float64 // by event and kind
	trend    []float64 // smoothed demand for each seat
	whole    []int64   // price, rounded
	journeys [][]int32
	usage    []int32
	best     []int64 // the prices of the best bound
	bound    int64
	pool     *pool
	usages   [][]int32 // by worker
	lines    *lines    // nil until single seats moved too slowly
	// of one step, by event and kind: how far each price moves, demand less seats, and
	// what that is divided by; 0 for seats that nobody wants at no price
	move, excess, weight []float64
	inner                int     // rounds on the pool between full ones
	patience             int     // full rounds without a better bound that lower the level
	enough               float64 // the part of the way to the level that a full round should win
	stalled              int     // full rounds since the bound last rose
	risen                int     // full rounds in a row that raised the bound
	looks                int64
	reach                float64 // how far above the best bound the level lies
	rounds               int
	goal                 int64   // the bound that is good enough; 0 is none
	ceiling              float64 // no price is worth more, nor do sums overflow below it
}

func newDual(p *pricing) *dual {
	n, dearest, seats := len(p.n.seats), int64(0), int64(1)
	for i := range p.travellers {
		dearest = max(dearest, p.travellers[i].penalty)
	}
	for _, c := range p.n.seats {
		seats += int64(c)
	}
	return &dual{
		ceiling: float64(min(dearest, (1<<60)/seats)),
		p:       p, seats: p.n.seats, price: make([]float64, n), trend: make([]float64, n),
		whole: make([]int64, n), best: make([]int64, n), usage: make([]int32, n),
		journeys: make([][]int32, len(p.travellers)), bound: math.MinInt64, reach: 0.2, patience: 2, enough: 0.03,
		pool: newPool(p.n, p.travellers), move: make([]float64, n), excess: make([]float64, n), weight: make([]float64, n),
	}
}

// evaluate prices all parties at the current prices, keeps their journeys in
// the pool and returns the bound.
func (d *dual) evaluate() int64 {
	d.round()
	a := d.p.run(d.whole, d.journeys)
	d.looks += a.looks
	d.tally(func(i int32, usage []int32) int64 {
		d.count(usage, i, d.journeys[i])
		d.pool.add(i, d.journeys[i], d.whole)
		return 0
	})
	bound := a.sum - d.paid()
	if bound > d.bound {
		d.bound = bound
		copy(d.best, d.whole)
	}
	return bound
}

// climb runs rounds of deflected subgradient steps (Camerini, Fratta and
// Maffioli 1975) with Polyak's step length towards a level a little above the
// best bound. Most rounds look at the pool alone; every so often a full round
// adds journeys to it and states the bound. It ends when the budget is spent,
// the bound stalls, reaches the cost of a known plan or is good enough, or the
// context ends.
func (d *dual) climb(ctx context.Context, cost int64, budget int64, progress func(done, total int64)) {
	begin := d.looks
	for d.looks-begin < budget && d.reach > 1e-4 && ctx.Err() == nil {
		old := d.bound
		spent := d.looks
		bound := d.evaluate()
		spent = d.looks - spent
		d.rounds++
		d.adjust(old)
		progress(d.looks-begin, budget)
		if bound >= cost || d.goal > 0 && bound >= d.goal || !d.step(d.level(cost)-float64(bound)) {
			return
		}
		for range d.between(spent) {
			distance := d.level(cost) - float64(d.estimate())
			if distance <= 0 || !d.step(distance) {
				break
			}
		}
	}
}

// restart sets the level high again, waits longer before it is lowered and moves whole
// stretches of lines: for problems where prices of many departures depend on one another.
func (d *dual) restart() {
	d.lines = newLines(d.p.n)
	d.reach, d.patience, d.enough, d.stalled, d.risen = 0.1, 8, 0.001, 0, 0
	for i, v := range d.best {
		d.price[i] = float64(v)
	}
	clear(d.trend)
}

// between is how many rounds on the pool follow a full one: about as many looks
// as that took, where the pool is large.
func (d *dual) between(full int64) int64 {
	const small = 10_000
	if d.pool.size() <= small {
		return int64(d.inner)
	}
	return min(int64(d.inner), 1+full/d.pool.size())
}

// level is what the steps aim at.
func (d *dual) level(cost int64) float64 {
	return min(float64(cost), float64(d.bound)*(1+d.reach))
}

// adjust lowers the level, returns to the best prices and looks at the pool
// less often when full rounds find no better bound; the reverse when they do.
func (d *dual) adjust(old int64) {
	won := 0.0
	if old > math.MinInt64 {
		won = float64(d.bound-old) / (float64(d.bound)*d.reach + 1)
	}
	if won >= d.enough || old == math.MinInt64 {
		d.stalled = 0
		d.inner = min(d.inner+1, mostInner)
		if d.risen++; d.risen >= 3 {
			d.reach = min(1.5*d.reach, 10)
			d.risen = 0
		}
		return
	}
	d.risen = 0
	if d.stalled++; d.stalled < d.patience {
		return
	}
	d.stalled = 0
	d.inner = max(d.inner/2, 1)
	d.reach = max(d.reach/2, 1e-5)
	for i, v := range d.best {
		d.price[i] = float64(v)
	}
}

// mostInner is how many rounds on the pool alone follow a full one at most.
const mostInner = 10

// step moves the prices along the smoothed excess of demand over seats, in
// proportion to the size of the service, and once the lines are known along theirs;
// false when demand meets seats everywhere, so that the prices are best.
func (d *dual) step(distance float64) bool {
	const memory = 0.9
	norm := 0.0
	for i, used := range d.usage {
		g := float64(used - d.offered(i))
		d.trend[i] = memory*d.trend[i] + (1-memory)*g
		size := float64(d.seats[i]+scaleOffset) + math.Abs(d.trend[i])
		d.move[i], d.excess[i], d.weight[i] = d.trend[i]/size, g, 0
		if d.price[i] > 0 || g > 0 {
			norm += g * g / size
			d.weight[i] = size
		}
	}
	if d.lines != nil {
		norm += d.lines.spread(d.excess, d.weight, nil)
		for i := range d.weight {
			if d.weight[i] = 0; d.price[i] > 0 || d.trend[i] > 0 {
				d.weight[i] = float64(d.seats[i]+scaleOffset) + math.Abs(d.trend[i])
			}
		}
		d.lines.spread(d.trend, d.weight, d.move)
	}
	if norm == 0 {
		return false
	}
	length := distance / norm
	for i := range d.price {
		d.price[i] = min(max(0, d.price[i]+length*d.move[i]), d.ceiling)
	}
	return true
}

// scaleOffset keeps the smallest services from the longest steps.
const scaleOffset = 4
