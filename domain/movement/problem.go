package movement

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"

	"cairn/blueprint"
	"cairn/engine/route"
	"cairn/value/said"
)

// timetable is the services of a plan with the seats that are free.
type timetable struct {
	byID     map[string]service
	services []route.Service
	stops    []route.Stop
	country  map[route.StopID]string
	booked   map[string]bool // services with somebody on them
}

// readTimetable reads the services between two moments that run, with their free
// seats, in order of departure.
func readTimetable(w *blueprint.Work, from, until string, connection int) (*timetable, error) {
	free, booked, err := readSeats(w, from, until)
	if err != nil {
		return nil, err
	}
	t := &timetable{byID: map[string]service{}, country: map[route.StopID]string{}, booked: booked}
	_, err = blueprint.Collect(w, func(rows *sql.Rows) (struct{}, error) {
		id, s, err := scanService(rows)
		if err == nil {
			s.Seats = free[id]
			err = t.add(id, s)
		}
		return struct{}{}, err
	}, serviceColumns+" WHERE cancelled = '' AND depart >= $1 AND arrive <= $2 ORDER BY depart, service", from, until)
	if err != nil {
		return nil, fmt.Errorf("read the services: %w", err)
	}
	for _, id := range slices.Sorted(maps.Keys(t.country)) {
		t.stops = append(t.stops, route.Stop{ID: id, Country: route.Country(t.country[id]), MinConnection: route.Minute(connection)})
	}
	return t, nil
}

func (t *timetable) add(id string, s service) error {
	departs, err := minute(s.Depart)
	if err != nil {
		return err
	}
	arrives, err := minute(s.Arrive)
	if err != nil {
		return err
	}
	r := route.Service{ID: route.ServiceID(id), From: stopID(s.From, s.FromCountry), To: stopID(s.To, s.ToCountry), Depart: departs,
		Arrive: max(arrives, departs+1), CostPerSeat: route.Money(s.Cost) * route.Cent, Mode: s.Mode}
	for _, kind := range SeatKinds() {
		r.Seats = append(r.Seats, int(max(0, s.Seats[kind])))
	}
	r.Block = int(s.Block)
	if !t.booked[id] { // a charter with somebody on it runs anyway
		r.OpenCost = route.Money(s.OpenCost) * route.Cent
	}
	t.country[r.From], t.country[r.To] = s.FromCountry, s.ToCountry
	t.byID[id], t.services = s, append(t.services, r)
	return nil
}

// readSeats reads the free seats by service and kind, and on which somebody is booked.
func readSeats(w *blueprint.Work, from, until string) (map[string]map[string]int64, map[string]bool, error) {
	out, booked := map[string]map[string]int64{}, map[string]bool{}
	add := func(sign int64) func(*sql.Rows) (struct{}, error) {
		return func(rows *sql.Rows) (struct{}, error) {
			var id, kind string
			var n int64
			err := rows.Scan(&id, &kind, &n)
			if out[id] == nil {
				out[id] = map[string]int64{}
			}
			out[id][kind] += sign * n
			booked[id] = booked[id] || sign < 0 && n > 0
			return struct{}{}, err
		}
	}
	if _, err := blueprint.Collect(w, add(1), `SELECT k.service, k.kind, k.amount FROM movement_seats k
		JOIN movement_service s ON s.service = k.service WHERE s.depart >= $1 AND s.arrive <= $2`, from, until); err != nil {
		return nil, nil, fmt.Errorf("read the seats: %w", err)
	}
	if _, err := blueprint.Collect(w, add(-1), `SELECT l.service, t.seat, COUNT(*) FROM movement_leg l
		JOIN movement_traveller t ON t.journey = l.journey AND t.held > l.leg
		JOIN movement_service s ON s.service = l.service WHERE s.depart >= $1 AND s.arrive <= $2
		GROUP BY l.service, t.seat`, from, until); err != nil {
		return nil, nil, fmt.Errorf("add up the seats that are taken: %w", err)
	}
	if _, err := blueprint.Collect(w, add(-1), `SELECT e.service, 'seat', SUM(e.seats) FROM movement_escort e
		JOIN movement_service s ON s.service = e.service WHERE s.depart >= $1 AND s.arrive <= $2 GROUP BY e.service`, from, until); err != nil {
		return nil, nil, fmt.Errorf("add up the seats of escorts: %w", err)
	}
	return out, booked, nil
}

// minute turns a stamp into minutes of the engine's time, rounded down.
func minute(text string) (route.Minute, error) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return 0, fmt.Errorf("time %q cannot be read: %w", text, err)
	}
	return route.Minute(at.Unix() / 60), nil
}

// Unmatched is a party for whom no stop is known.
type Unmatched struct {
	Case   string `json:"case"`
	What   string `json:"what"` // "origin" or "destination"
	Name   string `json:"name"` // of the site or locality
	Reason string `json:"reason"`
	why    error  // says the reason
}

func unmatched(q *party, what, name string, why error) Unmatched {
	return Unmatched{Case: q.id, What: what, Name: name, Reason: why.Error(), why: why}
}

// says names what is not known of which case, and the reason.
func (u *Unmatched) says() said.Sentence {
	if u.What == "origin" {
		return said.Say("the origin %q of case %s: %v", u.Name, u.Case, u.why)
	}
	return said.Say("the destination %q of case %s: %v", u.Name, u.Case, u.why)
}

// terms are what holds for all of a plan.
type terms struct {
	ready, due string // stamps; "" lets each case's answer decide, and the timetable
	own        map[string]string
	longest    route.Minute // from the first departure to arrival; 0 is any
}

// build states the engine's problem. Parties for whom no stop is known stay out.
func build(found []*party, t *timetable, l *limits, at terms) (route.Problem, []*party, []Unmatched, error) {
	p := route.Problem{Stops: t.stops, Services: t.services, Weights: route.DefaultWeights()}
	for _, kind := range SeatKinds() {
		p.Kinds = append(p.Kinds, route.Kind(kind))
	}
	names := newStops(t.services, t.country, at.own)
	var kept []*party
	var without []Unmatched
	for _, q := range found {
		origin, err := names.find(q.stop, "")
		if err != nil {
			without = append(without, unmatched(q, "origin", q.stop, err))
			continue
		}
		destination, err := names.find(q.locality, q.country)
		if err == nil && destination == origin {
			err = said.Errorf("they are there already")
		}
		if err != nil {
			without = append(without, unmatched(q, "destination", q.locality, err))
			continue
		}
		stated, err := q.stated(origin, destination, l, at)
		if err != nil {
			return p, nil, nil, err
		}
		p.Parties, kept = append(p.Parties, stated), append(kept, q)
	}
	return p, kept, without, nil
}

func (q *party) stated(origin, destination route.StopID, l *limits, at terms) (route.Party, error) {
	out := route.Party{ID: route.PartyID(q.name), Origin: origin, Destination: destination, People: len(q.members),
		Longest: at.longest, Seats: make([]int, len(SeatKinds()))}
	for _, m := range q.members {
		out.Seats[slices.Index(SeatKinds(), m.seat)]++
	}
	out.Seats[slices.Index(SeatKinds(), Seat)] += q.escorts
	for _, c := range l.avoid[q.id] {
		out.Avoid = append(out.Avoid, route.Country(c))
	}
	var err error
	if out.Ready, err = minute(at.readyFor(q)); err != nil {
		return out, err
	}
	due, err := minute(at.due)
	due, q.ends = l.by(q.id, due)
	out.Due = max(due, out.Ready)
	return out, err
}

// readyFor is when a party can leave: as told, or else when it accepted.
func (t terms) readyFor(q *party) string {
	if t.ready != "" {
		return t.ready
	}
	if at, err := time.Parse(time.RFC3339Nano, q.answered); err == nil {
		return stamp(at)
	}
	return t.due
}

// day reads YYYY-MM-DD or a moment, as a stamp.
func day(field, text string) (string, error) {
	if at, err := time.Parse(time.DateOnly, text); err == nil {
		return stamp(at), nil
	}
	at, err := moment(text, "UTC")
	if err != nil {
		return "", blueprint.RefuseField(field, "%v", err)
	}
	return stamp(at), nil
}
