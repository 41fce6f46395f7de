package route

import (
	"sort"
	"sync"
)

// never is a cost above any journey's.
const never = Money(1 << 61)

// bound recomputes what the stated prices prove: every party's least cost with
// its seats at their prices, or unserved, less the prices of all seats. A party's
// longest journey is left aside, which can only lower the bound.
func (v *verifier) bound() Money {
	sum := v.leastOfAll()
	for s, prices := range v.price {
		worth := -v.problem.Services[s].OpenCost
		for k, price := range prices {
			worth += price * Money(v.problem.Services[s].Seats[k])
		}
		sum -= max(0, worth)
	}
	return sum
}

// leastOfAll sums the parties' least costs, side by side: sums of whole numbers
// do not depend on the order.
func (v *verifier) leastOfAll() Money {
	const side = 4
	list := v.happenings()
	var sums [side]Money
	var wait sync.WaitGroup
	for part := range side {
		wait.Go(func() {
			f := &forward{v: v, list: list, paid: make([]Money, len(v.problem.Services)), at: make([]Money, len(v.problem.Stops)), night: make([]Minute, len(v.problem.Stops))}
			for i := part; i < len(v.problem.Parties); i += side {
				q := &v.problem.Parties[i]
				sums[part] += min(f.least(q), Money(q.People)*v.problem.Weights.Unserved)
			}
		})
	}
	wait.Wait()
	var sum Money
	for _, s := range sums {
		sum += s
	}
	return sum
}

// forward sweeps the timetable once for each party.
type forward struct {
	v    *verifier
	list []happening
	paid []Money // least cost on arrival, by service; valid within one sweep
	at   []Money // least cost of being ready at a stop, less the wait since the party was ready
	open []bool
	// night is the one before which those of at arrived, for parties that find
	// too few beds at the stop: they leave again before it, or not at all.
	night []Minute
}

// wait notes the cost of being at a stop; a later night's arrivals replace those
// of an earlier one where the party cannot sleep.
func (f *forward) wait(q *Party, stop int, arrive Minute, cost Money) {
	s := f.v.problem.Stops[stop]
	if q.Beds <= s.Beds {
		f.at[stop] = min(f.at[stop], cost)
		return
	}
	switch number := nightBefore(s, arrive); {
	case f.at[stop] == never || number > f.night[stop]:
		f.at[stop], f.night[stop] = cost, number
	case number == f.night[stop]:
		f.at[stop] = min(f.at[stop], cost)
	}
}

func (f *forward) least(q *Party) Money {
	v, w := f.v, f.v.problem.Weights
	heads, origin, goal := hours(q), f.v.number[q.Origin], f.v.number[q.Destination]
	f.prepare(q)
	best := never
	begin := sort.Search(len(f.list), func(i int) bool { return f.list[i].time >= q.Ready })
	for i := begin; i < len(f.list) && f.list[i].time <= q.Due; i++ {
		h := &f.list[i]
		s := &v.problem.Services[h.service]
		if !h.departs {
			if s.Depart >= q.Ready && f.paid[h.service] < never && f.open[h.stop] && f.open[h.foot] {
				f.wait(q, h.stop, s.Arrive, f.paid[h.service]-heads*(w.Connect/60)*Money(s.Arrive-q.Ready))
			}
			continue
		}
		pay := never
		if f.at[h.stop] < never && (q.Beds <= v.problem.Stops[h.stop].Beds || f.night[h.stop] == nightBefore(v.problem.Stops[h.stop], h.time)) {
			pay = f.at[h.stop] + heads*(w.Connect/60)*Money(h.time-q.Ready)
		}
		if h.stop == origin {
			pay = min(pay, heads*(w.Wait/60)*Money(h.time-q.Ready))
		}
		if pay < never {
			pay = f.board(q, s, h.service, pay)
		}
		f.paid[h.service] = pay
		if h.foot == goal && s.Arrive <= q.Due {
			best = min(best, pay)
		}
	}
	return best
}

// board adds what the service costs the party; never when it is too small.
func (f *forward) board(q *Party, s *Service, index int, pay Money) Money {
	seats := 0
	for k, need := range q.Seats {
		if need > s.Seats[k] {
			return never
		}
		seats += need
		pay += Money(need) * f.v.price[index][k]
	}
	pay += Money(seats) * groupFare(s, seats)
	return pay + hours(q)*(f.v.problem.Weights.Ride/60)*Money(s.Arrive-s.Depart)
}

func (f *forward) prepare(q *Party) {
	f.open = f.open[:0]
	for i, s := range f.v.problem.Stops {
		f.at[i] = never
		f.open = append(f.open, f.v.mayChange(q, s.ID))
	}
}
