package link

import (
	"context"
	"slices"
	"sync"
)

const chunkSize = 512

// chunks divides n records among workers and gives what each chunk came to, in
// order, so that the outcome is the same for any number of workers. Only chunks
// that take accepts are worked on. The second value is false when the context
// ended first.
func chunks[T any](ctx context.Context, stage string, n int, o Options, take func(k int) bool, worker func() func(from, to int) T) ([]T, bool) {
	out := make([]T, (n+chunkSize-1)/chunkSize)
	var wait sync.WaitGroup
	var lock sync.Mutex // guards next, done and the calls of Progress
	next, done := 0, 0
	claim := func() int {
		lock.Lock()
		defer lock.Unlock()
		for next < len(out) && !take(next) {
			next++
			done++
		}
		if o.Progress != nil && next < len(out) {
			o.Progress(stage, int64(next)*chunkSize, int64(n))
		}
		next++
		return next - 1
	}
	for range o.Workers {
		wait.Go(func() {
			work := worker()
			for {
				k := claim()
				if k >= len(out) || ctx.Err() != nil {
					return
				}
				out[k] = work(k*chunkSize, min(n, (k+1)*chunkSize))
				lock.Lock()
				done++
				lock.Unlock()
			}
		})
	}
	wait.Wait()
	return out, done == len(out)
}

func all(int) bool { return true }

// comparePairs compares each record of the chosen chunks with those of lower
// number that share a block, and gives those that reach the floor.
func comparePairs(ctx context.Context, d *prepared, b *blocks, s *scorer, o Options, take func(int) bool, floor float64) (kept []candidate, compared int64, whole bool) {
	type found struct {
		kept     []candidate
		compared int64
	}
	var least *bound
	if floor > noFloor {
		least = newBound(d, s, floor)
	}
	parts, whole := chunks(ctx, "compare", len(d.people), o, take, func() func(from, to int) found {
		c, g := newComparer(d, nil), newGatherer()
		var room []candidate
		return func(from, to int) (out found) {
			room = room[:0]
			for i := int32(from); i < int32(to); i++ {
				list := g.before(b, i)
				out.compared += int64(len(list))
				if least != nil {
					list = least.reachable(i, list, &g.sink)
				}
				room = c.compareAll(s, i, list, floor, room)
			}
			out.kept = slices.Clone(room)
			return out
		}
	})
	total := 0
	for i := range parts {
		total += len(parts[i].kept)
		compared += parts[i].compared
	}
	kept = make([]candidate, 0, total)
	for i := range parts {
		kept = append(kept, parts[i].kept...)
		parts[i].kept = nil
	}
	return kept, compared, whole
}

// compareAll appends the pairs of record i and the records of a list that reach
// the floor.
func (c *comparer) compareAll(s *scorer, i int32, list []int32, floor float64, out []candidate) []candidate {
	var e evidence
	for _, j := range list {
		c.sink += c.d.people[j].given // brings the records near before they are read in full
	}
	for _, j := range list {
		c.compare(j, i, &e)
		packed := s.pack(j, i, &e)
		if floor > noFloor {
			if bits, _ := s.bits(&packed); bits < floor {
				continue
			}
		}
		out = append(out, packed)
	}
	return out
}

// noFloor keeps all pairs.
const noFloor = -1e9
