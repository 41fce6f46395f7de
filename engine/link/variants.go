package link

import (
	"slices"
	"strings"
)

func (d *prepared) addVariant(words string) {
	a, b, _ := strings.Cut(words, " ")
	x, okA := d.tokenIDs[a]
	y, okB := d.tokenIDs[b]
	if okA && okB {
		d.variants[pairKey(x, y)] = true
	}
}

const (
	variantPairs = 4    // pairs of records that must show a variant
	variantRatio = 0.05 // of the pairs in which the rarer word meets any word
	sureBits     = 7.0
)

// learnVariants finds pairs of given names that pairs of records which surely
// are the same person, even without the given name, use for each other.
func learnVariants(d *prepared, m *Model, pairs []candidate, s *scorer) []string {
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
			without.own -= float32(s.rarity(f, d.tokens[a].givenShare))
		}
		if w, _ := s.bits(&without); w < sureBits {
			continue
		}
		meets[a]++
		meets[b]++
		if level == nameDifferent && sharesWord(d.people[c.a].family, d.people[c.b].family) {
			seen[pairKey(a, b)]++
		}
	}
	var found []string
	for key, n := range seen {
		a, b := int32(key>>32), int32(uint32(key))
		if n >= variantPairs && float64(n) >= variantRatio*float64(min(meets[a], meets[b])) {
			d.variants[key] = true
			found = append(found, d.tokens[a].text+" "+d.tokens[b].text)
		}
	}
	slices.Sort(found)
	return found
}

func sharesWord(a, b []int32) bool {
	return slices.ContainsFunc(a, func(t int32) bool { return slices.Contains(b, t) })
}

// applyVariants raises the level of pairs whose given names are learned forms
// of one name.
func applyVariants(d *prepared, pairs []candidate) {
	f := d.plan.givenField
	for i := range pairs {
		c := &pairs[i]
		a, b := d.people[c.a].given, d.people[c.b].given
		if c.levels>>(4*f)&15 == nameDifferent && a >= 0 && b >= 0 && d.variants[pairKey(a, b)] {
			c.levels = c.levels&^(15<<(4*f)) | nameForm<<(4*f)
		}
	}
}
