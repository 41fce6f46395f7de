package joint

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// MarshalBinary writes the model: alphabet, blocks, and three n-gram models
// with probabilities rounded to sixteenths of a nat.
func (m *Model) MarshalBinary() ([]byte, error) {
	out := []byte(magic)
	out = appendAlphabet(out, m.Foreign)
	out = binary.AppendUvarint(out, uint64(len(m.inventory.blocks)))
	for _, b := range m.inventory.blocks {
		out = binary.AppendUvarint(out, uint64(b))
	}
	for _, g := range []*ngram{m.blocks, m.latinLetters, m.foreignLetters} {
		out = g.append(out)
	}
	return out, nil
}

const magic = "cairn-joint-2\n"

func appendAlphabet(out []byte, a *Alphabet) []byte {
	out = binary.AppendUvarint(out, uint64(len(a.letters)))
	for _, r := range a.letters {
		out = binary.AppendUvarint(out, uint64(r))
	}
	return out
}

// append writes the entries context by context, so that parents are implied:
// first all numbers of followers, then all symbols, then all probabilities.
func (g *ngram) append(out []byte) []byte {
	n := len(g.parent)
	children := make([][]int32, n)
	for e := 1; e < n; e++ {
		children[g.parent[e]] = append(children[g.parent[e]], int32(e))
	}
	out = binary.AppendUvarint(out, uint64(g.order))
	out = binary.AppendUvarint(out, uint64(g.symbols))
	out = binary.AppendUvarint(out, uint64(n))
	queue := []int32{0}
	for q := 0; q < len(queue); q++ {
		out = binary.AppendUvarint(out, uint64(len(children[queue[q]])))
		queue = append(queue, children[queue[q]]...)
	}
	for _, e := range queue[1:] {
		out = binary.AppendUvarint(out, uint64(g.symbol[e]))
	}
	for _, e := range queue[1:] {
		out = append(out, byte(min(max(math.Round(float64(-g.logp[e])*16), 0), 255)))
	}
	return out
}

// Unmarshal reads a model that MarshalBinary wrote.
func Unmarshal(data []byte) (*Model, error) {
	d := decoder{data: data}
	if string(d.take(len(magic))) != magic {
		return nil, errors.New("reading a name model: this is not a model of this version; train it again")
	}
	m := &Model{Foreign: d.alphabet()}
	m.inventory = d.inventory(len(m.Foreign.letters))
	m.blocks, m.latinLetters, m.foreignLetters = d.ngram(), d.ngram(), d.ngram()
	if d.err != nil {
		return nil, fmt.Errorf("reading a name model: %w; the file is damaged, train it again", d.err)
	}
	return m, nil
}

type decoder struct {
	data []byte
	err  error
}

func (d *decoder) take(n int) []byte {
	if n > len(d.data) {
		d.err = errors.New("it ends too early")
		d.data = nil
		return nil
	}
	out := d.data[:n]
	d.data = d.data[n:]
	return out
}

func (d *decoder) uvarint() uint64 {
	x, n := binary.Uvarint(d.data)
	if n <= 0 {
		d.err = errors.New("it ends too early")
		d.data = nil
		return 0
	}
	d.data = d.data[n:]
	return x
}

func (d *decoder) count(most int) int {
	n := d.uvarint()
	if n > uint64(most) {
		d.err = fmt.Errorf("a count of %d is too large", n)
		d.data = nil
		return 0
	}
	return int(n)
}

func (d *decoder) alphabet() *Alphabet {
	var letters []rune
	for range d.count(mostForeign) {
		letters = append(letters, rune(d.uvarint()))
	}
	return newAlphabet(letters)
}

func (d *decoder) inventory(foreignLetters int) *inventory {
	v := newInventory(foreignLetters)
	for range d.count(mostBlocks) {
		b := d.uvarint()
		if b >= uint64(len(v.numbers)) {
			d.err = fmt.Errorf("block %d has letters that the alphabet has not", b)
			break
		}
		v.add(block(b))
	}
	return v
}

func (d *decoder) ngram() *ngram {
	g := &ngram{order: d.count(8), symbols: d.count(1 << 16)}
	n := d.count(1 << 22)
	g.parent, g.depth = make([]int32, 1, n+1), make([]uint8, 1, n+1)
	g.parent[0] = -1
	for e := 0; e < n && d.err == nil; e++ {
		if e >= len(g.parent) {
			d.err = errors.New("contexts do not join")
			break
		}
		for range min(d.count(1<<16), n-len(g.parent)) {
			g.parent = append(g.parent, int32(e))
			g.depth = append(g.depth, g.depth[e]+1)
		}
	}
	if d.err != nil || len(g.parent) != n {
		d.err = errors.Join(d.err, errors.New("contexts do not join"))
		return g
	}
	g.symbol = make([]uint16, n)
	for e := 1; e < n; e++ {
		g.symbol[e] = uint16(d.uvarint())
	}
	g.logp = make([]float32, n)
	for e, q := range d.take(n - 1) {
		g.logp[e+1] = -float32(q) / 16
	}
	if d.err == nil {
		g.index()
	}
	return g
}
