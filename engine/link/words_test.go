package link

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFoldText(t *testing.T) {
	for in, want := range map[string]string{
		"  Kovács   István ": "kovacs istvan", "GROẞ-Müller": "gross muller", "Ørsted, Łódź": "orsted lodz",
		"О’Шевченко": "oshevchenko", "محمد": "mhmd", "Γιώργος": "giorgos", "שרה": "shrh", "Ｔｏｋｙｏ": "tokyo", "İstanbul": "istanbul", "٣": "3", "": "", "陳 張": "陈 张", "کریمی": "krymy", "كريمي": "krymy", "بھٹو": "bhtw", "ښاخېل": "shakhyl",
	} {
		if got := foldText(in); got != want {
			t.Errorf("foldText(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSoundsAlike(t *testing.T) {
	for _, pair := range [][2]string{{"kovacs", "kowatsch"}, {"szabo", "sabo"}, {"mueller", "muller"}, {"shevchenko", "schewtschenko"},
		{"muhammad", "mohamed"}, {"nagy", "nadj"}, {"kiss", "kis"}, {"philipp", "filip"}, {"horvath", "horvat"}} {
		if a, b := soundKey(pair[0]), soundKey(pair[1]); a != b {
			t.Errorf("%v: %q, %q", pair, a, b)
		}
	}
	for _, pair := range [][2]string{{"nagy", "kovacs"}, {"szabo", "varga"}, {"green", "brown"}} {
		if soundKey(pair[0]) == soundKey(pair[1]) {
			t.Errorf("%v sound alike", pair)
		}
	}
}

func TestParseDate(t *testing.T) {
	for in, want := range map[string]date{
		"1956": {year: 1956}, "1956-05": {year: 1956, month: 5}, "1956-05-03": {year: 1956, month: 5, day: 3}, "19560503": {year: 1956, month: 5, day: 3},
		"3.5.1956": {year: 1956, month: 5, day: 3}, "03/05/1956": {year: 1956, month: 5, day: 3}, "1956-00-00": {year: 1956}, "5 May 1956": {year: 1956, month: 5, day: 5},
		"1956-05-03T00:00:00Z": {year: 1956, month: 5, day: 3}, "": {}, "unknown": {}, "12": {},
	} {
		if got := parseDate(in); got != want {
			t.Errorf("parseDate(%q) = %+v, want %+v", in, got, want)
		}
	}
}

func TestCompareBirth(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want uint8
	}{
		{"1956-05-03", "1956-05-03", birthSame}, {"1956-05-03", "1956-03-05", birthMisprint}, {"1956-05-03", "1966-05-03", birthMisprint},
		{"1956-05-03", "1956-05-21", birthMonth}, {"1956-05-03", "1956", birthYearOnly}, {"1956-05-03", "1956-01-01", birthYearOnly}, {"1956", "1956", birthSame},
		{"1956-05-03", "1956-11-20", birthYearOther}, {"1956-05-13", "1931-05-13", birthDayOther}, {"1956-05-03", "1957", birthNear},
		{"1956-05-03", "1949-11-20", birthTen}, {"1956", "1901", birthDifferent}, {"1956", "", 0},
	} {
		if got := compareBirth(parseDate(c.a), parseDate(c.b)); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.a, c.b, birthWords[got], birthWords[c.want])
		}
	}
}

func TestRecognise(t *testing.T) {
	for header, want := range map[string]Kind{
		"full_name": FullName, "Vorname": GivenName, "Családnév": FamilyName, "Geburtsdatum": BirthDate, "date_of_birth": BirthDate, "prénom": GivenName,
		"Apellidos": FamilyName, "Прізвище": FamilyName, "birth_place": Place, "Geschlecht": Sex, "soc_sec_id": Document, "postcode_fake": Postcode,
		"Beruf": Occupation, "household id": Household, "Telefonszám": Phone, "age": Age, "cluster": Ignore, "address_1": FreeText, "suburb": Place, "unique_id": Ignore,
	} {
		if got := Recognise(header, nil); got != want {
			t.Errorf("Recognise(%q) = %q, want %q", header, got, want)
		}
	}
	for _, c := range []struct {
		header string
		sample []string
		want   Kind
	}{{"age", []string{"1956-01-02"}, BirthDate}, {"born", []string{"34", "7"}, Age}, {"column 7", []string{"m", "f", ""}, Sex}, {"??", []string{"1931-05-03", "1940-01-01"}, BirthDate}, {"nr", []string{"17"}, Ignore}} {
		if got := Recognise(c.header, c.sample); got != c.want {
			t.Errorf("Recognise(%q, %q) = %q, want %q", c.header, c.sample, got, c.want)
		}
	}
}

func TestDistances(t *testing.T) {
	if d := editDistance("kovacs", "kovasc", 2); d != 1 {
		t.Errorf("a swap of neighbours counts %d", d)
	}
	if d := editDistance("anna", "ferenc", 2); d != 3 {
		t.Errorf("far words count %d, want limit+1", d)
	}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-d]{0,40}`)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		if editDistance(a, b, 5) != editDistance(b, a, 5) {
			t.Fatal("edit distance is not symmetric")
		}
		if s := jaroWinkler(a, b); s < 0 || s > 1.0000001 || a == b && len(a) > 0 && s < 0.999 {
			t.Fatalf("Jaro-Winkler similarity %g", s)
		}
	})
}

func FuzzScore(f *testing.F) {
	p, _ := register(1, 100, 0.3)
	r := solved(f, p, Options{Seed: 1})
	f.Add("Kovács", "István", "1956-05-03", "Győr", "H1")
	f.Add("देवनागरी", "王小明", "", "កម្ពុជា", "")
	f.Add("\x00\xff", "al-", "٣١-٥-9999999", "،", "=")
	f.Fuzz(func(t *testing.T, family, given, born, place, house string) {
		row := []string{family, given, born, place, house, ""}
		keys, err := Keys(p.Columns, row)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range keys {
			if !utf8.ValidString(k) {
				t.Fatalf("the key %q is no text", k)
			}
		}
		for _, other := range p.Rows[:20] {
			s, err := Score(r.Model, p.Columns, row, other)
			if err != nil || !(s.Probability >= 0 && s.Probability <= 1) {
				t.Fatalf("probability %g, error %v", s.Probability, err)
			}
		}
	})
}

func TestFarApartAgreesWithCompareTokens(t *testing.T) {
	far := 0
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-h]{1,11}`)
		a, b := makeToken(word.Draw(t, "a")), makeToken(word.Draw(t, "b"))
		if !farApart(&a, &b) {
			return
		}
		far++
		if level := compareTokens(&a, &b, 1); level != nameDifferent {
			t.Fatalf("%q and %q are said to be far apart, but compare as %q", a.text, b.text, nameLevels[level].Words)
		}
	})
	if far == 0 {
		t.Error("no pair was far apart")
	}
}

// A letter that keyboards write by several characters is one letter.
func TestKeyboardsWriteOneName(t *testing.T) {
	for _, pair := range [][2]string{{"کریمی", "كريمي"}, {"فاطمہ", "فاطمه"}, {"陳水扁", "陈水扁"}, {"𠀀張", "𠀀张"}} {
		if a, b := foldName(pair[0]), foldName(pair[1]); a != b {
			t.Errorf("%s and %s are %q and %q", pair[0], pair[1], a, b)
		}
	}
}
