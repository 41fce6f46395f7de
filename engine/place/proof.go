package place

// Proof shows that no plan is better than Bound where prices alone cannot: it closes
// pairs of case and place that no better plan can use, adds inequalities that every plan
// keeps, and divides what is left into branches, each with prices of its own. Verify
// checks every part from the problem's values. Cases are named by the index of the first
// case of their tie, places by their index.
//
// Where cases have accepted a place, the proof is about the plans that leave them there.
type Proof struct {
	// Value is what a plan must pass to be looked at. Bound is at least this.
	Value float64 `json:"value"`
	// Cuts hold at one place each.
	Cuts []Cut `json:"cuts,omitempty"`
	// Rounds are prices that are asked one after another. After each, a pair is closed
	// when the bound less what the pair loses against the case's best does not pass
	// Value, and so is having no place.
	Rounds []ProofPrices `json:"rounds"`
	// Tree divides the plans that are left, in preorder: a branch on a pair, the part
	// in which the pair is used, the part in which it is not.
	Tree []Branch `json:"tree"`
}

// Cut is Σ coefficient·x ≤ Limit over cases at a place: of any cases that fit into the
// place, the coefficients add up to no more.
type Cut struct {
	Place int `json:"place"`
	// Weights has one entry, at least 0, for each dimension: the cases fit when their
	// weighted sum does. Without weights they fit when they do in every dimension,
	// beside those who have no pair but this place left and must have it.
	Weights []int `json:"weights,omitempty"`
	// After is the number of rounds whose closed pairs the cut presumes.
	After int   `json:"after,omitempty"`
	Cases []int `json:"cases"`
	// Coefficients belong to Cases, each at least 1.
	Coefficients []int `json:"coefficients"`
	Limit        int   `json:"limit"`
}

// Branch is an inner node of the tree when Prices is nil, otherwise a leaf.
type Branch struct {
	Case   int          `json:"case,omitempty"`
	Place  int          `json:"place,omitempty"`
	Prices *ProofPrices `json:"prices,omitempty"`
}

// ProofPrices are the prices above 0 of limits and cuts.
type ProofPrices struct {
	// Limits are numbered place by place, each with its dimensions, then the rows.
	Limits []ProofPrice `json:"limits,omitempty"`
	Cuts   []ProofPrice `json:"cuts,omitempty"`
}

// ProofPrice is one price above 0.
type ProofPrice struct {
	At    int     `json:"at"`
	Price float64 `json:"price"`
}

// sparse lists the prices above 0.
func sparse(prices []float64) []ProofPrice {
	var out []ProofPrice
	for k, x := range prices {
		if x > 0 {
			out = append(out, ProofPrice{k, x})
		}
	}
	return out
}

// rootProof shows the bound of the whole program with its cuts, or nothing when the
// search did not come so far.
func (k *core) rootProof() *Proof {
	if len(k.rounds) < 2 {
		return nil
	}
	k.rounds = k.rounds[:2]
	return k.proofOf(k.value, []Branch{leafOf(k.rounds[1])})
}

func leafOf(p corePrices) Branch {
	return Branch{Prices: &ProofPrices{Limits: sparse(p.limit), Cuts: sparse(p.cut)}}
}

// proofOf writes a proof down with the cuts that it uses.
func (k *core) proofOf(value float64, tree []Branch) *Proof {
	out := &Proof{Value: value, Tree: tree}
	for _, round := range k.rounds {
		out.Rounds = append(out.Rounds, *leafOf(round).Prices)
	}
	now := make([]int, len(k.cuts)) // one more than the cut's new number
	renumber := func(prices *ProofPrices) {
		for n := range prices.Cuts {
			c := prices.Cuts[n].At
			if now[c] == 0 {
				out.Cuts = append(out.Cuts, k.cutOf(c))
				now[c] = len(out.Cuts)
			}
			prices.Cuts[n].At = now[c] - 1
		}
	}
	for n := range out.Rounds {
		renumber(&out.Rounds[n])
	}
	for n := range out.Tree {
		if out.Tree[n].Prices != nil {
			renumber(out.Tree[n].Prices)
		}
	}
	return out
}

func (k *core) cutOf(c int) Cut {
	cut := &k.cuts[c]
	out := Cut{Place: cut.place, Weights: cut.weights, After: cut.after, Limit: cut.limit, Coefficients: cut.coefficients}
	for _, n := range cut.units {
		out.Cases = append(out.Cases, int(k.in.members[k.units[n].unit][0]))
	}
	return out
}
