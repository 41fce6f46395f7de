package people

import (
	"strconv"
	"strings"

	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/format/headers"
	"cairn/format/sheet"
	"cairn/value"
	"cairn/value/said"
)

// settings is what holds for all rows of a list.
type settings struct {
	words       map[string]string
	site        string
	nationality value.Country
	day         value.Date // when the list was made; zero when nobody said
	today       value.Date
}

// listed is one row, converted.
type listed struct {
	row      int
	fact     *RecordRegistered
	house    string
	relation string
	wishes   []value.Country
	// agrees says what the consent cell says, countries which it names.
	agrees    string
	countries []value.Country
	refused   []lists.Refusal
	unread    []Unread
}

// converter turns rows into records. It is used by one goroutine.
type converter struct {
	*list
	*settings
	vocabulary *vocabulary
	at         map[string]int // field to column
	all        map[string][]int
	sexes      map[string]value.Sex
	out        *listed
	cells      []string
}

// keptAsRemarks are fields that no record has, kept as they were written.
var keptAsRemarks = []string{headers.BirthName, headers.MotherName, headers.BirthCountry, headers.Residence, headers.MaritalStatus,
	headers.BorderPoint, headers.Email}

func newConverter(l *list, s *settings) *converter {
	c := &converter{list: l, settings: s, vocabulary: newVocabulary(s.words), at: map[string]int{},
		all: map[string][]int{}, sexes: map[string]value.Sex{}}
	for i, column := range l.Mapping.Columns {
		if column.Field == "" {
			continue
		}
		if _, had := c.at[column.Field]; !had {
			c.at[column.Field] = i
		}
		c.all[column.Field] = append(c.all[column.Field], i)
	}
	return c
}

func (c *converter) row(row *sheet.Row) listed {
	out := listed{row: row.Number, fact: &RecordRegistered{Row: row.Number}}
	c.out, c.cells = &out, row.Cells
	r := out.fact
	c.name(r)
	c.dates(r)
	c.sexOf(r)
	c.nationalities(r)
	r.BirthPlace, r.Occupation = c.cell(headers.BirthPlace), c.cell(headers.Occupation)
	r.Site = otherwise(c.cell(headers.Site), c.site)
	r.Listed = otherwise(c.cell(headers.ExternalID), c.cell(headers.RegistrationNumber))
	for _, column := range c.all[headers.Phone] {
		r.Phones = append(r.Phones, lists.Parts(c.in(column))...)
	}
	for _, column := range c.all[headers.Needs] {
		r.Needs = append(r.Needs, c.vocabulary.needs(c.in(column))...)
	}
	for _, column := range c.all[headers.Languages] {
		for _, part := range lists.Parts(c.in(column)) {
			if l, ok := c.vocabulary.language(part); ok {
				r.Languages = append(r.Languages, l)
			} else {
				c.leave(column, part)
			}
		}
	}
	if n := c.cell(headers.DocumentNumber); n != "" {
		r.Documents = []Document{{Type: c.cell(headers.DocumentType), Number: n}}
	}
	r.Remarks = c.remarks()
	c.family(&out)
	c.consent(&out)
	return out
}

// cell gives a field's text, trimmed; "" without such a column.
func (c *converter) cell(field string) string {
	column, ok := c.at[field]
	if !ok {
		return ""
	}
	return c.in(column)
}

func (c *converter) in(column int) string {
	if column >= len(c.cells) {
		return ""
	}
	return strings.TrimSpace(c.cells[column])
}

func (c *converter) refuse(field, format string, args ...any) {
	column, ok := c.at[field]
	r := lists.Refusal{Row: c.out.row, Reason: said.Say(format, args...)}
	if ok {
		r.Column, r.Value = c.HeaderOf(column), c.in(column)
	}
	c.out.refused = append(c.out.refused, r)
}

func (c *converter) leave(column int, text string) {
	c.out.unread = append(c.out.unread, Unread{Column: c.HeaderOf(column), Value: text, Rows: 1})
}

// name joins the parts. Where a column "name" stands beside one of given names and
// does not repeat these, it holds the family name.
func (c *converter) name(r *RecordRegistered) {
	full, given, family := c.cell(headers.FullName), c.cell(headers.GivenName), c.cell(headers.FamilyName)
	if full != "" && given != "" && family == "" && !strings.Contains(value.Fold(full), value.Fold(given)) {
		full, family = "", full
	}
	p := Person{Name: full, Given: given, Family: family, Patronymic: c.cell(headers.Patronymic)}
	var err error
	if r.Name, err = p.name(); err != nil {
		field := headers.FullName
		if full == "" {
			field = headers.FamilyName
		}
		c.refuse(field, "%v", err)
	}
}

// dates reads the day of arrival first, since a stated age counts from it.
func (c *converter) dates(r *RecordRegistered) {
	day := c.day
	if d, ok := c.date(headers.RegistrationDate); ok && d.Complete() {
		day = d
	}
	if d, ok := c.date(headers.ArrivalDate); ok {
		r.Arrived = d
		if d.Complete() {
			day = d
		}
	}
	switch {
	case c.cell(headers.BirthDate) != "":
		r.Birth, _ = c.date(headers.BirthDate)
	case c.cell(headers.BirthYear) != "":
		r.Birth, _ = c.date(headers.BirthYear)
	case c.cell(headers.Age) != "":
		r.Birth = c.age(day)
	}
	if err := checkBirth(r.Birth, c.today); err != nil {
		c.refuse(headers.BirthDate, "%v", err)
	}
}

func (c *converter) date(field string) (value.Date, bool) {
	text := c.cell(field)
	if text == "" {
		return value.Date{}, false
	}
	latest := c.today.Year
	if c.day.Year != 0 {
		latest = c.day.Year
	}
	d, err := value.ParseDateNear(text, c.orders[c.at[field]], latest)
	if err != nil {
		c.refuse(field, "%v", err)
		return value.Date{}, false
	}
	return d, true
}

func (c *converter) age(day value.Date) value.Date {
	text := strings.TrimSuffix(c.cell(headers.Age), ".0")
	n, err := strconv.Atoi(foldDigits(text))
	switch {
	case err != nil:
		c.refuse(headers.Age, "this is no age in whole years: write a number, 0 for a child under one year")
	case day.IsZero():
		c.refuse(headers.Age, "nobody knows when this age was stated: give the list's day with the field arrived")
	default:
		d, err := value.DateFromAge(n, day)
		if err != nil {
			c.refuse(headers.Age, "%v", err)
		}
		return d
	}
	return value.Date{}
}

// foldDigits writes digits of any script as ASCII.
func foldDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if d, ok := value.DigitValue(r); ok {
			return '0' + rune(d)
		}
		return r
	}, text)
}

func (c *converter) sexOf(r *RecordRegistered) {
	text := c.cell(headers.Sex)
	if text == "" {
		return
	}
	if known, seen := c.sexes[text]; seen {
		r.Sex = known
		return
	}
	sex := value.Sex(c.vocabulary.find("sex", text, nil))
	if sex == "" || !sex.Valid() {
		var err error
		if sex, err = c.sex(text); err != nil {
			c.refuse(headers.Sex, "%v", err)
			return
		}
	}
	c.sexes[text], r.Sex = sex, sex
}

func (c *converter) nationalities(r *RecordRegistered) {
	for _, column := range c.all[headers.Nationality] {
		for _, part := range lists.Parts(c.in(column)) {
			if country, ok := c.vocabulary.country(part); ok {
				r.Nationalities = append(r.Nationalities, country)
				continue
			}
			c.out.refused = append(c.out.refused, lists.Refusal{Row: c.out.row, Column: c.HeaderOf(column), Value: part,
				Reason: said.Say("no country is known by this word: write its name or its three letters, or explain it with words, such as {%q:\"HUN\"}", part)})
		}
	}
	if len(r.Nationalities) == 0 && c.nationality != "" {
		r.Nationalities = []value.Country{c.nationality}
	}
}

func (c *converter) remarks() string {
	var lines []string
	for _, column := range c.all[headers.Remarks] {
		if text := c.in(column); text != "" {
			lines = append(lines, text)
		}
	}
	for _, field := range keptAsRemarks {
		if text := c.cell(field); text != "" {
			lines = append(lines, c.HeaderOf(c.at[field])+": "+text)
		}
	}
	return strings.Join(lines, "\n")
}

func (c *converter) family(out *listed) {
	out.house = c.cell(headers.Household)
	var known bool
	if out.relation, known = c.vocabulary.relation(c.cell(headers.Relationship)); !known {
		c.leave(c.at[headers.Relationship], c.cell(headers.Relationship))
	}
	for _, column := range c.all[headers.Destination] {
		for _, part := range lists.Parts(c.in(column)) {
			if country, ok := c.vocabulary.country(part); ok {
				out.wishes = append(out.wishes, country)
			} else {
				c.leave(column, part)
			}
		}
	}
}

// consent reads yes, no, or the countries that the cell names. Anything else is no
// consent.
func (c *converter) consent(out *listed) {
	for _, column := range c.all[headers.Consent] {
		text := c.in(column)
		if text == "" {
			continue
		}
		if code := c.vocabulary.find("consent", text, nil); code != "" {
			if out.agrees != consentNo {
				out.agrees = code
			}
			continue
		}
		for _, part := range lists.Parts(text) {
			if country, ok := c.vocabulary.country(part); ok {
				out.countries = append(out.countries, country)
			} else {
				c.leave(column, part)
			}
		}
	}
}

// consents gives what the row agrees to: the countries that it names beside its
// consent. "Any country" is taken for those that it names, since there is no
// consent to a place that was not explained. A child's is not taken from a list.
func (l *listed) consents(terms *ConsentGiven, day value.Date) []*ConsentGiven {
	if l.agrees == consentNo || l.fact.Birth.AdultAt(18, day) == value.No {
		return nil
	}
	countries := l.countries
	if l.agrees != "" {
		countries = append(countries, l.wishes...)
	}
	var out []*ConsentGiven
	seen := map[value.Country]bool{}
	for _, country := range countries {
		given := *terms
		given.Destination = country
		if seen[country] || checkConsent(&given) != nil {
			continue
		}
		seen[country] = true
		out = append(out, &given)
	}
	return out
}

// settingsOf reads what holds for all rows.
func (in *ImportInput) settingsOf(w *blueprint.Work) (*settings, error) {
	s := &settings{words: in.Words, site: in.Site, today: today(w)}
	var err error
	if s.day, err = value.ParseDate(in.Arrived, value.DMY); err != nil {
		return nil, blueprint.RefuseField("arrived", "the list's day: %v", err)
	}
	if in.Nationality != "" {
		var ok bool
		if s.nationality, ok = newVocabulary(nil).country(in.Nationality); !ok {
			return nil, blueprint.RefuseField("nationality", "%q is no country that is known: write its code", in.Nationality)
		}
	}
	return s, nil
}

// terms reads under which terms a consent column counts; nil: it does not.
func (in *ImportInput) terms() (*ConsentGiven, error) {
	if in.Consent == nil {
		return nil, nil
	}
	language, err := value.ParseLanguage(in.Consent.Language)
	if err != nil {
		return nil, blueprint.RefuseField("consent", "language of the explanation: %v", err)
	}
	terms := &ConsentGiven{Purpose: otherwise(in.Consent.Purpose, PurposeResettlement), Language: language,
		Informed: in.Consent.Informed, Interpreter: in.Consent.Interpreter, Destination: "CAN"}
	if err := checkConsent(terms); err != nil {
		return nil, err
	}
	return terms, nil
}
