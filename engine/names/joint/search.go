package joint

import (
	"cmp"
	"math/bits"
	"slices"
)

// Found is a word of a trie and its score.
type Found struct {
	Item  int32
	Score float32
}

// Searcher holds the working memory of searches; one for each goroutine.
type Searcher struct {
	m     *Model
	t     *Trie
	beam  int
	best  [MaxWord + 1]float32
	cells [MaxWord + 1][]reach
	seen  []int32 // open addressing over (node, state) into the cell
	found []Found
}

// reach is a place in the trie reached by some cut of the foreign letters read
// so far.
type reach struct {
	node, state int32
	score       float32 // with the share of the Latin letters taken off
	raw         float32
}

const (
	mostInsertions = 3 // Latin letters in a row that stand for nothing written

	latinShare  = 0.8 // of the Latin letters' own probability that is taken off
	searchWidth = 14  // nats below the best of its cell at which a reach is given up
)

// NewSearcher makes a searcher in a trie of the model that keeps beam places for
// each foreign letter.
func (m *Model) NewSearcher(t *Trie, beam int) *Searcher {
	return &Searcher{m: m, t: t, beam: beam}
}

// Search gives the words of the trie that the foreign word may stand for, the
// best first by an approximate score. The slice is valid until the next call.
func (s *Searcher) Search(foreign []uint16) []Found {
	foreign = foreign[:min(len(foreign), MaxWord)]
	n := len(foreign)
	for i := range n + 1 {
		s.cells[i] = s.cells[i][:0]
		s.best[i] = Impossible
	}
	s.cells[0] = append(s.cells[0], reach{state: s.m.blocks.start})
	s.best[0] = 0
	for i := range n + 1 {
		s.prune(i)
		s.insertions(i)
		if i < n {
			s.extend(s.cells[i], i+1, foreign[i])
		}
	}
	return s.finish(s.cells[n])
}

// insertions adds Latin letters that stand for nothing written.
func (s *Searcher) insertions(i int) {
	from := 0
	for range mostInsertions {
		before := len(s.cells[i])
		s.extend(s.cells[i][from:], i, 0)
		if len(s.cells[i]) == before {
			break
		}
		from = before
	}
	s.prune(i)
}

// extend takes one foreign letter, or none, with each Latin letter that leads on in
// the trie and, a letter taken, with none.
func (s *Searcher) extend(from []reach, to int, foreign uint16) {
	t, v := s.t, s.m.inventory
	known := v.latin[foreign]
	for f := range from {
		h := from[f]
		if foreign != 0 && known&1 != 0 {
			s.reach(to, &h, v.find(foreign, 0), h.node)
		}
		child := t.first[h.node]
		for mask := t.mask[h.node]; mask != 0; mask &= mask - 1 {
			letter := uint16(bits.TrailingZeros32(mask))
			if known>>letter&1 != 0 {
				s.reach(to, &h, v.find(foreign, letter), t.nodes[child])
			}
			child++
		}
	}
}

func (s *Searcher) reach(to int, h *reach, block, node int32) {
	p, state := s.m.blocks.step(h.state, uint16(block))
	raw := h.raw + p
	score := raw - latinShare*s.t.lm[node]
	if score < s.best[to]-searchWidth {
		return
	}
	s.best[to] = max(s.best[to], score)
	s.cells[to] = append(s.cells[to], reach{node, state, score, raw})
}

// prune keeps the best reach of each place and state, and of these the best.
func (s *Searcher) prune(i int) {
	cell, bound := s.cells[i], s.best[i]-searchWidth
	size := 64
	for size < 2*len(cell) {
		size *= 2
	}
	if cap(s.seen) < size {
		s.seen = make([]int32, size)
	}
	seen := s.seen[:size]
	clear(seen)
	out := cell[:0]
	for _, h := range cell {
		if h.score < bound {
			continue
		}
		key := uint64(uint32(h.node))<<32 | uint64(uint32(h.state))
		at := uint32(key*0x9E3779B97F4A7C15>>32) & uint32(size-1)
		for {
			k := seen[at]
			if k == 0 {
				out = append(out, h)
				seen[at] = int32(len(out))
				break
			}
			if o := &out[k-1]; o.node == h.node && o.state == h.state {
				if h.score > o.score {
					*o = h
				}
				break
			}
			at = (at + 1) & uint32(size-1)
		}
	}
	if len(out) > s.beam {
		selectBest(out, s.beam)
		out = out[:s.beam]
	}
	s.cells[i] = out
}

// selectBest moves the k best to the front (quickselect).
func selectBest(list []reach, k int) {
	low, high := 0, len(list)-1
	for low < high {
		pivot := list[(low+high)/2].score
		i, j := low, high
		for i <= j {
			for list[i].score > pivot {
				i++
			}
			for list[j].score < pivot {
				j--
			}
			if i <= j {
				list[i], list[j] = list[j], list[i]
				i++
				j--
			}
		}
		switch {
		case k-1 <= j:
			high = j
		case k-1 >= i:
			low = i
		default:
			return
		}
	}
}

func (s *Searcher) finish(cell []reach) []Found {
	s.found = s.found[:0]
	for i := range cell {
		h := &cell[i]
		if item := s.t.item[h.node]; item >= 0 {
			score := h.raw + s.m.blocks.ending(h.state) - latinShare*s.t.end[h.node]
			s.found = append(s.found, Found{item, score})
		}
	}
	slices.SortFunc(s.found, func(a, b Found) int {
		return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(b.Score, a.Score))
	})
	s.found = slices.CompactFunc(s.found, func(a, b Found) bool { return a.Item == b.Item })
	slices.SortFunc(s.found, func(a, b Found) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Item, b.Item))
	})
	return s.found
}
