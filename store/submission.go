package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"cairn/fold"
	"cairn/ledger"
)

// Change is what a submission does to one subject.
type Change struct {
	Subject string
	Type    string
	// Before is the subject's joined heads that the change rests on; "" creates it.
	Before  string
	Entries []*ledger.Entry // Position is filled by Append
	Leaves  []tlog.Hash     // the leaf hash of each entry
	Wrapped []byte          // the wrapped key of a new sealed subject
	// Tables whose rows for this subject differ now, with all rows they should have.
	Replace []Replacement
	Claims  []fold.Claim // amounts are what is added to (or, negative, given back from) each name
	Limits  []fold.Limit // limits that are new or differ
}

// Replacement replaces the subject's rows of one table.
type Replacement struct {
	Table *fold.Table
	Had   bool // whether the table may hold rows of the subject already
	Rows  []fold.Row
}

// Attachment is a large value, stored under the digest of its plain content.
type Attachment struct {
	Digest  string
	Subject string
	Body    []byte // sealed or plain, as the subject is
}

// Submission is what one action appends, all of it or nothing.
type Submission struct {
	Guards      []Head // subjects that were read and must not have moved
	Changes     []Change
	Attachments []Attachment
	Erasures    []Erasure
}

type request struct {
	run   func(w *writer) error
	done  chan error
	alone bool // outside of any transaction, while nothing else is written
}

// Append commits a submission. It returns when the entries are durable, ErrMoved
// or a ClaimError when they may not be appended, or another error when the
// database failed; then nothing of it is kept.
func (s *Store) Append(ctx context.Context, submission *Submission) error {
	return s.submit(ctx, func(w *writer) error { return w.apply(submission) })
}

// AppendAll commits a stream of submissions in one transaction: all or nothing. One may
// take what a later one gives back: claims are held against their limits at the end.
// next gives nil when there are no more; it runs while the log is locked, so the
// submissions should be prepared beforehand or by other goroutines.
func (s *Store) AppendAll(ctx context.Context, next func() (*Submission, error)) error {
	return s.submit(ctx, func(w *writer) error {
		var claiming []Change
		for {
			submission, err := next()
			if err != nil {
				return err
			}
			if submission == nil {
				return w.claims(claiming)
			}
			if err := w.write(submission); err != nil {
				return err
			}
			for _, c := range submission.Changes {
				if len(c.Claims)+len(c.Limits) > 0 {
					claiming = append(claiming, Change{Subject: c.Subject, Before: c.Before, Claims: c.Claims, Limits: c.Limits})
				}
			}
		}
	})
}

// Maintain runs do in the writer's place, in a transaction of its own or shared
// with submissions that wait: for what is not an entry, such as keys and refills.
func (s *Store) Maintain(ctx context.Context, do func(Tx) error) error {
	return s.submit(ctx, func(w *writer) error { return do(w) })
}

func (s *Store) submit(ctx context.Context, run func(*writer) error) error {
	return s.send(ctx, &request{run: run, done: make(chan error, 1)})
}

func (s *Store) send(ctx context.Context, r *request) error {
	select {
	case <-s.closing:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	case s.queue <- r:
	}
	select {
	case err := <-r.done:
		return err
	case <-s.stopped:
		// The committer may have answered while it was ending.
		select {
		case err := <-r.done:
			return err
		default:
			return ErrClosed
		}
	}
}

// groupLimit bounds how many submissions share a transaction, so that the first
// of them does not wait long.
const groupLimit = 128

func (s *Store) commitAll() {
	defer close(s.stopped)
	for {
		select {
		case first := <-s.queue:
			s.commitGroup(s.waiting(first))
		case <-s.closing:
			for {
				select {
				case r := <-s.queue:
					r.done <- ErrClosed
				default:
					s.writer.close()
					return
				}
			}
		}
	}
}

func (s *Store) waiting(first *request) []*request {
	group := []*request{first}
	for len(group) < groupLimit && !first.alone {
		select {
		case r := <-s.queue:
			if r.alone {
				s.commitGroup(group)
				return []*request{r}
			}
			group = append(group, r)
		default:
			return group
		}
	}
	return group
}

// commitGroup runs each request in its savepoint and commits those that succeeded
// with one checkpoint. When the commit itself fails, all of them failed.
func (s *Store) commitGroup(group []*request) {
	w := s.writer
	if group[0].alone {
		group[0].done <- group[0].run(w)
		return
	}
	results := make([]error, len(group))
	err := w.transaction(func() error {
		before := w.log.tree.Size()
		if err := w.runAll(group, results); err != nil {
			return err
		}
		if w.log.tree.Size() == before {
			return nil
		}
		return w.log.save(w.ctx, w, s.signer)
	})
	for i, r := range group {
		if err != nil && results[i] == nil {
			results[i] = fmt.Errorf("commit to the office's record%s: %w", diskHint(err), err)
		}
		r.done <- results[i]
	}
	w.emptyLog()
}

// diskHint says what to do about an error of the disk, in whose words the two drivers
// and the server differ.
func diskHint(err error) string {
	for _, sign := range []string{"disk I/O error", "disk is full", "No space left on device", "SQLSTATE 53100"} {
		if strings.Contains(err.Error(), sign) {
			return " (is the disk full? Make room and repeat the command: nothing of it was kept)"
		}
	}
	return ""
}

// runAll runs a group's requests and notes how each ended. An error means that
// the whole transaction must be undone.
func (w *writer) runAll(group []*request, results []error) error {
	if len(group) == 1 { // its failure undoes all there is, so it needs no savepoint
		if results[0] = group[0].run(w); results[0] == nil {
			results[0] = w.bulk.flush(w)
		}
		return results[0]
	}
	for i, r := range group {
		results[i] = w.inSavepoint(r.run)
		if errors.Is(results[i], errUndo) {
			return results[i]
		}
	}
	return nil
}

func (w *writer) apply(s *Submission) error {
	if err := w.write(s); err != nil {
		return err
	}
	if err := w.claims(s.Changes); err != nil {
		return err
	}
	for _, e := range s.Erasures {
		if err := w.erase(e); err != nil {
			return err
		}
	}
	return nil
}

// write writes entries and rows of a submission, not yet its claims.
func (w *writer) write(s *Submission) error {
	for _, g := range s.Guards {
		if err := w.guard(g); err != nil {
			return err
		}
	}
	for i := range s.Changes {
		if err := w.change(&s.Changes[i]); err != nil {
			return err
		}
	}
	for _, a := range s.Attachments {
		w.bulk.add(attachmentsTable, a.Digest, a.Subject, a.Body)
	}
	return w.bulk.flush(w)
}

func (w *writer) guard(g Head) error {
	var heads string
	err := w.QueryRowContext(w.ctx, "SELECT COALESCE((SELECT heads FROM subjects WHERE subject = $1), '')", g.Subject).Scan(&heads)
	if err != nil {
		return fmt.Errorf("check the heads of %s: %w", g.Subject, err)
	}
	if heads != g.Heads {
		return fmt.Errorf("%s: %w", g.Subject, ErrMoved)
	}
	return nil
}

func (w *writer) change(c *Change) error {
	if err := w.moveHeads(c); err != nil {
		return err
	}
	for i, e := range c.Entries {
		e.Position = w.log.tree.Size()
		for _, node := range w.log.tree.Append(c.Leaves[i]) {
			w.bulk.add(nodesTable, w.log.office, node.Level, node.N, slices.Clone(node.Hash[:]))
		}
		w.log.last = max(w.log.last, e.Time)
		sealed := int64(0)
		if e.Sealed {
			sealed = 1
		}
		w.bulk.add(entriesTable, e.Office, e.Position, int64(e.Time), e.Subject, e.Actor, ledger.JoinHeads(e.After), sealed, e.Body)
	}
	if c.Wrapped != nil {
		w.bulk.add(keysTable, c.Subject, w.log.office, c.Wrapped)
	}
	return w.replaceRows(c)
}

func (w *writer) moveHeads(c *Change) error {
	if len(c.Entries) == 0 || len(c.Entries) != len(c.Leaves) {
		return errors.New("a change needs entries, and a leaf hash for each")
	}
	heads := string(ledger.IDOf(c.Leaves[len(c.Leaves)-1]))
	if c.Before == "" {
		w.bulk.add(subjectsTable, c.Subject, c.Type, int64(len(c.Entries)), heads)
		return nil
	}
	result, err := w.ExecContext(w.ctx, `UPDATE subjects SET heads = $1, entries = entries + $2 WHERE subject = $3 AND heads = $4`,
		heads, len(c.Entries), c.Subject, c.Before)
	if err != nil {
		return fmt.Errorf("move the heads of %s: %w", c.Subject, err)
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return fmt.Errorf("%s: %w", c.Subject, errors.Join(ErrMoved, err))
	}
	return nil
}

func (w *writer) replaceRows(c *Change) error {
	for _, r := range c.Replace {
		if r.Had {
			if err := w.bulk.flushTable(w, r.Table); err != nil {
				return err
			}
			if _, err := w.ExecContext(w.ctx, "DELETE FROM "+r.Table.Name+" WHERE "+r.Table.Columns[0]+" = $1", c.Subject); err != nil {
				return fmt.Errorf("replace rows of %s: %w", r.Table.Name, err)
			}
		}
		for _, row := range r.Rows {
			w.bulk.add(row.Table, row.Values...)
		}
	}
	return nil
}
