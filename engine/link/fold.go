package link

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// foldText gives lower-case Latin letters and digits without accents, words
// separated by single spaces. Letters of other scripts are romanised.
func foldText(s string) string {
	if plain(s) {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	space := false
	emit := func(t string) {
		if space && out.Len() > 0 {
			out.WriteByte(' ')
		}
		space = false
		out.WriteString(t)
	}
	for _, r := range norm.NFKC.String(s) {
		r = unicode.ToLower(r)
		if latin, ok := roman(r); ok {
			if latin != "" {
				emit(latin)
			}
			continue
		}
		switch {
		case r < 128 && isAlnum(byte(r)):
			emit(string(r))
		case r == '\'' || r == '’' || r == 'ʼ' || r == '`':
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			for _, d := range norm.NFKD.String(string(r)) {
				if !unicode.Is(unicode.Mn, d) {
					emit(string(unicode.ToLower(d)))
				}
			}
		default:
			space = true
		}
	}
	return out.String()
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
	var out []byte
	for i := 0; i < len(s); i++ {
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
