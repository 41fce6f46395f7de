package resettlement

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/domain/cases"
	"cairn/engine/place"
	"cairn/fold"
	"cairn/ledger"
	"cairn/value"
)

func facts(values ...blueprint.Fact) []fold.Fact {
	var out []fold.Fact
	for i, v := range values {
		out = append(out, fold.Fact{Office: "bud", Time: ledger.Time(1000 + i), Kind: v.Kind(), Value: v})
	}
	return out
}

func TestPlacementFolds(t *testing.T) {
	share := Share{Sizes: map[string]int64{People: 3, School: 1, Large: 0}, Quotas: []string{"quota:CAN:1957"}}
	put := &PlacementProposed{Plan: "p", Place: "a", Country: "CAN", Score: 0.9, Share: share}
	moved := &PlacementChanged{From: "a", To: "b", Country: "CHE", Reason: "sister", Share: Share{Sizes: map[string]int64{People: 3}}}
	offer := &OfferMade{Place: "a", Country: "CAN"}
	state := func(yes bool) *StateAnswered { return &StateAnswered{Accepted: yes} }
	home := func(yes bool) *HouseholdAnswered { return &HouseholdAnswered{Accepted: yes, Language: "hu"} }
	closed := func(outcome string) *cases.Closed { return &cases.Closed{Outcome: outcome} }
	tests := []struct {
		name     string
		given    []blueprint.Fact
		status   string
		place    string
		claims   int
		declined int
	}{
		{"proposed", []blueprint.Fact{put}, Proposed, "a", 3, 0},
		{"changed", []blueprint.Fact{put, moved}, Changed, "b", 1, 0},
		{"refused gives room back", []blueprint.Fact{put, &PlacementRefused{Reason: "x"}}, Refused, "a", 0, 1},
		{"offered", []blueprint.Fact{put, offer}, Offered, "a", 3, 0},
		{"the state first", []blueprint.Fact{put, offer, state(true)}, StateAccepted, "a", 3, 0},
		{"the household first", []blueprint.Fact{put, offer, home(true)}, HouseholdAccepted, "a", 3, 0},
		{"both", []blueprint.Fact{put, offer, home(true), state(true)}, Accepted, "a", 3, 0},
		{"the state declines", []blueprint.Fact{put, offer, home(true), state(false)}, StateDeclined, "a", 0, 1},
		{"the household declines", []blueprint.Fact{put, offer, state(true), home(false)}, Declined, "a", 0, 1},
		{"an answer after a refusal changes nothing", []blueprint.Fact{put, &PlacementRefused{}, state(true), home(true)}, Refused, "a", 0, 1},
		{"proposed again", []blueprint.Fact{put, offer, home(false), moved}, Changed, "b", 1, 1},
		{"closed gives room back", []blueprint.Fact{put, offer, state(true), home(true), closed(cases.OutcomeWithdrawn)}, Closed, "a", 0, 0},
		{"settled keeps it", []blueprint.Fact{put, offer, state(true), home(true), closed(cases.OutcomeSettled)}, Accepted, "a", 3, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := placementProjection.Fold("c", facts(tt.given...))
			if err := placementProjection.Check("c", out); err != nil {
				t.Fatal(err)
			}
			if len(out.Claims) != tt.claims || len(out.Rows) != 1+tt.declined {
				t.Fatalf("%+v", out)
			}
			if v := out.Rows[0].Values; v[1] != tt.place || v[3] != tt.status || (v[8] == int64(1)) != (tt.claims > 0) {
				t.Fatalf("%v", v)
			}
		})
	}
	if out := placementProjection.Fold("c", facts(closed(cases.OutcomeOther))); len(out.Rows) != 0 {
		t.Fatal("a case without a placement has a row")
	}
}

func TestPlaceFolds(t *testing.T) {
	opened := &PlaceOpened{Country: "CAN", Locality: "X", Capacity: map[string]int64{People: 40, School: 5}, Import: "d", Row: 3}
	out := placeProjection.Fold("p", facts(opened, &CapacityChanged{Capacity: map[string]int64{People: 50}}, &PlaceWithdrawn{}))
	limits := map[string]int64{}
	for _, l := range out.Limits {
		limits[l.Name] = l.Amount
	}
	if limits["place:p:people"] != 50 || limits["place:p:school"] != 5 || limits["place:p:medical"] != 50 || out.Rows[0].Values[9] != int64(0) || len(out.Claims) != 1 {
		t.Fatalf("%+v", out)
	}
}

func TestBounds(t *testing.T) {
	for period, want := range map[string]string{"1957": "1957-01-01 1957-12-31", "1956-02": "1956-02-01 1956-02-29", "1957-Q4": "1957-10-01 1957-12-31",
		"1957-02-01/1957-05-31": "1957-02-01 1957-05-31", "57": "", "1957-13": "", "1957-Q5": "", "1957-2": "", "1957-05-31/1957-02-01": "", "": ""} {
		from, to, err := bounds(period)
		if (err != nil) != (want == "") || err == nil && from+" "+to != want {
			t.Errorf("%q: %s %s %v", period, from, to, err)
		}
	}
}

func TestDecisions(t *testing.T) {
	for _, s := range []string{"", Proposed, Changed, Offered, StateAccepted, HouseholdAccepted, Accepted, Refused, StateDeclined, Declined, Closed} {
		if got, want := checkOffer("c", s) == nil, s == Proposed || s == Changed; got != want {
			t.Errorf("offering what is %q: %v", s, got)
		}
		if got, want := checkAnswer("c", s, StateAccepted, true, "") == nil, s == Offered || s == HouseholdAccepted; got != want {
			t.Errorf("the state's answer to what is %q: %v", s, got)
		}
		if got, want := checkChange(s, cases.StageAssessed, "a", "b", "x") == nil, !stands(s) || s == Proposed || s == Changed; got != want {
			t.Errorf("changing what is %q: %v", s, got)
		}
		if got := checkRefuse(s, cases.StageOffered, "x") == nil; got != stands(s) {
			t.Errorf("refusing what is %q: %v", s, got)
		}
		if checkRefuse(s, cases.StageBooked, "x") == nil || checkChange(s, cases.StageTravelling, "a", "b", "x") == nil {
			t.Errorf("a journey under way lost its place: %q", s)
		}
	}
	if checkAnswer("c", Offered, StateAccepted, false, " ") == nil || checkChange(Proposed, cases.StageProposed, "a", "a", "x") == nil {
		t.Error("a decline without reason, or the same place again, was accepted")
	}
}

var day = value.Date{Year: 1957, Month: 1, Day: 15}

func TestSizes(t *testing.T) {
	h := household{members: []person{{birth: "1920"}, {birth: "1950-01-16"}, {birth: "1951-01-16"}, {birth: "1942-01-15"}, {birth: "1942-06"}, {},
		{birth: "1956-12-01", needs: []string{"heart", "unaccompanied"}}, {needs: []string{"unaccompanied"}}}}
	got := h.sizes(day)
	if got[People] != 8 || got[School] != 2 || got[Medical] != 1 || got[Large] != 1 {
		t.Fatalf("%v", got)
	}
}

func TestAgreedTo(t *testing.T) {
	if agreedTo(nil) != nil || agreedTo(map[string][]string{"a": nil}) != nil {
		t.Error("silence closes countries")
	}
	if got := agreedTo(map[string][]string{"a": {"USA", "CAN"}, "b": {"CAN"}, "c": nil}); !slices.Equal(got, []string{"CAN"}) {
		t.Errorf("%v", got)
	}
	if got := agreedTo(map[string][]string{"a": {"USA"}, "b": {"CAN"}}); got == nil || len(got) != 0 {
		t.Errorf("who disagrees is sent anywhere: %v", got)
	}
}

func drawn(t *rapid.T) ([]household, []reception, []quota) {
	countries := []string{"CAN", "CHE", "USA"}
	one := rapid.SampledFrom(countries)
	var waiting []household
	for i := range rapid.IntRange(1, 12).Draw(t, "cases") {
		h := household{id: fmt.Sprintf("c%02d", i), origin: "HUN", wishes: rapid.SliceOfN(one, 0, 2).Draw(t, "wishes"), unsafe: map[string]bool{}, declined: map[string]bool{}}
		for range rapid.IntRange(1, 8).Draw(t, "people") {
			h.members = append(h.members, person{birth: rapid.SampledFrom([]string{"1920-01-01", "1948-01-01", ""}).Draw(t, "birth"),
				needs: rapid.SampledFrom([][]string{nil, nil, {"tuberculosis"}, {"unaccompanied"}}).Draw(t, "needs"), languages: []string{"hu"}})
		}
		if rapid.Bool().Draw(t, "at risk") {
			h.unsafe[one.Draw(t, "risk")] = true
		}
		if rapid.Bool().Draw(t, "agreed") {
			h.agreed = rapid.SliceOfN(one, 0, 2).Draw(t, "agreed to")
		}
		waiting = append(waiting, h)
	}
	var places []reception
	for i := range rapid.IntRange(1, 5).Draw(t, "places") {
		places = append(places, reception{ID: fmt.Sprintf("p%d", i), Country: one.Draw(t, "country"), Locality: "L", Languages: []string{"en"},
			Conditions: rapid.SliceOfN(rapid.SampledFrom([]string{NoTuberculosis, UnaccompaniedAccepted, "farmers preferred"}), 0, 2).Draw(t, "conditions"),
			Capacity:   map[string]int64{People: rapid.Int64Range(1, 20).Draw(t, "room"), School: rapid.Int64Range(0, 5).Draw(t, "school")},
			Used:       map[string]int64{People: rapid.Int64Range(0, 2).Draw(t, "used")}})
	}
	return waiting, places, []quota{{country: "CAN", period: "1957", from: "1957-01-01", to: "1957-12-31", people: rapid.Int64Range(0, 15).Draw(t, "quota")}}
}

// TestPlansKeepToTheRecord holds that no plan sends anybody to a country that is
// unsafe or not agreed to, past a condition, past a quota, or past the room left.
func TestPlansKeepToTheRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		waiting, places, quotas := drawn(t)
		problem := build(waiting, places, quotas, terms{today: day})
		result, err := place.Solve(t.Context(), problem, place.Options{Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		used, canada := map[string]int64{}, int64(0)
		for i, a := range result.Assignments {
			if a.Place == "" {
				continue
			}
			h := &waiting[i]
			r := &places[slices.IndexFunc(places, func(r reception) bool { return r.ID == string(a.Place) })]
			used[r.ID] += int64(len(h.members))
			if r.Country == "CAN" {
				canada += int64(len(h.members))
			}
			switch {
			case h.unsafe[r.Country]:
				t.Fatalf("%s was sent into a risk", h.id)
			case h.agreed != nil && !slices.Contains(h.agreed, r.Country):
				t.Fatalf("%s did not agree to %s", h.id, r.Country)
			case h.has(needTuberculosis) && slices.Contains(r.Conditions, NoTuberculosis):
				t.Fatalf("%s is at a place that takes nobody with tuberculosis", h.id)
			case h.has(needUnaccompanied) && !slices.Contains(r.Conditions, UnaccompaniedAccepted):
				t.Fatalf("%s is at a place for no child alone", h.id)
			}
		}
		for i := range places {
			if r := &places[i]; used[r.ID] > 0 && used[r.ID]+r.Used[People] > r.Capacity[People] {
				t.Fatalf("%s is overfull", r.ID)
			}
			if places[i].Country == "CAN" {
				canada += places[i].Used[People]
			}
		}
		if len(result.Assignments) > 0 && canada > max(quotas[0].people, 2*int64(len(places))) {
			t.Fatalf("%d people in Canada pass the quota of %d", canada, quotas[0].people)
		}
	})
}

// TestProofFindsLies holds that a plan that was changed, a bound that was lowered or
// raised, and an entry that says more than its result are each found.
func TestProofFindsLies(t *testing.T) {
	waiting := []household{{id: "c1", members: make([]person, 3), wishes: []string{"CAN"}}, {id: "c2", members: make([]person, 2), wishes: []string{"CAN"}}, {id: "c3", members: make([]person, 4)}}
	places := []reception{{ID: "a", Country: "CAN", Locality: "A", Capacity: map[string]int64{People: 5}}, {ID: "b", Country: "CHE", Locality: "B", Capacity: map[string]int64{People: 3}}}
	problem := build(waiting, places, nil, terms{today: day})
	solve := func() (PlanProposed, place.Result) {
		r, err := place.Solve(t.Context(), problem, place.Options{Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		p := PlanProposed{Value: r.Value, Bound: r.Bound, Gap: r.Gap}
		for i, a := range r.Assignments {
			if a.Place == "" {
				p.Unplaced++
			} else {
				p.Placed++
				p.People += problem.Cases[i].Size[0]
			}
		}
		return p, r
	}
	if p, r := solve(); proof(&p, problem, r, place.Verify) != nil || p.Placed == 0 || p.Unplaced == 0 {
		t.Fatalf("an honest plan does not hold: %v %+v", proof(&p, problem, r, place.Verify), p)
	}
	lies := map[string]func(*PlanProposed, *place.Result){
		"a mutated plan": func(_ *PlanProposed, r *place.Result) {
			r.Assignments[0].Place, r.Assignments[2].Place = "a", "a"
		},
		"an inflated bound": func(p *PlanProposed, r *place.Result) {
			r.Bound *= 1.5
			r.Gap = (r.Bound - r.Value) / r.Bound
			p.Bound, p.Gap = r.Bound, r.Gap
		},
		"a bound that flatters": func(p *PlanProposed, r *place.Result) {
			r.Bound, r.Gap, r.Proof = r.Value, 0, nil
			r.Prices.Places[0][0] = 0
			p.Bound, p.Gap = r.Bound, 0
		},
		"an entry that says another value": func(p *PlanProposed, _ *place.Result) { p.Value++ },
		"an entry that says another gap":   func(p *PlanProposed, _ *place.Result) { p.Gap = 0.5 },
		"an entry that counts more people": func(p *PlanProposed, _ *place.Result) { p.People++ },
	}
	for name, lie := range lies {
		t.Run(name, func(t *testing.T) {
			p, r := solve()
			lie(&p, &r)
			if proof(&p, problem, r, place.Verify) == nil {
				t.Fatal("it was not found")
			}
		})
	}
}

func TestConditionsAreRead(t *testing.T) {
	for text, want := range map[string]string{"Sans tuberculose": NoTuberculosis, "no_tuberculosis": NoTuberculosis, "UNACCOMPANIED MINORS ACCEPTED": UnaccompaniedAccepted, "farmers preferred": ""} {
		if got, known := condition(text); known != (want != "") || known && got != want {
			t.Errorf("%q: %q %v", text, got, known)
		}
	}
	if code, ok := country("Schweiz"); !ok || code != "CHE" {
		t.Errorf("Schweiz: %q", code)
	}
	if _, ok := country("XXA"); ok {
		t.Error("a country that no state is was taken for a place to go")
	}
}

func FuzzImportedPlaces(f *testing.F) {
	f.Add("Country,Locality,People,From\nCAN,Sopron,40,1957-02-01\nXX,,x,1\n")
	f.Add("Pays;Localité;Places\nSuisse;Genève;12\n")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := (&ImportInput{}).offers(lists.File{Name: "f.csv", Body: []byte(text)})
		if err != nil {
			return
		}
		opened := l.convert()
		report := l.imported
		if report.Report = l.Report; len(opened) != report.Places || report.Places+report.LeftOut != report.Rows {
			t.Fatalf("%d places, %+v", len(opened), report)
		}
		for _, p := range opened {
			if len(p.Country) != 3 || strings.TrimSpace(p.Locality) == "" || p.Capacity[People] < 0 || checkDays(p.From, p.To) != nil {
				t.Fatalf("%+v", p)
			}
		}
	})
}
