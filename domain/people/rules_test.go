package people

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/ledger"
	"cairn/value"
)

// facts gives each value a time of its own, in order.
func facts(values ...blueprint.Fact) []fold.Fact {
	var out []fold.Fact
	for i, v := range values {
		out = append(out, fold.Fact{Office: "bud", Time: ledger.Time(1000 + i), Kind: v.Kind(), Value: v, Actor: "ana"})
	}
	return out
}

func texts(out fold.Output, table *fold.Table, columns ...string) []string {
	var lines []string
	for _, r := range out.Rows {
		if r.Table != table {
			continue
		}
		var cells []string
		for _, c := range columns {
			switch v := r.Values[slices.Index(table.Columns, c)].(type) {
			case string:
				cells = append(cells, v)
			case int64:
				cells = append(cells, string(rune('0'+v)))
			}
		}
		lines = append(lines, strings.Join(cells, " "))
	}
	return lines
}

func ptr[T any](v T) *T { return &v }

func TestRecordFolds(t *testing.T) {
	out := recordProjection.Fold("r1", facts(
		&RecordRegistered{Number: "BUD-34F7KM-QX", Name: value.Name{Full: "Kovács János"}, Site: "Graz",
			Birth: value.Date{Year: 1956}, Languages: []value.Language{"hu", "de"}, Needs: []string{"a,b", "deaf"},
			Documents: []Document{{Type: "passport", Number: "secret", Index: "i1"}}},
		&RecordCorrected{Birth: &value.Date{Year: 1956, Month: 5, Day: 3}, Sensitive: ptr(true), Reason: "shown"},
		&DeathRecorded{Basis: "certificate"}))
	if err := recordProjection.Check("r1", out); err != nil {
		t.Fatal(err)
	}
	got := texts(out, recordTable, "number", "birth", "site", "languages", "needs", "dead", "sensitive", "office")
	if want := "BUD-34F7KM-QX 1956-05-03 Graz hu,de a b,deaf 1 1 bud"; !slices.Equal(got, []string{want}) {
		t.Errorf("got %q, want %q", got, want)
	}
	if keys := texts(out, keyTable, "key"); !slices.Contains(keys, "kovacs") || !slices.Contains(keys, "janos") {
		t.Errorf("keys %q", keys)
	}
	if got := texts(out, documentTable, "type", "number_index"); !slices.Equal(got, []string{"passport i1"}) {
		t.Errorf("documents %q", got)
	}
	if !slices.Equal(out.Claims, []fold.Claim{{Name: "number:BUD-34F7KM-QX", Amount: 1}}) {
		t.Errorf("claims %v", out.Claims)
	}
	for _, r := range out.Rows {
		if slices.Contains(r.Values, any("secret")) {
			t.Error("a document number stands in a table")
		}
	}
}

func TestConsentFolds(t *testing.T) {
	registered := &RecordRegistered{Number: "N", Name: value.Name{Full: "A"}}
	give := func(country value.Country, informed bool) *ConsentGiven {
		return &ConsentGiven{Purpose: PurposeResettlement, Destination: country, Language: "hu", Informed: informed}
	}
	withdraw := &ConsentWithdrawn{Purpose: PurposeResettlement, Destination: "CAN"}
	at := func(n int64) string { return ledger.Time(1000 + n).String() }
	tests := []struct {
		name  string
		facts []blueprint.Fact
		want  []string
	}{
		{"given", []blueprint.Fact{registered, give("CAN", true)}, []string{"CAN " + at(1) + " "}},
		{"not informed is none", []blueprint.Fact{registered, give("CAN", false)}, nil},
		{"withdrawn", []blueprint.Fact{registered, give("CAN", true), withdraw}, []string{"CAN " + at(1) + " " + at(2)}},
		{"another country stands", []blueprint.Fact{registered, give("USA", true), withdraw}, []string{"USA " + at(1) + " "}},
		{"given again", []blueprint.Fact{registered, give("CAN", true), withdraw, give("CAN", true)}, []string{"CAN " + at(3) + " "}},
		{"nothing before the record", []blueprint.Fact{give("CAN", true)}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := recordProjection.Fold("r1", facts(tt.facts...))
			if got := texts(out, consentTable, "destination", "given", "withdrawn"); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestConsentIsToOneNamedCountryAndInformed(t *testing.T) {
	good := ConsentGiven{Purpose: PurposeResettlement, Destination: "CAN", Language: "hu", Informed: true}
	if err := checkConsent(&good); err != nil {
		t.Fatal(err)
	}
	tests := map[string]func(*ConsentGiven){
		"any country":     func(c *ConsentGiven) { c.Destination = "*" },
		"no country":      func(c *ConsentGiven) { c.Destination = "" },
		"stateless":       func(c *ConsentGiven) { c.Destination = value.Stateless },
		"misspelt":        func(c *ConsentGiven) { c.Destination = "CND" },
		"no language":     func(c *ConsentGiven) { c.Language = "" },
		"not informed":    func(c *ConsentGiven) { c.Informed = false },
		"unknown purpose": func(c *ConsentGiven) { c.Purpose = "anything" },
	}
	for name, spoil := range tests {
		c := good
		spoil(&c)
		if blueprint.FaultOf(checkConsent(&c)) != blueprint.Invalid {
			t.Errorf("%s passed", name)
		}
	}
}

func TestHouseholdFolds(t *testing.T) {
	out := householdProjection.Fold("h1", facts(
		&HouseholdFormed{Number: "TF-1", Site: "Graz", Wishes: []value.Country{"USA", "CAN"},
			Members: []Member{{Record: "a", Relation: RelationHead, Head: true}, {Record: "b", Relation: RelationSpouse}}},
		&MemberJoined{Member: Member{Record: "c", Relation: RelationChild}},
		&MemberJoined{Member: Member{Record: "c", Relation: RelationChild}},
		&MemberLeft{Record: "b", Reason: "parted"}))
	if err := householdProjection.Check("h1", out); err != nil {
		t.Fatal(err)
	}
	if got := texts(out, memberTable, "record", "relation", "head"); !slices.Equal(got, []string{"a head 1", "c child 0"}) {
		t.Errorf("members %q", got)
	}
	if got := texts(out, householdTable, "number", "size"); !slices.Equal(got, []string{"TF-1 2"}) {
		t.Errorf("household %q", got)
	}
	if got := texts(out, wishTable, "rank", "country"); !slices.Equal(got, []string{"1 USA", "2 CAN"}) {
		t.Errorf("wishes %q", got)
	}
	want := []fold.Claim{{Name: "household-of:a", Amount: 1}, {Name: "household-of:c", Amount: 1}}
	if !slices.Equal(out.Claims, want) {
		t.Errorf("claims %v", out.Claims)
	}
}

// TestHouseholdKeepsCount holds that members and claims are always the same
// records, each once, whatever joins and leaves.
func TestHouseholdKeepsCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := rapid.SampledFrom([]string{"a", "b", "c", "d"})
		given := []blueprint.Fact{&HouseholdFormed{Number: "1", Members: []Member{{Record: "a", Head: true}}}}
		in := map[string]bool{"a": true}
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			r := who.Draw(t, "record")
			if rapid.Bool().Draw(t, "joins") {
				given, in[r] = append(given, &MemberJoined{Member: Member{Record: r}}), true
			} else {
				given = append(given, &MemberLeft{Record: r})
				delete(in, r)
			}
		}
		out := householdProjection.Fold("h", facts(given...))
		members := texts(out, memberTable, "record")
		if len(members) != len(in) || len(out.Claims) != len(in) {
			t.Fatalf("members %v, claims %v, want %v", members, out.Claims, in)
		}
		for _, c := range out.Claims {
			if !in[strings.TrimPrefix(c.Name, "household-of:")] {
				t.Fatalf("claim %v of nobody", c)
			}
		}
	})
}

func TestOneHead(t *testing.T) {
	tests := []struct {
		name string
		in   []Member
		head int
		want string
	}{
		{"first without a word", []Member{{}, {Relation: RelationChild}}, 0, "head child"},
		{"the word decides", []Member{{Relation: RelationChild}, {Relation: RelationHead}}, 1, "child head"},
		{"only one of two", []Member{{Relation: RelationHead}, {Relation: RelationHead}}, 0, "head other"},
		{"a child alone stays unaccompanied", []Member{{Relation: RelationUnaccompanied}}, 0, "unaccompanied"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			oneHead(tt.in)
			var relations []string
			for i, m := range tt.in {
				if m.Head != (i == tt.head) {
					t.Errorf("head of %d: %v", i, m.Head)
				}
				relations = append(relations, m.Relation)
			}
			if got := strings.Join(relations, " "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestNumbersAreValidForEveryOffice(t *testing.T) {
	for _, office := range []string{"bud", "vie", "io", "l01", "geneva1"} {
		for attempt := range 20 {
			n := value.NewNumber(numberPrefix(office), sequenceOf("01abc", attempt))
			if parsed, err := value.ParseNumber(string(n)); err != nil || parsed != n || len(n) != len("BUD-34F7KM-QX") {
				t.Errorf("office %s: number %q: %v", office, n, err)
			}
		}
	}
}
