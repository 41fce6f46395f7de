package place

import (
	"cmp"
	"context"
	"slices"
)

// improver raises the value of a plan at fixed prices. Prices say where to
// look: value is lost only where a unit is not at its favourite or where a
// priced capacity stands empty. Moves are accepted on true value alone.
type improver struct {
	ctx    context.Context
	plan   *plan
	d      *dual
	budget *budget
	// pinned units never move.
	pinned []bool
	buf    []float32
}

// ejection is the best way found so far to make room: guest goes to next.
type ejection struct {
	gain        float32
	guest, next int32
}

const nobody = -1

// minGain keeps rounding errors of float32 from being taken for gains.
const minGain = 1e-5

// candidate is a place that a unit might gain from, with an estimate of the
// most that it could bring.
type candidate struct {
	unit, place int32
	hope        float32
}

// maxCandidates limits one round of the search.
const maxCandidates = 200_000

func newImprover(ctx context.Context, p *plan, d *dual, b *budget) *improver {
	return &improver{ctx: ctx, plan: p, d: d, budget: b, pinned: p.in.fixed,
		buf: make([]float32, p.in.places)}
}

// run repeats rounds until one changes nothing; it says whether the search
// ended by itself.
func (m *improver) run(progress func(stage string, done, total int64)) bool {
	for range 50 {
		changed := m.fill()
		candidates := m.candidates()
		for k, c := range candidates {
			if k%64 == 0 && (m.ctx.Err() != nil || m.budget.spent()) {
				return false
			}
			if m.try(int(c.unit), int(c.place)) {
				changed++
			}
		}
		if progress != nil {
			progress("improving", int64(changed), int64(len(candidates)))
		}
		if m.ctx.Err() != nil || m.budget.spent() {
			return false
		}
		if changed == 0 {
			return true
		}
	}
	return false
}

// fill moves units straight to better places that have room, best gain first.
func (m *improver) fill() int {
	p, in := m.plan, m.plan.in
	moves := []candidate{}
	m.budget.spend(int64(len(p.at) * in.places))
	open := make([]int, 0, in.places)
	for i := range in.places {
		if m.hasRoom(i) {
			open = append(open, i)
		}
	}
	for u := range p.at {
		if m.pinned[u] && p.at[u] != nowhere {
			continue
		}
		now := p.value(u, int(p.at[u]))
		best := candidate{unit: int32(u), place: nowhere, hope: minGain}
		for _, i := range open {
			if gain := p.value(u, i) - now; gain > best.hope && int32(i) != p.at[u] && p.fits(u, i) {
				best.place, best.hope = int32(i), gain
			}
		}
		if best.place != nowhere {
			moves = append(moves, best)
		}
	}
	slices.SortStableFunc(moves, func(a, b candidate) int { return cmp.Compare(b.hope, a.hope) })
	changed := 0
	for _, c := range moves {
		if p.fits(int(c.unit), int(c.place)) {
			m.move(int(c.unit), int(c.place))
			changed++
		}
	}
	return changed
}

// hasRoom says whether a place could take anybody: some dimension is not full.
func (m *improver) hasRoom(i int) bool {
	in := m.plan.in
	for k := range in.dims {
		if m.plan.load[i*in.dims+k] < in.limit[i*in.dims+k] {
			return true
		}
	}
	return false
}

func (m *improver) move(u, i int) {
	if m.plan.at[u] != nowhere {
		m.plan.lift(u)
	}
	if i != nowhere {
		m.plan.put(u, i)
	}
}

// candidates lists the pairs that could still gain, by hope.
func (m *improver) candidates() []candidate {
	p, in := m.plan, m.plan.in
	m.budget.spend(int64(len(p.at) * in.places))
	idle := m.idle()
	out := []candidate{}
	for u := range p.at {
		if m.pinned[u] {
			continue
		}
		m.d.reduced(u, m.buf)
		now := float32(0)
		if p.at[u] != nowhere {
			now = m.buf[p.at[u]]
		}
		for i, x := range m.buf {
			if hope := x + idle[i] - now; hope > minGain && int32(i) != p.at[u] {
				out = append(out, candidate{int32(u), int32(i), hope})
			}
		}
		if len(out) > 4*maxCandidates {
			out = topCandidates(out)
		}
	}
	return topCandidates(out)
}

func topCandidates(c []candidate) []candidate {
	slices.SortStableFunc(c, func(a, b candidate) int { return cmp.Compare(b.hope, a.hope) })
	return c[:min(len(c), maxCandidates)]
}

// idle is the priced worth of each place's empty capacity.
func (m *improver) idle() []float32 {
	in := m.plan.in
	out := make([]float32, in.places)
	for i := range out {
		for k := range in.dims {
			r := i*in.dims + k
			out[i] += float32(m.d.price[r] * float64(in.limit[r]-m.plan.load[r]))
		}
	}
	return out
}

// try moves unit u to place i, alone or by sending one guest of i elsewhere, if
// the value rises.
func (m *improver) try(u, i int) bool {
	p := m.plan
	old := int(p.at[u])
	if old == i {
		return false
	}
	step := p.value(u, i) - p.value(u, old)
	if old != nowhere {
		p.lift(u)
	}
	if p.fits(u, i) {
		if step > minGain {
			p.put(u, i)
			return true
		}
	} else if m.eject(u, i, step) {
		return true
	}
	if old != nowhere {
		p.put(u, old)
	}
	return false
}

// eject looks for the guest of place i whose going elsewhere makes room for u
// at the best total gain, and makes the move.
func (m *improver) eject(u, i int, step float32) bool {
	p, in := m.plan, m.plan.in
	best := ejection{gain: minGain, guest: nobody}
	m.budget.spend(int64(len(p.guests[i])))
	for _, w := range p.guests[i] {
		if m.pinned[w] || !m.makesRoom(u, int(w), i) {
			continue
		}
		base := step - p.value(int(w), i)
		values := in.value[int(w)*in.places : (int(w)+1)*in.places]
		m.budget.spend(int64(in.places))
		for k, v := range values {
			if base+v > best.gain && k != i && p.fits(int(w), k) {
				best = ejection{gain: base + v, guest: w, next: int32(k)}
			}
		}
		if base > best.gain {
			best = ejection{gain: base, guest: w, next: nowhere}
		}
	}
	if best.guest == nobody {
		return false
	}
	m.move(int(best.guest), int(best.next))
	p.put(u, i)
	return true
}

// makesRoom says whether u would fit at place i if guest w left.
func (m *improver) makesRoom(u, w, i int) bool {
	p, in := m.plan, m.plan.in
	a, b := in.size[u*in.dims:(u+1)*in.dims], in.size[w*in.dims:(w+1)*in.dims]
	for k, s := range a {
		r := i*in.dims + k
		if s > 0 && p.load[r]+int64(s-b[k]) > in.limit[r] {
			return false
		}
	}
	for _, r := range in.rowsAt[i] {
		row := in.places*in.dims + int(r)
		n := in.amount(u, int(r))
		if n > 0 && p.load[row]+n-in.amount(w, int(r)) > in.limit[row] {
			return false
		}
	}
	return true
}
