package names

import (
	"cmp"
	"slices"
)

// Hit is one found name.
type Hit struct {
	Item   int     // position in the list given to NewIndex
	Weight float64 // bits, as Matcher.Compare
}

// Index finds names among many. It never changes after NewIndex and may be used
// by many goroutines.
type Index struct {
	m     *Matcher
	items []*Prepared
	byKey map[uint64][]int32
}

// NewIndex prepares the names, in any scripts, for searching. It keeps about
// 500 bytes for each name.
func (m *Matcher) NewIndex(list []string) *Index {
	x := &Index{m: m, items: make([]*Prepared, len(list)), byKey: make(map[uint64][]int32)}
	for i, name := range list {
		x.items[i] = m.Prepare(name)
		for _, key := range x.items[i].Keys() {
			x.byKey[key] = append(x.byKey[key], int32(i))
		}
	}
	return x
}

// Search gives up to k names, the best first; equal weights in the order of the
// list. The query may be in any script and its words in any order.
func (x *Index) Search(query string, k int) []Hit {
	q := x.m.Prepare(query)
	seen := make(map[int32]bool)
	var hits []Hit
	for _, key := range q.Keys() {
		for _, i := range x.byKey[key] {
			if !seen[i] {
				seen[i] = true
				hits = append(hits, Hit{Item: int(i), Weight: x.m.Compare(q, x.items[i])})
			}
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Item, b.Item))
	})
	return hits[:min(max(k, 0), len(hits))]
}
