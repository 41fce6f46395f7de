package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits that bound the time of every call, whatever is typed.
const (
	maxRunes     = 400 // of a name; the rest is not read
	maxWords     = 12  // of a name
	maxWordRunes = 40  // of a word
)

// fold reads a name as lower-case letters of each script in one spelling: no
// accents on Greek letters, no vowel points, no presentation forms, no bidi
// controls; what separates words becomes a space. Digits and the accents of
// Latin letters stay.
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
	if ignored(r) {
		return out
	}
	script := scriptOf(r)
	switch {
	case r == '،' || r == '、' || r == '，':
		return append(out, ' ', ',', ' ')
	case script == Kana:
		return append(out, katakana(r))
	case script == Greek:
		return appendBase(out, r)
	case script == Chinese:
		return append(out, Simplified(r))
	case script == Korean || unicode.IsLetter(r) || unicode.IsMark(r):
		return append(out, r)
	case unicode.IsDigit(r):
		return append(out, digit(r))
	}
	return append(out, ' ')
}

// appendBase appends a letter without its accents.
func appendBase(out []rune, r rune) []rune {
	for _, d := range norm.NFD.String(string(r)) {
		if !unicode.Is(unicode.Mn, d) && unicode.IsLetter(d) {
			out = append(out, d)
		}
	}
	return out
}

// plainLatin takes the accents off Latin letters and resolves special ones.
func plainLatin(runes []rune) []rune {
	out := make([]rune, 0, len(runes))
	for _, r := range runes {
		if r < unicode.MaxASCII {
			out = append(out, r)
		} else if letters, ok := specialLatin(r); ok {
			out = append(out, []rune(letters)...)
		} else {
			out = appendBase(out, r)
		}
	}
	return out
}

// Spelling gives the letters of a word as the learned models read them: folded,
// without spaces, Latin letters without accents, Korean syllables in their parts,
// Chinese characters as the Bopomofo letters of their Mandarin reading.
func Spelling(word string) string {
	var out []rune
	for _, r := range fold(word) {
		switch {
		case r == ' ' || r == ',':
		case r < unicode.MaxASCII:
			out = append(out, r)
		case r >= 0xAC00 && r <= 0xD7A3:
			out = append(out, []rune(norm.NFD.String(string(r)))...)
		case r >= firstHan && r <= lastHan:
			out = append(out, hanReading(r)...)
		case scriptOf(r) == Latin:
			out = append(out, plainLatin([]rune{r})...)
		case r >= firstPersian && r <= lastPersian:
			out = append(out, arabicSpelling(r)...)
		default:
			out = append(out, r)
		}
	}
	return string(out)
}

// The letters that Persian, Urdu and Pashto have beside those of Arabic.
const firstPersian, lastPersian = 'ٮ', 'ۓ'

// arabicSpelling writes a letter that Arabic lacks as Arabic writes its sound in foreign
// names, which is what the learned model has met.
func arabicSpelling(r rune) []rune {
	switch r {
	case 'پ':
		return []rune{'ب'}
	case 'چ':
		return []rune{'ت', 'ش'}
	case 'ژ':
		return []rune{'ج'}
	case 'گ', 'ڭ':
		return []rune{'غ'}
	case 'ڤ', 'ڥ':
		return []rune{'ف'}
	}
	return []rune{r}
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

// foldedLetters are letters with several forms in one script: Persian and Urdu
// forms of Arabic letters, Hebrew and Greek finals.
func foldedLetters(r rune) (string, bool) {
	switch r {
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
	case 'ټ', 'ٹ':
		return "ت", true
	case 'ډ', 'ڈ':
		return "د", true
	case 'ړ', 'ڑ':
		return "ر", true
	case 'ښ':
		return "ش", true
	case 'ځ', 'ږ':
		return "ز", true
	case 'څ':
		return "س", true
	case 'ڼ', 'ں':
		return "ن", true
	case 'ګ':
		return "گ", true
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
	return cyrillicLetter(r)
}

// cyrillicLetter writes letters that Russian lacks (Ukrainian, Belarusian,
// Serbian, Macedonian, Kazakh, Tajik, Mongolian) in Russian ones.
func cyrillicLetter(r rune) (string, bool) {
	i := strings.IndexRune(cyrillicFrom, r)
	if i < 0 || r < 0x400 {
		return "", false
	}
	return cyrillicTo[utf8.RuneCountInString(cyrillicFrom[:i])], true
}

const cyrillicFrom = "іїєґўјљњћђџѓќѕәғқңөүұһӣӯҳҷ"

var cyrillicTo = [...]string{"и", "и", "е", "г", "в", "й", "ль", "нь", "ч", "дж", "дж", "г", "к", "дз", "а", "г", "к", "н", "о", "у", "у",
	"х", "и", "у", "х", "дж"}

// specialLatin are Latin letters that have no decomposition.
func specialLatin(r rune) (string, bool) {
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
	}
	return "", false
}
