package place

import "slices"

// checkCuts checks the cuts that presume so many rounds and no more.
func (x *proofAudit) checkCuts(rounds int) error {
	for n := range x.a.r.Proof.Cuts {
		cut := &x.a.r.Proof.Cuts[n]
		if cut.After != rounds && (rounds > 0 || cut.After >= 0) {
			continue
		}
		if !x.wellFormed(cut) {
			return finding("cut %d of the proof is malformed", n)
		}
		holds := x.holdsJointly
		if cut.Weights != nil {
			holds = x.holdsByWeight
		}
		if !holds(cut) {
			return finding("cut %d of the proof does not hold at place %q", n, x.a.p.Places[cut.Place].ID)
		}
	}
	return nil
}

func (x *proofAudit) wellFormed(cut *Cut) bool {
	if cut.After < 0 || cut.Place < 0 || cut.Place >= len(x.a.p.Places) || cut.Limit < 0 || len(cut.Cases) != len(cut.Coefficients) ||
		cut.Weights != nil && len(cut.Weights) != len(x.a.p.Dimensions) {
		return false
	}
	seen := map[int]bool{}
	for k, c := range cut.Cases {
		if _, ok := x.at[c]; !ok || seen[c] || cut.Coefficients[k] < 1 || cut.Coefficients[k] > maxAmount {
			return false
		}
		seen[c] = true
	}
	for _, w := range cut.Weights {
		if w < 0 || w > maxAmount {
			return false
		}
	}
	return cut.Limit < largestTable
}

// holdsByWeight works out the smallest weight by which coefficients pass the limit.
func (x *proofAudit) holdsByWeight(cut *Cut) bool {
	room := 0.0
	for d, w := range cut.Weights {
		room += float64(w) * x.limit[cut.Place*len(cut.Weights)+d]
	}
	least := make([]float64, cut.Limit+2) // to reach t or more
	for t := 1; t < len(least); t++ {
		least[t] = room + 1
	}
	for k, c := range cut.Cases {
		weight := 0.0
		for d, w := range cut.Weights {
			weight += float64(w) * float64(x.parties[x.at[c]].size[d])
		}
		for t := len(least) - 1; t > 0; t-- {
			least[t] = min(least[t], least[max(0, t-cut.Coefficients[k])]+weight)
		}
	}
	return least[cut.Limit+1] > room
}

// holdsJointly works out, for each room up to what those who must be here leave, the
// highest sum of coefficients of cases that could be here and fit.
func (x *proofAudit) holdsJointly(cut *Cut) bool {
	dims := len(x.a.p.Dimensions)
	room := make([]int, dims)
	for d := range room {
		room[d] = int(x.limit[cut.Place*dims+d])
	}
	for n := range x.parties {
		one := &x.parties[n]
		if one.must && slices.Equal(one.open, []int{cut.Place}) && !slices.Contains(cut.Cases, one.cases[0]) {
			for d, s := range one.size {
				room[d] -= s
			}
		}
	}
	states, all := 1, make([]int, dims)
	for _, c := range cut.Cases {
		for d, s := range x.parties[x.at[c]].size {
			all[d] += s
		}
	}
	for d, n := range room {
		if n < 0 {
			return true // nobody fits: no plan is left at all
		}
		room[d] = min(n, all[d]) // what the cases cannot fill makes no difference
		if states *= room[d] + 1; states > largestTable {
			return false
		}
	}
	table := make([]int, states)
	for k, c := range cut.Cases {
		if one := &x.parties[x.at[c]]; slices.Contains(one.open, cut.Place) {
			addToTable(table, room, one.size, cut.Coefficients[k])
		}
	}
	return table[states-1] <= cut.Limit
}

// addToTable lets one more case come, into every room that it fits. The rooms are walked
// from the largest down, in runs that differ in the last dimension only, so that the
// smaller room of each is read before the case has entered it.
func addToTable(table, room, size []int, coefficient int) {
	last := len(room) - 1
	if size[last] > room[last] {
		return
	}
	run, less := room[last]+1, 0
	for d, n := range size {
		less = less*(room[d]+1) + n
	}
	for first := len(table) - run; first >= 0; first -= run {
		rest, fits := first/run, true
		for d := last - 1; d >= 0; d-- {
			fits = fits && rest%(room[d]+1) >= size[d]
			rest /= room[d] + 1
		}
		if !fits {
			continue
		}
		with := table[first : first+run]
		for n := run - 1; n >= size[last]; n-- {
			with[n] = max(with[n], table[first+n-less]+coefficient)
		}
	}
}
