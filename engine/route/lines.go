package route

import "slices"

// lines are the seats of one kind on all departures from one stop to another, in order
// of time. Prices along a line rise and fall together: where a queue waits for months,
// every departure of it is dear, and changing one price at a time only moves people to
// the departure before or after. A step therefore moves the prices of whole stretches of
// a line as well, stretches of two, four, eight … departures (a multilevel
// preconditioner; Bramble, Pasciak and Xu 1990).
type lines struct {
	members [][]int32 // of events × kinds
	sums    []float64 // of a stretch's excess, level by level
	weights []float64
	shift   []float64
}

func newLines(n *network) *lines {
	at := map[[3]int32]int{}
	out := &lines{}
	for e := range n.legs {
		l := &n.legs[e]
		for k := range n.kinds {
			if n.seats[e*n.kinds+k] == 0 {
				continue
			}
			key := [3]int32{l.from, l.to, int32(k)}
			i, met := at[key]
			if !met {
				i = len(out.members)
				at[key], out.members = i, append(out.members, nil)
			}
			out.members[i] = append(out.members[i], int32(e*n.kinds+k))
		}
	}
	out.members = slices.DeleteFunc(out.members, func(m []int32) bool { return len(m) < 2 })
	longest := 0
	for _, m := range out.members {
		longest = max(longest, len(m))
	}
	out.sums, out.weights, out.shift = make([]float64, 2*longest+64), make([]float64, 2*longest+64), make([]float64, longest)
	return out
}

// spread adds to each direction, unless it is nil, what its stretches call for, and
// gives the sum of the squares of excess over weight. Seats left aside, with the weight 0, take no part.
func (l *lines) spread(excess, weight, direction []float64) float64 {
	norm := 0.0
	for _, members := range l.members {
		norm += l.spreadLine(members, excess, weight, direction)
	}
	return norm
}

func (l *lines) spreadLine(members []int32, excess, weight, direction []float64) float64 {
	norm, count := 0.0, 0
	for _, i := range members {
		if weight[i] > 0 {
			l.sums[count], l.weights[count] = excess[i], weight[i]
			count++
		}
	}
	if count < 2 {
		return 0
	}
	shift := l.shift[:count]
	clear(shift)
	for width, size := 2, count; size > 1; width *= 2 {
		next := (size + 1) / 2
		for b := range next {
			s, w := l.sums[2*b], l.weights[2*b]
			if 2*b+1 < size {
				s, w = s+l.sums[2*b+1], w+l.weights[2*b+1]
			}
			l.sums[b], l.weights[b] = s, w
			norm += s * s / w
			move := s / w
			for i := b * width; i < min((b+1)*width, count); i++ {
				shift[i] += move
			}
		}
		size = next
	}
	if direction == nil {
		return norm
	}
	at := 0
	for _, i := range members {
		if weight[i] > 0 {
			direction[i] += shift[at]
			at++
		}
	}
	return norm
}
