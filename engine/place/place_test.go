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

func solved(t *testing.T, p place.Problem) place.Result {
	t.Helper()
	r, err := place.Solve(context.Background(), p, place.Options{Seed: 1, Work: 20_000_000})
	if err != nil {
		t.Fatal(err)
	}
	if err := place.Verify(p, r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestUpdateMovesOnlyWhomItMust(t *testing.T) {
	p := town(300, 8, 1.15)
	r := solved(t, p)
	var at0 int
	for r.Assignments[at0].Place != "p0" {
		at0++
	}
	refused := r.Assignments[at0].Case
	scores := make([]float64, 8)
	for i := range scores {
		scores[i] = 0.5
	}
	next, err := place.Update(context.Background(), r, place.Change{
		AddCases: []place.Case{{ID: "new", Size: []int{2, 0}}}, AddScores: [][]float64{scores},
		WithdrawCases: []place.CaseID{"c299"}, Forbid: []place.Pair{{Case: refused, Place: "p0"}},
		WithdrawPlaces: []place.PlaceID{"p7"}, Options: place.Options{Work: 20_000_000}})
	if err != nil {
		t.Fatal(err)
	}
	if err := place.Verify(*next.Problem, next); err != nil {
		t.Fatal(err)
	}
	for c, a := range r.Assignments[:299] {
		b := next.Assignments[c]
		if a.Case != b.Case {
			t.Fatalf("line %d is about %s, was about %s", c, b.Case, a.Case)
		}
		if a.Place != "" && a.Place != "p7" && a.Case != refused && a.Place != b.Place {
			t.Errorf("case %s moved from %s to %q without need", a.Case, a.Place, b.Place)
		}
	}
	if last := next.Assignments[299]; last.Case != "new" || last.Place == "" {
		t.Errorf("the new case got %+v", last)
	}
	if next.Assignments[at0].Place == "p0" {
		t.Error("a refused place is kept")
	}
}

func TestUpdateNamesUnknownIDs(t *testing.T) {
	r := solved(t, town(10, 2, 2))
	for name, c := range map[string]place.Change{
		"withdrawn case":  {WithdrawCases: []place.CaseID{"x"}},
		"withdrawn place": {WithdrawPlaces: []place.PlaceID{"x"}},
		"refusal":         {Forbid: []place.Pair{{Case: "x", Place: "p0"}}},
		"acceptance":      {Fix: []place.Pair{{Case: "c1", Place: "x"}}},
		"capacity":        {Capacity: []place.NewCapacity{{Place: "x", Capacity: []int{1, 1}}}},
		"negative":        {Capacity: []place.NewCapacity{{Place: "p0", Capacity: []int{-1, 1}}}},
		"limit":           {Limits: []place.NewLimit{{Row: "x", Limit: 1}}},
		"scores missing":  {AddCases: []place.Case{{ID: "n", Size: []int{1, 0}}}},
	} {
		if _, err := place.Update(context.Background(), r, c); !errors.Is(err, place.ErrProblem) {
			t.Errorf("%s: got %v, want an error about the input", name, err)
		}
	}
}

func TestVerifyFindsTampering(t *testing.T) {
	p := town(60, 4, 1.02)
	p.Cases[3].Tie, p.Cases[4].Tie = "t", "t"
	for name, tamper := range map[string]func(*place.Result){
		"overfull place": func(r *place.Result) {
			for c := range r.Assignments {
				r.Assignments[c].Place = "p0"
			}
		},
		"closed gate": func(r *place.Result) {
			for c := range r.Assignments {
				for i := range p.Places {
					if p.Score(c, i) <= place.Closed {
						r.Assignments[c].Place = p.Places[i].ID
						return
					}
				}
			}
		},
		"moved case": func(r *place.Result) {
			a := &r.Assignments[0]
			if a.Place == "p1" {
				a.Place = "p2"
			} else {
				a.Place = "p1"
			}
		},
		"inflated value":  func(r *place.Result) { r.Value *= 1.001 },
		"inflated line":   func(r *place.Result) { r.Assignments[0].Value++ },
		"inflated bound":  func(r *place.Result) { r.Bound *= 1.001 },
		"lowered bound":   func(r *place.Result) { r.Bound *= 0.999; r.Gap = 0 },
		"negative price":  func(r *place.Result) { r.Prices.Places[0][0] = -1 },
		"price no number": func(r *place.Result) { r.Prices.Places[0][0] = math.NaN() },
		"dropped line":    func(r *place.Result) { r.Assignments = r.Assignments[1:] },
		"unknown place":   func(r *place.Result) { r.Assignments[0].Place = "x" },
		"tie broken": func(r *place.Result) {
			r.Assignments[3] = place.Assignment{Case: "c3", Reason: place.CapacityExhausted}
		},
		"use": func(r *place.Result) { r.Use.Places[0][0]++ },
	} {
		r := solved(t, p)
		tamper(&r)
		if err := place.Verify(p, r); !errors.Is(err, place.ErrVerify) {
			t.Errorf("%s: got %v, want a finding", name, err)
		}
	}
}

func TestUnplacedReasonsNameTheConstraint(t *testing.T) {
	base := func() place.Problem {
		return place.Problem{Dimensions: []string{"people"},
			Cases:  []place.Case{{ID: "a", Size: []int{3}}},
			Places: []place.Place{{ID: "X", Country: "AT", Capacity: []int{4}, Languages: []string{"de"}}}}
	}
	for _, test := range []struct {
		name   string
		change func(*place.Problem)
		reason place.Reason
		detail string
	}{
		{"size", func(p *place.Problem) { p.Cases[0].Size[0] = 5 }, place.NoCompatiblePlace, "needs 5 people"},
		{"language", func(p *place.Problem) { p.Cases[0].Languages = []string{"hu"} }, place.NoCompatiblePlace, "language"},
		{"service", func(p *place.Problem) { p.Cases[0].Needs = []string{"dialysis"} }, place.NoCompatiblePlace, "dialysis"},
		{"condition", func(p *place.Problem) { p.Places[0].Conditions = []string{"family"} }, place.NoCompatiblePlace, "family"},
		{"consent", func(p *place.Problem) { p.Cases[0].Allowed = []string{"CA"} }, place.NoCompatiblePlace, "consent"},
		{"no place", func(p *place.Problem) { p.Places = nil }, place.NoCompatiblePlace, "no place"},
		{"tie", func(p *place.Problem) {
			p.Cases[0].Tie = "kin"
			p.Cases = append(p.Cases, place.Case{ID: "b", Size: []int{2}, Tie: "kin"})
		}, place.NoCompatiblePlace, "tied"},
		{"full", func(p *place.Problem) {
			p.Cases = append(p.Cases, place.Case{ID: "b", Size: []int{4}, Fixed: "X"})
		}, place.CapacityExhausted, "people"},
		{"row", func(p *place.Problem) {
			p.Rows = []place.Row{{Name: "quota", Dimension: "people", Limit: 2}}
		}, place.NoCompatiblePlace, "quota"},
		{"no gain", func(p *place.Problem) { p.Scores.Table64 = []float64{-1} }, place.NoGain, "above zero"},
	} {
		p := base()
		test.change(&p)
		a := solved(t, p).Assignments[0]
		if a.Place != "" || a.Reason != test.reason || !containsText(a.Detail, test.detail) {
			t.Errorf("%s: got %+v, want %q with %q", test.name, a, test.reason, test.detail)
		}
	}
}

func TestBadInputIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*place.Problem){
		"negative capacity": func(p *place.Problem) { p.Places[0].Capacity[0] = -1 },
		"short vector":      func(p *place.Problem) { p.Cases[0].Size = []int{1} },
		"duplicate case":    func(p *place.Problem) { p.Cases[1].ID = p.Cases[0].ID },
		"duplicate place":   func(p *place.Problem) { p.Places[1].ID = p.Places[0].ID },
		"NaN":               func(p *place.Problem) { p.Scores.Table[0] = float32(math.NaN()) },
		"NaN from function": func(p *place.Problem) {
			p.Scores = place.Scores{Func: func(*place.Case, *place.Place) float64 { return math.NaN() }}
		},
		"short table":   func(p *place.Problem) { p.Scores.Table = p.Scores.Table[1:] },
		"unknown fixed": func(p *place.Problem) { p.Cases[0].Fixed = "x" },
		"row dimension": func(p *place.Problem) { p.Rows = []place.Row{{Name: "r", Dimension: "x"}} },
		"no people":     func(p *place.Problem) { p.Cases[0].Size = []int{0, 0} },
	} {
		p := town(5, 2, 1)
		spoil(&p)
		if _, err := place.Solve(context.Background(), p, place.Options{}); !errors.Is(err, place.ErrProblem) {
			t.Errorf("%s: got %v, want an error about the input", name, err)
		}
	}
}

func TestExplain(t *testing.T) {
	p := town(200, 5, 1.0)
	r := solved(t, p)
	for c, a := range r.Assignments {
		e := place.Explain(p, r, a.Case)
		want := len(p.Places)
		if a.Place != "" {
			want--
		}
		if e.Place != a.Place || len(e.Alternatives)+len(e.Closed) != want {
			t.Fatalf("case %d: %d alternatives and %d closed, want %d in all", c, len(e.Alternatives), len(e.Closed), want)
		}
		for _, x := range e.Alternatives {
			if a.Place != "" && math.Abs(x.OwnLoss-(a.Value-p.Weight(c)*x.Score)) > 1e-9 {
				t.Fatalf("case %d at %s: own loss %v", c, x.Place, x.OwnLoss)
			}
		}
	}
	if got := place.Explain(p, r, "nobody").Summary; !containsText(got, "no case nobody") {
		t.Errorf("unknown case: %q", got)
	}
	at := place.ExplainPlace(p, r, "p0")
	if len(at.Limits) != 2 || at.Limits[0].Used != r.Use.Places[0][0] {
		t.Errorf("place: %+v", at)
	}
}

func TestStoppedSearchIsLabelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := town(50, 3, 1.1)
	r, err := place.Solve(ctx, p, place.Options{})
	if err != nil || r.Status != place.Stopped {
		t.Fatalf("status %q, error %v", r.Status, err)
	}
	if err := place.Verify(p, r); err != nil {
		t.Fatal(err)
	}
}

func TestBeatsNaivePlans(t *testing.T) {
	p := town(400, 8, 1.03)
	best := solved(t, p).Value
	greedy, err := place.Greedy(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	random, err := place.Random(context.Background(), p, 3)
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]place.Result{"greedy": greedy, "random": random} {
		r.Status = place.BudgetReached
		if err := place.Verify(p, r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if r.Value >= best {
			t.Errorf("%s reaches %v, the plan %v", name, r.Value, best)
		}
	}
}
