package route

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Change is what happened since a plan was made.
type Change struct {
	// Now is the present. Services that left before it carry whom they carry:
	// nobody is put on them or taken off.
	Now       Minute      `json:"now"`
	Cancelled []ServiceID `json:"cancelled,omitempty"`
	Delayed   []Delay     `json:"delayed,omitempty"`
	Resized   []Resize    `json:"resized,omitempty"`
	// Opened are services that the timetable did not have.
	Opened    []Service `json:"opened,omitempty"`
	Added     []Party   `json:"added,omitempty"`
	Withdrawn []PartyID `json:"withdrawn,omitempty"`
	NoShows   []NoShow  `json:"no_shows,omitempty"`
	// Amended are parties as they are now, each in place of the one with its
	// id: ill and ready later, in need of a stretcher, with another visa.
	Amended []Party `json:"amended,omitempty"`
	// Ripple is how many parties whose own journey is still good may be moved,
	// never left behind, to make room for those whose journey is not; 0: none.
	Ripple int `json:"ripple,omitempty"`
}

// Delay gives a service new times.
type Delay struct {
	Service ServiceID `json:"service"`
	Depart  Minute    `json:"depart"`
	Arrive  Minute    `json:"arrive"`
}

// Resize gives a service other seats, by kind.
type Resize struct {
	Service ServiceID `json:"service"`
	Seats   []int     `json:"seats"`
}

// NoShow says that a party missed a service. It continues from the stop where
// the service left, ready at Ready; what it travelled before is closed.
type NoShow struct {
	Party   PartyID   `json:"party"`
	Service ServiceID `json:"service"`
	Ready   Minute    `json:"ready"`
}

// Changed says what an Update did.
type Changed struct {
	// Notices says who must be told and what, in the order of the problem's
	// parties; the withdrawn come last.
	Notices []Notice `json:"notices"`
	// Services lists those whose passengers or times are not what they were.
	Services []ServiceID `json:"services"`
	// MadeRoom counts the parties moved although their journey was still good.
	MadeRoom int `json:"made_room"`
}

// News is what a party must be told, in a word.
type News string

// The kinds of news.
const (
	NewsServed    News = "served"    // it has a journey now
	NewsMoved     News = "moved"     // it travels by other services
	NewsMadeRoom  News = "made room" // so it does, for the sake of others
	NewsRetimed   News = "retimed"   // same services, other times
	NewsStranded  News = "unserved"  // it has no journey any more, or none was found
	NewsWithdrawn News = "withdrawn" // its seats are given back
)

// Notice is one party's news.
type Notice struct {
	Party  PartyID     `json:"party"`
	News   News        `json:"news"`
	Before []ServiceID `json:"before,omitempty"`
	After  []ServiceID `json:"after,omitempty"`
}

// Update changes a plan for what happened. Parties whose journey the change
// breaks are moved, besides those without a journey, who are tried again; of
// those on a service grown too small, the parties leave whose next journey costs
// least. Others are moved only to make room, within Change.Ripple. Changed lists
// the news. The result's problem is the
// changed problem, its bound is recomputed at the old prices. A change that
// names unknown things, or gives an ill-formed problem, is an error.
func Update(ctx context.Context, r Result, c Change) (Result, error) {
	p, err := c.apply(r.Problem)
	if err == nil {
		err = p.Check()
	}
	if err == nil && len(r.Journeys) != len(r.Problem.Parties) {
		err = fmt.Errorf("the result has %d journeys for %d parties: verify it", len(r.Journeys), len(r.Problem.Parties))
	}
	if err != nil {
		return Result{}, fmt.Errorf("route: update the plan: %w", err)
	}
	u := newUpdate(p, r, c)
	u.keep()
	u.shrink()
	u.settleHome()
	prices := u.s.n.whole(r.Prices)
	m := newImprover(u.plan, prices, 0)
	complete := m.place(ctx, func(int64, int64) {}) && u.ripple(ctx, m)
	for i, v := range prices {
		u.s.dual.price[i] = float64(v)
	}
	// The bound is that of the whole problem, past services included.
	now := u.s.n.after
	u.s.n.after = 0
	u.s.dual.evaluate()
	u.s.n.after = now
	u.s.best = u.plan
	u.s.looks = m.scan.looks
	out := u.s.result(complete)
	out.Changed = u.news(out)
	return out, nil
}

type update struct {
	s      *solver
	plan   *plan
	change Change
	old    map[PartyID]Journey
	before Problem
	// home is the journey that a party kept, by traveller; nil when it is to be
	// placed again.
	home  [][]int32
	moved int // travellers who left home
}

func newUpdate(p Problem, r Result, c Change) *update {
	s := newSolver(p, Options{})
	s.n.after = max(0, int64(c.Now-s.n.base))
	u := &update{s: s, plan: newPlan(s.n, s.travellers), change: c, old: map[PartyID]Journey{}, before: r.Problem,
		home: make([][]int32, len(s.travellers))}
	for _, j := range r.Journeys {
		u.old[j.Party] = j
	}
	return u
}

// keep puts everybody back whose journey still works, over full services too;
// of the others, what they have travelled. Amended parties come last, as far as
// there is room for what they need now.
func (u *update) keep() {
	amended := make(map[PartyID]bool, len(u.change.Amended))
	for i := range u.change.Amended {
		amended[u.change.Amended[i].ID] = true
	}
	for _, turn := range []bool{false, true} {
		for i := range u.s.travellers {
			t, q := &u.s.travellers[i], &u.s.n.problem.Parties[i]
			if amended[q.ID] != turn {
				continue
			}
			journey := u.still(q)
			for len(t.done) < len(journey) && u.s.n.legs[journey[len(t.done)]].depart < u.s.n.after {
				t.done = journey[:len(t.done)+1]
			}
			if len(journey) != len(u.old[q.ID].Services) || !u.s.n.works(t, journey) || !u.s.n.sleeps(t, journey, u.plan.beds) {
				continue
			}
			if !turn || u.s.n.serves(t, journey) && u.plan.hasRoom(int32(i), journey) {
				u.plan.put(int32(i), journey)
			}
		}
	}
}

// settleHome remembers who kept a journey.
func (u *update) settleHome() {
	for i, journey := range u.plan.journeys {
		if len(journey) > 0 {
			u.home[i] = slices.Clone(journey)
		}
	}
}

// serves reports whether a journey keeps what an amended party may have changed:
// its two ends and where it may change.
func (n *network) serves(t *traveller, journey []int32) bool {
	last := len(journey) - 1
	for i, e := range journey[:last] {
		if t.closed[n.legs[e].to] || t.closed[n.legs[journey[i+1]].from] {
			return false
		}
	}
	return n.legs[journey[0]].from == t.origin && n.legs[journey[last]].to == t.destination
}

// still is the old journey as far as its services run; a party that missed one
// starts anew.
func (u *update) still(q *Party) []int32 {
	missed := slices.ContainsFunc(u.change.NoShows, func(n NoShow) bool { return n.Party == q.ID })
	if missed {
		return nil
	}
	var journey []int32
	for _, id := range u.old[q.ID].Services {
		e, runs := u.s.n.event[id]
		if !runs {
			break
		}
		journey = append(journey, e)
	}
	return journey
}

// works reports whether a journey that was sound still connects and arrives.
func (n *network) works(t *traveller, journey []int32) bool {
	if len(journey) == 0 || n.legs[journey[0]].depart < t.ready || n.legs[journey[len(journey)-1]].arrive > t.due {
		return false
	}
	if t.longest > 0 && n.lasts(journey) > t.longest {
		return false
	}
	for i := 1; i < len(journey); i++ {
		in, out := &n.legs[journey[i-1]], &n.legs[journey[i]]
		need := n.stay(out.from)
		if in.to != out.from {
			need += n.walkMinutes(in.to, out.from)
		}
		if out.depart-in.arrive < need {
			return false
		}
	}
	return true
}

func (n *network) walkMinutes(from, to int32) int64 {
	least := unreachable
	for _, w := range n.walks[from] {
		if w.to == to {
			least = min(least, w.minutes)
		}
	}
	return least
}

// shrink takes parties off services that carry more than their seats: first
// those whose next journey costs least more for each seat.
func (u *update) shrink() {
	p, n := u.plan, u.s.n
	for e := range n.legs {
		if fits(make([]int32, n.kinds), p.free[e*n.kinds:]) || n.legs[e].depart < u.s.n.after {
			continue
		}
		extra := map[int32]int64{}
		for _, i := range p.aboard[e] {
			t := &p.travellers[i]
			s := search{n: n, free: p.free, banned: map[int32]bool{int32(e): true}}
			other, _ := s.best(t, nil)
			extra[i] = (int64(n.fare(t, other).Total()) - p.cost[i]) / t.seats
		}
		order := slices.Clone(p.aboard[e])
		slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(extra[a], extra[b]), cmp.Compare(a, b)) })
		for _, i := range order {
			if p.relieves(i, e) {
				p.drop(i)
			}
		}
	}
}

// relieves reports whether the traveller holds a seat of a kind of which too
// many are taken on the event.
func (p *plan) relieves(i int32, e int) bool {
	for k, need := range p.travellers[i].need {
		if need > 0 && p.free[e*p.n.kinds+k] < 0 {
			return true
		}
	}
	return false
}
