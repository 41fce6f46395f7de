package route

import (
	"context"
	"fmt"
	"math"
)

// Options say how long and how to work; the zero value is a good start.
type Options struct {
	// Seed chooses among equals; the same seed gives the same result.
	Seed uint64
	// Work is the budget in looks at a service, each near 10 ns; 0 means one
	// that grows with the problem. A result depends on Work and Seed, never on
	// Workers or the speed of the machine.
	Work int64
	// Enough is a gap that is good enough, such as 0.05: the search ends once the plan is
	// proven to be that close to the cheapest. 0 goes on.
	Enough float64
	// Workers is the number of goroutines; 0 means one.
	Workers int
	// Progress, when not nil, hears how far each stage is. It is called from
	// the goroutine that called Solve.
	Progress func(stage string, done, total int64)
}

// Solve plans all parties' journeys. It returns an error only when the problem
// is not well formed; a party that cannot travel is a journey with Unserved
// set. When the context ends first, the best plan so far is returned with
// Complete false.
func Solve(ctx context.Context, p Problem, o Options) (Result, error) {
	if err := p.Check(); err != nil {
		return Result{}, fmt.Errorf("route: %w", err)
	}
	if !(o.Enough >= 0 && o.Enough < 1) {
		return Result{}, fmt.Errorf("route: a gap of %v cannot be good enough: state a share from 0 to below 1", o.Enough)
	}
	s := newSolver(p, o)
	complete := s.run(ctx)
	return s.result(complete), nil
}

type solver struct {
	options    Options
	n          *network
	travellers []traveller
	dual       *dual
	best       *plan
	looks      int64
}

func newSolver(p Problem, o Options) *solver {
	s := &solver{options: o, n: newNetwork(p), travellers: make([]traveller, len(p.Parties))}
	for i := range p.Parties {
		s.travellers[i] = s.n.traveller(&p.Parties[i])
	}
	s.dual = newDual(newPricing(s.n, s.travellers, o.Workers))
	if s.options.Work <= 0 {
		s.options.Work = s.dual.p.suggestedWork()
	}
	return s
}

// refineLooks is what a better place for one party takes, about.
const refineLooks = 5000

// suggestedWork is enough for a hundred rounds of prices and for each party to
// look where else it could go.
func (p *pricing) suggestedWork() int64 {
	const least = 200_000_000
	round, pass := int64(0), int64(0)
	for _, g := range p.groups {
		round += int64(max(0, g.end-g.begin))
		pass += g.alone
	}
	return min(least, 2000*(round+pass)) + 200*round + refineLooks*int64(len(p.travellers))
}

func (s *solver) progress(stage string) func(done, total int64) {
	return func(done, total int64) {
		if s.options.Progress != nil {
			s.options.Progress(stage, min(done, total), total)
		}
	}
}

// run spends at least half of the budget on prices, settles everybody on the
// journeys found on the way, and spends what is left on a better plan.
func (s *solver) run(ctx context.Context) bool {
	d, work := s.dual, s.options.Work
	s.best = newPlan(s.n, s.travellers)
	refine := min(work/2, work/4+refineLooks*int64(len(s.travellers)))
	d.climb(ctx, s.best.total, work-refine, s.progress("prices"))
	if d.rounds == 0 {
		return false
	}
	s.best = s.settled()
	if !s.refine(ctx, refine) {
		return false
	}
	if !s.within(max(worthMore, s.options.Enough)) {
		d.restart()
		d.goal = s.wanted()
		d.climb(ctx, s.best.total, min(3*work, mostMore), s.progress("prices"))
		if !s.within(s.options.Enough) {
			return s.refine(ctx, refine)
		}
	}
	return ctx.Err() == nil
}

// within says whether the gap is no larger than a share of the plan's cost.
func (s *solver) within(share float64) bool {
	return float64(s.best.total-s.dual.bound) <= share*float64(s.best.total)
}

// wanted is the bound at which the plan is good enough.
func (s *solver) wanted() int64 {
	return s.best.total - int64(s.options.Enough*float64(s.best.total))
}

// worthMore is the gap from which more rounds of prices are worth their time.
const worthMore = 0.02

// mostMore is how many looks they may take.
const mostMore = 1_000_000_000

// settled is the first plan: from the pool alone.
func (s *solver) settled() *plan {
	t := newSettler(s.dual.pool, s.dual.best, s.n.seats)
	t.settle(s.dual.meanPrice(), 30)
	s.looks += t.looks
	return t.plan()
}

// refine finds seats for those without, then improves the plan by turns: places
// again what could be cheaper, and widens the choice.
func (s *solver) refine(ctx context.Context, budget int64) bool {
	d := s.dual
	m := newImprover(s.best, d.best, s.options.Seed)
	r := newRebuilder(s.best, d.pool, d.best, s.options.Seed)
	for _, i := range m.unserved() {
		r.insert(i)
	}
	if !m.place(ctx, s.progress("places")) {
		return false
	}
	for i, journey := range s.best.journeys {
		d.pool.add(int32(i), journey, d.best)
	}
	for turn := range 3 {
		if turn > 0 {
			d.vary(ctx, s.best.free, r.random, budget/20)
		}
		d.offer(s.best.free)
		if !r.improve(ctx, budget/4, s.progress("places again")) {
			return false
		}
	}
	s.looks += r.looks
	m.closeCharters()
	m.least = s.leasts(d.best)
	done := m.improve(ctx, budget/10, s.progress("improves"))
	s.looks += m.scan.looks
	return done
}

// leasts is every traveller's least cost at the prices.
func (s *solver) leasts(prices []int64) []int64 {
	s.looks += s.dual.p.run(prices, s.dual.journeys).looks
	least := make([]int64, len(s.travellers))
	for i := range least {
		t := &s.travellers[i]
		least[i] = int64(s.n.fare(t, s.dual.journeys[i]).Total())
		for _, e := range s.dual.journeys[i] {
			for k, need := range t.need {
				least[i] += int64(need) * prices[int(e)*s.n.kinds+k]
			}
		}
	}
	return least
}

func (s *solver) result(complete bool) Result {
	r := Result{
		Problem: s.n.problem, Journeys: make([]Journey, len(s.travellers)), Cost: Money(s.best.total),
		Complete: complete, Work: s.looks + s.dual.looks,
	}
	if s.dual.bound == math.MinInt64 {
		s.dual.evaluate()
	}
	r.Bound = Money(s.dual.bound)
	r.Opened, r.Purchases = s.best.opened()
	r.Prices = s.n.prices(s.dual.best)
	for i := range r.Journeys {
		r.Journeys[i] = s.n.journey(s.best, int32(i))
	}
	return r
}

func (n *network) prices(whole []int64) []Price {
	var list []Price
	for i, v := range whole {
		if v > 0 {
			list = append(list, Price{n.serviceID(int32(i / n.kinds)), n.problem.Kinds[i%n.kinds], Money(v)})
		}
	}
	return list
}

func (n *network) journey(p *plan, i int32) Journey {
	t := &p.travellers[i]
	j := Journey{Party: n.problem.Parties[i].ID, Parts: n.fare(t, p.journeys[i])}
	j.Services = n.ids(p.journeys[i])
	if len(j.Services) == 0 {
		j.Unserved = n.obstacle(p, i)
	}
	return j
}
