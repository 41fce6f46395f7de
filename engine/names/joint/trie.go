package joint

import (
	"slices"
)

// Trie holds Latin words, letter by letter, for searching all of them at once.
// Node 0 is the root.
type Trie struct {
	first []int32  // of the node's children in nodes
	mask  []uint32 // letters that lead on from the node, one bit each; the children are in their order
	nodes []int32
	lm    []float32 // logarithm of the probability of the letters up to the node
	end   []float32 // the same for the word's end after the node
	item  []int32   // number of the word that ends at the node, -1 for none
}

// NewTrie builds the trie of the words, which are encoded Latin letters. The words must be distinct; the number of a word is its position.
func (m *Model) NewTrie(words [][]uint16) *Trie {
	order := make([]int32, len(words))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return slices.Compare(words[a], words[b]) })
	t := &Trie{}
	type span struct {
		low, high, depth int
		state            int32
		lm               float32
	}
	queue := []span{{0, len(words), 0, m.latinLetters.start, 0}}
	for q := 0; q < len(queue); q++ {
		s := queue[q]
		t.first = append(t.first, int32(len(t.nodes)))
		t.lm = append(t.lm, s.lm)
		t.end = append(t.end, s.lm+m.latinLetters.ending(s.state))
		item := int32(-1)
		low := s.low
		for low < s.high && len(words[order[low]]) == s.depth {
			item = order[low]
			low++
		}
		t.item = append(t.item, item)
		mask := uint32(0)
		for low < s.high {
			letter := words[order[low]][s.depth]
			high := low
			for high < s.high && words[order[high]][s.depth] == letter {
				high++
			}
			p, state := m.latinLetters.step(s.state, letter)
			mask |= 1 << letter
			t.nodes = append(t.nodes, int32(len(queue)))
			queue = append(queue, span{low, high, s.depth + 1, state, s.lm + p})
			low = high
		}
		t.mask = append(t.mask, mask)
	}
	return t
}
