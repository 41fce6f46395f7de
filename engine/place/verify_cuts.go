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
	for d, n := range room {
		if n < 0 {
			return true // nobody fits: no plan is left at all
		}
		all := 0
		for _, c := range cut.Cases {
			all += x.parties[x.at[c]].size[d]
		}
		room[d] = min(n, all) // what the cases cannot fill makes no difference
	}
	table := newNeeds(room, cut.Limit+1)
	if table == nil {
		return false
	}
	for k, c := range cut.Cases {
		if one := &x.parties[x.at[c]]; slices.Contains(one.open, cut.Place) {
			table.add(one.size, cut.Coefficients[k])
		}
	}
	return table.least[len(table.least)-1] > room[table.along]
}

// needs is, for each sum of coefficients or more, and each room in the dimensions other
// than along, the least of along that cases need who fit and reach the sum.
type needs struct {
	room  []int
	along int
	// least has the rooms of each sum one after another; below is, for one of them, the
	// room that is left when a case has come, below 0 when it does not fit.
	least, below []int
}

// newNeeds is the table without cases, in which only the sum 0 is reached; nil when it
// would be too large.
func newNeeds(room []int, sum int) *needs {
	t := &needs{room: room}
	for d, n := range room {
		if n > room[t.along] {
			t.along = d
		}
	}
	states := 1
	for d, n := range room {
		if d != t.along {
			states *= n + 1
		}
		if states > largestTable/(sum+1) {
			return nil
		}
	}
	t.below, t.least = make([]int, states), make([]int, states*(sum+1))
	for n := states; n < len(t.least); n++ {
		t.least[n] = room[t.along] + 1
	}
	return t
}

// add lets one more case come, into every room that it fits.
func (t *needs) add(size []int, coefficient int) {
	for state := range t.below {
		rest, factor, less := state, 1, 0
		for d := len(t.room) - 1; d >= 0; d-- {
			if d == t.along {
				continue
			}
			if rest%(t.room[d]+1) < size[d] {
				less = state + 1
				break
			}
			less += factor * size[d]
			factor *= t.room[d] + 1
			rest /= t.room[d] + 1
		}
		t.below[state] = state - less
	}
	states := len(t.below)
	for at := len(t.least) - states; at > 0; at -= states {
		with, without := t.least[at:at+states], t.least[max(0, at-coefficient*states):]
		for state, below := range t.below {
			if below >= 0 {
				with[state] = min(with[state], without[below]+size[t.along])
			}
		}
	}
}
