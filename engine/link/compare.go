package link

import "strings"

// evidence is the comparison of two records: a level for each field and, where
// the level rests on one shared value, how rare that is, in bits.
type evidence struct {
	levels [maxFields]uint8
	bits   [maxFields]float32 // -log2 of the share of records that have it; 0: rarity plays no part
	terms  [maxFields]int32   // token or value id, for words
}

const cacheBits = 15

type cached struct {
	key   uint64
	level uint8
}

// comparer compares prepared records; it is used by one goroutine.
type comparer struct {
	d *prepared
	// names and values remember levels.
	names, values []cached
	kin           *kinship // nil: households are not compared
	sink          int32    // keeps loads that only bring memory near
}

func newComparer(d *prepared, kin *kinship) *comparer {
	return &comparer{d: d, kin: kin, names: make([]cached, 1<<cacheBits), values: make([]cached, 1<<cacheBits)}
}

func pairKey(a, b int32) uint64 {
	if a > b {
		a, b = b, a
	}
	return uint64(uint32(a))<<32 | uint64(uint32(b))
}

func slot(key uint64) uint64 { return key * 0x9E3779B97F4A7C15 >> (64 - cacheBits) }

// nameLevel compares two name words.
func (c *comparer) nameLevel(a, b int32) uint8 {
	if a == b {
		if len(c.d.tokens[a].text) == 1 {
			return nameInitial
		}
		return nameSame
	}
	x, y := &c.d.tokens[a], &c.d.tokens[b]
	across := x.script != y.script && c.d.voice != nil
	if !across && farApart(x, y) {
		return nameDifferent
	}
	key := pairKey(a, b)
	s := &c.names[slot(key)]
	if s.key != key+1 {
		s.key = key + 1
		if across {
			s.level = c.d.compareAcross(x, y)
		} else {
			s.level = compareTokens(x, y, b)
		}
	}
	return s.level
}

// compare fills e with the comparison of records i and j.
func (c *comparer) compare(i, j int32, e *evidence) {
	p := &c.d.plan
	*e = evidence{}
	a, b := &c.d.people[i], &c.d.people[j]
	if p.birthField >= 0 {
		c.compareBirths(a, b, e)
	}
	if n := len(p.simple); n > 0 {
		x, y := c.d.valuesOf(i), c.d.valuesOf(j)
		for f := range n {
			c.compareValues(f, x[f], y[f], e)
		}
	}
	if p.givenField >= 0 {
		c.compareNames(a, b, e)
		c.compareOthers(a, b, e)
	}
	if p.kinField >= 0 && c.kin != nil {
		e.levels[p.kinField] = c.kin.level(a.household, b.household, i, j)
	}
}

func (c *comparer) compareBirths(a, b *person, e *evidence) {
	f := c.d.plan.birthField
	level := compareBirth(a.birth, b.birth)
	e.levels[f] = level
	if level == birthSame {
		e.bits[f] = a.birthBits
	}
}

func (c *comparer) compareValues(s int, a, b int32, e *evidence) {
	f := c.d.plan.simpleField + s
	if a < 0 || b < 0 {
		return
	}
	if a == b {
		e.levels[f] = valueSame
		e.bits[f], e.terms[f] = c.d.texts[s][a].bits, a
		return
	}
	kind := c.d.plan.kinds[c.d.plan.simple[s]]
	if kind == Sex {
		e.levels[f] = valueDifferent
		return
	}
	a, b = min(a, b), max(a, b)
	key := uint64(uint32(a))<<36 | uint64(uint32(b))<<4 | uint64(s)
	q := &c.values[slot(key)]
	if q.key != key+1 {
		q.key, q.level = key+1, compareTexts(kind, &c.d.texts[s][a], &c.d.texts[s][b])
		if q.level == valueDifferent {
			q.level = c.d.valueAcross(&c.d.texts[s][a], &c.d.texts[s][b])
		}
	}
	e.levels[f] = q.level
}

func compareTexts(kind Kind, a, b *value) uint8 {
	short := min(len(a.tight), len(b.tight))
	switch kind {
	case Phone, Document:
		if short >= 5 && editDistance(a.tight, b.tight, 1) <= 1 {
			return valueNear
		}
		return valueDifferent
	case Postcode:
		if short >= 4 && editDistance(a.tight, b.tight, 1) <= 1 {
			return valueNear
		}
		if area := max(2, short-3); short >= 4 && a.tight[:area] == b.tight[:area] {
			return valueRelated
		}
		return valueDifferent
	}
	if a.tight == b.tight || short >= 4 && editDistance(a.tight, b.tight, 1+short/8) <= 1+short/8 || wordsInside(a.words, b.words) {
		return valueNear
	}
	if short >= 4 && short < longestCompared && jaroWinkler(a.tight, b.tight) >= 0.9 {
		return valueNear
	}
	return valueDifferent
}

// wordsInside says that at least half of all the words stand in both lists.
func wordsInside(a, b []string) bool {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch strings.Compare(a[i], b[j]) {
		case 0:
			both++
			i++
			j++
		case -1:
			i++
		default:
			j++
		}
	}
	return both > 0 && 2*both >= min(len(a), len(b)) && both*3 >= max(len(a), len(b))
}
