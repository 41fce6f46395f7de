package movement

import (
	"database/sql"
	"fmt"
	"time"

	"cairn/blueprint"
	"cairn/engine/route"
	"cairn/value/said"
)

// wording says what the engine says in the words of people: stops and services by their
// names, countries by theirs, moments as times.
type wording struct {
	services map[string]service
	stops    map[route.StopID]string
}

func (t *timetable) wording() *wording { return newWording(t.byID) }

func newWording(byID map[string]service) *wording {
	out := &wording{services: byID, stops: map[route.StopID]string{}}
	for _, s := range byID {
		out.stops[stopID(s.From, s.FromCountry)], out.stops[stopID(s.To, s.ToCountry)] = s.From, s.To
	}
	return out
}

// wordingOf reads the services of a problem of the engine.
func wordingOf(w *blueprint.Work, p route.Problem) (*wording, error) {
	byID := map[string]service{}
	var ids []string
	for _, s := range p.Services {
		ids = append(ids, string(s.ID))
	}
	err := w.Reader.In(w.Ctx, serviceColumns+" WHERE service IN (%s)", ids, func(rows *sql.Rows) error {
		id, s, err := scanService(rows)
		byID[id] = s
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the services of the plan: %w", err)
	}
	return newWording(byID), nil
}

func (x *wording) say(s said.Sentence) said.Sentence {
	out := said.Sentence{Format: s.Format}
	for _, arg := range s.Args {
		out.Args = append(out.Args, x.word(arg))
	}
	return out
}

func (x *wording) word(arg any) any {
	switch v := arg.(type) {
	case said.Sentence:
		return x.say(v)
	case route.ServiceID:
		if s, known := x.services[string(v)]; known {
			return orElse(s.Number, fmt.Sprintf("%s %s – %s, %s", s.Mode, s.From, s.To, s.Depart))
		}
		return string(v)
	case route.StopID:
		return orElse(x.stops[v], string(v))
	case route.Country:
		return named(v)
	case route.Kind:
		return string(v)
	case route.Moment:
		return time.Unix(60*int64(v), 0).UTC().Format("2006-01-02 15:04 UTC")
	}
	return arg
}

// named is a country in a sentence, which doors write in the reader's language.
type named string

// Name gives the country's name in a language.
func (n named) Name(tag string) string { return countryName(string(n), tag) }

func (n named) String() string { return n.Name("en") }
