package app_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/domain"
	"cairn/store"
	"cairn/store/storetest"
)

func b64(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func (r *road) placePeople() {
	for _, house := range []string{"kovacs", "nagy", "toth", "szabo", "third"} {
		r.name("case-"+house, r.act("caseworker", "cases.open", `{"households":["<`+house+`>"],"wishes":["CAN"]}`), "out.opened.0")
	}
	r.act("caseworker", "cases.reach_stage", `{"cases":["<case-kovacs>"],"stage":"assessed"}`)
	const officer = "placement_officer"
	out := r.act(officer, "resettlement.open_places", `{"places":[
		{"name":"west","country":"CAN","locality":"Ottawa","capacity":{"people":8},"languages":["en"]},
		{"name":"east","country":"CAN","locality":"Ottawa","capacity":{"people":8},"languages":["en"]},
		{"name":"gone","country":"CAN","locality":"Halifax","capacity":{"people":2}}]}`)
	for i, name := range []string{"west", "east", "gone"} {
		r.name(name, out, fmt.Sprint("out.places.", i))
	}
	r.act(officer, "resettlement.import_places", fmt.Sprintf(`{"name":"places.csv","content":%q}`, b64("Land,Ort,Plätze\nSchweiz,Bern,4\n")))
	r.act(officer, "resettlement.set_quota", `{"country":"CAN","period":"1957","people":30}`)
	r.act(officer, "resettlement.change_capacity", `{"place":"<west>","capacity":{"people":9},"reason":"a house more"}`)
	r.act(officer, "resettlement.withdraw_place", `{"place":"<gone>","reason":"burnt down"}`)
	r.name("plan", r.act(officer, "resettlement.propose", `{"seed":1}`), "out.plan")
	r.act(officer, "resettlement.study_plan", `{"plan":"<plan>"}`)
	r.said["other"] = r.said["east"]
	if r.placeOf("nagy") == r.said["east"] {
		r.said["other"] = r.said["west"]
	}
	r.act(officer, "resettlement.change", `{"case":"<case-nagy>","place":"<other>","reason":"near her brother"}`)
	if status := r.status("third"); status != "" {
		r.act(officer, "resettlement.refuse", `{"case":"<case-third>","reason":"not fit to decide"}`)
	}
	r.act(officer, "resettlement.accept", `{"cases":["<case-nagy>"]}`)
	r.act(officer, "resettlement.accept_plan", `{"plan":"<plan>"}`)
	answers := `{"answers":[{"case":"<case-kovacs>","accepted":true,"language":"hu"},{"case":"<case-nagy>","accepted":true,"language":"hu"},{"case":"<case-toth>","accepted":true,"language":"hu"}]}`
	r.act("receiving_state", "resettlement.answer_for_state", answers)
	r.act("caseworker", "resettlement.answer_for_household", answers)
}

// column reads one text from a table.
func (r *road) column(query string, args ...any) (text string) {
	r.Helper()
	err := r.Store().Read(r.Context(), func(reader *store.Reader) error {
		return reader.QueryRow(r.Context(), query, args...).Scan(&text)
	})
	if err != nil {
		r.Fatalf("%s: %v", query, err)
	}
	return text
}

func (r *road) placeOf(house string) string {
	return r.column("SELECT COALESCE(MAX(place), '') FROM resettlement_placement WHERE case_id = $1", r.said["case-"+house])
}

func (r *road) status(house string) string {
	return r.column("SELECT COALESCE(MAX(status), '') FROM resettlement_placement WHERE case_id = $1", r.said["case-"+house])
}

func (r *road) movePeople() {
	const officer = "movement_officer"
	service := func(mode, from, to, depart, arrive string, seats int) string {
		name, country, _ := strings.Cut(from, "/")
		end, there, _ := strings.Cut(to, "/")
		return fmt.Sprintf(`{"mode":%q,"from":%q,"from_country":%q,"to":%q,"to_country":%q,"depart":"1957-%s:00Z","arrive":"1957-%s:00Z","seats":{"seat":%d},"cost":1000}`,
			mode, name, country, end, there, depart, arrive, seats)
	}
	out := r.act(officer, "movement.schedule_services", `{"services":[`+strings.Join([]string{
		service("bus", "Traiskirchen/AUT", "Wien/AUT", "01-05T07:00", "01-05T08:00", 12),
		service("flight", "Wien/AUT", "Ottawa/CAN", "01-06T08:00", "01-07T08:00", 12),
		service("flight", "Wien/AUT", "Ottawa/CAN", "01-09T08:00", "01-10T08:00", 12)}, ",")+`]}`)
	for i, name := range []string{"bus", "early", "late"} {
		r.name(name, out, fmt.Sprint("out.services.", i))
	}
	r.act(officer, "movement.import_services", fmt.Sprintf(`{"name":"trains.csv","content":%q}`,
		b64("Number,Mode,From,From country,To,To country,Departure,Departure zone,Arrival,Arrival zone,Seats,Cost\nT1,train,Wien,AT,Genova,IT,1957-02-05T12:00,Europe/Vienna,1957-02-06T08:00,Europe/Rome,40,5\n")))
	r.name("first", r.act(officer, "movement.book", `{"case":"<case-nagy>","services":["<bus>","<early>"]}`), "out.journeys.0")
	r.act(officer, "movement.cancel_journey", `{"journeys":["<first>"],"reason":"they want to wait"}`)
	r.act("medical_officer", "rights.assess_fitness", `{"records":["<kovacs1>"],"fit":"escort_required","escort":"Dr Weiss"}`)
	r.act(officer, "movement.propose", `{"seed":1,"cases":["<case-kovacs>","<case-toth>"],"due":"1957-01-08"}`)
	r.name("nagys", r.act(officer, "movement.book", `{"case":"<case-nagy>","services":["<bus>","<late>"]}`), "out.journeys.0")
	r.act("protection_officer", "rights.place_hold", `{"records":["<toth0>"],"category":"legal","reason":"court"}`)
	r.act(officer, "movement.open_papers", `{"service":"<bus>","reason":"for the driver"}`)
	r.act("escort", "movement.board", `{"service":"<bus>","all":true}`)
	r.act("escort", "movement.depart", `{"service":"<bus>","no_show_reason":"held back"}`)
	r.now = time.Date(1957, 1, 5, 12, 0, 0, 0, time.UTC)
	r.act("escort", "movement.arrive", `{"service":"<bus>"}`)
	r.name("toths", map[string]any{"j": r.column("SELECT journey FROM movement_journey WHERE case_id = $1", r.said["case-toth"])}, "j")
	r.act("escort", "movement.follow_up", `{"journey":"<toths>","records":["<toth0>"],"reason":"in hospital","next":"visit"}`)
	r.act(officer, "movement.cancel_service", `{"service":"<early>","reason":"engine"}`)
	r.name("kovacses", map[string]any{"j": r.column("SELECT journey FROM movement_journey WHERE case_id = $1", r.said["case-kovacs"])}, "j")
	r.act(officer, "movement.rebook", `{"journeys":["<kovacses>"]}`)
	r.act("escort", "movement.record_missed", `{"service":"<late>","records":["<nagy0>","<nagy1>"],"reason":"snow"}`)
	r.act("escort", "movement.board", `{"service":"<late>","all":true}`)
	r.act("escort", "movement.depart", `{"service":"<late>"}`)
	r.now = time.Date(1957, 1, 11, 12, 0, 0, 0, time.UTC)
	r.act("escort", "movement.confirm", `{"service":"<late>","submission":"from the crew's phone","notes":[{"record":"<kovacs0>","did":"arrived"}]}`)
	r.act("escort", "movement.arrive", `{"service":"<late>"}`)
	r.now = time.Date(1957, 6, 1, 12, 0, 0, 0, time.UTC)
	r.act("caseworker", "resettlement.observe_outcomes", `{"outcome":"work","days":90,"observed":[{"case":"<case-nagy>","came":true}]}`)
}

func (r *road) end() {
	r.act("caseworker", "cases.close", `{"cases":["<case-szabo>"],"outcome":"withdrawn","reason":"stays"}`)
	r.act("protection_officer", "offices.erase_subject", `{"subject":"<erased0>","reason":"ordered"}`)
}

// TestRoadUsesEveryKind holds that what the tests of the whole record walk over leaves
// nothing out: every kind of entry stands in the ledger.
func TestRoadUsesEveryKind(t *testing.T) {
	r := openRoad(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	r.walk()
	seen := map[string]int{}
	for _, f := range r.factsOf("") {
		seen[f.Kind]++
	}
	var missing []string
	for _, d := range domain.All() {
		for _, k := range d.Kinds {
			if seen[k.Name] == 0 {
				missing = append(missing, k.Name)
			}
		}
	}
	// A program that decides by its own policies has none to adopt, and a few households
	// teach no model.
	missing = slices.DeleteFunc(missing, func(kind string) bool {
		return kind == "offices.policy_adopted" || kind == "resettlement.outcomes_fitted"
	})
	if len(missing) > 0 {
		t.Errorf("nothing appends %s", strings.Join(missing, ", "))
	}
	if report := verify(t, r.Office); len(report.Faults) > 0 || report.Proofs < 2 {
		t.Errorf("%+v", report)
	}
}

// TestRebuildOfTheWholeRoad holds that tables built from scratch are those built step
// by step, for every domain, on each database.
func TestRebuildOfTheWholeRoad(t *testing.T) {
	storetest.Run(t, func(t *testing.T, config store.Config) {
		r := openRoad(t, config)
		r.walk()
		before, err := r.Dump(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		after, err := r.Dump(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		empty := 0
		for _, table := range r.Tables() {
			if len(before[table.Name]) == 0 {
				empty++
				t.Logf("%s has no row", table.Name)
			}
			if got, want := strings.Join(after[table.Name], "\n"), strings.Join(before[table.Name], "\n"); got != want {
				t.Errorf("%s: built again\n%s\nstep by step\n%s", table.Name, got, want)
			}
		}
		if empty > 2 {
			t.Errorf("%d tables are empty: the road does not reach them", empty)
		}
		for _, table := range []string{"claims", "claim_limits"} {
			if strings.Join(after[table], "\n") != strings.Join(before[table], "\n") || len(after[table]) == 0 {
				t.Errorf("%s differs after a rebuild", table)
			}
		}
		if report := verify(t, r.Office); len(report.Faults) > 0 {
			t.Errorf("%+v", report)
		}
	})
}
