package place

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
)

// tornBetween is a caseload whose first wish is one of three countries and whose second
// one of four, with room for nearly all in ten.
func tornBetween(cases, places int, table bool) Problem {
	codes := []string{"CAN", "CHE", "AUS", "USA", "GBR", "FRA", "SWE", "DEU", "NLD", "NOR"}
	draw := rand.New(rand.NewPCG(1, 2))
	p := Problem{Dimensions: []string{"people", "school"}, PlacingBonus: 1}
	total := 0
	for c := range cases {
		size := []int{1 + int(draw.ExpFloat64()*1.6), 0}
		for range size[0] {
			if draw.IntN(6) == 0 {
				size[1]++
			}
		}
		total += size[0]
		p.Cases = append(p.Cases, Case{ID: CaseID(fmt.Sprint(c)), Size: size, Preferences: []string{codes[draw.IntN(3)], codes[3+draw.IntN(4)]}})
	}
	for i := range places {
		p.Places = append(p.Places, Place{ID: PlaceID(fmt.Sprint("t", i)), Country: codes[i%10],
			Capacity: []int{total * 95 / 100 / places, total * 17 / 100 / places}})
	}
	if table {
		p.Scores.Table = make([]float32, cases*places)
		for c := range p.Cases {
			for i := range p.Places {
				p.Scores.Table[c*places+i] = float32(DefaultScore(&p.Cases[c], &p.Places[i]))
			}
		}
	}
	return p
}

// Where nearly everybody is torn between the same few choices, crowds go over from one to
// another at once, and prices are found all the same.
func TestPricesAreFoundForThoseWhoAreTornBetweenTheSame(t *testing.T) {
	for _, table := range []bool{false, true} {
		p := tornBetween(3000, 60, table)
		r, err := Solve(context.Background(), p, Options{Seed: 1, Work: 60_000_000})
		if err != nil {
			t.Fatal(err)
		}
		if err := Verify(p, r); err != nil {
			t.Error(err)
		}
		if r.Gap > 0.005 {
			t.Errorf("with a table of scores %v: the gap is %.2f %%", table, 100*r.Gap)
		}
	}
}

// Places are alike whatever gates they have, and whatever a few wish for; a country or
// what most wish for parts them.
func TestWhichPlacesAreAlike(t *testing.T) {
	p := tornBetween(400, 20, false)
	p.Cases[7].Preferences = []string{"t3"}
	p.Cases[8].Preferences = []string{"t13"}
	for c := range 40 {
		p.Cases[c].Forbidden = []PlaceID{"t5"}
	}
	in, err := compile(&p, 1)
	if err != nil {
		t.Fatal(err)
	}
	for i, group := range in.alikePlaces() {
		if len(group) != 2 || group[1]-group[0] != 10 || group[0] != i%10 {
			t.Errorf("place %d is said to be alike to %v", i, group)
		}
	}
	coarse := in.gathered(groupsOf(in.alikePlaces()))
	for g := range 10 {
		for k := range 2 {
			if got, want := coarse.limit[2*g+k], in.limit[2*g+k]+in.limit[2*(g+10)+k]; got != want {
				t.Errorf("group %d has room %d, its places %d", g, got, want)
			}
		}
	}
	q := many(300, 20, 2)
	if in, err = compile(&q, 1); err != nil {
		t.Fatal(err)
	}
	if got := in.alikePlaces(); got != nil {
		t.Errorf("places with scores at random are alike: %v", got)
	}
}
