package route

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
)

// rebuilder improves a plan by large neighbourhood search (Shaw 1998): it takes
// a traveller who pays too much and those who hold the seats that it wants off
// their services, places all of them again from the pool, and keeps what is cheaper.
type rebuilder struct {
	*plan
	pool   *pool
	prices []int64
	random *rand.Rand
	lifted []moved
	plain  bool    // this attempt places by cost alone
	mark   []int32 // by traveller: the attempt that lifted it
	round  int32
	looks  int64
}

func newRebuilder(p *plan, options *pool, prices []int64, seed uint64) *rebuilder {
	return &rebuilder{plan: p, pool: options, prices: prices, mark: make([]int32, len(p.travellers)),
		random: rand.New(rand.NewPCG(seed, 0x2545f4914f6cdd1d))}
}

func (r *rebuilder) lift(i int32) {
	r.mark[i] = r.round
	r.lifted = append(r.lifted, moved{i, slices.Clone(r.journeys[i])})
	r.drop(i)
}

// attempt rebuilds around one traveller and reports whether the plan is cheaper.
func (r *rebuilder) attempt(i int32, most int) bool {
	before := r.total
	r.round++
	r.plain = r.random.IntN(2) == 0
	r.lifted = r.lifted[:0]
	r.lift(i)
	for _, o := range r.pool.options[i] {
		r.clear(o, i, most)
	}
	r.replace()
	if r.total < before {
		return true
	}
	r.takeBack()
	return false
}

// clear lifts some of those who hold seats that the option lacks.
func (r *rebuilder) clear(o option, i int32, most int) {
	for _, e := range r.pool.events(o) {
		r.looks += 8
		if r.room(e, i) {
			continue
		}
		list := r.aboard[e]
		if len(list) == 0 {
			continue
		}
		begin := r.random.IntN(len(list))
		for range len(list) {
			if len(r.lifted) >= most || r.room(e, i) || len(r.aboard[e]) == 0 {
				break
			}
			u := r.aboard[e][begin%len(r.aboard[e])]
			begin++
			if r.mark[u] != r.round && len(r.travellers[u].done) == 0 {
				r.lift(u)
			}
		}
	}
}

// replace puts the lifted on their best options that have room: the first one
// first or the largest first, by lot.
func (r *rebuilder) replace() {
	order := make([]int32, len(r.lifted))
	for at, u := range r.lifted {
		order[at] = u.traveller
	}
	rest := order[1:]
	if r.random.IntN(2) == 0 {
		rest = order
	}
	r.random.Shuffle(len(rest), func(a, b int) { rest[a], rest[b] = rest[b], rest[a] })
	slices.SortStableFunc(rest, func(a, b int32) int { return cmp.Compare(r.travellers[b].seats, r.travellers[a].seats) })
	for _, u := range order {
		r.insert(u)
	}
}

// insert puts an unserved traveller on its best option with room, if any.
func (r *rebuilder) insert(i int32) bool {
	best, least := -1, unreachable
	for at, o := range r.pool.options[i] {
		r.looks += 8 * int64(o.count) // a look here costs several of a scan's
		if o.tooLong || o.cost >= r.travellers[i].penalty || !r.hasRoom(i, r.pool.events(o)) {
			continue
		}
		c := o.cost
		if !r.plain {
			c = r.pool.priced(i, o, r.prices)
		}
		if c < least {
			best, least = at, c
		}
	}
	if best < 0 {
		return false
	}
	r.put(i, r.pool.events(r.pool.options[i][best]))
	return true
}

func (r *rebuilder) takeBack() {
	for _, u := range r.lifted {
		if len(r.journeys[u.traveller]) > 0 {
			r.drop(u.traveller)
		}
	}
	for _, u := range r.lifted {
		r.put(u.traveller, u.journey)
	}
}

// improve works through travellers who pay more than their least cost at the
// prices, those who pay most first, until the budget is spent. Whoever was
// tried in vain rests for some passes.
func (r *rebuilder) improve(ctx context.Context, budget int64, progress func(done, total int64)) bool {
	begin, rest, failed := r.looks, make([]int32, len(r.travellers)), make([]int32, len(r.travellers))
	for pass := int32(0); r.looks-begin < budget; pass++ {
		list := r.worst()
		r.looks += r.pool.size()
		if len(list) == 0 {
			return true
		}
		for at, i := range list {
			if at%64 == 0 {
				if ctx.Err() != nil {
					return false
				}
				progress(r.looks-begin, budget)
			}
			if rest[i] > pass {
				continue
			}
			if r.looks-begin >= budget {
				return true
			}
			if !r.attempt(i, 4+r.random.IntN(28)) {
				failed[i]++
				rest[i] = pass + 1 + failed[i]
			}
		}
	}
	return true
}

func (r *rebuilder) worst() []int32 {
	type entry struct {
		traveller int32
		slack     int64
	}
	var list []entry
	for i := range r.travellers {
		if slack := r.slack(int32(i)); slack > 0 {
			list = append(list, entry{int32(i), slack})
		}
	}
	slices.SortFunc(list, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.slack, a.slack), cmp.Compare(a.traveller, b.traveller))
	})
	order := make([]int32, len(list))
	for i, e := range list {
		order[i] = e.traveller
	}
	return order
}

// slack is what a traveller's best option would save: seats that somebody holds at
// their prices, also those left behind, and seats that nobody holds for nothing. With
// the prices alone nobody would miss a seat that is dear and stays empty.
func (r *rebuilder) slack(i int32) int64 {
	now, least := r.plan.cost[i], r.travellers[i].penalty
	for _, e := range r.journeys[i] {
		now += r.worth(e, i, true)
	}
	for _, o := range r.pool.options[i] {
		if o.tooLong || o.cost >= least {
			continue
		}
		c := o.cost
		for _, e := range r.pool.events(o) {
			c += r.worth(e, i, slices.Contains(r.journeys[i], e))
		}
		least = min(least, c)
	}
	return now - least
}

// worth is the price of the seats that a traveller needs on an event: of all that it
// holds, else of those that are not free.
func (r *rebuilder) worth(e, i int32, holds bool) int64 {
	sum, kinds := int64(0), r.n.kinds
	for k, need := range r.travellers[i].need {
		if need == 0 {
			continue
		}
		at := int(e)*kinds + k
		if !holds {
			need = max(0, need-max(0, r.free[at]))
		}
		sum += int64(need) * r.prices[at]
	}
	return sum
}
