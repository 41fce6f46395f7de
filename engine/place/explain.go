package place

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Explanation says why a case is where it is.
type Explanation struct {
	Case  CaseID  `json:"case"`
	Place PlaceID `json:"place,omitempty"`
	// Summary is one or two sentences for a caseworker.
	Summary string  `json:"summary"`
	Score   float64 `json:"score,omitempty"`
	// Value is what the case, with those tied to it, adds to the plan; Charge
	// is the scarce capacity that it takes, at the plan's prices.
	Value  float64 `json:"value"`
	Charge float64 `json:"charge"`
	// Together are the other cases tied to this one.
	Together []CaseID `json:"together,omitempty"`
	// Alternatives are the other open places, the least costly first.
	Alternatives []Alternative `json:"alternatives,omitempty"`
	// Closed lists every place with a closed gate.
	Closed []ClosedGate `json:"closed,omitempty"`
}

// Alternative is another place that is open to the case.
type Alternative struct {
	Place PlaceID `json:"place"`
	Score float64 `json:"score"`
	// OwnLoss is the value that the case would lose by going there; below 0 it
	// would gain.
	OwnLoss float64 `json:"own_loss"`
	// OthersLoss estimates, from the prices, what all other cases would lose
	// through the capacity taken there less that given back.
	OthersLoss float64 `json:"others_loss"`
	// Full names the limit without room as the plan stands, or is empty.
	Full string `json:"full,omitempty"`
	// Words says the same in a sentence.
	Words string `json:"words"`
}

// ClosedGate is a place that the case may not go to, and why.
type ClosedGate struct {
	Place PlaceID `json:"place"`
	Why   string  `json:"why"`
}

// Explain says why a case has its place, what each alternative would cost it
// and the others, and which gates close the rest. A case or result that does
// not belong to the problem gives an explanation whose Summary says so.
func Explain(problem Problem, r Result, id CaseID) Explanation {
	e := Explanation{Case: id}
	in, d, p, err := resume(&problem, r)
	if err != nil {
		e.Summary = "This plan does not belong to the problem: " + err.Error()
		return e
	}
	c := slices.IndexFunc(problem.Cases, func(c Case) bool { return c.ID == id })
	if c < 0 {
		e.Summary = fmt.Sprintf("There is no case %s in this problem.", id)
		return e
	}
	u := in.unitOf(c)
	for _, m := range in.members[u] {
		if int(m) != c {
			e.Together = append(e.Together, problem.Cases[m].ID)
		}
	}
	i := int(p.at[u])
	if i != nowhere {
		e.Place, e.Score = problem.Places[i].ID, problem.Score(c, i)
		e.Value = in.exactValue(u, i)
		e.Charge = e.Value - d.exactReduced(u, i)
		p.lift(u)
	}
	e.compare(in, d, p, u, c, i)
	e.Summary = e.summarise(r.Assignments[c])
	return e
}

// compare fills in alternatives and closed gates; the unit has been lifted.
func (e *Explanation) compare(in *instance, d *dual, p *plan, u, c, here int) {
	keeper := &gatekeeper{p: in.p, profiles: map[string][]gate{}}
	for k := range in.places {
		if k == here {
			continue
		}
		pl := &in.p.Places[k]
		if in.value[u*in.places+k] == closedValue {
			e.Closed = append(e.Closed, ClosedGate{pl.ID, in.closedAt(u, k, keeper)})
			continue
		}
		value := in.exactValue(u, k)
		a := Alternative{Place: pl.ID, Score: in.p.Score(c, k), OwnLoss: e.Value - value,
			OthersLoss: value - d.exactReduced(u, k) - e.Charge}
		if !p.fits(u, k) {
			a.Full = in.firstFull(p, u, k)
		}
		a.Words = a.sentence()
		e.Alternatives = append(e.Alternatives, a)
	}
	slices.SortStableFunc(e.Alternatives, func(a, b Alternative) int {
		x, y := a.OwnLoss+a.OthersLoss, b.OwnLoss+b.OthersLoss
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
}

func (a *Alternative) sentence() string {
	own := fmt.Sprintf("costs the case %.3g", a.OwnLoss)
	if a.OwnLoss < 0 {
		own = fmt.Sprintf("gives the case %.3g more", -a.OwnLoss)
	}
	others := fmt.Sprintf("takes scarce places worth %.3g to others", a.OthersLoss)
	if a.OthersLoss <= 0 {
		others = fmt.Sprintf("leaves others %.3g better off", -a.OthersLoss)
	}
	full := ""
	if a.Full != "" {
		full = "; full now: " + a.Full
	}
	return fmt.Sprintf("%s: %s and %s%s", a.Place, own, others, full)
}

func (e *Explanation) summarise(line Assignment) string {
	if e.Place == "" {
		return fmt.Sprintf("Case %s has no place: %s. %s.", e.Case, line.Reason, line.Detail)
	}
	s := fmt.Sprintf("Case %s goes to %s with a score of %.3g, one of %s open to it.",
		e.Case, e.Place, e.Score, plural(len(e.Alternatives)+1, "place"))
	better := 0
	for _, a := range e.Alternatives {
		if a.OwnLoss < -1e-9 {
			better++
		}
	}
	if better == 0 {
		s += " No other place would be better for it."
	} else {
		s += fmt.Sprintf(" %s would be better for it alone, where the room is worth more to others.", plural(better, "place"))
	}
	if len(e.Together) > 0 {
		names := make([]string, len(e.Together))
		for k, id := range e.Together {
			names[k] = string(id)
		}
		s += " It stays together with " + strings.Join(names, ", ") + "."
	}
	return s
}

// PlaceExplanation says what is scarce at a place.
type PlaceExplanation struct {
	Place   PlaceID `json:"place"`
	Summary string  `json:"summary"`
	// Limits are the place's dimensions and the rows that cap it.
	Limits []LimitUse `json:"limits,omitempty"`
}

// LimitUse is one capacity: what is used and what one more would bring.
type LimitUse struct {
	Name  string `json:"name"`
	Used  int    `json:"used"`
	Limit int    `json:"limit"`
	// Price estimates the value that one more unit would add to the plan; it
	// holds for few units.
	Price float64 `json:"price"`
}

// ExplainPlace says which capacity of a place is scarce and what one more unit
// of each would bring.
func ExplainPlace(problem Problem, r Result, id PlaceID) PlaceExplanation {
	e := PlaceExplanation{Place: id}
	in, d, p, err := resume(&problem, r)
	if err != nil {
		e.Summary = "This plan does not belong to the problem: " + err.Error()
		return e
	}
	i := slices.IndexFunc(problem.Places, func(pl Place) bool { return pl.ID == id })
	if i < 0 {
		e.Summary = fmt.Sprintf("There is no place %s in this problem.", id)
		return e
	}
	for k, name := range problem.Dimensions {
		x := i*in.dims + k
		e.Limits = append(e.Limits, LimitUse{name, int(p.load[x]), int(in.limit[x]), d.price[x]})
	}
	for _, row := range in.rowsAt[i] {
		x := in.places*in.dims + int(row)
		e.Limits = append(e.Limits, LimitUse{problem.Rows[row].Name, int(p.load[x]), int(in.limit[x]), d.price[x]})
	}
	scarce := slices.MaxFunc(e.Limits, func(a, b LimitUse) int {
		if a.Price < b.Price {
			return -1
		}
		return 1
	})
	if scarce.Price <= 0 {
		e.Summary = fmt.Sprintf("Nothing at %s is scarce: more room would not raise the value of the plan.", id)
	} else {
		e.Summary = fmt.Sprintf("%s is scarcest at %s (%d of %d used): one more would add about %.3g.",
			scarce.Name, id, scarce.Used, scarce.Limit, scarce.Price)
	}
	return e
}

// sortByPrice puts the dearest limit first.
func sortByPrice(limits []LimitUse) {
	slices.SortStableFunc(limits, func(a, b LimitUse) int { return cmp.Compare(b.Price, a.Price) })
}
