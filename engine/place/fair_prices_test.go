package place

import (
	"context"
	"testing"

	"pgregory.net/rapid"
)

// At any share and any prices, the search's bound is at least what every plan that keeps
// the floors is worth, also where cases of different groups are tied.
func TestGroupPricesBoundEveryPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Problem{Dimensions: []string{"people"}}
		cases, places := rapid.IntRange(1, 4).Draw(t, "cases"), rapid.IntRange(1, 3).Draw(t, "places")
		of := make([]int, cases)
		for c := range cases {
			of[c] = rapid.IntRange(0, 1).Draw(t, "group")
			p.Cases = append(p.Cases, Case{ID: CaseID(rune('a' + c)), Size: []int{rapid.IntRange(1, 3).Draw(t, "size")},
				Tie: rapid.SampledFrom([]string{"", "", "t"}).Draw(t, "tie")})
			for range places {
				p.Scores.Table64 = append(p.Scores.Table64, float64(rapid.IntRange(-1, 9).Draw(t, "score"))/10)
			}
		}
		for i := range places {
			p.Places = append(p.Places, Place{ID: PlaceID(rune('A' + i)), Capacity: []int{rapid.IntRange(0, 6).Draw(t, "room")}})
		}
		alone := []float64{1, 2}
		g, err := newGroupPrices(context.Background(), &p, of, alone, Options{Work: 100_000})
		if err != nil {
			t.Fatal(err)
		}
		share := float64(rapid.IntRange(-1, 5).Draw(t, "share")) / 5
		from := point{make([]float64, len(g.in.limit)), []float64{0, 0}}
		weight := []float64{1, 1}
		if share < 0 {
			from.groups = []float64{1, 1}
		}
		at := g.descend(from, share, 200, 0.05)
		for k, x := range at.groups {
			if weight[k] = x; share >= 0 {
				weight[k]++
			}
		}
		bound := g.bound(at.limits, weight)
		everyPlan(newPlan(g.in), 0, func(plan *plan) {
			sum := 0.0
			for u, i := range plan.at {
				if i == nowhere {
					continue
				}
				for _, c := range g.in.members[u] {
					sum += weight[of[c]] * g.in.caseValue(c, int(i))
				}
			}
			if sum > bound+1e-9 {
				t.Fatalf("a plan of %v, the bound is %v", sum, bound)
			}
		})
	})
}

// everyPlan shows every plan of the units from u on.
func everyPlan(p *plan, u int, show func(*plan)) {
	if u == len(p.at) {
		show(p)
		return
	}
	everyPlan(p, u+1, show)
	for i := range p.in.places {
		if p.in.value[u*p.in.places+i] != closedValue && p.fits(u, i) {
			p.put(u, i)
			everyPlan(p, u+1, show)
			p.lift(u)
		}
	}
}
