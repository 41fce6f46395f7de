package place

import (
	"context"
	"fmt"
	"math"
	"strings"
)

// Shortage says how many people no plan can place, with the proof.
type Shortage struct {
	// People are those of all cases. At least Fewest of them have no place in any plan;
	// the plan found here leaves Left of them without one.
	People int `json:"people"`
	Fewest int `json:"fewest"`
	Left   int `json:"left"`
	// Closed are the people whose every place is closed to them.
	Closed int `json:"closed"`
	// Scarce are the limits that keep the others out, dearest first: Price is how many
	// more people one more unit would let in.
	Scarce []LimitUse `json:"scarce,omitempty"`
	// Result answers the same problem when nothing counts but people with a place. Its
	// prices or its proof certify Fewest.
	Result Result `json:"result"`
	// Summary is a sentence for the person who asks.
	Summary string `json:"summary"`
}

// mostScarce limits the list of limits.
const mostScarce = 12

// Shortfall works out how many people must stay without a place, whatever the plan, and
// which limits are to blame.
func Shortfall(ctx context.Context, problem Problem, o Options) (Shortage, error) {
	if err := problem.Check(); err != nil {
		return Shortage{}, err
	}
	counting := problem.placingOnly()
	r, err := Solve(ctx, counting, o)
	if err != nil {
		return Shortage{}, fmt.Errorf("work out how many people can be placed: %w", err)
	}
	s := Shortage{Result: r}
	people := problem.peopleDimension()
	for c, a := range r.Assignments {
		n := problem.Cases[c].Size[people]
		s.People += n
		if a.Place == "" {
			s.Left += n
		}
		if a.Reason == NoCompatiblePlace {
			s.Closed += n
		}
	}
	s.Fewest = fewest(s.People, r.Bound)
	s.Scarce = scarceLimits(&counting, r)
	s.Summary = s.words()
	return s, nil
}

// fewest is how many people a bound on those with a place leaves without one.
func fewest(people int, bound float64) int {
	return max(0, int(math.Ceil(float64(people)-bound-1e-6*max(1, bound))))
}

// placingOnly is the problem in which a case is worth its people wherever it is placed.
func (p *Problem) placingOnly() Problem {
	out := *p
	out.PlacingBonus = 0
	out.Cases = append([]Case(nil), p.Cases...)
	table := make([]float32, len(p.Cases)*len(p.Places))
	people := p.peopleDimension()
	for c := range out.Cases {
		// A case without people counts, but for next to nothing.
		out.Cases[c].Weight = max(1e-6, float64(out.Cases[c].Size[people]))
		for i := range p.Places {
			table[c*len(p.Places)+i] = 1
			if p.Score(c, i) <= Closed {
				table[c*len(p.Places)+i] = Closed
			}
		}
	}
	out.Scores = Scores{Table: table}
	return out
}

func scarceLimits(p *Problem, r Result) []LimitUse {
	var out []LimitUse
	for i, prices := range r.Prices.Places {
		for d, x := range prices {
			if x > 1e-6 {
				out = append(out, LimitUse{fmt.Sprintf("%s at %s", p.Dimensions[d], p.Places[i].ID), r.Use.Places[i][d], p.Places[i].Capacity[d], x})
			}
		}
	}
	for k, x := range r.Prices.Rows {
		if x > 1e-6 {
			out = append(out, LimitUse{p.Rows[k].Name, r.Use.Rows[k], p.Rows[k].Limit, x})
		}
	}
	sortByPrice(out)
	return out[:min(len(out), mostScarce)]
}

func (s *Shortage) words() string {
	if s.Fewest == 0 {
		return fmt.Sprintf("Nothing shows that any of %d people must stay without a place; the plan found leaves %d.", s.People, s.Left)
	}
	text := fmt.Sprintf("At least %d of %d people have no place in any plan, %d of them because every place is closed to them", s.Fewest, s.People, s.Closed)
	names := make([]string, 0, 3)
	for _, l := range s.Scarce[:min(3, len(s.Scarce))] {
		names = append(names, l.Name)
	}
	if len(names) > 0 {
		text += "; scarcest are " + strings.Join(names, ", ")
	}
	return text + "."
}

// VerifyShortage checks what a shortage states from the problem alone. Errors are
// Verify's.
func VerifyShortage(problem Problem, s Shortage) error {
	if err := problem.Check(); err != nil {
		return err
	}
	if err := Verify(problem.placingOnly(), s.Result); err != nil {
		return err
	}
	people := 0
	for c := range problem.Cases {
		people += problem.Cases[c].Size[problem.peopleDimension()]
	}
	if want := fewest(people, s.Result.Bound); people != s.People || want != s.Fewest {
		return finding("of %d people at least %d have no place, the shortage states %d and %d", people, want, s.People, s.Fewest)
	}
	return nil
}
