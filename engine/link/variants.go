package link

import (
	"slices"
	"strings"
)

func (d *prepared) addVariant(words string) {
	a, b, _ := strings.Cut(words, " ")
	x, okA := d.tokenIDs[a]
	y, okB := d.tokenIDs[b]
	if okA && okB && !contains(d.tokens[x].forms, y) {
		d.tieForms(x, y)
	}
}

// loadForms ties a new word to the forms of it that the model has learned.
func (d *prepared) loadForms(m *Model, t int) {
	for _, v := range m.Variants {
		if a, b, _ := strings.Cut(v, " "); a == d.tokens[t].raw || b == d.tokens[t].raw {
			d.addVariant(v)
		}
	}
}

func (d *prepared) tieForms(x, y int32) {
	d.tokens[x].forms = append(d.tokens[x].forms, y)
	d.tokens[y].forms = append(d.tokens[y].forms, x)
}

const (
	variantPairs = 4    // pairs of records that must show a variant
	variantRatio = 0.05 // of the pairs in which the rarer word meets any word
)

// learnVariants finds pairs of given names that pairs of records which surely
// are the same person, even without the given name, use for each other.
func learnVariants(d *prepared, pairs []candidate, s *scorer) []string {
	f := d.plan.givenField
	if f < 0 {
		return nil
	}
	seen := make(map[uint64]int)
	meets := make(map[int32]int)
	for i := range pairs {
		c := pairs[i]
		level := c.levels >> (4 * f) & 15
		a, b := d.people[c.a].given, d.people[c.b].given
		if level == 0 || level == nameElsewhere || a < 0 || b < 0 || level == nameSame && a != b {
			continue
		}
		without := candidate{levels: c.levels &^ (15 << (4 * f)), shared: c.shared, own: c.own}
		if level == nameSame {
			without.own -= float32(s.rarity(f, d.tokens[a].givenBits))
		}
		if w, _ := s.bits(&without); w < sureBits {
			continue
		}
		meets[a]++
		meets[b]++
		if level == nameDifferent && sharesWord(d.people[c.a].familyNames(), d.people[c.b].familyNames()) {
			seen[pairKey(a, b)]++
		}
	}
	var found []string
	for key, n := range seen {
		a, b := int32(key>>32), int32(uint32(key))
		if n >= variantPairs && float64(n) >= variantRatio*float64(min(meets[a], meets[b])) {
			found = append(found, d.tokens[a].raw+" "+d.tokens[b].raw)
		}
	}
	slices.Sort(found)
	return found
}

func sharesWord(a, b []int32) bool {
	return slices.ContainsFunc(a, func(t int32) bool { return slices.Contains(b, t) })
}

// applyVariants compares again the pairs whose given names are learned forms of
// one name.
func applyVariants(d *prepared, pairs []candidate, s *scorer) {
	f := d.plan.givenField
	c := newComparer(d, nil)
	var e evidence
	for i := range pairs {
		a, b := d.people[pairs[i].a].given, d.people[pairs[i].b].given
		if pairs[i].levels>>(4*f)&15 == nameSame || a < 0 || b < 0 || !anyForm(d, &d.people[pairs[i].a], &d.people[pairs[i].b]) {
			continue
		}
		c.compare(pairs[i].a, pairs[i].b, &e)
		pairs[i] = s.pack(pairs[i].a, pairs[i].b, &e)
	}
}

// anyForm says that any word of one record is a learned form of any of the other.
func anyForm(d *prepared, a, b *person) bool {
	var left, right [8]int32
	x, y := a.words(left[:0]), b.words(right[:0])
	for _, t := range x {
		for _, form := range d.tokens[t].forms {
			if contains(y, form) {
				return true
			}
		}
	}
	return false
}

// words appends all name words of a person.
func (p *person) words(list []int32) []int32 {
	if p.given >= 0 {
		list = append(list, p.given)
	}
	return append(append(list, p.familyNames()...), p.otherNames()...)
}
