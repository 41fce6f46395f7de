package movement

import (
	"database/sql"
	"slices"

	"cairn/blueprint"
	"cairn/domain/cases"
)

// DepartInput records that a service left.
type DepartInput struct {
	Service      string `json:"service" required:"true" help:"The service."`
	NoShowReason string `json:"no_show_reason" help:"Why those who have not boarded did not come; needed where there are any."`
}

var depart = blueprint.Act(blueprint.Action{
	Name: "movement.depart", Group: "movement.board", Title: "Depart",
	Help: "Records that a service left with everybody who boarded. Whoever is booked and did not board is recorded as a no-show. " +
		"Whom safeguards refuse does not depart, with all of the same journey: take them off as no-shows.",
	Example: "cairn movement depart --service ID", Partial: true,
	Appends: []string{"movement.departed", "movement.not_shown", "cases.stage_reached"},
}, func(w *blueprint.Work, in DepartInput) (Moved, error) {
	s, err := oneService(w, in.Service)
	if err != nil {
		return Moved{}, err
	}
	found, err := onService(w, in.Service)
	if err != nil {
		return Moved{}, err
	}
	aboard, waiting := withStatus(found, Aboard), withStatus(found, Booked)
	if err := checkDepart(s.cancelled, len(aboard), len(waiting), in.NoShowReason); err != nil {
		return Moved{}, err
	}
	absent, err := moveEach(w, waiting, " no_show", func(g group) blueprint.Fact {
		return &NotShown{Service: g.service, Leg: g.leg, Records: g.records, Reason: in.NoShowReason}
	})
	if err != nil {
		return Moved{}, err
	}
	out, err := moveEach(w, aboard, "", func(g group) blueprint.Fact {
		return &Departed{Service: g.service, Leg: g.leg, Records: g.records}
	})
	if err != nil {
		return Moved{}, err
	}
	out.NoShows = absent.People
	return out, reach(w, aboard, cases.StageTravelling, firstLeg)
})

// withStatus keeps those with one of some statuses.
func withStatus(found []standing, statuses ...string) []standing {
	var out []standing
	for _, t := range found {
		if slices.Contains(statuses, t.status) {
			out = append(out, t)
		}
	}
	return out
}

// ArriveInput records who was seen at the end of a leg.
type ArriveInput struct {
	Service  string   `json:"service" help:"The service that came in; or else services or journeys."`
	Services []string `json:"services" help:"The services that came in."`
	Journeys []string `json:"journeys" help:"The journeys whose travellers were seen."`
	Records  []string `json:"records" help:"Only these travellers, by record or number."`
	Except   []string `json:"except" help:"Who was not seen, by record or number: they stay on the way."`
}

var arrive = blueprint.Act(blueprint.Action{
	Name: "movement.arrive", Group: "movement.board", Title: "Arrive",
	Help: "Records who was seen at the end of a leg. After the last leg the journey is over; before it the travellers wait for the " +
		"next service.",
	Example: "cairn movement arrive --service ID", Appends: []string{"movement.arrived", "cases.stage_reached"},
}, func(w *blueprint.Work, in ArriveInput) (Moved, error) {
	found, err := arriving(w, in)
	if err != nil {
		return Moved{}, err
	}
	found = slices.DeleteFunc(found, func(t standing) bool { return t.status != OnTheWay })
	if len(found) == 0 {
		return Moved{}, blueprint.Refuse(blueprint.Conflict, "nobody is on the way there: who did not depart cannot arrive")
	}
	ends, err := endsOf(w, found)
	if err != nil {
		return Moved{}, err
	}
	out, err := moveEach(w, found, "", func(g group) blueprint.Fact {
		return &Arrived{Service: g.service, Leg: g.leg, Stop: ends[g.service], Records: g.records}
	})
	if err != nil {
		return Moved{}, err
	}
	return out, reach(w, found, cases.StageArrived, lastLeg)
})

// arriving reads who may be on the way by the services, or on the journeys, that the
// input names.
func arriving(w *blueprint.Work, in ArriveInput) ([]standing, error) {
	services := in.Services
	if in.Service != "" {
		services = append([]string{in.Service}, services...)
	}
	if (len(services) == 0) == (len(in.Journeys) == 0) {
		return nil, blueprint.RefuseField("service", "name the services that came in, or the journeys")
	}
	if len(services) > 0 {
		found, err := onServices(w, services)
		if err != nil {
			return nil, err
		}
		return choose(w, found, in.Records, in.Except)
	}
	if _, err := casesOf(w, in.Journeys); err != nil {
		return nil, err
	}
	return travellersOn(w, in.Journeys, in.Records, in.Except, func(t standing) bool { return t.status == OnTheWay })
}

// endsOf reads where the services of travellers end.
func endsOf(w *blueprint.Work, found []standing) (map[string]string, error) {
	var ids []string
	for _, t := range found {
		ids = append(ids, t.service)
	}
	slices.Sort(ids)
	out := map[string]string{}
	err := w.Reader.In(w.Ctx, "SELECT service, to_stop FROM movement_service WHERE service IN (%s)", slices.Compact(ids), func(rows *sql.Rows) error {
		var id, stop string
		err := rows.Scan(&id, &stop)
		out[id] = stop
		return err
	})
	return out, err
}

// MissedInput records a missed connection.
type MissedInput struct {
	Service string   `json:"service" required:"true" help:"The service that was missed."`
	Records []string `json:"records" help:"Only these travellers, by record or number; else all who wait for it."`
	Reason  string   `json:"reason" required:"true" help:"Why, such as a late train."`
}

var recordMissed = blueprint.Act(blueprint.Action{
	Name: "movement.record_missed", Group: "movement.board", Title: "Record a missed connection",
	Help:    "Records who came too late for a service through no fault of theirs. They lose the seats ahead: book them anew.",
	Example: "cairn movement record-missed --service ID --reason 'train from Wien 3 h late'", Appends: []string{"movement.missed"},
}, func(w *blueprint.Work, in MissedInput) (Moved, error) {
	if blank(in.Reason) {
		return Moved{}, blueprint.RefuseField("reason", "say why they missed the service")
	}
	if _, err := oneService(w, in.Service); err != nil {
		return Moved{}, err
	}
	found, err := onService(w, in.Service)
	if err != nil {
		return Moved{}, err
	}
	if found, err = choose(w, found, in.Records, nil); err != nil {
		return Moved{}, err
	}
	if found = withStatus(found, Booked); len(found) == 0 {
		return Moved{}, blueprint.Refuse(blueprint.Conflict, "nobody named waits for this service")
	}
	return moveEach(w, found, "", func(g group) blueprint.Fact {
		return &Missed{Service: g.service, Leg: g.leg, Records: g.records, Reason: in.Reason}
	})
})

// FollowUpInput says what became known of somebody who is not accounted for.
type FollowUpInput struct {
	Journey string   `json:"journey" required:"true" help:"The journey."`
	Records []string `json:"records" help:"Only these travellers, by record or number; else all who are not accounted for."`
	Reason  string   `json:"reason" required:"true" help:"What is known."`
	Next    string   `json:"next" required:"true" help:"What is done next."`
	Owner   string   `json:"owner" help:"Who sees to it: a member of staff; you unless told."`
	Open    bool     `json:"open" help:"They are still not accounted for: the alarm goes on until they are."`
}

var followUp = blueprint.Act(blueprint.Action{
	Name: "movement.follow_up", Group: "movement.board", Title: "Follow up",
	Help: "Records what is known of travellers who did not come or were not seen to arrive, what is done next, and who sees to it. Who is " +
		"still not found stays an alarm with an owner.",
	Example: "cairn movement follow-up --journey ID --reason 'in hospital in Salzburg' --next 'the caseworker visits'",
	Appends: []string{"movement.followed_up"},
}, func(w *blueprint.Work, in FollowUpInput) (Moved, error) {
	if blank(in.Reason) || blank(in.Next) {
		return Moved{}, blueprint.RefuseField("reason", "say what is known and what is done next")
	}
	if _, err := casesOf(w, []string{in.Journey}); err != nil {
		return Moved{}, err
	}
	found, err := travellersOn(w, []string{in.Journey}, in.Records, nil, func(t standing) bool { return t.status == OnTheWay || stranded(t.status) })
	if err != nil {
		return Moved{}, err
	}
	return moveEach(w, found, "", func(g group) blueprint.Fact {
		return &FollowedUp{Records: g.records, Reason: in.Reason, Next: in.Next, Owner: orElse(in.Owner, w.Actor.ID), Open: in.Open}
	})
})
