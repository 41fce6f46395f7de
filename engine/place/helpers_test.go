package place_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"cairn/engine/place"
)

func containsBound(err error) bool { return containsText(err.Error(), "bound") }

func containsText(s, part string) bool { return strings.Contains(s, part) }

// town is a caseload with random scores, a third of the pairs closed, and
// capacity of supply times the demand.
func town(cases, places int, supply float64) place.Problem {
	draw := rand.New(rand.NewPCG(1, 2))
	p := place.Problem{Dimensions: []string{"people", "school"}}
	demand := [2]int{}
	for c := range cases {
		people := 1 + draw.IntN(5)
		size := []int{people, draw.IntN(people)}
		demand[0] += size[0]
		demand[1] += size[1]
		p.Cases = append(p.Cases, place.Case{ID: place.CaseID(fmt.Sprint("c", c)), Size: size})
	}
	for i := range places {
		p.Places = append(p.Places, place.Place{ID: place.PlaceID(fmt.Sprint("p", i)), Country: fmt.Sprint("K", i%3),
			Capacity: []int{int(supply*float64(demand[0]))/places + 1, int(supply*float64(demand[1]))/places + 1}})
	}
	p.Scores.Table = make([]float32, cases*places)
	for k := range p.Scores.Table {
		p.Scores.Table[k] = draw.Float32()
		if draw.IntN(3) == 0 {
			p.Scores.Table[k] = place.Closed
		}
	}
	return p
}
