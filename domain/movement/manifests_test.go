package movement_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/domain/movement"
	"cairn/domain/rights"
	"cairn/gate"
	"cairn/store"
	"cairn/store/storetest"
)

func TestManifestsOfSeveralServices(t *testing.T) { storetest.Run(t, manifestsOfSeveralServices) }

func manifestsOfSeveralServices(t *testing.T, config store.Config) {
	d := open(t, config)
	absent := d.family("Kovacs", 3)
	held := d.family("Nagy", 2)
	d.family("Toth", 1)
	all := d.accepted()
	s := d.schedule(
		line("bus", "Traiskirchen/AUT", "Ottawa/CAN", "01-05T07:00", "01-05T09:00", 5, 0),
		line("train", "Traiskirchen/AUT", "Ottawa/CAN", "01-05T08:00", "01-06T08:00", 5, 0),
		line("ship", "Traiskirchen/AUT", "Ottawa/CAN", "01-07T08:00", "01-20T08:00", 20, 0))
	for i, service := range []string{s[0], s[1], s[1]} {
		d.do("movement_officer", "movement.book", &movement.BookInput{Case: all[i], Services: []string{service}})
	}
	d.do("protection_officer", "rights.place_hold", &rights.HoldInput{Records: held.Records[:1], Category: "legal", Reason: "court"})

	d.refused(blueprint.Invalid, "escort", "movement.board_and_depart", &movement.ManifestsInput{})
	d.refused(blueprint.NotFound, "escort", "movement.board_and_depart", &movement.ManifestsInput{Services: []string{s[0], "nowhere"}})
	d.refused(blueprint.Conflict, "escort", "movement.board_and_depart", &movement.ManifestsInput{Services: s[2:]})
	d.refused(blueprint.Conflict, "escort", "movement.board_and_depart", &movement.ManifestsInput{Services: s[:1],
		NoShows: []movement.Absent{{Record: held.Records[0], Reason: "ill"}}})
	d.refused(blueprint.Denied, "caseworker", "movement.board_and_depart", &movement.ManifestsInput{Services: s[:2]})

	left := d.do("escort", "movement.board_and_depart", &movement.ManifestsInput{Services: s[:2],
		NoShows: []movement.Absent{{Record: absent.Records[2], Reason: "ill"}}})
	if len(left.Refusals) == 0 || !slices.Contains([]string{held.Records[0], absent.Records[0]}, left.Refusals[0].Record) {
		t.Fatalf("%+v", left)
	}
	for _, r := range left.Refusals {
		if rule := r.Refusals[0].Rule; r.Stage != gate.StageDeparture || rule != "hold-in-force" && rule != "family-split" {
			t.Errorf("%+v", r)
		}
	}
	want := map[string]int64{movement.OnTheWay: 1, movement.Booked: 4, movement.NoShow: 1}
	if n := see[movement.Counts](d, "monitor", "movement.counts", &movement.CountsInput{}); !sameCounts(n.People, want) {
		t.Fatalf("a family that would be parted and one with a hold stay, nobody else: %+v", n.People)
	}
	if j := see[[]movement.JourneyView](d, "movement_officer", "movement.journey", &movement.JourneyInput{Case: all[2]}); j[0].Stage != cases.StageTravelling {
		t.Errorf("%+v", j)
	}

	d.refused(blueprint.Conflict, "escort", "movement.arrive", &movement.ArriveInput{Services: s[:1]})
	if n := d.moved("movement.arrive", &movement.ArriveInput{Services: s[:2]}); n.People != 1 || n.Journeys != 1 {
		t.Fatalf("%+v", n)
	}
	d.do("movement_officer", "movement.cancel_service", &movement.CancelServiceInput{Service: s[2], Reason: "storm"})
	d.refused(blueprint.Conflict, "escort", "movement.board_and_depart", &movement.ManifestsInput{Services: s})
	apptest.Sound(d, d.Office)
}

func TestTheNextManifestSaysWhoCame(t *testing.T) { storetest.Run(t, theNextManifestSaysWhoCame) }

func theNextManifestSaysWhoCame(t *testing.T, config store.Config) {
	d := open(t, config)
	family := d.family("Kovacs", 1)
	held := d.family("Nagy", 1)
	d.family("Toth", 2)
	s := d.schedule(
		line("bus", "Traiskirchen/AUT", "Wien/AUT", "01-05T07:00", "01-05T09:00", 9, 0),
		line("flight", "Wien/AUT", "Ottawa/CAN", "01-06T08:00", "01-06T20:00", 9, 0))
	for _, c := range d.accepted() {
		d.do("movement_officer", "movement.book", &movement.BookInput{Case: c, Services: s})
	}
	d.moved("movement.board_and_depart", &movement.ManifestsInput{Services: s[:1]})
	d.do("protection_officer", "rights.place_hold", &rights.HoldInput{Records: held.Records, Category: "legal", Reason: "court"})
	left := d.do("escort", "movement.board_and_depart", &movement.ManifestsInput{Services: s[1:],
		NoShows: []movement.Absent{{Record: family.Records[0], Reason: "nobody saw him come off the bus"}}})
	if len(left.Refusals) != 1 || left.Refusals[0].Record != held.Records[0] {
		t.Fatalf("a connection is asked about like any departure: %+v", left)
	}
	if n := d.moved("movement.arrive", &movement.ArriveInput{Services: s[1:]}); n.People != 2 {
		t.Fatalf("%+v", n)
	}
	want := map[string]int64{movement.OnTheWay: 1, movement.NoShow: 1, movement.Home: 2}
	if n := see[movement.Counts](d, "monitor", "movement.counts", &movement.CountsInput{}); !sameCounts(n.People, want) {
		t.Fatalf("who was held back is still on the way to the connection, who was missed is a no-show there: %+v", n.People)
	}
	apptest.Sound(t, d.Office)
}

func sameCounts(got, want map[string]int64) bool {
	for status, n := range want {
		if got[status] != n {
			return false
		}
	}
	return true
}

// TestDepartureAsksAllThatBoardingAsks holds that recording both at once, under the
// safeguards of departure, lets nobody pass whom boarding would have refused.
func TestDepartureAsksAllThatBoardingAsks(t *testing.T) {
	g, err := gate.Load()
	if err != nil {
		t.Fatal(err)
	}
	word := func(t *rapid.T, name string, words ...string) string { return rapid.SampledFrom(words).Draw(t, name) }
	rapid.Check(t, func(t *rapid.T) {
		list := func(name string, words ...string) []string {
			return rapid.SliceOfNDistinct(rapid.SampledFrom(words), 0, len(words), rapid.ID[string]).Draw(t, name)
		}
		yes := func(name string) bool { return rapid.Bool().Draw(t, name) }
		trip := gate.Trip{Record: "r", Person: "r", Stage: gate.StageBoarding, Origin: "HUN", Destination: "CAN", Transit: []string{"ITA"},
			Pathway: "resettlement", Voluntary: yes("voluntary"), Facts: gate.Facts{
				Adult: word(t, "adult", "yes", "yes", "no", "unknown"), Capacity: word(t, "capacity", "yes", "yes", "no"), Consents: list("consents", "CAN", "USA"),
				RepresentativeConsents: list("by representative", "CAN"), ConsentLanguage: word(t, "language", "hu", ""),
				OpenFindings: list("findings", "ITA", "FRA"), CountryOfOrigin: []string{"HUN"}, Holds: list("holds", "legal"),
				MedicalHolds: list("medical", "x"), GuardianPresent: yes("guardian"), WithParent: yes("parent"), BestInterests: yes("best"),
				Family: word(t, "family", "together", "split", "split_with_consent"), Appeal: word(t, "appeal", "none", "pending", "waived"),
				Fit: word(t, "fit", "fit", "escort_required", "unfit", "unknown"), EscortProvided: yes("escort"), Versions: []string{"v"}}}
		boarding := g.MayTravel(trip)
		trip.Stage = gate.StageDeparture
		for _, rule := range boarding.Reasons {
			if departure := g.MayTravel(trip); !boarding.Allow && !slices.Contains(departure.Reasons, rule) {
				t.Fatalf("%s is asked at boarding only", rule)
			}
		}
	})
}
