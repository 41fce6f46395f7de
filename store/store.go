package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"

	"cairn/ledger"
)

//go:embed schema.sql
var schema string

// Errors that callers act on.
var (
	// ErrMoved: a subject that the submission rests on has changed; read and retry.
	ErrMoved = errors.New("somebody else has changed this in the meantime")
	// ErrClaimed: a claim would pass its limit. It is wrapped in a ClaimError.
	ErrClaimed = errors.New("no more of this is left")
	// ErrClosed: the store was closed while the submission waited.
	ErrClosed = errors.New("the office's record is closed")
)

// ClaimError says which claim would pass which limit.
type ClaimError struct {
	Name         string
	Total, Limit int64
}

func (e *ClaimError) Error() string {
	return fmt.Sprintf("%s: %d would be taken of %d", e.Name, e.Total, e.Limit)
}

// Is makes errors.Is(err, ErrClaimed) true.
func (e *ClaimError) Is(target error) bool { return target == ErrClaimed }

// Store is an office's data. It is safe for concurrent use. Processes that share an
// SQLite file take turns; with PostgreSQL one process at a time may have it open.
type Store struct {
	office   string
	signer   note.Signer
	postgres bool
	write    *sql.DB
	read     *sql.DB
	pool     *readPool // SQLite's connections that read

	queue   chan *request
	stopped chan struct{} // closed when the committer has ended
	closing chan struct{} // closed by Close
	once    sync.Once

	writer *writer // owned by the committer after Open
}

// Open opens or creates the database of one office. The signer signs a checkpoint
// with each commit; its name must be the office's origin.
func Open(ctx context.Context, c Config, office string, signer note.Signer) (*Store, error) {
	write, read, err := c.open()
	if err != nil {
		return nil, err
	}
	s := &Store{
		office: office, signer: signer, postgres: c.Postgres(), write: write, read: read,
		queue: make(chan *request, 256), stopped: make(chan struct{}), closing: make(chan struct{}),
	}
	s.pool = newReadPool(read, c.readers())
	if err := s.start(ctx); err != nil {
		write.Close()
		read.Close()
		return nil, fmt.Errorf("open the record of office %s: %w", office, err)
	}
	go s.commitAll()
	return s, nil
}

func (s *Store) start(ctx context.Context) error {
	w, err := newWriter(ctx, s.write, s.postgres)
	if err != nil {
		return fmt.Errorf("reach the database (is the key right, and is it running?): %w", err)
	}
	if err := s.prepare(ctx, w); err != nil {
		w.close()
		return err
	}
	s.writer = w
	return nil
}

func (s *Store) prepare(ctx context.Context, w *writer) error {
	w.lock = s.lockWriter
	if err := w.lock(ctx, w.conn); err != nil {
		return err
	}
	if err := execAll(ctx, w.conn, schema, s.postgres); err != nil {
		return fmt.Errorf("create the ledger's tables: %w", err)
	}
	var err error
	w.log, err = openLog(ctx, w.conn, s.office)
	return err
}

// A lock is waited for this long: the server takes a moment to see that a program which
// held it has ended.
const lockPatience, lockPause = 3 * time.Second, 50 * time.Millisecond

// lockWriter makes sure that no second process appends to the same log: the
// database would refuse the doubled position anyway, this says it at the start.
func (s *Store) lockWriter(ctx context.Context, conn *sql.Conn) error {
	if !s.postgres {
		return nil
	}
	digest := sha256.Sum256([]byte("cairn writer " + s.office))
	key := int64(binary.BigEndian.Uint32(digest[:4]))
	for end := time.Now().Add(lockPatience); ; time.Sleep(lockPause) {
		var locked bool
		if err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock(CAST($1 AS BIGINT))", key).Scan(&locked); err != nil {
			return fmt.Errorf("take the writer's lock: %w", err)
		}
		if locked {
			return nil
		}
		if time.Now().After(end) || ctx.Err() != nil {
			return fmt.Errorf("another program is writing the record of office %s: stop it first", s.office)
		}
	}
}

// Close waits for submissions under way and closes the database.
func (s *Store) Close() error {
	s.once.Do(func() { close(s.closing) })
	<-s.stopped
	s.pool.close()
	return errors.Join(s.read.Close(), s.write.Close())
}

// Office is the office whose log this store appends to.
func (s *Store) Office() string { return s.office }

// IsPostgres says which of the two databases holds the data.
func (s *Store) IsPostgres() bool { return s.postgres }

// Digest names an attachment by its content.
func Digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Meta reads a named setting of the database; "" when it was never set.
func (s *Store) Meta(ctx context.Context, name string) (string, error) {
	var value string
	err := s.read.QueryRowContext(ctx, "SELECT value FROM meta WHERE name = $1", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// SetMeta writes a named setting of the database.
func (s *Store) SetMeta(ctx context.Context, name, value string) error {
	return s.Maintain(ctx, func(tx Tx) error { return SetMeta(ctx, tx, name, value) })
}

// SetMeta writes a named setting as part of a maintenance.
func SetMeta(ctx context.Context, tx Tx, name, value string) error {
	_, err := tx.ExecContext(ctx,
		"INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
	return err
}

// LastTime is the time of the newest entry of the office's log, Never when empty.
func (s *Store) LastTime(ctx context.Context) (ledger.Time, error) {
	var t int64
	err := s.read.QueryRowContext(ctx, "SELECT last_time FROM logs WHERE office = $1", s.office).Scan(&t)
	if errors.Is(err, sql.ErrNoRows) {
		return ledger.Never, nil
	}
	return ledger.Time(t), err
}

// Define creates tables that are not there yet, written in the one dialect.
func (s *Store) Define(ctx context.Context, ddl string) error {
	return s.Maintain(ctx, func(tx Tx) error { return execAll(ctx, tx, ddl, s.postgres) })
}
