package place

import (
	"math"

	"cairn/engine/place/simplex"
)

// Limits of the exact separation: items with a share at a place, knapsacks tried for one
// cut, the denominator of its coefficients, and nodes of the search for one knapsack.
const (
	jointItems = 24
	jointSets  = 200
	jointWhole = 60
	jointNodes = 20_000
	// jointSteps is how many steps of the table count as much as a node.
	jointSteps = 16
)

// jointKnapsack separates from the hull of what fits into one place in all dimensions:
// the coefficients α ≥ 0 that the solution breaks most with α·y ≤ 1 for every y that
// fits, found by generating the y (Boccia, Sforza, Sterle and Vasilyev 2008).
type jointKnapsack struct {
	dims, place int
	// room is what settled units leave, left what those who are wholly here leave too.
	room, left []int
	// items are here in part; whole are wholly here, idle not at all: both are lifted.
	items, whole, idle []jointItem
	nodes              int
}

type jointItem struct {
	unit  int32
	size  []int32
	share float64
}

// separateJoint looks for a broken cut at each place.
func (r *relaxation) separateJoint(share [][]knapsackItem) []coreCut {
	var out []coreCut
	in := r.core.in
	for i, listed := range share {
		j := &jointKnapsack{dims: in.dims, place: i, room: make([]int, in.dims)}
		for d := range j.room {
			j.room[d] = int(r.room[i*in.dims+d])
		}
		j.left = append([]int(nil), j.room...)
		for _, it := range listed {
			if r.settled(int(it.unit)) {
				continue
			}
			u := r.units[it.unit].unit
			item := jointItem{it.unit, in.size[u*in.dims : (u+1)*in.dims], it.share}
			switch {
			case it.share >= 1-whole:
				j.whole = append(j.whole, item)
				for d, s := range item.size {
					j.left[d] -= int(s)
				}
			case it.share > whole:
				j.items = append(j.items, item)
			default:
				j.idle = append(j.idle, item)
			}
		}
		if len(j.items) == 0 || len(j.items) > jointItems {
			continue
		}
		if cut, ok := j.cut(); ok {
			cut.after = len(r.core.rounds)
			out = append(out, cut)
		}
		r.core.work += int64(20 * j.nodes)
	}
	return out
}

// cut generates the sets that fit until none has more than 1, and lifts the rest.
func (j *jointKnapsack) cut() (coreCut, bool) {
	n := len(j.items)
	master := simplex.New(n, nil)
	for k := range j.items {
		master.AddColumn(j.items[k].share, k, nil, nil)
	}
	master.Start()
	alpha := make([]float64, n)
	for range jointSets {
		if !master.Solve(1000) || master.Objective() <= 1+leastViolation {
			return coreCut{}, false
		}
		for k := range alpha {
			alpha[k] = max(0, master.Value(k))
		}
		set, sum := j.heaviest(alpha)
		if j.nodes > jointNodes {
			return coreCut{}, false
		}
		if sum <= 1+1e-7 {
			return j.lift(alpha)
		}
		ones := make([]float64, len(set))
		for k := range ones {
			ones[k] = 1
		}
		master.AddRow(set, ones, 1)
	}
	return coreCut{}, false
}

// heaviest is the set that fits with the highest sum of coefficients.
func (j *jointKnapsack) heaviest(alpha []float64) (set []int32, best float64) {
	rest := make([]float64, len(alpha)+1)
	for k := len(alpha) - 1; k >= 0; k-- {
		rest[k] = rest[k+1] + alpha[k]
	}
	room := append([]int(nil), j.left...)
	var taken []int32
	best = -1
	var try func(k int, sum float64)
	try = func(k int, sum float64) {
		if j.nodes++; sum+rest[k] <= best+1e-12 || j.nodes > jointNodes {
			return
		}
		if k == len(alpha) {
			best, set = sum, append(set[:0], taken...)
			return
		}
		if j.take(room, k, -1) {
			taken = append(taken, int32(k))
			try(k+1, sum+alpha[k])
			taken = taken[:len(taken)-1]
		}
		j.take(room, k, 1)
		try(k+1, sum)
	}
	try(0, 0)
	return set, best
}

// take moves the room by the size of item k and says whether none is below 0.
func (j *jointKnapsack) take(room []int, k, sign int) bool {
	ok := true
	for d, s := range j.items[k].size {
		room[d] += sign * int(s)
		ok = ok && room[d] >= 0
	}
	return ok
}

// lift makes the coefficients whole, checks them over the table of all rooms, and gives
// items without a share the largest coefficient that still holds.
func (j *jointKnapsack) lift(alpha []float64) (coreCut, bool) {
	scale := scaleOf(alpha)
	table := newJointTable(j.room, j.items, j.whole, j.idle)
	if scale == 0 || table == nil {
		return coreCut{}, false
	}
	cut := coreCut{place: j.place, limit: scale}
	include := func(it jointItem, coefficient int) {
		if coefficient > 0 {
			cut.units, cut.coefficients = append(cut.units, it.unit), append(cut.coefficients, coefficient)
			j.nodes += table.enter(it.size, coefficient) / jointSteps
		}
	}
	for k, it := range j.items {
		include(it, int(math.Round(alpha[k]*float64(scale))))
	}
	left := append([]int(nil), j.left...)
	if most := table.reach(left); most < 0 || most > scale {
		return coreCut{}, false
	}
	for _, it := range j.whole {
		for d, s := range it.size {
			left[d] += int(s)
		}
		a := table.reach(left) - cut.limit
		cut.limit += max(0, a)
		include(it, a)
	}
	for _, it := range j.idle {
		beside := append(left[:0:0], j.room...)
		for d, s := range it.size {
			beside[d] -= int(s)
		}
		if most := table.reach(beside); most >= 0 {
			include(it, cut.limit-most)
		}
	}
	return cut, true
}

// scaleOf is the smallest number that makes all coefficients whole, or 0.
func scaleOf(alpha []float64) int {
	for q := 1; q <= jointWhole; q++ {
		ok := true
		for _, a := range alpha {
			x := a * float64(q)
			if math.Abs(x-math.Round(x)) > 1e-5 {
				ok = false
				break
			}
		}
		if ok {
			return q
		}
	}
	return 0
}
