package place_test

import (
	"context"
	"errors"
	"testing"

	"cairn/engine/place"
	"pgregory.net/rapid"
)

// What is proven never exceeds what trying every plan finds, and small problems are
// answered to the person.
func TestShortfallAgainstEveryPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		p.Cases = p.Cases[:min(4, len(p.Cases))]
		for c := range p.Cases {
			p.Cases[c].Fixed = ""
		}
		s, err := place.Shortfall(context.Background(), p, place.Options{Seed: 1, Work: 20_000_000})
		if err != nil {
			t.Fatal(err)
		}
		if err := place.VerifyShortage(p, s); err != nil {
			t.Fatal(err)
		}
		people, counting := 0, p
		counting.PlacingBonus = 0
		counting.Scores.Table64 = make([]float64, len(p.Cases)*len(p.Places))
		for k := range counting.Scores.Table64 {
			counting.Scores.Table64[k] = 1
		}
		for _, c := range p.Cases {
			people += c.Size[0]
		}
		if want := people - int(bestValue(counting)+0.5); s.Fewest != want || s.Left != want {
			t.Fatalf("at least %d, the plan leaves %d, every plan at least %d of %d", s.Fewest, s.Left, want, people)
		}
	})
}

func TestShortfallNamesWhatIsScarce(t *testing.T) {
	p := place.Problem{Dimensions: []string{"people", "medical"},
		Cases: []place.Case{{ID: "a", Size: []int{4, 1}}, {ID: "b", Size: []int{2, 1}}, {ID: "c", Size: []int{3, 0}, Allowed: []string{"CA"}}},
		Places: []place.Place{{ID: "Graz", Country: "AT", Capacity: []int{20, 1}},
			{ID: "Linz", Country: "AT", Capacity: []int{20, 0}}}}
	s, err := place.Shortfall(context.Background(), p, place.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if s.People != 9 || s.Fewest != 5 || s.Left != 5 || s.Closed != 3 {
		t.Errorf("shortage %+v", s)
	}
	if len(s.Scarce) == 0 || s.Scarce[0].Name != "medical at Graz" || !containsText(s.Summary, "At least 5 of 9") {
		t.Errorf("scarce %+v: %s", s.Scarce, s.Summary)
	}
	if err := place.VerifyShortage(p, s); err != nil {
		t.Fatal(err)
	}
	s.Fewest++
	if err := place.VerifyShortage(p, s); !errors.Is(err, place.ErrVerify) {
		t.Errorf("a shortage that was made larger: %v", err)
	}
}
