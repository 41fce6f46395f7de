package hungary1956

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"
)

// Encoding says how a file's text is stored.
type Encoding string

// Encodings of the files.
const (
	UTF8        Encoding = "utf-8"
	UTF8BOM     Encoding = "utf-8-bom"
	Windows1250 Encoding = "windows-1250"
	XLSX        Encoding = "xlsx"
)

// dateCells is the date layout of spreadsheets that hold real dates.
const dateCells = "cell"

// table says how a file is laid out: titles stand in rows above the header.
type table struct {
	name      string
	kind      Kind
	encoding  Encoding
	delimiter rune
	language  language
	dates     string // Go layout, or dateCells
	sheet     string
	titles    []string
	header    []string
}

// sink takes rows of strings, ints and dates; close reports what a row could not.
type sink interface {
	row(cells []any) error
	close() error
}

// tableWriter writes one file and counts its rows.
type tableWriter struct {
	table table
	sink  sink
	rows  int
}

// create opens the file and writes its titles and header.
func (g *generator) create(t table) (*tableWriter, error) {
	path := filepath.Join(g.dir, t.name)
	var s sink
	var err error
	if t.encoding == XLSX {
		s, err = newXLSX(path, t)
	} else {
		s, err = newCSV(path, t)
	}
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", t.name, err)
	}
	w := &tableWriter{table: t, sink: s}
	for _, title := range t.titles {
		err = errors.Join(err, s.row([]any{title}))
	}
	header := make([]any, len(t.header))
	for i, h := range t.header {
		header[i] = h
	}
	if err = errors.Join(err, s.row(header)); err != nil {
		return nil, errors.Join(fmt.Errorf("write the header of %s: %w", t.name, err), s.close())
	}
	return w, nil
}

// line is the 1-based row that the next call of row writes.
func (w *tableWriter) line() int { return len(w.table.titles) + 2 + w.rows }

func (w *tableWriter) row(cells ...any) error {
	if err := w.sink.row(cells); err != nil {
		return fmt.Errorf("write row %d of %s: %w", w.line(), w.table.name, err)
	}
	w.rows++
	return nil
}

// finish closes the file and notes it in the summary.
func (g *generator) finish(w *tableWriter) error {
	if err := w.sink.close(); err != nil {
		return fmt.Errorf("finish %s: %w", w.table.name, err)
	}
	t := w.table
	info := FileInfo{Name: t.name, Kind: t.kind, Encoding: t.encoding, Language: string(t.language),
		DateLayout: t.dates, HeaderRow: len(t.titles) + 1, Header: t.header, Rows: w.rows}
	if t.delimiter != 0 {
		info.Delimiter = string(t.delimiter)
	}
	g.sum.Files = append(g.sum.Files, info)
	return nil
}

type csvSink struct {
	file  *os.File
	text  *bufio.Writer
	coded io.Writer
	csv   *csv.Writer
	dates string
	cells []string
}

func newCSV(path string, t table) (*csvSink, error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	s := &csvSink{file: file, text: bufio.NewWriterSize(file, 1<<16), dates: t.dates}
	s.coded = s.text
	switch t.encoding {
	case Windows1250:
		s.coded = transform.NewWriter(s.text, charmap.Windows1250.NewEncoder())
	case UTF8BOM:
		_, err = s.text.WriteString("\ufeff")
	}
	s.csv = csv.NewWriter(s.coded)
	s.csv.Comma = t.delimiter
	s.csv.UseCRLF = t.encoding == Windows1250
	return s, err
}

func (s *csvSink) row(cells []any) error {
	s.cells = s.cells[:0]
	for _, c := range cells {
		s.cells = append(s.cells, asText(c, s.dates))
	}
	return s.csv.Write(s.cells)
}

func asText(cell any, dates string) string {
	switch v := cell.(type) {
	case int:
		return strconv.Itoa(v)
	case time.Time:
		if dates == dateCells {
			dates = time.DateOnly
		}
		return v.Format(dates)
	case string:
		return v
	}
	return fmt.Sprint(cell)
}

func (s *csvSink) close() error {
	s.csv.Flush()
	err := s.csv.Error()
	if coder, ok := s.coded.(*transform.Writer); ok {
		err = errors.Join(err, coder.Close())
	}
	return errors.Join(err, s.text.Flush(), s.file.Close())
}

type xlsxSink struct {
	path   string
	book   *excelize.File
	stream *excelize.StreamWriter
	dates  string
	style  int
	next   int
	cells  []any
}

func newXLSX(path string, t table) (*xlsxSink, error) {
	s := &xlsxSink{path: path, book: excelize.NewFile(), dates: t.dates, next: 1}
	if err := s.book.SetSheetName("Sheet1", t.sheet); err != nil {
		return nil, err
	}
	var err error
	format := "yyyy-mm-dd"
	if s.style, err = s.book.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
		return nil, err
	}
	s.stream, err = s.book.NewStreamWriter(t.sheet)
	return s, err
}

// firstCellDate is the first day that a spreadsheet can hold as a date.
var firstCellDate = day(1900, 3, 1)

func (s *xlsxSink) row(cells []any) error {
	s.cells = s.cells[:0]
	for _, c := range cells {
		switch v := c.(type) {
		case time.Time:
			if s.dates == dateCells && !v.Before(firstCellDate) {
				c = excelize.Cell{StyleID: s.style, Value: v}
			} else {
				c = asText(v, s.dates)
			}
		case string:
			if v == "" {
				c = nil
			}
		}
		s.cells = append(s.cells, c)
	}
	at := "A" + strconv.Itoa(s.next)
	s.next++
	return s.stream.SetRow(at, s.cells)
}

func (s *xlsxSink) close() error {
	return errors.Join(s.stream.Flush(), s.book.SaveAs(s.path), s.book.Close())
}
