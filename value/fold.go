package value

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the words of s as a search compares them: case folded, marks
// removed, Cyrillic, Greek, Arabic and Hebrew roughly romanised, words parted
// by single spaces, apostrophes dropped. Other scripts keep their letters.
//
//	Fold("O'Brien–Müller  Дем'ян") = "obrien muller demyan"
func Fold(s string) string {
	folded := appendFolded(make([]byte, 0, len(s)+8), s)
	return string(folded)
}

// appendFolded adds the folded words of s, single spaces between them and none
// at either end.
func appendFolded(out []byte, s string) []byte {
	if !isASCII(s) && !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	f := folder{out: out, start: len(out), ukrainian: looksUkrainian(s)}
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			f.ascii(c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		f.rune(r, s[i+size:])
		i += size
	}
	if n := len(f.out); n > f.start && f.out[n-1] == ' ' {
		f.out = f.out[:n-1]
	}
	return f.out
}

type folder struct {
	out       []byte
	start     int
	ukrainian bool
}

func (f *folder) inWord() bool {
	return len(f.out) > f.start && f.out[len(f.out)-1] != ' '
}

func (f *folder) endWord() {
	if f.inWord() {
		f.out = append(f.out, ' ')
	}
}

func (f *folder) ascii(c byte) {
	switch {
	case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		f.out = append(f.out, c)
	case c >= 'A' && c <= 'Z':
		f.out = append(f.out, c+'a'-'A')
	case c == '\'' || c == '`':
	default:
		f.endWord()
	}
}

func (f *folder) rune(r rune, rest string) {
	if r < latinEnd {
		if folded := latin(r); folded != "" {
			f.out = append(f.out, folded...)
			return
		}
	}
	switch {
	case isApostrophe(r) || isInvisible(r) || isJoiner(r) || isBidiControl(r):
	case r == 'ا' && !f.inWord() && startsArticle(rest):
		f.out = append(f.out, 'a')
	case r == 'ل' && f.endsArticle(rest):
		f.out = append(f.out, 'l', ' ')
	default:
		f.slowRune(r)
	}
}

func isApostrophe(r rune) bool {
	switch r {
	case '’', '‘', 'ʼ', 'ʻ', 'ʿ', 'ʾ', '´', '′', 'ʹ', '׳', '״':
		return true
	}
	return false
}

// startsArticle reports whether the Arabic article (ا then rest = ل…) opens a
// word of at least three more letters: such a word is searched without it.
func startsArticle(rest string) bool {
	if !strings.HasPrefix(rest, "ل") {
		return false
	}
	letters := 0
	for _, r := range rest[len("ل"):] {
		if !unicode.Is(unicode.Arabic, r) {
			break
		}
		letters++
	}
	return letters >= 3
}

func (f *folder) endsArticle(rest string) bool {
	n := len(f.out)
	if n == f.start || f.out[n-1] != 'a' || n-1 > f.start && f.out[n-2] != ' ' {
		return false
	}
	return startsArticle("ل" + rest)
}

func (f *folder) slowRune(r rune) {
	if romanised, ok := f.romanise(r); ok {
		f.out = append(f.out, romanised...)
		return
	}
	if unicode.IsMark(r) {
		if f.inWord() && keepsMarks(r) {
			f.out = utf8.AppendRune(f.out, r)
		}
		return
	}
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		f.endWord()
		return
	}
	f.decomposed(r)
}

// decomposed handles compatibility forms and letters with marks (full-width
// Latin, Arabic presentation forms, polytonic Greek, Vietnamese).
func (f *folder) decomposed(r rune) {
	if unicode.Is(unicode.Hangul, r) {
		f.out = utf8.AppendRune(f.out, r)
		return
	}
	var buffer [utf8.UTFMax]byte
	size := utf8.EncodeRune(buffer[:], r)
	for _, part := range string(norm.NFKD.Bytes(buffer[:size])) {
		part = unicode.ToLower(part)
		romanised, ok := f.romanise(part)
		switch {
		case ok:
			f.out = append(f.out, romanised...)
		case part < utf8.RuneSelf:
			f.ascii(byte(part))
		case part < latinEnd && latin(part) != "":
			f.out = append(f.out, latin(part)...)
		case unicode.IsMark(part) && !keepsMarks(part):
		default:
			f.out = utf8.AppendRune(f.out, digitOrRune(part))
		}
	}
}

// digitOrRune turns decimal digits of any script to ASCII.
func digitOrRune(r rune) rune {
	if d, ok := DigitValue(r); ok {
		return '0' + rune(d)
	}
	return r
}

// DigitValue gives the value of a decimal digit of any script (Unicode Nd).
func DigitValue(r rune) (int, bool) {
	if r >= '0' && r <= '9' {
		return int(r - '0'), true
	}
	if r < utf8.RuneSelf || !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	// Decimal digits stand in runs of ten that begin with zero (Unicode 4.6).
	zero := r
	for zero > 0 && unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
		zero--
	}
	return int(r-zero) % 10, true
}

// keepsMarks: in Indic and South-East Asian scripts vowel signs are marks, and
// dropping them would join different names.
func keepsMarks(r rune) bool {
	return r >= 0x0900 && r < 0x1ab0 || r >= 0x1b00 && r < 0x1dc0 || r >= 0xa800
}
