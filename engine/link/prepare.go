package link

import (
	"slices"
	"strconv"
	"strings"
)

// token is one word of a name.
type token struct {
	text, sound string
	block       string // equal for forms of one name and for names that sound alike
	groups      []uint16
	givenShare  float64 // share of records with this given name
	familyShare float64
}

// value is one distinct content of a simple column.
type value struct {
	text  string // folded
	tight string // folded, without spaces
	words []string
	share float64
}

type person struct {
	given  int32 // token or -1
	family []int32
	others []int32
	birth  date
}

// prepared holds the records in the form in which they are compared.
type prepared struct {
	plan      plan
	tokens    []token
	tokenIDs  map[string]int32
	people    []person
	values    [][]int32 // by simple field and record; -1 unknown
	texts     [][]value
	household []int32 // by record; -1 unknown
	births    map[date]float64
	rare      float64
	ageYear   int
	variants  map[uint64]bool
}

func prepare(p plan, rows [][]string, ageYear int) *prepared {
	d := &prepared{plan: p, tokenIDs: make(map[string]int32), people: make([]person, len(rows)), births: make(map[date]float64),
		rare: 1 / float64(max(len(rows), 1)), variants: make(map[uint64]bool)}
	d.ageYear = ageYear
	if d.ageYear == 0 {
		d.ageYear = inferAgeYear(p, rows)
	}
	for i, row := range rows {
		d.people[i] = d.person(row)
	}
	for f, c := range p.simple {
		ids := make(map[string]int32)
		d.values = append(d.values, make([]int32, len(rows)))
		d.texts = append(d.texts, nil)
		for i, row := range rows {
			d.values[f][i] = d.intern(f, ids, row[c])
		}
	}
	if p.household >= 0 {
		d.household = households(rows, p.household)
	}
	return d
}

func households(rows [][]string, column int) []int32 {
	ids := make(map[string]int32)
	of := make([]int32, len(rows))
	for i, row := range rows {
		text := strings.TrimSpace(row[column])
		if text == "" {
			of[i] = -1
			continue
		}
		id, ok := ids[text]
		if !ok {
			id = int32(len(ids))
			ids[text] = id
		}
		of[i] = id
	}
	return of
}

func (d *prepared) intern(f int, ids map[string]int32, cell string) int32 {
	if cell == "" {
		return -1
	}
	id, ok := ids[cell]
	if ok {
		return id
	}
	v := makeValue(d.plan.kinds[d.plan.simple[f]], cell)
	if v.text == "" {
		ids[cell] = -1
		return -1
	}
	key := "\x00" + v.text
	id, ok = ids[key]
	if !ok {
		id = int32(len(d.texts[f]))
		d.texts[f] = append(d.texts[f], v)
		ids[key] = id
	}
	ids[cell] = id
	return id
}

func makeValue(kind Kind, cell string) value {
	text := foldText(cell)
	switch kind {
	case Sex:
		text = sexOf(text)
	case Phone:
		text = digitsOf(text)
		text = strings.TrimLeft(text, "0")
		if len(text) > 9 {
			text = text[len(text)-9:]
		}
	case Document, Postcode:
		text = compact(text)
	}
	v := value{text: text, tight: compact(text)}
	if kind == Place || kind == Occupation || kind == FreeText {
		v.words = strings.Fields(text)
		slices.Sort(v.words)
		v.words = slices.Compact(v.words)
	}
	return v
}

// sexOf reads the usual words; what it does not know is unknown, not different.
func sexOf(text string) string {
	switch text {
	case "m", "male", "man", "masculin", "mannlich", "mann", "ferfi", "homme", "h", "masculino", "hombre", "1", "muzh", "muzhskoy", "cholovicha", "dhkr", "ch", "maennlich", "ffi":
		return "m"
	case "f", "female", "woman", "feminin", "weiblich", "frau", "no", "femme", "femenino", "mujer", "w", "2", "zhenskiy", "zhinocha", "anthy", "zh", "n":
		return "f"
	case "x", "other", "diverse", "d", "nonbinary", "non binary":
		return "x"
	}
	return ""
}

func inferAgeYear(p plan, rows [][]string) int {
	if len(p.birth) == 0 || len(p.age) == 0 {
		return 0
	}
	var years []int
	for _, row := range rows {
		born := parseDate(row[p.birth[0]])
		age, err := strconv.Atoi(strings.TrimSpace(row[p.age[0]]))
		if err == nil && born.known() && age > 0 && age < 120 {
			years = append(years, int(born.year)+age)
		}
	}
	if len(years) == 0 {
		return 0
	}
	slices.Sort(years)
	return years[len(years)/2]
}

// birthOf takes the most exact birth date of a row; an age gives a year.
func (d *prepared) birthOf(row []string) date {
	var best date
	for _, c := range d.plan.birth {
		if b := parseDate(row[c]); b.known() && (!best.known() || !best.precise() && b.precise()) {
			best = b
		}
	}
	if best.known() {
		return best
	}
	for _, c := range d.plan.age {
		n, err := strconv.Atoi(strings.TrimSpace(row[c]))
		switch {
		case err != nil || n < 0:
		case n >= 1000 && n < 3000:
			return date{year: int16(n)}
		case n < 130:
			if d.ageYear == 0 {
				return date{year: int16(2000 - n), about: true, floating: true}
			}
			return date{year: int16(d.ageYear - n), about: true}
		}
	}
	return best
}
