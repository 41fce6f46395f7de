package link

import (
	"math/bits"
	"strings"

	"cairn/engine/names"
)

// farApart says at once, of most words, that they are no forms or spellings of one
// name; compareTokens would say so too.
func farApart(a, b *token) bool {
	if a.soundHash == b.soundHash || len(a.text) == 1 || len(b.text) == 1 ||
		a.groups != nil && b.groups != nil || a.forms != nil && b.forms != nil {
		return false
	}
	onlyA, onlyB := bits.OnesCount32(a.letters&^b.letters), bits.OnesCount32(b.letters&^a.letters)
	if onlyA == 0 || onlyB == 0 || max(onlyA, onlyB) <= 2 {
		return false
	}
	return !mayResemble(len(a.text), len(b.text), onlyA, onlyB)
}

// compareTokens compares two different name words; number is that of b.
func compareTokens(a, b *token, number int32) uint8 {
	switch {
	case len(a.text) == 1 || len(b.text) == 1:
		if a.text[0] == b.text[0] {
			return nameInitial
		}
		return nameDifferent
	case names.ShareForm(a.groups, b.groups) || contains(a.forms, number):
		return nameForm
	case a.sound == b.sound && len(a.sound) > 1:
		return nameSound
	}
	// Letters that only one of them has bound every likeness from above.
	onlyA, onlyB := bits.OnesCount32(a.letters&^b.letters), bits.OnesCount32(b.letters&^a.letters)
	short := min(len(a.text), len(b.text))
	limit := 1
	if short >= 8 {
		limit = 2
	}
	if short >= 3 && max(onlyA, onlyB) <= limit && editDistance(a.text, b.text, limit) <= limit {
		return nameMisprint
	}
	if short >= 3 && (strings.HasPrefix(a.text, b.text) || strings.HasPrefix(b.text, a.text)) {
		return nameForm
	}
	if short >= 5 && mayResemble(len(a.text), len(b.text), onlyA, onlyB) && jaroWinkler(a.text, b.text) >= likeName {
		return nameMisprint
	}
	return nameDifferent
}

const likeName = 0.92

// mayResemble says that words of these lengths, with so many letters that the
// other lacks, can reach the similarity likeName: with the whole prefix bonus
// Jaro's part must be at least (likeName-0.4)/0.6, so that the common letters are
// on the average this share of each word.
func mayResemble(lengthA, lengthB, onlyA, onlyB int) bool {
	a, b := float64(min(lengthA, longestCompared)), float64(min(lengthB, longestCompared))
	if lengthA > longestCompared || lengthB > longestCompared {
		return true
	}
	common := min(a-float64(onlyA), b-float64(onlyB))
	return common/a+common/b >= 3*(likeName-0.4)/0.6-1
}
