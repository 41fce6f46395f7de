package place

import (
	"context"
	"math"
)

// The exact search is made for problems with few pairs, and gives up after so much work
// (about 2 ns each).
const (
	mostExactPairs = 40_000
	mostExactWork  = 3_000_000_000
	leastExactWork = 2_000_000
)

// provable says whether the exact search is made for the problem.
func (in *instance) provable() bool { return len(in.value) > 0 && len(in.value) <= mostExactPairs }

// exact replaces the plan by the best one if it can prove that in the budget, and
// returns the proof; if it cannot, the proof shows a lower bound than prices alone. It is
// nil when there is nothing to show.
func exact(ctx context.Context, p *plan, d *dual, b *budget) (proof *Proof, done bool) {
	work := min(mostExactWork, b.limit-b.used)
	if !p.in.provable() || work < leastExactWork || ctx.Err() != nil {
		return nil, false
	}
	k := newCore(ctx, p, work)
	if k == nil {
		return nil, false
	}
	s := k.prove(p, d)
	b.used += min(k.work, k.most)
	k.apply(p)
	if s == nil {
		return k.rootProof(), false
	}
	return k.proofOf(s.best, s.tree), true
}

// Shares of the distance that cuts have closed, by which a search first guesses how far
// below its bound the best plan lies, and by which the guess grows.
const (
	wideGuess   = 0.45
	narrowGuess = 0.25
	guessGrowth = 2.5
	// leastGuess is a share of what lies between the bound and the plan at hand.
	leastGuess = 0.02
)

// Rounds of cuts: of the whole program, of one narrowed by a guess.
const (
	wideRounds   = 25
	narrowRounds = 20
)

// prove looks for the best plan and its proof. It guesses that the best plan lies close
// below the bound, which closes most pairs, and searches what is left: if a plan turns
// up, it is the best of all, since any plan above the guess keeps to those pairs.
func (k *core) prove(p *plan, d *dual) *search {
	value := p.exactValue()
	k.value = value
	first := corePrices{limit: d.price}
	bound := k.ask(first)
	if bound <= value+slackOf(value) {
		return &search{best: value, tree: []Branch{leafOf(first)}}
	}
	k.closeBy(first, bound, value)
	r := newRelaxation(k, k.copyUnits(), nil)
	loose := 0.0
	if r.solve(r.root) {
		loose = r.objective(r.root)
		r.tighten(r.root, wideRounds, value, 0.003)
	}
	if r.hopeless(r.root) {
		return r.closed(value)
	}
	if loose == 0 || !k.spend(0) {
		return nil
	}
	prices := r.prices(r.root)
	bound = k.ask(prices)
	k.rounds = append(k.rounds, prices)
	if bound <= k.value+slackOf(k.value) {
		return &search{best: k.value, tree: []Branch{leafOf(prices)}}
	}
	for room := max(wideGuess*(loose-bound), leastGuess*(bound-value)); ; room *= guessGrowth {
		target := max(bound-room, k.value)
		if s := k.attempt(r, bound, target); s != nil || target <= k.value || !k.spend(0) {
			return s
		}
	}
}

// closeBy closes pairs by a bound at some prices.
func (k *core) closeBy(prices corePrices, bound, target float64) int {
	k.rounds = append(k.rounds, prices)
	return k.close(bound - target)
}

// guess closes what does not pass the target, sharpens what is left and looks at it.
// Unless something is found, what was closed is open again.
func (k *core) guess(before *relaxation, bound, target float64, look func(r *relaxation, now float64) *search) *search {
	units, rounds := k.copyUnits(), len(k.rounds)
	k.close(bound - target)
	r, now, ok := k.sharpen(before.root.inForce(), target)
	if ok && now <= target && target <= k.value {
		return r.closed(target)
	}
	if ok && now > target {
		if s := look(r, now); s != nil {
			return s
		}
	}
	k.units, k.rounds = units, k.rounds[:rounds]
	return nil
}

// attempt looks for a plan above the target, with a guess in between.
func (k *core) attempt(before *relaxation, bound, target float64) *search {
	return k.guess(before, bound, target, func(r *relaxation, now float64) *search {
		r.dive(r.root)
		for room := max(narrowGuess*(bound-now), leastGuess*(now-target)); k.spend(0); room *= guessGrowth {
			target = max(target, k.value)
			narrow := max(now-room, target)
			if s := k.decide(r, now, narrow); s != nil || narrow == target {
				return s
			}
		}
		return nil
	})
}

// sharpen brings the bound of what is left down by cuts and closes pairs again, as long
// as that pays.
func (k *core) sharpen(cuts []int, target float64) (r *relaxation, bound float64, ok bool) {
	left := k.close(math.Inf(1))
	for {
		r = newRelaxation(k, k.copyUnits(), cuts)
		r.joint = true
		if !r.solve(r.root) || !r.tighten(r.root, narrowRounds, target, 0.02) || !k.spend(0) {
			return r, target, r.hopeless(r.root)
		}
		prices := r.prices(r.root)
		bound = k.ask(prices)
		before := left
		left = k.closeBy(prices, bound, target)
		if bound <= target || left > before*7/10 {
			return r, bound, true
		}
		cuts = r.root.inForce()
	}
}

// decide searches for a plan above the target through branches.
func (k *core) decide(before *relaxation, bound, target float64) *search {
	return k.guess(before, bound, target, func(r *relaxation, now float64) *search {
		s := &search{r: r, best: target}
		s.tree = s.explore(r.root)
		if !s.failed && s.best == k.value {
			return s
		}
		return nil
	})
}

// closed is the search of a program whose bound shows that no plan passes the value.
func (r *relaxation) closed(value float64) *search {
	prices := r.prices(r.root)
	if r.hopeless(r.root) {
		prices = r.impossible(r.root, value)
	}
	return &search{r: r, best: value, tree: []Branch{leafOf(prices)}}
}
