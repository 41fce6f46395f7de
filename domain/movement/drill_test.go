package movement_test

import (
	"strings"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain/movement"
	"cairn/domain/rights"
	"cairn/store"
	"cairn/store/storetest"
)

func TestDrill(t *testing.T) { storetest.Run(t, drill) }

func drill(t *testing.T, config store.Config) {
	d := open(t, config)
	first, all, s := d.twoFamilies(line("flight", "Wien/AUT", "Ottawa/CAN", "01-05T08:05", "01-06T08:00", 2, 0))
	look := func(service string) movement.Drill {
		t.Helper()
		return see[movement.Drill](d, "movement_officer", "movement.drill", &movement.DrillInput{Service: service})
	}
	if empty := look(s[1]); empty.Parties != 0 || empty.People != 0 || len(empty.Moved) != 0 {
		t.Fatalf("nobody is booked: %+v", empty)
	}
	d.do("movement_officer", "movement.book", &movement.BookInput{Case: all[0], Services: s[:2]})
	d.do("movement_officer", "movement.book", &movement.BookInput{Case: all[1], Services: []string{s[0], s[2]}})

	got := look(s[1])
	if got.Parties != 2 || got.Journeys != 1 || got.People != 2 || len(got.Moved) != 1 || len(got.Left)+len(got.MadeRoom) != 0 {
		t.Fatalf("%+v", got)
	}
	moved := got.Moved[0]
	if moved.Case != all[0] || len(moved.After) != 2 || moved.After[1].Service != s[2] || moved.Later != 3*24*60 || got.Later != 2*3*24 {
		t.Fatalf("%+v", got)
	}
	if len(got.Tell) != 1 || got.Tell[0].Service != s[2] {
		t.Fatalf("the crew of the later flight is told: %+v", got.Tell)
	}
	if left := look(s[2]); len(left.Left) != 1 || left.Left[0].Case != all[1] || left.Left[0].Rule != "seats" || left.Left[0].Help == nil {
		t.Fatalf("both cannot share two seats: %+v", left)
	} else if why := left.Left[0].Detail.String() + left.Left[0].Help.String(); strings.Contains(why, "|") || strings.Contains(why, s[1]) {
		t.Errorf("ids of the program are shown: %s", why)
	}
	before := see[movement.ServiceView](d, "movement_officer", "movement.service", &movement.ServiceViewInput{Service: s[1]})
	if before.Cancelled != "" || before.Statuses[movement.Booked] != 2 {
		t.Fatalf("a drill changed something: %+v", before)
	}

	// Whoever has a risk in the country of a detour is not sent over it.
	d.schedule(line("train", "Wien/AUT", "Genova/ITA", "01-05T12:00", "01-06T08:00", 20, 1), line("ship", "Genova/ITA", "Ottawa/CAN", "01-07T08:00", "01-20T08:00", 20, 1))
	if over := look(s[2]); len(over.Moved) != 1 || len(over.Moved[0].After) != 3 {
		t.Fatalf("%+v", over)
	}
	d.do("protection_officer", "rights.report_risk", &rights.RiskInput{Records: first.Records[:1], Countries: []string{"ITA"}, Basis: "threatened there"})
	if kept := look(s[1]); len(kept.Moved) != 1 || kept.Moved[0].After[1].Service != s[2] {
		t.Fatalf("%+v", kept)
	}

	d.now = time.Date(1957, 1, 6, 9, 0, 0, 0, time.UTC)
	for service, fault := range map[string]blueprint.Fault{s[1]: blueprint.Conflict, "none": blueprint.NotFound} {
		if _, err := d.See(d.Context(), apptest.Actor("movement_officer"), "movement.drill", &movement.DrillInput{Service: service}, app.Options{}); blueprint.FaultOf(err) != fault {
			t.Errorf("%s: %v", service, err)
		}
	}
}
