package store

import (
	"database/sql"
	"fmt"
	"slices"
)

// claims applies the claims and limits of changes and refuses what passes a limit.
func (w *writer) claims(changes []Change) error {
	deltas := map[string]int64{}
	touched := map[string]bool{}
	for i := range changes {
		c := &changes[i]
		for _, claim := range c.Claims {
			deltas[claim.Name] += claim.Amount
			if err := w.claim(c.Subject, claim.Name, claim.Amount, c.Before == ""); err != nil {
				return err
			}
		}
		for _, limit := range c.Limits {
			touched[limit.Name] = true
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
		if delta > 0 {
			touched[name] = true
		}
		if delta != 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	totals := map[string]int64{}
	for chunk := range slices.Chunk(names, bulkRows) {
		if err := w.addTotals(chunk, deltas, totals); err != nil {
			return err
		}
	}
	return w.checkLimits(touched, totals)
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

func (w *writer) addTotals(names []string, deltas, totals map[string]int64) error {
	for len(names) > 0 {
		n := 1
		for n*2 <= len(names) {
			n *= 2
		}
		var args []any
		for _, name := range names[:n] {
			args = append(args, name, deltas[name])
		}
		query := "INSERT INTO claim_totals (name, total) VALUES " + tuples(n, 2) +
			" ON CONFLICT (name) DO UPDATE SET total = claim_totals.total + excluded.total RETURNING name, total"
		err := w.each(query, args, func(rows *sql.Rows) error {
			var name string
			var total int64
			err := rows.Scan(&name, &total)
			totals[name] = total
			return err
		})
		if err != nil {
			return fmt.Errorf("add up claims: %w", err)
		}
		names = names[n:]
	}
	return nil
}

func (w *writer) checkLimits(touched map[string]bool, totals map[string]int64) error {
	var names []string
	for name := range touched {
		names = append(names, name)
	}
	slices.Sort(names)
	for chunk := range slices.Chunk(names, bulkRows) {
		if err := w.checkChunk(chunk, totals); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) checkChunk(names []string, totals map[string]int64) error {
	size := 1
	for size < len(names) {
		size *= 2
	}
	args := make([]any, size)
	for i := range args {
		args[i] = names[min(i, len(names)-1)]
	}
	limits := map[string]int64{}
	query := `SELECT l.name, l.amount, COALESCE(t.total, 0) FROM claim_limits l
		LEFT JOIN claim_totals t ON t.name = l.name WHERE l.name IN (` + placeholders(1, size) + ")"
	err := w.each(query, args, func(rows *sql.Rows) error {
		var name string
		var limit, total int64
		err := rows.Scan(&name, &limit, &total)
		limits[name], totals[name] = limit, total
		return err
	})
	if err != nil {
		return fmt.Errorf("read the limits of claims: %w", err)
	}
	for _, name := range names {
		limit, stated := limits[name]
		if !stated {
			limit = 1
		}
		if totals[name] > limit {
			return &ClaimError{Name: name, Total: totals[name], Limit: limit}
		}
	}
	return nil
}
