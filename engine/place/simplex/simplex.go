// Package simplex solves small linear programs in which every variable belongs to one
// choice, of whose variables one whole is used,
//
//	maximise Σ cost·x   with   A·x ≤ rhs,   Σ x ≤ 1 over each choice,   x ≥ 0,
//
// by the dual simplex method with steepest-edge pricing (Forrest and Goldfarb 1992) on
// an explicit inverse. Choices have no rows in that inverse: each has a key variable
// that takes what the others leave of it (Dantzig and Van Slyke 1967), so hundreds of
// choices cost next to nothing beside the rows. The package is made for some hundred
// rows, to which rows are added (cutting planes) and of which columns are banned
// (branching); both keep the basis dual feasible, so the next solution is a few pivots
// away.
//
// # Words
//
//   - A column is a variable; each row and each choice has a slack of its own.
//   - A banned column must be 0.
//   - A row's price is its dual value, at least 0 when Solve ends well.
//
// # Example
//
//	p := simplex.New(2, []float64{3})                        // two choices, one capacity
//	a := p.AddColumn(5, 0, []int32{0}, []float64{2})
//	b := p.AddColumn(4, 1, []int32{0}, []float64{2})
//	p.Start()
//	ok := p.Solve(1000)                                      // a is 1, b is 0.5
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

// What place says of a column that is in no row of the basis.
const (
	outside = -1
	isKey   = -2
)

// Program is a linear program with its present basis. The zero value is of no use; New
// makes one.
type Program struct {
	rhs  []float64
	cost []float64
	// choice is that of each column. The slacks of the choices are the last columns.
	choice []int32
	own    int // columns that are no slack of a choice
	// columns and rows hold the matrix twice.
	columns, rows [][]entry
	banned        []bool
	// key is the column that takes what the others of its choice leave, keyX how much
	// that is.
	key  []int32
	keyX []float64
	// basis is the variable of each row: a column, or −1−k for the slack of row k; place
	// and slackPlace are where each variable stands in it.
	basis               []int32
	place, slackPlace   []int32
	x                   []float64
	reduced, slackPrice []float64
	// inverse is row-major with the given stride: that of the basis in which each column
	// stands less the key of its choice.
	inverse []float64
	stride  int
	// norm and keyNorm are the squared lengths of the rows of the whole inverse, in
	// which choices have rows too.
	norm, keyNorm []float64
	scratch       scratch
	dead          deadEnd
	// bound follows the objective from pivot to pivot, stepped is the last step of prices.
	bound, stepped float64
	// Floor is an objective at which Solve need not go on: −Inf unless it is set.
	Floor float64
	// Pivots counts the work done.
	Pivots int
}

// deadEnd shows that nothing holds every constraint: the row of the inverse, nil for one
// that is 0, and what is missing.
type deadEnd struct {
	found      bool
	row        []float64
	sign, fall float64
}

// scratch is reused between pivots.
type scratch struct {
	// row is the pivot row without zeros, alpha that of the tableau, keys what it has at
	// each key before the key is taken off.
	row         []entry
	alpha, keys []float64
	// column is the pivot column, keyColumn its part of the keys; keyLean are products of
	// the keys' rows with the pivot row, weights what gives those of the others.
	column, keyColumn []float64
	keyLean, weights  []float64
	candidates        []candidate
}

// New makes a program of so many choices and of rows without columns.
func New(choices int, rhs []float64) *Program {
	return &Program{rhs: slices.Clone(rhs), rows: make([][]entry, len(rhs)), key: make([]int32, choices),
		Floor: math.Inf(-1)}
}

// AddColumn adds a variable of a choice before Start and returns its number. The rows
// must differ.
func (p *Program) AddColumn(cost float64, choice int, rows []int32, coefficients []float64) int {
	j := len(p.cost)
	column := make([]entry, len(rows))
	for k, r := range rows {
		column[k] = entry{r, coefficients[k]}
		p.rows[r] = append(p.rows[r], entry{int32(j), coefficients[k]})
	}
	p.cost, p.choice = append(p.cost, cost), append(p.choice, int32(choice))
	p.columns = append(p.columns, column)
	return j
}

// Start sets the first basis: each choice takes its dearest column, or nothing when none
// is worth more, and rows have their slacks. No prices are needed for that to be dual
// feasible.
func (p *Program) Start() {
	p.own = len(p.cost)
	for g := range p.key {
		p.key[g] = int32(len(p.cost))
		p.AddColumn(0, g, nil, nil)
	}
	for j, g := range p.choice[:p.own] {
		if p.cost[j] > p.cost[p.key[g]] {
			p.key[g] = int32(j)
		}
	}
	n, m, choices := len(p.cost), len(p.rhs), len(p.key)
	p.banned, p.place, p.reduced = make([]bool, n), make([]int32, n), make([]float64, n)
	for j, g := range p.choice {
		p.place[j], p.reduced[j] = outside, p.cost[j]-p.cost[p.key[g]]
	}
	p.stride = m + m/2 + 8
	p.inverse = make([]float64, p.stride*p.stride)
	p.basis, p.slackPlace = make([]int32, m), make([]int32, m)
	p.x, p.norm, p.slackPrice = slices.Clone(p.rhs), make([]float64, m), make([]float64, m)
	for r := range m {
		p.inverse[r*p.stride+r] = 1
		p.basis[r], p.slackPlace[r], p.norm[r] = int32(-1-r), int32(r), 1
	}
	p.keyX, p.keyNorm = make([]float64, choices), make([]float64, choices)
	for g, j := range p.key {
		p.place[j], p.keyX[g], p.keyNorm[g] = isKey, 1, 1
		for _, e := range p.columns[j] {
			p.x[e.at] -= e.value
			p.norm[e.at] += e.value * e.value
		}
	}
	p.scratch = newScratch(n, choices, p.stride)
}

func newScratch(columns, choices, rows int) scratch {
	return scratch{alpha: make([]float64, columns), keys: make([]float64, choices), keyColumn: make([]float64, choices),
		keyLean: make([]float64, choices), column: make([]float64, rows), weights: make([]float64, rows)}
}

// Ban makes a column 0 from now on.
func (p *Program) Ban(column int) { p.banned[column] = true }

// Demand lets a choice use one whole of its columns from now on, and no less.
func (p *Program) Demand(choice int) { p.banned[p.own+choice] = true }

// Banned says whether a column must be 0.
func (p *Program) Banned(column int) bool { return p.banned[column] }

// Value is a column's value in the present basis.
func (p *Program) Value(column int) float64 {
	switch r := p.place[column]; r {
	case outside:
		return 0
	case isKey:
		return p.keyX[p.choice[column]]
	default:
		return p.x[r]
	}
}

// Price is a row's dual value.
func (p *Program) Price(row int) float64 { return max(0, p.slackPrice[row]) }

// Worth is a choice's dual value: what its key has left after paying for its rows. It is
// at least 0 when Solve ends well and the choice is not demanded.
func (p *Program) Worth(choice int) float64 {
	j := p.key[choice]
	left := p.cost[j]
	for _, e := range p.columns[j] {
		left -= p.slackPrice[e.at] * e.value
	}
	return left
}

// Infeasible says whether the last Solve found that nothing holds every constraint. Then
// the prices stay dual feasible when any multiple of Ray is added to them, and the bound
// falls by Fall for each.
func (p *Program) Infeasible() bool { return p.dead.found }

// Ray is a row's entry of the direction in which prices may go on for ever.
func (p *Program) Ray(row int) float64 {
	if p.dead.row == nil {
		return 0
	}
	return p.dead.sign * p.dead.row[row]
}

// Fall is what one step along Ray takes from the bound.
func (p *Program) Fall() float64 { return p.dead.fall }

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
	for g, j := range p.key {
		sum += p.cost[j] * p.keyX[g]
	}
	for r, j := range p.basis {
		if j >= 0 {
			sum += p.cost[j] * p.x[r]
		}
	}
	return sum
}

// squares is the squared length of a vector.
func squares(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	return sum
}

// dot is a product of vectors, in an order that does not depend on their values.
func dot(a, b []float64) float64 {
	b = b[:len(a)]
	even, odd := 0.0, 0.0
	k := 0
	for ; k+1 < len(a); k += 2 {
		even += a[k] * b[k]
		odd += a[k+1] * b[k+1]
	}
	if k < len(a) {
		even += a[k] * b[k]
	}
	return even + odd
}

func subtract(from []float64, factor float64, row []float64) {
	row = row[:len(from)]
	for k := range from {
		from[k] -= factor * row[k]
	}
}

// infinite is above every ratio.
var infinite = math.Inf(1)
