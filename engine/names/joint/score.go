package joint

import "math"

// Scorer holds the working memory of scores; one for each goroutine.
type Scorer struct {
	m     *Model
	cells [(MaxWord + 1) * (MaxWord + 1)]cell
	best  [2*MaxWord + 3]float64 // the greatest mass after so many letters of both words
}

const (
	scoreContexts = 5    // contexts kept in each cell
	scoreWidth    = 2e-5 // of the greatest mass after as many letters: what has less is given up
)

// cell is the probability of having come so far, by context.
type cell struct {
	n     int
	state [scoreContexts]int32
	mass  [scoreContexts]float64
}

// NewScorer makes a scorer for the model.
func (m *Model) NewScorer() *Scorer { return &Scorer{m: m} }

// Score is the logarithm of the joint probability of both words, over all cuts;
// Impossible when there is none, and when the probability is sure to be below the
// floor.
func (s *Scorer) Score(foreign, latin []uint16, floor float32) float32 {
	foreign, latin = foreign[:min(len(foreign), MaxWord)], latin[:min(len(latin), MaxWord)]
	nf, nl := len(foreign), len(latin)
	for i := range (nf + 1) * (nl + 1) {
		s.cells[i].n = 0
	}
	clear(s.best[:nf+nl+3])
	s.add(0, 0, s.m.blocks.start, 1)
	least := math.Exp(float64(floor)) / (2 * scoreContexts)
	for d := range nf + nl + 1 {
		if max(s.best[d], s.best[d+1]) < least/float64(min(d, nf, nl)+1) {
			return Impossible
		}
		for i := max(0, d-nl); i <= min(d, nf); i++ {
			s.leave(foreign, latin, i, d-i)
		}
	}
	total := 0.0
	last := &s.cells[nf*(nl+1)+nl]
	for k := range last.n {
		p, _ := s.m.blocks.chance(last.state[k], uint16(s.m.blocks.symbols))
		total += last.mass[k] * p
	}
	if total == 0 {
		return Impossible
	}
	return float32(math.Log(total))
}

// Impossible is the score of words that cannot be cut into known blocks.
const Impossible = -1e6

// leave takes all steps from the cell after i foreign and j Latin letters.
func (s *Scorer) leave(foreign, latin []uint16, i, j int) {
	nl := len(latin)
	at := i*(nl+1) + j
	from := &s.cells[at]
	least := s.best[i+j] * scoreWidth
	v := s.m.inventory
	if j < nl {
		s.step(from, at+1, i+j+1, v.find(0, latin[j]), least)
	}
	if i < len(foreign) {
		s.step(from, at+nl+1, i+j+1, v.find(foreign[i], 0), least)
		if j < nl {
			s.step(from, at+nl+2, i+j+2, v.find(foreign[i], latin[j]), least)
		}
	}
}

func (s *Scorer) step(from *cell, to, letters int, block int32, least float64) {
	if block < 0 {
		return
	}
	for k := range from.n {
		if from.mass[k] >= least {
			p, state := s.m.blocks.chance(from.state[k], uint16(block))
			s.add(to, letters, state, from.mass[k]*p)
		}
	}
}

func (s *Scorer) add(to, letters int, state int32, mass float64) {
	s.best[letters] = max(s.best[letters], mass)
	c := &s.cells[to]
	worst := 0
	for k := range c.n {
		if c.state[k] == state {
			c.mass[k] += mass
			s.best[letters] = max(s.best[letters], c.mass[k])
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

// LatinScore is the logarithm of the probability of a Latin word by its letters.
func (m *Model) LatinScore(latin []uint16) float32 { return m.latinLetters.score(latin) }

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
