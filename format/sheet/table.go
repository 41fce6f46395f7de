package sheet

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"cairn/value/said"
)

// Format is the kind of file.
type Format string

// The formats that are read.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// Limits bound what a file may ask for. A zero field takes its default.
type Limits struct {
	UnzippedBytes int64 // of an XLSX file in all; default 768 MiB
	Ratio         int64 // unzipped to zipped bytes of one part over 1 MiB; default 200
	Rows          int   // default 2,000,000
	Columns       int   // default 2,000
	CellBytes     int   // default 1 MiB
	RowBytes      int   // default 8 MiB
}

func (l Limits) withDefaults() Limits {
	defaults := Limits{UnzippedBytes: 768 << 20, Ratio: 200, Rows: 2_000_000, Columns: 2_000, CellBytes: 1 << 20, RowBytes: 8 << 20}
	if l.UnzippedBytes <= 0 {
		l.UnzippedBytes = defaults.UnzippedBytes
	}
	if l.Ratio <= 0 {
		l.Ratio = defaults.Ratio
	}
	if l.Rows <= 0 {
		l.Rows = defaults.Rows
	}
	if l.Columns <= 0 {
		l.Columns = defaults.Columns
	}
	if l.CellBytes <= 0 {
		l.CellBytes = defaults.CellBytes
	}
	if l.RowBytes <= 0 {
		l.RowBytes = defaults.RowBytes
	}
	return l
}

// Options overrule what is otherwise found in the file.
type Options struct {
	Encoding  Encoding // of a CSV file; "" finds it
	Delimiter rune     // of a CSV file; 0 finds it among , ; tab |
	Sheet     string   // of an XLSX file; "" takes the first visible sheet with content
	HeaderRow int      // counted from 1 as a spreadsheet program shows it; 0 finds it
	Limits    Limits
}

// Row is one row below the header. Cells has one string for each column of the
// header; dates of a workbook are written 1956-05-03. Cells may be kept.
type Row struct {
	Number int // as a spreadsheet program shows it, counted from 1
	Cells  []string
}

// RowProblem is a word for why a row was refused.
type RowProblem string

// The problems of a row.
const (
	RowShort       RowProblem = "short"        // fewer cells than the header; Cells is filled up
	RowLong        RowProblem = "long"         // more cells than the header; Cells holds the first
	RowTooLarge    RowProblem = "too-large"    // a limit of Limits is passed
	RowNUL         RowProblem = "nul"          // holds NUL bytes
	RowBadEncoding RowProblem = "bad-encoding" // bytes that the encoding does not have
	RowOpenQuote   RowProblem = "open-quote"   // the quote is never closed
)

// RowError refuses one row; reading goes on after it.
type RowError struct {
	Row     int // as Row.Number
	Column  int // counted from 1; 0 when the whole row is meant
	Problem RowProblem
	Reason  said.Sentence // says what to do
}

func (e *RowError) Error() string { return e.Said().String() }

// Said gives the whole sentence in its parts.
func (e *RowError) Said() said.Sentence {
	if e.Column > 0 {
		return said.Say("row %d, column %d: %s", e.Row, e.Column, e.Reason)
	}
	return said.Say("row %d: %s", e.Row, e.Reason)
}

// Table is an opened file. Its fields say how the file was understood.
type Table struct {
	Name      string
	Format    Format
	Encoding  Encoding // CSV only
	Delimiter rune     // CSV only
	Sheet     string   // XLSX only
	Sheets    []string // all sheets of the workbook
	HeaderRow int      // counted from 1
	Header    []string
	// Notes are about guesses that somebody should look at.
	Notes []said.Sentence

	limits Limits
	source source
	file   io.Closer
}

// source opens the rows of a file from the beginning, as often as it is asked.
type source interface {
	open() (rowReader, error)
	close() error
}

// rowReader gives rows as they stand in the file, blank ones too; io.EOF ends
// them. A *RowError concerns one row, any other error ends the reading. padded
// says that short rows are ordinary in the format.
type rowReader interface {
	next() (Row, error)
	padded() bool
	close()
}

// Open opens the file at path. Close the Table.
func Open(path string, options Options) (*Table, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open table: %w", err)
	}
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = fmt.Errorf("open table %s: it is a folder; name a CSV or XLSX file", path)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	table, err := OpenReader(file, info.Size(), filepath.Base(path), options)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	table.file = file
	return table, nil
}

// OpenReader reads a table of size bytes from r; name is used in messages. The
// content decides the format, not the name.
func OpenReader(r io.ReaderAt, size int64, name string, options Options) (*Table, error) {
	table := &Table{Name: name, limits: options.Limits.withDefaults()}
	if err := table.openSource(r, size, options); err != nil {
		return nil, fmt.Errorf("open table %s: %w", name, err)
	}
	if err := table.findHeader(options.HeaderRow); err != nil {
		return nil, errors.Join(fmt.Errorf("open table %s: %w", name, err), table.source.close())
	}
	return table, nil
}

func (t *Table) openSource(r io.ReaderAt, size int64, options Options) error {
	kind, err := sniff(r, size)
	if err != nil {
		return err
	}
	if kind == XLSX {
		return t.openWorkbook(r, size, options)
	}
	return t.openText(r, size, options)
}

// Close frees what the Table holds.
func (t *Table) Close() error {
	err := t.source.close()
	if t.file != nil {
		err = errors.Join(err, t.file.Close())
	}
	return err
}

// Rows gives the rows below the header, from the first, on every call. Blank
// rows are left out. With a *RowError the row is refused and reading goes on;
// with any other error it is over.
func (t *Table) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		reader, err := t.source.open()
		if err != nil {
			yield(Row{}, fmt.Errorf("read table %s: %w", t.Name, err))
			return
		}
		defer reader.close()
		for {
			row, err := reader.next()
			switch {
			case err == io.EOF:
				return
			case row.Number > t.limits.Rows && err == nil:
				yield(Row{}, fmt.Errorf("read table %s: %w", t.Name, said.Errorf("it has more than %d rows: split the file", t.limits.Rows)))
				return
			case err != nil && !isRowError(err):
				yield(Row{}, fmt.Errorf("read table %s: %w", t.Name, err))
				return
			case row.Number <= t.HeaderRow || err == nil && isBlank(row.Cells):
				continue
			}
			if err == nil {
				row, err = t.fit(row, reader.padded())
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

func isRowError(err error) bool {
	refused := new(RowError)
	return errors.As(err, &refused)
}

// fit gives a row the width of the header, and says when cells are missing or
// too many, since then they may stand under wrong columns.
func (t *Table) fit(row Row, padded bool) (Row, error) {
	have, want := len(row.Cells), len(t.Header)
	switch {
	case have < want:
		row.Cells = append(row.Cells, make([]string, want-have)...)
		if !padded {
			return row, &RowError{Row: row.Number, Problem: RowShort,
				Reason: said.Say("it has %d cells and the header %d: look for a missing delimiter", have, want)}
		}
	case have > want:
		extra := row.Cells[want:]
		row.Cells = row.Cells[:want:want]
		if !isBlank(extra) {
			return row, &RowError{Row: row.Number, Problem: RowLong,
				Reason: said.Say("it has %d cells and the header %d: look for a delimiter inside a cell without quotes", have, want)}
		}
	}
	return row, nil
}
