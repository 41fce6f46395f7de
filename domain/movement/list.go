package movement

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/format/headers"
	"cairn/format/sheet"
	"cairn/value"
	"cairn/value/said"
)

// serviceList is an opened timetable and what its columns mean.
type serviceList struct {
	*lists.List
	in       *ImportInput
	zones    []int             // columns of zones: of the departure, then of the arrival
	byStop   map[string]string // folded name of a stop to its zone
	imported Imported
}

func (in *ImportInput) timetable(file lists.File) (*serviceList, error) {
	list, err := in.Read(file)
	if err != nil {
		return nil, err
	}
	l := &serviceList{List: list, in: in, byStop: map[string]string{}}
	l.findZones()
	if err := list.UnderstandWithout(l.zones, headers.ServiceFields(), said.Say("a timetable"), headers.From, headers.To, headers.FromCountry,
		headers.ToCountry, headers.Departs+"|"+headers.ServiceDate, headers.Arrives+"|"+headers.Duration, headers.Seats); err != nil {
		return nil, err
	}
	return l, l.settle()
}

// findZones finds the columns that hold nothing but zones: that of the departure
// stands first.
func (l *serviceList) findZones() {
	met := map[string]bool{} // looking for a zone that does not exist takes long
	for column := range l.Header {
		filled, zones := 0, 0
		for _, row := range l.Sample() {
			cell := lists.Text(row, column)
			if cell == "" {
				continue
			}
			filled++
			if _, asked := met[cell]; !asked {
				met[cell] = isZone(cell)
			}
			if met[cell] {
				zones++
			}
		}
		if filled > 0 && zones*10 >= filled*9 && len(l.zones) < 2 {
			l.zones = append(l.zones, column)
		}
	}
}

// zoneForm is how a zone is written in a list: Europe/Vienna, UTC or +01:00.
var zoneForm = regexp.MustCompile(`^([A-Z]\w+(/[\w+-]+)+|UTC|[+-]\d\d:\d\d)$`)

func isZone(cell string) bool {
	if !zoneForm.MatchString(cell) {
		return false
	}
	_, err := zoneOf(cell)
	return err == nil
}

// settle checks zones and the order of days.
func (l *serviceList) settle() error {
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
	var days []string
	for _, field := range []string{headers.Departs, headers.Arrives, headers.ServiceDate} {
		for _, row := range l.Rows {
			cell := l.Cell(row, field)
			if at := clockForm.FindStringIndex(cell); at != nil {
				cell = strings.TrimRight(cell[:at[0]], "T ,")
			}
			if cell != "" {
				days = append(days, cell)
			}
		}
	}
	l.SettleDates(days)
	return nil
}

func (l *serviceList) convert() []*ServiceScheduled {
	var out []*ServiceScheduled
	for _, row := range l.Rows {
		before := len(l.Report.Refusals)
		s := l.service(row)
		if len(l.Report.Refusals) > before {
			l.Report.LeftOut++
			continue
		}
		out = append(out, s)
	}
	return out
}

// once refuses rows with a departure that stands in the list twice, or is known already,
// and counts the others.
func (l *serviceList) once(w *blueprint.Work, found []*ServiceScheduled) ([]*ServiceScheduled, error) {
	known, err := departuresLike(w, found)
	if err != nil {
		return nil, err
	}
	out := found[:0]
	for _, s := range found {
		if known.take(s) {
			l.Refuse(s.Row, "", s.Number, twice(s))
			l.Report.LeftOut++
			continue
		}
		l.imported.Services++
		for _, n := range s.Seats {
			l.imported.Seats += n
		}
		out = append(out, s)
	}
	return out, nil
}

// zone is that of the list's column, of the stop, or of the whole list.
func (l *serviceList) zone(row sheet.Row, which int, stop string) string {
	if len(l.zones) > 0 {
		if zone := lists.Text(row, l.zones[min(which, len(l.zones)-1)]); zone != "" {
			return zone
		}
	}
	return orElse(l.byStop[value.Fold(stop)], l.in.Zone)
}

func (l *serviceList) service(row sheet.Row) *ServiceScheduled {
	s := &ServiceScheduled{Number: l.Cell(row, headers.ServiceID), Mode: modeOf(l.Cell(row, headers.Mode)), Carrier: l.Cell(row, headers.Carrier),
		From: l.Cell(row, headers.From), To: l.Cell(row, headers.To), Seats: map[string]int64{}, Import: l.Report.Digest, Row: row.Number}
	before := len(l.Report.Refusals)
	wrong := func(field string, reason said.Sentence) { l.RefuseCell(row, field, reason) }
	var known bool
	if s.FromCountry, known = country(l.Cell(row, headers.FromCountry)); !known {
		wrong(headers.FromCountry, said.Say("is not a country that is known: write its name or its three letters"))
	}
	if s.ToCountry, known = country(l.Cell(row, headers.ToCountry)); !known {
		wrong(headers.ToCountry, said.Say("is not a country that is known: write its name or its three letters"))
	}
	if s.From == "" {
		wrong(headers.From, said.Say("name the stop"))
	}
	if s.To == "" {
		wrong(headers.To, said.Say("name the stop"))
	}
	s.FromZone, s.ToZone = l.zone(row, 0, s.From), l.zone(row, 1, s.To)
	l.times(row, s, wrong)
	for _, c := range []struct{ field, kind string }{{headers.Seats, Seat}, {headers.Wheelchair, Wheelchair}, {headers.Stretcher, Stretcher}} {
		text := westernDigits(l.Cell(row, c.field))
		if text == "" {
			continue
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 || n > mostSeats {
			wrong(c.field, said.Say("is not a whole number of places"))
		}
		s.Seats[c.kind] = n
	}
	var err error
	if s.Cost, err = hundredths(l.Cell(row, headers.Cost)); err != nil {
		wrong(headers.Cost, said.Say("is no amount of money: write it like 12.50"))
	}
	if s.OpenCost, err = hundredths(l.Cell(row, headers.OpenCost)); err != nil {
		wrong(headers.OpenCost, said.Say("is no amount of money: write it like 12.50"))
	}
	if text := westernDigits(l.Cell(row, headers.Block)); text != "" {
		if s.Block, err = strconv.ParseInt(text, 10, 64); err != nil {
			wrong(headers.Block, said.Say("is not a whole number of places"))
		}
	}
	if len(l.Report.Refusals) == before {
		if err := checkService(s); err != nil {
			l.Refuse(row.Number, "", "", said.Say("%v", err))
		}
	}
	return s
}

// times reads departure and arrival. An arrival without a day is on the day of the
// departure, or on the next where the clock says less.
func (l *serviceList) times(row sheet.Row, s *ServiceScheduled, wrong func(field string, reason said.Sentence)) {
	date, err := readMoment(l.Cell(row, headers.ServiceDate), l.Order)
	if err != nil {
		wrong(headers.ServiceDate, said.Say("%v", err))
		return
	}
	field := headers.Departs
	if l.Cell(row, field) == "" {
		field = headers.ServiceTime
	}
	leaves, err := readMoment(l.Cell(row, field), l.Order)
	if err != nil {
		wrong(field, said.Say("%v", err))
		return
	}
	departs, err := leaves.in(s.FromZone, date.day)
	if err != nil {
		wrong(field, said.Say("%v", err))
		return
	}
	s.Depart = stamp(departs)
	if l.Cell(row, headers.Arrives) == "" {
		long, err := readDuration(l.Cell(row, headers.Duration))
		if err != nil {
			wrong(headers.Duration, said.Say("%v", err))
		}
		s.Arrive = stamp(departs.Add(long))
		return
	}
	ends, err := readMoment(l.Cell(row, headers.Arrives), l.Order)
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
		wrong(headers.Arrives, said.Say("%v", err))
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
