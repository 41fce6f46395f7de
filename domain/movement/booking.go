package movement

import (
	"database/sql"
	"fmt"
	"slices"

	"cairn/blueprint"
	"cairn/domain/cases"
)

// BookInput books a journey by hand.
type BookInput struct {
	Case     string   `json:"case" required:"true" help:"The case; it accepted a place."`
	Services []string `json:"services" required:"true" help:"The services in order of travel."`
}

// JourneyOut names journeys and how many people they are for.
type JourneyOut struct {
	Journeys []string `json:"journeys"`
	People   int      `json:"people"`
}

var book = blueprint.Act(blueprint.Action{
	Name: "movement.book", Group: "movement.write", Title: "Book a journey",
	Help:    "Books all members of a case who have no journey onto services, to the country of the place that they accepted.",
	Example: "cairn movement book --case ID --services ID,ID", Appends: []string{"movement.journey_booked", "movement.journey_cancelled", "cases.stage_reached"},
}, func(w *blueprint.Work, in BookInput) (JourneyOut, error) {
	cases, err := acceptedCases(w, []string{in.Case})
	if err != nil {
		return JourneyOut{}, err
	}
	if len(cases) == 0 {
		return JourneyOut{}, blueprint.Refuse(blueprint.Conflict, "case %q accepted no place, or it is closed: there is nowhere to go yet", in.Case)
	}
	found := parties(cases, true)
	switch len(found) {
	case 0:
		return JourneyOut{}, blueprint.Refuse(blueprint.Conflict, "everybody of the case has a journey: cancel it first")
	case 1:
		return bookByHand(w, found[0], in.Services, "booked anew")
	}
	return JourneyOut{}, blueprint.Refuse(blueprint.Conflict, "the members of the case wait at several stops: book each of their journeys anew")
})

func bookByHand(w *blueprint.Work, q *party, services []string, reason string) (JourneyOut, error) {
	legs, err := legsOf(w, services)
	if err != nil {
		return JourneyOut{}, err
	}
	start := ""
	if slices.ContainsFunc(q.members, func(m member) bool { return m.stop != "" }) {
		start = q.stop
	}
	if err := checkChain(legs, start, q.country); err != nil {
		return JourneyOut{}, err
	}
	if err := countEscorts(w, []*party{q}); err != nil {
		return JourneyOut{}, err
	}
	return JourneyOut{Journeys: []string{q.draft(w, legs, "", reason)}, People: len(q.members)}, nil
}

func legsOf(w *blueprint.Work, services []string) ([]Leg, error) {
	found, err := servicesByID(w, services)
	if err != nil {
		return nil, err
	}
	var legs []Leg
	for _, id := range services {
		s := found[id]
		if s.cancelled != "" {
			return nil, blueprint.Refuse(blueprint.Conflict, "service %s is cancelled: %s", id, s.cancelled)
		}
		legs = append(legs, legOf(id, s))
	}
	return legs, nil
}

// RebookInput books travellers anew who cannot go on.
type RebookInput struct {
	Journeys   []string          `json:"journeys" required:"true" help:"Journeys with stranded travellers; those who did not come are taken in."`
	Services   []string          `json:"services" help:"The services of one journey, from where its travellers are; else they are planned."`
	Reason     string            `json:"reason" help:"A remark for the record."`
	Ready      string            `json:"ready" help:"The first day of travel; else now."`
	Due        string            `json:"due" help:"The last day of arrival."`
	Connection int               `json:"connection" help:"The least minutes between two services; 60 unless told."`
	Stops      map[string]string `json:"stops" help:"Which stop a site or locality means."`
	Transit    []TransitRule     `json:"transit" help:"Countries that ask a visa of those who change there."`
	Seed       uint64            `json:"seed" help:"The same seed gives the same plan."`
}

var rebook = blueprint.Act(blueprint.Action{
	Name: "movement.rebook", Group: "movement.write", Title: "Book anew",
	Help: "Books travellers who are stranded (no-shows, missed connections, services that do not run) onto other services, from " +
		"where they are to the place that they accepted.",
	Example: "cairn movement rebook --journeys ID", Partial: true,
	Appends: []string{"movement.plan_proposed", "movement.journey_booked", "movement.journey_cancelled", "cases.stage_reached"},
}, func(w *blueprint.Work, in RebookInput) (Plan, error) {
	ids, err := casesOf(w, in.Journeys)
	if err != nil {
		return Plan{}, err
	}
	cases, err := acceptedCases(w, ids)
	if err != nil {
		return Plan{}, err
	}
	for _, c := range cases {
		c.members = slices.DeleteFunc(c.members, func(m member) bool {
			return !stranded(m.status) || !slices.Contains(in.Journeys, m.journey)
		})
	}
	found := parties(cases, true)
	if len(found) == 0 {
		return Plan{}, blueprint.Refuse(blueprint.Conflict, "nobody on these journeys is stranded: there is nothing to book anew")
	}
	if len(in.Services) > 0 {
		if len(found) > 1 {
			return Plan{}, blueprint.RefuseField("services", "the travellers wait at several stops: name one journey, or let the services be planned")
		}
		out, err := bookByHand(w, found[0], in.Services, orElse(in.Reason, "booked anew"))
		return Plan{Journeys: out.Journeys, Served: 1, People: out.People}, err
	}
	if in.Ready == "" {
		in.Ready = stamp(w.Now())
	}
	return planFor(w, found, ProposeInput{Ready: in.Ready, Due: in.Due, Connection: in.Connection, Stops: in.Stops, Transit: in.Transit, Seed: in.Seed})
})

// casesOf reads and guards journeys, and gives their cases.
func casesOf(w *blueprint.Work, journeys []string) ([]string, error) {
	if err := w.Guard(journeys...); err != nil {
		return nil, err
	}
	found := map[string]bool{}
	var out []string
	err := w.Reader.In(w.Ctx, "SELECT journey, case_id FROM movement_journey WHERE journey IN (%s)", journeys, func(rows *sql.Rows) error {
		var id, of string
		err := rows.Scan(&id, &of)
		found[id] = true
		out = append(out, of)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the journeys: %w", err)
	}
	for _, id := range journeys {
		if !found[id] {
			return nil, blueprint.Refuse(blueprint.NotFound, "there is no journey %q here", id)
		}
	}
	if len(out) == 0 {
		return nil, blueprint.RefuseField("journeys", "name at least one journey")
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func orElse(a, b string) string {
	if blank(a) {
		return b
	}
	return a
}

// CancelInput ends journeys.
type CancelInput struct {
	Journeys []string `json:"journeys" required:"true" help:"The journeys."`
	Records  []string `json:"records" help:"Only these travellers, by record or number; else all who have not left."`
	Reason   string   `json:"reason" required:"true" help:"Why they do not travel."`
}

var cancelJourney = blueprint.Act(blueprint.Action{
	Name: "movement.cancel_journey", Group: "movement.write", Title: "Cancel journeys",
	Help:    "Ends journeys and gives their seats back. Who is on the way is not cancelled: record the arrival first.",
	Example: "cairn movement cancel-journey --journeys ID --reason 'the household wants to wait'", Appends: []string{"movement.journey_cancelled", "cases.stage_reached"},
}, func(w *blueprint.Work, in CancelInput) (Moved, error) {
	if blank(in.Reason) {
		return Moved{}, blueprint.RefuseField("reason", "say why they do not travel")
	}
	if _, err := casesOf(w, in.Journeys); err != nil {
		return Moved{}, err
	}
	found, err := travellersOn(w, in.Journeys, in.Records, nil, func(t standing) bool { return t.status != Home && t.status != Cancelled })
	if err != nil {
		return Moved{}, err
	}
	for _, t := range found {
		if t.status == OnTheWay {
			return Moved{}, blueprint.Refuse(blueprint.Conflict, "%s is on the way: record the arrival first", t.record)
		}
	}
	out, err := moveEach(w, found, "", func(g group) blueprint.Fact {
		return &JourneyCancelled{Records: g.records, Reason: in.Reason}
	})
	if err != nil {
		return Moved{}, err
	}
	return out, reach(w, found, cases.StageAccepted, nil)
})
