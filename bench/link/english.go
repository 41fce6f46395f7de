package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
)

// english invents a register with English names: each record has given names,
// family name, birth date, sex and town. A double has its own errors:
// a nickname, a misprint, another family name after marriage, a year up to two
// off, 1 January for an unknown day, day and month swapped, names swapped, a move
// to another town, cells left empty.
type english struct {
	random           *rand.Rand
	surnames         []string
	towns            []string
	boys, girls      zipf
	surname, place   zipf
	fuzziness        float64 // multiplies all rates of error; 1 is usual
	givenSex         [2][]string
	firstYear, years int
}

// zipf draws ranks whose frequency falls with a power of the rank.
type zipf struct {
	sums []float64
}

func newZipf(n int, power, shift float64) zipf {
	z := zipf{make([]float64, n)}
	sum := 0.0
	for i := range n {
		sum += 1 / math.Pow(float64(i)+1+shift, power)
		z.sums[i] = sum
	}
	return z
}

func (z zipf) draw(random *rand.Rand) int {
	x := random.Float64() * z.sums[len(z.sums)-1]
	low, high := 0, len(z.sums)-1
	for low < high {
		if mid := (low + high) / 2; z.sums[mid] < x {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

func newEnglish(seed uint64, fuzziness float64) *english {
	g := &english{random: rand.New(rand.NewPCG(seed, 0xe4)), fuzziness: fuzziness, firstYear: 1925, years: 95}
	g.surnames = append(g.surnames, englishSurnames...)
	for _, a := range englishStems {
		for _, b := range englishEnds {
			g.surnames = append(g.surnames, a+b)
		}
	}
	rest := g.surnames[len(englishSurnames):]
	g.random.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	g.towns = append(g.towns, englishTowns...)
	for i := range 600 {
		g.towns = append(g.towns, englishStems[i%len(englishStems)]+[]string{"bridge", "minster", "chester", "mouth", "haven", "pool", "market"}[i/len(englishStems)])
	}
	g.givenSex = [2][]string{englishBoys, englishGirls}
	g.boys, g.girls = newZipf(len(englishBoys), 0.8, 2), newZipf(len(englishGirls), 0.8, 2)
	g.surname, g.place = newZipf(len(g.surnames), 0.85, 10), newZipf(len(g.towns), 0.8, 3)
	return g
}

type englishPerson struct {
	given, middle, family string
	sex                   int
	year, month, day      int
	town                  int
}

var englishHeader = []string{"id", "first_name", "middle_name", "surname", "date_of_birth", "sex", "town", "person"}

// rows writes a register: doubles is the share of records that are a further
// registration of a person. emit gets each row in random order of persons.
func (g *english) rows(records int, doubles float64, emit func([]string)) {
	written := 0
	var rows [][]string
	for person := 0; written < records; person++ {
		p := g.person()
		n := 1
		for g.chance(doubles) && n < 5 {
			n++
		}
		for k := range n {
			rows = append(rows, g.record(p, k > 0, person))
			written++
		}
	}
	g.random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	for i, r := range rows {
		r[0] = strconv.Itoa(i + 1)
		emit(r)
	}
}

func (g *english) chance(p float64) bool { return g.random.Float64() < p }
func (g *english) fuzz(p float64) bool   { return g.random.Float64() < p*g.fuzziness }

func (g *english) person() englishPerson {
	sex := g.random.IntN(2)
	p := englishPerson{sex: sex, family: g.surnames[g.surname.draw(g.random)], town: g.place.draw(g.random),
		year: g.firstYear + g.random.IntN(g.years), month: 1 + g.random.IntN(12), day: 1 + g.random.IntN(28)}
	p.given, p.middle = g.name(sex), g.name(sex)
	return p
}

func (g *english) name(sex int) string {
	z := g.boys
	if sex == 1 {
		z = g.girls
	}
	return g.givenSex[sex][z.draw(g.random)]
}

func (g *english) record(p englishPerson, again bool, person int) []string {
	forms := strings.Split(p.given, "/")
	given, middle, family := forms[0], strings.Split(p.middle, "/")[0], p.family
	if again {
		if g.fuzz(0.12) {
			given = forms[g.random.IntN(len(forms))]
		}
		if p.sex == 1 && g.fuzz(0.06) {
			family = g.surnames[g.surname.draw(g.random)]
		}
		given, family = g.spoil(given, 0.08), g.spoil(family, 0.10)
	}
	switch {
	case g.fuzz(0.45):
		middle = ""
	case g.fuzz(0.3):
		middle = middle[:1]
	}
	if again && g.fuzz(0.03) {
		given, family = family, given
	}
	town := p.town
	if again && g.fuzz(0.15) {
		town = g.place.draw(g.random)
	}
	sex := string("mf"[p.sex])
	return []string{"", given, middle, family, g.birth(p, again), g.maybe(sex, 0.05), g.maybe(g.towns[town], 0.12), fmt.Sprint("p", person)}
}

func (g *english) spoil(word string, p float64) string {
	if !g.fuzz(p) {
		return word
	}
	return misprint(g.random, word)
}

func (g *english) maybe(cell string, empty float64) string {
	if g.fuzz(empty) {
		return ""
	}
	return cell
}

func (g *english) birth(p englishPerson, again bool) string {
	y, m, d := p.year, p.month, p.day
	if again {
		switch x := g.random.Float64() / g.fuzziness; {
		case x < 0.08:
			m, d = 1, 1
		case x < 0.14:
			y += []int{-2, -1, 1, 2}[g.random.IntN(4)]
		case x < 0.17:
			y, m, d = y+[]int{-2, -1, 1, 2}[g.random.IntN(4)], 1, 1
		case x < 0.20 && d <= 12:
			m, d = d, m
		case x < 0.24:
			d = 1 + (d+g.random.IntN(9))%28
		}
	}
	if g.fuzz(0.05) {
		return ""
	}
	return fmt.Sprintf("%d-%02d-%02d", y, m, d)
}

// misprint drops, swaps, doubles or changes one letter after the first.
func misprint(random *rand.Rand, s string) string {
	letters := []rune(s)
	if len(letters) < 3 {
		return s
	}
	i := 1 + random.IntN(len(letters)-2)
	switch random.IntN(4) {
	case 0:
		letters = append(letters[:i:i], letters[i+1:]...)
	case 1:
		letters[i], letters[i+1] = letters[i+1], letters[i]
	case 2:
		letters = append(letters[:i+1:i+1], letters[i:]...)
	default:
		letters[i] = rune('a' + random.IntN(26))
	}
	return string(letters)
}
