package route

import (
	"slices"
	"strings"
	"testing"
)

func TestTransitRulesByNationalityAndDocument(t *testing.T) {
	rules := []TransitRule{
		{Country: "BB", Nationality: "XXA"},
		{Country: "BB", Document: "laissez-passer"},
		{Country: "CC", Nationality: "XXB"},
		{Country: "CC", Nationality: "XXB", Document: "1951 travel document", Allows: true},
	}
	for _, c := range []struct {
		holders []Holder
		want    []Country
	}{
		{[]Holder{{"SYR", "passport"}}, nil},
		{[]Holder{{"XXA", "passport"}}, []Country{"BB"}},
		{[]Holder{{"SYR", "laissez-passer"}, {"XXB", ""}}, []Country{"BB", "CC"}},
		{[]Holder{{"XXB", "1951 travel document"}}, nil},
	} {
		if got := RefusedTransit(rules, c.holders); !slices.Equal(got, c.want) {
			t.Errorf("%v: refused in %v, want %v", c.holders, got, c.want)
		}
	}
	p := town()
	if err := p.Classify(rules, [][]Holder{{{"XXA", ""}}, {{"SYR", "passport"}}, {{"XXA", "passport"}}}); err != nil {
		t.Fatal(err)
	}
	if len(p.VisaClasses) != 1 || p.Parties[0].VisaClass != p.Parties[2].VisaClass || p.Parties[1].VisaClass != "" {
		t.Errorf("classes %v, parties %+v", p.VisaClasses, p.Parties)
	}
	r := solve(t, p)
	if o := r.Journeys[0].Unserved; o == nil || o.Rule != RuleTransit || len(r.Journeys[1].Services) == 0 {
		t.Errorf("the stateless: %+v", r.Journeys[0])
	}
	if err := p.Classify(rules, nil); err == nil || !strings.Contains(err.Error(), "0 lists of holders") {
		t.Errorf("got %v", err)
	}
}

func TestEscortsComeBack(t *testing.T) {
	p := town()
	p.Services = append(p.Services, Service{ID: "back", From: "town", To: "port", Depart: 700, Arrive: 900, Seats: []int{5, 0}, CostPerSeat: Unit},
		Service{ID: "home", From: "port", To: "camp", Depart: 1000, Arrive: 1100, Seats: []int{5, 0}, CostPerSeat: Unit})
	escort := Escort{Party: "two", People: 1, Seats: []int{1, 0}, Rest: 60, Within: 1000}
	with, err := Escorted(p, []Escort{escort})
	if err != nil {
		t.Fatal(err)
	}
	r := solve(t, with)
	if got := services(r, "return of two"); !slices.Equal(got, []ServiceID{"back", "home"}) {
		t.Errorf("the escort goes home by %v", got)
	}
	if with.Parties[1].People != 3 || with.Parties[1].Seats[0] != 3 || p.Parties[1].Seats[0] != 2 {
		t.Errorf("seats with the escort: %v, before: %v", with.Parties[1].Seats, p.Parties[1].Seats)
	}
	after := change(t, r, Change{Amended: []Party{escort.After(with.Parties[1], 400)}})
	if q := after.Problem.Parties[3]; q.Ready != 460 || q.Due != with.Parties[3].Due {
		t.Errorf("ready at %d, due %d", q.Ready, q.Due)
	}
	if _, err := Escorted(p, []Escort{{Party: "ghost"}}); err == nil {
		t.Error("an escort of nobody was accepted")
	}
}
