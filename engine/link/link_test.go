package link

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var testColumns = []Column{{"family", FamilyName}, {"given", GivenName}, {"born", BirthDate}, {"place", Place}, {"household", Household}, {"remark", Ignore}}

// register invents persons, some of whom are written down twice, the second time
// with an accent less, a swap or a misprint. truth[i] is the person of row i.
func register(seed uint64, persons int, twice float64) (Problem, []int) {
	random := rand.New(rand.NewPCG(seed, 7))
	pick := func(words string) string { w := strings.Fields(words); return w[random.IntN(len(w))] }
	p := Problem{Columns: testColumns}
	var truth []int
	add := func(person int, row ...string) {
		p.IDs = append(p.IDs, fmt.Sprint("r", len(p.IDs)))
		p.Rows = append(p.Rows, row)
		truth = append(truth, person)
	}
	family, place := "", ""
	for i := range persons {
		if i%3 == 0 {
			family = pick("Ko Ba Sze Mol Var Tor Lak") + pick("vá le ri nó da so ge") + pick("cs si nyi ty ri")
			place = pick("Győr Sopron Pécs Eger Vác Makó Baja Gyula") + pick("hely vár patak")
		}
		given := pick("István János Mária Anna Péter Éva Ilona Ferenc László Katalin Géza Attila")
		born := fmt.Sprintf("%d-%02d-%02d", 1890+random.IntN(66), 1+random.IntN(12), 1+random.IntN(28))
		add(i, family, given, born, place, fmt.Sprint("A", i/3), "")
		if random.Float64() >= twice {
			continue
		}
		second := foldText(family)
		if random.IntN(2) == 0 {
			born = born[:4]
		}
		if random.IntN(4) == 0 {
			second, given = given, second
		}
		add(i, second, given, born, place, fmt.Sprint("B", i/3), "x")
	}
	return p, truth
}

func solved(t testing.TB, p Problem, o Options) Result {
	t.Helper()
	r, err := Solve(context.Background(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(p, r); err != nil {
		t.Fatal(err)
	}
	return r
}

func pairScores(clusters, truth []int) (precision, recall float64) {
	var hit, claimed, real float64
	for i := range truth {
		for j := range i {
			together := clusters[i] == clusters[j]
			if together {
				claimed++
			}
			if truth[i] == truth[j] {
				real++
				if together {
					hit++
				}
			}
		}
	}
	return hit / max(claimed, 1), hit / max(real, 1)
}

func TestSolveFindsDoublesAtAnyShare(t *testing.T) {
	for _, twice := range []float64{0.05, 0.3, 0.95} {
		p, truth := register(3, 1500, twice)
		r := solved(t, p, Options{Seed: 1})
		precision, recall := pairScores(r.Clusters, truth)
		if !r.Complete || precision < 0.95 || recall < 0.9 {
			t.Errorf("share %.2f: precision %.3f, recall %.3f, complete %v", twice, precision, recall, r.Complete)
		}
	}
}

func TestTinyRegister(t *testing.T) {
	p := Problem{Columns: []Column{{"family", FamilyName}, {"given", GivenName}, {"born", BirthDate}}, IDs: []string{"1", "2", "3", "4"}, Rows: [][]string{
		{"Kovács", "István", "1931-05-03"}, {"Nagy", "Mária", "1940-02-11"}, {"Kovacs", "Stefan", "1931-05-03"}, {"Kovács", "Anna", "1934-08-19"}}}
	if r := solved(t, p, Options{}); !reflect.DeepEqual(r.Clusters, []int{0, 1, 0, 3}) {
		t.Errorf("clusters %v, want the two of István and no more", r.Clusters)
	}
}

func TestSolveDoesNotDependOnWorkers(t *testing.T) {
	p, _ := register(5, 700, 0.2)
	one := solved(t, p, Options{Seed: 9, Workers: 1})
	for _, workers := range []int{2, 5} {
		if many := solved(t, p, Options{Seed: 9, Workers: workers}); !reflect.DeepEqual(one, many) {
			t.Fatalf("%d workers give another result than one", workers)
		}
	}
}

func TestDecisionsHold(t *testing.T) {
	p, _ := register(6, 60, 0.4)
	rapid.Check(t, func(t *rapid.T) {
		q := p
		id := rapid.SampledFrom(p.IDs)
		for range rapid.IntRange(0, 6).Draw(t, "decisions") {
			pair := Pair{id.Draw(t, "a"), id.Draw(t, "b")}
			if rapid.Bool().Draw(t, "must") {
				q.Must = append(q.Must, pair)
			} else {
				q.Cannot = append(q.Cannot, pair)
			}
		}
		solvedOrContradictory(t, q, Options{Seed: 1})
	})
}

// solvedOrContradictory solves and verifies; it gives false where the decisions
// contradict each other.
func solvedOrContradictory(t *rapid.T, p Problem, o Options) (r Result, holds bool) {
	r, err := Solve(context.Background(), p, o)
	if errors.Is(err, errContradiction) {
		return r, false
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(p, r); err != nil {
		t.Fatal(err)
	}
	return r, true
}

func TestSolveRefuses(t *testing.T) {
	row := []string{"Nagy", "Anna", "", "", "", ""}
	for name, c := range map[string]struct {
		p    Problem
		want string
	}{
		"no columns":    {Problem{}, "no column can be compared"},
		"kind":          {Problem{Columns: []Column{{"x", "colour"}}}, "unknown kind"},
		"same id":       {Problem{Columns: testColumns, IDs: []string{"1", "1"}, Rows: [][]string{row, row}}, "same id"},
		"ragged":        {Problem{Columns: testColumns, IDs: []string{"1"}, Rows: [][]string{{"a"}}}, "1 cells for 6"},
		"ids":           {Problem{Columns: testColumns, IDs: []string{"1"}}, "1 ids for 0 rows"},
		"stranger":      {Problem{Columns: testColumns, IDs: []string{"1"}, Rows: [][]string{row}, Must: []Pair{{"1", "9"}}}, "not in the register"},
		"contradiction": {Problem{Columns: testColumns, IDs: []string{"1", "2"}, Rows: [][]string{row, row}, Must: []Pair{{"1", "2"}}, Cannot: []Pair{{"2", "1"}}}, "withdraw one"},
	} {
		if _, err := Solve(context.Background(), c.p, Options{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSolveWhenContextEnds(t *testing.T) {
	p, _ := register(1, 200, 0.2)
	p.Must = []Pair{{"r3", "r1"}}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := Solve(ctx, p, Options{})
	if err != nil || r.Complete || r.Stage == "" {
		t.Fatalf("err %v, complete %v, stage %q", err, r.Complete, r.Stage)
	}
	if err := Verify(p, r); err != nil {
		t.Fatal(err)
	}
}

func TestSmallRegisters(t *testing.T) {
	for n := range 4 {
		p, _ := register(2, n, 0)
		solved(t, p, Options{})
	}
}

func TestVerifyFindsTampering(t *testing.T) {
	p, _ := register(8, 300, 0.3)
	for name, tamper := range map[string]func(*Problem, *Result){
		"weight":      func(_ *Problem, r *Result) { r.Pairs[3].Weight += 2 },
		"field":       func(_ *Problem, r *Result) { r.Pairs[3].Fields[0].Weight++ },
		"level":       func(_ *Problem, r *Result) { r.Pairs[3].Fields[3].Level ^= 1 },
		"probability": func(_ *Problem, r *Result) { r.Pairs[0].Probability = 0.5 - r.Pairs[0].Probability/3 },
		"prior":       func(_ *Problem, r *Result) { r.Model.Prior *= 4 },
		"verdict": func(_ *Problem, r *Result) {
			r.Pairs[1].Verdict = "perhaps"
			r.Clusters[r.Pairs[1].B] = r.Clusters[r.Pairs[1].A]
		},
		"cluster":   func(_ *Problem, r *Result) { r.Clusters[len(r.Clusters)-1] = len(r.Clusters) - 2 },
		"joined":    func(_ *Problem, r *Result) { join(r, 0, 200) },
		"household": func(_ *Problem, r *Result) { join(r, 0, 1) },
		"cannot": func(p *Problem, r *Result) {
			p.Cannot = []Pair{{p.IDs[r.Pairs[0].A], p.IDs[r.Pairs[0].B]}}
			join(r, r.Pairs[0].A, r.Pairs[0].B)
		},
		"must":   func(p *Problem, r *Result) { p.Must = []Pair{{"r0", "r200"}} },
		"twice":  func(_ *Problem, r *Result) { r.Pairs = append(r.Pairs, r.Pairs[0]) },
		"cell":   func(p *Problem, r *Result) { p.Rows[r.Pairs[0].A] = []string{"", "", "", "", "", ""} },
		"rarity": func(_ *Problem, r *Result) { r.Model.Fields[1].Rare /= 8; clear(r.Model.Fields[1].Terms) },
	} {
		r := solved(t, p, Options{Seed: 1})
		q := p
		q.Rows = append([][]string(nil), p.Rows...)
		tamper(&q, &r)
		if err := Verify(q, r); !errors.Is(err, ErrNotVerified) {
			t.Errorf("%s: Verify says %v", name, err)
		}
	}
}

func join(r *Result, a, b int) {
	from, to := r.Clusters[b], r.Clusters[a]
	for i, c := range r.Clusters {
		if c == from || c == to {
			r.Clusters[i] = min(from, to)
		}
	}
}

func TestUpdateEqualsFullRun(t *testing.T) {
	p, _ := register(11, 400, 0.3)
	before := solved(t, p, Options{Seed: 1})
	var decided Pair
	for _, x := range before.Pairs {
		if x.Verdict == Same {
			decided = Pair{p.IDs[x.A], p.IDs[x.B]}
		}
	}
	change := Change{Before: p, AddIDs: []string{"new"}, AddRows: [][]string{p.Rows[5]}, Remove: []string{"r17"}, Cannot: []Pair{decided}}
	after, err := Update(context.Background(), before, change)
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(change.After(), after); err != nil {
		t.Fatal(err)
	}
	full := solved(t, change.After(), Options{Seed: 77, Model: &before.Model})
	if !reflect.DeepEqual(after.Clusters, full.Clusters) {
		t.Error("Update and a full run with the same model differ")
	}
	back := Change{Before: change.After(), Withdraw: []Pair{{decided.B, decided.A}}}
	if got := back.After().Cannot; len(got) != 0 {
		t.Errorf("withdrawn decision stays: %v", got)
	}
	if _, err := Update(context.Background(), before, Change{Before: p, Remove: []string{"nobody"}}); err == nil {
		t.Error("removing an unknown record is not refused")
	}
}

func TestScoreAgreesWithSolve(t *testing.T) {
	p, _ := register(12, 300, 0.3)
	p.Columns = append([]Column(nil), p.Columns...)
	p.Columns[4].Kind = Ignore
	r := solved(t, p, Options{Seed: 1})
	for _, want := range r.Pairs {
		got, err := Score(r.Model, p.Columns, p.Rows[want.A], p.Rows[want.B])
		if err != nil {
			t.Fatal(err)
		}
		if d := got.Weight - want.Weight; d > 1e-3 || d < -1e-3 {
			t.Fatalf("%v and %v: Score gives %.3f bits, Solve %.3f", p.Rows[want.A], p.Rows[want.B], got.Weight, want.Weight)
		}
	}
}

func TestKeysMeet(t *testing.T) {
	columns := []Column{{"name", FullName}, {"born", BirthDate}}
	for _, pair := range [][2][]string{
		{{"Kovács István", "1931-05-03"}, {"Stefan Kowatsch", "1931"}},
		{{"Nagy Éva", ""}, {"eva nagy", ""}},
		{{"Олена Шевченко", "1990"}, {"Olena Shevchenko", ""}},
		{{"Rhomas Green", "1931-05-03"}, {"Thomas Green", "1931-03-05"}},
	} {
		a, errA := Keys(columns, pair[0])
		b, errB := Keys(columns, pair[1])
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		common := false
		for _, k := range a {
			for _, l := range b {
				common = common || k == l
			}
		}
		if !common {
			t.Errorf("%v and %v share no key: %q, %q", pair[0], pair[1], a, b)
		}
	}
}

func TestExplain(t *testing.T) {
	p, _ := register(13, 300, 0.3)
	r := solved(t, p, Options{Seed: 1})
	for _, x := range r.Pairs {
		e, err := Explain(p, r, Pair{p.IDs[x.A], p.IDs[x.B]})
		if err != nil {
			t.Fatal(err)
		}
		if e.Verdict != x.Verdict || len(e.Changes) == 0 || !strings.Contains(e.String(), "family name:") {
			t.Fatalf("pair with verdict %q: %s", x.Verdict, e)
		}
	}
	if _, err := Explain(p, r, Pair{"r0", "nobody"}); err == nil {
		t.Error("an unknown record is not refused")
	}
}
