package route

import (
	"fmt"
	"slices"

	"cairn/value/said"
)

// Explanation says why a party travels as it does, or why it does not.
type Explanation struct {
	Party   PartyID `json:"party"`
	Journey Journey `json:"journey"`
	// Least is what the party's cheapest journey would cost with all services
	// empty, seats without price; its cost beyond Least is what crowding costs.
	Least Money `json:"least"`
	// Alternative is the cheapest other journey on the seats now free, and its
	// cost; no services when there is none.
	Alternative     []ServiceID `json:"alternative,omitempty"`
	AlternativeCost Money       `json:"alternative_cost"`
	// Bottlenecks are the priced seats on the way that the party takes and on
	// the way that it would take if nobody else travelled.
	Bottlenecks []Bottleneck `json:"bottlenecks,omitempty"`
	// Obstacle is set when the party does not travel.
	Obstacle *Obstacle `json:"obstacle,omitempty"`
}

// Bottleneck is a service whose seats are short.
type Bottleneck struct {
	Service ServiceID `json:"service"`
	Kind    Kind      `json:"kind"`
	// Price is what one more seat would save.
	Price Money `json:"price"`
	// Free counts the seats that the plan leaves.
	Free int `json:"free"`
}

// Explain says why the party has its journey. An unknown party gives an
// explanation with an obstacle that says so.
func Explain(p Problem, r Result, party PartyID) Explanation {
	i := slices.IndexFunc(p.Parties, func(q Party) bool { return q.ID == party })
	if i < 0 || p.Check() != nil || len(r.Journeys) != len(p.Parties) {
		return Explanation{Party: party, Obstacle: &Obstacle{RuleNoRoute,
			said.Say("party %q is not in this problem and result", party), said.Say("check the id, and that both belong together")}}
	}
	n := newNetwork(p)
	plan, err := n.load(r)
	if err != nil {
		return Explanation{Party: party, Obstacle: &Obstacle{RuleNoRoute, said.Say("%v", err), said.Say("verify the result")}}
	}
	x := Explanation{Party: party, Journey: r.Journeys[i]}
	t := &plan.travellers[i]
	own := slices.Clone(plan.journeys[i])
	prices := n.whole(r.Prices)
	empty := search{n: n}
	cheapest, _ := empty.best(t, nil)
	x.Least = n.fare(t, cheapest).Total()
	x.Bottlenecks = n.bottlenecks(plan, prices, append(slices.Clone(own), cheapest...))
	if len(own) == 0 {
		x.Obstacle = n.obstacle(plan, int32(i))
		return x
	}
	plan.drop(int32(i))
	other := n.alternative(plan, t, own)
	x.Alternative, x.AlternativeCost = n.ids(other), n.fare(t, other).Total()
	return x
}

// alternative is the cheapest journey on free seats that differs from the
// traveller's own.
func (n *network) alternative(p *plan, t *traveller, own []int32) []int32 {
	var best []int32
	for _, e := range own {
		s := search{n: n, free: p.free, taken: p.beds, banned: map[int32]bool{e: true}}
		journey, _ := s.best(t, nil)
		if len(journey) > 0 && (best == nil || n.fare(t, journey).Total() < n.fare(t, best).Total()) {
			best = journey
		}
	}
	return best
}

func (n *network) bottlenecks(p *plan, prices []int64, events []int32) []Bottleneck {
	slices.Sort(events)
	var list []Bottleneck
	for _, e := range slices.Compact(events) {
		for k, kind := range n.problem.Kinds {
			at := int(e)*n.kinds + k
			if prices[at] > 0 {
				list = append(list, Bottleneck{n.serviceID(e), kind, Money(prices[at]), int(p.free[at])})
			}
		}
	}
	return list
}

func (n *network) serviceID(e int32) ServiceID { return n.problem.Services[n.service[e]].ID }

func (n *network) ids(journey []int32) []ServiceID {
	var list []ServiceID
	for _, e := range journey {
		list = append(list, n.serviceID(e))
	}
	return list
}

// whole spreads listed prices by event and kind, leaving out unknown services.
func (n *network) whole(list []Price) []int64 {
	prices := make([]int64, len(n.seats))
	for _, p := range list {
		e, known := n.event[p.Service]
		k := slices.Index(n.problem.Kinds, p.Kind)
		if known && k >= 0 {
			prices[int(e)*n.kinds+k] = int64(p.Price)
		}
	}
	return prices
}

// load puts a result's journeys on the network's seats.
func (n *network) load(r Result) (*plan, error) {
	travellers := make([]traveller, len(n.problem.Parties))
	for i := range travellers {
		travellers[i] = n.traveller(&n.problem.Parties[i])
	}
	p := newPlan(n, travellers)
	for i, j := range r.Journeys {
		var journey []int32
		for _, id := range j.Services {
			e, ok := n.event[id]
			if !ok {
				return nil, fmt.Errorf("party %q travels by unknown service %q", j.Party, id)
			}
			journey = append(journey, e)
		}
		p.put(int32(i), journey)
	}
	return p, nil
}
