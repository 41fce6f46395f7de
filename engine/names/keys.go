package names

import (
	"hash/fnv"
	"slices"
)

// Keys are the candidate keys of the words that tell people apart (not titles,
// particles or initials), distinct and sorted. Two spellings of one word share a
// key in most cases; one key of 100,000 distinct family names is shared by some
// tens of them.
func (p *Prepared) Keys() []uint64 {
	var keys []uint64
	for i := range p.Words {
		if w := &p.Words[i]; w.Role == Plain || w.Role == Patronymic {
			keys = append(keys, w.Codes...)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func hashKey(text string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(text))
	return h.Sum64()
}

// soundClass brings Latin consonants that languages write for each other to one
// class; vowels, h, w and y are silent.
var soundClass = [26]byte{'b' - 'a': 1, 'p' - 'a': 1, 'f' - 'a': 1, 'v' - 'a': 1, 'w' - 'a': 0, 'c' - 'a': 2, 'g' - 'a': 2, 'k' - 'a': 2, 'q' - 'a': 2,
	'x' - 'a': 2, 's' - 'a': 3, 'z' - 'a': 3, 'j' - 'a': 3, 't' - 'a': 4, 'd' - 'a': 4, 'l' - 'a': 5, 'r' - 'a': 5, 'm' - 'a': 6, 'n' - 'a': 6}

// soundCode is the sequence of consonant classes of a Latin word, four bits each.
func soundCode(latin string) uint64 {
	var code uint64
	last := byte(0)
	for i := 0; i < len(latin); i++ {
		c := latin[i]
		if c < 'a' || c > 'z' {
			continue
		}
		class := soundClass[c-'a']
		if class != 0 && class != last {
			code = code<<4 | uint64(class)
		}
		last = class
	}
	return code
}
