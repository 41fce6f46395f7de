package place

import (
	"cmp"
	"slices"

	"cairn/engine/place"
)

// MTTC matches cases to places by multidimensional top trading cycles (Delacrétaz,
// Kominers and Teytelboym, American Economic Review 2023), written from their
// description. In each round every case points at the place that it likes best among
// those that have not rejected it, every place at the case of highest priority that is
// still to be matched, and the cases of each cycle are matched for good to the places
// they point at. A place rejects whoever no longer fits beside those matched to it.
//
// Places rank cases by their scores. Cases like the places that they have not ranked
// less than those ranked, and among them those of higher score. The answer is each
// case's place, −1 for none. Ties and rows are not looked at.
func MTTC(p place.Problem) []int {
	t := newTrading(p, nil)
	for t.point() {
		for _, cycle := range t.cycles() {
			t.match(cycle)
		}
	}
	return t.at
}

// MTTCEndowed begins with a plan in which cases own their places and come off no worse.
// Places point first at those who own room there, and a cycle is traded only if everybody
// in it fits beside those who stay. Where no cycle can be traded, a case at which a place
// points is rejected by the places where it would not fit.
func MTTCEndowed(p place.Problem, owned []int) []int {
	t := newTrading(p, owned)
	for t.point() {
		traded := false
		for _, cycle := range t.cycles() {
			if t.feasible(cycle) {
				t.match(cycle)
				traded = true
			}
		}
		if !traded && !t.rejectSome() {
			break
		}
	}
	for c, i := range t.owned {
		if t.at[c] < 0 {
			t.at[c] = i
		}
	}
	return t.at
}

// trading is the state between two rounds.
type trading struct {
	p place.Problem
	// at is where a case is matched for good, owned where it owns room until then.
	at, owned []int
	// likes lists the places of each case, best first; next is the first that has not
	// rejected it. ranks lists the cases of each place by priority, first is the first
	// that may still be pointed at.
	likes, ranks [][]int
	next, first  []int
	rejected     [][]bool
	// matched is the room taken for good, held the room of owners.
	matched, held [][]int
	// to is the case at which each place points, −1 for none.
	to []int
}

func newTrading(p place.Problem, owned []int) *trading {
	cases, places := len(p.Cases), len(p.Places)
	t := &trading{p: p, at: filled(cases, -1), owned: filled(cases, -1), likes: make([][]int, cases), ranks: make([][]int, places),
		next: make([]int, cases), first: make([]int, places), rejected: make([][]bool, cases),
		matched: make([][]int, places), held: make([][]int, places), to: filled(places, -1)}
	if owned != nil {
		t.owned = slices.Clone(owned)
	}
	for i := range places {
		t.matched[i], t.held[i] = make([]int, len(p.Dimensions)), make([]int, len(p.Dimensions))
		for c := range cases {
			if p.Score(c, i) > place.Closed {
				t.ranks[i] = append(t.ranks[i], c)
			}
		}
		slices.SortStableFunc(t.ranks[i], func(a, b int) int {
			return cmp.Or(-cmp.Compare(t.owns(a, i), t.owns(b, i)), -cmp.Compare(p.Score(a, i), p.Score(b, i)))
		})
	}
	for c := range cases {
		t.rejected[c] = make([]bool, places)
		for i := range places {
			if p.Score(c, i) > place.Closed {
				t.likes[c] = append(t.likes[c], i)
			}
		}
		slices.SortStableFunc(t.likes[c], func(a, b int) int {
			return cmp.Or(cmp.Compare(p.Rank(c, a), p.Rank(c, b)), -cmp.Compare(p.Score(c, a), p.Score(c, b)))
		})
		if i := t.owned[c]; i >= 0 {
			add(t.held[i], p.Cases[c].Size, 1)
		}
	}
	return t
}

func filled(n, x int) []int { return slices.Repeat([]int{x}, n) }

func add(to, size []int, sign int) {
	for d, n := range size {
		to[d] += sign * n
	}
}

func (t *trading) owns(c, i int) int {
	if t.owned[c] == i {
		return 1
	}
	return 0
}

// fits says whether a case fits into place i beside those matched to it, and those who
// own room there too when all is set, once somebody who owns room has left.
func (t *trading) fits(c, i, leaves int, all bool) bool {
	for d, n := range t.p.Cases[c].Size {
		taken := t.matched[i][d]
		if all {
			taken += t.held[i][d] - t.owns(c, i)*n
			if leaves >= 0 && leaves != c {
				taken -= t.owns(leaves, i) * t.p.Cases[leaves].Size[d]
			}
		}
		if n > 0 && taken+n > t.p.Places[i].Capacity[d] {
			return false
		}
	}
	return true
}

// target is the place at which a case points, −1 when all have rejected it.
func (t *trading) target(c int) int {
	for ; t.next[c] < len(t.likes[c]); t.next[c]++ {
		i := t.likes[c][t.next[c]]
		if !t.rejected[c][i] && t.fits(c, i, -1, false) {
			return i
		}
	}
	return -1
}

// point lets every place point anew; it says whether one does.
func (t *trading) point() bool {
	some := false
	for i, list := range t.ranks {
		t.to[i] = -1
		for ; t.first[i] < len(list); t.first[i]++ {
			// Who owns room here or has rejected nobody may still free a place elsewhere.
			if c := list[t.first[i]]; t.at[c] < 0 && t.target(c) >= 0 && (t.owned != nil || !t.rejected[c][i]) {
				t.to[i], some = c, true
				break
			}
		}
	}
	return some
}

// cycles follows the places: each to the case at which it points and on to that case's
// target. Every cycle is a list of places, each pointing at a case that goes to the next.
func (t *trading) cycles() [][]int {
	var out [][]int
	seen := filled(len(t.to), 0)
	for start := range t.to {
		var path []int
		i := start
		for i >= 0 && t.to[i] >= 0 && seen[i] == 0 {
			seen[i] = start + 1
			path = append(path, i)
			i = t.target(t.to[i])
		}
		if i >= 0 && t.to[i] >= 0 && seen[i] == start+1 {
			if k := slices.Index(path, i); k >= 0 {
				out = append(out, path[k:])
			}
		}
	}
	return out
}

// feasible says whether everybody in a cycle fits where they point, once those at whom
// the places point have left.
func (t *trading) feasible(cycle []int) bool {
	for k, i := range cycle {
		c, goal := t.to[i], cycle[(k+1)%len(cycle)]
		if !t.fits(c, goal, t.to[goal], true) {
			return false
		}
	}
	return true
}

// match matches the cases of a cycle for good.
func (t *trading) match(cycle []int) {
	for k, i := range cycle {
		c, goal := t.to[i], cycle[(k+1)%len(cycle)]
		if from := t.owned[c]; from >= 0 {
			add(t.held[from], t.p.Cases[c].Size, -1)
			t.owned[c] = -1
		}
		t.at[c] = goal
		add(t.matched[goal], t.p.Cases[c].Size, 1)
	}
}

// rejectSome lets places reject a case at which some place points and which would not fit
// there once the case at which they point has left; it goes on until somebody is rejected
// by the place at which they point.
func (t *trading) rejectSome() bool {
	for _, c := range t.to {
		if c < 0 {
			continue
		}
		goal := t.target(c)
		for i := range t.p.Places {
			if t.owned[c] != i && !t.fits(c, i, t.to[i], true) {
				t.rejected[c][i] = true
			}
		}
		if t.rejected[c][goal] {
			return true
		}
	}
	return false
}
