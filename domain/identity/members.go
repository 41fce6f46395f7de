package identity

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/gate"
)

// Members gives, for each record, all records of the same person, itself included
// and sorted: those that standing decisions "same" connect. It guards every member,
// so that a decision in the meantime runs the action again.
func Members(w *blueprint.Work, records []string) (map[string][]string, error) {
	g, err := loadGraph(w, records)
	if err != nil {
		return nil, err
	}
	members := make(map[string][]string, len(records))
	for _, r := range records {
		if _, done := members[r]; done {
			continue
		}
		all := g.component(r)
		for _, member := range all {
			members[member] = all
		}
	}
	out := make(map[string][]string, len(records))
	for _, r := range records {
		out[r] = members[r]
	}
	return out, nil
}

// PersonOf names the person: the smallest of its records' ids, which is the oldest.
// It changes only when an older record joins or leaves.
func PersonOf(members []string) string {
	if len(members) == 0 {
		return ""
	}
	return slices.Min(members)
}

// loadGraph reads the decisions about records and about all records of the same
// persons, and guards them.
func loadGraph(w *blueprint.Work, records []string) (*graph, error) {
	g, seen := newGraph(), map[string]bool{}
	next := unseen(records, seen)
	for len(next) > 0 {
		if err := w.Guard(next...); err != nil {
			return nil, err
		}
		var reached []string
		err := w.Reader.In(w.Ctx, "SELECT record, other, verdict, decision FROM identity_link WHERE record IN (%s)", next,
			func(rows *sql.Rows) error {
				var record, other, verdict, decision string
				if err := rows.Scan(&record, &other, &verdict, &decision); err != nil {
					return err
				}
				g.add(pairOf(record, other), verdict, decision)
				if verdict == VerdictSame {
					reached = append(reached, other)
				}
				return nil
			})
		if err != nil {
			return nil, fmt.Errorf("read which records are the same person: %w", err)
		}
		next = unseen(reached, seen)
	}
	return g, nil
}

// unseen gives the records met for the first time, and marks them.
func unseen(records []string, seen map[string]bool) []string {
	var fresh []string
	for _, r := range records {
		if !seen[r] {
			seen[r] = true
			fresh = append(fresh, r)
		}
	}
	return fresh
}

// Records finds records by their ids or by the numbers on their slips, in the order
// given, each once. It refuses what is not here.
func Records(w *blueprint.Work, texts []string) ([]string, error) {
	found, err := resolve(w, texts)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = found[t]
	}
	return unseen(out, map[string]bool{}), nil
}

// resolve gives the record of each text, all found.
func resolve(w *blueprint.Work, texts []string) (map[string]string, error) {
	byWord := map[string]string{}
	keep := func(rows *sql.Rows) error {
		var word, record string
		err := rows.Scan(&word, &record)
		byWord[word] = record
		return err
	}
	asked := unseen(texts, map[string]bool{})
	ids := make([]string, len(asked))
	for i, t := range asked {
		ids[i] = strings.TrimSpace(t)
	}
	if err := w.Reader.In(w.Ctx, "SELECT record, record FROM people_record WHERE record IN (%s)", ids, keep); err != nil {
		return nil, fmt.Errorf("find records: %w", err)
	}
	number := func(t string) string { return strings.ToUpper(strings.TrimSpace(t)) }
	var numbers []string
	for _, t := range ids {
		if byWord[t] == "" {
			numbers = append(numbers, number(t))
		}
	}
	if err := w.Reader.In(w.Ctx, "SELECT number, record FROM people_record WHERE number IN (%s)", numbers, keep); err != nil {
		return nil, fmt.Errorf("find records by number: %w", err)
	}
	out := make(map[string]string, len(asked))
	for _, t := range asked {
		record := byWord[strings.TrimSpace(t)]
		if record == "" {
			record = byWord[number(t)]
		}
		if record == "" {
			return nil, blueprint.Refuse(blueprint.NotFound, "there is no record %q here: give its id or the number on its slip", t)
		}
		out[t] = record
	}
	return out, nil
}

// Resource is what the gate is asked about before something of these records'
// persons is shown or changed: the office that holds the records, and sensitive as
// soon as any record of the same person is.
func Resource(w *blueprint.Work, records ...string) (gate.Resource, error) {
	out := gate.Resource{Type: subjectRecord, Office: w.OfficeCode()}
	if len(records) == 0 {
		return out, nil
	}
	persons, err := Members(w, records)
	if err != nil {
		return out, err
	}
	named := map[string]bool{}
	var all []string
	for _, r := range records {
		named[r] = true
		all = append(all, persons[r]...)
	}
	out.ID = records[0]
	person := persons[records[0]]
	out.Self = slices.Contains(person, w.Actor.ID) &&
		!slices.ContainsFunc(records, func(r string) bool { return !slices.Contains(person, r) })
	err = w.Reader.In(w.Ctx, "SELECT record, office, sensitive FROM people_record WHERE record IN (%s)",
		unseen(all, map[string]bool{}), func(rows *sql.Rows) error {
			var record, office string
			var sensitive int64
			if err := rows.Scan(&record, &office, &sensitive); err != nil {
				return err
			}
			out.Sensitive = out.Sensitive || sensitive != 0
			if named[record] && office != "" && office != w.OfficeCode() {
				out.Office = office
			}
			return nil
		})
	if err != nil {
		return out, fmt.Errorf("read whose file it is: %w", err)
	}
	return out, nil
}

// ResourceOf makes the resource of an input that names records by id or number.
func ResourceOf[In any](records func(*In) []string) func(*blueprint.Work, any) (gate.Resource, error) {
	return blueprint.ResourceOf(func(w *blueprint.Work, in *In) (gate.Resource, error) {
		found, err := Records(w, records(in))
		if err != nil {
			return gate.Resource{}, err
		}
		return Resource(w, found...)
	})
}
