package place

import "testing"

// Places are alike whatever gates they have, and whatever a few wish for; a country or
// what most wish for parts them.
func TestWhichPlacesAreAlike(t *testing.T) {
	codes := []string{"CAN", "CHE", "AUS", "USA", "GBR", "FRA", "SWE", "DEU", "NLD", "NOR"}
	p := many(400, 20, 2)
	p.Scores = Scores{}
	for i := range p.Places {
		p.Places[i].Country = codes[i%10]
	}
	for c := range p.Cases {
		p.Cases[c].Preferences = []string{codes[c%3], codes[3+c%4]}
	}
	p.Cases[7].Preferences = []string{"p3"}
	p.Cases[8].Preferences = []string{"p13"}
	for c := range 40 {
		p.Cases[c].Forbidden = []PlaceID{"p5"}
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
