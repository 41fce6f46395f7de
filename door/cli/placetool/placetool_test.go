package placetool

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

const (
	someCases = "id,people,school,languages,needs,countries,preferences,tie,note\n" +
		"=H1,3,1,ar;fr,,CA;FR,Lyon;CA,,x\n" +
		"H2,2,0,uk,dialysis,,Toronto,,\n" +
		"H3,1,0,,,,,kin,\n" +
		"H4,2,1,,,,,kin,\n" +
		"H5,9,0,,,,,,\n"
	somePlaces = "id,country,locality,people,school,languages,services,beds\n" +
		"Lyon,FR,Rhône,4,2,fr,,9\n" +
		"Toronto,CA,Ontario,5,1,en;uk,dialysis,9\n"
)

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func run(t *testing.T, c Command) (out, notes string, err error) {
	t.Helper()
	var o, e bytes.Buffer
	err = c.Run(&o, &e)
	return o.String(), e.String(), err
}

func TestPlan(t *testing.T) {
	plan := filepath.Join(t.TempDir(), "plan.csv")
	c := Command{Cases: file(t, "cases.csv", someCases), Places: file(t, "places.csv", somePlaces), Out: plan, Seed: 1, Verify: true, Explain: "H2"}
	out, notes, err := run(t, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"unplaced  1", "verified", "greedy", "random", "needs 9 people", "Case H2 goes to Toronto", "Lyon is closed"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}
	if !strings.Contains(notes, `"note"`) || !strings.Contains(notes, `"beds"`) {
		t.Errorf("ignored columns are not named: %s", notes)
	}
	data, err := os.ReadFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) != 6 {
		t.Fatalf("plan has %d rows, error %v", len(rows), err)
	}
	if rows[1][0] != "'=H1" || rows[1][1] != "Lyon" || rows[1][2] != "FR" {
		t.Errorf("first line is %q", rows[1])
	}
	if rows[3][1] == "" || rows[3][1] != rows[4][1] {
		t.Errorf("tied cases are apart: %q and %q", rows[3], rows[4])
	}
	if rows[5][1] != "" || !strings.Contains(rows[5][4], "no compatible place") {
		t.Errorf("the case that fits nowhere: %q", rows[5])
	}
}

func TestScoresInBothForms(t *testing.T) {
	pairs := "case,place,score\n=H1,Lyon,0.2\n=H1,Toronto,0.9\nH2,Toronto,0.5\nH3,Lyon,0.4\nH4,Lyon,0.3\n"
	matrix := "case,Lyon,Toronto\n=H1,0.2,0.9\nH2,,0.5\nH3,0.4,\nH4,0.3,\n"
	cases := strings.Replace(someCases, "ar;fr", "uk;fr", 1)
	var values []float64
	for _, text := range []string{pairs, matrix} {
		c := Command{Cases: file(t, "c.csv", cases), Places: file(t, "p.csv", somePlaces), Scores: file(t, "s.csv", text), Seed: 1, JSON: true, Verify: true}
		out, _, err := run(t, c)
		if err != nil {
			t.Fatal(err)
		}
		var got summary
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatal(err)
		}
		values = append(values, got.Value)
	}
	// 3 × 0.9 + 2 × 0.5 at Toronto, 1 × 0.4 + 2 × 0.3 at Lyon
	if values[0] != values[1] || values[0] < 4.699 || values[0] > 4.701 {
		t.Errorf("values %v, want 4.7 twice", values)
	}
}

func TestErrorsNameRowColumnAndValue(t *testing.T) {
	for _, test := range []struct{ name, cases, places, scores, want string }{
		{"number", "id,people\na,x\n", somePlaces, "", `row 2, column people: "x"`},
		{"negative", "id,people\na,1\n", "id,people\nP,-4\n", "", `row 2, column people: "-4"`},
		{"duplicate", "id,people\na,1\na,2\n", somePlaces, "", `row 3, column id: "a" stands already in row 2`},
		{"column", "id,persons\na,1\n", somePlaces, "", `no column "people"`},
		{"empty", "", somePlaces, "", "is empty"},
		{"nobody", "id,people\na,0\n", somePlaces, "", "at least one person"},
		{"ragged", "id,people\na,1,2\n", somePlaces, "", "line 2"},
		{"score", "id,people\na,1\n", somePlaces, "case,place,score\na,Lyon,NaN\n", `row 2, column score: "NaN"`},
		{"unknown case", "id,people\na,1\n", somePlaces, "case,place,score\nb,Lyon,1\n", `"b" is no case`},
		{"unknown place", "id,people\na,1\n", somePlaces, "case,Rome\na,1\n", `"Rome" is no place`},
		{"second score", "id,people\na,1\n", somePlaces, "case,place,score\na,Lyon,1\na,Lyon,2\n", "second score"},
		{"fixed", "id,people,fixed\na,1,Rome\n", somePlaces, "", `"Rome"`},
	} {
		c := Command{Cases: file(t, "c.csv", test.cases), Places: file(t, "p.csv", test.places), Out: filepath.Join(t.TempDir(), "plan.csv")}
		if test.scores != "" {
			c.Scores = file(t, "s.csv", test.scores)
		}
		_, _, err := run(t, c)
		if err == nil || !strings.Contains(err.Error(), test.want) && !strings.Contains(err.Error(), strings.Replace(test.want, `"Rome" is`, `column "Rome" is`, 1)) {
			t.Errorf("%s: got %v, want %q", test.name, err, test.want)
		}
		if _, err := os.Stat(c.Out); err == nil {
			t.Errorf("%s: a plan was written", test.name)
		}
	}
}

func TestCommandMounts(t *testing.T) {
	var cli struct {
		Place Command `cmd:""`
	}
	parser, err := kong.New(&cli)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"place", "a.csv", "b.csv", "--country-cap", "AT=5", "--json"}); err != nil {
		t.Fatal(err)
	}
	if cli.Place.CountryCap["AT"] != 5 || !cli.Place.JSON || cli.Place.Seed != 1 {
		t.Errorf("parsed as %+v", cli.Place)
	}
}

func FuzzTables(f *testing.F) {
	f.Add([]byte(someCases), []byte(somePlaces))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		cases, err := parseTable("cases", a)
		if err != nil {
			return
		}
		places, err := parseTable("places", b)
		if err != nil {
			return
		}
		dims, _ := dimensions(cases, places)
		read, err := readCases(cases, dims)
		if err == nil && len(read) != len(cases.rows) {
			t.Fatalf("%d cases of %d rows", len(read), len(cases.rows))
		}
		if _, err := readPlaces(places, dims); err != nil && err.Error() == "" {
			t.Fatal("an error without words")
		}
	})
}
