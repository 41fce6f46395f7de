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

// RowsOf reads a table's rows of many subjects, by subject.
func (r *Reader) RowsOf(ctx context.Context, t *fold.Table, subjects []string) (map[string][][]any, error) {
	out := map[string][][]any{}
	query := "SELECT " + strings.Join(t.Columns, ", ") + " FROM " + t.Name + " WHERE " + t.Columns[0] + " IN (%s)"
	err := r.In(ctx, query, subjects, func(rows *sql.Rows) error {
		values := make([]any, len(t.Columns))
		targets := make([]any, len(values))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		subject, _ := values[0].(string)
		out[subject] = append(out[subject], values)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read table %s: %w", t.Name, err)
	}
	return out, nil
}

// ClaimTotals reads how much of each name is taken, names with 0 left out.
func (r *Reader) ClaimTotals(ctx context.Context) (map[string]int64, error) {
	rows, err := r.tx.QueryContext(ctx, "SELECT name, total FROM claim_totals WHERE total <> 0")
	if err != nil {
		return nil, fmt.Errorf("read the totals of claims: %w", err)
	}
	defer rows.Close()
	out := map[string]int64{}
	for rows.Next() {
		var name string
		var total int64
		if err := rows.Scan(&name, &total); err != nil {
			return nil, err
		}
		out[name] = total
	}
	return out, rows.Err()
}

// Types reads the type of every subject.
func (r *Reader) Types(ctx context.Context) (map[string]string, error) {
	rows, err := r.tx.QueryContext(ctx, "SELECT subject, type FROM subjects")
	if err != nil {
		return nil, fmt.Errorf("read the types of subjects: %w", err)
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var subject, typ string
		if err := rows.Scan(&subject, &typ); err != nil {
			return nil, err
		}
		out[subject] = typ
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

// Recreate drops tables and makes them again by their definitions, in the one
// dialect, and empties all claims, before they are filled again.
func (s *Store) Recreate(ctx context.Context, tx Tx, tables []*fold.Table, definitions []string) error {
	for _, t := range tables {
		if _, err := tx.ExecContext(ctx, "DROP TABLE IF EXISTS "+t.Name); err != nil {
			return fmt.Errorf("drop table %s: %w", t.Name, err)
		}
	}
	for _, ddl := range definitions {
		if err := execAll(ctx, tx, ddl, s.postgres); err != nil {
			return fmt.Errorf("create the tables again: %w", err)
		}
	}
	return s.Empty(ctx, tx, nil)
}

// ClaimBook adds up claims while tables are filled again.
type ClaimBook struct {
	held   map[[2]string]int64
	limits map[string]fold.Row
	totals map[string]int64
}

// NewClaimBook gives an empty book.
func NewClaimBook() *ClaimBook {
	return &ClaimBook{held: map[[2]string]int64{}, limits: map[string]fold.Row{}, totals: map[string]int64{}}
}

// Add enters the claims and limits of one subject's fold.
func (b *ClaimBook) Add(subject string, out fold.Output) {
	for _, c := range out.Claims {
		b.held[[2]string{subject, c.Name}] += c.Amount
		b.totals[c.Name] += c.Amount
	}
	for _, l := range out.Limits {
		b.limits[l.Name] = fold.Row{Table: limitsTable, Values: []any{l.Name, subject, l.Amount}}
	}
}

// Rows gives the rows of the claims' tables.
func (b *ClaimBook) Rows() []fold.Row {
	var rows []fold.Row
	for _, key := range slices.SortedFunc(maps.Keys(b.held), func(x, y [2]string) int { return slices.Compare(x[:], y[:]) }) {
		rows = append(rows, fold.Row{Table: claimsTable, Values: []any{key[0], key[1], b.held[key]}})
	}
	for _, name := range slices.Sorted(maps.Keys(b.limits)) {
		rows = append(rows, b.limits[name])
	}
	for _, name := range slices.Sorted(maps.Keys(b.totals)) {
		rows = append(rows, fold.Row{Table: totalsTable, Values: []any{name, b.totals[name]}})
	}
	return rows
}
