package place_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"cairn/engine/place"
)

// streamed splits a town into a history and those who come, with room for these.
func streamed(cases, history int) (known, come place.Problem) {
	p := town(cases+history, 6, 0.9)
	for i := range p.Places {
		for d := range p.Places[i].Capacity {
			p.Places[i].Capacity[d] = p.Places[i].Capacity[d] * cases / (cases + history)
		}
	}
	known, come = p, p
	known.Cases, known.Scores.Table = slices.Clone(p.Cases[:history]), slices.Clone(p.Scores.Table[:6*history])
	come.Cases, come.Scores.Table = p.Cases[history:], p.Scores.Table[6*history:]
	return known, come
}

func TestStreamKeepsLimitsAndBeatsGreedy(t *testing.T) {
	known, come := streamed(3000, 500)
	known.Rows = []place.Row{{Name: "K0", Dimension: "people", Limit: 1200, Countries: []string{"K0"}}}
	come.Rows = known.Rows
	s, err := place.OpenStream(context.Background(), known, place.StreamOptions{Expected: len(come.Cases)})
	if err != nil {
		t.Fatal(err)
	}
	used := map[place.PlaceID][2]int{}
	value, reserved := 0.0, 0
	for c := range come.Cases {
		scores := make([]float64, 6)
		for i := range scores {
			scores[i] = come.Score(c, i)
		}
		a, err := s.Place(come.Cases[c], scores)
		if err != nil {
			t.Fatal(err)
		}
		if a.Place == "" && a.Reason == place.Reserved {
			reserved++
		}
		if a.Place != "" {
			u := used[a.Place]
			used[a.Place] = [2]int{u[0] + come.Cases[c].Size[0], u[1] + come.Cases[c].Size[1]}
		}
		value += a.Value
	}
	for _, pl := range come.Places {
		if u := used[pl.ID]; u[0] > pl.Capacity[0] || u[1] > pl.Capacity[1] {
			t.Errorf("place %s takes %v of %v", pl.ID, u, pl.Capacity)
		}
	}
	if used["p0"][0]+used["p3"][0] > 1200 {
		t.Errorf("the quota of 1200 is passed: %d", used["p0"][0]+used["p3"][0])
	}
	greedy, err := place.Greedy(context.Background(), come)
	if err != nil {
		t.Fatal(err)
	}
	bound, err := place.Solve(context.Background(), come, place.Options{Work: 20_000_000})
	if err != nil {
		t.Fatal(err)
	}
	if value <= greedy.Value || value < 0.98*bound.Bound || value > bound.Bound || reserved == 0 {
		t.Errorf("value %.1f, greedy %.1f, bound %.1f, %d kept waiting", value, greedy.Value, bound.Bound, reserved)
	}
}

// When large households come later, or earlier, a stream that has seen it begin loses
// little, and less when it is told how many people come.
func TestStreamWhenTheMixShifts(t *testing.T) {
	for name, x := range map[string]struct{ sign, least float64 }{"later": {1, 0.985}, "earlier": {-1, 0.9}} {
		known, come := shifted(4000, 500, 0.3*x.sign)
		bound, err := place.Solve(context.Background(), come, place.Options{Work: 20_000_000})
		if err != nil {
			t.Fatal(err)
		}
		demand := make([]float64, 2)
		for _, c := range come.Cases {
			demand[0] += float64(c.Size[0])
			demand[1] += float64(c.Size[1])
		}
		share := func(demand []float64) float64 {
			s, err := place.OpenStream(context.Background(), known, place.StreamOptions{Expected: len(come.Cases), Demand: demand})
			if err != nil {
				t.Fatal(err)
			}
			sum := 0.0
			for c := range come.Cases {
				scores := make([]float64, len(come.Places))
				for i := range scores {
					scores[i] = come.Score(c, i)
				}
				a, err := s.Place(come.Cases[c], scores)
				if err != nil {
					t.Fatal(err)
				}
				sum += a.Value
			}
			return sum / bound.Bound
		}
		guessed, told := share(nil), share(demand)
		if guessed < x.least || told < 0.995 {
			t.Errorf("%s: %.4f of the bound, %.4f when told how many people come", name, guessed, told)
		}
	}
}

// shifted is streamed in an order in which size counts, with places that differ; the
// history is of the start.
func shifted(cases, history int, drift float64) (known, come place.Problem) {
	p := town(cases+2*history, 8, 1.05)
	for i := range p.Places {
		for d := range p.Places[i].Capacity {
			p.Places[i].Capacity[d] = p.Places[i].Capacity[d] * cases / (cases + 2*history)
		}
	}
	for k := range p.Scores.Table {
		if p.Scores.Table[k] > place.Closed {
			p.Scores.Table[k] = 0.1*float32(1+k%8) + 0.2*p.Scores.Table[k]
		}
	}
	draw, key := rand.New(rand.NewPCG(9, 9)), make([]float64, len(p.Cases))
	order := make([]int, len(p.Cases))
	for c := range p.Cases {
		order[c], key[c] = c, draw.Float64()+drift*float64(p.Cases[c].Size[0])
	}
	byKey := func(a, b int) int { return cmp.Compare(key[a], key[b]) }
	slices.SortFunc(order[:2*history], byKey)
	slices.SortFunc(order[2*history:], byKey)
	of := func(list []int) place.Problem {
		out := p
		out.Cases, out.Scores.Table = nil, nil
		for _, c := range list {
			out.Cases = append(out.Cases, p.Cases[c])
			out.Scores.Table = append(out.Scores.Table, p.Scores.Table[c*8:c*8+8]...)
		}
		return out
	}
	return of(order[:history]), of(order[2*history:])
}

func TestStreamRefusesBadArrivals(t *testing.T) {
	known, _ := streamed(100, 50)
	if _, err := place.OpenStream(context.Background(), known, place.StreamOptions{}); !errors.Is(err, place.ErrProblem) {
		t.Errorf("no expectation: %v", err)
	}
	for _, demand := range [][]float64{{1}, {1, -1}, {math.NaN(), 1}} {
		if _, err := place.OpenStream(context.Background(), known, place.StreamOptions{Expected: 9, Demand: demand}); !errors.Is(err, place.ErrProblem) {
			t.Errorf("demand %v: %v", demand, err)
		}
	}
	s, err := place.OpenStream(context.Background(), known, place.StreamOptions{Expected: 100})
	if err != nil {
		t.Fatal(err)
	}
	nan := []float64{math.NaN(), 0, 0, 0, 0, 0}
	for name, c := range map[string]place.Case{"short": {ID: "a", Size: []int{1}}, "nobody": {ID: "b", Size: []int{0, 0}},
		"tied": {ID: "c", Size: []int{1, 0}, Tie: "t"}} {
		if _, err := s.Place(c, nil); !errors.Is(err, place.ErrProblem) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Place(place.Case{ID: "d", Size: []int{1, 0}}, nan); !errors.Is(err, place.ErrProblem) {
		t.Errorf("NaN: %v", err)
	}
	a, err := s.Place(place.Case{ID: "e", Size: []int{100000, 0}}, nil)
	if err != nil || a.Reason != place.NoCompatiblePlace || !containsText(a.Detail, "100000 people") {
		t.Errorf("too large: %+v %v", a, err)
	}
}

// A balanced stream fills places more evenly over time than one that is not.
func TestStreamBalance(t *testing.T) {
	worst := func(balance float64) float64 {
		known, come := streamed(600, 100)
		s, err := place.OpenStream(context.Background(), known, place.StreamOptions{Expected: 600, Balance: balance})
		if err != nil {
			t.Fatal(err)
		}
		used, most := map[place.PlaceID]int{}, 0.0
		for c := range come.Cases[:300] {
			scores := []float64{1, .9, .9, .9, .9, .9}
			a, err := s.Place(place.Case{ID: place.CaseID(fmt.Sprint(c)), Size: come.Cases[c].Size}, scores)
			if err != nil {
				t.Fatal(err)
			}
			if a.Place != "" {
				used[a.Place] += come.Cases[c].Size[0]
			}
		}
		for _, pl := range come.Places {
			most = max(most, float64(used[pl.ID])/float64(pl.Capacity[0]))
		}
		return most
	}
	if even, free := worst(1), worst(0); even >= free {
		t.Errorf("the fullest place half-way is at %.2f with balance, %.2f without", even, free)
	}
}
