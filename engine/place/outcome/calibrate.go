package outcome

import (
	"cmp"
	"math"
	"slices"
)

// Calibration compares predictions for records that the fit had not seen with what came
// about.
type Calibration struct {
	// Intercept and Slope are those of a regression of the outcome on the predicted
	// log odds: 0 and 1 when the predictions are right on the whole; a slope below 1
	// says that they claim too much (Cox 1958).
	Intercept, Slope float64
	// Brier is the mean squared error; Base that of always predicting the average.
	Brier, Base float64
	// AUC is the chance that of two records with different outcomes the right one has
	// the higher prediction.
	AUC float64
	// Bins are tenths of the records by prediction, for a picture.
	Bins []Bin
}

// Bin is some of the records with similar predictions.
type Bin struct {
	Records             int
	Predicted, Happened float64
	// Low and High bound the true share with 95 % (Wilson 1927).
	Low, High float64
}

const binCount = 10

// heldOut predicts each record by a fit to the other folds.
func heldOut(records []Record, penalty float64, folds int) ([]float64, error) {
	out := make([]float64, len(records))
	for fold := range folds {
		var rest []Record
		for n, r := range records {
			if n%folds != fold {
				rest = append(rest, r)
			}
		}
		m, err := fit(rest, penalty)
		if err != nil {
			return nil, err
		}
		for n := fold; n < len(records); n += folds {
			out[n] = m.Predict(records[n].Features).Value
		}
	}
	return out, nil
}

func logLoss(records []Record, predicted []float64) float64 {
	sum := 0.0
	for n, r := range records {
		if r.Came {
			sum -= math.Log(predicted[n])
		} else {
			sum -= math.Log(1 - predicted[n])
		}
	}
	return sum / float64(len(records))
}

func calibrate(records []Record, predicted []float64) (Calibration, error) {
	var out Calibration
	odds, share := make([]Record, len(records)), 0.0
	for n, r := range records {
		odds[n] = Record{Features: []float64{math.Log(predicted[n] / (1 - predicted[n]))}, Came: r.Came}
		came := 0.0
		if r.Came {
			came = 1
		}
		share += came / float64(len(records))
		out.Brier += (came - predicted[n]) * (came - predicted[n]) / float64(len(records))
	}
	out.Base = share * (1 - share)
	m, err := fit(odds, 1e-6)
	if err != nil {
		return out, err
	}
	out.Slope = m.Coefficients[0] / m.Scale[0]
	out.Intercept = m.Intercept - out.Slope*m.Mean[0]
	order := make([]int, len(records))
	for n := range order {
		order[n] = n
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(predicted[a], predicted[b]) })
	out.AUC = auc(records, predicted, order)
	for b := range binCount {
		if part := order[len(order)*b/binCount : len(order)*(b+1)/binCount]; len(part) > 0 {
			out.Bins = append(out.Bins, binOf(records, predicted, part))
		}
	}
	return out, nil
}

// auc counts pairs by ranks; equal predictions share theirs.
func auc(records []Record, predicted []float64, order []int) float64 {
	ranks, came := 0.0, 0
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && predicted[order[to]] == predicted[order[from]] {
			to++
		}
		for _, n := range order[from:to] {
			if records[n].Came {
				ranks += float64(from+to+1) / 2
				came++
			}
		}
		from = to
	}
	not := len(records) - came
	return (ranks - float64(came*(came+1))/2) / float64(came*not)
}

func binOf(records []Record, predicted []float64, part []int) Bin {
	n := float64(len(part))
	b := Bin{Records: len(part)}
	for _, k := range part {
		b.Predicted += predicted[k] / n
		if records[k].Came {
			b.Happened += 1 / n
		}
	}
	z := normal95 * normal95 / n
	middle := (b.Happened + z/2) / (1 + z)
	wide := normal95 / (1 + z) * math.Sqrt(b.Happened*(1-b.Happened)/n+z/(4*n))
	b.Low, b.High = max(0, middle-wide), min(1, middle+wide)
	return b
}
