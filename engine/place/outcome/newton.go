package outcome

import (
	"fmt"
	"math"
)

const (
	mostSteps  = 60
	smallStep  = 1e-9
	leastPivot = 1e-12
)

// fit finds the coefficients of highest penalised likelihood by Newton steps, halved
// while they lower it.
func fit(records []Record, penalty float64) (*Model, error) {
	m, rows := scale(records)
	m.Penalty = penalty
	n := len(m.Coefficients) + 1
	beta := make([]float64, n)
	now := likelihood(records, rows, beta, penalty)
	var hessian [][]float64
	for range mostSteps {
		var gradient []float64
		gradient, hessian = slopes(records, rows, beta, penalty)
		inverse, err := invert(hessian)
		if err != nil {
			return nil, err
		}
		step, size := make([]float64, n), 0.0
		for i := range step {
			for j, g := range gradient {
				step[i] += inverse[i][j] * g
			}
			size = max(size, math.Abs(step[i]))
		}
		if size < smallStep {
			break
		}
		now = climb(records, rows, beta, step, penalty, now)
	}
	inverse, err := invert(hessian)
	if err != nil {
		return nil, err
	}
	m.Intercept, m.Coefficients, m.Covariance = beta[0], beta[1:], inverse
	return m, nil
}

// climb takes the step, or as much of it as does not lower the likelihood.
func climb(records []Record, rows [][]float64, beta, step []float64, penalty, now float64) float64 {
	tried := make([]float64, len(beta))
	for part := 1.0; part > 1e-6; part /= 2 {
		for i := range tried {
			tried[i] = beta[i] + part*step[i]
		}
		if next := likelihood(records, rows, tried, penalty); next >= now-1e-12*math.Abs(now) {
			copy(beta, tried)
			return next
		}
	}
	return now
}

// scale gives every feature a mean of 0 and a deviation of 1; one that never changes
// stays 0. Each row begins with 1 for the intercept.
func scale(records []Record) (*Model, [][]float64) {
	n := len(records[0].Features)
	m := &Model{Coefficients: make([]float64, n), Mean: make([]float64, n), Scale: make([]float64, n)}
	for f := range n {
		for _, r := range records {
			m.Mean[f] += r.Features[f] / float64(len(records))
		}
		for _, r := range records {
			d := r.Features[f] - m.Mean[f]
			m.Scale[f] += d * d / float64(len(records))
		}
		if m.Scale[f] = math.Sqrt(m.Scale[f]); !(m.Scale[f] > 1e-12*math.Abs(m.Mean[f])) {
			m.Scale[f] = 1
		}
	}
	rows := make([][]float64, len(records))
	for k, r := range records {
		rows[k] = make([]float64, n+1)
		rows[k][0] = 1
		for f, x := range r.Features {
			rows[k][f+1] = (x - m.Mean[f]) / m.Scale[f]
		}
	}
	return m, rows
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

// likelihood is the logarithm of the penalised likelihood.
func likelihood(records []Record, rows [][]float64, beta []float64, penalty float64) float64 {
	sum := 0.0
	for k, r := range records {
		x := dot(rows[k], beta)
		if !r.Came {
			x = -x
		}
		if x > 0 {
			sum -= math.Log1p(math.Exp(-x))
		} else {
			sum += x - math.Log1p(math.Exp(x))
		}
	}
	for _, b := range beta[1:] {
		sum -= penalty * float64(len(records)) * b * b / 2
	}
	return sum
}

// slopes are the gradient of the likelihood and its negative second derivatives.
func slopes(records []Record, rows [][]float64, beta []float64, penalty float64) ([]float64, [][]float64) {
	n := len(beta)
	gradient, hessian := make([]float64, n), make([][]float64, n)
	for i := range hessian {
		hessian[i] = make([]float64, n)
	}
	for k, r := range records {
		p := logistic(dot(rows[k], beta))
		miss := -p
		if r.Came {
			miss++
		}
		for i, x := range rows[k] {
			gradient[i] += miss * x
			for j, y := range rows[k] {
				hessian[i][j] += p * (1 - p) * x * y
			}
		}
	}
	for i := 1; i < n; i++ {
		gradient[i] -= penalty * float64(len(records)) * beta[i]
		hessian[i][i] += penalty * float64(len(records))
	}
	return gradient, hessian
}

// invert is Gauss and Jordan's elimination with pivots.
func invert(a [][]float64) ([][]float64, error) {
	n := len(a)
	left, right := make([][]float64, n), make([][]float64, n)
	for i := range a {
		left[i], right[i] = append([]float64(nil), a[i]...), make([]float64, n)
		right[i][i] = 1
	}
	for c := range n {
		at := c
		for i := c; i < n; i++ {
			if math.Abs(left[i][c]) > math.Abs(left[at][c]) {
				at = i
			}
		}
		if math.Abs(left[at][c]) < leastPivot {
			return nil, fmt.Errorf("%w: features depend on each other: give a penalty", ErrRecords)
		}
		left[c], left[at], right[c], right[at] = left[at], left[c], right[at], right[c]
		pivot := left[c][c]
		for j := range n {
			left[c][j] /= pivot
			right[c][j] /= pivot
		}
		for i := range n {
			if f := left[i][c]; i != c && f != 0 {
				for j := range n {
					left[i][j] -= f * left[c][j]
					right[i][j] -= f * right[c][j]
				}
			}
		}
	}
	return right, nil
}
