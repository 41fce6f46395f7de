package route

import (
	"cmp"
	"slices"
)

// unreachable is a cost that no journey has; sums of two do not overflow.
const unreachable int64 = 1 << 60

// Successors of a service that are not positions on a board.
const (
	nowhere = -1 // nothing connects
	arrived = -2 // the service ends at the board's destination
)

// leg is a service as the scans see it; times are minutes after the network's
// base, and ride is the time cost per person beyond that of waiting in between.
type leg struct {
	depart, arrive int64
	fare           int64
	ride           int64
	from, to       int32
}

// network is a problem compiled for scanning: services in order of departure,
// called events by their place in that order.
type network struct {
	problem   Problem
	kinds     int
	base      Minute
	after     int64 // own searches take no service that leaves earlier
	stops     map[StopID]int32
	legs      []leg
	seats     []int32 // by event and kind
	service   []int32 // event → index in Problem.Services
	event     map[ServiceID]int32
	walks     [][]walk   // by stop
	grouped   bool       // some service has group fares
	purchases []purchase // by event; nil when every seat is bought alone
	wait      int64      // money per person-minute before departure
	connect   int64      // and between services
	boards    map[int32]*board
	rulesets  *rulesets
	entered   []bool // by stop: some service or walk leads there
}

type walk struct {
	to      int32
	minutes int64
}

func newNetwork(p Problem) *network {
	n := &network{
		problem: p, kinds: len(p.Kinds), base: earliest(p.Services),
		stops:  make(map[StopID]int32, len(p.Stops)),
		event:  make(map[ServiceID]int32, len(p.Services)),
		walks:  make([][]walk, len(p.Stops)),
		wait:   int64(p.Weights.Wait) / 60,
		boards: make(map[int32]*board), connect: int64(p.Weights.Connect) / 60,
	}
	if len(p.Services) == 0 {
		n.base = 0
	}
	for i, s := range p.Stops {
		n.stops[s.ID] = int32(i)
	}
	for _, t := range p.Transfers {
		from := n.stops[t.From]
		n.walks[from] = append(n.walks[from], walk{n.stops[t.To], int64(t.Minutes)})
	}
	n.addServices()
	n.rulesets = newRulesets(p, n.stops)
	n.entered = make([]bool, len(p.Stops))
	for i := range n.legs {
		n.entered[n.legs[i].to] = true
	}
	for _, walks := range n.walks {
		for _, w := range walks {
			n.entered[w.to] = true
		}
	}
	return n
}

func (n *network) addServices() {
	services := n.problem.Services
	n.service = make([]int32, len(services))
	for i := range n.service {
		n.service[i] = int32(i)
	}
	slices.SortFunc(n.service, func(a, b int32) int {
		return cmp.Or(cmp.Compare(services[a].Depart, services[b].Depart), cmp.Compare(a, b))
	})
	n.legs = make([]leg, len(services))
	n.seats = make([]int32, len(services)*n.kinds)
	perMinute := int64(n.problem.Weights.Ride)/60 - n.connect
	for e, i := range n.service {
		s := &services[i]
		n.event[s.ID] = int32(e)
		n.legs[e] = leg{
			depart: int64(s.Depart - n.base), arrive: int64(s.Arrive - n.base),
			fare: int64(s.CostPerSeat), ride: perMinute * int64(s.Arrive-s.Depart),
			from: n.stops[s.From], to: n.stops[s.To],
		}
		for k, c := range s.Seats {
			n.seats[e*n.kinds+k] = int32(c)
		}
	}
	n.addPurchases()
}

// stay is the least time between arriving at one stop and leaving from there.
func (n *network) stay(stop int32) int64 { return int64(n.problem.Stops[stop].MinConnection) }

// board is the departures that can lead to one destination, in order.
type board struct {
	destination int32
	calls       []call
	// extra holds, for each call, the successors reached on foot; nil when the
	// problem has no transfers.
	extra [][]int32
	// at lists the positions of the departures from each stop, times their moments;
	// departs has those of all calls.
	at      [][]int32
	times   [][]int64
	departs []int64
	// inner lists the positions of the departures from stops that something leads to:
	// from any other, only those leave who start there.
	inner []int32
}

// call is a departure on a board. Positions are those of the board.
type call struct {
	event int32 // in the network
	next  int32 // first departure that connects at the arrival stop, nowhere, or arrived
	later int32 // the following departure from the same stop, or len(calls)
	to    int32
}

// board returns the departures towards a destination, made on first use.
func (n *network) board(destination int32) *board {
	if b, ok := n.boards[destination]; ok {
		return b
	}
	b := n.newBoard(destination)
	if len(n.problem.Transfers) > 0 {
		b.extra = make([][]int32, len(b.calls))
	}
	for _, positions := range b.at {
		for i, c := range positions {
			b.calls[c].later = int32(len(b.calls))
			if i+1 < len(positions) {
				b.calls[c].later = positions[i+1]
			}
		}
	}
	for i := range b.calls {
		n.connectCall(b, i)
	}
	n.boards[destination] = b
	return b
}

// newBoard lists the departures that can lead to a destination; what follows each is
// still to be found.
func (n *network) newBoard(destination int32) *board {
	stops, useful, total := len(n.problem.Stops), n.useful(destination), 0
	from := make([]int, stops)
	for e, is := range useful {
		if is {
			from[n.legs[e].from]++
			total++
		}
	}
	b := &board{destination: destination, at: make([][]int32, stops), times: make([][]int64, stops),
		calls: make([]call, 0, total), departs: make([]int64, 0, total), inner: make([]int32, 0, total)}
	for stop, count := range from {
		b.at[stop], b.times[stop] = make([]int32, 0, count), make([]int64, 0, count)
	}
	for e, is := range useful {
		if !is {
			continue
		}
		l, position := &n.legs[e], int32(len(b.calls))
		b.at[l.from] = append(b.at[l.from], position)
		b.times[l.from] = append(b.times[l.from], l.depart)
		if n.entered[l.from] {
			b.inner = append(b.inner, position)
		}
		b.calls = append(b.calls, call{event: int32(e), to: l.to, next: nowhere})
		b.departs = append(b.departs, l.depart)
	}
	return b
}

// useful marks the events from which the destination can be reached, whatever
// the rules and seats.
func (n *network) useful(destination int32) []bool {
	last := make([]int64, len(n.problem.Stops)) // latest useful departure
	for i := range last {
		last[i] = -1 << 40
	}
	useful := make([]bool, len(n.legs))
	for e := len(n.legs) - 1; e >= 0; e-- {
		l := &n.legs[e]
		ok := l.to == destination || l.arrive+n.stay(l.to) <= last[l.to]
		for _, w := range n.walks[l.to] {
			ok = ok || l.arrive+w.minutes+n.stay(w.to) <= last[w.to]
		}
		if ok && l.from != destination {
			useful[e] = true
			last[l.from] = max(last[l.from], l.depart)
		}
	}
	return useful
}

func (n *network) connectCall(b *board, i int) {
	c := &b.calls[i]
	if c.to == b.destination {
		c.next = arrived
		return
	}
	l := &n.legs[c.event]
	c.next = n.firstCall(b, c.to, l.arrive+n.stay(c.to))
	for _, w := range n.walks[c.to] {
		if next := n.firstCall(b, w.to, l.arrive+w.minutes+n.stay(w.to)); next >= 0 {
			b.extra[i] = append(b.extra[i], next)
		}
	}
}

// firstCall is the first departure from a stop at a time or later, or nowhere.
func (n *network) firstCall(b *board, stop int32, time int64) int32 {
	i, _ := slices.BinarySearch(b.times[stop], time)
	if i == len(b.times[stop]) {
		return nowhere
	}
	return b.at[stop][i]
}

// end is the position of the first call that departs after a time.
func (n *network) end(b *board, time int64) int {
	i, _ := slices.BinarySearch(b.departs, time+1)
	return i
}
