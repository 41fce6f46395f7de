package joint

import "slices"

// Model is a trained joint-sequence model between one script and Latin letters.
// It never changes and may be used by many goroutines.
type Model struct {
	Foreign, Latin *Alphabet
	inventory      *inventory
	blocks         *ngram // over blocks
	latinLetters   *ngram
	foreignLetters *ngram
	shapes         []Shape
	readings       map[block][]reading // by foreign side
}

// reading is one step through the Latin sides of the blocks that share a foreign
// side, in depth-first order: where a letter cannot be taken, skip leads past
// everything that begins with it.
type reading struct {
	letter uint16
	depth  int16
	block  int32 // the block that ends here, or -1
	skip   int32
}

// prepare derives what is not stored.
func (m *Model) prepare() {
	const foreignBits = ^block(1<<(6*maxLatin) - 1)
	groups := make(map[block][]int32)
	var seen [maxForeign + 1][maxLatin + 1]bool
	for i, b := range m.inventory.blocks {
		groups[b&foreignBits] = append(groups[b&foreignBits], int32(i))
		s := b.shape()
		seen[s.Foreign][s.Latin] = true
	}
	m.readings = make(map[block][]reading, len(groups))
	for key, ids := range groups {
		m.readings[key] = m.flatten(ids)
	}
	for f := range seen {
		for l, ok := range seen[f] {
			if ok {
				m.shapes = append(m.shapes, Shape{f, l})
			}
		}
	}
}

// flatten makes the depth-first list of blocks. A block without Latin letters
// comes first, at depth 0.
func (m *Model) flatten(ids []int32) []reading {
	slices.SortFunc(ids, func(a, b int32) int {
		return slices.Compare(m.inventory.blocks[a].latin(), m.inventory.blocks[b].latin())
	})
	var out []reading
	var path []int // places in out of the letters of the last block
	var last []uint16
	leave := func(depth int) {
		for len(path) > depth {
			out[path[len(path)-1]].skip = int32(len(out))
			path = path[:len(path)-1]
		}
	}
	for _, id := range ids {
		latin := m.inventory.blocks[id].latin()
		if len(latin) == 0 {
			out = append(out, reading{block: id})
			continue
		}
		same := 0
		for same < len(last) && same < len(latin) && last[same] == latin[same] {
			same++
		}
		leave(same)
		for d := same; d < len(latin); d++ {
			path = append(path, len(out))
			out = append(out, reading{letter: latin[d], depth: int16(d + 1), block: -1})
		}
		out[path[len(path)-1]].block = id
		last = latin
	}
	leave(0)
	return out
}
