package route

import "slices"

// plan is whole parties on seats, while it is being made.
type plan struct {
	n          *network
	travellers []traveller
	journeys   [][]int32
	cost       []int64
	total      int64
	free       []int32         // by event and kind
	sold       []int64         // seats by event, kept only when there are purchases
	beds       map[night]int64 // taken
	aboard     [][]int32       // travellers by event, in no particular order
}

func newPlan(n *network, travellers []traveller) *plan {
	p := &plan{
		n: n, travellers: travellers,
		journeys: make([][]int32, len(travellers)), cost: make([]int64, len(travellers)),
		free: slices.Clone(n.seats), aboard: make([][]int32, len(n.legs)), beds: map[night]int64{},
	}
	if n.purchases != nil {
		p.sold = make([]int64, len(n.legs))
	}
	for i := range travellers {
		p.cost[i] = travellers[i].penalty
		p.total += p.cost[i]
	}
	return p
}

// put gives an unserved traveller a journey, whose seats must be free.
func (p *plan) put(i int32, journey []int32) {
	if len(journey) == 0 {
		return
	}
	p.journeys[i] = append(p.journeys[i][:0], journey...)
	p.setCost(i)
	p.makeBeds(i, 1)
	for _, e := range journey {
		p.take(e, i, -1)
		p.aboard[e] = append(p.aboard[e], i)
	}
}

// drop takes a traveller's journey away.
func (p *plan) drop(i int32) {
	p.makeBeds(i, -1)
	for _, e := range p.journeys[i] {
		p.take(e, i, 1)
		list := p.aboard[e]
		at := slices.Index(list, i)
		list[at] = list[len(list)-1]
		p.aboard[e] = list[:len(list)-1]
	}
	p.journeys[i] = p.journeys[i][:0]
	p.setCost(i)
}

func (p *plan) take(e, i int32, sign int32) {
	p.buy(e, -int64(sign)*p.travellers[i].seats)
	for k, need := range p.travellers[i].need {
		p.free[int(e)*p.n.kinds+k] += sign * need
	}
}

func (p *plan) setCost(i int32) {
	p.total -= p.cost[i]
	p.cost[i] = int64(p.n.fare(&p.travellers[i], p.journeys[i]).Total())
	p.total += p.cost[i]
}

// room reports whether the traveller fits on an event now.
func (p *plan) room(e, i int32) bool {
	return fits(p.travellers[i].need, p.free[int(e)*p.n.kinds:])
}

// hasRoom reports whether the traveller fits on all events now.
func (p *plan) hasRoom(i int32, journey []int32) bool {
	for _, e := range journey {
		if !p.room(e, i) {
			return false
		}
	}
	return p.n.sleeps(&p.travellers[i], journey, p.beds)
}
