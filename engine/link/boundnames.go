package link

import (
	"math"
	"math/bits"
)

// nameGains are the weights that names can reach.
type nameGains struct {
	given, family               []float32 // by word: of sharing it, in that role
	givenOther, familyOther     float32   // the most that different words weigh in a role
	givenApart, familyApart     float32   // of a given name, or family name, that differs
	elseGiven, elseFamily       float32   // of being found among the other names, without rarity
	extraShared, extraDifferent float32   // of other names of which one, or none, is shared, without rarity
	letters                     []letters // by word
}

func (b *bound) setNames() {
	g, f, o := b.d.plan.givenField, b.d.plan.familyField, b.d.plan.otherField
	if g < 0 {
		return
	}
	n := &b.gains
	other := []uint8{nameForm, nameSound, nameAcross, nameMisprint, nameLikeAcross, nameInitial, nameDifferent}
	n.givenOther, n.familyOther = b.most(g, other...), b.most(f, other...)
	n.elseGiven, n.elseFamily = b.most(g, nameElsewhere), b.most(f, nameElsewhere)
	n.givenApart, n.familyApart = b.most(g, nameDifferent), b.most(f, nameDifferent)
	n.extraShared, n.extraDifferent = b.most(o, 1), b.most(o, 2)
	n.letters = make([]letters, len(b.d.tokens))
	n.given, n.family = make([]float32, len(b.d.tokens)), make([]float32, len(b.d.tokens))
	for t := range b.d.tokens {
		w := &b.d.tokens[t]
		n.letters[t] = lettersOf(w)
		n.given[t] = max(n.givenOther, b.most(g, nameSame)+float32(b.s.rarity(g, w.givenBits)))
		n.family[t] = max(n.familyOther, b.most(f, nameSame)+float32(b.s.rarity(f, w.familyBits)))
		if len(w.text) == 1 {
			// Two equal initials do not keep other names from being looked at.
			n.given[t], n.family[t] = float32(math.Inf(1)), float32(math.Inf(1))
		}
	}
}

// bestNames is the most that given and family name can weigh for a record, the
// other names apart.
func (b *bound) bestNames(i int32) float32 {
	if b.d.plan.givenField < 0 {
		return 0
	}
	p, n := &b.d.people[i], &b.gains
	given, family := max(n.givenOther, 0), max(n.familyOther, 0)
	add := func(t int32) {
		given, family = max(given, n.given[t]), max(family, n.family[t])
	}
	if p.given >= 0 {
		add(p.given)
	}
	for _, t := range p.familyNames() {
		add(t)
	}
	return given + family
}

// extras is the most that other names can add.
func (b *bound) extras(row, other []uint32) float32 {
	x, y := row[boundExtra], other[boundExtra]
	if x == 0 && y == 0 {
		return 0
	}
	given, family := b.elsewhere(x, y)
	sum := max(0, given) + max(0, family)
	if x != 0 && y != 0 {
		sum += b.shared(x, y)
	}
	return sum
}

// elsewhere is the most that it weighs that the given name, or the family name, of
// one record is found among the other names of the other.
func (b *bound) elsewhere(x, y uint32) (given, family float32) {
	rarest := max(math.Float32frombits(x), math.Float32frombits(y))
	return b.gains.elseGiven + max(0, float32(b.s.base[b.d.plan.givenField])+rarest),
		b.gains.elseFamily + max(0, float32(b.s.base[b.d.plan.familyField])+rarest)
}

// shared is the most that the other names of two records weigh.
func (b *bound) shared(x, y uint32) float32 {
	least := min(math.Float32frombits(x), math.Float32frombits(y))
	return max(b.gains.extraDifferent, b.gains.extraShared+max(0, float32(b.s.base[b.d.plan.otherField])+least))
}

// names is the most that all names weigh by what the rows say; best is what they
// can for the first.
func (b *bound) names(row, other []uint32, best float32) float32 {
	n := &b.gains
	gx, gy, fx, fy := row[boundGiven], other[boundGiven], row[boundFamily], other[boundFamily]
	if gx == 0 || gy == 0 || fx == 0 || fy == 0 || gx == fy || gy == fx {
		return best + b.extras(row, other)
	}
	x, y := row[boundExtra], other[boundExtra]
	elseGiven, elseFamily := float32(math.Inf(-1)), float32(math.Inf(-1))
	if x != 0 || y != 0 {
		elseGiven, elseFamily = b.elsewhere(x, y)
	}
	given, family := max(n.givenOther, elseGiven), max(n.familyOther, elseFamily)
	if gx == gy {
		given = n.given[gx-1]
	}
	if fx == fy {
		family = n.family[fx-1]
	}
	if x != 0 && y != 0 {
		given += b.shared(x, y)
	}
	return given + family
}

// closeNames is names that looks at the letters of the words, too, as closely as it
// takes to get below least.
func (b *bound) closeNames(row, other []uint32, i, j int32, best, least float32) float32 {
	n := &b.gains
	gx, gy, fx, fy := row[boundGiven], other[boundGiven], row[boundFamily], other[boundFamily]
	if gx == 0 || gy == 0 || fx == 0 || fy == 0 || gx == fy || gy == fx {
		return best + b.extras(row, other)
	}
	given, family := n.givenOther, n.familyOther
	crossed := gx != gy && fx != fy && !(b.far(gx, fy) && b.far(gy, fx))
	if gx == gy {
		given = n.given[gx-1]
	} else if !crossed && b.far(gx, gy) {
		given = n.givenApart
	}
	if fx == fy {
		family = n.family[fx-1]
	} else if !crossed && b.far(fx, fy) {
		family = n.familyApart
	}
	x, y := row[boundExtra], other[boundExtra]
	if x == 0 && y == 0 {
		return given + family
	}
	elseGiven, elseFamily := b.elsewhere(x, y)
	loose := max(given, elseGiven) + max(family, elseFamily)
	if x != 0 && y != 0 {
		loose += b.shared(x, y)
	}
	if loose < least {
		return loose // without a look at the other names, which are far in memory
	}
	mine, yours := b.d.people[i].otherNames(), b.d.people[j].otherNames()
	if b.anyNear(gx, yours) || b.anyNear(gy, mine) {
		given = max(given, elseGiven)
	}
	if b.anyNear(fx, yours) || b.anyNear(fy, mine) {
		family = max(family, elseFamily)
	}
	return given + family + b.closeExtras(x, y, mine, yours)
}

func (b *bound) closeExtras(x, y uint32, mine, yours []int32) float32 {
	if x == 0 || y == 0 {
		return 0
	}
	for _, t := range mine {
		if b.anyNear(uint32(t+1), yours) {
			return b.shared(x, y)
		}
	}
	return b.gains.extraDifferent
}

// anyNear says that a word, given as its number + 1, may be a form or a spelling of
// one of a list.
func (b *bound) anyNear(word uint32, list []int32) bool {
	for _, t := range list {
		if word == uint32(t+1) || !b.far(word, uint32(t+1)) {
			return true
		}
	}
	return false
}

// letters is what tells most words apart.
type letters struct {
	set    uint32
	sound  uint32 // a part of the hash
	groups uint32 // bit n for a group of number n modulo 32
	length uint16
	script uint8
	forms  bool
}

func lettersOf(t *token) letters {
	l := letters{set: t.letters, sound: uint32(t.soundHash), length: uint16(len(t.text)), script: t.script, forms: t.forms != nil}
	for _, g := range t.groups {
		l.groups |= 1 << (g % 32)
	}
	return l
}

// far says that two different words, given as their numbers + 1, are compared as
// different. It says no if it does not know.
func (b *bound) far(x, y uint32) bool {
	p, q := &b.gains.letters[x-1], &b.gains.letters[y-1]
	if p.sound == q.sound || p.length == 1 || q.length == 1 || p.groups&q.groups != 0 || p.forms && q.forms ||
		p.script != q.script && b.d.voice != nil {
		return false
	}
	onlyX, onlyY := bits.OnesCount32(p.set&^q.set), bits.OnesCount32(q.set&^p.set)
	if onlyX == 0 || onlyY == 0 || max(onlyX, onlyY) <= 2 {
		return false
	}
	return !mayResemble(int(p.length), int(q.length), onlyX, onlyY)
}
