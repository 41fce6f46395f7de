package link

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// mutation changes a result that holds; it says no when what it drew changes nothing
// that a result claims.
type mutation func(t *rapid.T, p *Problem, r *Result) bool

// amiss changes a stated number by so much that it matters, or makes it none.
func amiss(t *rapid.T, x *float32) bool {
	switch rapid.IntRange(0, 3).Draw(t, "how") {
	case 0:
		*x = float32(math.NaN())
	case 1:
		*x = float32(math.Inf(1))
	case 2:
		*x += 0.5
	default:
		*x -= 0.5
	}
	return true
}

func anyPair(t *rapid.T, r *Result) *ScoredPair {
	return &r.Pairs[rapid.IntRange(0, len(r.Pairs)-1).Draw(t, "pair")]
}

var mutations = map[string]mutation{
	"weight":      func(t *rapid.T, _ *Problem, r *Result) bool { return amiss(t, &anyPair(t, r).Weight) },
	"kin":         func(t *rapid.T, _ *Problem, r *Result) bool { return amiss(t, &anyPair(t, r).Kin) },
	"probability": func(t *rapid.T, _ *Problem, r *Result) bool { return amiss(t, &anyPair(t, r).Probability) },
	"field weight": func(t *rapid.T, _ *Problem, r *Result) bool {
		p := anyPair(t, r)
		return amiss(t, &p.Fields[rapid.IntRange(0, len(p.Fields)-1).Draw(t, "field")].Weight)
	},
	"field level": func(t *rapid.T, _ *Problem, r *Result) bool {
		p := anyPair(t, r)
		f := rapid.IntRange(0, len(p.Fields)-1).Draw(t, "field")
		level := rapid.Uint8().Draw(t, "level")
		same := level == p.Fields[f].Level
		p.Fields[f].Level = level
		return !same
	},
	"field term": func(t *rapid.T, _ *Problem, r *Result) bool {
		p := anyPair(t, r)
		f := &p.Fields[rapid.IntRange(0, 1).Draw(t, "field")]
		if f.Level != 1 {
			return false
		}
		f.Term = "zzz"
		return true
	},
	"a field less": func(t *rapid.T, _ *Problem, r *Result) bool {
		p := anyPair(t, r)
		p.Fields = p.Fields[:len(p.Fields)-1]
		return true
	},
	"records of a pair": func(t *rapid.T, _ *Problem, r *Result) bool {
		p := anyPair(t, r)
		switch rapid.IntRange(0, 3).Draw(t, "how") {
		case 0:
			p.A, p.B = p.B, p.A
		case 1:
			p.A = -1
		case 2:
			p.B = len(r.Clusters)
		default:
			p.B = p.A
		}
		return true
	},
	"order of pairs": func(t *rapid.T, _ *Problem, r *Result) bool {
		i := rapid.IntRange(0, len(r.Pairs)-2).Draw(t, "pair")
		r.Pairs[i], r.Pairs[i+1] = r.Pairs[i+1], r.Pairs[i]
		return true
	},
	"verdict": func(t *rapid.T, _ *Problem, r *Result) bool {
		p := anyPair(t, r)
		was := p.Verdict
		p.Verdict = rapid.SampledFrom([]Verdict{Same, Review, Different, "", "perhaps"}).Draw(t, "verdict")
		return (was == Same) != (p.Verdict == Same)
	},
	"a tie less": func(t *rapid.T, _ *Problem, r *Result) bool {
		i := rapid.IntRange(0, len(r.Pairs)-1).Draw(t, "pair")
		a, b := r.Pairs[i].A, r.Pairs[i].B
		size := 0
		for _, c := range r.Clusters {
			if c == r.Clusters[a] {
				size++
			}
		}
		if r.Clusters[a] != r.Clusters[b] || size > 2 {
			return false
		}
		r.Pairs = slices.Delete(r.Pairs, i, i+1)
		return true
	},
	"cluster": func(t *rapid.T, _ *Problem, r *Result) bool {
		i := rapid.IntRange(0, len(r.Clusters)-1).Draw(t, "record")
		was := r.Clusters[i]
		r.Clusters[i] = rapid.IntRange(-1, len(r.Clusters)).Draw(t, "cluster")
		return r.Clusters[i] != was
	},
	"clusters joined": func(t *rapid.T, _ *Problem, r *Result) bool {
		i := rapid.IntRange(0, len(r.Clusters)-1).Draw(t, "a")
		j := rapid.IntRange(0, len(r.Clusters)-1).Draw(t, "b")
		different := r.Clusters[i] != r.Clusters[j]
		join(r, i, j)
		return different
	},
	"person": func(t *rapid.T, _ *Problem, r *Result) bool {
		i := rapid.IntRange(0, len(r.Persons)-1).Draw(t, "a")
		j := rapid.IntRange(0, len(r.Persons)-1).Draw(t, "b")
		different := r.Persons[i] != r.Persons[j]
		r.Persons[i] = r.Persons[j]
		return different
	},
	"a record less": func(_ *rapid.T, _ *Problem, r *Result) bool {
		r.Clusters = r.Clusters[:len(r.Clusters)-1]
		return true
	},
	"prior": func(t *rapid.T, _ *Problem, r *Result) bool {
		r.Model.Prior = rapid.SampledFrom([]float64{0, 1, 2, -1, math.NaN(), 0.3}).Draw(t, "prior")
		return true
	},
	"kin share": func(t *rapid.T, _ *Problem, r *Result) bool {
		r.Model.KinShare = rapid.SampledFrom([]float64{1, -1, math.NaN()}).Draw(t, "share")
		return true
	},
	"table": func(t *rapid.T, _ *Problem, r *Result) bool {
		p := anyPair(t, r)
		f := rapid.IntRange(0, len(p.Fields)-1).Draw(t, "field")
		l := &r.Model.Fields[f].Levels[p.Fields[f].Level]
		if p.Fields[f].Level == 0 {
			return false
		}
		if rapid.Bool().Draw(t, "halve") {
			l.M /= 2
			return true
		}
		x := rapid.SampledFrom([]*float64{&l.M, &l.U, &l.Kin}).Draw(t, "which")
		*x = rapid.SampledFrom([]float64{0, 1.5, -1, math.NaN(), math.Inf(1)}).Draw(t, "value")
		return true
	},
	"columns of a field": func(t *rapid.T, p *Problem, r *Result) bool {
		r.Model.Fields[rapid.IntRange(0, len(r.Model.Fields)-1).Draw(t, "field")].Columns = []int{len(p.Columns)}
		return true
	},
	"decision against": func(t *rapid.T, p *Problem, r *Result) bool {
		pair := anyPair(t, r)
		d := Pair{p.IDs[pair.A], p.IDs[pair.B]}
		if r.Clusters[pair.A] == r.Clusters[pair.B] {
			p.Cannot = append(p.Cannot, d)
		} else {
			p.Must = append(p.Must, d)
		}
		return true
	},
	"decision about nobody": func(t *rapid.T, p *Problem, _ *Result) bool {
		d := []Pair{{p.IDs[0], "nobody"}}
		if rapid.Bool().Draw(t, "must") {
			p.Must = d
		} else {
			p.Cannot = d
		}
		return true
	},
	"names of a pair": func(t *rapid.T, p *Problem, r *Result) bool {
		pair := anyPair(t, r)
		if pair.Fields[0].Level != 1 || pair.Fields[1].Level != 1 {
			return false
		}
		row := slices.Clone(p.Rows[pair.B])
		row[0], row[1] = "Other", "Somebody"
		p.Rows[pair.B] = row
		p.Rows[pair.A] = append([]string{"Plain", "Nobody"}, p.Rows[pair.A][2:]...)
		return true
	},
	"a cell less": func(t *rapid.T, p *Problem, _ *Result) bool {
		i := rapid.IntRange(0, len(p.Rows)-1).Draw(t, "row")
		p.Rows[i] = p.Rows[i][:3]
		return true
	},
	"an id twice": func(t *rapid.T, p *Problem, _ *Result) bool {
		i := rapid.IntRange(1, len(p.IDs)-1).Draw(t, "record")
		p.IDs[i] = p.IDs[i-1]
		return true
	},
}

// copied gives a problem and a result that may be changed without touching others.
func copied(p Problem, r Result) (Problem, Result) {
	p.IDs, p.Rows = slices.Clone(p.IDs), slices.Clone(p.Rows)
	r.Clusters, r.Persons, r.Pairs = slices.Clone(r.Clusters), slices.Clone(r.Persons), slices.Clone(r.Pairs)
	for i := range r.Pairs {
		r.Pairs[i].Fields = slices.Clone(r.Pairs[i].Fields)
	}
	r.Model.Fields = slices.Clone(r.Model.Fields)
	for i := range r.Model.Fields {
		r.Model.Fields[i].Levels = slices.Clone(r.Model.Fields[i].Levels)
	}
	return p, r
}

// TestVerifyCatchesEachMutation changes one thing of a result that holds, or of the values
// that it is checked against: Verify must refuse it, and never panics.
func TestVerifyCatchesEachMutation(t *testing.T) {
	problem, _ := register(61, 120, 0.4)
	x := indexed(t, problem, solved(t, problem, Options{Seed: 1}))
	problem, result := x.Result() // with ids of persons
	if err := Verify(problem, result); err != nil || len(result.Persons) == 0 {
		t.Fatal("the result does not hold before it is changed", err)
	}
	for name, change := range mutations {
		t.Run(name, func(t *testing.T) {
			changed := 0
			rapid.Check(t, func(t *rapid.T) {
				p, r := copied(problem, result)
				if !change(t, &p, &r) {
					return
				}
				changed++
				if err := Verify(p, r); !errors.Is(err, ErrNotVerified) {
					t.Fatalf("Verify says %v", err)
				}
			})
			if changed < 5 {
				t.Errorf("the result was changed %d times only", changed)
			}
		})
	}
}

// TestVerifyKnowsWordsOfTwoParts holds that a particle that belongs to the next word, written
// apart or not, is no reason to refuse.
func TestVerifyKnowsWordsOfTwoParts(t *testing.T) {
	p, _ := register(63, 200, 0.3)
	for i, names := range [][2]string{{"O Forbes", "Oforbes"}, {"O'Brien", "OBrien"}, {"Mc Donald", "McDonald"}, {"Mac Lean", "Maclean"}, {"Abd al-Rahman", "Abdalrahman"}, {"Jean-Luc", "Jean Luc"}} {
		for side, name := range names {
			row := []string{name, "Zebulon", fmt.Sprintf("19%02d-05-03", 20+i), "Eger", "", ""}
			p.IDs, p.Rows = append(p.IDs, fmt.Sprint("odd", i, side)), append(p.Rows, row)
		}
	}
	solved(t, p, Options{Seed: 1})
}

// TestVerifyReadsAnyResult gives Verify results that have nothing to do with the problem.
func TestVerifyReadsAnyResult(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := oddRegister(t)
		r := Result{Model: Model{Prior: rapid.Float64().Draw(t, "prior"), Threshold: 0.5}}
		r.Clusters = rapid.SliceOfN(rapid.IntRange(-2, 10), 0, len(p.IDs)).Draw(t, "clusters")
		for range rapid.IntRange(0, 3).Draw(t, "fields") {
			r.Model.Fields = append(r.Model.Fields, Field{Name: fmt.Sprint(len(r.Model.Fields)), Kind: rapid.SampledFrom(Kinds()).Draw(t, "kind"),
				Columns: rapid.SliceOfN(rapid.IntRange(-1, 9), 0, 2).Draw(t, "columns"), Levels: make([]Level, rapid.IntRange(0, 3).Draw(t, "levels"))})
		}
		for range rapid.IntRange(0, 4).Draw(t, "pairs") {
			r.Pairs = append(r.Pairs, ScoredPair{A: rapid.IntRange(-1, 9).Draw(t, "a"), B: rapid.IntRange(-1, 9).Draw(t, "b"),
				Fields: make([]FieldScore, rapid.IntRange(0, 3).Draw(t, "scores"))})
		}
		if err := Verify(p, r); err != nil && !errors.Is(err, ErrNotVerified) {
			t.Fatal(err)
		}
	})
}
