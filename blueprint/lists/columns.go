package lists

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/format/headers"
	"cairn/format/sheet"
	"cairn/value"
	"cairn/value/said"
)

// sampleRows is how many rows the meaning of columns is guessed from.
const sampleRows = 300

// Understand settles what the columns mean: as the input says, else by a guess from
// their names and their first cells. Required fields are as headers.Mapping.Check
// takes them; what names the kind of list in the refusal.
func (l *List) Understand(fields headers.Fields, what said.Sentence, required ...string) error {
	return l.UnderstandWithout(nil, fields, what, required...)
}

// UnderstandWithout leaves out columns that the caller reads by itself, whose names
// would mislead the guess.
func (l *List) UnderstandWithout(columns []int, fields headers.Fields, what said.Sentence, required ...string) error {
	if err := l.settleMapping(columns, fields); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(l.in.Columns)) {
		if err := l.setColumn(name, l.in.Columns[name], fields); err != nil {
			return err
		}
	}
	if err := l.Mapping.Check(fields, required...); err != nil {
		return blueprint.RefuseField("columns", "the columns do not make %s: %v", what, err)
	}
	l.Report.Mapping = l.Mapping.String()
	return nil
}

func (l *List) settleMapping(without []int, fields headers.Fields) error {
	if l.in.Mapping != "" {
		mapping, err := headers.ParseMapping(l.in.Mapping)
		if err = errors.Join(err, mapping.Fits(l.Header)); err != nil {
			return blueprint.RefuseField("mapping", "%v", err)
		}
		l.Mapping = mapping
		return nil
	}
	header := slices.Clone(l.Header)
	for _, column := range without {
		header[column] = ""
	}
	sample := make([][]string, 0, sampleRows)
	for _, row := range l.Sample() {
		cells := row.Cells
		if len(without) > 0 {
			cells = slices.Clone(cells)
		}
		for _, column := range without {
			if column < len(cells) {
				cells[column] = ""
			}
		}
		sample = append(sample, cells)
	}
	l.Mapping = headers.Guess(header, sample, fields)
	for _, column := range without {
		l.Mapping.Columns[column] = headers.Column{Header: l.Header[column]}
	}
	return nil
}

// stated says whether the input itself gives a column a field.
func (l *List) stated(column int, id string) bool {
	for name, field := range l.in.Columns {
		if field == id && value.Fold(name) == value.Fold(l.Header[column]) {
			return true
		}
	}
	return false
}

// setColumn takes a column for a field, and the field away from a column that was
// guessed.
func (l *List) setColumn(name, id string, fields headers.Fields) error {
	column := slices.IndexFunc(l.Header, func(h string) bool { return value.Fold(h) == value.Fold(name) })
	if column < 0 {
		return blueprint.RefuseField("columns", "the list has no column %q; it has %q", name, l.Header)
	}
	field, known := fields.Find(id)
	if id != "" && !known {
		return blueprint.RefuseField("columns", "there is no field %q for column %q", id, name)
	}
	if had, taken := l.Mapping.Column(id); id != "" && taken && !field.Repeatable && had != column {
		if l.stated(had, id) {
			return blueprint.RefuseField("columns", "%q and %q are both stated to be %s: leave one out", l.Header[had], name, headers.FieldID(id))
		}
		if err := l.Mapping.Set(had, ""); err != nil {
			return blueprint.RefuseField("columns", "%v", err)
		}
	}
	if err := l.Mapping.Set(column, id); err != nil {
		return blueprint.RefuseField("columns", "%v", err)
	}
	return nil
}

// Sample gives the first rows, from which things are guessed.
func (l *List) Sample() []sheet.Row { return l.Rows[:min(len(l.Rows), sampleRows)] }

// SettleDates guesses the order of day, month and year from days as the list writes
// them, unless the input states it, and notes when they can be read in two ways.
func (l *List) SettleDates(days []string) {
	if l.Order != "" {
		return
	}
	var ambiguous bool
	l.Order, ambiguous = headers.GuessDateOrder(days)
	if ambiguous && strings.Join(days, "") != "" {
		l.Note("the days can be read in two ways; they were taken as %s: set date_order if that is wrong", l.Order)
	}
}

// HeaderOf names a column by its index from 0; "" where there is none.
func (l *List) HeaderOf(column int) string {
	if column < 0 || column >= len(l.Header) {
		return ""
	}
	return l.Header[column]
}

// Refuse records that a row cannot be taken.
func (l *List) Refuse(row int, column, cell string, reason said.Sentence) {
	l.Report.Refusals = append(l.Report.Refusals, Refusal{Row: row, Column: column, Value: cell, Reason: reason})
}

// RefuseCell records that a field of a row cannot be taken as it is written.
func (l *List) RefuseCell(row sheet.Row, field string, reason said.Sentence) {
	column, _ := l.Mapping.Column(field)
	l.Refuse(row.Number, l.HeaderOf(column), l.Cell(row, field), reason)
}

// Note tells the user something about the list.
func (l *List) Note(format string, args ...any) { l.Report.Note(format, args...) }

// Cell gives the text of a field, trimmed; "" where the list has no such column.
func (l *List) Cell(row sheet.Row, field string) string {
	column, ok := l.Mapping.Column(field)
	if !ok {
		return ""
	}
	return Text(row, column)
}

// Text gives the text of a column by its index, trimmed.
func Text(row sheet.Row, column int) string {
	if column >= len(row.Cells) {
		return ""
	}
	return strings.TrimSpace(row.Cells[column])
}

// Column gives a column's cells as they are written.
func (l *List) Column(column int) []string {
	out := make([]string, 0, len(l.Rows))
	for _, row := range l.Rows {
		if column < len(row.Cells) {
			out = append(out, row.Cells[column])
		}
	}
	return out
}

// Values gives the values of a field that may have several columns, and several
// values in a cell.
func (l *List) Values(row sheet.Row, field string) []string {
	var out []string
	for _, column := range l.Mapping.ColumnsOf(field) {
		out = append(out, Parts(Text(row, column))...)
	}
	return out
}

// Parts cuts a text that holds several values at the separators of several scripts.
func Parts(text string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;/|\n،؛、", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
