package outcome_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"cairn/engine/place/outcome"
)

// About 95 of 100 intervals of a total hold what then happens, also by a model that was
// kept and read again.
func TestTotalsHoldWhatHappens(t *testing.T) {
	held, all := 0, 0
	for seed := range uint64(60) {
		fitted, err := outcome.Fit(records(400, seed+100), outcome.Options{})
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(fitted)
		if err != nil {
			t.Fatal(err)
		}
		var m outcome.Model
		if err := json.Unmarshal(text, &m); err != nil {
			t.Fatal(err)
		}
		came, total := 0, outcome.NewTotal(&m)
		draw := rand.New(rand.NewPCG(seed, 9))
		for range 300 {
			x := []float64{18 + 40*draw.Float64(), float64(draw.IntN(2)), draw.NormFloat64()}
			total.Add(x)
			if draw.Float64() < truth(x) {
				came++
			}
		}
		p := total.Prediction()
		if p.Low > p.Value || p.High < p.Value {
			t.Fatalf("%+v", p)
		}
		all++
		if float64(came) >= p.Low && float64(came) <= p.High {
			held++
		}
	}
	if held < all*85/100 {
		t.Errorf("%d of %d intervals hold what happened", held, all)
	}
	if p := outcome.NewTotal(&outcome.Model{}).Prediction(); p.Value != 0 || p.Low != 0 || p.High != 0 {
		t.Errorf("of nobody: %+v", p)
	}
}
