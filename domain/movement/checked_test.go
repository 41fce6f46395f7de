package movement_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain/movement"
	"cairn/domain/people"
	"cairn/domain/rights"
	"cairn/format/mrz"
	"cairn/format/paxlst"
	"cairn/store"
	"cairn/store/storetest"
)

// zoneOf writes a passport's zone.
func zoneOf(t *testing.T, d mrz.Document) string {
	t.Helper()
	d.Format, d.Code = mrz.TD3, "P"
	lines, err := mrz.Build(d)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

func TestManifestWithDocuments(t *testing.T) { storetest.Run(t, manifestWithDocuments) }

func manifestWithDocuments(t *testing.T, config store.Config) {
	d := open(t, config)
	good := mrz.Document{Issuer: "XXB", Nationality: "XXB", Surname: "KOVACS", Given: "JANOS", Number: "C01X00T47", Birth: "200302", Sex: mrz.Male, Expiry: "600101"}
	other := good
	other.Surname, other.Nationality, other.Birth, other.Expiry = "SZABO", "AUT", "210303", "560101"
	members := []people.Person{
		{Name: "Kovács, János", Head: true, Birth: "1920-03-02", Sex: "M", Nationalities: []string{"HUN"}, Languages: []string{"hu"}, Documents: []people.PaperInput{{Type: "travel document", Number: "C01X00T47", Zone: zoneOf(t, good)}}},
		{Name: "Kovács, Éva", Relation: "spouse", Birth: "1921-03-02", Sex: "F", Nationalities: []string{"HUN"}, Needs: []string{"oxygen"}, Documents: []people.PaperInput{{Number: "+C01X00T47", Zone: zoneOf(t, other)}}},
		{Name: "Kovács, Anna", Relation: "child", Birth: "1956-03-02", Sex: "F", Nationalities: []string{"HUN"}, Documents: []people.PaperInput{{Number: "7", Zone: "P<UTO smudged"}}},
		{Name: "Ковач, Олена", Relation: "child", Birth: "1950", Nationalities: []string{"HUN"}, Languages: []string{"uk"}, Needs: []string{"wheelchair"}}}
	f := d.do("registrar", "people.register", &people.RegisterInput{Site: "Traiskirchen", Members: members}).Out.(people.Registered)
	d.do("registrar", "people.give_consent", &people.ConsentInput{Records: f.Records, Purpose: "resettlement", Destinations: []string{"CAN"}, Language: "hu", Informed: true})
	d.do("medical_officer", "rights.assess_fitness", &rights.FitnessInput{Records: f.Records[1:], Fit: "fit"})
	d.do("medical_officer", "rights.assess_fitness", &rights.FitnessInput{Records: f.Records[:1], Fit: "escort_required", Escort: "Dr Weiss"})
	all := d.accepted()
	s := d.schedule(line("train", "Traiskirchen/AUT", "Wien/AUT", "01-05T07:00", "01-05T08:00", 20, 1), line("flight", "Wien/AUT", "Ottawa/CAN", "01-06T07:00", "01-06T20:00", 20, 1))
	d.do("movement_officer", "movement.book", &movement.BookInput{Case: all[0], Services: s})

	papers := &movement.PapersInput{Service: s[1], CSV: true}
	for view, in := range map[string]any{"movement.papers": papers, "movement.special_needs": papers} {
		if _, err := d.See(d.Context(), apptest.Actor("escort"), view, in, app.Options{}); blueprint.FaultOf(err) != blueprint.Denied {
			t.Fatalf("%s opened without a word why: %v", view, err)
		}
		if _, err := d.See(d.Context(), apptest.Actor("caseworker"), view, in, app.Options{}); blueprint.FaultOf(err) != blueprint.Denied {
			t.Fatalf("%s: %v", view, err)
		}
	}
	d.refused(blueprint.Invalid, "escort", "movement.open_papers", &movement.OpenPapersInput{Service: s[1], Reason: " "})
	d.refused(blueprint.NotFound, "escort", "movement.open_papers", &movement.OpenPapersInput{Service: "none", Reason: "x"})
	for _, role := range []string{"escort", "movement_officer"} {
		d.do(role, "movement.open_papers", &movement.OpenPapersInput{Service: s[1], Reason: "boarding"})
	}
	if got := see[[]movement.Opening](d, "movement_officer", "movement.openings", &movement.OpeningsInput{Record: f.Records[2]}); len(got) != 2 || got[1].Reason != "boarding" {
		t.Fatalf("%+v", got)
	}
	list := d.checkedAgainst(papers, f.Records)
	d.lookedAfter(papers, f.Records)
	d.reported(s[1], list)
	d.tagged(s, f)
	d.awaited(f)
	apptest.Sound(d, d.Office)
}

// checkedAgainst holds that each document is read, compared with its holder's record,
// and listed whatever came of it.
func (d *desk) checkedAgainst(papers *movement.PapersInput, records []string) movement.CheckedManifest {
	d.Helper()
	list := see[movement.CheckedManifest](d, "escort", "movement.papers", papers)
	found := map[string]movement.CheckedPassenger{}
	for _, p := range list.Passengers {
		found[p.Record] = p
	}
	var states []string
	for _, r := range records {
		state := "none"
		for _, paper := range found[r].Papers {
			state = strings.Join(append([]string{paper.State}, paper.Faults...), " ")
		}
		states = append(states, state)
	}
	want := []string{"checked", "doubtful expired birth_differs sex_differs nationality_differs name_differs", "unreadable", "none"}
	if !slices.Equal(states, want) || list.Doubtful != 3 || found[records[2]].Papers[0].Zone == "" || found[records[2]].Papers[0].Detail.Format == "" {
		d.Fatalf("%q, %d doubtful", states, list.Doubtful)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(list.CSV, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 5 || strings.Contains(list.CSV, ",+C01") || !strings.Contains(list.CSV, "'+C01X00T47") {
		d.Fatalf("%v %q", err, list.CSV)
	}
	return list
}

// lookedAfter holds that the crew learns of every need, and which languages are spoken.
func (d *desk) lookedAfter(papers *movement.PapersInput, records []string) {
	d.Helper()
	needs := see[movement.SpecialNeeds](d, "escort", "movement.special_needs", papers)
	codes := map[string]string{}
	for _, p := range needs.People {
		codes[p.Record] = strings.Join(p.Codes, " ") + p.Escort
	}
	if codes[records[0]] != "MEDADr Weiss" || codes[records[1]] != "OXYG" || codes[records[2]] != "INFT" || codes[records[3]] != "WCHC CHLD" {
		d.Fatalf("%+v", codes)
	}
	if needs.Languages["hu"] != 1 || needs.Unknown != 2 || needs.Totals[movement.NeedInfant] != 1 {
		d.Fatalf("%+v", needs)
	}
}

// reported holds that the message to the authority has everybody, and goes to nobody
// whom it does not concern.
func (d *desk) reported(service string, list movement.CheckedManifest) {
	d.Helper()
	in := &movement.PAXLSTInput{Service: service, Country: "CAN", Sender: "CAIRN", Recipient: "CAAPIS", From: "vie", To: "YOW"}
	got := see[movement.PAXLST](d, "movement_officer", "movement.paxlst", in)
	messages, err := paxlst.Read(strings.NewReader(got.Text))
	if err != nil || len(messages) != 1 || len(messages[0].People) != 4 || len(got.Warnings) != 3 || messages[0].Calls[0].Place != "VIE" {
		d.Fatalf("%v %+v", err, got)
	}
	var names []string
	for i, p := range messages[0].People {
		names = append(names, p.Surname+"/"+p.Given)
		if p.Reference != list.Passengers[i].Number {
			d.Errorf("%d: %+v", i, p)
		}
	}
	slices.Sort(names)
	if strings.Join(names, " ") != "KOVACH/OLENA KOVACS/ANNA KOVACS/JANOS SZABO/JANOS" {
		d.Error(names)
	}
	for _, refusal := range []struct {
		role, country string
		fault         blueprint.Fault
	}{{"movement_officer", "USA", blueprint.Invalid}, {"escort", "CAN", blueprint.Denied}} {
		in.Country = refusal.country
		if _, err := d.See(d.Context(), apptest.Actor(refusal.role), "movement.paxlst", in, app.Options{}); blueprint.FaultOf(err) != refusal.fault {
			d.Errorf("%s: %v", refusal.role, err)
		}
	}
}

func (d *desk) tagged(services []string, f people.Registered) {
	d.Helper()
	tags := see[movement.Tags](d, "escort", "movement.tags", &movement.TagsInput{Service: services[0], Pieces: 2}).Tags
	if len(tags) != 6 || tags[1].Code != tags[0].Number+"/2" || len(tags[0].Legs) != 2 || tags[0].To != "Ottawa" {
		d.Fatalf("two for each but the infant: %+v", tags)
	}
	if slices.ContainsFunc(tags, func(t movement.Tag) bool { return t.Number == string(f.Numbers[2]) }) {
		d.Error("an infant has luggage")
	}
	if later := see[movement.Tags](d, "escort", "movement.tags", &movement.TagsInput{Service: services[1]}).Tags; len(later) != 3 || len(later[0].Legs) != 1 {
		d.Errorf("%+v", later)
	}
}

// awaited holds that a town sees who comes, another country nobody, and that a
// sensitive file keeps its name.
func (d *desk) awaited(f people.Registered) {
	d.Helper()
	in := &movement.ArrivalsInput{Country: "CAN", Town: "ottawa", From: "1957-01-05", CSV: true}
	d.do("receiving_state", "movement.open_arrivals", &movement.OpenArrivalsInput{Country: "Canada", Reason: "rooms"})
	d.refused(blueprint.Denied, "receiving_state", "movement.open_arrivals", &movement.OpenArrivalsInput{Country: "USA", Reason: "rooms"})
	d.do("protection_officer", "people.correct", &people.CorrectInput{Record: f.Records[0], Sensitive: new(true), Reason: "witness"})
	list := see[movement.Arrivals](d, "receiving_state", "movement.arrivals", in)
	if len(list.Parties) != 1 || list.People != 4 || list.Totals[movement.NeedInfant] != 1 || list.Parties[0].Town != "Ottawa" || !strings.Contains(list.CSV, "Олена") {
		d.Fatalf("%+v", list)
	}
	if strings.Contains(list.CSV, "János") {
		d.Error("the name in a sensitive file was told")
	}
	in.Town = "Halifax"
	if list := see[movement.Arrivals](d, "receiving_state", "movement.arrivals", in); len(list.Parties) != 0 {
		d.Errorf("%+v", list)
	}
	in.Country = "USA"
	if _, err := d.See(d.Context(), apptest.Actor("receiving_state"), "movement.arrivals", in, app.Options{}); blueprint.FaultOf(err) != blueprint.Denied {
		d.Errorf("another country's arrivals: %v", err)
	}
}

// TestNothingGoesToTheCountryOfOrigin books people over their own country.
func TestNothingGoesToTheCountryOfOrigin(t *testing.T) {
	d := open(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	d.family("Kovacs", 1)
	all := d.accepted()
	s := d.schedule(line("train", "Traiskirchen/AUT", "Gyor/HUN", "01-05T07:00", "01-05T09:00", 20, 1), line("flight", "Gyor/HUN", "Ottawa/CAN", "01-06T07:00", "01-06T20:00", 20, 1))
	d.do("movement_officer", "movement.book", &movement.BookInput{Case: all[0], Services: s})
	d.do("movement_officer", "movement.open_papers", &movement.OpenPapersInput{Service: s[0], Reason: "report"})
	in := &movement.PAXLSTInput{Service: s[0], Country: "HUN", Sender: "CAIRN", Recipient: "HUAPIS", From: "VIE", To: "QGY"}
	if _, err := d.See(d.Context(), apptest.Actor("movement_officer"), "movement.paxlst", in, app.Options{}); blueprint.FaultOf(err) != blueprint.Denied {
		t.Fatal(err)
	}
	in.Country = "AUT"
	if got := see[movement.PAXLST](d, "movement_officer", "movement.paxlst", in); got.People != 1 {
		t.Fatalf("%+v", got)
	}
}
