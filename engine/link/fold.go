package link

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cairn/engine/names"
)

// longestCell bounds how much of one cell is read, in bytes; what is longer is no
// name, date or address.
const longestCell = 4096

// foldText gives lower-case Latin letters and digits without accents, words
// separated by single spaces. Letters of other scripts are romanised.
func foldText(s string) string { return fold(s, true) }

// foldName is foldText that keeps the letters of other scripts.
func foldName(s string) string { return fold(s, false) }

func fold(s string, romanise bool) string {
	if len(s) > longestCell {
		cut := longestCell
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut]
	}
	if plain(s) {
		return s
	}
	if ascii(s) {
		return foldASCII(s)
	}
	f := folder{out: make([]byte, 0, len(s)+8), romanise: romanise}
	for _, r := range norm.NFKC.String(s) {
		f.rune(unicode.ToLower(r))
	}
	return string(f.out)
}

type folder struct {
	out             []byte
	space, romanise bool
}

func (f *folder) emit(t string) {
	if f.space && len(f.out) > 0 {
		f.out = append(f.out, ' ')
	}
	f.space = false
	f.out = append(f.out, t...)
}

func (f *folder) rune(r rune) {
	r = oneForm(r)
	if f.romanise || r < 0x370 {
		if latin, ok := roman(r); ok {
			if latin != "" {
				f.emit(latin)
			}
			return
		}
	}
	switch {
	case r < 128 && isAlnum(byte(r)):
		f.emit(string(r))
	case r == '\'' || r == '’' || r == 'ʼ' || r == '`':
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
	case !f.romanise && r >= 0x370 && (unicode.IsLetter(r) || unicode.Is(unicode.Mc, r)):
		f.emit(string(r))
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		for _, d := range norm.NFKD.String(string(r)) {
			if !unicode.Is(unicode.Mn, d) {
				f.emit(string(unicode.ToLower(d)))
			}
		}
	default:
		f.space = true
	}
}

// oneForm gives one of the characters by which keyboards write a letter: Persian and Urdu
// ones beside Arabic ones, traditional Chinese characters beside simplified ones.
func oneForm(r rune) rune {
	switch {
	case r < 0x671:
		return r
	case r == 'ک' || r == 'ڪ':
		return 'ك'
	case r == 'ی':
		return 'ي'
	case r == 'ہ' || r == 'ھ':
		return 'ه'
	case r == 'ۃ':
		return 'ة'
	case r == 'ٱ':
		return 'ا'
	}
	return names.Simplified(r)
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// foldASCII is foldText for text without other letters.
func foldASCII(s string) string {
	var room [64]byte
	out, space := room[:0], false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
		case c == '\'' || c == '`':
			continue
		default:
			space = true
			continue
		}
		if space && len(out) > 0 {
			out = append(out, ' ')
		}
		space = false
		out = append(out, c)
	}
	return string(out)
}

func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if isAlnum(s[i]) && (s[i] < 'A' || s[i] > 'Z') {
			continue
		}
		if s[i] == ' ' && i > 0 && i < len(s)-1 && s[i-1] != ' ' {
			continue
		}
		return false
	}
	return true
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func digitsOf(s string) string {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == len(s) {
		return s
	}
	out := []byte(s[:i])
	for ; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			out = append(out, s[i])
		}
	}
	return string(out)
}

// compact removes the spaces of a folded text.
func compact(s string) string {
	return strings.ReplaceAll(s, " ", "")
}
