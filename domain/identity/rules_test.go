package identity

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/blueprint"
	"cairn/engine/link"
	"cairn/fold"
	"cairn/ledger"
)

// register keeps entries about records as a ledger would.
type register struct {
	facts map[string][]fold.Fact
	clock ledger.Time
}

func (r *register) add(record string, value blueprint.Fact) {
	r.clock++
	r.facts[record] = append(r.facts[record], fold.Fact{Subject: record, Kind: value.Kind(), Value: value, Actor: "ana", Time: r.clock})
}

func (r *register) both(p pair, fact func(other string) blueprint.Fact) {
	r.add(p.a, fact(p.b))
	r.add(p.b, fact(p.a))
}

// rows renders the tables of all records.
func (r *register) rows() map[string][]fold.Row {
	out := map[string][]fold.Row{}
	for record, facts := range r.facts {
		if rows := linkProjection.Fold(record, facts).Rows; len(rows) > 0 {
			out[record] = rows
		}
	}
	return out
}

func (r *register) graph() *graph {
	g := newGraph()
	for record, facts := range r.facts {
		s := fold.State(facts, stepJudgements)
		for _, j := range s.standing {
			g.add(pairOf(record, j.Other), j.Verdict, j.Decision)
		}
	}
	return g
}

func (r *register) judge(p pair, verdict, decision string) bool {
	g := r.graph()
	if g.side(verdict)[p.a][p.b] != "" || g.judge(p, verdict, decision, nil, true) != nil {
		return false
	}
	r.both(p, func(other string) blueprint.Fact {
		if verdict == VerdictSame {
			return &JudgedSame{Other: other, Decision: decision}
		}
		return &JudgedDifferent{Other: other, Decision: decision}
	})
	return true
}

// TestDecisionsNeverContradict takes and undoes decisions at random: nobody is both
// one person and two, and an undone decision leaves the tables as they were.
func TestDecisionsNeverContradict(t *testing.T) {
	names := []string{"a", "b", "c", "d", "e", "f"}
	rapid.Check(t, func(t *rapid.T) {
		r := &register{facts: map[string][]fold.Fact{}}
		for step := range rapid.IntRange(1, 25).Draw(t, "steps") {
			p := pairOf(rapid.SampledFrom(names).Draw(t, "a"), rapid.SampledFrom(names).Draw(t, "b"))
			verdict := rapid.SampledFrom([]string{VerdictSame, VerdictDifferent}).Draw(t, "verdict")
			before, decision := r.rows(), fmt.Sprintf("d%d", step)
			if p.a == p.b || !r.judge(p, verdict, decision) {
				continue
			}
			if rapid.Bool().Draw(t, "undo") {
				r.both(p, func(other string) blueprint.Fact { return &JudgementUndone{Other: other, Decision: decision} })
				if after := r.rows(); !reflect.DeepEqual(before, after) {
					t.Fatalf("undoing left %v, it was %v", after, before)
				}
			}
			g := r.graph()
			for a, others := range g.different {
				for b := range others {
					if slices.Contains(g.component(a), b) {
						t.Fatalf("%s and %s are one person and two", a, b)
					}
				}
			}
			for _, a := range names {
				for _, b := range g.component(a) {
					if !reflect.DeepEqual(g.component(a), g.component(b)) || PersonOf(g.component(b)) != PersonOf(g.component(a)) {
						t.Fatalf("%s and %s do not agree who they are", a, b)
					}
				}
			}
		}
	})
}

func TestWhatStandsAgainstADecision(t *testing.T) {
	given := newGraph()
	given.add(pair{"a", "b"}, VerdictSame, "d1")
	given.add(pair{"b", "c"}, VerdictSame, "d2")
	given.add(pair{"c", "x"}, VerdictDifferent, "d3")
	tests := []struct {
		name     string
		pair     pair
		verdict  string
		homes    map[string]string
		reasoned bool
		wants    []string // nothing: it may be taken
	}{
		{"a stranger joins", pair{"a", "y"}, VerdictSame, nil, false, nil},
		{"joining those judged different is refused, naming them", pair{"a", "x"}, VerdictSame, nil, true, []string{"c", "x", "d3"}},
		{"parting one person is refused, naming what joins it", pair{"a", "c"}, VerdictDifferent, nil, true, []string{"d1", "d2"}},
		{"two others are different", pair{"x", "y"}, VerdictDifferent, nil, false, nil},
		{"one household needs a reason", pair{"a", "y"}, VerdictSame, map[string]string{"c": "h", "y": "h"}, false, []string{"c", "y", "reason"}},
		{"one household with a reason", pair{"a", "y"}, VerdictSame, map[string]string{"c": "h", "y": "h"}, true, nil},
		{"two households need none", pair{"a", "y"}, VerdictSame, map[string]string{"c": "h", "y": "k"}, false, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGraph()
			for a, others := range given.same {
				for b, d := range others {
					g.add(pairOf(a, b), VerdictSame, d)
				}
			}
			for a, others := range given.different {
				for b, d := range others {
					g.add(pairOf(a, b), VerdictDifferent, d)
				}
			}
			refusal := g.judge(tt.pair, tt.verdict, "new", tt.homes, tt.reasoned)
			if (refusal == nil) != (tt.wants == nil) {
				t.Fatalf("refusal %v", refusal)
			}
			for _, want := range tt.wants {
				if !strings.Contains(refusal.Error(), want) {
					t.Errorf("%q does not name %s", refusal, want)
				}
			}
			if entered := g.side(tt.verdict)[tt.pair.a][tt.pair.b] == "new"; entered != (refusal == nil) {
				t.Errorf("entered %v after refusal %q", entered, refusal)
			}
		})
	}
}

func TestContestsAreKeptWithTheirAnswer(t *testing.T) {
	r := &register{facts: map[string][]fold.Fact{}}
	r.add("a", &JudgedSame{Other: "b", Decision: "d"})
	r.add("a", &MatchContested{Contest: "c", Other: "b", Decision: "d", Statement: "no"})
	r.add("a", &ContestAnswered{Contest: "c", Other: "b", Answer: AnswerUndone, Reason: "right"})
	r.add("a", &JudgementUndone{Other: "b", Decision: "d", Reason: "right"})
	s := fold.State(r.facts["a"], stepJudgements)
	if len(s.standing) != 0 || len(s.contests) != 1 || s.contests[0].Answer != AnswerUndone || s.contests[0].AnsweredBy != "ana" {
		t.Fatalf("%+v", s)
	}
	steps := history(r.facts["a"])
	if len(steps) != 4 || steps[0].Stands || steps[1].What != "contested" {
		t.Fatalf("%+v", steps)
	}
}

func TestOnlyNewPairsAreSuspected(t *testing.T) {
	ids := []string{"a", "b", "c", "d", "e"}
	scored := func(a, b int, p float32, v link.Verdict) link.ScoredPair {
		return link.ScoredPair{A: a, B: b, Probability: p, Weight: p * 10, Verdict: v}
	}
	result := &link.Result{Clusters: []int{0, 1, 0, 3, 4}, Pairs: []link.ScoredPair{
		scored(0, 1, 0.3, link.Review), scored(0, 2, 0.9, link.Same), scored(1, 3, 0.99, link.Same),
		scored(2, 3, 0.04, link.Review), scored(3, 4, 0.99, link.Different), scored(0, 4, 0.9, link.Same)}}
	joined := newGraph()
	joined.add(pair{"a", "x"}, VerdictSame, "d1")
	joined.add(pair{"x", "e"}, VerdictSame, "d2")
	fresh, skipped := newSuspicions(ids, result, 0.2, map[pair]bool{{"b", "d"}: true}, joined)
	if skipped != 2 || len(fresh) != 2 || fresh[0].B != "c" || fresh[0].Verdict != "same" || fresh[1].B != "b" {
		t.Fatalf("%d skipped, %+v", skipped, fresh)
	}
}

func TestBirthCells(t *testing.T) {
	for text, want := range map[string][2]string{
		"1956-05-03": {"1956-05-03", ""}, "~1956": {"", "1956"}, "XXXX-05-03": {"", ""}, "": {"", ""}, "1956-XX-03": {"1956-XX-03", ""},
	} {
		if date, year := birthCells(text); date != want[0] || year != want[1] {
			t.Errorf("%q gives %q and %q", text, date, year)
		}
	}
}

func TestEvidenceInWords(t *testing.T) {
	words := evidenceWords([]FieldEvidence{{"birth", "same year", -1.2}, {"name", "same name", 8.1}})
	if len(words) != 2 || !strings.Contains(words[0], "name: same name; this speaks for one person very strongly") ||
		!strings.Contains(words[1], "speaks for two people weakly") {
		t.Fatalf("%q", words)
	}
	fields := []FieldEvidence{{"birth", "same year", -1.25}}
	if !reflect.DeepEqual(decodeEvidence(encodeEvidence(fields)), fields) || decodeEvidence(encodeEvidence(nil)) != nil {
		t.Fatal("evidence is not kept in its column")
	}
}

func TestTheQueueIsOrderedByWorth(t *testing.T) {
	g := newGraph()
	g.add(pair{"c", "d"}, VerdictSame, "1")
	g.add(pair{"d", "e"}, VerdictSame, "2")
	g.add(pair{"c", "e"}, VerdictSame, "3")
	g.add(pair{"p", "q"}, VerdictDifferent, "4")
	g.add(pair{"p", "r"}, VerdictSame, "5")
	asked := func(id, a, b string, chance float64) question {
		return question{pair: pair{a, b}, suspicion: id, weight: chance}
	}
	ids, worth := byWorth([]question{
		asked("likeliest", "a", "b", 0.99),
		asked("barred", "q", "r", 0.9),         // its persons were judged to be different
		asked("two with three", "c", "f", 0.6), // joins three pairs of records
		asked("the same again", "e", "f", 0.5), // between the same persons
		asked("unlikely", "x", "y", 0.2),
		asked("three with one", "d", "z", 0.1),
	}, g)
	want := []string{"two with three", "likeliest", "three with one", "unlikely", "barred", "the same again"}
	if !reflect.DeepEqual(ids, want) {
		t.Errorf("%v, want %v", ids, want)
	}
	if w := worth["two with three"]; w < 1.79 || w > 1.81 || worth["barred"] != 0 {
		t.Errorf("%v", worth)
	}
	if ids, _ := byWorth(nil, g); len(ids) != 0 {
		t.Errorf("%v in an empty queue", ids)
	}
}
