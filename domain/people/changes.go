package people

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/value"
	"cairn/value/said"
)

// Done says which records an action changed.
type Done struct {
	Records []string `json:"records"`
	Entries int      `json:"entries"`
}

// CorrectInput changes fields of a record. What is left out stands.
type CorrectInput struct {
	Record        string       `json:"record" required:"true" help:"The record."`
	Reason        string       `json:"reason" required:"true" help:"Why the record was wrong or has changed."`
	Name          string       `json:"name" help:"The whole name."`
	Given         string       `json:"given" help:"Given name."`
	Family        string       `json:"family" help:"Family name."`
	Patronymic    string       `json:"patronymic" help:"Patronymic."`
	Other         string       `json:"other_name" help:"Another name."`
	Birth         string       `json:"birth" help:"Date of birth."`
	Sex           string       `json:"sex" help:"F, M, X or U."`
	Gender        string       `json:"gender" help:"Gender in the person's own words."`
	Nationalities []string     `json:"nationalities" help:"All nationalities."`
	BirthPlace    string       `json:"birth_place" help:"Place of birth."`
	Languages     []string     `json:"languages" help:"All languages."`
	Documents     []PaperInput `json:"documents" help:"All documents."`
	Phones        []string     `json:"phones" help:"All telephone numbers."`
	Needs         []string     `json:"needs" help:"All needs."`
	Occupation    string       `json:"occupation" help:"Occupation."`
	Site          string       `json:"site" help:"Where the person stays."`
	Arrived       string       `json:"arrived" help:"Day of arrival."`
	Remarks       string       `json:"remarks" help:"Remarks."`
	Sensitive     *bool        `json:"sensitive" help:"Close or open the file."`
	Clear         []string     `json:"clear" help:"Fields to empty, by their names here."`
}

var correct = blueprint.Act(blueprint.Action{
	Name: "people.correct", Group: "registration.write", Title: "Correct a record",
	Help:     "Changes fields of a record, with a reason. What stood before stays in the file's history.",
	Example:  "cairn people correct --record ID --birth 1956-05-03 --reason 'birth certificate shown'",
	Appends:  []string{"people.record_corrected"},
	Resource: resourceOf(func(in *CorrectInput) []string { return []string{in.Record} }),
}, func(w *blueprint.Work, in CorrectInput) (Done, error) {
	facts, err := w.Exists(in.Record, SubjectRecord)
	if err != nil {
		return Done{}, err
	}
	if strings.TrimSpace(in.Reason) == "" {
		return Done{}, blueprint.RefuseField("reason", "say why the record changes")
	}
	fact, err := in.correction(fold.State(facts, stepRecord), today(w))
	if err != nil {
		return Done{}, err
	}
	if fact.Documents != nil {
		indexDocuments(w, *fact.Documents)
	}
	w.Add(in.Record, fact)
	return Done{Records: []string{in.Record}, Entries: 1}, nil
})

// correction converts the fields that were given.
func (in *CorrectInput) correction(s record, day value.Date) (*RecordCorrected, error) {
	p := Person{Name: in.Name, Given: in.Given, Family: in.Family, Patronymic: in.Patronymic, Other: in.Other,
		Birth: in.Birth, Sex: in.Sex, Gender: in.Gender, Nationalities: in.Nationalities, BirthPlace: in.BirthPlace,
		Languages: in.Languages, Documents: in.Documents, Phones: in.Phones, Needs: in.Needs, Occupation: in.Occupation,
		Site: in.Site, Arrived: in.Arrived, Remarks: in.Remarks}
	renamed := in.Name+in.Given+in.Family+in.Patronymic+in.Other != ""
	if in.Name+in.Given+in.Family+in.Patronymic == "" {
		p.Given, p.Family, p.Patronymic, p.Name = s.Name.Given, s.Name.Family, s.Name.Patronymic, s.Name.Full
	}
	r, err := p.registered(newVocabulary(nil), day)
	if err != nil {
		return nil, err
	}
	c := &RecordCorrected{Reason: in.Reason, Sensitive: in.Sensitive}
	if renamed {
		c.Name = &r.Name
	}
	cleared := newClearing(in.Clear)
	given(&c.Birth, r.Birth, in.Birth != "" || cleared.takes("birth"))
	given(&c.Sex, r.Sex, in.Sex != "" || cleared.takes("sex"))
	given(&c.Gender, r.Gender, in.Gender != "" || cleared.takes("gender"))
	givenList(&c.Nationalities, r.Nationalities, in.Nationalities != nil || cleared.takes("nationalities"))
	given(&c.BirthPlace, r.BirthPlace, in.BirthPlace != "" || cleared.takes("birth_place"))
	givenList(&c.Languages, r.Languages, in.Languages != nil || cleared.takes("languages"))
	givenList(&c.Documents, r.Documents, in.Documents != nil || cleared.takes("documents"))
	givenList(&c.Phones, r.Phones, in.Phones != nil || cleared.takes("phones"))
	givenList(&c.Needs, r.Needs, in.Needs != nil || cleared.takes("needs"))
	given(&c.Occupation, r.Occupation, in.Occupation != "" || cleared.takes("occupation"))
	given(&c.Site, r.Site, in.Site != "" || cleared.takes("site"))
	given(&c.Arrived, r.Arrived, in.Arrived != "" || cleared.takes("arrived"))
	given(&c.Remarks, r.Remarks, in.Remarks != "" || cleared.takes("remarks"))
	if rest := cleared.rest(); len(rest) > 0 {
		return nil, blueprint.RefuseField("clear", "%v cannot be emptied: name fields of a record, not its name", rest)
	}
	if *c == (RecordCorrected{Reason: in.Reason}) {
		return nil, blueprint.Refuse(blueprint.Invalid, "nothing would change: give the fields that are wrong")
	}
	return c, nil
}

func given[T any](at **T, v T, set bool) {
	if set {
		*at = &v
	}
}

// givenList keeps an empty list apart from none, which as JSON would be no change.
func givenList[T any](at **[]T, v []T, set bool) {
	given(at, append([]T{}, v...), set)
}

// clearing is the list of fields to empty, each taken once.
type clearing map[string]bool

func newClearing(fields []string) clearing {
	c := clearing{}
	for _, f := range fields {
		c[f] = true
	}
	return c
}

func (c clearing) takes(field string) bool {
	found := c[field]
	delete(c, field)
	return found
}

func (c clearing) rest() []string {
	var out []string
	for f := range c {
		out = append(out, f)
	}
	slices.Sort(out)
	return out
}

// DeathInput records a death.
type DeathInput struct {
	Record string `json:"record" required:"true" help:"The record."`
	Died   string `json:"died" help:"Day of death; parts may be unknown."`
	Place  string `json:"place" help:"Where."`
	Basis  string `json:"basis" required:"true" help:"What it rests on: a certificate, a statement of the family."`
}

var recordDeath = blueprint.Act(blueprint.Action{
	Name: "people.record_death", Group: "registration.write", Title: "Record a death",
	Help:     "Says that a person died and on what that rests. The record stays.",
	Example:  "cairn people record-death --record ID --died 1956-12-03 --basis 'hospital certificate'",
	Appends:  []string{"people.death_recorded"},
	Resource: resourceOf(func(in *DeathInput) []string { return []string{in.Record} }),
}, func(w *blueprint.Work, in DeathInput) (Done, error) {
	facts, err := w.Exists(in.Record, SubjectRecord)
	if err != nil {
		return Done{}, err
	}
	if s := fold.State(facts, stepRecord); s.dead {
		return Done{}, blueprint.Refuse(blueprint.Conflict, "the death is recorded already")
	}
	died, err := value.ParseDate(in.Died, value.DMY)
	if err != nil {
		return Done{}, blueprint.RefuseField("died", "day of death: %v", err)
	}
	if strings.TrimSpace(in.Basis) == "" {
		return Done{}, blueprint.RefuseField("basis", "say what this rests on")
	}
	w.Add(in.Record, &DeathRecorded{Died: died, Place: in.Place, Basis: in.Basis})
	return Done{Records: []string{in.Record}, Entries: 1}, nil
})

// ConsentInput records consents: every record to every destination.
type ConsentInput struct {
	Records          []string `json:"records" required:"true" help:"Who agrees, each for themselves."`
	Purpose          string   `json:"purpose" required:"true" help:"resettlement, family_reunification, labour_migration, return, evacuation or data_transfer."`
	Destinations     []string `json:"destinations" required:"true" help:"Countries by code or name; there is no consent to any country."`
	Language         string   `json:"language" required:"true" help:"The language in which it was explained."`
	Informed         bool     `json:"informed" required:"true" help:"It was explained and understood."`
	ByRepresentative bool     `json:"by_representative" help:"A legal representative agrees."`
	Interpreter      string   `json:"interpreter" help:"Who interpreted."`
}

func (in *ConsentInput) consents() ([]*ConsentGiven, error) {
	destinations, err := eachWord(in.Destinations, "destinations", said.Say("country"), newVocabulary(nil).country)
	if err != nil {
		return nil, err
	}
	if len(destinations) == 0 {
		return nil, blueprint.RefuseField("destinations", "name at least one country")
	}
	language, err := value.ParseLanguage(in.Language)
	if err != nil {
		return nil, blueprint.RefuseField("language", "%v", err)
	}
	var out []*ConsentGiven
	for _, d := range destinations {
		c := &ConsentGiven{Purpose: in.Purpose, Destination: d, Language: language, Informed: in.Informed,
			ByRepresentative: in.ByRepresentative, Interpreter: in.Interpreter}
		if err := checkConsent(c); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

var giveConsent = blueprint.Act(blueprint.Action{
	Name: "people.give_consent", Group: "registration.write", Title: "Record consent",
	Help: "Records that people agreed to destinations after these were explained in a language they understand. " +
		"Consent that stands already is not recorded twice.",
	Example:  "cairn people give-consent --records ID,ID --purpose resettlement --destinations CAN,USA --language hu --informed true",
	Appends:  []string{"people.consent_given"},
	Resource: resourceOf(func(in *ConsentInput) []string { return in.Records }),
}, func(w *blueprint.Work, in ConsentInput) (Done, error) {
	consents, err := in.consents()
	if err != nil {
		return Done{}, err
	}
	records := unique(in.Records)
	if err := existing(w, records); err != nil {
		return Done{}, err
	}
	standing, err := standingConsents(w, records)
	if err != nil {
		return Done{}, err
	}
	done := Done{Records: records}
	for _, r := range records {
		for _, c := range consents {
			if standing[r][consentKey{c.Purpose, string(c.Destination), string(c.Language), c.ByRepresentative}] {
				continue
			}
			w.Add(r, c)
			done.Entries++
		}
	}
	return done, nil
})

type consentKey struct {
	purpose, destination, language string
	representative                 bool
}

func standingConsents(w *blueprint.Work, records []string) (map[string]map[consentKey]bool, error) {
	out := map[string]map[consentKey]bool{}
	err := w.Reader.In(w.Ctx, `SELECT record, purpose, destination, language, by_representative FROM people_consent
		WHERE withdrawn = '' AND record IN (%s)`, records, func(rows *sql.Rows) error {
		var r string
		var k consentKey
		var by int64
		if err := rows.Scan(&r, &k.purpose, &k.destination, &k.language, &by); err != nil {
			return err
		}
		k.representative = by != 0
		if out[r] == nil {
			out[r] = map[consentKey]bool{}
		}
		out[r][k] = true
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the consents that stand: %w", err)
	}
	return out, nil
}

// WithdrawInput ends consents of records.
type WithdrawInput struct {
	Records      []string `json:"records" required:"true" help:"Who withdraws."`
	Purpose      string   `json:"purpose" help:"One purpose; all when left out."`
	Destinations []string `json:"destinations" help:"Countries; all when left out."`
	Reason       string   `json:"reason" help:"Only if the person gives one."`
}

var withdrawConsent = blueprint.Act(blueprint.Action{
	Name: "people.withdraw_consent", Group: "registration.write", Title: "Withdraw consent",
	Help:     "Ends consents, at any time and without a reason. Journeys that rest on them are refused from now on.",
	Example:  "cairn people withdraw-consent --records ID --destinations CAN",
	Appends:  []string{"people.consent_withdrawn"},
	Resource: resourceOf(func(in *WithdrawInput) []string { return in.Records }),
}, func(w *blueprint.Work, in WithdrawInput) (Done, error) {
	destinations, err := eachWord(in.Destinations, "destinations", said.Say("country"), newVocabulary(nil).country)
	if err != nil {
		return Done{}, err
	}
	records := unique(in.Records)
	if err := existing(w, records); err != nil {
		return Done{}, err
	}
	standing, err := standingConsents(w, records)
	if err != nil {
		return Done{}, err
	}
	done := Done{Records: records}
	for _, r := range records {
		for _, k := range sortedKeys(standing[r]) {
			country := value.Country(k.destination)
			if in.Purpose != "" && k.purpose != in.Purpose || len(destinations) > 0 && !slices.Contains(destinations, country) {
				continue
			}
			w.Add(r, &ConsentWithdrawn{Purpose: k.purpose, Destination: country, Reason: in.Reason})
			done.Entries++
		}
	}
	if done.Entries == 0 {
		return Done{}, blueprint.Refuse(blueprint.NotFound, "no such consent stands: look at the file with people.file")
	}
	return done, nil
})

func sortedKeys(set map[consentKey]bool) []consentKey {
	out := make([]consentKey, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b consentKey) int {
		return strings.Compare(a.purpose+a.destination, b.purpose+b.destination)
	})
	return out
}

// OpenInput says whose file is opened and why.
type OpenInput struct {
	Record string `json:"record" required:"true" help:"The record."`
	Reason string `json:"reason" required:"true" help:"Why the file is opened."`
}

// Opened names the opening.
type Opened struct {
	Opening string `json:"opening"`
}

var openFile = blueprint.Act(blueprint.Action{
	Name: "people.open_file", Group: "registration.read", Title: "Open a file",
	Help:     "Records that you open a person's file, and why. The person may ask who did.",
	Example:  "cairn people open-file --record ID --reason 'interview on Tuesday'",
	Appends:  []string{"people.file_opened"},
	Resource: resourceOf(func(in *OpenInput) []string { return []string{in.Record} }),
}, func(w *blueprint.Work, in OpenInput) (Opened, error) {
	if err := existing(w, []string{in.Record}); err != nil {
		return Opened{}, err
	}
	if strings.TrimSpace(in.Reason) == "" {
		return Opened{}, blueprint.RefuseField("reason", "say why the file is opened")
	}
	id := w.NewID()
	w.Add(id, &FileOpened{Record: in.Record, Reason: in.Reason})
	return Opened{Opening: id}, nil
})
