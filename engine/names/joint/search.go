package joint

import (
	"cmp"
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
		for step := 1; step <= maxForeign && i+step <= n; step++ {
			s.extend(i, step, s.m.readings[packForeign(foreign[i:i+step])])
		}
	}
	return s.finish(s.cells[n])
}

// insertions adds Latin letters that stand for nothing written, at most two at
// one place.
func (s *Searcher) insertions(i int) {
	list := s.m.readings[0]
	for range 2 {
		before := len(s.cells[i])
		s.extend(i, 0, list)
		if len(s.cells[i]) == before {
			return
		}
		s.prune(i)
	}
}

func (s *Searcher) extend(i, step int, list []reading) {
	if len(list) == 0 {
		return
	}
	var path [maxLatin + 1]int32
	t := s.t
	out := s.cells[i+step]
	from := s.cells[i]
	for f := range from {
		h := &from[f]
		path[0] = h.node
		for r := 0; r < len(list); {
			e := &list[r]
			node := path[0]
			if e.depth > 0 {
				node = t.child(path[e.depth-1], e.letter)
				if node < 0 {
					r = int(e.skip)
					continue
				}
				path[e.depth] = node
			}
			r++
			if e.block >= 0 {
				p, state := s.m.blocks.step(h.state, uint16(e.block))
				raw := h.raw + p
				score := raw - latinShare*t.lm[node]
				if score < s.best[i+step]-searchWidth {
					continue
				}
				s.best[i+step] = max(s.best[i+step], score)
				out = append(out, reach{node, state, score, raw})
			}
		}
	}
	s.cells[i+step] = out
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
