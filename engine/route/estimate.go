package route

import (
	"sync"
	"sync/atomic"
)

// estimate is evaluate over the pool alone: an upper estimate of the bound at
// the prices, for a small part of the work.
func (d *dual) estimate() int64 {
	d.round()
	sum := d.tally(func(i int32, usage []int32) int64 {
		at, cost := d.pool.cheapest(i, d.whole)
		if at >= 0 {
			d.count(usage, i, d.pool.events(d.pool.options[i][at]))
		}
		return cost
	})
	d.looks += d.pool.size()
	return sum - d.paid()
}

// tally asks for every traveller's cost, which counts its seats, and adds them up. The
// travellers of a shard are asked one after another, shards side by side; sums are of
// whole numbers, so that they do not depend on the number of workers.
func (d *dual) tally(ask func(i int32, usage []int32) int64) int64 {
	var next, sum atomic.Int64
	var wait sync.WaitGroup
	for w := range d.p.workers {
		if len(d.usages) <= w {
			d.usages = append(d.usages, make([]int32, len(d.seats)))
		}
		wait.Go(func() {
			own, usage := int64(0), d.usages[w]
			clear(usage)
			for {
				s := int(next.Add(1)) - 1
				if s >= shards {
					break
				}
				from, to := d.pool.shard(s)
				for i := from; i < to; i++ {
					own += ask(i, usage)
				}
			}
			sum.Add(own)
		})
	}
	wait.Wait()
	clear(d.usage)
	for w := range d.p.workers {
		for i, c := range d.usages[w] {
			d.usage[i] += c
		}
	}
	return sum.Load()
}

// count adds a traveller's seats on a journey to the usage.
func (d *dual) count(usage []int32, i int32, journey []int32) {
	kinds := d.p.n.kinds
	for _, e := range journey {
		for k, need := range d.p.travellers[i].need {
			usage[int(e)*kinds+k] += need
		}
	}
}

// paid is the price of all seats; those of a charter pay for opening it first,
// and one that they do not pay for stays closed.
func (d *dual) paid() int64 {
	sum, kinds := int64(0), d.p.n.kinds
	for e := range d.p.n.legs {
		worth := int64(0)
		for i := e * kinds; i < (e+1)*kinds; i++ {
			worth += d.whole[i] * int64(d.seats[i])
		}
		if d.p.n.purchases != nil {
			worth = max(0, worth-d.p.n.purchases[e].open)
		}
		sum += worth
	}
	return sum
}

// offered is the seats of a kind on a service, none on a charter that its seats'
// prices do not pay for.
func (d *dual) offered(i int) int32 {
	if d.p.n.purchases == nil {
		return d.seats[i]
	}
	kinds := d.p.n.kinds
	e := i / kinds
	worth, open := int64(0), d.p.n.purchases[e].open
	for k := e * kinds; k < (e+1)*kinds; k++ {
		worth += d.whole[k] * int64(d.seats[k])
	}
	if open > 0 && worth <= open {
		return 0
	}
	return d.seats[i]
}

func (d *dual) round() {
	for i, v := range d.price {
		d.whole[i] = int64(v + 0.5)
	}
}
