package place

import (
	"context"
	"fmt"
	"testing"

	"cairn/engine/place"
)

// shapes are the caseloads measured.
var shapes = []Shape{
	{Cases: 400, Places: 20, Supply: 1.05, Compatible: 0.7, Spread: 4, Seed: 1},
	{Cases: 7_000, Places: 120, Supply: 1.05, Compatible: 0.7, Spread: 4, Seed: 1},
	{Cases: 7_000, Places: 120, Supply: 1.05, Compatible: 0.7, Spread: 4, Wishes: 4, Seed: 2},
	{Cases: 7_000, Places: 120, Supply: 1.10, Compatible: 0.7, Spread: 20, Seed: 3},
	{Cases: 10_000, Places: 50, Supply: 1.05, Compatible: 0.7, Spread: 4, Seed: 1},
	{Cases: 50_000, Places: 300, Supply: 1.05, Compatible: 0.7, Spread: 4, Seed: 1},
	{Cases: 70_000, Places: 150, Supply: 1.05, Compatible: 0.7, Spread: 4, Seed: 1},
}

func BenchmarkSolve(b *testing.B) {
	for _, s := range shapes {
		b.Run(fmt.Sprintf("%dx%d/supply=%.2f/wishes=%d", s.Cases, s.Places, s.Supply, s.Wishes), func(b *testing.B) {
			p := Generate(s)
			b.ResetTimer()
			start := CPUSeconds()
			var r place.Result
			for b.Loop() {
				var err error
				if r, err = place.Solve(context.Background(), p, place.Options{Seed: 1, Workers: 2}); err != nil {
					b.Fatal(err)
				}
			}
			unplaced := 0
			for i, a := range r.Assignments {
				if a.Place == "" {
					unplaced += p.Cases[i].Size[0]
				}
			}
			b.ReportMetric((CPUSeconds()-start)/float64(b.N), "cpu-s/op")
			b.ReportMetric(100*r.Gap, "gap-%")
			b.ReportMetric(float64(unplaced), "unplaced-people")
		})
	}
}
