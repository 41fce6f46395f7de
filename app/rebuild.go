package app

import (
	"context"
	"fmt"
	"strings"

	"cairn/fold"
	"cairn/ledger"
	"cairn/store"
)

// metaSchema is the setting that holds the digest of the tables' definitions.
const metaSchema = "schema"

// schemaDigest changes when the definition of any table does.
func (c *Catalogue) schemaDigest() string {
	var text strings.Builder
	for _, d := range c.Domains {
		text.WriteString(d.Name + "\n" + d.Schema + "\n")
	}
	return store.Digest([]byte(text.String()))
}

// prepareTables creates the tables of a new record. Where the program's tables are
// others than those of the record, after an upgrade, they are built again.
func (o *Office) prepareTables(ctx context.Context) error {
	was, err := o.store.Meta(ctx, metaSchema)
	if err != nil {
		return err
	}
	if was != o.schemaDigest() && o.last != ledger.Never {
		if _, err := o.Rebuild(ctx, nil); err != nil {
			return fmt.Errorf("bring the tables to this program's edition: %w", err)
		}
		return nil
	}
	for _, d := range o.Domains {
		if err := o.store.Define(ctx, d.Schema); err != nil {
			return fmt.Errorf("create the tables of %s: %w", d.Name, err)
		}
	}
	if was == o.schemaDigest() {
		return nil
	}
	return o.store.SetMeta(ctx, metaSchema, o.schemaDigest())
}

// Rebuild makes every table anew and fills them and all claims from the ledger,
// all in one transaction. It gives the number of entries read. All processors fold
// subjects; one connection writes rows, in the order of the subjects.
func (o *Office) Rebuild(ctx context.Context, progress func(stage string, done, total int64)) (int64, error) {
	if progress == nil {
		progress = func(string, int64, int64) {}
	}
	var read int64
	err := o.store.Maintain(ctx, func(tx store.Tx) error {
		definitions := make([]string, len(o.Domains))
		for i, d := range o.Domains {
			definitions[i] = d.Schema
		}
		err := o.store.Recreate(ctx, tx, o.Tables(), definitions, func() error {
			var err error
			read, err = o.refill(ctx, tx, progress)
			return err
		})
		if err != nil {
			return err
		}
		return store.SetMeta(ctx, tx, metaSchema, o.schemaDigest())
	})
	if err != nil {
		return 0, fmt.Errorf("rebuild the tables (nothing was changed): %w", err)
	}
	return read, nil
}

// refilled is what a portion's subjects fold to.
type refilled struct {
	number  int
	entries int64
	rows    []fold.Row
	claims  []store.Claimed
}

// refill folds portions on all processors and writes them here, since only the
// goroutine that holds the transaction may.
func (o *Office) refill(ctx context.Context, tx store.Tx, progress func(string, int64, int64)) (int64, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	folded := make(chan *refilled, sweepers())
	swept := make(chan error, 1)
	go func() {
		defer close(folded)
		swept <- o.sweep(ctx, func(ctx context.Context, r *store.Reader, p *portion) error {
			out, err := o.foldPortion(ctx, r, p)
			if err != nil {
				return err
			}
			select {
			case folded <- out:
				return nil
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		})
	}()
	claims := store.NewClaimBook()
	read, err := writeInOrder(folded, func(p *refilled) error {
		for _, c := range p.claims {
			p.rows = append(p.rows, claims.Add(c)...)
		}
		return tx.InsertRows(p.rows)
	}, progress)
	if err != nil {
		cancel()
		for range folded { // until the sweep has ended
		}
	}
	if failed := <-swept; err == nil {
		err = failed
	}
	if err != nil {
		return read, err
	}
	return read, tx.InsertRows(claims.Totals())
}

// writeInOrder takes portions as they come and writes them by their numbers.
func writeInOrder(folded <-chan *refilled, write func(*refilled) error, progress func(string, int64, int64)) (int64, error) {
	var read int64
	waiting := map[int]*refilled{}
	next := 0
	for p := range folded {
		waiting[p.number] = p
		for p := waiting[next]; p != nil; p = waiting[next] {
			delete(waiting, next)
			next++
			if err := write(p); err != nil {
				return read, err
			}
			read += p.entries
			progress("rebuild", read, 0)
		}
	}
	return read, nil
}

func (o *Office) foldPortion(ctx context.Context, r *store.Reader, p *portion) (*refilled, error) {
	types := make(map[string]string, len(p.heads))
	for _, h := range p.heads {
		types[h.Subject] = h.Type
	}
	loaded, err := r.EntriesIn(ctx, p.Range)
	if err != nil {
		return nil, err
	}
	out := &refilled{number: p.number, entries: int64(len(loaded))}
	return out, bySubject(loaded, func(subject string, entries []store.Loaded) error {
		facts, err := o.Open(entries)
		if err != nil || len(facts) == 0 { // none: it was erased
			return err
		}
		claimed := store.Claimed{Subject: subject}
		for _, projection := range o.projections[types[subject]] {
			folded := projection.Fold(subject, facts)
			out.rows = append(out.rows, folded.Rows...)
			claimed.Output.Claims = append(claimed.Output.Claims, folded.Claims...)
			claimed.Output.Limits = append(claimed.Output.Limits, folded.Limits...)
		}
		out.claims = append(out.claims, claimed)
		return nil
	})
}

// Dump gives every row of every table as text, sorted, for comparing two records.
func (o *Office) Dump(ctx context.Context) (map[string][]string, error) {
	out := map[string][]string{}
	err := o.store.Read(ctx, func(r *store.Reader) error {
		for _, t := range append(o.Tables(), store.ClaimTables()...) {
			rows, err := r.Rows(ctx, t, "")
			if err != nil {
				return err
			}
			out[t.Name] = texts(rows)
		}
		return nil
	})
	return out, err
}

func texts(rows [][]any) []string {
	out := make([]string, len(rows))
	for i, row := range rows {
		for _, value := range row {
			out[i] += plain(value) + " \x00 "
		}
	}
	return out
}
