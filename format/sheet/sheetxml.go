package sheet

import (
	"io"
	"strconv"

	"cairn/value/said"
)

// sheetReader streams the rows of one sheet.
type sheetReader struct {
	book   *workbook
	part   io.Closer
	xml    *xmlScanner
	number int
	width  int // of the widest row so far
	value  textCollector
}

func (r *sheetReader) padded() bool { return true }
func (r *sheetReader) close()       { _ = r.part.Close() }

func (r *sheetReader) fail(err error) error {
	return said.Errorf("after row %d: %w", r.number, damaged(r.book.chosen.path, err))
}

func (r *sheetReader) next() (Row, error) {
	for {
		kind, err := r.xml.next()
		if err == io.EOF {
			return Row{}, io.EOF
		}
		if err != nil {
			return Row{}, r.fail(err)
		}
		if kind != startTag || string(r.xml.name) != "row" {
			continue
		}
		if err := r.beginRow(); err != nil {
			return Row{}, err
		}
		return r.readRow()
	}
}

func (r *sheetReader) beginRow() error {
	number := r.number + 1
	if text := r.xml.attribute("r"); text != nil {
		stated, err := strconv.Atoi(string(text))
		if err != nil || stated < number {
			return r.fail(said.Errorf("a row with the number %.20q follows", string(text)))
		}
		number = stated
	}
	r.number = number
	return nil
}

func (r *sheetReader) readRow() (Row, error) {
	row := Row{Number: r.number, Cells: make([]string, 0, r.width)}
	var refused *RowError
	column, bytes := 0, 0
	for {
		kind, err := r.xml.next()
		switch {
		case err != nil:
			return Row{}, r.fail(err)
		case kind == endTag && string(r.xml.name) == "row":
			if refused != nil {
				return Row{Number: r.number}, refused
			}
			r.width = max(r.width, len(row.Cells))
			return row, nil
		case kind != startTag || string(r.xml.name) != "c":
			continue
		}
		column = columnOf(r.xml.attribute("r"), column+1)
		text, err := r.readCell()
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

func (r *sheetReader) checkCell(column, size, total int, filled bool) *RowError {
	limits := r.book.limits
	switch {
	case filled && (column < 1 || column > limits.Columns):
		return &RowError{Row: r.number, Problem: RowTooLarge, Reason: said.Say("it has more than %d columns: leave out columns that are not needed", limits.Columns)}
	case size > limits.CellBytes:
		return &RowError{Row: r.number, Column: column, Problem: RowTooLarge, Reason: said.Say("the cell is larger than %d bytes: shorten it", limits.CellBytes)}
	case total > limits.RowBytes:
		return &RowError{Row: r.number, Problem: RowTooLarge, Reason: said.Say("it is larger than %d bytes: shorten its cells", limits.RowBytes)}
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
func columnOf(place []byte, following int) int {
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
func (r *sheetReader) readCell() (string, error) {
	kind, style := cellKind(r.xml.attribute("t")), cellStyle(r.xml.attribute("s"))
	r.value.limit = r.book.limits.CellBytes
	r.value.reset()
	inValue := false
	for {
		token, err := r.xml.next()
		if err != nil {
			return "", r.fail(err)
		}
		switch token {
		case startTag:
			inValue = string(r.xml.name) == "v"
			r.value.start(r.xml.name)
		case xmlText:
			if inValue {
				r.value.put(r.xml.text)
			} else {
				r.value.add(r.xml.text)
			}
		case endTag:
			inValue = false
			r.value.end(r.xml.name)
			if string(r.xml.name) == "c" {
				return r.book.cellText(kind, style, r.value.text), nil
			}
		}
	}
}

// cellKind keeps the known types without holding on to the scanner's buffer.
func cellKind(attribute []byte) string {
	switch string(attribute) {
	case "s":
		return "s"
	case "b":
		return "b"
	case "d":
		return "d"
	case "str", "inlineStr", "e":
		return "str"
	}
	return "n"
}

func cellStyle(attribute []byte) int {
	style, err := strconv.Atoi(string(attribute))
	if err != nil {
		return 0
	}
	return style
}

// cellText turns a stored value to text (ECMA-376 part 1, 18.18.11).
func (b *workbook) cellText(kind string, style int, value []byte) string {
	if len(value) == 0 {
		return ""
	}
	switch kind {
	case "s":
		i, err := strconv.Atoi(string(value))
		if err != nil || i < 0 || i >= len(b.shared) {
			return "#REF!"
		}
		return b.shared[i]
	case "b":
		if string(value) == "0" {
			return "FALSE"
		}
		return "TRUE"
	case "str":
		return string(value)
	case "d":
		return trimMidnight(string(value))
	}
	return b.numberText(style, string(value))
}
