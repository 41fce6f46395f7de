package link

import (
	"strings"
)

// evidence is the comparison of two records: a level for each field and, where
// the level rests on one shared value, the share of records that have it.
type evidence struct {
	levels [maxFields]uint8
	shares [maxFields]float64 // 0: rarity plays no part
	terms  [maxFields]int32   // token or value id, for words
}

const cacheBits = 15

type cached struct {
	key   uint64
	level uint8
}

// comparer compares prepared records; it is used by one goroutine.
type comparer struct {
	d      *prepared
	names  [1 << cacheBits]cached
	values [1 << cacheBits]cached
	kin    map[uint64]bool // pairs of households with a common member
}

func newComparer(d *prepared) *comparer { return &comparer{d: d} }

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
	key := pairKey(a, b)
	s := &c.names[slot(key)]
	if s.key != key+1 {
		s.key, s.level = key+1, compareTokens(c.d, a, b)
	}
	return s.level
}

func compareTokens(d *prepared, i, j int32) uint8 {
	a, b := &d.tokens[i], &d.tokens[j]
	switch {
	case len(a.text) == 1 || len(b.text) == 1:
		if a.text[0] == b.text[0] {
			return nameInitial
		}
		return nameDifferent
	case shareGroup(a.groups, b.groups) || d.variants[pairKey(i, j)]:
		return nameForm
	case a.sound == b.sound && len(a.sound) > 1:
		return nameSound
	}
	short := min(len(a.text), len(b.text))
	limit := 1
	if short >= 8 {
		limit = 2
	}
	if short >= 3 && editDistance(a.text, b.text, limit) <= limit {
		return nameMisprint
	}
	if short >= 3 && (strings.HasPrefix(a.text, b.text) || strings.HasPrefix(b.text, a.text)) {
		return nameForm
	}
	if short >= 5 && jaroWinkler(a.text, b.text) >= 0.92 {
		return nameMisprint
	}
	return nameDifferent
}

func (c *comparer) compare(i, j int32, e *evidence) {
	p := &c.d.plan
	*e = evidence{}
	a, b := &c.d.people[i], &c.d.people[j]
	if p.givenField >= 0 {
		c.compareGiven(a, b, e)
		c.compareFamily(a, b, e)
		c.compareOthers(a, b, e)
	}
	if p.birthField >= 0 {
		c.compareBirths(a.birth, b.birth, e)
	}
	for f := range p.simple {
		c.compareValues(f, c.d.values[f][i], c.d.values[f][j], e)
	}
	if p.kinField >= 0 && c.kin != nil {
		x, y := c.d.household[i], c.d.household[j]
		if x >= 0 && y >= 0 && x != y {
			e.levels[p.kinField] = 2
			if c.kin[pairKey(x, y)] {
				e.levels[p.kinField] = 1
			}
		}
	}
}

func (c *comparer) compareGiven(a, b *person, e *evidence) {
	f := c.d.plan.givenField
	if a.given < 0 || b.given < 0 {
		return
	}
	level := c.nameLevel(a.given, b.given)
	term := a.given
	if level >= nameInitial {
		if t := c.elsewhere(a.given, b.family, b.others); t >= 0 {
			level, term = nameElsewhere, t
		} else if t := c.elsewhere(b.given, a.family, a.others); t >= 0 {
			level, term = nameElsewhere, t
		}
	}
	e.levels[f] = level
	switch level {
	case nameSame:
		e.shares[f], e.terms[f] = c.d.tokens[term].givenShare, term
	case nameElsewhere:
		e.shares[f], e.terms[f] = c.d.tokens[term].anyShare(), term
	}
}

func (t *token) anyShare() float64 { return max(t.givenShare, t.familyShare) }

// elsewhere looks for a word among the other words of the other record, and
// gives the word as the other record has it, or -1.
func (c *comparer) elsewhere(t int32, lists ...[]int32) int32 {
	for _, list := range lists {
		for _, u := range list {
			if level := c.nameLevel(t, u); level <= nameMisprint {
				return u
			}
		}
	}
	return -1
}

func (c *comparer) compareFamily(a, b *person, e *evidence) {
	f := c.d.plan.familyField
	if len(a.family) == 0 || len(b.family) == 0 {
		return
	}
	level, term := uint8(nameDifferent), int32(-1)
	for _, x := range a.family {
		for _, y := range b.family {
			if l := c.nameLevel(x, y); l < level {
				level, term = l, x
			}
		}
	}
	if level >= nameInitial {
		if t := c.familyElsewhere(a, b); t >= 0 {
			level, term = nameElsewhere, t
		}
	}
	e.levels[f] = level
	switch level {
	case nameSame:
		e.shares[f], e.terms[f] = c.d.tokens[term].familyShare, term
	case nameElsewhere:
		e.shares[f], e.terms[f] = c.d.tokens[term].anyShare(), term
	}
}

func (c *comparer) familyElsewhere(a, b *person) int32 {
	for _, pair := range [2][2]*person{{a, b}, {b, a}} {
		for _, x := range pair[0].family {
			if pair[1].given >= 0 && c.nameLevel(x, pair[1].given) <= nameMisprint {
				return pair[1].given
			}
			if t := c.elsewhere(x, pair[1].others); t >= 0 {
				return t
			}
		}
	}
	return -1
}

func (c *comparer) compareOthers(a, b *person, e *evidence) {
	f := c.d.plan.otherField
	if len(a.others) == 0 || len(b.others) == 0 {
		return
	}
	e.levels[f] = 2
	for _, x := range a.others {
		for _, y := range b.others {
			if x != y && c.nameLevel(x, y) > nameInitial {
				continue
			}
			e.levels[f] = 1
			share := c.d.tokens[x].anyShare()
			if x == y && (e.shares[f] == 0 || share < e.shares[f]) {
				e.shares[f], e.terms[f] = share, x
			}
		}
	}
}

func (c *comparer) compareBirths(a, b date, e *evidence) {
	f := c.d.plan.birthField
	level := compareBirth(a, b)
	e.levels[f] = level
	if level == birthSame {
		e.shares[f] = c.d.birthShare(a)
	}
}

func (d *prepared) birthShare(b date) float64 {
	if s, ok := d.births[b]; ok {
		return s
	}
	return d.rare
}

func (c *comparer) compareValues(s int, a, b int32, e *evidence) {
	f := c.d.plan.simpleField + s
	if a < 0 || b < 0 {
		return
	}
	if a == b {
		e.levels[f] = valueSame
		e.shares[f], e.terms[f] = c.d.texts[s][a].share, a
		return
	}
	key := pairKey(a, b)<<4 ^ uint64(s)
	q := &c.values[slot(key)]
	if q.key != key+1 {
		kind := c.d.plan.kinds[c.d.plan.simple[s]]
		q.key, q.level = key+1, compareTexts(kind, &c.d.texts[s][a], &c.d.texts[s][b])
	}
	e.levels[f] = q.level
}

func compareTexts(kind Kind, a, b *value) uint8 {
	short := min(len(a.tight), len(b.tight))
	switch kind {
	case Sex:
		return valueDifferent
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
