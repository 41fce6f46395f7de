package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cairn/fold"
)

// Tx is the writer's transaction, as maintenance sees it.
type Tx interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	// InsertRows adds rows of tables in bulk. They are held back until there are enough,
	// or rows is nil.
	InsertRows(rows []fold.Row) error
}

// writer owns the one connection that writes. Only the committer uses it.
type writer struct {
	ctx      context.Context
	db       *sql.DB
	conn     *sql.Conn
	prepared map[string]*sql.Stmt
	inserts  map[insertKey]string
	postgres bool
	lock     func(context.Context, *sql.Conn) error // takes the writer's lock on a new connection
	log      *log
	bulk     bulk
	lost     bool  // whether the connection must be made anew
	stale    error // why log may differ from the database; nil when it does not
	emptied  int64 // entries when the write-ahead log was last emptied
}

func newWriter(ctx context.Context, db *sql.DB, postgres bool) (*writer, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &writer{ctx: context.WithoutCancel(ctx), db: db, conn: conn, postgres: postgres,
		prepared: map[string]*sql.Stmt{}, inserts: map[insertKey]string{}, bulk: bulk{}}, nil
}

func (w *writer) close() {
	if w.postgres { // the next program need not wait until the server sees that this one has ended
		_, _ = w.conn.ExecContext(w.ctx, "SELECT pg_advisory_unlock_all()")
	}
	for _, s := range w.prepared {
		s.Close()
	}
	w.conn.Close()
}

func (w *writer) statement(query string) (*sql.Stmt, error) {
	if s, found := w.prepared[query]; found {
		return s, nil
	}
	s, err := w.conn.PrepareContext(w.ctx, query)
	if err != nil {
		return nil, err
	}
	w.prepared[query] = s
	return s, nil
}

func (w *writer) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := w.statement(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

func (w *writer) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := w.statement(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

func (w *writer) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := w.statement(query)
	if err != nil {
		return w.conn.QueryRowContext(ctx, query, args...) // gives the same error on Scan
	}
	return s.QueryRowContext(ctx, args...)
}

// control runs a statement that begins or ends a transaction or savepoint. SQLite
// keeps it prepared; PostgreSQL sends it as it is.
func (w *writer) control(statement string) error {
	var err error
	if w.postgres {
		_, err = w.conn.ExecContext(w.ctx, statement)
	} else {
		_, err = w.ExecContext(w.ctx, statement)
	}
	return err
}

func (w *writer) each(query string, args []any, do func(*sql.Rows) error) error {
	rows, err := w.QueryContext(w.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// transaction runs do between BEGIN and COMMIT. When it fails, the log is read
// again from what the database holds.
func (w *writer) transaction(do func() error) error {
	if w.stale != nil {
		if err := w.recover(nil); err != nil {
			return err
		}
	}
	begin := "BEGIN IMMEDIATE"
	if w.postgres {
		begin = "BEGIN"
	}
	if err := w.control(begin); err != nil {
		return w.recover(err)
	}
	err := w.catchUp()
	if err == nil {
		err = do()
	}
	if err == nil {
		if err = w.control("COMMIT"); err == nil {
			return nil
		}
	}
	_, rollback := w.conn.ExecContext(w.ctx, "ROLLBACK")
	if rollback != nil && strings.Contains(rollback.Error(), "no transaction") {
		rollback = nil
	}
	return w.recover(errors.Join(err, rollback))
}

// entriesBetween is how many entries are appended between two times that the write-ahead
// log of SQLite is emptied into the database.
const entriesBetween = 8192

// emptyLog does that after those who waited for a commit have their answer, so that they
// go on meanwhile. SQLite does it itself, within a commit, where the log grows much more
// (wal_autocheckpoint), and the next time where it fails here: nothing rests on it.
func (w *writer) emptyLog() {
	size := w.log.tree.Size()
	if w.postgres || size-w.emptied < entriesBetween {
		return
	}
	w.emptied = size
	var busy, pages, moved int64
	_ = w.conn.QueryRowContext(w.ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &pages, &moved)
}

// catchUp reads the log again when another process has appended to it, which
// SQLite lets happen between transactions: a backup while the office serves.
func (w *writer) catchUp() error {
	if w.postgres {
		return nil
	}
	var size int64
	err := w.QueryRowContext(w.ctx, "SELECT COALESCE((SELECT size FROM logs WHERE office = $1), 0)", w.log.office).Scan(&size)
	if err != nil || size == w.log.tree.Size() {
		return err
	}
	again, err := openLog(w.ctx, w.conn, w.log.office)
	if err == nil {
		w.log = again
	}
	return err
}

// recover brings the writer back to what the database holds: after a failure the
// log in memory may be ahead of it, and the connection may be gone. Until that has
// succeeded the writer is stale and appends nothing.
func (w *writer) recover(cause error) error {
	w.bulk = bulk{}
	w.stale = w.reload()
	return errors.Join(cause, w.stale)
}

func (w *writer) reload() error {
	if w.conn.PingContext(w.ctx) != nil || w.lost {
		w.close()
		w.lost = true
		conn, err := w.db.Conn(w.ctx)
		if err != nil {
			return fmt.Errorf("reach the database again: %w", err)
		}
		w.conn, w.prepared = conn, map[string]*sql.Stmt{}
		if err := w.lock(w.ctx, conn); err != nil {
			return err
		}
		w.lost = false
	}
	again, err := openLog(w.ctx, w.conn, w.log.office)
	if err != nil {
		return err
	}
	w.log = again
	return nil
}

// errUndo means that one request's work could not be taken out of the transaction,
// so that the transaction as a whole must fail.
var errUndo = errors.New("undo a failed request")

// inSavepoint runs one request so that its failure leaves the others' work alone.
// An error that wraps errUndo says that it did not.
func (w *writer) inSavepoint(run func(*writer) error) error {
	tree, last := w.log.tree.Clone(), w.log.last
	if err := w.control("SAVEPOINT request"); err != nil {
		return fmt.Errorf("%w: %w", errUndo, err)
	}
	err := run(w)
	if err == nil {
		err = w.bulk.flush(w)
	}
	if err == nil {
		// PostgreSQL refuses here when the request passed over a failed statement.
		if err = w.control("RELEASE SAVEPOINT request"); err == nil {
			return nil
		}
	}
	w.bulk = bulk{}
	w.log.tree, w.log.last = tree, last
	for _, undo := range []string{"ROLLBACK TO SAVEPOINT request", "RELEASE SAVEPOINT request"} {
		if _, failed := w.conn.ExecContext(w.ctx, undo); failed != nil {
			return fmt.Errorf("%w: %w: %w", err, errUndo, failed)
		}
	}
	return err
}

// InsertRows implements Tx.
func (w *writer) InsertRows(rows []fold.Row) error {
	if rows == nil {
		return w.bulk.flush(w)
	}
	for _, r := range rows {
		w.bulk.add(r.Table, r.Values...)
		if len(w.bulk[r.Table]) >= 8*bulkRows {
			if err := w.bulk.flushTable(w, r.Table); err != nil {
				return err
			}
		}
	}
	return nil
}

var (
	entriesTable     = &fold.Table{Name: "entries", Columns: []string{"office", "position", "time", "subject", "actor", "after", "sealed", "body"}}
	nodesTable       = &fold.Table{Name: "nodes", Columns: []string{"office", "level", "n", "hash"}}
	keysTable        = &fold.Table{Name: "subject_keys", Columns: []string{"subject", "office", "wrapped"}}
	claimsTable      = &fold.Table{Name: "claims", Columns: []string{"subject", "name", "amount"}}
	attachmentsTable = &fold.Table{Name: "attachments", Columns: []string{"digest", "subject", "body"}}
)

// bulk holds rows that wait to be inserted, by table.
type bulk map[*fold.Table][][]any

// bulkRows is how many rows one INSERT carries at the most.
const bulkRows = 32

func (b bulk) add(t *fold.Table, values ...any) { b[t] = append(b[t], values) }

// flush inserts what waits. Subjects come first, since one that is there already says
// that somebody was faster.
func (b bulk) flush(w *writer) error {
	if err := b.flushTable(w, subjectsTable); err != nil {
		return err
	}
	for t := range b {
		if err := b.flushTable(w, t); err != nil {
			return err
		}
	}
	return nil
}

func (b bulk) flushTable(w *writer, t *fold.Table) error {
	rows := b[t]
	for len(rows) > 0 {
		n := 1
		for n*2 <= min(len(rows), bulkRows) {
			n *= 2
		}
		args := make([]any, 0, n*len(t.Columns))
		for _, r := range rows[:n] {
			args = append(args, r...)
		}
		result, err := w.ExecContext(w.ctx, w.insertInto(t, n), args...)
		if err != nil {
			return fmt.Errorf("insert into %s: %w", t.Name, err)
		}
		if t == subjectsTable {
			if made, err := result.RowsAffected(); err != nil || made != int64(n) {
				return fmt.Errorf("begin a subject: %w", errors.Join(ErrMoved, err))
			}
		}
		rows = rows[n:]
	}
	b[t] = b[t][:0]
	return nil
}

// insertInto gives the statement for some rows of a table. A failed one undoes the
// whole request, so SQLite need not keep what would undo the statement alone.
func (w *writer) insertInto(t *fold.Table, rows int) string {
	key := insertKey{t, rows}
	if query, made := w.inserts[key]; made {
		return query
	}
	query := "INTO " + t.Name + " (" + strings.Join(t.Columns, ", ") + ") VALUES " + tuples(rows, len(t.Columns))
	switch {
	case t == attachmentsTable:
		query = "INSERT " + query + " ON CONFLICT (digest) DO NOTHING"
	case t == subjectsTable:
		query = "INSERT " + query + " ON CONFLICT (subject) DO NOTHING"
	case w.postgres:
		query = "INSERT " + query
	default:
		query = "INSERT OR FAIL " + query
	}
	w.inserts[key] = query
	return query
}

type insertKey struct {
	table *fold.Table
	rows  int
}

// tuples writes ($1,$2),($3,$4) …
func tuples(rows, columns int) string {
	var b strings.Builder
	for r := range rows {
		if r > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		for c := range columns {
			if c > 0 {
				b.WriteByte(',')
			}
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(r*columns + c + 1))
		}
		b.WriteByte(')')
	}
	return b.String()
}
