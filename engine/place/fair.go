package place

import (
	"context"
	"fmt"
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
	// Highest is at least the share that any plan gives every group, and HighestProof
	// shows it; they are set for max-min.
	Highest      float64       `json:"highest,omitempty"`
	HighestProof *HighestProof `json:"highest_proof,omitempty"`
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

// HighestProof are weights of the groups, in the order of Groups, each above 0, and
// prices of the weighted problem: its bound over the weighted sum of what the groups get
// alone is a share that no plan passes for every group.
type HighestProof struct {
	Weights []float64 `json:"weights"`
	Prices  Prices    `json:"prices"`
}

// fairSlack is the relative part of a floor that rounding may miss.
const fairSlack = 1e-9

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
	return s.search(o)
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
	return planned(s.ctx, &part, s.o)
}

// planned is the value of a plan by prices and chains, without a proof.
func planned(ctx context.Context, p *Problem, o Options) (float64, error) {
	in, err := compile(p, o.Workers)
	if err != nil {
		return 0, err
	}
	d, b, out := newDual(in), newBudget(in, o), newPlan(in)
	searchPrices(ctx, d, b, o, maxSteps)
	out.round(d)
	newChains(ctx, out, d, b, o.Workers).run(o.Progress)
	return out.exactValue(), nil
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
