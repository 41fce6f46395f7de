package cases

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/blueprint"
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

func TestCaseFolds(t *testing.T) {
	opened := &Opened{Number: "N1", Household: "h", Members: []string{"a", "b"}, Pathway: "resettlement", Wishes: []value.Country{"CAN"}, Next: NextCaseworker}
	closed := &Closed{Outcome: OutcomeWithdrawn, Reason: "went home"}
	tests := []struct {
		name         string
		given        []blueprint.Fact
		stage, next  string
		claims, rows int
	}{
		{"opened", []blueprint.Fact{opened}, StageOpened, NextCaseworker, 1, 4},
		{"moved on", []blueprint.Fact{opened, Reached(StageAssessed, time.Unix(0, 0), "")}, StageAssessed, NextPlacement, 1, 4},
		{"closed gives the household back", []blueprint.Fact{opened, closed}, StageClosed, "", 0, 4},
		{"closed stays closed", []blueprint.Fact{opened, closed, Reached(StageArrived, time.Unix(0, 0), "")}, StageClosed, "", 0, 4},
		{"not opened yet", []blueprint.Fact{closed}, "", "", 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := caseProjection.Fold("c", facts(tt.given...))
			if err := caseProjection.Check("c", out); err != nil {
				t.Fatal(err)
			}
			if len(out.Claims) != tt.claims || len(out.Rows) != tt.rows {
				t.Fatalf("%d claims, %d rows: %+v", len(out.Claims), len(out.Rows), out)
			}
			if tt.rows > 0 && (out.Rows[0].Values[5] != tt.stage || out.Rows[0].Values[6] != tt.next) {
				t.Fatalf("%v", out.Rows[0].Values)
			}
		})
	}
}

func TestByHandAndClose(t *testing.T) {
	for _, stage := range Stages() {
		for _, to := range Stages() {
			free := (stage == StageOpened || stage == StageAssessed) && (to == StageOpened || to == StageAssessed)
			if got := checkByHand(stage, to, "because") == nil; got != free {
				t.Errorf("by hand from %s to %s: %v", stage, to, got)
			}
		}
		underWay := stage == StageBooked || stage == StageTravelling || stage == StageClosed
		if got := checkClose(stage, OutcomeOther, "because") == nil; got == underWay {
			t.Errorf("closing a case that is %s: %v", stage, got)
		}
	}
	if checkByHand(StageAssessed, StageOpened, " ") == nil || checkClose(StageOpened, OutcomeOther, "") == nil || checkClose(StageOpened, "vanished", "x") == nil {
		t.Error("a missing reason or an unknown outcome was accepted")
	}
}

func TestReachedIsDue(t *testing.T) {
	r := Reached(StageProposed, time.Date(1956, 12, 28, 23, 0, 0, 0, time.UTC), "")
	if r.Due != "1957-01-04" || r.Next != NextPlacement {
		t.Fatalf("%+v", r)
	}
}

func TestMembersOf(t *testing.T) {
	p := func(record, household string) person { return person{record: record, household: household} }
	tests := []struct {
		name   string
		people []person
		of     map[string][]string
		homes  map[string]string
		dead   map[string]bool
		want   map[string]int
	}{
		{"everybody", []person{p("a", "1"), p("b", "1")}, nil, map[string]string{"a": "1", "b": "1"}, nil, map[string]int{"1": 2}},
		{"the oldest record counts", []person{p("a", "1"), p("b", "2"), p("c", "2")}, map[string][]string{"a": {"a", "b"}, "b": {"a", "b"}},
			map[string]string{"a": "1", "b": "2", "c": "2"}, nil, map[string]int{"1": 1, "2": 1}},
		{"even when its household is not asked for", []person{p("b", "2")}, map[string][]string{"b": {"a", "b"}},
			map[string]string{"a": "1", "b": "2"}, nil, map[string]int{"2": 0}},
		{"an older record without a household does not", []person{p("b", "2")}, map[string][]string{"b": {"a", "b"}},
			map[string]string{"b": "2"}, nil, map[string]int{"2": 1}},
		{"nobody who died by any record", []person{p("b", "2")}, map[string][]string{"b": {"a", "b"}},
			map[string]string{"b": "2"}, map[string]bool{"a": true}, map[string]int{"2": 0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := membersOf(tt.people, tt.of, tt.homes, tt.dead)
			for household, n := range tt.want {
				if len(got[household]) != n {
					t.Errorf("household %s: %v", household, got[household])
				}
			}
		})
	}
}

// TestEachPersonOnce holds that, however records are judged the same, every living
// person with a household stands in exactly one case, by one record.
func TestEachPersonOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "records")
		of, homes := map[string][]string{}, map[string]string{}
		clusters := map[int][]string{}
		var people []person
		for i := range n {
			r := string(rune('a' + i))
			homes[r] = string(rune('1' + rapid.IntRange(0, 4).Draw(t, "home")))
			people = append(people, person{record: r, household: homes[r]})
			c := rapid.IntRange(0, 5).Draw(t, "person")
			clusters[c] = append(clusters[c], r)
		}
		for _, records := range clusters {
			for _, r := range records {
				of[r] = records
			}
		}
		total := 0
		for _, members := range membersOf(people, of, homes, nil) {
			total += len(members)
			for _, m := range members {
				if m.record != slices.Min(of[m.record]) {
					t.Fatalf("%s stands for %v", m.record, of[m.record])
				}
			}
		}
		if total != len(clusters) {
			t.Fatalf("%d members of %d people", total, len(clusters))
		}
	})
}

func TestConflictsIn(t *testing.T) {
	persons := map[string][]string{"b": {"a", "b"}, "a": {"a", "b"}}
	got := conflictsIn([]standing{{"b", "c2"}, {"a", "c1"}, {"x", "c3"}, {"a", "c1"}}, persons)
	if len(got) != 1 || got[0].Person != "a" || !slices.Equal(got[0].Cases, []string{"c1", "c2"}) || !slices.Equal(got[0].Records, []string{"a", "b"}) {
		t.Fatalf("%+v", got)
	}
	if got := conflictsIn([]standing{{"x", "c1"}, {"y", "c1"}}, nil); len(got) != 0 {
		t.Fatalf("two people in one case are no conflict: %+v", got)
	}
}

func TestDescribe(t *testing.T) {
	number, origin := describe([]person{{number: "1"}, {number: "2", head: true}, {number: "3", nationality: "HUN"}})
	if number != "2" || origin != "HUN" {
		t.Fatal(number, origin)
	}
}
