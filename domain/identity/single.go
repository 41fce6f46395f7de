package identity

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
	"cairn/engine/link"
)

// mostMatches bounds the matches of one record that are suspected at once.
const mostMatches = 50

// findOf looks for doubles of some records among all, in the register that the office
// keeps in memory. Where nobody is suspected, nothing is recorded.
func findOf(w *blueprint.Work, in *FindInput) (Found, error) {
	records, err := Records(w, in.Records)
	if err != nil {
		return Found{}, err
	}
	held, err := registerOf(w, patience)
	if err != nil {
		return Found{}, err
	}
	if held == nil {
		return Found{}, blueprint.Refuse(blueprint.Busy,
			"the register is not ready for single records: try again, or look for doubles in all of it without naming records")
	}
	problem, result, err := held.matches(records, in.Threshold)
	if err != nil {
		return Found{}, err
	}
	known, err := knownOf(w, records)
	if err != nil {
		return Found{}, err
	}
	joined, err := loadGraph(w, problem.IDs)
	if err != nil {
		return Found{}, err
	}
	in.Records = records
	return draftRun(w, in, &problem, &result, known, joined)
}

// matches gives what the engine finds for each record, as a problem that names no
// rows and its result.
func (r *resolved) matches(records []string, threshold float64) (link.Problem, link.Result, error) {
	problem := link.Problem{Columns: registerColumns}
	result := link.Result{Model: *r.model, Complete: true}
	places, persons := map[string]int{}, map[string]int{}
	place := func(id, person string) int {
		i, known := places[id]
		if !known {
			i = len(problem.IDs)
			places[id], problem.IDs = i, append(problem.IDs, id)
			if _, met := persons[person]; !met {
				persons[person] = i
			}
			result.Clusters = append(result.Clusters, persons[person])
		}
		return i
	}
	met := map[pair]bool{}
	for _, id := range records {
		row, found := r.index.Row(id)
		if !found {
			continue
		}
		matches, err := r.index.Find(row, mostMatches+1)
		if err != nil {
			return problem, result, fmt.Errorf("find doubles of %s: %w", id, err)
		}
		own := place(id, r.index.Person(id))
		for i := range matches {
			m := &matches[i]
			if at := pairOf(id, m.ID); m.ID != id && !met[at] {
				met[at] = true
				p := m.Pair
				p.A, p.B, p.Verdict = own, place(m.ID, m.Person), link.Review
				if float64(p.Probability) >= threshold {
					p.Verdict = link.Same
				}
				result.Pairs = append(result.Pairs, p)
			}
		}
	}
	q := link.Expected(result)
	result.Precision, result.Recall, result.Compared = q.Precision.Value, q.Recall.Value, int64(len(result.Pairs))
	return problem, result, nil
}

// knownOf lists the pairs with some records that were suspected or decided before.
func knownOf(w *blueprint.Work, records []string) (map[pair]bool, error) {
	known := map[pair]bool{}
	for _, query := range []string{"SELECT record_a, record_b FROM identity_suspicion WHERE record_a IN (%s)",
		"SELECT record_a, record_b FROM identity_suspicion WHERE record_b IN (%s)",
		"SELECT record, other FROM identity_link WHERE record IN (%s)"} {
		err := w.Reader.In(w.Ctx, query, records, func(rows *sql.Rows) error {
			var a, b string
			err := rows.Scan(&a, &b)
			known[pairOf(a, b)] = true
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read earlier suspicions: %w", err)
		}
	}
	return known, nil
}

// turnsOf tells which single field would turn the engine's verdict on a pair, if it said
// something else. It says nothing while the register is being read.
func turnsOf(w *blueprint.Work, p pair) ([]FieldEvidence, error) {
	held, err := registerOf(w, patience)
	if err != nil || held == nil {
		return nil, err
	}
	a, foundA := held.index.Row(p.a)
	b, foundB := held.index.Row(p.b)
	if !foundA || !foundB {
		return nil, nil
	}
	problem := link.Problem{Columns: registerColumns, IDs: []string{p.a, p.b}, Rows: [][]string{a, b}}
	result := link.Result{Clusters: []int{0, 1}, Model: *held.model}
	if held.index.Person(p.a) == held.index.Person(p.b) {
		result.Clusters[1] = 0
	}
	e, err := link.Explain(problem, result, link.Pair{A: p.a, B: p.b})
	if err != nil {
		return nil, fmt.Errorf("explain a pair: %w", err)
	}
	var out []FieldEvidence
	for _, t := range e.Turns {
		out = append(out, FieldEvidence{Field: t.Field, Level: t.Words, Weight: rounded(float32(t.Bits))})
	}
	return out, nil
}
