package place

import (
	"context"
	"slices"
	"testing"

	"cairn/engine/place"
)

// Two cases own what the other likes, and trade; a third, too large, has to stay.
func TestTradingCycles(t *testing.T) {
	p := place.Problem{Dimensions: []string{"people"}, Cases: []place.Case{
		{ID: "a", Size: []int{2}, Preferences: []string{"Y"}},
		{ID: "b", Size: []int{2}, Preferences: []string{"X"}},
		{ID: "c", Size: []int{3}, Preferences: []string{"X"}}},
		Places: []place.Place{{ID: "X", Capacity: []int{2}}, {ID: "Y", Capacity: []int{2}}, {ID: "Z", Capacity: []int{3}}}}
	p.Scores.Table64 = []float64{0.9, 0.1, 0.2, 0.1, 0.9, 0.2, place.Closed, place.Closed, 0.5}
	if got := MTTCEndowed(p, []int{0, 1, 2}); !slices.Equal(got, []int{1, 0, 2}) {
		t.Errorf("from a plan: %v", got)
	}
	if got := MTTC(p); !slices.Equal(got, []int{1, 0, 2}) {
		t.Errorf("from nothing: %v", got)
	}
}

// A place that points at two who want each other's room trades only what fits.
func TestTradingCyclesRespectSize(t *testing.T) {
	p := place.Problem{Dimensions: []string{"people"}, Cases: []place.Case{
		{ID: "small", Size: []int{1}, Preferences: []string{"Y"}},
		{ID: "large", Size: []int{3}, Preferences: []string{"X"}}},
		Places: []place.Place{{ID: "X", Capacity: []int{2}}, {ID: "Y", Capacity: []int{3}}}}
	p.Scores.Table64 = []float64{0.9, 0.9, 0.9, 0.9}
	if got := MTTCEndowed(p, []int{0, 1}); !slices.Equal(got, []int{0, 1}) {
		t.Errorf("the large household does not fit into X: %v", got)
	}
}

func TestTradingCyclesKeepRoomAndHarmNobody(t *testing.T) {
	for seed := range uint64(5) {
		p := Generate(Shape{Cases: 300, Places: 12, Supply: 1.02, Compatible: 0.7, Spread: 4, Ranked: 5, Seed: seed})
		r, err := place.Solve(context.Background(), p, place.Options{Work: 2_000_000})
		if err != nil {
			t.Fatal(err)
		}
		owned := make([]int, len(p.Cases))
		for c, a := range r.Assignments {
			owned[c] = slices.IndexFunc(p.Places, func(pl place.Place) bool { return pl.ID == a.Place })
		}
		for name, at := range map[string][]int{"from nothing": MTTC(p), "from a plan": MTTCEndowed(p, owned)} {
			better := 0
			used := make([][3]int, len(p.Places))
			for c, i := range at {
				if i < 0 {
					continue
				}
				if p.Score(c, i) <= place.Closed {
					t.Fatalf("seed %d, %s: case %d is at place %d, which is closed to it", seed, name, c, i)
				}
				for d, n := range p.Cases[c].Size {
					if used[i][d] += n; used[i][d] > p.Places[i].Capacity[d] {
						t.Fatalf("seed %d, %s: place %d is overfull", seed, name, i)
					}
				}
			}
			for c, i := range at {
				if name != "from a plan" || owned[c] < 0 {
					continue
				}
				if i < 0 || p.Rank(c, i) > p.Rank(c, owned[c]) {
					t.Fatalf("seed %d: case %d is worse off", seed, c)
				}
				if p.Rank(c, i) < p.Rank(c, owned[c]) {
					better++
				}
			}
			if name == "from a plan" && better < len(p.Cases)/20 {
				t.Errorf("seed %d: only %d cases come nearer to a wish", seed, better)
			}
		}
	}
}
