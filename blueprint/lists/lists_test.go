package lists

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cairn/format/headers"
	"cairn/value/said"
)

func read(t *testing.T, in *Input) (*List, error) {
	t.Helper()
	file, err := in.File()
	if err != nil {
		return nil, err
	}
	l, err := in.Read(file)
	if err != nil {
		return nil, err
	}
	return l, l.Understand(headers.PlaceFields(), said.Say("a list of places"), headers.Country, headers.Locality)
}

func TestAListIsUnderstoodFromItsColumns(t *testing.T) {
	l, err := read(t, &Input{Name: "orte.csv", Content: []byte("Land;Ort;Sprachen;Von\nSchweiz;Genf;fr، de;01.02.1957\nItalien;Aosta;it;13.02.1957\n")})
	if err != nil {
		t.Fatal(err)
	}
	if l.Report.Rows != 2 || l.Report.LeftOut != 0 || len(l.Report.Digest) != 64 || l.Report.Mapping == "" {
		t.Fatalf("%+v", l.Report)
	}
	if town := l.Cell(l.Rows[1], headers.Locality); town != "Aosta" {
		t.Fatalf("town %q", town)
	}
	if got := l.Values(l.Rows[0], headers.PlaceLanguages); !slices.Equal(got, []string{"fr", "de"}) {
		t.Fatalf("languages %q", got)
	}
	if l.Cell(l.Rows[0], headers.CapacityPeople) != "" {
		t.Fatal("a field without a column has text")
	}
	l.SettleDates([]string{"01.02.1957", "13.02.1957"})
	if l.Order != "dmy" || len(l.Report.Notes) != 0 {
		t.Fatalf("order %q, notes %q", l.Order, l.Report.Notes)
	}
}

func TestDaysThatCanBeReadInTwoWaysAreNoted(t *testing.T) {
	l, err := read(t, &Input{Content: []byte("Country,Locality\nCHE,Bern\n")})
	if err != nil {
		t.Fatal(err)
	}
	if l.SettleDates([]string{"01.02.1957"}); l.Order == "" || len(l.Report.Notes) != 1 {
		t.Fatalf("order %q, notes %q", l.Order, l.Report.Notes)
	}
	if l.SettleDates([]string{"02/13/1957"}); len(l.Report.Notes) != 1 {
		t.Fatal("an order that was settled is settled again")
	}
}

func TestColumnsCanBeStated(t *testing.T) {
	content := []byte("A,B,C\nBern,CHE,Aosta\n")
	l, err := read(t, &Input{Content: content, Columns: map[string]string{"a": headers.Locality, "B": headers.Country}})
	if err != nil || l.Cell(l.Rows[0], headers.Locality) != "Bern" {
		t.Fatalf("%v", err)
	}
	again, err := read(t, &Input{Content: content, Mapping: l.Report.Mapping})
	if err != nil || again.Report.Mapping != l.Report.Mapping {
		t.Fatalf("the mapping shown is not taken again: %v", err)
	}
	for name, columns := range map[string]map[string]string{"no such column": {"Z": headers.Country}, "no such field": {"A": "planet"},
		"a field too few": {"A": headers.Locality}} {
		if _, err := read(t, &Input{Content: content, Columns: columns}); err == nil {
			t.Errorf("%s: was taken", name)
		}
	}
}

func TestFilesAreLoadedOrRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "places.csv")
	if err := os.WriteFile(path, []byte("Country,Locality\nCHE,Bern\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := (&Input{Path: path}).File()
	if err != nil || file.Name != "places.csv" {
		t.Fatalf("%+v %v", file.Name, err)
	}
	same, err := (&Input{Name: "other", Content: file.Body}).File()
	if err != nil || same.Digest != file.Digest || same.Name != "other" {
		t.Fatal("the same content has another digest")
	}
	for _, in := range []*Input{{}, {Path: path + "x"}, {Path: filepath.Dir(path)}} {
		if _, err := in.File(); err == nil {
			t.Errorf("%+v was loaded", in)
		}
	}
	if _, err := read(t, &Input{Path: path, DateOrder: "ydm"}); err == nil || !strings.Contains(err.Error(), "ydm") {
		t.Fatalf("date order: %v", err)
	}
}

func TestRefusalsAreListedUpToALimit(t *testing.T) {
	l := &List{Report: Report{Name: "places.csv"}}
	if l.Report.Err() != nil {
		t.Fatal("nothing is refused")
	}
	for row := range shownRefusals + 5 {
		l.Refuse(row+2, "Land", "Atlantis", said.Say("is not a country that is known"))
	}
	text := l.Report.Err().Error()
	if !strings.Contains(text, `row 2, Land "Atlantis"`) || !strings.Contains(text, "and 5 more") || strings.Contains(text, "row 22,") {
		t.Fatal(text)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("a.csv", "Country,Locality\nCHE,Bern\n", "dmy", ";")
	f.Add("a.xlsx", "PK\x03\x04", "", "")
	f.Fuzz(func(t *testing.T, name, content, order, delimiter string) {
		l, err := read(t, &Input{Name: name, Content: []byte(content), DateOrder: order, Delimiter: delimiter})
		if err == nil && l.Report.Rows != len(l.Rows)+l.Report.LeftOut {
			t.Fatalf("%d rows, %+v", len(l.Rows), l.Report)
		}
	})
}
