package outcome_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"cairn/engine/place/outcome"
)

// truth is the chance that made the records: the third feature says nothing.
func truth(x []float64) float64 { return 1 / (1 + math.Exp(-(-0.5 + 0.08*(x[0]-35) + 1.2*x[1]))) }

func records(n int, seed uint64) []outcome.Record {
	draw := rand.New(rand.NewPCG(seed, 1))
	out := make([]outcome.Record, n)
	for k := range out {
		x := []float64{18 + 40*draw.Float64(), float64(draw.IntN(2)), draw.NormFloat64()}
		out[k] = outcome.Record{Features: x, Came: draw.Float64() < truth(x)}
	}
	return out
}

func TestFitFindsWhatMadeTheRecords(t *testing.T) {
	m, err := outcome.Fit(records(6000, 1), outcome.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for f, want := range []float64{0.08, 1.2, 0} {
		if got := m.Coefficients[f] / m.Scale[f]; math.Abs(got-want) > 0.12*want+0.08 {
			t.Errorf("coefficient %d is %.3f, want %.3f", f, got, want)
		}
	}
	c := m.Calibration
	if math.Abs(c.Slope-1) > 0.12 || math.Abs(c.Intercept) > 0.1 || c.Brier >= c.Base || c.AUC < 0.7 || c.AUC > 0.9 {
		t.Errorf("calibration %+v", c)
	}
	inside := 0
	for _, b := range c.Bins {
		if b.Low > b.Happened || b.High < b.Happened || b.Records != 600 {
			t.Errorf("bin %+v", b)
		}
		if b.Predicted >= b.Low && b.Predicted <= b.High {
			inside++
		}
	}
	if len(c.Bins) != 10 || inside < 7 {
		t.Errorf("%d of %d bins hold their prediction", inside, len(c.Bins))
	}
}

// About 95 of 100 intervals hold the true chance.
func TestIntervalsHoldTheTruth(t *testing.T) {
	held, all := 0, 0
	for seed := range uint64(40) {
		m, err := outcome.Fit(records(500, seed+10), outcome.Options{Penalty: 1e-6})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records(20, seed+1000) {
			p := m.Predict(r.Features)
			if p.Low > p.Value || p.Value > p.High {
				t.Fatalf("interval %+v", p)
			}
			all++
			if x := truth(r.Features); x >= p.Low && x <= p.High {
				held++
			}
		}
	}
	if share := float64(held) / float64(all); share < 0.88 || share > 0.995 {
		t.Errorf("%.3f of the intervals hold the truth", share)
	}
}

// With few records and many features that say nothing, the model claims too much, and
// says so.
func TestTooFewRecordsAreSeenInTheCalibration(t *testing.T) {
	draw := rand.New(rand.NewPCG(3, 3))
	few := make([]outcome.Record, 80)
	for k := range few {
		x := make([]float64, 25)
		for f := range x {
			x[f] = draw.NormFloat64()
		}
		few[k] = outcome.Record{Features: x, Came: draw.Float64() < 1/(1+math.Exp(-x[0]))}
	}
	m, err := outcome.Fit(few, outcome.Options{Penalty: 1e-4})
	if err != nil {
		t.Fatal(err)
	}
	if m.Calibration.Slope > 0.7 {
		t.Errorf("slope %.2f", m.Calibration.Slope)
	}
	for _, r := range few {
		if bold, shy := m.Predict(r.Features).Value, m.Shrunk(r.Features); math.Abs(shy-0.5) > math.Abs(bold-0.5)+0.2 {
			t.Fatalf("predicted %.2f, shrunk to %.2f", bold, shy)
		}
	}
	chosen, err := outcome.Fit(few, outcome.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if chosen.Penalty <= 1e-3 || chosen.Calibration.Brier >= m.Calibration.Brier {
		t.Errorf("penalty %v with an error of %v, without choosing %v", chosen.Penalty, chosen.Calibration.Brier, m.Calibration.Brier)
	}
}

func TestBadRecordsAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(r []outcome.Record) ([]outcome.Record, outcome.Options){
		"too few":     func(r []outcome.Record) ([]outcome.Record, outcome.Options) { return r[:5], outcome.Options{} },
		"one fold":    func(r []outcome.Record) ([]outcome.Record, outcome.Options) { return r, outcome.Options{Folds: 1} },
		"bad penalty": func(r []outcome.Record) ([]outcome.Record, outcome.Options) { return r, outcome.Options{Penalty: -1} },
		"a feature missing": func(r []outcome.Record) ([]outcome.Record, outcome.Options) {
			r[3].Features = r[3].Features[:1]
			return r, outcome.Options{}
		},
		"NaN": func(r []outcome.Record) ([]outcome.Record, outcome.Options) {
			r[3].Features[0] = math.NaN()
			return r, outcome.Options{}
		},
		"all alike": func(r []outcome.Record) ([]outcome.Record, outcome.Options) {
			for k := range r {
				r[k].Came = true
			}
			return r, outcome.Options{}
		},
	} {
		r, o := spoil(records(60, 2))
		if _, err := outcome.Fit(r, o); !errors.Is(err, outcome.ErrRecords) {
			t.Errorf("%s: got %v, want an error about the records", name, err)
		}
	}
}

// A feature that never changes, or one that parts the outcomes altogether, is no error.
func TestDegenerateFeatures(t *testing.T) {
	r := records(100, 4)
	for k := range r {
		r[k].Features[2] = 7
		r[k].Features[1] = 0
		if r[k].Came {
			r[k].Features[1] = 1
		}
	}
	m, err := outcome.Fit(r, outcome.Options{})
	if err != nil {
		t.Fatal(err)
	}
	yes, no := m.Predict([]float64{30, 1, 7}).Value, m.Predict([]float64{30, 0, 7}).Value
	if math.IsNaN(yes) || yes < 0.9 || no > 0.1 || m.Calibration.AUC != 1 {
		t.Errorf("predicted %v and %v, AUC %v", yes, no, m.Calibration.AUC)
	}
	if p := m.Predict(nil).Value; math.IsNaN(p) {
		t.Error("without features no prediction")
	}
}
