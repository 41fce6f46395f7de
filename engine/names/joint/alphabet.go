package joint

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Alphabet numbers the letters of a script, from 1.
type Alphabet struct {
	letters []rune
	ids     map[rune]uint16
}

func newAlphabet(letters []rune) *Alphabet {
	a := &Alphabet{letters: letters, ids: make(map[rune]uint16, len(letters))}
	for i, r := range letters {
		a.ids[r] = uint16(i + 1)
	}
	return a
}

// countAlphabet keeps the letters that were seen at least least times, at most
// most of them.
func countAlphabet(words []string, least, most int) *Alphabet {
	counts := make(map[rune]int)
	for _, w := range words {
		for _, r := range w {
			counts[r]++
		}
	}
	var letters []rune
	for r, n := range counts {
		if n >= least {
			letters = append(letters, r)
		}
	}
	slices.SortFunc(letters, func(a, b rune) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	letters = letters[:min(most, len(letters))]
	slices.Sort(letters)
	return newAlphabet(letters)
}

// Encode numbers the letters of a word. An unknown letter is read as the first
// of its decomposition, without accents, where that is known, and is left out
// otherwise. At most MaxWord letters are read.
func (a *Alphabet) Encode(word string) []uint16 {
	out := make([]uint16, 0, min(len(word), MaxWord))
	for _, r := range word {
		if len(out) >= MaxWord {
			break
		}
		id := a.ids[r]
		if id == 0 {
			base, _ := utf8.DecodeRune(norm.NFD.AppendString(nil, string(r)))
			id = a.ids[base]
		}
		if id != 0 {
			out = append(out, id)
		}
	}
	return out
}

// EncodeLatin numbers the letters a to z of a word from 1 and leaves out all
// others; all models share these numbers. At most MaxWord letters are read.
func EncodeLatin(word string) []uint16 {
	out := make([]uint16, 0, min(len(word), MaxWord))
	for i := 0; i < len(word) && len(out) < MaxWord; i++ {
		if c := word[i]; c >= 'a' && c <= 'z' {
			out = append(out, uint16(c-'a')+1)
		}
	}
	return out
}

// DecodeLatin is the word of numbered Latin letters.
func DecodeLatin(letters []uint16) string {
	out := make([]byte, len(letters))
	for i, l := range letters {
		out[i] = 'a' + byte(l-1)
	}
	return string(out)
}

// MaxWord is the number of letters of a word that are read.
const MaxWord = 32
