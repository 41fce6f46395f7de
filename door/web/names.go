package web

import (
	"fmt"
	"strings"
	"unicode"
)

// visible shows characters that turn the direction of text or hide in it, so that no
// name can make a page look other than it is. Joiners stay: Persian and the scripts
// of India need them.
var visible = func() *strings.Replacer {
	var pairs []string
	for _, table := range []*unicode.RangeTable{unicode.Cf, unicode.Cc, unicode.Zl, unicode.Zp} {
		for r := range runes(table) {
			if !strings.ContainsRune("\t\n\r\u200c\u200d", r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) {
				pairs = append(pairs, string(r), fmt.Sprintf("[U+%04X]", r))
			}
		}
	}
	return strings.NewReplacer(pairs...)
}()

// runes goes through a table of characters.
func runes(table *unicode.RangeTable) func(func(rune) bool) {
	return func(yield func(rune) bool) {
		for _, r := range table.R16 {
			for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
				if !yield(c) {
					return
				}
			}
		}
		for _, r := range table.R32 {
			for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// alike are the scripts whose letters are taken for each other.
var alike = []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee, unicode.Coptic}

// mixed says whether a word has letters of two scripts that look alike, as "Ко" in
// Cyrillic before "vács": such a name is not found by who types what they see
// (Unicode Technical Standard 39, section 5.1). It is shown and never changed.
func mixed(text string) bool {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	for _, word := range words {
		found := -1
		for _, r := range word {
			for i, script := range alike {
				if !unicode.Is(script, r) {
					continue
				}
				if found >= 0 && found != i {
					return true
				}
				found = i
			}
		}
	}
	return false
}
