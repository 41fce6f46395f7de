package place

import (
	"fmt"
	"math/rand/v2"

	"cairn/engine/place"
)

// Torn is a caseload in which everybody's first wish is one of three countries and the
// second one of four others, with room for 95 % in ten countries and no scores: crowds are
// torn between the same few choices.
func Torn(seed uint64, cases, places int) place.Problem {
	countries := []string{"CAN", "CHE", "AUS", "USA", "GBR", "FRA", "SWE", "DEU", "NLD", "NOR"}
	draw := rand.New(rand.NewPCG(seed, 5))
	p := place.Problem{Dimensions: []string{"people", "school"}, PlacingBonus: 1}
	people, pupils := 0, 0
	for c := range cases {
		size := []int{1 + int(draw.ExpFloat64()*1.6), 0}
		for range size[0] {
			if draw.IntN(6) == 0 {
				size[1]++
			}
		}
		people, pupils = people+size[0], pupils+size[1]
		p.Cases = append(p.Cases, place.Case{ID: place.CaseID(fmt.Sprint("c", c)), Size: size,
			Preferences: []string{countries[draw.IntN(3)], countries[3+draw.IntN(4)]}})
	}
	for i := range places {
		p.Places = append(p.Places, place.Place{ID: place.PlaceID(fmt.Sprint("p", i)), Country: countries[i%len(countries)],
			Capacity: []int{people * 95 / 100 / places, pupils * 105 / 100 / places}})
	}
	return p
}
