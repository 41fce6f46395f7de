package place

import (
	"math/rand/v2"
)

// Kicks end when their number is reached, or when so many in a row, for each unit that
// is worse off than it could be, changed nothing.
const (
	mostKicks = 24_000
	// With more units than this kicks are fewer, by the square: each takes longer and
	// wins a smaller part.
	kickedUnits = 9_800
	updateKicks = 1_500
	// kicksBeforeProof are few: a proof takes no longer than they do.
	kicksBeforeProof = 400
	kicksInVain      = 40
	leastInVain      = 4_000
	kicksBetween     = 128
)

// kicksEach is the least for each unit where whoever asks states the work, which then
// is what ends the search.
const kicksEach = 4

// kicksFor is how many kicks so many units are given; work is what was asked for.
func kicksFor(units int, work int64) int {
	if work > 0 {
		return max(mostKicks, kicksEach*units)
	}
	share := min(1, kickedUnits/float64(max(1, units)))
	return int(mostKicks * share * share)
}

// perturb repeats small kicks: a unit is forced to a place that it would gain from, or
// into free room, whoever is in the way goes out, and chains mend the rest (iterated
// local search: Lourenço, Martin and Stützle 2003). A kick that ends no better is taken
// back. It says whether the search ended by itself.
func (c *chains) perturb(seed uint64, progress func(stage string, done, total int64)) bool {
	draw := rand.New(rand.NewPCG(seed, 0x6b69636b))
	var sore []candidate
	vain := 0
	for k := range c.kicks {
		if k%kicksBetween == 0 {
			if c.ctx.Err() != nil || c.budget.spent() {
				return false
			}
			if c.reached() {
				return true
			}
			c.lookAgain()
			if sore = c.seeds(); len(sore) == 0 || vain > max(min(leastInVain, 25*len(c.plan.at)), kicksInVain*len(sore)) {
				return true
			}
			if progress != nil {
				progress("refining", int64(k), int64(c.kicks))
			}
		}
		vain++
		// Seeds stand by hope: the best of three is drawn.
		s := sore[min(draw.IntN(len(sore)), draw.IntN(len(sore)), draw.IntN(len(sore)))]
		if c.kick(int(s.unit), draw) {
			vain = 0
		}
	}
	return true
}

// kick forces unit u to a place where it would lose less and mends the plan.
func (c *chains) kick(u int, draw *rand.Rand) bool {
	options := c.near.of(u)
	now, top := c.regretAt(u, int(c.plan.at[u])), c.roomFor(c.class[u]).top
	n := 0
	for n < len(options) && options[n].regret < now+top {
		n++
	}
	if n == 0 {
		return false
	}
	to := int(options[draw.IntN(n)].place)
	if to == int(c.plan.at[u]) {
		return false
	}
	c.log, c.won = c.log[:0], 0
	short := c.guard.short()
	hands := c.force(u, to, draw)
	draw.Shuffle(len(hands), func(a, b int) { hands[a], hands[b] = hands[b], hands[a] })
	for range 2 {
		for _, h := range hands {
			c.grow(h)
		}
	}
	c.grow(u)
	if c.won >= -float64(c.least) && c.guard.short() <= short {
		return c.won > float64(c.least)
	}
	c.undoTo(0)
	return false
}

// force puts unit u at a place and returns who had to leave.
func (c *chains) force(u, to int, draw *rand.Rand) []int {
	p := c.plan
	c.move(u, nowhere)
	var out []int
	for !p.fits(u, to) {
		guests := p.guests[to]
		if len(guests) == 0 {
			break
		}
		best, least := nobody, float32(0)
		for range 24 {
			w := int(guests[draw.IntN(len(guests))])
			if c.pinned[w] {
				continue
			}
			if cost := c.exitCost(w, to) * (0.5 + draw.Float32()); best == nobody || cost < least {
				best, least = w, cost
			}
		}
		if best == nobody {
			break
		}
		c.move(best, nowhere)
		out = append(out, best)
	}
	if p.fits(u, to) {
		c.move(u, to)
	}
	if p.at[u] == nowhere {
		out = append(out, u)
	}
	return out
}
