package store

import (
	"context"
	"database/sql"
	"fmt"
)

// Sizes gives how many entries each office's log holds: the moment of the snapshot.
func (r *Reader) Sizes(ctx context.Context) (map[string]int64, error) {
	out := map[string]int64{}
	err := r.each(ctx, func(rows *sql.Rows) error {
		var office string
		var size int64
		err := rows.Scan(&office, &size)
		out[office] = size
		return err
	}, "SELECT office, size FROM logs")
	if err != nil {
		return nil, fmt.Errorf("read the sizes of the logs: %w", err)
	}
	return out, nil
}

// Since gives the subjects with entries that came after the logs had some sizes, each
// once. It gives one more than most where there are more than that.
func (r *Reader) Since(ctx context.Context, sizes map[string]int64, most int) ([]Head, error) {
	now, err := r.Sizes(ctx)
	if err != nil {
		return nil, err
	}
	var out []Head
	seen := map[string]bool{}
	for office, size := range now {
		if size <= sizes[office] || len(out) > most {
			continue
		}
		err := r.each(ctx, func(rows *sql.Rows) error {
			var h Head
			err := rows.Scan(&h.Subject, &h.Type, &h.Heads, &h.Entries)
			if !seen[h.Subject] && len(out) <= most {
				seen[h.Subject] = true
				out = append(out, h)
			}
			return err
		}, fmt.Sprintf(`SELECT DISTINCT s.subject, s.type, s.heads, s.entries FROM entries e JOIN subjects s ON s.subject = e.subject
			WHERE e.office = $1 AND e.position >= $2 LIMIT %d`, most+1), office, sizes[office])
		if err != nil {
			return nil, fmt.Errorf("read what changed: %w", err)
		}
	}
	return out, nil
}
