package sheet

import (
	"errors"
	"io"
	"strings"
	"unicode"

	"cairn/value/said"
)

const headerWindow = 60

// findHeader reads the beginning of the table and settles the header row:
// wanted, or the first row that is about as wide as the table and holds words.
func (t *Table) findHeader(wanted int) error {
	rows, err := t.firstRows(max(headerWindow, wanted+1))
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return said.Errorf("it has no rows")
	}
	chosen := -1
	if wanted > 0 {
		for i, row := range rows {
			if row.Number == wanted {
				chosen = i
			}
		}
		if chosen < 0 {
			return said.Errorf("row %d cannot be the header: it is blank, refused or past the end", wanted)
		}
	} else {
		chosen = t.likelyHeader(rows)
	}
	t.HeaderRow = rows[chosen].Number
	t.setHeader(rows[chosen].Cells)
	if len(t.Header) == 0 {
		return said.Errorf("the header in row %d is blank", t.HeaderRow)
	}
	if len(t.Header) > t.limits.Columns {
		return said.Errorf("it has %d columns, more than %d: leave out columns that are not needed", len(t.Header), t.limits.Columns)
	}
	return nil
}

// firstRows gives up to n rows that are neither blank nor refused. A refusal
// before any other row is returned, since then there is no header to show.
func (t *Table) firstRows(n int) ([]Row, error) {
	reader, err := t.source.open()
	if err != nil {
		return nil, err
	}
	defer reader.close()
	var rows []Row
	var refused error
	for seen := 0; len(rows) < n && seen < 20*n; seen++ {
		row, err := reader.next()
		switch {
		case err == io.EOF:
			seen = 20 * n
		case err != nil && isRowError(err):
			if refused == nil {
				refused = err
			}
		case err != nil:
			return nil, err
		case !isBlank(row.Cells):
			rows = append(rows, row)
		}
	}
	if refused != nil && (len(rows) == 0 || refusedRow(refused) < rows[0].Number) {
		return nil, refused
	}
	return rows, nil
}

func refusedRow(err error) int {
	refused := new(RowError)
	if errors.As(err, &refused) {
		return refused.Row
	}
	return 0
}

func (t *Table) likelyHeader(rows []Row) int {
	usual := usualWidth(rows)
	first := -1
	for i, row := range rows {
		filled := filledCells(row.Cells)
		if isSeparatorHint(row.Cells) || filled*10 < usual*6 {
			continue
		}
		if first < 0 {
			first = i
		}
		if i < 20 && looksLikeNames(row.Cells) {
			return i
		}
	}
	if first < 0 {
		first = 0
	}
	t.Notes = append(t.Notes, said.Say("row %d is taken for the header although it looks like data: set the header row if it is another", rows[first].Number))
	return first
}

// isSeparatorHint: the line "sep=;" that Excel puts first.
func isSeparatorHint(cells []string) bool {
	return strings.HasPrefix(cells[0], "sep=") && len(strings.Join(cells, "")) <= len("sep=;")
}

// usualWidth is the most frequent number of filled cells, the larger among equals.
func usualWidth(rows []Row) int {
	counts := map[int]int{}
	best := 0
	for _, row := range rows {
		width := len(row.Cells)
		for width > 0 && strings.TrimSpace(row.Cells[width-1]) == "" {
			width--
		}
		counts[width]++
		if counts[width] > counts[best] || counts[width] == counts[best] && width > best {
			best = width
		}
	}
	return best
}

func filledCells(cells []string) int {
	n := 0
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

func isBlank(cells []string) bool { return filledCells(cells) == 0 }

// looksLikeNames: column names hold letters; data rows mostly have a cell of
// digits or a date.
func looksLikeNames(cells []string) bool {
	worded, filled := 0, 0
	for _, cell := range cells {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		filled++
		digits := 0
		letters := false
		for _, r := range cell {
			if unicode.IsDigit(r) {
				digits++
			}
			letters = letters || unicode.IsLetter(r)
		}
		if letters && digits*2 < len(cell) {
			worded++
		}
	}
	return filled > 0 && worded*10 >= filled*9
}

func (t *Table) setHeader(cells []string) {
	end := len(cells)
	for end > 0 && strings.TrimSpace(cells[end-1]) == "" {
		end--
	}
	t.Header = make([]string, end)
	seen := map[string]bool{}
	for i, cell := range cells[:end] {
		t.Header[i] = strings.Join(strings.Fields(cell), " ")
		if key := strings.ToLower(t.Header[i]); key != "" && seen[key] {
			t.Notes = append(t.Notes, said.Say("two columns are called %q", t.Header[i]))
		} else {
			seen[key] = true
		}
	}
}
