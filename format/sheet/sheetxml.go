package sheet

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
)

// sheetReader streams the rows of one sheet.
type sheetReader struct {
	book   *workbook
	part   io.Closer
	meter  *meteredReader
	xml    *xml.Decoder
	number int
	value  textCollector
}

func (r *sheetReader) padded() bool { return true }
func (r *sheetReader) close()       { _ = r.part.Close() }

func (r *sheetReader) token() (xml.Token, error) {
	r.meter.used = 0
	return r.xml.Token()
}

func (r *sheetReader) fail(err error) error {
	return fmt.Errorf("after row %d: %w", r.number, damaged(r.book.chosen.path, err))
}

func (r *sheetReader) next() (Row, error) {
	for {
		token, err := r.token()
		if err == io.EOF {
			return Row{}, io.EOF
		}
		if err != nil {
			return Row{}, r.fail(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "row" {
			continue
		}
		if err := r.beginRow(start); err != nil {
			return Row{}, err
		}
		return r.readRow()
	}
}

func (r *sheetReader) beginRow(start xml.StartElement) error {
	number := r.number + 1
	if text := attribute(start, "r"); text != "" {
		stated, err := strconv.Atoi(text)
		if err != nil || stated < number {
			return r.fail(fmt.Errorf("a row with the number %.20q follows", text))
		}
		number = stated
	}
	r.number = number
	return nil
}

func attribute(start xml.StartElement, name string) string {
	for _, attr := range start.Attr {
		if attr.Name.Local == name && attr.Name.Space == "" {
			return attr.Value
		}
	}
	return ""
}

func (r *sheetReader) readRow() (Row, error) {
	row := Row{Number: r.number}
	var refused *RowError
	column, bytes := 0, 0
	for {
		token, err := r.token()
		if err != nil {
			return Row{}, r.fail(err)
		}
		switch token := token.(type) {
		case xml.EndElement:
			if token.Name.Local == "row" {
				if refused != nil {
					return Row{Number: r.number}, refused
				}
				return row, nil
			}
		case xml.StartElement:
			if token.Name.Local != "c" {
				continue
			}
			column = columnOf(attribute(token, "r"), column+1)
			text, err := r.readCell(token)
			if err != nil {
				return Row{}, err
			}
			bytes += len(text)
			if problem := r.checkCell(column, len(text), bytes, text != ""); problem != nil && refused == nil {
				refused, row.Cells = problem, nil
			}
			if refused == nil && text != "" {
				row.Cells = put(row.Cells, column, text)
			}
		}
	}
}

func (r *sheetReader) checkCell(column, size, total int, filled bool) *RowError {
	limits := r.book.limits
	switch {
	case filled && (column < 1 || column > limits.Columns):
		return &RowError{Row: r.number, Problem: RowTooLarge, Reason: fmt.Sprintf("it has more than %d columns: leave out columns that are not needed", limits.Columns)}
	case size > limits.CellBytes:
		return &RowError{Row: r.number, Column: column, Problem: RowTooLarge, Reason: fmt.Sprintf("the cell is larger than %d bytes: shorten it", limits.CellBytes)}
	case total > limits.RowBytes:
		return &RowError{Row: r.number, Problem: RowTooLarge, Reason: fmt.Sprintf("it is larger than %d bytes: shorten its cells", limits.RowBytes)}
	}
	return nil
}

func put(cells []string, column int, text string) []string {
	if column > cap(cells) {
		grown := make([]string, len(cells), max(column, 2*cap(cells), 8))
		copy(grown, cells)
		cells = grown
	}
	if column > len(cells) {
		cells = cells[:column]
	}
	cells[column-1] = text
	return cells
}

// columnOf reads the letters of a cell's place such as AB12; a place that
// cannot be read gives the following column.
func columnOf(place string, following int) int {
	column := 0
	for i := 0; i < len(place) && i < 6; i++ {
		c := place[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	if column == 0 {
		return following
	}
	return column
}

// readCell gives the text that stands for the cell's value.
func (r *sheetReader) readCell(start xml.StartElement) (string, error) {
	kind, style := attribute(start, "t"), attribute(start, "s")
	r.value.limit = r.book.limits.CellBytes
	r.value.reset()
	inValue := false
	for {
		token, err := r.token()
		if err != nil {
			return "", r.fail(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inValue = token.Name.Local == "v"
			r.value.start(token.Name.Local)
		case xml.CharData:
			if inValue {
				r.value.put(token)
			} else {
				r.value.add(token)
			}
		case xml.EndElement:
			inValue = false
			r.value.end(token.Name.Local)
			if token.Name.Local == "c" {
				return r.book.cellText(kind, style, r.value.String()), nil
			}
		}
	}
}

// cellText turns a stored value to text (ECMA-376 part 1, 18.18.11).
func (b *workbook) cellText(kind, style, value string) string {
	if value == "" {
		return ""
	}
	switch kind {
	case "s":
		i, err := strconv.Atoi(value)
		if err != nil || i < 0 || i >= len(b.shared) {
			return "#REF!"
		}
		return b.shared[i]
	case "b":
		if value == "0" {
			return "FALSE"
		}
		return "TRUE"
	case "str", "inlineStr", "e":
		return value
	case "d":
		return trimMidnight(value)
	}
	return b.numberText(style, value)
}
