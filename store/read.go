package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"cairn/ledger"
)

// Reader sees the database as it stood at one moment. It is used by one goroutine.
type Reader struct {
	tx     querier
	office string
}

// Read runs do on a snapshot.
func (s *Store) Read(ctx context.Context, do func(*Reader) error) error {
	r, end, err := s.snapshot(ctx)
	if err != nil {
		return err
	}
	defer end()
	return do(r)
}

// Query runs a query of the one dialect: $1 … for arguments.
func (r *Reader) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return r.tx.QueryContext(ctx, query, args...)
}

// QueryRow runs a query that gives at most one row.
func (r *Reader) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return r.tx.QueryRowContext(ctx, query, args...)
}

// Head is what a subject looked like when it was read.
type Head struct {
	Subject string
	Type    string
	Heads   string // joined ids; "" when the subject has no entries
	Entries int64
}

// Loaded is one entry with the wrapped key of its subject (nil when it has none).
type Loaded struct {
	Entry   *ledger.Entry
	Wrapped []byte
}

// Head reads a subject's heads; a subject without entries has a zero Head.
func (r *Reader) Head(ctx context.Context, subject string) (Head, error) {
	h := Head{Subject: subject}
	err := r.QueryRow(ctx, "SELECT type, heads, entries FROM subjects WHERE subject = $1", subject).
		Scan(&h.Type, &h.Heads, &h.Entries)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return h, fmt.Errorf("read the heads of %s: %w", subject, err)
	}
	return h, nil
}

// Heads reads the heads of many subjects at once; those without entries are absent.
func (r *Reader) Heads(ctx context.Context, subjects []string) (map[string]Head, error) {
	out := make(map[string]Head, len(subjects))
	err := r.In(ctx, "SELECT subject, type, heads, entries FROM subjects WHERE subject IN (%s)", subjects,
		func(rows *sql.Rows) error {
			var h Head
			if err := rows.Scan(&h.Subject, &h.Type, &h.Heads, &h.Entries); err != nil {
				return err
			}
			out[h.Subject] = h
			return nil
		})
	return out, err
}

const inChunk = 256

// In runs a query whose %s is a list of texts, in chunks, and hands over each row.
func (r *Reader) In(ctx context.Context, query string, texts []string, each func(*sql.Rows) error) error {
	for len(texts) > 0 {
		n := min(len(texts), inChunk)
		if err := r.inOnce(ctx, query, texts[:n], each); err != nil {
			return err
		}
		texts = texts[n:]
	}
	return nil
}

func (r *Reader) inOnce(ctx context.Context, query string, texts []string, each func(*sql.Rows) error) error {
	// A list is filled up to a power of two so that few statements are prepared.
	size := 1
	for size < len(texts) {
		size *= 2
	}
	args := make([]any, size)
	for i := range args {
		args[i] = texts[min(i, len(texts)-1)]
	}
	return r.each(ctx, each, fmt.Sprintf(query, placeholders(1, size)), args...)
}

// each runs a query and scans its rows one by one.
func (r *Reader) each(ctx context.Context, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := r.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func placeholders(first, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(first + i))
	}
	return b.String()
}

const selectLoaded = `SELECT e.office, e.position, e.time, e.subject, e.actor, e.after, e.sealed, e.body, k.wrapped
	FROM entries e LEFT JOIN subject_keys k ON k.subject = e.subject AND k.office = $1`

// Subject reads a subject's entries in fold order.
func (r *Reader) Subject(ctx context.Context, subject string) ([]Loaded, error) {
	rows, err := r.Query(ctx, selectLoaded+" WHERE e.subject = $2 ORDER BY e.time, e.office, e.position", r.office, subject)
	if err != nil {
		return nil, fmt.Errorf("read the entries of %s: %w", subject, err)
	}
	defer rows.Close()
	var out []Loaded
	for rows.Next() {
		var wrapped []byte
		e, err := scanEntry(rows, &wrapped)
		if err != nil {
			return nil, err
		}
		out = append(out, Loaded{e, wrapped})
	}
	return out, rows.Err()
}

// Log reads an office's log in the order in which it was written.
func (r *Reader) Log(ctx context.Context, office string, from int64) iter.Seq2[Loaded, error] {
	return r.entries(ctx, selectLoaded+" WHERE e.office = $2 AND e.position >= $3 ORDER BY e.position", r.office, office, from)
}

// Subjects reads the entries of many subjects, each subject's in fold order.
func (r *Reader) Subjects(ctx context.Context, subjects []string) ([]Loaded, error) {
	var out []Loaded
	for chunk := range slices.Chunk(subjects, inChunk) {
		size := 1
		for size < len(chunk) {
			size *= 2
		}
		args := []any{r.office}
		for i := range size {
			args = append(args, chunk[min(i, len(chunk)-1)])
		}
		query := selectLoaded + " WHERE e.subject IN (" + placeholders(2, size) + ") ORDER BY e.subject, e.time, e.office, e.position"
		for l, err := range r.entries(ctx, query, args...) {
			if err != nil {
				return nil, err
			}
			out = append(out, l)
		}
	}
	return out, nil
}

func (r *Reader) entries(ctx context.Context, query string, args ...any) iter.Seq2[Loaded, error] {
	return func(yield func(Loaded, error) bool) {
		rows, err := r.Query(ctx, query, args...)
		if err != nil {
			yield(Loaded{}, fmt.Errorf("read entries: %w", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var wrapped []byte
			e, err := scanEntry(rows, &wrapped)
			if !yield(Loaded{e, wrapped}, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Loaded{}, fmt.Errorf("read entries: %w", err))
		}
	}
}

// Key reads the office's wrapped key of a subject; nil when there is none or it
// was erased.
func (r *Reader) Key(ctx context.Context, subject string) ([]byte, error) {
	var wrapped []byte
	err := r.QueryRow(ctx, "SELECT wrapped FROM subject_keys WHERE subject = $1 AND office = $2", subject, r.office).Scan(&wrapped)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return wrapped, err
}

// Attachment reads a large value by its digest, as it was stored.
func (r *Reader) Attachment(ctx context.Context, digest string) (subject string, body []byte, err error) {
	err = r.QueryRow(ctx, "SELECT subject, body FROM attachments WHERE digest = $1", digest).Scan(&subject, &body)
	if err != nil {
		return "", nil, fmt.Errorf("read attachment %s: %w", digest, err)
	}
	return subject, body, nil
}

// Remaining gives how much of a claim's name is taken and its limit (1 when no
// subject states one).
func (r *Reader) Remaining(ctx context.Context, name string) (total, limit int64, err error) {
	err = r.QueryRow(ctx, `SELECT COALESCE((SELECT total FROM claim_totals WHERE name = $1), 0),
		COALESCE((SELECT amount FROM claim_limits WHERE name = $2), 1)`, name, name).Scan(&total, &limit)
	return total, limit, err
}
