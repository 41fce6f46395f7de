package simplex

import (
	"math"
	"slices"
)

// Solve pivots until the basis is optimal, or until so many pivots are done; it says
// whether it is optimal.
func (p *Program) Solve(most int) bool {
	p.ray = -1
	for k := range most + 1 {
		r := p.leaving()
		if r < 0 {
			return true
		}
		if k == most {
			return false
		}
		q, slack := p.entering(r)
		if q < 0 {
			p.ray, p.raySign = r, 1
			if p.x[r] > 0 {
				p.raySign = -1
			}
			return false
		}
		p.pivot(r, q, slack)
	}
	return false
}

// leaving is the row that lies furthest outside its limits, measured along the edge that
// leads back, or −1.
func (p *Program) leaving() int {
	best, at := 0.0, -1
	for r, x := range p.x {
		if x >= -primalSlack && (x <= primalSlack || !p.mustBeZero(p.basis[r])) {
			continue
		}
		if far := x * x / p.norm[r]; far > best {
			best, at = far, r
		}
	}
	return at
}

func (p *Program) mustBeZero(variable int32) bool {
	if variable < 0 {
		return p.tight[-1-variable]
	}
	return p.banned[variable]
}

// entering chooses the variable that replaces the one of row r, by Harris's ratio test:
// of those that keep the prices within tolerance, the one with the largest pivot. The
// second answer says that it is the slack of that row.
func (p *Program) entering(r int) (int, bool) {
	sign := 1.0
	if p.x[r] > 0 {
		sign = -1
	}
	p.tableau(r)
	rho := p.inverse[r*p.stride : r*p.stride+len(p.rhs)]
	limit := math.Inf(1)
	p.each(rho, sign, func(_ int, _ bool, a, d float64) {
		limit = min(limit, (d-dualSlack)/a)
	})
	best, at, slack := 0.0, -1, false
	p.each(rho, sign, func(j int, s bool, a, d float64) {
		if d/a <= limit && -a > best {
			best, at, slack = -a, j, s
		}
	})
	return at, slack
}

// each calls visit with the variables out of the basis whose entry in the pivot row lets
// the row's variable move towards its limit.
func (p *Program) each(rho []float64, sign float64, visit func(j int, slack bool, a, d float64)) {
	for j, a := range p.scratch.alpha {
		if a *= sign; a < -leastPivot && p.place[j] < 0 && !p.banned[j] {
			visit(j, false, a, min(0, p.reduced[j]))
		}
	}
	for k, a := range rho {
		if a *= sign; a < -leastPivot && p.slackPlace[k] < 0 && !p.tight[k] {
			visit(k, true, a, min(0, -p.slackPrice[k]))
		}
	}
}

// tableau works out row r of the tableau over all columns.
func (p *Program) tableau(r int) {
	alpha := p.scratch.alpha
	clear(alpha)
	rho := p.inverse[r*p.stride : r*p.stride+len(p.rhs)]
	p.scratch.row = p.scratch.row[:0]
	for k, v := range rho {
		if v == 0 {
			continue
		}
		p.scratch.row = append(p.scratch.row, entry{int32(k), v})
		for _, e := range p.rows[k] {
			alpha[e.at] += v * e.value
		}
	}
}

// pivot lets the variable of row r leave for variable q.
func (p *Program) pivot(r, q int, slack bool) {
	m := len(p.rhs)
	column := p.scratch.column[:m]
	p.fillColumn(column, q, slack)
	pivot := column[r]
	p.reprice(r, q, slack, pivot)
	step := p.x[r] / pivot
	own := p.inverse[r*p.stride : r*p.stride+m]
	length := 0.0
	for k := range p.scratch.row {
		e := &p.scratch.row[k]
		e.value /= pivot
		own[e.at] = e.value
		length += e.value * e.value
	}
	for i, c := range column {
		if i == r || c > -1e-13 && c < 1e-13 {
			continue
		}
		p.x[i] -= step * c
		p.turn(i, c, length)
	}
	p.x[r], p.norm[r] = step, length
	p.swap(r, q, slack)
	p.Pivots++
}

// turn subtracts c times the pivot row from row i of the inverse.
func (p *Program) turn(i int, c, length float64) {
	row := p.inverse[i*p.stride : i*p.stride+len(p.rhs)]
	dot := 0.0
	for _, e := range p.scratch.row {
		dot += row[e.at] * e.value
		row[e.at] -= c * e.value
	}
	p.norm[i] = max(p.norm[i]-2*c*dot+c*c*length, 1e-12)
}

// fillColumn is the inverse times the column of a variable.
func (p *Program) fillColumn(out []float64, q int, slack bool) {
	if slack {
		for i := range out {
			out[i] = p.inverse[i*p.stride+q]
		}
		return
	}
	entries := p.columns[q]
	for i := range out {
		row, sum := p.inverse[i*p.stride:], 0.0
		for _, e := range entries {
			sum += row[e.at] * e.value
		}
		out[i] = sum
	}
}

// reprice moves the reduced costs by the dual step.
func (p *Program) reprice(r, q int, slack bool, pivot float64) {
	d := 0.0
	if slack {
		d = -p.slackPrice[q]
	} else {
		d = p.reduced[q]
	}
	step := min(0, d) / pivot
	for j, a := range p.scratch.alpha {
		if a != 0 && p.place[j] < 0 {
			p.reduced[j] -= step * a
		}
	}
	for _, e := range p.scratch.row {
		if p.slackPlace[e.at] < 0 {
			p.slackPrice[e.at] += step * e.value
		}
	}
	if slack {
		p.slackPrice[q] = 0
	} else {
		p.reduced[q] = 0
	}
	if out := p.basis[r]; out < 0 {
		p.slackPrice[-1-out] = step
	} else {
		p.reduced[out] = -step
	}
}

func (p *Program) swap(r, q int, slack bool) {
	if out := p.basis[r]; out < 0 {
		p.slackPlace[-1-out] = -1
	} else {
		p.place[out] = -1
	}
	if slack {
		p.basis[r], p.slackPlace[q] = int32(-1-q), int32(r)
	} else {
		p.basis[r], p.place[q] = int32(q), int32(r)
	}
}

// DropIdle removes the rows from the given one on whose slack is in the basis, and says
// for each row which number it has now, or −1.
func (p *Program) DropIdle(from int) []int32 {
	m := len(p.rhs)
	now := make([]int32, m)
	kept := make([]int, 0, m)
	// A row of the matrix may stand in any row of the basis; bring each idle slack home.
	for k := from; k < m; k++ {
		if r := p.slackPlace[k]; r >= 0 && int(r) != k {
			p.exchange(int(r), k)
		}
	}
	for k := range m {
		if now[k] = -1; k < from || p.slackPlace[k] < 0 {
			now[k] = int32(len(kept))
			kept = append(kept, k)
		}
	}
	p.keepRows(kept, now)
	return now
}

// exchange swaps two rows of the basis.
func (p *Program) exchange(a, b int) {
	m := len(p.rhs)
	for k := range m {
		p.inverse[a*p.stride+k], p.inverse[b*p.stride+k] = p.inverse[b*p.stride+k], p.inverse[a*p.stride+k]
	}
	p.basis[a], p.basis[b] = p.basis[b], p.basis[a]
	p.x[a], p.x[b] = p.x[b], p.x[a]
	p.norm[a], p.norm[b] = p.norm[b], p.norm[a]
	for _, r := range []int{a, b} {
		if v := p.basis[r]; v < 0 {
			p.slackPlace[-1-v] = int32(r)
		} else {
			p.place[v] = int32(r)
		}
	}
}

// keepRows takes the rows that stay, which are in order.
func (p *Program) keepRows(kept []int, now []int32) {
	for to, k := range kept {
		row := p.inverse[k*p.stride:]
		for at, from := range kept {
			p.inverse[to*p.stride+at] = row[from]
		}
		p.rhs[to], p.rows[to], p.x[to], p.norm[to] = p.rhs[k], p.rows[k], p.x[k], p.norm[k]
		p.tight[to] = p.tight[k]
		p.slackPrice[to], p.slackPlace[to], p.basis[to] = p.slackPrice[k], p.slackPlace[k], p.basis[k]
	}
	m := len(kept)
	p.rhs, p.rows, p.x, p.norm = p.rhs[:m], p.rows[:m], p.x[:m], p.norm[:m]
	p.tight = p.tight[:m]
	p.slackPrice, p.slackPlace, p.basis = p.slackPrice[:m], p.slackPlace[:m], p.basis[:m]
	for j := range p.columns {
		p.columns[j] = slices.Clone(p.columns[j])
		p.columns[j] = slices.DeleteFunc(p.columns[j], func(e entry) bool { return now[e.at] < 0 })
		for k := range p.columns[j] {
			p.columns[j][k].at = now[p.columns[j][k].at]
		}
	}
	for r, v := range p.basis {
		if v < 0 {
			p.basis[r] = -1 - now[-1-v]
			p.slackPlace[now[-1-v]] = int32(r)
		} else {
			p.place[v] = int32(r)
		}
	}
	for k := range p.slackPlace {
		if r := p.slackPlace[k]; r >= 0 && (int(r) >= m || p.basis[r] != int32(-1-k)) {
			p.slackPlace[k] = -1
		}
	}
}
