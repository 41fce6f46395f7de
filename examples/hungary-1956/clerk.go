package hungary1956

import (
	"fmt"
	"strings"
)

// fill sets the cells of one row: the k-th member of the visit, whose running
// number is at.
func (c *clerk) fill(cells []any, visit *group, at, k int) {
	h := &c.g.houses[visit.house]
	p := &c.g.persons[visit.members[k]]
	husband := ""
	if p.relation == spouse {
		husband = c.g.persons[h.first].given
	}
	name := c.speller.write(c.rng, p, husband)
	born := c.speller.birth(c.rng, p, visit.date)
	for i, col := range c.list.columns {
		switch col.field {
		case fNumber:
			cells[i] = visit.numbers[k]
		case fHouse:
			cells[i] = c.houseNumber(visit, at)
		case fBorn, fAge:
			cells[i] = c.age(col.field, born)
		case fArrived:
			cells[i] = visit.date
		case fWish1, fWish2, fWish3, fWishes, fConsent:
			cells[i] = c.wish(col.field, h)
		case fRelation:
			cells[i] = c.relation(visit, k, p)
		default:
			cells[i] = c.text(col.field, p, name)
		}
	}
}

func (c *clerk) houseNumber(visit *group, at int) string {
	if c.list.singlesBlank && len(visit.members) == 1 {
		return ""
	}
	return fmt.Sprintf(c.list.houseNumber, at)
}

// age shows the birth date, or the age where only that is known. A list with both
// columns fills the age for a third of the other rows as well.
func (c *clerk) age(f field, b birth) any {
	switch {
	case f == fBorn && b.only:
		return ""
	case f == fBorn:
		return b.date
	case b.only || b.age%3 == 0:
		return b.age
	}
	return ""
}

// relation makes the first of a visit the head when the true head is absent.
func (c *clerk) relation(visit *group, k int, p *person) string {
	rel := relationKey(p.relation, p.sex)
	if k == 0 && p.relation != unattended {
		rel = string(head)
	}
	return c.words.say(c.list.table.language, rel)
}

func (c *clerk) wish(f field, h *household) string {
	l := c.list.table.language
	nth := func(n int) string {
		if len(h.wishes) <= n {
			return ""
		}
		return c.words.say(l, "to "+h.wishes[n])
	}
	switch f {
	case fWish1:
		return nth(0)
	case fWish2:
		return nth(1)
	case fWish3:
		return nth(2)
	case fWishes:
		var all []string
		for n := range h.wishes {
			all = append(all, nth(n))
		}
		return strings.Join(all, ", ")
	}
	return c.words.say(l, string(h.consent))
}

func (c *clerk) text(f field, p *person, name written) string {
	l := c.list.table.language
	switch f {
	case fFamily:
		return name.family
	case fGiven:
		return name.given
	case fFull:
		return name.family + " " + name.given
	case fMaiden:
		return name.maiden
	case fSex:
		if p.sex == male {
			return c.words.say(l, "male")
		}
		return c.words.say(l, "female")
	case fPlace:
		if c.rng.chance(c.list.style.drop) {
			return c.speller.accents.Replace(p.birthplace)
		}
		return p.birthplace
	case fNation:
		return c.words.say(l, p.nationality)
	case fLanguage:
		var spoken []string
		for _, code := range p.languages {
			spoken = append(spoken, c.words.say(l, "lang "+code))
		}
		return strings.Join(spoken, ", ")
	case fWork:
		return c.words.say(l, p.occupation)
	case fDocType:
		return c.words.say(l, p.docType)
	case fDocument:
		return c.document(p)
	case fNeed:
		return c.words.say(l, string(p.need))
	case fCamp:
		return c.campName()
	}
	return ""
}

// document shows the number; clerks forget the space, or the whole number.
func (c *clerk) document(p *person) string {
	switch {
	case p.docNumber == "" || c.rng.chance(0.1):
		return ""
	case c.rng.chance(0.25):
		return strings.ReplaceAll(p.docNumber, " ", "")
	}
	return p.docNumber
}

func (c *clerk) campName() string {
	if c.rng.chance(0.03) {
		return strings.ToUpper(c.list.camp)
	}
	if c.rng.chance(0.02) && len(c.list.camp) > 6 {
		return c.list.camp[:5] + "."
	}
	return c.list.camp
}
