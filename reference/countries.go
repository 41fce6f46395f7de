package reference

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Kind says where a country's code comes from.
type Kind string

// Kinds of country.
const (
	KindISO      Kind = "iso"      // ISO 3166-1, and Kosovo under its user-assigned XK
	KindHistoric Kind = "historic" // ISO 3166-3: a state that no longer exists
	KindICAO     Kind = "icao"     // ICAO Doc 9303 part 3: stands on documents in place of a country
)

// Country is one country, former country or document code. Alpha2 and Numeric
// are empty where the standard has none.
type Country struct {
	Alpha2, Alpha3, Numeric string
	Kind                    Kind
	// Until is the year in which a historic state ended; 0 otherwise.
	Until int
	// Latitude and Longitude are degrees of a representative point for a map,
	// recalled, good to about a degree. Placed says whether there is one.
	Latitude, Longitude float64
	Placed              bool

	names      localNames
	successors string
}

// Name gives the country's name in a locale ("ar", "fr-CA"), in English where
// that language is not among Locales.
func (c Country) Name(locale string) string { return c.names.in(locale) }

// String gives the name in English.
func (c Country) String() string { return c.Name("en") }

// Successors are the alpha-3 codes of the states on the territory of a historic
// one; empty for every other kind.
func (c Country) Successors() []string { return strings.Fields(c.successors) }

type countryTable struct {
	all    []Country
	byCode map[string]int
	names  nameIndex
}

// Countries lists all by alpha-3 code.
func Countries() []Country { return slices.Clone(loaded().countries.all) }

// CountryByCode finds a country by alpha-2 or alpha-3 code, in any case. Codes
// withdrawn because a country took a new name lead to it.
func CountryByCode(code string) (Country, bool) {
	t := loaded().countries
	i, ok := t.byCode[strings.ToUpper(strings.TrimSpace(code))]
	if !ok {
		return Country{}, false
	}
	return t.all[i], true
}

// CountryByName finds a country by a code or by a name in any of Locales,
// whatever the case and accents. A name that two countries share ("Congo")
// finds none.
func CountryByName(text string) (Country, bool) {
	if c, ok := CountryByCode(text); ok {
		return c, true
	}
	code, ok := loaded().countries.names.find(text)
	if !ok {
		return Country{}, false
	}
	return CountryByCode(code)
}

func loadCountries() (countryTable, error) {
	t := countryTable{byCode: map[string]int{}, names: nameIndex{}}
	others, err := t.readISO()
	if err != nil {
		return t, err
	}
	if err := t.readSpecial(); err != nil {
		return t, err
	}
	slices.SortFunc(t.all, func(a, b Country) int { return strings.Compare(a.Alpha3, b.Alpha3) })
	for i, c := range t.all {
		if err := t.index(i, c); err != nil {
			return t, err
		}
	}
	for code, names := range others {
		for _, name := range names {
			t.names.add(name, code)
		}
	}
	// The plain name of two states, which CLDR tells apart by their capitals.
	t.names["congo"] = ambiguous
	return t, t.readAliases()
}

// readISO reads ISO countries and gives their further names by alpha-3 code.
func (t *countryTable) readISO() (map[string][]string, error) {
	positions := map[string][2]string{}
	err := rows("positions.csv", func(r []string) error {
		positions[r[0]] = [2]string{r[1], r[2]}
		return nil
	})
	if err != nil {
		return nil, err
	}
	others := map[string][]string{}
	return others, rows("countries.csv", func(r []string) error {
		c := Country{Alpha2: r[0], Alpha3: r[1], Numeric: r[2], Kind: KindISO}
		copy(c.names[:], r[3:11])
		if r[11] != "" {
			others[c.Alpha3] = strings.Split(r[11], "|")
		}
		at := positions[c.Alpha2]
		err := c.place(at[0], at[1])
		t.all = append(t.all, c)
		return err
	})
}

func (t *countryTable) readSpecial() error {
	return rows("special.csv", func(r []string) error {
		c := Country{Kind: Kind(r[0]), Alpha2: r[1], Alpha3: r[2], Numeric: r[3], successors: r[5]}
		copy(c.names[:], r[8:16])
		if r[4] != "" {
			year, err := strconv.Atoi(r[4])
			if err != nil {
				return fmt.Errorf("year of its end: %w", err)
			}
			c.Until = year
		}
		err := c.place(r[6], r[7])
		t.all = append(t.all, c)
		return err
	})
}

func (c *Country) place(latitude, longitude string) (err error) {
	if latitude == "" {
		return nil
	}
	c.Placed = true
	if c.Latitude, err = strconv.ParseFloat(latitude, 64); err != nil {
		return fmt.Errorf("latitude of %s: %w", c.Alpha3, err)
	}
	if c.Longitude, err = strconv.ParseFloat(longitude, 64); err != nil {
		return fmt.Errorf("longitude of %s: %w", c.Alpha3, err)
	}
	return nil
}

func (t *countryTable) index(i int, c Country) error {
	for _, code := range []string{c.Alpha2, c.Alpha3} {
		if code == "" {
			continue
		}
		if had, ok := t.byCode[code]; ok {
			return fmt.Errorf("code %s stands for both %s and %s", code, t.all[had].Alpha3, c.Alpha3)
		}
		t.byCode[code] = i
	}
	for _, name := range c.names {
		t.names.add(name, c.Alpha3)
	}
	return nil
}

// readAliases adds other names and withdrawn codes. An alias in capitals of at
// most three letters is a code.
func (t *countryTable) readAliases() error {
	return rows("aliases.csv", func(r []string) error {
		i, ok := t.byCode[r[0]]
		if !ok {
			return fmt.Errorf("alias of an unknown code %s", r[0])
		}
		if len(r[1]) <= 3 && r[1] == strings.ToUpper(r[1]) {
			if _, taken := t.byCode[r[1]]; taken {
				return fmt.Errorf("alias %s is already a code", r[1])
			}
			t.byCode[r[1]] = i
			return nil
		}
		t.names.add(r[1], r[0])
		return nil
	})
}
