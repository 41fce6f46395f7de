package movement

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
	"cairn/value"
	"cairn/value/said"
)

// departure is what no two services have in common: the carrier's number, stops and the
// minute of departure. Services without a number are not told apart.
type departure struct{ number, mode, from, to, depart string }

type departures map[departure]bool

func departureOf(s *ServiceScheduled) departure {
	return departure{value.Fold(s.Number), s.Mode, string(stopID(s.From, s.FromCountry)), string(stopID(s.To, s.ToCountry)), s.Depart}
}

// take notes a service and says whether the same departure was there already.
func (d departures) take(s *ServiceScheduled) bool {
	key := departureOf(s)
	if key.number == "" {
		return false
	}
	was := d[key]
	d[key] = true
	return was
}

// departuresLike reads the services that run at the same moments as new ones.
func departuresLike(w *blueprint.Work, facts []*ServiceScheduled) (departures, error) {
	out := departures{}
	var moments []string
	for _, s := range facts {
		if s.Number != "" {
			moments = append(moments, s.Depart)
		}
	}
	err := w.Reader.In(w.Ctx, serviceColumns+" WHERE cancelled = '' AND depart IN (%s)", distinct(moments), func(rows *sql.Rows) error {
		_, s, err := scanService(rows)
		out.take(&s.ServiceScheduled)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for the same departures: %w", err)
	}
	return out, nil
}

func twice(s *ServiceScheduled) said.Sentence {
	return said.Say("number %s leaves %s at %s already: is it the same? Give a second vehicle a number of its own, such as %s-2", s.Number, s.From, s.Depart, s.Number)
}
