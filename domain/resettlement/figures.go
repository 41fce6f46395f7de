package resettlement

import "cairn/engine/place"

// PlanFigures is a plan in figures that can be laid beside another's.
type PlanFigures struct {
	Value      float64 `json:"value"`
	Cases      int     `json:"cases"`       // with a place
	People     int     `json:"people"`      // in them
	Left       int     `json:"left"`        // cases without one
	LeftPeople int     `json:"left_people"` // in them
	// MeanRank of the wishes of cases that stated some: 1 is the first wish; a place not
	// wished for, or none, counts one below the last. 0 where nobody stated any.
	MeanRank float64 `json:"mean_rank"`
	First    float64 `json:"first"` // the share of them with their first wish
}

// figuresOf adds up a plan of a problem.
func figuresOf(p *place.Problem, lines []place.Assignment) PlanFigures {
	at := placeIndex(p)
	var out PlanFigures
	wished, ranks, first := 0, 0, 0
	for c, a := range lines {
		people := p.Cases[c].Size[0]
		if a.Place == "" {
			out.Left++
			out.LeftPeople += people
		} else {
			out.Cases++
			out.People += people
			out.Value += a.Value
		}
		if rank := rankOf(p, at, c, a.Place); rank > 0 {
			wished++
			ranks += rank
			if rank == 1 {
				first++
			}
		}
	}
	if wished > 0 {
		out.MeanRank, out.First = float64(ranks)/float64(wished), float64(first)/float64(wished)
	}
	return out
}

func placeIndex(p *place.Problem) map[place.PlaceID]int {
	at := make(map[place.PlaceID]int, len(p.Places))
	for i := range p.Places {
		at[p.Places[i].ID] = i
	}
	return at
}

// rankOf is the place's rank among a case's wishes, one below the last for a place that
// is not among them or for none, and 0 for a case that stated no wish.
func rankOf(p *place.Problem, at map[place.PlaceID]int, c int, id place.PlaceID) int {
	switch {
	case len(p.Cases[c].Preferences) == 0:
		return 0
	case id == "":
		return len(p.Cases[c].Preferences) + 1
	}
	return p.Rank(c, at[id])
}
