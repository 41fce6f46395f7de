package place

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// ErrVerify is wrapped by every finding of Verify.
var ErrVerify = errors.New("place: the result does not hold")

func finding(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrVerify, fmt.Sprintf(format, args...))
}

// tolerance is the relative difference that a sum may show from another order
// of adding.
const tolerance = 1e-9

// Verify checks a result from the values alone: every gate, capacity, row, tie,
// accepted place, score and sum, and the bound recomputed from the stated
// prices. It uses nothing of the search. Errors wrap ErrVerify and name what is
// wrong first found; a malformed problem gives an error that wraps ErrProblem.
func Verify(problem Problem, r Result) error {
	if err := problem.Check(); err != nil {
		return err
	}
	a := newAudit(&problem, &r)
	for _, check := range []func() error{a.lines, a.gates, a.ties, a.capacities, a.sums, a.bound, a.reasons} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// audit holds what the checks look up. Rows' members and gates are worked out
// anew here on purpose.
type audit struct {
	p *Problem
	r *Result
	// where is the index of each case's place, or -1.
	where []int
	index map[PlaceID]int
	// offers and conditions of each place as sets
	languages, services []map[string]bool
	rowPlaces           [][]bool
	party               [][]int
}

func newAudit(p *Problem, r *Result) *audit {
	a := &audit{p: p, r: r, index: map[PlaceID]int{}}
	for i := range p.Places {
		a.index[p.Places[i].ID] = i
		a.languages = append(a.languages, setOf(p.Places[i].Languages))
		a.services = append(a.services, setOf(p.Places[i].Services))
	}
	for k := range p.Rows {
		row := &p.Rows[k]
		everywhere := row.Places == nil && row.Countries == nil && row.Localities == nil
		in := make([]bool, len(p.Places))
		for i, pl := range p.Places {
			in[i] = everywhere || slices.Contains(row.Places, pl.ID) ||
				slices.Contains(row.Countries, pl.Country) || slices.Contains(row.Localities, pl.Locality)
		}
		a.rowPlaces = append(a.rowPlaces, in)
	}
	tied := map[string]int{}
	for c := range p.Cases {
		if k, ok := tied[p.Cases[c].Tie]; ok && p.Cases[c].Tie != "" {
			a.party[k] = append(a.party[k], c)
			continue
		}
		tied[p.Cases[c].Tie] = len(a.party)
		a.party = append(a.party, []int{c})
	}
	return a
}

func setOf(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, s := range list {
		set[s] = true
	}
	return set
}

// lines checks that the plan has one line for each case, at a known place.
func (a *audit) lines() error {
	if len(a.r.Assignments) != len(a.p.Cases) {
		return finding("%d lines for %d cases", len(a.r.Assignments), len(a.p.Cases))
	}
	a.where = make([]int, len(a.p.Cases))
	for c, line := range a.r.Assignments {
		if line.Case != a.p.Cases[c].ID {
			return finding("line %d is about case %q, must be %q", c+1, line.Case, a.p.Cases[c].ID)
		}
		a.where[c] = -1
		if line.Place == "" {
			if line.Reason == "" {
				return finding("case %q has neither place nor reason", line.Case)
			}
			continue
		}
		i, ok := a.index[line.Place]
		if !ok {
			return finding("case %q is at place %q, which is not offered", line.Case, line.Place)
		}
		a.where[c] = i
	}
	return nil
}

// closed says why case c may not be at place i, or "".
func (a *audit) closed(c, i int) string {
	cs, pl := &a.p.Cases[c], &a.p.Places[i]
	if cs.Fixed != "" && cs.Fixed != pl.ID {
		return "it has accepted place " + string(cs.Fixed)
	}
	for _, f := range cs.Forbidden {
		if f == pl.ID {
			return "the place is forbidden for it"
		}
	}
	if len(cs.Allowed) > 0 && !slices.Contains(cs.Allowed, pl.Country) {
		return "it has not consented to " + pl.Country
	}
	if len(cs.Languages) > 0 && len(pl.Languages) > 0 {
		shared := false
		for _, l := range cs.Languages {
			shared = shared || a.languages[i][l]
		}
		if !shared {
			return "no language is shared"
		}
	}
	for _, n := range cs.Needs {
		if !a.services[i][n] {
			return "the place does not offer " + n
		}
	}
	for _, n := range pl.Conditions {
		if !slices.Contains(cs.Attributes, n) {
			return "the place asks for " + n
		}
	}
	if a.p.Score(c, i) <= Closed {
		return "its score closes the pair"
	}
	return ""
}

func (a *audit) gates() error {
	for c, i := range a.where {
		if i < 0 {
			continue
		}
		if why := a.closed(c, i); why != "" {
			return finding("case %q must not be at place %q: %s", a.p.Cases[c].ID, a.p.Places[i].ID, why)
		}
	}
	return nil
}

func (a *audit) ties() error {
	for _, party := range a.party {
		for _, c := range party[1:] {
			if a.where[c] != a.where[party[0]] {
				return finding("cases %q and %q are tied by %q and are apart",
					a.p.Cases[party[0]].ID, a.p.Cases[c].ID, a.p.Cases[c].Tie)
			}
		}
	}
	return nil
}

// counted says whether row k counts case c.
func (a *audit) counted(k, c int) bool {
	row := &a.p.Rows[k]
	return (row.Groups == nil || slices.Contains(row.Groups, a.p.Cases[c].Group)) &&
		(row.Origins == nil || slices.Contains(row.Origins, a.p.Cases[c].Origin))
}

func (a *audit) capacities() error {
	if len(a.r.Use.Places) != len(a.p.Places) || len(a.r.Use.Rows) != len(a.p.Rows) {
		return finding("the stated use covers %d places and %d rows, must be %d and %d",
			len(a.r.Use.Places), len(a.r.Use.Rows), len(a.p.Places), len(a.p.Rows))
	}
	taken := make([]int, len(a.p.Places)*len(a.p.Dimensions))
	for c, i := range a.where {
		for d := 0; i >= 0 && d < len(a.p.Dimensions); d++ {
			taken[i*len(a.p.Dimensions)+d] += a.p.Cases[c].Size[d]
		}
	}
	for i, pl := range a.p.Places {
		mine := taken[i*len(a.p.Dimensions) : (i+1)*len(a.p.Dimensions)]
		for d, n := range mine {
			if n > pl.Capacity[d] {
				return finding("place %q is overfull: %d %s, capacity %d", pl.ID, n, a.p.Dimensions[d], pl.Capacity[d])
			}
		}
		if !slices.Equal(mine, a.r.Use.Places[i]) {
			return finding("place %q takes %v, the result states %v", pl.ID, mine, a.r.Use.Places[i])
		}
	}
	return a.rowLimits()
}

func (a *audit) rowLimits() error {
	for k, row := range a.p.Rows {
		d, sum := slices.Index(a.p.Dimensions, row.Dimension), 0
		for c, i := range a.where {
			if i >= 0 && a.rowPlaces[k][i] && a.counted(k, c) {
				sum += a.p.Cases[c].Size[d]
			}
		}
		if sum > row.Limit {
			return finding("row %q is exceeded: %d %s, limit %d", row.Name, sum, row.Dimension, row.Limit)
		}
		if sum != a.r.Use.Rows[k] {
			return finding("row %q takes %d, the result states %d", row.Name, sum, a.r.Use.Rows[k])
		}
	}
	return nil
}

func near(a, b float64) bool {
	return math.Abs(a-b) <= tolerance*max(1, math.Abs(a), math.Abs(b))
}

func (a *audit) sums() error {
	sum := 0.0
	for c, line := range a.r.Assignments {
		score, value := 0.0, 0.0
		if i := a.where[c]; i >= 0 {
			score = a.p.Score(c, i)
			value = a.p.Weight(c) * (score + a.p.PlacingBonus)
		}
		if !near(score, line.Score) || !near(value, line.Value) {
			return finding("case %q has score %v and value %v, the result states %v and %v",
				line.Case, score, value, line.Score, line.Value)
		}
		sum += value
	}
	if !near(sum, a.r.Value) {
		return finding("the values add up to %v, the result states %v", sum, a.r.Value)
	}
	return nil
}
