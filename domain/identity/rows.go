package identity

import (
	"database/sql"
	"fmt"
	"strconv"

	"cairn/blueprint"
	"cairn/engine/link"
	"cairn/value"
)

// cellDocument is the place of the document's index among registerColumns.
const cellDocument = 7

var registerColumns = []link.Column{
	{Name: "name", Kind: link.FullName}, {Name: "birth", Kind: link.BirthDate}, {Name: "birth year", Kind: link.Age},
	{Name: "sex", Kind: link.Sex}, {Name: "birth place", Kind: link.Place}, {Name: "occupation", Kind: link.Occupation},
	{Name: "household", Kind: link.Household}, {Name: "document", Kind: link.Document},
}

// readRegister makes the engine's problem of all records and standing decisions.
func readRegister(w *blueprint.Work) (link.Problem, error) {
	problem, index, err := readRows(w)
	if err != nil {
		return problem, err
	}
	return problem, addDecisions(w, &problem, index)
}

const (
	rowQuery = `SELECT r.record, r.name, r.birth, r.sex, r.birth_place, r.occupation, COALESCE(m.household, '')
		FROM people_record r LEFT JOIN people_member m ON m.record = r.record`
	rowOrder      = " ORDER BY r.record, m.household"
	documentQuery = "SELECT record, number_index FROM people_document"
	documentOrder = " ORDER BY record, number_index"
)

// readRows makes the engine's problem of all records, without decisions, with the place of each.
func readRows(w *blueprint.Work) (link.Problem, map[string]int, error) {
	r := rowReader{problem: link.Problem{Columns: registerColumns}, index: map[string]int{}}
	for _, part := range []struct {
		query string
		scan  func(*sql.Rows) error
	}{{rowQuery + rowOrder, r.row}, {documentQuery + documentOrder, r.document}} {
		_, err := blueprint.Collect(w, func(rows *sql.Rows) (struct{}, error) { return struct{}{}, part.scan(rows) }, part.query)
		if err != nil {
			return r.problem, nil, fmt.Errorf("read the register: %w", err)
		}
	}
	return r.problem, r.index, nil
}

// readSome is readRows of some records; those that are not here are left out.
func readSome(w *blueprint.Work, records []string) (link.Problem, error) {
	r := rowReader{problem: link.Problem{Columns: registerColumns}, index: map[string]int{}}
	err := w.Reader.In(w.Ctx, rowQuery+" WHERE r.record IN (%s)"+rowOrder, records, r.row)
	if err == nil {
		err = w.Reader.In(w.Ctx, documentQuery+" WHERE record IN (%s)"+documentOrder, records, r.document)
	}
	if err != nil {
		return r.problem, fmt.Errorf("read records: %w", err)
	}
	return r.problem, nil
}

// rowReader puts what is read in its cells.
type rowReader struct {
	problem link.Problem
	index   map[string]int
}

// row takes one row of rowQuery. Of a record in several households the first counts.
func (r *rowReader) row(rows *sql.Rows) error {
	var record, name, birth, sex, place, occupation, household string
	if err := rows.Scan(&record, &name, &birth, &sex, &place, &occupation, &household); err != nil {
		return err
	}
	if _, twice := r.index[record]; twice {
		return nil
	}
	r.index[record] = len(r.problem.IDs)
	date, year := birthCells(birth)
	r.problem.IDs = append(r.problem.IDs, record)
	r.problem.Rows = append(r.problem.Rows, []string{name, date, year, sex, place, occupation, household, ""})
	return nil
}

// document takes one row of documentQuery. Of several documents the first counts.
func (r *rowReader) document(rows *sql.Rows) error {
	var record, number string
	err := rows.Scan(&record, &number)
	if i, found := r.index[record]; found && r.problem.Rows[i][cellDocument] == "" {
		r.problem.Rows[i][cellDocument] = number
	}
	return err
}

// birthCells parts a birth date into a date and, where the year is only estimated,
// a year that may be some years off.
func birthCells(text string) (date, year string) {
	var d value.Date
	if d.UnmarshalText([]byte(text)) != nil || d.Year == 0 {
		return "", ""
	}
	if d.Approx {
		return "", strconv.Itoa(d.Year)
	}
	return text, ""
}

func addDecisions(w *blueprint.Work, problem *link.Problem, index map[string]int) error {
	_, err := blueprint.Collect(w, func(rows *sql.Rows) (struct{}, error) {
		var a, b, verdict string
		if err := rows.Scan(&a, &b, &verdict); err != nil {
			return struct{}{}, err
		}
		_, knownA := index[a]
		_, knownB := index[b]
		switch {
		case !knownA || !knownB:
		case verdict == VerdictSame:
			problem.Must = append(problem.Must, link.Pair{A: a, B: b})
		default:
			problem.Cannot = append(problem.Cannot, link.Pair{A: a, B: b})
		}
		return struct{}{}, nil
	}, "SELECT DISTINCT record, other, verdict FROM identity_link WHERE record < other ORDER BY record, other, verdict")
	if err != nil {
		return fmt.Errorf("read the decisions: %w", err)
	}
	return nil
}
