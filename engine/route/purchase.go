package route

// fareOf is what one seat on an event costs a party that takes so many.
func (n *network) fareOf(e int32, seats int64) int64 {
	fare := n.legs[e].fare
	if n.grouped {
		for _, g := range n.problem.Services[n.service[e]].GroupFares {
			if seats >= int64(g.Seats) {
				fare = int64(g.CostPerSeat)
			}
		}
	}
	return fare
}

// purchase is what a service costs beyond the fares of those aboard: opening it,
// and the empty seats of its last block.
type purchase struct{ open, block, fare int64 }

func (c purchase) of(seats int64) int64 {
	if seats == 0 {
		return 0
	}
	sum := c.open
	if c.block > 1 {
		sum += ((seats+c.block-1)/c.block*c.block - seats) * c.fare
	}
	return sum
}

// addPurchases notes which services are charters, sold in blocks or dearer for
// small parties.
func (n *network) addPurchases() {
	for e, i := range n.service {
		s := &n.problem.Services[i]
		n.grouped = n.grouped || len(s.GroupFares) > 0
		if s.OpenCost > 0 || s.Block > 1 {
			if n.purchases == nil {
				n.purchases = make([]purchase, len(n.legs))
			}
			n.purchases[e] = purchase{int64(s.OpenCost), int64(s.Block), int64(s.CostPerSeat)}
		}
	}
}

// buy accounts for seats taken on an event, or given back.
func (p *plan) buy(e int32, seats int64) {
	if p.n.purchases == nil {
		return
	}
	c := &p.n.purchases[e]
	p.total -= c.of(p.sold[e])
	p.sold[e] += seats
	p.total += c.of(p.sold[e])
}

// opened lists the charters that somebody takes, and what all purchases cost.
func (p *plan) opened() (list []ServiceID, cost Money) {
	for e := range p.n.purchases {
		c := &p.n.purchases[e]
		cost += Money(c.of(p.sold[e]))
		if c.open > 0 && p.sold[e] > 0 {
			list = append(list, p.n.serviceID(int32(e)))
		}
	}
	return list, cost
}

// closeCharters empties charters that cost more than the journeys they save:
// everybody aboard is placed again without the charter.
func (m *improver) closeCharters() {
	for e := range m.n.purchases {
		if m.n.purchases[e].open == 0 || m.sold[e] == 0 {
			continue
		}
		before := m.total
		m.undo = m.undo[:0]
		for len(m.aboard[e]) > 0 {
			m.lift(m.aboard[e][0])
		}
		m.avoided[int32(e)] = true
		m.scan.banned = m.avoided
		for _, u := range m.undo {
			if len(m.travellers[u.traveller].done) > 0 {
				continue
			}
			m.tryPut(u.traveller, m.seek(u.traveller, m.prices, m.free))
		}
		m.scan.banned = nil
		clear(m.avoided)
		if m.total >= before {
			m.takeBack()
		}
	}
}
