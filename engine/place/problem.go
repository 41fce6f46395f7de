package place

import "slices"

// CaseID names a case; it is unique in a problem.
type CaseID string

// PlaceID names a reception place; it is unique in a problem.
type PlaceID string

// Closed is the score of a pair that must never be used. It is finite so that
// score tables survive JSON, and exact in float32 and float64.
const Closed = -0x1p127

// Problem is one question to the engine. It is never changed by a verb.
type Problem struct {
	// Dimensions names the entries of every Size and Capacity.
	Dimensions []string `json:"dimensions"`
	Cases      []Case   `json:"cases"`
	Places     []Place  `json:"places"`
	// Rows are limits beyond the places' own capacities.
	Rows   []Row  `json:"rows,omitempty"`
	Scores Scores `json:"scores"`
	// PlacingBonus is added to every score, so that placing somebody at all
	// counts. 0 adds nothing.
	PlacingBonus float64 `json:"placing_bonus,omitempty"`
}

// Case is a household with what it needs and wants. A nil list asks for nothing.
type Case struct {
	ID CaseID `json:"id"`
	// Size has one entry, at least 0, for each dimension.
	Size []int `json:"size"`
	// Weight multiplies the case's score; 0 means the people in the case.
	Weight float64 `json:"weight,omitempty"`
	// Languages of the case, best first. A place that states languages must
	// offer one of them.
	Languages []string `json:"languages,omitempty"`
	// Needs are services of which the place must offer every one.
	Needs []string `json:"needs,omitempty"`
	// Attributes are facts that a place's Conditions may ask for.
	Attributes []string `json:"attributes,omitempty"`
	// Forbidden places are closed: refused, unsafe, vetoed.
	Forbidden []PlaceID `json:"forbidden,omitempty"`
	// Allowed countries, those consented to; none listed allows every country.
	Allowed []string `json:"allowed,omitempty"`
	// Preferences are place ids, localities or countries, best first. They
	// count only in the default score.
	Preferences []string `json:"preferences,omitempty"`
	// Group and Origin select the rows that count this case.
	Group  string `json:"group,omitempty"`
	Origin string `json:"origin,omitempty"`
	// Tie holds together all cases with the same non-empty tie.
	Tie string `json:"tie,omitempty"`
	// Fixed is the place already accepted: no other is open to the case, and
	// no other case takes its room.
	Fixed PlaceID `json:"fixed,omitempty"`
}

// Place receives cases.
type Place struct {
	ID       PlaceID `json:"id"`
	Country  string  `json:"country,omitempty"`
	Locality string  `json:"locality,omitempty"`
	// Capacity has one entry, at least 0, for each dimension.
	Capacity []int `json:"capacity"`
	// Languages offered; nil means that the place states none and every
	// language will do.
	Languages []string `json:"languages,omitempty"`
	Services  []string `json:"services,omitempty"`
	// Conditions are attributes that every case here must have.
	Conditions []string `json:"conditions,omitempty"`
}

// Row limits the sum of one dimension over some places and some cases: a cap of
// a country, a quota by origin, the limit of a period.
type Row struct {
	Name      string `json:"name"`
	Dimension string `json:"dimension"`
	Limit     int    `json:"limit"`
	// Places, Countries and Localities are joined; all nil means every place.
	Places     []PlaceID `json:"places"`
	Countries  []string  `json:"countries"`
	Localities []string  `json:"localities"`
	// Groups and Origins both select cases; nil selects all.
	Groups  []string `json:"groups"`
	Origins []string `json:"origins"`
}

// Scores says how good each place is for each case, for each unit of weight.
// At most one field is set; with none, DefaultScore is used. A score of Closed
// or less closes the pair; NaN and +Inf are errors.
type Scores struct {
	// Table and Table64 hold case × place in row-major order.
	Table   []float32 `json:"table,omitempty"`
	Table64 []float64 `json:"table64,omitempty"`
	// Func must be pure and safe for concurrent calls.
	Func func(c *Case, p *Place) float64 `json:"-"`
}

// Score is the score of the case at index c at the place at index p.
func (p *Problem) Score(c, place int) float64 {
	switch {
	case p.Scores.Table != nil:
		return float64(p.Scores.Table[c*len(p.Places)+place])
	case p.Scores.Table64 != nil:
		return p.Scores.Table64[c*len(p.Places)+place]
	case p.Scores.Func != nil:
		return p.Scores.Func(&p.Cases[c], &p.Places[place])
	}
	return DefaultScore(&p.Cases[c], &p.Places[place])
}

// Weight is what the score of the case at index c is multiplied by: its Weight,
// or else its size in the dimension "people", or else in the first dimension.
func (p *Problem) Weight(c int) float64 {
	if p.Cases[c].Weight != 0 {
		return p.Cases[c].Weight
	}
	return float64(p.Cases[c].Size[p.peopleDimension()])
}

// peopleDimension is the dimension "people", or else the first.
func (p *Problem) peopleDimension() int { return max(0, slices.Index(p.Dimensions, "people")) }

// DefaultScore is used when a problem brings no scores:
//
//	0.5 + 0.4 × wish + 0.1 × language
//
// where wish falls in equal steps from 1 (first preference) to 0 (not wished
// for), and language is 1 for the case's first language and 0.5 for another.
func DefaultScore(c *Case, p *Place) float64 {
	wish := 0.0
	for rank, w := range c.Preferences {
		if w == string(p.ID) || w == p.Locality || w == p.Country {
			wish = float64(len(c.Preferences)-rank) / float64(len(c.Preferences))
			break
		}
	}
	language := 0.0
	for rank, l := range c.Languages {
		if slices.Contains(p.Languages, l) {
			language = 0.5
			if rank == 0 {
				language = 1
			}
			break
		}
	}
	return 0.5 + 0.4*wish + 0.1*language
}
