package hungary1956

import (
	"math"
	"time"
)

// makeMembers builds a household of the given size, head first, with ages that
// fit each other: a mother is 17 to 43 when a child is born, siblings have
// different birthdays unless they are twins.
func makeMembers(r rng, book *nameBook, size int) []person {
	f := family{r: r, book: book, origin: book.origin(r)}
	f.name = book.family(r, f.origin)
	switch {
	case size == 1:
		return f.single()
	case size == 2 && r.chance(0.22):
		return f.siblings()
	case size == 2 && r.chance(0.28) || size <= 4 && r.chance(0.06):
		return f.loneParent(size - 1)
	case size >= 4 && r.chance(0.12):
		return f.couple(size-3, true)
	default:
		return f.couple(size-2, false)
	}
}

type family struct {
	r      rng
	book   *nameBook
	origin origin
	name   string
}

// member draws a person of the family born about the given number of years
// before 1956.
func (f *family) member(s sex, age float64, rel relation) person {
	r := f.r
	days := int(age*365.25) + r.IntN(365)
	born := day(1956, 11, 1).AddDate(0, 0, -max(days, 20))
	p := person{family: f.name, sex: s, born: born, relation: rel}
	p.given = f.book.given(r, s, born.Year(), f.origin)
	p.languages = languagesOf(r, f.origin, today-born.Year())
	return p
}

func languagesOf(r rng, o origin, age int) []string {
	out := []string{"hu"}
	grown := age >= 14
	add := func(code string, p float64) {
		if r.chance(p) {
			out = append(out, code)
		}
	}
	german := 0.14
	if o == swabian {
		german = 0.8
	}
	if grown || o == swabian {
		add("de", german)
	}
	if o == croatian {
		add("hr", 0.6)
	}
	if o == slovak {
		add("sk", 0.4)
	}
	if grown {
		add("ru", 0.06)
		add("en", 0.04)
		add("fr", 0.03)
	}
	return out
}

// normal draws around mean and holds the result between lo and hi.
func (f *family) normal(mean, deviation, lo, hi float64) float64 {
	return math.Max(lo, math.Min(hi, mean+deviation*f.r.NormFloat64()))
}

func (f *family) single() []person {
	s := female
	if f.r.chance(0.73) {
		s = male
	}
	if f.r.chance(0.045) {
		return []person{f.member(s, f.normal(16, 1.2, 11, 16.9), unattended)}
	}
	age := f.normal(23, 4, 18, 40)
	switch {
	case f.r.chance(0.3):
		age = f.normal(33, 9, 20, 60)
	case f.r.chance(0.07):
		age = f.normal(60, 8, 48, 80)
	}
	p := f.member(s, age, head)
	if s == female && age > 28 && f.r.chance(0.45) { // widowed, divorced or alone on the way
		p.maiden = f.book.family(f.r, f.book.origin(f.r))
	}
	return []person{p}
}

func (f *family) siblings() []person {
	age := f.normal(23, 4, 18, 40)
	rel, gap := head, f.normal(0, 4, -6, 6)
	if f.r.chance(0.08) { // both minors
		age, rel, gap = f.normal(16, 0.8, 14, 16.9), unattended, -f.normal(2, 1, 1, 4)
	}
	if math.Abs(gap) < 1 {
		gap = 2
	}
	return []person{f.member(f.anySex(0.65), age, rel), f.member(f.anySex(0.55), math.Max(age+gap, 8), sibling)}
}

func (f *family) anySex(men float64) sex {
	if f.r.chance(men) {
		return male
	}
	return female
}

func (f *family) loneParent(children int) []person {
	s := f.anySex(0.25)
	age := f.normal(34, 6, 20+2*float64(children), 50)
	p := f.member(s, age, head)
	if s == female {
		p.maiden = f.book.family(f.r, f.book.origin(f.r))
	}
	return append([]person{p}, f.children(children, p.born)...)
}

// couple makes husband and wife with children, and with a grandparent when asked.
func (f *family) couple(children int, withParent bool) []person {
	wifeAge := f.normal(29, 7, 18.5+2.2*float64(children), 58)
	if children > 0 {
		wifeAge = math.Min(wifeAge, 47)
	}
	husband := f.member(male, math.Max(19, wifeAge+f.normal(3.5, 3, -4, 14)), head)
	wife := f.member(female, wifeAge, spouse)
	maidens := f.book.origin(f.r)
	wife.maiden = f.book.family(f.r, maidens)
	members := append([]person{husband, wife}, f.children(children, wife.born)...)
	if withParent {
		members = append(members, f.grandparent(husband, wife))
	}
	return members
}

func (f *family) grandparent(husband, wife person) person {
	older := husband.born
	if wife.born.Before(older) {
		older = wife.born
	}
	age := float64(today-older.Year()) + f.normal(25, 3, 20, 34)
	if f.r.chance(0.3) {
		return f.member(male, math.Min(age, 84), parent)
	}
	p := f.member(female, math.Min(age, 84), parent)
	p.maiden = f.book.family(f.r, f.book.origin(f.r))
	if f.r.chance(0.35) { // the wife's mother
		p.family = wife.maiden
	}
	return p
}

// children are born one after the other, the eldest first.
func (f *family) children(n int, parentBorn time.Time) []person {
	if n == 0 {
		return nil
	}
	end := day(1956, 10, 1)
	earliest := parentBorn.AddDate(18, 0, 0)
	if childhood := day(1938, 6, 1); earliest.Before(childhood) {
		earliest = childhood
	}
	if latest := parentBorn.AddDate(43, 0, 0); latest.Before(end) {
		end = latest
	}
	gap := int(end.Sub(earliest).Hours()/24) / n
	var out []person
	for i := range n {
		s := f.anySex(0.52)
		born := earliest.AddDate(0, 0, i*gap+f.r.IntN(max(gap-270, 1)))
		p := person{family: f.name, sex: s, born: born, relation: child}
		p.given = f.unusedGiven(s, born.Year(), out)
		p.languages = languagesOf(f.r, f.origin, today-born.Year())
		out = append(out, p)
		if i+1 < n && f.r.chance(0.015) { // twins take the next child's turn
			twin := p
			twin.given = f.unusedGiven(s, born.Year(), out)
			out = append(out, twin)
		}
	}
	return out[:n]
}

func (f *family) unusedGiven(s sex, born int, taken []person) string {
	for range 20 {
		name := f.book.given(f.r, s, born, f.origin)
		used := false
		for _, t := range taken {
			used = used || t.given == name
		}
		if !used {
			return name
		}
	}
	return f.book.given(f.r, s, born, f.origin)
}
