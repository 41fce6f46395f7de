package link

import (
	"errors"
	"fmt"
	"math"
)

// ErrNotVerified is wrapped by all that Verify finds.
var ErrNotVerified = errors.New("the result does not hold")

// Verify checks a result from the values alone, with none of Solve's code. It
// recomputes each stated weight from the model's tables, the probability and the
// verdict; compares the cells again where a level claims that they are unknown,
// the same or different (exactly for dates, sex, numbers and papers; of names only
// that "same" ones share a word and that identical ones are not called different);
// checks that clusters are a partition named by their smallest record, hold every
// decision, and are held together by stated pairs or decisions, and that ids of
// persons follow the clusters.
func Verify(problem Problem, result Result) error {
	v := verifier{problem: problem, result: result, index: map[string]int{}, read: map[int]*nameRead{}}
	for i, id := range problem.IDs {
		v.index[id] = i
	}
	checks := []func() error{v.shape, v.tables, v.pairs, v.decisions, v.connected, v.households}
	for _, check := range checks {
		if err := check(); err != nil {
			return fmt.Errorf("%w: %w", ErrNotVerified, err)
		}
	}
	return nil
}

type verifier struct {
	problem Problem
	result  Result
	index   map[string]int
	read    map[int]*nameRead // of records in stated pairs
}

func (v *verifier) shape() error {
	if len(v.index) != len(v.problem.IDs) {
		return fmt.Errorf("%d records have only %d different ids", len(v.problem.IDs), len(v.index))
	}
	for i, row := range v.problem.Rows {
		if len(row) != len(v.problem.Columns) {
			return fmt.Errorf("row %d has %d cells for %d columns", i, len(row), len(v.problem.Columns))
		}
	}
	if len(v.result.Clusters) != len(v.problem.IDs) || len(v.problem.Rows) != len(v.problem.IDs) {
		return fmt.Errorf("%d clusters for %d records", len(v.result.Clusters), len(v.problem.IDs))
	}
	for i, c := range v.result.Clusters {
		if c < 0 || c > i || v.result.Clusters[c] != c {
			return fmt.Errorf("record %q is in cluster %d, which is not named by its smallest record", v.problem.IDs[i], c)
		}
	}
	return v.persons()
}

// persons checks that the ids of persons part the records as the clusters do.
func (v *verifier) persons() error {
	if len(v.result.Persons) == 0 {
		return nil
	}
	if len(v.result.Persons) != len(v.problem.IDs) {
		return fmt.Errorf("%d persons for %d records", len(v.result.Persons), len(v.problem.IDs))
	}
	cluster := make(map[string]int)
	for i, person := range v.result.Persons {
		c := v.result.Clusters[i]
		if first, known := cluster[person]; known && first != c || v.result.Persons[c] != person {
			return fmt.Errorf("record %q has the person %q, but its cluster has not", v.problem.IDs[i], person)
		}
		cluster[person] = c
	}
	return nil
}

func (v *verifier) tables() error {
	m := v.result.Model
	if len(v.result.Pairs) == 0 {
		return nil
	}
	if !(m.Prior > 0 && m.Prior < 1 && m.KinShare >= 0 && m.KinShare < 1 && m.Threshold > 0 && m.Threshold < 1) {
		return fmt.Errorf("prior %g, kin share %g or threshold %g is no probability", m.Prior, m.KinShare, m.Threshold)
	}
	for _, f := range m.Fields {
		for _, l := range f.Levels {
			if l.Words != "" && !(l.M > 0 && l.M <= 1 && l.U > 0 && l.U <= 1 && l.Kin > 0 && l.Kin <= 1) {
				return fmt.Errorf("field %q, level %q: m, u and kin must be probabilities", f.Name, l.Words)
			}
		}
		for _, c := range f.Columns {
			if c < 0 || c >= len(v.problem.Columns) {
				return fmt.Errorf("field %q uses column %d of %d", f.Name, c, len(v.problem.Columns))
			}
		}
	}
	return nil
}

func (v *verifier) pairs() error {
	last := [2]int{-1, -1}
	for _, p := range v.result.Pairs {
		if p.A < 0 || p.B >= len(v.problem.IDs) || p.A >= p.B || len(p.Fields) != len(v.result.Model.Fields) {
			return fmt.Errorf("pair %d, %d is not made of two records with all fields", p.A, p.B)
		}
		if p.A < last[0] || p.A == last[0] && p.B <= last[1] {
			return fmt.Errorf("pair %d, %d is stated twice or out of order", p.A, p.B)
		}
		last = [2]int{p.A, p.B}
		if err := v.weights(p); err != nil {
			return fmt.Errorf("pair %q, %q: %w", v.problem.IDs[p.A], v.problem.IDs[p.B], err)
		}
	}
	return nil
}

const tolerance = 1e-2

// near says that a claim is what was computed; nothing is near to what is no number.
func near(computed float64, claimed float32) bool {
	return math.Abs(computed-float64(claimed)) <= tolerance
}

// weights adds the pair up again.
func (v *verifier) weights(p ScoredPair) error {
	m := &v.result.Model
	sum := math.Log2(m.Prior / (1 - m.Prior))
	kin := math.Log2(m.KinShare)
	for i, s := range p.Fields {
		f := &m.Fields[i]
		if int(s.Level) >= len(f.Levels) || f.Levels[s.Level].Words == "" {
			return fmt.Errorf("field %q has no level %d", f.Name, s.Level)
		}
		if err := v.level(f, s, p); err != nil {
			return fmt.Errorf("field %q: %w", f.Name, err)
		}
		l := f.Levels[s.Level]
		rarity, err := v.rarity(i, s)
		if err != nil {
			return err
		}
		own := 0.0
		if s.Level > 0 {
			own = math.Log2(l.M/l.U) + rarity
			kin += math.Log2(l.Kin / l.U)
		}
		if f.Shared {
			kin += rarity
		}
		if !near(own, s.Weight) {
			return fmt.Errorf("field %q claims %.3f bits, the tables give %.3f", f.Name, s.Weight, own)
		}
		sum += own
	}
	correction := -math.Log2(1 + math.Exp2(kin))
	sum += correction
	if !near(correction, p.Kin) || !near(sum, p.Weight) {
		return fmt.Errorf("claims %.3f bits with %.3f for kin, the tables give %.3f and %.3f", p.Weight, p.Kin, sum, correction)
	}
	if !near(1/(1+math.Exp2(-sum)), p.Probability) {
		return fmt.Errorf("probability %.4f does not follow from %.3f bits", p.Probability, sum)
	}
	together := v.result.Clusters[p.A] == v.result.Clusters[p.B]
	if together != (p.Verdict == Same) {
		return fmt.Errorf("verdict %q, but the clusters say otherwise", p.Verdict)
	}
	return nil
}

// rarity is what the share of the stated value adds.
func (v *verifier) rarity(field int, s FieldScore) (float64, error) {
	if s.Term == "" {
		return 0, nil
	}
	m := &v.result.Model
	f := &m.Fields[field]
	share := math.Max(f.Terms[s.Term], 2*f.Rare)
	if f.Kind == FullName {
		share = 0 // the other names have no table of their own
	}
	if kind := f.Kind; (kind == GivenName || kind == FamilyName) && s.Level != 1 || kind == FullName {
		for _, g := range m.Fields {
			if g.Kind == GivenName || g.Kind == FamilyName {
				share = math.Max(share, math.Max(g.Terms[s.Term], 2*g.Rare))
			}
		}
	}
	if !(share > 0 && share <= 1) {
		return 0, fmt.Errorf("field %q has no share for %q", f.Name, s.Term)
	}
	return math.Log2(f.Levels[1].U) - math.Log2(share), nil
}

func (v *verifier) decisions() error {
	for _, list := range [][]Pair{v.problem.Must, v.problem.Cannot} {
		for _, d := range list {
			for _, id := range []string{d.A, d.B} {
				if _, known := v.index[id]; !known {
					return fmt.Errorf("a decision names %q, which is no record", id)
				}
			}
		}
	}
	for _, d := range v.problem.Must {
		if v.result.Clusters[v.index[d.A]] != v.result.Clusters[v.index[d.B]] {
			return fmt.Errorf("%q and %q are decided to be the same and are in two clusters", d.A, d.B)
		}
	}
	for _, d := range v.problem.Cannot {
		if v.result.Clusters[v.index[d.A]] == v.result.Clusters[v.index[d.B]] {
			return fmt.Errorf("%q and %q are decided not to be the same and are in one cluster", d.A, d.B)
		}
	}
	return nil
}

// connected checks that each record reaches the first of its cluster over stated
// pairs inside the cluster, or decisions.
func (v *verifier) connected() error {
	near := make([][]int, len(v.problem.IDs))
	link := func(a, b int) {
		if v.result.Clusters[a] == v.result.Clusters[b] {
			near[a] = append(near[a], b)
			near[b] = append(near[b], a)
		}
	}
	for _, p := range v.result.Pairs {
		link(p.A, p.B)
	}
	for _, d := range v.problem.Must {
		link(v.index[d.A], v.index[d.B])
	}
	reached := make([]bool, len(near))
	for start, c := range v.result.Clusters {
		if c != start {
			continue
		}
		stack := []int{start}
		reached[start] = true
		for len(stack) > 0 {
			x := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for _, y := range near[x] {
				if !reached[y] {
					reached[y] = true
					stack = append(stack, y)
				}
			}
		}
	}
	for i, ok := range reached {
		if !ok {
			return fmt.Errorf("no stated pair or decision ties record %q to its cluster", v.problem.IDs[i])
		}
	}
	return nil
}
