package store

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
)

// claims applies the claims and limits of changes and refuses what passes a limit.
func (w *writer) claims(changes []Change) error {
	deltas := map[string]int64{}
	set := map[string]bool{}
	for i := range changes {
		c := &changes[i]
		for _, claim := range c.Claims {
			deltas[claim.Name] += claim.Amount
			if err := w.claim(c.Subject, claim.Name, claim.Amount, c.Before == ""); err != nil {
				return err
			}
		}
		for _, limit := range c.Limits {
			set[limit.Name] = true
			_, err := w.ExecContext(w.ctx, `INSERT INTO claim_limits (name, subject, amount) VALUES ($1, $2, $3)
				ON CONFLICT (name) DO UPDATE SET amount = excluded.amount`, limit.Name, c.Subject, limit.Amount)
			if err != nil {
				return fmt.Errorf("set the limit of %s: %w", limit.Name, err)
			}
		}
	}
	if err := w.bulk.flush(w); err != nil {
		return err
	}
	names := make([]string, 0, len(deltas))
	for name, delta := range deltas {
		if delta != 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for chunk := range slices.Chunk(names, bulkRows) {
		if err := w.addTotals(chunk, deltas); err != nil {
			return err
		}
	}
	return w.checkLimits(set)
}

// claim keeps how much of a name the subject holds. A new subject's first claims
// are written in bulk; those of an existing one are added to what stands.
func (w *writer) claim(subject, name string, delta int64, fresh bool) error {
	if fresh {
		w.bulk.add(claimsTable, subject, name, delta)
		return nil
	}
	if err := w.bulk.flushTable(w, claimsTable); err != nil {
		return err
	}
	_, err := w.ExecContext(w.ctx, `INSERT INTO claims (subject, name, amount) VALUES ($1, $2, $3)
		ON CONFLICT (subject, name) DO UPDATE SET amount = claims.amount + excluded.amount`, subject, name, delta)
	if err == nil && delta < 0 {
		_, err = w.ExecContext(w.ctx, "DELETE FROM claims WHERE subject = $1 AND name = $2 AND amount = 0", subject, name)
	}
	if err != nil {
		return fmt.Errorf("claim %s: %w", name, err)
	}
	return nil
}

// addTotals adds to what is taken of each name, and refuses what passes its limit.
func (w *writer) addTotals(names []string, deltas map[string]int64) error {
	for len(names) > 0 {
		n := 1
		for n*2 <= len(names) {
			n *= 2
		}
		args := make([]any, 0, 2*n)
		for _, name := range names[:n] {
			args = append(args, name, deltas[name])
		}
		query := "INSERT INTO claim_totals (name, total) VALUES " + tuples(n, 2) +
			` ON CONFLICT (name) DO UPDATE SET total = claim_totals.total + excluded.total
			RETURNING name, total, COALESCE((SELECT l.amount FROM claim_limits l WHERE l.name = claim_totals.name), 1)`
		var passed *ClaimError
		err := w.each(query, args, func(rows *sql.Rows) error {
			var c ClaimError
			err := rows.Scan(&c.Name, &c.Total, &c.Limit)
			if c.Total > c.Limit && deltas[c.Name] > 0 && (passed == nil || c.Name < passed.Name) {
				passed = &c
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("add up claims: %w", err)
		}
		if passed != nil {
			return passed
		}
		names = names[n:]
	}
	return nil
}

// checkLimits holds limits that were set against what is taken already.
func (w *writer) checkLimits(set map[string]bool) error {
	for _, name := range slices.Sorted(maps.Keys(set)) {
		c := ClaimError{Name: name}
		err := w.QueryRowContext(w.ctx, `SELECT l.amount, COALESCE((SELECT t.total FROM claim_totals t WHERE t.name = l.name), 0)
			FROM claim_limits l WHERE l.name = $1`, name).Scan(&c.Limit, &c.Total)
		if err != nil {
			return fmt.Errorf("read the limit of %s: %w", name, err)
		}
		if c.Total > c.Limit {
			return &c
		}
	}
	return nil
}
