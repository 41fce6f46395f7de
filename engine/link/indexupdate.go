package link

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// touched collects what a change reaches.
type touched struct {
	keys    map[uint64]int // how much a block grew
	records map[int32]bool // whose pairs or constraints may have changed
	houses  map[int32]bool
	removed map[int32]bool
	added   map[int32]bool
}

// Update makes a change: records come or go, people decide. The clusters are then
// those that Solve gives with the same model for all records. It gives what became
// of persons. A refused change changes nothing.
func (x *Index) Update(ctx context.Context, change Change) ([]Event, error) {
	x.lock.Lock()
	defer x.lock.Unlock()
	if err := x.accept(change); err != nil {
		return nil, fmt.Errorf("updating links: %w", err)
	}
	t := touched{map[uint64]int{}, map[int32]bool{}, map[int32]bool{}, map[int32]bool{}, map[int32]bool{}}
	for _, id := range change.Remove {
		x.remove(id, &t)
	}
	for k, id := range change.AddIDs {
		x.append(id, change.AddRows[k], &t)
	}
	x.redecide(change, &t)
	x.repair(&t)
	return x.rejoin(ctx, &t), nil
}

// accept refuses a change that cannot be made.
func (x *Index) accept(c Change) error {
	if len(c.AddIDs) != len(c.AddRows) {
		return fmt.Errorf("%d new ids for %d new rows", len(c.AddIDs), len(c.AddRows))
	}
	removed, known := map[string]bool{}, map[string]bool{}
	for _, id := range c.Remove {
		if _, ok := x.places[id]; !ok || removed[id] {
			return fmt.Errorf("the record %q to remove is not in the register", id)
		}
		removed[id] = true
	}
	for k, id := range c.AddIDs {
		if _, ok := x.places[id]; ok && !removed[id] || known[id] {
			return fmt.Errorf("the new record %q has an id that is in use", id)
		}
		if len(c.AddRows[k]) != len(x.run.problem.Columns) {
			return fmt.Errorf("the new record %q has %d cells for %d columns", id, len(c.AddRows[k]), len(x.run.problem.Columns))
		}
		known[id] = true
	}
	for _, p := range append(slices.Clone(c.Must), c.Cannot...) {
		for _, id := range []string{p.A, p.B} {
			if _, ok := x.places[id]; !known[id] && (!ok || removed[id]) {
				return fmt.Errorf("a decision names the record %q, which is not in the register", id)
			}
		}
	}
	return x.consistent(c, removed)
}

// consistent refuses decisions that would contradict each other.
func (x *Index) consistent(c Change, removed map[string]bool) error {
	p := Change{Before: Problem{Must: x.pairsOf(x.must), Cannot: x.pairsOf(x.cannot)}, Must: c.Must, Cannot: c.Cannot, Withdraw: c.Withdraw, Remove: c.Remove}.After()
	root := map[string]string{}
	var find func(id string) string
	find = func(id string) string {
		if up, ok := root[id]; ok {
			root[id] = find(up)
			return root[id]
		}
		return id
	}
	for _, m := range p.Must {
		if a, b := find(m.A), find(m.B); a != b {
			root[a] = b
		}
	}
	for _, n := range p.Cannot {
		if find(n.A) == find(n.B) {
			return fmt.Errorf("%w: %q and %q are decided not to be the same, but other decisions make them the same: withdraw one", errContradiction, n.A, n.B)
		}
	}
	return nil
}

// pairsOf lists decisions, each once, in a fixed order.
func (x *Index) pairsOf(near map[int32][]int32) []Pair {
	var keys []uint64
	for a, list := range near {
		for _, b := range list {
			if a <= b {
				keys = append(keys, pairKey(a, b))
			}
		}
	}
	slices.Sort(keys)
	var pairs []Pair
	for _, k := range slices.Compact(keys) {
		pairs = append(pairs, Pair{x.ids[int32(k>>32)], x.ids[int32(uint32(k))]})
	}
	return pairs
}

func (x *Index) remove(id string, t *touched) {
	i := x.places[id]
	for _, key := range x.keysOf(i) {
		t.keys[key]--
	}
	for _, e := range slices.Clone(x.near[i]) {
		x.untie(e)
		x.mark(i, e.a+e.b-i, t)
	}
	x.edges(i, func(e edge) { t.records[e.a+e.b-i] = true })
	for _, decisions := range []map[int32][]int32{x.must, x.cannot} {
		// The list itself changes where a record is decided to be the same as itself.
		for _, j := range slices.Clone(decisions[i]) {
			t.records[j] = true
			decisions[j] = slices.DeleteFunc(decisions[j], func(k int32) bool { return k == i })
		}
		delete(decisions, i)
	}
	x.touchHouse(i, t)
	if h := x.run.d.people[i].household; x.house != nil && h >= 0 {
		x.house[h] = slices.DeleteFunc(x.house[h], func(k int32) bool { return k == i })
	}
	for _, j := range x.members(i) {
		t.records[j] = true
	}
	delete(x.places, id)
	x.gone[i], t.removed[i] = true, true
}

func (x *Index) append(id string, row []string, t *touched) {
	i := x.put(row)
	x.ids, x.rows, x.gone, x.seen = append(x.ids, id), append(x.rows, row), append(x.gone, false), append(x.seen, 0)
	x.of, x.person = append(x.of, i), append(x.person, "")
	x.places[id] = i
	for _, key := range x.keysOf(i) {
		t.keys[key]++
		x.keys.later[key>>keptBits] = append(x.keys.later[key>>keptBits], i)
	}
	if h := x.run.d.people[i].household; x.house != nil && h >= 0 {
		x.house[h] = append(x.house[h], i)
		x.touchHouse(i, t)
	}
	t.records[i], t.added[i] = true, true
}

// touchHouse marks the household of a record and those that share a member with
// it: whether they count as households depends on their size.
func (x *Index) touchHouse(i int32, t *touched) {
	if h := x.run.d.people[i].household; x.house != nil && h >= 0 {
		t.houses[h] = true
	}
}

func (x *Index) redecide(c Change, t *touched) {
	drop := func(near map[int32][]int32, a, b int32) {
		near[a] = slices.DeleteFunc(near[a], func(k int32) bool { return k == b })
		near[b] = slices.DeleteFunc(near[b], func(k int32) bool { return k == a })
	}
	for _, p := range c.Withdraw {
		a, okA := x.places[p.A]
		b, okB := x.places[p.B]
		if okA && okB {
			drop(x.must, a, b)
			drop(x.cannot, a, b)
			t.records[a], t.records[b] = true, true
		}
	}
	add := func(near map[int32][]int32, list []Pair) {
		for _, p := range list {
			a, b := x.places[p.A], x.places[p.B]
			near[a], near[b] = append(near[a], b), append(near[b], a)
			t.records[a], t.records[b] = true, true
		}
	}
	add(x.must, c.Must)
	add(x.cannot, c.Cannot)
}

// repair finds the pairs of new records, and of all records in blocks that say more
// than before, and drops pairs that met only in blocks that say less.
func (x *Index) repair(t *touched) {
	bounds := x.run.result.Model.Blocks
	again := maps.Clone(t.added)
	for _, key := range slices.Sorted(maps.Keys(t.keys)) {
		grown := t.keys[key]
		members, _ := x.live(key, bounds.Largest+max(grown, -grown)+1)
		switch now, before := bounds.class(len(members)), bounds.class(len(members)-grown); {
		case now < before:
			x.partBlock(members, t)
		case now > before:
			for _, i := range members {
				again[i] = true
			}
		}
	}
	list := make([]int32, 0, len(again))
	for i := range again {
		list = append(list, i)
	}
	slices.Sort(list)
	for _, i := range list {
		x.pairAgain(i, t)
	}
	x.spreadHouses(t)
}

// partBlock drops the pairs within a block that do not meet in others.
func (x *Index) partBlock(members []int32, t *touched) {
	for _, i := range members {
		for _, e := range slices.Clone(x.near[i]) {
			if e.a != i {
				continue
			}
			if _, inside := slices.BinarySearch(members, e.b); inside && !x.meet(e.a, e.b) {
				x.untie(e)
				x.mark(e.a, e.b, t)
			}
		}
	}
}

// meet says that two records share two blocks or one that is small.
func (x *Index) meet(i, j int32) bool {
	bounds, other := x.run.result.Model.Blocks, x.keysOf(j)
	met := 0
	for _, key := range x.keysOf(i) {
		if _, both := slices.BinarySearch(other, key); both {
			members, _ := x.live(key, bounds.Largest+1)
			met += bounds.class(len(members))
		}
	}
	return met >= 2
}

// pairAgain brings the edges of a record up to date.
func (x *Index) pairAgain(i int32, t *touched) {
	if x.gone[i] {
		return
	}
	wanted := map[int32]bool{}
	for _, j := range x.candidates(i, nil) {
		wanted[j] = true
	}
	for _, e := range slices.Clone(x.near[i]) {
		j := e.a + e.b - i
		if wanted[j] {
			delete(wanted, j)
			continue
		}
		x.untie(e)
		x.mark(i, j, t)
	}
	fresh := make([]int32, 0, len(wanted))
	for j := range wanted {
		fresh = append(fresh, j)
	}
	slices.Sort(fresh)
	for _, j := range fresh {
		a, b := min(i, j), max(i, j)
		if bits := x.weigh(a, b); bits >= x.floor {
			x.tie(edge{a, b, float32(bits)})
			x.mark(i, j, t)
		}
	}
}

func (x *Index) mark(i, j int32, t *touched) {
	t.records[i], t.records[j] = true, true
	x.touchHouse(i, t)
	x.touchHouse(j, t)
}

// spreadHouses marks all members of touched households and of those that share,
// or shared, a member with them.
func (x *Index) spreadHouses(t *touched) {
	for h := range t.houses {
		for _, i := range x.house[h] {
			t.records[i] = true
			for _, e := range x.near[i] {
				for _, j := range x.house[x.run.d.people[e.a+e.b-i].household] {
					t.records[j] = true
				}
			}
		}
	}
}

// members lists the records of one cluster.
func (x *Index) members(i int32) []int32 {
	if list := x.mates[x.of[i]]; len(list) > 0 {
		return list
	}
	return []int32{i}
}
