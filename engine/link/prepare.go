package link

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"cairn/engine/names"
)

// value is one distinct content of a simple column.
type value struct {
	text   string // folded
	tight  string // folded, without spaces
	words  []string
	raw    string          // as written
	heard  *names.Prepared // in a register of several scripts
	script uint8
	hash   uint64  // of tight
	bits   float32 // -log2 of the share of records that have it
}

// person is what is read of one record; numbers of words are -1 where there is none.
type person struct {
	given            int32
	family           [3]int32
	others           [4]int32
	families, extras uint8
	birth            date
	birthBits        float32
	household        int32 // -1 unknown
}

func (p *person) familyNames() []int32 { return p.family[:p.families] }
func (p *person) otherNames() []int32  { return p.others[:p.extras] }

// prepared holds the records in the form in which they are compared.
type prepared struct {
	plan     plan
	tokens   []token
	tokenIDs map[string]int32
	cells    map[string][]int32 // words of cells that repeat
	lists    nameLists
	people   []person
	values   []int32            // of all simple fields of record 0, then of record 1; -1 unknown
	texts    [][]value          // by simple field
	valueIDs []map[string]int32 // by simple field: cells, and folded texts after a zero byte
	houses   map[string]int32
	dates    map[string]date
	births   map[date]float32 // -log2 of the share of a birth date
	ageYear  int
	voice    *names.Matcher // set in a register of several scripts
}

func newPrepared(p plan, ageYear, records int) *prepared {
	d := &prepared{plan: p, ageYear: ageYear, tokenIDs: make(map[string]int32), cells: make(map[string][]int32),
		houses: make(map[string]int32), dates: make(map[string]date), births: make(map[date]float32)}
	d.people = make([]person, 0, records)
	d.values = make([]int32, 0, records*len(p.simple))
	d.texts = make([][]value, len(p.simple))
	for range p.simple {
		d.valueIDs = append(d.valueIDs, make(map[string]int32))
	}
	return d
}

// prepare reads all rows; when the context ends it gives the error.
func prepare(ctx context.Context, p plan, rows [][]string, ageYear int) (*prepared, error) {
	if ageYear == 0 {
		ageYear = inferAgeYear(p, rows)
	}
	d := newPrepared(p, ageYear, len(rows))
	err := d.addAll(ctx, rows)
	if err == nil {
		d.settleAges()
		if d.severalScripts() {
			d.hearNames()
		}
	}
	return d, err
}

// newFor is newPrepared for the records of a model, which says when ages were
// stated and whether names are in several scripts.
func newFor(p plan, m *Model, records int) *prepared {
	d := newPrepared(p, m.AgeYear, records)
	if m.Scripts {
		d.hearNames()
	}
	return d
}

// prepareFor reads the rows as those were of which a model was learned.
func prepareFor(ctx context.Context, p plan, problem Problem, m *Model) (*prepared, error) {
	d := newFor(p, m, len(problem.Rows))
	return d, d.addAll(ctx, problem.Rows)
}

func (d *prepared) addAll(ctx context.Context, rows [][]string) error {
	for i, row := range rows {
		if i%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		d.add(row)
	}
	return nil
}

// truncate drops the records from number n on; their words stay.
func (d *prepared) truncate(n int) {
	d.people = d.people[:n]
	d.values = d.values[:n*len(d.plan.simple)]
}

// add reads one row as the next record.
func (d *prepared) add(row []string) {
	p := person{given: -1, household: -1}
	if d.plan.givenField >= 0 {
		d.readNames(&p, row)
	}
	if d.plan.birthField >= 0 {
		p.birth = d.birthOf(row)
	}
	if c := d.plan.household; c >= 0 {
		p.household = d.house(row[c])
	}
	d.people = append(d.people, p)
	for f, c := range d.plan.simple {
		d.values = append(d.values, d.intern(f, row[c]))
	}
}

// valuesOf are the values of the simple fields of a record.
func (d *prepared) valuesOf(i int32) []int32 {
	n := len(d.plan.simple)
	return d.values[int(i)*n : int(i)*n+n]
}

func (d *prepared) house(cell string) int32 {
	text := strings.TrimSpace(cell)
	if text == "" {
		return -1
	}
	id, ok := d.houses[text]
	if !ok {
		id = int32(len(d.houses))
		d.houses[text] = id
	}
	return id
}

func (d *prepared) intern(f int, cell string) int32 {
	if cell == "" {
		return -1
	}
	ids := d.valueIDs[f]
	id, ok := ids[cell]
	if ok {
		return id
	}
	v := makeValue(d.plan.kinds[d.plan.simple[f]], cell)
	if v.text == "" {
		ids[cell] = -1
		return -1
	}
	key := cell
	if v.text != cell {
		key = "\x00" + v.text
		id, ok = ids[key]
	}
	if !ok {
		id = int32(len(d.texts[f]))
		if d.voice != nil {
			d.hearValue(f, &v)
		}
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
		text = strings.TrimLeft(digitsOf(text), "0")
		if len(text) > 9 {
			text = text[len(text)-9:]
		}
	case Document, Postcode:
		text = compact(text)
	}
	v := value{text: text, tight: compact(text), raw: cell, script: scriptOf(cell)}
	v.hash = hashText(v.tight)
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

// dateOf reads a date and remembers cells that repeat.
func (d *prepared) dateOf(cell string) date {
	if cell == "" {
		return date{}
	}
	if b, ok := isoDate(cell); ok {
		return b
	}
	b, ok := d.dates[cell]
	if !ok {
		b = parseDate(cell)
		if len(d.dates) < rememberedCells {
			d.dates[cell] = b
		}
	}
	return b
}

// birthOf takes the most exact birth date of a row; an age gives a year.
func (d *prepared) birthOf(row []string) date {
	var best date
	for _, c := range d.plan.birth {
		if b := d.dateOf(row[c]); b.known() && (!best.known() || !best.precise() && b.precise()) {
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
				return date{year: int16(ageBase - n), about: true, floating: true}
			}
			return date{year: int16(d.ageYear - n), about: true}
		}
	}
	return best
}
