package place

import (
	"cmp"
	"context"
	"slices"
)

// candidate is a unit that might gain, with the most that it could bring.
type candidate struct {
	unit int32
	hope float32
}

// minGain, relative to the largest value, keeps rounding errors of float32 from being
// taken for gains.
const minGain = 1e-5

const nobody = -1

// chains raises the value of a plan by ejection chains at fixed prices: a unit goes
// to another place, whom it displaces goes on to the next, until somebody finds
// room or nobody is displaced (Glover 1996). A chain goes on only while it could
// still gain if whoever is displaced found room at the favourite and the room left
// behind were sold at its price; so the prices keep the search short, and a chain
// is accepted on true value alone.
type chains struct {
	ctx    context.Context
	plan   *plan
	d      *dual
	near   *nearby
	budget *budget
	pinned []bool
	// guard, when set, keeps groups' floors.
	guard *floorGuard
	// kicks is how many perturb may try.
	kicks int
	// least is the least gain taken for one; below it is rounding.
	least float32
	// goal is the value that is good enough; 0 is none.
	goal float64
	room room
	// exits lists the guests of each place by size, least costly to send on first.
	exits [][][]guest
	// class numbers each unit's size vector.
	class []int32
	sizes [][]int32
	// trail is the chain so far, best the best one found and bar its gain.
	trail, best []step
	bar         float32
	nodes       int
	// depth and most bound a chain's length and the looks for one.
	depth, most int
	// looked counts the pairs of unit and place that the chain weighed.
	looked int64
	// log holds the moves since it was cleared, and won what they gained.
	log []step
	won float64
}

// step is one move of a chain, to be undone.
type step struct {
	unit     int32
	from, to int32
}

const (
	chainDepth   = 5
	nodesPerSeed = 300
	// The first rounds of a large problem look for short chains, which bring most where
	// places are large. Small ones are packed by long chains.
	shortDepth, shortNodes, shortRounds = 3, 40, 3
	largeUnits, largePlace              = 5_000, 100 // units, and units for each place
	// guestsPerClass are those tried of each size at a place.
	guestsPerClass = 3
)

func newChains(ctx context.Context, p *plan, d *dual, b *budget, workers int) *chains {
	in := p.in
	c := &chains{ctx: ctx, plan: p, d: d, near: newNear(in, d, workers), budget: b, pinned: in.fixed,
		kicks: kicksFor(len(in.members), 0),
		exits: make([][][]guest, in.places),
		class: make([]int32, len(in.members))}
	b.used += int64(len(in.value))
	known := map[string]int32{}
	var key []byte
	for u := range c.class {
		size := in.size[u*in.dims : (u+1)*in.dims]
		key = sizeKey(key, size, 0)
		id, ok := known[string(key)]
		if !ok {
			id = int32(len(c.sizes))
			known[string(key)] = id
			c.sizes = append(c.sizes, size)
		}
		c.class[u] = id
	}
	c.room = newRoom(c.sizes, in)
	most := float32(0)
	for _, x := range c.near.most {
		most = max(most, x)
	}
	c.least = max(minGain*most, 1e-30)
	return c
}

// run repeats rounds until one changes nothing; it says whether the search ended
// by itself.
func (c *chains) run(progress func(stage string, done, total int64)) bool {
	return c.runWhile(progress, 0)
}

// runBriefly ends earlier in a large problem, where a round wins little and kicks that
// follow win more.
func (c *chains) runBriefly(progress func(stage string, done, total int64)) bool {
	if len(c.plan.at) < largeUnits {
		return c.run(progress)
	}
	return c.runWhile(progress, worthARound)
}

// worthARound is how many in a thousand seeds a round should change to be worth another.
const worthARound = 10

// runWhile repeats rounds while one changes something, and at least so many in a
// thousand seeds.
func (c *chains) runWhile(progress func(stage string, done, total int64), perMille int) bool {
	c.list()
	for round := range 60 {
		c.depth, c.most = chainDepth, nodesPerSeed
		if units := len(c.plan.at); round < shortRounds && units >= largeUnits && units >= largePlace*c.plan.in.places {
			c.depth, c.most = shortDepth, shortNodes
		}
		c.log = c.log[:0]
		seeds := c.seeds()
		changed := 0
		vain := map[[2]int32]int{} // of units alike at a place: how many chains were made before one found none
		for k, s := range seeds {
			if k%16 == 0 && (c.ctx.Err() != nil || c.budget.spent()) {
				return false
			}
			key := [2]int32{c.kind(s.unit), c.plan.at[s.unit]}
			if n, tried := vain[key]; tried && n == changed {
				continue
			}
			if c.grow(int(s.unit)) {
				changed++
			} else {
				vain[key] = changed
			}
		}
		if progress != nil {
			progress("improving", int64(changed), int64(len(seeds)))
		}
		if changed += c.admitLeft(); 1000*changed < max(1, perMille*len(seeds)) && c.depth == chainDepth || c.reached() {
			return true
		}
	}
	return false
}

// admitLeft gives those without a place any place with room that they gain from, and
// returns how many got one: the options of a unit may leave out far places.
func (c *chains) admitLeft() int {
	in, n := c.plan.in, 0
	for u, at := range c.plan.at {
		if at != nowhere || c.pinned[u] {
			continue
		}
		best := nowhere
		for i, v := range in.value[u*in.places : (u+1)*in.places] {
			if v > c.least && (best == nowhere || v > c.plan.value(u, best)) && c.plan.fits(u, i) {
				best = i
			}
		}
		if best != nowhere {
			c.move(u, best)
			n++
		}
	}
	return n
}

// seeds are the units that could gain, or could use free room, by hope.
func (c *chains) seeds() []candidate {
	var out []candidate
	for u := range c.plan.at {
		if c.pinned[u] {
			continue
		}
		now := c.regretAt(u, int(c.plan.at[u]))
		room := c.roomFor(c.class[u])
		best := candidate{unit: int32(u), hope: c.least}
		for _, o := range c.near.of(u) {
			if now+room.top-o.regret <= best.hope {
				break
			}
			if hope := now + room.idle[o.place] - o.regret; hope > best.hope && o.place != c.plan.at[u] {
				best.hope = hope
			}
		}
		if best.hope > c.least {
			out = append(out, best)
		}
	}
	c.budget.used += int64(4 * len(c.plan.at))
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(b.hope, a.hope) })
	return out
}

// regretAt is the reduced value that unit u loses at place i against its favourite.
func (c *chains) regretAt(u, i int) float32 {
	if i == nowhere {
		return c.near.most[u]
	}
	return c.near.most[u] - c.d.reducedAt(u, i)
}

// grow looks for the best chain that starts with unit u and makes it.
func (c *chains) grow(u int) bool { return c.growAbove(u, c.least) }

// growAbove asks the chain to gain more than bar.
func (c *chains) growAbove(u int, bar float32) bool {
	p := c.plan
	from := int(p.at[u])
	credit, lost := float32(0), float32(0)
	if from != nowhere {
		credit, lost = c.d.chargeAt(u, from), p.value(u, from)
		p.lift(u)
	}
	c.trail, c.best, c.nodes, c.bar = c.trail[:0], c.best[:0], 0, max(bar, c.least)
	c.looked = 0
	c.push(u, from, -lost, credit, c.depth)
	c.budget.used += c.looked
	if from != nowhere {
		p.put(u, from)
	}
	if len(c.best) == 0 || !c.guard.allows(p, c.best) {
		return false
	}
	// Everybody leaves before anybody comes, so that no place is ever overfull.
	for _, s := range c.best {
		c.move(int(s.unit), nowhere)
	}
	for _, s := range c.best {
		c.move(int(s.unit), int(s.to))
	}
	return true
}

// push finds a place for unit u, which is in hand and came from a place; gain is the
// true value won so far without it, credit what the room left by the first is worth.
func (c *chains) push(u, from int, gain, credit float32, depth int) {
	p := c.plan
	if gain > c.bar { // it stays without a place, and that is a gain all the same
		c.keep(step{int32(u), int32(from), nowhere}, gain)
	}
	hope := gain + c.near.most[u] + credit
	room := c.roomFor(c.class[u])
	c.settle(u, from, gain, hope, room)
	if depth <= 1 {
		return
	}
	for _, o := range c.near.of(u) {
		c.looked++
		if hope+room.top-o.regret <= c.bar || c.nodes >= c.most {
			return
		}
		k := int(o.place)
		if hope+room.idle[k]-o.regret > c.bar && k != from && !p.fits(u, k) {
			c.nodes++
			c.displace(u, k, from, gain+p.value(u, k), credit, depth)
		}
	}
}

// keep notes the trail with one last step as the best so far.
func (c *chains) keep(last step, gain float32) {
	c.best = append(append(c.best[:0], c.trail...), last)
	c.bar = gain
}

// displace puts unit u at place k in another's stead, who goes on.
func (c *chains) displace(u, k, from int, gain, credit float32, depth int) {
	p, in := c.plan, c.plan.in
	for class, guests := range c.exits[k] {
		if len(guests) == 0 || !c.makesRoom(u, class, k) {
			continue
		}
		tried, top := 0, c.roomFor(int32(class)).top
		last := c.kind(int32(u)) // who is like the last one, or u, would only do the same
		for _, g := range guests {
			w := int(g.unit)
			if gain+credit-g.cost+top <= c.bar || tried == guestsPerClass {
				break
			}
			if int(p.at[w]) != k || c.kind(g.unit) == last || c.moved(g.unit) || !c.rowsHold(u, w, k) {
				continue
			}
			tried, last = tried+1, c.kind(g.unit)
			p.lift(w)
			p.put(u, k)
			c.trail = append(c.trail, step{int32(u), int32(from), int32(k)})
			c.push(w, k, gain-in.value[w*in.places+k], credit, depth-1)
			c.trail = c.trail[:len(c.trail)-1]
			p.lift(u)
			p.put(w, k)
			if c.nodes >= c.most {
				return
			}
		}
	}
}

// kind is the first unit that is like u to the search: with floors, nobody but u.
func (c *chains) kind(u int32) int32 {
	if c.guard != nil {
		return u
	}
	return c.plan.in.alike[u]
}

// moved says whether the chain has moved unit u already.
func (c *chains) moved(u int32) bool {
	for _, s := range c.trail {
		if s.unit == u {
			return true
		}
	}
	return false
}

func (c *chains) makesRoom(u, class, i int) bool {
	in := c.plan.in
	gone := c.sizes[class]
	for k, s := range in.size[u*in.dims : (u+1)*in.dims] {
		r := i*in.dims + k
		if s > 0 && c.plan.load[r]+int64(s-gone[k]) > in.limit[r] {
			return false
		}
	}
	return true
}

func (c *chains) rowsHold(u, w, i int) bool {
	in := c.plan.in
	for _, r := range in.rowsAt[i] {
		row := in.places*in.dims + int(r)
		n := in.amount(u, int(r))
		if n > 0 && c.plan.load[row]+n-in.amount(w, int(r)) > in.limit[row] {
			return false
		}
	}
	return true
}
