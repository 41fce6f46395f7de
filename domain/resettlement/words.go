package resettlement

import (
	_ "embed"
	"strings"
	"sync"

	"cairn/reference"
	"cairn/value"
)

// Conditions that plans keep to. Any other condition is shown to staff as it was
// written and closes no place: what a state prefers is not what it requires.
const (
	// NoTuberculosis: nobody with tuberculosis is placed here.
	NoTuberculosis = "no_tuberculosis"
	// UnaccompaniedAccepted: unaccompanied children are placed only where this stands.
	UnaccompaniedAccepted = "unaccompanied_accepted"
)

//go:embed words.txt
var wordText string

var conditionWords = sync.OnceValue(func() map[string]string {
	words := map[string]string{}
	for line := range strings.Lines(wordText) {
		code, list, found := strings.Cut(line, ":")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		words[value.Fold(code)] = code
		for word := range strings.SplitSeq(list, ",") {
			words[value.Fold(word)] = code
		}
	}
	return words
})

// condition reads a condition; known says that plans keep to it.
func condition(text string) (code string, known bool) {
	if code, known = conditionWords()[value.Fold(text)]; known {
		return code, true
	}
	return text, false
}

// country reads an alpha-3 code, or a name in one of the languages of the reference
// tables; it must be a state of today that can receive people.
func country(text string) (string, bool) {
	c, ok := reference.CountryByNationality(strings.TrimSpace(text))
	if !ok || c.Kind != reference.KindISO {
		return "", false
	}
	return c.Alpha3, true
}

func language(text string) (string, bool) {
	l, ok := reference.LanguageByName(strings.TrimSpace(text))
	return l.Tag, ok
}
