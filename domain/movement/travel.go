package movement

import (
	"database/sql"
	"fmt"
	"strings"

	"cairn/blueprint"
	"cairn/gate"
)

// bookingTrips says who would travel by bookings. Whom a record is about is filled in
// with the facts.
func bookingTrips(_ *blueprint.Work, drafts []*blueprint.Draft) ([]blueprint.Trip, error) {
	var out []blueprint.Trip
	for _, d := range drafts {
		v, ok := d.Fact.(*JourneyBooked)
		if !ok {
			return nil, fmt.Errorf("a booking is a %T", d.Fact)
		}
		for _, t := range v.Travellers {
			out = append(out, blueprint.Trip{Draft: d, Trip: gate.Trip{Record: t.Record, Stage: gate.StageBooking, Origin: v.Origin,
				Destination: v.Destination, Transit: transit(v.Legs, v.Destination), Pathway: v.Pathway, Voluntary: true}})
		}
	}
	return out, nil
}

// movingTrips says who would travel by boarding or departing.
func movingTrips(stage string) func(*blueprint.Work, []*blueprint.Draft) ([]blueprint.Trip, error) {
	return func(w *blueprint.Work, drafts []*blueprint.Draft) ([]blueprint.Trip, error) {
		ids := make([]string, len(drafts))
		for i, d := range drafts {
			ids[i] = d.Subject
		}
		routes := map[string]gate.Trip{}
		err := w.Reader.In(w.Ctx, "SELECT journey, origin, destination, pathway, transit FROM movement_journey WHERE journey IN (%s)", ids,
			func(rows *sql.Rows) error {
				var id, countries string
				t := gate.Trip{Stage: stage, Voluntary: true, Transit: []string{}}
				err := rows.Scan(&id, &t.Origin, &t.Destination, &t.Pathway, &countries)
				if countries != "" {
					t.Transit = strings.Split(countries, ",")
				}
				routes[id] = t
				return err
			})
		if err != nil {
			return nil, fmt.Errorf("read the routes: %w", err)
		}
		var out []blueprint.Trip
		for _, d := range drafts {
			for _, record := range recordsOf(d.Fact) {
				t := routes[d.Subject]
				t.Record = record
				out = append(out, blueprint.Trip{Trip: t, Draft: d})
			}
		}
		return out, nil
	}
}

func recordsOf(fact blueprint.Fact) []string {
	switch v := fact.(type) {
	case *Boarded:
		return v.Records
	case *Departed:
		return v.Records
	}
	return nil
}
