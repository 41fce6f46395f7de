package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// dateStyle is what a number format shows of a date.
type dateStyle int

const (
	noDate dateStyle = iota
	yearOnly
	yearMonth
	dayDate
	dayTime
	timeOnly
)

func (b *workbook) readStyles(name string) error {
	var sheet struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := b.decode(name, &sheet); err != nil {
		return err
	}
	custom := make(map[int]dateStyle, len(sheet.Formats))
	for _, format := range sheet.Formats {
		custom[format.ID] = styleOfCode(format.Code)
	}
	b.styles = make([]dateStyle, len(sheet.Cells))
	for i, cell := range sheet.Cells {
		style, ok := custom[cell.Format]
		if !ok {
			style = builtInStyle(cell.Format)
		}
		b.styles[i] = style
	}
	return nil
}

// builtInStyle knows the formats that files do not spell out (ECMA-376 part 1,
// 18.8.30, East Asian ones included).
func builtInStyle(id int) dateStyle {
	switch {
	case id == 14, id == 15, id == 16, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return dayDate
	case id == 17:
		return yearMonth
	case id == 22:
		return dayTime
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return timeOnly
	}
	return noDate
}

// styleOfCode reads a number format such as [$-407]dd.mm.yyyy;@.
func styleOfCode(code string) dateStyle {
	letters := formatLetters(code)
	has := func(set string) bool { return strings.ContainsAny(letters, set) }
	switch {
	case has("d") && has("h"), has("y") && has("h"):
		return dayTime
	case has("d"):
		return dayDate
	case has("y") && has("m"):
		return yearMonth
	case has("y"):
		return yearOnly
	case has("h"):
		return timeOnly
	}
	return noDate
}

// formatLetters keeps what is neither quoted, escaped nor in brackets, of the
// first section.
func formatLetters(code string) string {
	var kept strings.Builder
	quoted, bracket, escaped := false, false, false
	for _, r := range strings.ToLower(code) {
		switch {
		case escaped:
			escaped = false
		case quoted:
			quoted = r != '"'
		case bracket:
			bracket = r != ']'
		case r == '"':
			quoted = true
		case r == '[':
			bracket = true
		case r == '\\' || r == '_' || r == '*':
			escaped = true
		case r == ';':
			return kept.String()
		default:
			kept.WriteRune(r)
		}
	}
	return strings.ReplaceAll(kept.String(), "general", "")
}

func (b *workbook) numberText(style int, value string) string {
	shows := noDate
	if style >= 0 && style < len(b.styles) {
		shows = b.styles[style]
	}
	if shows == noDate && isPlainInteger(value) {
		return value
	}
	number, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(number, 0) || math.IsNaN(number) {
		return value
	}
	if shows != noDate {
		if text, ok := b.dateText(shows, number); ok {
			return text
		}
	}
	// Fifteen digits are what a spreadsheet program shows: 0.1+0.2 is 0.3.
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(number, 'g', 15, 64), 64)
	if err != nil || math.Abs(rounded) >= 1e21 {
		return value
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

func isPlainInteger(value string) bool {
	for i := range len(value) {
		if value[i] < '0' || value[i] > '9' {
			return false
		}
	}
	return len(value) <= 15
}

const (
	daySeconds = 86400
	lastSerial = 2958466 // the day after 31 December 9999
)

// dateText turns days since the workbook's first day to ISO 8601. Serials
// before 60 count a 29 February 1900 that never was.
func (b *workbook) dateText(shows dateStyle, serial float64) (string, bool) {
	if serial < 0 || serial >= lastSerial {
		return "", false
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case b.date1904:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case serial < 60:
		first = first.AddDate(0, 0, 1)
	}
	days := math.Floor(serial)
	seconds := math.Round((serial - days) * daySeconds)
	at := first.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	clock := "15:04"
	if at.Second() != 0 {
		clock = "15:04:05"
	}
	switch shows {
	case yearOnly:
		return at.Format("2006"), true
	case yearMonth:
		return at.Format("2006-01"), true
	case timeOnly:
		if serial < 1 {
			return at.Format(clock), true
		}
	case dayDate:
		return at.Format("2006-01-02"), true
	}
	if seconds == 0 {
		return at.Format("2006-01-02"), true
	}
	return at.Format("2006-01-02 " + clock), true
}

func trimMidnight(value string) string {
	day, clock, found := strings.Cut(value, "T")
	if found && strings.Trim(clock, "0:.Z") == "" {
		return day
	}
	return value
}
