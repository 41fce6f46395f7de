package joint

import (
	"cmp"
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

const readBeam = 24 // readings kept for each foreign letter

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
		r.cells[i] = strongest(r.cells[i])
		r.extend(i, 0, 0)
		r.cells[i] = strongest(r.cells[i])
		for step := 1; step <= maxForeign && i+step <= n; step++ {
			r.extend(i, step, packForeign(foreign[i:i+step]))
		}
	}
	last := r.cells[n]
	for i := range last {
		last[i].score += r.m.blocks.ending(last[i].state)
	}
	return r.spell(strongest(last), k)
}

func (r *Reader) extend(i, step int, key block) {
	for _, h := range r.cells[i] {
		for _, e := range r.m.readings[key] {
			if e.block < 0 {
				continue
			}
			p, state := r.m.blocks.step(h.state, uint16(e.block))
			if p < r.floor || len(h.text) > MaxWord-maxLatin {
				continue
			}
			text := append(h.text[:len(h.text):len(h.text)], r.m.inventory.blocks[e.block].latin()...)
			r.cells[i+step] = append(r.cells[i+step], written{h.score + p, state, text})
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
		latin := r.m.Latin.Decode(h.text)
		if len(out) < k && latin != "" && !slices.ContainsFunc(out, func(o Reading) bool { return o.Latin == latin }) {
			out = append(out, Reading{latin, h.score})
		}
	}
	return out
}
