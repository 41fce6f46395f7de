package link

import "context"

// blocks holds, for each record, the blocks of records with a common key.
type blocks struct {
	members []int32  // block after block, each ascending; the first of a block is inverted
	of      []uint32 // of record 0, then of record 1 …: its places in members, and smallBlock
	first   []uint32 // where a record begins in of; one more at the end
	pairs   int64    // within all blocks; a pair of several blocks counts in each
	bounds  BlockBounds
}

// smallBlock marks a place in a block of which one in common is enough.
const smallBlock = 1 << 31

// largestBlock bounds a block; a key that more records share says too little.
const largestBlock = 400

// Two keys in common say much more than one: most pairs that share only one key,
// and one that many records have, are strangers. Such pairs are not compared.

// singleShare is the part of the work that pairs in small blocks may take.
const singleShare = 0.1

// buildBlocks sorts all keys into blocks. Bounds that are not given are chosen so
// that the pairs fit into the budget.
func buildBlocks(ctx context.Context, d *prepared, budget int64, bounds BlockBounds) (*blocks, error) {
	p, err := collect(ctx, d, 1)
	if err != nil {
		return nil, err
	}
	p.sort(max(bounds.Largest, largestBlock))
	if bounds.Largest <= 0 {
		bounds = p.bounds(budget)
	}
	return p.keep(len(d.people), bounds), nil
}

func (p *postings) bounds(budget int64) BlockBounds {
	var pairsOfSize [largestBlock + 1]int64
	p.each(func(_ int, run []uint64) {
		if n := len(run); n <= largestBlock {
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
	b := &blocks{bounds: bounds, first: make([]uint32, records+1)}
	total := 0
	p.each(func(_ int, run []uint64) {
		if bounds.class(len(run)) > 0 {
			total += len(run)
			for _, x := range run {
				b.first[p.record(x)+1]++
			}
		}
	})
	for i := range records {
		b.first[i+1] += b.first[i]
	}
	b.members, b.of = make([]int32, 0, total), make([]uint32, total)
	next := append([]uint32(nil), b.first[:records]...)
	p.each(func(_ int, run []uint64) {
		class := bounds.class(len(run))
		if class == 0 {
			return
		}
		b.pairs += int64(len(run)) * int64(len(run)-1) / 2
		mark := uint32(0)
		if class == 2 {
			mark = smallBlock
		}
		at := len(b.members)
		for _, x := range run {
			r := p.record(x)
			b.of[next[r]] = uint32(len(b.members)) | mark
			next[r]++
			b.members = append(b.members, r)
		}
		b.members[at] = ^b.members[at]
	})
	return b
}

// class says which part a block of so many records plays: 0 none; 2: one in common
// is enough to compare a pair; 1: it takes two.
func (b BlockBounds) class(size int) int {
	switch {
	case size < 2 || size > b.Largest:
		return 0
	case size <= b.Single:
		return 2
	}
	return 1
}

// gatherer finds the records to compare with one record after another.
type gatherer struct {
	slots []uint64 // a hash table: turn, record, and whether the record is in list
	shift uint
	met   int
	turn  uint64
	list  []int32
	sink  int32 // keeps loads that only bring memory near
}

const gatherBits = 11

func newGatherer() *gatherer {
	return &gatherer{slots: make([]uint64, 1<<gatherBits), shift: 32 - gatherBits}
}

// before gives the records of lower number that share with record i two blocks, or
// one that is small, each once, until the next call.
func (g *gatherer) before(b *blocks, i int32) []int32 {
	places := b.of[b.first[i]:b.first[i+1]]
	for _, place := range places {
		g.sink += b.members[place&^smallBlock]
	}
	g.list, g.met = g.list[:0], 0
	g.turn++
	for _, place := range places {
		enough := uint64(place >> 31)
		at := place &^ smallBlock
		for b.members[at] >= 0 {
			at--
			j := b.members[at]
			if j < 0 {
				g.meet(^j, enough)
				break
			}
			g.meet(j, enough)
		}
	}
	return g.list
}

// meet notes one block in common with a record.
func (g *gatherer) meet(j int32, enough uint64) {
	mask := uint32(len(g.slots) - 1)
	for h := uint32(j) * 0x9E3779B1 >> g.shift; ; h = (h + 1) & mask {
		x := g.slots[h]
		if x>>32 != g.turn {
			g.slots[h] = g.turn<<32 | uint64(j)<<1 | enough
			if enough == 1 {
				g.list = append(g.list, j)
			}
			if g.met++; 2*g.met > len(g.slots) {
				g.grow()
			}
			return
		}
		if int32(uint32(x)>>1) == j {
			if x&1 == 0 {
				g.slots[h] = x | 1
				g.list = append(g.list, j)
			}
			return
		}
	}
}

func (g *gatherer) grow() {
	old := g.slots
	g.slots, g.shift = make([]uint64, 2*len(old)), g.shift-1
	mask := uint32(len(g.slots) - 1)
	for _, x := range old {
		if x>>32 != g.turn {
			continue
		}
		h := uint32(x) >> 1 * 0x9E3779B1 >> g.shift
		for g.slots[h]>>32 == g.turn {
			h = (h + 1) & mask
		}
		g.slots[h] = x
	}
}
