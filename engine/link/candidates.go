package link

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"
)

// candidate is a compared pair: four bits of level for each field, and the bits
// that rarity adds in fields that kin share and in those that they do not.
type candidate struct {
	a, b        int32
	levels      uint64
	shared, own float32
}

type posting struct {
	hash   uint64
	record int32
}

// index holds, for each record, the blocks of records with a common key.
type index struct {
	postings []posting
	starts   []int32 // of the blocks within postings
	ofRecord [][]int32
}

// largestBlock bounds a block; a key that more records share says too little.
const largestBlock = 400

func fnv(key []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range key {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

// buildIndex sorts all keys into blocks and keeps the smallest blocks whose
// pairs fit into the budget.
func buildIndex(ctx context.Context, d *prepared, budget int64) (*index, error) {
	var postings []posting
	record := int32(0)
	w := keyWriter{emit: func(key []byte) { postings = append(postings, posting{fnv(key), record}) }}
	for i := range d.people {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		record = int32(i)
		w.record(d, i)
	}
	slices.SortFunc(postings, func(a, b posting) int {
		if c := cmp.Compare(a.hash, b.hash); c != 0 {
			return c
		}
		return cmp.Compare(a.record, b.record)
	})
	postings = slices.Compact(postings)
	x := &index{postings: postings, ofRecord: make([][]int32, len(d.people))}
	x.keepBlocks(budget)
	return x, nil
}

func (x *index) keepBlocks(budget int64) {
	var starts []int32
	var pairsOfSize [largestBlock + 1]int64
	eachBlock(x.postings, func(from, to int) {
		if n := to - from; n <= largestBlock {
			pairsOfSize[n] += int64(n) * int64(n-1) / 2
		}
	})
	limit, sum := 1, int64(0)
	for limit < largestBlock && sum+pairsOfSize[limit+1] <= budget {
		limit++
		sum += pairsOfSize[limit]
	}
	limit = max(limit, 2)
	eachBlock(x.postings, func(from, to int) {
		if n := to - from; n >= 2 && n <= limit {
			id := int32(len(starts))
			starts = append(starts, int32(from))
			for _, p := range x.postings[from:to] {
				x.ofRecord[p.record] = append(x.ofRecord[p.record], id)
			}
		}
	})
	x.starts = starts
}

func eachBlock(postings []posting, visit func(from, to int)) {
	for from := 0; from < len(postings); {
		to := from + 1
		for to < len(postings) && postings[to].hash == postings[from].hash {
			to++
		}
		visit(from, to)
		from = to
	}
}

const chunkSize = 512

// comparePairs compares each record with those of lower index that share a
// block. Chunks are joined in order, so the result is the same for any number
// of workers.
func comparePairs(ctx context.Context, d *prepared, x *index, s *scorer, o Options) ([]candidate, bool) {
	n := len(d.people)
	chunks := make([][]candidate, (n+chunkSize-1)/chunkSize)
	var wait sync.WaitGroup
	var lock sync.Mutex // guards next, done and the calls of Progress
	next, done := 0, 0
	for range o.Workers {
		wait.Go(func() {
			c := newComparer(d)
			stamp := make([]int32, n)
			for {
				lock.Lock()
				k := next
				next++
				if o.Progress != nil && k < len(chunks) {
					o.Progress("compare", int64(k*chunkSize), int64(n))
				}
				lock.Unlock()
				if k >= len(chunks) || ctx.Err() != nil {
					return
				}
				chunks[k] = compareChunk(c, x, s, stamp, k*chunkSize, min(n, (k+1)*chunkSize))
				lock.Lock()
				done++
				lock.Unlock()
			}
		})
	}
	wait.Wait()
	return slices.Concat(chunks...), done == len(chunks)
}

func compareChunk(c *comparer, x *index, s *scorer, stamp []int32, from, to int) []candidate {
	var out []candidate
	var e evidence
	for i := from; i < to; i++ {
		for _, block := range x.ofRecord[i] {
			for _, p := range x.postings[x.starts[block]:] {
				if int(p.record) >= i {
					break
				}
				if stamp[p.record] == int32(i)+1 {
					continue
				}
				stamp[p.record] = int32(i) + 1
				c.compare(p.record, int32(i), &e)
				out = append(out, s.pack(p.record, int32(i), &e))
			}
		}
	}
	return out
}

// scorer turns evidence into bits.
type scorer struct {
	fields   int
	base     [maxFields]float64 // log2 of the chance that strangers agree
	shared   [maxFields]bool
	weight   [maxFields][16]float64 // log2(m/u)
	kin      [maxFields][16]float64 // log2(kin/u)
	prior    float64                // log2 of the odds
	kinPrior float64
}

func newScorer(m *Model) *scorer {
	s := &scorer{fields: len(m.Fields)}
	for f := range m.Fields {
		s.shared[f] = m.Fields[f].Shared
		if len(m.Fields[f].Levels) > 1 {
			s.base[f] = math.Log2(m.Fields[f].Levels[1].U)
		}
		for l := 1; l < len(m.Fields[f].Levels); l++ {
			v := m.Fields[f].Levels[l]
			if v.Words == "" {
				continue
			}
			s.weight[f][l] = math.Log2(v.M / v.U)
			s.kin[f][l] = math.Log2(v.Kin / v.U)
		}
	}
	s.prior = logit(m.Prior)
	s.kinPrior = math.Log2(m.KinShare)
	return s
}

// rarity is the number of bits that a value of this share adds.
func (s *scorer) rarity(f int, share float64) float64 {
	if share == 0 {
		return 0
	}
	return s.base[f] - math.Log2(share)
}

func (s *scorer) pack(a, b int32, e *evidence) candidate {
	c := candidate{a: a, b: b}
	for f := 0; f < s.fields; f++ {
		c.levels |= uint64(e.levels[f]) << (4 * f)
		if e.shares[f] == 0 {
			continue
		}
		if bits := float32(s.rarity(f, e.shares[f])); s.shared[f] {
			c.shared += bits
		} else {
			c.own += bits
		}
	}
	return c
}

// bits gives the weight of a candidate in favour of "the same person", prior and
// kin correction included, and the correction alone.
func (s *scorer) bits(c *candidate) (weight, correction float64) {
	weight = s.prior + float64(c.shared) + float64(c.own)
	kin := s.kinPrior + float64(c.shared)
	for f, levels := 0, c.levels; levels != 0; f, levels = f+1, levels>>4 {
		l := levels & 15
		weight += s.weight[f][l]
		kin += s.kin[f][l]
	}
	correction = -math.Log2(1 + math.Exp2(kin))
	return weight + correction, correction
}
