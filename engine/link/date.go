package link

import (
	"fmt"
	"strconv"
	"strings"
)

// date is a birth date with unknown parts as zero. about marks a year that was
// computed from an age.
type date struct {
	year, month, day int16
	about            bool
	floating         bool // from an age of which nobody knows when it was stated
}

// number is distinct for dates that differ in more than how they were stated.
func (d date) number() uint64 { return uint64(d.year)<<16 | uint64(d.month)<<8 | uint64(d.day) }

func (d date) known() bool { return d.year != 0 }

// precise says that the day is known and is not the first of January, which
// many registers write for "some time in that year".
func (d date) precise() bool {
	return d.day != 0 && d.month != 0 && (d.day != 1 || d.month != 1)
}

func (d date) text() string {
	switch {
	case d.month == 0:
		return strconv.Itoa(int(d.year))
	case d.day == 0:
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// parseDate reads the usual written dates. Impossible months and days are kept
// as they stand, since they are misprints of possible ones.
func parseDate(s string) date {
	s = strings.TrimSpace(s)
	if s == "" {
		return date{}
	}
	if d, ok := isoDate(s); ok {
		return d
	}
	if len(s) > longestDate {
		return date{}
	}
	parts := splitNumbers(s)
	switch {
	case len(parts) == 1 && len(parts[0]) == 8:
		return date{number(parts[0][:4]), number(parts[0][4:6]), number(parts[0][6:]), false, false}
	case len(parts) == 1 && len(parts[0]) == 4:
		return date{year: number(parts[0])}
	case len(parts) == 2 && len(parts[0]) == 4:
		return date{year: number(parts[0]), month: number(parts[1])}
	case len(parts) == 2 && len(parts[1]) == 4:
		return date{year: number(parts[1]), month: number(parts[0])}
	case len(parts) >= 3 && len(parts[0]) == 4:
		return date{number(parts[0]), number(parts[1]), number(parts[2]), false, false}
	case len(parts) >= 3 && len(parts[2]) == 4:
		return date{number(parts[2]), number(parts[1]), number(parts[0]), false, false}
	}
	return date{}
}

const longestDate = 64 // bytes; a longer text is no date

// isoDate reads the most usual form, 1956-05-03, in the fastest way.
func isoDate(s string) (date, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return date{}, false
	}
	var n [10]int16
	for i := range n {
		if c := s[i]; c >= '0' && c <= '9' {
			n[i] = int16(c - '0')
		} else if i != 4 && i != 7 {
			return date{}, false
		}
	}
	return date{year: n[0]*1000 + n[1]*100 + n[2]*10 + n[3], month: n[5]*10 + n[6], day: n[8]*10 + n[9]}, true
}

func splitNumbers(s string) []string {
	s = foldText(monthNumbers(s))
	var parts []string
	for _, word := range strings.Fields(s) {
		if word == "xx" || word == "x" {
			word = "0"
		}
		if digitsOf(word) != word {
			if i := strings.IndexByte(word, 't'); i == 2 && len(parts) == 2 {
				word = word[:2]
			} else {
				continue
			}
		}
		parts = append(parts, word)
	}
	return parts
}

var monthWords = strings.NewReplacer("?", "0",
	"jan", " 1 ", "feb", " 2 ", "mar", " 3 ", "apr", " 4 ", "may", " 5 ", "mai", " 5 ", "jun", " 6 ",
	"jul", " 7 ", "aug", " 8 ", "sep", " 9 ", "oct", " 10 ", "okt", " 10 ", "nov", " 11 ", "dec", " 12 ", "dez", " 12 ")

func monthNumbers(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < '0' || c > '9') && c != '-' && c != '.' && c != '/' && c != ' ' {
			return monthWords.Replace(strings.ToLower(s))
		}
	}
	return s
}

func number(s string) int16 {
	n, err := strconv.ParseInt(s, 10, 16)
	if err != nil {
		return 0
	}
	return int16(n)
}

// The levels of a birth date.
const (
	birthSame = 1 + iota
	birthMisprint
	birthMonth
	birthYearOnly
	birthYearOther
	birthDayOther
	birthNear
	birthOther
	birthTen
	birthDifferent
)

var birthWords = []string{"unknown", "same date", "one digit differs or day and month swapped",
	"same year and month", "same year, the rest not known", "same year, another day",
	"same day and month, another year", "years at most two apart", "another day, years at most two apart",
	"years at most ten apart", "different"}

// compareBirth gives the level of two birth dates.
func compareBirth(a, b date) uint8 {
	if !a.known() || !b.known() || a.floating != b.floating {
		return 0
	}
	gap := int(a.year) - int(b.year)
	gap = max(gap, -gap)
	if a.about || b.about {
		return compareAbout(gap)
	}
	if a == b {
		return birthSame
	}
	if a.precise() && b.precise() {
		if level := comparePrecise(a, b, gap); level != 0 {
			return level
		}
	} else if gap == 0 {
		if a.month == b.month && a.month > 1 {
			return birthMonth
		}
		return birthYearOnly
	} else if a.day > 0 && b.day > 0 && digitsApart(a, b) == 1 && gap != 1 && gap != 2 && gap%10 != 0 {
		return birthTen
	}
	switch {
	case gap == 0:
		return birthYearOther
	case gap <= 2 && a.precise() && b.precise():
		return birthOther // two days that are both known speak against each other
	case gap <= 2:
		return birthNear
	case gap <= 10:
		return birthTen
	}
	return birthDifferent
}

func compareAbout(gap int) uint8 {
	switch {
	case gap <= 1:
		return birthYearOnly
	case gap <= 3:
		return birthNear
	case gap <= 10:
		return birthTen
	}
	return birthDifferent
}

func comparePrecise(a, b date, gap int) uint8 {
	switch {
	case gap == 0 && a.month == b.day && a.day == b.month:
		return birthMisprint
	case digitsApart(a, b) == 1:
		return birthMisprint
	case gap == 0 && (a.month == b.month || a.day == b.day):
		return birthMonth
	case a.month == b.month && a.day == b.day:
		return birthDayOther
	}
	return 0
}

// digitsApart counts the digits that differ; two neighbours swapped count once.
func digitsApart(a, b date) int {
	x := [8]int16{a.year / 1000 % 10, a.year / 100 % 10, a.year / 10 % 10, a.year % 10, a.month / 10, a.month % 10, a.day / 10, a.day % 10}
	y := [8]int16{b.year / 1000 % 10, b.year / 100 % 10, b.year / 10 % 10, b.year % 10, b.month / 10, b.month % 10, b.day / 10, b.day % 10}
	n := 0
	for i := 0; i < 8; i++ {
		if x[i] == y[i] {
			continue
		}
		n++
		if i < 7 && x[i] == y[i+1] && x[i+1] == y[i] {
			i++
		}
	}
	return n
}
