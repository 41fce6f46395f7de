package paxlst

import (
	"strings"
	"unicode/utf8"
)

// signs are the service characters of an interchange.
type signs struct{ component, element, decimal, release, repeat, end byte }

func usual() signs { return signs{':', '+', '.', '?', '*', '\''} }

// plainSigns are the characters of level UNOA besides letters and digits.
const plainSigns = " .,-()/='+:?!\"%&*;<>"

func isPlain(c rune) bool {
	return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune(plainSigns, c)
}

// escape appends text with the release character before service characters.
// Line breaks and other controls become spaces.
func escape(to []byte, text string) []byte {
	for _, r := range text {
		switch {
		case r == ':' || r == '+' || r == '?' || r == '\'' || r == '*':
			to = append(to, '?', byte(r))
		case r < ' ' || r >= 0x7f && r < 0xa0:
			to = append(to, ' ')
		case r < 0x7f:
			to = append(to, byte(r))
		case r <= 0xff:
			to = append(to, byte(r))
		default:
			to = append(to, '.')
		}
	}
	return to
}

// cut shortens text to a number of characters.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	n := 0
	for i := range text {
		if n == most {
			return text[:i]
		}
		n++
	}
	return text
}

// latin1 reads ISO 8859-1.
func latin1(raw string) string {
	var b strings.Builder
	for i := range len(raw) {
		b.WriteRune(rune(raw[i]))
	}
	return b.String()
}

// decode turns the bytes of a level into text: UNOW and UNOY are UTF-8, those of
// the other levels are taken for ISO 8859-1, of which UNOA and UNOB are parts.
func decode(level, raw string) string {
	if ascii(raw) || (level == "UNOW" || level == "UNOY" || level == "UNOX") && utf8.ValidString(raw) {
		return raw
	}
	return latin1(raw)
}

func ascii(raw string) bool {
	for i := range len(raw) {
		if raw[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
