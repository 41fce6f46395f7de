package movement_test

import (
	"slices"
	"testing"

	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/domain/movement"
	"cairn/store"
	"cairn/store/storetest"
)

// TestCharterRunsOnlyWhenNeeded holds that a plan opens a charter only where scheduled
// seats do not suffice, says so once, and that a longest journey is kept.
func TestCharterRunsOnlyWhenNeeded(t *testing.T) { storetest.Run(t, charterRunsOnlyWhenNeeded) }

func charterRunsOnlyWhenNeeded(t *testing.T, config store.Config) {
	d := open(t, config)
	d.family("Kovacs", 2)
	d.family("Nagy", 2)
	d.family("Toth", 1)
	all := d.accepted()
	charter := line("flight", "Traiskirchen/AUT", "Ottawa/CAN", "01-06T20:00", "01-07T08:00", 40, 0)
	charter.OpenCost, charter.Block = 500_000, 10
	ids := d.schedule(line("flight", "Traiskirchen/AUT", "Ottawa/CAN", "01-06T10:00", "01-07T02:00", 2, 0), charter)
	propose := func(in movement.ProposeInput) movement.Plan {
		t.Helper()
		in.Ready, in.Seed = "1957-01-02", 1
		return d.do("movement_officer", "movement.propose", &in).Out.(movement.Plan)
	}
	if plan := propose(movement.ProposeInput{Cases: all[:1], Longest: 11}); plan.Served != 0 || len(plan.Stuck) != 1 || plan.Stuck[0].Rule != "longest" {
		t.Fatalf("nothing takes eleven hours: %+v", plan)
	}
	if plan := propose(movement.ProposeInput{Cases: all[:1]}); plan.Served != 1 || len(plan.Charters) != 0 {
		t.Fatalf("the flight has room: %+v", plan)
	}
	if plan := propose(movement.ProposeInput{Cases: all[1:2]}); plan.Served != 1 || !slices.Equal(plan.Charters, ids[1:]) {
		t.Fatalf("the charter is needed: %+v", plan)
	}
	if plan := propose(movement.ProposeInput{Cases: all[2:]}); plan.Served != 1 || len(plan.Charters) != 0 {
		t.Fatalf("the charter runs already: %+v", plan)
	}
	d.do("movement_officer", "movement.import_services", &movement.ImportInput{Input: lists.Input{Name: "charters.csv", Content: []byte(
		"Number,Mode,From,From country,To,To country,Departure,Departure zone,Arrival,Arrival zone,Seats,Cost,Charter cost,Seats per block\n" +
			"C1,flight,Wien,AT,Ottawa,CA,1957-02-05T12:00,Europe/Vienna,1957-02-06T08:00,America/Toronto,40,5,1200.50,20\n")}})
	var taken []movement.ServiceRow
	for _, day := range see[movement.BoardView](d, "movement_officer", "movement.timetable", &movement.BoardViewInput{}).Days {
		for _, s := range day.Services {
			if s.Number == "C1" {
				taken = append(taken, s)
			}
		}
	}
	if len(taken) != 1 || taken[0].OpenCost != 120_050 || taken[0].Block != 20 {
		t.Fatalf("the list says what the charter costs: %+v", taken)
	}
	charter.Block, charter.Depart = -1, "1957-01-06T21:00:00Z"
	d.refused(blueprint.Invalid, "movement_officer", "movement.schedule_services", &movement.ScheduleInput{Services: []movement.ServiceInput{charter}})
	d.verified()
}
