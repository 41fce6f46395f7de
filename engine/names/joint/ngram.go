package joint

import "math"

// ngram is a back-off model over symbols 0..n-1 of sequences that begin and end
// with an unseen mark. A state is a context that was seen; state 0 is the empty
// context. Probabilities are natural logarithms.
//
// Smoothing is interpolated Kneser-Ney with one discount for each order (Chen
// and Goodman, "An empirical study of smoothing techniques", 1998).
type ngram struct {
	order   int
	symbols int // the end mark is symbol symbols
	// entries, one for each seen n-gram, in order of creation: parents first
	parent []int32
	symbol []uint16
	logp   []float32
	bow    []float32 // weight of falling back from the entry as a context
	left   []float64 // the same as a plain factor
	next   []int32   // the state after the entry
	back   []int32   // the entry's longest seen proper suffix, as a context
	start  int32     // state at the beginning of a word
	table  []slot
	mask   uint32
	depth  []uint8
}

type slot struct {
	key    uint64 // (state << 16 | symbol) + 1; 0 is empty
	chance float64
	entry  int32
	next   int32
}

func (g *ngram) slotOf(state int32, symbol uint16) uint32 {
	h := (uint64(state)<<16 | uint64(symbol)) * 0x9E3779B97F4A7C15
	return uint32(h>>33) & g.mask
}

func (g *ngram) find(state int32, symbol uint16) int32 {
	key := uint64(state)<<16 | uint64(symbol) + 1
	for i := g.slotOf(state, symbol); ; i = (i + 1) & g.mask {
		if g.table[i].key == key {
			return g.table[i].entry
		}
		if g.table[i].key == 0 {
			return -1
		}
	}
}

func (g *ngram) insert(state int32, symbol uint16, entry int32) {
	i := g.slotOf(state, symbol)
	for g.table[i].key != 0 {
		i = (i + 1) & g.mask
	}
	g.table[i] = slot{key: uint64(state)<<16 | uint64(symbol) + 1, entry: entry}
}

// step is the probability of a symbol after a state, and the next state.
func (g *ngram) step(state int32, symbol uint16) (float32, int32) {
	p := float32(0)
	for {
		if e := g.find(state, symbol); e >= 0 {
			return p + g.logp[e], g.next[e]
		}
		if state == 0 {
			return p + unseen, 0
		}
		p += g.bow[state]
		state = g.back[state]
	}
}

const unseen = -14

// chance is step with plain probabilities.
func (g *ngram) chance(state int32, symbol uint16) (float64, int32) {
	p := 1.0
	for {
		key := uint64(state)<<16 | uint64(symbol) + 1
		for i := g.slotOf(state, symbol); ; i = (i + 1) & g.mask {
			s := &g.table[i]
			if s.key == key {
				return p * s.chance, s.next
			}
			if s.key == 0 {
				break
			}
		}
		if state == 0 {
			return p * unseenChance, 0
		}
		p *= g.left[state]
		state = g.back[state]
	}
}

var unseenChance = math.Exp(unseen)

// ngramCounts gathers weighted n-grams in a trie: entry 0 is the empty context.
type ngramCounts struct {
	g     *ngram
	index map[uint64]int32
	count []float64
	left  []float64 // number of different symbols before (continuation count)
}

func newCounts(order, symbols int) *ngramCounts {
	c := &ngramCounts{g: &ngram{order: order, symbols: symbols}, index: make(map[uint64]int32)}
	c.add(-1, 0, 0)
	return c
}

func (c *ngramCounts) add(parent int32, symbol uint16, depth uint8) int32 {
	g := c.g
	g.parent = append(g.parent, parent)
	g.symbol = append(g.symbol, symbol)
	g.depth = append(g.depth, depth)
	c.count = append(c.count, 0)
	c.left = append(c.left, 0)
	return int32(len(g.parent) - 1)
}

func (c *ngramCounts) child(parent int32, symbol uint16) int32 {
	key := uint64(parent)<<16 | uint64(symbol)
	if id, ok := c.index[key]; ok {
		return id
	}
	id := c.add(parent, symbol, c.g.depth[parent]+1)
	c.index[key] = id
	return id
}

// sequence counts the n-grams of one sequence; begin and end marks are added.
func (c *ngramCounts) sequence(symbols []uint16, weight float64) {
	padded := make([]uint16, 0, len(symbols)+2)
	padded = append(padded, uint16(c.g.symbols)+1)
	padded = append(append(padded, symbols...), uint16(c.g.symbols))
	for i := range padded {
		node := int32(0)
		for j := i; j < len(padded) && j < i+c.g.order; j++ {
			node = c.child(node, padded[j])
			c.count[node] += weight
		}
	}
}

func (c *ngramCounts) lookup(parent int32, symbol uint16) int32 {
	if id, ok := c.index[uint64(parent)<<16|uint64(symbol)]; ok {
		return id
	}
	return -1
}

// path is the symbols of an entry.
func (c *ngramCounts) path(e int32, buffer []uint16) []uint16 {
	n := int(c.g.depth[e])
	buffer = buffer[:n]
	for n--; n >= 0; n-- {
		buffer[n] = c.g.symbol[e]
		e = c.g.parent[e]
	}
	return buffer
}

// suffixes fills back for all entries: the entry without its first symbol.
func (c *ngramCounts) suffixes() {
	g := c.g
	g.back = make([]int32, len(g.parent))
	for e := 1; e < len(g.parent); e++ {
		if g.depth[e] == 1 {
			continue
		}
		parentBack := g.back[g.parent[e]]
		g.back[e] = c.lookup(parentBack, g.symbol[e])
	}
}

// finish estimates the model; n-grams longer than 2 seen less than least are
// left out.
func (c *ngramCounts) finish(least float64) *ngram {
	g := c.g
	c.suffixes()
	c.continuation()
	begin := c.lookup(0, uint16(g.symbols)+1)
	discount := c.discounts()
	n := len(g.parent)
	sum, lost := make([]float64, n), make([]float64, n)
	for e := 1; e < n; e++ {
		if int32(e) == begin {
			continue
		}
		d := min(discount[g.depth[e]], c.count[e])
		sum[g.parent[e]] += c.count[e]
		lost[g.parent[e]] += d
	}
	p := make([]float64, n)
	lower := make([]float64, n) // share left to the shorter context
	for e := range n {
		lower[e] = 1
		if sum[e] > 0 {
			lower[e] = lost[e] / sum[e]
		}
	}
	uniform := 1 / float64(g.symbols+1)
	for e := 1; e < n; e++ {
		parent := g.parent[e]
		if int32(e) == begin || sum[parent] == 0 {
			continue
		}
		base := uniform
		if g.depth[e] > 1 {
			base = p[g.back[e]]
		}
		p[e] = max(c.count[e]-discount[g.depth[e]], 0)/sum[parent] + lower[parent]*base
	}
	g.logp = make([]float32, n)
	for e := range n {
		g.logp[e] = float32(math.Log(max(p[e], 1e-12)))
	}
	c.prune(least, begin)
	return g
}

// continuation replaces the counts of shorter n-grams by the number of different
// symbols seen before them, apart from those that begin a word.
func (c *ngramCounts) continuation() {
	g := c.g
	begin := uint16(g.symbols) + 1
	for e := range g.parent {
		if g.depth[e] > 1 {
			c.left[g.back[e]]++
		}
	}
	var buffer [16]uint16
	for e := 1; e < len(g.parent); e++ {
		if int(g.depth[e]) == g.order || c.path(int32(e), buffer[:])[0] == begin {
			continue
		}
		c.count[e] = c.left[e]
	}
}

func (c *ngramCounts) discounts() []float64 {
	g := c.g
	out := make([]float64, g.order+1)
	for depth := range out {
		var one, two float64
		for e := range g.parent {
			if int(g.depth[e]) != depth {
				continue
			}
			switch x := c.count[e]; {
			case x > 0.5 && x <= 1.5:
				one++
			case x > 1.5 && x <= 2.5:
				two++
			}
		}
		out[depth] = 0.7
		if one > 0 {
			out[depth] = min(max(one/(one+2*two), 0.3), 0.95)
		}
	}
	return out
}

// prune leaves out rare long n-grams, renumbers the entries and builds the table.
func (c *ngramCounts) prune(least float64, begin int32) {
	g := c.g
	n := len(g.parent)
	keep := make([]bool, n)
	for e := n - 1; e >= 0; e-- {
		if g.depth[e] <= 2 || c.count[e] >= least {
			for x := int32(e); x >= 0 && !keep[x]; x = g.parent[x] {
				keep[x] = true
			}
		}
	}
	for e := range n {
		if keep[e] {
			for x := int32(e); x > 0 && !keep[g.back[x]]; x = g.back[x] {
				keep[g.back[x]] = true
			}
		}
	}
	to := make([]int32, n)
	m := int32(0)
	for e := range n {
		to[e] = -1
		if keep[e] && (g.parent[e] < 0 || to[g.parent[e]] >= 0) {
			to[e] = m
			m++
		}
	}
	for e := range n {
		if to[e] < 0 {
			continue
		}
		x := to[e]
		if e > 0 {
			g.parent[x] = to[g.parent[e]]
		}
		g.symbol[x], g.depth[x], g.logp[x] = g.symbol[e], g.depth[e], g.logp[e]
	}
	g.parent, g.symbol, g.depth = g.parent[:m], g.symbol[:m], g.depth[:m]
	g.logp = g.logp[:m]
	g.index()
}

// index builds the table and the states from parents, symbols and depths.
func (g *ngram) index() {
	n := len(g.parent)
	size := 16
	for size < 2*n {
		size *= 2
	}
	g.table, g.mask = make([]slot, size), uint32(size-1)
	inner := make([]bool, n)
	for e := 1; e < n; e++ {
		g.insert(g.parent[e], g.symbol[e], int32(e))
		inner[g.parent[e]] = true
	}
	g.back = make([]int32, n)
	for e := 1; e < n; e++ {
		if g.depth[e] > 1 {
			g.back[e] = max(g.find(g.back[g.parent[e]], g.symbol[e]), 0)
		}
	}
	g.next = make([]int32, n)
	for e := 1; e < n; e++ {
		x := int32(e)
		for x != 0 && (!inner[x] || int(g.depth[x]) >= g.order) {
			x = g.back[x]
		}
		g.next[e] = x
	}
	g.start = max(g.find(0, uint16(g.symbols)+1), 0)
	g.weigh()
	g.left = make([]float64, n)
	for e := range n {
		g.left[e] = math.Exp(float64(g.bow[e]))
	}
	for i := range g.table {
		if s := &g.table[i]; s.key != 0 {
			s.chance, s.next = math.Exp(float64(g.logp[s.entry])), g.next[s.entry]
		}
	}
}

// weigh gives each context what its seen followers leave to the shorter context.
func (g *ngram) weigh() {
	n := len(g.parent)
	seen, lower := make([]float64, n), make([]float64, n)
	begin := uint16(g.symbols) + 1
	g.bow = make([]float32, n)
	for depth := uint8(2); int(depth) <= g.order; depth++ {
		for e := 1; e < n; e++ {
			if g.depth[e] != depth || g.symbol[e] == begin {
				continue
			}
			parent := g.parent[e]
			p, _ := g.step(g.back[parent], g.symbol[e])
			seen[parent] += math.Exp(float64(g.logp[e]))
			lower[parent] += math.Exp(float64(p))
		}
		for e := 1; e < n; e++ {
			if g.depth[e] == depth-1 {
				g.bow[e] = float32(math.Log(max(1-seen[e], 1e-4) / max(1-lower[e], 1e-4)))
			}
		}
	}
}
