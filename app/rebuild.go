package app

import (
	"context"
	"fmt"
	"strings"

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
// all in one transaction. It gives the number of entries read.
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
		if err := o.store.Recreate(ctx, tx, o.Tables(), definitions); err != nil {
			return err
		}
		if err := store.SetMeta(ctx, tx, metaSchema, o.schemaDigest()); err != nil {
			return err
		}
		return o.store.Read(ctx, func(r *store.Reader) error {
			var err error
			read, err = o.refill(ctx, tx, r, progress)
			return err
		})
	})
	if err != nil {
		return 0, fmt.Errorf("rebuild the tables (nothing was changed): %w", err)
	}
	return read, nil
}

func (o *Office) refill(ctx context.Context, tx store.Tx, r *store.Reader, progress func(string, int64, int64)) (int64, error) {
	types, err := r.Types(ctx)
	if err != nil {
		return 0, err
	}
	claims := store.NewClaimBook()
	var read int64
	var batch []store.Loaded
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		subject := batch[0].Entry.Subject
		facts, err := o.Open(batch)
		if err != nil {
			return err
		}
		if len(facts) == 0 { // it was erased
			batch = batch[:0]
			return nil
		}
		for _, p := range o.projections[types[subject]] {
			out := p.Fold(subject, facts)
			claims.Add(subject, out)
			if err := tx.InsertRows(out.Rows); err != nil {
				return err
			}
		}
		batch = batch[:0]
		return nil
	}
	for l, err := range r.BySubject(ctx) {
		if err != nil {
			return read, err
		}
		if len(batch) > 0 && batch[0].Entry.Subject != l.Entry.Subject {
			if err := flush(); err != nil {
				return read, err
			}
		}
		batch = append(batch, l)
		if read++; read%4096 == 0 {
			progress("rebuild", read, 0)
		}
	}
	if err := flush(); err != nil {
		return read, err
	}
	return read, tx.InsertRows(claims.Rows())
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
		out[i] = fmt.Sprint(normal(row)...)
	}
	return out
}
