package place

// aim sets the value that is good enough, from the bound that the prices prove.
func (c *chains) aim(o Options) {
	if o.Enough <= 0 {
		return
	}
	in := c.plan.in
	limit := make([]float64, len(in.limit))
	for r, n := range in.limit {
		limit[r] = float64(n)
	}
	found := c.d.ask(in.everybody(), o.Workers, nil)
	// The bound is proven in float64 later, this one is of float32 sums: the goal is a
	// little higher, so that what is said to be good enough is.
	c.goal = found.bound(c.d.price, limit) * (1 - o.Enough) * (1 + goalMargin)
	c.budget.used += int64(len(in.value))
}

// goalMargin is how much float32 may err, relative to the goal.
const goalMargin = 1e-6

// reached says whether the plan is good enough.
func (c *chains) reached() bool {
	if c.goal <= 0 {
		return false
	}
	sum := 0.0
	for u, i := range c.plan.at {
		if i != nowhere {
			sum += float64(c.plan.in.value[u*c.plan.in.places+int(i)])
		}
	}
	return sum >= c.goal
}
