package place_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"cairn/engine/place"
	"pgregory.net/rapid"
)

// drawProblem draws a small problem with every kind of constraint.
func drawProblem(t *rapid.T) place.Problem {
	p := place.Problem{Dimensions: []string{"people", "school"},
		PlacingBonus: rapid.SampledFrom([]float64{0, 1}).Draw(t, "bonus")}
	places := rapid.IntRange(1, 4).Draw(t, "places")
	words := []string{"ar", "en", "fr"}
	list := func(label string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(words), 0, 2, rapid.ID[string]).Draw(t, label)
	}
	for i := range places {
		p.Places = append(p.Places, place.Place{ID: place.PlaceID(fmt.Sprint("p", i)),
			Country: rapid.SampledFrom([]string{"AT", "CA"}).Draw(t, "country"), Languages: list("offers"), Services: words,
			Capacity: []int{rapid.IntRange(0, 9).Draw(t, "capacity"), rapid.IntRange(0, 5).Draw(t, "school")}})
	}
	for c := range rapid.IntRange(0, 6).Draw(t, "cases") {
		p.Cases = append(p.Cases, place.Case{ID: place.CaseID(fmt.Sprint("c", c)), Languages: list("speaks"), Needs: list("needs"),
			Size:        []int{rapid.IntRange(1, 5).Draw(t, "people"), rapid.IntRange(0, 3).Draw(t, "pupils")},
			Origin:      rapid.SampledFrom([]string{"HU", "SY"}).Draw(t, "origin"),
			Tie:         rapid.SampledFrom([]string{"", "", "", "t"}).Draw(t, "tie"),
			Preferences: rapid.SampledFrom([][]string{nil, {"p0", "CA"}, {"AT"}}).Draw(t, "wishes"),
			Forbidden:   rapid.SampledFrom([][]place.PlaceID{nil, nil, {"p0"}}).Draw(t, "forbidden"),
			Fixed:       rapid.SampledFrom([]place.PlaceID{"", "", "", "p0"}).Draw(t, "fixed")})
	}
	p.Rows = []place.Row{{Name: "CA", Dimension: "people", Limit: rapid.IntRange(0, 12).Draw(t, "limit"), Countries: []string{"CA"}},
		{Name: "from HU", Dimension: "people", Limit: rapid.IntRange(0, 12).Draw(t, "limit"), Origins: []string{"HU"}}}
	return p
}

// bestValue tries every plan; whether one holds is asked of Verify alone.
func bestValue(p place.Problem) float64 {
	best := math.Inf(-1)
	at := make([]int, len(p.Cases))
	var try func(c int)
	try = func(c int) {
		if c == len(p.Cases) {
			if r, ok := planOf(p, at); ok {
				best = max(best, r)
			}
			return
		}
		for at[c] = -1; at[c] < len(p.Places); at[c]++ {
			try(c + 1)
		}
	}
	try(0)
	return best
}

// planOf is the value of a plan, and whether Verify finds nothing but the
// missing bound.
func planOf(p place.Problem, at []int) (float64, bool) {
	r := place.Result{Problem: &p, Use: place.Use{Rows: make([]int, len(p.Rows))}}
	for _, pl := range p.Places {
		r.Use.Places = append(r.Use.Places, make([]int, len(pl.Capacity)))
		r.Prices.Places = append(r.Prices.Places, make([]float64, len(pl.Capacity)))
	}
	r.Prices.Rows = make([]float64, len(p.Rows))
	people := 0
	for c, i := range at {
		a := place.Assignment{Case: p.Cases[c].ID, Reason: place.NotTried}
		if i >= 0 {
			score := p.Score(c, i)
			a = place.Assignment{Case: p.Cases[c].ID, Place: p.Places[i].ID, Score: score, Value: p.Weight(c) * (score + p.PlacingBonus)}
			for d, n := range p.Cases[c].Size {
				r.Use.Places[i][d] += n
			}
			if p.Places[i].Country == "CA" {
				r.Use.Rows[0] += p.Cases[c].Size[0]
			}
			if p.Cases[c].Origin == "HU" {
				people += p.Cases[c].Size[0]
			}
		}
		r.Value += a.Value
		r.Assignments = append(r.Assignments, a)
	}
	r.Use.Rows[1] = people
	r.Bound = math.NaN()
	err := place.Verify(p, r)
	return r.Value, err != nil && errors.Is(err, place.ErrVerify) && containsBound(err)
}

func TestSolveAgainstEveryPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		if len(p.Cases) > 4 {
			p.Cases = p.Cases[:4]
		}
		r, err := place.Solve(context.Background(), p, place.Options{Seed: 1, Work: 200_000})
		if err != nil {
			t.Fatal(err)
		}
		if err := place.Verify(p, r); err != nil {
			t.Fatal(err)
		}
		best := bestValue(p)
		if r.Bound < best-1e-6 {
			t.Fatalf("bound %v is below a plan's value %v", r.Bound, best)
		}
		if r.Value > best+1e-6 {
			t.Fatalf("value %v is above every plan's %v", r.Value, best)
		}
	})
}

func TestSolveIsDeterministic(t *testing.T) {
	p := town(600, 12, 1.02)
	var first place.Result
	for _, workers := range []int{1, 2, 5} {
		r, err := place.Solve(context.Background(), p, place.Options{Seed: 7, Work: 4_000_000, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if err := place.Verify(p, r); err != nil {
			t.Fatal(err)
		}
		if first.Problem == nil {
			first = r
		}
		if r.Value != first.Value || r.Bound != first.Bound {
			t.Fatalf("%d workers: value %v bound %v, with one %v %v", workers, r.Value, r.Bound, first.Value, first.Bound)
		}
		for c := range r.Assignments {
			if r.Assignments[c] != first.Assignments[c] {
				t.Fatalf("%d workers: case %d differs", workers, c)
			}
		}
	}
	if first.Gap > 0.005 {
		t.Errorf("gap %.4f is above 0.5 %%", first.Gap)
	}
}
