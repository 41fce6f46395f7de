package joint

import (
	"cmp"
	"math/bits"
	"slices"
)

// Reading is a Latin spelling of a foreign word.
type Reading struct {
	Latin string
	Score float32 // logarithm of the joint probability by the best cut
}

// Reader holds the working memory of readings; one for each goroutine.
type Reader struct {
	m     *Model
	floor float32
	cells [MaxWord + 1][]written
}

// written is a reading of the foreign letters read so far.
type written struct {
	score float32
	state int32
	text  []uint16
}

const (
	readBeam  = 10 // readings kept for each foreign letter
	readWidth = 6  // nats below the first reading of its cell at which a reading is given up
)

// NewReader makes a reader for the model.
func (m *Model) NewReader() *Reader { return &Reader{m: m} }

// Read gives up to k spellings, the most probable first.
func (r *Reader) Read(foreign []uint16, k int) []Reading {
	for _, floor := range []float32{-7, -12, -99} {
		if out := r.read(foreign, k, floor); len(out) > 0 {
			return out
		}
	}
	return nil
}

// read follows only blocks whose logarithm is not below the floor.
func (r *Reader) read(foreign []uint16, k int, floor float32) []Reading {
	r.floor = floor
	foreign = foreign[:min(len(foreign), MaxWord)]
	n := len(foreign)
	for i := range n + 1 {
		r.cells[i] = r.cells[i][:0]
	}
	r.cells[0] = append(r.cells[0], written{state: r.m.blocks.start})
	for i := range n + 1 {
		r.insertions(i)
		if i < n {
			r.extend(r.cells[i], i+1, foreign[i])
		}
	}
	last := r.cells[n]
	for i := range last {
		last[i].score += r.m.blocks.ending(last[i].state)
	}
	return r.spell(strongest(last), k)
}

// insertions adds Latin letters that stand for nothing written.
func (r *Reader) insertions(i int) {
	r.cells[i] = strongest(r.cells[i])
	fresh := 0
	for range mostInsertions {
		end := len(r.cells[i])
		r.extend(r.cells[i][fresh:end], i, 0)
		added := strongest(r.cells[i][end:])
		r.cells[i] = r.cells[i][:end+len(added)]
		fresh = end
	}
	r.cells[i] = strongest(r.cells[i])
}

// extend writes one foreign letter, or none, as each Latin letter that it has a
// block with and, a letter taken, as none.
func (r *Reader) extend(from []written, to int, foreign uint16) {
	v := r.m.inventory
	least := float32(Impossible)
	if len(r.cells[to]) > 0 {
		least = r.cells[to][0].score - readWidth
	}
	for _, h := range from {
		if len(h.text) == MaxWord {
			continue
		}
		for mask := v.latin[foreign]; mask != 0; mask &= mask - 1 {
			letter := uint16(bits.TrailingZeros32(mask))
			p, state := r.m.blocks.step(h.state, uint16(v.find(foreign, letter)))
			if p < r.floor || h.score+p < least {
				continue
			}
			text := h.text
			if letter != 0 {
				text = append(h.text[:len(h.text):len(h.text)], letter)
			}
			r.cells[to] = append(r.cells[to], written{h.score + p, state, text})
		}
	}
}

func strongest(cell []written) []written {
	slices.SortStableFunc(cell, func(a, b written) int { return cmp.Compare(b.score, a.score) })
	out := cell[:0]
	for _, h := range cell {
		if len(out) == readBeam {
			break
		}
		if !slices.ContainsFunc(out, func(o written) bool { return o.state == h.state && slices.Equal(o.text, h.text) }) {
			out = append(out, h)
		}
	}
	return out
}

func (r *Reader) spell(last []written, k int) []Reading {
	var out []Reading
	for _, h := range last {
		latin := DecodeLatin(h.text)
		if len(out) < k && latin != "" && !slices.ContainsFunc(out, func(o Reading) bool { return o.Latin == latin }) {
			out = append(out, Reading{latin, h.score})
		}
	}
	return out
}
