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
}

// Candidates for a branch are tried with few pivots each.
const (
	branchTries  = 16
	branchPivots = 8
	deepest      = 200
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

// divide chooses the column whose two branches lower the bound most (strong branching:
// Applegate, Bixby, Chvátal and Cook 1995) and returns both.
func (s *search) divide(program *node) (j int, with, without *node) {
	type candidate struct {
		column int
		split  float64
	}
	var tried []candidate
	for j := range s.r.column {
		if x := program.Value(j); x > whole && x < 1-whole {
			at := s.r.column[j]
			weight := s.r.units[at.unit].pairs[at.pair].value
			tried = append(tried, candidate{j, min(x, 1-x) * weight})
		}
	}
	slices.SortStableFunc(tried, func(a, b candidate) int { return cmp.Compare(b.split, a.split) })
	now, best := program.Objective(), -1.0
	for _, c := range tried[:min(branchTries, len(tried))] {
		a, b := s.with(program, c.column), s.without(program, c.column)
		for _, q := range []*node{a, b} {
			q.Floor = s.floor()
			q.Solve(branchPivots)
			m := int64(q.Rows())
			s.r.core.work += int64(q.Pivots)*(m*m/2+int64(4*len(s.r.column))) + m*m
			q.Pivots = 0
		}
		up, down := max(1e-9, now-a.Objective()), max(1e-9, now-b.Objective())
		if score := up * down; score > best {
			best, j, with, without = score, c.column, a, b
		}
	}
	return j, with, without
}

// with is a copy in which the column's unit has this place and no other.
func (s *search) with(program *node, j int) *node {
	q := program.clone()
	s.r.settle(q, j)
	return q
}

// without is a copy in which the column is 0.
func (s *search) without(program *node, j int) *node {
	q := program.clone()
	q.Ban(j)
	return q
}
