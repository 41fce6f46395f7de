package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"cairn/value/said"
)

// textReader cuts delimited text into rows (RFC 4180, read leniently: a quote
// inside a cell need not be doubled when no delimiter follows it). encoding/csv
// is not used, because it gathers an unclosed quote without limit, cannot go on
// after a refused row, and does not count blank rows.
type textReader struct {
	in      *bufio.Reader
	comma   byte
	lineEnd byte
	enc     Encoding
	limits  Limits

	number int
	ended  bool
	text   []byte // the cells of the row, joined
	ends   []int  // where each cell ends in text
	state  cellState
	refuse *RowError
}

type cellState int

const (
	cellStart cellState = iota
	plainCell
	quotedCell
	afterQuote
)

func (r *textReader) padded() bool { return false }
func (r *textReader) close()       {}

// next reads one row; a file's last line end begins no row of its own.
func (r *textReader) next() (Row, error) {
	if r.ended {
		return Row{}, io.EOF
	}
	r.text, r.ends, r.state, r.refuse = r.text[:0], r.ends[:0], cellStart, nil
	r.number++
	empty := true
	for {
		chunk, err := r.in.ReadSlice(r.lineEnd)
		if err != nil && err != io.EOF && !errors.Is(err, bufio.ErrBufferFull) {
			return Row{}, said.Errorf("row %d: %w", r.number, err)
		}
		if err == io.EOF {
			r.ended = true
			if empty && len(chunk) == 0 {
				return Row{}, io.EOF
			}
		}
		ended := err == nil
		if ended {
			chunk = chunk[:len(chunk)-1]
		}
		if empty && ended && bytes.IndexByte(chunk, '"') < 0 {
			return r.plainRow(chunk)
		}
		empty = false
		r.scan(chunk)
		if r.ended || ended && r.state != quotedCell {
			return r.finish()
		}
		if ended {
			r.put('\n')
		}
	}
}

// plainRow is the common case: a whole line without quotes.
func (r *textReader) plainRow(line []byte) (Row, error) {
	line = bytes.TrimSuffix(line, []byte("\r"))
	cells := 1 + bytes.Count(line, []byte{r.comma})
	if cells > r.limits.Columns {
		return r.refused(r.tooManyColumns())
	}
	if err := r.checkBytes(line); err != nil {
		return r.refused(err)
	}
	row := Row{Number: r.number, Cells: make([]string, 0, cells)}
	text := string(line)
	for {
		i := strings.IndexByte(text, r.comma)
		if i < 0 {
			row.Cells = append(row.Cells, text)
			return row, nil
		}
		row.Cells = append(row.Cells, text[:i])
		text = text[i+1:]
	}
}

func (r *textReader) refused(err *RowError) (Row, error) { return Row{Number: r.number}, err }

// scan goes through part of a row, which may end anywhere.
func (r *textReader) scan(chunk []byte) {
	for i := 0; i < len(chunk); {
		c := chunk[i]
		switch r.state {
		case cellStart:
			r.state = plainCell
			if c == '"' {
				r.state = quotedCell
				i++
			}
		case plainCell:
			run := chunk[i:]
			if n := bytes.IndexByte(run, r.comma); n >= 0 {
				r.put(run[:n]...)
				r.endCell()
				i += n + 1
				continue
			}
			r.put(run...)
			i = len(chunk)
		case quotedCell:
			run := chunk[i:]
			n := bytes.IndexByte(run, '"')
			if n < 0 {
				r.put(run...)
				return
			}
			r.put(run[:n]...)
			r.state = afterQuote
			i += n + 1
		case afterQuote:
			i += r.afterQuote(c, i == len(chunk)-1)
		}
	}
}

// afterQuote decides whether a quote closed the cell; it gives the number of
// bytes that it took.
func (r *textReader) afterQuote(c byte, last bool) int {
	switch {
	case c == r.comma:
		r.endCell()
	case c == '"':
		r.put('"')
		r.state = quotedCell
	case c == '\r' && last:
	default:
		r.put('"')
		r.state = quotedCell
		return 0
	}
	return 1
}

func (r *textReader) cellFrom() int {
	if len(r.ends) == 0 {
		return 0
	}
	return r.ends[len(r.ends)-1]
}

// put adds bytes to the current cell until a limit refuses the row; what
// follows is then only passed over.
func (r *textReader) put(b ...byte) {
	switch {
	case r.refuse != nil:
	case len(r.text)-r.cellFrom()+len(b) > r.limits.CellBytes:
		r.refuse = &RowError{Row: r.number, Column: len(r.ends) + 1, Problem: RowTooLarge,
			Reason: said.Say("the cell is larger than %d bytes: look for a quote that is not closed", r.limits.CellBytes)}
	case len(r.text)+len(b) > r.limits.RowBytes:
		r.refuse = &RowError{Row: r.number, Problem: RowTooLarge,
			Reason: said.Say("it is larger than %d bytes: look for a quote that is not closed", r.limits.RowBytes)}
	default:
		r.text = append(r.text, b...)
	}
}

func (r *textReader) endCell() {
	r.state = cellStart
	if r.refuse != nil {
		return
	}
	if len(r.ends) >= r.limits.Columns {
		r.refuse = r.tooManyColumns()
		return
	}
	r.ends = append(r.ends, len(r.text))
}

func (r *textReader) tooManyColumns() *RowError {
	return &RowError{Row: r.number, Problem: RowTooLarge,
		Reason: said.Say("it has more than %d columns: check the delimiter, or leave out columns", r.limits.Columns)}
}

func (r *textReader) finish() (Row, error) {
	if r.state == quotedCell {
		return r.refused(&RowError{Row: r.number, Column: len(r.ends) + 1, Problem: RowOpenQuote,
			Reason: said.Say("a quote opened here is never closed, so the rest of the file cannot be read: close it or remove it")})
	}
	if r.state != afterQuote && r.refuse == nil {
		if n := len(r.text); n > r.cellFrom() && r.text[n-1] == '\r' {
			r.text = r.text[:n-1]
		}
	}
	r.endCell()
	if r.refuse != nil {
		return r.refused(r.refuse)
	}
	if err := r.checkBytes(r.text); err != nil {
		return r.refused(err)
	}
	text := string(r.text)
	row := Row{Number: r.number, Cells: make([]string, len(r.ends))}
	from := 0
	for i, end := range r.ends {
		row.Cells[i] = text[from:end]
		from = end
	}
	return row, nil
}

const replacement = "\uFFFD"

func (r *textReader) checkBytes(text []byte) *RowError {
	switch {
	case bytes.IndexByte(text, 0) >= 0:
		return &RowError{Row: r.number, Problem: RowNUL, Reason: said.Say("it holds NUL bytes: the file may be damaged")}
	case r.enc == UTF8 && !utf8.Valid(text), r.enc != UTF8 && bytes.Contains(text, []byte(replacement)):
		return &RowError{Row: r.number, Problem: RowBadEncoding,
			Reason: said.Say("it holds bytes that are not %s: check the encoding of the file", r.enc)}
	}
	return nil
}
