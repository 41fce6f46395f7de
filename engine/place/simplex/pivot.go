package simplex

// candidate is a variable that could enter the basis: a column, or −1−k for the slack of
// row k, with its entry in the pivot row, below 0, and its reduced cost.
type candidate struct {
	variable int32
	a, d     float64
}

// Solve pivots until the basis is optimal, or until so many pivots are done; it says
// whether it is optimal, or bad enough for Floor.
func (p *Program) Solve(most int) bool {
	p.dead, p.bound = deadEnd{}, p.Objective()
	for k := range most + 1 {
		r, g := p.leaving()
		if r < 0 && g < 0 || p.bound <= p.Floor {
			return true
		}
		if k == most {
			return false
		}
		if g >= 0 {
			r = p.passKey(g)
		}
		if !p.step(r, g) {
			return false
		}
	}
	return false
}

// leaving is the row, or else the choice, whose variable lies furthest outside its
// limits, measured along the edge that leads back; both are −1 when none does.
func (p *Program) leaving() (row, choice int) {
	best := 0.0
	row, choice = -1, -1
	for r, x := range p.x {
		if x >= -primalSlack && (x <= primalSlack || p.basis[r] < 0 || !p.banned[p.basis[r]]) {
			continue
		}
		if far := x * x / p.norm[r]; far > best {
			best, row = far, r
		}
	}
	for g, x := range p.keyX {
		if x >= -primalSlack && (x <= primalSlack || !p.banned[p.key[g]]) {
			continue
		}
		if far := x * x / p.keyNorm[g]; far > best {
			best, row, choice = far, -1, g
		}
	}
	return row, choice
}

// passKey makes another column of the choice that is in the basis its key, and gives the
// row in which the old key stands now; it is −1 when the key is alone.
func (p *Program) passKey(g int) int {
	at, most := -1, 0.0
	for r, j := range p.basis {
		if j >= 0 && p.choice[j] == int32(g) && (at < 0 || p.x[r] > most) {
			at, most = r, p.x[r]
		}
	}
	if at < 0 {
		return -1
	}
	m := len(p.rhs)
	row := p.inverse[at*p.stride : at*p.stride+m]
	for r, j := range p.basis {
		if r != at && j >= 0 && p.choice[j] == int32(g) {
			subtract(row, -1, p.inverse[r*p.stride:r*p.stride+m])
		}
	}
	for k := range row {
		row[k] = -row[k]
	}
	old, fresh := p.key[g], p.basis[at]
	p.key[g], p.basis[at] = fresh, old
	p.place[fresh], p.place[old] = isKey, int32(at)
	p.keyX[g], p.x[at] = p.x[at], p.keyX[g]
	p.keyNorm[g], p.norm[at] = p.norm[at], p.keyNorm[g]
	return at
}

// step lets the variable of row r leave, or the key of choice g when r is −1. It says
// whether another could enter.
func (p *Program) step(r, g int) bool {
	x := 0.0
	if r >= 0 {
		x = p.x[r]
	} else {
		x = p.keyX[g]
	}
	sign := 1.0
	if x > 0 {
		sign = -1
	}
	length := p.tableau(r, g)
	q, ok := p.entering(sign)
	if !ok {
		p.dead = deadEnd{found: true, sign: sign, fall: sign * -x}
		if r >= 0 {
			p.dead.row = p.inverse[r*p.stride : r*p.stride+len(p.rhs)]
		}
		return false
	}
	pivot := p.fillColumn(q, r, g)
	p.reprice(q, r, g, pivot)
	p.turn(r, g, x/pivot, pivot, length)
	p.bound += p.stepped * x
	p.swap(q, r, g)
	p.Pivots++
	return true
}

// tableau works out the pivot row over all columns out of the basis, and its squared
// length in the whole inverse. That of a key that is alone is 1 at the columns of its
// choice.
func (p *Program) tableau(r, g int) (length float64) {
	s := &p.scratch
	s.row = s.row[:0]
	clear(s.alpha)
	if r >= 0 {
		for k, v := range p.inverse[r*p.stride : r*p.stride+len(p.rhs)] {
			if v == 0 {
				continue
			}
			s.row = append(s.row, entry{int32(k), v})
			length += v * v
			for _, e := range p.rows[k] {
				s.alpha[e.at] += v * e.value
			}
		}
		for h, j := range p.key {
			v := s.alpha[j]
			s.keys[h] = v
			length += v * v
		}
	} else {
		clear(s.keys)
		s.keys[g] = -1
		length = 1
	}
	for j, h := range p.choice {
		if p.place[j] == outside {
			s.alpha[j] -= s.keys[h]
		} else {
			s.alpha[j] = 0
		}
	}
	return length
}

// entering chooses by Harris's ratio test: of the variables that keep the prices within
// tolerance, the one with the largest pivot.
func (p *Program) entering(sign float64) (q int32, ok bool) {
	list, limit := p.scratch.candidates[:0], infinite
	for j, a := range p.scratch.alpha {
		if a *= sign; a < -leastPivot && !p.banned[j] {
			d := min(0, p.reduced[j])
			limit = min(limit, (d-dualSlack)/a)
			list = append(list, candidate{int32(j), a, d})
		}
	}
	for _, e := range p.scratch.row {
		if a := sign * e.value; a < -leastPivot && p.slackPlace[e.at] < 0 {
			d := min(0, -p.slackPrice[e.at])
			limit = min(limit, (d-dualSlack)/a)
			list = append(list, candidate{-1 - e.at, a, d})
		}
	}
	p.scratch.candidates = list
	best := 0.0
	for _, c := range list {
		if c.d/c.a <= limit && -c.a > best {
			best, q, ok = -c.a, c.variable, true
		}
	}
	return q, ok
}

// fillColumn works out the pivot column and returns the pivot.
func (p *Program) fillColumn(q int32, r, g int) float64 {
	s, m := &p.scratch, len(p.rhs)
	clear(s.keyColumn)
	if q < 0 {
		for i := range m {
			s.column[i] = p.inverse[i*p.stride+int(-1-q)]
		}
	} else {
		h := p.choice[q]
		with, less := p.columns[q], p.columns[p.key[h]]
		for i := range m {
			row, sum := p.inverse[i*p.stride:i*p.stride+m], 0.0
			for _, e := range with {
				sum += row[e.at] * e.value
			}
			for _, e := range less {
				sum -= row[e.at] * e.value
			}
			s.column[i] = sum
		}
		s.keyColumn[h] = 1
	}
	for i, j := range p.basis {
		if c := s.column[i]; c < 1e-13 && c > -1e-13 {
			s.column[i] = 0
		} else if j >= 0 {
			s.keyColumn[p.choice[j]] -= c
		}
	}
	if r < 0 {
		return s.keyColumn[g]
	}
	return s.column[r]
}

// reprice moves the reduced costs by the dual step.
func (p *Program) reprice(q int32, r, g int, pivot float64) {
	d := 0.0
	if q < 0 {
		d = -p.slackPrice[-1-q]
	} else {
		d = p.reduced[q]
	}
	step := min(0, d) / pivot
	p.stepped = step
	for j, a := range p.scratch.alpha {
		if a != 0 {
			p.reduced[j] -= step * a
		}
	}
	for _, e := range p.scratch.row {
		if p.slackPlace[e.at] < 0 {
			p.slackPrice[e.at] += step * e.value
		}
	}
	if q < 0 {
		p.slackPrice[-1-q] = 0
	} else {
		p.reduced[q] = 0
	}
	switch {
	case r < 0:
		p.reduced[p.key[g]] = -step
	case p.basis[r] < 0:
		p.slackPrice[-1-p.basis[r]] = step
	default:
		p.reduced[p.basis[r]] = -step
	}
}

// turn moves values, lengths and the inverse by the pivot. The lengths need the products
// of the rows of the whole inverse with the pivot row.
func (p *Program) turn(r, g int, step, pivot, length float64) {
	s, m := &p.scratch, len(p.rhs)
	p.weigh()
	var from []float64
	if r >= 0 {
		from = p.inverse[r*p.stride : r*p.stride+m]
	}
	dense := len(s.row)*3 > m
	for i, j := range p.basis {
		c, lean, row := s.column[i]/pivot, length, p.inverse[i*p.stride:i*p.stride+m]
		switch {
		case i == r:
		case c == 0:
			if j < 0 || s.keyColumn[p.choice[j]] == 0 {
				continue
			}
			lean = dot(row, s.weights)
		case dense:
			lean = dotAndSubtract(row, s.weights, c, from)
		default:
			lean = dot(row, s.weights)
			for _, e := range s.row {
				row[e.at] -= c * e.value
			}
		}
		if j >= 0 {
			s.keyLean[p.choice[j]] -= lean
		}
		if i != r && c != 0 {
			p.x[i] -= step * s.column[i]
			p.norm[i] = max(p.norm[i]-2*c*lean+c*c*length, leastNorm)
		}
	}
	for h, c := range s.keyColumn {
		if c == 0 || r < 0 && h == g {
			continue
		}
		p.keyX[h] -= step * c
		c /= pivot
		p.keyNorm[h] = max(p.keyNorm[h]-2*c*s.keyLean[h]+c*c*length, leastNorm)
	}
	if r < 0 {
		p.keyX[g], p.keyNorm[g] = step, length/(pivot*pivot)
		return
	}
	for _, e := range s.row {
		from[e.at] = e.value / pivot
	}
	p.x[r], p.norm[r] = step, length/(pivot*pivot)
}

// leastNorm keeps squared lengths above 0.
const leastNorm = 1e-12

// weigh works out the vector whose product with a row is that of the row with the pivot
// row in the whole inverse, and begins the products of the keys.
func (p *Program) weigh() {
	s := &p.scratch
	s.weights = s.weights[:len(p.rhs)]
	clear(s.weights)
	for _, e := range s.row {
		s.weights[e.at] = e.value
	}
	for h, v := range s.keys {
		s.keyLean[h] = -v
		if v == 0 {
			continue
		}
		for _, e := range p.columns[p.key[h]] {
			s.weights[e.at] += v * e.value
		}
	}
}

// dotAndSubtract is the product of a row with weights; then it takes a multiple of
// another row off.
func dotAndSubtract(row, weights []float64, factor float64, other []float64) float64 {
	weights, other = weights[:len(row)], other[:len(row)]
	even, odd := 0.0, 0.0
	k := 0
	for ; k+1 < len(row); k += 2 {
		a, b := row[k], row[k+1]
		even += a * weights[k]
		odd += b * weights[k+1]
		row[k], row[k+1] = a-factor*other[k], b-factor*other[k+1]
	}
	if k < len(row) {
		even += row[k] * weights[k]
		row[k] -= factor * other[k]
	}
	return even + odd
}

// swap enters variable q in row r, or as the key of choice g when r is −1.
func (p *Program) swap(q int32, r, g int) {
	if r < 0 {
		p.place[p.key[g]], p.place[q] = outside, isKey
		p.key[g] = q
		return
	}
	if out := p.basis[r]; out < 0 {
		p.slackPlace[-1-out] = -1
	} else {
		p.place[out] = outside
	}
	p.basis[r] = q
	if q < 0 {
		p.slackPlace[-1-q] = int32(r)
	} else {
		p.place[q] = int32(r)
	}
}
