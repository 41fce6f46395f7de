package headers

import (
	"strings"
	"unicode"

	"cairn/value"
)

// share is the part of values for which fits holds.
func share(fits func(string) bool) func([]string) float64 {
	return func(values []string) float64 {
		if len(values) == 0 {
			return 0
		}
		n := 0
		for _, v := range values {
			if fits(v) {
				n++
			}
		}
		return float64(n) / float64(len(values))
	}
}

func isDate(v string) bool {
	for _, order := range []value.DateOrder{value.DMY, value.MDY, value.YMD} {
		if d, err := value.ParseDateNear(v, order, 2099); err == nil && !d.IsZero() {
			return true
		}
	}
	return false
}

// isFullDate leaves out lone numbers, which are years or ages.
func isFullDate(v string) bool { return isDate(v) && !isNumber(v) || len(v) == 8 && isDate(v) }

func number(v string) (n int, ok bool) {
	if v == "" || len(v) > 12 {
		return 0, false
	}
	for _, r := range v {
		digit, isDigit := value.DigitValue(r)
		if !isDigit {
			return 0, false
		}
		n = n*10 + digit
	}
	return n, true
}

func isNumber(v string) bool { _, ok := number(v); return ok }

func isYear(v string) bool {
	n, ok := number(strings.Trim(v, "~ ."))
	return ok && n >= 1850 && n <= 2100
}

func isAge(v string) bool {
	n, ok := number(v)
	return ok && n <= value.MaxAge
}

func isCount(v string) bool {
	n, ok := number(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .,'\u00a0\u202f", r) {
			return -1
		}
		return r
	}, v))
	return ok && n < 10_000_000
}

func isName(v string) bool {
	letters := 0
	for _, r := range v {
		if unicode.IsDigit(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 2
}

func isFullName(v string) bool {
	return isName(v) && len(strings.Fields(strings.ReplaceAll(v, ",", " "))) >= 2
}

func isPhone(v string) bool {
	digits := 0
	for _, r := range v {
		switch {
		case unicode.IsDigit(r):
			digits++
		case !strings.ContainsRune("+-()/. \u00a0", r):
			return false
		}
	}
	return digits >= 6 && digits <= 16
}

func isTime(v string) bool {
	hour, minute, found := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(v, ".", ":"), "h", ":"), ":")
	h, okHour := number(strings.TrimSpace(hour))
	m, okMinute := number(minute[:min(len(minute), 2)])
	return found && okHour && okMinute && h < 25 && m < 60
}

func isMoment(v string) bool { return isTime(v) || isDate(v) || strings.Contains(v, ":") }

func isSex(v string) bool { s, err := ParseSex(v); return err == nil && s != "" }

// hasDigit: identifiers mostly carry one.
func hasDigit(v string) bool { return strings.ContainsFunc(v, unicode.IsDigit) }

func isWord(v string) bool { return isName(v) }

// isMoney: an amount with or without a currency.
func isMoney(v string) bool { return hasDigit(v) && len(v) < 24 }
