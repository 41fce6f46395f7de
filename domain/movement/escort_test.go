package movement_test

import (
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain/movement"
	"cairn/domain/people"
	"cairn/domain/rights"
	"cairn/store"
	"cairn/store/storetest"
)

func TestEscortsHaveSeats(t *testing.T) { storetest.Run(t, escortsHaveSeats) }

// escortsHaveSeats holds that staff who must travel with somebody are planned for, hold
// seats on every leg that others cannot have, and give them back.
func escortsHaveSeats(t *testing.T, config store.Config) {
	d := open(t, config)
	ill := d.family("Kovacs", 3)
	d.family("Nagy", 1)
	child := d.family("Toth", 1)
	d.do("medical_officer", "rights.assess_fitness", &rights.FitnessInput{Records: ill.Records[:2], Fit: "escort_required", Escort: "Dr Weiss"})
	all := d.accepted()
	d.do("registrar", "people.correct", &people.CorrectInput{Record: child.Records[0], Needs: []string{"unaccompanied"}, Reason: "the aunt stays"})
	s := d.schedule(
		line("bus", "Traiskirchen/AUT", "Wien/AUT", "01-05T07:00", "01-05T08:00", 20, 0),
		line("flight", "Wien/AUT", "Ottawa/CAN", "01-06T08:00", "01-06T20:00", 3, 0))
	plan := d.do("movement_officer", "movement.propose", &movement.ProposeInput{Ready: "1957-01-02", Seed: 1, Cases: all[:1]}).Out.(movement.Plan)
	if plan.Served != 0 || !strings.Contains(plan.Stuck[0].Help.String(), "add 1 of kind") {
		t.Fatalf("three people and a doctor do not fit on three seats: %+v", plan)
	}
	if _, err := d.Do(d.Context(), apptest.Actor("movement_officer"), "movement.book", &movement.BookInput{Case: all[0], Services: s}, app.Options{}); blueprint.FaultOf(err) != blueprint.Conflict {
		t.Fatalf("nor by hand: %v", err)
	}
	s = append(s, d.schedule(line("flight", "Wien/AUT", "Ottawa/CAN", "01-07T08:00", "01-07T20:00", 4, 0))...)
	plan = d.do("movement_officer", "movement.propose", &movement.ProposeInput{Ready: "1957-01-02", Seed: 1, Cases: all[:1]}).Out.(movement.Plan)
	taken := func(service string) int64 {
		t.Helper()
		return see[movement.ServiceView](d, "movement_officer", "movement.service", &movement.ServiceViewInput{Service: service}).Taken["seat"]
	}
	if plan.Served != 1 || plan.People != 3 || taken(s[0]) != 4 || taken(s[2]) != 4 {
		t.Fatalf("%+v, %d and %d seats taken", plan, taken(s[0]), taken(s[2]))
	}
	d.refused(blueprint.Conflict, "movement_officer", "movement.book", &movement.BookInput{Case: all[1], Services: []string{s[0], s[2]}})
	later := d.schedule(line("flight", "Wien/AUT", "Ottawa/CAN", "01-08T08:00", "01-08T20:00", 4, 0))[0]
	drill := see[movement.Drill](d, "movement_officer", "movement.drill", &movement.DrillInput{Service: s[2]})
	if len(drill.Moved) != 1 || drill.Moved[0].People != 3 || drill.Moved[0].After[1].Service != later {
		t.Fatalf("all four need seats elsewhere: %+v", drill)
	}
	d.do("movement_officer", "movement.cancel_journey", &movement.CancelInput{Journeys: plan.Journeys, Reason: "they wait"})
	if taken(s[0]) != 0 || taken(s[2]) != 0 {
		t.Fatalf("%d and %d seats are not given back", taken(s[0]), taken(s[2]))
	}
	d.do("movement_officer", "movement.book", &movement.BookInput{Case: all[1], Services: []string{s[0], s[2]}})
	d.do("movement_officer", "movement.book", &movement.BookInput{Case: all[2], Services: []string{s[0], later}})
	if taken(s[2]) != 1 || taken(later) != 2 || taken(s[0]) != 3 {
		t.Fatalf("%d, %d and %d seats are taken by one alone and a child with somebody", taken(s[2]), taken(later), taken(s[0]))
	}
	d.verified()
}
