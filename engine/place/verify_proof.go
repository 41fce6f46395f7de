package place

import (
	"math"
	"slices"
)

// proofAudit recomputes a proof: the pairs that are left after each round, each cut, and
// the bound of every leaf.
type proofAudit struct {
	a *audit
	// limit is what accepted cases leave of each limit, base what they are worth.
	limit   []float64
	base    float64
	parties []openParty
	// at is the party of a first case.
	at map[int]int
}

// openParty is a party without an accepted place and the places that are left to it.
type openParty struct {
	cases []int
	// size has one entry for each dimension.
	size  []int
	open  []int
	value []float64 // by place
	must  bool
}

// largestTable bounds the rooms that the check of one cut may go through.
const largestTable = 1 << 23

// provenBound is the bound that the proof shows.
func (a *audit) provenBound() (float64, error) {
	proof := a.r.Proof
	if !isFinite(proof.Value) {
		return 0, finding("the proof is about plans above %v", proof.Value)
	}
	x := &proofAudit{a: a, at: map[int]int{}}
	if err := x.prepare(); err != nil {
		return 0, err
	}
	for n := range proof.Rounds {
		if err := x.checkCuts(n); err != nil {
			return 0, err
		}
		if err := x.closeBy(&proof.Rounds[n], n); err != nil {
			return 0, err
		}
	}
	if err := x.checkCuts(len(proof.Rounds)); err != nil {
		return 0, err
	}
	most, next, err := x.walk(0, 0)
	if err != nil {
		return 0, err
	}
	if next != len(proof.Tree) {
		return 0, finding("the proof's tree has %d nodes, %d belong to it", len(proof.Tree), next)
	}
	if most <= proof.Value+slackOf(proof.Value) {
		return proof.Value, nil
	}
	return most, nil
}

// prepare takes the accepted cases aside and lists the open places of the others.
func (x *proofAudit) prepare() error {
	p, dims := x.a.p, len(x.a.p.Dimensions)
	for i := range p.Places {
		for _, n := range p.Places[i].Capacity {
			x.limit = append(x.limit, float64(n))
		}
	}
	for k := range p.Rows {
		x.limit = append(x.limit, float64(p.Rows[k].Limit))
	}
	free := x.a.party[:0:0]
	for _, party := range x.a.party {
		if !slices.ContainsFunc(party, func(c int) bool { return p.Cases[c].Fixed != "" }) {
			free = append(free, party)
			continue
		}
		i := x.a.where[party[0]]
		if i < 0 {
			return finding("the proof leaves accepted cases where they are, and case %q has no place", p.Cases[party[0]].ID)
		}
		x.base += x.valueOf(party, i)
		x.uses(party, i, func(r int, n float64) { x.limit[r] -= n })
	}
	for _, party := range free {
		one := openParty{cases: party, size: make([]int, dims), value: make([]float64, len(p.Places))}
		for _, c := range party {
			for d, n := range p.Cases[c].Size {
				one.size[d] += n
			}
		}
		for i := range p.Places {
			fits := x.a.couldHold(party, i)
			x.uses(party, i, func(r int, n float64) { fits = fits && n <= x.limit[r] })
			if one.value[i] = x.valueOf(party, i); fits && one.value[i] > 0 {
				one.open = append(one.open, i)
			}
		}
		x.at[party[0]] = len(x.parties)
		x.parties = append(x.parties, one)
	}
	return nil
}

func (x *proofAudit) valueOf(party []int, i int) float64 {
	sum := 0.0
	for _, c := range party {
		sum += x.a.p.Weight(c) * (x.a.p.Score(c, i) + x.a.p.PlacingBonus)
	}
	return sum
}

// uses tells what a party takes of each limit at place i.
func (x *proofAudit) uses(party []int, i int, tell func(limit int, n float64)) {
	p, dims := x.a.p, len(x.a.p.Dimensions)
	for _, c := range party {
		for d, n := range p.Cases[c].Size {
			if n > 0 {
				tell(i*dims+d, float64(n))
			}
		}
	}
	for k := range p.Rows {
		if !x.a.rowPlaces[k][i] {
			continue
		}
		d, sum := slices.Index(p.Dimensions, p.Rows[k].Dimension), 0
		for _, c := range party {
			if x.a.counted(k, c) {
				sum += p.Cases[c].Size[d]
			}
		}
		if sum > 0 {
			tell(len(p.Places)*dims+k, float64(sum))
		}
	}
}

// charge is what each party pays at each place at some prices, and the sum of what the
// limits and cuts are worth. Cuts that presume later rounds have no price.
func (x *proofAudit) charge(prices *ProofPrices, round int) (pay [][]float64, worth float64, err error) {
	proof, price := x.a.r.Proof, make([]float64, len(x.limit))
	for _, one := range prices.Limits {
		if one.At < 0 || one.At >= len(price) || !isFinite(one.Price) || one.Price < 0 {
			return nil, 0, finding("the proof's price %v of limit %d is none", one.Price, one.At)
		}
		price[one.At] += one.Price
		worth += one.Price * x.limit[one.At]
	}
	pay = make([][]float64, len(x.parties))
	for n := range x.parties {
		pay[n] = make([]float64, len(x.a.p.Places))
		for _, i := range x.parties[n].open {
			x.uses(x.parties[n].cases, i, func(r int, amount float64) { pay[n][i] += amount * price[r] })
		}
	}
	for _, one := range prices.Cuts {
		if one.At < 0 || one.At >= len(proof.Cuts) || proof.Cuts[one.At].After > round || !isFinite(one.Price) || one.Price < 0 {
			return nil, 0, finding("the proof's price %v of cut %d is none", one.Price, one.At)
		}
		cut := &proof.Cuts[one.At]
		worth += one.Price * float64(cut.Limit)
		for k, c := range cut.Cases {
			pay[x.at[c]][cut.Place] += one.Price * float64(cut.Coefficients[k])
		}
	}
	return pay, worth, nil
}

// most is the highest that a party has left after paying, over its open places.
func (one *openParty) most(pay []float64) float64 {
	best := 0.0
	if one.must {
		best = math.Inf(-1)
	}
	for _, i := range one.open {
		best = max(best, one.value[i]-pay[i])
	}
	return best
}

// bound adds up what limits, accepted cases and all parties come to.
func (x *proofAudit) bound(pay [][]float64, worth float64) float64 {
	total := x.base + worth
	for n := range x.parties {
		total += x.parties[n].most(pay[n])
	}
	return total
}

// closeBy closes the pairs that no plan above the proof's value uses.
func (x *proofAudit) closeBy(prices *ProofPrices, round int) error {
	pay, worth, err := x.charge(prices, round)
	if err != nil {
		return err
	}
	bound := x.bound(pay, worth)
	enough := x.a.r.Proof.Value + slackOf(x.a.r.Proof.Value)
	for n := range x.parties {
		one := &x.parties[n]
		others := bound - one.most(pay[n])
		one.must = one.must || others <= enough
		one.open = slices.DeleteFunc(one.open, func(i int) bool { return others+one.value[i]-pay[n][i] <= enough })
	}
	return nil
}

// walk bounds the part of the tree that begins at a node, and gives the node after it.
func (x *proofAudit) walk(at, depth int) (most float64, next int, err error) {
	tree := x.a.r.Proof.Tree
	if at >= len(tree) || depth > deepest+1 {
		return 0, at, finding("the proof's tree ends or is too deep at node %d", at)
	}
	node := &tree[at]
	if node.Prices != nil {
		pay, worth, err := x.charge(node.Prices, len(x.a.r.Proof.Rounds))
		if err != nil {
			return 0, at, err
		}
		return x.bound(pay, worth), at + 1, nil
	}
	n, ok := x.at[node.Case]
	if !ok || node.Place < 0 || node.Place >= len(x.a.p.Places) {
		return 0, at, finding("the proof's tree divides by case %d at place %d", node.Case, node.Place)
	}
	whole := x.parties[n]
	used := slices.DeleteFunc(slices.Clone(whole.open), func(i int) bool { return i != node.Place })
	x.parties[n].open, x.parties[n].must = used, true
	first, next, err := x.walk(at+1, depth+1)
	if err != nil {
		return 0, at, err
	}
	x.parties[n].open, x.parties[n].must = slices.DeleteFunc(slices.Clone(whole.open), func(i int) bool { return i == node.Place }), whole.must
	second, next, err := x.walk(next, depth+1)
	x.parties[n] = whole
	return max(first, second), next, err
}

// boundBy is the bound that a proof shows beside a plan.
func boundBy(p *Problem, proof *Proof, r *Result) (float64, error) {
	with := *r
	with.Proof = proof
	a := newAudit(p, &with)
	if err := a.lines(); err != nil {
		return 0, err
	}
	return a.provenBound()
}
