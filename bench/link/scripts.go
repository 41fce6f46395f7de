package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"
)

// scripts invents a register written by clerks in Latin, Arabic and Cyrillic
// letters. Each person has a name, a birth date, a sex and a place of origin; a
// double is written by another clerk, half of the time in another script, with
// that clerk's spelling, own misprints, and dates that are partly unknown. The
// spellings are lists and syllables of this generator, not rules of the engine.
type scripts struct {
	random *rand.Rand
}

func newScripts(seed uint64) scripts { return scripts{rand.New(rand.NewPCG(seed, 0x5c))} }

const (
	latinScript = iota
	arabicScript
	cyrillicScript
)

var scriptHeader = []string{"id", "given name", "family name", "date of birth", "sex", "place of origin", "person"}

func (s spelling) in(script int) []string {
	switch script {
	case arabicScript:
		return s.arabic
	case cyrillicScript:
		return s.cyrillic
	}
	return s.latin
}

type scriptPerson struct {
	sex, year, month, day int
	given, town           spelling
	family                []spelling
}

func (g scripts) chance(p float64) bool { return g.random.Float64() < p }

func (g scripts) common(list []spelling) spelling {
	x := g.random.Float64()
	return list[int(x*x*float64(len(list)))]
}

func (g scripts) person() scriptPerson {
	p := scriptPerson{sex: g.random.IntN(2), year: 1930 + g.random.IntN(90), month: 1 + g.random.IntN(12), day: 1 + g.random.IntN(28)}
	p.given, p.town = g.common(scriptMen), g.common(scriptTowns)
	if p.sex == 1 {
		p.given = g.common(scriptWomen)
	}
	for range 2 + g.random.IntN(2) {
		p.family = append(p.family, scriptSyllables[g.random.IntN(len(scriptSyllables))])
	}
	p.family = append(p.family, scriptEndings[g.random.IntN(len(scriptEndings))])
	return p
}

// spell takes the usual spelling mostly, and another one now and then.
func (g scripts) spell(s spelling, script int) string {
	forms := s.in(script)
	if g.chance(0.7) {
		return forms[0]
	}
	return forms[g.random.IntN(len(forms))]
}

func (g scripts) record(p scriptPerson, script int, again bool, person int) []string {
	given, family := g.spell(p.given, script), ""
	for _, s := range p.family {
		family += g.spell(s, script)
	}
	family = capital(family)
	if g.chance(0.03) {
		given = misprint(g.random, given)
	}
	if g.chance(0.05) {
		family = misprint(g.random, family)
	}
	if again && g.chance(0.04) {
		given, family = family, given
	}
	town := g.spell(p.town, script)
	if g.chance(0.1) {
		town = ""
	}
	sex := string("mf"[p.sex])
	if g.chance(0.03) {
		sex = ""
	}
	return []string{"", given, family, g.birth(p, again), sex, town, fmt.Sprint("p", person)}
}

func (g scripts) birth(p scriptPerson, again bool) string {
	y, m, d := p.year, p.month, p.day
	if again {
		switch x := g.random.Float64(); {
		case x < 0.06:
			m, d = 1, 1
		case x < 0.10:
			y += 1 - 2*g.random.IntN(2)
		case x < 0.13 && d <= 12:
			m, d = d, m
		case x < 0.16:
			return strconv.Itoa(y)
		}
	}
	if g.chance(0.03) {
		return ""
	}
	return fmt.Sprintf("%d-%02d-%02d", y, m, d)
}

// rows writes the register: records with a share of doubles, of which half are in
// another script.
func (g scripts) rows(records int, doubles float64, emit func([]string)) {
	var rows [][]string
	for person := 0; len(rows) < records; person++ {
		p, script := g.person(), g.random.IntN(3)
		rows = append(rows, g.record(p, script, false, person))
		if g.chance(doubles / (1 - doubles)) {
			if g.chance(0.5) {
				script = (script + 1 + g.random.IntN(2)) % 3
			}
			rows = append(rows, g.record(p, script, true, person))
		}
	}
	g.random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	for i, r := range rows {
		r[0] = strconv.Itoa(i + 1)
		emit(r)
	}
}

func capital(s string) string {
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return string(s[0]-32) + s[1:]
	}
	return s
}
