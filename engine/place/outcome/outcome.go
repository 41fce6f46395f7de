// Package outcome predicts an outcome of placements, such as work within a year, from
// those of the past, so that a placement problem has scores where nobody else gives any.
//
// # Words
//
//   - A record is one past case at one place: numbers that describe the pair, and
//     whether the outcome came about.
//   - The model is a logistic regression with a penalty on its coefficients (ridge:
//     le Cessie and van Houwelingen 1992), fitted by Newton's method. Features are
//     scaled by themselves, so their units do not matter.
//   - Calibration says whether what is predicted comes about as often as predicted. It
//     is measured on records that the fit did not see (cross-validation by folds).
//   - An interval says how sure the model is of a probability, not what one case does.
//
// Past placements were not drawn by lot: a model cannot tell what a place does from who
// was sent there. A plan that is chosen by a model's scores looks better by these scores
// than it will turn out (Bastani, Bastani and Kim 2026); Shrunk tells by how much the
// model itself was too sure on records it had not seen.
//
// # Example
//
//	model, err := outcome.Fit(records, outcome.Options{})
//	p := model.Predict([]float64{34, 1, 0})  // p.Value, p.Low, p.High
//	if model.Calibration.Slope < 0.8 { … }   // the scores claim too much
package outcome

import (
	"errors"
	"fmt"
	"math"
)

// ErrRecords is wrapped by every error about records that cannot be learned from.
var ErrRecords = errors.New("outcome: records cannot be learned from")

// Record is one past placement.
type Record struct {
	// Features describe the case at the place; every record has as many.
	Features []float64
	// Came says whether the outcome came about.
	Came bool
}

// Options steer a fit. The zero value is a sound choice.
type Options struct {
	// Penalty on squared coefficients of scaled features, for one record; 0 chooses
	// the one that predicts unseen records best.
	Penalty float64
	// Folds of the cross-validation, at least 2; 0 is 5.
	Folds int
}

// Model is a fitted regression.
type Model struct {
	// Intercept and Coefficients belong to scaled features.
	Intercept    float64
	Coefficients []float64
	// Mean and Scale turn a feature into (feature − mean) / scale.
	Mean, Scale []float64
	Penalty     float64
	Calibration Calibration
	// Covariance of intercept and coefficients: with it a model can be kept and read again.
	Covariance [][]float64
}

// Prediction is a probability with an interval of 95 %.
type Prediction struct{ Value, Low, High float64 }

const (
	defaultFolds = 5
	leastRecords = 20
	// normal95 is the 97.5 % quantile of the standard normal distribution.
	normal95 = 1.959964
)

// penalties are those that are tried.
var penalties = [...]float64{0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3}

// Fit learns from records. Errors wrap ErrRecords and say what is wrong with them.
func Fit(records []Record, o Options) (*Model, error) {
	if o.Folds == 0 {
		o.Folds = defaultFolds
	}
	if err := check(records, o); err != nil {
		return nil, err
	}
	penalty := o.Penalty
	if penalty == 0 {
		best := math.Inf(1)
		for _, x := range penalties {
			held, err := heldOut(records, x, o.Folds)
			if err != nil {
				return nil, err
			}
			if loss := logLoss(records, held); loss < best {
				best, penalty = loss, x
			}
		}
	}
	held, err := heldOut(records, penalty, o.Folds)
	if err != nil {
		return nil, err
	}
	m, err := fit(records, penalty)
	if err != nil {
		return nil, err
	}
	m.Calibration, err = calibrate(records, held)
	return m, err
}

// check refuses records that say nothing.
func check(records []Record, o Options) error {
	if len(records) < leastRecords {
		return fmt.Errorf("%w: %d of them, give at least %d", ErrRecords, len(records), leastRecords)
	}
	if o.Folds < 2 || o.Folds > len(records) || !(o.Penalty >= 0) || math.IsInf(o.Penalty, 0) {
		return fmt.Errorf("%w: %d folds and a penalty of %v: give 2 to %d folds and a penalty of at least 0",
			ErrRecords, o.Folds, o.Penalty, len(records))
	}
	came := 0
	for n, r := range records {
		if len(r.Features) != len(records[0].Features) {
			return fmt.Errorf("%w: record %d has %d features, the first %d", ErrRecords, n+1, len(r.Features), len(records[0].Features))
		}
		for f, x := range r.Features {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return fmt.Errorf("%w: feature %d of record %d is %v", ErrRecords, f+1, n+1, x)
			}
		}
		if r.Came {
			came++
		}
	}
	if came == 0 || came == len(records) {
		return fmt.Errorf("%w: the outcome came about in %d of %d, so nothing tells them apart", ErrRecords, came, len(records))
	}
	return nil
}

// Predict is the probability of the outcome with its interval. Missing features count as
// average, further ones are not looked at.
func (m *Model) Predict(features []float64) Prediction {
	x := m.scaled(features)
	sum := m.linear(x)
	wide := normal95 * math.Sqrt(m.variance(x))
	return Prediction{logistic(sum), logistic(sum - wide), logistic(sum + wide)}
}

// Shrunk is the probability brought towards the average as far as the model was too sure
// on records that it had not seen: the score to plan with.
func (m *Model) Shrunk(features []float64) float64 {
	p := m.Predict(features).Value
	return logistic(m.Calibration.Intercept + m.Calibration.Slope*math.Log(p/(1-p)))
}

// scaled puts 1 for the intercept before the features in the model's units.
func (m *Model) scaled(features []float64) []float64 {
	x := make([]float64, len(m.Coefficients)+1)
	x[0] = 1
	for f := range m.Coefficients {
		if f < len(features) {
			x[f+1] = (features[f] - m.Mean[f]) / m.Scale[f]
		}
	}
	return x
}

// variance is that of a sum of coefficients, each taken so many times.
func (m *Model) variance(x []float64) float64 {
	sum := 0.0
	for i, row := range m.Covariance {
		for j, v := range row {
			sum += x[i] * v * x[j]
		}
	}
	return max(0, sum)
}

func (m *Model) linear(x []float64) float64 {
	sum := m.Intercept
	for f, b := range m.Coefficients {
		sum += b * x[f+1]
	}
	return sum
}

// logistic keeps away from 0 and 1, so that its logarithms stay finite.
func logistic(x float64) float64 { return min(1-1e-12, max(1e-12, 1/(1+math.Exp(-x)))) }
