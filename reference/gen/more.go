package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/language"
	names "golang.org/x/text/language/display"

	"cairn/reference"
)

// moreLocales are further languages in which lists name countries: of neighbours and
// of countries that many people leave.
var moreLocales = []string{"am", "bg", "bn", "bs", "ckb", "cs", "da", "el", "et", "fa", "fi", "he", "hi", "hr", "hy", "it", "ja",
	"ka", "lt", "lv", "mk", "nb", "nl", "pl", "ps", "pt", "pt-PT", "ro", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ti", "tr", "ur", "vi", "zh"}

// moreNames writes the names of countries in further languages, without those that
// are found already.
func moreNames(out string) error {
	rows := [][]string{{"alpha3", "names"}}
	for _, c := range reference.Countries() {
		if c.Kind != reference.KindISO {
			continue
		}
		region, err := language.ParseRegion(c.Alpha2)
		if err != nil {
			continue // a code that this edition of the CLDR does not know
		}
		var found []string
		for _, l := range moreLocales {
			namer := names.Regions(language.MustParse(l))
			if namer == nil {
				continue
			}
			name := namer.Name(region)
			if _, known := reference.CountryByName(name); name == "" || known || slices.Contains(found, name) {
				continue
			}
			found = append(found, name)
		}
		rows = append(rows, []string{c.Alpha3, strings.Join(found, "|")})
	}
	file, err := os.Create(out)
	if err != nil {
		return fmt.Errorf("write the names: %w", err)
	}
	w := csv.NewWriter(file)
	if err := w.WriteAll(rows); err != nil {
		file.Close()
		return fmt.Errorf("write the names: %w", err)
	}
	return file.Close()
}
