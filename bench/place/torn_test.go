package place

import (
	"testing"

	"cairn/engine/place"
)

// Where nearly everybody is torn between the same few choices, crowds go over from one to
// another at once, and prices are found all the same.
func TestPricesAreFoundForThoseWhoAreTornBetweenTheSame(t *testing.T) {
	for _, table := range []bool{false, true} {
		p := Torn(1, 3000, 60)
		for c := range p.Cases {
			for i := range p.Places {
				if table {
					p.Scores.Table = append(p.Scores.Table, float32(place.DefaultScore(&p.Cases[c], &p.Places[i])))
				}
			}
		}
		r, err := place.Solve(t.Context(), p, place.Options{Seed: 1, Work: 60_000_000})
		if err != nil {
			t.Fatal(err)
		}
		if err := place.Verify(p, r); err != nil {
			t.Error(err)
		}
		if r.Gap > 0.005 {
			t.Errorf("with a table of scores %v: the gap is %.2f %%", table, 100*r.Gap)
		}
	}
}
