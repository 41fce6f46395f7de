package mrz

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Latin spells a name in the capital letters A–Z as Doc 9303 part 3, section 6
// recommends: Latin letters with marks, Cyrillic and Arabic. Hyphens become
// spaces, apostrophes and full stops vanish. Names in other scripts are an error.
func Latin(name string) (string, error) {
	plain := true
	for i := range len(name) {
		if c := name[i]; c != ' ' && (c < 'A' || c > 'Z') {
			plain = false
			break
		}
	}
	if plain {
		return strings.Join(strings.Fields(name), " "), nil
	}
	var b strings.Builder
	for _, r := range norm.NFC.String(name) {
		if err := spell(&b, unicode.ToUpper(r)); err != nil {
			return "", fmt.Errorf("name %q: %w", name, err)
		}
	}
	return strings.Join(strings.Fields(b.String()), " "), nil
}

func spell(b *strings.Builder, r rune) error {
	switch {
	case r >= 'A' && r <= 'Z':
		b.WriteRune(r)
		return nil
	case unicode.IsSpace(r) || r == '-' || r == '‐' || r == '–' || r == ',':
		b.WriteByte(' ')
		return nil
	case unicode.IsMark(r) || unicode.IsPunct(r) || r == 'ـ' || r == '´' || r == '`' || r == 'ʼ' || unicode.Is(unicode.Cf, r):
		return nil
	}
	if to, ok := latinTable()[r]; ok {
		b.WriteString(to)
		return nil
	}
	for _, part := range norm.NFD.String(string(r)) {
		if part >= 'A' && part <= 'Z' {
			b.WriteRune(part)
			return nil
		}
	}
	return fmt.Errorf("the letter %q has no Latin spelling in Doc 9303: write the name in Latin letters", r)
}
