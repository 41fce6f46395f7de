package reference

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Locales are the languages in which countries and languages are named, as
// BCP 47 tags. English comes first: names fall back to it.
func Locales() []string { return []string{"en", "fr", "ar", "hu", "de", "es", "ru", "uk"} }

const locales = 8

type localNames [locales]string

func (n localNames) in(locale string) string {
	base, _, _ := strings.Cut(locale, "-")
	for i, l := range Locales() {
		if l == base && n[i] != "" {
			return n[i]
		}
	}
	return n[0]
}

// letters that a decomposition does not reduce to a plain one.
var letters = strings.NewReplacer(
	"ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i",
	"ى", "ي", "ة", "ه", "ـ", "", "’", "", "'", "", "ʼ", "", "&", " and ", "ʻ", "",
)

// Key reduces a name to what two spellings of it share: lower case, without
// accents, apostrophes or punctuation, "St." written out.
func Key(name string) string {
	var b strings.Builder
	for _, r := range letters.Replace(plain(name)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(b.String())
	for i, w := range words {
		if w == "st" {
			words[i] = "saint"
		}
	}
	return strings.Join(words, " ")
}

// plain decomposes twice: some letters decompose into capitals.
func plain(name string) string {
	return norm.NFKD.String(strings.ToLower(norm.NFKD.String(name)))
}

// nameIndex finds a code by key. A key that names two different things finds
// none: a wrong country is worse than a question.
type nameIndex map[string]string

const ambiguous = "?"

func (x nameIndex) add(name, code string) {
	key := Key(name)
	if key == "" {
		return
	}
	if had, ok := x[key]; ok && had != code {
		x[key] = ambiguous
		return
	}
	x[key] = code
}

func (x nameIndex) find(text string) (string, bool) {
	code, ok := x[Key(text)]
	return code, ok && code != ambiguous
}
