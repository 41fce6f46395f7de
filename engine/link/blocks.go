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
	limit   int      // largest block kept
}

// largestBlock bounds a block; a key that more records share says too little.
const largestBlock = 400

// A posting holds the upper bits of a key's hash and, below, the record. At a
// million records 44 bits of hash remain, so that two of 20 million keys seldom
// meet by chance; a pair that does costs one comparison.
type postings struct {
	list       []uint64
	recordBits uint
}

// collect writes the keys of all records.
func collect(ctx context.Context, d *prepared) (postings, error) {
	n := len(d.people)
	p := postings{recordBits: uint(max(bits.Len(uint(n)), 1)), list: make([]uint64, 0, 14*n+16)}
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

// buildBlocks sorts all keys into blocks and keeps the smallest blocks whose pairs
// fit into the budget; a limit above 0 is taken as it is.
func buildBlocks(ctx context.Context, d *prepared, budget int64, limit int) (*blocks, error) {
	p, err := collect(ctx, d)
	if err != nil {
		return nil, err
	}
	p.sort()
	p.compact()
	if limit <= 0 {
		limit = p.limit(budget)
	}
	return p.keep(len(d.people), limit), nil
}

func (p *postings) limit(budget int64) int {
	var pairsOfSize [largestBlock + 1]int64
	p.each(func(from, to int) {
		if n := to - from; n <= largestBlock {
			pairsOfSize[n] += int64(n) * int64(n-1) / 2
		}
	})
	limit, sum := 1, int64(0)
	for limit < largestBlock && sum+pairsOfSize[limit+1] <= budget {
		limit++
		sum += pairsOfSize[limit]
	}
	return max(limit, 2)
}

func (p *postings) keep(records, limit int) *blocks {
	b := &blocks{limit: limit, first: make([]uint32, records+1)}
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

// before visits each record of lower number that shares a block with record i,
// once; stamp remembers per record the last i+1 that met it.
func (b *blocks) before(i int32, stamp []int32, visit func(j int32)) {
	for _, block := range b.of[b.first[i]:b.first[i+1]] {
		for _, j := range b.members[b.starts[block]:b.starts[block+1]] {
			if j >= i {
				break
			}
			if stamp[j] != i+1 {
				stamp[j] = i + 1
				visit(j)
			}
		}
	}
}
