package route

import (
	"cmp"
	"fmt"
	"slices"
)

// Gain is what one more departure would bring to a plan.
type Gain struct {
	Service ServiceID `json:"service"`
	// Saves is the plan's cost without it less its cost with it: what somebody
	// may pay for the departure beyond the fares and OpenCost that it states.
	Saves Money `json:"saves"`
	// Served lists parties that travel thanks to it, Moved those that travel
	// better.
	Served []PartyID `json:"served,omitempty"`
	Moved  []PartyID `json:"moved,omitempty"`
}

// OneMore says what a departure that the timetable lacks would bring, if those
// who gain most by it for each seat take it on the seats then free, and nobody
// else is moved. A plan made anew with it saves at least as much as planned so.
func OneMore(p Problem, r Result, s Service) (Gain, error) {
	with := p
	with.Services = append(slices.Clone(p.Services), s)
	if err := with.Check(); err != nil {
		return Gain{}, fmt.Errorf("route: one more departure: %w", err)
	}
	if len(r.Journeys) != len(p.Parties) {
		return Gain{}, fmt.Errorf("route: one more departure: the result has %d journeys for %d parties: verify it", len(r.Journeys), len(p.Parties))
	}
	n := newNetwork(with)
	plan, err := n.load(r)
	if err != nil {
		return Gain{}, fmt.Errorf("route: one more departure: %w", err)
	}
	gain, before, e := Gain{Service: s.ID}, plan.total, n.event[s.ID]
	if n.purchases != nil {
		n.purchases[e].open = 0
	}
	m := newImprover(plan, make([]int64, len(n.seats)), 0)
	for _, i := range m.keen(e) {
		old, cost := slices.Clone(plan.journeys[i]), plan.total
		plan.drop(i)
		m.tryPut(i, m.seek(i, m.prices, m.free))
		if plan.total >= cost || !slices.Contains(plan.journeys[i], e) {
			plan.drop(i)
			plan.put(i, old)
			continue
		}
		if id := p.Parties[i].ID; len(old) == 0 {
			gain.Served = append(gain.Served, id)
		} else {
			gain.Moved = append(gain.Moved, id)
		}
	}
	if gain.Saves = Money(before-plan.total) - s.OpenCost; gain.Saves <= 0 {
		return Gain{Service: s.ID}, nil
	}
	return gain, nil
}

// keen lists the travellers who would take an event, if all its seats were free
// and everybody else stayed: those who gain most for each seat first. A service
// that opens at a cost counts as open.
func (m *improver) keen(e int32) []int32 {
	type wish struct {
		traveller int32
		gain      int64
	}
	var list []wish
	for i := range m.travellers {
		t := &m.travellers[i]
		journey := m.seek(int32(i), m.prices, m.free)
		if !slices.Contains(journey, e) {
			continue
		}
		if gain := m.plan.cost[i] - int64(m.n.fare(t, journey).Total()); gain > 0 {
			list = append(list, wish{int32(i), gain / t.seats})
		}
	}
	slices.SortFunc(list, func(a, b wish) int {
		return cmp.Or(cmp.Compare(b.gain, a.gain), cmp.Compare(a.traveller, b.traveller))
	})
	order := make([]int32, len(list))
	for i, w := range list {
		order[i] = w.traveller
	}
	return order
}
