package movement

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"cairn/fold"
)

var (
	serviceTable = &fold.Table{Name: "movement_service", Columns: []string{"service", "number", "mode", "carrier", "from_stop",
		"to_stop", "from_country", "to_country", "depart", "arrive", "from_zone", "to_zone", "cost", "open_cost", "block", "cancelled", "import"}}
	seatsTable = &fold.Table{Name: "movement_seats", Columns: []string{"service", "kind", "amount"}}
	planTable  = &fold.Table{Name: "movement_plan", Columns: []string{"plan", "cost", "bound", "gap", "served", "unserved",
		"people", "left_out", "at"}}
	journeyTable = &fold.Table{Name: "movement_journey", Columns: []string{"journey", "case_id", "origin", "destination",
		"pathway", "transit", "status", "people", "depart", "arrive", "plan", "continues"}}
	legTable = &fold.Table{Name: "movement_leg", Columns: []string{"journey", "leg", "service", "from_stop", "to_stop",
		"from_country", "to_country", "depart", "arrive"}}
	travellerTable = &fold.Table{Name: "movement_traveller", Columns: []string{"journey", "record", "seat", "status", "leg",
		"held", "service", "at", "reason", "followed", "next", "owner", "open"}}
	escortTable = &fold.Table{Name: "movement_escort", Columns: []string{"journey", "leg", "service", "seats"}}
)

// service is a service as its facts say.
type service struct {
	ServiceScheduled
	cancelled string // why; "" while it runs
}

func stepService(s *service, f fold.Fact) {
	switch v := f.Value.(type) {
	case *ServiceScheduled:
		s.ServiceScheduled = *v
	case *ServiceCancelled:
		s.cancelled = v.Reason
	}
}

var serviceProjection = fold.New("movement.service", SubjectService, []*fold.Table{serviceTable, seatsTable},
	[]string{"movement.service_scheduled", "movement.service_cancelled"}, stepService,
	func(subject string, s *service) fold.Output {
		if s.From == "" {
			return fold.Output{} // the entry that schedules it has not arrived yet
		}
		out := fold.Output{Rows: []fold.Row{{Table: serviceTable, Values: []any{subject, s.Number, s.Mode, s.Carrier, s.From,
			s.To, s.FromCountry, s.ToCountry, s.Depart, s.Arrive, s.FromZone, s.ToZone, s.Cost, s.OpenCost, s.Block, s.cancelled, s.Import}}}}
		for _, kind := range SeatKinds() {
			n := s.Seats[kind]
			out.Rows = append(out.Rows, fold.Row{Table: seatsTable, Values: []any{subject, kind, n}})
			out.Limits = append(out.Limits, fold.Limit{Name: seatClaim(subject, kind), Amount: n})
		}
		if s.cancelled != "" {
			for i := range out.Limits {
				out.Limits[i].Amount = 0 // whoever books in the meantime is refused
			}
		}
		if s.Import != "" {
			out.Claims = []fold.Claim{{Name: fmt.Sprintf("service:%s:%d", s.Import, s.Row), Amount: 1}}
		}
		return out
	})

func seatClaim(service, kind string) string { return "seat:" + service + ":" + kind }

var planProjection = fold.New("movement.plan", SubjectRoutePlan, []*fold.Table{planTable}, []string{"movement.plan_proposed"},
	func(s *fold.Fact, f fold.Fact) { *s = f }, func(subject string, f *fold.Fact) fold.Output {
		p := f.Value.(*PlanProposed)
		return fold.Output{Rows: []fold.Row{{Table: planTable, Values: []any{subject, p.Cost, p.Bound,
			strconv.FormatFloat(p.Gap, 'g', -1, 64), int64(p.Served), int64(p.Unserved), int64(p.People), int64(p.LeftOut), f.Time.String()}}}}
	})

var journeyProjection = fold.New("movement.journey", SubjectJourney, []*fold.Table{journeyTable, legTable, travellerTable, escortTable},
	[]string{"movement.journey_booked", "movement.boarded", "movement.not_shown", "movement.departed", "movement.arrived",
		"movement.missed", "movement.journey_disrupted", "movement.followed_up", "movement.journey_cancelled"}, stepJourney,
	func(subject string, s *journey) fold.Output {
		if len(s.Legs) == 0 {
			return fold.Output{}
		}
		last := s.Legs[len(s.Legs)-1]
		out := fold.Output{Rows: []fold.Row{{Table: journeyTable, Values: []any{subject, s.Case, s.Origin, s.Destination, s.Pathway,
			strings.Join(transit(s.Legs, s.Destination), ","), s.status(), int64(len(s.people)), s.Legs[0].Depart, last.Arrive,
			s.Plan, s.Continues}}}}
		for i, l := range s.Legs {
			out.Rows = append(out.Rows, fold.Row{Table: legTable, Values: []any{subject, int64(i), l.Service, l.From, l.To,
				l.FromCountry, l.ToCountry, l.Depart, l.Arrive}})
		}
		for i := range s.people {
			p := &s.people[i]
			out.Rows = append(out.Rows, fold.Row{Table: travellerTable, Values: []any{subject, p.Record, p.Seat, p.status,
				int64(p.leg), int64(s.held(p)), s.Legs[p.leg].Service, p.at.String(), p.reason, p.followed, p.next, p.owner, flag(p.open)}})
		}
		for i, l := range s.escorted() {
			out.Rows = append(out.Rows, fold.Row{Table: escortTable, Values: []any{subject, int64(i), l.Service, int64(s.Escorts)}})
		}
		out.Claims = s.claims()
		return out
	})

// escorted are the legs on which escorts have seats: those of any of the passengers.
func (s *journey) escorted() []Leg {
	held := 0
	for i := range s.people {
		held = max(held, s.held(&s.people[i]))
	}
	if s.Escorts <= 0 {
		held = 0
	}
	return s.Legs[:held]
}

// claims are the seats that the passengers hold, and that nobody is on two journeys.
func (s *journey) claims() []fold.Claim {
	seats := map[string]int64{}
	var out []fold.Claim
	for i := range s.people {
		p := &s.people[i]
		for _, l := range s.Legs[:s.held(p)] {
			seats[seatClaim(l.Service, p.Seat)]++
		}
		if live(p.status) {
			out = append(out, fold.Claim{Name: "journey-of:" + p.Record, Amount: 1})
		}
	}
	for _, l := range s.escorted() {
		seats[seatClaim(l.Service, Seat)] += int64(s.Escorts)
	}
	for _, name := range slices.Sorted(maps.Keys(seats)) {
		out = append(out, fold.Claim{Name: name, Amount: seats[name]})
	}
	return out
}

func flag(is bool) int64 {
	if is {
		return 1
	}
	return 0
}
