package link

import (
	"fmt"
	"strings"
)

// maxFields is the number of fields whose levels fit into one 64-bit word.
const maxFields = 16

// plan says which columns make which field.
type plan struct {
	full, given, family []int
	birth, age          []int
	simple              []int // one field for each of these columns
	household           int   // column, or -1

	// indices of the fields in the model, or -1
	givenField, familyField, otherField, birthField, simpleField, kinField, fields int
	kinds                                                                          []Kind // of the columns
}

func makePlan(columns []Column) (plan, error) {
	p := plan{household: -1, givenField: -1, familyField: -1, otherField: -1, birthField: -1, kinField: -1}
	for i, c := range columns {
		p.kinds = append(p.kinds, c.Kind)
		switch c.Kind {
		case FullName:
			p.full = append(p.full, i)
		case GivenName:
			p.given = append(p.given, i)
		case FamilyName:
			p.family = append(p.family, i)
		case BirthDate:
			p.birth = append(p.birth, i)
		case Age:
			p.age = append(p.age, i)
		case Household:
			p.household = i
		case Sex, Place, Phone, Document, Postcode, Occupation, FreeText:
			p.simple = append(p.simple, i)
		case Ignore, "":
		default:
			return p, fmt.Errorf("column %q has the unknown kind %q: use one of %v", c.Name, c.Kind, Kinds())
		}
	}
	p.number()
	if p.fields == 0 || p.fields == 1 && p.kinField >= 0 {
		return p, fmt.Errorf("no column can be compared: give at least a name, a birth date or a document number")
	}
	return p, nil
}

func (p *plan) number() {
	next := func() int { p.fields++; return p.fields - 1 }
	if len(p.full)+len(p.given)+len(p.family) > 0 {
		p.givenField, p.familyField, p.otherField = next(), next(), next()
	}
	if len(p.birth)+len(p.age) > 0 {
		p.birthField = next()
	}
	room := maxFields - p.fields
	if p.household >= 0 {
		room--
	}
	p.simple = p.simple[:min(len(p.simple), room)]
	p.simpleField = p.fields
	p.fields += len(p.simple)
	if p.household >= 0 {
		p.kinField = next()
	}
}

// The levels of a name field.
const (
	nameSame = 1 + iota
	nameForm
	nameSound
	nameAcross // scripts
	nameMisprint
	nameLikeAcross
	nameInitial
	nameElsewhere
	nameDifferent
)

// The levels of the other fields.
const (
	valueSame = 1 + iota
	valueNear
	valueRelated
	valueDifferent
)

var (
	nameLevels = []Level{{"unknown", 1, 1, 1}, {"same", .67, 0, .88}, {"another form of the name", .09, 0, .01},
		{"sounds alike", .03, 0, .02}, {"the same in another script", .02, 0, .01}, {"misprint", .05, 0, .02},
		{"alike in another script", .01, 0, .01}, {"initial", .02, 0, 0},
		{"found among the other names", .05, 0, .02}, {"different", .06, 0, .05}}
	otherLevels = []Level{{"unknown", 1, 1, 1}, {"one shared", .8, 0, 0}, {"none shared", .2, 0, 0}}
	birthPriors = []float64{1, .70, .08, .03, .06, .02, .03, .03, .01, .02, .02}
	valueWords  = map[Kind][]string{
		Sex:        {"unknown", "same", "", "", "different"},
		Place:      {"unknown", "same place", "spelt alike", "", "different"},
		Postcode:   {"unknown", "same", "one character differs", "same area", "different"},
		Phone:      {"unknown", "same number", "one digit differs", "", "different"},
		Document:   {"unknown", "same number", "one character differs", "", "different"},
		Occupation: {"unknown", "same", "alike", "", "different"},
		FreeText:   {"unknown", "same", "alike", "", "different"},
	}
	valuePriors = map[Kind][]float64{Sex: {1, .97, 0, 0, .03}, Place: {1, .8, .1, 0, .1}, Postcode: {1, .65, .1, .1, .15},
		Phone: {1, .8, .1, 0, .1}, Document: {1, .85, .1, 0, .05}, Occupation: {1, .8, .1, 0, .1}, FreeText: {1, .7, .15, 0, .15}}
)

// blankModel has the fields of a plan with levels as they are believed to be
// before any record was seen.
func (p *plan) blankModel(columns []Column) Model {
	fields := make([]Field, p.fields)
	join := func(lists ...[]int) []int {
		var all []int
		for _, l := range lists {
			all = append(all, l...)
		}
		return all
	}
	if p.givenField >= 0 {
		fields[p.givenField] = Field{Name: "given name", Kind: GivenName, Columns: join(p.given, p.full), Levels: clone(nameLevels)}
		fields[p.familyField] = Field{Name: "family name", Kind: FamilyName, Columns: join(p.family, p.full), Levels: clone(nameLevels), Shared: true}
		fields[p.otherField] = Field{Name: "other names", Kind: FullName, Columns: join(p.given, p.family, p.full), Levels: clone(otherLevels)}
	}
	if p.birthField >= 0 {
		f := Field{Name: "birth date", Kind: BirthDate, Columns: join(p.birth, p.age)}
		for i, w := range birthWords {
			f.Levels = append(f.Levels, Level{Words: w, M: birthPriors[i], U: 1, Kin: 1})
		}
		fields[p.birthField] = f
	}
	for i, c := range p.simple {
		kind := columns[c].Kind
		f := Field{Name: strings.TrimSpace(columns[c].Name), Kind: kind, Columns: []int{c}}
		f.Shared = kind == Place || kind == Postcode || kind == Phone || kind == FreeText
		for l, w := range valueWords[kind] {
			f.Levels = append(f.Levels, Level{Words: w, M: valuePriors[kind][l], U: 1, Kin: valuePriors[kind][l]})
		}
		fields[p.simpleField+i] = f
	}
	if p.kinField >= 0 {
		fields[p.kinField] = Field{Name: "household", Kind: Household, Columns: []int{p.household}, Shared: true, Levels: []Level{
			{"unknown", 1, 1, 1}, {"another member is the same person too", .8, 0, .8}, {"no other member matches", .2, 1, .2}}}
	}
	return Model{Fields: fields}
}

func clone(levels []Level) []Level { return append([]Level(nil), levels...) }
