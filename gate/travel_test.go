package gate

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func load(t testing.TB) *Gate {
	t.Helper()
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// cleared is a trip of an adult against which nothing stands.
func cleared() Trip {
	return Trip{
		Record: "r-1", Person: "p-1", Stage: StageProposal, Origin: "AUT", Destination: "CAN",
		Transit: []string{"DEU", "GBR"}, Pathway: "resettlement", Voluntary: true,
		Facts: Facts{
			Adult: "yes", Capacity: "yes", Consents: []string{"CAN"}, RepresentativeConsents: []string{},
			ConsentLanguage: "hu", OpenFindings: []string{}, CountryOfOrigin: []string{"HUN"},
			Holds: []string{}, MedicalHolds: []string{}, Family: "together", Appeal: "none", Fit: "fit",
			Versions: []string{"v-1"},
		},
	}
}

var stages = []string{StageProposal, StageBooking, StageBoarding, StageDeparture}

const (
	always    = "proposal booking boarding departure"
	committed = "booking boarding departure"
	onBoard   = "boarding departure"
	never     = ""
)

var scenarios = []struct {
	name   string
	change func(*Trip)
	rule   string
	closed string // stages at which the rule, and no other, refuses
}{
	{"nothing stands against it", func(*Trip) {}, "", never},
	{"no version read", func(t *Trip) { t.Facts.Versions = nil }, "facts-missing", always},
	{"findings not looked up", func(t *Trip) { t.Facts.OpenFindings = nil }, "facts-missing", always},
	{"holds not looked up", func(t *Trip) { t.Facts.Holds = nil }, "facts-missing", always},
	{"medical holds not looked up", func(t *Trip) { t.Facts.MedicalHolds = nil }, "facts-missing", always},
	{"finding at the destination", func(t *Trip) { t.Facts.OpenFindings = []string{"CAN"} }, "risk-at-destination", always},
	{"finding in transit", func(t *Trip) { t.Facts.OpenFindings = []string{"USA", "GBR"} }, "risk-in-transit", always},
	{"finding elsewhere", func(t *Trip) { t.Facts.OpenFindings = []string{"USA"} }, "", never},
	{"finding in a state that is no more", func(t *Trip) {
		t.Facts.OpenFindings, t.Destination, t.Facts.Consents = []string{"YUG"}, "HRV", []string{"HRV"}
	}, "risk-at-destination", always},
	{"route unknown", func(t *Trip) { t.Transit = nil }, "route-unknown", committed},
	{"direct route", func(t *Trip) { t.Transit = []string{} }, "", never},
	{"forced to the country of origin", func(t *Trip) {
		t.Voluntary, t.Destination, t.Facts.Consents = false, "HUN", []string{"HUN"}
	}, "no-forced-return", always},
	{"forced to a successor of it", func(t *Trip) {
		t.Voluntary, t.Destination, t.Facts.Consents, t.Facts.CountryOfOrigin = false, "SVK", []string{"SVK"}, []string{"CSK"}
	}, "no-forced-return", always},
	{"forced, origin unknown", func(t *Trip) { t.Voluntary, t.Facts.CountryOfOrigin = false, nil }, "no-forced-return", always},
	{"forced, stateless", func(t *Trip) { t.Voluntary, t.Facts.CountryOfOrigin = false, []string{"XXA"} }, "no-forced-return", always},
	{"forced elsewhere with consent", func(t *Trip) { t.Voluntary = false }, "", never},
	{"chosen return", func(t *Trip) { t.Destination, t.Facts.Consents = "HUN", []string{"HUN"} }, "", never},
	{"hold", func(t *Trip) { t.Facts.Holds = []string{"h-1"} }, "hold-in-force", always},
	{"medical hold", func(t *Trip) { t.Facts.MedicalHolds = []string{"m-1"} }, "medical-hold-in-force", committed},
	{"no consent", func(t *Trip) { t.Facts.Consents = nil }, "no-consent", committed},
	{"consent to another country", func(t *Trip) { t.Facts.Consents = []string{"USA"} }, "no-consent", committed},
	{"a representative cannot consent for who decides", func(t *Trip) {
		t.Facts.Consents, t.Facts.RepresentativeConsents = nil, []string{"CAN"}
	}, "no-consent", committed},
	{"no capacity, no representative", func(t *Trip) { t.Facts.Capacity = "no" }, "no-representative-consent", committed},
	{"no capacity, representative agrees", func(t *Trip) {
		t.Facts.Capacity, t.Facts.RepresentativeConsents = "no", []string{"CAN"}
	}, "", never},
	{"capacity not known, representative agrees", func(t *Trip) {
		t.Facts.Capacity, t.Facts.RepresentativeConsents = "", []string{"CAN"}
	}, "no-representative-consent", committed},
	{"language not recorded", func(t *Trip) { t.Facts.ConsentLanguage = "" }, "consent-not-informed", committed},
	{"child alone", func(t *Trip) { t.Facts.Adult = "no" }, "child-unprotected", committed},
	{"child's consent is not asked", func(t *Trip) {
		t.Facts.Adult, t.Facts.Consents, t.Facts.ConsentLanguage, t.Facts.WithParent = "no", nil, "", true
	}, "", never},
	{"child with guardian", func(t *Trip) { t.Facts.Adult, t.Facts.GuardianPresent = "no", true }, "", never},
	{"child after a decision", func(t *Trip) { t.Facts.Adult, t.Facts.BestInterests = "no", true }, "", never},
	{"unknown age is protected as a child", func(t *Trip) { t.Facts.Adult = "unknown" }, "child-unprotected", committed},
	{"unknown age is asked as an adult", func(t *Trip) {
		t.Facts.Adult, t.Facts.GuardianPresent, t.Facts.Consents = "unknown", true, nil
	}, "no-consent", committed},
	{"unknown age, both", func(t *Trip) { t.Facts.Adult, t.Facts.GuardianPresent = "unknown", true }, "", never},
	{"family split", func(t *Trip) { t.Facts.Family = "split" }, "family-split", committed},
	{"family not known", func(t *Trip) { t.Facts.Family = "" }, "family-split", committed},
	{"family split by consent", func(t *Trip) { t.Facts.Family = "split_with_consent" }, "", never},
	{"appeal pending", func(t *Trip) { t.Facts.Appeal = "pending" }, "appeal-pending", committed},
	{"appeal not known", func(t *Trip) { t.Facts.Appeal = "" }, "appeal-pending", committed},
	{"appeal waived", func(t *Trip) { t.Facts.Appeal = "waived" }, "", never},
	{"unfit", func(t *Trip) { t.Facts.Fit = "unfit" }, "unfit", committed},
	{"unfit with an escort", func(t *Trip) { t.Facts.Fit, t.Facts.EscortProvided = "unfit", true }, "unfit", committed},
	{"escort missing", func(t *Trip) { t.Facts.Fit = "escort_required" }, "escort-missing", committed},
	{"escorted", func(t *Trip) { t.Facts.Fit, t.Facts.EscortProvided = "escort_required", true }, "", never},
	{"fitness unknown", func(t *Trip) { t.Facts.Fit = "unknown" }, "fitness-unknown", onBoard},
	{"fitness in another word", func(t *Trip) { t.Facts.Fit = "FIT" }, "fitness-unknown", onBoard},
}

func TestSafeguards(t *testing.T) {
	g := load(t)
	closedBy := map[string]bool{}
	for _, s := range scenarios {
		closedBy[s.rule] = true
		for _, stage := range stages {
			trip := cleared()
			s.change(&trip)
			trip.Stage = stage
			d := g.MayTravel(trip)
			want := []string{"free-to-travel"}
			if slices.Contains(strings.Fields(s.closed), stage) {
				want = []string{s.rule}
			}
			if d.Error != "" || d.Allow != (want[0] == "free-to-travel") || !slices.Equal(d.Reasons, want) {
				t.Errorf("%s, at %s: %+v, want %v", s.name, stage, d, want)
			}
			if err := g.CheckTravel(trip, d); err != nil {
				t.Errorf("%s, at %s: %v", s.name, stage, err)
			}
		}
	}
	for _, r := range g.Rules() {
		if r.Kind == KindSafeguard && r.Forbids && !closedBy[r.ID] {
			t.Errorf("no scenario closes the gate by %s", r.ID)
		}
	}
}

func TestUnreadableTripsAreDenied(t *testing.T) {
	g := load(t)
	for name, change := range map[string]func(*Trip){
		"unknown stage":       func(t *Trip) { t.Stage = "override" },
		"parent stage":        func(t *Trip) { t.Stage = "travel" },
		"no record":           func(t *Trip) { t.Record = "" },
		"no destination":      func(t *Trip) { t.Destination = "" },
		"alpha-2":             func(t *Trip) { t.Destination = "CA" },
		"lower case":          func(t *Trip) { t.Transit = []string{"gbr"} },
		"historic":            func(t *Trip) { t.Destination = "YUG" },
		"finding misspelt":    func(t *Trip) { t.Facts.OpenFindings = []string{"Canada"} },
		"finding nowhere":     func(t *Trip) { t.Facts.OpenFindings = []string{"XXX"} },
		"origin misspelt":     func(t *Trip) { t.Facts.CountryOfOrigin = []string{"hun"} },
		"withdrawn code used": func(t *Trip) { t.Facts.OpenFindings = []string{"ZAR"} },
	} {
		trip := cleared()
		change(&trip)
		d := g.MayTravel(trip)
		if d.Allow || d.Error == "" {
			t.Errorf("%s: %+v, want a denial with an error", name, d)
		}
		if r := d.Explain(g.Rules()); len(r) != 1 || r[0].Rule != NotDecidable || r[0].Opens == "" {
			t.Errorf("%s: explained as %+v", name, r)
		}
	}
}

func someTrip() *rapid.Generator[Trip] {
	codes := rapid.SampledFrom([]string{"CAN", "HUN", "GBR", "DEU", "HRV"})
	some := rapid.SliceOfN(codes, 0, 2)
	return rapid.Custom(func(t *rapid.T) Trip {
		optional := func(name string, s []string) []string {
			if rapid.Bool().Draw(t, name+" unknown") {
				return nil
			}
			return s
		}
		word := func(name string, words ...string) string { return rapid.SampledFrom(words).Draw(t, name) }
		flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
		list := func(name string) []string { return some.Draw(t, name) }
		return Trip{
			Record: "r", Person: "p", Stage: word("stage", stages...), Origin: "AUT",
			Destination: codes.Draw(t, "destination"), Transit: optional("transit", list("transit")), Voluntary: flag("voluntary"),
			Facts: Facts{
				Adult: word("adult", "yes", "no", "unknown", ""), Capacity: word("capacity", "yes", "no", "unknown", ""), Consents: list("consents"),
				RepresentativeConsents: list("representative"), ConsentLanguage: word("language", "", "ar"),
				OpenFindings: optional("findings", list("findings")), CountryOfOrigin: list("origin"),
				Holds:        optional("holds", rapid.SliceOfN(rapid.Just("h"), 0, 1).Draw(t, "holds")),
				MedicalHolds: optional("medical", rapid.SliceOfN(rapid.Just("m"), 0, 1).Draw(t, "medical")),
				Family:       word("family", "together", "split", "split_with_consent", ""),
				Appeal:       word("appeal", "none", "pending", "waived", ""), Fit: word("fit", "fit", "unfit", "unknown", "escort_required"),
				GuardianPresent: flag("guardian"), WithParent: flag("parent"), BestInterests: flag("best"), EscortProvided: flag("escort"),
				Versions: rapid.SliceOfN(rapid.Just("v"), 0, 1).Draw(t, "versions"),
			},
		}
	})
}

// Forgetting any one fact never turns a denial into an allowance.
func TestMissingFactNeverOpens(t *testing.T) {
	g := load(t)
	rapid.Check(t, func(t *rapid.T) {
		trip := someTrip().Draw(t, "trip")
		if rapid.Bool().Draw(t, "nearly cleared") {
			facts := trip.Facts
			trip.Facts = cleared().Facts
			field := rapid.IntRange(0, reflect.TypeFor[Facts]().NumField()-1).Draw(t, "spoilt")
			reflect.ValueOf(&trip.Facts).Elem().Field(field).Set(reflect.ValueOf(facts).Field(field))
		}
		before := g.MayTravel(trip)
		for i := range reflect.TypeFor[Facts]().NumField() {
			forgotten := trip
			reflect.ValueOf(&forgotten.Facts).Elem().Field(i).SetZero()
			after := g.MayTravel(forgotten)
			// Forgetting that somebody is unfit leaves their fitness unknown, which a booking may await.
			awaited := reflect.TypeFor[Facts]().Field(i).Name == "Fit" && trip.Stage == StageBooking
			if after.Allow && !before.Allow && !awaited {
				t.Fatalf("without %s the gate opened: %+v, before %v", reflect.TypeFor[Facts]().Field(i).Name, forgotten, before.Reasons)
			}
		}
		forgotten := trip
		forgotten.Transit, forgotten.Voluntary = nil, false
		if trip.Stage != StageProposal && g.MayTravel(forgotten).Allow {
			t.Fatalf("without a route the gate opened: %+v", forgotten)
		}
	})
}

// No rule that permits, however wide, opens what a rule forbids.
func TestNoOverride(t *testing.T) {
	g := load(t)
	text := g.Text()
	notes := `@id("override") @source("iccpr/art-12") @says("Anything goes.") @opens("Nothing.") `
	text.Safeguard += notes + `permit (principal, action, resource);`
	wide, err := LoadText(text)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		trip := someTrip().Draw(t, "trip")
		before, after := g.MayTravel(trip), wide.MayTravel(trip)
		if before.Allow != after.Allow || (!after.Allow && !slices.Equal(before.Reasons, after.Reasons)) {
			t.Fatalf("with a permit for everything: %+v, before %+v", after, before)
		}
	})
}

// What is recorded as JSON gives the same decision when it is read back.
func TestRecordedTripsDecideAlike(t *testing.T) {
	g := load(t)
	rapid.Check(t, func(t *rapid.T) {
		trip := someTrip().Draw(t, "trip")
		d := g.MayTravel(trip)
		raw, err := json.Marshal(struct {
			Trip     Trip
			Decision Decision
		}{trip, d})
		if err != nil {
			t.Fatal(err)
		}
		var read struct {
			Trip     Trip
			Decision Decision
		}
		if err := json.Unmarshal(raw, &read); err != nil {
			t.Fatal(err)
		}
		if err := g.CheckTravel(read.Trip, read.Decision); err != nil {
			t.Fatal(err)
		}
		if !d.Allow && len(d.Explain(g.Rules())) != len(d.Reasons) {
			t.Fatalf("%d reasons, %d explanations", len(d.Reasons), len(d.Explain(g.Rules())))
		}
		read.Decision.Allow = !read.Decision.Allow
		if g.CheckTravel(read.Trip, read.Decision) == nil {
			t.Fatal("a turned decision passed the check")
		}
	})
}

// A trip is decided by what is known, whoever it is about, and what is remembered is what
// would be decided.
func TestRememberedTripsAreThoseThatWouldBeDecided(t *testing.T) {
	g := load(t)
	rapid.Check(t, func(t *rapid.T) {
		trip := someTrip().Draw(t, "trip")
		other := trip
		other.Record, other.Person, other.Facts.Versions = "r-9", "p-9", slices.Clone(trip.Facts.Versions)
		for i := range other.Facts.Versions {
			other.Facts.Versions[i] += "x"
		}
		for _, trip := range []Trip{trip, other} {
			if got, want := g.MayTravel(trip), g.mayTravel(trip); !reflect.DeepEqual(got, want) {
				t.Fatalf("%+v: remembered %+v, decided %+v", trip, got, want)
			}
		}
		if got, want := g.mayTravel(other), g.mayTravel(trip); !reflect.DeepEqual(got, want) {
			t.Fatalf("who travels makes a difference: %+v and %+v", got, want)
		}
		near := trip
		switch rapid.IntRange(0, 4).Draw(t, "near") {
		case 0:
			near.Transit = nil
		case 1:
			near.Facts.OpenFindings = nil
		case 2:
			near.Facts.Consents, near.Facts.RepresentativeConsents = trip.Facts.RepresentativeConsents, trip.Facts.Consents
		case 3:
			near.Facts.Holds, near.Facts.MedicalHolds = trip.Facts.MedicalHolds, trip.Facts.Holds
		case 4:
			near.Facts.Versions = nil
		}
		if !reflect.DeepEqual(g.MayTravel(near), g.mayTravel(near)) {
			t.Fatalf("%+v is taken for %+v", near, trip)
		}
	})
}
