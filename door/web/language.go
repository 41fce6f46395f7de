package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// locale is one language of the console, with its sentences and pages.
type locale struct {
	Tag, Name string // BCP 47; its own name
	Dir       string // ltr or rtl
	words     *i18n.Localizer
	numbers   *message.Printer
	pages     map[string]*template.Template
	said      map[string]string // the domains' sentences, by their formats in English
}

// spoken are the languages, the one to fall back on first.
var spoken = []locale{
	{Tag: "en", Name: "English", Dir: "ltr"},
	{Tag: "ar", Name: "العربية", Dir: "rtl"},
	{Tag: "fr", Name: "Français", Dir: "ltr"},
}

type locales struct {
	all     []*locale
	matcher language.Matcher
}

// digits gives a language with the digits that dates and numbers of files have, so
// that one page does not write figures in two ways.
func digits(tag language.Tag) language.Tag {
	latin, err := tag.SetTypeForKey("nu", "latn")
	if err != nil {
		return tag
	}
	return latin
}

func readLocales(assets map[string]asset) (*locales, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	out := &locales{}
	var tags []language.Tag
	for _, l := range spoken {
		if _, err := bundle.LoadMessageFileFS(files, "locales/"+l.Tag+".toml"); err != nil {
			return nil, fmt.Errorf("read the catalogue %s: %w", l.Tag, err)
		}
		tag := language.MustParse(l.Tag)
		tags = append(tags, tag)
		l.words, l.numbers = i18n.NewLocalizer(bundle, l.Tag, "en"), message.NewPrinter(digits(tag))
		var err error
		if l.said, err = readSaid(l.Tag); err != nil {
			return nil, err
		}
		if l.pages, err = l.readPages(assets); err != nil {
			return nil, err
		}
		out.all = append(out.all, &l)
	}
	out.matcher = language.NewMatcher(tags)
	return out, nil
}

// of gives the language that was chosen, or else what the browser asks for.
func (l *locales) of(r *http.Request) *locale {
	if cookie, err := r.Cookie("lang"); err == nil {
		if chosen := l.byTag(cookie.Value); chosen != nil {
			return chosen
		}
	}
	asked, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return l.all[0]
	}
	_, i, _ := l.matcher.Match(asked...)
	return l.all[i]
}

func (l *locales) byTag(tag string) *locale {
	for _, one := range l.all {
		if one.Tag == tag {
			return one
		}
	}
	return nil
}

// text gives a sentence of the catalogue. Pairs of names and values fill it in; a
// value named Count chooses the plural.
func (l *locale) text(id string, pairs ...any) (string, error) {
	config := &i18n.LocalizeConfig{MessageID: id}
	if len(pairs) > 0 {
		data, err := dict(pairs...)
		if err != nil {
			return "", fmt.Errorf("sentence %s: %w", id, err)
		}
		if count, found := data["Count"]; found {
			config.PluralCount = count
			data["Count"] = l.number(count)
		}
		config.TemplateData = data
	}
	return l.words.Localize(config)
}

// word gives the word of a kind in the language, or the stored word itself where
// the catalogue has none: some words stay as they were written.
func (l *locale) word(kind, word string) string {
	if word == "" {
		return ""
	}
	text, err := l.words.Localize(&i18n.LocalizeConfig{MessageID: kind + "-" + strings.ReplaceAll(word, " ", "_")})
	if err != nil {
		return word
	}
	return text
}

// spell puts names where a text has codes of countries, languages, needs or a sex;
// what is of another kind stays.
func (l *locale) spell(kind, codes string) string {
	var name func(string) string
	switch kind {
	case "nationality":
		name = func(code string) string { return countryName(code, l.Tag) }
	case "languages":
		name = func(code string) string { return languageName(code, l.Tag) }
	case "sex", "needs":
		name = func(word string) string { return l.word(strings.TrimSuffix(kind, "s"), word) }
	default:
		return codes
	}
	var out []string
	for _, code := range strings.FieldsFunc(codes, func(r rune) bool { return r == ',' || kind != "needs" && r == ' ' }) {
		out = append(out, name(strings.TrimSpace(code)))
	}
	return strings.Join(out, l.comma())
}

// comma parts the words of a list.
func (l *locale) comma() string {
	if l.Tag == "ar" {
		return "، "
	}
	return ", "
}

func (l *locale) number(n any) string { return l.numbers.Sprint(n) }
