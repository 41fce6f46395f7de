package joint

// hyp is a way to reach a cell of a lattice.
type hyp struct {
	score      float32
	state      int32
	from, rank int32 // cell and place in it that this came from
	block      int32
}

const cutContexts = 4 // contexts kept in each cell when a pair is cut

// best gives the most probable blocks of a lattice under an n-gram, or under the
// blocks' own probabilities when there is none yet.
func (l *lattice) best(p []float32, g *ngram, cells [][]hyp) []uint16 {
	for i := range cells {
		cells[i] = cells[i][:0]
	}
	start := hyp{from: -1}
	if g != nil {
		start.state = g.start
	}
	cells[0] = append(cells[0], start)
	for _, e := range l.edges {
		for k, h := range cells[e.from] {
			next := hyp{from: int32(e.from), rank: int32(k), block: e.block, score: h.score + p[e.block]}
			if g != nil {
				var s float32
				s, next.state = g.step(h.state, uint16(e.block))
				next.score = h.score + s
			}
			cells[e.to] = keepBest(cells[e.to], next)
		}
	}
	last := cells[l.cells-1]
	if len(last) == 0 {
		return nil
	}
	bestAt, bestScore := 0, float32(-1e9)
	for k, h := range last {
		s := h.score
		if g != nil {
			s += g.ending(h.state)
		}
		if s > bestScore {
			bestAt, bestScore = k, s
		}
	}
	return trace(cells, last[bestAt])
}

func trace(cells [][]hyp, h hyp) []uint16 {
	var blocks []uint16
	for ; h.from >= 0; h = cells[h.from][h.rank] {
		blocks = append(blocks, uint16(h.block))
	}
	for i, j := 0, len(blocks)-1; i < j; i, j = i+1, j-1 {
		blocks[i], blocks[j] = blocks[j], blocks[i]
	}
	return blocks
}

// keepBest adds a hypothesis to a cell: one for each state, at most cutContexts.
func keepBest(cell []hyp, h hyp) []hyp {
	worst := 0
	for i := range cell {
		if cell[i].state == h.state {
			if h.score > cell[i].score {
				cell[i] = h
			}
			return cell
		}
		if cell[i].score < cell[worst].score {
			worst = i
		}
	}
	if len(cell) < cutContexts {
		return append(cell, h)
	}
	if h.score > cell[worst].score {
		cell[worst] = h
	}
	return cell
}
