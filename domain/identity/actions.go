package identity

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/gate"
)

// PairInput names two records by id or number.
type PairInput struct {
	A string `json:"a" required:"true" help:"One record."`
	B string `json:"b" required:"true" help:"The other record."`
}

// JudgeInput names the pairs that one decision each is taken on.
type JudgeInput struct {
	Suspicions []string    `json:"suspicions" help:"Suspicions from the queue."`
	Pairs      []PairInput `json:"pairs" help:"Pairs of records, where nothing was suspected."`
	Reason     string      `json:"reason" help:"Why; needed to call two members of one household the same person."`
}

// Decided is one decision that was taken.
type Decided struct {
	Decision  string `json:"decision"`
	A         string `json:"a"`
	B         string `json:"b"`
	Suspicion string `json:"suspicion,omitempty"`
}

// Judged lists the decisions, in the order of the input. Already counts pairs on
// which the same decision stood before.
type Judged struct {
	Decisions []Decided `json:"decisions"`
	Already   int       `json:"already"`
}

var judgeSame = blueprint.Act(blueprint.Action{
	Name: "identity.judge_same", Group: "identity.review", Title: "Same person",
	Help: "Decides that pairs of records are one person each. The records stay; what stands against one of them " +
		"stands against the person from now on. It can be undone.",
	Example:  "cairn identity judge-same --suspicions ID,ID --reason 'same papers'",
	Appends:  []string{"identity.judged_same"},
	Resource: blueprint.ResourceOf(judgedResource),
}, func(w *blueprint.Work, in JudgeInput) (Judged, error) { return judge(w, &in, VerdictSame) })

var judgeDifferent = blueprint.Act(blueprint.Action{
	Name: "identity.judge_different", Group: "identity.review", Title: "Different people",
	Help:     "Decides that pairs of records are different people. They are not suspected again. It can be undone.",
	Example:  "cairn identity judge-different --suspicions ID --reason 'father and son'",
	Appends:  []string{"identity.judged_different"},
	Resource: blueprint.ResourceOf(judgedResource),
}, func(w *blueprint.Work, in JudgeInput) (Judged, error) { return judge(w, &in, VerdictDifferent) })

// question is a pair on which a decision is asked for, with the engine's evidence.
type question struct {
	pair
	suspicion string
	weight    float64
	fields    []FieldEvidence
}

func judge(w *blueprint.Work, in *JudgeInput, verdict string) (Judged, error) {
	questions, err := in.questions(w)
	if err != nil {
		return Judged{}, err
	}
	var records []string
	for _, q := range questions {
		records = append(records, q.a, q.b)
	}
	g, err := loadGraph(w, records)
	if err != nil {
		return Judged{}, err
	}
	homes, err := households(w, g, records)
	if err != nil {
		return Judged{}, err
	}
	reason := strings.TrimSpace(in.Reason)
	out := Judged{Decisions: []Decided{}}
	for _, q := range questions {
		if stands := g.side(verdict)[q.a][q.b]; stands != "" {
			out.Already++
			continue
		}
		decision := w.NewID()
		if refusal := g.judge(q.pair, verdict, decision, homes, reason != ""); refusal != nil {
			return Judged{}, blueprint.Refuse(blueprint.Conflict, "%v", refusal)
		}
		for _, ends := range []pair{{q.a, q.b}, {q.b, q.a}} {
			if verdict == VerdictSame {
				w.Add(ends.a, &JudgedSame{Other: ends.b, Decision: decision, Weight: q.weight, Fields: q.fields, Reason: reason})
			} else {
				w.Add(ends.a, &JudgedDifferent{Other: ends.b, Decision: decision, Weight: q.weight, Reason: reason})
			}
		}
		out.Decisions = append(out.Decisions, Decided{Decision: decision, A: q.a, B: q.b, Suspicion: q.suspicion})
	}
	return out, nil
}

func (g *graph) side(verdict string) map[string]map[string]string {
	if verdict == VerdictDifferent {
		return g.different
	}
	return g.same
}

// questions resolves the input to pairs, each once, with what the engine said.
func (in *JudgeInput) questions(w *blueprint.Work) ([]question, error) {
	pairs, err := in.pairs(w)
	if err != nil {
		return nil, err
	}
	if len(pairs) == 0 {
		return nil, blueprint.RefuseField("suspicions", "name suspicions from the queue, or pairs of records")
	}
	firsts := make([]string, len(pairs))
	for i, p := range pairs {
		firsts[i] = p.a
	}
	known, err := suspicionsWhere(w, "record_a", unseen(firsts, map[string]bool{}))
	if err != nil {
		return nil, err
	}
	byPair := map[pair]question{}
	for _, q := range known {
		byPair[q.pair] = q
	}
	var out []question
	seen := map[pair]bool{}
	for _, p := range pairs {
		if seen[p] {
			continue
		}
		seen[p] = true
		q := byPair[p]
		q.pair = p
		out = append(out, q)
	}
	return out, nil
}

// pairs gives the pairs of suspicions and then those named by their records.
func (in *JudgeInput) pairs(w *blueprint.Work) ([]pair, error) {
	asked := unseen(in.Suspicions, map[string]bool{})
	found, err := suspicionsWhere(w, "suspicion", asked)
	if err != nil {
		return nil, err
	}
	byID := map[string]pair{}
	for _, q := range found {
		byID[q.suspicion] = q.pair
	}
	var out []pair
	for _, id := range asked {
		p, found := byID[id]
		if !found {
			return nil, blueprint.Refuse(blueprint.NotFound, "there is no suspicion %q here: take one from the queue", id)
		}
		out = append(out, p)
	}
	var named []string
	for _, p := range in.Pairs {
		named = append(named, p.A, p.B)
	}
	records, err := resolve(w, named)
	if err != nil {
		return nil, err
	}
	for _, p := range in.Pairs {
		if records[p.A] == records[p.B] {
			return nil, blueprint.RefuseField("pairs", "%q and %q are one record: name two", p.A, p.B)
		}
		out = append(out, pairOf(records[p.A], records[p.B]))
	}
	return out, nil
}

// suspicionsWhere reads suspicions by one column.
func suspicionsWhere(w *blueprint.Work, column string, texts []string) ([]question, error) {
	var out []question
	query := "SELECT suspicion, record_a, record_b, weight, evidence FROM identity_suspicion WHERE " + column + " IN (%s)"
	err := w.Reader.In(w.Ctx, query, texts, func(rows *sql.Rows) error {
		var q question
		var weight int64
		var text string
		err := rows.Scan(&q.suspicion, &q.a, &q.b, &weight, &text)
		q.weight, q.fields = bits(weight), decodeEvidence(text)
		out = append(out, q)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read suspicions: %w", err)
	}
	return out, nil
}

// households gives the household of each record of the persons asked about.
func households(w *blueprint.Work, g *graph, records []string) (map[string]string, error) {
	all := map[string]bool{}
	for _, r := range records {
		for _, member := range g.component(r) {
			all[member] = true
		}
	}
	homes := map[string]string{}
	err := w.Reader.In(w.Ctx, "SELECT record, household FROM people_member WHERE record IN (%s)",
		slices.Sorted(maps.Keys(all)), func(rows *sql.Rows) error {
			var record, household string
			err := rows.Scan(&record, &household)
			homes[record] = household
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read households: %w", err)
	}
	return homes, nil
}

// judgedResource asks the gate about all records of the pairs.
func judgedResource(w *blueprint.Work, in *JudgeInput) (gate.Resource, error) {
	pairs, err := in.pairs(w)
	if err != nil {
		return gate.Resource{}, err
	}
	var records []string
	for _, p := range pairs {
		records = append(records, p.a, p.b)
	}
	return Resource(w, unseen(records, map[string]bool{})...)
}
