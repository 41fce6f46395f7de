package web

import (
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"

	"cairn/value/said"
)

// readSaid reads what the domains say, in one language. English is what they say.
func readSaid(tag string) (map[string]string, error) {
	if tag == "en" {
		return nil, nil
	}
	var out map[string]string
	if _, err := toml.DecodeFS(files, "locales/said."+tag+".toml", &out); err != nil {
		return nil, fmt.Errorf("read what domains say in %s: %w", tag, err)
	}
	return out, nil
}

// say gives a sentence of a domain in the language.
func (l *locale) say(s said.Sentence) string { return s.In(l.said, l.argument) }

func (l *locale) sayError(err error) string { return said.InError(err, l.said, l.argument) }

// wordKinds are the kinds of words that a sentence of a domain may have in it.
var wordKinds = []string{"stage-", "placement-", "purpose-", "outcome-", "role-", "dim-", "grouping-", "event-resettlement.", "traveller-", "seat-"}

// argument gives what fills in a sentence in the language: countries and languages
// by their names, stored words as the pages have them, the rest as it is.
func (l *locale) argument(v any) any {
	if named, ok := v.(interface{ Name(tag string) string }); ok {
		return named.Name(l.Tag)
	}
	text, ok := v.(string)
	if !ok || text == "" || len(text) > 100 {
		return v
	}
	if known, found := l.said[text]; found {
		return known
	}
	id := strings.ReplaceAll(text, " ", "_")
	for _, kind := range wordKinds {
		if known, err := l.words.Localize(&i18n.LocalizeConfig{MessageID: kind + id}); err == nil {
			return known
		}
	}
	return v
}
