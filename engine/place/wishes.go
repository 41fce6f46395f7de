package place

import (
	"context"
	"slices"
)

// WishOptions say how much outcome may be given for wishes.
type WishOptions struct {
	// Loss is the most, as a share of the plan's value, for example 0.02.
	Loss float64
	// Points of the frontier to work out, at least 2; 0 is 8.
	Points  int
	Options Options
}

// Wishes is how far wishes can be met, and at what price.
type Wishes struct {
	// Frontier goes from the plan of best outcome to the one of best rank found.
	Frontier []FrontierPoint `json:"frontier"`
	// Chosen is the point of best mean rank within the loss allowed; Result its plan.
	// The plan keeps the prices and the bound of the best outcome, which bound every
	// plan, so Verify checks it.
	Chosen int    `json:"chosen"`
	Result Result `json:"result"`
	// Allowed is the loss that was allowed. LeastRank is at most the mean rank of every
	// plan within it, and RankProof shows it.
	Allowed   float64    `json:"allowed"`
	LeastRank float64    `json:"least_rank"`
	RankProof *RankProof `json:"rank_proof,omitempty"`
	// Traded counts the cases that trading cycles moved to a better wish at the end.
	Traded int `json:"traded"`
	// Serial is what people would get who chose one after another (random serial
	// dictatorship), to compare with.
	Serial FrontierPoint `json:"serial"`
}

// RankProof are prices at which plans are bounded that gain Weight for each rank by which
// a case is better off than without a wish. What the bound leaves above the value that a
// plan must keep is the most that ranks can gain.
type RankProof struct {
	Weight float64 `json:"weight"`
	Prices Prices  `json:"prices"`
}

// FrontierPoint is one plan in outcome and rank.
type FrontierPoint struct {
	// Weight is what one rank for one case was worth, in value.
	Weight float64 `json:"weight"`
	Value  float64 `json:"value"`
	// Loss is the part of the best outcome given up.
	Loss float64 `json:"loss"`
	// MeanRank over cases that state wishes: 1 is the first wish; a place not wished
	// for, or none, ranks one below the last.
	MeanRank float64 `json:"mean_rank"`
	// First is the share of them with their first wish.
	First float64 `json:"first"`
}

// Rank is the place of place i among the wishes of case c, from 1; one more than the
// number of wishes when it is not among them.
func (p *Problem) Rank(c, i int) int {
	cs, pl := &p.Cases[c], &p.Places[i]
	for k, w := range cs.Preferences {
		if w == string(pl.ID) || w == pl.Locality || w == pl.Country {
			return k + 1
		}
	}
	return len(cs.Preferences) + 1
}

// MeetWishes works out the frontier between outcome and mean rank from a plan of best
// outcome, takes the best rank within the loss allowed, and lets cases trade places
// where that brings every one of them nearer to a wish. r.Problem must be set.
func MeetWishes(ctx context.Context, r Result, o WishOptions) (Wishes, error) {
	if r.Problem == nil {
		return Wishes{}, badInput("the result carries no problem: set Result.Problem before MeetWishes")
	}
	if !(o.Loss >= 0 && o.Loss < 1) {
		return Wishes{}, badInput("a loss of %v of the outcome is allowed: give a share from 0 to 1", o.Loss)
	}
	if o.Points == 0 {
		o.Points = 8
	}
	w := &wishSearch{ctx: ctx, p: r.Problem, base: r, o: o}
	return w.run()
}

type wishSearch struct {
	ctx  context.Context
	p    *Problem
	base Result
	o    WishOptions
}

// run doubles the worth of a rank until ranks stop falling, then halves the interval in
// which the allowed loss is passed.
func (w *wishSearch) run() (Wishes, error) {
	out := Wishes{Result: w.base, Frontier: []FrontierPoint{w.point(w.base, 0)}, Allowed: w.o.Loss, LeastRank: w.noRank()}
	weight := max(1e-9, w.base.Value/float64(max(1, len(w.p.Cases)))) / 64
	low, high := 0.0, 0.0
	for len(out.Frontier) < max(2, w.o.Points) && w.ctx.Err() == nil {
		r, err := w.solve(weight, &out)
		if err != nil {
			return out, err
		}
		at := w.point(r, weight)
		out.Frontier = append(out.Frontier, at)
		if at.Loss <= w.o.Loss {
			low = weight
			if at.MeanRank <= w.point(out.Result, 0).MeanRank {
				out.Result = r
			}
		} else if high == 0 || weight < high {
			high = weight
		}
		if high > 0 {
			weight = (low + high) / 2
		} else {
			weight *= 3
		}
	}
	slices.SortFunc(out.Frontier, func(a, b FrontierPoint) int {
		if a.Weight < b.Weight {
			return -1
		}
		return 1
	})
	serial, err := w.serial()
	if err != nil {
		return out, err
	}
	out.Serial = w.point(serial, 0)
	out.Traded = w.trade(&out.Result)
	last := w.point(out.Result, 0)
	out.Chosen = -1
	for k, at := range out.Frontier {
		if at.Loss <= w.o.Loss && (out.Chosen < 0 || at.MeanRank <= out.Frontier[out.Chosen].MeanRank) {
			out.Chosen = k
		}
	}
	if out.Chosen >= 0 && out.Traded > 0 {
		last.Weight = out.Frontier[out.Chosen].Weight
		out.Frontier[out.Chosen] = last
	}
	return out, nil
}

// noRank is 1, the least mean rank there is, or 0 when nobody states a wish.
func (w *wishSearch) noRank() float64 {
	for c := range w.p.Cases {
		if len(w.p.Cases[c].Preferences) > 0 {
			return 1
		}
	}
	return 0
}

// wishing is the problem in which each rank gained by a case is worth the given value,
// with the number of cases that state wishes and the ranks that they could gain at most.
func wishing(p *Problem, weight float64) (out Problem, stated, ranks float64) {
	out = *p
	places := len(p.Places)
	table := make([]float64, len(p.Cases)*places)
	for c := range p.Cases {
		worst := float64(len(p.Cases[c].Preferences) + 1)
		if worst > 1 {
			stated, ranks = stated+1, ranks+worst
		}
		for i := range places {
			x := p.Score(c, i)
			if x > Closed {
				x += weight * (worst - float64(p.Rank(c, i))) / p.Weight(c)
			}
			table[c*places+i] = x
		}
	}
	out.Scores = Scores{Table64: table}
	return out, stated, ranks
}

// leastRank is the mean rank below which no plan comes that keeps the value, by a bound
// of the wishing problem.
func leastRank(bound, value, weight, stated, ranks float64) float64 {
	return max(1, (ranks-max(0, bound-value)/weight)/stated)
}

// solve makes the best plan when each rank gained by a case is worth the given value, and
// notes what its bound proves of ranks.
func (w *wishSearch) solve(weight float64, out *Wishes) (Result, error) {
	p, stated, ranks := wishing(w.p, weight)
	warm := w.base
	warm.Problem = &p
	r, err := Update(w.ctx, warm, Change{MayMove: true, Options: w.o.Options})
	if err != nil {
		return r, err
	}
	if stated > 0 {
		keep := w.base.Value * (1 - w.o.Loss)
		if least := leastRank(r.Bound, keep, weight, stated, ranks); least > out.LeastRank {
			out.LeastRank, out.RankProof = least, &RankProof{Weight: weight, Prices: r.Prices}
		}
	}
	return w.valued(r), nil
}

// valued states a plan in the problem's own scores, with the base's prices and bound.
func (w *wishSearch) valued(r Result) Result {
	out := w.base
	out.Status, out.Seed, out.Work, out.Use = BudgetReached, r.Seed, r.Work, r.Use
	if r.Status == Stopped {
		out.Status = Stopped
	}
	out.Assignments, out.Value = slices.Clone(r.Assignments), 0
	index := w.index()
	for c := range out.Assignments {
		a := &out.Assignments[c]
		a.Score, a.Value = 0, 0
		if a.Place != "" {
			a.Score = w.p.Score(c, index[a.Place])
			a.Value = w.p.Weight(c) * (a.Score + w.p.PlacingBonus)
			out.Value += a.Value
		}
	}
	out.Gap = relativeGap(out.Bound, out.Value)
	return out
}

func (w *wishSearch) index() map[PlaceID]int {
	index := make(map[PlaceID]int, len(w.p.Places))
	for i := range w.p.Places {
		index[w.p.Places[i].ID] = i
	}
	return index
}

func (w *wishSearch) point(r Result, weight float64) FrontierPoint {
	out := FrontierPoint{Weight: weight, Value: r.Value, Loss: relativeGap(w.base.Value, r.Value)}
	index, sum, n, first := w.index(), 0, 0, 0
	for c, a := range r.Assignments {
		if len(w.p.Cases[c].Preferences) == 0 {
			continue
		}
		rank := len(w.p.Cases[c].Preferences) + 1
		if a.Place != "" {
			rank = w.p.Rank(c, index[a.Place])
		}
		n++
		sum += rank
		if rank == 1 {
			first++
		}
	}
	if n > 0 {
		out.MeanRank, out.First = float64(sum)/float64(n), float64(first)/float64(n)
	}
	return out
}

// serial lets cases choose one after another in random order.
func (w *wishSearch) serial() (Result, error) {
	return naive(w.ctx, *w.p, w.o.Options.Seed+1, func(p *plan, u int, open []int) int {
		c := int(p.in.members[u][0])
		return slices.MinFunc(open, func(a, b int) int { return w.p.Rank(c, a) - w.p.Rank(c, b) })
	})
}
