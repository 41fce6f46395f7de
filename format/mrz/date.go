package mrz

import (
	"fmt"
	"strconv"
	"time"
)

// dateLike accepts YYMMDD, with unknown parts "<<" when partial.
func dateLike(text string, partial bool) bool {
	if len(text) != 6 {
		return false
	}
	for i, most := range []int{99, 12, 31} {
		part := text[2*i : 2*i+2]
		if part == "<<" && partial {
			continue
		}
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || n > most || (i > 0 && n == 0) {
			return false
		}
	}
	return true
}

// Born is the day of a birth "YYMMDD": the last such day that is not after
// today. A date with unknown parts is an error.
func Born(text string, today time.Time) (time.Time, error) {
	year := today.Year() / 100 * 100
	day, err := dated(text, year)
	if err == nil && day.After(today) {
		day, err = dated(text, year-100)
	}
	return day, err
}

// Expires is the day of an expiry "YYMMDD": of the three centuries about today
// the day that lies nearest.
func Expires(text string, today time.Time) (time.Time, error) {
	year := today.Year() / 100 * 100
	best, err := dated(text, year)
	for _, other := range []int{year - 100, year + 100} {
		if day, e := dated(text, other); e == nil && (err != nil || abs(day.Sub(today)) < abs(best.Sub(today))) {
			best, err = day, nil
		}
	}
	return best, err
}

func abs(d time.Duration) time.Duration { return max(d, -d) }

func dated(text string, century int) (time.Time, error) {
	if !dateLike(text, false) {
		return time.Time{}, fmt.Errorf("date %q: not YYMMDD in full: ask for the day on the page", text)
	}
	short, err := time.Parse("060102", text)
	if err != nil {
		// 29 February of a year that is a leap year in the other century only.
		if short, err = time.Parse("20060102", strconv.Itoa(century/100)+text); err != nil {
			return time.Time{}, fmt.Errorf("date %q: no such day: read the zone again", text)
		}
	}
	day := time.Date(century+short.Year()%100, short.Month(), short.Day(), 0, 0, 0, 0, time.UTC)
	if day.Day() != short.Day() {
		return time.Time{}, fmt.Errorf("date %q: no such day in that century: read the zone again", text)
	}
	return day, nil
}
