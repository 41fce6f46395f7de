package movement_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/domain/movement"
	"cairn/domain/rights"
	"cairn/store"
	"cairn/store/storetest"
)

func TestCrewsConfirm(t *testing.T) { storetest.Run(t, crewsConfirm) }

// send has the escort send notes, and gives what became of them and the entries.
func (d *desk) send(service, name string, notes ...movement.NoteInput) (movement.Confirmation, int) {
	d.Helper()
	done := d.do("escort", "movement.confirm", &movement.ConfirmInput{Service: service, Submission: "submission " + name, Notes: notes})
	return see[movement.Confirmation](d, "escort", "movement.confirmation", &movement.ConfirmationInput{Submission: "submission " + name}), done.Entries
}

func note(did, record string) movement.NoteInput {
	n := movement.NoteInput{Record: record, Did: did, Noted: "1957-01-05T06:55:00Z"}
	if did == movement.NotedAbsent {
		n.Reason = "ill"
	}
	return n
}

// outcomes are what became of notes, and where those whom they are about stand now.
func outcomes(c movement.Confirmation) string {
	var out []string
	for _, n := range c.Notes {
		out = append(out, n.Outcome+":"+n.Now)
	}
	return strings.Join(out, " ")
}

func crewsConfirm(t *testing.T, config store.Config) {
	d := open(t, config)
	kovacs, nagy, toth, szabo := d.family("Kovacs", 3), d.family("Nagy", 2), d.family("Toth", 1), d.family("Szabo", 1)
	all := d.accepted()
	s := d.schedule(
		line("bus", "Traiskirchen/AUT", "Wien/AUT", "01-05T07:00", "01-05T08:00", 20, 0),
		line("flight", "Wien/AUT", "Ottawa/CAN", "01-05T12:00", "01-06T08:00", 20, 0),
		line("flight", "Wien/AUT", "Ottawa/CAN", "01-09T12:00", "01-10T08:00", 20, 0))
	for _, id := range all {
		d.do("movement_officer", "movement.book", &movement.BookInput{Case: id, Services: s[:2]})
	}
	d.crewLists(s[0])
	d.do("protection_officer", "rights.place_hold", &rights.HoldInput{Records: nagy.Records[:1], Category: "legal", Reason: "court"})

	notes := []movement.NoteInput{note("boarded", kovacs.Records[0]), note("boarded", kovacs.Records[1]), note("boarded", kovacs.Records[2]), note("absent", szabo.Records[0]),
		note("boarded", nagy.Records[0]), note("boarded", nagy.Records[1]), note("boarded", "nobody"), note("arrived", toth.Records[0])}
	first, entries := d.send(s[0], "1", notes...)
	want := "recorded:boarded recorded:boarded recorded:boarded recorded:no_show recorded:booked recorded:booked unknown: conflict:booked"
	if got := outcomes(first); got != want || entries == 0 {
		t.Fatalf("%s, not %s", got, want)
	}
	if r := first.Notes[5]; len(r.Refusals) != 1 || r.Refusals[0].Rule != "hold-in-force" || r.Refusals[0].Opens == "" || !strings.Contains(r.Says.String(), "holds them back") {
		t.Errorf("who travels with somebody held back is told why: %+v", r)
	}
	if r := first.Notes[7]; !strings.Contains(r.Says.String(), "record that first") || first.Notes[0].Says.String() != "" {
		t.Errorf("%+v", r)
	}
	again, none := d.send(s[0], "1", notes...)
	if outcomes(again) != want || none != 0 {
		t.Fatalf("sent twice, it records %d entries: %s", none, outcomes(again))
	}
	d.conflicts(s, szabo.Records[0], toth.Records[0])
	d.confirmedArrivals(s, all[2], kovacs.Records, toth.Records[0])
	apptest.Sound(d, d.Office)
}

// crewLists checks that the list is given for a reason only, with what boarding needs.
func (d *desk) crewLists(service string) {
	d.Helper()
	in := &movement.ServiceViewInput{Service: service}
	for _, role := range []string{"escort", "caseworker"} {
		if _, err := d.See(d.Context(), apptest.Actor(role), "movement.crew", in, app.Options{}); blueprint.FaultOf(err) != blueprint.Denied {
			d.Fatalf("the %s saw the list without a reason: %v", role, err)
		}
	}
	d.do("escort", "movement.open_papers", &movement.OpenPapersInput{Service: service, Reason: "boarding"})
	list := see[movement.CrewList](d, "escort", "movement.crew", in)
	if list.People != 7 || len(list.Parties) != 4 || len(list.Parties[0].People) != 3 || list.Parties[0].Number == "" || list.Parties[0].People[0].Name == "" {
		d.Fatalf("%+v", list)
	}
}

// conflicts has others record first what a crew sends later.
func (d *desk) conflicts(s []string, szabo, toth string) {
	d.Helper()
	d.do("movement_officer", "movement.board", &movement.BoardInput{Service: s[0], Records: []string{toth}})
	got, _ := d.send(s[0], "2", note("boarded", toth), note("boarded", szabo), note("absent", szabo))
	if outcomes(got) != "already:boarded conflict:no_show already:no_show" {
		d.Fatal(outcomes(got))
	}
	if says := got.Notes[0].Says.String() + got.Notes[1].Says.String(); !strings.Contains(says, "said so already, since 1957") || !strings.Contains(says, "(no_show)") {
		d.Fatal(says)
	}
	got, _ = d.send(s[1], "3", note("boarded", toth), note("arrived", toth))
	if outcomes(got) != "conflict:booked conflict:booked" || !strings.Contains(got.Notes[0].Says.String(), "earlier service") {
		d.Fatalf("%+v", got)
	}
	for name, in := range map[string]*movement.ConfirmInput{
		"no notes":        {Service: s[0], Submission: "submission 9"},
		"no name":         {Service: s[0], Notes: []movement.NoteInput{note("boarded", toth)}},
		"what is it":      {Service: s[0], Submission: "submission 9", Notes: []movement.NoteInput{note("sang", toth)}},
		"absent, why":     {Service: s[0], Submission: "submission 9", Notes: []movement.NoteInput{{Record: toth, Did: "absent", Reason: " "}}},
		"time":            {Service: s[0], Submission: "submission 9", Notes: []movement.NoteInput{{Record: toth, Did: "boarded", Noted: "noon"}}},
		"a long reason":   {Service: s[0], Submission: "submission 9", Notes: []movement.NoteInput{{Record: toth, Did: "absent", Reason: strings.Repeat("x", 501)}}},
		"a record's text": {Service: s[0], Submission: "submission 9", Notes: []movement.NoteInput{note("boarded", strings.Repeat("x", 200))}},
	} {
		if _, err := d.Do(d.Context(), apptest.Actor("escort"), "movement.confirm", in, app.Options{}); blueprint.FaultOf(err) != blueprint.Invalid {
			d.Errorf("%s: %v", name, err)
		}
	}
	d.refused(blueprint.NotFound, "escort", "movement.confirm", &movement.ConfirmInput{Service: "none", Submission: "submission 9", Notes: []movement.NoteInput{note("boarded", toth)}})
	d.refused(blueprint.Denied, "caseworker", "movement.confirm", &movement.ConfirmInput{Service: s[0], Submission: "submission 9", Notes: []movement.NoteInput{note("boarded", toth)}})
}

// confirmedArrivals has crews say who arrived although nobody recorded the departure,
// and who came to a connection although nobody recorded the arrival there.
func (d *desk) confirmedArrivals(s []string, of string, kovacs []string, toth string) {
	d.Helper()
	got, _ := d.send(s[0], "4", note("arrived", kovacs[0]), note("arrived", kovacs[1]), note("arrived", kovacs[2]))
	if outcomes(got) != "recorded:arrived recorded:arrived recorded:arrived" {
		d.Fatal(outcomes(got))
	}
	d.moved("movement.depart", &movement.DepartInput{Service: s[0], NoShowReason: "held back"})
	got, _ = d.send(s[1], "5", note("boarded", toth), note("arrived", toth), note("absent", kovacs[1]))
	if outcomes(got) != "recorded:arrived recorded:arrived recorded:no_show" {
		d.Fatalf("%s %+v", outcomes(got), got)
	}
	journeys := see[[]movement.JourneyView](d, "movement_officer", "movement.journey", &movement.JourneyInput{Case: of})
	if journeys[0].Status != movement.Home || journeys[0].Stage != cases.StageArrived {
		d.Fatalf("%+v", journeys)
	}
	missing := see[movement.MissingView](d, "escort", "movement.missing", &movement.MissingInput{Unaccounted: true})
	var who []string
	for _, m := range missing.People {
		who = append(who, m.Record)
	}
	if !slices.Contains(who, kovacs[1]) || slices.Contains(who, toth) {
		d.Fatalf("%v", who)
	}
}
