package movement

import (
	"database/sql"
	"fmt"
	"strings"
	"time"

	"cairn/blueprint"
)

// BoardViewInput selects services. Everything may be left out.
type BoardViewInput struct {
	From    string `json:"from" help:"The first day of departure, YYYY-MM-DD; today unless told."`
	To      string `json:"to" help:"The last day of departure; open unless told."`
	Mode    string `json:"mode" help:"Only this mode."`
	Stop    string `json:"stop" help:"Only from or to this stop."`
	Taken   bool   `json:"taken" help:"Only services on which somebody is booked."`
	After   string `json:"after" help:"Go on after this mark."`
	Limit   int    `json:"limit" help:"How many; 50 unless told, 500 at most."`
	Running bool   `json:"running" help:"Without services that are cancelled."`
}

// ServiceRow is one service in a list.
type ServiceRow struct {
	Service     string           `json:"service"`
	Number      string           `json:"number,omitempty"`
	Mode        string           `json:"mode"`
	Carrier     string           `json:"carrier,omitempty"`
	From        string           `json:"from"`
	To          string           `json:"to"`
	FromCountry string           `json:"from_country"`
	ToCountry   string           `json:"to_country"`
	Depart      string           `json:"depart"` // UTC
	Arrive      string           `json:"arrive"`
	LocalDepart string           `json:"local_depart,omitempty"` // at the stop, with offset
	LocalArrive string           `json:"local_arrive,omitempty"`
	Cost        int64            `json:"cost"`
	OpenCost    int64            `json:"open_cost,omitempty"` // a charter that runs only when needed
	Block       int64            `json:"block,omitempty"`
	Cancelled   string           `json:"cancelled,omitempty"`
	Seats       map[string]int64 `json:"seats"`
	Taken       map[string]int64 `json:"taken"`
}

// Day is the services that depart on one day, in UTC.
type Day struct {
	Date     string       `json:"date"`
	Services []ServiceRow `json:"services"`
}

// BoardView is a page of services by day; More is the mark after which to go on.
type BoardView struct {
	Days []Day  `json:"days"`
	More string `json:"more,omitempty"`
}

const defaultPage, largestPage = 50, 500

func pageSize(limit int) int {
	if limit <= 0 {
		return defaultPage
	}
	return min(limit, largestPage)
}

var viewBoard = blueprint.See(blueprint.View{
	Name: "movement.timetable", Group: "services.read", Title: "Movement board",
	Help: "Lists services by day with their seats and how many of them are taken.", Example: "cairn movement timetable --from 2026-05-03",
}, func(w *blueprint.Work, in BoardViewInput) (BoardView, error) {
	if in.From == "" {
		in.From = w.Today()
	}
	where, args := []string{"depart >= $1"}, []any{in.From}
	and := func(clause string, arg any) {
		args = append(args, arg)
		where = append(where, fmt.Sprintf(clause, len(args)))
	}
	if in.To != "" {
		and("depart < $%d", in.To+"T99")
	}
	if in.Mode != "" {
		and("mode = $%d", modeOf(in.Mode))
	}
	if in.Stop != "" {
		args = append(args, in.Stop, in.Stop)
		where = append(where, fmt.Sprintf("(from_stop = $%d OR to_stop = $%d)", len(args)-1, len(args)))
	}
	if in.Running {
		where = append(where, "cancelled = ''")
	}
	if in.Taken {
		where = append(where, `EXISTS (SELECT 1 FROM movement_leg l JOIN movement_traveller t ON t.journey = l.journey AND t.held > l.leg
			WHERE l.service = movement_service.service)`)
	}
	if depart, service, ok := strings.Cut(in.After, " "); ok {
		args = append(args, depart, depart, service)
		where = append(where, fmt.Sprintf("(depart > $%d OR depart = $%d AND service > $%d)", len(args)-2, len(args)-1, len(args)))
	}
	limit := pageSize(in.Limit)
	args = append(args, limit+1)
	query := serviceColumns + " WHERE " + strings.Join(where, " AND ") + fmt.Sprintf(" ORDER BY depart, service LIMIT $%d", len(args))
	found, err := blueprint.Collect(w, scanServiceRow, query, args...)
	if err != nil {
		return BoardView{}, fmt.Errorf("read the services: %w", err)
	}
	out := BoardView{Days: []Day{}}
	if len(found) > limit {
		found = found[:limit]
		out.More = found[limit-1].Depart + " " + found[limit-1].Service
	}
	if err := fillSeats(w, found); err != nil {
		return BoardView{}, err
	}
	for _, s := range found {
		date := s.Depart[:len(time.DateOnly)]
		if n := len(out.Days); n == 0 || out.Days[n-1].Date != date {
			out.Days = append(out.Days, Day{Date: date})
		}
		last := &out.Days[len(out.Days)-1]
		last.Services = append(last.Services, s)
	}
	return out, nil
})

func scanServiceRow(rows *sql.Rows) (ServiceRow, error) {
	id, s, err := scanService(rows)
	return ServiceRow{Service: id, Number: s.Number, Mode: s.Mode, Carrier: s.Carrier, From: s.From, To: s.To, FromCountry: s.FromCountry,
		ToCountry: s.ToCountry, Depart: s.Depart, Arrive: s.Arrive, LocalDepart: local(s.Depart, s.FromZone), LocalArrive: local(s.Arrive, s.ToZone),
		Cost: s.Cost, OpenCost: s.OpenCost, Block: s.Block, Cancelled: s.cancelled, Seats: map[string]int64{}, Taken: map[string]int64{}}, err
}

// local writes a moment as the clocks at a stop show it; "" where the zone is not
// known.
func local(text, zone string) string {
	at, err := time.Parse(time.RFC3339, text)
	where, errZone := zoneOf(zone)
	if err != nil || errZone != nil {
		return ""
	}
	return at.In(where).Format(time.RFC3339)
}

// fillSeats reads seats and how many are taken.
func fillSeats(w *blueprint.Work, found []ServiceRow) error {
	at, ids := map[string]*ServiceRow{}, []string{}
	for i := range found {
		at[found[i].Service] = &found[i]
		ids = append(ids, found[i].Service)
	}
	into := func(pick func(*ServiceRow) map[string]int64) func(*sql.Rows) error {
		return func(rows *sql.Rows) error {
			var id, kind string
			var n int64
			err := rows.Scan(&id, &kind, &n)
			pick(at[id])[kind] += n
			return err
		}
	}
	err := w.Reader.In(w.Ctx, "SELECT service, kind, amount FROM movement_seats WHERE service IN (%s)", ids,
		into(func(r *ServiceRow) map[string]int64 { return r.Seats }))
	if err != nil {
		return fmt.Errorf("read the seats: %w", err)
	}
	err = w.Reader.In(w.Ctx, `SELECT l.service, t.seat, COUNT(*) FROM movement_leg l
		JOIN movement_traveller t ON t.journey = l.journey AND t.held > l.leg WHERE l.service IN (%s) GROUP BY l.service, t.seat`, ids,
		into(func(r *ServiceRow) map[string]int64 { return r.Taken }))
	if err != nil {
		return fmt.Errorf("add up the seats that are taken: %w", err)
	}
	err = w.Reader.In(w.Ctx, "SELECT service, 'seat', SUM(seats) FROM movement_escort WHERE service IN (%s) GROUP BY service", ids,
		into(func(r *ServiceRow) map[string]int64 { return r.Taken }))
	if err != nil {
		return fmt.Errorf("add up the seats of escorts: %w", err)
	}
	return nil
}

// ServiceViewInput names a service.
type ServiceViewInput struct {
	Service string `json:"service" required:"true" help:"The service."`
}

// ServiceView is a service and the journeys on it, without names.
type ServiceView struct {
	ServiceRow
	Journeys []ServiceJourney `json:"journeys"`
	Statuses map[string]int64 `json:"statuses"` // people
}

// ServiceJourney is a journey on a service: Statuses are those of its people, as far
// as this leg is concerned.
type ServiceJourney struct {
	Journey  string           `json:"journey"`
	Case     string           `json:"case"`
	Number   string           `json:"number"`
	Leg      int64            `json:"leg"`
	Legs     int64            `json:"legs"`
	To       string           `json:"to"` // the journey's last stop
	Country  string           `json:"country"`
	Statuses map[string]int64 `json:"statuses"`
}

// legStanding is a traveller's status as far as one leg is concerned: who is past it
// has arrived, who has not come to it is booked.
const legStanding = `CASE WHEN t.leg > l.leg THEN 'arrived' WHEN t.leg < l.leg AND t.held > l.leg THEN 'booked' ELSE t.status END`

var viewService = blueprint.See(blueprint.View{
	Name: "movement.service", Group: "movement.read", Title: "A service",
	Help: "Shows a service, its seats and the journeys on it.", Example: "cairn movement service --service ID",
}, func(w *blueprint.Work, in ServiceViewInput) (ServiceView, error) {
	row, err := serviceRow(w, in.Service)
	if err != nil {
		return ServiceView{}, err
	}
	out := ServiceView{ServiceRow: row, Journeys: []ServiceJourney{}, Statuses: map[string]int64{}}
	type line struct {
		ServiceJourney
		status string
		people int64
	}
	lines, err := blueprint.Collect(w, func(rows *sql.Rows) (line, error) {
		var n line
		err := rows.Scan(&n.Journey, &n.Case, &n.Number, &n.Leg, &n.Legs, &n.To, &n.Country, &n.status, &n.people)
		return n, err
	}, `SELECT l.journey, j.case_id, COALESCE(c.number, ''), l.leg, z.leg + 1, z.to_stop, z.to_country, `+legStanding+`, COUNT(*)
		FROM movement_leg l JOIN movement_journey j ON j.journey = l.journey
		JOIN movement_traveller t ON t.journey = l.journey AND (t.held > l.leg OR t.leg = l.leg AND t.status <> 'cancelled')
		JOIN movement_leg z ON z.journey = l.journey AND z.leg = (SELECT MAX(y.leg) FROM movement_leg y WHERE y.journey = l.journey)
		LEFT JOIN cases_case c ON c.case_id = j.case_id WHERE l.service = $1
		GROUP BY l.journey, j.case_id, c.number, l.leg, z.leg, z.to_stop, z.to_country, `+legStanding+` ORDER BY l.journey, l.leg`, in.Service)
	if err != nil {
		return out, fmt.Errorf("read who is on the service: %w", err)
	}
	for _, n := range lines {
		last := len(out.Journeys) - 1
		if last < 0 || out.Journeys[last].Journey != n.Journey {
			n.Statuses = map[string]int64{}
			out.Journeys = append(out.Journeys, n.ServiceJourney)
			last++
		}
		out.Journeys[last].Statuses[n.status] += n.people
		out.Statuses[n.status] += n.people
	}
	return out, nil
})

// serviceRows reads services by id, without their seats. Those not here are missing.
func serviceRows(w *blueprint.Work, ids []string) (map[string]ServiceRow, error) {
	rows := map[string]ServiceRow{}
	err := w.Reader.In(w.Ctx, serviceColumns+" WHERE service IN (%s)", ids, func(r *sql.Rows) error {
		row, err := scanServiceRow(r)
		rows[row.Service] = row
		return err
	})
	return rows, err
}

func serviceRow(w *blueprint.Work, id string) (ServiceRow, error) {
	rows, err := blueprint.Collect(w, scanServiceRow, serviceColumns+" WHERE service = $1", id)
	if err != nil {
		return ServiceRow{}, fmt.Errorf("read the service: %w", err)
	}
	if len(rows) == 0 {
		return ServiceRow{}, blueprint.Refuse(blueprint.NotFound, "there is no service %q here: movement.timetable lists them", id)
	}
	return rows[0], fillSeats(w, rows)
}
