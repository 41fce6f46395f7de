package names

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Limits that bound the time of every call, whatever is typed.
const (
	maxRunes     = 400 // of a name; the rest is not read
	maxWords     = 12  // of a name
	maxWordRunes = 40  // of a word
)

// fold reads a name as lower-case letters of each script in one spelling: no
// accents on Latin and Greek letters, no vowel points, no presentation forms,
// no bidi controls; what separates words becomes a space. Digits stay.
func fold(name string) []rune {
	if len(name) > 8*maxRunes {
		name = name[:8*maxRunes]
	}
	out := make([]rune, 0, len(name)+4)
	var iter norm.Iter
	iter.InitString(norm.NFKC, name)
	for !iter.Done() && len(out) < maxRunes {
		out = foldSegment(out, iter.Next())
	}
	return out
}

func foldSegment(out []rune, segment []byte) []rune {
	for _, r := range string(segment) {
		if r < unicode.MaxASCII {
			out = foldASCII(out, byte(r))
			continue
		}
		out = foldRune(out, unicode.ToLower(r))
	}
	return out
}

func foldASCII(out []rune, c byte) []rune {
	switch {
	case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
		return append(out, rune(c))
	case c >= 'A' && c <= 'Z':
		return append(out, rune(c)+32)
	case c == '\'' || c == '`':
		return out
	case c == ',':
		return append(out, ' ', ',', ' ')
	}
	return append(out, ' ')
}

func foldRune(out []rune, r rune) []rune {
	if letters, ok := foldedLetters(r); ok {
		return append(out, []rune(letters)...)
	}
	script := scriptOf(r)
	switch {
	case ignored(r):
		return out
	case r == '،' || r == '、' || r == '，':
		return append(out, ' ', ',', ' ')
	case script == Kana:
		return append(out, katakana(r))
	case script == Latin || script == Greek:
		for _, d := range norm.NFD.String(string(r)) {
			if !unicode.Is(unicode.Mn, d) && unicode.IsLetter(d) {
				out = append(out, d)
			}
		}
		return out
	case script == Korean || script == Chinese || unicode.IsLetter(r) || unicode.IsMark(r):
		return append(out, r)
	case unicode.IsDigit(r):
		return append(out, digit(r))
	}
	return append(out, ' ')
}

// ignored are marks that do not separate: vowel points of Arabic and Hebrew,
// accents, bidi and joining controls, apostrophes used as letters.
func ignored(r rune) bool {
	switch {
	case r >= 0x300 && r <= 0x36F, r >= 0x591 && r <= 0x5BD, r >= 0x5BF && r <= 0x5C7 && r != 0x5C0 && r != 0x5C3 && r != 0x5C6,
		r >= 0x610 && r <= 0x61A, r >= 0x64B && r <= 0x65F, r == 0x670, r >= 0x6D6 && r <= 0x6ED && r != 0x6DD && r != 0x6DE,
		r == 'ـ', r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F, r == 0xFEFF,
		r >= 0xFE00 && r <= 0xFE0F, r == '’', r == '‘', r == 'ʼ', r == 'ʻ', r == 'ʿ', r == 'ʾ', r == '´', r == '׳', r == '״',
		r >= 0x1F3FB && r <= 0x1F3FF, r == 0xAD:
		return true
	}
	return false
}

// katakana gives the katakana of a hiragana letter.
func katakana(r rune) rune {
	if r >= 'ぁ' && r <= 'ゖ' {
		return r + 0x60
	}
	return r
}

func digit(r rune) rune {
	zero := r
	for zero > r-9 && unicode.IsDigit(zero-1) {
		zero--
	}
	return '0' + (r-zero)%10
}

// foldedLetters are letters that have no decomposition or several spellings in
// one script: Persian and Urdu forms of Arabic letters, Hebrew finals, special
// Latin letters.
func foldedLetters(r rune) (string, bool) {
	switch r {
	case 'ß', 'ẞ':
		return "ss", true
	case 'æ':
		return "ae", true
	case 'œ':
		return "oe", true
	case 'ø':
		return "o", true
	case 'ł':
		return "l", true
	case 'đ', 'ð', 'ɖ', 'ɗ':
		return "d", true
	case 'þ':
		return "th", true
	case 'ı':
		return "i", true
	case 'ħ':
		return "h", true
	case 'ŋ':
		return "ng", true
	case 'ə':
		return "a", true
	case 'ɓ':
		return "b", true
	case 'ƙ':
		return "k", true
	case 'ک', 'ڪ':
		return "ك", true
	case 'ی', 'ې', 'ۍ', 'ے':
		return "ي", true
	case 'ہ', 'ھ', 'ە', 'ۀ':
		return "ه", true
	case 'ۃ':
		return "ة", true
	case 'ٱ':
		return "ا", true
	case 'ך':
		return "כ", true
	case 'ם':
		return "מ", true
	case 'ן':
		return "נ", true
	case 'ף':
		return "פ", true
	case 'ץ':
		return "צ", true
	case 'ς':
		return "σ", true
	}
	return "", false
}
