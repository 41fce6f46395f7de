package reference

import (
	"slices"
	"strings"
)

// Language is one language of the CLDR.
type Language struct {
	// Tag is its BCP 47 tag: two letters where there are two, else three.
	Tag string
	// Script is the likely script, ISO 15924 ("Arab"); empty where unknown.
	Script string
	// Autonym is the language's name in itself, where CLDR has it.
	Autonym string

	names localNames
}

// Name gives the language's name in a locale, or in English.
func (l Language) Name(locale string) string { return l.names.in(locale) }

// String gives the name in English.
func (l Language) String() string { return l.Name("en") }

// RightToLeft says whether the likely script runs from right to left.
func (l Language) RightToLeft() bool {
	return slices.Contains([]string{"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"}, l.Script)
}

type languageTable struct {
	all    []Language
	byCode map[string]int
	names  nameIndex
}

// Languages lists all by tag.
func Languages() []Language { return slices.Clone(loaded().languages.all) }

// LanguageByCode finds a language by its tag or its ISO 639-2 or 639-3 code, in
// any case; region and script are ignored ("fr-CA") unless they are listed.
func LanguageByCode(code string) (Language, bool) {
	t := loaded().languages
	tag := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(code)), "_", "-")
	i, ok := t.byCode[tag]
	if base, _, cut := strings.Cut(tag, "-"); !ok && cut {
		i, ok = t.byCode[base]
	}
	if !ok {
		return Language{}, false
	}
	return t.all[i], true
}

// LanguageByName finds a language by code, by its name in any of Locales or by
// its own name for itself, whatever the case and accents.
func LanguageByName(text string) (Language, bool) {
	if l, ok := LanguageByCode(text); ok {
		return l, true
	}
	tag, ok := loaded().languages.names.find(text)
	if !ok {
		return Language{}, false
	}
	return LanguageByCode(tag)
}

func loadLanguages() (languageTable, error) {
	t := languageTable{byCode: map[string]int{}, names: nameIndex{}}
	others := nameIndex{}
	err := rows("languages.csv", func(r []string) error {
		l := Language{Tag: r[0], Script: r[2], Autonym: r[3]}
		copy(l.names[:], r[4:12])
		for _, code := range append(strings.Fields(r[1]), strings.ToLower(l.Tag)) {
			t.byCode[code] = len(t.all)
		}
		t.all = append(t.all, l)
		for _, name := range l.names {
			t.names.add(name, l.Tag)
		}
		for name := range strings.SplitSeq(r[12], "|") {
			others.add(name, l.Tag)
		}
		others.add(l.Autonym, l.Tag)
		return nil
	})
	// A name in itself yields to another language's name in one of Locales.
	for key, tag := range others {
		if _, taken := t.names[key]; !taken {
			t.names[key] = tag
		}
	}
	return t, err
}
