package headers

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cairn/value/said"
)

// Mapping says which column is taken for which field. It can be stored as JSON
// or as the text of String, and both can be edited by hand.
type Mapping struct {
	Columns []Column `json:"columns"`
}

// Column is one column of the file.
type Column struct {
	Header     string  `json:"header"`
	Field      string  `json:"field,omitempty"` // "": the column is not used
	Confidence float64 `json:"confidence,omitempty"`
	Reason     string  `json:"reason,omitempty"`
}

// Set takes a column, counted from 0, for a field; "" leaves the column out.
// Check says whether the whole still makes sense.
func (m *Mapping) Set(column int, field string) error {
	if column < 0 || column >= len(m.Columns) {
		return said.Errorf("set column %d to %q: the table has %d columns", column+1, field, len(m.Columns))
	}
	m.Columns[column].Field = field
	m.Columns[column].Confidence = 1
	m.Columns[column].Reason = "set by hand"
	if field == "" {
		m.Columns[column].Confidence = 0
	}
	return nil
}

// Column gives the first column, counted from 0, that is taken for the field.
func (m Mapping) Column(field string) (column int, ok bool) {
	column = slices.IndexFunc(m.Columns, func(c Column) bool { return c.Field == field })
	return column, column >= 0 && field != ""
}

// ColumnsOf gives all columns of a repeatable field.
func (m Mapping) ColumnsOf(field string) []int {
	var columns []int
	for i, c := range m.Columns {
		if field != "" && c.Field == field {
			columns = append(columns, i)
		}
	}
	return columns
}

// Check refuses fields that do not exist, one field on two columns, and a
// mapping without any of the required fields (each may list alternatives:
// "full_name|family_name").
func (m Mapping) Check(fields Fields, required ...string) error {
	first := map[string]int{}
	for i, c := range m.Columns {
		if c.Field == "" {
			continue
		}
		field, known := fields.Find(c.Field)
		if !known {
			return said.Errorf("column %d (%q): there is no field %q: choose one of %s", i+1, c.Header, c.Field, fields.ids())
		}
		if earlier, taken := first[c.Field]; taken && !field.Repeatable {
			return said.Errorf("columns %d (%q) and %d (%q) are both taken for %s: leave one out",
				earlier+1, m.Columns[earlier].Header, i+1, c.Header, FieldID(c.Field))
		}
		first[c.Field] = i
	}
	for _, text := range required {
		alternatives := strings.Split(text, "|")
		if !slices.ContainsFunc(alternatives, func(id string) bool { _, ok := first[id]; return ok }) {
			return said.Errorf("no column is taken for %v: set one", either(alternatives))
		}
	}
	return nil
}

// Fits refuses a stored mapping for a table with other columns.
func (m Mapping) Fits(header []string) error {
	if len(header) != len(m.Columns) {
		return said.Errorf("the mapping is for %d columns and the table has %d: guess it anew", len(m.Columns), len(header))
	}
	for i, name := range header {
		if m.Columns[i].Header != name {
			return said.Errorf("column %d is called %q, and the mapping expects %q: guess it anew", i+1, name, m.Columns[i].Header)
		}
	}
	return nil
}

// either names fields of which one is enough.
func either(ids []string) any {
	var out any = FieldID(ids[0])
	for _, id := range ids[1:] {
		out = said.Say("%v or %v", out, FieldID(id))
	}
	return out
}

// noField stands in the text for a column that is not used.
const noField = "-"

// String gives one line for each column, which ParseMapping reads back:
//
//	2 "Geb.-Dat." = birth_date  # 0.93: the name is like "geburtsdatum" (de)
func (m Mapping) String() string {
	var out strings.Builder
	for i, c := range m.Columns {
		field := c.Field
		if field == "" {
			field = noField
		}
		fmt.Fprintf(&out, "%d %s = %s", i+1, strconv.Quote(c.Header), field)
		if c.Reason != "" || c.Confidence != 0 {
			reason := strings.Join(strings.Fields(c.Reason), " ")
			fmt.Fprintf(&out, "  # %.2f: %s", c.Confidence, reason)
		}
		out.WriteByte('\n')
	}
	return out.String()
}

// ParseMapping reads the text of String. Blank lines and lines that begin with
// # are passed over; columns must be complete and in order.
func ParseMapping(text string) (Mapping, error) {
	var m Mapping
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, 4<<20)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		column, err := parseLine(line, len(m.Columns)+1)
		if err != nil {
			return Mapping{}, said.Errorf("read mapping, line %d: %w", number, err)
		}
		m.Columns = append(m.Columns, column)
	}
	if err := lines.Err(); err != nil {
		return Mapping{}, said.Errorf("read mapping: %w", err)
	}
	return m, nil
}

func parseLine(line string, expected int) (Column, error) {
	place, rest, _ := strings.Cut(line, " ")
	if n, err := strconv.Atoi(place); err != nil || n != expected {
		return Column{}, said.Errorf("it begins with %q instead of column number %d", place, expected)
	}
	rest = strings.TrimSpace(rest)
	quoted, err := strconv.QuotedPrefix(rest)
	name, wrong := strconv.Unquote(quoted)
	if err != nil || wrong != nil {
		return Column{}, said.Errorf("the name of column %d must stand in quotes", expected)
	}
	rest, found := strings.CutPrefix(strings.TrimSpace(rest[len(quoted):]), "=")
	if !found {
		return Column{}, said.Errorf("a = and a field must follow the name of column %d", expected)
	}
	field, comment, _ := strings.Cut(rest, "#")
	field = strings.TrimSpace(field)
	if field == "" || strings.ContainsAny(field, " \t") {
		return Column{}, said.Errorf("column %d: write one field, or %s for none", expected, noField)
	}
	column := Column{Header: name, Field: field}
	if field == noField {
		column.Field = ""
	}
	confidence, reason, _ := strings.Cut(strings.TrimSpace(comment), ": ")
	if x, err := strconv.ParseFloat(confidence, 64); err == nil && x >= 0 && x <= 1 {
		column.Confidence, column.Reason = x, reason
	}
	return column, nil
}
