package place

import "slices"

// VerifyFair checks a fair plan from the values alone: every constraint of the plan, the
// groups' values and floors, the bound recomputed from places' and groups' prices, and
// the highest share recomputed from its own.
// What each group gets alone is taken as stated. Errors are Verify's.
func VerifyFair(problem Problem, f Fairness) error {
	if err := problem.Check(); err != nil {
		return err
	}
	of, price, floors, err := f.audited(&problem)
	if err != nil {
		return err
	}
	if err := f.auditHighest(&problem, of); err != nil {
		return err
	}
	if f.Result.Status == Complete {
		f.Result.Status = BudgetReached // room may be kept for the floors
	}
	scaled, r := weighted(&problem, of, price), f.Result
	r.Assignments, r.Value = slices.Clone(f.Result.Assignments), 0
	if len(r.Assignments) != len(problem.Cases) {
		return finding("%d lines for %d cases", len(r.Assignments), len(problem.Cases))
	}
	plain, values := 0.0, make([]float64, len(f.Groups))
	for c := range r.Assignments {
		a := &r.Assignments[c]
		plain += a.Value
		values[of[c]] += a.Value
		a.Value *= 1 + price[of[c]]
		r.Value += a.Value
	}
	r.Bound = f.Bound + floors
	r.Gap = 0
	if r.Bound != 0 {
		r.Gap = (r.Bound - r.Value) / r.Bound
	}
	if err := Verify(scaled, r); err != nil {
		return err
	}
	for k, g := range f.Groups {
		if !near(values[k], g.Value) || f.Kept && values[k] < g.Floor*(1-fairSlack)-tolerance {
			return finding("group %q has a value of %v, the plan states %v and a floor of %v", g.Group, values[k], g.Value, g.Floor)
		}
	}
	if !near(plain, f.Result.Value) {
		return finding("the values add up to %v, the plan states %v", plain, f.Result.Value)
	}
	return nil
}

// audited checks the groups' part and gives each case's group, the prices and what the
// floors are worth at them.
func (f *Fairness) audited(p *Problem) (of []int, price []float64, floors float64, err error) {
	index := map[string]int{}
	for k, g := range f.Groups {
		if !isFinite(g.Price) || g.Price < 0 {
			return nil, nil, 0, finding("the price of group %q is %v, must be at least 0", g.Group, g.Price)
		}
		if !near(g.Floor, f.Share*g.Alone) {
			return nil, nil, 0, finding("the floor of group %q is %v, must be %v of %v", g.Group, g.Floor, f.Share, g.Alone)
		}
		index[g.Group] = k
		price = append(price, g.Price)
		floors += g.Price * g.Floor
	}
	of = make([]int, len(p.Cases))
	for c := range p.Cases {
		k, ok := index[p.Cases[c].Group]
		if !ok {
			return nil, nil, 0, finding("group %q has no line", p.Cases[c].Group)
		}
		of[c] = k
	}
	return of, price, floors, nil
}

// auditHighest recomputes the share that no plan passes for every group.
func (f *Fairness) auditHighest(p *Problem, of []int) error {
	proof := f.HighestProof
	if proof == nil {
		if f.Highest != 0 {
			return finding("a highest share of %v is stated without its proof", f.Highest)
		}
		return nil
	}
	if len(proof.Weights) != len(f.Groups) {
		return finding("the highest share has weights for %d of %d groups", len(proof.Weights), len(f.Groups))
	}
	more, alone := make([]float64, len(f.Groups)), 0.0
	for k, w := range proof.Weights {
		if !isFinite(w) || w <= 0 {
			return finding("the weight of group %q is %v, must be above 0", f.Groups[k].Group, w)
		}
		more[k] = w - 1
		alone += w * f.Groups[k].Alone
	}
	scaled := weighted(p, of, more)
	a := newAudit(&scaled, &Result{Prices: proof.Prices})
	if err := a.prices(); err != nil {
		return err
	}
	if share := a.pricedBound() / alone; !near(share, f.Highest) {
		return finding("no plan gives every group more than %v of what it gets alone, the result states %v", share, f.Highest)
	}
	if f.Kept && f.Share > f.Highest && !near(f.Share, f.Highest) {
		return finding("a share of %v is kept above the highest, %v", f.Share, f.Highest)
	}
	return nil
}
