package linktool

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"cairn/engine/link"
)

// register is what the files hold together.
type register struct {
	problem link.Problem
	idName  string // header of the id column, or ""
	truth   []string
}

type table struct {
	name   string
	header []string
	rows   [][]string
}

const sampleSize = 200

// read reads all files into one register. Columns of the same header are one
// column; a file without it leaves the cells empty.
func (c *Command) read() (*register, error) {
	var tables []table
	for _, name := range c.Files {
		t, err := readTable(name)
		if err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	r := &register{idName: c.idColumn(tables)}
	if c.ID != "" && r.idName == "" {
		return nil, fmt.Errorf("no file has the id column %q: its columns are %s", c.ID, strings.Join(tables[0].header, ", "))
	}
	if err := r.columns(c, tables); err != nil {
		return nil, err
	}
	r.problem.AgeYear = c.AgeYear
	records := 0
	for _, t := range tables {
		records += len(t.rows)
	}
	r.problem.IDs, r.problem.Rows = make([]string, 0, records), make([][]string, 0, records)
	if c.Truth != "" {
		r.truth = make([]string, 0, records)
	}
	for _, t := range tables {
		if err := r.add(c, t, len(tables) > 1); err != nil {
			return nil, err
		}
	}
	if _, second, twice := link.Repeated(r.problem.IDs); twice {
		return nil, fmt.Errorf("%s: the id %q was seen before: ids must be distinct; choose another column with --id", place(tables, second), r.problem.IDs[second])
	}
	return r, c.patternTruth(r)
}

// place says where a record of the register stands in the files.
func place(tables []table, record int) string {
	for _, t := range tables {
		if record < len(t.rows) {
			return fmt.Sprintf("%s, record %d", t.name, record+1)
		}
		record -= len(t.rows)
	}
	return "the files"
}

func readTable(name string) (table, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return table{}, fmt.Errorf("reading a register: %w", err)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		return table{}, fmt.Errorf("%s is not UTF-8: save it as CSV in UTF-8 and try again", name)
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return table{}, fmt.Errorf("%s holds zero bytes and is no CSV text: export it as CSV in UTF-8", name)
	}
	in := csv.NewReader(bufio.NewReader(bytes.NewReader(data)))
	in.Comma = delimiter(data)
	in.TrimLeadingSpace, in.ReuseRecord = true, true
	var room []string // rows are cut from it, many at a time
	t := table{name: name, rows: make([][]string, 0, bytes.Count(data, []byte("\n")))}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if errors.Is(err, csv.ErrFieldCount) {
			line, _ := in.FieldPos(0)
			return t, fmt.Errorf("%s, line %d: %d cells, but the header has %d: mend the line", name, line, len(row), len(t.header))
		}
		if err != nil {
			return t, fmt.Errorf("%s: %w: mend the line", name, err)
		}
		if t.header == nil {
			t.header = trimmed(row)
			continue
		}
		if len(room) < len(row) {
			room = make([]string, 4096*len(row))
		}
		copy(room, row)
		t.rows = append(t.rows, room[:len(row):len(row)])
		room = room[len(row):]
	}
	if len(t.rows) == 0 {
		return t, fmt.Errorf("%s has no records: it needs a header line and at least one row", name)
	}
	return t, twice(t)
}

func twice(t table) error {
	for i, h := range t.header {
		if h != "" && slices.Contains(t.header[:i], h) {
			return fmt.Errorf("%s has two columns %q: rename one", t.name, h)
		}
	}
	return nil
}

func trimmed(row []string) []string {
	out := make([]string, len(row))
	for i, cell := range row {
		out[i] = strings.TrimSpace(cell)
	}
	return out
}

// delimiter takes the separator that is most frequent in the header line.
func delimiter(data []byte) rune {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, c := range ";\t|" {
		if n := bytes.Count(line, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

var idHeaders = []string{"id", "rec_id", "record_id", "unique_id", "uid", "record id", "unique id", "registration_id",
	"registration no", "registration number", "reg_no", "azonosito", "azonosító", "nr", "no", "nummer", "number"}

// idColumn is a column of that name in all files; one that is only recognised
// must also be filled and distinct within each file.
func (c *Command) idColumn(tables []table) string {
	if c.ID != "" {
		if inAll(tables, c.ID) {
			return c.ID
		}
		return ""
	}
	for _, want := range idHeaders {
		for _, h := range tables[0].header {
			if strings.EqualFold(h, want) && h != c.Truth && inAll(tables, h) {
				return h
			}
		}
	}
	return ""
}

func inAll(tables []table, header string) bool {
	for _, t := range tables {
		if !slices.Contains(t.header, header) {
			return false
		}
	}
	return true
}

func (r *register) columns(c *Command, tables []table) error {
	for header := range c.Column {
		if !slices.ContainsFunc(tables, func(t table) bool { return slices.Contains(t.header, header) }) {
			return fmt.Errorf("--column %s: no file has that column", header)
		}
	}
	found := c.Truth == ""
	for _, t := range tables {
		for j, h := range t.header {
			known := slices.ContainsFunc(r.problem.Columns, func(k link.Column) bool { return k.Name == h })
			if h == c.Truth && h != "" {
				found = true
				continue
			}
			if h == "" || h == r.idName || known {
				continue
			}
			kind, given := link.Kind(c.Column[h]), c.Column[h] != ""
			if given && !slices.Contains(link.Kinds(), kind) {
				return fmt.Errorf("--column %s=%s: the kinds are %s", h, kind, strings.Join(kindNames(), ", "))
			}
			if !given {
				kind = recognise(h, sampleOf(t, j))
			}
			r.problem.Columns = append(r.problem.Columns, link.Column{Name: h, Kind: kind})
		}
	}
	if !found {
		return fmt.Errorf("--truth %s: no file has that column", c.Truth)
	}
	return nil
}

func sampleOf(t table, column int) []string {
	var cells []string
	step := max(1, len(t.rows)/sampleSize)
	for i := 0; i < len(t.rows); i += step {
		cells = append(cells, t.rows[i][column])
	}
	return cells
}

func (r *register) add(c *Command, t table, several bool) error {
	from := make([]int, len(r.problem.Columns))
	for k, column := range r.problem.Columns {
		from[k] = slices.Index(t.header, column.Name)
	}
	// The columns of a single file keep their order, so its rows serve again.
	inPlace := slices.IsSorted(from) && (len(from) == 0 || from[0] >= 0)
	idAt, truthAt := -1, slices.Index(t.header, c.Truth)
	if r.idName != "" {
		idAt = slices.Index(t.header, r.idName)
	}
	for i, row := range t.rows {
		id := strconv.Itoa(i + 1)
		if several {
			id = filepath.Base(t.name) + ":" + id
		}
		if idAt >= 0 {
			id = row[idAt]
		}
		if id == "" {
			return fmt.Errorf("%s, record %d: the id is empty: choose another column with --id", t.name, i+1)
		}
		truth := ""
		if truthAt >= 0 {
			truth = row[truthAt]
		}
		cells := choose(row, from, inPlace)
		r.problem.IDs = append(r.problem.IDs, id)
		r.problem.Rows = append(r.problem.Rows, cells)
		if c.Truth != "" {
			r.truth = append(r.truth, truth)
		}
	}
	return nil
}

// choose picks cells of a row; in place, if it may.
func choose(row []string, from []int, inPlace bool) []string {
	cells := row
	if !inPlace {
		cells = make([]string, len(from))
	}
	for k, j := range from {
		if j >= 0 {
			cells[k] = row[j]
		}
	}
	return cells[:len(from):len(from)]
}

func (c *Command) patternTruth(r *register) error {
	if c.TruthIDPattern == "" {
		return nil
	}
	expression, err := regexp.Compile(c.TruthIDPattern)
	if err != nil {
		return fmt.Errorf("--truth-id-pattern: %w", err)
	}
	if expression.NumSubexp() < 1 {
		return errors.New("--truth-id-pattern needs one group in parentheses, for example rec-(\\d+)-")
	}
	r.truth = nil
	for _, id := range r.problem.IDs {
		m := expression.FindStringSubmatch(id)
		if m == nil {
			return fmt.Errorf("--truth-id-pattern: the id %q does not match", id)
		}
		r.truth = append(r.truth, m[1])
	}
	return nil
}

func (r *register) describe(w io.Writer) {
	id := r.idName
	if id == "" {
		id = "row numbers"
	}
	fmt.Fprintf(w, "%d records; ids: %s\n", len(r.problem.IDs), id)
	for _, c := range r.problem.Columns {
		fmt.Fprintf(w, "  %-24s %s\n", c.Name, c.Kind)
	}
}
