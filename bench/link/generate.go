package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"cairn/engine/link"
)

// human is the truth about one invented person.
type human struct {
	given, family    string
	male             bool
	year, month, day int
	place, job       string
}

type generator struct {
	random           *rand.Rand
	doubles, scripts float64
	surnames, places []string
	problem          link.Problem
	truth            []string
}

func newGenerator(seed uint64, doubles, scripts float64) *generator {
	g := &generator{random: rand.New(rand.NewPCG(seed, 1956)), doubles: doubles, scripts: scripts}
	g.surnames = append(g.surnames, surnames...)
	for len(g.surnames) < 2500 {
		g.surnames = append(g.surnames, g.pick(stems)+g.pick(middles)+g.pick(endings))
	}
	g.places = append(g.places, towns...)
	for len(g.places) < 500 {
		g.places = append(g.places, g.pick(townStarts)+g.pick(townEnds))
	}
	g.problem.AgeYear = 1956
	for i, c := range []link.Kind{link.FamilyName, link.GivenName, link.BirthDate, link.Age, link.Sex, link.Place, link.Occupation, link.Household} {
		g.problem.Columns = append(g.problem.Columns, link.Column{Name: []string{"family name", "given name", "born", "age", "sex", "birthplace", "occupation", "household"}[i], Kind: c})
	}
	return g
}

func (g *generator) pick(list []string) string { return list[g.random.IntN(len(list))] }

// common prefers the first of a list, as names are distributed.
func (g *generator) common(list []string) string {
	return list[int(float64(len(list))*math.Pow(g.random.Float64(), 2.5))]
}

func (g *generator) chance(p float64) bool { return g.random.Float64() < p }

// register invents households until the register is full; some register again,
// together, in another camp.
func (g *generator) register(records int) (link.Problem, []string) {
	household, person := 0, 0
	for len(g.truth) < records {
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
	g.random.Shuffle(len(g.truth), func(i, j int) {
		g.truth[i], g.truth[j] = g.truth[j], g.truth[i]
		g.problem.Rows[i], g.problem.Rows[j] = g.problem.Rows[j], g.problem.Rows[i]
	})
	for i := range g.truth {
		g.problem.IDs = append(g.problem.IDs, fmt.Sprint(i+1))
	}
	return g.problem, g.truth
}

func (g *generator) household() []human {
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

func (g *generator) human(age int, family, place string, male bool) human {
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
func (g *generator) write(h human, household, person string, second bool) {
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
		family = g.misprint(family)
	}
	if g.chance(0.03) {
		given = g.misprint(given)
	}
	if second && g.chance(g.scripts) {
		given, family = russian.Replace(strings.ToLower(bare.Replace(given))), russian.Replace(strings.ToLower(bare.Replace(family)))
	}
	if g.chance(0.06) {
		given, family = family, given
	}
	born, age := g.birth(h)
	sex := map[bool]string{true: "m", false: "f"}[h.male != g.chance(0.01)]
	row := []string{family, given, born, age, sex, g.maybe(place, 0.85), g.maybe(h.job, 0.7), household}
	g.problem.Rows = append(g.problem.Rows, row)
	g.truth = append(g.truth, person)
}

func (g *generator) maybe(text string, p float64) string {
	if g.chance(p) {
		return text
	}
	return ""
}

func (g *generator) birth(h human) (born, age string) {
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

func (g *generator) misprint(s string) string {
	letters := []rune(s)
	if len(letters) < 3 {
		return s
	}
	i := 1 + g.random.IntN(len(letters)-2)
	switch g.random.IntN(3) {
	case 0:
		return string(append(letters[:i:i], letters[i+1:]...))
	case 1:
		letters[i], letters[i+1] = letters[i+1], letters[i]
	default:
		letters[i] = rune('a' + g.random.IntN(26))
	}
	return string(letters)
}
