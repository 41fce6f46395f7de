package place

import (
	"math"

	"cairn/engine/place/simplex"
)

// Limits of the exact separation: items with a share at a place, knapsacks tried for one
// cut, states of the table that lifts it, and the denominator of its coefficients.
const (
	jointItems  = 24
	jointSets   = 200
	jointStates = 60_000
	jointWhole  = 60
	jointNodes  = 20_000
)

// jointKnapsack separates from the hull of what fits into one place in all dimensions:
// the coefficients α ≥ 0 that the solution breaks most with α·y ≤ 1 for every y that
// fits, found by generating the y (Boccia, Sforza, Sterle and Vasilyev 2008).
type jointKnapsack struct {
	dims, place int
	// room is what settled units leave, left what those who are wholly here leave too, top
	// how much of the room all items together could take.
	room, left, top []int
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
	j.findTop()
	states := 1
	for _, n := range j.top {
		if states *= n + 1; states > jointStates {
			return coreCut{}, false
		}
	}
	if scale == 0 {
		return coreCut{}, false
	}
	cut := coreCut{place: j.place, limit: scale}
	table := make([]int32, states)
	for k, it := range j.items {
		if a := int(math.Round(alpha[k] * float64(scale))); a > 0 {
			j.include(&cut, table, it, a)
		}
	}
	state := j.stateOf(j.left)
	if state < 0 || int(table[state]) > scale {
		return coreCut{}, false
	}
	left := append([]int(nil), j.left...)
	for _, it := range j.whole {
		for d, s := range it.size {
			left[d] += int(s)
		}
		if a := int(table[j.stateOf(left)]) - cut.limit; a > 0 {
			cut.limit += a
			j.include(&cut, table, it, a)
		}
	}
	for _, it := range j.idle {
		beside := append(left[:0:0], j.room...)
		for d, s := range it.size {
			beside[d] -= int(s)
		}
		if at := j.stateOf(beside); at >= 0 {
			if a := cut.limit - int(table[at]); a > 0 {
				j.include(&cut, table, it, a)
			}
		}
	}
	return cut, true
}

// findTop clips each room: more than all items take is as good as what they take.
func (j *jointKnapsack) findTop() {
	j.top = make([]int, j.dims)
	for d, n := range j.room {
		sum := 0
		for _, list := range [][]jointItem{j.items, j.whole, j.idle} {
			for _, it := range list {
				sum += int(it.size[d])
			}
		}
		j.top[d] = min(n, sum)
	}
}

func (j *jointKnapsack) include(cut *coreCut, table []int32, it jointItem, coefficient int) {
	cut.units, cut.coefficients = append(cut.units, it.unit), append(cut.coefficients, coefficient)
	j.enter(table, it.size, int32(coefficient))
}

// stateOf is the place of a room in the table, or −1 when it is below 0.
func (j *jointKnapsack) stateOf(room []int) int {
	at := 0
	for d, n := range room {
		if n < 0 {
			return -1
		}
		at = at*(j.top[d]+1) + min(n, j.top[d])
	}
	return at
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

// enter adds an item to the table: for each room the highest sum that fits. Rooms come in
// rows along the last dimension.
func (j *jointKnapsack) enter(table []int32, size []int32, coefficient int32) {
	last := j.dims - 1
	row, own := j.top[last]+1, int(size[last])
	if own >= row {
		return
	}
	shift := 0
	for d, s := range size {
		shift = shift*(j.top[d]+1) + int(s)
	}
	at := append([]int(nil), j.top[:last]...)
	for from := len(table) - row; from >= 0; from -= row {
		fits := true
		for d, s := range size[:last] {
			fits = fits && at[d] >= int(s)
		}
		if fits {
			// Rooms below still lack the item, as they come later.
			to, below := table[from+own:from+row], table[from+own-shift:from+row-shift]
			for k := len(to) - 1; k >= 0; k-- {
				to[k] = max(to[k], below[k]+coefficient)
			}
		}
		for d := last - 1; d >= 0; d-- {
			if at[d]--; at[d] >= 0 {
				break
			}
			at[d] = j.top[d]
		}
	}
}
