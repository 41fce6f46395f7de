package reference

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestTables(t *testing.T) {
	if _, err := load(); err != nil {
		t.Fatal(err)
	}
	if n := len(Countries()); n != 264 {
		t.Errorf("%d countries; 249 of ISO, Kosovo, 6 of ICAO and 8 historic were expected", n)
	}
	for _, c := range Countries() {
		for _, locale := range Locales() {
			if c.Name(locale) == "" {
				t.Errorf("%s has no name in %s", c.Alpha3, locale)
			}
		}
		if c.Kind == KindISO && (!c.Placed || c.Alpha2 == "") {
			t.Errorf("%s has no position or alpha-2 code", c.Alpha3)
		}
		if c.Latitude < -90 || c.Latitude > 90 || c.Longitude < -180 || c.Longitude > 180 {
			t.Errorf("%s lies off the earth: %v, %v", c.Alpha3, c.Latitude, c.Longitude)
		}
		if (c.Kind == KindHistoric) != (len(c.Successors()) > 0 && c.Until > 0) {
			t.Errorf("%s: successors and an end belong to historic states only", c.Alpha3)
		}
		for _, next := range c.Successors() {
			if s, ok := CountryByCode(next); !ok || s.Kind != KindISO {
				t.Errorf("%s has an unknown successor %s", c.Alpha3, next)
			}
		}
	}
}

func TestCountryByName(t *testing.T) {
	cases := map[string]string{
		"Hungary": "HUN", "hungria": "HUN", "Ungarn": "HUN", "Magyarország": "HUN", "MAGYARORSZAG": "HUN", "المجر": "HUN", "Угорщина": "HUN", "Венгрия": "HUN",
		"hu": "HUN", " hun ": "HUN", "Ausztria": "AUT", "Österreich": "AUT", "Osterreich": "AUT",
		"Egyesült Államok": "USA", "USA": "USA", "United States of America": "USA", "UK": "GBR",
		"Cote d'Ivoire": "CIV", "Ivory Coast": "CIV", "Swaziland": "SWZ", "Eswatini": "SWZ",
		"North Macedonia": "MKD", "Türkiye": "TUR", "Turkey": "TUR", "سوريا": "SYR", "Syrian Arab Republic": "SYR",
		"Bosnia and Herzegovina": "BIH", "St. Lucia": "LCA", "Saint Lucia": "LCA", "Iran (Islamic Republic of)": "IRN",
		"Jugoszlávia": "YUG", "Югославия": "YUG", "Yugoslavia": "YUG", "Burma": "MMR", "Zaïre": "COD", "ZAR": "COD",
		"Stateless": "XXA", "XXB": "XXB", "Democratic Republic of the Congo": "COD", "RKS": "XKX", "Kosovo": "XKX",
	}
	for text, want := range cases {
		if c, ok := CountryByName(text); !ok || c.Alpha3 != want {
			t.Errorf("%q gave %q, want %s", text, c.Alpha3, want)
		}
	}
	for _, text := range []string{"", "Congo", "Atlantis", "ZZZ", "?", "\x00\xff", "Korea"} {
		if c, ok := CountryByName(text); ok {
			t.Errorf("%q gave %s, want none", text, c.Alpha3)
		}
	}
}

// Every name is found again, or belongs to two countries and is found by none.
func TestNamesFindTheirOwn(t *testing.T) {
	shared := map[string]bool{}
	for _, c := range Countries() {
		for _, locale := range Locales() {
			found, ok := CountryByName(c.Name(locale))
			if ok && found.Alpha3 != c.Alpha3 {
				t.Errorf("%s (%s) found %s, not %s", c.Name(locale), locale, found.Alpha3, c.Alpha3)
			}
			if !ok {
				shared[c.Name(locale)] = true
			}
		}
	}
	if len(shared) > 3 {
		t.Errorf("names shared by countries: %v", shared)
	}
}

func TestSpellingsShareAKey(t *testing.T) {
	names := []string{}
	for _, c := range Countries() {
		names = append(names, c.Name("fr"), c.Name("hu"), c.Name("ru"), c.Name("ar"))
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "name")
		upper := strings.ToUpper(name)
		spaced := "  " + strings.ReplaceAll(name, " ", "\t ") + " "
		if Key(upper) != Key(name) || Key(spaced) != Key(name) {
			t.Fatalf("%q: keys %q, %q, %q", name, Key(name), Key(upper), Key(spaced))
		}
	})
}

func FuzzKey(f *testing.F) {
	f.Add("Österreich")
	f.Add("الإمارات العربية المتحدة")
	f.Add("\xff\x00İ")
	f.Fuzz(func(t *testing.T, s string) {
		key := Key(s)
		if Key(key) != key {
			t.Errorf("the key of %q is not its own key: %q, %q", s, key, Key(key))
		}
		if strings.ContainsFunc(key, func(r rune) bool { return unicode.IsPunct(r) || unicode.Is(unicode.Mn, r) }) {
			t.Errorf("the key of %q holds marks: %q", s, key)
		}
		CountryByName(s)
		LanguageByName(s)
	})
}

func TestLanguages(t *testing.T) {
	cases := map[string]string{
		"ar": "ar", "ARA": "ar", "Arabic": "ar", "arabe": "ar", "العربية": "ar", "Українська": "uk", "ukr": "uk", "ukrán": "uk",
		"magyar": "hu", "Ungarisch": "hu", "fr-CA": "fr", "zh_Hant": "zh-Hant", "ger": "de", "deu": "de", "Deutsch": "de", "Somali": "so",
	}
	for text, want := range cases {
		if l, ok := LanguageByName(text); !ok || l.Tag != want {
			t.Errorf("%q gave %q, want %s", text, l.Tag, want)
		}
	}
	for _, text := range []string{"", "qqq", "Klingonish", "-"} {
		if l, ok := LanguageByName(text); ok {
			t.Errorf("%q gave %s, want none", text, l.Tag)
		}
	}
	rtl := []string{}
	for _, tag := range []string{"ar", "he", "fa", "ur", "ps", "dv", "hu", "ru"} {
		if l, _ := LanguageByCode(tag); l.RightToLeft() {
			rtl = append(rtl, tag)
		}
	}
	if want := []string{"ar", "he", "fa", "ur", "ps", "dv"}; !slices.Equal(rtl, want) {
		t.Errorf("right to left: %v, want %v", rtl, want)
	}
}

func TestSources(t *testing.T) {
	for _, id := range []string{
		"refugee-convention-1951/art-33", "cat/art-3", "iccpr/art-7", "iccpr/art-12", "crc/art-3", "crc/art-9", "crc/art-10",
		"oau-1969/art-2-3", "cartagena/5", "crpd/art-12", "cedaw", "ihr-2005", "iata-medical-manual", "gcm/objective-21",
	} {
		if _, ok := SourceByID(id); !ok {
			t.Errorf("no source %s", id)
		}
	}
	for _, s := range Sources() {
		again, ok := SourceByID(s.ID)
		if !ok || again != s {
			t.Errorf("%s is not found again", s.ID)
		}
		if s.Title == "" || s.Cite() == "" || !strings.HasSuffix(s.Summary, ".") || s.Basis != RecalledLabel {
			t.Errorf("%s lacks a title, a summary or its label: %+v", s.ID, s)
		}
		if (s.Form == "treaty") != (s.InForce != "") {
			t.Errorf("%s: a treaty, and nothing else, has a day of entry into force", s.ID)
		}
	}
	if _, ok := SourceByID("CAT/art-3"); ok {
		t.Error("ids must be exact")
	}
	if n := len(DetentionRules()); n != 13 {
		t.Errorf("%d rules on detention, want 13", n)
	}
}

func TestBound(t *testing.T) {
	cases := []struct {
		state, instrument, bound string
	}{
		{"HUN", "icerd", "1967-05-04"},
		{"GRD", "icerd", "2013-05-10"},
		{"AGO", "icerd", ""}, // signed only
		{"HUN", "gcm", ""},
		{"ZZZ", "cat", ""},
	}
	for _, c := range cases {
		at, ok := Bound(c.state, c.instrument)
		got := ""
		if ok {
			got = at.Format("2006-01-02")
		}
		if got != c.bound {
			t.Errorf("%s, %s: bound %q, want %q", c.state, c.instrument, got, c.bound)
		}
	}
	if a, ok := TreatyAction("AGO", "icerd"); !ok || a.Signed.IsZero() || a.Mode != "" {
		t.Errorf("a signature alone: %+v, %v", a, ok)
	}
	for key := range loaded().actions {
		if _, ok := SourceByID(key.instrument); !ok {
			t.Errorf("action on an unknown instrument %s", key.instrument)
		}
		if _, ok := CountryByCode(key.state); !ok {
			t.Errorf("action of an unknown state %s", key.state)
		}
	}
}
