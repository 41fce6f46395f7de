package place

import (
	"cmp"
	"slices"
)

// nearby lists, for each unit, the places that it would lose least at, at the prices
// of a search: its favourite first.
type nearby struct {
	first  []int32 // unit → index of its first option; one more entry ends the last
	option []option
	// most is each unit's highest reduced value, at least 0.
	most []float32
}

// option is a place and the reduced value lost there against the favourite.
type option struct {
	place  int32
	regret float32
}

// The options kept for each unit: all of them in a small problem, few in a large one.
const (
	leastOptions = 10
	allOptions   = 24_000_000
)

func newNear(in *instance, d *dual, workers int) *nearby {
	units := len(in.members)
	keep := min(in.places, max(leastOptions, allOptions/max(1, units)))
	parts := make([][]option, units)
	n := &nearby{most: make([]float32, units), first: make([]int32, units+1)}
	parallel(workers, units, func(_, from, to int) {
		reduced := make([]float32, in.places)
		var all []option
		for u := from; u < to; u++ {
			d.reduced(u, reduced)
			all, n.most[u] = lossesOf(reduced, all[:0])
			if len(all) > keep {
				all = keepLeast(all, keep)
			}
			slices.SortFunc(all, byRegret)
			parts[u] = slices.Clone(all)
		}
	})
	total := 0
	for u, p := range parts {
		total += len(p)
		n.first[u+1] = int32(total)
	}
	n.option = make([]option, 0, total)
	for _, p := range parts {
		n.option = append(n.option, p...)
	}
	return n
}

func byRegret(a, b option) int {
	return cmp.Or(cmp.Compare(a.regret, b.regret), cmp.Compare(a.place, b.place))
}

// lossesOf lists the open places with what is lost at each.
func lossesOf(reduced []float32, out []option) ([]option, float32) {
	most := float32(0)
	for _, x := range reduced {
		most = max(most, x)
	}
	for i, x := range reduced {
		if x != closedValue {
			out = append(out, option{int32(i), most - x})
		}
	}
	return out, most
}

// keepLeast moves the n options of least regret to the front (quickselect).
func keepLeast(all []option, n int) []option {
	low, high := 0, len(all)-1
	for low < high {
		pivot := all[(low+high)/2]
		i, j := low, high
		for i <= j {
			for all[i].regret < pivot.regret {
				i++
			}
			for all[j].regret > pivot.regret {
				j--
			}
			if i <= j {
				all[i], all[j] = all[j], all[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case n-1 <= j:
			high = j
		case n-1 >= i:
			low = i
		default:
			return all[:n]
		}
	}
	return all[:n]
}

// of is the options of unit u, least regret first.
func (n *nearby) of(u int) []option { return n.option[n.first[u]:n.first[u+1]] }
