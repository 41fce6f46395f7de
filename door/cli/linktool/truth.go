package linktool

import (
	"cmp"
	"fmt"
	"io"
	"slices"
)

// Scores compares clusters with the truth. Precision, Recall and F1 are over
// pairs of records in one cluster (the closure); the B-cubed figures are means
// over records (Bagga and Baldwin, 1998).
type Scores struct {
	Precision, Recall, F1                 float64
	BCubedPrecision, BCubedRecall, BCubed float64
}

// ScoreClusters scores clusters against the true person of each record. A
// record whose truth is empty is a person of its own.
func ScoreClusters(clusters []int, truth []string) Scores {
	persons := make(map[string]int, len(truth))
	sizes, truly := make([]float64, len(clusters)), make([]float64, 0, len(truth))
	common := make([][2]int, len(clusters))
	for i, c := range clusters {
		p, known := persons[truth[i]]
		if truth[i] == "" || !known {
			p = len(truly)
			truly = append(truly, 0)
			if truth[i] != "" {
				persons[truth[i]] = p
			}
		}
		truly[p]++
		sizes[c]++
		common[i] = [2]int{c, p}
	}
	slices.SortFunc(common, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	pairs := func(n float64) float64 { return n * (n - 1) / 2 }
	var hit, claimed, real float64
	var s Scores
	for from := 0; from < len(common); {
		to := from + 1
		for to < len(common) && common[to] == common[from] {
			to++
		}
		n := float64(to - from)
		hit += pairs(n)
		s.BCubedPrecision += n * n / sizes[common[from][0]]
		s.BCubedRecall += n * n / truly[common[from][1]]
		from = to
	}
	for _, n := range sizes {
		claimed += pairs(n)
	}
	for _, n := range truly {
		real += pairs(n)
	}
	records := max(float64(len(clusters)), 1)
	s.BCubedPrecision, s.BCubedRecall = s.BCubedPrecision/records, s.BCubedRecall/records
	s.Precision, s.Recall = part(hit, claimed), part(hit, real)
	s.F1, s.BCubed = harmonic(s.Precision, s.Recall), harmonic(s.BCubedPrecision, s.BCubedRecall)
	return s
}

func part(x, of float64) float64 {
	if of == 0 {
		return 1
	}
	return x / of
}

func harmonic(a, b float64) float64 {
	if a+b == 0 {
		return 0
	}
	return 2 * a * b / (a + b)
}

func printScores(w io.Writer, s Scores) {
	fmt.Fprintf(w, "against the truth, pairs:   precision %.4f, recall %.4f, F1 %.4f\n", s.Precision, s.Recall, s.F1)
	fmt.Fprintf(w, "against the truth, B-cubed: precision %.4f, recall %.4f, F1 %.4f\n", s.BCubedPrecision, s.BCubedRecall, s.BCubed)
}
