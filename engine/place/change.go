package place

import "slices"

// applyChange copies the problem with the change made. kept holds the earlier
// place of each remaining case; warm the earlier prices of all rows.
func applyChange(r Result, c Change) (next *Problem, kept []PlaceID, warm []float64, err error) {
	old := r.Problem
	if len(r.Assignments) != len(old.Cases) || len(r.Prices.Places) != len(old.Places) || len(r.Prices.Rows) != len(old.Rows) {
		return nil, nil, nil, badInput("the result does not belong to its problem")
	}
	p := *old
	p.Cases, p.Places, p.Rows = slices.Clone(old.Cases), slices.Clone(old.Places), slices.Clone(old.Rows)
	for _, step := range []func(*Problem) error{c.forbid, c.fix, c.limits} {
		if err := step(&p); err != nil {
			return nil, nil, nil, err
		}
	}
	cases, err := keepCases(old, c.WithdrawCases)
	if err != nil {
		return nil, nil, nil, err
	}
	places, err := keepPlaces(old, c.WithdrawPlaces)
	if err != nil {
		return nil, nil, nil, err
	}
	p.Cases, p.Places = pick(p.Cases, cases), pick(p.Places, places)
	for _, k := range cases {
		kept = append(kept, r.Assignments[k].Place)
	}
	kept = append(kept, make([]PlaceID, len(c.AddCases))...)
	p.Cases = append(p.Cases, c.AddCases...)
	for _, i := range places {
		if len(r.Prices.Places[i]) != len(old.Dimensions) {
			return nil, nil, nil, badInput("the result's prices do not belong to its problem")
		}
		warm = append(warm, r.Prices.Places[i]...)
	}
	warm = append(warm, r.Prices.Rows...)
	p.dropUnknownPlaces(c.WithdrawPlaces)
	return &p, kept, warm, p.Scores.choose(len(old.Places), cases, places, c)
}

func pick[T any](from []T, keep []int) []T {
	out := make([]T, len(keep))
	for k, i := range keep {
		out[k] = from[i]
	}
	return out
}

// keepCases lists the indices of the cases that stay.
func keepCases(p *Problem, gone []CaseID) ([]int, error) {
	leave := make(map[CaseID]bool, len(gone))
	for _, id := range gone {
		leave[id] = true
	}
	keep := make([]int, 0, len(p.Cases))
	for k := range p.Cases {
		if leave[p.Cases[k].ID] {
			delete(leave, p.Cases[k].ID)
			continue
		}
		keep = append(keep, k)
	}
	for _, id := range gone {
		if leave[id] {
			return nil, badInput("case %q is withdrawn but not listed", id)
		}
	}
	return keep, nil
}

func keepPlaces(p *Problem, gone []PlaceID) ([]int, error) {
	keep := make([]int, 0, len(p.Places))
	found := 0
	for i := range p.Places {
		if slices.Contains(gone, p.Places[i].ID) {
			found++
			continue
		}
		keep = append(keep, i)
	}
	if found != len(gone) {
		return nil, badInput("%d places are withdrawn, %d of them are listed", len(gone), found)
	}
	return keep, nil
}

func (p *Problem) caseAt(id CaseID) (int, error) {
	if k := slices.IndexFunc(p.Cases, func(c Case) bool { return c.ID == id }); k >= 0 {
		return k, nil
	}
	return 0, badInput("the change names case %q, which is not listed", id)
}

func (c *Change) forbid(p *Problem) error {
	for _, x := range c.Forbid {
		k, err := p.caseAt(x.Case)
		if err != nil {
			return err
		}
		p.Cases[k].Forbidden = append(slices.Clone(p.Cases[k].Forbidden), x.Place)
		if p.Cases[k].Fixed == x.Place {
			p.Cases[k].Fixed = ""
		}
	}
	return nil
}

func (c *Change) fix(p *Problem) error {
	for _, x := range c.Fix {
		k, err := p.caseAt(x.Case)
		if err != nil {
			return err
		}
		p.Cases[k].Fixed = x.Place
	}
	return nil
}

// limits applies new capacities and row limits.
func (c *Change) limits(p *Problem) error {
	for _, x := range c.Capacity {
		i := slices.IndexFunc(p.Places, func(pl Place) bool { return pl.ID == x.Place })
		if i < 0 {
			return badInput("the change names place %q, which is not listed", x.Place)
		}
		p.Places[i].Capacity = x.Capacity
	}
	for _, x := range c.Limits {
		k := slices.IndexFunc(p.Rows, func(r Row) bool { return r.Name == x.Row })
		if k < 0 {
			return badInput("the change names row %q, which is not listed", x.Row)
		}
		p.Rows[k].Limit = x.Limit
	}
	return nil
}

// dropUnknownPlaces frees cases and rows from places that are gone. A row keeps
// an empty list, which caps nothing; nil would cap everything.
func (p *Problem) dropUnknownPlaces(gone []PlaceID) {
	if len(gone) == 0 {
		return
	}
	for k := range p.Cases {
		if slices.Contains(gone, p.Cases[k].Fixed) {
			p.Cases[k].Fixed = ""
		}
	}
	for k := range p.Rows {
		if p.Rows[k].Places != nil {
			p.Rows[k].Places = slices.DeleteFunc(slices.Clone(p.Rows[k].Places), func(id PlaceID) bool { return slices.Contains(gone, id) })
		}
	}
}

// choose keeps the scores of the remaining cases and places and adds new rows.
func (s *Scores) choose(columns int, cases, places []int, c Change) error {
	if s.Table == nil && s.Table64 == nil {
		return nil
	}
	if len(c.AddScores) != len(c.AddCases) {
		return badInput("%d new cases bring %d rows of scores", len(c.AddCases), len(c.AddScores))
	}
	table, table64 := s.Table, s.Table64
	s.Table, s.Table64 = nil, nil
	for _, k := range cases {
		for _, i := range places {
			if table != nil {
				s.Table = append(s.Table, table[k*columns+i])
			} else {
				s.Table64 = append(s.Table64, table64[k*columns+i])
			}
		}
	}
	for k, row := range c.AddScores {
		if len(row) != columns {
			return badInput("new case %q brings %d scores for %d places", c.AddCases[k].ID, len(row), columns)
		}
		for _, i := range places {
			if table != nil {
				s.Table = append(s.Table, float32(row[i]))
			} else {
				s.Table64 = append(s.Table64, row[i])
			}
		}
	}
	return nil
}
