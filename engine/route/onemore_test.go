package route

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestOneMoreDeparture(t *testing.T) {
	p := town()
	p.Services = slices.DeleteFunc(p.Services, func(s Service) bool { return s.ID == "late" })
	p.Services[4].Seats = []int{2, 0} // flight
	r := solve(t, p)                  // "three" finds no seats
	extra := Service{ID: "extra", From: "port", To: "town", Depart: 300, Arrive: 400, Seats: []int{5, 0}, CostPerSeat: 10 * Unit}
	g, err := OneMore(p, r, extra)
	if err != nil || !slices.Equal(g.Served, []PartyID{"three"}) || !slices.Equal(g.Moved, []PartyID{"two"}) || g.Saves < 29_000*Unit {
		t.Errorf("%+v, %v", g, err)
	}
	extra.OpenCost = 100_000 * Unit
	if g, err = OneMore(p, r, extra); err != nil || g.Saves != 0 || g.Served != nil {
		t.Errorf("a charter that does not pay: %+v, %v", g, err)
	}
	extra.Arrive = extra.Depart
	if _, err = OneMore(p, r, extra); err == nil || !strings.Contains(err.Error(), "not after it leaves") {
		t.Errorf("got %v", err)
	}
}

// TestOneMoreIsNoPromiseTooHigh: a plan made with the departure can save as much.
func TestOneMoreIsNoPromiseTooHigh(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		r, err := Solve(context.Background(), p, Options{Work: 10_000})
		if err != nil {
			t.Fatal(err)
		}
		extra := Service{ID: "extra", From: "a", To: "b", Depart: 50, Arrive: 70, Seats: []int{3, 1}, OpenCost: Money(rapid.IntRange(0, 90).Draw(t, "opens")) * Unit}
		g, err := OneMore(p, r, extra)
		if err != nil {
			t.Fatal(err)
		}
		p.Services = append(slices.Clone(p.Services), extra)
		if best := optimum(p); r.Cost-g.Saves < best {
			t.Fatalf("promises a plan for %v, the best costs %v", r.Cost-g.Saves, best)
		}
	})
}
