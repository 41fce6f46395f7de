package place

import (
	"math"
	"testing"

	"cairn/engine/place"
)

// The caseload keeps what its description promises.
func TestGenerate(t *testing.T) {
	s := Shape{Cases: 4000, Places: 30, Supply: 1.05, Compatible: 0.7, Spread: 4, Seed: 3}
	p := Generate(s)
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	singles, open := 0, 0
	demand, supply := [3]int{}, [3]int{}
	for _, c := range p.Cases {
		if c.Size[0] == 1 {
			singles++
		}
		for d, n := range c.Size {
			demand[d] += n
		}
	}
	for _, pl := range p.Places {
		for d, n := range pl.Capacity {
			supply[d] += n
		}
	}
	for _, x := range p.Scores.Table {
		if x > place.Closed {
			open++
		}
	}
	near := func(what string, got, want, slack float64) {
		if math.Abs(got-want) > slack {
			t.Errorf("%s: %.3f, want %.3f", what, got, want)
		}
	}
	near("share of singles", float64(singles)/4000, 0.38/0.86, 0.03)
	near("open pairs", float64(open)/float64(len(p.Scores.Table)), 0.7, 0.01)
	for d := range demand {
		near(p.Dimensions[d]+" supply", float64(supply[d])/float64(demand[d]), 1.05, 0.05)
	}
}
