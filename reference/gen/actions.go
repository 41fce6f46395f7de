package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"time"

	"cairn/reference"
)

// instruments are the sources' ids for the short titles used in the list of actions.
var instruments = map[string]string{
	"CERD": "icerd", "ICESCR": "icescr", "ICCPR": "iccpr", "CEDAW": "cedaw", "CAT": "cat",
	"OPCAT": "opcat", "CRC": "crc", "ICRMW": "icrmw", "CRPD": "crpd", "CED": "ced",
	"Refugee Convention 1951":         "refugee-convention-1951",
	"Refugee Protocol 1967":           "refugee-protocol-1967",
	"Stateless Persons 1954":          "stateless-persons-1954",
	"Reduction of Statelessness 1961": "statelessness-reduction-1961",
	"UNTOC":                           "untoc",
	"Trafficking Protocol":            "trafficking-protocol",
	"Smuggling Protocol":              "smuggling-protocol",
}

func convertActions(from, to string) error {
	f, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("read treaty actions: %w", err)
	}
	defer f.Close()
	in, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("read treaty actions: %w", err)
	}
	rows := [][]string{{"alpha3", "instrument", "signed", "bound", "mode"}}
	for _, r := range in[1:] {
		country, ok := reference.CountryByName(r[0])
		// The United Nations say "Congo" for the one whose capital is Brazzaville.
		if r[0] == "Congo" {
			country, ok = reference.CountryByCode("COG")
		}
		id := instruments[r[1]]
		signed, err1 := isoDate(r[2])
		bound, err2 := isoDate(r[3])
		if !ok || id == "" || err1 != nil || err2 != nil {
			return fmt.Errorf("cannot convert %q: add the name, instrument or date form to the tables", r)
		}
		rows = append(rows, []string{country.Alpha3, id, signed, bound, r[4]})
	}
	return write(to, rows)
}

// isoDate turns "4 May 1967" into a date; a letter after it, by which the
// Treaty Collection marks how a signature came about, is dropped.
func isoDate(s string) (string, error) {
	if parts := strings.Fields(s); len(parts) == 4 {
		s = strings.Join(parts[:3], " ")
	}
	if s == "" {
		return "", nil
	}
	t, err := time.Parse("2 Jan 2006", s)
	return t.Format(time.DateOnly), err
}
