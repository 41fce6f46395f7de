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
	looks    int64
	reach    float64 // how far above the best bound the level lies
	gained   float64 // since the level was last adjusted
	rounds   int
	ceiling  float64 // no price is worth more, nor do sums overflow below it
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
		journeys: make([][]int32, len(p.travellers)), bound: math.MinInt64, reach: 0.05,
	}
}

// evaluate prices all parties at the current prices and returns the bound.
func (d *dual) evaluate() int64 {
	for i, v := range d.price {
		d.whole[i] = int64(v + 0.5)
	}
	a := d.p.run(d.whole, d.journeys)
	d.looks += a.looks
	clear(d.usage)
	kinds := d.p.n.kinds
	for i, journey := range d.journeys {
		for _, e := range journey {
			for k, need := range d.p.travellers[i].need {
				d.usage[int(e)*kinds+k] += need
			}
		}
	}
	bound := a.sum
	for i, v := range d.whole {
		bound -= v * int64(d.seats[i])
	}
	if bound > d.bound {
		d.bound = bound
		copy(d.best, d.whole)
	}
	return bound
}

// climb runs rounds of deflected subgradient steps (Camerini, Fratta and
// Maffioli 1975) with Polyak's step length towards a level a little above the
// best bound, lowered when the bound stalls, until the budget is spent, the
// bound reaches the cost of a known plan or the context ends.
func (d *dual) climb(ctx context.Context, cost int64, budget int64, progress func(done, total int64)) {
	begin := d.looks
	for d.looks-begin < budget && d.reach > 1e-4 && ctx.Err() == nil {
		old := d.bound
		bound := d.evaluate()
		if d.bound > old {
			d.gained += float64(d.bound - old)
		}
		d.rounds++
		if d.rounds%patience == 0 {
			d.adjust()
		}
		progress(d.looks-begin, budget)
		level := min(float64(cost), float64(d.bound)*(1+d.reach))
		if bound >= cost || !d.step(level-float64(bound)) {
			return
		}
	}
}

// patience is how many rounds a level is given.
const patience = 8

// adjust lowers the level, and returns to the best prices, when the last rounds
// won little of the way to it; raises it when they won much.
func (d *dual) adjust() {
	won := d.gained / (float64(d.bound)*d.reach + 1)
	d.gained = 0
	switch {
	case won < 0.05:
		d.reach = max(d.reach/2, 1e-5)
		for i, v := range d.best {
			d.price[i] = float64(v)
		}
	case won > 0.5:
		d.reach *= 1.5
	}
}

// step moves the prices along the smoothed excess of demand over seats, in
// proportion to the size of the service; false when demand meets seats
// everywhere, so that the prices are best.
func (d *dual) step(distance float64) bool {
	const memory = 0.9
	norm := 0.0
	for i, used := range d.usage {
		g := float64(used - d.seats[i])
		d.trend[i] = memory*d.trend[i] + (1-memory)*g
		if d.price[i] > 0 || g > 0 {
			norm += g * g / float64(d.seats[i]+scaleOffset)
		}
	}
	if norm == 0 {
		return false
	}
	length := distance / norm
	for i := range d.price {
		price := d.price[i] + length*d.trend[i]/float64(d.seats[i]+scaleOffset)
		d.price[i] = min(max(0, price), d.ceiling)
	}
	return true
}

// scaleOffset keeps the smallest services from the longest steps.
const scaleOffset = 4
