package route

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
)

// improver places whole parties on free seats and then makes the plan cheaper.
type improver struct {
	*plan
	scan   search
	prices []int64
	// least is each traveller's least cost at the prices: nobody can do better
	// without somebody else paying for the seats.
	least  []int64
	random *rand.Rand
	undo   []moved
	wanted []int32
	// allow, when not nil, can refuse what an attempt has done.
	allow func() bool
	// avoided are services that the next attempt leaves aside.
	avoided map[int32]bool
}

// moved remembers where a traveller was before an attempt.
type moved struct {
	traveller int32
	journey   []int32
}

func newImprover(p *plan, prices []int64, seed uint64) *improver {
	return &improver{
		plan: p, scan: search{n: p.n, free: p.free}, prices: prices,
		avoided: map[int32]bool{},
		random:  rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15)),
	}
}

// seek finds a traveller's cheapest journey at the prices on free seats.
func (m *improver) seek(i int32, prices []int64, free []int32) []int32 {
	m.scan.prices, m.scan.free, m.scan.taken = prices, free, nil
	if free != nil {
		m.scan.taken = m.beds
	}
	m.wanted, _ = m.scan.best(&m.travellers[i], m.wanted[:0])
	return m.wanted
}

// place puts unserved travellers on free seats, largest first, and reports
// whether the context lasted.
func (m *improver) place(ctx context.Context, progress func(done, total int64)) bool {
	order := m.unserved()
	for at, i := range order {
		if at%64 == 0 && ctx.Err() != nil {
			return false
		}
		m.tryPut(i, m.seek(i, m.prices, m.free))
		if at%1024 == 0 {
			progress(int64(at), int64(len(order)))
		}
	}
	return true
}

// unserved lists travellers without a journey: largest first, then by least
// slack in their window.
func (m *improver) unserved() []int32 {
	var order []int32
	for i := range m.travellers {
		if len(m.journeys[i]) == 0 {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		x, y := &m.travellers[a], &m.travellers[b]
		return cmp.Or(cmp.Compare(y.seats, x.seats), cmp.Compare(x.due-x.ready, y.due-y.ready), cmp.Compare(a, b))
	})
	return order
}

// tryPut puts the traveller on the journey unless staying costs less.
func (m *improver) tryPut(i int32, journey []int32) {
	if len(journey) > 0 && m.n.sleeps(&m.travellers[i], journey, m.beds) && int64(m.n.fare(&m.travellers[i], journey).Total()) < m.travellers[i].penalty {
		m.put(i, journey)
	}
}

// slack is what the traveller pays beyond its least cost, its seats at their prices.
func (m *improver) slack(i int32) int64 {
	sum := m.plan.cost[i]
	for _, e := range m.journeys[i] {
		for k, need := range m.travellers[i].need {
			sum += int64(need) * m.prices[int(e)*m.n.kinds+k]
		}
	}
	return sum - m.least[i]
}

// improve works through the travellers, those who pay most beyond their least
// cost first, until the budget of looks is spent or a whole pass saves nothing.
func (m *improver) improve(ctx context.Context, budget int64, progress func(done, total int64)) bool {
	begin := m.scan.looks
	for idle := 0; idle < 3; {
		before := m.total
		for at, i := range m.worst() {
			if m.scan.looks-begin >= budget {
				return true
			}
			if at%16 == 0 && ctx.Err() != nil {
				return false
			}
			m.attempt(i)
			m.pull(i)
			if len(m.journeys[i]) == 0 {
				m.insist(i, budget-(m.scan.looks-begin))
			}
			if at%1024 == 0 {
				progress(m.scan.looks-begin, budget)
			}
		}
		if idle++; m.total < before {
			idle = 0
		}
	}
	return true
}

// everybody is the number of travellers up to which all of them are tried: with
// few, prices may leave seats free that nobody pays too much for.
const everybody = 500

// worst lists the travellers with slack and those unserved, most slack first.
func (m *improver) worst() []int32 {
	type entry struct {
		traveller int32
		slack     int64
	}
	var list []entry
	for i := range m.travellers {
		if s := m.slack(int32(i)); s > 0 || len(m.journeys[i]) == 0 || len(m.travellers) <= everybody {
			list = append(list, entry{int32(i), s})
		}
	}
	slices.SortFunc(list, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.slack, a.slack), cmp.Compare(a.traveller, b.traveller))
	})
	order := make([]int32, len(list))
	for i, e := range list {
		order[i] = e.traveller
	}
	return order
}

// insist tries again for an unserved traveller, each time without one service,
// drawn by lot, of the ways tried before, a few at a time.
func (m *improver) insist(i int32, budget int64) {
	const tries, most = 60, 4
	begin := m.scan.looks
	for range tries {
		m.scan.banned = m.avoided
		journey := m.seek(i, m.prices, nil)
		if len(journey) == 0 || len(m.avoided) >= most {
			clear(m.avoided)
			m.scan.banned = nil
			journey = m.seek(i, m.prices, nil)
		}
		if len(journey) == 0 || m.scan.looks-begin >= budget {
			break
		}
		m.avoided[journey[m.random.IntN(len(journey))]] = true
		m.attempt(i)
		if len(m.journeys[i]) > 0 {
			break
		}
	}
	clear(m.avoided)
}

// attempt moves the traveller to its cheapest journey, pushing others off full
// services and placing them again, and takes everything back unless the plan
// became cheaper. Whoever finds no free seats then pushes in turn, in a chain
// of limited length.
func (m *improver) attempt(i int32) {
	before := m.total
	m.undo = m.undo[:0]
	m.lift(i)
	m.scan.banned = m.avoided
	m.push(i)
	m.scan.banned = nil
	for at := 1; at < len(m.undo); at++ {
		u := m.undo[at].traveller
		if len(m.journeys[u]) > 0 {
			continue
		}
		m.tryPut(u, m.seek(u, m.prices, m.free))
		if len(m.journeys[u]) == 0 && len(m.undo) < longestChain {
			m.push(u)
		}
	}
	if m.total >= before || m.allow != nil && !m.allow() {
		m.takeBack()
	}
}

// pull moves the traveller to seats that nobody holds, whatever their price, if that
// costs less.
func (m *improver) pull(i int32) {
	if len(m.journeys[i]) == 0 || len(m.travellers[i].done) > 0 {
		return
	}
	before := m.total
	m.undo = m.undo[:0]
	m.lift(i)
	m.tryPut(i, m.seek(i, nil, m.free))
	if m.total >= before || m.allow != nil && !m.allow() {
		m.takeBack()
	}
}

// longestChain is how many travellers one attempt may move.
const longestChain = 24

// push puts a lifted traveller on its cheapest journey, whoever has to leave.
func (m *improver) push(i int32) {
	journey := slices.Clone(m.seek(i, m.prices, nil))
	for _, e := range journey {
		if !m.makeRoom(e, i) {
			return
		}
	}
	m.tryPut(i, journey)
}

// lift takes a traveller off its journey and remembers where it was.
func (m *improver) lift(i int32) {
	m.undo = append(m.undo, moved{i, slices.Clone(m.journeys[i])})
	m.drop(i)
}

// makeRoom lifts travellers off an event, by lot among those who use the seats
// that are short, until the traveller fits; false when it cannot. Nobody is lifted
// twice in one attempt, so that chains end.
func (m *improver) makeRoom(e, i int32) bool {
	for !m.room(e, i) {
		victim := m.victim(e, i)
		if victim < 0 {
			return false
		}
		m.lift(victim)
	}
	return true
}

// victim draws one of those aboard who hold a kind of seat that is short; -1
// when nobody does.
func (m *improver) victim(e, i int32) int32 {
	list := m.aboard[e]
	if len(list) == 0 {
		return -1
	}
	begin := m.random.IntN(len(list))
	for at := range list {
		u := list[(begin+at)%len(list)]
		if len(m.travellers[u].done) > 0 || slices.ContainsFunc(m.undo, func(x moved) bool { return x.traveller == u }) {
			continue
		}
		for k, need := range m.travellers[i].need {
			if need > m.free[int(e)*m.n.kinds+k] && m.travellers[u].need[k] > 0 {
				return u
			}
		}
	}
	return -1
}

// takeBack restores everybody whom the attempt moved.
func (m *improver) takeBack() {
	for _, u := range m.undo {
		if len(m.journeys[u.traveller]) > 0 {
			m.drop(u.traveller)
		}
	}
	for _, u := range m.undo {
		m.put(u.traveller, u.journey)
	}
}
