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
		if weight+b.names(row, other, best) >= b.floor && weight+b.closeNames(row, other, i, j, best, b.floor-weight) >= b.floor {
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
