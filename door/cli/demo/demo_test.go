package demo

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cairn/store"
	"cairn/store/storetest"
)

// TestSameTablesOnEveryDatabase walks the whole road once on each database. All runs
// must verify, and leave the same tables and the same closing figures.
func TestSameTablesOnEveryDatabase(t *testing.T) {
	var first map[string][]string
	var figures string
	storetest.Run(t, func(t *testing.T, config store.Config) {
		if config.Driver != "" {
			t.Skip("the other driver of SQLite is held to the same suite in package store")
		}
		c := &Command{People: 200, Seed: 1956, store: &config}
		s, err := c.simulate(t.Context(), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer s.office.Close()
		v := s.report.verified
		if len(v.Faults) > 0 || v.Entries == 0 || v.Decisions < v.Entries || v.Proofs < 2 || v.Claims == 0 || v.Rows == 0 {
			t.Fatalf("%+v", v)
		}
		dump, err := s.office.Dump(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		tables, closing := unrandom(dump), closingFigures(t, s)
		if first == nil {
			first, figures = tables, closing
			return
		}
		if closing != figures {
			t.Errorf("the closing figures differ: %s", difference(sorted(figures), sorted(closing)))
		}
		for _, name := range slices.Sorted(maps.Keys(first)) {
			if !slices.Equal(tables[name], first[name]) {
				t.Errorf("table %s differs: %s", name, difference(first[name], tables[name]))
			}
		}
	})
}

// closingFigures is the closing table without the seconds.
func closingFigures(t *testing.T, s *simulation) string {
	t.Helper()
	var out strings.Builder
	if err := s.report.print(&out); err != nil {
		t.Fatal(err)
	}
	before, _, found := strings.Cut(out.String(), "\nstep ")
	if !found || !strings.Contains(before, "travellers: arrived") {
		t.Fatalf("the closing table says too little:\n%s", out.String())
	}
	return before
}

var (
	drawnID  = regexp.MustCompile(`\b[0-7][0-9a-hjkmnp-tv-z]{25}\b`)
	moment   = regexp.MustCompile(`\b(\d{4}-\d\d-\d\dT\d\d:\d\d):\d\d\.\d{6}Z`)
	drawnKey = regexp.MustCompile(`\$argon2id\$\S+|\b[0-9a-f]{64}\b|\b[0-9a-f]{32}\b`)
	slip     = regexp.MustCompile(`\bBUD-\w+-\w+\b`)
	numbered = regexp.MustCompile(`^(\S{26})\W+(BUD-\w+-\w+)\b`)
)

// unrandom takes out what differs between two runs that did the same. Ids are drawn at
// random but grow with time, so the n-th of one run stands for the n-th of the other;
// a number on a slip stands for its record; times go on by microseconds within a step;
// digests and keys follow from what is drawn.
func unrandom(dump map[string][]string) map[string][]string {
	ids, numbers := map[string]string{}, map[string]string{}
	for _, row := range dump["people_record"] {
		if found := numbered.FindStringSubmatch(row); found != nil {
			numbers[found[2]] = found[1]
		}
	}
	for _, rows := range dump {
		for _, row := range rows {
			for _, id := range drawnID.FindAllString(row, -1) {
				ids[id] = ""
			}
		}
	}
	for n, id := range slices.Sorted(maps.Keys(ids)) {
		ids[id] = fmt.Sprintf("id%07d", n)
	}
	out := map[string][]string{}
	for name, rows := range dump {
		for _, row := range rows {
			row = slip.ReplaceAllStringFunc(row, func(number string) string { return "number of " + numbers[number] })
			row = drawnID.ReplaceAllStringFunc(strings.ReplaceAll(row, "\x00", "|"), func(id string) string { return ids[id] })
			row = drawnKey.ReplaceAllString(moment.ReplaceAllString(row, "$1"), "DRAWN")
			out[name] = append(out[name], row)
		}
		slices.Sort(out[name])
	}
	return out
}

// difference names the first rows that only one side has.
func difference(a, b []string) string {
	var only []string
	for i, rows := range [][]string{a, b} {
		other := [][]string{b, a}[i]
		for _, row := range rows {
			if _, found := slices.BinarySearch(other, row); !found && len(only) < 4*(i+1) {
				only = append(only, "-+"[i:i+1]+" "+row)
			}
		}
	}
	return fmt.Sprintf("%d and %d rows\n%s", len(a), len(b), strings.Join(only, "\n"))
}

func sorted(text string) []string { return slices.Sorted(strings.Lines(text)) }
