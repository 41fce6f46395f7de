package link

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawPostings draws keys of records, few enough that many meet.
func drawPostings(t *rapid.T) (p postings, records int) {
	records = rapid.IntRange(1, 80).Draw(t, "records")
	p = postings{recordBits: 8, parts: make([][]uint64, 1<<partBits)}
	for range rapid.IntRange(0, 400).Draw(t, "postings") {
		key := mix(uint64(rapid.IntRange(0, 40).Draw(t, "key")))
		part := &p.parts[key>>(64-partBits)]
		*part = append(*part, key>>8<<8|uint64(rapid.IntRange(0, records-1).Draw(t, "record")))
	}
	return p, records
}

// TestBlocksAgainstPlainCounting holds that the pairs of blocks are those that a
// count of common keys gives.
func TestBlocksAgainstPlainCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, records := drawPostings(t)
		bounds := BlockBounds{Largest: rapid.IntRange(2, 30).Draw(t, "largest")}
		bounds.Single = rapid.IntRange(2, bounds.Largest).Draw(t, "single")
		byKey := map[uint64]map[int32]bool{}
		for _, part := range p.parts {
			for _, x := range part {
				if byKey[x>>8] == nil {
					byKey[x>>8] = map[int32]bool{}
				}
				byKey[x>>8][p.record(x)] = true
			}
		}
		common := map[[2]int32]int{}
		for _, members := range byKey {
			for i := range members {
				for j := range members {
					if j < i {
						common[[2]int32{i, j}] += bounds.class(len(members))
					}
				}
			}
		}
		p.sort(max(bounds.Largest, largestBlock))
		b, g := p.keep(records, bounds), newGatherer()
		for i := range int32(records) {
			var want []int32
			for j := range i {
				if common[[2]int32{i, j}] >= 2 {
					want = append(want, j)
				}
			}
			got := slices.Sorted(slices.Values(g.before(b, i)))
			if !slices.Equal(got, want) {
				t.Fatalf("record %d meets %v, counted %v", i, got, want)
			}
		}
	})
}

// TestManyMeetings makes the gatherer's table grow.
func TestManyMeetings(t *testing.T) {
	const n = 5000
	p := postings{recordBits: 16, parts: make([][]uint64, 1<<partBits)}
	for i := range uint64(n) {
		p.parts[1] = append(p.parts[1], 1<<(64-partBits)|i, 1<<(64-partBits)|1<<20|i)
	}
	p.sort(0)
	b, g := p.keep(n, BlockBounds{Largest: n, Single: 2}), newGatherer()
	for _, i := range []int32{0, 3, n - 1, n - 2} {
		got := slices.Sorted(slices.Values(g.before(b, i)))
		if len(got) != int(i) || i > 0 && (got[0] != 0 || got[i-1] != i-1) {
			t.Errorf("record %d meets %d records, want all before it", i, len(got))
		}
	}
}

func TestRadixSort(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var list, room []uint64
	for range 3 {
		list = list[:0]
		for range 1<<partDigit + 100 {
			list = append(list, random.Uint64()>>partBits)
		}
		want := slices.Sorted(slices.Values(list))
		if list, room = radixSort(list, room, 0); !slices.Equal(list, want) {
			t.Fatal("the list is not sorted")
		}
	}
}

// odd registers: cells that make unusual levels.
func oddRegister(t *rapid.T) Problem {
	columns := []Column{{"given", GivenName}, {"all", FullName}, {"family", FamilyName}, {"born", BirthDate}, {"sex", Sex},
		{"place", Place}, {"paper", Document}, {"home", Household}}
	words := [][]string{
		{"", "Anna", "Ana", "Hanna", "A", "István", "Stefan", "Nagy", "Béla", "Anna Mária", "Олена"},
		{"", "", "Anna Nagy", "Nagy", "B", "Mária", "Éva Kovács", "Kis Nagy Béla"},
		{"", "Nagy", "Nadj", "Kovács", "Kovach", "Anna", "Kovács Nagy", "N", "Béla", "Коваленко"},
		{"", "1950-05-03", "1950-03-05", "1950-01-01", "1950", "1951-05-03", "1952-01-01", "1950-05", "1905-05-03", "1959-99-99", "1950-05-04"},
		{"", "m", "f"},
		{"", "Győr", "Gyor", "Sopron", "Sopron Győr"},
		{"", "AB1234567", "AB1234568", "XY1111111"},
		{"", "1", "2", "3"},
	}
	var draws []*rapid.Generator[string]
	for _, w := range words {
		draws = append(draws, rapid.SampledFrom(w))
	}
	p := Problem{Columns: columns[:rapid.IntRange(3, len(columns)).Draw(t, "columns")]}
	for i := range rapid.IntRange(2, 25).Draw(t, "records") {
		row := make([]string, len(p.Columns))
		for c := range row {
			row[c] = draws[c].Draw(t, p.Columns[c].Name)
		}
		p.IDs, p.Rows = append(p.IDs, fmt.Sprint(i)), append(p.Rows, row)
	}
	return p
}

// TestBoundHoldsNothingBack compares all pairs of odd registers, and holds that the
// bound lets through all that reach the floor.
func TestBoundHoldsNothingBack(t *testing.T) {
	held := 0
	rapid.Check(t, func(t *rapid.T) {
		p := oddRegister(t)
		r := solvedOdd(t, p)
		pl, err := check(p)
		if err != nil {
			t.Fatal(err)
		}
		d, err := prepareFor(context.Background(), pl, p, &r.Model)
		if err != nil {
			t.Fatal(err)
		}
		d.loadTerms(&r.Model)
		s, floor := newScorer(&r.Model), rapid.Float64Range(-15, 10).Draw(t, "floor")
		b, c, sink := newBound(d, s, floor), newComparer(d, nil), int32(0)
		for i := range int32(len(p.IDs)) {
			var others []int32
			for j := range i {
				others = append(others, j)
			}
			through := b.reachable(i, slices.Clone(others), &sink)
			held += len(others) - len(through)
			want := c.compareAll(s, i, others, floor, nil)
			if got := c.compareAll(s, i, through, floor, nil); !reflect.DeepEqual(got, want) {
				t.Fatalf("record %v: with the bound %v, without %v", p.Rows[i], got, want)
			}
		}
	})
	if held == 0 {
		t.Error("the bound never held a pair back")
	}
}

func solvedOdd(t *rapid.T, p Problem) Result {
	r, err := Solve(context.Background(), p, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
