package place

import (
	"slices"

	"cairn/engine/place/simplex"
)

// relaxation is the linear program of the pairs that are left to a core. Units with one
// pair that need it are settled: they take their room and are not in the program.
type relaxation struct {
	core  *core
	units []coreUnit
	root  *node
	// column names each column's unit and pair; first is each unit's first column, −1
	// when settled; choice is the program's number of each unit, row its row of each
	// limit, −1 for one that no plan of these pairs can reach.
	column []columnOf
	first  []int
	choice []int32
	row    []int32
	// from is the number of rows before those of cuts, base what is settled.
	from int
	base float64
	// room is what settled units leave of each limit.
	room []float64
	// over is a limit that settled units exceed, which leaves no plan, or −1.
	over int
	// joint asks for cuts by all dimensions together.
	joint bool
}

type columnOf struct{ unit, pair int }

// node is one program of a relaxation: the first, or a branch.
type node struct {
	*simplex.Program
	// cutRow is the row of each cut of the pool, −1 when it has none.
	cutRow []int32
}

// branch is a copy of a program.
func (r *relaxation) branch(n *node) *node {
	m := int64(n.Rows())
	r.core.work += (m*m + int64(6*len(r.column))) / 2
	return &node{n.Program.Clone(), slices.Clone(n.cutRow)}
}

// newRelaxation makes the program of some units with the cuts that were in force before;
// units are not copied.
func newRelaxation(k *core, units []coreUnit, before []int) *relaxation {
	r := &relaxation{core: k, units: units, base: k.base, first: make([]int, len(units)), choice: make([]int32, len(units)), over: -1,
		row: make([]int32, len(k.limit)), room: slices.Clone(k.limit)}
	need, free := make([]float64, len(k.limit)), 0
	for n := range units {
		if r.settled(n) {
			pair := units[n].pairs[0]
			r.base += pair.value
			k.in.addShare(r.room, units[n].unit, pair.place, -1)
			continue
		}
		for _, pair := range units[n].pairs {
			k.in.addShare(need, units[n].unit, pair.place, 1)
		}
		free++
	}
	var rhs []float64
	for x, room := range r.room {
		if room < 0 {
			r.over = x
		}
		if r.row[x] = -1; need[x] > room {
			r.row[x] = int32(len(rhs))
			rhs = append(rhs, max(0, room))
		}
	}
	r.from = len(rhs)
	r.root = &node{Program: simplex.New(free, rhs)}
	r.addColumns()
	r.root.cutRow = make([]int32, len(k.cuts))
	for c := range k.cuts {
		r.root.cutRow[c] = -1
	}
	for _, c := range before {
		r.root.cutRow[c] = r.addCut(r.root, c)
	}
	return r
}

// settled says whether unit n has one pair left and needs it.
func (r *relaxation) settled(n int) bool { return r.units[n].must && len(r.units[n].pairs) == 1 }

// addColumns adds the columns; the program starts with each unit at its best place.
func (r *relaxation) addColumns() {
	in, choice := r.core.in, 0
	for n := range r.units {
		r.first[n] = -1
		if r.settled(n) {
			continue
		}
		r.first[n], r.choice[n] = len(r.column), int32(choice)
		for q, pair := range r.units[n].pairs {
			var rows []int32
			var coefficients []float64
			add := func(limit int, amount float64) {
				if row := r.row[limit]; amount > 0 && row >= 0 {
					rows, coefficients = append(rows, row), append(coefficients, amount)
				}
			}
			u := r.units[n].unit
			for d, s := range in.size[u*in.dims : (u+1)*in.dims] {
				add(pair.place*in.dims+d, float64(s))
			}
			for _, x := range in.rowsAt[pair.place] {
				add(in.places*in.dims+int(x), float64(in.amount(u, int(x))))
			}
			r.root.AddColumn(pair.value, choice, rows, coefficients)
			r.column = append(r.column, columnOf{n, q})
		}
		choice++
	}
	r.root.Start()
	for n := range r.units {
		if r.first[n] >= 0 && r.units[n].must {
			r.root.Demand(int(r.choice[n]))
		}
	}
}

// columnAt is the column of a unit at a place, or −1.
func (r *relaxation) columnAt(n, place int) int {
	if r.first[n] < 0 {
		return -1
	}
	for q, pair := range r.units[n].pairs {
		if pair.place == place {
			return r.first[n] + q
		}
	}
	return -1
}

// addCuts takes note of cuts that other branches found; the node does not use them.
func (r *relaxation) addCuts(n *node) {
	for len(n.cutRow) < len(r.core.cuts) {
		n.cutRow = append(n.cutRow, -1)
	}
}

func (r *relaxation) addCut(program *node, c int) int32 {
	cut := &r.core.cuts[c]
	var columns []int32
	var coefficients []float64
	limit := float64(cut.limit)
	for x, n := range cut.units {
		switch j := r.columnAt(int(n), cut.place); {
		case j >= 0:
			columns = append(columns, int32(j))
			coefficients = append(coefficients, float64(cut.coefficients[x]))
		case r.settled(int(n)) && r.units[n].pairs[0].place == cut.place:
			limit -= float64(cut.coefficients[x])
		}
	}
	if len(columns) == 0 {
		return -1
	}
	return int32(program.AddRow(columns, coefficients, limit))
}

// shares lists for each place the units that could be there and how much of each is.
func (r *relaxation) shares(program *node) [][]knapsackItem {
	out := make([][]knapsackItem, r.core.in.places)
	for n := range r.units {
		for q, pair := range r.units[n].pairs {
			share := 1.0
			if r.first[n] >= 0 {
				share = program.Value(r.first[n] + q)
			}
			out[pair.place] = append(out[pair.place], knapsackItem{unit: int32(n), share: min(1, max(0, share))})
		}
	}
	return out
}

// prices reads the prices of a program's basis.
func (r *relaxation) prices(program *node) corePrices {
	out := corePrices{limit: make([]float64, len(r.core.limit)), cut: make([]float64, len(r.core.cuts))}
	for x, row := range r.row {
		if row >= 0 {
			out.limit[x] = program.Price(int(row))
		}
	}
	for c, row := range program.cutRow {
		if row >= 0 {
			out.cut[c] = program.Price(int(row))
		}
	}
	return out
}

// impossible are prices that show that a program without a solution has none above the
// target.
func (r *relaxation) impossible(program *node, target float64) corePrices {
	if r.over >= 0 {
		return r.overfull(target)
	}
	step := 0.0
	if above := r.objective(program) - target; above > 0 {
		step = 1.01 * above / program.Fall()
	}
	out := corePrices{limit: make([]float64, len(r.core.limit)), cut: make([]float64, len(r.core.cuts))}
	for x, row := range r.row {
		if row >= 0 {
			out.limit[x] = max(0, program.Price(int(row))+step*program.Ray(int(row)))
		}
	}
	for c, row := range program.cutRow {
		if row >= 0 {
			out.cut[c] = max(0, program.Price(int(row))+step*program.Ray(int(row)))
		}
	}
	return out
}

// overfull is a price of the limit that is exceeded, high enough to bring the bound down
// to the target.
func (r *relaxation) overfull(target float64) corePrices {
	out := corePrices{limit: make([]float64, len(r.core.limit)), cut: make([]float64, len(r.core.cuts))}
	most := r.core.base
	for _, unit := range r.units {
		best := 0.0
		for _, pair := range unit.pairs {
			best = max(best, pair.value)
		}
		most += best
	}
	out.limit[r.over] = 1.01 * max(0, most-target) / -r.room[r.over]
	return out
}

// objective is the value of a program's basis with what is settled.
func (r *relaxation) objective(program *node) float64 {
	return r.base + program.Objective()
}

// fractional is the number of columns that are neither 0 nor 1.
func (r *relaxation) fractional(program *node) int {
	count := 0
	for j := range r.column {
		if x := program.Value(j); x > whole && x < 1-whole {
			count++
		}
	}
	return count
}

// whole is how near to a whole number a value counts as one.
const whole = 1e-6

// mostPivots bounds one solution of a program.
const mostPivots = 20_000

// solve pivots to the optimum and counts the work.
func (r *relaxation) solve(program *node) bool {
	if r.over >= 0 {
		return false
	}
	ok := program.Solve(mostPivots)
	r.count(program)
	return ok
}

// count adds a program's pivots to the work.
func (r *relaxation) count(program *node) {
	m := int64(program.Rows())
	r.core.work += int64(program.Pivots) * (m*m + int64(6*len(r.column)))
	program.Pivots = 0
}

// hopeless says whether a solution that failed has shown that there is no plan.
func (r *relaxation) hopeless(program *node) bool { return r.over >= 0 || program.Infeasible() }

// tighten adds the cuts that the solution breaks, round by round, while a round brings
// the bound down by the given share of what lies between it and the target.
func (r *relaxation) tighten(program *node, rounds int, target, share float64) bool {
	stalled := 0
	for range rounds {
		before := r.objective(program)
		if !r.core.spend(0) || before <= target || r.fractional(program) == 0 {
			break
		}
		shares := r.shares(program)
		fresh := r.core.separate(shares, r.prices(program).limit)
		if r.joint {
			fresh = append(fresh, r.separateJoint(shares)...)
		}
		if len(fresh) == 0 {
			break
		}
		r.addCuts(program)
		for _, cut := range fresh {
			r.core.cuts = append(r.core.cuts, cut)
			program.cutRow = append(program.cutRow, r.addCut(program, len(r.core.cuts)-1))
		}
		if !r.solve(program) {
			return false
		}
		r.drop(program)
		if stalled++; before-r.objective(program) > share*(before-target) {
			stalled = 0
		}
		if stalled == 2 {
			break
		}
	}
	return true
}

// inForce lists the cuts that the node's program has.
func (n *node) inForce() []int {
	var out []int
	for c, row := range n.cutRow {
		if row >= 0 {
			out = append(out, c)
		}
	}
	return out
}

// drop takes cuts without a price out of the program.
func (r *relaxation) drop(program *node) {
	now := program.DropIdle(r.from)
	for c, row := range program.cutRow {
		if row >= 0 {
			program.cutRow[c] = now[row]
		}
	}
}
