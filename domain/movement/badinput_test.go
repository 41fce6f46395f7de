package movement_test

import (
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/domain/movement"
	"cairn/domain/people"
	"cairn/domain/rights"
	"cairn/format/mrz"
	"cairn/store"
	"cairn/store/storetest"
)

func TestBadTimetables(t *testing.T) { storetest.Run(t, badTimetables) }

func badTimetables(t *testing.T, config store.Config) {
	d := open(t, config)
	service := func(change func(*movement.ServiceInput)) *movement.ScheduleInput {
		s := movement.ServiceInput{Number: "D 7", Mode: "train", From: "Wien", FromCountry: "AUT", To: "Linz", ToCountry: "AUT", Depart: "2026-05-03T07:30", Arrive: "2026-05-03T09:30",
			FromZone: "Europe/Vienna", Seats: map[string]int64{"seat": 10}}
		change(&s)
		return &movement.ScheduleInput{Services: []movement.ServiceInput{s}}
	}
	for name, c := range map[string]struct {
		change func(*movement.ServiceInput)
		says   string
	}{
		"arrives before it leaves":    {func(s *movement.ServiceInput) { s.Arrive = "2026-05-03T07:00" }, "check both zones"},
		"earlier by its zone":         {func(s *movement.ServiceInput) { s.ToZone = "Europe/Kyiv"; s.Arrive = "2026-05-03T08:00" }, "check both zones"},
		"a time that does not exist":  {func(s *movement.ServiceInput) { s.Depart = "2026-03-29T02:30"; s.Arrive = "2026-03-29T09:00" }, "clocks are put forward"},
		"a time that comes twice":     {func(s *movement.ServiceInput) { s.Depart = "2026-10-25T02:30"; s.Arrive = "2026-10-25T09:00" }, "+01:00 or +02:00"},
		"an arrival that comes twice": {func(s *movement.ServiceInput) { s.Depart = "2026-10-24T22:00"; s.Arrive = "2026-10-25T02:59" }, "comes twice in Europe/Vienna"},
		"half an hour, twice": {func(s *movement.ServiceInput) {
			s.Depart = "2026-04-05T01:45"
			s.Arrive = "2026-04-05T09:00"
			s.FromZone = "Australia/Lord_Howe"
		}, "comes twice"},
		"no zone":                      {func(s *movement.ServiceInput) { s.FromZone = "" }, "a local time needs a zone"},
		"a zone that does not exist":   {func(s *movement.ServiceInput) { s.FromZone = "Europe/Atlantis" }, "is not known"},
		"a country that is not known":  {func(s *movement.ServiceInput) { s.ToCountry = "Atlantis" }, "is not known"},
		"no seats":                     {func(s *movement.ServiceInput) { s.Seats = nil }, "no seats"},
		"seats of an unknown kind":     {func(s *movement.ServiceInput) { s.Seats = map[string]int64{"sofa": 3} }, "is not known"},
		"fewer than no seats":          {func(s *movement.ServiceInput) { s.Seats = map[string]int64{"seat": -3} }, "out of range"},
		"it starts where it ends":      {func(s *movement.ServiceInput) { s.To = "WIEN" }, "starts and ends"},
		"a day that does not exist":    {func(s *movement.ServiceInput) { s.Depart = "2026-02-30T07:30" }, "cannot be read"},
		"one stop has no name":         {func(s *movement.ServiceInput) { s.To = "  " }, "name both stops"},
		"a cost that nobody could pay": {func(s *movement.ServiceInput) { s.Cost = -1 }, "out of range"},
	} {
		_, err := d.Do(d.Context(), apptest.Actor("movement_officer"), "movement.schedule_services", service(c.change), app.Options{})
		if blueprint.FaultOf(err) != blueprint.Invalid || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "service 1") {
			t.Errorf("%s: %v", name, err)
		}
	}
	d.schedule(service(func(*movement.ServiceInput) {}).Services...)
	d.refused(blueprint.Invalid, "movement_officer", "movement.schedule_services", service(func(s *movement.ServiceInput) { s.Number, s.From = "d  7", "wien" }))
	for _, other := range []func(*movement.ServiceInput){
		func(s *movement.ServiceInput) { s.Number = "" }, func(s *movement.ServiceInput) { s.Number = "" }, // nobody numbers its buses
		func(s *movement.ServiceInput) { s.Number = "D 7-2" },
		func(s *movement.ServiceInput) { s.Depart = "2026-05-04T07:30"; s.Arrive = "2026-05-04T09:30" },
		func(s *movement.ServiceInput) { s.From, s.To = "Linz", "Wels" },
	} {
		d.schedule(service(other).Services...)
	}
}

// TestNumbersThatStandTwiceInAList holds that a list says which rows are the same
// departure, within it and with what is known.
func TestNumbersThatStandTwiceInAList(t *testing.T) {
	d := open(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	head := "Number,Mode,From,From country,To,To country,Departs,Departure zone,Arrives,Arrival zone,Seats\n"
	rows := "D 7,train,Wien,AT,Linz,AT,2026-05-03 07:30,Europe/Vienna,2026-05-03 09:30,Europe/Vienna,80\n" +
		"D 7,train,WIEN,AT,Linz,AT,2026-05-03 07:30,Europe/Vienna,2026-05-03 09:40,Europe/Vienna,80\n" +
		"D 7,train,Linz,AT,Wels,AT,2026-05-03 09:35,Europe/Vienna,2026-05-03 10:00,Europe/Vienna,80\n" +
		"D 9,train,Wien,AT,Linz,AT,2026-10-25 02:30,Europe/Vienna,2026-10-25 09:40,Europe/Vienna,80\n"
	in := &movement.ImportInput{Input: lists.Input{Name: "a.csv", Content: []byte(head + rows), GoodRowsOnly: true}}
	got := d.do("movement_officer", "movement.import_services", in).Out.(movement.Imported)
	if got.Services != 2 || got.Seats != 160 || got.LeftOut != 2 || len(got.Refusals) != 2 {
		t.Fatalf("%+v", got)
	}
	reasons := got.Refusals[0].Reason.String() + got.Refusals[1].Reason.String()
	if !strings.Contains(reasons, "D 7-2") || !strings.Contains(reasons, "comes twice") {
		t.Fatalf("%+v", got.Refusals)
	}
	in.Name, in.Content = "b.csv", []byte(head+"D 8,train,Wien,AT,Linz,AT,2026-05-03 07:30,Europe/Vienna,2026-05-03 09:30,Europe/Vienna,80\n"+
		"D 7,train,Wien,AT,Linz,AT,2026-05-03 07:30,Europe/Vienna,2026-05-03 09:30,Europe/Vienna,80\n")
	if got = d.do("movement_officer", "movement.import_services", in).Out.(movement.Imported); got.Services != 1 || got.LeftOut != 1 || got.Refusals[0].Row != 3 {
		t.Fatalf("%+v", got)
	}
}

// TestJourneysAcrossAChangeOfClocks plans through the night in which clocks are put back:
// the connection is an hour longer than it looks, and papers show the clocks of each stop.
func TestJourneysAcrossAChangeOfClocks(t *testing.T) {
	d := open(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	d.family("Kovacs", 2)
	all := d.accepted()
	night := func(mode, from, to, depart, arrive, zone string) movement.ServiceInput {
		s := line(mode, from, to, "01-05T07:00", "01-05T08:00", 9, 0)
		s.Depart, s.Arrive, s.FromZone, s.ToZone = depart, arrive, "Europe/Vienna", zone
		return s
	}
	s := d.schedule(
		night("train", "Traiskirchen/AUT", "Wien/AUT", "1980-09-27T22:00", "1980-09-28T02:05+01:00", "Europe/Vienna"),
		night("flight", "Wien/AUT", "Ottawa/CAN", "1980-09-28T02:40+01:00", "1980-09-28T08:00", "America/Toronto"),
		night("flight", "Wien/AUT", "Ottawa/CAN", "1980-09-28T03:10", "1980-09-28T09:00", "America/Toronto"))
	plan := d.do("movement_officer", "movement.propose", &movement.ProposeInput{Ready: "1980-09-27", Due: "1980-10-27", Seed: 1}).Out.(movement.Plan)
	if plan.Served != 1 {
		t.Fatalf("%+v", plan)
	}
	letter := see[movement.Letter](d, "movement_officer", "movement.letter", &movement.CaseInput{Case: all[0]})
	legs := letter.Journeys[0].Legs
	if len(legs) != 2 || legs[1].Service != s[2] {
		t.Fatalf("35 minutes are too few, 65 enough: %+v", legs)
	}
	if legs[0].Depart != "1980-09-27T22:00:00+02:00" || legs[0].Arrive != "1980-09-28T02:05:00+01:00" || legs[1].Depart != "1980-09-28T03:10:00+01:00" {
		t.Fatalf("%+v", legs)
	}
}

// TestPartiesWithoutAWay holds that whoever cannot travel is named with the rule that
// stops them and what would help.
func TestPartiesWithoutAWay(t *testing.T) {
	d := open(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	d.family("Kovacs", 3)
	d.family("Nagy", 1, "stretcher")
	astray := d.family("Toth", 1)
	d.do("registrar", "people.correct", &people.CorrectInput{Record: astray.Records[0], Site: "Hotel Nowhere", Reason: "moved"})
	all := d.accepted()
	d.schedule(line("flight", "Traiskirchen/AUT", "Ottawa/CAN", "01-05T07:00", "01-05T19:00", 2, 0))
	got := d.do("movement_officer", "movement.propose", &movement.ProposeInput{Seed: 1}).Out
	plan, ok := got.(movement.Plan)
	if !ok || plan.Served != 0 || len(plan.Unmatched) != 1 || plan.Unmatched[0].Case != all[2] || !strings.Contains(plan.Unmatched[0].Reason, "say which stop") {
		t.Fatalf("%+v", got)
	}
	rules := map[string]string{}
	for _, s := range plan.Stuck {
		rules[s.Case] = s.Rule
		if why := s.Detail.String() + s.Help.String(); s.Detail.Format == "" || s.Help.Format == "" || strings.Contains(why, "|") {
			t.Errorf("it is not said what would help: %+v", s)
		}
	}
	why := see[movement.Explained](d, "movement_officer", "movement.explain", &movement.ExplainInput{Case: all[0], Plan: plan.Plan}).Parties[0].Obstacle
	if why == nil || !strings.Contains(why.Help.String(), `add 1 of kind "seat" on service "flight Traiskirchen – Ottawa, 1957-01-05`) {
		t.Errorf("an explanation shows ids: %+v", why)
	}
	if rules[all[0]] != "party size" || rules[all[1]] != "party size" {
		t.Fatalf("%+v", plan.Stuck)
	}
}

// TestClearancesAndVisasEnd holds that nobody is planned to arrive after the last day of
// a member's clearance or visa, and that this is said.
func TestClearancesAndVisasEnd(t *testing.T) { storetest.Run(t, clearancesAndVisasEnd) }

func clearancesAndVisasEnd(t *testing.T, config store.Config) {
	d := open(t, config)
	short, long, visa := d.family("Kovacs", 2), d.family("Nagy", 1), d.family("Toth", 1)
	assess := func(until string, records ...string) {
		t.Helper()
		d.do("medical_officer", "rights.assess_fitness", &rights.FitnessInput{Records: records, Fit: "fit", Until: until})
	}
	assess("1957-01-06", short.Records[1])
	assess("1957-01-01", long.Records[0])
	assess("1957-01-31", long.Records[0]) // assessed again
	zone := func(expiry string) string {
		lines, err := mrz.Build(mrz.Document{Format: mrz.MRVA, Code: "V", Issuer: "CAN", Nationality: "HUN", Surname: "TOTH", Given: "MEMBER", Number: "V1", Birth: "200302", Sex: mrz.Unspecified, Expiry: expiry})
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(lines, "\n")
	}
	d.do("registrar", "people.correct", &people.CorrectInput{Record: visa.Records[0], Reason: "shown", Documents: []people.PaperInput{
		{Type: "visa", Number: "V1", Zone: zone("570105")}, {Type: "Visum", Number: "V2", Zone: "cannot be read"}}})
	all := d.accepted()
	d.schedule(line("flight", "Traiskirchen/AUT", "Ottawa/CAN", "01-06T20:00", "01-07T08:00", 9, 0))
	plan := d.do("movement_officer", "movement.propose", &movement.ProposeInput{Ready: "1957-01-02", Seed: 1}).Out.(movement.Plan)
	if plan.Served != 1 || len(plan.Stuck) != 2 || plan.Stuck[0].Case != all[0] || plan.Stuck[0].Rule != "window" {
		t.Fatalf("%+v", plan)
	}
	if says := plan.Stuck[0].Detail.String(); !strings.Contains(says, "due (1957-01-07 00:00 UTC); the medical clearance of the party counts until 1957-01-06") {
		t.Error(says)
	}
	if says := plan.Stuck[1].Detail.String(); !strings.Contains(says, "due (1957-01-06 00:00 UTC); a visa of the party counts until 1957-01-05") {
		t.Error(says)
	}
	if help := plan.Stuck[0].Help.String(); help != "be due 480 minutes later, at 1957-01-07 08:00 UTC" {
		t.Error(help)
	}
}

// TestTransitCountriesAskVisas holds that a party does not change where a member lacks a
// visa by nationality and document, unless something else that they hold helps.
func TestTransitCountriesAskVisas(t *testing.T) {
	d := open(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	stateless := d.family("Toth", 2)
	d.do("registrar", "people.correct", &people.CorrectInput{Record: stateless.Records[1], Nationalities: []string{"XXA"}, Documents: []people.PaperInput{{Type: "laissez-passer", Number: "7"}}, Reason: "asked"})
	all := d.accepted()
	s := d.schedule(
		line("train", "Traiskirchen/AUT", "Genova/ITA", "01-05T07:00", "01-06T08:00", 9, 0),
		line("ship", "Genova/ITA", "Ottawa/CAN", "01-07T08:00", "01-20T08:00", 9, 0))
	rule := movement.TransitRule{Country: "Italy", Nationality: "XXA"}
	propose := func(rules ...movement.TransitRule) movement.Plan {
		t.Helper()
		return d.do("movement_officer", "movement.propose", &movement.ProposeInput{Ready: "1957-01-02", Seed: 1, Transit: rules}).Out.(movement.Plan)
	}
	if plan := propose(rule); plan.Served != 0 || plan.Stuck[0].Rule != "transit" || plan.Stuck[0].Help.String() != `allow transit through "Italy"` {
		t.Fatalf("%+v", plan)
	}
	d.refused(blueprint.Invalid, "movement_officer", "movement.propose", &movement.ProposeInput{Transit: []movement.TransitRule{{Country: "Atlantis"}}})
	if plan := propose(rule, movement.TransitRule{Country: "ITA", Document: "laissez-passer", Allows: true}); plan.Served != 1 || len(all) != 1 || len(s) != 2 {
		t.Fatalf("%+v", plan)
	}
}
