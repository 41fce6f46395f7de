package headers

import (
	"fmt"
	"slices"
	"strings"
)

// Threshold is the confidence below which a column stays without a field.
const Threshold = 0.5

// sampleRows bounds how many rows are looked at.
const sampleRows = 200

type candidate struct {
	column, field int
	score         float64
	reason        string
}

// Guess proposes a field for each column. sample holds rows of the table, each
// as wide as header or narrower; none is fine. Equal evidence is settled by the
// order of columns, and the reason says so.
func Guess(header []string, sample [][]string, fields Fields) Mapping {
	lexicon := newLexicon(fields)
	var candidates []candidate
	suggestions := make([]string, len(header))
	for column, name := range header {
		found := lexicon.candidates(column, name, filled(sample, column))
		suggestions[column] = nearest(found, fields)
		candidates = append(candidates, found...)
	}
	candidates = append(candidates, lexicon.nameBesideGiven(header, candidates)...)
	slices.SortStableFunc(candidates, func(a, b candidate) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return a.column - b.column
	})
	return assign(header, candidates, suggestions, fields)
}

// nameBesideGiven takes a column that is called just "name" for the family name when
// another one holds the given name and none calls itself the family name.
func (l *lexicon) nameBesideGiven(header []string, candidates []candidate) []candidate {
	best := make([]candidate, len(header))
	for _, c := range candidates {
		if c.score > best[c.column].score {
			best[c.column] = c
		}
	}
	given := false
	for _, c := range best {
		switch id := l.fields[c.field].ID; {
		case c.score < Threshold:
		case id == GivenName:
			given = true
		case id == FamilyName:
			return nil
		}
	}
	column := slices.IndexFunc(header, func(name string) bool { return given && l.calls(name, FullName) })
	field := slices.IndexFunc(l.fields, func(f Field) bool { return f.ID == FamilyName })
	if column < 0 || field < 0 {
		return nil
	}
	return []candidate{{column, field, 0.95, "it is a name beside given names"}}
}

// calls says whether a header is one of the names of a field, as it stands.
func (l *lexicon) calls(header, id string) bool {
	joined := strings.Join(words(header), "")
	field := slices.IndexFunc(l.fields, func(f Field) bool { return f.ID == id })
	return joined != "" && field >= 0 && slices.ContainsFunc(l.phrases[field], func(p phrase) bool { return p.joined == joined })
}

func assign(header []string, candidates []candidate, suggestions []string, fields Fields) Mapping {
	mapping := Mapping{Columns: make([]Column, len(header))}
	for i, name := range header {
		mapping.Columns[i] = Column{Header: name, Reason: suggestions[i]}
	}
	taken := make([]int, len(fields)) // column + 1
	for _, c := range candidates {
		column := &mapping.Columns[c.column]
		if column.Field != "" || c.score < Threshold {
			continue
		}
		if taken[c.field] > 0 && !fields[c.field].Repeatable {
			column.Reason = fmt.Sprintf("%s, but column %d fits it better", c.reason, taken[c.field])
			continue
		}
		taken[c.field] = c.column + 1
		column.Field, column.Confidence, column.Reason = fields[c.field].ID, round(c.score), c.reason
		if rival := runnerUp(candidates, c); rival >= 0 {
			column.Reason += "; it could also be " + fields[rival].ID
			column.Confidence = round(c.score * 0.85)
		}
	}
	return mapping
}

func filled(sample [][]string, column int) []string {
	var values []string
	for i, row := range sample {
		if i == sampleRows {
			break
		}
		if column < len(row) {
			if cell := strings.TrimSpace(row[column]); cell != "" {
				values = append(values, cell)
			}
		}
	}
	return values
}

// candidates weighs every field for one column.
func (l *lexicon) candidates(column int, name string, values []string) []candidate {
	header := words(name)
	joined := strings.Join(header, "")
	var found []candidate
	for i, field := range l.fields {
		likeness, phrase := 0.0, phrase{}
		if joined != "" {
			likeness, phrase = l.best(header, joined, i)
		}
		if likeness < 0.3 {
			continue
		}
		reason := fmt.Sprintf("the name is like %q (%s)", phrase.text, phrase.language)
		score := likeness
		if field.Content != nil && len(values) > 0 {
			fit := field.Content(values)
			score, reason = weigh(likeness, fit, reason)
		}
		found = append(found, candidate{column, i, score, reason})
	}
	return found
}

// weigh lets values support a name, and doubt it when hardly any fits.
func weigh(likeness, fit float64, reason string) (float64, string) {
	percent := int(100*fit + 0.5)
	switch {
	case fit < 0.2:
		return likeness * 0.55, fmt.Sprintf("%s, but only %d %% of the values fit", reason, percent)
	case fit < 0.6:
		return likeness * 0.85, fmt.Sprintf("%s, and %d %% of the values fit", reason, percent)
	}
	return min(likeness+0.12*fit*(1-likeness)+0.05*fit, 1), fmt.Sprintf("%s, and %d %% of the values fit", reason, percent)
}

// nearest says what an unmapped column was closest to.
func nearest(found []candidate, fields Fields) string {
	best := candidate{field: -1}
	for _, c := range found {
		if c.score > best.score {
			best = c
		}
	}
	if best.field < 0 {
		return "no field has a name like it"
	}
	return fmt.Sprintf("nearest is %s: %s", fields[best.field].ID, best.reason)
}

// runnerUp gives another field that fits the same column nearly as well, or -1.
func runnerUp(candidates []candidate, chosen candidate) int {
	for _, c := range candidates {
		if c.column == chosen.column && c.field != chosen.field && c.score > chosen.score-0.04 && c.score <= chosen.score {
			return c.field
		}
	}
	return -1
}

func round(x float64) float64 { return float64(int(x*100+0.5)) / 100 }
