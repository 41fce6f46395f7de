package place

import "slices"

// together finds prices for places that are alike as one place, which finds the level of
// prices before their differences: there are few such places, and fewer units differ, so
// that the search can be patient.
func (s *priceSearch) together(steps int, level float64) {
	in, groups := s.d.in, groupsOf(s.alike)
	coarse := in.gathered(groups)
	search := &priceSearch{ctx: s.ctx, d: newDual(coarse), workers: s.workers, budget: s.budget, progress: s.progress, patient: true}
	search.descend(coarse.everybody(), coarse.whole(), steps, level)
	price := make([]float64, len(in.limit))
	for g, group := range groups {
		for _, i := range group {
			copy(price[i*in.dims:(i+1)*in.dims], search.d.price[g*in.dims:(g+1)*in.dims])
		}
	}
	copy(price[in.places*in.dims:], search.d.price[len(groups)*in.dims:])
	s.d.set(price)
}

// groupsOf lists the places that are alike, each once.
func groupsOf(alike [][]int) [][]int {
	var out [][]int
	for i, group := range alike {
		if group[0] == i {
			out = append(out, group)
		}
	}
	return out
}

// gathered is the instance in which places that are alike are one, open to whom any of
// them is open, with the room of all. A row counts for a group that it caps as a whole.
func (in *instance) gathered(groups [][]int) *instance {
	out := *in
	out.places = len(groups)
	out.limit = make([]int64, 0, len(groups)*in.dims+len(in.rows))
	for _, group := range groups {
		for k := range in.dims {
			room := int64(0)
			for _, i := range group {
				room += in.limit[i*in.dims+k]
			}
			out.limit = append(out.limit, room)
		}
	}
	out.limit = append(out.limit, in.limit[in.places*in.dims:]...)
	out.rows, out.rowsAt = make([]rowIndex, len(in.rows)), make([][]int32, len(groups))
	for r, row := range in.rows {
		out.rows[r].dim = row.dim
		for g, group := range groups {
			if !slices.ContainsFunc(group, func(i int) bool { return !slices.Contains(in.rowsAt[i], int32(r)) }) {
				out.rows[r].places = append(out.rows[r].places, int32(g))
				out.rowsAt[g] = append(out.rowsAt[g], int32(r))
			}
		}
	}
	out.value = make([]float32, len(in.members)*len(groups))
	marks := make([]uint64, len(in.members))
	for u := range in.members {
		row := out.value[u*len(groups) : (u+1)*len(groups)]
		for g, group := range groups {
			row[g] = closedValue
			for _, i := range group {
				row[g] = max(row[g], in.value[u*in.places+i])
			}
		}
		marks[u] = mark(row)
	}
	out.findAlike(marks)
	return &out
}

// Places are alike where few of a sample of units that both are open to tell them apart.
const (
	alikeSample = 1024
	// fewDiffer of a hundred may: those who wish for one town of many.
	fewDiffer = 1
	// leastCommon are too few to say.
	leastCommon = 8
)

// alikePlaces lists for each place those that are worth the same to nearly everybody whom
// both let in; nil where no two places are alike.
func (in *instance) alikePlaces() [][]int {
	n := len(in.members)
	units := make([]int, min(n, alikeSample))
	for k := range units {
		units[k] = k * n / len(units)
	}
	var groups [][]int
	var columns [][]float32 // what each group is worth to the sample
	for i := range in.places {
		column := make([]float32, len(units))
		for k, u := range units {
			column[k] = in.value[u*in.places+i]
		}
		g := 0
		for g < len(groups) && !(in.p.Places[groups[g][0]].Country == in.p.Places[i].Country && alike(column, columns[g])) {
			g++
		}
		if g == len(groups) {
			groups, columns = append(groups, []int{i}), append(columns, column)
			continue
		}
		groups[g] = append(groups[g], i)
		for k, v := range column {
			columns[g][k] = max(columns[g][k], v)
		}
	}
	if len(groups) == in.places {
		return nil
	}
	out := make([][]int, in.places)
	for _, group := range groups {
		for _, i := range group {
			out[i] = group
		}
	}
	return out
}

// alike compares what two places are worth to those whom both let in.
func alike(a, b []float32) bool {
	common, differ := 0, 0
	for k, x := range a {
		if x == closedValue || b[k] == closedValue {
			continue
		}
		common++
		if x != b[k] {
			differ++
		}
		if 100*differ > fewDiffer*len(a) {
			return false
		}
	}
	return common >= leastCommon && 100*differ <= fewDiffer*common
}
