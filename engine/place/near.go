package place

import (
	"cmp"
	"slices"
)

// nearby lists, for each unit, the places that it would lose least at, at the prices
// of a search: its favourite first. Units that are alike share a list.
type nearby struct {
	first, end []int32 // unit → index of its first option, and after its last
	option     []option
	// most is each unit's highest reduced value, at least 0.
	most []float32
}

// option is a place and the reduced value lost there against the favourite.
type option struct {
	place  int32
	regret float32
}

// The options kept in each list: all of them in a small problem, few in a large one.
const (
	leastOptions = 10
	allOptions   = 24_000_000
)

func newNear(in *instance, d *dual, workers int) *nearby {
	units, lists := len(in.members), in.everybody().units
	keep := min(in.places, max(leastOptions, allOptions/max(1, len(lists))))
	parts := make([][]option, len(lists))
	n := &nearby{most: make([]float32, units), first: make([]int32, units), end: make([]int32, units)}
	parallel(workers, len(lists), func(_, from, to int) {
		reduced := make([]float32, in.places)
		var all []option
		for k := from; k < to; k++ {
			u := int(lists[k])
			d.reduced(u, reduced)
			all, n.most[u] = lossesOf(reduced, all[:0])
			if len(all) > keep {
				all = keepLeast(all, keep)
			}
			slices.SortFunc(all, byRegret)
			parts[k] = slices.Clone(all)
		}
	})
	total := 0
	for k, p := range parts {
		n.first[lists[k]] = int32(total)
		total += len(p)
		n.end[lists[k]] = int32(total)
	}
	n.option = make([]option, 0, total)
	for _, p := range parts {
		n.option = append(n.option, p...)
	}
	for u, one := range in.alike {
		n.first[u], n.end[u], n.most[u] = n.first[one], n.end[one], n.most[one]
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
func (n *nearby) of(u int) []option { return n.option[n.first[u]:n.end[u]] }
