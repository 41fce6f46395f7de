package movement

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"cairn/blueprint"
	"cairn/format/headers"
	"cairn/format/sheet"
	"cairn/value"
)

// list is an opened timetable and what its columns mean.
type list struct {
	in      *ImportInput
	table   *sheet.Table
	mapping headers.Mapping
	rows    []sheet.Row
	order   value.DateOrder
	zones   []int             // columns of zones: of the departure, then of the arrival
	byStop  map[string]string // folded name of a stop to its zone
	report  *Imported
}

const sampleRows = 300

func (in *ImportInput) read(body []byte, report *Imported) ([]*ServiceScheduled, error) {
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
	l := &list{in: in, table: table, report: report, order: value.DateOrder(strings.ToLower(in.DateOrder)), byStop: map[string]string{}}
	report.Notes = slices.Clone(table.Notes)
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
	if err := l.understand(); err != nil {
		return nil, err
	}
	return l.convert(), nil
}

func (l *list) header(i int) string {
	if i < 0 || i >= len(l.table.Header) {
		return ""
	}
	return l.table.Header[i]
}

func (l *list) refuse(row int, column, cell, reason string) {
	l.report.Refusals = append(l.report.Refusals, Refusal{Row: row, Column: column, Value: cell, Reason: reason})
}

func (l *list) understand() error {
	l.findZones()
	fields := headers.ServiceFields()
	if l.in.Mapping != "" {
		mapping, err := headers.ParseMapping(l.in.Mapping)
		if err = errors.Join(err, mapping.Fits(l.table.Header)); err != nil {
			return blueprint.RefuseField("mapping", "%v", err)
		}
		l.mapping = mapping
	} else {
		l.guess(fields)
	}
	for _, name := range slices.Sorted(maps.Keys(l.in.Columns)) {
		column := slices.IndexFunc(l.table.Header, func(h string) bool { return value.Fold(h) == value.Fold(name) })
		field, known := fields.Find(l.in.Columns[name])
		if column < 0 || l.in.Columns[name] != "" && !known {
			return blueprint.RefuseField("columns", "column %q or field %q is not known; the list has %q", name, l.in.Columns[name], l.table.Header)
		}
		if had, taken := l.mapping.Column(field.ID); known && taken && had != column {
			if err := l.mapping.Set(had, ""); err != nil {
				return blueprint.RefuseField("columns", "%v", err)
			}
		}
		if err := l.mapping.Set(column, l.in.Columns[name]); err != nil {
			return blueprint.RefuseField("columns", "%v", err)
		}
	}
	if err := l.mapping.Check(fields, headers.From, headers.To, headers.FromCountry, headers.ToCountry,
		headers.Departs+"|"+headers.ServiceDate, headers.Arrives+"|"+headers.Duration, headers.Seats); err != nil {
		return blueprint.RefuseField("columns", "the columns do not make a timetable: %v", err)
	}
	l.report.Mapping = l.mapping.String()
	return l.settle()
}

// findZones finds the columns that hold nothing but zones: that of the departure
// stands first.
func (l *list) findZones() {
	for column := range l.table.Header {
		filled, zones := 0, 0
		for _, row := range l.rows[:min(len(l.rows), sampleRows)] {
			if column >= len(row.Cells) || blank(row.Cells[column]) {
				continue
			}
			filled++
			cell := strings.TrimSpace(row.Cells[column])
			if _, err := zoneOf(cell); err == nil && (strings.Contains(cell, "/") || cell == "UTC" || strings.Contains(cell, ":")) {
				zones++
			}
		}
		if filled > 0 && zones*10 >= filled*9 && len(l.zones) < 2 {
			l.zones = append(l.zones, column)
		}
	}
}

// guess leaves the columns of zones out, whose names are like those of times.
func (l *list) guess(fields headers.Fields) {
	header := slices.Clone(l.table.Header)
	var sample [][]string
	for _, row := range l.rows[:min(len(l.rows), sampleRows)] {
		cells := slices.Clone(row.Cells)
		for _, column := range l.zones {
			if column < len(cells) {
				cells[column] = ""
			}
		}
		sample = append(sample, cells)
	}
	for _, column := range l.zones {
		header[column] = ""
	}
	l.mapping = headers.Guess(header, sample, fields)
	for _, column := range l.zones {
		l.mapping.Columns[column] = headers.Column{Header: l.table.Header[column]}
	}
}

// settle checks zones and the order of days.
func (l *list) settle() error {
	for stop, zone := range l.in.Zones {
		if _, err := zoneOf(zone); err != nil {
			return blueprint.RefuseField("zones", "%s: %v", stop, err)
		}
		l.byStop[value.Fold(stop)] = zone
	}
	if l.in.Zone != "" {
		if _, err := zoneOf(l.in.Zone); err != nil {
			return blueprint.RefuseField("zone", "%v", err)
		}
	}
	switch l.order {
	case value.DMY, value.MDY, value.YMD:
		return nil
	case "":
	default:
		return blueprint.RefuseField("date_order", "date order %q is not known: write dmy, mdy or ymd", l.order)
	}
	var days []string
	for _, field := range []string{headers.Departs, headers.Arrives, headers.ServiceDate} {
		for _, row := range l.rows {
			cell := l.cell(row, field)
			if at := clockForm.FindStringIndex(cell); at != nil {
				cell = strings.TrimRight(cell[:at[0]], "T ,")
			}
			if cell != "" {
				days = append(days, cell)
			}
		}
	}
	var ambiguous bool
	if l.order, ambiguous = headers.GuessDateOrder(days); ambiguous && len(days) > 0 {
		l.report.Notes = append(l.report.Notes, fmt.Sprintf("the days can be read in two ways; they were taken as %s: set date_order if that is wrong", l.order))
	}
	return nil
}

func (l *list) cell(row sheet.Row, field string) string {
	column, ok := l.mapping.Column(field)
	if !ok || column >= len(row.Cells) {
		return ""
	}
	return strings.TrimSpace(row.Cells[column])
}

func (l *list) convert() []*ServiceScheduled {
	var out []*ServiceScheduled
	for _, row := range l.rows {
		before := len(l.report.Refusals)
		s := l.service(row)
		if len(l.report.Refusals) > before {
			l.report.LeftOut++
			continue
		}
		l.report.Services++
		for _, n := range s.Seats {
			l.report.Seats += n
		}
		out = append(out, s)
	}
	return out
}

// zone is that of the list's column, of the stop, or of the whole list.
func (l *list) zone(row sheet.Row, which int, stop string) string {
	if len(l.zones) > 0 {
		if column := l.zones[min(which, len(l.zones)-1)]; column < len(row.Cells) && !blank(row.Cells[column]) {
			return strings.TrimSpace(row.Cells[column])
		}
	}
	return orElse(l.byStop[value.Fold(stop)], l.in.Zone)
}

func (l *list) service(row sheet.Row) *ServiceScheduled {
	s := &ServiceScheduled{Number: l.cell(row, headers.ServiceID), Mode: modeOf(l.cell(row, headers.Mode)), Carrier: l.cell(row, headers.Carrier),
		From: l.cell(row, headers.From), To: l.cell(row, headers.To), Seats: map[string]int64{}, Import: l.report.Digest, Row: row.Number}
	before := len(l.report.Refusals)
	wrong := func(field, reason string) {
		column, _ := l.mapping.Column(field)
		l.refuse(row.Number, l.header(column), l.cell(row, field), reason)
	}
	var known bool
	if s.FromCountry, known = country(l.cell(row, headers.FromCountry)); !known {
		wrong(headers.FromCountry, "is not a country that is known: write its name or its three letters")
	}
	if s.ToCountry, known = country(l.cell(row, headers.ToCountry)); !known {
		wrong(headers.ToCountry, "is not a country that is known: write its name or its three letters")
	}
	if s.From == "" {
		wrong(headers.From, "name the stop")
	}
	if s.To == "" {
		wrong(headers.To, "name the stop")
	}
	s.FromZone, s.ToZone = l.zone(row, 0, s.From), l.zone(row, 1, s.To)
	l.times(row, s, wrong)
	for _, c := range []struct{ field, kind string }{{headers.Seats, Seat}, {headers.Wheelchair, Wheelchair}, {headers.Stretcher, Stretcher}} {
		text := westernDigits(l.cell(row, c.field))
		if text == "" {
			continue
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 || n > mostSeats {
			wrong(c.field, "is not a whole number of places")
		}
		s.Seats[c.kind] = n
	}
	var err error
	if s.Cost, err = hundredths(l.cell(row, headers.Cost)); err != nil {
		wrong(headers.Cost, "is no amount of money: write it like 12.50")
	}
	if len(l.report.Refusals) == before {
		if err := checkService(s); err != nil {
			l.refuse(row.Number, "", "", err.Error())
		}
	}
	return s
}

// times reads departure and arrival. An arrival without a day is on the day of the
// departure, or on the next where the clock says less.
func (l *list) times(row sheet.Row, s *ServiceScheduled, wrong func(field, reason string)) {
	date, err := readMoment(l.cell(row, headers.ServiceDate), l.order)
	if err != nil {
		wrong(headers.ServiceDate, err.Error())
		return
	}
	field := headers.Departs
	if l.cell(row, field) == "" {
		field = headers.ServiceTime
	}
	leaves, err := readMoment(l.cell(row, field), l.order)
	if err != nil {
		wrong(field, err.Error())
		return
	}
	departs, err := leaves.in(s.FromZone, date.day)
	if err != nil {
		wrong(field, err.Error())
		return
	}
	s.Depart = stamp(departs)
	if l.cell(row, headers.Arrives) == "" {
		long, err := readDuration(l.cell(row, headers.Duration))
		if err != nil {
			wrong(headers.Duration, err.Error())
		}
		s.Arrive = stamp(departs.Add(long))
		return
	}
	ends, err := readMoment(l.cell(row, headers.Arrives), l.order)
	if err == nil {
		day := date.day
		if leaves.hasDay {
			day = leaves.day
		}
		var arrives time.Time
		if arrives, err = ends.in(s.ToZone, day); err == nil {
			if !ends.hasDay && !ends.isNext && !arrives.After(departs) {
				ends.isNext = true
				arrives, err = ends.in(s.ToZone, day)
			}
			s.Arrive = stamp(arrives)
		}
	}
	if err != nil {
		wrong(headers.Arrives, err.Error())
	}
}

// hundredths reads an amount of money with up to two decimals.
func hundredths(text string) (int64, error) {
	text = strings.Trim(westernDigits(text), " $€£\u00a0")
	if text == "" {
		return 0, nil
	}
	whole, part, _ := strings.Cut(strings.ReplaceAll(text, ",", "."), ".")
	if len(part) > 2 {
		return 0, errors.New("too many decimals")
	}
	n, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if err == nil && n < 0 {
		err = errors.New("less than nothing")
	}
	return n, err
}
