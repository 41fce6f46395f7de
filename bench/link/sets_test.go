package main

import (
	"reflect"
	"slices"
	"testing"
)

// rowsOfSet writes a small register of each invented kind.
func rowsOfSet(generator rowsOf, seed uint64) (header []string, rows [][]string) {
	header, write := generator(seed)
	write(func(row []string) { rows = append(rows, slices.Clone(row)) })
	return header, rows
}

var generators = map[string]struct {
	rows    rowsOf
	doubles float64 // share of records that are a further registration of a person
}{
	"english": {englishRows(3000, 0.2, 1), 0.2},
	"few":     {englishRows(3000, 0.05, 1), 0.05},
	"scripts": {scriptRows(3000, 0.25), 0.25},
	"camp":    {campRows(3000, 0.05, 0, true), 0.05},
}

func TestGeneratorsRepeat(t *testing.T) {
	for name, g := range generators {
		header, first := rowsOfSet(g.rows, 5)
		_, again := rowsOfSet(g.rows, 5)
		_, other := rowsOfSet(g.rows, 6)
		if !reflect.DeepEqual(first, again) {
			t.Errorf("%s: one seed gives two registers", name)
		}
		if reflect.DeepEqual(first, other) {
			t.Errorf("%s: two seeds give one register", name)
		}
		for _, row := range first {
			if len(row) != len(header) {
				t.Fatalf("%s: a row of %d cells under %d headers", name, len(row), len(header))
			}
		}
	}
}

// TestGeneratorsHaveTheirShareOfDoubles counts records beyond the first of a person.
func TestGeneratorsHaveTheirShareOfDoubles(t *testing.T) {
	for name, g := range generators {
		_, rows := rowsOfSet(g.rows, 1)
		persons, ids := map[string]bool{}, map[string]bool{}
		for _, row := range rows {
			persons[row[len(row)-1]] = true
			ids[row[0]] = true
		}
		if len(ids) != len(rows) {
			t.Errorf("%s: %d ids for %d records", name, len(ids), len(rows))
		}
		share := 1 - float64(len(persons))/float64(len(rows))
		if share < 0.7*g.doubles || share > 1.3*g.doubles {
			t.Errorf("%s: a share of %.3f doubles, want about %.2f", name, share, g.doubles)
		}
	}
}

func TestMisprintChangesALittle(t *testing.T) {
	g := newEnglish(1, 1)
	changed := 0
	for range 500 {
		word := misprint(g.random, "Katherine")
		if d := len([]rune(word)) - len("Katherine"); d < -1 || d > 1 || word[0] != 'K' {
			t.Fatalf("a misprint of Katherine is %q", word)
		}
		if word != "Katherine" {
			changed++
		}
	}
	if short := misprint(g.random, "Al"); short != "Al" || changed < 400 {
		t.Errorf("%q, %d of 500 changed", short, changed)
	}
}

// TestScoresAreRead reads what the command prints.
func TestScoresAreRead(t *testing.T) {
	m := measured{output: "20000 records, 18998 persons, 313430 pairs compared\n" +
		"expected by the model: precision 0.974 (0.954 to 0.995), recall 0.948 (0.927 to 0.968)\n" +
		"against the truth, pairs:   precision 0.9858, recall 0.9766, F1 0.9812\n" +
		"against the truth, B-cubed: precision 0.9960, recall 0.9856, F1 0.9990\n"}
	if err := m.parse(); err != nil {
		t.Fatal(err)
	}
	if m.records != 20000 || m.precision != 0.9858 || m.recall != 0.9766 || m.f1 != 0.9812 || m.bcubed != 0.9990 || m.expectedPrecision != 0.974 || m.expectedRecall != 0.948 {
		t.Errorf("%+v", m)
	}
	if err := (&measured{output: "nothing"}).parse(); err == nil {
		t.Error("an output without scores is not refused")
	}
}
