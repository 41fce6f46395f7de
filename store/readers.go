package store

import (
	"context"
	"database/sql"
	"fmt"
)

// readPool holds connections that read an SQLite file, each with the statements that
// it has prepared: SQLite takes longer to prepare most of our queries than to run them.
// PostgreSQL's driver keeps its own.
type readPool struct {
	db   *sql.DB
	free chan *readConn // nil for a connection that is not open yet
}

func newReadPool(db *sql.DB, n int) *readPool {
	p := &readPool{db: db, free: make(chan *readConn, n)}
	for range n {
		p.free <- nil
	}
	return p
}

// take waits for a connection and begins a transaction on it.
func (p *readPool) take(ctx context.Context) (*readConn, error) {
	var c *readConn
	select {
	case c = <-p.free:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if c == nil {
		conn, err := p.db.Conn(ctx)
		if err != nil {
			p.free <- nil
			return nil, err
		}
		c = &readConn{conn: conn, prepared: map[string]*sql.Stmt{}}
	}
	if err := c.control(ctx, "BEGIN DEFERRED"); err != nil {
		c.close()
		p.free <- nil
		return nil, err
	}
	return c, nil
}

// give ends the transaction and gives the connection back.
func (p *readPool) give(c *readConn) {
	if err := c.control(context.Background(), "ROLLBACK"); err != nil {
		c.close()
		c = nil
	}
	p.free <- c
}

// close closes the connections that nobody uses.
func (p *readPool) close() {
	for range cap(p.free) {
		select {
		case c := <-p.free:
			if c != nil {
				c.close()
			}
		default:
			return
		}
	}
}

// keptStatements bounds how many statements a connection keeps.
const keptStatements = 512

// readConn is one connection. Like its transaction it is used by one goroutine.
type readConn struct {
	conn     *sql.Conn
	prepared map[string]*sql.Stmt
}

func (c *readConn) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, found := c.prepared[query]; found {
		return s, nil
	}
	if len(c.prepared) >= keptStatements {
		for query, s := range c.prepared {
			s.Close()
			delete(c.prepared, query)
		}
	}
	s, err := c.conn.PrepareContext(ctx, query)
	if err == nil {
		c.prepared[query] = s
	}
	return s, err
}

func (c *readConn) control(ctx context.Context, statement string) error {
	s, err := c.statement(ctx, statement)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(ctx)
	return err
}

// QueryContext implements querier.
func (c *readConn) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// QueryRowContext implements querier.
func (c *readConn) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := c.statement(ctx, query)
	if err != nil {
		return c.conn.QueryRowContext(ctx, query, args...) // gives the same error on Scan
	}
	return s.QueryRowContext(ctx, args...)
}

func (c *readConn) close() {
	for _, s := range c.prepared {
		s.Close()
	}
	c.conn.Close()
}

// snapshot begins to read; end gives back what that takes.
func (s *Store) snapshot(ctx context.Context) (r *Reader, end func(), err error) {
	if s.postgres {
		tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
		if err != nil {
			return nil, nil, fmt.Errorf("read the office's data: %w", err)
		}
		return &Reader{tx: tx, office: s.office}, func() { tx.Rollback() }, nil
	}
	c, err := s.pool.take(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read the office's data: %w", err)
	}
	return &Reader{tx: c, office: s.office}, func() { s.pool.give(c) }, nil
}
