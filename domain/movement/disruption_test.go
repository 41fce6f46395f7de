package movement_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/domain/movement"
	"cairn/domain/people"
	"cairn/domain/rights"
	"cairn/store"
	"cairn/store/storetest"
)

// twoFamilies are two couples with accepted places, and a timetable for them: a bus,
// flights with room for one couple and for both, and one more service.
func (d *desk) twoFamilies(more movement.ServiceInput) (first people.Registered, cases, services []string) {
	d.Helper()
	first = d.family("Kovacs", 2)
	d.family("Nagy", 2)
	cases = d.accepted()
	return first, cases, d.schedule(
		line("bus", "Traiskirchen/AUT", "Wien/AUT", "01-05T07:00", "01-05T08:00", 4, 0),
		line("flight", "Wien/AUT", "Ottawa/CAN", "01-06T08:00", "01-07T08:00", 2, 0),
		line("flight", "Wien/AUT", "Ottawa/CAN", "01-09T08:00", "01-10T08:00", 4, 0),
		more)
}

func TestDisruptions(t *testing.T) { storetest.Run(t, disruptions) }

func disruptions(t *testing.T, config store.Config) {
	d := open(t, config)
	first, all, s := d.twoFamilies(line("flight", "Wien/AUT", "Paris/FRA", "01-09T08:00", "01-10T08:00", 4, 0))
	d.refused(blueprint.Invalid, "movement_officer", "movement.book", &movement.BookInput{Case: all[0], Services: []string{s[0], s[3]}})
	d.refused(blueprint.NotFound, "movement_officer", "movement.book", &movement.BookInput{Case: all[0], Services: []string{"nowhere"}})
	booked := d.do("movement_officer", "movement.book", &movement.BookInput{Case: all[0], Services: s[:2]}).Out.(movement.JourneyOut)
	d.refused(blueprint.Conflict, "movement_officer", "movement.book", &movement.BookInput{Case: all[0], Services: s[:2]})
	d.refused(blueprint.Conflict, "movement_officer", "movement.book", &movement.BookInput{Case: all[1], Services: s[:2]})

	d.do("movement_officer", "movement.cancel_journey", &movement.CancelInput{Journeys: booked.Journeys, Reason: "they want to wait"})
	d.do("movement_officer", "movement.book", &movement.BookInput{Case: all[1], Services: s[:2]})
	d.do("movement_officer", "movement.book", &movement.BookInput{Case: all[0], Services: []string{s[0], s[2]}})
	d.moved("movement.board", &movement.BoardInput{Service: s[0], All: true})
	d.moved("movement.depart", &movement.DepartInput{Service: s[0]})
	d.moved("movement.arrive", &movement.ArriveInput{Service: s[0]})

	out := d.do("movement_officer", "movement.cancel_service", &movement.CancelServiceInput{Service: s[1], Reason: "engine"}).Out.(movement.ServiceOut)
	if out.Journeys != 1 || out.People != 2 {
		t.Fatalf("%+v", out)
	}
	view := see[movement.ServiceView](d, "movement_officer", "movement.service", &movement.ServiceViewInput{Service: s[1]})
	if view.Taken["seat"] != 0 || view.Cancelled != "engine" || view.Statuses[movement.Disrupted] != 2 {
		t.Fatalf("%+v", view)
	}
	d.refused(blueprint.Conflict, "escort", "movement.board", &movement.BoardInput{Service: s[1], All: true})
	broken := see[[]movement.JourneyView](d, "movement_officer", "movement.journey", &movement.JourneyInput{Case: all[1]})[0]
	if broken.Status != movement.Disrupted || broken.Legs[0].Status != movement.Home || broken.Legs[1].Status != movement.Cancelled {
		t.Fatalf("%+v", broken)
	}
	d.refused(blueprint.Invalid, "movement_officer", "movement.rebook", &movement.RebookInput{Journeys: []string{broken.Journey}, Services: []string{s[0], s[2]}})
	plan := d.do("movement_officer", "movement.rebook", &movement.RebookInput{Journeys: []string{broken.Journey}}).Out.(movement.Plan)
	if plan.Served != 1 || plan.People != 2 {
		t.Fatalf("%+v", plan)
	}
	anew := see[[]movement.JourneyView](d, "movement_officer", "movement.journey", &movement.JourneyInput{Case: all[1]})
	if len(anew) != 2 || anew[0].Status != movement.Cancelled || anew[1].Continues != broken.Journey || anew[1].Legs[0].From != "Wien" {
		t.Fatalf("%+v", anew)
	}
	missed := d.moved("movement.record_missed", &movement.MissedInput{Service: s[2], Records: first.Records, Reason: "the train was late"})
	if missed.People != 2 || missed.Journeys != 1 {
		t.Fatalf("%+v", missed)
	}
	d.refused(blueprint.Conflict, "escort", "movement.record_missed", &movement.MissedInput{Service: s[2], Records: first.Records, Reason: "again"})
	page := see[movement.BoardView](d, "movement_officer", "movement.timetable", &movement.BoardViewInput{From: "1957-01-05", Limit: 2, Running: true})
	if len(page.Days) != 2 || page.More == "" || page.Days[0].Services[0].Taken["seat"] != 4 {
		t.Fatalf("%+v", page)
	}
	rest := see[movement.BoardView](d, "movement_officer", "movement.timetable", &movement.BoardViewInput{From: "1957-01-05", After: page.More, Running: true, Mode: "Flug"})
	if len(rest.Days) != 1 || len(rest.Days[0].Services) != 1 || rest.More != "" {
		t.Fatalf("%+v", rest)
	}
	d.verified()
}

func TestNoShowPartsNoFamilyAndIsBookedAnew(t *testing.T) {
	d := open(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	f := d.family("Szabo", 2)
	d.accepted()
	s := d.schedule(line("flight", "Traiskirchen/AUT", "Ottawa/CAN", "01-05T07:00", "01-06T08:00", 2, 0),
		line("flight", "Traiskirchen/AUT", "Ottawa/CAN", "01-12T07:00", "01-13T08:00", 2, 0))
	journey := d.do("movement_officer", "movement.propose", &movement.ProposeInput{Due: "1957-01-07"}).Out.(movement.Plan).Journeys[0]
	late := []movement.Absent{{Record: f.Records[1], Reason: "ill"}}
	got := d.do("escort", "movement.board", &movement.BoardInput{Service: s[0], All: true, NoShows: late})
	if got.Out.(movement.Moved).NoShows != 1 || len(got.Refusals) != 1 || got.Refusals[0].Refusals[0].Rule != "family-split" {
		t.Fatalf("a family was parted without its consent: %+v", got)
	}
	d.do("protection_officer", "rights.agree_split", &rights.SplitInput{Records: f.Records, Destination: "CAN", Language: "hu"})
	d.moved("movement.board", &movement.BoardInput{Service: s[0], Journeys: []string{journey}})
	d.moved("movement.depart", &movement.DepartInput{Service: s[0]})
	d.now = time.Date(1957, 1, 7, 0, 0, 0, 0, time.UTC)
	d.refused(blueprint.Conflict, "movement_officer", "movement.propose", &movement.ProposeInput{})
	anew := d.do("movement_officer", "movement.rebook", &movement.RebookInput{Journeys: []string{journey}, Services: s[1:]}).Out.(movement.Plan)
	list := see[movement.Manifest](d, "escort", "movement.manifest", &movement.ServiceViewInput{Service: s[1]})
	if len(anew.Journeys) != 1 || len(list.Passengers) != 1 || list.Passengers[0].Record != f.Records[1] {
		t.Fatalf("%+v %+v", anew, list)
	}
	d.moved("movement.arrive", &movement.ArriveInput{Journeys: []string{journey}})
	if got := see[[]movement.JourneyView](d, "escort", "movement.journey", &movement.JourneyInput{Journey: journey}); got[0].Status != movement.Home {
		t.Fatalf("%+v", got)
	}
	d.verified()
}

func TestTimetablesAreImportedOnce(t *testing.T) {
	d := open(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	list := "Sonderzüge\nFahrt Nr.;Verkehrsmittel;Von;Land von;Nach;Land nach;Abfahrt;Zeitzone Abfahrt;Ankunft;Zeitzone Ankunft;Sitzplätze;Rollstuhlplätze;Preis USD\n" +
		"C-1;Zug;Graz;AT;Wien;AT;19.11.1956 06:00;Europe/Vienna;19.11.1956 11:00;Europe/Vienna;80;4;2,50\n" +
		"C-2;Schiff;Genova;IT;Halifax;CA;20.11.1956 20:00;Europe/Rome;28.11.1956 08:00;America/Halifax;900;12;190\n" +
		"C-3;Zug;Graz;AT;Wien;Atlantis;21.11.1956 06:00;Europe/Vienna;21.11.1956 11:00;Europe/Vienna;80;4;2\n" +
		"C-4;Zug;Graz;AT;Wien;AT;21.11.1956 06:00;Europe/Vienna;21.11.1956 05:00;Europe/Vienna;viele;4;2\n" +
		"C-5;Zug;Graz;AT;Wien;AT;22.11.1956 06:00;Europe/Vienna;22.11.1956 05:00;Europe/Vienna;8;4;2\n"
	in := &movement.ImportInput{Input: lists.Input{Name: "züge.csv", Content: []byte(list), DryRun: true}}
	dry := d.do("movement_officer", "movement.import_services", in).Out.(movement.Imported)
	if dry.Rows != 5 || dry.Services != 2 || dry.LeftOut != 3 || len(dry.Refusals) != 3 || dry.Refusals[0].Value != "Atlantis" || dry.Refusals[0].Row != 5 ||
		dry.Refusals[1].Column != "Sitzplätze" || !strings.Contains(dry.Refusals[2].Reason.String(), "zones") {
		t.Fatalf("%+v", dry)
	}
	in.DryRun = false
	d.refused(blueprint.Invalid, "movement_officer", "movement.import_services", in)
	in.GoodRowsOnly = true
	d.do("movement_officer", "movement.import_services", in)
	if again := d.do("movement_officer", "movement.import_services", in); again.Entries != 0 || !again.Out.(movement.Imported).Already {
		t.Fatalf("%+v", again)
	}
	board := see[movement.BoardView](d, "monitor", "movement.timetable", &movement.BoardViewInput{From: "1956-11-01"})
	if len(board.Days) != 2 || board.Days[1].Services[0].Arrive != "1956-11-28T12:00:00Z" || board.Days[0].Services[0].Mode != movement.Train ||
		board.Days[0].Services[0].Cost != 250 || board.Days[1].Services[0].Seats["wheelchair"] != 12 {
		t.Fatalf("%+v", board)
	}

	plain := &movement.ImportInput{Input: lists.Input{Name: "buses.csv", Content: []byte("From,From country,To,To country,Date,Departure,Duration,Seats\n" +
		"Łódź,Poland,Berlin,Germany,2026-05-13,23:30,7:30,48\nBerlin,Germany,Lyon,France,2026-05-15,07:00,11 h,48\n")}}
	d.refused(blueprint.Invalid, "movement_officer", "movement.import_services", plain)
	plain.Zone, plain.Zones = "Europe/Berlin", map[string]string{"Łódź": "Europe/Warsaw"}
	d.do("movement_officer", "movement.import_services", plain)
	board = see[movement.BoardView](d, "monitor", "movement.timetable", &movement.BoardViewInput{From: "2026-05-01"})
	if len(board.Days) != 2 || board.Days[0].Services[0].Depart != "2026-05-13T21:30:00Z" || board.Days[1].Services[0].Arrive != "2026-05-15T16:00:00Z" {
		t.Fatalf("%+v", board)
	}
}

func TestWhoHasNoStopIsSaid(t *testing.T) {
	d := open(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	d.family("Balogh", 1)
	all := d.accepted()
	d.schedule(line("flight", "Camp 7/AUT", "Ottawa/CAN", "01-05T07:00", "01-06T08:00", 2, 0))
	d.refused(blueprint.Conflict, "movement_officer", "movement.propose", &movement.ProposeInput{})
	d.refused(blueprint.Conflict, "movement_officer", "movement.propose", &movement.ProposeInput{Ready: "1958-01-01"})
	d.refused(blueprint.Invalid, "movement_officer", "movement.propose", &movement.ProposeInput{Ready: "1958-01-01", Due: "1957-01-01"})
	plan := d.do("system", "movement.propose", &movement.ProposeInput{Stops: map[string]string{"Lager Traiskirchen": "Camp 7"}, Cases: all}).Out.(movement.Plan)
	if plan.Served != 1 || !slices.Equal(plan.Unmatched, nil) {
		t.Fatalf("%+v", plan)
	}
	d.verified()
}
