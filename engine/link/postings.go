package link

import (
	"context"
	"math/bits"
	"slices"
)

// postings are the keys of all records. A posting holds the upper bits of a key's
// hash and, below, the record. At a million records 44 bits of hash remain, so
// that two of 20 million keys seldom meet by chance; a pair that does costs one
// comparison. They are parted by their first bits, so that each part is sorted
// within the cache of a processor.
type postings struct {
	parts      [][]uint64
	recordBits uint
}

const (
	partBits     = 9
	countedFirst = 1000 // records whose keys are counted, to make room at once
)

// collect writes the keys of all records, with at least so many bits for a record.
func collect(ctx context.Context, d *prepared, recordBits int) (postings, error) {
	n := len(d.people)
	p := postings{recordBits: uint(max(bits.Len(uint(n)), recordBits)), parts: make([][]uint64, 1<<partBits)}
	var w keyWriter
	keys, stride := 0, max(1, n/countedFirst)
	for i := 0; i < n; i += stride {
		w.record(d, i)
		keys += len(w.keys)
	}
	room := keys * stride >> partBits
	for k := range p.parts {
		p.parts[k] = make([]uint64, 0, room+room/16+4)
	}
	for i := range n {
		if i%4096 == 0 && ctx.Err() != nil {
			return p, ctx.Err()
		}
		w.record(d, i)
		for _, key := range w.keys {
			part := &p.parts[key>>(64-partBits)]
			*part = append(*part, key>>p.recordBits<<p.recordBits|uint64(i))
		}
	}
	return p, nil
}

// sort orders by hash, then by record, and drops what stands twice. Of keys that
// one record has or more than largest, it keeps nothing; 0 keeps all.
func (p *postings) sort(largest int) {
	var room []uint64
	for k, part := range p.parts {
		if len(part) < 1<<partDigit {
			slices.Sort(part)
		} else {
			part, room = radixSort(part, room, p.recordBits)
		}
		part = slices.Compact(part)
		if largest > 0 {
			part = p.shared(part, largest)
		}
		p.parts[k] = part
	}
}

const partDigit = 12

// radixSort sorts by the bits from the given one up to those of the part, the least
// significant digit first; what is equal there keeps its order. It gives the sorted
// list and the other memory.
func radixSort(from, room []uint64, bit uint) (sorted, rest []uint64) {
	to := slices.Grow(room[:0], len(from))[:len(from)]
	for ; bit < 64-partBits; bit += partDigit {
		var starts [1 << partDigit]uint32
		for _, x := range from {
			starts[x>>bit&(1<<partDigit-1)]++
		}
		sum := uint32(0)
		for i, n := range starts {
			starts[i] = sum
			sum += n
		}
		for _, x := range from {
			at := &starts[x>>bit&(1<<partDigit-1)]
			to[*at] = x
			*at++
		}
		from, to = to, from
	}
	return from, to
}

// shared keeps, in place, the keys that two records have or more, up to largest.
func (p *postings) shared(part []uint64, largest int) []uint64 {
	out := part[:0]
	runs(part, p.recordBits, func(from, to int) {
		if n := to - from; n >= 2 && n <= largest {
			out = append(out, part[from:to]...)
		}
	})
	return out
}

func (p *postings) record(x uint64) int32 { return int32(x & (1<<p.recordBits - 1)) }

// each visits the runs of one hash; before is the number of postings before a run.
func (p *postings) each(visit func(before int, run []uint64)) {
	before := 0
	for _, part := range p.parts {
		runs(part, p.recordBits, func(from, to int) { visit(before+from, part[from:to]) })
		before += len(part)
	}
}

func runs(part []uint64, recordBits uint, visit func(from, to int)) {
	for from := 0; from < len(part); {
		hash := part[from] >> recordBits
		to := from + 1
		for to < len(part) && part[to]>>recordBits == hash {
			to++
		}
		visit(from, to)
		from = to
	}
}

func (p *postings) size() int {
	n := 0
	for _, part := range p.parts {
		n += len(part)
	}
	return n
}
