package hungary1956

import (
	"strings"
	"time"
)

// style is how a camp's clerks write: each number is the share of rows.
type style struct {
	drop         float64 // accents dropped
	transcribe   float64 // by ear, in the way of the list's language
	slavic       float64 // by ear, in Serbo-Croatian letters
	foreignGiven float64 // János as Johann, John, Jean or Ivan
	firstJanuary float64 // day and month unknown, written 1 January
	ageOnly      float64 // age instead of a birth date
	wedded       float64 // married women under the husband's name with -né
	typo         float64 // of each name
	swap         float64 // family and given name exchanged
}

// speller writes names as a list's clerks would.
type speller struct {
	style     style
	language  language
	accents   *strings.Replacer
	byEar     *strings.Replacer
	southward *strings.Replacer
	given     map[string]string
}

func newSpeller(s style, l language) *speller {
	sp := &speller{style: s, language: l, given: map[string]string{}}
	sp.accents = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ö", "o", "ő", "o", "ú", "u", "ü", "u", "ű", "u", "ä", "a",
		"Á", "A", "É", "E", "Í", "I", "Ó", "O", "Ö", "O", "Ő", "O", "Ú", "U", "Ü", "U", "Ű", "U")
	sp.byEar = strings.NewReplacer("cs", "ch", "Cs", "Ch", "sz", "s", "Sz", "S", "zs", "zh", "Zs", "Zh", "gy", "dy", "Gy", "Dy", "j", "y", "J", "Y",
		"á", "a", "é", "e", "í", "i", "ó", "o", "ö", "o", "ő", "o", "ú", "u", "ü", "u", "ű", "u", "Á", "A", "É", "E", "Ö", "O", "Ő", "O", "Ü", "U")
	if l == german {
		sp.byEar = strings.NewReplacer("cs", "tsch", "Cs", "Tsch", "sz", "ss", "Sz", "S", "zs", "sch", "Zs", "Sch", "gy", "dj", "Gy", "Dj", "ny", "nj", "v", "w", "V", "W",
			"á", "a", "é", "e", "í", "i", "ó", "o", "ő", "ö", "ú", "u", "ű", "ü", "Á", "A", "É", "E", "Ő", "Ö")
	}
	sp.southward = strings.NewReplacer("cs", "č", "Cs", "Č", "sz", "s", "Sz", "S", "zs", "ž", "Zs", "Ž", "gy", "đ", "Gy", "Đ", "ny", "nj", "ly", "lj", "s", "š", "S", "Š",
		"á", "a", "é", "e", "í", "i", "ó", "o", "ö", "e", "ő", "e", "ú", "u", "ü", "i", "ű", "i", "Á", "A", "É", "E", "Ö", "E", "Ő", "E", "Ü", "I")
	column := map[language]int{german: 1, english: 2, french: 3, serboCroatian: 4}[l]
	for _, line := range strings.Split(strings.TrimSpace(foreignNames), "\n") {
		if cells := strings.Fields(line); column > 0 {
			sp.given[cells[0]] = cells[column]
		}
	}
	return sp
}

// foreignNames: Hungarian, German, English, French, Serbo-Croatian.
const foreignNames = `
János Johann John Jean Ivan
József Josef Joseph Joseph Josip
István Stefan Stephen Etienne Stevan
Ferenc Franz Frank François Franjo
Sándor Alexander Alexander Alexandre Aleksandar
László Ladislaus Leslie Ladislas Ladislav
Lajos Ludwig Louis Louis Ljudevit
Mihály Michael Michael Michel Mihajlo
György Georg George Georges Đorđe
Károly Karl Charles Charles Karlo
Gyula Julius Julius Jules Julije
Antal Anton Anthony Antoine Antun
Pál Paul Paul Paul Pavle
András Andreas Andrew André Andrija
Miklós Nikolaus Nicholas Nicolas Nikola
Péter Peter Peter Pierre Petar
Imre Emmerich Emery Eméric Mirko
Gábor Gabriel Gabriel Gabriel Gabrijel
Jenő Eugen Eugene Eugène Eugen
Tamás Thomas Thomas Thomas Toma
Mária Maria Mary Marie Marija
Erzsébet Elisabeth Elizabeth Elisabeth Jelisaveta
Anna Anna Anne Anne Ana
Ilona Helene Helen Hélène Jelena
Margit Margarete Margaret Marguerite Margita
Katalin Katharina Catherine Catherine Katarina
Zsuzsanna Susanne Susan Suzanne Suzana
Julianna Juliane Juliana Julienne Julijana
Terézia Theresia Theresa Thérèse Terezija
Rozália Rosalie Rosalie Rosalie Rozalija
Éva Eva Eva Eve Eva
Judit Judith Judith Judith Judita
Ágnes Agnes Agnes Agnès Agneza
Magdolna Magdalena Magdalene Madeleine Magdalena
Borbála Barbara Barbara Barbe Barbara
`

// written is a name as one row shows it.
type written struct{ family, given, maiden string }

// write gives the names of p; husband is the given name of the head of the
// household when p is his wife, else "".
func (sp *speller) write(r rng, p *person, husband string) written {
	w := written{p.family, p.given, p.maiden}
	if sp.style.wedded > 0 && husband != "" && r.chance(sp.style.wedded) {
		if r.chance(0.5) {
			w.given = husband + "né" // Kovács Jánosné
		} else {
			w.family += "né" // Kovácsné Mária
		}
	} else if r.chance(sp.style.foreignGiven) && sp.given[p.given] != "" {
		w.given = sp.given[p.given]
	}
	if first, _, double := strings.Cut(w.family, " "); double && r.chance(0.3) {
		w.family = first
	}
	w.letters(r, sp)
	if r.chance(sp.style.typo) {
		w.family = misspell(r, w.family)
	}
	if r.chance(sp.style.typo) {
		w.given = misspell(r, w.given)
	}
	if r.chance(sp.style.typo / 3) {
		w.given = abbreviate(w.given)
	}
	if r.chance(sp.style.swap) {
		w.family, w.given = w.given, w.family
	}
	return w
}

// letters drops accents or writes by ear, alike in all names of the row.
func (w *written) letters(r rng, sp *speller) {
	var with *strings.Replacer
	switch {
	case r.chance(sp.style.slavic):
		with = sp.southward
	case r.chance(sp.style.transcribe):
		with = sp.byEar
	case r.chance(sp.style.drop):
		with = sp.accents
	default:
		return
	}
	w.family, w.given, w.maiden = with.Replace(w.family), with.Replace(w.given), with.Replace(w.maiden)
}

// misspell exchanges, drops or doubles one letter after the first.
func misspell(r rng, name string) string {
	letters := []rune(name)
	if len(letters) < 4 {
		return name
	}
	i := r.between(1, len(letters)-2)
	switch r.IntN(3) {
	case 0:
		letters[i], letters[i+1] = letters[i+1], letters[i]
	case 1:
		letters = append(letters[:i], letters[i+1:]...)
	default:
		letters = append(letters[:i+1], letters[i:]...)
	}
	return string(letters)
}

func abbreviate(given string) string {
	letters := []rune(given)
	if len(letters) == 0 {
		return given
	}
	return string(letters[0]) + "."
}

// birth is a birth date as a row shows it: a date, or only an age.
type birth struct {
	date time.Time
	age  int
	only bool // only the age is known
}

// birth draws how the clerk wrote the birth date on the day of registration.
func (sp *speller) birth(r rng, p *person, registered time.Time) birth {
	b := birth{date: p.born, age: ageAt(p.born, registered)}
	switch {
	case r.chance(sp.style.ageOnly):
		b.only = true
		if r.chance(0.2) && b.age > 2 {
			b.age += r.between(-1, 1)
		}
	case r.chance(sp.style.firstJanuary):
		b.date = day(p.born.Year(), 1, 1)
	case r.chance(0.004) && p.born.Day() <= 12:
		b.date = day(p.born.Year(), time.Month(p.born.Day()), int(p.born.Month()))
	case r.chance(0.006) && b.age > 2:
		b.date = p.born.AddDate(r.between(0, 1)*2-1, 0, 0)
	case r.chance(0.008):
		b.date = p.born.AddDate(0, 0, 1)
	}
	if b.date.After(registered) {
		b.date = p.born
	}
	return b
}
