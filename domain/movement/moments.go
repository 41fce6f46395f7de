package movement

import (
	_ "embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"cairn/value"
	"cairn/value/said"
)

//go:embed words.txt
var wordText string

var modeWords = sync.OnceValue(func() map[string]string {
	words := map[string]string{}
	for line := range strings.Lines(wordText) {
		code, list, found := strings.Cut(line, ":")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		for word := range strings.SplitSeq(list, ",") {
			words[value.Fold(word)] = code
		}
	}
	return words
})

// modeOf reads a mode; a word that is not known stays as written.
func modeOf(text string) string {
	if code, known := modeWords()[value.Fold(text)]; known {
		return code
	}
	return strings.TrimSpace(text)
}

// written is what a cell says of a moment: a day, a time of day, a zone, or some of
// these.
type written struct {
	day            value.Date
	hour, minute   int
	timed          bool
	zone           string
	hasDay, isNext bool // isNext: the day after the service's ("06:15 +1")
}

var (
	clockForm = regexp.MustCompile(`(\d{1,2})[:h](\d{2})(?::\d{2}(?:\.\d+)?)?\s*([AaPp][Mm])?`)
	dayForm   = regexp.MustCompile(`\(?\+1d?\)?$`)
)

// readMoment reads a cell such as "08.11.1956 07:00", "1956-11-08T07:00+01:00",
// "07:00" or "07:00 +1".
func readMoment(text string, order value.DateOrder) (written, error) {
	var out written
	text = westernDigits(strings.TrimSpace(text))
	at := clockForm.FindStringSubmatchIndex(text)
	dayText := text
	if at != nil {
		var err error
		if out.hour, out.minute, err = clock(text[at[2]:at[3]], text[at[4]:at[5]], submatch(text, at, 3)); err != nil {
			return out, err
		}
		out.timed = true
		rest := strings.TrimSpace(text[at[1]:])
		if dayForm.MatchString(rest) {
			out.isNext, rest = true, ""
		}
		if rest == "Z" {
			rest = "UTC"
		}
		if rest != "" {
			if _, err := zoneOf(rest); err != nil {
				return out, err
			}
		}
		out.zone = rest
		dayText = strings.TrimRight(strings.TrimSpace(text[:at[0]]), "T,")
	}
	if dayText = strings.TrimSpace(dayText); dayText == "" {
		return out, nil
	}
	day, err := value.ParseDate(dayText, order)
	if err != nil || !day.Complete() || day.Approx {
		return out, said.Errorf("is no day and time: write it like 1957-02-01 07:30")
	}
	out.day, out.hasDay = day, true
	return out, nil
}

func submatch(text string, at []int, n int) string {
	if at[2*n] < 0 {
		return ""
	}
	return text[at[2*n]:at[2*n+1]]
}

func clock(hours, minutes, half string) (int, int, error) {
	h, errH := strconv.Atoi(hours)
	m, errM := strconv.Atoi(minutes)
	if half != "" && h >= 1 && h <= 12 {
		h %= 12
		if strings.EqualFold(half, "pm") {
			h += 12
		}
	}
	if errH != nil || errM != nil || h > 23 || m > 59 {
		return 0, 0, said.Errorf("%s:%s is no time of day", hours, minutes)
	}
	return h, m, nil
}

// in gives the moment in a zone, on the service's day unless it has its own.
func (m written) in(zone string, day value.Date) (time.Time, error) {
	if m.hasDay {
		day = m.day
	}
	if !m.timed {
		return time.Time{}, said.Errorf("the time of day is missing")
	}
	if !day.Complete() {
		return time.Time{}, said.Errorf("the day is missing")
	}
	if m.zone != "" {
		zone = m.zone
	}
	if m.isNext {
		next := time.Date(day.Year, time.Month(day.Month), day.Day+1, 0, 0, 0, 0, time.UTC)
		day = value.DateOf(next)
	}
	return moment(fmt.Sprintf("%sT%02d:%02d", day, m.hour, m.minute), zone)
}

var durationForm = regexp.MustCompile(`^(\d{1,4})(?:[:h]\s*(\d{1,2})?|[.,](\d{1,2}))?\s*[a-zA-Z]*\.?$`)

// readDuration reads hours: "13", "13:30", "13h30", "13.5 h".
func readDuration(text string) (time.Duration, error) {
	m := durationForm.FindStringSubmatch(westernDigits(strings.TrimSpace(text)))
	if m == nil {
		return 0, said.Errorf("is no duration: write hours and minutes like 13:30")
	}
	hours, err := strconv.ParseFloat(m[1]+"."+m[3]+"0", 64)
	minutes := 0
	if m[2] != "" && err == nil {
		minutes, err = strconv.Atoi(m[2])
	}
	if err != nil {
		return 0, said.Errorf("is no duration: write hours and minutes like 13:30")
	}
	return time.Duration(hours*60+float64(minutes)+0.5) * time.Minute, nil
}

func westernDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if d, ok := value.DigitValue(r); ok {
			return rune('0' + d)
		}
		return r
	}, text)
}
