package hungary1956

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// digest is over cells, not bytes, so that a release of the spreadsheet library
// that compresses otherwise does not change it.
func digest(t *testing.T, dir string, s Summary) string {
	t.Helper()
	h := sha256.New()
	for _, f := range s.Files {
		fmt.Fprintf(h, "%s %q\n", f.Name, readRows(t, dir, f))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestGoldenDigest(t *testing.T) {
	dir, s := generate(t, 300, 7)
	got := digest(t, dir, s) + "\n"
	golden := filepath.Join("testdata", "digest.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("digest %s, want %s; run with -update after a wanted change", got, want)
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	first, s := generate(t, 300, 7)
	before := runtime.GOMAXPROCS(1)
	second, _ := generate(t, 300, 7)
	runtime.GOMAXPROCS(before)
	third, _ := generate(t, 300, 8)
	for _, f := range s.Files {
		a, b := readBytes(t, first, f.Name), readBytes(t, second, f.Name)
		if a != b {
			t.Errorf("%s differs between two runs of one seed", f.Name)
		}
	}
	if readBytes(t, first, "traiskirchen.csv") == readBytes(t, third, "traiskirchen.csv") {
		t.Error("another seed gives the same list")
	}
}

func readBytes(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestOptionsOutOfRange(t *testing.T) {
	for _, n := range []int{-1, MaxPeople + 1} {
		if _, err := Generate(t.TempDir(), Options{People: n}); err == nil || !strings.Contains(err.Error(), "give a number") {
			t.Errorf("People %d: error %v", n, err)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Generate(filepath.Join(file, "sub"), Options{People: 10}); err == nil {
		t.Error("a folder below a file: no error")
	}
}

// Tiny movements must not trip over rounding.
func TestTinyMovements(t *testing.T) {
	for _, n := range []int{1, 2, 7, 40} {
		_, s := generate(t, n, 3)
		if s.People != n || s.Supply.People < n || s.Services == 0 {
			t.Errorf("%d people: %+v", n, s)
		}
	}
}

func TestEveryRowIsInTruth(t *testing.T) {
	dir, s := generate(t, 2000, 1)
	truth := map[string]map[int]map[string]string{}
	for _, rec := range records(t, dir, ofKind(s, KindTruth)[0]) {
		row, _ := strconv.Atoi(rec["row"])
		if truth[rec["file"]] == nil {
			truth[rec["file"]] = map[int]map[string]string{}
		}
		truth[rec["file"]][row] = rec
	}
	persons, total := map[string]int{}, 0
	for _, f := range ofKind(s, KindRegistrations) {
		rows := readRows(t, dir, f)
		if got := rows[f.HeaderRow-1]; strings.Join(got, "|") != strings.Join(f.Header, "|") {
			t.Errorf("%s: header %q", f.Name, got)
		}
		for i, row := range rows[f.HeaderRow:] {
			rec := truth[f.Name][f.HeaderRow+1+i]
			if rec == nil || rec["number"] != row[0] {
				t.Fatalf("%s row %d: number %s, truth %v", f.Name, f.HeaderRow+1+i, row[0], rec)
			}
			persons[rec["person"]]++
			total++
		}
		if len(rows)-f.HeaderRow != f.Rows {
			t.Errorf("%s: %d rows, summary says %d", f.Name, len(rows)-f.HeaderRow, f.Rows)
		}
	}
	again := 0
	for _, n := range persons {
		again += n - 1
	}
	if len(persons) != s.People || total != s.Registrations || again != s.Doubles || again == 0 {
		t.Errorf("%d persons, %d rows, %d doubles; summary %d, %d, %d", len(persons), total, again, s.People, s.Registrations, s.Doubles)
	}
}

func TestPopulationLooksLikeHistory(t *testing.T) {
	g := &generator{seed: 1, progress: func(string, int64, int64) {}}
	g.sum.Events = map[string]int{}
	g.populate(20000)
	men, yugoslav, november := 0, 0, 0
	for _, p := range g.persons {
		if p.sex == male && ageAt(p.born, day(1956, 11, 15)) >= stillMinors {
			men++
		}
	}
	for _, h := range g.houses {
		if h.yugoslav {
			yugoslav += h.size
		} else if h.arrived.Before(day(1956, 12, 1)) {
			november += h.size
		}
	}
	size := float64(len(g.persons)) / float64(len(g.houses))
	within(t, "mean household", size, 1.6, 2.0)
	within(t, "singles among households", float64(g.sum.Singles)/float64(len(g.houses)), 0.58, 0.70)
	within(t, "grown men", float64(men)/20000, 0.42, 0.62)
	within(t, "share of Yugoslavia", float64(yugoslav)/20000, 0.098, 0.101)
	within(t, "arrived in Austria by November", float64(november)/float64(20000-yugoslav), 0.60, 0.67)
	within(t, "minors alone", float64(g.sum.Unaccompanied)/20000, 0.008, 0.03)
}

func within(t *testing.T, what string, got, low, high float64) {
	t.Helper()
	if got < low || got > high {
		t.Errorf("%s: %.3f, want %.3f to %.3f", what, got, low, high)
	}
}

func TestFamiliesFitTogether(t *testing.T) {
	g := &generator{seed: 2, progress: func(string, int64, int64) {}}
	g.populate(20000)
	for _, h := range g.houses {
		members := g.persons[h.first : h.first+h.size]
		if rel := members[0].relation; rel != head && rel != unattended {
			t.Fatalf("household begins with %s", rel)
		}
		for _, p := range members[1:] {
			gap := ageAt(members[0].born, p.born)
			if p.relation == child && (gap < 14 || p.born.After(day(1956, 11, 1))) {
				t.Fatalf("child born %s, head born %s", p.born, members[0].born)
			}
			if p.relation == parent && ageAt(p.born, members[0].born) < 17 {
				t.Fatalf("parent born %s, head born %s", p.born, members[0].born)
			}
		}
	}
}

func TestSupplyCoversDemand(t *testing.T) {
	for _, people := range []int{500, 5000} {
		dir, s := generate(t, people, 4)
		var sum Dimensions
		byCountry := map[string]int{}
		for _, f := range ofKind(s, KindOffers) {
			for _, row := range readRows(t, dir, f)[f.HeaderRow:] {
				n := [4]int{}
				for k := range n {
					n[k], _ = strconv.Atoi(row[6+k])
				}
				sum = Dimensions{sum.People + n[0], sum.School + n[1], sum.Medical + n[2], sum.Large + n[3]}
				byCountry[row[2]] += n[0]
			}
		}
		if sum != s.Supply {
			t.Errorf("files offer %+v, summary %+v", sum, s.Supply)
		}
		for _, d := range []struct {
			what      string
			have, ask int
		}{{"people", sum.People, s.Demand.People}, {"school", sum.School, s.Demand.School}, {"medical", sum.Medical, s.Demand.Medical}, {"large", sum.Large, s.Demand.Large}} {
			if d.have < d.ask || d.have > int(1.10*float64(d.ask))+2 {
				t.Errorf("%d people: %s %d for %d", people, d.what, d.have, d.ask)
			}
		}
		want := 37500.0 / 177490 * 1.07 * float64(people)
		within(t, "Canada", float64(byCountry["CA"]), want-2, want+2)
	}
}

func TestEventsNameRealRows(t *testing.T) {
	dir, s := generate(t, 5000, 5)
	known := map[string]bool{}
	for _, f := range append(ofKind(s, KindRegistrations), ofKind(s, KindServices)...) {
		for _, row := range readRows(t, dir, f)[f.HeaderRow:] {
			known[f.Name+" "+row[0]] = true
		}
	}
	for _, e := range records(t, dir, ofKind(s, KindEvents)[0]) {
		if !known[e["file"]+" "+e["number"]] {
			t.Fatalf("event of an unknown row: %v", e)
		}
		if e["until"] != "" && e["until"] < e["date"] {
			t.Errorf("event ends before it begins: %v", e)
		}
	}
	for _, kind := range []string{eventOfferRefused, eventRisk, eventMedicalHold, eventNoShow, eventCancelled, eventConsentGone, eventAppeal, eventSplit, eventGuardian, eventReturnWish} {
		if s.Events[kind] == 0 {
			t.Errorf("no event %s among 5000 people", kind)
		}
	}
}

func TestNoEngineIsImported(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, imp := range f.Imports {
			if path, _ := strconv.Unquote(imp.Path.Value); strings.HasPrefix(path, "cairn") {
				t.Errorf("%s imports %s: the example must share no code with what it tests", name, path)
			}
		}
	}
}
