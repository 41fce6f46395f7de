package route

// night is the stop and the number of a night.
type night struct {
	stop   int32
	number int64
}

// day is minutes.
const minutesOfDay = 24 * 60

// nightsUntil counts the nights of a stop that begin before a time, from some
// origin: a stay from a to d spans nightsUntil(d) − nightsUntil(a) nights.
func (n *network) nightsUntil(stop int32, time int64) int64 {
	since := time + int64(n.base) - int64(n.problem.Stops[stop].NightAt)
	if since <= 0 {
		return since / minutesOfDay
	}
	return (since + minutesOfDay - 1) / minutesOfDay
}

// sleepless reports whether a stay spans a night for which the stop lacks beds.
// Taken, if not nil, says how many beds others have.
func (n *network) sleepless(stop int32, from, to, beds int64, taken map[night]int64) bool {
	first, last := n.nightsUntil(stop, from), n.nightsUntil(stop, to)
	if first == last {
		return false
	}
	has := int64(n.problem.Stops[stop].Beds)
	if has < beds {
		return true
	}
	for number := first; number < last && taken != nil; number++ {
		if taken[night{stop, number}]+beds > has {
			return true
		}
	}
	return false
}

// cutLater reports whether a traveller cannot wait at a stop from one departure
// to the next, and cutNext whether it cannot from an arrival to a departure.
func (n *network) cutLater(b *board, at int, beds int64, taken map[night]int64) bool {
	c := &b.calls[at]
	l := &n.legs[c.event]
	return n.sleepless(l.from, l.depart, n.legs[b.calls[c.later].event].depart, beds, taken)
}

func (n *network) cutNext(b *board, at int, next int32, beds int64, taken map[night]int64) bool {
	out := &n.legs[b.calls[next].event]
	return n.sleepless(out.from, n.legs[b.calls[at].event].arrive, out.depart, beds, taken)
}

// sleeps reports whether the traveller has beds for all nights of a journey.
func (n *network) sleeps(t *traveller, journey []int32, taken map[night]int64) bool {
	if t.beds == 0 {
		return true
	}
	for i := 1; i < len(journey); i++ {
		in, out := &n.legs[journey[i-1]], &n.legs[journey[i]]
		if n.sleepless(out.from, in.arrive, out.depart, t.beds, taken) {
			return false
		}
	}
	return true
}

// makeBeds takes beds for a traveller's nights, or gives them back.
func (p *plan) makeBeds(i int32, sign int64) {
	t, journey := &p.travellers[i], p.journeys[i]
	if t.beds == 0 {
		return
	}
	for k := 1; k < len(journey); k++ {
		in, out := &p.n.legs[journey[k-1]], &p.n.legs[journey[k]]
		for number := p.n.nightsUntil(out.from, in.arrive); number < p.n.nightsUntil(out.from, out.depart); number++ {
			p.beds[night{out.from, number}] += sign * t.beds
		}
	}
}
