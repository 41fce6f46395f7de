package route

import (
	"cmp"
	"slices"
)

// settler chooses one option for each traveller with seats as soft limits:
// every sweep lets all travellers choose again, each seat beyond a service's
// own costing more from sweep to sweep (negotiated congestion; McMurchie and
// Ebeling, "PathFinder", 1995), on top of the prices that the bound found.
type settler struct {
	pool   *pool
	prices []int64
	excess []int64 // by event and kind: what a seat too many costs
	free   []int32
	choice []int32
	order  []int32
	looks  int64
}

func newSettler(p *pool, prices []int64, free []int32) *settler {
	s := &settler{pool: p, prices: prices, excess: make([]int64, len(free)), free: slices.Clone(free), choice: make([]int32, len(p.travellers))}
	for i := range p.travellers {
		s.choice[i] = -1
		if len(p.options[i]) > 0 {
			s.order = append(s.order, int32(i))
		}
	}
	slices.SortFunc(s.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(p.travellers[b].seats, p.travellers[a].seats), cmp.Compare(a, b))
	})
	return s
}

// sweep lets every traveller choose again and reports how many seats are still
// taken twice.
func (s *settler) sweep() int64 {
	for _, i := range s.order {
		if at := s.choice[i]; at >= 0 {
			s.take(i, at, 1)
		}
		best, least := int32(-1), s.pool.travellers[i].penalty
		for at, o := range s.pool.options[i] {
			if o.tooLong {
				continue
			}
			if c := s.congested(i, o, least); c < least {
				best, least = int32(at), c
			}
		}
		if s.choice[i] = best; best >= 0 {
			s.take(i, best, -1)
		}
	}
	s.looks += s.pool.size()
	over := int64(0)
	for _, c := range s.free {
		over += max(0, -int64(c))
	}
	return over
}

func (s *settler) take(i, at, sign int32) {
	kinds, need := s.pool.n.kinds, s.pool.travellers[i].need
	for _, e := range s.pool.events(s.pool.options[i][at]) {
		for k, c := range need {
			s.free[int(e)*kinds+k] += sign * c
		}
	}
}

// congested is what an option costs at the prices, seats too many at their
// excess; most once it is known to cost no less.
func (s *settler) congested(i int32, o option, most int64) int64 {
	sum, kinds, need := o.cost, s.pool.n.kinds, s.pool.travellers[i].need
	for _, e := range s.pool.events(o) {
		if sum >= most {
			return most
		}
		for k, c := range need {
			if c == 0 {
				continue
			}
			at := int(e)*kinds + k
			sum += int64(c) * s.prices[at]
			if lack := c - max(0, s.free[at]); lack > 0 {
				sum += int64(lack) * s.excess[at]
			}
		}
	}
	return sum
}

// settle sweeps until no seat is taken twice, or often enough; unit is what a
// seat too many costs at first.
func (s *settler) settle(unit int64, sweeps int) {
	for i := range s.excess {
		s.excess[i] = unit
	}
	for range sweeps {
		if s.sweep() == 0 {
			return
		}
		for i, c := range s.free {
			if c < 0 {
				s.excess[i] += s.excess[i]/4 + 1
			}
		}
	}
}

// plan puts everybody on the option chosen, as long as there is room: the
// largest first.
func (s *settler) plan() *plan {
	p := newPlan(s.pool.n, s.pool.travellers)
	for _, i := range s.order {
		if at := s.choice[i]; at >= 0 {
			if o := s.pool.options[i][at]; p.hasRoom(i, s.pool.events(o)) {
				p.put(i, s.pool.events(o))
			}
		}
	}
	return p
}
