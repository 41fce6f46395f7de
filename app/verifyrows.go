package app

import (
	"bytes"
	"fmt"
	"slices"

	"cairn/fold"
)

// tableCursor walks the stored rows of a portion in one table, in the order of subjects.
type tableCursor struct {
	table *fold.Table
	rows  [][]any
	want  [][]any // what the fold of the subject at hand gives
}

// of gives the rows of a subject and moves behind them. Rows of subjects before it
// belong to none.
func (t *tableCursor) of(subject string, report *Report) [][]any {
	t.strays(report, subject)
	n := 0
	for n < len(t.rows) && t.rows[n][0] == subject {
		n++
	}
	out := t.rows[:n]
	t.rows = t.rows[n:]
	return out
}

// strays reports rows before a subject, or with "" all that are left: no entry says them.
func (t *tableCursor) strays(report *Report, before string) {
	for len(t.rows) > 0 {
		subject, _ := t.rows[0][0].(string)
		if before != "" && subject >= before {
			return
		}
		report.fault("table %s has a row of %s, of which no entry speaks: run 'cairn rebuild'", t.table.Name, subject)
		t.rows = t.rows[1:]
	}
}

// skipRows moves behind a subject's rows without comparing them.
func (c *portionCheck) skipRows(subject string) {
	for _, t := range c.tables {
		t.of(subject, &c.found)
	}
}

// compare holds a subject's rows in every table against those of the fold.
func (c *portionCheck) compare(subject string, want []fold.Row) {
	for _, t := range c.tables {
		t.want = t.want[:0]
	}
	for _, row := range want {
		i := slices.IndexFunc(c.tables, func(t *tableCursor) bool { return t.table == row.Table })
		c.tables[i].want = append(c.tables[i].want, row.Values)
	}
	for _, t := range c.tables {
		got := t.of(subject, &c.found)
		c.found.Rows += int64(len(got))
		if !sameRows(got, t.want) {
			c.found.fault("table %s does not say what the entries of %s say: run 'cairn rebuild'", t.table.Name, subject)
		}
	}
}

// sameRows compares rows in any order. It takes want apart.
func sameRows(got, want [][]any) bool {
	if len(got) != len(want) {
		return false
	}
	for _, row := range got {
		i := slices.IndexFunc(want, func(w []any) bool { return slices.EqualFunc(row, w, sameValue) })
		if i < 0 {
			return false
		}
		want[i] = want[len(want)-1]
		want = want[:len(want)-1]
	}
	return true
}

// sameValue compares a stored value with one of a fold, which may be of another type
// that both databases write alike.
func sameValue(a, b any) bool {
	switch x := a.(type) {
	case string:
		if y, same := b.(string); same {
			return x == y
		}
	case int64:
		if y, same := b.(int64); same {
			return x == y
		}
	case []byte:
		if y, same := b.([]byte); same {
			return bytes.Equal(x, y)
		}
	}
	return plain(a) == plain(b)
}

// plain writes a value so that both databases and the fold agree.
func plain(value any) string {
	switch t := value.(type) {
	case []byte:
		return string(t)
	case float64:
		return fmt.Sprintf("%g", t)
	}
	return fmt.Sprintf("%v", value)
}
