package rights

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/gate"
	"cairn/value"
)

var today = value.Date{Year: 1956, Month: 12, Day: 1}

func TestFindingsAreOpenedByOneAndClosedByTwo(t *testing.T) {
	word := func(actor, outcome string) fold.Fact {
		return fold.Fact{Actor: actor, Value: &RiskReviewed{Finding: "f", Outcome: outcome}}
	}
	found := fold.Fact{Actor: "ana", Value: &RiskFound{Finding: "f", Country: "SUN"}}
	const yes, no = OutcomeAffirmed, OutcomeUnfounded
	tests := []struct {
		name   string
		words  []fold.Fact
		status string
	}{
		{"opened", nil, statusOpen},
		{"one word does not close it", []fold.Fact{word("bela", no)}, statusOpen},
		{"nor does the same person twice", []fold.Fact{word("bela", no), word("bela", no)}, statusOpen},
		{"two people close it", []fold.Fact{word("bela", no), word("cili", no)}, statusUnfounded},
		{"the finder is one of them", []fold.Fact{word("ana", no), word("cili", no)}, statusUnfounded},
		{"affirmed", []fold.Fact{word("bela", yes)}, statusAffirmed},
		{"affirming sets aside earlier words", []fold.Fact{word("bela", no), word("dora", yes), word("cili", no)}, statusAffirmed},
		{"an affirmed one is closed by two", []fold.Fact{word("dora", yes), word("bela", no), word("cili", no)}, statusUnfounded},
		{"closed is closed", []fold.Fact{word("bela", no), word("cili", no), word("dora", yes)}, statusUnfounded},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := fold.State(append([]fold.Fact{found}, tt.words...), stepProtections)
			if f := s.findings[0]; f.status != tt.status || (f.closed != "") != (tt.status == statusUnfounded) {
				t.Fatalf("%+v", f)
			}
		})
	}
	open := finding{status: statusOpen, unfoundedBy: []string{"bela"}}
	if open.mayReview(no, "bela") == nil || open.mayReview(no, "cili") != nil || open.mayReview(yes, "bela") != nil {
		t.Error("the second word must come from somebody else")
	}
	if closed := (finding{status: statusUnfounded}); closed.mayReview(yes, "dora") == nil {
		t.Error("a closed finding was reviewed")
	}
}

// TestFindingsCloseOnlyByTwo draws words at random: whatever was said, a closed finding
// has two different people behind it after the last that affirmed it.
func TestFindingsCloseOnlyByTwo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := finding{status: statusOpen}
		since := map[string]bool{}
		for range rapid.IntRange(0, 12).Draw(t, "words") {
			actor := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "actor")
			outcome := rapid.SampledFrom([]string{OutcomeAffirmed, OutcomeUnfounded}).Draw(t, "outcome")
			before := f.status
			f.review(outcome, actor, "now")
			switch {
			case before == statusUnfounded:
				if f.status != statusUnfounded {
					t.Fatal("a closed finding came back by a review")
				}
			case outcome == OutcomeAffirmed:
				since = map[string]bool{}
			default:
				since[actor] = true
			}
			if (f.status == statusUnfounded) != (len(since) >= 2) {
				t.Fatalf("status %s after %d people", f.status, len(since))
			}
		}
	})
}

func TestWhoLiftsAHold(t *testing.T) {
	tests := []struct {
		name                    string
		category, owner, lifted string
		medical, works, may     bool
	}{
		{"the owner", HoldLegal, "ana", "", false, true, true},
		{"somebody else", HoldLegal, "bela", "", false, true, false},
		{"somebody else once the owner has left", HoldLegal, "bela", "", false, false, true},
		{"any medical officer", HoldMedical, "bela", "", true, true, true},
		{"a medical officer no legal one", HoldLegal, "ana", "", true, true, false},
		{"the owner of a medical one by the other way", HoldMedical, "ana", "", false, true, false},
		{"one that is lifted", HoldLegal, "ana", "1956", false, true, false},
	}
	for _, tt := range tests {
		if refusal := mayLift("h", tt.category, tt.owner, tt.lifted, "ana", tt.medical, tt.works); (refusal == nil) != tt.may {
			t.Errorf("%s: %v", tt.name, refusal)
		}
	}
	for until, want := range map[string]bool{"": true, "1956-12-01": true, "1956-11-30": false, "1957-01-01": true} {
		if inForce("", until, today.String()) != want || inForce("1956", until, today.String()) {
			t.Errorf("a hold until %q", until)
		}
	}
}

func TestRowsFollowFromEntries(t *testing.T) {
	facts := []fold.Fact{
		{Time: 1, Actor: "ana", Value: &HoldPlaced{Hold: "h", Category: HoldLegal}},
		{Time: 2, Actor: "ana", Value: &HoldLifted{Hold: "h", Reason: "over"}},
		{Time: 3, Value: &FitnessAssessed{Fit: Unfit}}, {Time: 4, Value: &FitnessAssessed{Fit: Fit}},
		{Time: 5, Value: &BestInterestsDecided{Destination: "CAN", Outcome: OutcomeInFavour}},
		{Time: 6, Value: &BestInterestsDecided{Destination: "CAN", Outcome: OutcomeAgainst}},
		{Time: 7, Value: &GuardianAppointed{Guardian: "g", Present: true}}, {Time: 8, Value: &CapacityAssessed{}},
		{Time: 9, Value: &AppealLodged{Appeal: "a", Suspensive: true}}, {Time: 10, Value: &AppealWaived{Appeal: "a"}},
		{Time: 11, Value: &AppealDecided{Appeal: "a", Outcome: AppealDismissed}},
		{Time: 12, Value: &SplitAgreed{Household: "h", Destination: "CAN"}}, {Time: 13, Value: &SplitAgreed{Household: "h", Destination: "CAN"}},
	}
	count := map[string]int{}
	for _, r := range protectionProjection.Rows("r", facts).Rows {
		count[r.Table.Name]++
		if r.Table == fitnessTable && r.Values[1] != Fit || r.Table == holdTable && r.Values[7] == "" {
			t.Errorf("%v", r.Values)
		}
	}
	want := map[string]int{"rights_hold": 1, "rights_fitness": 1, "rights_protection": 3, "rights_appeal": 1, "rights_split": 1}
	if !reflect.DeepEqual(count, want) {
		t.Fatalf("%v, want %v", count, want)
	}
	refused := recordRefusal(blueprint.PersonRefusal{Stage: "booking", Trip: &gate.Trip{Destination: "SUN"}, Refusals: []gate.Refusal{{Rule: "a"}, {Rule: "b"}}})
	rows := refusalProjection.Rows("r", []fold.Fact{{Value: refused}}).Rows
	if len(rows) != 2 || rows[1].Values[3] != "b" || rows[1].Values[7] != "SUN" {
		t.Fatalf("%+v", rows)
	}
}

// house makes a world of one household. Each member is written "relation age", or
// "relation ?" where the age is not known; going lists those who travel to CAN.
func house(going []string, members ...string) *world {
	w := &world{today: today, persons: map[string]*person{}, personOf: map[string]string{}, households: map[string][]string{},
		going: map[string]map[string]bool{"CAN": {}}}
	for i, m := range members {
		var relation, age string
		fmt.Sscan(m, &relation, &age)
		id := fmt.Sprintf("%s%d", relation, i)
		p := &person{id: id, records: []string{id}, homes: []home{{"h", relation}}, splits: map[split]bool{}}
		var years int
		if n, _ := fmt.Sscan(age, &years); n == 1 {
			p.births = []value.Date{{Year: today.Year - years, Month: 1, Day: 1}}
		}
		w.persons[id], w.personOf[id] = p, id
		w.households["h"] = append(w.households["h"], id)
	}
	for _, id := range going {
		w.going["CAN"][id] = true
	}
	return w
}

func (w *world) agree(ids ...string) *world {
	for _, id := range ids {
		w.persons[id].splits[split{household: "h", destination: "CAN"}] = true
	}
	return w
}

func TestFamilies(t *testing.T) {
	couple := []string{"head 40", "spouse 38", "child 5"}
	dead := house([]string{"head0", "child2"}, couple...)
	dead.persons["spouse1"].dead = true
	elsewhere := house([]string{"head0", "child2"}, couple...)
	elsewhere.going["USA"] = map[string]bool{"spouse1": true}
	alone := house([]string{"child0"}, "child 16", "sibling 14")
	best := house([]string{"child0"}, "child 16", "sibling 14")
	for _, p := range best.persons {
		p.protections = []protection{{what: protectBestInterests, name: "CAN", outcome: OutcomeInFavour, at: "1"}}
	}
	tests := []struct {
		name string
		w    *world
		who  string
		want string
	}{
		{"everybody goes", house([]string{"head0", "spouse1", "child2"}, couple...), "head0", "together"},
		{"one stays", house([]string{"head0", "child2"}, couple...), "head0", "split"},
		{"who stays agrees but who goes does not", house([]string{"head0", "child2"}, couple...).agree("spouse1"), "head0", "split"},
		{"both agree", house([]string{"head0", "child2"}, couple...).agree("head0", "spouse1"), "child2", "split_with_consent"},
		{"the dead are not left behind", dead, "head0", "together"},
		{"another country is apart", elsewhere, "head0", "split"},
		{"a child is left with nobody", house([]string{"head0", "spouse1"}, couple...).agree("head0", "spouse1"), "head0", "split"},
		{"somebody of unknown age agrees too", house([]string{"head0"}, "head 40", "other ?").agree("head0"), "head0", "split"},
		{"and may", house([]string{"head0"}, "head 40", "other ?").agree("head0", "other1"), "head0", "split_with_consent"},
		{"children are not parted", alone, "child0", "split"},
		{"unless it is best for each", best, "child0", "split_with_consent"},
		{"one alone", house([]string{"head0"}, "head 40"), "head0", "together"},
	}
	for _, tt := range tests {
		if got := tt.w.family(tt.w.persons[tt.who], "CAN"); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestAFamilyIsTogetherOnlyWhenAllGo draws households and travellers.
func TestAFamilyIsTogetherOnlyWhenAllGo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		members := rapid.SliceOfN(rapid.SampledFrom([]string{"head 40", "spouse 30", "child 5", "other ?"}), 1, 5).Draw(t, "members")
		w := house(nil, members...)
		all := w.households["h"]
		for _, id := range all {
			w.going["CAN"][id] = rapid.Bool().Draw(t, "goes")
			w.persons[id].dead = rapid.IntRange(0, 4).Draw(t, "dead") == 0
			if rapid.Bool().Draw(t, "agrees") {
				w.agree(id)
			}
		}
		who := rapid.SampledFrom(all).Draw(t, "who")
		w.persons[who].dead, w.going["CAN"][who] = false, true
		left, unasked := false, false
		for _, id := range all {
			p := w.persons[id]
			left = left || !p.dead && !w.going["CAN"][id]
			unasked = unasked || !p.dead && p.adult(today) != value.No && len(p.splits) == 0
		}
		got := w.family(w.persons[who], "CAN")
		if (got == "together") == left || got == "split_with_consent" && unasked {
			t.Fatalf("%s with somebody left %v, not asked %v", got, left, unasked)
		}
	})
}

func TestWhoProtectsAChild(t *testing.T) {
	tests := []struct {
		name    string
		members []string
		going   []string
		who     string
		want    bool
	}{
		{"a parent goes", []string{"head 40", "child 5"}, []string{"head0", "child1"}, "child1", true},
		{"no parent goes", []string{"head 40", "child 5", "sibling 30"}, []string{"child1", "sibling2"}, "child1", false},
		{"a grown-up brother is no parent", []string{"child 5", "child 20"}, []string{"child0", "child1"}, "child0", false},
		{"a parent who is a child", []string{"head 16", "child 1"}, []string{"head0", "child1"}, "child1", false},
		{"a parent of unknown age", []string{"head ?", "child 1"}, []string{"head0", "child1"}, "child1", false},
		{"a young head with a parent", []string{"head 16", "parent 50"}, []string{"head0", "parent1"}, "head0", true},
		{"a grandchild's parent is not known", []string{"head 60", "grandchild 5"}, []string{"head0", "grandchild1"}, "grandchild1", false},
	}
	for _, tt := range tests {
		w := house(tt.going, tt.members...)
		if got := w.withParent(w.persons[tt.who], "CAN"); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	w := house([]string{"child0", "other1"}, "child 5", "other 50")
	child := w.persons["child0"]
	for _, tt := range []struct {
		guardian protection
		want     bool
	}{
		{protection{what: protectGuardian, name: "other1"}, true},
		{protection{what: protectGuardian, name: "child0"}, false},
		{protection{what: protectGuardian, name: "an aunt"}, false},
		{protection{what: protectGuardian, name: "an aunt", outcome: guardianPresent}, true},
	} {
		child.protections = []protection{tt.guardian}
		if w.guarded(child, "CAN") != tt.want || w.guarded(child, "USA") && tt.guardian.outcome == "" {
			t.Errorf("%+v", tt.guardian)
		}
	}
}

func TestConsentThatCounts(t *testing.T) {
	p := &person{consents: []consent{
		{"resettlement", "CAN", "hu", false, "2", ""},
		{"resettlement", "USA", "hu", false, "2", ""}, {"resettlement", "USA", "de", false, "1", "3"}, // withdrawn on another record
		{"resettlement", "CHE", "hu", false, "1", "2"}, {"resettlement", "CHE", "fr", false, "3", ""}, // given again
		{"resettlement", "FRA", "", true, "2", ""},
		{"data_transfer", "GBR", "hu", false, "2", ""}, {"return", "HUN", "hu", false, "2", ""}, {"evacuation", "ITA", "it", false, "2", ""},
	}}
	own, representative, language := p.agreed("resettlement", "CHE")
	if !slices.Equal(own, []string{"CAN", "CHE"}) || !slices.Equal(representative, []string{"FRA"}) || language != "fr" {
		t.Errorf("%v %v %s", own, representative, language)
	}
	if own, _, language := p.agreed("return", "CAN"); !slices.Equal(own, []string{"HUN"}) || language != "" {
		t.Errorf("%v %q", own, language)
	}
	if own, _, _ := p.agreed("protection", "ITA"); !slices.Equal(own, []string{"CAN", "CHE", "ITA"}) {
		t.Errorf("%v", own)
	}
	if own, _, _ := p.agreed("data_transfer", "GBR"); own == nil || len(own) != 0 {
		t.Errorf("a consent to pass on data opened a journey: %v", own)
	}
}

func TestTheFactsOfOnePerson(t *testing.T) {
	child, adult, unknown := value.Date{Year: 1950}, value.Date{Year: 1920}, value.Date{}
	for _, tt := range []struct {
		births []value.Date
		want   value.Answer
	}{{nil, value.Unknown}, {[]value.Date{adult, unknown}, value.Yes}, {[]value.Date{child}, value.No}, {[]value.Date{child, adult, adult}, value.Unknown},
		{[]value.Date{{Year: 1938, Month: 12}}, value.Unknown}} {
		if got := (&person{births: tt.births}).adult(today); got != tt.want {
			t.Errorf("%v: %s", tt.births, got)
		}
	}
	for _, tt := range []struct {
		f         FitnessAssessed
		fit       string
		escorting bool
	}{{FitnessAssessed{}, fitUnknown, false}, {FitnessAssessed{Fit: Fit, Until: "1956-11-30"}, fitUnknown, false},
		{FitnessAssessed{Fit: Fit, Until: "1956-12-01"}, Fit, false}, {FitnessAssessed{Fit: EscortRequired, Escort: "nurse"}, EscortRequired, true}} {
		if fit, escort := (&person{fitness: tt.f}).fit(today.String()); fit != tt.fit || escort != tt.escorting {
			t.Errorf("%+v: %s %v", tt.f, fit, escort)
		}
	}
	pending, decided := appeal{AppealLodged: AppealLodged{Suspensive: true}}, appeal{AppealLodged: AppealLodged{Suspensive: true}, decided: "1"}
	waived := appeal{AppealLodged: AppealLodged{Suspensive: true}, waived: "1"}
	for _, tt := range []struct {
		appeals []appeal
		want    string
	}{{nil, "none"}, {[]appeal{{}}, "none"}, {[]appeal{decided}, "none"}, {[]appeal{waived, decided}, "waived"}, {[]appeal{waived, pending}, "pending"}} {
		if got := (&person{appeals: tt.appeals}).appealState(); got != tt.want {
			t.Errorf("%+v: %s", tt.appeals, got)
		}
	}
	w := house([]string{"head0"}, "head 40")
	trip := &gate.Trip{Record: "head0", Origin: "AUT", Destination: "CAN", Pathway: "resettlement"}
	w.facts(w.persons["head0"], trip)
	f := trip.Facts
	if f.OpenFindings == nil || f.Holds == nil || f.MedicalHolds == nil || f.Capacity != "yes" || f.Fit != fitUnknown || f.Appeal != "none" ||
		!slices.Equal(f.CountryOfOrigin, []string{"AUT"}) || f.Family != "together" {
		t.Errorf("%+v", f)
	}
}
