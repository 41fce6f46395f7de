package joint

import (
	"math"
	"runtime"
)

// Options sets a training.
type Options struct {
	Order      int     // of the block model: a block and the blocks before it
	LeastBlock float64 // expected count below which a block is forgotten
	LeastGram  float64 // count below which an n-gram longer than two is forgotten
	Log        func(format string, args ...any)
}

const (
	rounds    = 8    // of expectation-maximisation
	recuts    = 2    // n-grams estimated one after the other
	noiseGain = 0.25 // nats for each letter that a pair must gain over noise
)

// Train estimates a model from noisy pairs. It is deterministic up to rounding
// for a number of cores.
func Train(pairs []Pair, o Options) *Model {
	foreign := make([]string, len(pairs))
	for i, p := range pairs {
		foreign[i] = p.Foreign
	}
	m := &Model{Foreign: countAlphabet(foreign, 2, mostForeign)}
	data := make([]coded, 0, len(pairs))
	for _, p := range pairs {
		f, l := m.Foreign.Encode(p.Foreign), EncodeLatin(p.Latin)
		if len(f) > 0 && len(l) > 0 {
			data = append(data, coded{f, l, p.Weight})
		}
	}
	a := newAligner(data, len(m.Foreign.letters))
	o.Log("%d pairs, %d blocks", len(data), len(a.p))
	for round := range rounds {
		noise := -99.0
		if round > 1 {
			noise = noiseGain
		}
		a.iterate(runtime.GOMAXPROCS(0), noise, o.LeastBlock*float64(round)/float64(rounds-1))
		if round == 1 || round == rounds/2 || round == rounds-1 {
			a.shrink()
		}
	}
	dropped := 0
	for _, g := range a.gain {
		if g < noiseGain {
			dropped++
		}
	}
	o.Log("%d blocks, %d pairs left out as noise", len(a.p), dropped)
	m.inventory = a.inventory
	m.sequences(a, o)
	m.words(a)
	return m
}

// sequences cuts the pairs and estimates the n-gram over blocks, twice: first by
// the blocks' own probabilities, then by the first n-gram.
func (m *Model) sequences(a *aligner, o Options) {
	p := make([]float32, len(a.p))
	for i := range p {
		p[i] = float32(math.Log(a.p[i]))
	}
	cells := make([][]hyp, (MaxWord+1)*(MaxWord+1))
	for range recuts {
		counts := newCounts(o.Order, len(m.inventory.blocks))
		for i := range a.pairs {
			if a.gain[i] < noiseGain {
				continue
			}
			if blocks := a.lattices[i].best(p, m.blocks, cells); len(blocks) > 0 {
				counts.sequence(blocks, a.pairs[i].weight)
			}
		}
		m.blocks = counts.finish(o.LeastGram)
		o.Log("%d n-grams of blocks", len(m.blocks.parent))
	}
}

// words estimates the letter models of both sides.
func (m *Model) words(a *aligner) {
	latin := newCounts(4, latinLetters+1)
	foreign := newCounts(3, len(m.Foreign.letters)+1)
	for i, p := range a.pairs {
		if a.gain[i] >= noiseGain {
			latin.sequence(p.latin, 1)
			foreign.sequence(p.foreign, 1)
		}
	}
	m.latinLetters, m.foreignLetters = latin.finish(2), foreign.finish(2)
}
