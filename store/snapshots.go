package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cairn/fold"
	"cairn/ledger"
)

// snapshotTries bounds how often snapshots are taken again because somebody appended
// in between.
const snapshotTries = 100

// ReadTogether runs do with n readers that see the database at the same moment, one
// for each goroutine that reads. Entries are never changed, and all tables follow from
// them, so snapshots of logs of the same sizes are the same.
func (s *Store) ReadTogether(ctx context.Context, n int, do func([]*Reader) error) error {
	for range snapshotTries {
		again, err := s.readTogether(ctx, n, do)
		if !again || err != nil {
			return err
		}
	}
	return errors.New("entries are appended too fast to read them all at one moment: try again when the office is quieter")
}

func (s *Store) readTogether(ctx context.Context, n int, do func([]*Reader) error) (again bool, err error) {
	readers := make([]*Reader, 0, n)
	var size int64
	for len(readers) < n {
		r, end, err := s.snapshot(ctx)
		if err != nil {
			return false, err
		}
		defer end()
		now, err := r.entriesInLogs(ctx)
		if err != nil {
			return false, err
		}
		if len(readers) > 0 && now != size {
			return true, nil
		}
		size, readers = now, append(readers, r)
	}
	return false, do(readers)
}

func (r *Reader) entriesInLogs(ctx context.Context) (int64, error) {
	var n int64
	err := r.tx.QueryRowContext(ctx, "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM logs").Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("read the sizes of the logs: %w", err)
	}
	return n, nil
}

// Range is subjects that follow one another in the order of their ids: those after
// After, up to and with UpTo; with UpTo "" all that follow.
type Range struct{ After, UpTo string }

// condition asks for a range of a column, from the argument with a number on.
func (g Range) condition(column string, first int) (string, []any) {
	if g.UpTo == "" {
		return fmt.Sprintf("%s > $%d", column, first), []any{g.After}
	}
	return fmt.Sprintf("%s > $%d AND %s <= $%d", column, first, column, first+1), []any{g.After, g.UpTo}
}

// HeadsAfter reads the heads of the subjects that follow one, n at the most.
func (r *Reader) HeadsAfter(ctx context.Context, after string, n int) ([]Head, error) {
	rows, err := r.tx.QueryContext(ctx, "SELECT subject, type, heads, entries FROM subjects WHERE subject > $1 ORDER BY subject LIMIT $2", after, n)
	if err != nil {
		return nil, fmt.Errorf("list the subjects: %w", err)
	}
	defer rows.Close()
	var out []Head
	for rows.Next() {
		var h Head
		if err := rows.Scan(&h.Subject, &h.Type, &h.Heads, &h.Entries); err != nil {
			return nil, fmt.Errorf("list the subjects: %w", err)
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// SubjectsOf lists the subjects of a type, in order.
func (r *Reader) SubjectsOf(ctx context.Context, typ string) ([]string, error) {
	out, err := queryTexts(ctx, r.tx, "SELECT subject FROM subjects WHERE type = $1 ORDER BY subject", typ)
	if err != nil {
		return nil, fmt.Errorf("list the subjects: %w", err)
	}
	return out, nil
}

// EntriesIn reads the entries of a range of subjects, subject after subject, each
// subject's in fold order.
func (r *Reader) EntriesIn(ctx context.Context, g Range) ([]Loaded, error) {
	condition, args := g.condition("subject", 1)
	rows, err := r.tx.QueryContext(ctx, selectEntries+" WHERE "+condition+" ORDER BY subject", args...)
	if err != nil {
		return nil, fmt.Errorf("read entries: %w", err)
	}
	defer rows.Close()
	var out []Loaded
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, Loaded{Entry: e})
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read entries: %w", err)
	}
	slices.SortFunc(out, func(a, b Loaded) int { return foldOrder(a.Entry, b.Entry) })
	return out, r.addKeys(ctx, g, out)
}

func foldOrder(a, b *ledger.Entry) int {
	switch {
	case a.Subject != b.Subject:
		return strings.Compare(a.Subject, b.Subject)
	case a.Time != b.Time:
		if a.Time < b.Time {
			return -1
		}
		return 1
	case a.Office != b.Office:
		return strings.Compare(a.Office, b.Office)
	}
	return int(min(1, max(-1, a.Position-b.Position)))
}

// addKeys adds the wrapped keys of a range's subjects.
func (r *Reader) addKeys(ctx context.Context, g Range, loaded []Loaded) error {
	condition, args := g.condition("subject", 2)
	rows, err := r.tx.QueryContext(ctx, "SELECT subject, wrapped FROM subject_keys WHERE office = $1 AND "+condition, append([]any{r.office}, args...)...)
	if err != nil {
		return fmt.Errorf("read the keys of subjects: %w", err)
	}
	defer rows.Close()
	keys := map[string][]byte{}
	for rows.Next() {
		var subject string
		var wrapped []byte
		if err := rows.Scan(&subject, &wrapped); err != nil {
			return fmt.Errorf("read the keys of subjects: %w", err)
		}
		keys[subject] = wrapped
	}
	for i := range loaded {
		loaded[i].Wrapped = keys[loaded[i].Entry.Subject]
	}
	return rows.Err()
}

// RowsIn reads a table's rows of a range of subjects, in the order of the subjects.
func (r *Reader) RowsIn(ctx context.Context, t *fold.Table, g Range) ([][]any, error) {
	condition, args := g.condition(t.Columns[0], 1)
	rows, err := r.tx.QueryContext(ctx, "SELECT "+strings.Join(t.Columns, ", ")+" FROM "+t.Name+
		" WHERE "+condition+" ORDER BY "+t.Columns[0], args...)
	if err != nil {
		return nil, fmt.Errorf("read table %s: %w", t.Name, err)
	}
	defer rows.Close()
	var out [][]any
	targets := make([]any, len(t.Columns))
	for rows.Next() {
		values := make([]any, len(t.Columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, fmt.Errorf("read table %s: %w", t.Name, err)
		}
		out = append(out, values)
	}
	return out, rows.Err()
}

// EachClaimTotal hands over how much of each name is taken, names with 0 left out.
func (r *Reader) EachClaimTotal(ctx context.Context, each func(name string, total int64)) error {
	rows, err := r.tx.QueryContext(ctx, "SELECT name, total FROM claim_totals WHERE total <> 0")
	if err != nil {
		return fmt.Errorf("read the totals of claims: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var total int64
		if err := rows.Scan(&name, &total); err != nil {
			return fmt.Errorf("read the totals of claims: %w", err)
		}
		each(name, total)
	}
	return rows.Err()
}

// CountEntries counts the entries of all logs, whatever the logs' sizes say.
func (r *Reader) CountEntries(ctx context.Context) (int64, error) {
	var n int64
	if err := r.tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM entries").Scan(&n); err != nil {
		return 0, fmt.Errorf("count the entries: %w", err)
	}
	return n, nil
}
