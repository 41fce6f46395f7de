package value

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"cairn/value/said"
)

// Date is a date of the Gregorian calendar of which parts may be unknown (0).
// The zero Date is wholly unknown. Approx marks a year that was estimated, as
// from a stated age: the true year may be one earlier or later.
//
// As text and JSON it follows ISO 8601-2 (EDTF) with X for unknown digits:
//
//	1956   1956-05   1956-05-03   1956-XX-03   XXXX-05-03   ~1956   ""
type Date struct {
	Year, Month, Day int
	Approx           bool
}

// MinYear and MaxYear bound the years that a Date can hold.
const (
	MinYear = 1000
	MaxYear = 9999
)

// NewDate checks the parts (0: unknown) against the calendar.
func NewDate(year, month, day int) (Date, error) {
	d := Date{Year: year, Month: month, Day: day}
	if err := d.Check(); err != nil {
		return Date{}, err
	}
	return d, nil
}

// DateOf gives the calendar day of t in t's own zone.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{Year: year, Month: int(month), Day: day}
}

// DateFromAge estimates a birth date from an age in whole years on a day.
func DateFromAge(age int, at Date) (Date, error) {
	if at.Year == 0 {
		return Date{}, said.Errorf("birth year from age %d: the day on which the age was stated is needed", age)
	}
	if age < 0 || age > MaxAge {
		return Date{}, said.Errorf("age %d is outside 0 to %d: correct it, or leave it empty", age, MaxAge)
	}
	return Date{Year: at.Year - age, Approx: true}, nil
}

// Check refuses days that no calendar has, and says why.
func (d Date) Check() error {
	switch {
	case d.Year != 0 && (d.Year < MinYear || d.Year > MaxYear):
		return said.Errorf("year %d is outside %d to %d: write all four digits", d.Year, MinYear, MaxYear)
	case d.Month < 0 || d.Month > 12:
		return said.Errorf("month %d is outside 1 to 12: check the order of day and month", d.Month)
	case d.Day < 0 || d.Day > 31:
		return said.Errorf("day %d is outside 1 to 31", d.Day)
	case d.Approx && (d.Year == 0 || d.Month != 0 || d.Day != 0):
		return said.Errorf("an approximate date holds a year only, not %q", d.String())
	case d.Month != 0 && d.Day > daysIn(d.Year, d.Month):
		return impossibleDay(d)
	}
	return nil
}

func impossibleDay(d Date) error {
	month := time.Month(d.Month).String()
	if d.Month == 2 && d.Day == 29 {
		return said.Errorf("29 February %d does not exist: %d is not a leap year", d.Year, d.Year)
	}
	return said.Errorf("%[1]d %[2]s does not exist: %[2]s has %[3]d days", d.Day, month, daysIn(d.Year, d.Month), d.Month)
}

// daysIn counts generously when the year is unknown.
func daysIn(year, month int) int {
	switch month {
	case 2:
		if year == 0 || year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// IsZero reports whether nothing is known.
func (d Date) IsZero() bool { return d == Date{} }

// Complete reports whether year, month and day are all known.
func (d Date) Complete() bool { return d.Year != 0 && d.Month != 0 && d.Day != 0 }

// String gives the text form shown at Date.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Approx:
		return "~" + strconv.Itoa(d.Year)
	case d.Month == 0 && d.Day == 0:
		return strconv.Itoa(d.Year)
	}
	text := digitsOrX(d.Year, 4) + "-" + digitsOrX(d.Month, 2)
	if d.Day == 0 {
		return text
	}
	return text + "-" + digitsOrX(d.Day, 2)
}

func digitsOrX(n, width int) string {
	if n == 0 {
		return strings.Repeat("X", width)
	}
	return fmt.Sprintf("%0*d", width, n)
}

// MarshalText writes the text form.
func (d Date) MarshalText() ([]byte, error) {
	if err := d.Check(); err != nil {
		return nil, fmt.Errorf("write date: %w", err)
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads the text form only; free spellings go through ParseDate.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := parseCanonical(string(text))
	if err != nil {
		return said.Errorf("read date %q: %w", text, err)
	}
	*d = parsed
	return nil
}

func parseCanonical(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	rest, approx := strings.CutPrefix(s, "~")
	parts := strings.Split(rest, "-")
	if len(parts) > 3 {
		return Date{}, said.Errorf("write it as 1956-05-03, 1956-05 or 1956")
	}
	widths := [3]int{4, 2, 2}
	var numbers [3]int
	for i, part := range parts {
		if part == strings.Repeat("X", widths[i]) {
			continue
		}
		n, err := strconv.ParseUint(part, 10, 32)
		if err != nil || len(part) != widths[i] || n == 0 {
			return Date{}, said.Errorf("write it as 1956-05-03, with X for unknown digits")
		}
		numbers[i] = int(n)
	}
	d := Date{Year: numbers[0], Month: numbers[1], Day: numbers[2], Approx: approx}
	return d, d.Check()
}

// Compare orders by Earliest, then Latest; unknown dates come last.
func (d Date) Compare(other Date) int {
	if c := compareDay(d.Earliest(), other.Earliest()); c != 0 {
		return c
	}
	return compareDay(d.Latest(), other.Latest())
}

func compareDay(a, b Date) int { return a.ordinal() - b.ordinal() }

func (d Date) ordinal() int {
	if d.Year == 0 {
		return (MaxYear+1)*10000 + d.Month*100 + d.Day
	}
	return d.Year*10000 + d.Month*100 + d.Day
}
