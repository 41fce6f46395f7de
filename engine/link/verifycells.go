package link

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// households checks that no two members of one household were joined without a
// decision, the same digits in a birth date, or the same document.
func (v *verifier) households() error {
	decided := make(map[int]bool)
	for _, d := range v.problem.Must {
		decided[v.result.Clusters[v.index[d.A]]] = true
	}
	for c, column := range v.problem.Columns {
		if column.Kind != Household {
			continue
		}
		members := make(map[string][]int)
		for i, row := range v.problem.Rows {
			if h := strings.TrimSpace(row[c]); h != "" && !decided[v.result.Clusters[i]] {
				members[fmt.Sprint(v.result.Clusters[i], "/", h)] = append(members[fmt.Sprint(v.result.Clusters[i], "/", h)], i)
			}
		}
		for _, list := range members {
			for k, i := range list {
				for _, j := range list[:k] {
					if !v.ownEvidence(i, j) {
						return fmt.Errorf("%q and %q are members of one household and were joined without evidence of their own", v.problem.IDs[j], v.problem.IDs[i])
					}
				}
			}
		}
	}
	return nil
}

func (v *verifier) ownEvidence(i, j int) bool {
	for c, column := range v.problem.Columns {
		a, b := v.problem.Rows[i][c], v.problem.Rows[j][c]
		switch {
		case a == "" || b == "":
		case column.Kind == BirthDate && sumDigits(onlyDigits(a)) == sumDigits(onlyDigits(b)):
			return true
		case column.Kind == Document && onlyDigits(a) == onlyDigits(b):
			return true
		}
	}
	return false
}

// level compares the cells again where that needs no judgement of spelling.
func (v *verifier) level(f *Field, s FieldScore, p ScoredPair) error {
	if f.Kind == FamilyName || f.Kind == GivenName {
		return v.names(f, s, p)
	}
	if len(f.Columns) != 1 || f.Kind == Household || f.Kind == FullName {
		return nil
	}
	a, b := v.problem.Rows[p.A][f.Columns[0]], v.problem.Rows[p.B][f.Columns[0]]
	if s.Level != 0 && (strings.TrimSpace(a) == "" || strings.TrimSpace(b) == "") {
		return fmt.Errorf("claims %q where a record says nothing", f.Levels[s.Level].Words)
	}
	if s.Level == 0 {
		return nil
	}
	if a == b && s.Level != 1 && f.Kind != Age {
		return fmt.Errorf("claims %q for identical cells", f.Levels[s.Level].Words)
	}
	x, y := onlyDigits(a), onlyDigits(b)
	if s.Level == 1 && f.Kind == Phone && !strings.HasSuffix(x, lastSix(y)) {
		return fmt.Errorf("claims the same number for %q and %q", a, b)
	}
	if s.Level == 1 && f.Kind == BirthDate && len(x) == 8 && len(y) == 8 && sumDigits(x) != sumDigits(y) {
		return fmt.Errorf("claims the same date for %q and %q", a, b)
	}
	return nil
}

// names checks a level of given or family names: those in the same cells do not differ, and
// plain Latin ones that are called the same share a word, the one whose rarity was counted.
func (v *verifier) names(f *Field, s FieldScore, p ScoredPair) error {
	different := int(s.Level) == len(f.Levels)-1
	if s.Level != 1 && !different {
		return nil
	}
	a, b := v.nameOf(p.A), v.nameOf(p.B)
	if different && a.cells == b.cells {
		return fmt.Errorf("claims %q for identical cells", f.Levels[s.Level].Words)
	}
	if different || !a.plain || !b.plain {
		return nil
	}
	for w := range a.words {
		if b.words[w] && (s.Term == "" || s.Term == w) {
			return nil
		}
	}
	return fmt.Errorf("claims the same word %q, which the records do not share", s.Term)
}

// nameRead is what the name cells of a record say.
type nameRead struct {
	cells string
	words map[string]bool // without accents
	plain bool            // all in Latin letters, and words as they are written
}

func (v *verifier) nameOf(record int) *nameRead {
	if n := v.read[record]; n != nil {
		return n
	}
	n := &nameRead{words: make(map[string]bool), plain: true}
	for c, column := range v.problem.Columns {
		if column.Kind != FullName && column.Kind != GivenName && column.Kind != FamilyName {
			continue
		}
		cell := v.problem.Rows[record][c]
		n.cells += cell + "\x00"
		cell = strings.Map(unaccented, norm.NFKD.String(cell[:min(len(cell), longestCell)]))
		n.plain = n.plain && !strings.ContainsFunc(cell, func(r rune) bool { return r > 126 || r < ' ' })
		for _, w := range strings.FieldsFunc(strings.ToLower(cell), notWord) {
			switch w {
			case "mc", "mac", "o", "abd", "abdul":
				n.plain = false // one word with the next: "O Brien" is "OBrien"
			}
			n.words[w[:min(len(w), longestWord)]] = true
		}
	}
	v.read[record] = n
	return n
}

// unaccented drops apostrophes and the accents of decomposed letters.
func unaccented(r rune) rune {
	if r == '\'' || r == '`' || unicode.Is(unicode.Mn, r) {
		return -1
	}
	return r
}

func notWord(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }

func lastSix(s string) string { return s[max(0, len(s)-6):] }

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

func sumDigits(s string) int {
	sum := 0
	for _, c := range s {
		n, _ := strconv.Atoi(string(c))
		sum += n
	}
	return sum
}
