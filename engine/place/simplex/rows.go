package simplex

import "slices"

// AddRow adds a constraint Σ coefficients·x ≤ rhs over the given columns and returns
// its number. The basis stays dual feasible.
func (p *Program) AddRow(columns []int32, coefficients []float64, rhs float64) int {
	m := len(p.rhs)
	if m == p.stride {
		p.widen()
	}
	fresh := p.inverse[m*p.stride : m*p.stride+m+1]
	clear(fresh)
	row, x, given := make([]entry, len(columns)), rhs, p.scratch.alpha
	clear(given)
	for k, j := range columns {
		row[k] = entry{j, coefficients[k]}
		p.columns[j] = append(slices.Clip(p.columns[j]), entry{int32(m), coefficients[k]})
		x -= coefficients[k] * p.Value(int(j))
		given[j] = coefficients[k]
	}
	for r, j := range p.basis {
		if j < 0 {
			continue
		}
		if a := given[j] - given[p.key[p.choice[j]]]; a != 0 {
			subtract(fresh[:m], a, p.inverse[r*p.stride:r*p.stride+m])
		}
	}
	for r := range m {
		p.inverse[r*p.stride+m] = 0
	}
	fresh[m] = 1
	p.rhs, p.rows = append(p.rhs, rhs), append(p.rows, row)
	norm := squares(fresh)
	for _, j := range p.key {
		sum := 0.0
		for _, e := range p.columns[j] {
			sum += fresh[e.at] * e.value
		}
		norm += sum * sum
	}
	p.basis, p.slackPlace = append(p.basis, int32(-1-m)), append(p.slackPlace, int32(m))
	p.x, p.norm, p.slackPrice = append(p.x, x), append(p.norm, norm), append(p.slackPrice, 0)
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
	p.scratch.column, p.scratch.weights = make([]float64, stride), make([]float64, stride)
}

// DropIdle removes the rows from the given one on whose slack is in the basis, and says
// for each row which number it has now, or −1.
func (p *Program) DropIdle(from int) []int32 {
	m := len(p.rhs)
	now := make([]int32, m)
	kept := make([]int, 0, m)
	// A slack may stand in any row of the basis; bring each idle one home.
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
	if len(kept) < m {
		p.keepRows(kept, now)
	}
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
		p.slackPrice[to], p.basis[to] = p.slackPrice[k], p.basis[k]
	}
	m := len(kept)
	p.rhs, p.rows, p.x, p.norm = p.rhs[:m], p.rows[:m], p.x[:m], p.norm[:m]
	p.slackPrice, p.slackPlace, p.basis = p.slackPrice[:m], p.slackPlace[:m], p.basis[:m]
	for j, column := range p.columns {
		if slices.ContainsFunc(column, func(e entry) bool { return now[e.at] != e.at }) {
			p.columns[j] = renumbered(column, now)
		}
	}
	for k := range p.slackPlace {
		p.slackPlace[k] = -1
	}
	for r, v := range p.basis {
		if v < 0 {
			p.basis[r] = -1 - now[-1-v]
			p.slackPlace[now[-1-v]] = int32(r)
		} else {
			p.place[v] = int32(r)
		}
	}
}

// renumbered is a copy of a column with the rows that stay.
func renumbered(column []entry, now []int32) []entry {
	out := make([]entry, 0, len(column))
	for _, e := range column {
		if to := now[e.at]; to >= 0 {
			out = append(out, entry{to, e.value})
		}
	}
	return out
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
	q.rhs, q.rows, q.columns = slices.Clone(p.rhs), slices.Clone(p.rows), slices.Clone(p.columns)
	q.banned, q.basis = slices.Clone(p.banned), slices.Clone(p.basis)
	q.place, q.slackPlace = slices.Clone(p.place), slices.Clone(p.slackPlace)
	q.x, q.norm = slices.Clone(p.x), slices.Clone(p.norm)
	q.key, q.keyX, q.keyNorm = slices.Clone(p.key), slices.Clone(p.keyX), slices.Clone(p.keyNorm)
	q.reduced, q.slackPrice = slices.Clone(p.reduced), slices.Clone(p.slackPrice)
	q.scratch = newScratch(len(p.cost), len(p.key), q.stride)
	q.dead, q.Pivots = deadEnd{}, 0
	return &q
}
