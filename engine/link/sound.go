package link

import (
	"strings"
	"unicode/utf8"
)

// soundRules bring the spellings of German, English, Hungarian, Slavic and
// Arabic names in Latin letters to one code; longer spellings come first. S
// stands for all hissing sounds, C for the "ch" of "church".
var soundRules = strings.NewReplacer(
	"tsch", "C", "tch", "C", "shch", "S", "sch", "S", "dzs", "J", "csh", "C", "scz", "S", "szcz", "S",
	"cs", "C", "cz", "C", "ch", "C", "ts", "S", "tz", "S", "zs", "S", "zh", "S", "sz", "S", "sh", "S", "kh", "C",
	"dj", "J", "dzh", "J", "dz", "S", "gy", "J", "dy", "J", "gh", "g", "ph", "f", "th", "t", "dh", "d", "ck", "k",
	"qu", "kv", "ty", "t", "ly", "l", "ll", "l", "ny", "n", "nj", "n", "lj", "l", "ou", "u", "x", "kS",
	"ce", "Se", "ci", "Si", "c", "k", "q", "k", "w", "v", "z", "S", "s", "S", "j", "y",
)

// soundKey gives the consonants of a folded name as they sound; a leading vowel
// stays as "a". Names that sound alike in one of the languages mostly have the
// same key.
func soundKey(name string) string {
	if len(name) < 2 {
		return name
	}
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf {
			return start(name, 16) // a script that is not romanised
		}
	}
	coded := soundRules.Replace(name)
	var key [16]byte
	n := 0
	last := byte(0)
	for i := 0; i < len(coded) && n < len(key); i++ {
		c := coded[i]
		switch c {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'h':
			if i == 0 && c != 'h' {
				key[0], n = 'a', 1
			}
			last = 0
			continue
		case 'J':
			c = 'd'
		case 'C':
			c = 'S'
		case 'v', 'p':
			if c == 'v' {
				c = 'f'
			}
		case 'd':
			c = 't'
		case 'g':
			c = 'k'
		case 'b':
			c = 'p'
		}
		if c != last {
			key[n] = c
			n++
		}
		last = c
	}
	return string(key[:n])
}
