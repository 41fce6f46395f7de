package place

import "slices"

// bound recomputes the bound: that of the proof, if there is one, or else the Lagrangian
// bound: every capacity at its price, and each
// party at the open place where its value less what it would be charged is
// highest, or nowhere. Prices that are not numbers of at least 0 prove nothing.
func (a *audit) bound() error {
	if err := a.prices(); err != nil {
		return err
	}
	total, err := a.pricedBound(), error(nil)
	if a.r.Proof != nil {
		if total, err = a.provenBound(); err != nil {
			return err
		}
	}
	gap := 0.0
	if total != 0 {
		gap = (total - a.r.Value) / total
	}
	if !near(total, a.r.Bound) {
		return finding("prices and proof show a bound of %v, the result states %v", total, a.r.Bound)
	}
	if !near(gap, a.r.Gap) {
		return finding("the gap is %v, the result states %v", gap, a.r.Gap)
	}
	if a.r.Value > a.r.Bound && !near(a.r.Value, a.r.Bound) {
		return finding("the value %v is above the bound %v", a.r.Value, a.r.Bound)
	}
	return nil
}

// pricedBound is the bound that prices alone prove.
func (a *audit) pricedBound() float64 {
	total := 0.0
	for i, pl := range a.p.Places {
		for d, n := range pl.Capacity {
			total += float64(n) * a.r.Prices.Places[i][d]
		}
	}
	for k, row := range a.p.Rows {
		total += float64(row.Limit) * a.r.Prices.Rows[k]
	}
	for _, party := range a.party {
		total += a.most(party)
	}
	return total
}

func (a *audit) prices() error {
	if len(a.r.Prices.Places) != len(a.p.Places) || len(a.r.Prices.Rows) != len(a.p.Rows) {
		return finding("prices for %d places and %d rows, must be %d and %d",
			len(a.r.Prices.Places), len(a.r.Prices.Rows), len(a.p.Places), len(a.p.Rows))
	}
	for i, prices := range a.r.Prices.Places {
		if len(prices) != len(a.p.Dimensions) {
			return finding("place %q has %d prices for %d dimensions", a.p.Places[i].ID, len(prices), len(a.p.Dimensions))
		}
		for d, x := range prices {
			if !isFinite(x) || x < 0 {
				return finding("the price of %s at place %q is %v, must be at least 0", a.p.Dimensions[d], a.p.Places[i].ID, x)
			}
		}
	}
	for k, x := range a.r.Prices.Rows {
		if !isFinite(x) || x < 0 {
			return finding("the price of row %q is %v, must be at least 0", a.p.Rows[k].Name, x)
		}
	}
	return nil
}

// most is the highest charged value of a party over the places open to all of
// it, at least 0.
func (a *audit) most(party []int) float64 {
	best := 0.0
	for i := range a.p.Places {
		if !a.couldHold(party, i) {
			continue
		}
		x := 0.0
		for _, c := range party {
			x += a.p.Weight(c) * (a.p.Score(c, i) + a.p.PlacingBonus)
			for d, n := range a.p.Cases[c].Size {
				x -= float64(n) * a.r.Prices.Places[i][d]
			}
			for k := range a.p.Rows {
				if a.rowPlaces[k][i] && a.r.Prices.Rows[k] > 0 && a.counted(k, c) {
					d := slices.Index(a.p.Dimensions, a.p.Rows[k].Dimension)
					x -= float64(a.p.Cases[c].Size[d]) * a.r.Prices.Rows[k]
				}
			}
		}
		best = max(best, x)
	}
	return best
}

// couldHold says whether place i is open to the whole party and large enough
// for it when empty.
func (a *audit) couldHold(party []int, i int) bool {
	for _, c := range party {
		if a.closed(c, i) != "" {
			return false
		}
	}
	return a.roomFor(party, i, false)
}

// roomFor says whether the party keeps every limit at place i, next to what the
// plan uses when used is set.
func (a *audit) roomFor(party []int, i int, used bool) bool {
	for d, capacity := range a.p.Places[i].Capacity {
		sum := 0
		for _, c := range party {
			sum += a.p.Cases[c].Size[d]
		}
		if used && sum > 0 {
			sum += a.r.Use.Places[i][d]
		}
		if sum > capacity {
			return false
		}
	}
	for k, row := range a.p.Rows {
		if !a.rowPlaces[k][i] {
			continue
		}
		d, sum := slices.Index(a.p.Dimensions, row.Dimension), 0
		for _, c := range party {
			if a.counted(k, c) {
				sum += a.p.Cases[c].Size[d]
			}
		}
		if used && sum > 0 {
			sum += a.r.Use.Rows[k]
		}
		if sum > row.Limit {
			return false
		}
	}
	return true
}

// reasons checks what a result says about parties without a place: that no
// place is compatible, or that a complete plan left no room that would raise
// the value.
func (a *audit) reasons() error {
	for _, party := range a.party {
		if a.where[party[0]] >= 0 {
			continue
		}
		line := a.r.Assignments[party[0]]
		for i := range a.p.Places {
			if !a.couldHold(party, i) {
				continue
			}
			if line.Reason == NoCompatiblePlace {
				return finding("case %q is said to have no compatible place; %q is one", line.Case, a.p.Places[i].ID)
			}
			value := 0.0
			for _, c := range party {
				value += a.p.Weight(c) * (a.p.Score(c, i) + a.p.PlacingBonus)
			}
			if a.r.Status == Complete && value > 1e-4 && a.roomFor(party, i, true) {
				return finding("case %q has no place though %q has room", line.Case, a.p.Places[i].ID)
			}
		}
	}
	return nil
}
