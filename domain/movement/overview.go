package movement

import (
	"database/sql"
	"fmt"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/gate"
)

// JourneyInput names a journey, or a case for all of its journeys.
type JourneyInput struct {
	Journey string `json:"journey" help:"The journey."`
	Case    string `json:"case" help:"Or the case."`
}

// JourneyTraveller is somebody on a journey. Held is how many legs, from the first,
// keep a seat for them.
type JourneyTraveller struct {
	Passenger
	Leg      int64  `json:"leg"`
	Held     int64  `json:"held"`
	At       string `json:"at"`
	Reason   string `json:"reason,omitempty"`
	Followed string `json:"followed,omitempty"`
	Next     string `json:"next,omitempty"`
}

// JourneyLeg is a leg with its service.
type JourneyLeg struct {
	ServiceRow
	Status string `json:"status"`
}

// JourneyView is a journey. Stage is that of its case as the journey shows it:
// booked, travelling or arrived; "" where it shows none.
type JourneyView struct {
	Journey     string             `json:"journey"`
	Case        string             `json:"case"`
	Origin      string             `json:"origin,omitempty"`
	Destination string             `json:"destination"`
	Pathway     string             `json:"pathway"`
	Transit     []string           `json:"transit,omitempty"`
	Status      string             `json:"status"`
	Stage       string             `json:"stage,omitempty"`
	People      int64              `json:"people"`
	Depart      string             `json:"depart"`
	Arrive      string             `json:"arrive"`
	Plan        string             `json:"plan,omitempty"`
	Continues   string             `json:"continues,omitempty"`
	Legs        []JourneyLeg       `json:"legs"`
	Travellers  []JourneyTraveller `json:"travellers"`
}

var viewJourney = blueprint.See(blueprint.View{
	Name: "movement.journey", Group: "movement.read", Title: "A journey",
	Help: "Shows a journey, or all of a case: legs, travellers and how far each is.", Example: "cairn movement journey --case ID",
	Resource: blueprint.ResourceOf(func(w *blueprint.Work, in *JourneyInput) (gate.Resource, error) {
		if in.Case != "" {
			return cases.Resource(w, in.Case)
		}
		var id string
		if err := w.QueryRow("SELECT case_id FROM movement_journey WHERE journey = $1", in.Journey).Scan(&id); err != nil {
			return gate.Resource{}, nil // the view itself says that it is not here
		}
		return cases.Resource(w, id)
	}),
}, func(w *blueprint.Work, in JourneyInput) ([]JourneyView, error) {
	column, id := "case_id", in.Case
	if in.Journey != "" {
		column, id = "journey", in.Journey
	}
	found, err := readJourneys(w, column, id)
	if err == nil && len(found) == 0 {
		err = blueprint.Refuse(blueprint.NotFound, "there is no journey of %q here", id)
	}
	return found, err
})

func journeysOf(w *blueprint.Work, id string) ([]JourneyView, error) {
	return readJourneys(w, "case_id", id)
}

// stageShown is the stage of a case that the status of its journey shows.
var stageShown = map[string]string{Booked: cases.StageBooked, Travelling: cases.StageTravelling, Home: cases.StageArrived}

func readJourneys(w *blueprint.Work, column, id string) ([]JourneyView, error) {
	found, err := blueprint.Collect(w, func(rows *sql.Rows) (JourneyView, error) {
		var j JourneyView
		var countries string
		err := rows.Scan(&j.Journey, &j.Case, &j.Origin, &j.Destination, &j.Pathway, &countries, &j.Status, &j.People, &j.Depart, &j.Arrive, &j.Plan, &j.Continues)
		j.Transit, j.Stage = words(countries), stageShown[j.Status]
		return j, err
	}, `SELECT journey, case_id, origin, destination, pathway, transit, status, people, depart, arrive, plan, continues
		FROM movement_journey WHERE `+column+` = $1 ORDER BY journey`, id)
	if err != nil {
		return nil, fmt.Errorf("read the journeys: %w", err)
	}
	at, ids := map[string]*JourneyView{}, []string{}
	for i := range found {
		at[found[i].Journey] = &found[i]
		ids = append(ids, found[i].Journey)
	}
	err = w.Reader.In(w.Ctx, `SELECT l.journey, s.service, s.number, s.mode, s.carrier, l.from_stop, l.to_stop, l.from_country,
		l.to_country, l.depart, l.arrive, s.from_zone, s.to_zone, s.cost, s.cancelled FROM movement_leg l
		JOIN movement_service s ON s.service = l.service WHERE l.journey IN (%s) ORDER BY l.journey, l.leg`, ids, func(rows *sql.Rows) error {
		var id, from, to string
		var l JourneyLeg
		err := rows.Scan(&id, &l.Service, &l.Number, &l.Mode, &l.Carrier, &l.From, &l.To, &l.FromCountry, &l.ToCountry,
			&l.Depart, &l.Arrive, &from, &to, &l.Cost, &l.Cancelled)
		l.LocalDepart, l.LocalArrive = local(l.Depart, from), local(l.Arrive, to)
		at[id].Legs = append(at[id].Legs, l)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the legs: %w", err)
	}
	err = w.Reader.In(w.Ctx, `SELECT t.journey, t.record, r.number, r.name, r.birth, r.sex, r.nationality, r.needs, t.seat, t.status, t.leg,
		t.held, t.at, t.reason, t.followed, t.next FROM movement_traveller t JOIN people_record r ON r.record = t.record
		WHERE t.journey IN (%s) ORDER BY t.journey, t.record`, ids, func(rows *sql.Rows) error {
		var t JourneyTraveller
		var needs string
		err := rows.Scan(&t.Journey, &t.Record, &t.Number, &t.Name, &t.Birth, &t.Sex, &t.Nationality, &needs, &t.Seat, &t.Status, &t.Leg,
			&t.Held, &t.At, &t.Reason, &t.Followed, &t.Next)
		j := at[t.Journey]
		t.Needs, t.Case, t.Country, t.Order = words(needs), j.Case, j.Destination, len(j.Travellers)+1
		j.Travellers = append(j.Travellers, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the travellers: %w", err)
	}
	for i := range found {
		found[i].showLegs()
	}
	return found, nil
}

// showLegs says how far each leg is.
func (j *JourneyView) showLegs() {
	people := make([]seated, len(j.Travellers))
	for i, t := range j.Travellers {
		people[i] = seated{t.Status, int(t.Leg), int(t.Held)}
	}
	for i := range j.Legs {
		j.Legs[i].Status = legStatus(i, people)
	}
}

// MissingInput selects who is missing.
type MissingInput struct {
	Unaccounted bool   `json:"unaccounted" help:"Only who is not accounted for."`
	After       string `json:"after" help:"Go on after this mark."`
	Limit       int    `json:"limit" help:"How many; 50 unless told, 500 at most."`
}

// Missing is somebody who has not arrived though the time is past, or is stranded.
type Missing struct {
	Record    string `json:"record"`
	Number    string `json:"number"`
	Journey   string `json:"journey"`
	Case      string `json:"case"`
	Why       string `json:"why"`       // overdue, no_show, missed, disrupted, or unrecorded: nobody said whether they left
	Accounted bool   `json:"accounted"` // followed up, or stranded where they are known to be
	Service   string `json:"service"`
	From      string `json:"from"`
	To        string `json:"to"`
	Depart    string `json:"depart"`
	Arrive    string `json:"arrive"` // when they should have arrived
	Reason    string `json:"reason,omitempty"`
	Followed  string `json:"followed,omitempty"`
	Next      string `json:"next,omitempty"`
	Owner     string `json:"owner,omitempty"` // of what is done next; "" while nobody took it on
	Open      bool   `json:"open,omitempty"`  // an alarm, although somebody sees to it
	Hours     int64  `json:"hours"`           // since they should have arrived, or left
}

// MissingView is a page of who is missing.
type MissingView struct {
	People      []Missing `json:"people"`
	Unaccounted int64     `json:"unaccounted"` // in all
	More        string    `json:"more,omitempty"`
}

const missingWhere = `(t.status = 'departed' AND l.arrive < $1 OR t.status IN ('no_show', 'missed', 'disrupted')
	OR t.status IN ('booked', 'boarded') AND l.depart < $2)`

const unaccountedWhere = `(t.status = 'departed' AND l.arrive < $1 OR t.status = 'no_show') AND (t.followed = '' OR t.open = 1)`

var viewMissing = blueprint.See(blueprint.View{
	Name: "movement.missing", Group: "movement.read", Title: "Who has not arrived",
	Help: "Lists travellers who should have arrived and were not seen, who did not come, who are stranded, and of whom nobody said " +
		"whether they left.", Example: "cairn movement missing --unaccounted true",
}, func(w *blueprint.Work, in MissingInput) (MissingView, error) {
	now := stamp(w.Now())
	out := MissingView{}
	err := w.QueryRow(`SELECT COUNT(*) FROM movement_traveller t JOIN movement_leg l ON l.journey = t.journey AND l.leg = t.leg
		WHERE `+unaccountedWhere, now).Scan(&out.Unaccounted)
	if err != nil {
		return out, fmt.Errorf("count who is not accounted for: %w", err)
	}
	where, args := missingWhere, []any{now, now}
	if in.Unaccounted {
		where, args = unaccountedWhere, []any{now}
	}
	if record, journey, ok := strings.Cut(in.After, " "); ok {
		args = append(args, record, record, journey)
		where = fmt.Sprintf("(%s) AND (t.record > $%d OR t.record = $%d AND t.journey > $%d)", where, len(args)-2, len(args)-1, len(args))
	}
	limit := pageSize(in.Limit)
	args = append(args, limit+1)
	out.People, err = blueprint.Collect(w, func(rows *sql.Rows) (Missing, error) {
		var m Missing
		var open int64
		err := rows.Scan(&m.Record, &m.Number, &m.Journey, &m.Case, &m.Why, &m.Service, &m.From, &m.To, &m.Depart, &m.Arrive, &m.Reason, &m.Followed, &m.Next, &m.Owner, &open)
		m.Open = open != 0
		m.Accounted = m.Followed != "" && !m.Open || m.Why == TooLate || m.Why == Disrupted
		due := m.Arrive
		switch m.Why {
		case OnTheWay:
			m.Why = "overdue"
		case Booked, Aboard:
			m.Why, due = "unrecorded", m.Depart
		}
		if at, err := time.Parse(time.RFC3339, due); err == nil {
			m.Hours = max(0, int64(w.Now().Sub(at).Hours()))
		}
		return m, err
	}, `SELECT t.record, r.number, t.journey, j.case_id, t.status, l.service, l.from_stop, l.to_stop, l.depart, l.arrive, t.reason,
		t.followed, t.next, t.owner, t.open FROM movement_traveller t JOIN movement_leg l ON l.journey = t.journey AND l.leg = t.leg
		JOIN movement_journey j ON j.journey = t.journey JOIN people_record r ON r.record = t.record
		WHERE `+where+fmt.Sprintf(" ORDER BY t.record, t.journey LIMIT $%d", len(args)), args...)
	if err != nil {
		return out, fmt.Errorf("read who is missing: %w", err)
	}
	if len(out.People) > limit {
		out.People = out.People[:limit]
		out.More = out.People[limit-1].Record + " " + out.People[limit-1].Journey
	}
	return out, nil
})
