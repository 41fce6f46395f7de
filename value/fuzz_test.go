package value

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParseName reads any text as a name: what is accepted is valid text that keeps
// every letter, folds to the same keys each time, and is never changed by reading it
// again.
func FuzzParseName(f *testing.F) {
	for _, seed := range []string{"Kovács, János", "أحمد حسن", "Шевченко, Олена", "\u202eevil", "a\x00b", ",", ",,", "von der Leyen", strings.Repeat("é", 300), "O'Brien–Müller", "\xff\xfe", "Pеtrov", "=1+1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		name, err := ParseName(text)
		if err != nil {
			return
		}
		if !utf8.ValidString(name.Full) {
			t.Fatalf("%q gives %q", text, name.Full)
		}
		again, err := ParseName(name.Full)
		if err != nil || again.Full != name.Full {
			t.Errorf("%q read again is %q, %v", name.Full, again.Full, err)
		}
		for _, key := range SearchKeys(name) {
			if !utf8.ValidString(key) || key == "" {
				t.Errorf("%q has the key %q", text, key)
			}
		}
	})
}
