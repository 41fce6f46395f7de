package place

import (
	"context"
	"math"
)

// core is the exact search of a small problem: a linear program over the pairs that are
// left (Dantzig 1957), tightened by lifted cover inequalities of each place's knapsacks
// (Gu, Nemhauser and Savelsbergh 1998), closing pairs by their reduced costs, then
// branch and bound. Each bound is recomputed from prices alone, so the program is not
// trusted.
type core struct {
	ctx context.Context
	in  *instance
	// limit is what the accepted cases leave of each limit, base what they are worth.
	limit []float64
	base  float64
	units []coreUnit
	cuts  []coreCut
	// rounds are the prices that closed pairs.
	rounds []corePrices
	// value is that of the plan at hand, or of best, which was found here.
	value float64
	best  *found
	work  int64
	most  int64
}

// coreUnit is a unit with the pairs that are left to it.
type coreUnit struct {
	unit  int
	pairs []corePair
	// idle is what the unit loses without a place; must says that it needs one.
	idle float64
	must bool
}

// corePair is a place, the unit's value there and what it loses there against its best
// at the prices of the last round.
type corePair struct {
	place       int
	value, loss float64
}

// corePrices are prices of all limits and of cuts.
type corePrices struct{ limit, cut []float64 }

// newCore prepares the search beside a plan; nil when an accepted case is not where it
// must be, which leaves nothing to prove.
func newCore(ctx context.Context, p *plan, most int64) *core {
	in := p.in
	k := &core{ctx: ctx, in: in, limit: make([]float64, len(in.limit)), most: most}
	for r, n := range in.limit {
		k.limit[r] = float64(n)
	}
	for u := range in.members {
		if in.fixed[u] {
			if p.at[u] == nowhere {
				return nil
			}
			k.base += in.exactValue(u, int(p.at[u]))
			in.addShare(k.limit, u, int(p.at[u]), -1)
		}
	}
	for u := range in.members {
		if in.fixed[u] {
			continue
		}
		unit := coreUnit{unit: u}
		for i := range in.places {
			if v := in.value[u*in.places+i]; v != closedValue && v > 0 && k.fitsAlone(u, i) {
				unit.pairs = append(unit.pairs, corePair{place: i, value: in.exactValue(u, i)})
			}
		}
		if len(unit.pairs) > 0 {
			k.units = append(k.units, unit)
		}
	}
	return k
}

// fitsAlone says whether the unit fits beside the accepted cases.
func (k *core) fitsAlone(u, i int) bool {
	in := k.in
	for d, s := range in.size[u*in.dims : (u+1)*in.dims] {
		if float64(s) > k.limit[i*in.dims+d] {
			return false
		}
	}
	for _, r := range in.rowsAt[i] {
		if float64(in.amount(u, int(r))) > k.limit[in.places*in.dims+int(r)] {
			return false
		}
	}
	return true
}

// charges is what each unit would be charged for cuts at each place.
func (k *core) charges(cut []float64) []float64 {
	out := make([]float64, len(k.units)*k.in.places)
	for c, price := range cut {
		if price <= 0 {
			continue
		}
		for x, u := range k.cuts[c].units {
			out[int(u)*k.in.places+k.cuts[c].place] += price * float64(k.cuts[c].coefficients[x])
		}
	}
	return out
}

// ask recomputes the bound at some prices and what each pair loses.
func (k *core) ask(p corePrices) float64 {
	in, total, cut := k.in, k.base, k.charges(p.cut)
	for r, x := range p.limit {
		total += x * k.limit[r]
	}
	for c, x := range p.cut {
		total += x * float64(k.cuts[c].limit)
	}
	for n := range k.units {
		unit := &k.units[n]
		best := math.Inf(-1)
		if !unit.must {
			best = 0
		}
		for q := range unit.pairs {
			pair := &unit.pairs[q]
			left := pair.value - cut[n*in.places+pair.place]
			for d, s := range in.size[unit.unit*in.dims : (unit.unit+1)*in.dims] {
				left -= float64(s) * p.limit[pair.place*in.dims+d]
			}
			for _, r := range in.rowsAt[pair.place] {
				left -= float64(in.amount(unit.unit, int(r))) * p.limit[in.places*in.dims+int(r)]
			}
			pair.loss = left
			best = max(best, left)
		}
		for q := range unit.pairs {
			unit.pairs[q].loss = best - unit.pairs[q].loss
		}
		unit.idle = best
		total += best
	}
	return total
}

// close drops the pairs that lose at least room, and says how many are left.
func (k *core) close(room float64) (left int) {
	for n := range k.units {
		unit := &k.units[n]
		kept := unit.pairs[:0:0]
		for _, pair := range unit.pairs {
			if pair.loss < room {
				kept = append(kept, pair)
			}
		}
		unit.must = unit.must || unit.idle >= room
		unit.pairs = kept
		left += len(kept)
	}
	return left
}

// copyUnits is for a search that closes more than is proven yet.
func (k *core) copyUnits() []coreUnit {
	out := make([]coreUnit, len(k.units))
	copy(out, k.units)
	return out
}

// spend counts work and says whether some is left.
func (k *core) spend(n int64) bool {
	k.work += n
	return k.work < k.most && k.ctx.Err() == nil
}
