package people

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"

	"cairn/blueprint"
	"cairn/format/headers"
	"cairn/reference"
	"cairn/value"
	"cairn/value/said"
)

// PaperInput is a document as somebody types it.
type PaperInput struct {
	Type   string `json:"type" help:"passport, identity card …"`
	Number string `json:"number" required:"true" help:"The number as printed."`
	Issuer string `json:"issuer" help:"The country that issued it."`
	Zone   string `json:"zone" help:"The machine-readable zone at its foot: two or three lines."`
}

// Person is what somebody types about one person. Only a name is needed.
type Person struct {
	Name          string       `json:"name" help:"The name in any script; \"Family, Given\" keeps the parts."`
	Given         string       `json:"given" help:"The given name."`
	Family        string       `json:"family" help:"The family name."`
	Patronymic    string       `json:"patronymic" help:"The patronymic or father's name."`
	Other         string       `json:"other_name" help:"A name at birth or another name."`
	Birth         string       `json:"birth" help:"Date of birth; parts may be unknown: 3.5.1956, 1956-05, 1956."`
	Age           *int         `json:"age" help:"Age in years, where no date of birth is known."`
	Sex           string       `json:"sex" help:"F, M, X or U, or a word."`
	Gender        string       `json:"gender" help:"Gender in the person's own words."`
	Nationalities []string     `json:"nationalities" help:"Countries by code or name."`
	BirthPlace    string       `json:"birth_place" help:"Place of birth."`
	Languages     []string     `json:"languages" help:"Languages by tag or name."`
	Documents     []PaperInput `json:"documents" help:"Papers that were shown."`
	Phones        []string     `json:"phones" help:"Telephone numbers."`
	Needs         []string     `json:"needs" help:"wheelchair, stretcher, pregnant … or free words."`
	Occupation    string       `json:"occupation" help:"Occupation."`
	Site          string       `json:"site" help:"Where the person stays."`
	Arrived       string       `json:"arrived" help:"Day of arrival."`
	Remarks       string       `json:"remarks" help:"Anything else."`
	Relation      string       `json:"relation" help:"Relation to the head of the household: spouse, child, parent …"`
	Head          bool         `json:"head" help:"This person heads the household."`
	Sensitive     bool         `json:"sensitive" help:"Close the file to all but protection officers."`
}

// registered converts a person, without number and document indexes. today is the
// day on which a stated age is counted.
func (p *Person) registered(words *vocabulary, today value.Date) (*RecordRegistered, error) {
	name, err := p.name()
	if err != nil {
		return nil, blueprint.RefuseField("name", "%v", err)
	}
	r := &RecordRegistered{Name: name, Gender: value.Gender(p.Gender), BirthPlace: p.BirthPlace, Phones: p.Phones,
		Occupation: p.Occupation, Site: p.Site, Remarks: p.Remarks, Sensitive: p.Sensitive}
	if r.Birth, err = p.birth(today); err != nil {
		return nil, err
	}
	if r.Arrived, err = value.ParseDate(p.Arrived, value.DMY); err != nil {
		return nil, blueprint.RefuseField("arrived", "day of arrival: %v", err)
	}
	if r.Sex, err = headers.ParseSex(p.Sex); err != nil {
		return nil, blueprint.RefuseField("sex", "%v", err)
	}
	if r.Nationalities, err = eachWord(p.Nationalities, "nationalities", said.Say("country"), words.country); err != nil {
		return nil, err
	}
	if r.Languages, err = eachWord(p.Languages, "languages", said.Say("language"), words.language); err != nil {
		return nil, err
	}
	for _, need := range p.Needs {
		r.Needs = append(r.Needs, words.needs(need)...)
	}
	r.Documents, err = documentsOf(p.Documents, words)
	return r, err
}

func (p *Person) name() (value.Name, error) {
	var name value.Name
	var err error
	if p.Given != "" || p.Family != "" || p.Patronymic != "" {
		name, err = value.NameOf(p.Given, p.Patronymic, p.Family)
		if p.Name != "" {
			name.Full = strings.TrimSpace(p.Name)
		}
	} else {
		name, err = value.ParseName(p.Name)
	}
	name.Other = strings.TrimSpace(p.Other)
	if err != nil {
		return name, err
	}
	return name, name.Check()
}

func (p *Person) birth(today value.Date) (value.Date, error) {
	if p.Birth == "" && p.Age != nil {
		d, err := value.DateFromAge(*p.Age, today)
		if err != nil {
			return d, blueprint.RefuseField("age", "%v", err)
		}
		return d, nil
	}
	d, err := value.ParseDate(p.Birth, value.DMY)
	if err != nil {
		return d, blueprint.RefuseField("birth", "date of birth: %v", err)
	}
	return d, checkBirth(d, today)
}

// checkBirth refuses a birth that is wholly after the day.
func checkBirth(d, day value.Date) error {
	if first := d.Earliest(); !first.IsZero() && first.Compare(day) > 0 {
		return blueprint.RefuseField("birth", "the date of birth %s lies after %s: check the year", d, day)
	}
	return nil
}

func eachWord[T any](texts []string, field string, what said.Sentence, read func(string) (T, bool)) ([]T, error) {
	var out []T
	for _, text := range texts {
		v, ok := read(strings.TrimSpace(text))
		if !ok {
			return nil, blueprint.RefuseField(field, "%q is no %s that is known: write its code", text, what)
		}
		out = append(out, v)
	}
	return out, nil
}

// longestZone leaves room for spaces between the characters of three lines.
const longestZone = 250

func documentsOf(papers []PaperInput, words *vocabulary) ([]Document, error) {
	var out []Document
	for _, paper := range papers {
		if paper.Number == "" {
			return nil, blueprint.RefuseField("documents", "a document needs its number")
		}
		if len(paper.Zone) > longestZone {
			return nil, blueprint.RefuseField("documents", "a machine-readable zone has at most three lines: copy it alone")
		}
		d := Document{Type: paper.Type, Number: paper.Number, Zone: paper.Zone}
		if paper.Issuer != "" {
			issuer, ok := words.country(paper.Issuer)
			if !ok {
				return nil, blueprint.RefuseField("documents", "issuer %q is no country that is known: write its code", paper.Issuer)
			}
			d.Issuer = issuer
		}
		out = append(out, d)
	}
	return out, nil
}

// DocumentIndex gives the keyed digest by which a document number is found in
// people_document, whatever its spacing and case.
func DocumentIndex(w *blueprint.Work, number string) string {
	var b strings.Builder
	for _, r := range number {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToUpper(r))
		}
	}
	return w.BlindIndex("document", b.String())
}

func indexDocuments(w *blueprint.Work, documents []Document) {
	for i := range documents {
		documents[i].Index = DocumentIndex(w, documents[i].Number)
	}
}

func today(w *blueprint.Work) value.Date { return value.DateOf(w.Now()) }

// placeCountry names a country in English for people who read a file.
func placeCountry(c value.Country) string {
	if known, ok := reference.CountryByCode(string(c)); ok {
		return known.Name("en")
	}
	return string(c)
}

// numberPrefix makes the three characters of slip numbers from an office's code.
// Characters that numbers do not use become ones that look like them.
func numberPrefix(office string) string {
	code := strings.NewReplacer("0", "D", "O", "Q", "1", "J", "I", "J", "L", "T").Replace(strings.ToUpper(office))
	return (code + "XXX")[:3]
}

// Sequences have six characters: from 31^5, 859 million of them.
const (
	firstSequence = 31 * 31 * 31 * 31 * 31
	sequences     = 30 * firstSequence
)

// sequenceOf draws a sequence from a record's id, another one for each attempt. A
// count would tell how many people are here, and two desks would count alike.
func sequenceOf(record string, attempt int) uint64 {
	sum := sha256.Sum256(fmt.Appendf(nil, "number %s %d", record, attempt))
	return firstSequence + binary.BigEndian.Uint64(sum[:])%sequences
}

// numberRecords gives each new record a number that nobody here has. If somebody
// takes one in the same moment, the claim on it refuses the append.
func numberRecords(w *blueprint.Work, records []string) (map[string]value.Number, error) {
	prefix := numberPrefix(w.OfficeCode())
	out := make(map[string]value.Number, len(records))
	taken := map[value.Number]bool{}
	open := records
	for attempt := 0; len(open) > 0; attempt++ {
		var texts []string
		for _, r := range open {
			texts = append(texts, string(value.NewNumber(prefix, sequenceOf(r, attempt))))
		}
		err := w.Reader.In(w.Ctx, "SELECT number FROM people_record WHERE number IN (%s)", texts, func(rows *sql.Rows) error {
			var n string
			err := rows.Scan(&n)
			taken[value.Number(n)] = true
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("look for numbers that are free: %w", err)
		}
		var again []string
		for i, r := range open {
			if n := value.Number(texts[i]); !taken[n] {
				out[r], taken[n] = n, true
			} else {
				again = append(again, r)
			}
		}
		open = again
	}
	return out, nil
}
