// Package reference holds the tables that do not change with an operation:
// countries, languages, the instruments of law that the gate's rules rest on,
// and which state was bound by which treaty. All are embedded, dated and sourced.
//
// The words:
//
//   - A country is an entry of ISO 3166-1, a state that no longer exists
//     (Yugoslavia), or a code of ICAO Doc 9303 that a travel document may carry
//     instead of a country (XXA, a stateless person).
//   - A source is an instrument ("cat") or one article of it ("cat/art-3").
//   - A state is bound from the day of its ratification, accession,
//     succession or the like; a signature does not bind.
//
// Names come from the Unicode CLDR 48.2.0 (Unicode License v3). Dates of
// instruments, summaries, positions and former countries are recalled: check a
// day before relying on it. Treaty actions are those of the United Nations
// Treaty Collection as of 14 March 2015.
//
//	c, ok := reference.CountryByName("Ausztria") // AUT
//	c.Name("ar")                                 // النمسا
//	s, ok := reference.SourceByID("cat/art-3")   // No sending to torture
package reference

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io"
	"sync"
)

//go:embed data/*.csv
var files embed.FS

// Dates of the tables.
const (
	NamesVersion  = "CLDR 48.2.0"
	ActionsAsOf   = "2015-03-14"
	RecalledLabel = "recalled"
)

type tables struct {
	countries countryTable
	languages languageTable
	sources   sourceTable
	actions   map[actionKey]Action
}

// loaded parses the embedded files once. They are part of the program and
// TestTables loads them, so a fault in them is a fault of the build.
var loaded = sync.OnceValue(func() *tables {
	t, err := load()
	if err != nil {
		panic("reference: embedded tables are damaged: " + err.Error())
	}
	return t
})

func load() (*tables, error) {
	var t tables
	var err error
	if t.countries, err = loadCountries(); err != nil {
		return nil, err
	}
	if t.languages, err = loadLanguages(); err != nil {
		return nil, err
	}
	if t.sources, err = loadSources(); err != nil {
		return nil, err
	}
	t.actions, err = loadActions()
	return &t, err
}

// rows calls each with every row of an embedded file but the head.
func rows(name string, each func(row []string) error) error {
	f, err := files.Open("data/" + name)
	if err != nil {
		return fmt.Errorf("open table: %w", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	for line := 1; ; line++ {
		row, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read table %s: %w", name, err)
		}
		if line == 1 {
			continue
		}
		if err := each(row); err != nil {
			return fmt.Errorf("table %s, row %d: %w", name, line, err)
		}
	}
}
