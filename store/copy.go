package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"cairn/fold"
	"cairn/ledger"
)

// Copied is one row of the ledger or of what belongs to it, for a backup. Values
// are string, int64 or []byte, as CopiedColumns says.
type Copied struct {
	Table  string
	Values []any
}

var (
	metaTable     = &fold.Table{Name: "meta", Columns: []string{"name", "value"}}
	logsTable     = &fold.Table{Name: "logs", Columns: []string{"office", "size", "last_time", "checkpoint"}}
	subjectsTable = &fold.Table{Name: "subjects", Columns: []string{"subject", "type", "entries", "heads"}}
)

// copied lists the tables of a backup in the order of restoring: what the ledger
// holds and what opens it. Nodes of the tree and all other tables follow from it.
func copied() []*fold.Table {
	return []*fold.Table{metaTable, logsTable, subjectsTable, keysTable, attachmentsTable, entriesTable}
}

// CopiedColumns gives an example value of each column of a copied table: "",
// int64(0) or []byte(nil); nil for a table that is not copied.
func CopiedColumns(table string) []any {
	i := slices.IndexFunc(copied(), func(t *fold.Table) bool { return t.Name == table })
	if i < 0 {
		return nil
	}
	out := make([]any, len(copied()[i].Columns))
	for n, column := range copied()[i].Columns {
		switch column {
		case "size", "last_time", "position", "time", "sealed", "entries":
			out[n] = int64(0)
		case "checkpoint", "wrapped", "body":
			out[n] = []byte(nil)
		default:
			out[n] = ""
		}
	}
	return out
}

// Copy reads everything that a backup holds, on one snapshot.
func (r *Reader) Copy(ctx context.Context) iter.Seq2[Copied, error] {
	return func(yield func(Copied, error) bool) {
		for _, t := range copied() {
			if !r.copyTable(ctx, t, yield) {
				return
			}
		}
	}
}

func (r *Reader) copyTable(ctx context.Context, t *fold.Table, yield func(Copied, error) bool) bool {
	order := min(2, len(t.Columns))
	rows, err := r.tx.QueryContext(ctx, "SELECT "+strings.Join(t.Columns, ", ")+" FROM "+t.Name+
		" ORDER BY "+strings.Join(t.Columns[:order], ", "))
	if err != nil {
		yield(Copied{}, fmt.Errorf("read %s: %w", t.Name, err))
		return false
	}
	defer rows.Close()
	for rows.Next() {
		values := CopiedColumns(t.Name)
		if err := scanCopied(rows.Scan, values); err != nil {
			yield(Copied{}, fmt.Errorf("read %s: %w", t.Name, err))
			return false
		}
		if !yield(Copied{t.Name, values}, nil) {
			return false
		}
	}
	if err := rows.Err(); err != nil {
		yield(Copied{}, fmt.Errorf("read %s: %w", t.Name, err))
		return false
	}
	return true
}

func scanCopied(scan func(...any) error, values []any) error {
	targets := make([]any, len(values))
	for i, v := range values {
		switch v.(type) {
		case int64:
			targets[i] = new(int64)
		case []byte:
			targets[i] = new([]byte)
		default:
			targets[i] = new(string)
		}
	}
	if err := scan(targets...); err != nil {
		return err
	}
	for i, target := range targets {
		switch p := target.(type) {
		case *int64:
			values[i] = *p
		case *[]byte:
			values[i] = *p
		case *string:
			values[i] = *p
		}
	}
	return nil
}

// ErrNotEmpty: a backup is restored into an empty record only.
var ErrNotEmpty = errors.New("there is a record here already: restore into an empty folder or database")

// Restore fills an empty record from a backup in one transaction: all of it, or
// nothing. next gives the rows in the order of Copy, then nil. The tree is built
// from the entries and must be the one that the copied checkpoint signs.
func (s *Store) Restore(ctx context.Context, verifier note.Verifier, next func() (*Copied, error)) error {
	return s.submit(ctx, func(w *writer) error {
		var subjects int64
		if err := w.QueryRowContext(w.ctx, "SELECT COUNT(*) FROM subjects").Scan(&subjects); err != nil {
			return err
		}
		if subjects > 0 || w.log.tree.Size() > 0 {
			return ErrNotEmpty
		}
		r := restoring{writer: w}
		for {
			row, err := next()
			if err != nil {
				return err
			}
			if row == nil {
				return r.check(verifier)
			}
			if err := r.add(row); err != nil {
				return fmt.Errorf("restore a row of %s: %w", row.Table, err)
			}
		}
	})
}

type restoring struct {
	*writer
	checkpoint []byte
}

func (r *restoring) add(row *Copied) error {
	i := slices.IndexFunc(copied(), func(t *fold.Table) bool { return t.Name == row.Table })
	if i < 0 || len(row.Values) != len(copied()[i].Columns) {
		return errors.New("the backup holds rows that this program does not know: is it newer?")
	}
	t := copied()[i]
	switch t {
	case logsTable:
		if row.Values[0] != r.log.office || r.checkpoint != nil {
			return fmt.Errorf("the log of office %v is not this office's", row.Values[0])
		}
		r.checkpoint, _ = row.Values[3].([]byte)
		return nil // the writer saves its own when the tree has grown
	case entriesTable:
		if err := r.grow(row.Values); err != nil {
			return err
		}
	}
	r.bulk.add(t, row.Values...)
	if len(r.bulk[t]) >= 8*bulkRows {
		return r.bulk.flush(r.writer)
	}
	return nil
}

// grow adds an entry to the tree.
func (r *restoring) grow(values []any) error {
	e, err := entryOf(values)
	if err != nil {
		return err
	}
	if e.Office != r.log.office || e.Position != r.log.tree.Size() {
		return fmt.Errorf("%w: position %d of office %s where %d was due", ledger.ErrGap, e.Position, e.Office, r.log.tree.Size())
	}
	for _, node := range r.log.tree.Append(e.Leaf()) {
		r.bulk.add(nodesTable, r.log.office, node.Level, node.N, slices.Clone(node.Hash[:]))
	}
	r.log.last = max(r.log.last, e.Time)
	return nil
}

func entryOf(values []any) (*ledger.Entry, error) {
	var e ledger.Entry
	office, okay1 := values[0].(string)
	position, okay2 := values[1].(int64)
	at, okay3 := values[2].(int64)
	subject, okay4 := values[3].(string)
	actor, okay5 := values[4].(string)
	after, okay6 := values[5].(string)
	sealed, okay7 := values[6].(int64)
	body, okay8 := values[7].([]byte)
	if !(okay1 && okay2 && okay3 && okay4 && okay5 && okay6 && okay7 && okay8) {
		return nil, errors.New("an entry has a value of another type")
	}
	e.Office, e.Position, e.Time, e.Subject, e.Actor = office, position, ledger.Time(at), subject, actor
	e.After, e.Sealed, e.Body = ledger.SplitHeads(after), sealed != 0, body
	return &e, nil
}

// check holds the tree that was built against the checkpoint that was copied.
func (r *restoring) check(verifier note.Verifier) error {
	if err := r.bulk.flush(r.writer); err != nil {
		return err
	}
	signed, err := ledger.OpenCheckpoint(r.checkpoint, verifier)
	if err != nil {
		return fmt.Errorf("the checkpoint of the backup (is the key file that of this office?): %w", err)
	}
	if signed.Size != r.log.tree.Size() || signed.Root != r.log.tree.Root() {
		return fmt.Errorf("the backup: %w: it holds %d entries, its checkpoint says %d", ledger.ErrRoot, r.log.tree.Size(), signed.Size)
	}
	return nil
}

// Wipe empties the record and the tables given, after a restore that proved unsound.
func (s *Store) Wipe(ctx context.Context, tables []*fold.Table) error {
	return s.submit(ctx, func(w *writer) error {
		if err := s.Empty(ctx, w, tables); err != nil {
			return err
		}
		for _, t := range append(copied(), nodesTable) {
			if _, err := w.ExecContext(w.ctx, "DELETE FROM "+t.Name); err != nil {
				return fmt.Errorf("empty %s: %w", t.Name, err)
			}
		}
		empty, err := openLog(w.ctx, w, w.log.office)
		if err == nil {
			w.log = empty
		}
		return err
	})
}
