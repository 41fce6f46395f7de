package web

import (
	"math"
	"strings"

	"cairn/domain/resettlement"
	"cairn/engine/place"
	"cairn/value/said"
)

// explained is why a case has its place, in sentences that can be said in every
// language.
type explained struct {
	Why          []said.Sentence
	Alternatives []alternative // the least costly first
	More         int           // that are not listed
	Closed       []place.ClosedGate
	Places       map[string]string
}

// alternative is another open place with what it would cost the household and others: two
// bars from the middle, to the end where it costs and to the beginning where it gives.
type alternative struct {
	Place       string
	Own, Others costBar
	Full        said.Sentence // the room that lacks, or empty
	IsFull      bool
}

// costBar is a loss, or below 0 a gain, on a canvas 200 wide.
type costBar struct {
	Loss     float64
	X, Width float64
	Gain     bool
}

// mostAlternatives is how many are listed.
const mostAlternatives = 25

// explanation puts what the plan says of a case into sentences.
func (l *locale) explanation(e *resettlement.Explanation) *explained {
	out := &explained{Closed: e.Closed, Places: e.Places}
	better, most := 0, 1e-9
	for i, a := range e.Alternatives {
		if a.OwnLoss < -1e-9 {
			better++
		}
		if i < mostAlternatives {
			most = max(most, math.Abs(a.OwnLoss), math.Abs(a.OthersLoss))
		}
	}
	for _, a := range e.Alternatives[:min(len(e.Alternatives), mostAlternatives)] {
		out.Alternatives = append(out.Alternatives, alternative{Place: e.Places[string(a.Place)], Own: drawCost(a.OwnLoss, most),
			Others: drawCost(a.OthersLoss, most), Full: said.Say("full now: %s", a.Full), IsFull: a.Full != ""})
	}
	out.More = len(e.Alternatives) - len(out.Alternatives)
	if e.Place == "" {
		out.Why = []said.Sentence{said.Say("%s", e.Summary)}
		return out
	}
	out.Why = append(out.Why, said.Say("It goes to %s with a score of %s; places open to it: %d.",
		e.Places[string(e.Place)], l.hundredths(e.Score), len(e.Alternatives)+1))
	if better == 0 {
		out.Why = append(out.Why, said.Say("No other place would be better for it."))
	} else {
		out.Why = append(out.Why, said.Say("Places that would be better for it alone, where the room is worth more to others: %d.", better))
	}
	if len(e.Together) > 0 {
		ids := make([]string, len(e.Together))
		for i, id := range e.Together {
			ids[i] = string(id)
		}
		out.Why = append(out.Why, said.Say("It stays together with %s.", strings.Join(ids, " · ")))
	}
	return out
}

func drawCost(loss, most float64) costBar {
	b := costBar{Loss: loss, X: 100, Width: round(98 * math.Abs(loss) / most), Gain: loss < 0}
	if b.Gain {
		b.X = 100 - b.Width
	}
	return b
}

// scarce says which room at a place would be worth most, or nothing where the plan
// does not know the place.
func (l *locale) scarce(e *place.PlaceExplanation) string {
	if e == nil || len(e.Limits) == 0 {
		return ""
	}
	most := e.Limits[0]
	for _, limit := range e.Limits {
		if limit.Price > most.Price {
			most = limit
		}
	}
	if most.Price <= 0 {
		return l.say(said.Say("Nothing here is scarce: more room would not raise the value of the plan."))
	}
	return l.say(said.Say("%s: scarcest here, %d of %d used; one more would add about %s to the plan.",
		most.Name, most.Used, most.Limit, l.hundredths(most.Price)))
}

// hundredths rounds a number; what is too small to show has no sign.
func (l *locale) hundredths(v float64) string {
	if math.Abs(v) < 0.005 {
		v = 0
	}
	return l.numbers.Sprintf("%.2f", v)
}
