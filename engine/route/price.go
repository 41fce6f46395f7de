package route

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
)

// group is the parties that one scan can price: one destination, one set of
// rules, one shape.
type group struct {
	board      *board
	shape      shape
	shapeID    int
	closed     []bool
	beds       int64
	members    []int32 // indices of travellers
	begin, end int     // calls that any member can take
	alone      int64   // looks that scans of the members' own windows take
	single     bool    // the members' own windows are fewer looks than one scan
}

// pricing answers, for given seat prices, what every party's cheapest journey
// is, without regard to how many others want the same seats.
type pricing struct {
	n          *network
	travellers []traveller
	scales     []int64
	first      []int32 // each traveller's first call on its board, or nowhere
	groups     []group
	workers    int
}

func newPricing(n *network, travellers []traveller, workers int) *pricing {
	p := &pricing{
		n: n, travellers: travellers, workers: max(1, workers),
		scales: make([]int64, len(travellers)), first: make([]int32, len(travellers)),
	}
	type key struct {
		shape                int
		destination, ruleset int32
		beds                 int64
	}
	shapes, index := map[string]int{}, map[key]int{}
	for i := range travellers {
		t := &travellers[i]
		s, scale := shapeOf(t)
		if n.grouped {
			s.party = t.seats
		}
		b := n.board(t.destination)
		p.scales[i], p.first[i] = scale, n.firstCall(b, t.origin, t.ready)
		name := fmt.Sprint(s.need, s.hours, s.party)
		if _, ok := shapes[name]; !ok {
			shapes[name] = len(shapes)
		}
		at := key{shapes[name], t.destination, t.ruleset, t.beds}
		g, ok := index[at]
		if !ok {
			g = len(p.groups)
			index[at] = g
			p.groups = append(p.groups, group{board: b, shape: s, shapeID: shapes[name], closed: t.closed, beds: t.beds, begin: len(b.calls)})
		}
		p.join(&p.groups[g], int32(i))
	}
	for g := range p.groups {
		// An own scan also computes each service's cost, hence the factor.
		p.groups[g].single = 2*p.groups[g].alone < int64(p.groups[g].end-p.groups[g].begin)
	}
	slices.SortStableFunc(p.groups, func(a, b group) int { return cmp.Compare(a.shapeID, b.shapeID) })
	return p
}

func (p *pricing) join(g *group, i int32) {
	g.members = append(g.members, i)
	if p.first[i] != nowhere {
		end := p.n.end(g.board, p.travellers[i].due)
		g.begin = min(g.begin, int(p.first[i]))
		g.end = max(g.end, end)
		g.alone += int64(max(0, end-int(p.first[i])))
	}
}

// answer is the outcome of one pricing.
type answer struct {
	sum   int64 // of the parties' least costs at these prices
	looks int64
}

// worker holds what one goroutine reuses from group to group.
type pricer struct {
	labels
	search
	cost    []int64
	shapeID int
}

// run finds every traveller's cheapest journey at the prices; journeys[i] is
// overwritten, empty where staying costs less. The sum does not depend on the
// number of workers: it is of whole numbers.
func (p *pricing) run(prices []int64, journeys [][]int32) answer {
	const chunk = 8
	var next, sum, looks atomic.Int64
	var wait sync.WaitGroup
	for range p.workers {
		wait.Go(func() {
			w := &pricer{search: search{n: p.n, prices: prices}, cost: make([]int64, len(p.n.legs)), shapeID: -1}
			own := int64(0)
			for {
				begin := int(next.Add(chunk)) - chunk
				if begin >= len(p.groups) {
					break
				}
				for g := begin; g < min(begin+chunk, len(p.groups)); g++ {
					own += p.priceGroup(w, &p.groups[g], journeys)
				}
			}
			sum.Add(own)
			looks.Add(w.labels.looks + w.search.looks)
		})
	}
	wait.Wait()
	return answer{sum.Load(), looks.Load()}
}

func (p *pricing) priceGroup(w *pricer, g *group, journeys [][]int32) int64 {
	if !g.single {
		w.setCosts(g)
		p.n.scanAll(g.board, &g.shape, g.beds, g.closed, w.cost, g.begin, g.end, &w.labels)
	}
	sum := int64(0)
	w.labels.looks += looksToFollow * int64(len(g.members))
	for _, i := range g.members {
		t := &p.travellers[i]
		journey, cost := journeys[i][:0], unreachable
		if g.single {
			journey, cost = w.relaxed(t, int(p.first[i]), journey)
		} else if at := p.first[i]; at != nowhere && int(at) < g.end && w.labels.start[at] < unreachable {
			cost = p.scales[i] * (w.labels.start[at] - g.shape.hours*p.n.wait*t.ready)
			if cost < t.penalty {
				journey = p.n.follow(g.board, g.closed, g.beds, nil, &w.labels, int(at), g.end, journey)
				if !p.n.keeps(t, journey) {
					journey, cost = w.relaxed(t, int(at), journey[:0])
				}
			}
		}
		if cost >= t.penalty {
			journey, cost = journey[:0], t.penalty
		}
		journeys[i] = journey
		sum += cost
	}
	return sum
}

// relaxed is the traveller's cheapest journey in its own window, whatever the
// longest journey allowed: what the bound is made of.
func (s *search) relaxed(t *traveller, first int, into []int32) ([]int32, int64) {
	if first < 0 {
		return into, unreachable
	}
	return s.within(s.n.board(t.destination), t, first, t.due, into)
}

// keeps reports whether a journey arrives in time on services that are large enough.
func (n *network) keeps(t *traveller, journey []int32) bool {
	if n.legs[journey[len(journey)-1]].arrive > t.due {
		return false
	}
	for _, e := range journey {
		if !fits(t.need, n.seats[int(e)*n.kinds:]) {
			return false
		}
	}
	return true
}

// fits reports whether the seats suffice for the need.
func fits(need, seats []int32) bool {
	for k, c := range need {
		if c > seats[k] {
			return false
		}
	}
	return true
}

func (w *pricer) setCosts(g *group) {
	if w.shapeID == g.shapeID {
		return
	}
	w.shapeID = g.shapeID
	n, s := w.search.n, &g.shape
	for e := range n.legs {
		l := &n.legs[e]
		sum := s.seats*n.fareOf(int32(e), s.party) + s.hours*l.ride
		for k, need := range s.need {
			if need == 0 {
				continue
			}
			if n.seats[e*n.kinds+k] < need {
				sum = unreachable
				break
			}
			sum += int64(need) * w.prices[e*n.kinds+k]
		}
		w.cost[e] = sum
	}
}

// looksToFollow is what reading one journey off the labels takes, about.
const looksToFollow = 16
