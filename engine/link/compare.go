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
	d *prepared
	// names and values remember levels; without them each is computed anew.
	names, values []cached
	// kin holds the pairs of households with a common member: the pair of records
	// that shows it, or severalMembers.
	kin map[uint64]uint64
}

const severalMembers = ^uint64(0)

// kinLevel says whether the households x and y share another member than the
// records i and j.
func (c *comparer) kinLevel(x, y, i, j int32) uint8 {
	if by, ok := c.kin[pairKey(x, y)]; ok && by != pairKey(i, j) {
		return 1
	}
	return 2
}

func newComparer(d *prepared) *comparer {
	return &comparer{d: d, names: make([]cached, 1<<cacheBits), values: make([]cached, 1<<cacheBits)}
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
	if c.names == nil {
		return compareTokens(c.d, a, b)
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
		c.compareNames(a, b, e)
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
			e.levels[p.kinField] = c.kinLevel(x, y, i, j)
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
	kind := c.d.plan.kinds[c.d.plan.simple[s]]
	if c.values == nil {
		e.levels[f] = compareTexts(kind, &c.d.texts[s][a], &c.d.texts[s][b])
		return
	}
	a, b = min(a, b), max(a, b)
	key := uint64(uint32(a))<<36 | uint64(uint32(b))<<4 | uint64(s)
	q := &c.values[slot(key)]
	if q.key != key+1 {
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
