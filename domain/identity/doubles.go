package identity

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"cairn/blueprint"
	"cairn/engine/link"
)

// FindInput steers a search for doubles. All of it may be left out.
type FindInput struct {
	Floor     float64 `json:"floor" help:"Least probability of a suspicion; 0.05 unless told."`
	Threshold float64 `json:"threshold" help:"Probability from which the engine itself says same; 0.5 unless told."`
	Most      int     `json:"most" help:"At most so many new suspicions, the likeliest; all unless told."`
	Work      int64   `json:"work" help:"At most so many pairs are compared; chosen by the size of the register unless told."`
	Seed      uint64  `json:"seed" help:"The same seed finds the same doubles; 1 unless told."`
	// Records are looked up one by one in the register that the office keeps in memory.
	Records []string `json:"records" help:"Only doubles of these records, by id or number, such as new ones; all unless told."`
}

// Found is what a search came to.
type Found struct {
	Run       string   `json:"run"`
	Records   int      `json:"records"`
	Compared  int64    `json:"compared"`
	Pairs     int      `json:"pairs"`
	Suspected int      `json:"suspected"` // new suspicions
	Known     int      `json:"known"`     // suspected before, decided, or joined by decisions
	Precision float64  `json:"precision"`
	Recall    float64  `json:"recall"`
	Complete  bool     `json:"complete"`
	Notes     []string `json:"notes,omitempty"`
}

// RunProblem is what a run attaches of its problem: ids and numbers only. The rows
// themselves stand in the entries; Rows is the digest of those that were compared.
type RunProblem struct {
	Records   []string    `json:"records"`
	Columns   []string    `json:"columns"`
	Rows      string      `json:"rows"` // SHA-256, hex
	Same      []link.Pair `json:"same"`
	Different []link.Pair `json:"different"`
	Seed      uint64      `json:"seed"`
	Work      int64       `json:"work"`
	Threshold float64     `json:"threshold"`
	// Only lists, for a search of some records' doubles, those records; Records then lists
	// them and those that may be the same person, and Rows is empty.
	Only []string `json:"only,omitempty"`
}

// RunResult is what a run attaches of its result. Clusters and pairs name records by
// their place in RunProblem.Records; no value of any record is kept.
type RunResult struct {
	Clusters []int      `json:"clusters"`
	Pairs    []RunPair  `json:"pairs"`
	Fields   []RunField `json:"fields"`
	Prior    float64    `json:"prior"`
	KinShare float64    `json:"kin_share"`
	Compared int64      `json:"compared"`
	Complete bool       `json:"complete"`
}

// RunPair is one pair of a run's result.
type RunPair struct {
	A           int     `json:"a"`
	B           int     `json:"b"`
	Weight      float32 `json:"weight"`
	Probability float32 `json:"probability"`
	Verdict     string  `json:"verdict"`
}

// RunField is what the run learned about one field, without the frequent values.
type RunField struct {
	Name   string       `json:"name"`
	Levels []link.Level `json:"levels"`
}

var findDoubles = blueprint.Act(blueprint.Action{
	Name: "identity.find_doubles", Group: "identity.link", Title: "Find doubles",
	Help: "Compares all records, or some with all, and lists pairs that may be one person, each once, for people to decide. " +
		"Nothing is joined by it.",
	Example: "cairn identity find-doubles --floor 0.2",
	Appends: []string{"identity.link_run", "identity.doubles_suspected"},
}, func(w *blueprint.Work, in FindInput) (Found, error) {
	if err := in.settle(); err != nil {
		return Found{}, err
	}
	if len(in.Records) > 0 {
		return findOf(w, &in)
	}
	problem, err := readRegister(w)
	if err != nil {
		return Found{}, err
	}
	if len(problem.IDs) < 2 {
		return Found{}, blueprint.Refuse(blueprint.Conflict, "doubles need two records, and there are %d: register people first", len(problem.IDs))
	}
	result, err := link.Solve(w.Ctx, problem, link.Options{Seed: in.Seed, Work: in.Work, Threshold: in.Threshold, Progress: w.Progress})
	if err != nil {
		return Found{}, fmt.Errorf("find doubles: %w", err)
	}
	known, err := knownPairs(w)
	if err != nil {
		return Found{}, err
	}
	joined := newGraph()
	for _, p := range problem.Must {
		joined.add(pairOf(p.A, p.B), VerdictSame, "")
	}
	return draftRun(w, &in, &problem, &result, known, joined)
})

func (in *FindInput) settle() error {
	if in.Floor == 0 {
		in.Floor = link.ReviewFloor
	}
	if in.Threshold == 0 {
		in.Threshold = link.DefaultThreshold
	}
	if in.Seed == 0 {
		in.Seed = 1
	}
	switch {
	case !(in.Floor > 0 && in.Floor < 1):
		return blueprint.RefuseField("floor", "the floor is a probability between 0 and 1, such as 0.2")
	case !(in.Threshold > 0 && in.Threshold < 1):
		return blueprint.RefuseField("threshold", "the threshold is a probability between 0 and 1, such as 0.5")
	case in.Most < 0 || in.Work < 0:
		return blueprint.RefuseField("most", "bounds are numbers from 1; leave them out for none")
	}
	return nil
}

// draftRun drafts the run and the suspicions that are new; of a search of some records'
// doubles that finds none, nothing.
func draftRun(w *blueprint.Work, in *FindInput, problem *link.Problem, result *link.Result, known map[pair]bool, joined *graph) (Found, error) {
	fresh, skipped := newSuspicions(problem.IDs, result, in.Floor, known, joined)
	if in.Most > 0 && len(fresh) > in.Most {
		fresh = fresh[:in.Most]
	}
	if len(in.Records) > 0 && len(fresh) == 0 {
		return Found{Records: len(problem.IDs), Compared: result.Compared, Pairs: len(result.Pairs), Known: skipped, Complete: true}, nil
	}
	run := w.NewID()
	fact := &LinkRun{Records: len(problem.IDs), Pairs: len(result.Pairs), Compared: result.Compared, Suspected: len(fresh),
		Threshold: in.Threshold, Precision: result.Precision, Recall: result.Recall, Complete: result.Complete}
	var err error
	if fact.Problem, err = w.Attach(run, describeProblem(in, problem)); err != nil {
		return Found{}, err
	}
	if fact.Result, err = w.Attach(run, describeResult(result)); err != nil {
		return Found{}, err
	}
	w.Add(run, fact)
	for _, s := range fresh {
		s.Run = run
		w.Add(w.NewID(), s)
	}
	out := Found{Run: run, Records: fact.Records, Compared: fact.Compared, Pairs: fact.Pairs, Suspected: fact.Suspected,
		Known: skipped, Precision: fact.Precision, Recall: fact.Recall, Complete: fact.Complete}
	if !result.Complete {
		out.Notes = append(out.Notes, "the search was ended during "+result.Stage+": run it again for the rest")
	}
	return out, nil
}

// newSuspicions picks the pairs to show, the likeliest first, and counts those left
// out because they are known.
func newSuspicions(ids []string, result *link.Result, floor float64, known map[pair]bool, joined *graph) ([]*DoublesSuspected, int) {
	var fresh []*DoublesSuspected
	skipped := 0
	for i := range result.Pairs {
		p := &result.Pairs[i]
		if p.Verdict == link.Different || float64(p.Probability) < floor {
			continue
		}
		at := pairOf(ids[p.A], ids[p.B])
		if known[at] || slices.Contains(joined.component(at.a), at.b) {
			skipped++
			continue
		}
		verdict := p.Verdict
		if result.Clusters[p.A] != result.Clusters[p.B] {
			verdict = link.Review // alike, but joining them would chain different people together
		}
		fresh = append(fresh, &DoublesSuspected{A: at.a, B: at.b, Verdict: string(verdict), Weight: rounded(p.Weight),
			Probability: rounded6(p.Probability), Fields: evidence(&result.Model, p)})
	}
	slices.SortStableFunc(fresh, func(a, b *DoublesSuspected) int {
		switch {
		case a.Weight > b.Weight:
			return -1
		case a.Weight < b.Weight:
			return 1
		}
		return 0
	})
	return fresh, skipped
}

// evidence says in which level each field agrees. Fields that are unknown in one of
// the records say nothing and are left out.
func evidence(m *link.Model, p *link.ScoredPair) []FieldEvidence {
	var out []FieldEvidence
	for i, f := range p.Fields {
		if f.Level == 0 || i >= len(m.Fields) || int(f.Level) >= len(m.Fields[i].Levels) {
			continue
		}
		out = append(out, FieldEvidence{Field: m.Fields[i].Name, Level: m.Fields[i].Levels[f.Level].Words, Weight: rounded(f.Weight)})
	}
	if p.Kin != 0 {
		out = append(out, FieldEvidence{Field: "relatives", Level: "relatives would agree in much of this as well", Weight: rounded(p.Kin)})
	}
	return out
}

func rounded6(p float32) float64 { return math.Round(float64(p)*1e6) / 1e6 }

func rounded(bits float32) float64 { return math.Round(float64(bits)*1e3) / 1e3 }

// knownPairs lists pairs that were suspected or decided before.
func knownPairs(w *blueprint.Work) (map[pair]bool, error) {
	known := map[pair]bool{}
	_, err := blueprint.Collect(w, func(rows *sql.Rows) (struct{}, error) {
		var a, b string
		err := rows.Scan(&a, &b)
		known[pairOf(a, b)] = true
		return struct{}{}, err
	}, "SELECT record_a, record_b FROM identity_suspicion UNION SELECT record, other FROM identity_link WHERE record < other")
	if err != nil {
		return nil, fmt.Errorf("read earlier suspicions: %w", err)
	}
	return known, nil
}

func describeProblem(in *FindInput, p *link.Problem) RunProblem {
	out := RunProblem{Records: p.IDs, Same: p.Must, Different: p.Cannot, Seed: in.Seed, Work: in.Work, Threshold: in.Threshold, Only: in.Records}
	for _, c := range p.Columns {
		out.Columns = append(out.Columns, c.Name)
	}
	if len(p.Rows) == 0 {
		return out
	}
	sum := sha256.New()
	encoder := json.NewEncoder(sum)
	for _, row := range p.Rows {
		if err := encoder.Encode(row); err != nil {
			return out
		}
	}
	out.Rows = hex.EncodeToString(sum.Sum(nil))
	return out
}

func describeResult(r *link.Result) RunResult {
	out := RunResult{Clusters: r.Clusters, Prior: r.Model.Prior, KinShare: r.Model.KinShare, Compared: r.Compared, Complete: r.Complete}
	for _, p := range r.Pairs {
		out.Pairs = append(out.Pairs, RunPair{A: p.A, B: p.B, Weight: p.Weight, Probability: p.Probability, Verdict: string(p.Verdict)})
	}
	for _, f := range r.Model.Fields {
		out.Fields = append(out.Fields, RunField{Name: f.Name, Levels: f.Levels})
	}
	return out
}
