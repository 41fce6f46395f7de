package value

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// WarningKind is a word that says what is suspicious about a text.
type WarningKind string

const (
	// BidiControl: a character that reorders what is shown, so that a name can
	// read differently from what is stored (Unicode TR 36, section 3.2).
	BidiControl WarningKind = "bidi-control"
	// Invisible: a character without width that makes two equal-looking names differ.
	Invisible WarningKind = "invisible"
	// MixedScript: one word with letters of scripts that look alike, such as a
	// Cyrillic а among Latin letters (Unicode TS 39, section 5).
	MixedScript WarningKind = "mixed-script"
)

// Warning is something that a person should look at. The text it is about is
// never changed.
type Warning struct {
	Kind   WarningKind `json:"kind"`
	Field  string      `json:"field"`  // "name", "given name", …
	Detail string      `json:"detail"` // one sentence in English
}

// Warnings lists what looks deceptive in the name, field by field. Zero-width
// joiners between letters of Arabic and Indic scripts are ordinary spelling
// there and give none.
func (n Name) Warnings() []Warning {
	var found []Warning
	for _, field := range n.fields() {
		found = append(found, TextWarnings(field.label.String(), field.text)...)
	}
	return found
}

// TextWarnings is Warnings for any short text; field is what it is called.
func TextWarnings(field, text string) []Warning {
	if isASCII(text) {
		return nil
	}
	var found []Warning
	for _, r := range text {
		switch {
		case isBidiControl(r):
			found = append(found, Warning{BidiControl, field, fmt.Sprintf("%U changes the order in which the text is shown", r)})
		case isInvisible(r):
			found = append(found, Warning{Invisible, field, fmt.Sprintf("%U cannot be seen", r)})
		}
	}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if detail, mixed := mixedScripts(word); mixed {
			found = append(found, Warning{MixedScript, field, detail})
		}
	}
	return append(found, joinerWarnings(field, text)...)
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isBidiControl(r rune) bool {
	return r == 0x061c || r == 0x200e || r == 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

func isInvisible(r rune) bool {
	switch {
	case r == 0x00ad, r == 0x034f, r == 0x115f, r == 0x1160, r == 0x180e, r == 0x200b, r == 0xfeff, r == 0x3164, r == 0xffa0:
		return true
	case r >= 0x2060 && r <= 0x2064, r >= 0xe0000 && r <= 0xe007f:
		return true
	}
	return false
}

func isJoiner(r rune) bool { return r == 0x200c || r == 0x200d }

// joinerWarnings reports zero-width joiners after letters of the alphabets that
// never need them.
func joinerWarnings(field, text string) []Warning {
	var found []Warning
	previous := rune(0)
	for _, r := range text {
		if isJoiner(r) && (previous == 0 || lookalikeScript(previous) != "" || unicode.IsSpace(previous)) {
			found = append(found, Warning{Invisible, field, fmt.Sprintf("%U cannot be seen and has no use here", r)})
		}
		previous = r
	}
	return found
}

// mixedScripts looks only at the alphabets that share letter shapes; a Japanese
// word of Han and kana, for example, is ordinary.
func mixedScripts(word string) (detail string, mixed bool) {
	first, firstRune := "", rune(0)
	for _, r := range word {
		script := lookalikeScript(r)
		if script == "" {
			continue
		}
		if first == "" {
			first, firstRune = script, r
			continue
		}
		if script != first {
			return fmt.Sprintf("%q mixes %s (%c) and %s (%c, %U)", word, first, firstRune, script, r, r), true
		}
	}
	return "", false
}

func lookalikeScript(r rune) string {
	switch {
	case unicode.Is(unicode.Latin, r):
		return "Latin"
	case unicode.Is(unicode.Cyrillic, r):
		return "Cyrillic"
	case unicode.Is(unicode.Greek, r):
		return "Greek"
	case unicode.Is(unicode.Armenian, r):
		return "Armenian"
	case unicode.Is(unicode.Cherokee, r):
		return "Cherokee"
	}
	return ""
}
