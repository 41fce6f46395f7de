package link

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func indexed(t interface{ Fatal(...any) }, p Problem, r Result) *Index {
	x, err := NewIndex(context.Background(), p, r)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// spare gives rows like those of a few households of the register, to be added
// later: so few that their blocks grow beyond the bounds.
func spare(p Problem) [][]string {
	var rows [][]string
	for i, row := range p.Rows[:9] {
		again := slices.Clone(row)
		switch i % 3 {
		case 0:
			again[2] = row[2][:4]
		case 1:
			again[0], again[3] = "", ""
		}
		again[4] = []string{"", "C1", "C2"}[i%3]
		rows = append(rows, row, again)
	}
	return rows
}

// drawChange draws records that come and go and decisions about them.
func drawChange(t *rapid.T, p Problem, rows [][]string, turn int) Change {
	c := Change{Before: p}
	for k := range rapid.IntRange(0, 6).Draw(t, "added") {
		c.AddIDs = append(c.AddIDs, fmt.Sprintf("n%d-%d", turn, k))
		c.AddRows = append(c.AddRows, rapid.SampledFrom(rows).Draw(t, "row"))
	}
	for range rapid.IntRange(0, 6).Draw(t, "removed") {
		if id := rapid.SampledFrom(append(p.IDs[:min(len(p.IDs), 14):14], p.IDs[len(p.IDs)*3/4:]...)).Draw(t, "remove"); !slices.Contains(c.Remove, id) {
			c.Remove = append(c.Remove, id)
		}
	}
	free := func(label string) string {
		return rapid.SampledFrom(p.IDs).Filter(func(id string) bool { return !slices.Contains(c.Remove, id) }).Draw(t, label)
	}
	for range rapid.IntRange(0, 3).Draw(t, "decisions") {
		switch pair := (Pair{free("a"), free("b")}); rapid.IntRange(0, 2).Draw(t, "kind") {
		case 0:
			c.Must = append(c.Must, pair)
		case 1:
			c.Cannot = append(c.Cannot, pair)
		default:
			c.Withdraw = append(c.Withdraw, append(append(p.Must, p.Cannot...), pair)[0])
		}
	}
	return c
}

// TestUpdatesEqualOneRun changes a register step by step and holds that clusters
// and pairs are those of one run on all its records.
func TestUpdatesEqualOneRun(t *testing.T) {
	for _, households := range []bool{true, false} {
		p, _ := register(21, 36, 0.5)
		if !households {
			p.Columns = slices.Clone(p.Columns)
			p.Columns[4].Kind = Ignore
		}
		learned := solved(t, p, Options{Seed: 1}).Model
		learned.Blocks = BlockBounds{Largest: 5, Single: 3} // so small that blocks cross them
		start := solved(t, p, Options{Model: &learned})
		rows := spare(p)
		rapid.Check(t, func(t *rapid.T) {
			x, q := indexed(t, p, start), p
			for turn := range 4 {
				c := drawChange(t, q, rows, turn)
				_, err := x.Update(context.Background(), c)
				full, fullErr := Solve(context.Background(), c.After(), Options{Model: &learned})
				if (err != nil) != (fullErr != nil) {
					t.Fatalf("the update says %v, the full run %v", err, fullErr)
				}
				if err != nil {
					continue // a contradiction, and nothing has changed
				}
				q = c.After()
				problem, got := x.Result()
				if !reflect.DeepEqual(problem.IDs, q.IDs) || !reflect.DeepEqual(got.Clusters, full.Clusters) {
					t.Fatalf("clusters differ from a full run:\n%v\n%v", got.Clusters, full.Clusters)
				}
				comparePairLists(t, got.Pairs, full.Pairs)
				if err := Verify(problem, got); err != nil {
					t.Fatal(err)
				}
				if !samePartition(got.Persons, got.Clusters) {
					t.Fatalf("persons %v are not the clusters %v", got.Persons, got.Clusters)
				}
			}
		})
	}
}

func comparePairLists(t *rapid.T, got, want []ScoredPair) {
	if len(got) != len(want) {
		t.Fatalf("%d pairs, a full run has %d", len(got), len(want))
	}
	for i := range got {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Fatalf("pair %+v, a full run has %+v", got[i], want[i])
		}
	}
}

func samePartition(persons []string, clusters []int) bool {
	of, by := map[string]int{}, map[int]string{}
	for i, p := range persons {
		c, seen := of[p]
		q, named := by[clusters[i]]
		if seen && c != clusters[i] || named && q != p {
			return false
		}
		of[p], by[clusters[i]] = clusters[i], p
	}
	return true
}

func TestPersonsKeepTheirIDs(t *testing.T) {
	p, _ := register(22, 200, 0.4)
	r := solved(t, p, Options{Seed: 1})
	var twice ScoredPair
	for _, x := range r.Pairs {
		if x.Verdict == Same && r.Clusters[x.A] == x.A {
			twice = x
		}
	}
	a, b := p.IDs[twice.A], p.IDs[twice.B]
	x := indexed(t, p, r)
	steps := []struct {
		name   string
		change Change
		want   []Event
		person string // of b afterwards
	}{
		{"parted", Change{Cannot: []Pair{{a, b}}}, []Event{{Split, b, []string{a}, []string{b}}}, b},
		{"joined again", Change{Withdraw: []Pair{{a, b}}}, []Event{{Merged, a, []string{b}, []string{b}}, {Kind: Ended, Person: b}}, a},
		{"first record removed", Change{Remove: []string{a}}, nil, a},
		{"same id, another row", Change{AddIDs: []string{a}, AddRows: [][]string{{"Zzyzx", "Qwrt", "1800-05-05", "", "", ""}}}, []Event{{Created, a + "'", nil, []string{a}}}, a},
		{"back", Change{AddIDs: []string{"new"}, AddRows: [][]string{p.Rows[twice.A]}}, []Event{{Joined, a, nil, []string{"new"}}}, a},
	}
	for _, s := range steps {
		events, err := x.Update(context.Background(), s.change)
		if err != nil {
			t.Fatal(s.name, err)
		}
		if !reflect.DeepEqual(events, s.want) {
			t.Errorf("%s: events %+v, want %+v", s.name, events, s.want)
		}
		problem, after := x.Result()
		if got := after.Persons[slices.Index(problem.IDs, b)]; got != s.person {
			t.Errorf("%s: the person of %s is %s, want %s", s.name, b, got, s.person)
		}
	}
}

func TestIndexRefuses(t *testing.T) {
	p, _ := register(23, 30, 0.4)
	r := solved(t, p, Options{Seed: 1})
	x := indexed(t, p, r)
	before, resultBefore := x.Result()
	for name, c := range map[string]Change{
		"id in use":     {AddIDs: []string{"r1"}, AddRows: [][]string{p.Rows[0]}},
		"twice":         {AddIDs: []string{"n", "n"}, AddRows: [][]string{p.Rows[0], p.Rows[1]}},
		"ragged":        {AddIDs: []string{"n"}, AddRows: [][]string{{"x"}}},
		"rows":          {AddIDs: []string{"n"}},
		"stranger":      {Remove: []string{"nobody"}},
		"decision":      {Must: []Pair{{"r1", "nobody"}}},
		"contradiction": {Must: []Pair{{"r1", "r2"}}, Cannot: []Pair{{"r2", "r1"}}},
	} {
		if _, err := x.Update(context.Background(), c); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if after, resultAfter := x.Result(); !reflect.DeepEqual(before, after) || !reflect.DeepEqual(resultBefore, resultAfter) {
		t.Error("a refused change has changed the index")
	}
	if _, err := NewIndex(context.Background(), p, Result{}); err == nil {
		t.Error("a result of another problem is not refused")
	}
	if _, err := x.Find([]string{"x"}, 3); err == nil {
		t.Error("a ragged row is not refused")
	}
}

func TestFindAgreesWithScore(t *testing.T) {
	p, _ := register(24, 300, 0.3)
	p.Columns = slices.Clone(p.Columns)
	p.Columns[4].Kind = Ignore
	r := solved(t, p, Options{Seed: 1})
	x := indexed(t, p, r)
	found := 0
	for i := 0; i < len(p.Rows); i += 7 {
		matches, err := x.Find(p.Rows[i], 5)
		if err != nil {
			t.Fatal(err)
		}
		if len(matches) == 0 {
			continue // a name so common that a copy proves nothing
		}
		found++
		last := float32(1e9)
		for _, m := range matches {
			j := slices.Index(p.IDs, m.ID)
			want, err := Score(r.Model, p.Columns, p.Rows[i], p.Rows[j])
			if err != nil || max(want.Weight-m.Pair.Weight, m.Pair.Weight-want.Weight) > 1e-3 || m.Pair.Weight > last || m.Person != r.Persons[j] {
				t.Fatalf("match %+v, Score gives %+v, %v", m, want, err)
			}
			last = m.Pair.Weight
		}
	}
	if found < 30 {
		t.Errorf("only %d of the rows of the register were found in it", found)
	}
}
