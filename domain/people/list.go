package people

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"cairn/blueprint"
	"cairn/format/headers"
	"cairn/format/sheet"
	"cairn/value"
)

// ListConsent says that a consent column may be recorded as consent: who made the
// list explained the destinations first, in this language.
type ListConsent struct {
	Purpose     string `json:"purpose" help:"What they agreed to; resettlement unless told."`
	Language    string `json:"language" required:"true" help:"The language of the explanation."`
	Informed    bool   `json:"informed" required:"true" help:"It was explained and understood."`
	Interpreter string `json:"interpreter" help:"Who interpreted."`
}

// Refusal says why a row cannot be taken, and what to do.
type Refusal struct {
	Row    int    `json:"row"` // as a spreadsheet program shows it, from 1
	Column string `json:"column,omitempty"`
	Value  string `json:"value,omitempty"`
	Reason string `json:"reason"`
}

// Unread is a word that was left out of records because nobody knows it. It can be
// explained with the input's words.
type Unread struct {
	Column string `json:"column"`
	Value  string `json:"value"`
	Rows   int    `json:"rows"`
}

// list is a file that was read and understood, before its rows are converted.
type list struct {
	name, digest string
	header       []string
	rows         []sheet.Row
	refused      []Refusal
	notes        []string
	mapping      headers.Mapping
	orders       map[int]value.DateOrder // by column
	sex          func(string) (value.Sex, error)
}

const (
	maxListBytes = 512 << 20
	sampleRows   = 300
)

// content reads the file and names it.
func (in *ImportInput) content() (string, []byte, error) {
	if len(in.Content) > 0 {
		return otherwise(in.Name, "list"), in.Content, nil
	}
	if in.Path == "" {
		return "", nil, blueprint.RefuseField("path", "name the file to take over")
	}
	info, err := os.Stat(in.Path)
	if err != nil || !info.Mode().IsRegular() {
		return "", nil, blueprint.RefuseField("path", "%s cannot be read: check the name of the file", in.Path)
	}
	if info.Size() > maxListBytes {
		return "", nil, blueprint.RefuseField("path", "%s has more than %d MiB: part it", in.Path, maxListBytes>>20)
	}
	body, err := os.ReadFile(in.Path)
	if err != nil {
		return "", nil, blueprint.RefuseField("path", "%s cannot be read: %v", in.Path, err)
	}
	return otherwise(in.Name, filepath.Base(in.Path)), body, nil
}

func digestOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// readList reads all rows and settles what the columns mean.
func readList(in *ImportInput, name string, body []byte) (*list, error) {
	delimiter, _ := utf8.DecodeRuneInString(in.Delimiter)
	if in.Delimiter == "" {
		delimiter = 0
	}
	table, err := sheet.OpenReader(bytes.NewReader(body), int64(len(body)), name, sheet.Options{
		Encoding: sheet.Encoding(strings.ToLower(in.Encoding)), Delimiter: delimiter, Sheet: in.Sheet, HeaderRow: in.HeaderRow})
	if err != nil {
		return nil, blueprint.Refuse(blueprint.Invalid, "read the list: %v", err)
	}
	defer table.Close()
	l := &list{name: name, digest: digestOf(body), header: table.Header, notes: slices.Clone(table.Notes)}
	for row, err := range table.Rows() {
		refused := new(sheet.RowError)
		switch {
		case errors.As(err, &refused):
			l.refused = append(l.refused, Refusal{Row: refused.Row, Column: l.columnName(refused.Column - 1), Reason: refused.Reason})
		case err != nil:
			return nil, blueprint.Refuse(blueprint.Invalid, "read the list: %v", err)
		default:
			l.rows = append(l.rows, row)
		}
	}
	if err := l.understand(in); err != nil {
		return nil, err
	}
	return l, nil
}

func (l *list) columnName(i int) string {
	if i < 0 || i >= len(l.header) {
		return ""
	}
	return l.header[i]
}

// understand settles the mapping, the order of dates and the letters of sex.
func (l *list) understand(in *ImportInput) error {
	fields := headers.PersonFields()
	if err := l.settleMapping(in, fields); err != nil {
		return err
	}
	if err := l.mapping.Check(fields, "full_name|family_name|given_name"); err != nil {
		return blueprint.RefuseField("columns", "the columns do not make a list of people: %v", err)
	}
	order := value.DateOrder(strings.ToLower(in.DateOrder))
	if order != "" && order != value.DMY && order != value.MDY && order != value.YMD {
		return blueprint.RefuseField("date_order", "date order %q is not known: write dmy, mdy or ymd", in.DateOrder)
	}
	l.orders = map[int]value.DateOrder{}
	for _, field := range []string{headers.BirthDate, headers.ArrivalDate, headers.RegistrationDate} {
		column, ok := l.mapping.Column(field)
		if !ok {
			continue
		}
		if l.orders[column] = order; order == "" {
			var ambiguous bool
			l.orders[column], ambiguous = headers.GuessDateOrder(l.column(column))
			if ambiguous {
				l.notes = append(l.notes, fmt.Sprintf("the dates of column %q can be read in two ways; they were taken as %s: set date_order if that is wrong",
					l.columnName(column), l.orders[column]))
			}
		}
	}
	l.sex = headers.ParseSex
	if column, ok := l.mapping.Column(headers.Sex); ok {
		l.sex = headers.SexReader(l.column(column))
	}
	return nil
}

func (l *list) settleMapping(in *ImportInput, fields headers.Fields) error {
	if in.Mapping != "" {
		mapping, err := headers.ParseMapping(in.Mapping)
		if err == nil {
			err = mapping.Fits(l.header)
		}
		if err != nil {
			return blueprint.RefuseField("mapping", "%v", err)
		}
		l.mapping = mapping
	} else {
		var sample [][]string
		for _, row := range l.rows[:min(len(l.rows), sampleRows)] {
			sample = append(sample, row.Cells)
		}
		l.mapping = headers.Guess(l.header, sample, fields)
	}
	names := make([]string, 0, len(in.Columns))
	for name := range in.Columns {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if err := l.setColumn(name, in.Columns[name], fields); err != nil {
			return err
		}
	}
	return nil
}

// setColumn takes a column for a field, and away from a column that was guessed.
func (l *list) setColumn(name, id string, fields headers.Fields) error {
	column := slices.IndexFunc(l.header, func(h string) bool { return value.Fold(h) == value.Fold(name) })
	if column < 0 {
		return blueprint.RefuseField("columns", "the list has no column %q; it has %q", name, l.header)
	}
	field, known := fields.Find(id)
	if id != "" && !known {
		return blueprint.RefuseField("columns", "there is no field %q for column %q", id, name)
	}
	if had, taken := l.mapping.Column(id); id != "" && taken && !field.Repeatable && had != column {
		if err := l.mapping.Set(had, ""); err != nil {
			return blueprint.RefuseField("columns", "%v", err)
		}
	}
	if err := l.mapping.Set(column, id); err != nil {
		return blueprint.RefuseField("columns", "%v", err)
	}
	return nil
}

func (l *list) column(i int) []string {
	out := make([]string, 0, len(l.rows))
	for _, row := range l.rows {
		if i < len(row.Cells) {
			out = append(out, row.Cells[i])
		}
	}
	return out
}

// dateOrders says how dates were read, for the entry.
func (l *list) dateOrders() []string {
	var out []string
	for column, order := range l.orders {
		out = append(out, fmt.Sprintf("%s %s", l.columnName(column), order))
	}
	slices.Sort(out)
	return out
}

// convert reads every row, on all processors: a row depends on no other.
func (l *list) convert(settings *settings) []listed {
	out := make([]listed, len(l.rows))
	workers := runtime.GOMAXPROCS(0)
	size := max(1, (len(l.rows)+workers-1)/workers)
	var group sync.WaitGroup
	for from := 0; from < len(l.rows); from += size {
		group.Go(func() {
			c := newConverter(l, settings)
			for i := from; i < min(from+size, len(l.rows)); i++ {
				out[i] = c.row(&l.rows[i])
			}
		})
	}
	group.Wait()
	return out
}
