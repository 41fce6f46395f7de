package movement

import (
	"database/sql"
	"fmt"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/reference"
	"cairn/value/said"
)

// Modes of transport. Others stay as written.
const (
	Train  = "train"
	Bus    = "bus"
	Ship   = "ship"
	Flight = "flight"
)

// ServiceInput is one departure.
type ServiceInput struct {
	Number      string           `json:"number" help:"The carrier's number."`
	Mode        string           `json:"mode" help:"train, bus, ship or flight, or another word."`
	Carrier     string           `json:"carrier" help:"Who runs it."`
	From        string           `json:"from" required:"true" help:"The stop where it starts."`
	To          string           `json:"to" required:"true" help:"The next stop, where it ends."`
	FromCountry string           `json:"from_country" required:"true" help:"Its country: a name or three letters."`
	ToCountry   string           `json:"to_country" required:"true" help:"The country of the next stop."`
	Depart      string           `json:"depart" required:"true" help:"2026-05-03T07:30+02:00, or local time with a zone."`
	Arrive      string           `json:"arrive" required:"true" help:"As depart, in the zone of the next stop."`
	FromZone    string           `json:"from_zone" help:"The zone of the departure, such as Europe/Vienna or +02:00."`
	ToZone      string           `json:"to_zone" help:"The zone of the arrival; that of the departure unless told."`
	Seats       map[string]int64 `json:"seats" required:"true" help:"By kind: {\"seat\":48,\"wheelchair\":2,\"stretcher\":0}."`
	Cost        int64            `json:"cost" help:"For each seat, in hundredths of the unit of money."`
	OpenCost    int64            `json:"open_cost" help:"Of a charter that runs only when needed: what it costs once, in hundredths, whoever travels."`
	Block       int64            `json:"block" help:"How many seats are bought together; one by one unless told."`
}

// ScheduleInput schedules services, many at once.
type ScheduleInput struct {
	Services []ServiceInput `json:"services" required:"true" help:"The services."`
}

// Scheduled lists the new services in the order of the input.
type Scheduled struct {
	Services []string `json:"services"`
}

var scheduleServices = blueprint.Act(blueprint.Action{
	Name: "movement.schedule_services", Group: "services.write", Title: "Schedule services",
	Help:    "Adds departures of trains, buses, ships and flights. One that halts on the way is one service for each stretch.",
	Example: `cairn movement schedule-services --services '[{"mode":"bus","from":"Traiskirchen","to":"Wien","from_country":"AUT","to_country":"AUT","depart":"2026-05-03T07:00+02:00","arrive":"2026-05-03T08:00+02:00","seats":{"seat":48}}]'`,
	Appends: []string{"movement.service_scheduled"},
}, func(w *blueprint.Work, in ScheduleInput) (Scheduled, error) {
	if len(in.Services) == 0 {
		return Scheduled{}, blueprint.RefuseField("services", "name at least one service")
	}
	var out Scheduled
	facts := make([]*ServiceScheduled, len(in.Services))
	for i := range in.Services {
		var err error
		if facts[i], err = in.Services[i].fact(); err != nil {
			return Scheduled{}, blueprint.RefuseField("services", "service %d: %v", i+1, err)
		}
	}
	known, err := departuresLike(w, facts)
	if err != nil {
		return Scheduled{}, err
	}
	for i, fact := range facts {
		if known.take(fact) {
			return Scheduled{}, blueprint.RefuseField("services", "service %d: %s", i+1, twice(fact))
		}
		id := w.NewID()
		w.Add(id, fact)
		out.Services = append(out.Services, id)
	}
	return out, nil
})

func (in *ServiceInput) fact() (*ServiceScheduled, error) {
	s := &ServiceScheduled{Number: in.Number, Mode: modeOf(in.Mode), Carrier: in.Carrier, From: strings.TrimSpace(in.From),
		To: strings.TrimSpace(in.To), FromZone: in.FromZone, ToZone: in.ToZone, Seats: map[string]int64{}, Cost: in.Cost,
		OpenCost: in.OpenCost, Block: in.Block}
	if s.ToZone == "" {
		s.ToZone = s.FromZone
	}
	if s.From == "" || s.To == "" {
		return nil, said.Errorf("name both stops")
	}
	var err error
	if s.FromCountry, err = countryOf(in.FromCountry); err != nil {
		return nil, err
	}
	if s.ToCountry, err = countryOf(in.ToCountry); err != nil {
		return nil, err
	}
	departs, err := moment(in.Depart, s.FromZone)
	if err != nil {
		return nil, err
	}
	arrives, err := moment(in.Arrive, s.ToZone)
	if err != nil {
		return nil, err
	}
	s.Depart, s.Arrive = stamp(departs), stamp(arrives)
	for kind, n := range in.Seats {
		s.Seats[kind] = n
	}
	return s, checkService(s)
}

// stamp writes a moment so that texts compare as the moments do.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// CancelServiceInput cancels a service.
type CancelServiceInput struct {
	Service string `json:"service" required:"true" help:"The service."`
	Reason  string `json:"reason" required:"true" help:"Why it does not run."`
}

// ServiceOut says what a cancelled service did to journeys.
type ServiceOut struct {
	Journeys int `json:"journeys"` // disrupted
	People   int `json:"people"`
}

var cancelService = blueprint.Act(blueprint.Action{
	Name: "movement.cancel_service", Group: "services.write", Title: "Cancel a service",
	Help: "Ends a service. Everybody booked on it loses all seats ahead, so that others can have them, and is shown as " +
		"stranded until booked anew.",
	Example: "cairn movement cancel-service --service ID --reason 'track flooded'",
	Appends: []string{"movement.service_cancelled", "movement.journey_disrupted"},
}, func(w *blueprint.Work, in CancelServiceInput) (ServiceOut, error) {
	s, err := oneService(w, in.Service)
	if err != nil {
		return ServiceOut{}, err
	}
	type use struct {
		journey            string
		leg, people, begun int64
	}
	uses, err := blueprint.Collect(w, func(rows *sql.Rows) (use, error) {
		var u use
		err := rows.Scan(&u.journey, &u.leg, &u.people, &u.begun)
		return u, err
	}, `SELECT l.journey, l.leg, COUNT(*), SUM(CASE WHEN t.leg > l.leg OR t.status IN ('departed', 'arrived') AND t.leg = l.leg THEN 1 ELSE 0 END)
		FROM movement_leg l JOIN movement_traveller t ON t.journey = l.journey AND t.held > l.leg
		WHERE l.service = $1 GROUP BY l.journey, l.leg ORDER BY l.journey, l.leg`, in.Service)
	if err != nil {
		return ServiceOut{}, fmt.Errorf("read who is booked on the service: %w", err)
	}
	var out ServiceOut
	var ids []string
	left := false
	for _, u := range uses {
		left = left || u.begun > 0
		ids = append(ids, u.journey)
		out.Journeys++
		out.People += int(u.people)
	}
	if err := checkCancelService(s.cancelled, left, in.Reason); err != nil {
		return ServiceOut{}, err
	}
	if err := w.Guard(ids...); err != nil {
		return ServiceOut{}, err
	}
	w.Add(in.Service, &ServiceCancelled{Reason: in.Reason})
	for _, u := range uses {
		w.Add(u.journey, &JourneyDisrupted{Service: in.Service, Leg: int(u.leg), Reason: in.Reason})
	}
	return out, nil
})

// oneService reads and guards a service.
func oneService(w *blueprint.Work, id string) (service, error) {
	found, err := servicesByID(w, []string{id})
	if err != nil {
		return service{}, err
	}
	return found[id], nil
}

// servicesByID reads services and guards them; it refuses one that is not here.
func servicesByID(w *blueprint.Work, ids []string) (map[string]service, error) {
	if err := w.Guard(ids...); err != nil {
		return nil, err
	}
	out := make(map[string]service, len(ids))
	err := w.Reader.In(w.Ctx, serviceColumns+" WHERE service IN (%s)", ids, func(rows *sql.Rows) error {
		id, s, err := scanService(rows)
		out[id] = s
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the services: %w", err)
	}
	for _, id := range ids {
		if _, found := out[id]; !found {
			return nil, blueprint.Refuse(blueprint.NotFound, "there is no service %q here: movement.timetable lists them", id)
		}
	}
	return out, nil
}

const serviceColumns = `SELECT service, number, mode, carrier, from_stop, to_stop, from_country, to_country, depart, arrive,
	from_zone, to_zone, cost, open_cost, block, cancelled FROM movement_service`

func scanService(rows *sql.Rows) (string, service, error) {
	var id string
	var s service
	err := rows.Scan(&id, &s.Number, &s.Mode, &s.Carrier, &s.From, &s.To, &s.FromCountry, &s.ToCountry, &s.Depart, &s.Arrive,
		&s.FromZone, &s.ToZone, &s.Cost, &s.OpenCost, &s.Block, &s.cancelled)
	s.Seats = map[string]int64{}
	return id, s, err
}

// countryOf is country with what to say where it is not known.
func countryOf(text string) (string, error) {
	code, known := country(text)
	if !known {
		return "", said.Errorf("country %q is not known: write its name or its three letters", text)
	}
	return code, nil
}

// country reads an alpha-3 or alpha-2 code, or a name.
func country(text string) (string, bool) {
	c, ok := reference.CountryByNationality(strings.TrimSpace(text))
	if !ok {
		c, ok = reference.CountryByCode(strings.TrimSpace(text))
	}
	if !ok || c.Kind != reference.KindISO {
		return "", false
	}
	return c.Alpha3, true
}
