package app

import (
	"context"
	"runtime"
	"sync"

	"cairn/store"
)

// portion is some hundred subjects that follow one another, with their heads. The
// portions of a sweep leave no gap: every row of every table lies in one of them.
type portion struct {
	store.Range
	number int // from 0
	heads  []store.Head
}

// portionSize is how many subjects a goroutine takes at once.
const portionSize = 512

// sweepers is how many goroutines read at once. One more connection lists subjects.
func sweepers() int { return min(runtime.GOMAXPROCS(0), 6) }

// sweep hands every subject to one of some goroutines, each with a reader of its own
// on the same moment. The first error ends it.
func (o *Office) sweep(ctx context.Context, do func(ctx context.Context, r *store.Reader, p *portion) error) error {
	return o.store.ReadTogether(ctx, sweepers()+1, func(readers []*store.Reader) error {
		return sweepWith(ctx, readers, do)
	})
}

func sweepWith(ctx context.Context, readers []*store.Reader, do func(ctx context.Context, r *store.Reader, p *portion) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	portions := make(chan *portion)
	var group sync.WaitGroup
	for _, r := range readers[1:] {
		group.Go(func() {
			for p := range portions {
				if err := do(ctx, r, p); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	if err := listPortions(ctx, readers[0], portions); err != nil {
		cancel(err)
	}
	close(portions)
	group.Wait()
	return context.Cause(ctx)
}

func listPortions(ctx context.Context, r *store.Reader, portions chan<- *portion) error {
	after := ""
	for number := 0; ; number++ {
		heads, err := r.HeadsAfter(ctx, after, portionSize)
		if err != nil {
			return err
		}
		p := &portion{Range: store.Range{After: after}, number: number, heads: heads}
		last := len(heads) < portionSize
		if !last {
			after = heads[len(heads)-1].Subject
			p.UpTo = after
		}
		select {
		case portions <- p:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		if last {
			return nil
		}
	}
}

// bySubject parts a portion's entries, which lie subject after subject.
func bySubject(loaded []store.Loaded, do func(subject string, entries []store.Loaded) error) error {
	for len(loaded) > 0 {
		subject, n := loaded[0].Entry.Subject, 1
		for n < len(loaded) && loaded[n].Entry.Subject == subject {
			n++
		}
		if err := do(subject, loaded[:n]); err != nil {
			return err
		}
		loaded = loaded[n:]
	}
	return nil
}
