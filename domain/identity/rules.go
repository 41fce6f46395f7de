package identity

import (
	"maps"
	"slices"
	"strings"

	"cairn/fold"
	"cairn/value/said"
)

// Verdicts on a pair of records.
const (
	VerdictSame      = "same"
	VerdictDifferent = "different"
)

// Judgement is a decision that stands, as one of its two records shows it.
type Judgement struct {
	Other    string  `json:"other"`
	Verdict  string  `json:"verdict"`
	Decision string  `json:"decision"`
	Weight   float64 `json:"weight"`
	Actor    string  `json:"actor"`
	At       string  `json:"at"`
	Reason   string  `json:"reason,omitempty"`
}

// Contest is what a person says against a decision, and the answer.
type Contest struct {
	Contest    string `json:"contest"`
	Other      string `json:"other"`
	Decision   string `json:"decision"`
	Statement  string `json:"statement"`
	Actor      string `json:"actor"`
	At         string `json:"at"`
	Answer     string `json:"answer,omitempty"` // empty while open
	Answered   string `json:"answered,omitempty"`
	AnsweredBy string `json:"answered_by,omitempty"`
	Reason     string `json:"reason,omitempty"` // what the person is told
}

// judgements is what a record's entries about identity amount to.
type judgements struct {
	standing []Judgement
	contests []Contest
}

func stepJudgements(s *judgements, f fold.Fact) {
	switch v := f.Value.(type) {
	case *JudgedSame:
		s.stand(Judgement{v.Other, VerdictSame, v.Decision, v.Weight, f.Actor, f.Time.String(), v.Reason})
	case *JudgedDifferent:
		s.stand(Judgement{v.Other, VerdictDifferent, v.Decision, v.Weight, f.Actor, f.Time.String(), v.Reason})
	case *JudgementUndone:
		s.standing = slices.DeleteFunc(slices.Clone(s.standing), func(j Judgement) bool { return j.Decision == v.Decision })
	case *MatchContested:
		if !slices.ContainsFunc(s.contests, func(c Contest) bool { return c.Contest == v.Contest }) {
			s.contests = append(slices.Clip(s.contests), Contest{Contest: v.Contest, Other: v.Other, Decision: v.Decision,
				Statement: v.Statement, Actor: f.Actor, At: f.Time.String()})
		}
	case *ContestAnswered:
		s.contests = slices.Clone(s.contests)
		for i := range s.contests {
			if c := &s.contests[i]; c.Contest == v.Contest {
				c.Answer, c.Answered, c.AnsweredBy, c.Reason = v.Answer, f.Time.String(), f.Actor, v.Reason
			}
		}
	}
}

func (s *judgements) stand(j Judgement) {
	if !slices.ContainsFunc(s.standing, func(old Judgement) bool { return old.Decision == j.Decision }) {
		s.standing = append(slices.Clip(s.standing), j)
	}
}

// pair names two records, the smaller id first.
type pair struct{ a, b string }

func pairOf(a, b string) pair {
	if b < a {
		a, b = b, a
	}
	return pair{a, b}
}

// graph holds standing decisions between records: neighbour and decision.
type graph struct {
	same, different map[string]map[string]string
}

func newGraph() *graph {
	return &graph{same: map[string]map[string]string{}, different: map[string]map[string]string{}}
}

func (g *graph) add(p pair, verdict, decision string) {
	side := g.same
	if verdict == VerdictDifferent {
		side = g.different
	}
	for _, ends := range []pair{{p.a, p.b}, {p.b, p.a}} {
		if side[ends.a] == nil {
			side[ends.a] = map[string]string{}
		}
		side[ends.a][ends.b] = decision
	}
}

// component lists all records of the same person, sorted.
func (g *graph) component(record string) []string {
	seen := map[string]bool{record: true}
	for todo := []string{record}; len(todo) > 0; todo = todo[1:] {
		for other := range g.same[todo[0]] {
			if !seen[other] {
				seen[other] = true
				todo = append(todo, other)
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// barrier finds a decision "different" between the persons of two records.
func (g *graph) barrier(p pair) (pair, string, bool) {
	right := g.component(p.b)
	for _, a := range g.component(p.a) {
		for _, b := range right {
			if decision, found := g.different[a][b]; found {
				return pairOf(a, b), decision, true
			}
		}
	}
	return pair{}, "", false
}

// path lists the decisions that hold two records together; nil when none do.
func (g *graph) path(p pair) []string {
	from := map[string]string{p.a: ""}
	for todo := []string{p.a}; len(todo) > 0; todo = todo[1:] {
		here := todo[0]
		if here == p.b {
			var decisions []string
			for at := p.b; at != p.a; at = from[at] {
				decisions = append(decisions, g.same[at][from[at]])
			}
			slices.Reverse(decisions)
			return decisions
		}
		for _, next := range slices.Sorted(maps.Keys(g.same[here])) {
			if _, seen := from[next]; !seen {
				from[next] = here
				todo = append(todo, next)
			}
		}
	}
	return nil
}

// judge decides whether a pair may be judged, and enters the decision if so. It
// gives nil when it may, else what stands against it and what to do. homes gives the
// household of each record; reasoned says that a reason was stated.
func (g *graph) judge(p pair, verdict, decision string, homes map[string]string, reasoned bool) error {
	if verdict == VerdictDifferent {
		if between := g.path(p); between != nil {
			return said.Errorf("records %s and %s are one person by %s: undo that first", p.a, p.b, strings.Join(between, ", "))
		}
		g.add(p, verdict, decision)
		return nil
	}
	if at, by, found := g.barrier(p); found {
		return said.Errorf("records %s and %s would be joined, and they were judged to be different people (%s): undo that first",
			at.a, at.b, by)
	}
	if !reasoned {
		for _, a := range g.component(p.a) {
			for _, b := range g.component(p.b) {
				if a != b && homes[a] != "" && homes[a] == homes[b] {
					return said.Errorf("records %s and %s are members of one household: state the reason why they are one person", a, b)
				}
			}
		}
	}
	g.add(p, verdict, decision)
	return nil
}
