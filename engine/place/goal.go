package place

// aim sets the value that is good enough.
func (c *chains) aim(o Options) {
	if o.Enough > 0 {
		// The bound is proven in float64 later, this one is of float32 sums: the goal is
		// a little higher, so that what is said to be good enough is.
		c.goal = c.bound(o.Workers) * (1 - o.Enough) * (1 + goalMargin)
	}
}

// goalMargin is how much float32 may err, relative to the goal.
const goalMargin = 1e-6

// bound is what the prices prove, about.
func (c *chains) bound(workers int) float64 {
	in := c.plan.in
	c.budget.used += int64(len(in.value))
	found := c.d.ask(in.everybody(), workers, nil)
	return found.bound(c.d.price, in.scaled(in.whole()))
}

// value is the plan's value, about.
func (c *chains) value() float64 {
	sum := 0.0
	for u, i := range c.plan.at {
		sum += float64(c.plan.value(u, int(i)))
	}
	return sum
}

// reached says whether the plan is good enough.
func (c *chains) reached() bool { return c.goal > 0 && c.value() >= c.goal }
