package joint

import (
	"math"
	"slices"
	"sync"
)

// Pair is a name in another script and in Latin letters. Weight is how much the
// pair counts in training.
type Pair struct {
	Foreign, Latin string
	Weight         float64
}

type coded struct {
	foreign, latin []uint16
	weight         float64
}

func (p *coded) letters() int { return len(p.foreign) + len(p.latin) }

// edge is one block in the lattice of a pair: from cell to cell.
type edge struct {
	from, to uint16 // i*(latin+1)+j
	block    int32
}

// lattice is all ways to cut a pair into known blocks; edges are sorted by from.
type lattice struct {
	edges []edge
	cells int
}

func (v *inventory) lattice(p *coded) lattice {
	nf, nl := len(p.foreign), len(p.latin)
	l := lattice{cells: (nf + 1) * (nl + 1)}
	l.edges = make([]edge, 0, 3*l.cells)
	for i := 0; i <= nf; i++ {
		for j := 0; j <= nl; j++ {
			at := uint16(i*(nl+1) + j)
			if j < nl {
				l.edges = append(l.edges, edge{at, at + 1, v.add(blockOf(0, p.latin[j]))})
			}
			if i < nf {
				l.edges = append(l.edges, edge{at, at + uint16(nl) + 1, v.add(blockOf(p.foreign[i], 0))})
			}
			if i < nf && j < nl {
				l.edges = append(l.edges, edge{at, at + uint16(nl) + 2, v.add(blockOf(p.foreign[i], p.latin[j]))})
			}
		}
	}
	return l
}

// aligner estimates the probabilities of blocks by expectation-maximisation over
// all cuts.
type aligner struct {
	inventory *inventory
	pairs     []coded
	lattices  []lattice
	p         []float64 // of each block
	apart     []float64 // of each pair: its logarithm as two unrelated words
	gain      []float64 // of each pair: what the blocks explain beyond that
}

func newAligner(pairs []coded, foreignLetters int) *aligner {
	a := &aligner{inventory: newInventory(foreignLetters), pairs: pairs, lattices: make([]lattice, len(pairs)),
		apart: unrelated(pairs), gain: make([]float64, len(pairs))}
	for i := range pairs {
		a.lattices[i] = a.inventory.lattice(&pairs[i])
	}
	a.p = make([]float64, len(a.inventory.blocks))
	for i := range a.p {
		a.p[i] = 1 / float64(len(a.p))
	}
	return a
}

// unrelated is the logarithm of each pair's probability when all letters are
// drawn independently.
func unrelated(pairs []coded) []float64 {
	var foreign [mostForeign + 1]float64
	var latin [latinLetters + 1]float64
	nf, nl := 0.0, 0.0
	for _, p := range pairs {
		for _, x := range p.foreign {
			foreign[x]++
			nf++
		}
		for _, x := range p.latin {
			latin[x]++
			nl++
		}
	}
	out := make([]float64, len(pairs))
	for i, p := range pairs {
		for _, x := range p.foreign {
			out[i] += math.Log(foreign[x] / nf)
		}
		for _, x := range p.latin {
			out[i] += math.Log(latin[x] / nl)
		}
	}
	return out
}

// iterate does one step of expectation-maximisation without the pairs that gain
// less than noise for each letter; blocks expected less than least are dropped.
func (a *aligner) iterate(workers int, noise, least float64) {
	counts := make([][]float64, workers)
	var wait sync.WaitGroup
	for w := range workers {
		counts[w] = make([]float64, len(a.p))
		wait.Go(func() {
			var s scratch
			for i := w; i < len(a.pairs); i += workers {
				a.expect(i, noise, counts[w], &s)
			}
		})
	}
	wait.Wait()
	total := 0.0
	for i := range a.p {
		c := 0.0
		for w := range workers {
			c += counts[w][i]
		}
		if c < least {
			c = 0
		}
		a.p[i] = c
		total += c
	}
	for i := range a.p {
		a.p[i] /= total
	}
}

type scratch struct{ forward, backward []float64 }

func (s *scratch) sized(n int) {
	if cap(s.forward) < n {
		s.forward, s.backward = make([]float64, 2*n), make([]float64, 2*n)
	}
	s.forward, s.backward = s.forward[:n], s.backward[:n]
	clear(s.forward)
	clear(s.backward)
}

func (a *aligner) expect(i int, noise float64, counts []float64, s *scratch) {
	l := &a.lattices[i]
	s.sized(l.cells)
	s.forward[0] = 1
	for _, e := range l.edges {
		s.forward[e.to] += s.forward[e.from] * a.p[e.block]
	}
	total := s.forward[l.cells-1]
	a.gain[i] = (math.Log(max(total, 1e-300)) - a.apart[i]) / float64(a.pairs[i].letters())
	if total < 1e-290 || a.gain[i] < noise {
		return
	}
	s.backward[l.cells-1] = 1
	for _, e := range slices.Backward(l.edges) {
		s.backward[e.from] += s.backward[e.to] * a.p[e.block]
	}
	scale := a.pairs[i].weight / total
	for _, e := range l.edges {
		counts[e.block] += s.forward[e.from] * a.p[e.block] * s.backward[e.to] * scale
	}
}

// shrink forgets blocks without probability, in inventory and lattices. Single
// letters stay, so that every pair can still be cut.
func (a *aligner) shrink() {
	to := make([]int32, len(a.p))
	kept := newInventory(len(a.inventory.latin) - 1)
	var p []float64
	for i, b := range a.inventory.blocks {
		to[i] = -1
		if a.p[i] > 0 || b.latin() == 0 {
			to[i] = kept.add(b)
			p = append(p, max(a.p[i], 1e-9))
		}
	}
	for i := range a.lattices {
		edges := a.lattices[i].edges[:0]
		for _, e := range a.lattices[i].edges {
			if to[e.block] >= 0 {
				e.block = to[e.block]
				edges = append(edges, e)
			}
		}
		a.lattices[i].edges = slices.Clip(edges)
	}
	a.inventory, a.p = kept, p
}
