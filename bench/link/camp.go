package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
)

// human is the truth about one invented person.
type human struct {
	given, family    string
	male             bool
	year, month, day int
	place, job       string
}

// camp invents a register of a camp with Hungarian names: households register,
// and some of them again in another camp, together, with another clerk who uses
// German forms of names, leaves accents out or writes Cyrillic letters.
type camp struct {
	random           *rand.Rand
	doubles, scripts float64
	households       bool
	surnames, places []string
	written          [][]string
}

var campHeader = []string{"id", "family name", "given name", "born", "age", "sex", "birthplace", "occupation", "household", "person"}

func newCamp(seed uint64, doubles, scripts float64, households bool) *camp {
	g := &camp{random: rand.New(rand.NewPCG(seed, 1956)), doubles: doubles, scripts: scripts, households: households}
	g.surnames = append(g.surnames, surnames...)
	for len(g.surnames) < 2500 {
		g.surnames = append(g.surnames, g.pick(stems)+g.pick(middles)+g.pick(endings))
	}
	g.places = append(g.places, towns...)
	for len(g.places) < 500 {
		g.places = append(g.places, g.pick(townStarts)+g.pick(townEnds))
	}
	return g
}

func (g *camp) pick(list []string) string { return list[g.random.IntN(len(list))] }

// common prefers the first of a list, as names are distributed.
func (g *camp) common(list []string) string {
	return list[int(float64(len(list))*math.Pow(g.random.Float64(), 2.5))]
}

func (g *camp) chance(p float64) bool { return g.random.Float64() < p }

// rows invents households until the register is full; some register again,
// together, in another camp.
func (g *camp) rows(records int, emit func([]string)) {
	household, person := 0, 0
	for len(g.written) < records {
		family := g.household()
		again := g.chance(g.doubles / (1 - g.doubles) / 0.93)
		household++
		for k, h := range family {
			g.write(h, fmt.Sprintf("A-%d", household), fmt.Sprintf("p%d", person+k), false)
		}
		if again {
			for k, h := range family {
				if g.chance(0.93) {
					g.write(h, fmt.Sprintf("B-%d", household), fmt.Sprintf("p%d", person+k), true)
				}
			}
		}
		person += len(family)
	}
	g.random.Shuffle(len(g.written), func(i, j int) { g.written[i], g.written[j] = g.written[j], g.written[i] })
	for i, row := range g.written {
		row[0] = strconv.Itoa(i + 1)
		emit(row)
	}
}

func (g *camp) household() []human {
	head := g.human(18+g.random.IntN(40), g.common(g.surnames), g.common(g.places), g.chance(0.65))
	family := []human{head}
	if g.chance(0.45) {
		return family
	}
	age := 1956 - head.year
	family = append(family, g.human(max(18, age-4+g.random.IntN(8)), head.family, g.common(g.places), !head.male))
	for range g.random.IntN(4) {
		if age >= 20 {
			child := g.human(g.random.IntN(min(18, age-17)), head.family, head.place, g.chance(0.5))
			child.job = ""
			family = append(family, child)
		}
	}
	return family
}

func (g *camp) human(age int, family, place string, male bool) human {
	h := human{family: family, male: male, year: 1956 - age, month: 1 + g.random.IntN(12), day: 1 + g.random.IntN(28), place: place, job: g.common(jobs)}
	forms := girls
	if male {
		forms = boys
	}
	h.given = g.common(forms)
	return h
}

// write adds one registration. A second one is by another clerk, with another
// spelling and other mistakes.
func (g *camp) write(h human, household, person string, second bool) {
	forms := strings.Split(h.given, "/")
	given, family, place := forms[0], h.family, h.place
	if second && g.chance(0.4) {
		given = forms[g.random.IntN(len(forms))]
	}
	if second && g.chance(0.6) || g.chance(0.2) {
		given, family, place = bare.Replace(given), bare.Replace(family), bare.Replace(place)
	}
	if second && g.chance(0.2) {
		family = german.Replace(strings.ToLower(family))
	}
	if g.chance(0.04) {
		family = misprint(g.random, family)
	}
	if g.chance(0.03) {
		given = misprint(g.random, given)
	}
	if second && g.chance(g.scripts) {
		given, family = russian.Replace(strings.ToLower(bare.Replace(given))), russian.Replace(strings.ToLower(bare.Replace(family)))
	}
	if g.chance(0.06) {
		given, family = family, given
	}
	born, age := g.birth(h)
	sex := map[bool]string{true: "m", false: "f"}[h.male != g.chance(0.01)]
	if !g.households {
		household = ""
	}
	g.written = append(g.written, []string{"", family, given, born, age, sex, g.maybe(place, 0.85), g.maybe(h.job, 0.7), household, person})
}

func (g *camp) maybe(text string, p float64) string {
	if g.chance(p) {
		return text
	}
	return ""
}

func (g *camp) birth(h human) (born, age string) {
	switch x := g.random.Float64(); {
	case x < 0.06:
		return "", fmt.Sprint(1956 - h.year - g.random.IntN(2))
	case x < 0.12:
		return fmt.Sprintf("%d-01-01", h.year), ""
	case x < 0.15:
		return fmt.Sprint(h.year), ""
	case x < 0.17 && h.day <= 12:
		return fmt.Sprintf("%d-%02d-%02d", h.year, h.day, h.month), ""
	case x < 0.20:
		return fmt.Sprintf("%d-%02d-%02d", h.year+1-2*g.random.IntN(2), h.month, h.day), ""
	case x < 0.21:
		return "", ""
	}
	return fmt.Sprintf("%d-%02d-%02d", h.year, h.month, h.day), ""
}
