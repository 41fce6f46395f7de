package place

// VerifyWishes checks the plan chosen like Verify does, the loss that it was allowed, its
// rank, and the least rank, whose bound is recomputed from its prices. Errors are Verify's.
func VerifyWishes(problem Problem, w Wishes) error {
	if err := Verify(problem, w.Result); err != nil {
		return err
	}
	if len(w.Frontier) == 0 || w.Chosen >= len(w.Frontier) {
		return finding("point %d of the frontier is chosen, it has %d", w.Chosen, len(w.Frontier))
	}
	keep := w.Frontier[0].Value * (1 - w.Allowed)
	if w.Result.Value < keep && !near(w.Result.Value, keep) {
		return finding("the plan is worth %v, and was to keep %v", w.Result.Value, keep)
	}
	if w.Chosen >= 0 {
		if rank := meanRank(&problem, w.Result); !near(rank, w.Frontier[w.Chosen].MeanRank) {
			return finding("the mean rank is %v, the frontier states %v", rank, w.Frontier[w.Chosen].MeanRank)
		}
	}
	return auditRank(&problem, w, keep)
}

func meanRank(p *Problem, r Result) float64 {
	index, sum, n := map[PlaceID]int{}, 0, 0
	for i := range p.Places {
		index[p.Places[i].ID] = i
	}
	for c, a := range r.Assignments {
		if len(p.Cases[c].Preferences) == 0 {
			continue
		}
		n++
		if a.Place == "" {
			sum += len(p.Cases[c].Preferences) + 1
		} else {
			sum += p.Rank(c, index[a.Place])
		}
	}
	return float64(sum) / float64(max(1, n))
}

// auditRank recomputes the rank that no plan of at least that value comes below.
func auditRank(p *Problem, w Wishes, keep float64) error {
	proof := w.RankProof
	if proof == nil {
		if w.LeastRank > 1 {
			return finding("a least rank of %v is stated without its proof", w.LeastRank)
		}
		return nil
	}
	if !isFinite(proof.Weight) || proof.Weight <= 0 {
		return finding("a rank is worth %v in the proof, must be above 0", proof.Weight)
	}
	scored, stated, ranks := wishing(p, proof.Weight)
	if err := scored.Check(); err != nil {
		return err
	}
	a := newAudit(&scored, &Result{Prices: proof.Prices})
	if err := a.prices(); err != nil {
		return err
	}
	if least := leastRank(a.pricedBound(), keep, proof.Weight, stated, ranks); least < w.LeastRank && !near(least, w.LeastRank) {
		return finding("no plan comes below a mean rank of %v, the result states %v", least, w.LeastRank)
	}
	return nil
}
