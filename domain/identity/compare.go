package identity

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/gate"
)

// CompareInput names a suspicion or two records.
type CompareInput struct {
	Suspicion string `json:"suspicion" help:"A suspicion from the queue."`
	A         string `json:"a" help:"One record, by id or number, where there is no suspicion."`
	B         string `json:"b" help:"The other record."`
}

// Side is one row of the comparison: what both records say.
type Side struct {
	Label string `json:"label"`
	A     string `json:"a,omitempty"`
	B     string `json:"b,omitempty"`
	Word  string `json:"word"` // same, different, or unknown when one says nothing
}

// Comparison shows two records side by side.
type Comparison struct {
	Suspicion   string          `json:"suspicion,omitempty"`
	A           string          `json:"a"`
	B           string          `json:"b"`
	Verdict     string          `json:"verdict,omitempty"`
	Probability float64         `json:"probability,omitempty"`
	Weight      float64         `json:"weight,omitempty"`
	Sides       []Side          `json:"sides"`
	Evidence    []FieldEvidence `json:"evidence,omitempty"`
	Turns       []FieldEvidence `json:"turns,omitempty"`  // what one field alone would have to say for another verdict
	Words       []string        `json:"words"`            // the evidence and what stands, in sentences
	Joined      []string        `json:"joined,omitempty"` // decisions that make them one person already
	Barred      string          `json:"barred,omitempty"` // the decision that says they are different
	Household   bool            `json:"household"`        // both are members of one household
	PersonA     []string        `json:"person_a"`         // records of the person of A
	PersonB     []string        `json:"person_b"`
}

// pair resolves the input.
func (in *CompareInput) pair(w *blueprint.Work) (pair, error) {
	asked := JudgeInput{Pairs: []PairInput{{A: in.A, B: in.B}}}
	if in.Suspicion != "" {
		asked = JudgeInput{Suspicions: []string{in.Suspicion}}
	}
	pairs, err := asked.pairs(w)
	if err != nil {
		return pair{}, err
	}
	return pairs[0], nil
}

var compare = blueprint.See(blueprint.View{
	Name: "identity.compare", Group: "identity.read", Title: "Two records side by side",
	Help:    "What both records say, the evidence of each field in words, and what stands between them.",
	Example: "cairn identity compare --suspicion ID", Resource: blueprint.ResourceOf(func(w *blueprint.Work, in *CompareInput) (gate.Resource, error) {
		p, err := in.pair(w)
		if err != nil {
			return gate.Resource{}, err
		}
		return Resource(w, p.a, p.b)
	}),
}, func(w *blueprint.Work, in CompareInput) (Comparison, error) {
	p, err := in.pair(w)
	if err != nil {
		return Comparison{}, err
	}
	out := Comparison{A: p.a, B: p.b}
	if out.Sides, out.Household, err = sidesOf(w, p); err != nil {
		return out, err
	}
	found, err := blueprint.Collect(w, scanSuspected, `SELECT suspicion, run, record_a, record_b, verdict, weight, probability, evidence
		FROM identity_suspicion WHERE record_a = $1 AND record_b = $2 ORDER BY suspicion`, p.a, p.b)
	if err != nil {
		return out, fmt.Errorf("read the suspicion: %w", err)
	}
	if len(found) > 0 {
		s := found[0]
		out.Suspicion, out.Verdict, out.Probability, out.Weight, out.Evidence = s.Suspicion, s.Verdict, s.Probability, s.Weight, s.Evidence
	}
	if out.Turns, err = turnsOf(w, p); err != nil {
		return out, err
	}
	g, err := loadGraph(w, []string{p.a, p.b})
	if err != nil {
		return out, err
	}
	out.PersonA, out.PersonB = g.component(p.a), g.component(p.b)
	out.Joined = g.path(p)
	if at, decision, barred := g.barrier(p); barred {
		out.Barred = decision
		out.Words = append(out.Words, fmt.Sprintf("Records %s and %s were judged to be different people.", at.a, at.b))
	}
	out.Words = append(evidenceWords(out.Evidence), out.Words...)
	if out.Household {
		out.Words = append(out.Words, "Both are members of one household, so they are mostly two people: state a reason to join them.")
	}
	return out, nil
})

// evidenceWords says what each field means for the question, the strongest first.
func evidenceWords(fields []FieldEvidence) []string {
	sorted := slices.Clone(fields)
	slices.SortStableFunc(sorted, func(a, b FieldEvidence) int {
		return int(1000 * (max(b.Weight, -b.Weight) - max(a.Weight, -a.Weight)))
	})
	words := []string{}
	for _, f := range sorted {
		side := "speaks for one person"
		if f.Weight < 0 {
			side = "speaks for two people"
		}
		strength := "weakly"
		switch size := max(f.Weight, -f.Weight); {
		case size >= 7:
			strength = "very strongly"
		case size >= 4:
			strength = "strongly"
		case size >= 1.5:
			strength = "moderately"
		}
		words = append(words, fmt.Sprintf("%s: %s; this %s %s (%+.1f bits).", f.Field, f.Level, side, strength, f.Weight))
	}
	return words
}

var sideLabels = []string{"number", "name", "birth", "sex", "nationality", "birth place", "languages", "occupation", "site",
	"arrived", "household", "registered"}

// sidesOf reads both records; household says that they share one.
func sidesOf(w *blueprint.Work, p pair) (sides []Side, household bool, err error) {
	cells := map[string][]string{}
	err = w.Reader.In(w.Ctx, `SELECT r.record, r.number, r.name, r.birth, r.sex, r.nationality, r.birth_place, r.languages,
		r.occupation, r.site, r.arrived, COALESCE(m.household, ''), r.registered
		FROM people_record r LEFT JOIN people_member m ON m.record = r.record WHERE r.record IN (%s)`,
		[]string{p.a, p.b}, func(rows *sql.Rows) error {
			row := make([]string, 1+len(sideLabels))
			at := make([]any, len(row))
			for i := range row {
				at[i] = &row[i]
			}
			err := rows.Scan(at...)
			cells[row[0]] = row[1:]
			return err
		})
	if err != nil {
		return nil, false, fmt.Errorf("read the records: %w", err)
	}
	a, b := cells[p.a], cells[p.b]
	if a == nil || b == nil {
		return nil, false, blueprint.Refuse(blueprint.NotFound, "one of the records is not here any more")
	}
	for i, label := range sideLabels {
		s := Side{Label: label, A: a[i], B: b[i], Word: "different"}
		switch {
		case s.A == "" || s.B == "":
			s.Word = "unknown"
		case strings.EqualFold(s.A, s.B):
			s.Word = "same"
		}
		household = household || label == "household" && s.Word == "same"
		sides = append(sides, s)
	}
	return sides, household, nil
}

// PersonInput names a person by any record.
type PersonInput struct {
	Record string `json:"record" required:"true" help:"Any record of the person, by id or number."`
}

// Step is one entry of the history of who a person is.
type Step struct {
	What     string          `json:"what"` // same, different, undone, contested, answered
	Decision string          `json:"decision,omitempty"`
	Contest  string          `json:"contest,omitempty"`
	A        string          `json:"a"`
	B        string          `json:"b"`
	Actor    string          `json:"actor"`
	At       string          `json:"at"`
	Reason   string          `json:"reason,omitempty"`
	Answer   string          `json:"answer,omitempty"`
	Fields   []FieldEvidence `json:"fields,omitempty"`
	Stands   bool            `json:"stands"` // a decision that was not undone
}

// PersonView is a person: records, decisions with their history, contradictions.
type PersonView struct {
	Person  string   `json:"person"`
	Members []Card   `json:"members"`
	History []Step   `json:"history"` // oldest first
	Clashes []string `json:"clashes"` // decisions "different" inside the person, as offices may send them
}

var viewPerson = blueprint.See(blueprint.View{
	Name: "identity.person", Group: "identity.read", Title: "One person's records",
	Help:    "All records of a person and every decision that was taken on them, undone ones as well.",
	Example: "cairn identity person --record BUD-34F7KM-X2",
	Resource: ResourceOf(func(in *PersonInput) []string {
		return []string{in.Record}
	}),
}, func(w *blueprint.Work, in PersonInput) (PersonView, error) {
	records, err := Records(w, []string{in.Record})
	if err != nil {
		return PersonView{}, err
	}
	g, err := loadGraph(w, records)
	if err != nil {
		return PersonView{}, err
	}
	members := g.component(records[0])
	out := PersonView{Person: PersonOf(members), Members: []Card{}, History: []Step{}, Clashes: []string{}}
	found, err := cards(w, members, true)
	if err != nil {
		return out, err
	}
	var facts []fold.Fact
	for _, m := range members {
		out.Members = append(out.Members, found[m])
		loaded, err := w.Load(m)
		if err != nil {
			return out, err
		}
		facts = append(facts, loaded...)
		for other, decision := range g.different[m] {
			if m < other && slices.Contains(members, other) {
				out.Clashes = append(out.Clashes, decision)
			}
		}
	}
	slices.Sort(out.Clashes)
	fold.Sort(facts)
	out.History = history(facts)
	return out, nil
})

// history lists each decision, undoing, contest and answer once, though each stands
// on two records.
func history(facts []fold.Fact) []Step {
	steps, seen := []Step{}, map[string]bool{}
	undone := map[string]bool{}
	for _, f := range facts {
		s := Step{A: f.Subject, Actor: f.Actor, At: f.Time.String()}
		switch v := f.Value.(type) {
		case *JudgedSame:
			s.What, s.Decision, s.B, s.Reason, s.Fields = VerdictSame, v.Decision, v.Other, v.Reason, v.Fields
		case *JudgedDifferent:
			s.What, s.Decision, s.B, s.Reason = VerdictDifferent, v.Decision, v.Other, v.Reason
		case *JudgementUndone:
			s.What, s.Decision, s.B, s.Reason = "undone", v.Decision, v.Other, v.Reason
			undone[v.Decision] = true
		case *MatchContested:
			s.What, s.Decision, s.Contest, s.B, s.Reason = "contested", v.Decision, v.Contest, v.Other, v.Statement
		case *ContestAnswered:
			s.What, s.Contest, s.B, s.Reason, s.Answer = "answered", v.Contest, v.Other, v.Reason, v.Answer
		default:
			continue
		}
		if key := s.What + " " + s.Decision + " " + s.Contest; !seen[key] {
			seen[key] = true
			steps = append(steps, s)
		}
	}
	for i := range steps {
		decided := steps[i].What == VerdictSame || steps[i].What == VerdictDifferent
		steps[i].Stands = decided && !undone[steps[i].Decision]
	}
	return steps
}
