package place

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"cairn/engine/place"
)

// arrivals splits a caseload into a history and those who come, in order. With a drift
// large households come later, and the history knows the early mix only.
func arrivals(s Shape, history int, drift float64) (known, come place.Problem) {
	all := s
	all.Cases += 2 * history
	p := Generate(all)
	draw := rand.New(rand.NewPCG(s.Seed, 7))
	key := make([]float64, len(p.Cases))
	for c := range key {
		key[c] = draw.Float64() + drift*float64(p.Cases[c].Size[0])
	}
	order := make([]int, len(p.Cases))
	for c := range order {
		order[c] = c
	}
	past := slices.Clone(order[:2*history])
	order = order[2*history:]
	later := func(a, b int) int {
		if key[a] < key[b] {
			return -1
		}
		return 1
	}
	slices.SortFunc(past, later)
	slices.SortFunc(order, later)
	for i := range p.Places {
		for d := range p.Places[i].Capacity {
			p.Places[i].Capacity[d] = p.Places[i].Capacity[d] * s.Cases / all.Cases
		}
	}
	return subset(p, past[:history]), subset(p, order)
}

func subset(p place.Problem, cases []int) place.Problem {
	out, n := p, len(p.Places)
	out.Cases, out.Scores.Table = nil, nil
	for _, c := range cases {
		out.Cases = append(out.Cases, p.Cases[c])
		out.Scores.Table = append(out.Scores.Table, p.Scores.Table[c*n:(c+1)*n]...)
	}
	return out
}

func BenchmarkOnline(b *testing.B) {
	for _, cases := range []int{8_000, 100_000} {
		for _, drift := range []float64{0, 0.1} {
			b.Run(fmt.Sprintf("%dx100/drift=%.1f", cases, drift), func(b *testing.B) { online(b, cases, drift) })
		}
	}
}

func online(b *testing.B, cases int, drift float64) {
	s := Shape{Cases: cases, Places: 100, Supply: 1.05, Compatible: 0.7, Spread: 4, Seed: 1}
	known, come := arrivals(s, min(8000, cases/4), drift)
	bound, err := place.Solve(context.Background(), come, place.Options{Seed: 1, Workers: 2, Work: 120 * int64(s.Cases*s.Places)})
	if err != nil {
		b.Fatal(err)
	}
	greedy, err := place.Greedy(context.Background(), come)
	if err != nil {
		b.Fatal(err)
	}
	start := cpuSeconds()
	stream, err := place.OpenStream(context.Background(), known, place.StreamOptions{Expected: s.Cases})
	if err != nil {
		b.Fatal(err)
	}
	opened := cpuSeconds() - start
	value, slowest := 0.0, time.Duration(0)
	scores := make([]float64, s.Places)
	for c := range come.Cases {
		for i := range scores {
			scores[i] = come.Score(c, i)
		}
		from := time.Now()
		a, err := stream.Place(come.Cases[c], scores)
		if err != nil {
			b.Fatal(err)
		}
		slowest = max(slowest, time.Since(from))
		value += a.Value
	}
	b.ReportMetric(opened, "open-s")
	b.ReportMetric(1e6*(cpuSeconds()-start-opened)/float64(s.Cases), "cpu-µs/case")
	b.ReportMetric(float64(slowest.Microseconds()), "slowest-µs")
	b.ReportMetric(100*value/bound.Bound, "share-%")
	b.ReportMetric(100*greedy.Value/bound.Bound, "greedy-%")
}
