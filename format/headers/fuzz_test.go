package headers

import (
	"strings"
	"testing"
)

// FuzzGuess guesses headings that nobody wrote in earnest: the mapping has a column for
// each, keeps to the fields, contradicts itself nowhere and reads back from its text.
func FuzzGuess(f *testing.F) {
	for _, seed := range []string{"Name;Vorname;geb. am\nNagy;Éva;1.2.1950", "N°;Nº;№;#\n1;2;3;4", "\x00;\u202e;\ufeff", "name;name;name\n;;", strings.Repeat("x", 5000),
		"الجنسيه;الاسم\nسوري;أحمد", "date;Date;DATE\n31.2.1950;0;9999999999999", "°;'\";=cmd()"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Split(text, "\n")
		var rows [][]string
		for _, line := range lines {
			rows = append(rows, strings.SplitN(line, ";", 30))
		}
		for _, fields := range []Fields{PersonFields(), PlaceFields(), ServiceFields(), OutcomeFields()} {
			mapping := Guess(rows[0], rows[1:], fields)
			if len(mapping.Columns) != len(rows[0]) {
				t.Fatalf("%d columns for %d headings", len(mapping.Columns), len(rows[0]))
			}
			if err := mapping.Check(fields); err != nil {
				t.Errorf("a guess contradicts itself: %v", err)
			}
		}
	})
}
