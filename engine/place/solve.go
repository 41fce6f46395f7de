package place

import (
	"context"
	"math/rand/v2"
)

// Options steer a search. The zero value is a sound choice.
type Options struct {
	// Seed chooses among plans that are equally good to look for.
	Seed uint64
	// Work is the most pairs of case and place that may be looked at; 0 lets
	// the size decide. The same seed and work give the same result at any
	// number of workers.
	Work int64
	// Enough is a gap that is good enough, such as 0.001: the search ends once the plan
	// is proven to be that close to the best. 0 goes on.
	Enough float64
	// Workers is the number of goroutines; 0 is one.
	Workers int
	// Progress, when set, is told how far each stage is.
	Progress func(stage string, done, total int64)
}

// budget counts work down, so that results do not depend on the clock.
type budget struct{ used, limit int64 }

// spend counts n and says whether the budget still held before.
func (b *budget) spend(n int64) bool {
	ok := b.used < b.limit
	b.used += n
	return ok
}

func (b *budget) spent() bool { return b.used >= b.limit }

// When Options leave the work open it is defaultPasses times that every case
// looks at every place, and defaultExtra pairs more, which small problems use.
const (
	defaultPasses = 70
	defaultExtra  = 2_400_000_000
)

// priceShare is the part of the work that prices may take.
const priceShare = 0.55

// maxSteps ends a descent on all units.
const maxSteps = 1500

// Solve finds a plan close to the best and a bound that proves how close. A
// malformed problem gives an error that wraps ErrProblem; a case that cannot be
// placed gets a reason. When ctx ends, the best plan so far is returned with
// status Stopped and no error.
func Solve(ctx context.Context, problem Problem, o Options) (Result, error) {
	if err := problem.Check(); err != nil {
		return Result{}, err
	}
	if !(o.Enough >= 0 && o.Enough < 1) {
		return Result{}, badInput("a gap of %v cannot be good enough: state a share from 0 to below 1", o.Enough)
	}
	in, err := compile(&problem, o.Workers)
	if err != nil {
		return Result{}, err
	}
	d := newDual(in)
	b := newBudget(in, o)
	searchPrices(ctx, d, b, o, maxSteps)
	p := newPlan(in)
	p.round(d)
	b.used += int64(len(in.value))
	c := newChains(ctx, p, d, b, o.Workers)
	c.kicks = kicksFor(len(in.members), o.Work)
	c.aim(o)
	proof, done := finish(c, o)
	status := outcome(ctx, done)
	if proof == nil && status != Stopped && c.reached() {
		status = GoodEnough
	}
	return report(d, p, proof, status, b, o), nil
}

// finish raises the plan's value by chains, then proves the best plan where the problem
// is small enough, or goes on with kicks. It says whether the search ended by itself.
func finish(c *chains, o Options) (*Proof, bool) {
	if done := c.runBriefly(o.Progress); !done || c.reached() {
		return nil, done
	}
	var proof *Proof
	if c.plan.in.provable() {
		// A better plan to begin with makes the proof shorter.
		kicks := c.kicks
		c.kicks = kicksBeforeProof
		if !c.perturb(o.Seed, o.Progress) && c.budget.spent() {
			return nil, false
		}
		c.kicks = kicks
		var proven bool
		if proof, proven = exact(c.ctx, c.plan, c.d, c.budget); proven || c.reached() {
			return proof, true
		}
		c.list()
	}
	return proof, c.perturb(o.Seed, o.Progress) && c.run(o.Progress)
}

// improve raises the plan's value by chains, then by kicks, and says whether the search
// ended by itself.
func improve(c *chains, o Options) bool {
	if !c.runBriefly(o.Progress) {
		return false
	}
	return c.perturb(o.Seed, o.Progress) && c.run(o.Progress)
}

func newBudget(in *instance, o Options) *budget {
	if o.Work > 0 {
		return &budget{limit: o.Work}
	}
	return &budget{limit: defaultPasses*int64(len(in.value)) + defaultExtra}
}

// searchPrices lowers the bound within its share of the budget.
func searchPrices(ctx context.Context, d *dual, b *budget, o Options, steps int) {
	part := &budget{limit: int64(float64(b.limit) * priceShare)}
	order := make([]int32, len(d.in.members))
	for u := range order {
		order[u] = int32(u)
	}
	draw := rand.New(rand.NewPCG(o.Seed, 0x706c616365))
	draw.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
	search := &priceSearch{ctx: ctx, d: d, workers: o.Workers, budget: part, progress: o.Progress,
		alike: d.in.alikePlaces(), least: o.Enough / levelsEnough}
	search.coarseToFine(order, steps)
	b.used += part.used
}

func outcome(ctx context.Context, done bool) Status {
	switch {
	case ctx.Err() != nil:
		return Stopped
	case !done:
		return BudgetReached
	}
	return Complete
}
