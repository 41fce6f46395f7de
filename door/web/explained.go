package web

import (
	"strings"

	"cairn/domain/resettlement"
	"cairn/engine/place"
	"cairn/value/said"
)

// explained is why a case has its place, in sentences that can be said in every
// language.
type explained struct {
	Why          []said.Sentence
	Alternatives []said.Sentence
	Closed       []place.ClosedGate
	Places       map[string]string
}

// explanation puts what the plan says of a case into sentences.
func (l *locale) explanation(e *resettlement.Explanation) *explained {
	out := &explained{Closed: e.Closed, Places: e.Places}
	better := 0
	for _, a := range e.Alternatives {
		if a.OwnLoss < -1e-9 {
			better++
		}
		out.Alternatives = append(out.Alternatives, l.alternative(a, e.Places))
	}
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

func (l *locale) alternative(a place.Alternative, places map[string]string) said.Sentence {
	own := said.Say("it costs the case %s", l.hundredths(a.OwnLoss))
	if a.OwnLoss < 0 {
		own = said.Say("it gives the case %s more", l.hundredths(-a.OwnLoss))
	}
	others := said.Say("it takes room worth %s to others", l.hundredths(a.OthersLoss))
	if a.OthersLoss <= 0 {
		others = said.Say("it leaves others %s better off", l.hundredths(-a.OthersLoss))
	}
	if a.Full != "" {
		return said.Say("%s: %s; %s; %s", places[string(a.Place)], own, others, said.Say("full now: %s", a.Full))
	}
	return said.Say("%s: %s; %s", places[string(a.Place)], own, others)
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

func (l *locale) hundredths(v float64) string { return l.numbers.Sprintf("%.2f", v) }
