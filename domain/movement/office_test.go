package movement_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/domain/identity"
	"cairn/domain/movement"
	"cairn/domain/offices"
	"cairn/domain/people"
	"cairn/domain/resettlement"
	"cairn/domain/rights"
	"cairn/store"
	"cairn/store/storetest"
)

// desk is an office with somebody in each role that the tests need, and a clock
// that the tests set.
type desk struct {
	*testing.T
	*app.Office
	now time.Time
}

func open(t *testing.T, config store.Config) *desk {
	t.Helper()
	d := &desk{T: t, now: time.Date(1957, 1, 1, 9, 0, 0, 0, time.UTC)}
	d.Office = apptest.Open(t, app.Config{Store: config, Clock: func() time.Time { return d.now },
		Domains: []blueprint.Domain{offices.Domain(), people.Domain(), identity.Domain(), rights.Domain(), cases.Domain(),
			resettlement.Domain(), movement.Domain()}})
	d.do("administrator", "offices.open_office", &offices.OpenInput{Code: "bud", Name: "Budapest", Policy: d.Gate().Text()})
	return d
}

func (d *desk) do(role, action string, in any) app.Outcome {
	d.Helper()
	out, err := d.Do(d.Context(), apptest.Actor(role), action, in, app.Options{})
	if err != nil {
		d.Fatalf("%s: %v", action, err)
	}
	return out
}

func (d *desk) refused(fault blueprint.Fault, role, action string, in any) {
	d.Helper()
	if _, err := d.Do(d.Context(), apptest.Actor(role), action, in, app.Options{}); err == nil || blueprint.FaultOf(err) != fault {
		d.Fatalf("%s by the %s: wanted %s, got %v", action, role, fault, err)
	}
}

func see[Out any](d *desk, role, view string, in any) Out {
	d.Helper()
	return apptest.See[Out](d, d.Office, role, view, in)
}

func (d *desk) moved(action string, in any) movement.Moved {
	d.Helper()
	return d.do("escort", action, in).Out.(movement.Moved)
}

// family registers people at a camp who agree to Canada and are fit.
func (d *desk) family(name string, size int, needs ...string) people.Registered {
	d.Helper()
	in := &people.RegisterInput{Site: "Lager Traiskirchen"}
	for i := range size {
		p := people.Person{Name: fmt.Sprintf("%s, Member%d", name, i), Birth: fmt.Sprintf("19%d-03-02", 20+i), Nationalities: []string{"HUN"}, Languages: []string{"hu"}}
		if i == 0 {
			p.Needs = needs
		}
		in.Members = append(in.Members, p)
	}
	out := d.do("registrar", "people.register", in).Out.(people.Registered)
	d.do("registrar", "people.give_consent", &people.ConsentInput{Records: out.Records, Purpose: "resettlement", Destinations: []string{"CAN"}, Language: "hu", Informed: true})
	d.do("medical_officer", "rights.assess_fitness", &rights.FitnessInput{Records: out.Records, Fit: "fit"})
	return out
}

// accepted opens cases for everybody and has a place in Ottawa accepted for each.
func (d *desk) accepted() []string {
	d.Helper()
	opened := d.do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true}).Out.(cases.OpenedOut)
	d.do("placement_officer", "resettlement.open_places", &resettlement.OpenPlacesInput{Places: []resettlement.PlaceInput{
		{Country: "CAN", Locality: "Ottawa", Capacity: map[string]int64{"people": 50}}}})
	plan := d.do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{Seed: 1}).Out.(resettlement.Plan)
	d.do("placement_officer", "resettlement.accept_plan", &resettlement.AcceptPlanInput{Plan: plan.Plan})
	answers := &resettlement.AnswersInput{}
	for _, id := range opened.Opened {
		answers.Answers = append(answers.Answers, resettlement.Answer{Case: id, Accepted: true, Language: "hu"})
	}
	d.do("receiving_state", "resettlement.answer_for_state", answers)
	d.do("caseworker", "resettlement.answer_for_household", answers)
	return opened.Opened
}

// line is a service with its stops, times in UTC and seats.
func line(mode, from, to, depart, arrive string, seats, wheelchair int64) movement.ServiceInput {
	at := func(stop string) (string, string) {
		name, country, _ := strings.Cut(stop, "/")
		return name, country
	}
	s := movement.ServiceInput{Mode: mode, Depart: "1957-" + depart + ":00Z", Arrive: "1957-" + arrive + ":00Z", FromZone: "Europe/Vienna", ToZone: "America/Toronto",
		Seats: map[string]int64{"seat": seats, "wheelchair": wheelchair}, Cost: 1000}
	s.From, s.FromCountry = at(from)
	s.To, s.ToCountry = at(to)
	return s
}

func (d *desk) schedule(services ...movement.ServiceInput) []string {
	d.Helper()
	return d.do("movement_officer", "movement.schedule_services", &movement.ScheduleInput{Services: services}).Out.(movement.Scheduled).Services
}

func (d *desk) verified() {
	d.Helper()
	apptest.Verified(d, d.Office, movement.Domain().Checks)
}

func TestFromAcceptedPlaceToArrival(t *testing.T) { storetest.Run(t, fromAcceptedPlaceToArrival) }

func fromAcceptedPlaceToArrival(t *testing.T, config store.Config) {
	d := open(t, config)
	d.family("Kovacs", 3, "wheelchair")
	risky := d.family("Nagy", 2)
	held := d.family("Toth", 1)
	all := d.accepted()
	s := d.schedule(
		line("bus", "Traiskirchen/AUT", "Wien/AUT", "01-05T07:00", "01-05T08:00", 20, 1),
		line("train", "Wien/AUT", "Genova/ITA", "01-05T12:00", "01-06T08:00", 20, 1),
		line("ship", "Genova/ITA", "Ottawa/CAN", "01-07T08:00", "01-20T08:00", 20, 1),
		line("flight", "Wien/AUT", "Ottawa/CAN", "01-08T08:00", "01-09T08:00", 2, 0))
	d.do("protection_officer", "rights.report_risk", &rights.RiskInput{Records: risky.Records[:1], Countries: []string{"ITA"}, Basis: "threatened there"})

	done := d.do("movement_officer", "movement.propose", &movement.ProposeInput{Seed: 1})
	plan := done.Out.(movement.Plan)
	if plan.Served != 3 || plan.People != 6 || len(plan.Unmatched) != 0 || plan.Gap < 0 || len(done.Refusals) != 0 {
		t.Fatalf("%+v %v", plan, done.Refusals)
	}
	d.refused(blueprint.Conflict, "movement_officer", "movement.propose", &movement.ProposeInput{})
	flight := see[movement.ServiceView](d, "movement_officer", "movement.service", &movement.ServiceViewInput{Service: s[3]})
	if len(flight.Journeys) != 1 || flight.Journeys[0].Case != all[1] || flight.Taken["seat"] != 2 {
		t.Fatalf("who has a risk in a country of transit goes round it: %+v", flight)
	}
	if e := see[movement.Explained](d, "movement_officer", "movement.explain", &movement.ExplainInput{Case: all[1]}); len(e.Parties) != 1 || len(e.Parties[0].Journey.Services) != 2 {
		t.Fatalf("%+v", e)
	}
	d.boardedBus(s[0], all, held.Records[0])
	d.arrived(s, all, risky.Records)
}

// boardedBus has the bus board and leave without somebody who is held back.
func (d *desk) boardedBus(bus string, all []string, held string) {
	d.Helper()
	manifest := see[movement.Manifest](d, "escort", "movement.manifest", &movement.ServiceViewInput{Service: bus})
	if p := manifest.Passengers; len(p) != 6 || p[0].Seat != movement.Wheelchair || p[0].Name == "" || p[0].Case != all[0] || p[2].Case != all[0] {
		d.Fatalf("%+v", manifest.Passengers)
	}
	if manifest.LocalDepart != "1957-01-05T08:00:00+01:00" {
		d.Fatal(manifest.LocalDepart)
	}
	d.do("protection_officer", "rights.place_hold", &rights.HoldInput{Records: []string{held}, Category: "legal", Reason: "court"})
	boarded := d.do("escort", "movement.board", &movement.BoardInput{Service: bus, All: true})
	if len(boarded.Refusals) != 1 || boarded.Refusals[0].Record != held || boarded.Entries != 3 {
		d.Fatalf("%+v", boarded)
	}
	d.refused(blueprint.Invalid, "escort", "movement.depart", &movement.DepartInput{Service: bus})
	if left := d.moved("movement.depart", &movement.DepartInput{Service: bus, NoShowReason: "held back"}); left.People != 5 || left.NoShows != 1 {
		d.Fatalf("%+v", left)
	}
	d.refused(blueprint.Conflict, "movement_officer", "movement.cancel_service", &movement.CancelServiceInput{Service: bus, Reason: "snow"})
}

// arrived has those who left arrive, and finds who did not.
func (d *desk) arrived(s, all, risky []string) {
	d.Helper()
	d.refused(blueprint.Conflict, "escort", "movement.arrive", &movement.ArriveInput{Service: s[1]})
	d.now = time.Date(1957, 1, 5, 20, 0, 0, 0, time.UTC)
	missing := see[movement.MissingView](d, "escort", "movement.missing", &movement.MissingInput{Unaccounted: true})
	if missing.Unaccounted != 6 || len(missing.People) != 6 {
		d.Fatalf("%+v", missing)
	}
	if n := d.moved("movement.arrive", &movement.ArriveInput{Service: s[0], Except: risky[1:]}); n.People != 4 {
		d.Fatalf("%+v", n)
	}
	missing = see[movement.MissingView](d, "escort", "movement.missing", &movement.MissingInput{Unaccounted: true})
	if missing.Unaccounted != 2 || missing.People[0].Why != "overdue" || missing.People[1].Why != movement.NoShow {
		d.Fatalf("%+v", missing)
	}
	for _, m := range missing.People {
		d.moved("movement.follow_up", &movement.FollowUpInput{Journey: m.Journey, Records: []string{m.Number}, Reason: "seen", Next: "caseworker asks"})
	}
	if n := see[movement.Counts](d, "monitor", "movement.counts", &movement.CountsInput{}); n.Unaccounted != 0 || n.People[movement.OnTheWay] != 1 || n.Services != 4 {
		d.Fatalf("%+v", n)
	}
	for _, id := range s[1:3] {
		d.moved("movement.board", &movement.BoardInput{Service: id, All: true})
		d.moved("movement.depart", &movement.DepartInput{Service: id})
		d.moved("movement.arrive", &movement.ArriveInput{Service: id})
	}
	journeys := see[[]movement.JourneyView](d, "movement_officer", "movement.journey", &movement.JourneyInput{Case: all[0]})
	if len(journeys) != 1 || journeys[0].Status != movement.Home || journeys[0].Stage != cases.StageArrived || !slices.Equal(journeys[0].Transit, []string{"ITA"}) {
		d.Fatalf("%+v", journeys)
	}
	flows := see[[]movement.Flow](d, "monitor", "movement.flows", &movement.FlowsInput{Crossing: true})
	if len(flows) != 2 || flows[0] != (movement.Flow{From: "AUT", To: "ITA", Mode: "train", Month: "1957-01", People: 3}) {
		d.Fatalf("%+v", flows)
	}
	letter := see[movement.Letter](d, "movement_officer", "movement.letter", &movement.CaseInput{Case: all[0]})
	if letter.Language != "hu" || letter.Locality != "Ottawa" || letter.Country == "" || len(letter.Journeys[0].Legs) != 3 || len(letter.Journeys[0].Travellers) != 3 {
		d.Fatalf("%+v", letter)
	}
	d.verified()
}
