package hungary1956

import (
	"math"
	"sort"
	"time"
)

type sex int

const (
	male sex = iota
	female
)

// relation is a person's place in the household; the head comes first.
type relation string

const (
	head       relation = "head"
	spouse     relation = "spouse"
	child      relation = "child"
	parent     relation = "parent"
	sibling    relation = "sibling"
	unattended relation = "minor alone" // head of a household without an adult
)

// need is a need of care or transport; see vocabulary for the words.
type need string

const (
	noNeed       need = ""
	pregnant     need = "pregnant"
	tuberculosis need = "tuberculosis"
	injured      need = "injured"
	heart        need = "heart"
	wheelchair   need = "wheelchair"
	stretcher    need = "stretcher"
	deaf         need = "deaf"
	alone        need = "alone" // unaccompanied minor
)

// medical says whether the need takes a medical place.
func (n need) medical() bool {
	return n == tuberculosis || n == injured || n == heart || n == stretcher
}

type person struct {
	household             int
	family, given, maiden string
	sex                   sex
	born                  time.Time
	birthplace            string
	relation              relation
	occupation            string
	languages             []string
	nationality           string
	docType, docNumber    string
	need                  need
}

// household members are persons[first : first+size].
type household struct {
	first, size int
	yugoslav    bool
	arrived     time.Time
	wishes      []string // ISO codes, dearest first
	consent     consent
	minorAlone  bool
	moved       int // registrations of the whole household
}

type consent string

const (
	anyCountry consent = "any"
	namedOnly  consent = "named"
	noneYet    consent = "none"
)

// Ages in years, and the persons of a household that needs a large dwelling.
const (
	stillMinors = 18
	schoolFrom  = 6
	schoolUntil = 14
	largeFrom   = 5
	today       = 1956
)

func ageAt(born, when time.Time) int {
	age := when.Year() - born.Year()
	if when.Month() < born.Month() || when.Month() == born.Month() && when.Day() < born.Day() {
		age--
	}
	return age
}

// populate makes the true persons and households.
func (g *generator) populate(people int) {
	r := g.stream(1)
	book := newNameBook()
	g.persons = make([]person, 0, people)
	yugoslavPeople := int(math.Round(float64(people) * yugoslaviaTotal / movementTotal))
	for len(g.persons) < people {
		size := min(householdSize(r), people-len(g.persons))
		h := household{first: len(g.persons), size: size}
		h.yugoslav = len(g.persons) >= people-yugoslavPeople
		members := makeMembers(r, book, size)
		h.minorAlone = ageAt(members[0].born, day(1956, 11, 15)) < stillMinors
		for i := range members {
			members[i].household = len(g.houses)
			complete(r, book, &members[i], h)
		}
		h.wishes, h.consent = wishes(r)
		g.persons = append(g.persons, members...)
		g.houses = append(g.houses, h)
		if len(g.houses)%4096 == 0 {
			g.progress("people", int64(len(g.persons)), int64(people))
		}
	}
	g.arrive(r)
	g.count()
	g.progress("people", int64(people), int64(people))
}

// householdSize has a mean of about 1.75, two households in three being singles.
func householdSize(r rng) int {
	n := r.IntN(1000)
	for size, upTo := range []int{655, 790, 890, 955, 980, 992} {
		if n < upTo {
			return size + 1
		}
	}
	return 7
}

// arrive gives each household its day of arrival: the households of a border are
// spread over the border's calendar in history's proportions.
func (g *generator) arrive(r rng) {
	austria, yugoslavia := newCalendar(austrianArrivals()), newCalendar(yugoslavArrivals())
	for i := range g.houses {
		if g.houses[i].yugoslav {
			g.houses[i].arrived = yugoslavia.draw(r)
		} else {
			g.houses[i].arrived = austria.draw(r)
		}
	}
}

// calendar draws days from spans in proportion to their people.
type calendar struct {
	spans []arrivalSpan
	upTo  []int
}

func newCalendar(spans []arrivalSpan) calendar {
	c := calendar{spans: spans}
	sum := 0
	for _, s := range spans {
		sum += s.people
		c.upTo = append(c.upTo, sum)
	}
	return c
}

func (c calendar) draw(r rng) time.Time {
	i := sort.SearchInts(c.upTo, r.IntN(c.upTo[len(c.upTo)-1])+1)
	days := int(c.spans[i].to.Sub(c.spans[i].from).Hours()/24) + 1
	return c.spans[i].from.AddDate(0, 0, r.IntN(days))
}

// count fills the summary's demand.
func (g *generator) count() {
	s := &g.sum
	s.People, s.Households = len(g.persons), len(g.houses)
	s.Demand.People = s.People
	for _, p := range g.persons {
		if age := ageAt(p.born, day(1957, 1, 1)); age >= schoolFrom && age <= schoolUntil {
			s.Demand.School++
		}
		if p.need.medical() {
			s.Demand.Medical++
		}
	}
	for _, h := range g.houses {
		if h.size == 1 {
			s.Singles++
		}
		if h.minorAlone {
			s.Unaccompanied += h.size
		}
		if h.size >= largeFrom {
			s.Demand.Large++
		}
	}
}

// complete fills what does not depend on the family's structure.
func complete(r rng, book *nameBook, p *person, h household) {
	age := ageAt(p.born, day(1956, 11, 15))
	p.birthplace = book.towns.draw(r)
	p.nationality = "HU"
	if r.chance(0.008) {
		p.nationality = pick(r, []string{"stateless", "stateless", "YU", "AT", "RO"})
	}
	p.occupation = occupation(r, age, p.sex)
	if age >= 16 && r.chance(0.42) {
		p.docType = pick(r, []string{"identity card", "identity card", "identity card", "birth certificate", "driving licence", "student card", "passport"})
		p.docNumber = documentNumber(r)
	}
	p.need = drawNeed(r, p.sex, age)
	if h.minorAlone && age < stillMinors {
		p.need = alone
	}
}

func documentNumber(r rng) string {
	letters := []byte{byte('A' + r.IntN(26)), byte('A' + r.IntN(26))}
	digits := []byte("000000")
	for i := range digits {
		digits[i] = byte('0' + r.IntN(10))
	}
	return string(letters) + " " + string(digits)
}

func drawNeed(r rng, s sex, age int) need {
	if s == female && age >= 18 && age <= 41 && r.chance(0.045) {
		return pregnant
	}
	x := r.Float64()
	if age > 60 {
		x /= 3
	}
	for _, n := range []struct {
		need  need
		share float64
	}{{tuberculosis, 0.008}, {injured, 0.006}, {heart, 0.005}, {wheelchair, 0.0025}, {stretcher, 0.0008}, {deaf, 0.0015}} {
		if x < n.share {
			return n.need
		}
		x -= n.share
	}
	return noNeed
}

const (
	menWork = `locksmith 40 miner 50 driver 34 mechanic 34 turner 26 electrician 24 student 46 worker 60 farm_worker 34 farmer 22 carpenter 22 bricklayer 20
tailor 14 baker 10 butcher 10 engineer 22 technician 18 clerk 18 teacher 10 physician 5 soldier 12 musician 6 waiter 8 welder 14 painter 10 printer 6 forester 10`
	womenWork = `housewife 70 seamstress 34 clerk 34 worker 36 student 22 nurse 18 teacher 16 typist 20 shop_assistant 24 cook 16 hairdresser 10 weaver 18 farm_worker 20
physician 3 technician 6 waitress 10 nursery_nurse 8`
)

var (
	menOccupations   = newWeighted(menWork)
	womenOccupations = newWeighted(womenWork)
)

func occupation(r rng, age int, s sex) string {
	switch {
	case age < 6:
		return ""
	case age < 15:
		return "pupil"
	case age >= 18 && age <= 24 && r.chance(0.1):
		return "student"
	case s == male:
		return menOccupations.draw(r)
	default:
		return womenOccupations.draw(r)
	}
}

// wishWeights exaggerate overseas countries, as the queues at the consulates did.
const wishWeights = `US 460 CA 200 CH 70 AU 70 GB 60 DE 80 FR 35 SE 40 BE 15 NL 12 IT 10 IL 14 NO 6 DK 6 NZ 8 ZA 4 BR 3 AR 3 VE 2 AT 12`

var wishTable = newWeighted(wishWeights)

func wishes(r rng) ([]string, consent) {
	var out []string
	for want := []int{1, 2, 3, 3}[r.IntN(4)]; len(out) < want; {
		w := wishTable.draw(r)
		fresh := true
		for _, o := range out {
			fresh = fresh && o != w
		}
		if fresh {
			out = append(out, w)
		}
	}
	switch n := r.IntN(100); {
	case n < 77:
		return out, anyCountry
	case n < 99:
		return out, namedOnly
	default:
		return out, noneYet
	}
}
