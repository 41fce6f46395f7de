package place

import (
	"math"
	"slices"
)

// shortlist keeps for each of some units the places where it loses least at the prices
// of the last full sweep, so that a sweep asks few pairs. The sum of a short sweep may lie
// below the true one; the next full sweep says by how much.
type shortlist struct {
	d    *dual
	of   crowd
	keep int
	// place and value hold keep entries for each unit; fewer end with place −1.
	place []int32
	value []float32
}

// Entries kept for each unit at first, and steps between full sweeps.
const (
	shortEntries = 16
	shortSteps   = 40
)

// Shares of the bound by which a descent over all units, and over a sample, ends.
const (
	wholeGain  = 3e-6
	sampleGain = 1e-4
)

func newShortlist(d *dual, of crowd, keep int) *shortlist {
	keep = min(keep, d.in.places)
	return &shortlist{d: d, of: of, keep: keep,
		place: make([]int32, keep*len(of.units)), value: make([]float32, keep*len(of.units))}
}

// fill lists the places anew at the present prices, and returns the full sweep.
func (s *shortlist) fill(workers int) sweep {
	in := s.d.in
	return s.sum(workers, func(from, to int, load []float64) (sum float64) {
		reduced := make([]float32, in.places)
		var all []option
		for n := from; n < to; n++ {
			u, times := int(s.of.units[n]), s.of.times[n]
			s.d.reduced(u, reduced)
			var most float32
			all, most = lossesOf(reduced, all[:0])
			if len(all) > s.keep {
				all = keepLeast(all, s.keep)
			}
			place, value := s.place[n*s.keep:(n+1)*s.keep], s.value[n*s.keep:(n+1)*s.keep]
			best := 0
			for k := range place {
				place[k] = -1
				if k < len(all) {
					place[k], value[k] = all[k].place, in.value[u*in.places+int(all[k].place)]
					if byRegret(all[k], all[best]) < 0 {
						best = k
					}
				}
			}
			if most > 0 {
				sum += times * float64(most)
				in.addShare(load, u, int(all[best].place), times)
			}
		}
		return sum
	})
}

// ask lets each unit choose among its listed places.
func (s *shortlist) ask(workers int) sweep {
	in, charges := s.d.in, s.charges()
	return s.sum(workers, func(from, to int, load []float64) (sum float64) {
		for n := from; n < to; n++ {
			u, times := int(s.of.units[n]), s.of.times[n]
			place := s.place[n*s.keep : (n+1)*s.keep]
			value := s.value[n*s.keep : (n+1)*s.keep]
			at, best := chooseShort(place, value, charges[in.class[in.members[u][0]]], in.size[u*in.dims:(u+1)*in.dims])
			if at >= 0 {
				sum += times * float64(best)
				in.addShare(load, u, int(at), times)
			}
		}
		return sum
	})
}

// charges arranges each class's charges by place, so that a place's lie together.
func (s *shortlist) charges() [][]float32 {
	in := s.d.in
	out := make([][]float32, len(s.d.charge))
	for c, rows := range s.d.charge {
		out[c] = make([]float32, in.places*in.dims)
		for k, row := range rows {
			for i, x := range row {
				out[c][i*in.dims+k] = x
			}
		}
	}
	return out
}

// chooseShort is the listed place with the highest value less charges, or −1 when none
// is above 0.
func chooseShort(place []int32, value []float32, charge []float32, size []int32) (int32, float32) {
	at, best := int32(-1), float32(0)
	if len(size) == 3 {
		s0, s1, s2 := float32(size[0]), float32(size[1]), float32(size[2])
		for k, i := range place {
			if i < 0 {
				break
			}
			c := charge[3*i : 3*i+3 : 3*i+3]
			if v := value[k] - s0*c[0] - s1*c[1] - s2*c[2]; v > best {
				at, best = i, v
			}
		}
		return at, best
	}
	for k, i := range place {
		if i < 0 {
			break
		}
		v := value[k]
		for d, s := range size {
			v -= float32(s) * charge[int(i)*len(size)+d]
		}
		if v > best {
			at, best = i, v
		}
	}
	return at, best
}

// sum sweeps the units in chunks.
func (s *shortlist) sum(workers int, part func(from, to int, load []float64) float64) sweep {
	sums, loads := make([]float64, chunks), make([][]float64, chunks)
	parallel(workers, len(s.of.units), func(chunk, from, to int) {
		loads[chunk] = make([]float64, len(s.d.in.limit))
		sums[chunk] = part(from, to, loads[chunk])
	})
	return gather(len(s.d.in.limit), sums, loads)
}

// descendShort is descend with most sweeps over short lists. Every shortSteps steps a full
// sweep at the best prices says what they truly prove; when that is no better than before,
// the lists have misled and are made longer. It ends when a full sweep gains less than a
// share of the bound.
func (s *priceSearch) descendShort(of crowd, share []float64, steps int, level, gain float64) {
	d, x, list := s.d, s.start(share, level), newShortlist(s.d, of, shortEntries)
	gain = max(gain, s.least/2)
	proven, bound := slices.Clone(d.price), math.Inf(1)
	for step := 0; step < steps; step += shortSteps {
		if s.ctx.Err() != nil || !s.budget.spend(3*int64(len(of.units)*d.in.places)) {
			break
		}
		full := list.fill(s.workers)
		now, before := full.bound(d.price, x.limit), bound
		if now < bound {
			bound = now
			copy(proven, d.price)
		} else {
			d.set(proven)
			list = newShortlist(d, of, 2*list.keep)
			full = list.fill(s.workers)
		}
		x.restart(proven, bound)
		least := gain * math.Abs(bound)
		if !x.take(full) || before-bound < least && x.level < 10*least {
			break
		}
		for k := 1; k < shortSteps; k++ {
			s.budget.used += 2 * int64(len(of.units)*list.keep)
			if !x.take(list.ask(s.workers)) {
				break
			}
		}
		d.set(x.best)
		if s.progress != nil {
			s.progress("prices", int64(step), int64(steps))
		}
	}
	if full := list.fill(s.workers); full.bound(d.price, x.limit) > bound {
		d.set(proven)
	}
}

// bound is what the sweep proves at the prices that it was made at.
func (f *sweep) bound(price, limit []float64) float64 {
	sum := f.sum
	for r, x := range price {
		sum += x * limit[r]
	}
	return sum
}
