package value

import (
	"strings"
	"unicode"

	"cairn/value/said"
)

// DateOrder says how numbers in a date that does not begin with the year stand.
type DateOrder string

// The orders in use. A date that begins with four digits is always read year
// first; the order decides the rest.
const (
	DMY DateOrder = "dmy" // 3.5.1956: most of the world
	MDY DateOrder = "mdy" // 5/3/1956: United States
	YMD DateOrder = "ymd" // 1956. 5. 3.: Hungary, East Asia, ISO 8601
)

// ParseDate reads a date as people write it: any separator, digits of any
// script, month names in the languages of this package, unknown parts as 0, X
// or ?, and words or signs for "about" before a year. Empty text is the unknown
// date. Two-digit years are refused (see ParseDateNear). Errors say what is wrong.
func ParseDate(s string, order DateOrder) (Date, error) {
	return parseDate(s, order, 0)
}

// ParseDateNear is ParseDate for lists with two-digit years: such a year is
// the last one not after latest, so that 56 with 2026 means 1956 and 07 means 2007.
func ParseDateNear(s string, order DateOrder, latest int) (Date, error) {
	return parseDate(s, order, latest)
}

type datePiece struct {
	number  int
	digits  int
	unknown bool
	month   bool
}

func parseDate(s string, order DateOrder, latest int) (Date, error) {
	if d, err := parseCanonical(strings.TrimSpace(s)); err == nil {
		return d, nil
	}
	pieces, approx, err := datePieces(s)
	if err != nil {
		return Date{}, said.Errorf("read date %q: %w", s, err)
	}
	d, err := assemble(pieces, order, latest)
	if err != nil {
		return Date{}, said.Errorf("read date %q: %w", s, err)
	}
	if approx {
		d = Date{Year: d.Year, Approx: d.Year != 0}
	}
	if err := d.Check(); err != nil {
		return Date{}, said.Errorf("read date %q: %w", s, err)
	}
	return d, nil
}

// MaxDateBytes is the longest text that is looked at as a date.
const MaxDateBytes = 64

func datePieces(s string) (pieces []datePiece, approx bool, err error) {
	if len(s) > MaxDateBytes {
		return nil, false, said.Errorf("it is %d bytes long: check that this is the column of dates", len(s))
	}
	text := withoutTime(strings.TrimSpace(s))
	for _, token := range dateTokens(text) {
		if token == "~" || isAboutWord(Fold(token)) {
			approx = true
			continue
		}
		piece, ok := parsePiece(token)
		if !ok {
			if isFillerWord(Fold(token)) {
				continue
			}
			return nil, false, said.Errorf("%q is no part of a date", token)
		}
		pieces = append(pieces, piece)
	}
	return pieces, approx, nil
}

// withoutTime drops the time of day that exports add ("1956-05-03T00:00:00Z").
func withoutTime(s string) string {
	colon := strings.IndexByte(s, ':')
	if colon < 0 {
		return s
	}
	if cut := strings.LastIndexAny(s[:colon], " T"); cut > 0 {
		return s[:cut]
	}
	return s
}

// dateTokens splits at separators and between digits and letters.
func dateTokens(s string) []string {
	var tokens []string
	var current []rune
	class := 0
	flush := func() {
		if len(current) > 0 {
			tokens = append(tokens, string(current))
			current = current[:0]
		}
	}
	for _, r := range s {
		next := tokenClass(r)
		if next != class {
			flush()
		}
		class = next
		if next != 0 {
			current = append(current, r)
		}
	}
	flush()
	return tokens
}

func tokenClass(r rune) int {
	switch {
	case unicode.IsDigit(r):
		return 1
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return 2
	case r == '?':
		return 3
	case r == '~' || r == '≈' || r == '±':
		return 4
	}
	return 0
}

func parsePiece(token string) (datePiece, bool) {
	if token == "≈" || token == "±" {
		return datePiece{}, false
	}
	number, digits := 0, 0
	for _, r := range token {
		value, ok := DigitValue(r)
		if !ok {
			digits = 0
			break
		}
		number = number*10 + value
		digits++
		if digits > 8 {
			return datePiece{}, false
		}
	}
	if digits > 0 {
		return datePiece{number: number, digits: digits, unknown: number == 0}, true
	}
	if strings.Trim(token, "?") == "" || strings.Trim(token, "xX") == "" {
		return datePiece{digits: len(token), unknown: true}, true
	}
	if month := monthNumber(Fold(token)); month > 0 {
		return datePiece{number: month, month: true}, true
	}
	return datePiece{}, false
}

func assemble(pieces []datePiece, order DateOrder, latest int) (Date, error) {
	pieces = splitCompact(pieces, order)
	switch len(pieces) {
	case 0:
		return Date{}, nil
	case 1:
		return oneYear(pieces[0], latest)
	case 2:
		return monthAndYear(pieces, order, latest)
	case 3:
		return threeParts(pieces, order, latest)
	}
	return Date{}, said.Errorf("it has %d parts instead of day, month and year", len(pieces))
}

// splitCompact reads 19560503 or 03051956.
func splitCompact(pieces []datePiece, order DateOrder) []datePiece {
	if len(pieces) != 1 || pieces[0].digits != 8 {
		return pieces
	}
	n := pieces[0].number
	if order == YMD || n/10000 >= 1500 && n/10000 < 2200 {
		return []datePiece{numberPiece(n/10000, 4), numberPiece(n/100%100, 2), numberPiece(n%100, 2)}
	}
	return []datePiece{numberPiece(n/1000000, 2), numberPiece(n/10000%100, 2), numberPiece(n%10000, 4)}
}

func numberPiece(n, digits int) datePiece {
	return datePiece{number: n, digits: digits, unknown: n == 0}
}

func oneYear(p datePiece, latest int) (Date, error) {
	if p.unknown {
		return Date{}, nil
	}
	if p.month {
		return Date{Month: p.number}, nil
	}
	year, err := fullYear(p, latest)
	return Date{Year: year}, err
}

func monthAndYear(pieces []datePiece, order DateOrder, latest int) (Date, error) {
	first, second := pieces[0], pieces[1]
	if first.digits == 4 || order == YMD && second.digits != 4 && !first.month {
		first, second = second, first
	}
	if first.month || second.digits == 4 || second.unknown {
		year, err := fullYear(second, latest)
		return Date{Year: year, Month: first.number}, err
	}
	return Date{}, said.Errorf("two numbers could be day and month or month and year: write the year with four digits")
}

func threeParts(pieces []datePiece, order DateOrder, latest int) (Date, error) {
	year, month, day := pieces[2], pieces[1], pieces[0]
	switch {
	case pieces[0].digits == 4 || order == YMD && pieces[2].digits != 4:
		year, month, day = pieces[0], pieces[1], pieces[2]
	case pieces[1].digits == 4:
		return Date{}, said.Errorf("the year stands in the middle: write it as 1956-05-03")
	case order == MDY:
		month, day = pieces[0], pieces[1]
	}
	if day.month && !month.month {
		month, day = day, month
	}
	if day.month || year.month {
		return Date{}, said.Errorf("a month's name stands where day or year is expected")
	}
	y, err := fullYear(year, latest)
	return Date{Year: y, Month: month.number, Day: day.number}, err
}

func fullYear(p datePiece, latest int) (int, error) {
	switch {
	case p.unknown:
		return 0, nil
	case p.digits == 4:
		return p.number, nil
	case p.digits <= 2 && latest > 0:
		year := latest - latest%100 + p.number
		if year > latest {
			year -= 100
		}
		return year, nil
	}
	return 0, said.Errorf("the year %d is not written with four digits", p.number)
}
