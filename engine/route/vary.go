package route

import (
	"context"
	"math/rand/v2"
)

// meanPrice is the mean of the best prices that are not zero.
func (d *dual) meanPrice() int64 {
	sum, priced := int64(0), int64(0)
	for _, v := range d.best {
		if v > 0 {
			sum += v
			priced++
		}
	}
	return sum/max(1, priced) + 1
}

// vary adds journeys to the pool that avoid some of the seats that a plan has
// taken, in rounds at prices drawn by lot around the best.
func (d *dual) vary(ctx context.Context, free []int32, random *rand.Rand, budget int64) {

	mean := float64(d.meanPrice())
	for begin := d.looks; d.looks-begin < budget && ctx.Err() == nil; {
		for i, v := range d.best {
			price := float64(v) * (0.5 + random.Float64())
			if free[i] < fewSeats && random.IntN(2) == 0 {
				price += mean * 2 * random.Float64()
			}
			d.whole[i] = int64(min(price, d.ceiling))
		}
		d.looks += max(1, d.p.run(d.whole, d.journeys).looks)
		for i, journey := range d.journeys {
			d.pool.add(int32(i), journey, d.best)
		}
	}
}

// offer adds to the pool what everybody would take if the seats that a plan leaves
// free cost nothing.
func (d *dual) offer(free []int32) {
	for i, v := range d.best {
		if d.whole[i] = v; free[i] > 0 {
			d.whole[i] = 0
		}
	}
	d.looks += d.p.run(d.whole, d.journeys).looks
	for i, journey := range d.journeys {
		d.pool.add(int32(i), journey, d.best)
	}
}

// fewSeats are so few that a family may not fit on them.
const fewSeats = 3
