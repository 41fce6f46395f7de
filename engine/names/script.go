package names

import "unicode"

// Script is the writing system of a word.
type Script uint8

// The scripts that names are read in. Other stands for all the rest: such words
// are compared letter by letter and only with words of the same script.
const (
	Other Script = iota
	Latin
	Arabic
	Hebrew
	Cyrillic
	Chinese
	Korean
	Kana
	Greek
	Georgian
	Armenian
	Devanagari
	Bengali
	Ethiopic
	Burmese
	Khmer
	Thai
	scripts
)

var scriptNames = [scripts]string{"other", "latin", "arabic", "hebrew", "cyrillic", "chinese", "korean", "kana",
	"greek", "georgian", "armenian", "devanagari", "bengali", "ethiopic", "burmese", "khmer", "thai"}

func (s Script) String() string {
	if s < scripts {
		return scriptNames[s]
	}
	return "other"
}

// Learned says whether the script is read by a model trained on pairs of names;
// otherwise a table of a public standard gives its only Latin reading.
func (s Script) Learned() bool { return s >= Arabic && s <= Kana }

var scriptRanges = [scripts]*unicode.RangeTable{
	Latin: unicode.Latin, Arabic: unicode.Arabic, Hebrew: unicode.Hebrew, Cyrillic: unicode.Cyrillic,
	Chinese: unicode.Han, Korean: unicode.Hangul, Greek: unicode.Greek, Georgian: unicode.Georgian,
	Armenian: unicode.Armenian, Devanagari: unicode.Devanagari, Bengali: unicode.Bengali, Ethiopic: unicode.Ethiopic,
	Burmese: unicode.Myanmar, Khmer: unicode.Khmer, Thai: unicode.Thai,
}

// scriptOf is the script of one letter; Other for what is no letter of a known
// script.
func scriptOf(r rune) Script {
	if r < 0x250 {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xC0 && r != '×' && r != '÷' {
			return Latin
		}
		return Other
	}
	if r == 'ー' || unicode.In(r, unicode.Katakana, unicode.Hiragana) {
		return Kana
	}
	for s, table := range scriptRanges {
		if table != nil && unicode.Is(table, r) {
			return Script(s)
		}
	}
	return Other
}
