package people

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/gate"
	"cairn/ledger"
	"cairn/reference"
	"cairn/value"
	"cairn/value/said"
)

// FileInput names a record by its id or by the number on the slip.
type FileInput struct {
	Record string `json:"record" required:"true" help:"The record's id, or the number on the slip."`
}

// ConsentRow is one consent, in force while Withdrawn is empty.
type ConsentRow struct {
	Purpose          string `json:"purpose"`
	Destination      string `json:"destination"`
	Country          string `json:"country"` // its name in English
	Language         string `json:"language"`
	ByRepresentative bool   `json:"by_representative,omitempty"`
	Given            string `json:"given"`
	Withdrawn        string `json:"withdrawn,omitempty"`
}

// Event is one entry of a file, in plain words.
type Event struct {
	Kind    string        `json:"kind"`
	At      string        `json:"at"`
	Actor   string        `json:"actor"`
	Summary said.Sentence `json:"summary"`
}

// OpeningRow says that somebody opened the file.
type OpeningRow struct {
	Actor  string `json:"actor"`
	At     string `json:"at"`
	Reason string `json:"reason"`
}

// File is what one record says.
type File struct {
	Record string `json:"record"`
	RecordRegistered
	Dead       bool         `json:"dead,omitempty"`
	Died       value.Date   `json:"died,omitzero"`
	Registered string       `json:"registered"`
	Office     string       `json:"office"`
	Household  string       `json:"household,omitempty"`
	Consents   []ConsentRow `json:"consents,omitempty"`
	Timeline   []Event      `json:"timeline"`
	Openings   []OpeningRow `json:"openings,omitempty"`
}

// recordID gives the record that a text names; a number is looked up.
func recordID(w *blueprint.Work, text string) (string, error) {
	n, err := value.ParseNumber(text)
	if err != nil {
		return text, nil
	}
	var id string
	if err := w.QueryRow("SELECT record FROM people_record WHERE number = $1", string(n)).Scan(&id); err != nil {
		return "", blueprint.Refuse(blueprint.NotFound, "nobody here has the number %s", n)
	}
	return id, nil
}

// numbersOf gives the numbers of those subjects that are records.
func numbersOf(w *blueprint.Work, subjects []string) (map[string]string, error) {
	out := map[string]string{}
	err := w.Reader.In(w.Ctx, "SELECT record, number FROM people_record WHERE record IN (%s)", subjects, func(rows *sql.Rows) error {
		var record, number string
		err := rows.Scan(&record, &number)
		out[record] = number
		return err
	})
	return out, err
}

func fileResource(w *blueprint.Work, in *FileInput) (r gate.Resource, err error) {
	id, err := recordID(w, in.Record)
	if err != nil {
		return r, err
	}
	return Resource(w, id)
}

var personFile = blueprint.See(blueprint.View{
	Name: "people.file", Group: "registration.read", Title: "A person's file",
	Help: "What one record says: the person, the household, consents, and every entry about it in order. Say first why " +
		"you open it, with people.open_file: that is recorded, and counts for half a day.",
	Example: "cairn people file --record BUD-34F7KM-X2", Resource: blueprint.ResourceOf(fileResource),
}, func(w *blueprint.Work, in FileInput) (File, error) {
	id, err := recordID(w, in.Record)
	if err != nil {
		return File{}, err
	}
	facts, err := w.Exists(id, SubjectRecord)
	if err != nil {
		return File{}, err
	}
	opened, err := openings(w, id)
	if err != nil {
		return File{}, err
	}
	if !openedBy(w, opened) {
		return File{}, blueprint.Refuse(blueprint.Denied,
			"say first why you open this file: people.open_file with record %s and a reason", id)
	}
	s := fold.State(facts, stepRecord)
	f := File{Record: id, RecordRegistered: s.RecordRegistered, Dead: s.dead, Died: s.died,
		Registered: s.registered.String(), Office: s.office}
	for i := range f.Documents {
		f.Documents[i].Index = ""
	}
	for _, c := range s.consents {
		row := ConsentRow{Purpose: c.Purpose, Destination: string(c.Destination), Country: placeCountry(c.Destination),
			Language: string(c.Language), ByRepresentative: c.ByRepresentative, Given: c.given.String()}
		if c.withdrawn != 0 {
			row.Withdrawn = c.withdrawn.String()
		}
		f.Consents = append(f.Consents, row)
	}
	for _, fact := range facts {
		f.Timeline = append(f.Timeline, Event{Kind: fact.Kind, At: fact.Time.String(), Actor: fact.Actor, Summary: summary(fact)})
	}
	homes, err := householdsOf(w, []string{id})
	if err != nil {
		return File{}, err
	}
	f.Household, f.Openings = homes[id], opened
	return f, nil
})

// openedFor is how long an opening counts, longer than a working day.
const openedFor = 12 * time.Hour

// openedBy says whether who asks has recorded why the file is opened.
func openedBy(w *blueprint.Work, openings []OpeningRow) bool {
	since := (w.Time - ledger.Time(openedFor.Microseconds())).String()
	return slices.ContainsFunc(openings, func(o OpeningRow) bool { return o.Actor == w.Actor.ID && o.At >= since })
}

func openings(w *blueprint.Work, record string) ([]OpeningRow, error) {
	return blueprint.Collect(w, func(rows *sql.Rows) (OpeningRow, error) {
		var o OpeningRow
		err := rows.Scan(&o.Actor, &o.At, &o.Reason)
		return o, err
	}, "SELECT actor, at, reason FROM people_opening WHERE record = $1 ORDER BY at, opening", record)
}

// openingsOf gives the openings of a record's file: reasons may name the person.
func openingsOf(w *blueprint.Work, record string) ([]string, error) {
	return blueprint.Collect(w, func(rows *sql.Rows) (string, error) {
		var id string
		err := rows.Scan(&id)
		return id, err
	}, "SELECT opening FROM people_opening WHERE record = $1 ORDER BY opening", record)
}

// summary says in a line what an entry did. Other domains' entries give only their
// kind: who may read more of them is decided by their own views.
func summary(f fold.Fact) said.Sentence {
	switch v := f.Value.(type) {
	case *RecordRegistered:
		if v.Import != "" {
			return said.Say("registered as %s from row %d of a list", v.Number, v.Row)
		}
		return said.Say("registered as %s", v.Number)
	case *RecordCorrected:
		return said.Say("corrected: %s", v.Reason)
	case *DeathRecorded:
		return said.Say("death recorded: %s", v.Basis)
	case *ConsentGiven:
		return said.Say("agreed to %s for %s, explained in %s", countryNamed(v.Destination), plainWord(v.Purpose), languageNamed(v.Language))
	case *ConsentWithdrawn:
		return said.Say("withdrew the consent to %s for %s", countryNamed(v.Destination), plainWord(v.Purpose))
	}
	domain, verb, _ := strings.Cut(f.Kind, ".")
	return said.Say("%s: %s", domain, plainWord(verb))
}

// plainWord is a stored word as people read it.
func plainWord(word string) string { return strings.ReplaceAll(word, "_", " ") }

// countryNamed gives the country itself, which knows its name in other languages.
func countryNamed(code value.Country) any {
	if c, known := reference.CountryByCode(string(code)); known {
		return c
	}
	return string(code)
}

func languageNamed(code value.Language) any {
	if l, known := reference.LanguageByCode(string(code)); known {
		return l
	}
	return string(code)
}

// HouseholdInput names a household.
type HouseholdInput struct {
	Household string `json:"household" required:"true" help:"The household."`
}

// MemberRow is a member with the record's fields.
type MemberRow struct {
	Row
	Relation string `json:"relation,omitempty"`
	Head     bool   `json:"head,omitempty"`
}

// HouseholdView is a household with its members, the head first.
type HouseholdView struct {
	Household string      `json:"household"`
	Number    string      `json:"number"`
	Site      string      `json:"site,omitempty"`
	Wishes    []string    `json:"wishes,omitempty"` // alpha-3, the first first
	Members   []MemberRow `json:"members"`
}

var viewHousehold = blueprint.See(blueprint.View{
	Name: "people.household", Group: "registration.read", Title: "A household",
	Help: "Who belongs to a household, and which countries it asks for.", Example: "cairn people household --household ID",
	Resource: blueprint.ResourceOf(householdResource),
}, func(w *blueprint.Work, in HouseholdInput) (HouseholdView, error) {
	h := HouseholdView{Household: in.Household}
	err := w.QueryRow("SELECT number, site FROM people_household WHERE household = $1", in.Household).Scan(&h.Number, &h.Site)
	if err != nil {
		return h, blueprint.Refuse(blueprint.NotFound, "there is no household %q here", in.Household)
	}
	h.Members, err = blueprint.Collect(w, func(rows *sql.Rows) (MemberRow, error) {
		var m MemberRow
		var head int64
		var err error
		m.Row, err = scanRow(rows, &m.Relation, &head)
		m.Head = head != 0
		return m, err
	}, "SELECT "+rowColumns+", m.relation, m.head FROM people_member m JOIN people_record r ON r.record = m.record"+
		" WHERE m.household = $1 ORDER BY m.head DESC, r.birth, r.record", in.Household)
	if err != nil {
		return h, fmt.Errorf("read the members: %w", err)
	}
	h.Wishes, err = blueprint.Collect(w, func(rows *sql.Rows) (string, error) {
		var c string
		err := rows.Scan(&c)
		return c, err
	}, "SELECT country FROM people_wish WHERE household = $1 ORDER BY rank", in.Household)
	return h, err
})

// Slip is what a printed slip shows. It has no more than is needed at a counter.
type Slip struct {
	Number     value.Number `json:"number"`
	Name       string       `json:"name"`
	BirthYear  int          `json:"birth_year,omitempty"`
	Office     string       `json:"office"`
	Registered string       `json:"registered"` // YYYY-MM-DD
	Site       string       `json:"site,omitempty"`
	Household  string       `json:"household,omitempty"` // its number
	Members    int64        `json:"members,omitempty"`
}

var slip = blueprint.See(blueprint.View{
	Name: "people.slip", Group: "registration.read", Title: "A slip to print",
	Help: "The data of the printed slip with a person's number.", Example: "cairn people slip --record ID", Resource: blueprint.ResourceOf(fileResource),
}, func(w *blueprint.Work, in FileInput) (Slip, error) {
	id, err := recordID(w, in.Record)
	if err != nil {
		return Slip{}, err
	}
	var s Slip
	var birth string
	err = w.QueryRow(`SELECT r.number, r.name, r.birth, r.office, r.registered, r.site, COALESCE(h.number, ''), COALESCE(h.size, 0)
		FROM people_record r LEFT JOIN people_member m ON m.record = r.record
		LEFT JOIN people_household h ON h.household = m.household WHERE r.record = $1`, id).
		Scan(&s.Number, &s.Name, &birth, &s.Office, &s.Registered, &s.Site, &s.Household, &s.Members)
	if err != nil {
		return s, blueprint.Refuse(blueprint.NotFound, "there is no record %q here", in.Record)
	}
	var d value.Date
	if d.UnmarshalText([]byte(birth)) == nil {
		s.BirthYear = d.Year
	}
	s.Registered = s.Registered[:min(len(s.Registered), len("2006-01-02"))]
	return s, nil
})

// Current gives what records say now, many at once. Records that were erased, or
// that are not here, are missing.
func Current(w *blueprint.Work, records []string) (map[string]RecordRegistered, error) {
	if err := w.LoadAll(records...); err != nil {
		return nil, fmt.Errorf("load the records: %w", err)
	}
	out := make(map[string]RecordRegistered, len(records))
	for _, id := range records {
		facts, err := w.Load(id)
		if err != nil {
			return nil, err
		}
		if s := fold.State(facts, stepRecord); s.Number != "" {
			out[id] = s.RecordRegistered
		}
	}
	return out, nil
}
