package rights

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/gate"
	"cairn/reference"
	"cairn/value"
)

// Done says what an action recorded: the records that it touched and the ids that it
// gave, in the order of the input. Already counts what stood before.
type Done struct {
	Records []string `json:"records"`
	IDs     []string `json:"ids,omitempty"`
	Already int      `json:"already,omitempty"`
}

// onRecords finds the records of an input; at least one.
func onRecords(w *blueprint.Work, texts []string) ([]string, error) {
	if len(texts) == 0 {
		return nil, blueprint.RefuseField("records", "name at least one record, by id or number")
	}
	return identity.Records(w, texts)
}

// addToEach drafts one fact for each record.
func addToEach(w *blueprint.Work, texts []string, fact func(record string) blueprint.Fact) (Done, error) {
	records, err := onRecords(w, texts)
	if err != nil {
		return Done{}, err
	}
	for _, r := range records {
		w.Add(r, fact(r))
	}
	return Done{Records: records}, nil
}

// required refuses empty text.
func required(field, text, what string) error {
	if strings.TrimSpace(text) == "" {
		return blueprint.RefuseField(field, "say %s", what)
	}
	return nil
}

// oneOf refuses a word that is not in the list.
func oneOf(field, word string, words ...string) error {
	if !slices.Contains(words, word) {
		return blueprint.RefuseField(field, "%s %q is not known: write %s", field, word, strings.Join(words, ", "))
	}
	return nil
}

// lastDay reads the last day of something; it is not past. Empty stays empty.
func lastDay(w *blueprint.Work, text string) (string, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	d, err := value.ParseDate(text, value.DMY)
	if err != nil {
		return "", blueprint.RefuseField("until", "the last day: %v", err)
	}
	if !d.Complete() || d.Approx {
		return "", blueprint.RefuseField("until", "the last day needs year, month and day, such as 1957-03-31")
	}
	if d.String() < w.Today() {
		return "", blueprint.RefuseField("until", "%s is past: give a day that is still to come, or none", d)
	}
	return d.String(), nil
}

// country reads an alpha-3 code or a name. Codes that only travel documents carry,
// such as XXA, are no place where anybody could be.
func country(field, text string) (string, error) {
	c, found := reference.CountryByCode(strings.TrimSpace(text))
	if !found {
		c, found = reference.CountryByNationality(text)
	}
	if !found || c.Kind == reference.KindICAO || c.Alpha3 == "" {
		return "", blueprint.RefuseField(field, "%q is no country: write its three letters, such as CAN, or its name", text)
	}
	return c.Alpha3, nil
}

// destination is a country to which somebody can travel today.
func destination(text string) (string, error) {
	code, err := country("destination", text)
	if err != nil {
		return "", err
	}
	if c, _ := reference.CountryByCode(code); c.Kind != reference.KindISO {
		return "", blueprint.RefuseField("destination", "%s is no more: name the country as it is today", text)
	}
	return code, nil
}

// stands is a thing on a record that an id of its own names: a hold, a finding.
type stands struct {
	id, record string
	words      []string
}

// standing reads things by their ids from a query that gives id, record and words,
// with %s for the list. It guards their records and refuses what is not found.
func standing(w *blueprint.Work, what, query string, ids []string) ([]stands, error) {
	byID := map[string]stands{}
	err := w.Reader.In(w.Ctx, query, ids, func(rows *sql.Rows) error {
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		s := stands{words: make([]string, len(columns)-2)}
		at := []any{&s.id, &s.record}
		for i := range s.words {
			at = append(at, &s.words[i])
		}
		err = rows.Scan(at...)
		byID[s.id] = s
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read each %s: %w", what, err)
	}
	var out []stands
	var records []string
	seen := map[string]bool{}
	for _, id := range ids {
		s, found := byID[id]
		if !found {
			return nil, blueprint.Refuse(blueprint.NotFound, "there is no %s %q here: look at rights.person", what, id)
		}
		if !seen[id] {
			seen[id] = true
			out, records = append(out, s), append(records, s.record)
		}
	}
	if len(out) == 0 {
		return nil, blueprint.Refuse(blueprint.Invalid, "name at least one %s by its id", what)
	}
	return out, w.Guard(records...)
}

// standingResource asks the gate about the records of things named by ids.
func standingResource[In any](what, query string, ids func(*In) []string) func(*blueprint.Work, any) (gate.Resource, error) {
	return blueprint.ResourceOf(func(w *blueprint.Work, in *In) (gate.Resource, error) {
		found, err := standing(w, what, query, ids(in))
		if err != nil {
			return gate.Resource{}, err
		}
		var records []string
		for _, s := range found {
			records = append(records, s.record)
		}
		return identity.Resource(w, records...)
	})
}
