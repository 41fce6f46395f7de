package place

import (
	"cmp"
	"math"
	"slices"
)

// search is branch and bound over a relaxation, the better branch of a pair first.
type search struct {
	r *relaxation
	// best is the value that a solution must pass.
	best   float64
	tree   []Branch
	failed bool
	nodes  int
	depth  int
	// gains is what is known of each column, all of them together.
	gains []branchGain
	all   branchGain
}

// Columns to branch on are tried with few pivots each, until so many in a row were no
// better than the best, and no more once they have been tried often enough.
const (
	branchTries    = 12
	branchPivots   = 6
	deepest        = 200
	branchReliable = 3
	branchVain     = 4
)

// slackOf is how far above a value a bound may be and still count as no better.
func slackOf(value float64) float64 { return 1e-10 * max(1, math.Abs(value)) }

// explore proves a part of the plans: its tree in preorder.
func (s *search) explore(program *node) []Branch {
	s.nodes++
	if s.failed || !s.r.core.spend(0) || s.depth > deepest {
		s.failed = true
		return nil
	}
	program.Floor = s.floor()
	if !s.r.solve(program) {
		s.failed = !s.r.hopeless(program)
		return s.impossible(program)
	}
	if s.open(program) && s.r.fractional(program) > 0 {
		if !s.r.tighten(program, 2, s.best, 0.1) {
			s.failed = !s.r.hopeless(program)
			return s.impossible(program)
		}
	}
	if !s.open(program) {
		return s.leaf(program)
	}
	if s.r.fractional(program) == 0 {
		s.r.core.keep(s.r, program)
		s.best = s.r.core.value
		return s.leaf(program)
	}
	j, with, without := s.divide(program)
	at := s.r.column[j]
	unit := &s.r.units[at.unit]
	first := int(s.r.core.in.members[unit.unit][0])
	out := []Branch{{Case: first, Place: unit.pairs[at.pair].place}}
	s.depth++
	out = append(out, s.explore(with)...)
	out = append(out, s.explore(without)...)
	s.depth--
	return out
}

// open says whether the part could hold a better plan.
func (s *search) open(program *node) bool {
	return s.r.objective(program) > s.best+slackOf(s.best)
}

// floor is an objective of the program at which a part is closed for certain.
func (s *search) floor() float64 { return s.best - s.r.base - 100*slackOf(s.best) }

func (s *search) leaf(program *node) []Branch { return []Branch{leafOf(s.r.prices(program))} }

// impossible is the leaf of a part without plans.
func (s *search) impossible(program *node) []Branch {
	if s.failed {
		return nil
	}
	return []Branch{leafOf(s.r.impossible(program, s.best))}
}

// branchPair is a column to branch on: its value, and how much its branches are thought
// to lower the bound, multiplied.
type branchPair struct {
	column   int
	x, score float64
}

// divide chooses the column whose two branches lower the bound most and returns both.
// Columns are tried until enough is known of them (reliability branching: Achterberg,
// Koch and Martin 2005).
func (s *search) divide(program *node) (j int, with, without *node) {
	best, vain := -1.0, 0
	room := s.r.objective(program) - s.best
	list := s.branchPairs(program, room)
	for _, c := range list[:min(branchTries, len(list))] {
		if s.gains[c.column].tries >= branchReliable {
			if c.score > best {
				best, j, with, without = c.score, c.column, nil, nil
			}
			continue
		}
		a, b := s.with(program, c.column), s.without(program, c.column)
		up, down := s.try(program, a, room), s.try(program, b, room)
		s.learn(c, up, down)
		if score := up * down; score > best {
			best, j, with, without, vain = score, c.column, a, b, 0
		} else if vain++; vain == branchVain {
			break
		}
	}
	if with == nil {
		with, without = s.with(program, j), s.without(program, j)
	}
	return j, with, without
}

// branchPairs lists the columns that are neither 0 nor 1, the most promising first. What
// is not known of a column is taken from the average.
func (s *search) branchPairs(program *node, room float64) []branchPair {
	if s.gains == nil {
		s.gains = make([]branchGain, len(s.r.column))
	}
	var list []branchPair
	for j := range s.r.column {
		x := program.Value(j)
		if x <= whole || x >= 1-whole {
			continue
		}
		gain := s.gains[j]
		if gain.tries == 0 {
			gain = s.all
		}
		per := 1 / float64(max(1, gain.tries))
		score := clampGain(gain.up*per*(1-x), room) * clampGain(gain.down*per*x, room)
		if s.all.tries == 0 {
			at := s.r.column[j]
			score = min(x, 1-x) * s.r.units[at.unit].pairs[at.pair].value
		}
		list = append(list, branchPair{j, x, score})
	}
	slices.SortStableFunc(list, func(a, b branchPair) int { return cmp.Compare(b.score, a.score) })
	return list
}

// branchGain adds up by how much branches lowered the bound, for each whole that the
// column was moved.
type branchGain struct {
	up, down float64
	tries    int
}

func (s *search) learn(c branchPair, up, down float64) {
	for _, gain := range []*branchGain{&s.gains[c.column], &s.all} {
		gain.up += up / (1 - c.x)
		gain.down += down / c.x
		gain.tries++
	}
}

// clampGain keeps what a branch lowers the bound by above 0 and to what closes it.
func clampGain(gain, room float64) float64 { return max(1e-9, min(gain, room)) }

// try solves a branch in few pivots and says how much lower its bound is.
func (s *search) try(program, branch *node, room float64) float64 {
	branch.Floor = s.floor()
	branch.Solve(branchPivots)
	s.r.count(branch)
	if branch.Infeasible() {
		return room
	}
	return clampGain(program.Objective()-branch.Objective(), room)
}

// with is a copy in which the column's unit has this place and no other.
func (s *search) with(program *node, j int) *node {
	q := s.r.branch(program)
	s.r.settle(q, j)
	return q
}

// without is a copy in which the column is 0.
func (s *search) without(program *node, j int) *node {
	q := s.r.branch(program)
	q.Ban(j)
	return q
}
