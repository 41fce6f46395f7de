package store

import (
	"context"
	"fmt"
	"strings"

	"cairn/fold"
)

// Erasure destroys what can read a subject: its keys, its rows in tables, its
// attachments and its claims. Its entries stay, sealed for ever.
type Erasure struct {
	Subject string
	Tables  []*fold.Table // those that may hold rows of the subject
}

// erasedHeads stand instead of an erased subject's heads, so that nothing that was
// prepared before can be appended to it or rest on it.
const erasedHeads = "erased"

func (w *writer) erase(e Erasure) error {
	if err := w.bulk.flush(w); err != nil {
		return err
	}
	statements := []string{
		"UPDATE subjects SET heads = '" + erasedHeads + "' WHERE subject = $1",
		"DELETE FROM subject_keys WHERE subject = $1",
		"DELETE FROM attachments WHERE subject = $1",
		"DELETE FROM claim_totals WHERE total = 0 AND name IN (SELECT name FROM claims WHERE subject = $1)",
		"DELETE FROM claims WHERE subject = $1",
		"DELETE FROM claim_limits WHERE subject = $1",
	}
	_, err := w.ExecContext(w.ctx, `UPDATE claim_totals SET total = total -
		(SELECT c.amount FROM claims c WHERE c.subject = $1 AND c.name = claim_totals.name)
		WHERE name IN (SELECT name FROM claims WHERE subject = $2)`, e.Subject, e.Subject)
	if err != nil {
		return fmt.Errorf("give back the claims of %s: %w", e.Subject, err)
	}
	for _, t := range e.Tables {
		statements = append(statements, "DELETE FROM "+t.Name+" WHERE "+t.Columns[0]+" = $1")
	}
	for _, s := range statements {
		if _, err := w.ExecContext(w.ctx, s, e.Subject); err != nil {
			return fmt.Errorf("erase %s: %w", e.Subject, err)
		}
	}
	return nil
}

// Scrub rewrites what the database keeps of deleted rows: freed pages, the free
// space of pages that moved, and the write-ahead log. It takes time in proportion
// to the database (PostgreSQL: to the tables given) and waits for readers.
func (s *Store) Scrub(ctx context.Context, tables []*fold.Table) error {
	return s.send(ctx, &request{done: make(chan error, 1), alone: true, run: func(w *writer) error {
		statements := []string{"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"}
		if s.postgres {
			statements = nil
			for _, t := range append([]*fold.Table{keysTable, attachmentsTable, claimsTable, limitsTable, totalsTable}, tables...) {
				statements = append(statements, "VACUUM (FULL) "+t.Name)
			}
		}
		for _, text := range statements {
			if err := w.scrub(text); err != nil {
				return fmt.Errorf("rewrite the database after an erasure: %w", err)
			}
		}
		return nil
	}})
}

func (w *writer) scrub(statement string) error {
	if !strings.HasPrefix(statement, "PRAGMA") {
		_, err := w.conn.ExecContext(w.ctx, statement)
		return err
	}
	var busy, pages, moved int64
	if err := w.conn.QueryRowContext(w.ctx, statement).Scan(&busy, &pages, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return fmt.Errorf("the write-ahead log is still being read: close what reads and run it again")
	}
	return nil
}
