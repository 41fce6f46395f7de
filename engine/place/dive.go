package place

// found is a plan of a core's units: the place of each, nowhere for none, and its value.
type found struct {
	places []int
	value  float64
}

// Dives settle every column at or above nearlyWhole at once, and take back so many
// steps that leave no plan.
const (
	nearlyWhole = 0.85
	diveRetries = 12
)

// dive looks for a plan above the best known by rounding the solution of the linear
// program step by step, and solving again after each (Berthold 2006).
func (r *relaxation) dive(from *node) bool {
	k, q := r.core, r.branch(from)
	for retries := 0; k.spend(0); {
		q.Floor = k.value - r.base
		if !r.solve(q) || r.objective(q) <= k.value+slackOf(k.value) {
			return false
		}
		j := r.mostWhole(q)
		if j < 0 {
			k.keep(r, q)
			return true
		}
		next := r.branch(q)
		r.settle(next, j)
		for other := range r.column {
			if x := q.Value(other); other != j && x >= nearlyWhole && x < 1-whole {
				r.settle(next, other)
			}
		}
		next.Floor = q.Floor
		if r.solve(next) && r.objective(next) > k.value+slackOf(k.value) {
			q = next
			continue
		}
		if retries++; retries > diveRetries {
			return false
		}
		q.Ban(j)
	}
	return false
}

// mostWhole is the column nearest below 1, −1 when all are whole.
func (r *relaxation) mostWhole(program *node) int {
	best, at := 0.0, -1
	for j := range r.column {
		if x := program.Value(j); x > whole && x < 1-whole && x > best {
			best, at = x, j
		}
	}
	return at
}

// settle lets the column's unit have this place and no other.
func (r *relaxation) settle(program *node, j int) {
	n := r.column[j].unit
	for k := range r.units[n].pairs {
		if other := r.first[n] + k; other != j {
			program.Ban(other)
		}
	}
	program.Demand(int(r.choice[n]))
}

// keep takes a whole solution as the best plan known.
func (k *core) keep(r *relaxation, program *node) {
	f := &found{places: make([]int, len(r.units)), value: r.base}
	for n := range r.units {
		f.places[n] = nowhere
		if r.settled(n) {
			f.places[n] = r.units[n].pairs[0].place
			continue
		}
		for q, pair := range r.units[n].pairs {
			if program.Value(r.first[n]+q) > 0.5 {
				f.places[n] = pair.place
				f.value += pair.value
			}
		}
	}
	if f.value > k.value {
		k.best, k.value = f, f.value
	}
}

// apply moves everybody to the best plan found, if one was.
func (k *core) apply(p *plan) {
	if k.best == nil {
		return
	}
	for _, unit := range k.units {
		if p.at[unit.unit] != nowhere {
			p.lift(unit.unit)
		}
	}
	for n, place := range k.best.places {
		if place != nowhere {
			p.put(k.units[n].unit, place)
		}
	}
}
