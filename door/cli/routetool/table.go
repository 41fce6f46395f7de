package routetool

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones must mean the same on a machine without a zone database

	"cairn/engine/route"
)

// table is a CSV file with a header; err is the first fault found in it.
type table struct {
	path   string
	header []string
	column map[string]int
	rows   []*row
	zones  map[string]*time.Location
	err    error
}

// row is one record; reading a faulty cell sets the table's err.
type row struct {
	table *table
	line  int
	cells []string
}

func readTable(path string) (*table, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	defer file.Close()
	return parseTable(path, file)
}

func parseTable(path string, from io.Reader) (*table, error) {
	t := &table{path: path, column: map[string]int{}, zones: map[string]*time.Location{}}
	reader := csv.NewReader(from)
	header, err := reader.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: is empty: give a header and rows", path)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: read the header: %w", path, err)
	}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
		if _, twice := t.column[name]; twice {
			return nil, fmt.Errorf("%s: column %q stands twice: keep one", path, name)
		}
		t.column[name] = i
		t.header = append(t.header, name)
	}
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		line, _ := reader.FieldPos(0)
		t.rows = append(t.rows, &row{t, line, cells})
	}
}

// fail records the table's first fault.
func (r *row) fail(column, reason string) {
	if r.table.err == nil {
		r.table.err = fmt.Errorf("%s: line %d, column %q, value %q: %s", r.table.path, r.line, column, r.text(column), reason)
	}
}

// text is a cell without outer blanks, empty when the file lacks the column.
func (r *row) text(column string) string {
	if i, ok := r.table.column[column]; ok {
		return strings.TrimSpace(r.cells[i])
	}
	return ""
}

func (r *row) need(column string) string {
	text := r.text(column)
	if text == "" {
		r.fail(column, "is missing: fill it in")
	}
	return text
}

// number reads a whole number from 0; a negative fallback means that it must be given.
func (r *row) number(column string, fallback int64) int64 {
	text := r.text(column)
	if text == "" && fallback >= 0 {
		return fallback
	}
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil || n < 0 {
		r.fail(column, "is not a whole number from 0: correct it")
		return 0
	}
	return n
}

func (r *row) money(column string) route.Money {
	amount, err := parseMoney(r.need(column))
	if err != nil {
		r.fail(column, err.Error())
	}
	return amount
}

// parseMoney reads units with at most two decimals.
func parseMoney(text string) (route.Money, error) {
	fault := errors.New("is not an amount such as 120 or 89.50: correct it")
	whole, decimals, _ := strings.Cut(text, ".")
	if len(decimals) > 2 {
		return 0, fault
	}
	units, err := strconv.ParseUint(whole, 10, 63)
	if err != nil || units > math.MaxInt64/uint64(route.Unit)/2 {
		return 0, fault
	}
	cents := uint64(0)
	if decimals != "" {
		if cents, err = strconv.ParseUint((decimals + "0")[:2], 10, 8); err != nil {
			return 0, fault
		}
	}
	return route.Money(units)*route.Unit + route.Money(cents)*route.Cent, nil
}

// localLayouts are the ways to write a time without an offset.
var localLayouts = []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02T15:04:05"}

// time reads RFC 3339, or a local time with the zone in another column or, where
// that is empty, the zone of the stop.
func (r *row) time(column, zoneColumn, ofStop string) route.Minute {
	text := r.need(column)
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return minute(t)
	}
	zone, ok := r.zone(zoneColumn)
	if !ok && r.text(zoneColumn) == "" && ofStop != "" {
		zone, ok = r.located(zoneColumn, ofStop)
	}
	if !ok {
		if r.text(zoneColumn) == "" {
			r.fail(column, fmt.Sprintf("has no offset: write 2026-03-29T08:15:00+02:00, or name the time zone in column %q or of the stop in the stops file", zoneColumn))
		}
		return 0
	}
	for _, layout := range localLayouts {
		wall, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		found := instants(wall, zone)
		switch len(found) {
		case 1:
			return minute(found[0])
		case 0:
			r.fail(column, fmt.Sprintf("does not exist in %s, where clocks go forward then: correct it", zone))
		default:
			r.fail(column, fmt.Sprintf("comes twice in %s, where clocks go back then: write it with its offset", zone))
		}
		return 0
	}
	r.fail(column, "is not a time such as 2026-03-29T08:15:00+02:00 or 2026-03-29 08:15: correct it")
	return 0
}

func (r *row) zone(column string) (*time.Location, bool) {
	name := r.text(column)
	if name == "" {
		return nil, false
	}
	return r.located(column, name)
}

func (r *row) located(column, name string) (*time.Location, bool) {
	if zone, ok := r.table.zones[name]; ok {
		return zone, true
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		r.fail(column, "is not a time zone such as Europe/Athens: correct it")
		return nil, false
	}
	r.table.zones[name] = zone
	return zone, true
}

// instants are the moments when clocks of the zone show the wall time: one, or
// none or two where clocks change.
func instants(wall time.Time, zone *time.Location) []time.Time {
	var found []time.Time
	for _, around := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		_, offset := wall.Add(around).In(zone).Zone()
		t := wall.Add(-time.Duration(offset) * time.Second)
		_, actual := t.In(zone).Zone()
		if actual == offset && (len(found) == 0 || !found[0].Equal(t)) {
			found = append(found, t)
		}
	}
	return found
}

// minute counts whole minutes since 1970 in UTC.
func minute(t time.Time) route.Minute { return route.Minute(math.Floor(float64(t.Unix()) / 60)) }
