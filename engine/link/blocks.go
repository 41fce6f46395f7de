package link

import (
	"context"
	"math/bits"
)

// blocks holds, for each record, the blocks of records with a common key. Blocks
// are numbered in the order of their hashes; records within a block ascend.
type blocks struct {
	members []int32
	starts  []uint32 // of the blocks within members; one more at the end
	of      []uint32 // numbers of blocks, of record 0, then of record 1 …
	first   []uint32 // where a record begins in of; one more at the end
	bounds  BlockBounds
}

// largestBlock bounds a block; a key that more records share says too little.
const largestBlock = 400

// Two keys in common say much more than one: most pairs that share only one key,
// and one that many records have, are strangers. Such pairs are not compared.

// singleShare is the part of the work that pairs in small blocks may take.
const singleShare = 0.1

// A posting holds the upper bits of a key's hash and, below, the record. At a
// million records 44 bits of hash remain, so that two of 20 million keys seldom
// meet by chance; a pair that does costs one comparison.
type postings struct {
	list       []uint64
	recordBits uint
}

// collect writes the keys of all records, with at least so many bits for a record.
func collect(ctx context.Context, d *prepared, recordBits int) (postings, error) {
	n := len(d.people)
	p := postings{recordBits: uint(max(bits.Len(uint(n)), recordBits)), list: make([]uint64, 0, 14*n+16)}
	var w keyWriter
	for i := range n {
		if i%4096 == 0 && ctx.Err() != nil {
			return p, ctx.Err()
		}
		w.record(d, i)
		for _, key := range w.keys {
			p.list = append(p.list, key>>p.recordBits<<p.recordBits|uint64(i))
		}
	}
	return p, nil
}

// sort orders by hash and leaves records of one hash in their order: a radix
// sort of the upper bits, least significant digit first.
func (p *postings) sort() {
	const digit = 11
	from, to := p.list, make([]uint64, len(p.list))
	for shift := p.recordBits; shift < 64; shift += digit {
		var starts [1 << digit]int
		for _, x := range from {
			starts[x>>shift&(1<<digit-1)]++
		}
		sum := 0
		for i, n := range starts {
			starts[i] = sum
			sum += n
		}
		for _, x := range from {
			at := &starts[x>>shift&(1<<digit-1)]
			to[*at] = x
			*at++
		}
		from, to = to, from
	}
	p.list = from
}

func (p *postings) record(i int) int32 { return int32(p.list[i] & (1<<p.recordBits - 1)) }

// each visits the runs of one hash, from and to being positions in the list.
func (p *postings) each(visit func(from, to int)) {
	for from := 0; from < len(p.list); {
		hash := p.list[from] >> p.recordBits
		to := from + 1
		for to < len(p.list) && p.list[to]>>p.recordBits == hash {
			to++
		}
		visit(from, to)
		from = to
	}
}

// compact drops records that have one key twice.
func (p *postings) compact() {
	out := p.list[:0]
	for i, x := range p.list {
		if i == 0 || x != p.list[i-1] {
			out = append(out, x)
		}
	}
	p.list = out
}

// buildBlocks sorts all keys into blocks. Bounds that are not given are chosen so
// that the pairs fit into the budget.
func buildBlocks(ctx context.Context, d *prepared, budget int64, bounds BlockBounds) (*blocks, error) {
	p, err := collect(ctx, d, 1)
	if err != nil {
		return nil, err
	}
	p.sort()
	p.compact()
	if bounds.Largest <= 0 {
		bounds = p.bounds(budget)
	}
	return p.keep(len(d.people), bounds), nil
}

func (p *postings) bounds(budget int64) BlockBounds {
	var pairsOfSize [largestBlock + 1]int64
	p.each(func(from, to int) {
		if n := to - from; n <= largestBlock {
			pairsOfSize[n] += int64(n) * int64(n-1) / 2
		}
	})
	upTo := func(budget int64) int {
		limit, sum := 1, int64(0)
		for limit < largestBlock && sum+pairsOfSize[limit+1] <= budget {
			limit++
			sum += pairsOfSize[limit]
		}
		return max(limit, 2)
	}
	return BlockBounds{Largest: upTo(budget), Single: upTo(int64(singleShare * float64(budget)))}
}

func (p *postings) keep(records int, bounds BlockBounds) *blocks {
	b, limit := &blocks{bounds: bounds}, bounds.Largest
	b.first = make([]uint32, records+1)
	total, count := 0, 0
	p.each(func(from, to int) {
		if n := to - from; n >= 2 && n <= limit {
			total += n
			count++
			for i := from; i < to; i++ {
				b.first[p.record(i)+1]++
			}
		}
	})
	for i := range records {
		b.first[i+1] += b.first[i]
	}
	b.members, b.of, b.starts = make([]int32, 0, total), make([]uint32, total), make([]uint32, 0, count+1)
	next := append([]uint32(nil), b.first[:records]...)
	p.each(func(from, to int) {
		if n := to - from; n < 2 || n > limit {
			return
		}
		block := uint32(len(b.starts))
		b.starts = append(b.starts, uint32(len(b.members)))
		for i := from; i < to; i++ {
			r := p.record(i)
			b.members = append(b.members, r)
			b.of[next[r]] = block
			next[r]++
		}
	})
	b.starts = append(b.starts, uint32(len(b.members)))
	return b
}

// before visits each record of lower number that shares with record i two blocks,
// or one that is small, once. seen remembers what was met, for one i after another.
func (b *blocks) before(i int32, seen []uint32, visit func(j int32)) {
	once, done := uint32(i+1)<<1, uint32(i+1)<<1|1
	for _, block := range b.of[b.first[i]:b.first[i+1]] {
		members := b.members[b.starts[block]:b.starts[block+1]]
		small := len(members) <= b.bounds.Single
		for _, j := range members {
			if j >= i {
				break
			}
			switch s := &seen[j]; {
			case *s == done:
			case small || *s == once:
				*s = done
				visit(j)
			default:
				*s = once
			}
		}
	}
}
