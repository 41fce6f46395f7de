package link

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// decide adds decisions that people might have taken about a register.
func decide(t *rapid.T, p *Problem) {
	id := rapid.SampledFrom(p.IDs)
	for range rapid.IntRange(0, 4).Draw(t, "decisions") {
		pair := Pair{id.Draw(t, "a"), id.Draw(t, "b")}
		if rapid.Bool().Draw(t, "must") {
			p.Must = append(p.Must, pair)
		} else {
			p.Cannot = append(p.Cannot, pair)
		}
	}
}

// TestOddRegistersHold solves registers of unusual cells with decisions: the result
// is verified, is the same for one worker and for several, and honours decisions.
func TestOddRegistersHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := oddRegister(t)
		decide(t, &p)
		r, holds := solvedOrContradictory(t, p, Options{Seed: 2, Workers: 1})
		if !holds {
			return
		}
		several, err := Solve(context.Background(), p, Options{Seed: 2, Workers: 3})
		if err != nil || !reflect.DeepEqual(r, several) {
			t.Fatalf("three workers give another result than one, %v", err)
		}
		at := map[string]int{}
		for i, id := range p.IDs {
			at[id] = r.Clusters[i]
		}
		for _, d := range p.Must {
			if at[d.A] != at[d.B] {
				t.Fatalf("%v must be one person and are not", d)
			}
		}
		for _, d := range p.Cannot {
			if at[d.A] == at[d.B] {
				t.Fatalf("%v cannot be one person and are", d)
			}
		}
	})
}

// TestOrderOfRowsMeansNothing turns a register round: the same pairs are stated with
// the same weights.
func TestOrderOfRowsMeansNothing(t *testing.T) {
	p, _ := register(31, 150, 0.4)
	model := solved(t, p, Options{Seed: 1}).Model
	weights := func(p Problem) map[Pair]float32 {
		out := map[Pair]float32{}
		for _, x := range solved(t, p, Options{Model: &model}).Pairs {
			a, b := p.IDs[x.A], p.IDs[x.B]
			out[Pair{min(a, b), max(a, b)}] = x.Weight
		}
		return out
	}
	forth := weights(p)
	slices.Reverse(p.IDs)
	slices.Reverse(p.Rows)
	back := weights(p)
	if len(forth) < 30 || len(forth) != len(back) {
		t.Fatalf("%d pairs, turned round %d", len(forth), len(back))
	}
	for pair, w := range forth {
		if d := back[pair] - w; d > 1e-3 || d < -1e-3 {
			t.Errorf("%v weighs %.3f, turned round %.3f", pair, w, back[pair])
		}
	}
}

// TestClustersHoldOnTheAverage holds that no chain ties records: over all pairs of a
// cluster that no decision made, the mean weight reaches the threshold.
func TestClustersHoldOnTheAverage(t *testing.T) {
	clusters := 0
	for seed := range uint64(4) {
		p, _ := register(40+seed, 250, 0.6)
		for i, row := range p.Rows { // without households, and blurred so that chains tempt
			p.Rows[i] = []string{row[0], row[1], row[2][:4-int(seed%2)*4], "", "", ""}
		}
		r := solved(t, p, Options{Seed: 1})
		c, err := NewComparer(p, r.Model)
		if err != nil {
			t.Fatal(err)
		}
		members := map[int][]int{}
		for i, k := range r.Clusters {
			members[k] = append(members[k], i)
		}
		for _, list := range members {
			if len(list) < 2 || len(list) > sampled {
				continue
			}
			clusters++
			sum, n := 0.0, 0.0
			for k, i := range list {
				for _, j := range list[:k] {
					sum += clamp(c.Weight(j, i), cutLow, cutHigh)
					n++
				}
			}
			if sum/n < logit(r.Model.Threshold)-1e-3 {
				t.Errorf("a cluster of %d records holds with %.2f bits on the average", len(list), sum/n)
			}
		}
	}
	if clusters < 20 {
		t.Errorf("only %d clusters were looked at", clusters)
	}
}

// TestOneHouseholdNeedsOwnEvidence holds that two members of one household are
// joined only with given name and whole birth date, or a document, in common.
func TestOneHouseholdNeedsOwnEvidence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, _ := register(uint64(rapid.IntRange(50, 90).Draw(t, "seed")), 40, 0.3)
		original := len(p.Rows)
		for k := range rapid.IntRange(1, 12).Draw(t, "more") {
			row := slices.Clone(p.Rows[rapid.IntRange(0, original-1).Draw(t, "like")])
			switch rapid.IntRange(0, 3).Draw(t, "change") {
			case 0:
				row[1] = rapid.SampledFrom([]string{"István", "Mária", "I", ""}).Draw(t, "given")
			case 1:
				row[2] = rapid.SampledFrom([]string{"", row[2][:4], row[2][:4] + "-01-01", "1950-05-03"}).Draw(t, "born")
			case 2:
				row[0], row[1] = row[1], row[0]
			}
			p.IDs, p.Rows = append(p.IDs, fmt.Sprint("more", k)), append(p.Rows, row)
		}
		r := solvedOdd(t, p)
		for i, row := range p.Rows {
			for j := range i {
				if r.Clusters[i] != r.Clusters[j] || row[4] == "" || row[4] != p.Rows[j][4] {
					continue
				}
				if len(row[2]) < 10 || row[2] != p.Rows[j][2] || strings.HasSuffix(row[2], "-01-01") {
					t.Fatalf("%q and %q of one household were joined", p.Rows[j], row)
				}
			}
		}
	})
}

// fuzzRegister reads lines of cells parted by bars.
func fuzzRegister(text string) Problem {
	p := Problem{Columns: []Column{{"name", FullName}, {"given", GivenName}, {"born", BirthDate}, {"sex", Sex},
		{"place", Place}, {"paper", Document}, {"phone", Phone}, {"home", Household}}}
	for i, line := range strings.Split(text, "\n") {
		if i == 40 {
			break
		}
		row := make([]string, len(p.Columns))
		copy(row, strings.Split(line, "|"))
		p.IDs, p.Rows = append(p.IDs, fmt.Sprint(i)), append(p.Rows, row)
	}
	return p
}

// FuzzSolve gives any text as a register; it is solved, verified, indexed and asked
// for each of its rows. Its corpus is in testdata.
func FuzzSolve(f *testing.F) {
	f.Add("Anna Nagy||1950-05-03|f|Győr|AB123456|+36 20 123 4567|1\nNagy Anna|Anna|3.5.1950|nő|Gyor|AB 123456|0620 1234567|2")
	f.Fuzz(func(t *testing.T, text string) {
		p := fuzzRegister(text)
		r, err := Solve(context.Background(), p, Options{Seed: 1, Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		if err := Verify(p, r); err != nil {
			t.Fatal(err)
		}
		x, err := NewIndex(context.Background(), p, r)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range p.Rows[:min(len(p.Rows), 5)] {
			if _, err := x.Find(row, 3); err != nil {
				t.Fatal(err)
			}
		}
		for _, pair := range r.Pairs[:min(len(r.Pairs), 5)] {
			if e, err := Explain(p, r, Pair{p.IDs[pair.A], p.IDs[pair.B]}); err != nil || utf8.ValidString(text) && !utf8.ValidString(e.String()) {
				t.Fatalf("explained as %q, %v", e, err)
			}
		}
	})
}
