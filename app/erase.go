package app

import (
	"context"
	"fmt"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/store"
)

// Dependents implements blueprint.Opener.
func (o *Office) Dependents(w *blueprint.Work, subject string) ([]string, error) {
	var out []string
	for _, d := range o.Domains {
		if d.Dependents == nil {
			continue
		}
		found, err := d.Dependents(w, subject)
		if err != nil {
			return nil, fmt.Errorf("find what %s keeps about %s: %w", d.Name, subject, err)
		}
		out = append(out, found...)
	}
	return out, nil
}

// scrub takes what was erased out of the files of the database too.
func (o *Office) scrub(ctx context.Context, erasures []store.Erasure) error {
	if len(erasures) == 0 {
		return nil
	}
	var tables []*fold.Table
	seen := map[*fold.Table]bool{}
	for _, e := range erasures {
		for _, t := range e.Tables {
			if !seen[t] {
				seen[t] = true
				tables = append(tables, t)
			}
		}
	}
	if err := o.store.Scrub(context.WithoutCancel(ctx), tables); err != nil {
		return fmt.Errorf("it is erased and recorded, but deleted pages may still hold traces ('cairn rebuild' rewrites them): %w", err)
	}
	return nil
}

// tablesOf lists the tables that may hold rows of a type of subject.
func (o *Office) tablesOf(typ string) []*fold.Table {
	var out []*fold.Table
	for _, p := range o.projections[typ] {
		out = append(out, p.Tables...)
	}
	return out
}
