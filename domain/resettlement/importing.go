package resettlement

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"cairn/blueprint"
	"cairn/format/headers"
	"cairn/format/sheet"
	"cairn/value"
)

// ImportInput names a list of places and how to read it. All but the file may be
// left out.
type ImportInput struct {
	Path         string            `json:"path" help:"The file on this machine, CSV or XLSX."`
	Name         string            `json:"name" help:"The file's name, where its content is given."`
	Content      []byte            `json:"content" help:"The file's content, instead of a path."`
	DryRun       bool              `json:"dry_run" help:"Only say what would happen."`
	GoodRowsOnly bool              `json:"good_rows_only" help:"Take the good rows and leave out the others."`
	Mapping      string            `json:"mapping" help:"What all columns mean, as a dry run shows it."`
	Columns      map[string]string `json:"columns" help:"What single columns mean: {\"Ort\":\"locality\"}; \"\" leaves one out."`
	Sheet        string            `json:"sheet" help:"The sheet of a workbook; else the first with content."`
	HeaderRow    int               `json:"header_row" help:"The row of the column names, from 1; else it is found."`
	Encoding     string            `json:"encoding" help:"Of a CSV file, such as windows-1250; else it is found."`
	Delimiter    string            `json:"delimiter" help:"Of a CSV file; else it is found."`
	DateOrder    string            `json:"date_order" help:"dmy, mdy or ymd; else it is guessed."`
}

// Refusal says why a row cannot be taken, and what to do.
type Refusal struct {
	Row    int    `json:"row"` // as a spreadsheet program shows it, from 1
	Column string `json:"column,omitempty"`
	Value  string `json:"value,omitempty"`
	Reason string `json:"reason"`
}

// Imported says what came of a list, or would come of it.
type Imported struct {
	Already  bool           `json:"already,omitempty"` // the same file was taken over before; nothing changed
	DryRun   bool           `json:"dry_run,omitempty"`
	Digest   string         `json:"digest"`
	Name     string         `json:"name"`
	Mapping  string         `json:"mapping,omitempty"`
	Rows     int            `json:"rows"`
	Places   int            `json:"places"`
	People   int64          `json:"people"` // room in all
	LeftOut  int            `json:"left_out"`
	Refusals []Refusal      `json:"refusals,omitempty"`
	Asides   map[string]int `json:"asides,omitempty"` // conditions that plans do not keep to, by rows
	Notes    []string       `json:"notes,omitempty"`
}

const maxListBytes = 64 << 20

var importPlaces = blueprint.Act(blueprint.Action{
	Name: "resettlement.import_places", Group: "places.write", Title: "Import a list of places",
	Help: "Takes over offers of places, CSV or XLSX, in any of several languages. Either all rows or none, unless you take the " +
		"good rows only. The same file again changes nothing.",
	Example: "cairn resettlement import-places --path places.csv --dry-run true", Appends: []string{"resettlement.place_opened"},
}, func(w *blueprint.Work, in ImportInput) (Imported, error) {
	name, body, err := in.content()
	if err != nil {
		return Imported{}, err
	}
	sum := sha256.Sum256(body)
	report := Imported{DryRun: in.DryRun, Digest: hex.EncodeToString(sum[:]), Name: name}
	var before int64
	if err := w.QueryRow("SELECT COUNT(*) FROM resettlement_place WHERE import = $1", report.Digest).Scan(&before); err != nil {
		return Imported{}, fmt.Errorf("look for an earlier import of the file: %w", err)
	}
	if before > 0 {
		report.Already, report.Places = true, int(before)
		return report, nil
	}
	opened, err := in.read(body, &report)
	if err != nil {
		return Imported{}, err
	}
	if len(report.Refusals) > 0 && !in.GoodRowsOnly && !in.DryRun {
		return Imported{}, refuseList(&report)
	}
	if !in.DryRun {
		for _, p := range opened {
			w.Add(w.NewID(), p)
		}
	}
	return report, nil
})

func refuseList(report *Imported) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d rows of %s cannot be taken, so nothing was: correct them, or take the good rows only", report.LeftOut, report.Name)
	for i, r := range report.Refusals {
		if i == 20 {
			fmt.Fprintf(&b, "\n  and %d more; a dry run lists all", len(report.Refusals)-i)
			break
		}
		fmt.Fprintf(&b, "\n  row %d, %s %q: %s", r.Row, r.Column, r.Value, r.Reason)
	}
	return blueprint.Refuse(blueprint.Invalid, "%s", b.String())
}

func (in *ImportInput) content() (string, []byte, error) {
	if len(in.Content) > 0 {
		return or(in.Name, "list"), in.Content, nil
	}
	info, err := os.Stat(in.Path)
	if err != nil || !info.Mode().IsRegular() {
		return "", nil, blueprint.RefuseField("path", "the file %q cannot be read: check its name", in.Path)
	}
	if info.Size() > maxListBytes {
		return "", nil, blueprint.RefuseField("path", "%s has more than %d MiB: part it", in.Path, maxListBytes>>20)
	}
	body, err := os.ReadFile(in.Path)
	if err != nil {
		return "", nil, blueprint.RefuseField("path", "%s cannot be read: %v", in.Path, err)
	}
	return or(in.Name, filepath.Base(in.Path)), body, nil
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// offerList is an opened list and what its columns mean.
type offerList struct {
	table   *sheet.Table
	mapping headers.Mapping
	rows    []sheet.Row
	order   value.DateOrder
	report  *Imported
}

func (in *ImportInput) read(body []byte, report *Imported) ([]*PlaceOpened, error) {
	delimiter := rune(0)
	if in.Delimiter != "" {
		delimiter, _ = utf8.DecodeRuneInString(in.Delimiter)
	}
	table, err := sheet.OpenReader(bytes.NewReader(body), int64(len(body)), report.Name, sheet.Options{
		Encoding: sheet.Encoding(strings.ToLower(in.Encoding)), Delimiter: delimiter, Sheet: in.Sheet, HeaderRow: in.HeaderRow})
	if err != nil {
		return nil, blueprint.Refuse(blueprint.Invalid, "read the list: %v", err)
	}
	defer table.Close()
	l := &offerList{table: table, report: report, order: value.DateOrder(strings.ToLower(in.DateOrder))}
	report.Notes, report.Asides = slices.Clone(table.Notes), map[string]int{}
	for row, err := range table.Rows() {
		refused := new(sheet.RowError)
		switch {
		case errors.As(err, &refused):
			l.refuse(refused.Row, l.header(refused.Column-1), "", refused.Reason)
			report.Rows++
			report.LeftOut++
		case err != nil:
			return nil, blueprint.Refuse(blueprint.Invalid, "read the list: %v", err)
		default:
			l.rows = append(l.rows, row)
		}
	}
	report.Rows += len(l.rows)
	if err := l.understand(in); err != nil {
		return nil, err
	}
	return l.convert(), nil
}

func (l *offerList) header(i int) string {
	if i < 0 || i >= len(l.table.Header) {
		return ""
	}
	return l.table.Header[i]
}

func (l *offerList) refuse(row int, column, cell, reason string) {
	l.report.Refusals = append(l.report.Refusals, Refusal{Row: row, Column: column, Value: cell, Reason: reason})
}

func (l *offerList) understand(in *ImportInput) error {
	fields := headers.PlaceFields()
	if in.Mapping != "" {
		mapping, err := headers.ParseMapping(in.Mapping)
		if err = errors.Join(err, mapping.Fits(l.table.Header)); err != nil {
			return blueprint.RefuseField("mapping", "%v", err)
		}
		l.mapping = mapping
	} else {
		var sample [][]string
		for _, row := range l.rows[:min(len(l.rows), 300)] {
			sample = append(sample, row.Cells)
		}
		l.mapping = headers.Guess(l.table.Header, sample, fields)
	}
	for _, name := range slices.Sorted(maps.Keys(in.Columns)) {
		column := slices.IndexFunc(l.table.Header, func(h string) bool { return value.Fold(h) == value.Fold(name) })
		field, known := fields.Find(in.Columns[name])
		if column < 0 || in.Columns[name] != "" && !known {
			return blueprint.RefuseField("columns", "column %q or field %q is not known; the list has %q", name, in.Columns[name], l.table.Header)
		}
		if had, taken := l.mapping.Column(field.ID); known && taken && !field.Repeatable && had != column {
			if err := l.mapping.Set(had, ""); err != nil {
				return blueprint.RefuseField("columns", "%v", err)
			}
		}
		if err := l.mapping.Set(column, in.Columns[name]); err != nil {
			return blueprint.RefuseField("columns", "%v", err)
		}
	}
	if err := l.mapping.Check(fields, headers.Country, headers.Locality, headers.CapacityPeople); err != nil {
		return blueprint.RefuseField("columns", "the columns do not make a list of places: %v", err)
	}
	l.report.Mapping = l.mapping.String()
	return l.settleDates()
}

func (l *offerList) settleDates() error {
	switch l.order {
	case value.DMY, value.MDY, value.YMD:
		return nil
	case "":
	default:
		return blueprint.RefuseField("date_order", "date order %q is not known: write dmy, mdy or ymd", l.order)
	}
	var days []string
	for _, field := range []string{headers.PeriodStart, headers.PeriodEnd} {
		for _, row := range l.rows {
			days = append(days, l.cell(row, field))
		}
	}
	var ambiguous bool
	if l.order, ambiguous = headers.GuessDateOrder(days); ambiguous && strings.Join(days, "") != "" {
		l.report.Notes = append(l.report.Notes, fmt.Sprintf("the days can be read in two ways; they were taken as %s: set date_order if that is wrong", l.order))
	}
	return nil
}

func (l *offerList) cell(row sheet.Row, field string) string {
	column, ok := l.mapping.Column(field)
	if !ok || column >= len(row.Cells) {
		return ""
	}
	return strings.TrimSpace(row.Cells[column])
}

// all gives the values of a field that may have several columns.
func (l *offerList) all(row sheet.Row, field string) []string {
	var out []string
	for _, column := range l.mapping.ColumnsOf(field) {
		if column < len(row.Cells) {
			out = append(out, parts(row.Cells[column])...)
		}
	}
	return out
}

func (l *offerList) convert() []*PlaceOpened {
	var out []*PlaceOpened
	for _, row := range l.rows {
		before := len(l.report.Refusals)
		p := l.place(row)
		if len(l.report.Refusals) > before {
			l.report.LeftOut++
			continue
		}
		l.report.Places++
		l.report.People += p.Capacity[People]
		out = append(out, p)
	}
	return out
}

func (l *offerList) place(row sheet.Row) *PlaceOpened {
	p := &PlaceOpened{Name: l.cell(row, headers.PlaceID), Locality: l.cell(row, headers.Locality), Capacity: map[string]int64{},
		Services: l.all(row, headers.Services), Import: l.report.Digest, Row: row.Number}
	wrong := func(field, reason string) {
		column, _ := l.mapping.Column(field)
		l.refuse(row.Number, l.header(column), l.cell(row, field), reason)
	}
	var known bool
	if p.Country, known = country(l.cell(row, headers.Country)); !known {
		wrong(headers.Country, "is not a country that is known: write its name or its three letters")
	}
	if p.Locality == "" {
		wrong(headers.Locality, "name the town or district")
	}
	for _, c := range []struct{ field, dimension string }{{headers.CapacityPeople, People}, {headers.SchoolPlaces, School},
		{headers.MedicalPlaces, Medical}, {headers.LargeDwellings, Large}} {
		n, stated, err := amount(l.cell(row, c.field))
		switch {
		case err != nil:
			wrong(c.field, "is not a whole number of at least 0")
		case stated:
			p.Capacity[c.dimension] = n
		}
	}
	if _, stated := p.Capacity[People]; !stated && l.cell(row, headers.CapacityPeople) == "" {
		wrong(headers.CapacityPeople, "state for how many people there is room")
	}
	for _, text := range l.all(row, headers.PlaceLanguages) {
		if tag, known := language(text); known {
			p.Languages = append(p.Languages, tag)
		} else {
			wrong(headers.PlaceLanguages, fmt.Sprintf("language %q is not known: write its name or code", text))
		}
	}
	for _, text := range l.all(row, headers.Conditions) {
		code, known := condition(text)
		if !known {
			l.report.Asides[text]++
		}
		p.Conditions = append(p.Conditions, code)
	}
	p.From, p.To = l.day(row, headers.PeriodStart, wrong), l.day(row, headers.PeriodEnd, wrong)
	if p.From != "" && p.To != "" && p.To < p.From {
		wrong(headers.PeriodEnd, "lies before the first day")
	}
	return p
}

func (l *offerList) day(row sheet.Row, field string, wrong func(field, reason string)) string {
	text := l.cell(row, field)
	if text == "" {
		return ""
	}
	d, err := value.ParseDate(text, l.order)
	if err != nil || !d.Complete() || d.Approx {
		wrong(field, "is no day: write it like 1957-02-01")
		return ""
	}
	return d.String()
}

// amount reads a whole number; an empty cell states none.
func amount(text string) (n int64, stated bool, err error) {
	text = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "").Replace(text)
	if text == "" {
		return 0, false, nil
	}
	n, err = strconv.ParseInt(text, 10, 64)
	if err == nil && (n < 0 || n > 1e7) {
		err = errors.New("out of range")
	}
	return n, true, err
}
