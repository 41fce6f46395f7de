// Package lists reads lists that somebody brings, CSV or XLSX, for every domain in
// the same way.
//
// Words: a list is one sheet of one file; its mapping says what its columns mean; a
// refusal says why one of its rows cannot be taken, in the user's row numbers; its
// digest recognises the same file, so that it is never taken over twice.
//
//	file, err := in.File()
//	l, err := in.Read(file)
//	err = l.Understand(headers.PlaceFields(), said.Say("a list of places"), headers.Country)
//	for _, row := range l.Rows {
//		town := l.Cell(row, headers.Locality)
//	}
package lists

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"cairn/blueprint"
	"cairn/format/headers"
	"cairn/format/sheet"
	"cairn/value"
	"cairn/value/said"
)

// Input names a list and how to read it. All but the file may be left out. The
// inputs of imports embed it.
type Input struct {
	Path         string            `json:"path" help:"The file on this machine, CSV or XLSX."`
	Name         string            `json:"name" help:"The file's name, where its content is given."`
	Content      []byte            `json:"content" help:"The file's content, instead of a path."`
	DryRun       bool              `json:"dry_run" help:"Only say what would happen."`
	GoodRowsOnly bool              `json:"good_rows_only" help:"Take the good rows and leave out the others."`
	Mapping      string            `json:"mapping" help:"What all columns mean, as a dry run shows it."`
	Columns      map[string]string `json:"columns" help:"What single columns mean: {\"Prezime\":\"family_name\"}; \"\" leaves one out."`
	Sheet        string            `json:"sheet" help:"The sheet of a workbook; else the first with content."`
	HeaderRow    int               `json:"header_row" help:"The row of the column names, from 1; else it is found."`
	Encoding     string            `json:"encoding" help:"Of a CSV file, such as windows-1250; else it is found."`
	Delimiter    string            `json:"delimiter" help:"Of a CSV file; else it is found."`
	DateOrder    string            `json:"date_order" help:"dmy, mdy or ymd; else it is guessed."`
	limits       sheet.Limits
}

// Bound sets what the file may ask for, where it comes from somebody far away; without
// it the defaults of package sheet hold.
func (in *Input) Bound(limits sheet.Limits) { in.limits = limits }

// Refusal says why a row cannot be taken, and what to do.
type Refusal struct {
	Row    int           `json:"row"` // as a spreadsheet program shows it, from 1
	Column string        `json:"column,omitempty"`
	Value  string        `json:"value,omitempty"`
	Reason said.Sentence `json:"reason"`
}

// Report says what came of a list, or would come of it. The reports of imports
// embed it.
type Report struct {
	Already  bool            `json:"already,omitempty"` // the same file was taken over before; nothing changed
	DryRun   bool            `json:"dry_run,omitempty"`
	Digest   string          `json:"digest"`
	Name     string          `json:"name"`
	Mapping  string          `json:"mapping,omitempty"`
	Rows     int             `json:"rows"`
	LeftOut  int             `json:"left_out"` // rows
	Refusals []Refusal       `json:"refusals,omitempty"`
	Notes    []said.Sentence `json:"notes,omitempty"`
}

// Note tells the user something about the list.
func (r *Report) Note(format string, args ...any) {
	r.Notes = append(r.Notes, said.Say(format, args...))
}

// shownRefusals is how many refusals an error lists; a dry run lists all.
const shownRefusals = 20

// Err refuses a list of which rows cannot be taken; nil when all can.
func (r *Report) Err() error {
	if len(r.Refusals) == 0 {
		return nil
	}
	text := said.Say("%d rows of %s cannot be taken, so nothing was: correct them, or take the good rows only", r.LeftOut, r.Name)
	for i, refusal := range r.Refusals {
		if i == shownRefusals {
			text = said.Say("%v\n  and %d more; a dry run lists all", text, len(r.Refusals)-i)
			break
		}
		text = said.Say("%v\n  row %d, %s %q: %v", text, refusal.Row, refusal.Column, refusal.Value, refusal.Reason)
	}
	return blueprint.Refuse(blueprint.Invalid, "%v", text)
}

// File is the content of a list, not yet read.
type File struct {
	Name   string
	Body   []byte
	Digest string // SHA-256, in hexadecimal digits
}

// mostBytes bounds what is held in memory.
const mostBytes = 512 << 20

// File loads the file that the input names.
func (in *Input) File() (File, error) {
	name, body := in.Name, in.Content
	if len(body) == 0 {
		if in.Path == "" {
			return File{}, blueprint.RefuseField("path", "name the file to take over")
		}
		info, err := os.Stat(in.Path)
		if err != nil || !info.Mode().IsRegular() {
			return File{}, blueprint.RefuseField("path", "the file %q cannot be read: check its name", in.Path)
		}
		if info.Size() > mostBytes {
			return File{}, blueprint.RefuseField("path", "%s has more than %d MiB: part it", in.Path, mostBytes>>20)
		}
		if body, err = os.ReadFile(in.Path); err != nil {
			return File{}, blueprint.RefuseField("path", "%s cannot be read: %v", in.Path, err)
		}
		if name == "" {
			name = filepath.Base(in.Path)
		}
	}
	if name == "" {
		name = "list"
	}
	sum := sha256.Sum256(body)
	return File{Name: name, Body: body, Digest: hex.EncodeToString(sum[:])}, nil
}

// List is an opened list. Rows that are no rows of a table are refused in Report.
type List struct {
	Header  []string
	Rows    []sheet.Row
	Mapping headers.Mapping
	Order   value.DateOrder // after SettleDates, or as the input states it
	Report  Report
	in      *Input
}

// Read reads every row of a file.
func (in *Input) Read(file File) (*List, error) {
	delimiter := rune(0)
	if in.Delimiter != "" {
		delimiter, _ = utf8.DecodeRuneInString(in.Delimiter)
	}
	table, err := sheet.OpenReader(bytes.NewReader(file.Body), int64(len(file.Body)), file.Name, sheet.Options{
		Encoding: sheet.Encoding(strings.ToLower(in.Encoding)), Delimiter: delimiter, Sheet: in.Sheet, HeaderRow: in.HeaderRow, Limits: in.limits})
	if err != nil {
		return nil, blueprint.Refuse(blueprint.Invalid, "read the list: %v", err)
	}
	defer table.Close()
	l := &List{Header: table.Header, in: in, Report: Report{DryRun: in.DryRun, Digest: file.Digest, Name: file.Name}}
	l.Report.Notes = append(l.Report.Notes, table.Notes...)
	if l.Order, err = dateOrder(in.DateOrder); err != nil {
		return nil, err
	}
	for row, err := range table.Rows() {
		refused := new(sheet.RowError)
		switch {
		case errors.As(err, &refused):
			l.Refuse(refused.Row, l.HeaderOf(refused.Column-1), "", refused.Reason)
			l.Report.LeftOut++
		case err != nil:
			return nil, blueprint.Refuse(blueprint.Invalid, "read the list: %v", err)
		default:
			l.Rows = append(l.Rows, row)
		}
	}
	l.Report.Rows = len(l.Rows) + l.Report.LeftOut
	return l, nil
}

func dateOrder(text string) (value.DateOrder, error) {
	switch order := value.DateOrder(strings.ToLower(text)); order {
	case "", value.DMY, value.MDY, value.YMD:
		return order, nil
	}
	return "", blueprint.RefuseField("date_order", "date order %q is not known: write dmy, mdy or ymd", text)
}
