package link

import (
	"context"
	"fmt"
)

// detail gives the evidence of one pair of prepared records in full, with fields
// as room for it.
func detail(c *comparer, s *scorer, i, j int32, threshold float64, fields []FieldScore) ScoredPair {
	var e evidence
	c.compare(i, j, &e)
	packed := s.pack(i, j, &e)
	weight, correction := s.bits(&packed)
	p := ScoredPair{A: int(i), B: int(j), Fields: fields, Kin: float32(correction),
		Weight: float32(weight), Probability: float32(probability(weight))}
	for f := range p.Fields {
		score := FieldScore{Level: e.levels[f], Weight: float32(s.weight[f][e.levels[f]] + s.rarity(f, e.bits[f]))}
		if e.bits[f] != 0 {
			score.Term = c.term(f, i, &e)
		}
		p.Fields[f] = score
	}
	p.Verdict = verdict(float64(p.Probability), threshold)
	return p
}

func (c *comparer) term(f int, i int32, e *evidence) string {
	p := &c.d.plan
	switch {
	case f == p.birthField:
		return c.d.people[i].birth.text()
	case f >= p.simpleField && f < p.simpleField+len(p.simple):
		return c.d.texts[f-p.simpleField][e.terms[f]].text
	}
	return c.d.tokens[e.terms[f]].raw
}

func verdict(p, threshold float64) Verdict {
	switch {
	case p >= threshold:
		return Same
	case p >= ReviewFloor:
		return Review
	}
	return Different
}

// Score compares two rows with a learned model, for example a new record with
// the records that share a key of Keys with it. The pair's A and B are 0 and 1;
// what the rest of two households says is not known here.
func Score(m Model, columns []Column, rowA, rowB []string) (ScoredPair, error) {
	p, err := makePlan(columns)
	if err != nil {
		return ScoredPair{}, fmt.Errorf("scoring two records: %w", err)
	}
	if len(rowA) != len(columns) || len(rowB) != len(columns) {
		return ScoredPair{}, fmt.Errorf("scoring two records: rows of %d and %d cells for %d columns", len(rowA), len(rowB), len(columns))
	}
	if len(m.Fields) != p.fields {
		return ScoredPair{}, fmt.Errorf("scoring two records: the model has %d fields and the columns make %d: learn a model with these columns", len(m.Fields), p.fields)
	}
	d := newFor(p, &m, 2)
	d.add(rowA)
	d.add(rowB)
	d.loadTerms(&m)
	return detail(newComparer(d, nil), newScorer(&m), 0, 1, m.Threshold, make([]FieldScore, p.fields)), nil
}

// Comparer weighs pairs of one register. It is used by one goroutine.
type Comparer struct {
	c *comparer
	s *scorer
	e evidence
}

// NewComparer prepares the records of a register for a model.
func NewComparer(problem Problem, m Model) (*Comparer, error) {
	p, err := check(problem)
	if err != nil {
		return nil, fmt.Errorf("comparing records: %w", err)
	}
	if len(m.Fields) != p.fields {
		return nil, fmt.Errorf("comparing records: the model has %d fields and the columns make %d: learn a model with these columns", len(m.Fields), p.fields)
	}
	d, err := prepareFor(context.Background(), p, problem, &m)
	if err != nil {
		return nil, err
	}
	d.loadTerms(&m)
	return &Comparer{c: newComparer(d, nil), s: newScorer(&m)}, nil
}

// Weight is the weight in bits of records i and j being the same person, prior and
// kin correction included; what the rest of two households says is not known here.
func (c *Comparer) Weight(i, j int) float64 {
	_, bits := c.s.score(c.c, int32(min(i, j)), int32(max(i, j)), &c.e)
	return bits
}
