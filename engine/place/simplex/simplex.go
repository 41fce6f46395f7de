// Package simplex solves small linear programs of packing form,
//
//	maximise Σ cost·x   with   A·x ≤ rhs,   x ≥ 0,
//
// by the dual simplex method with steepest-edge pricing (Forrest and Goldfarb 1992) on
// an explicit inverse of the basis. It is made for programs of some hundred rows to
// which rows are added (cutting planes) and of which columns are banned (branching);
// both keep the basis dual feasible, so the next solution is a few pivots away.
//
// # Words
//
//   - A column is a variable; each row has a slack of its own.
//   - A banned column must be 0.
//   - A row's price is its dual value, at least 0 when Solve ends well.
//
// # Example
//
//	p := simplex.New([]float64{1, 1, 3})               // two choices, one capacity
//	a := p.AddColumn(5, []int32{0, 2}, []float64{1, 2})
//	b := p.AddColumn(4, []int32{1, 2}, []float64{1, 2})
//	p.Start([]int32{int32(a), int32(b), -1})
//	ok := p.Solve(1000)                                // a is 1, b is 0.5
package simplex

import (
	"math"
	"slices"
)

// Tolerances: of a value against 0, of a reduced cost against 0, and the smallest pivot.
const (
	primalSlack = 1e-9
	dualSlack   = 1e-9
	leastPivot  = 1e-7
)

// entry is a coefficient of a row or a column.
type entry struct {
	at    int32
	value float64
}

// Program is a linear program with its present basis. The zero value is of no use; New
// makes one.
type Program struct {
	rhs  []float64
	cost []float64
	// columns and rows hold the matrix twice.
	columns, rows [][]entry
	banned        []bool
	// tight says for each row whether its slack is banned.
	tight []bool
	// ray is the row of the basis that shows that nothing holds, with its sign.
	ray     int
	raySign float64
	// basis is the variable of each row, place the row of each variable or −1; the
	// slack of row k is variable −1−k in basis and has its own list of places.
	basis               []int32
	place, slackPlace   []int32
	x                   []float64
	reduced, slackPrice []float64
	// inverse is row-major with the given stride; norm is each row's squared length.
	inverse []float64
	stride  int
	norm    []float64
	scratch scratch
	// Pivots counts the work done.
	Pivots int
}

// scratch is reused between pivots.
type scratch struct {
	alpha, column []float64
	row           []entry
}

// New makes a program of rows without columns.
func New(rhs []float64) *Program {
	return &Program{rhs: slices.Clone(rhs), rows: make([][]entry, len(rhs)), tight: make([]bool, len(rhs)), ray: -1}
}

// AddColumn adds a variable before Start and returns its number. The rows must differ.
func (p *Program) AddColumn(cost float64, rows []int32, coefficients []float64) int {
	j := len(p.cost)
	column := make([]entry, len(rows))
	for k, r := range rows {
		column[k] = entry{r, coefficients[k]}
		p.rows[r] = append(p.rows[r], entry{int32(j), coefficients[k]})
	}
	p.cost, p.columns, p.banned = append(p.cost, cost), append(p.columns, column), append(p.banned, false)
	return j
}

// Start sets the first basis: in each row the given column, or the slack for −1. A
// column that is given must have coefficient 1 in its row and none in another row with
// a given column. The start is dual feasible when no column would gain at the prices
// that make the given columns break even; the caller sees to that.
func (p *Program) Start(key []int32) {
	m := len(p.rhs)
	p.stride = m + m/2 + 8
	p.inverse = make([]float64, p.stride*p.stride)
	p.basis, p.norm, p.x = make([]int32, m), make([]float64, m), make([]float64, m)
	p.place, p.slackPlace = make([]int32, len(p.cost)), make([]int32, m)
	for j := range p.place {
		p.place[j] = -1
	}
	for r := range m {
		p.inverse[r*p.stride+r] = 1
		p.basis[r], p.slackPlace[r] = int32(-1-r), int32(r)
	}
	for r, j := range key {
		if j < 0 {
			continue
		}
		p.basis[r], p.place[j], p.slackPlace[r] = j, int32(r), -1
		for _, e := range p.columns[j] {
			if int(e.at) != r {
				p.inverse[int(e.at)*p.stride+r] = -e.value
			}
		}
	}
	p.refresh()
}

// refresh works values, prices and lengths out from the inverse.
func (p *Program) refresh() {
	m := len(p.rhs)
	p.slackPrice = make([]float64, m)
	for r := range m {
		row := p.inverse[r*p.stride : r*p.stride+m]
		sum, norm, cost := 0.0, 0.0, p.costOf(p.basis[r])
		for k, v := range row {
			sum += v * p.rhs[k]
			norm += v * v
			p.slackPrice[k] += cost * v
		}
		p.x[r], p.norm[r] = sum, norm
	}
	p.reduced = make([]float64, len(p.cost))
	for j, column := range p.columns {
		d := p.cost[j]
		for _, e := range column {
			d -= p.slackPrice[e.at] * e.value
		}
		if p.place[j] < 0 {
			p.reduced[j] = d
		}
	}
	p.scratch.alpha = make([]float64, len(p.cost))
	p.scratch.column = make([]float64, p.stride)
}

func (p *Program) costOf(variable int32) float64 {
	if variable < 0 {
		return 0
	}
	return p.cost[variable]
}

// AddRow adds a constraint Σ coefficients·x ≤ rhs over the given columns and returns
// its number. The basis stays dual feasible.
func (p *Program) AddRow(columns []int32, coefficients []float64, rhs float64) int {
	m := len(p.rhs)
	if m == p.stride {
		p.widen()
	}
	fresh := p.inverse[m*p.stride : m*p.stride+m+1]
	clear(fresh)
	row := make([]entry, len(columns))
	for k, j := range columns {
		row[k] = entry{j, coefficients[k]}
		p.columns[j] = append(slices.Clip(p.columns[j]), entry{int32(m), coefficients[k]})
		if r := p.place[j]; r >= 0 {
			subtract(fresh[:m], coefficients[k], p.inverse[int(r)*p.stride:int(r)*p.stride+m])
		}
	}
	for r := range m {
		p.inverse[r*p.stride+m] = 0
	}
	fresh[m] = 1
	p.rhs, p.rows, p.tight = append(p.rhs, rhs), append(p.rows, row), append(p.tight, false)
	sum, norm := 0.0, 0.0
	for k, v := range fresh {
		sum += v * p.rhs[k]
		norm += v * v
	}
	p.basis, p.slackPlace = append(p.basis, int32(-1-m)), append(p.slackPlace, int32(m))
	p.x, p.norm, p.slackPrice = append(p.x, sum), append(p.norm, norm), append(p.slackPrice, 0)
	return m
}

// widen makes room for more rows.
func (p *Program) widen() {
	m, stride := len(p.rhs), p.stride*3/2+8
	wide := make([]float64, stride*stride)
	for r := range m {
		copy(wide[r*stride:], p.inverse[r*p.stride:r*p.stride+m])
	}
	p.inverse, p.stride = wide, stride
	p.scratch.column = make([]float64, stride)
}

func subtract(from []float64, factor float64, row []float64) {
	row = row[:len(from)]
	for k := range from {
		from[k] -= factor * row[k]
	}
}

// Ban makes a column 0 from now on.
func (p *Program) Ban(column int) { p.banned[column] = true }

// Tighten bans the slack of a row: the row must hold with equality from now on.
func (p *Program) Tighten(row int) { p.tight[row] = true }

// Banned says whether a column must be 0.
func (p *Program) Banned(column int) bool { return p.banned[column] }

// Value is a column's value in the present basis.
func (p *Program) Value(column int) float64 {
	if r := p.place[column]; r >= 0 {
		return p.x[r]
	}
	return 0
}

// Price is a row's dual value; that of a row that must hold with equality is cut off
// below 0.
func (p *Program) Price(row int) float64 { return max(0, p.slackPrice[row]) }

// Infeasible says whether the last Solve found that nothing holds every constraint. Then
// the prices stay dual feasible when any multiple of Ray is added to them, and the bound
// falls by Fall for each.
func (p *Program) Infeasible() bool { return p.ray >= 0 }

// Ray is a row's entry of the direction in which prices may go on for ever.
func (p *Program) Ray(row int) float64 { return p.raySign * p.inverse[p.ray*p.stride+row] }

// Fall is what one step along Ray takes from the bound.
func (p *Program) Fall() float64 { return math.Abs(p.x[p.ray]) }

// Reduced is the cost of a column less the prices of what it takes; at most 0 for every
// column that is not banned once Solve has ended well.
func (p *Program) Reduced(column int) float64 { return p.reduced[column] }

// Idle says whether a row's slack is in the basis, so that its price is 0.
func (p *Program) Idle(row int) bool { return p.slackPlace[row] >= 0 }

// Rows is the number of rows.
func (p *Program) Rows() int { return len(p.rhs) }

// Objective is the value of the present basis: a bound of the program while the basis
// is dual feasible, and the optimum when Solve has ended well.
func (p *Program) Objective() float64 {
	sum := 0.0
	for r, v := range p.basis {
		sum += p.costOf(v) * p.x[r]
	}
	return sum
}

// Clone is an independent copy, from which another branch goes on.
func (p *Program) Clone() *Program {
	q := *p
	m := len(p.rhs)
	q.stride = m + 16
	q.inverse = make([]float64, q.stride*q.stride)
	for r := range m {
		copy(q.inverse[r*q.stride:], p.inverse[r*p.stride:r*p.stride+m])
	}
	q.rhs, q.rows = slices.Clone(p.rhs), slices.Clone(p.rows)
	q.columns, q.banned, q.tight = slices.Clone(p.columns), slices.Clone(p.banned), slices.Clone(p.tight)
	q.basis, q.place, q.slackPlace = slices.Clone(p.basis), slices.Clone(p.place), slices.Clone(p.slackPlace)
	q.x, q.norm = slices.Clone(p.x), slices.Clone(p.norm)
	q.reduced, q.slackPrice = slices.Clone(p.reduced), slices.Clone(p.slackPrice)
	q.scratch = scratch{alpha: make([]float64, len(p.cost)), column: make([]float64, q.stride)}
	q.Pivots = 0
	return &q
}
