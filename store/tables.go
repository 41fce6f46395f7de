package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cairn/fold"
)

var (
	limitsTable = &fold.Table{Name: "claim_limits", Columns: []string{"name", "subject", "amount"}}
	totalsTable = &fold.Table{Name: "claim_totals", Columns: []string{"name", "total"}}
)

// ClaimTables lists the tables of claims, which are refilled like any other.
func ClaimTables() []*fold.Table { return []*fold.Table{claimsTable, limitsTable} }

// Rows reads a table's rows, of one subject or (with "") of all, in a fixed order.
func (r *Reader) Rows(ctx context.Context, t *fold.Table, subject string) ([][]any, error) {
	columns := strings.Join(t.Columns, ", ")
	query := "SELECT " + columns + " FROM " + t.Name
	var args []any
	if subject != "" {
		query += " WHERE " + t.Columns[0] + " = $1"
		args = append(args, subject)
	}
	rows, err := r.tx.QueryContext(ctx, query+" ORDER BY "+columns, args...)
	if err != nil {
		return nil, fmt.Errorf("read table %s: %w", t.Name, err)
	}
	defer rows.Close()
	var out [][]any
	for rows.Next() {
		values := make([]any, len(t.Columns))
		targets := make([]any, len(values))
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

// Checkpoint reads an office's latest signed checkpoint; nil for an empty log.
func (r *Reader) Checkpoint(ctx context.Context, office string) ([]byte, error) {
	var b []byte
	err := r.tx.QueryRowContext(ctx, "SELECT checkpoint FROM logs WHERE office = $1", office).Scan(&b)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return b, err
}

// Empty deletes the rows of tables and all claims, before they are filled again.
func (s *Store) Empty(ctx context.Context, tx Tx, tables []*fold.Table) error {
	for _, t := range append(slices.Clone(tables), claimsTable, limitsTable, totalsTable) {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+t.Name); err != nil {
			return fmt.Errorf("empty table %s: %w", t.Name, err)
		}
	}
	return nil
}

// Recreate drops tables, makes them again by their definitions, in the one dialect,
// and empties all claims. Indexes are made when fill has filled the tables, which
// takes a fraction of the time.
func (s *Store) Recreate(ctx context.Context, tx Tx, tables []*fold.Table, definitions []string, fill func() error) error {
	for _, t := range tables {
		if _, err := tx.ExecContext(ctx, "DROP TABLE IF EXISTS "+t.Name); err != nil {
			return fmt.Errorf("drop table %s: %w", t.Name, err)
		}
	}
	made, indexes := parted(definitions)
	if err := execAll(ctx, tx, made, s.postgres); err != nil {
		return fmt.Errorf("create the tables again: %w", err)
	}
	if err := s.Empty(ctx, tx, nil); err != nil {
		return err
	}
	if err := fill(); err != nil {
		return err
	}
	if err := tx.InsertRows(nil); err != nil {
		return err
	}
	if err := execAll(ctx, tx, indexes, s.postgres); err != nil {
		return fmt.Errorf("create the indexes again: %w", err)
	}
	return nil
}

// parted gives the statements that make tables, and those that make indexes.
func parted(definitions []string) (tables, indexes string) {
	for _, ddl := range definitions {
		for statement := range strings.SplitSeq(ddl, ";\n") {
			if strings.HasPrefix(strings.TrimSpace(statement), "CREATE INDEX") || strings.HasPrefix(strings.TrimSpace(statement), "CREATE UNIQUE INDEX") {
				indexes += statement + ";\n"
			} else {
				tables += statement + ";\n"
			}
		}
	}
	return tables, indexes
}

// Claimed is what one subject claims, by its fold.
type Claimed struct {
	Subject string
	Output  fold.Output
}

// ClaimBook adds up claims while tables are filled again.
type ClaimBook struct{ totals map[string]int64 }

// NewClaimBook gives an empty book.
func NewClaimBook() *ClaimBook { return &ClaimBook{totals: map[string]int64{}} }

// Add enters the claims and limits of one subject's folds and gives their rows.
func (b *ClaimBook) Add(c Claimed) []fold.Row {
	held := make(map[string]int64, len(c.Output.Claims))
	for _, claim := range c.Output.Claims {
		held[claim.Name] += claim.Amount
		b.totals[claim.Name] += claim.Amount
	}
	rows := make([]fold.Row, 0, len(held)+len(c.Output.Limits))
	for _, name := range slices.Sorted(maps.Keys(held)) {
		rows = append(rows, fold.Row{Table: claimsTable, Values: []any{c.Subject, name, held[name]}})
	}
	for _, l := range c.Output.Limits {
		rows = append(rows, fold.Row{Table: limitsTable, Values: []any{l.Name, c.Subject, l.Amount}})
	}
	return rows
}

// Totals gives the rows of how much is taken of each name.
func (b *ClaimBook) Totals() []fold.Row {
	rows := make([]fold.Row, 0, len(b.totals))
	for _, name := range slices.Sorted(maps.Keys(b.totals)) {
		rows = append(rows, fold.Row{Table: totalsTable, Values: []any{name, b.totals[name]}})
	}
	return rows
}
