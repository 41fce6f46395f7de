package place

import (
	"cmp"
	"slices"
)

// jointTable says how much room coefficients need: for each sum of coefficients, and for
// each room in all dimensions but one, the least of that one by which items that fit
// reach the sum. Sums are far fewer than the rooms of the widest dimension, so that one
// is left out.
type jointTable struct {
	// along is the dimension that is left out; others are the rest, the widest last.
	along  int
	others []int
	// top is each room, clipped to what all items could take.
	top []int
	// layers has the needs of each sum, from 0; run is how many states differ in the last
	// dimension only.
	layers [][]int32
	run    int
	// from and to are the runs that an item leads between.
	from, to []int
}

// jointStates bounds a layer of the table.
const jointStates = 20_000

// beyond is more than any room.
const beyond = 1 << 30

// newJointTable is a table without items; nil when there are too many rooms.
func newJointTable(room []int, lists ...[]jointItem) *jointTable {
	t := &jointTable{top: make([]int, len(room))}
	for _, list := range lists {
		for _, it := range list {
			for d, s := range it.size {
				t.top[d] += int(s)
			}
		}
	}
	for d, n := range room {
		t.top[d] = min(t.top[d], n)
		t.others = append(t.others, d)
	}
	slices.SortStableFunc(t.others, func(a, b int) int { return cmp.Compare(t.top[a], t.top[b]) })
	last := len(t.others) - 1
	t.along, t.others = t.others[last], t.others[:last]
	states := 1
	for _, d := range t.others {
		if states *= t.top[d] + 1; states > jointStates {
			return nil
		}
		t.run = t.top[d] + 1
	}
	t.run = max(1, t.run)
	t.layers = [][]int32{make([]int32, states)}
	return t
}

// reach is the highest sum of coefficients that fits into a room, or −1 when the room is
// below 0.
func (t *jointTable) reach(room []int) int {
	at := 0
	for _, d := range t.others {
		if room[d] < 0 {
			return -1
		}
		at = at*(t.top[d]+1) + min(room[d], t.top[d])
	}
	sum := len(t.layers) - 1
	for sum >= 0 && int(t.layers[sum][at]) > room[t.along] {
		sum--
	}
	return sum
}

// enter adds an item and returns how many steps that took.
func (t *jointTable) enter(size []int32, coefficient int) (steps int) {
	states, own := len(t.layers[0]), 0
	if last := len(t.others) - 1; last >= 0 {
		own = int(size[t.others[last]])
	}
	t.pair(size)
	before := len(t.layers)
	for range coefficient {
		layer := make([]int32, states)
		for k := range layer {
			layer[k] = beyond
		}
		t.layers = append(t.layers, layer)
	}
	need := size[t.along]
	for sum := before + coefficient - 1; sum > 0; sum-- {
		with, without := t.layers[sum], t.layers[max(0, sum-coefficient)]
		for k, to := range t.to {
			into := with[to+own : to+t.run]
			out := without[t.from[k]:][:len(into)]
			for x := range into {
				into[x] = min(into[x], out[x]+need)
			}
		}
		steps += len(t.to) * t.run
	}
	for int(t.layers[len(t.layers)-1][states-1]) > t.top[t.along] {
		t.layers = t.layers[:len(t.layers)-1]
	}
	return steps
}

// pair lists the runs from which an item leads to others.
func (t *jointTable) pair(size []int32) {
	t.from, t.to = t.from[:0], t.to[:0]
	last := max(0, len(t.others)-1)
	if len(t.others) > 0 && int(size[t.others[last]]) >= t.run {
		return
	}
	for to := 0; to < len(t.layers[0]); to += t.run {
		rest, step, less, fits := to/t.run, t.run, 0, true
		for k := last - 1; k >= 0; k-- {
			d := t.others[k]
			fits = fits && rest%(t.top[d]+1) >= int(size[d])
			less += step * int(size[d])
			rest /= t.top[d] + 1
			step *= t.top[d] + 1
		}
		if fits {
			t.from, t.to = append(t.from, to-less), append(t.to, to)
		}
	}
}
