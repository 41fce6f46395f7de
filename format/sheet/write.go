package sheet

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Neutralise makes a cell harmless that a spreadsheet program would run as a
// formula (CWE-1236): one that begins with = + - @ tab, CR, LF or the full-width
// forms of the signs gets an apostrophe. A plain number such as -5 stays.
func Neutralise(cell string) string {
	first, _ := utf8.DecodeRuneInString(cell)
	switch first {
	case '-':
		if isPlainNumber(cell[1:]) {
			return cell
		}
		return "'" + cell
	case '=', '+', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
		return "'" + cell
	}
	return cell
}

func isPlainNumber(s string) bool {
	whole, fraction, found := strings.Cut(s, ".")
	return isDigits(whole) && (!found || isDigits(fraction))
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// CSVOptions say how a CSV file is written.
type CSVOptions struct {
	Delimiter     rune // 0: a comma
	ByteOrderMark bool // spreadsheet programs need it to take the file for UTF-8
}

// WriteCSV writes header and rows as UTF-8 (RFC 4180), every cell neutralised.
func WriteCSV(w io.Writer, options CSVOptions, header []string, rows iter.Seq[[]string]) error {
	buffered := bufio.NewWriterSize(w, 64<<10)
	if options.ByteOrderMark {
		if _, err := buffered.WriteString(byteOrderMark); err != nil {
			return fmt.Errorf("write CSV: %w", err)
		}
	}
	out := csv.NewWriter(buffered)
	if options.Delimiter != 0 {
		out.Comma = options.Delimiter
	}
	line := make([]string, 0, len(header))
	write := func(cells []string) error {
		line = line[:0]
		for _, cell := range cells {
			line = append(line, Neutralise(cell))
		}
		return out.Write(line)
	}
	if err := write(header); err != nil {
		return fmt.Errorf("write CSV header: %w", err)
	}
	number := 1
	for cells := range rows {
		number++
		if err := write(cells); err != nil {
			return fmt.Errorf("write CSV row %d: %w", number, err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// WriteXLSX writes one sheet of text cells, each neutralised, since the
// workbook may be saved as CSV later. Plain numbers of up to 15 digits without
// leading zeros are written as numbers. Over 16 MB excelize keeps the sheet in
// a temporary file until WriteXLSX returns.
func WriteXLSX(w io.Writer, name string, header []string, rows iter.Seq[[]string]) (err error) {
	book := excelize.NewFile()
	defer func() {
		if closeErr := book.Close(); err == nil && closeErr != nil {
			err = fmt.Errorf("write XLSX: %w", closeErr)
		}
	}()
	if err := book.SetSheetName("Sheet1", name); err != nil {
		return fmt.Errorf("write XLSX: sheet %q: %w", name, err)
	}
	stream, err := book.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("write XLSX: %w", err)
	}
	number := 0
	write := func(cells []string) error {
		number++
		values := make([]any, len(cells))
		for i, cell := range cells {
			values[i] = xlsxValue(cell)
		}
		if err := stream.SetRow("A"+strconv.Itoa(number), values); err != nil {
			return fmt.Errorf("write XLSX row %d: %w", number, err)
		}
		return nil
	}
	if err := write(header); err != nil {
		return err
	}
	for cells := range rows {
		if err := write(cells); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return fmt.Errorf("write XLSX: %w", err)
	}
	if err := book.Write(w); err != nil {
		return fmt.Errorf("write XLSX: %w", err)
	}
	return nil
}

func xlsxValue(cell string) any {
	plain := isDigits(cell) && len(cell) <= 15 && (cell == "0" || cell[0] != '0')
	if plain {
		if number, err := strconv.ParseInt(cell, 10, 64); err == nil {
			return number
		}
	}
	return Neutralise(cell)
}
