package link

import (
	"math"
	"math/bits"
)

// bound tells from a few words of memory that two records cannot reach a weight,
// so that most candidate pairs are never compared in full. It may let through a
// pair that does not reach it, and never holds back one that does.
type bound struct {
	d      *prepared
	s      *scorer
	floor  float32
	prior  float32
	stride int
	rows   []uint32 // stride words for each record: see the constants
	gains  nameGains
	birth  birthCaps
	values [][]float32 // by simple field and value: the weight of sharing it
	others []float32   // by simple field: the most that two different values weigh
}

// The words of a record.
const (
	boundGiven  = iota // number of the given name + 1; 0: none
	boundFamily        // the same of the family name; 0: none, or there are several
	boundBirth         // digits of the date, four bits each; 0: not known; oddDate
	boundExtra         // bits of rarity of the rarest other name; 0: no other name
	boundValues        // from here on: numbers of the values + 1; 0: not known
)

const oddDate = ^uint32(0)

// nameGains are the weights that names can reach.
type nameGains struct {
	given, family               []float32 // by word: of sharing it, in that role
	givenOther, familyOther     float32   // the most that different words weigh in a role
	elseGiven, elseFamily       float32   // of being found among the other names, without rarity
	extraShared, extraDifferent float32   // of the other names, without rarity
}

// birthCaps are the most that two different dates weigh.
type birthCaps struct {
	same                                float32 // without rarity
	any, sameYear, sameDay, digits, far float32
}

func newBound(d *prepared, s *scorer, floor float64) *bound {
	// The tolerance covers that sums are rounded in another order.
	b := &bound{d: d, s: s, floor: float32(floor) - 0.01, prior: float32(s.prior)}
	b.stride = boundValues + len(d.plan.simple)
	if b.stride <= 8 {
		b.stride = 8 // half a cache line
	}
	b.setNames()
	b.setBirths()
	b.setValues()
	b.rows = make([]uint32, b.stride*len(d.people))
	for i := range d.people {
		b.fill(b.rows[i*b.stride:(i+1)*b.stride], int32(i))
	}
	return b
}

// most is the highest weight of some levels of a field.
func (b *bound) most(f int, levels ...uint8) float32 {
	top := float32(math.Inf(-1))
	for _, l := range levels {
		if !b.s.used[f][l] {
			continue
		}
		top = max(top, float32(b.s.weight[f][l]))
	}
	return top
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
	n.extraShared, n.extraDifferent = b.most(o, 1), b.most(o, 1, 2)
	n.given, n.family = make([]float32, len(b.d.tokens)), make([]float32, len(b.d.tokens))
	for t := range b.d.tokens {
		w := &b.d.tokens[t]
		n.given[t] = max(n.givenOther, b.most(g, nameSame)+float32(b.s.rarity(g, w.givenBits)))
		n.family[t] = max(n.familyOther, b.most(f, nameSame)+float32(b.s.rarity(f, w.familyBits)))
		if len(w.text) == 1 {
			// Two equal initials do not keep other names from being looked at.
			n.given[t], n.family[t] = float32(math.Inf(1)), float32(math.Inf(1))
		}
	}
}

func (b *bound) setBirths() {
	f := b.d.plan.birthField
	if f < 0 {
		return
	}
	b.birth = birthCaps{same: b.most(f, birthSame),
		any:      b.most(f, birthMisprint, birthMonth, birthYearOnly, birthYearOther, birthDayOther, birthNear, birthOther, birthTen, birthDifferent),
		sameYear: b.most(f, birthMisprint, birthMonth, birthYearOnly, birthYearOther),
		sameDay:  b.most(f, birthMisprint, birthDayOther, birthNear, birthOther, birthTen, birthDifferent),
		digits:   b.most(f, birthMisprint, birthNear, birthOther, birthTen, birthDifferent),
		far:      b.most(f, birthOther, birthTen, birthDifferent)}
}

func (b *bound) setValues() {
	for s, column := range b.d.plan.simple {
		f := b.d.plan.simpleField + s
		gain := make([]float32, len(b.d.texts[s]))
		for v := range gain {
			gain[v] = b.most(f, valueSame) + float32(b.s.rarity(f, b.d.texts[s][v].bits))
		}
		other := b.most(f, valueDifferent)
		if b.d.plan.kinds[column] != Sex {
			other = b.most(f, valueNear, valueRelated, valueDifferent)
		}
		b.values, b.others = append(b.values, gain), append(b.others, other)
	}
}

// fill writes the words of a record.
func (b *bound) fill(row []uint32, i int32) {
	p := &b.d.people[i]
	row[boundGiven] = uint32(p.given + 1)
	if p.families == 1 {
		row[boundFamily] = uint32(p.family[0] + 1)
	}
	row[boundBirth] = packDate(p.birth)
	extra := float32(0)
	for _, t := range p.otherNames() {
		extra = max(extra, b.d.tokens[t].anyBits(), 1e-6)
	}
	row[boundExtra] = math.Float32bits(extra)
	for s, v := range b.d.valuesOf(i) {
		row[boundValues+s] = uint32(v + 1)
	}
}

// packDate gives the digits of a whole date, oddDate for what is known otherwise.
func packDate(b date) uint32 {
	switch {
	case !b.known():
		return 0
	case b.about || b.floating || b.year < 0 || b.year > 9999 || b.month < 1 || b.month > 99 || b.day < 1 || b.day > 99:
		return oddDate
	}
	digits := uint32(0)
	for _, n := range [4]int16{b.year / 100, b.year % 100, b.month, b.day} {
		digits = digits<<8 | uint32(n/10)<<4 | uint32(n%10)
	}
	return digits
}

// reachable keeps, in place, the records of a list that may reach the floor with
// record i. What sink comes to means nothing.
func (b *bound) reachable(i int32, list []int32, sink *int32) []int32 {
	for _, j := range list {
		*sink += int32(b.rows[int(j)*b.stride]) // brings all rows near at once
	}
	row := b.rows[int(i)*b.stride : (int(i)+1)*b.stride]
	best := b.bestNames(i)
	sameBirth := float32(0)
	if f := b.d.plan.birthField; f >= 0 {
		sameBirth = b.birth.same + float32(b.s.rarity(f, b.d.people[i].birthBits))
	}
	out := list[:0]
	for _, j := range list {
		other := b.rows[int(j)*b.stride : (int(j)+1)*b.stride]
		weight := b.prior + b.births(row[boundBirth], other[boundBirth], sameBirth) + b.simple(row, other)
		if weight+best+b.extras(row, other) < b.floor {
			continue
		}
		if weight+b.names(row, other, best) >= b.floor {
			out = append(out, j)
		}
	}
	return out
}

func (b *bound) births(x, y uint32, same float32) float32 {
	switch {
	case x == 0 || y == 0:
		return 0
	case x == oddDate || y == oddDate:
		return max(0, b.birth.any, same)
	case x == y:
		return max(same, b.birth.any)
	case x>>16 == y>>16:
		return b.birth.sameYear
	case x&0xFFFF == y&0xFFFF:
		return b.birth.sameDay
	}
	apart := x ^ y
	apart |= apart >> 2
	apart = (apart | apart>>1) & 0x11111111
	if bits.OnesCount32(apart) <= 2 || x&0xFFFF == 0x0101 || y&0xFFFF == 0x0101 {
		return b.birth.digits
	}
	return b.birth.far
}

func (b *bound) simple(row, other []uint32) float32 {
	sum := float32(0)
	for s := range b.values {
		x, y := row[boundValues+s], other[boundValues+s]
		switch {
		case x == 0 || y == 0:
		case x == y:
			sum += b.values[s][x-1]
		default:
			sum += b.others[s]
		}
	}
	return sum
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

// names is the most that all names weigh; best is what they can for the first.
func (b *bound) names(row, other []uint32, best float32) float32 {
	n := &b.gains
	gx, gy, fx, fy := row[boundGiven], other[boundGiven], row[boundFamily], other[boundFamily]
	if gx == 0 || gy == 0 || fx == 0 || fy == 0 || gx == fy || gy == fx {
		return best + b.extras(row, other)
	}
	given, family := n.givenOther, n.familyOther
	x, y := row[boundExtra], other[boundExtra]
	if x != 0 || y != 0 {
		elseGiven, elseFamily := b.elsewhere(x, y)
		given, family = max(given, elseGiven), max(family, elseFamily)
	}
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
