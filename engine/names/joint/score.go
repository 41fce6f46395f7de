package joint

import "math"

// Scorer holds the working memory of scores; one for each goroutine.
type Scorer struct {
	m     *Model
	cells [(MaxWord + 1) * (MaxWord + 1)]cell
}

const scoreContexts = 6 // contexts kept in each cell

// cell is the probability of having come so far, by context.
type cell struct {
	n     int
	state [scoreContexts]int32
	mass  [scoreContexts]float32
}

// NewScorer makes a scorer for the model.
func (m *Model) NewScorer() *Scorer { return &Scorer{m: m} }

// Score is the logarithm of the joint probability of both words, over all cuts;
// Impossible when there is none.
func (s *Scorer) Score(foreign, latin []uint16) float32 {
	nf, nl := len(foreign), len(latin)
	for i := range (nf + 1) * (nl + 1) {
		s.cells[i].n = 0
	}
	s.cells[0].add(s.m.blocks.start, 0)
	for i := 0; i <= nf; i++ {
		for j := 0; j <= nl; j++ {
			if from := &s.cells[i*(nl+1)+j]; from.n > 0 {
				s.leave(from, foreign, latin, i, j)
			}
		}
	}
	total := float32(Impossible)
	last := &s.cells[nf*(nl+1)+nl]
	for k := range last.n {
		total = logAdd(total, last.mass[k]+s.m.blocks.ending(last.state[k]))
	}
	return total
}

// Impossible is the score of words that cannot be cut into known blocks.
const Impossible = -1e6

func (s *Scorer) leave(from *cell, foreign, latin []uint16, i, j int) {
	nf, nl := len(foreign), len(latin)
	for _, shape := range s.m.shapes {
		if i+shape.Foreign > nf || j+shape.Latin > nl {
			continue
		}
		b := packForeign(foreign[i:i+shape.Foreign]) | packLatin(latin[j:j+shape.Latin])
		id := s.m.inventory.find(b)
		if id < 0 {
			continue
		}
		to := &s.cells[(i+shape.Foreign)*(nl+1)+j+shape.Latin]
		for k := range from.n {
			p, state := s.m.blocks.step(from.state[k], uint16(id))
			to.add(state, from.mass[k]+p)
		}
	}
}

func (c *cell) add(state int32, mass float32) {
	worst := 0
	for k := range c.n {
		if c.state[k] == state {
			c.mass[k] = logAdd(c.mass[k], mass)
			return
		}
		if c.mass[k] < c.mass[worst] {
			worst = k
		}
	}
	switch {
	case c.n < scoreContexts:
		c.state[c.n], c.mass[c.n] = state, mass
		c.n++
	case mass > c.mass[worst]:
		c.state[worst], c.mass[worst] = state, mass
	}
}

func logAdd(a, b float32) float32 {
	if a < b {
		a, b = b, a
	}
	if b < a-12 {
		return a
	}
	return a + float32(math.Log1p(math.Exp(float64(b-a))))
}

// LatinScore is the logarithm of the probability of a Latin word by its letters;
// accents count nothing, so that a rare one is no sign of a good fit.
func (m *Model) LatinScore(latin []uint16) float32 { return m.latinLetters.score(m.unmarked(latin)) }

func (m *Model) unmarked(latin []uint16) []uint16 {
	out := make([]uint16, 0, MaxWord)
	for _, l := range latin {
		if !m.Latin.isMark(l) {
			out = append(out, l)
		}
	}
	return out
}

// ForeignScore is the logarithm of the probability of a foreign word by its
// letters.
func (m *Model) ForeignScore(foreign []uint16) float32 { return m.foreignLetters.score(foreign) }

func (g *ngram) score(symbols []uint16) float32 {
	total, state := float32(0), g.start
	for _, s := range symbols {
		var p float32
		p, state = g.step(state, s)
		total += p
	}
	return total + g.ending(state)
}

// ending is the logarithm of the probability that a word ends in a state.
func (g *ngram) ending(state int32) float32 {
	p, _ := g.step(state, uint16(g.symbols))
	return p
}
