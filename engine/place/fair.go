package place

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// FairOptions ask for floors: no group's value may be less than a share of what the
// group would get if it were alone with all the places.
type FairOptions struct {
	// Share of what each group would get alone, from 0 to 1.
	Share float64
	// MaxMin looks for the highest share that all groups can have together, and Share
	// is not used.
	MaxMin  bool
	Options Options
}

// Fairness is a plan that keeps the floors, what that costs, and the proof.
type Fairness struct {
	// Result is the plan, valued without regard to groups. Its prices belong to the
	// groups' weights; VerifyFair checks them, Verify does not.
	Result Result       `json:"result"`
	Groups []GroupShare `json:"groups"`
	// Share is the floor that was kept.
	Share float64 `json:"share"`
	// Best is the value of the plan without floors, Price the part of it given up.
	Best  float64 `json:"best"`
	Price float64 `json:"price"`
	// Bound is at least the value of every plan that keeps the floors, Gap what is
	// open between it and this plan.
	Bound float64 `json:"bound"`
	Gap   float64 `json:"gap"`
	// Kept says that every floor holds; when it is false no plan that keeps them was
	// found, and if Impossible is set none exists: a group's bound is below its floor.
	Kept       bool   `json:"kept"`
	Impossible string `json:"impossible,omitempty"`
}

// GroupShare is one group's part.
type GroupShare struct {
	Group  string  `json:"group"`
	Cases  int     `json:"cases"`
	Placed int     `json:"placed"`
	Value  float64 `json:"value"`
	// Alone is the value of the group's plan without the others.
	Alone float64 `json:"alone"`
	Floor float64 `json:"floor"`
	// Price is what one more unit of floor takes from the whole.
	Price float64 `json:"price"`
}

// Searches for the groups' prices.
const (
	fairSteps   = 14
	maxMinSteps = 7
	// fairSlack is the relative part of a floor that rounding may miss.
	fairSlack = 1e-9
)

// Fair finds the best plan in which every group keeps its floor. Each group's floor has
// a price that multiplies the weight of its cases, so any prices prove a bound. Cases
// without a group form one group with the name "".
func Fair(ctx context.Context, problem Problem, o FairOptions) (Fairness, error) {
	if err := problem.Check(); err != nil {
		return Fairness{}, err
	}
	if !o.MaxMin && !(o.Share >= 0 && o.Share <= 1) {
		return Fairness{}, badInput("a floor of %v of what a group gets alone: give a share from 0 to 1", o.Share)
	}
	s := &fairSearch{ctx: ctx, p: &problem, o: o.Options}
	if err := s.prepare(); err != nil {
		return Fairness{}, err
	}
	best, err := s.search(o)
	if err != nil || !best.Kept {
		return best, err
	}
	err = s.polish(&best)
	return best, err
}

// search finds the floors' prices for the share asked for, or for the highest.
func (s *fairSearch) search(o FairOptions) (Fairness, error) {
	if !o.MaxMin {
		return s.floors(o.Share)
	}
	low, high := 0.0, 1.0
	best, err := s.floors(0)
	if err != nil {
		return best, err
	}
	low = best.least()
	for range maxMinSteps {
		if s.ctx.Err() != nil {
			break
		}
		middle := (low + high) / 2
		f, err := s.floors(middle)
		if err != nil {
			return f, err
		}
		if f.Kept {
			best, low = f, max(middle, f.least())
		} else {
			high = middle
		}
	}
	return best, nil
}

// least is the smallest share that a group got.
func (f *Fairness) least() float64 {
	least := 1.0
	for _, g := range f.Groups {
		if g.Alone > 0 {
			least = min(least, g.Value/g.Alone)
		}
	}
	return least
}

type fairSearch struct {
	ctx    context.Context
	p      *Problem
	o      Options
	groups []GroupShare
	// of is the group of each case.
	of   []int
	best Result
}

// prepare solves the whole without floors and each group alone.
func (s *fairSearch) prepare() error {
	index := map[string]int{}
	for c := range s.p.Cases {
		name := s.p.Cases[c].Group
		if _, ok := index[name]; !ok {
			index[name] = 0
			s.groups = append(s.groups, GroupShare{Group: name})
		}
	}
	slices.SortFunc(s.groups, func(a, b GroupShare) int {
		if a.Group < b.Group {
			return -1
		}
		return 1
	})
	for k, g := range s.groups {
		index[g.Group] = k
	}
	s.of = make([]int, len(s.p.Cases))
	for c := range s.of {
		s.of[c] = index[s.p.Cases[c].Group]
		s.groups[s.of[c]].Cases++
	}
	var err error
	if s.best, err = Solve(s.ctx, *s.p, s.o); err != nil {
		return err
	}
	for k := range s.groups {
		alone, err := s.alone(k)
		if err != nil {
			return fmt.Errorf("place group %q alone: %w", s.groups[k].Group, err)
		}
		s.groups[k].Alone = alone
	}
	return nil
}

// alone is the value of a group's plan without the others.
func (s *fairSearch) alone(group int) (float64, error) {
	var cases []int
	places := make([]int, len(s.p.Places))
	for i := range places {
		places[i] = i
	}
	for c, k := range s.of {
		if k == group {
			cases = append(cases, c)
		}
	}
	part := *s.p
	part.Cases = pick(s.p.Cases, cases)
	if err := part.Scores.choose(len(places), cases, places, Change{}); err != nil {
		return 0, err
	}
	r, err := Solve(s.ctx, part, s.o)
	return r.Value, err
}

// weighted is the problem with each case's weight multiplied by its group's.
func weighted(p *Problem, of []int, price []float64) Problem {
	out := *p
	out.Cases = slices.Clone(p.Cases)
	for c := range out.Cases {
		out.Cases[c].Weight = p.Weight(c) * (1 + price[of[c]])
	}
	return out
}

// floors searches the groups' prices for one share of floors.
func (s *fairSearch) floors(share float64) (Fairness, error) {
	out := Fairness{Share: share, Best: s.best.Value, Groups: slices.Clone(s.groups), Bound: math.Inf(1)}
	price, step := make([]float64, len(s.groups)), make([]float64, len(s.groups))
	last := make([]float64, len(s.groups))
	for k := range out.Groups {
		out.Groups[k].Floor = share * out.Groups[k].Alone
		step[k] = 0.02
	}
	warm := s.best
	for range fairSteps {
		problem := weighted(s.p, s.of, price)
		warm.Problem = &problem
		r, err := Update(s.ctx, warm, Change{MayMove: true, Options: s.o})
		if err != nil {
			return out, err
		}
		warm = r
		short := s.judge(&out, r, price)
		if free := !slices.ContainsFunc(price, func(x float64) bool { return x > 0 }); short == 0 && free || s.ctx.Err() != nil {
			break
		}
		s.climb(&out, r, price, step, last)
	}
	if !out.Kept {
		out.Gap = math.Inf(1)
		s.explainMissed(&out)
	}
	return out, nil
}

// judge takes a plan if it keeps the floors better, and its prices if they prove a
// lower bound; it returns how many floors the plan misses.
func (s *fairSearch) judge(out *Fairness, r Result, price []float64) (short int) {
	plain := s.plain(r)
	values, placed := s.values(plain)
	for k, g := range out.Groups {
		if values[k] < g.Floor*(1-fairSlack) {
			short++
		}
	}
	bound := r.Bound
	for k, g := range out.Groups {
		bound -= price[k] * g.Floor
	}
	if bound < out.Bound {
		out.Bound = bound
		out.Result.Prices = r.Prices
		for k := range out.Groups {
			out.Groups[k].Price = price[k]
		}
	}
	if short == 0 && (!out.Kept || plain.Value > out.Result.Value) {
		prices := out.Result.Prices
		out.Result, out.Kept = plain, true
		out.Result.Prices = prices
		for k := range out.Groups {
			out.Groups[k].Value, out.Groups[k].Placed = values[k], placed[k]
		}
	}
	out.Result.Bound, out.Gap = out.Bound, relativeGap(out.Bound, out.Result.Value)
	out.Result.Gap = out.Gap
	out.Price = max(0, relativeGap(out.Best, out.Result.Value))
	return short
}

// climb raises the prices of floors that are missed and lowers the others', by steps
// that grow while the sign stays and shrink when it turns (Riedmiller and Braun 1993).
func (s *fairSearch) climb(out *Fairness, r Result, price, step, last []float64) {
	values, _ := s.values(s.plain(r))
	for k, g := range out.Groups {
		missing := g.Floor - values[k]
		switch {
		case missing*last[k] > 0:
			step[k] *= 1.6
		case missing*last[k] < 0:
			step[k] *= 0.4
		}
		last[k] = missing
		if missing > 0 {
			price[k] += step[k]
		} else {
			price[k] = max(0, price[k]-step[k])
		}
	}
}

// plain values a plan of a weighted problem without the weights.
func (s *fairSearch) plain(r Result) Result {
	r.Problem, r.Value = s.p, 0
	r.Assignments = slices.Clone(r.Assignments)
	for c := range r.Assignments {
		if a := &r.Assignments[c]; a.Place != "" {
			a.Value = s.p.Weight(c) * (a.Score + s.p.PlacingBonus)
			r.Value += a.Value
		}
	}
	return r
}

// values adds up each group's value and placed cases.
func (s *fairSearch) values(r Result) (values []float64, placed []int) {
	values, placed = make([]float64, len(s.groups)), make([]int, len(s.groups))
	for c, a := range r.Assignments {
		if a.Place != "" {
			values[s.of[c]] += a.Value
			placed[s.of[c]]++
		}
	}
	return values, placed
}

// explainMissed fills in the plan without floors and says if the floors are proven
// impossible: with prices high enough the bound falls below every plan.
func (s *fairSearch) explainMissed(out *Fairness) {
	prices := out.Result.Prices
	out.Result = s.best
	out.Result.Prices, out.Result.Proof = prices, nil
	values, placed := s.values(s.best)
	for k := range out.Groups {
		out.Groups[k].Value, out.Groups[k].Placed = values[k], placed[k]
	}
	floors := 0.0
	for _, g := range out.Groups {
		floors += g.Floor
	}
	if out.Bound < floors-1e-6*max(1, math.Abs(floors)) {
		out.Impossible = fmt.Sprintf("every plan that keeps the floors has at least %.6g, their sum, and at most %.6g, the bound", floors, out.Bound)
	}
}
