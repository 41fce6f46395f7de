package place

import (
	"fmt"
	"math"
)

// learn lets an arrival take the place of the oldest case of the sample and goes on
// with the price search.
func (s *Stream) learn(c Case, values []float64) {
	in := s.in
	if len(in.members) == 0 {
		return
	}
	u := s.slot
	s.slot = (s.slot + 1) % len(in.members)
	in.p.Cases[u] = c
	in.class[u] = s.classOf(&c)
	for k, n := range c.Size {
		in.size[u*in.dims+k] = int32(n)
	}
	for i, v := range values {
		in.value[u*in.places+i] = float32(v)
	}
	s.reprice()
}

// classOf numbers the set of rows that count the case.
func (s *Stream) classOf(c *Case) int32 {
	in := s.in
	counts := make([]bool, len(in.p.Rows))
	for r := range counts {
		counts[r] = rowCounts(&in.p.Rows[r], c)
	}
	for k, known := range in.classes {
		if fmt.Sprint(known) == fmt.Sprint(counts) {
			return int32(k)
		}
	}
	in.classes = append(in.classes, counts)
	price := s.d.price
	s.d = newDual(in)
	s.d.set(price)
	s.work = nil
	return int32(len(in.classes) - 1)
}

// reprice asks the next part of the sample, and takes over the prices after the last
// pass.
func (s *Stream) reprice() {
	n, left := len(s.in.members), s.o.Expected-s.seen
	if left < 1 {
		return
	}
	if s.work == nil {
		s.work = s.startPricing(left)
	}
	w := s.work
	within := max(1, repriceShare*float64(min(s.o.Expected/2, left)))
	part := min(n-w.unit, mostAsked, 1+int(float64(n*repricePasses)/within))
	s.d.askSome(w.unit, w.unit+part, &w.sweep)
	if w.unit += part; w.unit < n {
		return
	}
	more := w.descent.take(w.sweep)
	w.unit, w.sweep.sum = 0, 0
	clear(w.sweep.load)
	if w.passes++; !more || w.passes >= repricePasses {
		copy(s.bid, w.descent.best)
		s.d.set(s.bid)
		s.work = nil
	}
}

// startPricing scales the room that is left to the sample.
func (s *Stream) startPricing(left int) *repricing {
	limit := s.shares(left)
	for r := range limit {
		limit[r] *= float64(s.in.limit[r]) - s.load[r]
	}
	s.d.set(s.bid)
	return &repricing{descent: newDescent(s.d, limit, 0.004), sweep: sweep{load: make([]float64, len(s.load))}}
}

// shares is the part of each limit that the sample may use: what it needs of the
// dimension against what those left are expected to need.
func (s *Stream) shares(left int) []float64 {
	in := s.in
	need, room := make([]float64, in.dims), make([]float64, in.dims)
	for k, n := range in.size {
		need[k%in.dims] += float64(n)
	}
	for r := range in.places * in.dims {
		room[r%in.dims] += float64(in.limit[r]) - s.load[r]
	}
	part := make([]float64, in.dims)
	for d := range part {
		part[d] = float64(len(in.members)) / float64(left)
		if coming := s.outlook.coming(d, left, room[d]); coming > 0 && need[d] > 0 {
			part[d] = need[d] / coming
		}
	}
	out := make([]float64, len(in.limit))
	for r := range out {
		out[r] = part[in.dimension(r)]
	}
	return out
}

// askSome adds the favourites of some units to a sweep.
func (d *dual) askSome(from, to int, into *sweep) {
	buf := make([]float32, d.in.places)
	for u := from; u < to; u++ {
		if at, best := d.favourite(u, buf); at >= 0 && !math.IsInf(float64(best), 0) {
			into.sum += float64(best)
			d.in.addShare(into.load, u, at, 1)
		}
	}
}
