package headers

import (
	"strings"
	"unicode"

	"cairn/value"
)

// GuessDateOrder finds the order of day, month and year in a column from values
// that can be read one way only. ambiguous is true when no value decides, or
// when values contradict one another: then somebody has to say. Dates that
// begin with a four-digit year are read right under any order.
func GuessDateOrder(values []string) (order value.DateOrder, ambiguous bool) {
	dayFirst, monthFirst, yearFirst, open := 0, 0, 0, 0
	for _, v := range values {
		a, b, firstWidth, ok := leadingNumbers(v)
		switch {
		case !ok:
		case firstWidth == 4 || a > 31:
			yearFirst++
		case a > 12:
			dayFirst++
		case b > 12:
			monthFirst++
		case a != b:
			open++
		}
	}
	switch {
	case dayFirst > 0 && monthFirst > 0:
		if monthFirst > dayFirst {
			return value.MDY, true
		}
		return value.DMY, true
	case monthFirst > 0:
		return value.MDY, false
	case dayFirst > 0:
		return value.DMY, false
	case open > 0 || yearFirst == 0:
		return value.DMY, open > 0
	}
	return value.YMD, false
}

// leadingNumbers gives the first two numbers of a date of three numbers.
func leadingNumbers(v string) (a, b, firstWidth int, ok bool) {
	parts := strings.FieldsFunc(v, func(r rune) bool { return !unicode.IsDigit(r) })
	if len(parts) < 3 || strings.ContainsFunc(beforeTime(v), unicode.IsLetter) {
		return 0, 0, 0, false
	}
	a, okA := number(parts[0])
	b, okB := number(parts[1])
	return a, b, len([]rune(parts[0])), okA && okB
}

func beforeTime(v string) string {
	if i := strings.IndexAny(v, "T:"); i > 0 {
		return v[:i]
	}
	return v
}
