package place

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// ErrProblem is wrapped by every error about a malformed problem or change.
var ErrProblem = errors.New("place: bad input")

// maxAmount keeps every sum of sizes inside int64 and every size inside int32.
const maxAmount = 1_000_000_000

// maxScore keeps weighted scores inside float32.
const maxScore = 1e12

func badInput(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrProblem, fmt.Sprintf(format, args...))
}

// Check reports the first malformed part of a problem, wrapped in ErrProblem:
// lengths, negative amounts, duplicate or unknown ids, scores that are no number.
// Cases that cannot be placed are not malformed; Solve gives them a reason.
func (p *Problem) Check() error {
	if len(p.Dimensions) == 0 {
		return badInput("no dimension is named: name at least one, such as people")
	}
	for i, d := range p.Dimensions {
		if slices.Contains(p.Dimensions[:i], d) {
			return badInput("dimension %q is named twice", d)
		}
	}
	if !isFinite(p.PlacingBonus) {
		return badInput("placing bonus %v is not a finite number", p.PlacingBonus)
	}
	places, err := p.checkPlaces()
	if err != nil {
		return err
	}
	if err := p.checkCases(places); err != nil {
		return err
	}
	if err := p.checkRows(places); err != nil {
		return err
	}
	return p.checkScores()
}

func isFinite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func (p *Problem) checkVector(what string, v []int) error {
	if len(v) != len(p.Dimensions) {
		return badInput("%s has %d amounts for %d dimensions", what, len(v), len(p.Dimensions))
	}
	for d, n := range v {
		if n < 0 || n > maxAmount {
			return badInput("%s: %s is %d, must be between 0 and %d", what, p.Dimensions[d], n, maxAmount)
		}
	}
	return nil
}

func (p *Problem) checkPlaces() (map[PlaceID]bool, error) {
	seen := make(map[PlaceID]bool, len(p.Places))
	for i := range p.Places {
		pl := &p.Places[i]
		if pl.ID == "" {
			return nil, badInput("place number %d has no id", i+1)
		}
		if seen[pl.ID] {
			return nil, badInput("place %q is listed twice", pl.ID)
		}
		seen[pl.ID] = true
		if err := p.checkVector(fmt.Sprintf("capacity of place %q", pl.ID), pl.Capacity); err != nil {
			return nil, err
		}
	}
	return seen, nil
}

func (p *Problem) checkCases(places map[PlaceID]bool) error {
	seen := make(map[CaseID]bool, len(p.Cases))
	for i := range p.Cases {
		c := &p.Cases[i]
		if c.ID == "" {
			return badInput("case number %d has no id", i+1)
		}
		if seen[c.ID] {
			return badInput("case %q is listed twice", c.ID)
		}
		seen[c.ID] = true
		if len(c.Size) != len(p.Dimensions) || slices.Min(c.Size) < 0 || slices.Max(c.Size) > maxAmount {
			return p.checkVector(fmt.Sprintf("size of case %q", c.ID), c.Size)
		}
		if w := p.Weight(i); !isFinite(w) || w <= 0 {
			return badInput("case %q counts for %v: give it people or a positive weight", c.ID, w)
		}
		if c.Fixed != "" && !places[c.Fixed] {
			return badInput("case %q is fixed at place %q, which is not listed", c.ID, c.Fixed)
		}
	}
	return nil
}

func (p *Problem) checkRows(places map[PlaceID]bool) error {
	seen := make(map[string]bool, len(p.Rows))
	for i := range p.Rows {
		r := &p.Rows[i]
		if r.Name == "" || seen[r.Name] {
			return badInput("row number %d needs a name of its own, has %q", i+1, r.Name)
		}
		seen[r.Name] = true
		if !slices.Contains(p.Dimensions, r.Dimension) {
			return badInput("row %q: no dimension %q", r.Name, r.Dimension)
		}
		if r.Limit < 0 {
			return badInput("row %q: limit is %d, must not be negative", r.Name, r.Limit)
		}
		for _, id := range r.Places {
			if !places[id] {
				return badInput("row %q: place %q is not listed", r.Name, id)
			}
		}
	}
	return nil
}

func (p *Problem) checkScores() error {
	s := &p.Scores
	set := 0
	for _, given := range []bool{s.Table != nil, s.Table64 != nil, s.Func != nil} {
		if given {
			set++
		}
	}
	if set > 1 {
		return badInput("scores are given in %d forms: give one", set)
	}
	want := len(p.Cases) * len(p.Places)
	if s.Table != nil && len(s.Table) != want || s.Table64 != nil && len(s.Table64) != want {
		return badInput("the score table has %d entries for %d cases × %d places",
			max(len(s.Table), len(s.Table64)), len(p.Cases), len(p.Places))
	}
	for k, x := range s.Table {
		if err := p.checkScore(k, float64(x)); err != nil {
			return err
		}
	}
	for k, x := range s.Table64 {
		if err := p.checkScore(k, x); err != nil {
			return err
		}
	}
	return nil
}

// checkScore judges the score at row-major position k.
func (p *Problem) checkScore(k int, x float64) error {
	if x <= Closed || math.Abs(x) <= maxScore {
		return nil
	}
	n := len(p.Places)
	return badInput("score of case %q at place %q is %v, must be Closed or a number of size at most 1e12",
		p.Cases[k/n].ID, p.Places[k%n].ID, x)
}
