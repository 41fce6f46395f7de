package link

import (
	"cmp"
	"context"
	"fmt"
	"math/bits"
	"slices"
	"sync"
)

// Index holds a resolved register in memory, ready for single records: Find looks
// for the doubles of a new record without keeping it, Update adds, removes and
// decides. It needs about 400 bytes for each record. Its methods may be called
// from many goroutines; they take turns.
type Index struct {
	lock   sync.Mutex // guards all below
	run    run        // model, options, plan and prepared records; a removed record keeps its place
	s      *scorer
	c      *comparer
	floor  float64
	keys   keyTable
	ids    []string
	rows   [][]string
	places map[string]int32 // of records by id; removed ones are not in it
	gone   []bool
	near   map[int32][]edge // pairs from the floor upwards, without households, by either record
	must   map[int32][]int32
	cannot map[int32][]int32
	sure   map[uint64]map[uint64]bool // sure pairs by pair of households
	house  map[int32][]int32          // members of households
	of     []int32                    // cluster: its smallest record
	mates  map[int32][]int32          // members of clusters of more than one
	person []string                   // stable id of the person of each record
	names  map[string]bool            // ids of persons that are not those of all their records
	seen   []uint64                   // see visit
	turn   uint64
}

// keyTable finds the records that have a key: those of the beginning in sorted
// arrays, later ones in a map.
type keyTable struct {
	hashes  []uint64
	starts  []uint32
	members []int32
	later   map[uint64][]int32
}

func newKeyTable(ctx context.Context, d *prepared) (keyTable, error) {
	p, err := collect(ctx, d, keptBits)
	if err != nil {
		return keyTable{}, err
	}
	p.sort(0)
	t := keyTable{later: make(map[uint64][]int32), members: make([]int32, 0, p.size())}
	p.each(func(before int, run []uint64) {
		t.hashes = append(t.hashes, run[0]>>keptBits)
		t.starts = append(t.starts, uint32(before))
		for _, x := range run {
			t.members = append(t.members, p.record(x))
		}
	})
	t.starts = append(t.starts, uint32(len(t.members)))
	return t, nil
}

// keptBits is cut from the keys of an Index, so that it may grow to as many bits
// of records and still holds the same keys as at its beginning.
const keptBits = 24

// of gives the records with a key, removed ones included, in two ascending lists.
func (t *keyTable) of(key uint64) (old, later []int32) {
	key >>= keptBits
	if i, found := slices.BinarySearch(t.hashes, key); found {
		old = t.members[t.starts[i]:t.starts[i+1]]
	}
	return old, t.later[key]
}

// NewIndex makes an index of a register and its result.
func NewIndex(ctx context.Context, problem Problem, result Result) (*Index, error) {
	p, err := check(problem)
	if err != nil {
		return nil, fmt.Errorf("indexing a register: %w", err)
	}
	if len(result.Clusters) != len(problem.IDs) || len(result.Model.Fields) != p.fields {
		return nil, fmt.Errorf("indexing a register: the result does not answer this problem")
	}
	if bits.Len(uint(len(problem.IDs))) > keptBits {
		return nil, fmt.Errorf("indexing a register: %d records are more than an index holds", len(problem.IDs))
	}
	model := result.Model
	x := &Index{run: run{problem: Problem{Columns: problem.Columns, AgeYear: problem.AgeYear}, plan: p, options: Options{Model: &model}.filled(len(problem.Rows))},
		ids: slices.Clone(problem.IDs), rows: slices.Clone(problem.Rows), places: placesOf(problem, nil), s: newScorer(&model), floor: logit(ReviewFloor),
		gone: make([]bool, len(problem.IDs)), seen: make([]uint64, len(problem.IDs)), person: persons(problem, result)}
	if x.run.d, err = prepareFor(ctx, p, problem, &model); err != nil {
		return nil, fmt.Errorf("indexing a register: %w", err)
	}
	x.run.result.Model = model
	x.run.d.loadTerms(&model)
	if x.keys, err = newKeyTable(ctx, x.run.d); err != nil {
		return nil, fmt.Errorf("indexing a register: %w", err)
	}
	x.decide(problem)
	x.takeClusters(result)
	x.nameOthers()
	if err := x.takePairs(ctx, problem, result); err != nil {
		return nil, fmt.Errorf("indexing a register: %w", err)
	}
	return x, nil
}

func (x *Index) decide(problem Problem) {
	link := func(list []Pair) map[int32][]int32 {
		near := make(map[int32][]int32)
		for _, p := range list {
			a, b := x.places[p.A], x.places[p.B]
			near[a] = append(near[a], b)
			near[b] = append(near[b], a)
		}
		return near
	}
	x.must, x.cannot = link(problem.Must), link(problem.Cannot)
}

func (x *Index) takeClusters(result Result) {
	x.of, x.mates = make([]int32, len(result.Clusters)), make(map[int32][]int32)
	for i, c := range result.Clusters {
		x.of[i] = int32(c)
		if c != i {
			if len(x.mates[int32(c)]) == 0 {
				x.mates[int32(c)] = append(x.mates[int32(c)], int32(c))
			}
			x.mates[int32(c)] = append(x.mates[int32(c)], int32(i))
		}
	}
}

// takePairs takes the pairs that the result states. With households the result
// leaves out pairs that households spoke against, so all are compared again.
func (x *Index) takePairs(ctx context.Context, problem Problem, result Result) error {
	x.near = make(map[int32][]edge)
	if x.run.plan.kinField < 0 {
		x.c = newComparer(x.run.d, nil)
		for i := range result.Pairs {
			p := &result.Pairs[i]
			x.tie(edge{int32(p.A), int32(p.B), p.Weight})
		}
		return nil
	}
	x.run.kin = &kinship{by: make(map[uint64]uint64)}
	x.c = newComparer(x.run.d, x.run.kin)
	x.sure, x.house = make(map[uint64]map[uint64]bool), x.run.d.householdMembers()
	b, err := buildBlocks(ctx, x.run.d, x.run.options.Work, result.Model.Blocks)
	if err != nil {
		return err
	}
	pairs, _, whole := comparePairs(ctx, x.run.d, b, x.s, x.run.options, all, x.floor)
	if !whole {
		return ctx.Err()
	}
	for i := range pairs {
		bits, _ := x.s.bits(&pairs[i])
		x.tie(edge{pairs[i].a, pairs[i].b, float32(bits)})
	}
	return nil
}

// tie keeps an edge at both its records, and what it says of their households.
func (x *Index) tie(e edge) {
	x.near[e.a] = append(x.near[e.a], e)
	x.near[e.b] = append(x.near[e.b], e)
	if key, ok := x.households(e.a, e.b); ok && e.bits >= sureBits {
		if x.sure[key] == nil {
			x.sure[key] = make(map[uint64]bool)
		}
		x.sure[key][pairKey(e.a, e.b)] = true
		x.kinOf(key)
	}
}

// untie forgets the edge of two records.
func (x *Index) untie(e edge) {
	for _, r := range []int32{e.a, e.b} {
		x.near[r] = slices.DeleteFunc(x.near[r], func(f edge) bool { return f.a == e.a && f.b == e.b })
	}
	if key, ok := x.households(e.a, e.b); ok && x.sure[key] != nil {
		delete(x.sure[key], pairKey(e.a, e.b))
		x.kinOf(key)
	}
}

// households gives the pair of known, different households of two records.
func (x *Index) households(a, b int32) (uint64, bool) {
	if x.house == nil {
		return 0, false
	}
	h, g := x.run.d.people[a].household, x.run.d.people[b].household
	return pairKey(h, g), h >= 0 && g >= 0 && h != g
}

// kinOf sets what is known of a pair of households from its sure pairs.
func (x *Index) kinOf(key uint64) {
	switch by := x.sure[key]; len(by) {
	case 0:
		delete(x.run.kin.by, key)
		delete(x.sure, key)
	case 1:
		for one := range by {
			x.run.kin.by[key] = one
		}
	default:
		x.run.kin.by[key] = severalMembers
	}
}

// persons gives the stable id of each record's person.
func persons(problem Problem, result Result) []string {
	if len(result.Persons) == len(problem.IDs) {
		return slices.Clone(result.Persons)
	}
	return namePersons(problem.IDs, result.Clusters)
}

func namePersons(ids []string, clusters []int) []string {
	list := make([]string, len(ids))
	for i, c := range clusters {
		list[i] = ids[c]
	}
	return list
}

// Match is a record that may be the same person as the one asked for.
type Match struct {
	ID     string
	Person string // stable id of its person
	Pair   ScoredPair
}

// Row gives the row of a record as the index holds it.
func (x *Index) Row(id string) (row []string, found bool) {
	x.lock.Lock()
	defer x.lock.Unlock()
	i, found := x.places[id]
	if !found {
		return nil, false
	}
	return slices.Clone(x.rows[i]), true
}

// Person gives the stable id of a record's person; "" of one that is not in the register.
func (x *Index) Person(id string) string {
	x.lock.Lock()
	defer x.lock.Unlock()
	i, found := x.places[id]
	if !found {
		return ""
	}
	return x.person[i]
}

// Find gives the records that may be the same person as a row, the likeliest
// first, at most so many and none below ReviewFloor. The row is not kept. What
// the rest of two households says is not asked.
func (x *Index) Find(row []string, most int) ([]Match, error) {
	if len(row) != len(x.run.problem.Columns) {
		return nil, fmt.Errorf("finding a record: the row has %d cells for %d columns", len(row), len(x.run.problem.Columns))
	}
	x.lock.Lock()
	defer x.lock.Unlock()
	i := x.put(row)
	defer x.run.d.truncate(int(i))
	var found []edge
	for _, j := range x.candidates(i, nil) {
		if bits := x.weigh(j, i); bits >= x.floor {
			found = append(found, edge{j, i, float32(bits)})
		}
	}
	slices.SortFunc(found, func(a, b edge) int { return cmp.Or(cmp.Compare(b.bits, a.bits), cmp.Compare(a.a, b.a)) })
	var list []Match
	plain := &comparer{d: x.run.d, names: x.c.names, values: x.c.values}
	for _, e := range found[:min(len(found), max(most, 0))] {
		p := detail(plain, x.s, e.a, i, x.run.result.Model.Threshold, make([]FieldScore, x.s.fields))
		list = append(list, Match{ID: x.ids[e.a], Person: x.person[e.a], Pair: p})
	}
	return list, nil
}

// weigh compares two records without their households.
func (x *Index) weigh(i, j int32) float64 {
	var e evidence
	x.c.kin = nil
	_, bits := x.s.score(x.c, i, j, &e)
	x.c.kin = x.run.kin
	return bits
}

// put reads a row as the next record.
func (x *Index) put(row []string) int32 {
	d, m := x.run.d, &x.run.result.Model
	tokens, values := len(d.tokens), make([]int, len(d.texts))
	for s := range d.texts {
		values[s] = len(d.texts[s])
	}
	d.add(row)
	for t := tokens; t < len(d.tokens); t++ {
		d.loadToken(m, t)
		d.loadForms(m, t)
	}
	for s, from := range values {
		for v := from; v < len(d.texts[s]); v++ {
			d.loadValue(m, s, v)
		}
	}
	i := int32(len(d.people) - 1)
	d.loadBirth(m, &d.people[i])
	return i
}
