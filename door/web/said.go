package web

import (
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"

	"cairn/format/headers"
	"cairn/value"
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

// argument gives what fills in a sentence in the language: countries, languages and
// fields of lists by their names, stored words as the pages have them, the rest as it is.
func (l *locale) argument(v any) any {
	switch v := v.(type) {
	case interface{ Name(tag string) string }:
		return v.Name(l.Tag)
	case headers.FieldID:
		return l.word("column", string(v))
	case headers.FieldIDs:
		var names []string
		for _, id := range v {
			names = append(names, l.word("column", string(id)))
		}
		return strings.Join(names, l.comma())
	case value.DateOrder:
		return l.word("order", string(v))
	case string:
		if word, found := l.stored(v); found {
			return word
		}
		return l.listed(v)
	}
	return v
}

// listed gives a list of stored words, such as what may be chosen; a text of another
// kind as it is.
func (l *locale) listed(text string) string {
	words := strings.Split(text, ", ")
	for i, stored := range words {
		word, found := l.stored(stored)
		if !found {
			return text
		}
		words[i] = word
	}
	return strings.Join(words, l.comma())
}

// stored gives a word that a sentence has as it is stored.
func (l *locale) stored(text string) (string, bool) {
	if text == "" || len(text) > 100 {
		return "", false
	}
	id := strings.ReplaceAll(text, " ", "_")
	for _, kind := range wordKinds {
		if known, err := l.words.Localize(&i18n.LocalizeConfig{MessageID: kind + id}); err == nil {
			return known, true
		}
	}
	return "", false
}
