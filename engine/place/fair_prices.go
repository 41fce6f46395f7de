package place

import (
	"context"
	"math"
	"slices"
)

// groupPrices searches the prices of the limits together with those of the groups'
// floors: one more unit of value for a group counts one and its price. The values of the
// instance stand weighted by that.
type groupPrices struct {
	ctx     context.Context
	in      *instance
	d       *dual
	budget  *budget
	workers int
	// group is that of each unit, mixedGroup where its cases belong to several; of that
	// of each case.
	group []int
	of    []int
	// base holds the values before they are weighted.
	base []float32
	// alone is what each group gets alone, each above 0; worth what one unit of room is
	// worth on average.
	alone []float64
	worth float64
}

// mixedGroup marks a unit whose cases belong to several groups.
const mixedGroup = -1

func newGroupPrices(ctx context.Context, p *Problem, of []int, alone []float64, o Options) (*groupPrices, error) {
	in, err := compile(p, o.Workers)
	if err != nil {
		return nil, err
	}
	g := &groupPrices{ctx: ctx, in: in, d: newDual(in), budget: newBudget(in, o), workers: o.Workers, of: of,
		group: make([]int, len(in.members)), base: slices.Clone(in.value), alone: alone}
	people := 0.0
	for u, members := range in.members {
		g.group[u] = of[members[0]]
		for _, c := range members {
			if of[c] != g.group[u] {
				g.group[u] = mixedGroup
				break
			}
		}
		people += float64(in.size[u*in.dims+p.peopleDimension()])
	}
	for _, a := range alone {
		g.worth += a / max(1, people)
	}
	g.worth = max(g.worth, 1e-12)
	return g, nil
}

// weigh sets the instance's values to the weighted ones.
func (g *groupPrices) weigh(weight []float64) {
	in := g.in
	for u, k := range g.group {
		from, to := u*in.places, (u+1)*in.places
		if k != mixedGroup {
			w := float32(weight[k])
			for x := from; x < to; x++ {
				if g.base[x] != closedValue {
					in.value[x] = w * g.base[x]
				}
			}
			continue
		}
		for x := from; x < to; x++ {
			if g.base[x] != closedValue {
				sum := 0.0
				for _, c := range in.members[u] {
					sum += weight[g.of[c]] * in.caseValue(c, x-from)
				}
				in.value[x] = float32(sum)
			}
		}
	}
}

// addValue adds what unit u at place i is worth to its groups.
func (g *groupPrices) addValue(into []float64, u, i int, sign float64) {
	if k := g.group[u]; k != mixedGroup {
		into[k] += sign * float64(g.base[u*g.in.places+i])
		return
	}
	for _, c := range g.in.members[u] {
		into[g.of[c]] += sign * g.in.caseValue(c, i)
	}
}

// ask sends every unit to its favourite; after the limits' loads the sweep has, with a
// minus, what each group gets.
func (g *groupPrices) ask() sweep {
	in, rows := g.in, len(g.in.limit)
	sums, loads := make([]float64, chunks), make([][]float64, chunks)
	parallel(g.workers, len(in.members), func(chunk, from, to int) {
		load, buf := make([]float64, rows+len(g.alone)), make([]float32, in.places)
		for u := from; u < to; u++ {
			if at, best := g.d.favourite(u, buf); at >= 0 {
				sums[chunk] += float64(best)
				in.addShare(load, u, at, 1)
				g.addValue(load[rows:], u, at, -1)
			}
		}
		loads[chunk] = load
	})
	return gather(rows+len(g.alone), sums, loads)
}

// point are prices of the limits and of the groups.
type point struct{ limits, groups []float64 }

// descend lowers the bound from a point. With a share the groups' prices are those of
// floors of that share; without one (below 0) they are the groups' weights in the highest
// share that all can have, whose sum over what each gets alone stays.
func (g *groupPrices) descend(from point, share float64, steps int, level float64) point {
	rows := len(g.in.limit)
	limit := make([]float64, rows+len(g.alone))
	for r, n := range g.in.limit {
		limit[r] = float64(n)
	}
	plus := 0.0
	if share >= 0 {
		plus = 1
	}
	weight := make([]float64, len(g.alone))
	set := func(price []float64) {
		for k := range weight {
			weight[k] = plus + price[rows+k]
		}
		g.weigh(weight)
		g.d.set(price[:rows])
	}
	start := slices.Concat(from.limits, from.groups)
	for k, a := range g.alone {
		limit[rows+k] = -max(0, share) * a
	}
	x := newDescentFrom(start, set, limit, level)
	for k, a := range g.alone {
		x.scale[rows+k] = max(1e-9, a*g.worth)
	}
	x.hold = g.holdPrices
	if share < 0 {
		x.hold = g.holdWeights
	}
	set(start)
	most := int(descentShare*float64(g.budget.limit)) / max(1, len(g.in.value))
	for range min(steps, most) {
		if g.ctx.Err() != nil || !g.budget.spend(int64(len(g.in.value))) || !x.take(g.ask()) {
			break
		}
	}
	return point{limits: slices.Clone(x.best[:rows]), groups: slices.Clone(x.best[rows:])}
}

// holdPrices keeps the groups' prices from growing where floors cannot be kept.
func (g *groupPrices) holdPrices(_, price []float64) {
	if price != nil {
		for k := range g.alone {
			price[len(g.in.limit)+k] = min(price[len(g.in.limit)+k], mostGroupPrice)
		}
	}
}

// holdWeights keeps the groups' weights at an average of 1.
func (g *groupPrices) holdWeights(direction, price []float64) {
	rows, all, sum := len(g.in.limit), 0.0, 0.0
	for k, a := range g.alone {
		all += a
		if direction != nil {
			sum += direction[rows+k]
		} else {
			sum += price[rows+k] * a
		}
	}
	for k, a := range g.alone {
		if direction != nil {
			direction[rows+k] -= sum / all * a
		} else if sum > 0 {
			price[rows+k] = max(leastGroupWeight, price[rows+k]*all/sum)
		}
	}
}

// mostGroupPrice leaves enough digits to a bound from which floors at that price are taken;
// descentShare is the most of the work that one descent may take.
const (
	mostGroupPrice = 1e4
	descentShare   = 0.15
)

// leastGroupWeight keeps a weight above 0, at which a problem would count people.
const leastGroupWeight = 1e-6

// bound is the exact bound at a point, where groups have the given weights: that of the
// weighted values.
func (g *groupPrices) bound(limits, weight []float64) float64 {
	in, sums := g.in, make([]float64, chunks)
	parallel(g.workers, len(in.members), func(chunk, from, to int) {
		for u := from; u < to; u++ {
			best := 0.0
			for i := range in.places {
				if g.base[u*in.places+i] == closedValue {
					continue
				}
				x := -in.charged(u, i, limits)
				for _, c := range in.members[u] {
					x += weight[g.of[c]] * g.in.caseValue(c, i)
				}
				best = max(best, x)
			}
			sums[chunk] += best
		}
	})
	total := 0.0
	for r, x := range limits {
		total += x * float64(in.limit[r])
	}
	for _, s := range sums {
		total += s
	}
	if math.IsNaN(total) {
		return math.Inf(1)
	}
	return total
}
