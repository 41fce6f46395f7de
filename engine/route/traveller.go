package route

import (
	"slices"
	"strings"
)

// traveller is a party as the scans see it.
type traveller struct {
	origin, destination int32
	ready, due, longest int64 // after the network's base; longest 0: no limit
	need                []int32
	seats               int64 // sum of need: fares to pay
	hours               int64 // people times weight: time costs to pay
	closed              []bool
	ruleset             int32
	penalty             int64
	beds                int64
	// under way: legs already travelled, which no plan can change
	done []int32
}

func (n *network) traveller(q *Party) traveller {
	t := traveller{
		origin: n.stops[q.Origin], destination: n.stops[q.Destination],
		ready: int64(q.Ready - n.base), due: int64(q.Due - n.base), longest: int64(q.Longest),
		need:  make([]int32, n.kinds),
		beds:  int64(q.Beds),
		hours: int64(q.People) * int64(max(q.Weight, 1)),
	}
	t.penalty = int64(q.People) * int64(n.problem.Weights.Unserved)
	for k, c := range q.Seats {
		t.need[k] = int32(c)
		t.seats += int64(c)
	}
	t.ruleset, t.closed = n.rulesets.of(q)
	return t
}

// rulesets numbers the sets of stops that are closed to changes, so that
// parties under the same rules share a scan.
type rulesets struct {
	problem Problem
	stops   map[StopID]int32
	refused map[VisaClassID][]Country
	byName  map[string]int32
	closed  [][]bool
}

func newRulesets(p Problem, stops map[StopID]int32) *rulesets {
	r := &rulesets{problem: p, stops: stops, refused: map[VisaClassID][]Country{}, byName: map[string]int32{}}
	for _, v := range p.VisaClasses {
		r.refused[v.ID] = v.RefusedTransit
	}
	return r
}

// of returns the number and the closed stops of a party's rules.
func (r *rulesets) of(q *Party) (int32, []bool) {
	countries := r.countries(q)
	var name strings.Builder
	for _, c := range countries {
		name.WriteString(string(c))
		name.WriteByte(0)
	}
	if id, ok := r.byName[name.String()]; ok {
		return id, r.closed[id]
	}
	closed := make([]bool, len(r.problem.Stops))
	for i, s := range r.problem.Stops {
		_, closed[i] = slices.BinarySearch(countries, s.Country)
	}
	id := int32(len(r.closed))
	r.byName[name.String()] = id
	r.closed = append(r.closed, closed)
	return id, closed
}

// countries lists, sorted, where the party must not change.
func (r *rulesets) countries(q *Party) []Country {
	list := slices.Clone(q.Avoid)
	refused := r.refused[q.VisaClass]
	if len(refused) > 0 {
		from := r.problem.Stops[r.stops[q.Origin]].Country
		to := r.problem.Stops[r.stops[q.Destination]].Country
		for _, c := range refused {
			if c != from && c != to {
				list = append(list, c)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// fare is what a journey costs the traveller, in parts. The journey is events.
func (n *network) fare(t *traveller, journey []int32) CostParts {
	if len(journey) == 0 {
		return CostParts{Unserved: Money(t.penalty)}
	}
	var parts CostParts
	at := t.ready
	for i, e := range journey {
		l := &n.legs[e]
		pause := Money(t.hours * (l.depart - at))
		if i == 0 {
			parts.Wait = pause * Money(n.wait)
		} else {
			parts.Connect += pause * Money(n.connect)
		}
		parts.Fare += Money(t.seats * n.fareOf(e, t.seats))
		parts.Ride += Money(t.hours*(l.arrive-l.depart)) * (n.problem.Weights.Ride / 60)
		at = l.arrive
	}
	return parts
}

// shape is what two parties must share for one scan to price both: the seats
// and hours of one unit. A party is scale units of its shape.
type shape struct {
	need  []int32
	seats int64
	hours int64
	// party is the seats of the whole party, where fares depend on it.
	party int64
}

// shapeOf divides the traveller's needs by their greatest common divisor.
func shapeOf(t *traveller) (shape, int64) {
	scale := t.hours
	for _, c := range t.need {
		scale = gcd(scale, int64(c))
	}
	s := shape{need: make([]int32, len(t.need)), seats: t.seats / scale, hours: t.hours / scale}
	for k, c := range t.need {
		s.need[k] = int32(int64(c) / scale)
	}
	return s, scale
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
