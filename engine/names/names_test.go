package names

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func load(t testing.TB) *Matcher {
	t.Helper()
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestModelsDecode(t *testing.T) {
	for _, name := range ModelNames() {
		if _, err := unpack(name); err != nil {
			t.Error(err)
		}
		if _, err := Training(name); err != nil {
			t.Error(err)
		}
	}
	if _, err := Training("klingon"); err == nil {
		t.Error("an unknown model has a training")
	}
}

func TestCompareTellsNamesApart(t *testing.T) {
	m := load(t)
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"István Kovács", "KOVACS, Istvan", true},
		{"Kovács János", "János Kovács", true},
		{"Mc Donald Mary", "Mary McDonald", true},
		{"Bill Harper", "William Harper", true},
		{"Dr. Anna Nagy", "Anna Nagy", true},
		{"María José García López", "Garcia Lopez, Maria Jose", true},
		{"Ludwig van Beethoven", "Ludwig Beethoven", true},
		{"Lee Minho", "Lee Min-ho", true},
		{"J. R. Tolkien", "John Ronald Tolkien", true},
		{"LeilaHaddad", "Leila Haddad", true},
		{"محمد العلي", "Mohammed al-Ali", true},
		{"محمد العلي", "Muhammad Alali", true},
		{"Наталья Петрова", "Natalia Petrova", true},
		{"Наталья Петрова", "Olga Petrova", false},
		{"Оксана Шевченко", "Oksana Shevchenko", true},
		{"Ελένη Παπαδοπούλου", "Eleni Papadopoulou", true},
		{"ნინო ბერიძე", "Nino Beridze", true},
		{"דוד כהן", "David Cohen", true},
		{"マリア・ロペス", "Maria Lopez", true},
		{"Olaf Weber", "Anna Nagy", false},
		{"Ahmad Karimi", "Mahmud Karimi", false},
		{"Omar bin Khalid al-Masri", "Khalid bin Omar al-Masri", false},
		{"Peter Nagy Zoltan", "Peter Nagy Istvan", false},
		{"محمد العلي", "Hassan Darwish", false},
	} {
		weight := m.Compare(m.Prepare(c.a), m.Prepare(c.b))
		if (weight > 0) != c.same {
			t.Errorf("%s and %s weigh %.1f", c.a, c.b, weight)
		}
	}
}

func TestTablesReadScripts(t *testing.T) {
	m := load(t)
	for _, c := range []struct {
		text, latin string
		script      Script
	}{
		{"παπαδόπουλος", "papadopulos", Greek},
		{"თბილისი", "tbilisi", Georgian},
		{"Երևան", "erevan", Armenian},
		{"राम", "ram", Devanagari},
		{"ज़ाकिर", "zakir", Devanagari},
		{"রহমান", "rahaman", Bengali},
		{"አበበ", "abebe", Ethiopic},
		{"ពត", "pot", Khmer},
		{"เชียง", "cheiyng", Thai},
		{"မောင်", "maung", Burmese},
	} {
		w := m.Word(c.text)
		if w.Latin != c.latin || w.Script != c.script || w.Script.Learned() {
			t.Errorf("%s is read %q in %s", c.text, w.Latin, w.Script)
		}
	}
}

func TestRolesOfWords(t *testing.T) {
	m := load(t)
	for _, c := range []struct {
		name  string
		roles []Role
	}{
		{"Dr. Hans von Berg", []Role{Title, Plain, Particle, Plain}},
		{"Omar bin Khalid", []Role{Plain, Particle, Plain}},
		{"Ben Smith", []Role{Plain, Plain}},
		{"Ivan Ivanovich S.", []Role{Plain, Patronymic, Initial}},
		{"Ko Tae Bin", []Role{Plain, Plain, Plain}},
	} {
		p := m.Prepare(c.name)
		if len(p.Words) != len(c.roles) {
			t.Errorf("%s has %d words", c.name, len(p.Words))
			continue
		}
		for i, w := range p.Words {
			if w.Role != c.roles[i] {
				t.Errorf("%s: %s is %d", c.name, w.Text, w.Role)
			}
		}
	}
	if p := m.Prepare("Kovács, István"); p.Comma != 1 || len(p.Words) != 2 {
		t.Errorf("the comma is after %d of %d words", p.Comma, len(p.Words))
	}
}

// TestKeysCrossScripts holds that names in two scripts share a candidate key.
func TestKeysCrossScripts(t *testing.T) {
	m := load(t)
	for _, c := range [][2]string{{"Петров", "Petrov"}, {"карим", "Karim"}, {"خالد", "Khaled"}, {"כהן", "Cohen"}, {"マリア", "Maria"}, {"Παππάς", "Pappas"}} {
		shared := false
		for _, x := range m.Prepare(c[0]).Keys() {
			for _, y := range m.Prepare(c[1]).Keys() {
				shared = shared || x == y
			}
		}
		if !shared {
			t.Errorf("%s and %s share no key", c[0], c[1])
		}
	}
}

func TestSearchFindsAcrossScripts(t *testing.T) {
	m := load(t)
	list := []string{"Sechin", "Setchin", "Lavrov", "Khalid Mansour", "Наталья Петрова", "Petra Nagy", "حسن درويش"}
	x := m.NewIndex(list)
	for _, c := range []struct {
		query string
		item  int
	}{{"Лавров", 2}, {"Lavrov", 2}, {"خالد منصور", 3}, {"Mansour Khalid", 3}, {"Petrova Natalya", 4}, {"Hassan Darwish", 6}} {
		hits := x.Search(c.query, 3)
		if len(hits) == 0 || hits[0].Item != c.item {
			t.Errorf("%s finds %v", c.query, hits)
		}
	}
	if hits := x.Search("", 3); len(hits) != 0 {
		t.Errorf("nothing finds %v", hits)
	}
	if hits := x.Search("Лавров", -1); len(hits) != 0 {
		t.Errorf("no hits asked for, got %v", hits)
	}
}

func TestLongAndStrangeNames(t *testing.T) {
	m := load(t)
	for _, name := range []string{"", " ", "\xff\xfe", strings.Repeat("ш", 10000), strings.Repeat("محمد ", 2000), strings.Repeat("王", 10000),
		strings.Repeat("a ", 10000), "😀😀", "\u202eabc\u202c", "李Smithمحمد", strings.Repeat("́", 10000), "2024 17", ", , ,"} {
		p := m.Prepare(name)
		if len(p.Words) > maxWords {
			t.Errorf("%d words", len(p.Words))
		}
		m.Compare(p, m.Prepare("Anna Nagy"))
		m.Compare(p, p)
		m.NewIndex([]string{name, "Anna"}).Search(name, 3)
	}
}

// TestCompareIsSymmetric holds for any two names, and that the weight keeps its
// bounds and a name is like itself.
func TestCompareIsSymmetric(t *testing.T) {
	m := load(t)
	rapid.Check(t, func(r *rapid.T) {
		a, b := m.Prepare(randomName(r)), m.Prepare(randomName(r))
		one, two := m.Compare(a, b), m.Compare(b, a)
		if d := one - two; d > 1e-6 || d < -1e-6 {
			r.Fatalf("%.3f one way, %.3f the other", one, two)
		}
		if one < -20 || one > agreeBits {
			r.Fatalf("weight %.3f", one)
		}
		if len(a.Words) > 0 && m.Compare(a, a) < one-1e-6 {
			r.Fatalf("itself weighs %.3f, another %.3f", m.Compare(a, a), one)
		}
	})
}

func randomName(r *rapid.T) string {
	words := []string{"Ivan", "Иван", "Petrov", "Петров", "خالد", "Khaled", "bin", "de", "Dr", "J", "王", "Κώστας", "Maria", "Mariya", "12", "Ivanovich"}
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 5).Draw(r, "words"), " ")
}

func FuzzPrepare(f *testing.F) {
	for _, seed := range []string{"Anna Nagy", "محمد بن علي", "李小龙", "김정은", "バラク・オバマ", "ប៉ុល ពត", "a\u202eb", "ပ်ော်", "์เ", "्", "\xc3"} {
		f.Add(seed, "Nagy Anna")
	}
	m := load(f)
	f.Fuzz(func(t *testing.T, a, b string) {
		p, q := m.Prepare(a), m.Prepare(b)
		if w := m.Compare(p, q); w < -20 || w > 40 {
			t.Fatalf("%q and %q weigh %f", a, b, w)
		}
		p.Keys()
	})
}

func BenchmarkCompareLatin(b *testing.B) {
	m := load(b)
	p, q := m.Prepare("Aleksandar Vukovic Petrov"), m.Prepare("Alexander Vukovich Petrov")
	for b.Loop() {
		m.Compare(p, q)
	}
}

func BenchmarkCompareStrangers(b *testing.B) {
	m := load(b)
	p, q := m.Prepare("Aleksandar Vukovic"), m.Prepare("Maria Hernandez")
	for b.Loop() {
		m.Compare(p, q)
	}
}

func BenchmarkCompareAcross(b *testing.B) {
	m := load(b)
	p, q := m.Prepare("Александр Петров"), m.Prepare("Alexander Petrov")
	for b.Loop() {
		m.Compare(p, q)
	}
}

func BenchmarkPrepareArabic(b *testing.B) {
	m := load(b)
	for b.Loop() {
		m.Prepare("محمد العلي")
	}
}
