package place

import (
	"cmp"
	"math"
	"slices"
)

// coreCut is Σ coefficient·x ≤ limit over units of the core at a place, by weights or,
// without them, by all dimensions after the given number of rounds.
type coreCut struct {
	place        int
	weights      []int
	after        int
	units        []int32
	coefficients []int
	limit        int
}

// knapsackItem is a unit that could be at a place: its weight and how much of it the
// linear program puts there.
type knapsackItem struct {
	unit   int32
	weight int
	share  float64
}

// leastViolation is how far a cut must lie above its limit.
const leastViolation = 1e-3

// coverWork is what the search for covers of a knapsack costs for each item.
const coverWork = 60

// separate finds cuts that the solution breaks. share gives, for each place, the units
// that could be there and how much of each is.
func (k *core) separate(share [][]knapsackItem, price []float64) []coreCut {
	var out []coreCut
	for i, items := range share {
		for _, weights := range k.knapsacks(i, price) {
			out = append(out, k.coversAt(i, weights, items)...)
		}
	}
	return out
}

// knapsacks lists the weights by which covers are looked for at place i: each dimension
// alone, all of them together, and by their prices.
func (k *core) knapsacks(i int, price []float64) [][]int {
	dims := k.in.dims
	var out [][]int
	dearest, priced := 0.0, 0
	for d := range dims {
		alone := make([]int, dims)
		alone[d] = 1
		out = append(out, alone)
		if x := price[i*dims+d]; x > 0 {
			priced++
			dearest = max(dearest, x)
		}
	}
	if dims == 1 || priced < 2 {
		return out
	}
	for _, fine := range []float64{2, 6} {
		joint := make([]int, dims)
		for d := range dims {
			if x := price[i*dims+d]; x > 0 {
				joint[d] = max(1, int(math.Round(fine*x/dearest)))
			}
		}
		out = append(out, joint)
	}
	return out
}

// coversAt looks for broken lifted covers of one knapsack.
func (k *core) coversAt(i int, weights []int, items []knapsackItem) []coreCut {
	in, room, load := k.in, 0, 0.0
	for d, w := range weights {
		room += w * int(k.limit[i*in.dims+d])
	}
	own := make([]knapsackItem, 0, len(items))
	heaviest := 0
	for _, it := range items {
		u := k.units[it.unit].unit
		for d, s := range in.size[u*in.dims : (u+1)*in.dims] {
			it.weight += weights[d] * int(s)
		}
		if it.weight > 0 {
			own = append(own, it)
			load += it.share * float64(it.weight)
			heaviest = max(heaviest, it.weight)
		}
	}
	if load < float64(room-heaviest) {
		return nil
	}
	k.work += int64(coverWork * len(own))
	var out []coreCut
	for order := range 3 {
		cover := chooseCover(own, room, order)
		if cover == nil {
			continue
		}
		l := &lifting{room: room, items: own, in: cover, place: i, weights: weights}
		if cut, ok := l.cut(); ok && !slices.ContainsFunc(out, func(c coreCut) bool {
			return slices.Equal(c.units, cut.units) && slices.Equal(c.coefficients, cut.coefficients)
		}) {
			out = append(out, cut)
		}
	}
	return out
}

// ranked is an item on its way into a cover.
type ranked struct {
	key          float64
	weight, item int
}

// chooseCover marks the items of a minimal cover, which does not fit into the room:
// those with the largest share first, the heaviest, or those that miss least of the cut
// for their weight. It is nil when all items with a share fit: an item without one would
// take a whole share from what the solution misses of the cut.
func chooseCover(items []knapsackItem, room, order int) []bool {
	index := make([]ranked, 0, len(items))
	for n, it := range items {
		key := it.share
		switch {
		case it.share <= leastShare:
			continue
		case order == 1:
			key = it.share * float64(it.weight)
		case order == 2:
			key = (it.share - 1) / float64(it.weight)
		}
		index = append(index, ranked{key, it.weight, n})
	}
	slices.SortFunc(index, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.key, a.key), cmp.Compare(b.weight, a.weight), a.item-b.item)
	})
	in, sum, last := make([]bool, len(items)), 0, -1
	for at, x := range index {
		in[x.item] = true
		if sum += x.weight; sum > room {
			last = at
			break
		}
	}
	if last < 0 {
		return nil
	}
	for at := last; at >= 0; at-- {
		if x := index[at]; sum-x.weight > room {
			in[x.item] = false
			sum -= x.weight
		}
	}
	return in
}

// lifting turns a cover into a cut that holds for all items.
type lifting struct {
	place   int
	weights []int
	room    int
	items   []knapsackItem
	in      []bool
	// least is the smallest weight by which items with coefficients add up to t or more.
	least []int
	limit int
	out   coreCut
	left  float64
}

// Shares that count as whole, and as none.
const (
	wholeShare = 1 - 1e-6
	leastShare = 1e-9
)

// cut lifts in the usual order: fractions outside the cover, then what stands wholly in
// it, then the rest. It says whether the solution breaks the cut.
func (l *lifting) cut() (coreCut, bool) {
	l.out = coreCut{place: l.place, weights: l.weights}
	var whole, outside, rest, part []int
	for n, it := range l.items {
		switch {
		case l.in[n] && it.share >= wholeShare:
			whole = append(whole, n)
			l.room -= it.weight
		case l.in[n]:
			part = append(part, n)
		case it.share > leastShare:
			outside = append(outside, n)
		default:
			rest = append(rest, n)
		}
	}
	if len(part) == 0 {
		return l.out, false
	}
	slices.SortStableFunc(part, func(a, b int) int { return cmp.Compare(l.items[a].weight, l.items[b].weight) })
	l.least, l.limit = append(make([]int, 0, 64), 0), len(part)-1
	for _, n := range part {
		l.add(n, 1)
	}
	slices.SortStableFunc(outside, func(a, b int) int { return cmp.Compare(l.items[b].share, l.items[a].share) })
	l.up(outside)
	for _, n := range whole {
		l.down(n)
	}
	if l.left <= float64(l.limit)+leastViolation {
		return l.out, false
	}
	l.up(rest)
	l.out.limit = l.limit
	return l.out, true
}

// reach is the most that coefficients can add up to within some room.
func (l *lifting) reach(room int) int {
	at, _ := slices.BinarySearch(l.least, room+1)
	return at - 1
}

// add enters an item with its coefficient.
func (l *lifting) add(n, coefficient int) {
	it := l.items[n]
	l.out.units = append(l.out.units, it.unit)
	l.out.coefficients = append(l.out.coefficients, coefficient)
	l.left += it.share * float64(coefficient)
	top := len(l.least) - 1
	for t := top + 1; t <= top+coefficient; t++ {
		l.least = append(l.least, l.least[max(0, t-coefficient)]+it.weight)
	}
	for t := top; t > 0; t-- {
		l.least[t] = min(l.least[t], l.least[max(0, t-coefficient)]+it.weight)
	}
}

func (l *lifting) up(list []int) {
	for _, n := range list {
		weight := l.items[n].weight
		coefficient := l.limit
		if weight <= l.room {
			coefficient = l.limit - l.reach(l.room-weight)
		}
		if coefficient > 0 {
			l.add(n, coefficient)
		}
	}
}

// down lifts an item that was held at the place, and gives its room back.
func (l *lifting) down(n int) {
	l.room += l.items[n].weight
	coefficient := l.reach(l.room) - l.limit
	if coefficient > 0 {
		l.limit += coefficient
		l.add(n, coefficient)
	}
}
