package place

import (
	"fmt"
	"math"
	"slices"
)

// closedValue marks a closed pair in the value table.
var closedValue = float32(math.Inf(-1))

// instance is a problem prepared for the search: units instead of cases,
// numbers instead of names. Capacity rows are numbered place·dims+dimension,
// then the problem's own rows.
type instance struct {
	p            *Problem
	dims, places int
	// members lists the cases of each unit, in the problem's order.
	members [][]int32
	fixed   []bool
	// size is unit × dimension.
	size []int32
	// value is unit × place, closedValue where a gate is closed.
	value []float32
	// alike is, for each unit, the first that no price can tell from it.
	alike []int32
	limit []int64
	rows  []rowIndex
	// rowsAt lists the problem rows that cap each place.
	rowsAt [][]int32
	// class numbers the sets of rows that count a case: class[case] indexes
	// classes, whose entries say for each row whether it counts. Class 0
	// counts only rows without a selection.
	class   []int32
	classes [][]bool
	mixed   []bool
}

type rowIndex struct {
	dim    int
	places []int32
}

// dimension is that of a capacity row.
func (in *instance) dimension(r int) int {
	if k := r - in.places*in.dims; k >= 0 {
		return in.rows[k].dim
	}
	return r % in.dims
}

func compile(p *Problem, workers int) (*instance, error) {
	in := &instance{p: p, dims: len(p.Dimensions), places: len(p.Places)}
	in.compileRows()
	in.compileClasses()
	in.compileUnits()
	if err := in.compileValues(workers); err != nil {
		return nil, err
	}
	return in, nil
}

func (in *instance) compileRows() {
	p := in.p
	in.limit = make([]int64, in.places*in.dims+len(p.Rows))
	for i := range p.Places {
		for d, n := range p.Places[i].Capacity {
			in.limit[i*in.dims+d] = int64(n)
		}
	}
	in.rowsAt = make([][]int32, in.places)
	for r := range p.Rows {
		row := &p.Rows[r]
		in.limit[in.places*in.dims+r] = int64(row.Limit)
		ix := rowIndex{dim: slices.Index(p.Dimensions, row.Dimension)}
		for i := range p.Places {
			if rowCaps(row, &p.Places[i]) {
				ix.places = append(ix.places, int32(i))
				in.rowsAt[i] = append(in.rowsAt[i], int32(r))
			}
		}
		in.rows = append(in.rows, ix)
	}
}

func rowCaps(r *Row, pl *Place) bool {
	if r.Places == nil && r.Countries == nil && r.Localities == nil {
		return true
	}
	return slices.Contains(r.Places, pl.ID) || slices.Contains(r.Countries, pl.Country) ||
		slices.Contains(r.Localities, pl.Locality)
}

func rowCounts(r *Row, c *Case) bool {
	return (r.Groups == nil || slices.Contains(r.Groups, c.Group)) &&
		(r.Origins == nil || slices.Contains(r.Origins, c.Origin))
}

func (in *instance) compileClasses() {
	p := in.p
	type key struct{ group, origin string }
	known := map[key]int32{}
	bySet := map[string]int32{}
	in.class = make([]int32, len(p.Cases))
	for c := range p.Cases {
		k := key{p.Cases[c].Group, p.Cases[c].Origin}
		id, ok := known[k]
		if !ok {
			counts := make([]bool, len(p.Rows))
			for r := range p.Rows {
				counts[r] = rowCounts(&p.Rows[r], &p.Cases[c])
			}
			set := fmt.Sprint(counts)
			if id, ok = bySet[set]; !ok {
				id = int32(len(in.classes))
				bySet[set] = id
				in.classes = append(in.classes, counts)
			}
			known[k] = id
		}
		in.class[c] = id
	}
}

func (in *instance) compileUnits() {
	p := in.p
	byTie := map[string]int{}
	for c := range p.Cases {
		tie := p.Cases[c].Tie
		if u, ok := byTie[tie]; ok && tie != "" {
			in.members[u] = append(in.members[u], int32(c))
			continue
		}
		byTie[tie] = len(in.members)
		in.members = append(in.members, []int32{int32(c)})
	}
	n := len(in.members)
	in.fixed, in.mixed = make([]bool, n), make([]bool, n)
	in.size = make([]int32, n*in.dims)
	for u, members := range in.members {
		for _, c := range members {
			in.fixed[u] = in.fixed[u] || p.Cases[c].Fixed != ""
			in.mixed[u] = in.mixed[u] || in.class[c] != in.class[members[0]]
			for d, s := range p.Cases[c].Size {
				// A sum beyond every capacity stays beyond when it is cut.
				in.size[u*in.dims+d] = int32(min(int64(in.size[u*in.dims+d])+int64(s), maxAmount+1))
			}
		}
	}
}

// compileValues fills the value table, in parallel over chunks of units.
func (in *instance) compileValues(workers int) error {
	p := in.p
	in.value = make([]float32, len(in.members)*in.places)
	keeper := &gatekeeper{p: p, profiles: map[string][]gate{}}
	profiles := make([][]gate, len(p.Cases))
	for c := range p.Cases {
		profiles[c] = keeper.profile(&p.Cases[c])
	}
	errs, marks := make([]error, chunks), make([]uint64, len(in.members))
	parallel(workers, len(in.members), func(chunk, from, to int) {
		for u := from; u < to && errs[chunk] == nil; u++ {
			errs[chunk] = in.fillUnit(u, keeper, profiles)
			marks[u] = mark(in.value[u*in.places : (u+1)*in.places])
		}
	})
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	in.findAlike(marks)
	return nil
}

func (in *instance) fillUnit(u int, keeper *gatekeeper, profiles [][]gate) error {
	p := in.p
	out := in.value[u*in.places : (u+1)*in.places]
	for i := range out {
		sum, open := 0.0, true
		for _, c := range in.members[u] {
			if keeper.at(&p.Cases[c], profiles[c], i) != gateOpen {
				open = false
				break
			}
			score := p.Score(int(c), i)
			if err := p.checkScore(int(c)*in.places+i, score); err != nil {
				return err
			}
			if score <= Closed {
				open = false
				break
			}
			sum += p.Weight(int(c)) * (score + p.PlacingBonus)
		}
		out[i] = closedValue
		if open && in.fitsEmpty(u, i) {
			out[i] = float32(sum)
		}
	}
	return nil
}

// fitsEmpty says whether the unit would fit at place i if nobody else came.
func (in *instance) fitsEmpty(u, i int) bool {
	for d := range in.dims {
		if int64(in.size[u*in.dims+d]) > in.limit[i*in.dims+d] {
			return false
		}
	}
	for _, r := range in.rowsAt[i] {
		if in.amount(u, int(r)) > in.limit[in.places*in.dims+int(r)] {
			return false
		}
	}
	return true
}

// amount is what unit u takes of problem row r when it is at one of its places.
func (in *instance) amount(u, r int) int64 {
	dim := in.rows[r].dim
	if !in.mixed[u] {
		if in.classes[in.class[in.members[u][0]]][r] {
			return int64(in.size[u*in.dims+dim])
		}
		return 0
	}
	sum := int64(0)
	for _, c := range in.members[u] {
		if in.classes[in.class[c]][r] {
			sum += int64(in.p.Cases[c].Size[dim])
		}
	}
	return sum
}
