package reference

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// CountryByNationality finds a country as lists of people name it: by a code or a
// name as CountryByName does, by its name in some forty further languages, or by the
// adjective or the noun of its nationals ("österreichische", "Hungarian", "szíriai",
// "عراقي"). A word that may mean two of them finds none.
func CountryByNationality(text string) (Country, bool) {
	if c, ok := CountryByName(text); ok {
		return c, true
	}
	for _, words := range []nameIndex{nationalities().names, nationalities().adjectives} {
		if code, ok := words.find(text); ok {
			return CountryByCode(code)
		}
	}
	return Country{}, false
}

type nationalityTable struct {
	names      nameIndex // in further languages
	adjectives nameIndex
}

// nationalities are read when they are first asked for: most words are names. Like
// the other tables they are part of the program, and TestNationalities reads them.
var nationalities = sync.OnceValue(func() nationalityTable {
	t, err := loadNationalities()
	if err != nil {
		panic("reference: embedded tables are damaged: " + err.Error())
	}
	return t
})

func loadNationalities() (nationalityTable, error) {
	t := nationalityTable{names: nameIndex{}, adjectives: nameIndex{}}
	err := rows("country_names.csv", func(r []string) error {
		for name := range strings.SplitSeq(r[1], "|") {
			t.names.add(name, r[0])
		}
		return nil
	})
	if err != nil {
		return t, err
	}
	inflections := []func(string) []string{asWritten, german, french, spanish, slavic}
	err = rows("nationalities.csv", func(r []string) error {
		for i, inflect := range inflections {
			for word := range strings.SplitSeq(r[i+1], "|") {
				for _, form := range inflect(word) {
					t.adjectives.add(form, r[0])
				}
			}
		}
		return nil
	})
	for _, c := range Countries() {
		for _, form := range append(hungarian(c.Name("hu")), arabic(c.Name("ar"))...) {
			if _, known := t.adjectives[Key(form)]; !known && c.Kind == KindISO {
				t.adjectives.add(form, c.Alpha3)
			}
		}
	}
	return t, err
}

func asWritten(word string) []string { return []string{word} }

func withEndings(stem string, endings ...string) []string {
	forms := make([]string, len(endings))
	for i, ending := range endings {
		forms[i] = stem + ending
	}
	return forms
}

// german gives the forms of an adjective, or of a noun for both sexes.
func german(word string) []string {
	r, _ := utf8.DecodeRuneInString(word)
	if unicode.IsUpper(r) && !strings.HasSuffix(word, "isch") {
		return append(withEndings(word, "", "n"), strings.TrimSuffix(word, "e")+"in")
	}
	return withEndings(word, "", "e", "er", "en", "es", "em")
}

// french gives masculine and feminine, singular and plural.
func french(word string) []string {
	switch {
	case strings.HasSuffix(word, "e"):
		return withEndings(word, "", "s")
	case strings.HasSuffix(word, "en"):
		return withEndings(word, "", "s", "ne", "nes")
	}
	return withEndings(word, "", "s", "e", "es")
}

// spanish gives masculine and feminine, singular and plural; accents do not count.
func spanish(word string) []string {
	if stem, ends := strings.CutSuffix(word, "o"); ends {
		return withEndings(stem, "o", "a", "os", "as")
	}
	return withEndings(word, "", "a", "s", "es", "as")
}

// slavic gives the endings of a stem that ends in k, in Latin or in Cyrillic letters;
// another word stands as it is written.
func slavic(word string) []string {
	switch {
	case strings.HasSuffix(word, "k"):
		return withEndings(word, "", "i", "a", "o", "e", "og", "oga", "oj", "om", "im", "ih", "u", "y", "ie", "iego", "iej", "á", "é", "ý")
	case strings.HasSuffix(word, "к"):
		return withEndings(word, "ий", "ая", "ое", "ие", "ого", "ой", "их", "и", "а", "о", "е", "і", "ої")
	}
	return []string{word}
}

// hungarian makes the adjective of a country's name: szíriai.
func hungarian(name string) []string { return withEndings(name, "i", "beli") }

// arabic makes the relative adjective of a country's name, for both sexes and many:
// سوريا gives سوري and سورية.
func arabic(name string) []string {
	if strings.Contains(name, " ") {
		return nil
	}
	stem := strings.TrimPrefix(name, "ال")
	for _, ending := range []string{"ستان", "يا", "ية", "ا", "ة"} {
		if short, ends := strings.CutSuffix(stem, ending); ends && ending == "ستان" {
			return append(withEndings(short, "ي", "ية", "يون"), withEndings(stem, "ي", "ية", "يون")...)
		} else if ends && ending == "ا" { // نمسا gives نمساوي, فرنسا فرنسي
			return append(withEndings(stem, "وي", "وية", "ويون"), withEndings(short, "ي", "ية", "يون", "يين")...)
		} else if ends {
			stem = short
			break
		}
	}
	return withEndings(stem, "ي", "ية", "يون", "يين")
}
