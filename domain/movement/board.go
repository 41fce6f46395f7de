package movement

import (
	"database/sql"
	"fmt"
	"slices"

	"cairn/blueprint"
	"cairn/domain/identity"
)

// standing is how a traveller stands in the tables.
type standing struct {
	journey, record, status, service string
	leg                              int
}

// group is travellers of one journey who are moved together.
type group struct {
	journey, service string
	leg              int
	records          []string
}

// Moved says how many people and journeys an action moved.
type Moved struct {
	People   int `json:"people"`
	Journeys int `json:"journeys"`
	NoShows  int `json:"no_shows,omitempty"`
	Left     int `json:"left,omitempty"` // people on the service whom the action did not touch
}

const standingColumns = "SELECT journey, record, status, service, leg FROM movement_traveller"

func scanStanding(rows *sql.Rows) (standing, error) {
	var t standing
	err := rows.Scan(&t.journey, &t.record, &t.status, &t.service, &t.leg)
	return t, err
}

// onService reads the travellers whose present or next service it is, and guards
// their journeys.
func onService(w *blueprint.Work, service string) ([]standing, error) {
	return readStandings(w, standingColumns+" WHERE service IN (%s) ORDER BY journey, record", []string{service})
}

// readStandings reads travellers by services or journeys, and guards the journeys. The
// query gives the columns of a standing; its %s is the list.
func readStandings(w *blueprint.Work, query string, ids []string) ([]standing, error) {
	var found []standing
	err := w.Reader.In(w.Ctx, query, ids, func(rows *sql.Rows) error {
		t, err := scanStanding(rows)
		found = append(found, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the travellers: %w", err)
	}
	return found, guardJourneys(w, found)
}

func guardJourneys(w *blueprint.Work, found []standing) error {
	var ids []string
	for _, t := range found {
		if len(ids) == 0 || ids[len(ids)-1] != t.journey {
			ids = append(ids, t.journey)
		}
	}
	return w.Guard(ids...)
}

// travellersOn reads travellers of journeys, narrowed down by records or their
// numbers, without those excepted, and guards the journeys.
func travellersOn(w *blueprint.Work, journeys, records, except []string, keep func(standing) bool) ([]standing, error) {
	found, err := readStandings(w, standingColumns+" WHERE journey IN (%s) ORDER BY journey, record", journeys)
	if err != nil {
		return nil, err
	}
	if found, err = choose(w, found, records, except); err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(t standing) bool { return !keep(t) })
	if len(found) == 0 {
		return nil, blueprint.Refuse(blueprint.Conflict, "nobody on these journeys is concerned: movement.journey shows where each stands")
	}
	return found, nil
}

// choose narrows travellers down to records or numbers, and leaves some out. It
// refuses one who is not among them.
func choose(w *blueprint.Work, found []standing, records, except []string) ([]standing, error) {
	for i, list := range [][]string{records, except} {
		if len(list) == 0 {
			continue
		}
		ids, err := identity.Records(w, list)
		if err != nil {
			return nil, err
		}
		named, met := map[string]bool{}, map[string]bool{}
		for _, id := range ids {
			named[id] = true
		}
		found = slices.DeleteFunc(found, func(t standing) bool {
			met[t.record] = true
			return named[t.record] != (i == 0)
		})
		for _, id := range ids {
			if !met[id] {
				return nil, blueprint.Refuse(blueprint.Conflict, "record %s does not travel there: the manifest lists who does", id)
			}
		}
	}
	return found, nil
}

// moveEach drafts a fact for the travellers of each journey. A journey is a unit,
// which suffix sets apart from other units of the action.
func moveEach(w *blueprint.Work, found []standing, suffix string, fact func(group) blueprint.Fact) (Moved, error) {
	var out Moved
	at := map[string]int{}
	var groups []group
	for _, t := range found {
		key := fmt.Sprint(t.journey, " ", t.leg)
		i, seen := at[key]
		if !seen {
			i = len(groups)
			at[key], groups = i, append(groups, group{journey: t.journey, service: t.service, leg: t.leg})
		}
		groups[i].records = append(groups[i].records, t.record)
	}
	for _, g := range groups {
		w.AddTo(g.journey+suffix, g.journey, fact(g))
		out.Journeys++
		out.People += len(g.records)
	}
	return out, nil
}

// Absent is somebody who did not come.
type Absent struct {
	Record string `json:"record" help:"The record or its number."`
	Reason string `json:"reason" help:"What is known of why."`
}

// BoardInput says who is aboard a service.
type BoardInput struct {
	Service  string   `json:"service" required:"true" help:"The service."`
	All      bool     `json:"all" help:"Everybody booked on it is aboard, but for the no-shows."`
	Journeys []string `json:"journeys" help:"Everybody on these journeys is aboard."`
	Records  []string `json:"records" help:"These travellers are aboard, by record or number."`
	NoShows  []Absent `json:"no_shows" help:"Who did not come, or was taken off: [{\"record\":\"ID\",\"reason\":\"ill\"}]."`
}

// absentee is a traveller who did not come, and why.
type absentee struct {
	standing
	reason string
}

// absentees finds the no-shows among the travellers who are expected on a service.
func absentees(w *blueprint.Work, expected []standing, absent []Absent) ([]absentee, error) {
	var named []string
	for _, a := range absent {
		if blank(a.Reason) {
			return nil, blueprint.RefuseField("no_shows", "say what is known of why %s did not come", a.Record)
		}
		named = append(named, a.Record)
	}
	if len(named) == 0 {
		return nil, nil
	}
	ids, err := identity.Records(w, named)
	if err != nil {
		return nil, err
	}
	if len(ids) != len(absent) {
		return nil, blueprint.RefuseField("no_shows", "somebody stands twice among the no-shows")
	}
	var out []absentee
	for i, id := range ids {
		at := slices.IndexFunc(expected, func(t standing) bool { return t.record == id })
		if at < 0 {
			return nil, blueprint.Refuse(blueprint.Conflict, "record %s is not expected on this service: the manifest lists who is", id)
		}
		out = append(out, absentee{expected[at], absent[i].Reason})
	}
	return out, nil
}

// absentFrom drafts who did not come, apart from those of the same journey who did.
func absentFrom(w *blueprint.Work, absent []absentee) {
	for _, a := range absent {
		w.AddTo(a.journey+" no_show", a.journey, &NotShown{Service: a.service, Leg: a.leg, Records: []string{a.record}, Reason: a.reason})
	}
}

// boarding chooses who boards, among those who are booked and came.
func boarding(w *blueprint.Work, found []standing, in BoardInput, absent []absentee) ([]standing, error) {
	came := slices.DeleteFunc(slices.Clone(found), func(t standing) bool {
		return t.status != Booked || slices.ContainsFunc(absent, func(a absentee) bool { return a.record == t.record })
	})
	if in.All {
		return came, nil
	}
	for _, id := range in.Journeys {
		if !slices.ContainsFunc(came, func(t standing) bool { return t.journey == id }) {
			return nil, blueprint.Refuse(blueprint.Conflict, "nobody on journey %s waits for this service", id)
		}
	}
	var named []standing
	if len(in.Records) > 0 {
		var err error
		if named, err = choose(w, slices.Clone(came), in.Records, nil); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(came, func(t standing) bool {
		return !slices.Contains(in.Journeys, t.journey) && !slices.Contains(named, t)
	}), nil
}

var board = blueprint.Act(blueprint.Action{
	Name: "movement.board", Group: "movement.board", Title: "Board",
	Help: "Records who is aboard a service and who did not come. A no-show loses the seats ahead. Whom safeguards refuse is not " +
		"boarded, with all of the same journey, and why is recorded.",
	Example: "cairn movement board --service ID --all true", Partial: true,
	Appends: []string{"movement.boarded", "movement.not_shown"},
}, func(w *blueprint.Work, in BoardInput) (Moved, error) {
	s, err := oneService(w, in.Service)
	if err != nil {
		return Moved{}, err
	}
	found, err := onService(w, in.Service)
	if err != nil {
		return Moved{}, err
	}
	absent, err := absentees(w, withStatus(found, Booked, Aboard), in.NoShows)
	if err != nil {
		return Moved{}, err
	}
	var aboard []standing
	if in.All || len(in.Journeys)+len(in.Records) > 0 {
		if aboard, err = boarding(w, found, in, absent); err != nil {
			return Moved{}, err
		}
	}
	if err := checkBoard(s.cancelled, len(aboard), len(absent)); err != nil {
		return Moved{}, err
	}
	absentFrom(w, absent)
	out, err := moveEach(w, aboard, "", func(g group) blueprint.Fact {
		return &Boarded{Service: g.service, Leg: g.leg, Records: g.records}
	})
	out.NoShows = len(absent)
	for _, t := range found {
		if t.status == Booked {
			out.Left++
		}
	}
	out.Left -= out.People
	for _, a := range absent {
		if a.status == Booked {
			out.Left--
		}
	}
	return out, err
})
