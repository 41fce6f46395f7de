package link

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Reason is the part of one field in a verdict.
type Reason struct {
	Field string  `json:"field"`
	A     string  `json:"a"` // what the records say
	B     string  `json:"b"`
	Bits  float64 `json:"bits"`
	Words string  `json:"words"`
}

// Explanation says why two records are taken for one person, or not.
type Explanation struct {
	Pair        Pair     `json:"pair"`
	Verdict     Verdict  `json:"verdict"`
	Probability float64  `json:"probability"`
	Reasons     []Reason `json:"reasons"` // strongest first
	// Others tells what no single field says: prior, kin, decisions and clusters.
	Others []string `json:"others"`
	// Changes tells what would change the verdict; Turns are the single fields in it.
	Changes []string `json:"changes"`
	Turns   []Turn   `json:"turns,omitempty"`
}

// String is the explanation as text, one line for each reason.
func (e Explanation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s and %s: %s (probability %.3f)\n", e.Pair.A, e.Pair.B, e.Verdict, e.Probability)
	for _, r := range e.Reasons {
		fmt.Fprintf(&b, "  %+6.1f bits  %s\n", r.Bits, r.Words)
	}
	for _, o := range e.Others {
		fmt.Fprintf(&b, "  %s\n", o)
	}
	for _, c := range e.Changes {
		fmt.Fprintf(&b, "  would change it: %s\n", c)
	}
	return b.String()
}

// Turn is what one field would have to say for the verdict to change.
type Turn struct {
	Field string  `json:"field"`
	Words string  `json:"words"`
	Bits  float64 `json:"bits"` // by which the weight would move
}

// Explain gives the evidence for and against two records being one person in
// words, and what would change the verdict.
func Explain(problem Problem, result Result, pair Pair) (Explanation, error) {
	p, err := check(problem)
	if err != nil {
		return Explanation{}, fmt.Errorf("explaining a pair: %w", err)
	}
	ids := placesOf(problem, map[string]bool{pair.A: true, pair.B: true})
	i, okA := ids[pair.A]
	j, okB := ids[pair.B]
	if !okA || !okB || i == j {
		return Explanation{}, fmt.Errorf("explaining a pair: %q and %q are not two records of the register", pair.A, pair.B)
	}
	if len(result.Clusters) != len(problem.IDs) || len(result.Model.Fields) != p.fields {
		return Explanation{}, fmt.Errorf("explaining a pair: the result does not answer this problem")
	}
	scored, err := statedOrScored(problem, result, int(i), int(j))
	if err != nil {
		return Explanation{}, err
	}
	e := Explanation{Pair: pair, Probability: float64(scored.Probability), Verdict: scored.Verdict}
	if result.Clusters[i] == result.Clusters[j] {
		e.Verdict = Same
	} else if e.Verdict == Same {
		e.Verdict = Review
	}
	for f, s := range scored.Fields {
		e.Reasons = append(e.Reasons, reason(&result.Model.Fields[f], s, problem.Rows[i], problem.Rows[j]))
	}
	slices.SortStableFunc(e.Reasons, func(x, y Reason) int { return cmp.Compare(abs(y.Bits), abs(x.Bits)) })
	e.Others = others(problem, result, scored, pair, e.Verdict)
	e.Turns = turns(&result.Model, scored, e.Verdict)
	for _, t := range e.Turns {
		e.Changes = append(e.Changes, fmt.Sprintf("%s: %s (%+.1f bits)", t.Field, t.Words, t.Bits))
	}
	if len(e.Turns) == 0 {
		e.Changes = []string{"no single field; several fields, or a person's decision"}
	}
	return e, nil
}

func abs(x float64) float64 { return max(x, -x) }

func statedOrScored(problem Problem, result Result, i, j int) (ScoredPair, error) {
	if i > j {
		i, j = j, i
	}
	for _, p := range result.Pairs {
		if p.A == i && p.B == j {
			return p, nil
		}
	}
	p, err := Score(result.Model, problem.Columns, problem.Rows[i], problem.Rows[j])
	p.A, p.B = i, j
	return p, err
}

func cells(columns []int, row []string) string {
	var parts []string
	for _, c := range columns {
		if text := strings.TrimSpace(row[c]); text != "" && !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " / ")
}

func reason(f *Field, s FieldScore, a, b []string) Reason {
	r := Reason{Field: f.Name, A: cells(f.Columns, a), B: cells(f.Columns, b), Bits: float64(s.Weight)}
	r.Words = f.Name + ": " + f.Levels[s.Level].Words
	if s.Level != 0 {
		r.Words += fmt.Sprintf(" (%q, %q)", r.A, r.B)
	}
	if s.Term != "" {
		r.Words += fmt.Sprintf("; one record in %.0f has %q", 1/f.share(s.Term), s.Term)
	}
	return r
}

func others(problem Problem, result Result, p ScoredPair, pair Pair, v Verdict) []string {
	list := []string{fmt.Sprintf("%+6.1f bits  before any evidence: one pair in %.0f is the same person", logit(result.Model.Prior), 1/result.Model.Prior)}
	if p.Kin < -0.5 {
		list = append(list, fmt.Sprintf("%+6.1f bits  relatives or neighbours would agree like this too", p.Kin))
	}
	for _, m := range problem.Must {
		if samePair(m, pair) {
			list = append(list, "somebody decided: the same person")
		}
	}
	for _, m := range problem.Cannot {
		if samePair(m, pair) {
			list = append(list, "somebody decided: not the same person")
		}
	}
	if v != Same && float64(p.Probability) >= result.Model.Threshold {
		list = append(list, "the pair alone would be joined, but other records of the two persons, their household or a decision speak against it")
	}
	if v == Same && float64(p.Probability) < result.Model.Threshold {
		list = append(list, "the pair alone would not be joined; other records or a decision hold the two together")
	}
	return list
}

// turns lists the fields whose other outcome alone would carry the weight over the
// threshold.
func turns(m *Model, p ScoredPair, v Verdict) []Turn {
	var list []Turn
	need := logit(m.Threshold) - float64(p.Weight)
	for f, s := range p.Fields {
		for l := range m.Fields[f].Levels {
			level := m.Fields[f].Levels[l]
			if l == int(s.Level) || l == 0 || level.Words == "" || level.U <= 0 || level.M <= 0 {
				continue
			}
			shift := math.Log2(level.M/level.U) - float64(s.Weight)
			if v == Same && l == len(m.Fields[f].Levels)-1 && shift < need || v != Same && l == 1 && shift > need {
				list = append(list, Turn{m.Fields[f].Name, level.Words, shift})
			}
		}
	}
	return list
}
