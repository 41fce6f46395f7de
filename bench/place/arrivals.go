package place

import (
	"math/rand/v2"
	"slices"

	"cairn/engine/place"
)

// Arrivals splits a caseload into a history and those who come, in order. With a drift
// large households come later, or earlier when it is below 0, and the history knows the
// early mix only.
func Arrivals(s Shape, history int, drift float64) (known, come place.Problem) {
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
