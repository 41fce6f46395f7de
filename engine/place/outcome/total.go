package outcome

import "math"

// Total predicts how many outcomes come about among many, with an interval of 95 % that
// holds both how unsure the model is of its coefficients, which does not average out, and
// what is chance in each. Predictions are shrunk as Shrunk does. The interval knows
// nothing of what the model leaves out.
type Total struct {
	m           *Model
	sum, chance float64
	gradient    []float64
}

// NewTotal begins a sum of a model's predictions.
func NewTotal(m *Model) *Total { return &Total{m: m, gradient: make([]float64, len(m.Coefficients)+1)} }

// Add counts one more.
func (t *Total) Add(features []float64) {
	p, x := t.m.Shrunk(features), t.m.scaled(features)
	t.sum += p
	t.chance += p * (1 - p)
	for i := range t.gradient {
		t.gradient[i] += t.m.Calibration.Slope * p * (1 - p) * x[i]
	}
}

// Prediction is how many come about; Low is at least 0.
func (t *Total) Prediction() Prediction {
	wide := normal95 * math.Sqrt(t.chance+t.m.variance(t.gradient))
	return Prediction{t.sum, max(0, t.sum-wide), t.sum + wide}
}
