package cases

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"cairn/blueprint"
	"cairn/domain/identity"
)

// Conflict is one person in several open cases.
type Conflict struct {
	Person  string   `json:"person"`  // the oldest record
	Records []string `json:"records"` // those that stand in the cases
	Cases   []string `json:"cases"`
}

// ConflictsInput pages through the conflicts.
type ConflictsInput struct {
	After string `json:"after" help:"Go on after this person."`
	Limit int    `json:"limit" help:"How many; 50 unless told, 500 at most."`
}

// Conflicts is a page of conflicts; More is the last person where there are more.
type Conflicts struct {
	Conflicts []Conflict `json:"conflicts"`
	Total     int        `json:"total"`
	More      string     `json:"more,omitempty"`
}

// standing is a record in an open case.
type standing struct{ record, id string }

func scanStanding(rows *sql.Rows) (standing, error) {
	var s standing
	err := rows.Scan(&s.record, &s.id)
	return s, err
}

var conflicts = blueprint.See(blueprint.View{
	Name: "cases.conflicts", Group: "cases.read", Title: "People in two cases",
	Help:    "Each person who stands in more than one open case, with the cases: close one, or undo the judgement that the records are one person.",
	Example: "cairn cases conflicts",
}, func(w *blueprint.Work, in ConflictsInput) (Conflicts, error) {
	found, err := blueprint.Collect(w, scanStanding, `SELECT m.record, m.case_id FROM cases_member m
		JOIN cases_case c ON c.case_id = m.case_id WHERE c.closed = '' AND (
		EXISTS (SELECT 1 FROM identity_link l WHERE l.record = m.record AND l.verdict = 'same')
		OR EXISTS (SELECT 1 FROM cases_member n JOIN cases_case d ON d.case_id = n.case_id
			WHERE n.record = m.record AND n.case_id <> m.case_id AND d.closed = ''))`)
	if err != nil {
		return Conflicts{}, fmt.Errorf("read who stands in open cases: %w", err)
	}
	all, err := conflictsAmong(w, found)
	if err != nil {
		return Conflicts{}, err
	}
	out := Conflicts{Total: len(all), Conflicts: []Conflict{}}
	limit := page(in.Limit)
	for _, c := range all {
		if c.Person <= in.After {
			continue
		}
		if len(out.Conflicts) == limit {
			out.More = out.Conflicts[limit-1].Person
			break
		}
		out.Conflicts = append(out.Conflicts, c)
	}
	return out, nil
})

// conflictsOf gives the conflicts in which one case stands.
func conflictsOf(w *blueprint.Work, id string) ([]Conflict, error) {
	var records []string
	if err := w.Reader.In(w.Ctx, "SELECT record FROM cases_member WHERE case_id IN (%s)", []string{id}, collect(&records)); err != nil {
		return nil, fmt.Errorf("read the case's members: %w", err)
	}
	persons, err := identity.Members(w, records)
	if err != nil {
		return nil, err
	}
	all := map[string]bool{}
	for _, members := range persons {
		for _, r := range members {
			all[r] = true
		}
	}
	var found []standing
	err = w.Reader.In(w.Ctx, `SELECT m.record, m.case_id FROM cases_member m JOIN cases_case c ON c.case_id = m.case_id
		WHERE c.closed = '' AND m.record IN (%s)`, slices.Sorted(maps.Keys(all)), func(rows *sql.Rows) error {
		s, err := scanStanding(rows)
		found = append(found, s)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read in which cases the members stand: %w", err)
	}
	conflicts, err := conflictsAmong(w, found)
	return slices.DeleteFunc(conflicts, func(c Conflict) bool { return !slices.Contains(c.Cases, id) }), err
}

func conflictsAmong(w *blueprint.Work, found []standing) ([]Conflict, error) {
	records := make([]string, len(found))
	for i, s := range found {
		records[i] = s.record
	}
	persons, err := identity.Members(w, records)
	if err != nil {
		return nil, err
	}
	return conflictsIn(found, persons), nil
}

// conflictsIn decides who stands in more than one case, in the order of persons.
func conflictsIn(found []standing, persons map[string][]string) []Conflict {
	byPerson := map[string]*Conflict{}
	for _, s := range found {
		person := s.record
		if members := persons[s.record]; len(members) > 0 {
			person = slices.Min(members)
		}
		c := byPerson[person]
		if c == nil {
			c = &Conflict{Person: person}
			byPerson[person] = c
		}
		c.Records, c.Cases = append(c.Records, s.record), append(c.Cases, s.id)
	}
	var out []Conflict
	for _, person := range slices.Sorted(maps.Keys(byPerson)) {
		c := byPerson[person]
		slices.Sort(c.Records)
		slices.Sort(c.Cases)
		c.Records, c.Cases = slices.Compact(c.Records), slices.Compact(c.Cases)
		if len(c.Cases) > 1 {
			out = append(out, *c)
		}
	}
	return out
}
