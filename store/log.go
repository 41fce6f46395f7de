package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"cairn/ledger"
)

// log is the writing end of one office's log. Only the committer touches it.
type log struct {
	office string
	tree   ledger.Frontier
	last   ledger.Time
}

// querier is what reads: a database, or a transaction of it.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func openLog(ctx context.Context, q querier, office string) (*log, error) {
	l := &log{office: office, last: ledger.Never}
	var size, last int64
	err := q.QueryRowContext(ctx, "SELECT size, last_time FROM logs WHERE office = $1", office).Scan(&size, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return l, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the log's size: %w", err)
	}
	l.last = ledger.Time(last)
	l.tree, err = ledger.FrontierOf(size, ledger.Hashes{Source: treeSource{ctx, q, office}})
	if err != nil {
		return nil, fmt.Errorf("read the log's tree (run 'cairn verify'): %w", err)
	}
	return l, nil
}

// save writes the checkpoint of what the transaction appended.
func (l *log) save(ctx context.Context, tx execer, signer note.Signer) error {
	cp := ledger.Checkpoint{Office: l.office, Size: l.tree.Size(), Root: l.tree.Root()}
	signed, err := ledger.SignCheckpoint(cp, signer)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO logs (office, size, last_time, checkpoint) VALUES ($1, $2, $3, $4)
		ON CONFLICT (office) DO UPDATE SET size = excluded.size, last_time = excluded.last_time, checkpoint = excluded.checkpoint`,
		l.office, cp.Size, int64(l.last), signed)
	return err
}

// treeSource reads leaves and kept nodes of a log from the database.
type treeSource struct {
	ctx    context.Context
	q      querier
	office string
}

func (t treeSource) Leaves(lo, hi int64) ([]tlog.Hash, error) {
	rows, err := t.q.QueryContext(t.ctx, selectEntries+
		" WHERE office = $1 AND position >= $2 AND position < $3 ORDER BY position", t.office, lo, hi)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var leaves []tlog.Hash
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return nil, err
		}
		leaves = append(leaves, e.Leaf())
	}
	return leaves, rows.Err()
}

func (t treeSource) Kept(level int, n int64) (tlog.Hash, error) {
	var b []byte
	err := t.q.QueryRowContext(t.ctx, "SELECT hash FROM nodes WHERE office = $1 AND level = $2 AND n = $3",
		t.office, level, n).Scan(&b)
	if err != nil {
		return tlog.Hash{}, fmt.Errorf("read tree node %d/%d: %w", level, n, err)
	}
	if len(b) != tlog.HashSize {
		return tlog.Hash{}, fmt.Errorf("tree node %d/%d has %d bytes", level, n, len(b))
	}
	return tlog.Hash(b), nil
}

const selectEntries = "SELECT office, position, time, subject, actor, after, sealed, body FROM entries"

func scanEntry(rows *sql.Rows, more ...any) (*ledger.Entry, error) {
	var (
		e      ledger.Entry
		after  string
		time   int64
		sealed int64
	)
	fields := append([]any{&e.Office, &e.Position, &time, &e.Subject, &e.Actor, &after, &sealed, &e.Body}, more...)
	if err := rows.Scan(fields...); err != nil {
		return nil, fmt.Errorf("read an entry: %w", err)
	}
	e.Time, e.After, e.Sealed = ledger.Time(time), ledger.SplitHeads(after), sealed != 0
	return &e, nil
}

// Checkpoint gives an office's latest signed checkpoint, nil for an empty log.
func (s *Store) Checkpoint(ctx context.Context, office string) ([]byte, error) {
	var b []byte
	err := s.read.QueryRowContext(ctx, "SELECT checkpoint FROM logs WHERE office = $1", office).Scan(&b)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return b, err
}

// Offices lists the offices whose logs the database holds.
func (s *Store) Offices(ctx context.Context) ([]string, error) {
	return queryTexts(ctx, s.read, "SELECT office FROM logs ORDER BY office")
}

// Proof is what shows that an entry is part of a log at a size.
type Proof struct {
	Size  int64
	Proof tlog.RecordProof
}

// Prove gives the inclusion proof of the entry at a position.
func (r *Reader) Prove(ctx context.Context, office string, position, size int64) (Proof, error) {
	p, err := tlog.ProveRecord(size, position, ledger.Hashes{Source: treeSource{ctx, r.tx, office}})
	if err != nil {
		return Proof{}, fmt.Errorf("prove entry %d of %s: %w", position, office, err)
	}
	return Proof{Size: size, Proof: p}, nil
}

func queryTexts(ctx context.Context, q querier, query string, args ...any) ([]string, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, rows.Err()
}
