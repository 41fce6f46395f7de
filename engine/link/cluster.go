package link

import (
	"cmp"
	"context"
	"slices"
)

// clusterer joins records greedily, best pair first, where the average weight
// over all pairs between two clusters is high enough: average linkage, so a
// chain of good pairs between bad ones does not hold.
type clusterer struct {
	c         *comparer
	s         *scorer
	threshold float64 // bits
	of        []int32 // cluster of a record
	members   [][]int32
	forbidden map[int32][]int32
	known     map[uint64]float32
}

// Weights are cut to this range in bits before they are averaged, so that one
// lucky or unlucky pair does not outvote the others.
const (
	cutLow  = -6.0
	cutHigh = 12.0
	sampled = 12 // members of a cluster that speak for it
)

func newClusterer(c *comparer, s *scorer, threshold float64, must, cannot [][2]int32) *clusterer {
	n := len(c.d.people)
	k := &clusterer{c: c, s: s, threshold: logit(threshold), of: make([]int32, n), members: make([][]int32, n),
		forbidden: make(map[int32][]int32), known: make(map[uint64]float32)}
	for i := range n {
		k.of[i] = int32(i)
		k.members[i] = []int32{int32(i)}
	}
	for _, p := range must {
		k.join(k.of[p[0]], k.of[p[1]])
	}
	for _, p := range cannot {
		k.forbidden[p[0]] = append(k.forbidden[p[0]], p[1])
		k.forbidden[p[1]] = append(k.forbidden[p[1]], p[0])
	}
	return k
}

func (k *clusterer) join(a, b int32) {
	if a == b {
		return
	}
	if a > b {
		a, b = b, a
	}
	for _, r := range k.members[b] {
		k.of[r] = a
	}
	k.members[a] = append(k.members[a], k.members[b]...)
	slices.Sort(k.members[a])
	k.members[b] = nil
}

type edge struct {
	a, b int32
	bits float32
}

func (k *clusterer) run(ctx context.Context, edges []edge) error {
	slices.SortFunc(edges, func(x, y edge) int {
		if c := cmp.Compare(y.bits, x.bits); c != 0 {
			return c
		}
		if c := cmp.Compare(x.a, y.a); c != 0 {
			return c
		}
		return cmp.Compare(x.b, y.b)
	})
	for i := range edges {
		k.known[pairKey(edges[i].a, edges[i].b)] = edges[i].bits
	}
	const passes = 3
	for pass := range passes {
		joined := 0
		for i, e := range edges {
			if i%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			a, b := k.of[e.a], k.of[e.b]
			if a != b && k.mayJoin(a, b) {
				k.join(a, b)
				joined++
			}
		}
		if joined == 0 || pass == passes-1 {
			break
		}
	}
	return nil
}

func (k *clusterer) mayJoin(a, b int32) bool {
	if k.apart(a, b) {
		return false
	}
	left, right := spread(k.members[a]), spread(k.members[b])
	sum := 0.0
	for _, x := range left {
		for _, y := range right {
			sum += k.cut(x, y)
		}
	}
	return sum/float64(len(left)*len(right)) >= k.threshold
}

// spread takes up to sampled members, evenly spaced.
func spread(members []int32) []int32 {
	if len(members) <= sampled {
		return members
	}
	some := make([]int32, sampled)
	for i := range some {
		some[i] = members[i*len(members)/sampled]
	}
	return some
}

func (k *clusterer) cut(x, y int32) float64 {
	key := pairKey(x, y)
	bits, ok := k.known[key]
	if !ok {
		var e evidence
		k.c.compare(min(x, y), max(x, y), &e)
		packed := k.s.pack(x, y, &e)
		weight, _ := k.s.bits(&packed)
		bits = float32(weight)
		k.known[key] = bits
	}
	return clamp(float64(bits), cutLow, cutHigh)
}

// apart says that two clusters hold records that somebody decided are not the
// same person, or two members of one household without strong own evidence.
func (k *clusterer) apart(a, b int32) bool {
	small, other := a, b
	if len(k.members[small]) > len(k.members[other]) {
		small, other = other, small
	}
	for _, r := range k.members[small] {
		for _, q := range k.forbidden[r] {
			if k.of[q] == other {
				return true
			}
		}
	}
	house := k.c.d.household
	if house == nil {
		return false
	}
	for _, x := range k.members[a] {
		for _, y := range k.members[b] {
			if house[x] >= 0 && house[x] == house[y] && !k.c.strong(x, y) {
				return true
			}
		}
	}
	return false
}

// strong says that two records of one household agree so well in what is a
// person's own that one person was written down twice: given name and full
// birth date, or a document number.
func (c *comparer) strong(x, y int32) bool {
	var e evidence
	c.compare(x, y, &e)
	p := &c.d.plan
	for f, column := range p.simple {
		if p.kinds[column] == Document && e.levels[p.simpleField+f] == valueSame {
			return true
		}
	}
	if p.givenField < 0 || p.birthField < 0 {
		return false
	}
	given, birth := e.levels[p.givenField], e.levels[p.birthField]
	return (given == nameSame || given == nameForm || given == nameSound) && birth == birthSame && c.d.people[x].birth.precise()
}
