package movement

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/engine/route"
	"cairn/value/said"
)

// ProposeInput asks for a plan of journeys. Everything may be left out.
type ProposeInput struct {
	Cases      []string          `json:"cases" help:"Only these cases; else all that accepted a place and have no journey."`
	Ready      string            `json:"ready" help:"The first day of travel; else the day on which each household's offer was accepted."`
	Due        string            `json:"due" help:"The last day of arrival; else a year after the first departure."`
	Longest    int               `json:"longest_hours" help:"The most hours from the first departure to arrival; any unless told."`
	Connection int               `json:"connection" help:"The least minutes between two services; 60 unless told."`
	Stops      map[string]string `json:"stops" help:"Which stop a site or locality means: {\"Camp 7\":\"Traiskirchen\"}."`
	Transit    []TransitRule     `json:"transit" help:"Countries that ask a visa of those who change there: [{\"country\":\"DEU\",\"nationality\":\"XXA\"}]."`
	Seed       uint64            `json:"seed" help:"The same seed gives the same plan."`
	Work       int64             `json:"work" help:"The most looks at a service; 0 lets the size decide."`
	Enough     float64           `json:"enough" help:"A gap that is good enough, such as 0.05: the search ends once the plan is proven to be that close to the cheapest. 0 goes on."`
}

// Plan is what came of it. Cost and bound are in units of money.
type Plan struct {
	Plan      string      `json:"plan"`
	Cost      string      `json:"cost"`
	Bound     string      `json:"bound"`
	Gap       float64     `json:"gap"`
	Served    int         `json:"served"` // parties: cases, or those of one who wait at one stop
	Unserved  int         `json:"unserved"`
	People    int         `json:"people"` // served
	Journeys  []string    `json:"journeys"`
	Charters  []string    `json:"charters,omitempty"` // services that run because of the plan
	Unmatched []Unmatched `json:"unmatched,omitempty"`
	Stuck     []Stuck     `json:"stuck,omitempty"`
}

// Stuck is a party that the plan does not serve, and why.
type Stuck struct {
	Case   string        `json:"case"`
	Rule   string        `json:"rule"`
	Detail said.Sentence `json:"detail"`
	Help   said.Sentence `json:"help"`
}

var propose = blueprint.Act(blueprint.Action{
	Name: "movement.propose", Group: "movement.propose", Title: "Plan and book journeys",
	Help: "Finds a journey for each case that accepted a place and has none, keeping those who travel together whole, with a " +
		"bound that says how much cheaper any plan could be, and books them. It changes at no stop in a country where a risk " +
		"to a member is open or affirmed, and arrives while the medical clearances and visas of all count, with seats for those who escort somebody. Cases that safeguards refuse stay out, and why is recorded.",
	Example: "cairn movement propose --seed 1", Partial: true,
	Appends: []string{"movement.plan_proposed", "movement.journey_booked", "movement.journey_cancelled", "cases.stage_reached"},
}, func(w *blueprint.Work, in ProposeInput) (Plan, error) {
	cases, err := acceptedCases(w, in.Cases)
	if err != nil {
		return Plan{}, err
	}
	found := parties(cases, false)
	if len(found) == 0 {
		return Plan{}, blueprint.Refuse(blueprint.Conflict, "no case that accepted a place waits for a journey")
	}
	return planFor(w, found, in)
})

const defaultConnection, longestWait = 60, 365 * 24 * time.Hour

// planFor plans journeys of parties and drafts plan and journeys.
func planFor(w *blueprint.Work, found []*party, in ProposeInput) (Plan, error) {
	if in.Longest < 0 || in.Longest > 24*365 {
		return Plan{}, blueprint.RefuseField("longest_hours", "give hours, at most a year")
	}
	if in.Enough < 0 || in.Enough >= 1 {
		return Plan{}, blueprint.RefuseField("enough", "give a share from 0 to 1")
	}
	at := terms{own: in.Stops, longest: route.Minute(60 * in.Longest)}
	from, err := at.window(in, found)
	if err != nil {
		return Plan{}, err
	}
	if in.Connection == 0 {
		in.Connection = defaultConnection
	}
	t, err := readTimetable(w, from, at.due, in.Connection)
	if err != nil {
		return Plan{}, err
	}
	rules, err := transitRules(in.Transit)
	if err != nil {
		return Plan{}, err
	}
	l, err := readLimits(w, found)
	if err == nil {
		err = l.refuse(w, found, rules)
	}
	if err == nil {
		err = countEscorts(w, found)
	}
	if err != nil {
		return Plan{}, err
	}
	problem, kept, unmatched, err := build(found, t, l, at)
	if err != nil {
		return Plan{}, err
	}
	if len(kept) == 0 || len(t.services) == 0 {
		why := said.Say("no service runs between %s and %s", from, at.due)
		if len(unmatched) > 0 && len(t.services) > 0 {
			why = unmatched[0].says()
		}
		return Plan{}, blueprint.Refuse(blueprint.Conflict, "%d parties wait, but there is nothing to plan: %v", len(found), why)
	}
	result, err := route.Solve(w.Ctx, problem, route.Options{Seed: in.Seed, Work: in.Work, Enough: in.Enough, Workers: runtime.GOMAXPROCS(0), Progress: w.Progress})
	if err != nil {
		return Plan{}, fmt.Errorf("plan the journeys: %w", err)
	}
	return draftPlan(w, problem, result, kept, unmatched, t, in.Seed)
}

// window settles when the parties may travel; it gives the earliest departure.
func (t *terms) window(in ProposeInput, found []*party) (from string, err error) {
	if in.Ready != "" {
		if t.ready, err = day("ready", in.Ready); err != nil {
			return "", err
		}
	}
	if in.Due != "" {
		if t.due, err = day("due", in.Due); err != nil {
			return "", err
		}
	}
	for _, q := range found {
		if ready := t.readyFor(q); from == "" || ready < from {
			from = ready
		}
	}
	if t.due == "" {
		first, err := time.Parse(time.RFC3339, from)
		if err != nil {
			return "", blueprint.RefuseField("ready", "it is not known when the cases can travel: state the first day")
		}
		t.due = stamp(first.Add(longestWait))
	}
	if t.due < from {
		return "", blueprint.RefuseField("due", "the last day of arrival lies before the first day of travel")
	}
	return from, nil
}

func draftPlan(w *blueprint.Work, problem route.Problem, result route.Result, kept []*party, unmatched []Unmatched, t *timetable, seed uint64) (Plan, error) {
	id := w.NewID()
	fact := &PlanProposed{Cost: int64(result.Cost), Bound: int64(result.Bound), Gap: result.Gap(), LeftOut: len(unmatched),
		Complete: result.Complete, Seed: seed}
	fact.Served, fact.Unserved = result.Served()
	out := Plan{Plan: id, Cost: result.Cost.String(), Bound: result.Bound.String(), Gap: fact.Gap, Served: fact.Served,
		Unserved: fact.Unserved, Journeys: []string{}, Unmatched: unmatched}
	var err error
	if fact.Problem, err = w.Attach(id, problem); err != nil {
		return Plan{}, err
	}
	result.Problem = route.Problem{} // it is attached already
	if fact.Result, err = w.Attach(id, result); err != nil {
		return Plan{}, err
	}
	w.Add(id, fact)
	var used []string
	words := t.wording()
	for i, j := range result.Journeys {
		q := kept[i]
		if len(j.Services) == 0 {
			s := Stuck{Case: q.id}
			if j.Unserved != nil {
				s.Rule = string(j.Unserved.Rule)
				s.Detail, s.Help = words.reason(j.Unserved, q.ends)
			}
			out.Stuck = append(out.Stuck, s)
			continue
		}
		fact.People += len(q.members)
		var legs []Leg
		for _, s := range j.Services {
			legs = append(legs, legOf(string(s), t.byID[string(s)]))
			used = append(used, string(s))
		}
		out.Journeys = append(out.Journeys, q.draft(w, legs, id, "booked anew"))
	}
	out.People = fact.People
	used = distinct(used)
	for _, id := range used {
		if t.byID[id].OpenCost > 0 && !t.booked[id] {
			out.Charters = append(out.Charters, id)
		}
	}
	return out, w.Guard(used...)
}

func legOf(id string, s service) Leg {
	return Leg{Service: id, From: s.From, To: s.To, Depart: s.Depart, Arrive: s.Arrive, FromCountry: s.FromCountry, ToCountry: s.ToCountry}
}

// draft books a journey of a party and ends what is left of earlier ones. All of it
// is one unit, the case.
func (q *party) draft(w *blueprint.Work, legs []Leg, plan, reason string) string {
	id := w.NewID()
	fact := &JourneyBooked{Case: q.id, Legs: legs, Destination: q.country, Origin: q.origin, Pathway: q.pathway, Plan: plan, Escorts: q.escorts}
	ended := map[string][]string{}
	var order []string
	for _, m := range q.members {
		fact.Travellers = append(fact.Travellers, Traveller{Record: m.record, Seat: m.seat})
		if stranded(m.status) {
			if ended[m.journey] == nil {
				order = append(order, m.journey)
			}
			ended[m.journey] = append(ended[m.journey], m.record)
		}
		if m.stop != "" {
			fact.Continues = m.journey
		}
	}
	w.AddTo(q.id, id, fact)
	w.AddTo(q.id, q.id, cases.Reached(cases.StageBooked, w.Now(), ""))
	for _, old := range order {
		w.AddTo(q.id, old, &JourneyCancelled{Records: ended[old], Reason: reason, Next: id})
	}
	return id
}

// blank says that a text says nothing.
func blank(text string) bool { return strings.TrimSpace(text) == "" }
