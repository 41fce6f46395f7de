package link

import (
	"fmt"
	"strconv"
	"strings"
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
	if len(f.Columns) != 1 || f.Kind == Household || f.Kind == FamilyName || f.Kind == GivenName || f.Kind == FullName {
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
