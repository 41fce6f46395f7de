package route

import "slices"

// labels are the results of one backward scan over a board, by position.
type labels struct {
	// onward is the least cost from being at the call's stop in time for the
	// call to the destination, less the time cost of the call's departure.
	onward []int64
	// start is the same for a journey that begins there, less what depends on
	// when the party was ready.
	start []int64
	looks int64
}

func (l *labels) grow(n int) {
	if len(l.onward) <= n {
		l.onward = make([]int64, n+1)
		l.start = make([]int64, n+1)
	}
}

// Time costs are linear in time, so that the wait between two services needs
// no term of its own: a journey costs its fares, plus connect for every minute
// from first departure to arrival, plus what riding costs beyond waiting (leg.ride).
// A label therefore carries connect × arrival, and start takes off the first departure.

// scanAll prices the calls in [begin, end) for one unit of a shape, given each
// event's cost (unreachable where one unit cannot board), for any due time.
func (n *network) scanAll(b *board, s *shape, beds int64, closed []bool, cost []int64, begin, end int, out *labels) {
	out.grow(len(b.calls))
	onward, start := out.onward, out.start
	perMinute := s.hours * n.connect
	shift := s.hours * (n.connect - n.wait)
	for i := end - 1; i >= begin; i-- {
		c := &b.calls[i]
		best, first := unreachable, unreachable
		if c.next == arrived {
			best = perMinute * n.legs[c.event].arrive
		} else {
			if c.next >= 0 && int(c.next) < end && !closed[c.to] && (beds == 0 || !n.cutNext(b, i, c.next, beds, nil)) {
				best = onward[c.next]
			}
			if b.extra != nil && len(b.extra[i]) > 0 {
				best = min(best, n.afoot(b, i, end, beds, nil, closed, onward))
			}
		}
		if fare := cost[c.event]; best < unreachable && fare < unreachable {
			best += fare
			first = best - shift*n.legs[c.event].depart
		} else {
			best = unreachable
		}
		if int(c.later) < end {
			first = min(first, start[c.later])
			if beds == 0 || !n.cutLater(b, i, beds, nil) {
				best = min(best, onward[c.later])
			}
		}
		onward[i], start[i] = best, first
	}
	out.looks += int64(max(0, end-begin))
}

// afoot is the best label among the calls reached by a walk.
func (n *network) afoot(b *board, i, end int, beds int64, taken map[night]int64, closed []bool, onward []int64) int64 {
	best := unreachable
	if closed[b.calls[i].to] {
		return best
	}
	for _, next := range b.extra[i] {
		if int(next) < end && !closed[n.legs[b.calls[next].event].from] && (beds == 0 || !n.cutNext(b, i, next, beds, taken)) {
			best = min(best, onward[next])
		}
	}
	return best
}

// search is one traveller's own scan, within its window.
type search struct {
	n *network
	// prices by event and kind; nil: none
	prices []int64
	// free seats by event and kind; nil: every service has its own seats
	free []int32
	// taken are the beds that others have; nil: none
	taken map[night]int64
	// banned events are not taken; nil: none
	banned map[int32]bool
	labels
}

// cost of an event to the traveller; false when it cannot board.
func (s *search) cost(t *traveller, e int32) (int64, bool) {
	k := int(e) * s.n.kinds
	free := s.free
	if free == nil {
		free = s.n.seats
	}
	l := &s.n.legs[e]
	sum := t.seats*s.n.fareOf(e, t.seats) + t.hours*l.ride
	for i, need := range t.need {
		if need == 0 {
			continue
		}
		if free[k+i] < need {
			return 0, false
		}
		if s.prices != nil {
			sum += int64(need) * s.prices[k+i]
		}
	}
	return sum, true
}

// scan fills the labels for the calls in [begin, end) that the traveller can come to,
// arrivals by due.
func (s *search) scan(b *board, t *traveller, begin, end int, due int64) {
	s.grow(len(b.calls))
	n, onward, start := s.n, s.onward, s.start
	perMinute, shift := t.hours*n.connect, t.hours*(n.connect-n.wait)
	var own []int32 // departures from where only the traveller itself starts
	if !n.entered[t.origin] {
		own = before(b.at[t.origin], end)
	}
	for inner := before(b.inner, end); ; {
		i := -1
		if k := len(inner) - 1; k >= 0 {
			i = int(inner[k])
		}
		if k := len(own) - 1; k >= 0 && int(own[k]) > i {
			i, own = int(own[k]), own[:k]
		} else if i >= 0 {
			inner = inner[:len(inner)-1]
		}
		if i < begin {
			break
		}
		c := &b.calls[i]
		l := &n.legs[c.event]
		best := unreachable
		if c.next == arrived {
			if l.arrive <= due {
				best = perMinute * l.arrive
			}
		} else {
			if c.next >= 0 && int(c.next) < end && !t.closed[c.to] && (t.beds == 0 || !n.cutNext(b, i, c.next, t.beds, s.taken)) {
				best = onward[c.next]
			}
			if b.extra != nil && len(b.extra[i]) > 0 {
				best = min(best, n.afoot(b, i, end, t.beds, s.taken, t.closed, onward))
			}
		}
		first := unreachable
		if best < unreachable {
			if sum, ok := s.cost(t, c.event); ok && l.depart >= n.after && (len(s.banned) == 0 || !s.banned[c.event]) {
				best += sum
				first = best - shift*l.depart
			} else {
				best = unreachable
			}
		}
		if int(c.later) < end {
			first = min(first, start[c.later])
			if t.beds == 0 || !n.cutLater(b, i, t.beds, s.taken) {
				best = min(best, onward[c.later])
			}
		}
		onward[i], start[i] = best, first
	}
	s.looks += int64(max(0, end-begin))
}

// before gives the positions before an end.
func before(positions []int32, end int) []int32 {
	k, _ := slices.BinarySearch(positions, int32(end))
	return positions[:k]
}

// best finds the traveller's cheapest journey at the search's prices and seats,
// appended to into, with its cost at those prices. An empty journey means none.
func (s *search) best(t *traveller, into []int32) ([]int32, int64) {
	b := s.n.board(t.destination)
	if len(t.done) > 0 {
		return s.bestOnward(b, t, into)
	}
	begin := s.n.firstCall(b, t.origin, t.ready)
	if begin == nowhere {
		return into, unreachable
	}
	journey, cost := s.within(b, t, int(begin), t.due, into)
	if t.longest == 0 || len(journey) == len(into) || s.n.lasts(journey[len(into):]) <= t.longest {
		return journey, cost
	}
	return s.bestShort(b, t, int(begin), into)
}

func (s *search) within(b *board, t *traveller, begin int, due int64, into []int32) ([]int32, int64) {
	end := s.n.end(b, due)
	if begin >= end {
		return into, unreachable
	}
	s.scan(b, t, begin, end, due)
	if s.start[begin] >= unreachable {
		return into, unreachable
	}
	cost := s.start[begin] - t.hours*s.n.wait*t.ready
	return s.n.follow(b, t.closed, t.beds, s.taken, &s.labels, begin, end, into), cost
}

// bestShort tries every departure in turn with the arrival that the longest
// journey allows it.
func (s *search) bestShort(b *board, t *traveller, begin int, into []int32) ([]int32, int64) {
	var best []int32
	least := unreachable
	for i := begin; i < len(b.calls); i = int(b.calls[i].later) {
		depart := s.n.legs[b.calls[i].event].depart
		if depart > t.due {
			break
		}
		journey, cost := s.within(b, t, i, min(t.due, depart+t.longest), nil)
		if len(journey) > 0 && cost < least {
			best, least = journey, cost
		}
	}
	return append(into, best...), least
}

// lasts is the time from first departure to arrival.
func (n *network) lasts(journey []int32) int64 {
	return n.legs[journey[len(journey)-1]].arrive - n.legs[journey[0]].depart
}

// bestOnward continues the journey of a traveller under way. The cost is that
// of the rest, waiting counted as between services.
func (s *search) bestOnward(b *board, t *traveller, into []int32) ([]int32, int64) {
	last := &s.n.legs[t.done[len(t.done)-1]]
	if last.to == t.destination {
		return append(into, t.done...), 0
	}
	if t.closed[last.to] {
		return into, unreachable
	}
	due := t.due
	if t.longest > 0 {
		due = min(due, s.n.legs[t.done[0]].depart+t.longest)
	}
	begins := []int32{s.n.firstCall(b, last.to, last.arrive+s.n.stay(last.to))}
	for _, w := range s.n.walks[last.to] {
		if !t.closed[w.to] {
			begins = append(begins, s.n.firstCall(b, w.to, last.arrive+w.minutes+s.n.stay(w.to)))
		}
	}
	end, least := s.n.end(b, due), unreachable
	best := into
	for _, begin := range begins {
		if begin == nowhere || int(begin) >= end {
			continue
		}
		s.scan(b, t, int(begin), end, due)
		if s.onward[begin] < least {
			least = s.onward[begin]
			best = append(append([]int32(nil), into...), t.done...)
			best = s.n.followOnward(b, t.closed, t.beds, s.taken, &s.labels, int(begin), end, best)
		}
	}
	if least == unreachable {
		return into, unreachable
	}
	return best, least - t.hours*s.n.connect*last.arrive
}

// follow reads the journey that begins at or after a call off the labels.
func (n *network) follow(b *board, closed []bool, beds int64, taken map[night]int64, l *labels, at, end int, into []int32) []int32 {
	for int(b.calls[at].later) < end && l.start[at] == l.start[b.calls[at].later] {
		at = int(b.calls[at].later)
	}
	return n.ride(b, closed, beds, taken, l, at, end, into)
}

func (n *network) followOnward(b *board, closed []bool, beds int64, taken map[night]int64, l *labels, at, end int, into []int32) []int32 {
	at = n.waits(b, beds, taken, l, at, end)
	return n.ride(b, closed, beds, taken, l, at, end, into)
}

// ride takes the call and whatever follows best.
func (n *network) ride(b *board, closed []bool, beds int64, taken map[night]int64, l *labels, at, end int, into []int32) []int32 {
	for {
		c := &b.calls[at]
		into = append(into, c.event)
		if c.next == arrived {
			return into
		}
		next := int(c.next)
		if next < 0 || next >= end || beds > 0 && n.cutNext(b, at, c.next, beds, taken) {
			next = end
		}
		if b.extra != nil {
			for _, foot := range b.extra[at] {
				if int(foot) < end && !closed[n.legs[b.calls[foot].event].from] && (beds == 0 || !n.cutNext(b, at, foot, beds, taken)) &&
					(next == end || l.onward[foot] < l.onward[next]) {
					next = int(foot)
				}
			}
		}
		at = next
		at = n.waits(b, beds, taken, l, at, end)
	}
}

// waits goes on to the last departure from the stop that costs no more.
func (n *network) waits(b *board, beds int64, taken map[night]int64, l *labels, at, end int) int {
	for int(b.calls[at].later) < end && l.onward[at] == l.onward[b.calls[at].later] {
		if beds > 0 && n.cutLater(b, at, beds, taken) {
			break
		}
		at = int(b.calls[at].later)
	}
	return at
}
