package link

import (
	"cmp"
	"context"
	"slices"
)

// A component is a set of records that edges or decisions tie together; what is
// joined in one does not depend on any other.
type component struct {
	records []int32 // ascending
	edges   []edge
	must    [][2]int32
}

type edge struct {
	a, b int32
	bits float32
}

// components parts records with edges or decisions into components, in the order
// of their smallest records.
func components(n int, edges []edge, must [][2]int32) []component {
	root := make([]int32, n)
	for i := range root {
		root[i] = int32(i)
	}
	find := func(x int32) int32 {
		for root[x] != x {
			root[x] = root[root[x]]
			x = root[x]
		}
		return x
	}
	unite := func(a, b int32) {
		a, b = find(a), find(b)
		root[max(a, b)] = min(a, b)
	}
	for i := range edges {
		unite(edges[i].a, edges[i].b)
	}
	for _, p := range must {
		unite(p[0], p[1])
	}
	return gather(n, find, edges, must)
}

func gather(n int, find func(int32) int32, edges []edge, must [][2]int32) []component {
	sizes := make([]int32, n) // of components by root, then their number + 1
	for i := range n {
		sizes[find(int32(i))]++
	}
	var list []component
	number := sizes
	for i := range n {
		if size := sizes[i]; size > 1 {
			list = append(list, component{records: make([]int32, 0, size)})
			number[i] = int32(len(list))
		} else {
			number[i] = 0
		}
	}
	of := func(x int32) *component { return &list[number[find(x)]-1] }
	for i := range n {
		if k := number[find(int32(i))]; k > 0 {
			list[k-1].records = append(list[k-1].records, int32(i))
		}
	}
	slices.SortFunc(edges, func(x, y edge) int {
		return cmp.Compare(number[find(x.a)], number[find(y.a)])
	})
	for from := 0; from < len(edges); {
		to, k := from+1, number[find(edges[from].a)]
		for to < len(edges) && number[find(edges[to].a)] == k {
			to++
		}
		list[k-1].edges = edges[from:to:to]
		from = to
	}
	for _, p := range must {
		if p[0] != p[1] {
			c := of(p[0])
			c.must = append(c.must, p)
		}
	}
	return list
}

// linkage joins the records of a component greedily, best pair first, where the
// average weight over all pairs between two clusters is high enough: average
// linkage, so a chain of good pairs between bad ones does not hold.
type linkage struct {
	c         *comparer
	s         *scorer
	threshold float64 // bits
	forbidden map[int32][]int32
	records   []int32
	of        []int32 // cluster of a record; all by place within the component
	members   [][]int32
	matrix    []float32 // weights of all pairs; NaN unknown; for small components
	known     pairTable // the same for large components
	large     bool
	e         evidence
}

// Weights are cut to this range in bits before they are averaged, so that one
// lucky or unlucky pair does not outvote the others.
const (
	cutLow       = -6.0
	cutHigh      = 12.0
	sampled      = 12 // members of a cluster that speak for it
	largestTable = 300
	passes       = 3
	unknownBits  = float32(1e30)
)

// forbid lists, for each record, those that must not be joined with it.
func forbid(cannot [][2]int32) map[int32][]int32 {
	forbidden := make(map[int32][]int32)
	for _, p := range cannot {
		forbidden[p[0]] = append(forbidden[p[0]], p[1])
		forbidden[p[1]] = append(forbidden[p[1]], p[0])
	}
	return forbidden
}

// run gives the clusters of a component, each ascending, ordered by their first.
func (k *linkage) run(ctx context.Context, x *component) ([][]int32, error) {
	k.begin(x)
	for _, p := range x.must {
		k.join(k.of[k.place(p[0])], k.of[k.place(p[1])])
	}
	slices.SortFunc(x.edges, func(p, q edge) int {
		return cmp.Or(cmp.Compare(q.bits, p.bits), cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b))
	})
	for range passes {
		joined := 0
		for i, e := range x.edges {
			if i%256 == 0 && ctx.Err() != nil {
				return k.clusters(), ctx.Err()
			}
			a, b := k.of[k.place(e.a)], k.of[k.place(e.b)]
			if a != b && k.mayJoin(a, b) {
				k.join(a, b)
				joined++
			}
		}
		if joined == 0 {
			break
		}
	}
	return k.clusters(), nil
}

func (k *linkage) begin(x *component) {
	n := len(x.records)
	k.records = x.records
	k.of, k.members = k.of[:0], k.members[:0]
	for i := range n {
		k.of = append(k.of, int32(i))
		k.members = append(k.members, []int32{int32(i)})
	}
	k.matrix, k.large = k.matrix[:0], n > largestTable
	if k.large {
		k.known.reset(2 * len(x.edges))
	} else {
		for range n * n {
			k.matrix = append(k.matrix, unknownBits)
		}
	}
	for _, e := range x.edges {
		k.remember(k.place(e.a), k.place(e.b), e.bits)
	}
}

// place is where a record stands within the component.
func (k *linkage) place(record int32) int32 {
	i, _ := slices.BinarySearch(k.records, record)
	return int32(i)
}

func (k *linkage) remember(x, y int32, bits float32) {
	if k.large {
		k.known.set(pairKey(x, y), bits)
		return
	}
	k.matrix[int(min(x, y))*len(k.records)+int(max(x, y))] = bits
}

func (k *linkage) recall(x, y int32) (float32, bool) {
	if k.large {
		return k.known.get(pairKey(x, y))
	}
	bits := k.matrix[int(min(x, y))*len(k.records)+int(max(x, y))]
	return bits, bits != unknownBits
}

func (k *linkage) join(a, b int32) {
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

func (k *linkage) clusters() [][]int32 {
	var out [][]int32
	for _, m := range k.members {
		if len(m) == 0 {
			continue
		}
		for i := range m {
			m[i] = k.records[m[i]]
		}
		out = append(out, m)
	}
	return out
}

func (k *linkage) mayJoin(a, b int32) bool {
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

func (k *linkage) cut(x, y int32) float64 {
	bits, ok := k.recall(x, y)
	if !ok {
		i, j := k.records[x], k.records[y]
		_, weight := k.s.score(k.c, min(i, j), max(i, j), &k.e)
		bits = float32(weight)
		k.remember(x, y, bits)
	}
	return clamp(float64(bits), cutLow, cutHigh)
}

// apart says that two clusters hold records that somebody decided are not the
// same person, or two members of one household without strong own evidence.
func (k *linkage) apart(a, b int32) bool {
	small, other := a, b
	if len(k.members[small]) > len(k.members[other]) {
		small, other = other, small
	}
	if len(k.forbidden) > 0 {
		for _, r := range k.members[small] {
			for _, q := range k.forbidden[k.records[r]] {
				if i, ok := slices.BinarySearch(k.records, q); ok && k.of[i] == other {
					return true
				}
			}
		}
	}
	if k.c.d.plan.household < 0 {
		return false
	}
	for _, x := range k.members[a] {
		for _, y := range k.members[b] {
			i, j := k.records[x], k.records[y]
			if h := k.c.d.people[i].household; h >= 0 && h == k.c.d.people[j].household && !k.c.strong(i, j) {
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
	c.compare(min(x, y), max(x, y), &e)
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
