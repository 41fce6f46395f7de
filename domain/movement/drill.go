package movement

import (
	"cmp"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"time"

	"cairn/blueprint"
	"cairn/engine/route"
	"cairn/value/said"
)

// DrillInput says what would happen.
type DrillInput struct {
	Service string `json:"service" required:"true" help:"The service that would not run."`
	Ripple  int    `json:"ripple" help:"How many parties whose journey is still good may be moved to make room; 50 unless told, -1 for none."`
}

// DrillParty is a party that the change would concern, without names.
type DrillParty struct {
	Journey string `json:"journey"`
	Case    string `json:"case"`
	Number  string `json:"number"` // of the case
	People  int    `json:"people"`
	// Before and After are the services; After is empty for who would be left without
	// a journey. Of services travelled already, both have the same.
	Before []DrillLeg     `json:"before"`
	After  []DrillLeg     `json:"after,omitempty"`
	Later  int            `json:"later"` // minutes by which they arrive later; less than 0: earlier
	Rule   string         `json:"rule,omitempty"`
	Detail *said.Sentence `json:"detail,omitempty"` // why no journey was found
	Help   *said.Sentence `json:"help,omitempty"`   // the smallest change that would help
}

// DrillLeg is a service of a journey.
type DrillLeg struct {
	Service string `json:"service"`
	Number  string `json:"number,omitempty"`
	Mode    string `json:"mode"`
	From    string `json:"from"`
	To      string `json:"to"`
	Depart  string `json:"depart"` // local where the zone is known
	Arrive  string `json:"arrive"`
}

// Drill is what a cancelled service would do. Nothing of it is recorded.
type Drill struct {
	ServiceRow
	Journeys int          `json:"journeys"` // that use the service
	People   int          `json:"people"`   // on them
	Moved    []DrillParty `json:"moved"`    // off the service, to other services
	MadeRoom []DrillParty `json:"made_room"`
	Left     []DrillParty `json:"left"`  // without a journey
	Tell     []ServiceRow `json:"tell"`  // services whose crews get another manifest
	Later    int64        `json:"later"` // hours by which people arrive later, in all
	Parties  int          `json:"parties"`
}

const usualRipple = 50

var viewDrill = blueprint.See(blueprint.View{
	Name: "movement.drill", Group: "movement.propose", Title: "What if a service did not run",
	Help: "Plans as if a service were cancelled now, from the journeys as they are booked: who would be moved to which services, who would " +
		"make room, who would be left without a journey and why, and which crews must be told. Nothing is recorded.",
	Example: "cairn movement drill --service ID",
}, func(w *blueprint.Work, in DrillInput) (Drill, error) {
	row, err := serviceRow(w, in.Service)
	if err != nil {
		return Drill{}, err
	}
	out := Drill{ServiceRow: row, Moved: []DrillParty{}, MadeRoom: []DrillParty{}, Left: []DrillParty{}, Tell: []ServiceRow{}}
	if row.Cancelled != "" {
		return out, blueprint.Refuse(blueprint.Conflict, "the service is cancelled already: %s", row.Cancelled)
	}
	if row.Depart <= stamp(w.Now()) {
		return out, blueprint.Refuse(blueprint.Conflict, "the service left at %s: it cannot be cancelled any more", row.Depart)
	}
	now, err := readUnderway(w)
	if err != nil {
		return out, err
	}
	out.Parties = len(now.journeys)
	change := route.Change{Now: route.Minute(w.Now().Unix() / 60), Cancelled: []route.ServiceID{route.ServiceID(in.Service)}, Ripple: in.Ripple}
	if in.Ripple == 0 {
		change.Ripple = usualRipple
	}
	change.Ripple = max(change.Ripple, 0)
	if len(now.journeys) == 0 {
		return out, nil // nobody is under way
	}
	if _, runs := now.table.byID[in.Service]; !runs {
		return out, nil // it runs after everything that they could take
	}
	result, err := route.Update(w.Ctx, now.result, change)
	if err != nil {
		return out, fmt.Errorf("plan without the service: %w", err)
	}
	out.tell(now, result)
	return out, out.crews(w, result)
})

// underway is everybody who is booked or travels, as a plan.
type underway struct {
	table    *timetable
	journeys []*booked
	result   route.Result
}

// booked is a journey that goes on.
type booked struct {
	id, of, number string
	country        string // of destination
	members        []member
	legs           []string // services, in order
	escorts        int
	ends           ending // as of a party
}

// readUnderway states the journeys as they are booked as a plan of the engine: each a
// party that nothing but a change can move.
func readUnderway(w *blueprint.Work) (*underway, error) {
	u := &underway{}
	if err := u.readJourneys(w); err != nil || len(u.journeys) == 0 {
		return u, err
	}
	from, until, err := u.span(w)
	if err != nil {
		return nil, err
	}
	if u.table, err = readTimetable(w, from, until, defaultConnection); err != nil {
		return nil, err
	}
	return u, u.state(w, until)
}

// readJourneys reads who goes on: who is stranded, or will be at the end of a leg, is
// not moved by a drill.
func (u *underway) readJourneys(w *blueprint.Work) error {
	at := map[string]*booked{}
	_, err := blueprint.Collect(w, func(rows *sql.Rows) (struct{}, error) {
		var id, of, number, country string
		var m member
		err := rows.Scan(&id, &of, &number, &country, &m.record, &m.seat)
		b := at[id]
		if b == nil {
			b = &booked{id: id, of: of, number: number, country: country}
			at[id], u.journeys = b, append(u.journeys, b)
		}
		b.members = append(b.members, m)
		return struct{}{}, err
	}, `SELECT t.journey, j.case_id, COALESCE(c.number, ''), j.destination, t.record, t.seat FROM movement_traveller t
		JOIN movement_journey j ON j.journey = t.journey LEFT JOIN cases_case c ON c.case_id = j.case_id
		WHERE t.status IN ('booked', 'boarded', 'departed') AND t.held = (SELECT COUNT(*) FROM movement_leg l WHERE l.journey = t.journey)
		ORDER BY t.journey, t.record`)
	if err != nil {
		return fmt.Errorf("read who is under way: %w", err)
	}
	ids := make([]string, len(u.journeys))
	for i, b := range u.journeys {
		ids[i] = b.id
	}
	err = w.Reader.In(w.Ctx, "SELECT journey, service FROM movement_leg WHERE journey IN (%s) ORDER BY journey, leg", ids, func(rows *sql.Rows) error {
		var id, service string
		err := rows.Scan(&id, &service)
		at[id].legs = append(at[id].legs, service)
		return err
	})
	if err != nil {
		return fmt.Errorf("read their legs: %w", err)
	}
	err = w.Reader.In(w.Ctx, "SELECT journey, seats FROM movement_escort WHERE leg = 0 AND journey IN (%s)", ids, func(rows *sql.Rows) error {
		var id string
		var seats int
		err := rows.Scan(&id, &seats)
		at[id].escorts = seats
		return err
	})
	if err != nil {
		return fmt.Errorf("read the escorts: %w", err)
	}
	return nil
}

// span is from the first departure of anybody under way to a year on.
func (u *underway) span(w *blueprint.Work) (from, until string, err error) {
	err = w.QueryRow(`SELECT MIN(l.depart), MAX(l.arrive) FROM movement_leg l JOIN movement_traveller t ON t.journey = l.journey
		WHERE t.status IN ('booked', 'boarded', 'departed')`).Scan(&from, &until)
	if err != nil {
		return "", "", fmt.Errorf("read when they travel: %w", err)
	}
	return from, max(until, stamp(w.Now().Add(longestWait))), nil
}

// state states problem and result. A stop's least connection is not longer than those
// that are booked there: what staff booked by hand stays good.
func (u *underway) state(w *blueprint.Work, until string) error {
	l, err := u.limits(w)
	if err != nil {
		return err
	}
	p := route.Problem{Stops: slices.Clone(u.table.stops), Weights: route.DefaultWeights()}
	for _, kind := range SeatKinds() {
		p.Kinds = append(p.Kinds, route.Kind(kind))
	}
	place, stop := map[string]int{}, map[route.StopID]int{}
	for i, s := range u.table.services {
		s.Seats = slices.Clone(s.Seats)
		p.Services = append(p.Services, s)
		place[string(s.ID)] = i
	}
	for i, s := range p.Stops {
		stop[s.ID] = i
	}
	now := route.Minute(w.Now().Unix() / 60)
	due, err := minute(until)
	if err != nil {
		return err
	}
	kept := u.journeys[:0]
	for _, b := range u.journeys {
		if slices.ContainsFunc(b.legs, func(id string) bool { _, runs := place[id]; return !runs }) {
			continue // it has a leg that is cancelled
		}
		q := route.Party{ID: route.PartyID(b.id), People: len(b.members), Seats: make([]int, len(p.Kinds))}
		q.Seats[slices.Index(SeatKinds(), Seat)] = b.escorts
		for _, c := range l.avoid[b.of] {
			q.Avoid = append(q.Avoid, route.Country(c))
		}
		for _, m := range b.members {
			q.Seats[slices.Index(SeatKinds(), m.seat)]++
		}
		journey := route.Journey{Party: q.ID}
		for i, id := range b.legs {
			s := &p.Services[place[id]]
			for k, n := range q.Seats {
				s.Seats[k] += n // the timetable counts free seats only
			}
			if i > 0 {
				at := &p.Stops[stop[s.From]]
				at.MinConnection = max(0, min(at.MinConnection, s.Depart-p.Services[place[b.legs[i-1]]].Arrive))
			}
			journey.Services = append(journey.Services, s.ID)
		}
		first, last := &p.Services[place[b.legs[0]]], &p.Services[place[b.legs[len(b.legs)-1]]]
		q.Due, b.ends = l.by(b.of, due)
		q.Due = max(q.Due, last.Arrive) // what is booked stays good
		q.Origin, q.Destination, q.Ready = first.From, last.To, min(now, first.Depart)
		p.Parties, u.result.Journeys, kept = append(p.Parties, q), append(u.result.Journeys, journey), append(kept, b)
	}
	u.journeys, u.result.Problem = kept, p
	return u.prices(w, place)
}

// prices takes those of the latest plan, where there is one: they say where seats are
// dear, so that nobody is moved onto what others need more.
func (u *underway) prices(w *blueprint.Work, place map[string]int) error {
	id, err := latestPlan(w)
	if err != nil || id == "" {
		return err
	}
	_, _, plan, err := planOf(w, id)
	if err != nil {
		return err
	}
	for _, price := range plan.Prices {
		if _, runs := place[string(price.Service)]; runs {
			u.result.Prices = append(u.result.Prices, price)
		}
	}
	return nil
}

func latestPlan(w *blueprint.Work) (string, error) {
	var id string
	if err := w.QueryRow("SELECT COALESCE(MAX(plan), '') FROM movement_plan").Scan(&id); err != nil {
		return "", fmt.Errorf("find the latest plan: %w", err)
	}
	return id, nil
}

// limits reads what limits the journeys, by case.
func (u *underway) limits(w *blueprint.Work) (*limits, error) {
	var found []*party
	for _, b := range u.journeys {
		found = append(found, &party{travelCase: &travelCase{id: b.of, country: b.country}, members: b.members})
	}
	return readLimits(w, found)
}

// tell sorts the news by what it is.
func (d *Drill) tell(now *underway, after route.Result) {
	at := map[route.PartyID]int{}
	for i, b := range now.journeys {
		at[route.PartyID(b.id)] = i
		if slices.Contains(b.legs, d.Service) {
			d.Journeys++
			d.People += len(b.members)
		}
	}
	words := now.table.wording()
	for _, n := range after.Changed.Notices {
		i := at[n.Party]
		b := now.journeys[i]
		p := DrillParty{Journey: b.id, Case: b.of, Number: b.number, People: len(b.members), Before: now.legs(n.Before), After: now.legs(n.After)}
		if len(n.After) == 0 {
			if why := after.Journeys[i].Unserved; why != nil {
				detail, help := words.reason(why, b.ends)
				p.Rule, p.Detail, p.Help = string(why.Rule), &detail, &help
			}
			d.Left = append(d.Left, p)
			continue
		}
		p.Later = now.later(n.Before, n.After)
		d.Later += int64(p.Later) * int64(p.People)
		if n.News == route.NewsMadeRoom {
			d.MadeRoom = append(d.MadeRoom, p)
		} else {
			d.Moved = append(d.Moved, p)
		}
	}
	d.Later = int64(math.Round(float64(d.Later) / 60))
}

func (u *underway) legs(ids []route.ServiceID) []DrillLeg {
	var out []DrillLeg
	for _, id := range ids {
		s := u.table.byID[string(id)]
		out = append(out, DrillLeg{Service: string(id), Number: s.Number, Mode: s.Mode, From: s.From, To: s.To,
			Depart: orElse(local(s.Depart, s.FromZone), s.Depart), Arrive: orElse(local(s.Arrive, s.ToZone), s.Arrive)})
	}
	return out
}

// later is by how many minutes the last of services arrives after that of others.
func (u *underway) later(before, after []route.ServiceID) int {
	end := func(ids []route.ServiceID) time.Time {
		if len(ids) == 0 {
			return time.Time{}
		}
		at, err := time.Parse(time.RFC3339, u.table.byID[string(ids[len(ids)-1])].Arrive)
		if err != nil {
			return time.Time{}
		}
		return at
	}
	return int(end(after).Sub(end(before)).Minutes())
}

// crews lists the other services whose passengers would not be the same.
func (d *Drill) crews(w *blueprint.Work, after route.Result) error {
	var ids []string
	for _, id := range after.Changed.Services {
		if string(id) != d.Service {
			ids = append(ids, string(id))
		}
	}
	rows, err := serviceRows(w, ids)
	if err != nil {
		return fmt.Errorf("read the services to be told: %w", err)
	}
	for _, id := range ids {
		if row, known := rows[id]; known {
			d.Tell = append(d.Tell, row)
		}
	}
	slices.SortFunc(d.Tell, func(a, b ServiceRow) int {
		return cmp.Or(cmp.Compare(a.Depart, b.Depart), cmp.Compare(a.Service, b.Service))
	})
	return fillSeats(w, d.Tell)
}
