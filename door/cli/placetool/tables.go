package placetool

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"cairn/engine/place"
	"cairn/format/sheet"
)

// table is a CSV file or a sheet in memory: headers in lower case, rows as wide as they.
type table struct {
	file    string
	headers []string
	// raw headers as written, for place ids in a score matrix
	raw  []string
	rows [][]string
	line []int
}

func readTable(path string) (*table, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading a file: %w", err)
	}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return readWorkbook(path)
	}
	return parseTable(path, data)
}

// readWorkbook reads the first sheet of an XLSX file.
func readWorkbook(path string) (*table, error) {
	book, err := sheet.Open(path, sheet.Options{HeaderRow: 1})
	if err != nil {
		return nil, fmt.Errorf("reading a workbook: %w", err)
	}
	defer book.Close()
	t := &table{file: path}
	if err := t.head(book.Header); err != nil {
		return nil, err
	}
	for row, err := range book.Rows() {
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
		t.rows, t.line = append(t.rows, row.Cells), append(t.line, row.Number)
	}
	return t, nil
}

// parseTable reads CSV with a header; a byte order mark is skipped, and ";"
// never separates columns, because it separates lists.
func parseTable(file string, data []byte) (*table, error) {
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	head, err := reader.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s is empty: it needs a row of headers", file)
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	t := &table{file: file}
	if err := t.head(head); err != nil {
		return nil, err
	}
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", file, err)
		}
		line, _ := reader.FieldPos(0)
		t.rows, t.line = append(t.rows, row), append(t.line, line)
	}
}

// head takes the headers, each of which may stand once.
func (t *table) head(names []string) error {
	for _, h := range names {
		t.raw = append(t.raw, strings.TrimSpace(h))
		t.headers = append(t.headers, strings.ToLower(strings.TrimSpace(h)))
	}
	for k, h := range t.raw {
		if slices.Contains(t.raw[:k], h) {
			return fmt.Errorf("%s: column %q stands twice", t.file, h)
		}
	}
	return nil
}

func (t *table) column(name string) int { return slices.Index(t.headers, name) }

func (t *table) require(names ...string) error {
	for _, n := range names {
		if t.column(n) < 0 {
			return fmt.Errorf("%s has no column %q; it has %s", t.file, n, strings.Join(t.raw, ", "))
		}
	}
	return nil
}

// cell is the trimmed text of a column, or "" when the file has none.
func (t *table) cell(row int, name string) string {
	if k := t.column(name); k >= 0 {
		return strings.TrimSpace(t.rows[row][k])
	}
	return ""
}

func (t *table) refuse(row int, column, value, why string) error {
	return fmt.Errorf("%s, row %d, column %s: %q %s", t.file, t.line[row], column, value, why)
}

func (t *table) list(row int, name string) []string {
	var out []string
	for part := range strings.SplitSeq(t.cell(row, name), ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// amounts reads one whole number for each dimension; empty is 0.
func (t *table) amounts(row int, dimensions []string) ([]int, error) {
	out := make([]int, len(dimensions))
	for d, name := range dimensions {
		text := t.cell(row, name)
		if text == "" && name != "people" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return nil, t.refuse(row, name, text, "must be a whole number of at least 0")
		}
		out[d] = n
	}
	return out, nil
}

func (t *table) number(row int, name string) (float64, error) {
	text := t.cell(row, name)
	if text == "" {
		return 0, nil
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, t.refuse(row, name, text, "must be a number")
	}
	return x, nil
}

// columns with a meaning of their own, which are never dimensions
var (
	caseColumns  = [...]string{"id", "languages", "needs", "attributes", "countries", "forbidden", "preferences", "tie", "group", "origin", "weight", "fixed"}
	placeColumns = [...]string{"id", "country", "locality", "languages", "services", "conditions"}
)

// dimensions are people and every further column of both files; the rest that
// has no meaning is ignored.
func dimensions(cases, places *table) (dims, ignored []string) {
	dims = []string{"people"}
	for _, h := range cases.headers {
		switch {
		case h == "people" || slices.Contains(caseColumns[:], h):
		case slices.Contains(places.headers, h) && !slices.Contains(placeColumns[:], h):
			dims = append(dims, h)
		default:
			ignored = append(ignored, fmt.Sprintf("%s: column %q", cases.file, h))
		}
	}
	for _, h := range places.headers {
		if !slices.Contains(dims, h) && !slices.Contains(placeColumns[:], h) {
			ignored = append(ignored, fmt.Sprintf("%s: column %q", places.file, h))
		}
	}
	return dims, ignored
}

// ids checks that the column id is filled and unique.
func (t *table) ids() error {
	if err := t.require("id", "people"); err != nil {
		return err
	}
	seen := map[string]int{}
	for k := range t.rows {
		id := t.cell(k, "id")
		if id == "" {
			return t.refuse(k, "id", id, "must not be empty")
		}
		if first, ok := seen[id]; ok {
			return t.refuse(k, "id", id, fmt.Sprintf("stands already in row %d", first))
		}
		seen[id] = t.line[k]
	}
	return nil
}

func readCases(t *table, dims []string) ([]place.Case, error) {
	if err := t.ids(); err != nil {
		return nil, err
	}
	out := make([]place.Case, len(t.rows))
	for k := range t.rows {
		size, err := t.amounts(k, dims)
		if err != nil {
			return nil, err
		}
		weight, err := t.number(k, "weight")
		if err != nil {
			return nil, err
		}
		if weight < 0 || size[0] == 0 && weight == 0 {
			return nil, t.refuse(k, "people", t.cell(k, "people"), "needs at least one person, or a weight above 0")
		}
		c := place.Case{ID: place.CaseID(t.cell(k, "id")), Size: size, Weight: weight,
			Languages: t.list(k, "languages"), Needs: t.list(k, "needs"), Attributes: t.list(k, "attributes"),
			Allowed: t.list(k, "countries"), Preferences: t.list(k, "preferences"), Group: t.cell(k, "group"),
			Origin: t.cell(k, "origin"), Tie: t.cell(k, "tie"), Fixed: place.PlaceID(t.cell(k, "fixed"))}
		for _, f := range t.list(k, "forbidden") {
			c.Forbidden = append(c.Forbidden, place.PlaceID(f))
		}
		out[k] = c
	}
	return out, nil
}

func readPlaces(t *table, dims []string) ([]place.Place, error) {
	if err := t.ids(); err != nil {
		return nil, err
	}
	out := make([]place.Place, len(t.rows))
	for k := range t.rows {
		capacity, err := t.amounts(k, dims)
		if err != nil {
			return nil, err
		}
		out[k] = place.Place{ID: place.PlaceID(t.cell(k, "id")), Country: t.cell(k, "country"), Locality: t.cell(k, "locality"),
			Capacity: capacity, Languages: t.list(k, "languages"), Services: t.list(k, "services"), Conditions: t.list(k, "conditions")}
	}
	return out, nil
}

// readScores reads either form of the scores; pairs without one are closed.
func readScores(t *table, p *place.Problem) ([]float64, error) {
	s := &scoreReader{t: t, out: make([]float64, len(p.Cases)*len(p.Places)), cases: map[string]int{}, places: map[string]int{}}
	for k := range s.out {
		s.out[k] = place.Closed
	}
	for k := range p.Cases {
		s.cases[string(p.Cases[k].ID)] = k
	}
	for k := range p.Places {
		s.places[string(p.Places[k].ID)] = k
	}
	if t.column("case") >= 0 && t.column("place") >= 0 && t.column("score") >= 0 {
		return s.out, s.pairs()
	}
	return s.out, s.matrix()
}

type scoreReader struct {
	t             *table
	out           []float64
	cases, places map[string]int
}

func (s *scoreReader) pairs() error {
	for k := range s.t.rows {
		if err := s.put(k, "score", s.t.cell(k, "case"), s.t.cell(k, "place"), s.t.cell(k, "score")); err != nil {
			return err
		}
	}
	return nil
}

func (s *scoreReader) matrix() error {
	for _, h := range s.t.raw[1:] {
		if _, ok := s.places[h]; !ok {
			return fmt.Errorf("%s: column %q is no place; give the columns case, place, score, or a matrix with one column for each place", s.t.file, h)
		}
	}
	for k, row := range s.t.rows {
		for j, text := range row[1:] {
			if text = strings.TrimSpace(text); text == "" {
				continue
			}
			if err := s.put(k, s.t.raw[j+1], strings.TrimSpace(row[0]), s.t.raw[j+1], text); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *scoreReader) put(row int, column, id, at, text string) error {
	c, ok := s.cases[id]
	if !ok {
		return s.t.refuse(row, "case", id, "is no case")
	}
	i, ok := s.places[at]
	if !ok {
		return s.t.refuse(row, "place", at, "is no place")
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || !(math.Abs(x) <= 1e12) {
		return s.t.refuse(row, column, text, "must be a number")
	}
	cell := &s.out[c*len(s.places)+i]
	if *cell != place.Closed {
		return s.t.refuse(row, column, text, fmt.Sprintf("is a second score of case %q at place %q", id, at))
	}
	*cell = x
	return nil
}

func encodePlan(w io.Writer, p *place.Problem, r *place.Result) error {
	country := map[place.PlaceID]string{}
	for i := range p.Places {
		country[p.Places[i].ID] = p.Places[i].Country
	}
	out := csv.NewWriter(w)
	if err := out.Write([]string{"case", "place", "country", "score", "reason"}); err != nil {
		return err
	}
	for _, a := range r.Assignments {
		line := []string{sheet.Neutralise(string(a.Case)), sheet.Neutralise(string(a.Place)), sheet.Neutralise(country[a.Place]), "", ""}
		if a.Place != "" {
			line[3] = strconv.FormatFloat(a.Score, 'g', -1, 64)
		} else {
			line[4] = sheet.Neutralise(fmt.Sprintf("%s: %s", a.Reason, a.Detail))
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func dirOf(path string) string { return filepath.Dir(path) }
