package route

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Verify checks a result from the values alone: that each party has exactly one
// journey, whole; every connection, window, transit rule and longest journey;
// the seats of every service and kind; each cost part and the sum; and that the
// stated bound is no higher than the one its prices prove. It shares nothing
// with Solve but the types. It returns up to twenty faults, each naming what
// is wrong, or nil.
func Verify(p Problem, r Result) error {
	v := newVerifier(p)
	v.prices(r)
	if len(r.Journeys) != len(p.Parties) {
		v.fault("the result has %d journeys for %d parties", len(r.Journeys), len(p.Parties))
		return v.verdict()
	}
	var sum Money
	for i := range p.Parties {
		v.journey(&p.Parties[i], &r.Journeys[i])
		sum += r.Journeys[i].Parts.Total()
	}
	v.capacity()
	sum += v.purchases(r)
	if sum != r.Cost {
		v.fault("the journeys cost %d, the result states %d (sixtieths of a cent)", sum, r.Cost)
	}
	if len(v.faults) > 0 {
		return v.verdict()
	}
	if proven := v.bound(); r.Bound > proven {
		v.fault("the prices prove a bound of %d, the result states %d (sixtieths of a cent)", proven, r.Bound)
	}
	return v.verdict()
}

type verifier struct {
	problem  Problem
	stops    map[StopID]Stop
	number   map[StopID]int
	services map[ServiceID]int
	kinds    map[Kind]int
	walks    map[[2]StopID]Minute
	refused  map[VisaClassID][]Country
	beds     map[bed]int
	taken    [][]int   // seats used, by service and kind
	price    [][]Money // by service and kind
	faults   []error
}

func newVerifier(p Problem) *verifier {
	v := &verifier{
		problem: p, stops: map[StopID]Stop{}, number: map[StopID]int{}, services: map[ServiceID]int{},
		kinds: map[Kind]int{}, walks: map[[2]StopID]Minute{}, refused: map[VisaClassID][]Country{},
		beds: map[bed]int{},
	}
	for i, s := range p.Stops {
		v.stops[s.ID], v.number[s.ID] = s, i
	}
	for i, k := range p.Kinds {
		v.kinds[k] = i
	}
	for _, t := range p.Transfers {
		key := [2]StopID{t.From, t.To}
		if old, twice := v.walks[key]; !twice || t.Minutes < old {
			v.walks[key] = t.Minutes
		}
	}
	for _, c := range p.VisaClasses {
		v.refused[c.ID] = c.RefusedTransit
	}
	for i, s := range p.Services {
		if _, twice := v.services[s.ID]; twice || s.Arrive <= s.Depart || len(s.Seats) != len(p.Kinds) {
			v.fault("service %q stands twice, arrives before it leaves, or lacks seats for a kind", s.ID)
		}
		v.services[s.ID] = i
		v.taken = append(v.taken, make([]int, len(p.Kinds)))
		v.price = append(v.price, make([]Money, len(p.Kinds)))
	}
	return v
}

func (v *verifier) fault(format string, args ...any) {
	if len(v.faults) < 20 {
		v.faults = append(v.faults, fmt.Errorf(format, args...))
	}
}

func (v *verifier) verdict() error {
	if len(v.faults) == 0 {
		return nil
	}
	return fmt.Errorf("verify the plan: %w", errors.Join(v.faults...))
}

func (v *verifier) prices(r Result) {
	for _, p := range r.Prices {
		s, known := v.services[p.Service]
		k, kind := v.kinds[p.Kind]
		if !known || !kind || p.Price < 0 || v.price[s][k] != 0 {
			v.fault("price of service %q, kind %q: unknown, negative or stated twice", p.Service, p.Kind)
			continue
		}
		v.price[s][k] = p.Price
	}
}

func (v *verifier) journey(q *Party, j *Journey) {
	if j.Party != q.ID {
		v.fault("party %q has the journey of %q in its place", q.ID, j.Party)
		return
	}
	if len(q.Seats) != len(v.problem.Kinds) {
		v.fault("party %q needs %d numbers of seats", q.ID, len(v.problem.Kinds))
		return
	}
	var parts CostParts
	if len(j.Services) == 0 {
		parts.Unserved = Money(q.People) * v.problem.Weights.Unserved
	} else if !v.travel(q, j, &parts) {
		return
	}
	if parts != j.Parts {
		v.fault("party %q: the journey costs %+v, the result states %+v", q.ID, parts, j.Parts)
	}
}

// travel follows a journey leg by leg; false when it cannot be followed.
func (v *verifier) travel(q *Party, j *Journey, parts *CostParts) bool {
	legs := make([]Service, len(j.Services))
	for i, id := range j.Services {
		s, known := v.services[id]
		if !known {
			v.fault("party %q travels by unknown service %q", q.ID, id)
			return false
		}
		legs[i] = v.problem.Services[s]
		for k, need := range q.Seats {
			v.taken[s][k] += need
		}
	}
	first, last := legs[0], legs[len(legs)-1]
	if first.From != q.Origin || last.To != q.Destination {
		v.fault("party %q travels from %q to %q instead of %q to %q", q.ID, first.From, last.To, q.Origin, q.Destination)
	}
	if first.Depart < q.Ready || last.Arrive > q.Due {
		v.fault("party %q travels outside its window: leaves at minute %d, ready %d; arrives %d, due %d", q.ID, first.Depart, q.Ready, last.Arrive, q.Due)
	}
	if q.Longest > 0 && last.Arrive-first.Depart > q.Longest {
		v.fault("party %q travels %d minutes, allowed %d", q.ID, last.Arrive-first.Depart, q.Longest)
	}
	for i := 1; i < len(legs); i++ {
		v.connection(q, legs[i-1], legs[i])
	}
	v.charge(q, legs, parts)
	return true
}

func (v *verifier) connection(q *Party, in, out Service) {
	need := v.stops[out.From].MinConnection
	if in.To != out.From {
		walk, ok := v.walks[[2]StopID{in.To, out.From}]
		if !ok {
			v.fault("party %q arrives at %q by %q and leaves from %q by %q", q.ID, in.To, in.ID, out.From, out.ID)
			return
		}
		need += walk
	}
	if out.Depart-in.Arrive < need {
		v.fault("party %q has %d minutes between %q and %q, needs %d", q.ID, out.Depart-in.Arrive, in.ID, out.ID, need)
	}
	stop := v.stops[out.From]
	for number := nightBefore(stop, in.Arrive); q.Beds > 0 && number < nightBefore(stop, out.Depart); number++ {
		v.beds[bed{out.From, number}] += q.Beds
	}
	for _, stop := range []StopID{in.To, out.From} {
		if !v.mayChange(q, stop) {
			v.fault("party %q changes at %q in %q, where it must not", q.ID, stop, v.stops[stop].Country)
		}
	}
}

func (v *verifier) mayChange(q *Party, stop StopID) bool {
	c := v.stops[stop].Country
	if slices.Contains(q.Avoid, c) {
		return false
	}
	own := c == v.stops[q.Origin].Country || c == v.stops[q.Destination].Country
	return own || !slices.Contains(v.refused[q.VisaClass], c)
}

// hours is people times weight.
func hours(q *Party) Money { return Money(q.People * max(1, q.Weight)) }

func (v *verifier) charge(q *Party, legs []Service, parts *CostParts) {
	w, heads := v.problem.Weights, hours(q)
	seats := 0
	for _, c := range q.Seats {
		seats += c
	}
	parts.Wait = heads * Money(legs[0].Depart-q.Ready) * (w.Wait / 60)
	for i, s := range legs {
		parts.Fare += Money(seats) * groupFare(&s, seats)
		parts.Ride += heads * Money(s.Arrive-s.Depart) * (w.Ride / 60)
		if i > 0 {
			parts.Connect += heads * Money(s.Depart-legs[i-1].Arrive) * (w.Connect / 60)
		}
	}
}

// groupFare is what a party pays for one of so many seats.
func groupFare(s *Service, seats int) Money {
	fare := s.CostPerSeat
	for _, g := range s.GroupFares {
		if seats >= g.Seats {
			fare = g.CostPerSeat
		}
	}
	return fare
}

// purchases checks which charters run and what they and the blocks cost.
func (v *verifier) purchases(r Result) Money {
	var sum Money
	runs := map[ServiceID]bool{}
	for i, s := range v.problem.Services {
		seats := 0
		for _, n := range v.taken[i] {
			seats += n
		}
		if seats == 0 {
			continue
		}
		sum += s.OpenCost
		if s.OpenCost > 0 {
			runs[s.ID] = true
		}
		if s.Block > 1 {
			sum += s.CostPerSeat * Money((s.Block-seats%s.Block)%s.Block)
		}
	}
	for _, id := range r.Opened {
		if !runs[id] {
			v.fault("charter %q is listed as opened: nobody takes it, it stands twice, or it is no charter", id)
		}
		delete(runs, id)
	}
	if len(runs) > 0 {
		v.fault("%d charters that carry people are not listed as opened", len(runs))
	}
	if sum != r.Purchases {
		v.fault("charters and blocks cost %d, the result states %d (sixtieths of a cent)", sum, r.Purchases)
	}
	return sum
}

// bed is a night at a stop.
type bed struct {
	stop   StopID
	number Minute
}

// nightBefore numbers the last night at the stop that begins before a time.
func nightBefore(s Stop, time Minute) Minute {
	const day = 24 * 60
	time -= s.NightAt
	number := time / day
	if time%day > 0 {
		number++
	}
	return number
}

func (v *verifier) capacity() {
	for b, taken := range v.beds {
		if has := v.stops[b.stop].Beds; taken > has {
			v.fault("stop %q gives %d beds in one night and has %d", b.stop, taken, has)
		}
	}
	for s, taken := range v.taken {
		for k, n := range taken {
			if seats := v.problem.Services[s].Seats[k]; n > seats {
				v.fault("service %q carries %d of kind %q and has %d", v.problem.Services[s].ID, n, v.problem.Kinds[k], seats)
			}
		}
	}
}

// happening is a departure, or the end of the least connection after an arrival.
type happening struct {
	time    Minute
	departs bool
	service int
	stop    int // where
	foot    int // where the service arrives; differs from stop after a walk
}

// happenings orders the timetable for a forward sweep: at one minute, whoever
// has connected may depart.
func (v *verifier) happenings() []happening {
	var list []happening
	for i, s := range v.problem.Services {
		to := v.number[s.To]
		list = append(list, happening{s.Depart, true, i, v.number[s.From], to},
			happening{s.Arrive + v.stops[s.To].MinConnection, false, i, to, to})
		for key, minutes := range v.walks {
			if key[0] == s.To {
				list = append(list, happening{s.Arrive + minutes + v.stops[key[1]].MinConnection, false, i, v.number[key[1]], to})
			}
		}
	}
	slices.SortFunc(list, func(a, b happening) int {
		if c := cmp.Or(cmp.Compare(a.time, b.time), cmp.Compare(a.service, b.service), cmp.Compare(a.stop, b.stop)); a.departs == b.departs || a.time != b.time {
			return c
		}
		if a.departs {
			return 1
		}
		return -1
	})
	return list
}
