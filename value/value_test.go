package value

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseName(t *testing.T) {
	for _, test := range []struct{ in, full, given, family, fails string }{
		{in: " Kovács, János\t", full: "Kovács, János", given: "János", family: "Kovács"},
		{in: "محمد الحسن", full: "محمد الحسن"},
		{in: "a, b, c", full: "a, b, c"},
		{in: "Anna\u202eBob", full: "Anna\u202eBob"},
		{in: "", fails: "empty"},
		{in: "12345", fails: "no letter"},
		{in: "An\x00na", fails: "U+0000"},
		{in: "An\nna", fails: "U+000A"},
		{in: "An\u0085na", fails: "U+0085"},
		{in: "An\xffna", fails: "UTF-8"},
		{in: strings.Repeat("ab", 200), fails: "more than 300"},
	} {
		name, err := ParseName(test.in)
		if test.fails != "" {
			if err == nil || !strings.Contains(err.Error(), test.fails) {
				t.Errorf("ParseName(%q) error = %v, want %q", test.in, err, test.fails)
			}
			continue
		}
		want := Name{Full: test.full, Given: test.given, Family: test.family}
		if err != nil || name != want {
			t.Errorf("ParseName(%q) = %+v, %v; want %+v", test.in, name, err, want)
		}
	}
	joined, err := NameOf("Olena", "", " Shevchenko ")
	if err != nil || joined.String() != "Olena Shevchenko" {
		t.Errorf("NameOf = %q, %v", joined, err)
	}
	text, _ := json.Marshal(joined)
	if string(text) != `{"full":"Olena Shevchenko","given":"Olena","family":"Shevchenko"}` {
		t.Errorf("JSON of a name = %s", text)
	}
}

func TestWarnings(t *testing.T) {
	for name, want := range map[string][]WarningKind{
		"Kovács János":     nil,
		"Іван Ivan":        nil, // two words in two scripts are ordinary
		"高橋ひろし":            nil,
		"علی\u200cرضا":     nil, // Persian spelling
		"Iv\u0430n":        {MixedScript},
		"\u0391nna":        {MixedScript},
		"Anna\u202eBob":    {BidiControl},
		"Anna\u200bBob":    {Invisible},
		"An\u200dna":       {Invisible},
		"\u2066A\u0430":    {BidiControl, MixedScript},
		"O’Brien-Müller 3": nil,
	} {
		var got []WarningKind
		for _, warning := range (Name{Full: name}).Warnings() {
			got = append(got, warning.Kind)
		}
		if !slices.Equal(got, want) {
			t.Errorf("Warnings(%+q) = %v, want %v", name, got, want)
		}
	}
}

func TestSearchKeys(t *testing.T) {
	for name, want := range map[string]string{
		"Kovács, János":        "kovacs janos ~kfs ~jns",
		"محمد الحسن":           "mhmd al hsn ~mt ~al ~hsn",
		"Григорій Дем'янченко": "hryhorii demyanchenko ~hr ~tmnsnk",
		"Øyvind Straße":        "oyvind strasse ~afnt ~strs",
		"Nguyễn Văn":           "nguyen van ~nkn ~fn",
		"김철수":                  "김철수",
		"ＭＡＲＩＡ":                "maria ~mr",
		"Jo Jo":                "jo",
		"":                     "",
	} {
		if got := strings.Join(SearchKeys(Name{Full: name}), " "); got != want {
			t.Errorf("SearchKeys(%q) = %q, want %q", name, got, want)
		}
	}
	parts := SearchKeys(Name{Full: "Anna Kis", Given: "Anna", Other: "Panni"})
	if want := []string{"anna", "kis", "panni", "~an", "~ks", "~bn"}; !slices.Equal(parts, want) {
		t.Errorf("SearchKeys with another name = %q, want %q", parts, want)
	}
}

// Spellings of one name in different lists have to meet in the sound key.
func TestSpellingsMeet(t *testing.T) {
	for _, spellings := range [][]string{
		{"Kovács", "Kowatsch", "Kovach", "Ковач", "KOVACS"},
		{"Mohammed", "Muhamad", "Mohamed", "محمد", "Мохаммед"},
		{"Szabó", "Sabo", "Sabó", "Сабо"},
		{"Nagy", "Nagi"},
		{"Yusuf", "Jusuf", "يوسف", "Юсуф"},
		{"Shevchenko", "Schewtschenko", "Шевченко", "Chevtchenko"},
		{"Mikhail", "Михаил", "Mikhaïl"},
		{"Hussein", "Husayn", "حسين", "Hosein"},
		{"Ivanov", "Iwanoff", "Иванов"},
	} {
		want := SoundKey(Fold(spellings[0]))
		for _, spelling := range spellings {
			if got := SoundKey(Fold(spelling)); got != want || want == "" {
				t.Errorf("SoundKey(%q) = %q, and of %q = %q", spelling, got, spellings[0], want)
			}
		}
	}
	if SoundKey("kovacs") == SoundKey("horvath") {
		t.Error("different names share a sound key")
	}
}

func TestKeysAreBoundedAndStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "name")
		keys := SearchKeys(Name{Full: text})
		if len(keys) > MaxKeys {
			t.Fatalf("%d keys", len(keys))
		}
		if !slices.Equal(keys, QueryKeys(text)) {
			t.Fatal("a query for the whole name looks for other keys than the index holds")
		}
		if folded := Fold(text); Fold(folded) != folded {
			t.Fatalf("Fold(%q) = %q folds further to %q", text, folded, Fold(folded))
		}
		seen := map[string]bool{}
		for _, key := range keys {
			if key == "" || seen[key] || strings.ContainsRune(key, ' ') {
				t.Fatalf("keys of %q: %q", text, keys)
			}
			seen[key] = true
		}
	})
}

func BenchmarkSearchKeysLatin(b *testing.B) {
	name := Name{Full: "Kovács Mária Erzsébet"}
	b.ReportAllocs()
	for b.Loop() {
		SearchKeys(name)
	}
}

func TestNumberRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := drawNumber(t)
		messy := strings.ToLower(strings.ReplaceAll(string(number), "-", rapid.SampledFrom([]string{"", " ", "-", " - ", "."}).Draw(t, "separator")))
		if parsed, err := ParseNumber(messy); err != nil || parsed != number {
			t.Fatalf("ParseNumber(%q) = %q, %v; want %q", messy, parsed, err, number)
		}
	})
}

func drawNumber(t *rapid.T) Number {
	office := rapid.StringMatching(`[`+NumberAlphabet+`]{3}`).Draw(t, "office")
	number := NewNumber(office, rapid.Uint64().Draw(t, "sequence"))
	if number == "" || number.Office() != office {
		t.Fatalf("NewNumber(%q) = %q", office, number)
	}
	return number
}

func TestNumberNamesTheWrongCharacter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(strings.ReplaceAll(string(drawNumber(t)), "-", ""))
		i := rapid.IntRange(0, len(text)-1).Draw(t, "place")
		right := text[i]
		text[i] = NumberAlphabet[rapid.IntRange(0, len(NumberAlphabet)-1).Draw(t, "character")]
		if text[i] == right {
			t.Skip("nothing changed")
		}
		_, err := ParseNumber(string(text))
		if err == nil {
			t.Fatalf("%s passes", text)
		}
		named := strings.Contains(err.Error(), "likely "+string([]rune{'\'', rune(right), '\''}))
		if !named && !strings.Contains(err.Error(), "typed twice") {
			t.Fatalf("%s: %v; want the character %c named", text, err, right)
		}
	})
}

func TestNumberFindsEverySwap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(strings.ReplaceAll(string(drawNumber(t)), "-", ""))
		i := rapid.IntRange(0, len(text)-2).Draw(t, "place")
		j := rapid.IntRange(i+1, len(text)-1).Draw(t, "other place")
		if text[i] == text[j] {
			t.Skip("nothing changed")
		}
		text[i], text[j] = text[j], text[i]
		if _, err := ParseNumber(string(text)); err == nil {
			t.Fatalf("%s passes", text)
		}
	})
}

func TestNumberRefusals(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "missing",
		"BUD-2222":                 "missing",
		"BUD-O222K-DP":             "may be D, Q or 8",
		"BUD-222iK-DP":             "may be J, T or 7",
		"BUD-22+2K-DP":             "never used",
		"BUD-222K2-DP":             "swapped",
		strings.Repeat("B", 10000): "too long",
	} {
		if _, err := ParseNumber(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseNumber(%.20q) error = %v, want %q", in, err, want)
		}
	}
	for _, office := range []string{"", "BU", "BUDA", "B0D", "bud", "Bé"} {
		if CheckOfficeCode(office) == nil || NewNumber(office, 1) != "" {
			t.Errorf("office code %q passes", office)
		}
	}
}

func TestIDsGrow(t *testing.T) {
	clock := time.UnixMilli(1_700_000_000_000)
	source := NewIDSource(func() time.Time { return clock }, rand.NewChaCha8([32]byte{1}))
	last := ""
	for i := range 3000 {
		switch i {
		case 1000:
			clock = clock.Add(time.Millisecond)
		case 2000:
			clock = clock.Add(-time.Hour)
		}
		id := source.NewID()
		if !ValidID(id) || id <= last {
			t.Fatalf("id %q after %q", id, last)
		}
		last = id
	}
	at, err := IDTime(last)
	if want := int64(1_700_000_000_001); err != nil || at.UnixMilli() != want {
		t.Errorf("IDTime = %v, %v; want millisecond %d", at, err, want)
	}
	for _, bad := range []string{"", last[1:], strings.ToUpper(last), "8" + last[1:], last[:25] + "u", last[:25] + "é"} {
		if ValidID(bad) {
			t.Errorf("ValidID(%q)", bad)
		}
	}
}

func TestIDCountsOverItsWordBorder(t *testing.T) {
	bits := append([]byte{0x12, 0x34}, bytes.Repeat([]byte{0xff}, 8)...)
	source := NewIDSource(func() time.Time { return time.UnixMilli(5) }, bytes.NewReader(bits))
	first, second := source.NewID(), source.NewID()
	if second <= first || second[14:] == first[14:] {
		t.Errorf("%q then %q", first, second)
	}
}

func TestIDsFromManyGoroutines(t *testing.T) {
	source := NewIDSource(time.Now, rand.NewChaCha8([32]byte{2}))
	var lock sync.Mutex
	seen := map[string]bool{}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 500 {
				id := source.NewID()
				lock.Lock()
				seen[id] = true
				lock.Unlock()
			}
		})
	}
	group.Wait()
	if len(seen) != 4000 {
		t.Errorf("%d different ids of 4000", len(seen))
	}
}

func TestCodes(t *testing.T) {
	for _, code := range []string{"hun", "YUG", "XXA", " AUT ", ""} {
		if country, err := ParseCountry(code); err != nil || string(country) != strings.ToUpper(strings.TrimSpace(code)) {
			t.Errorf("ParseCountry(%q) = %q, %v", code, country, err)
		}
	}
	for _, code := range []string{"HU", "ZZZ", "N A", "ABW AFG", "Ungarn"} {
		if _, err := ParseCountry(code); err == nil {
			t.Errorf("ParseCountry(%q) passes", code)
		}
	}
	if !Country("YUG").Former() || Country("HUN").Former() || !Stateless.HasNoState() {
		t.Error("former or stateless codes are not told apart")
	}
	for in, want := range map[string]Language{"pt-BR": "pt", "deu": "de", "prs": "prs", "AR": "ar"} {
		if got, err := ParseLanguage(in); err != nil || got != want || !got.Valid() {
			t.Errorf("ParseLanguage(%q) = %q, %v", in, got, err)
		}
	}
	if _, err := ParseLanguage("qqq1"); err == nil {
		t.Error("ParseLanguage(qqq1) passes")
	}
	for in, want := range map[string]Sex{"F": Female, "m": Male, "X": OtherSex, "<": OtherSex, "U": UnknownSex, "2": Female, "": ""} {
		if got, err := ParseSexCode(in); err != nil || got != want || !got.Valid() {
			t.Errorf("ParseSexCode(%q) = %q, %v", in, got, err)
		}
	}
	if _, err := ParseSexCode("yes"); err == nil || Sex("yes").Valid() {
		t.Error("the sex \"yes\" passes")
	}
}
