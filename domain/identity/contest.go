package identity

import (
	"database/sql"
	"fmt"
	"strings"

	"cairn/blueprint"
	"cairn/gate"
)

// UndoInput names decisions that are taken back.
type UndoInput struct {
	Decisions []string `json:"decisions" required:"true" help:"Decisions that stand."`
	Reason    string   `json:"reason" required:"true" help:"Why they were wrong."`
}

// Undone counts what was taken back.
type Undone struct {
	Undone int `json:"undone"`
}

// standing is a decision that stands, with both its records.
type standing struct {
	pair
	decision, verdict, actor string
}

var undo = blueprint.Act(blueprint.Action{
	Name: "identity.undo", Group: "identity.review", Title: "Undo decisions",
	Help:     "Takes decisions back, as if they had not been taken. The history keeps both.",
	Example:  "cairn identity undo --decisions ID --reason 'the papers were borrowed'",
	Appends:  []string{"identity.judgement_undone"},
	Resource: decisionsResource(func(in *UndoInput) []string { return in.Decisions }),
}, func(w *blueprint.Work, in UndoInput) (Undone, error) {
	if strings.TrimSpace(in.Reason) == "" {
		return Undone{}, blueprint.RefuseField("reason", "say why the decision was wrong")
	}
	found, err := standingDecisions(w, in.Decisions)
	if err != nil {
		return Undone{}, err
	}
	for _, d := range found {
		d.draftUndone(w, in.Reason)
	}
	return Undone{Undone: len(found)}, nil
})

func (d *standing) draftUndone(w *blueprint.Work, reason string) {
	w.Add(d.a, &JudgementUndone{Other: d.b, Decision: d.decision, Reason: reason})
	w.Add(d.b, &JudgementUndone{Other: d.a, Decision: d.decision, Reason: reason})
}

// standingDecisions finds decisions in the order asked, and guards their records.
// It refuses one that does not stand.
func standingDecisions(w *blueprint.Work, ids []string) ([]standing, error) {
	asked := unseen(ids, map[string]bool{})
	byID := map[string]standing{}
	err := w.Reader.In(w.Ctx, "SELECT decision, record, other, verdict, actor FROM identity_link WHERE decision IN (%s)", asked,
		func(rows *sql.Rows) error {
			var d standing
			var record, other string
			err := rows.Scan(&d.decision, &record, &other, &d.verdict, &d.actor)
			d.pair = pairOf(record, other)
			byID[d.decision] = d
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read decisions: %w", err)
	}
	var out []standing
	for _, id := range asked {
		d, found := byID[id]
		if !found {
			return nil, blueprint.Refuse(blueprint.NotFound, "no decision %q stands: it may be undone already; see identity.decisions", id)
		}
		out = append(out, d)
		if err := w.Guard(d.a, d.b); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func decisionsResource[In any](decisions func(*In) []string) func(*blueprint.Work, any) (gate.Resource, error) {
	return blueprint.ResourceOf(func(w *blueprint.Work, in *In) (gate.Resource, error) {
		found, err := standingDecisions(w, decisions(in))
		if err != nil {
			return gate.Resource{}, err
		}
		var records []string
		for _, d := range found {
			records = append(records, d.a, d.b)
		}
		return Resource(w, unseen(records, map[string]bool{})...)
	})
}

// ContestInput says that a decision about a person is wrong.
type ContestInput struct {
	Decision  string `json:"decision" required:"true" help:"The decision that is contested."`
	Statement string `json:"statement" required:"true" help:"What the person says against it."`
}

// Contested names the contest.
type Contested struct {
	Contest string `json:"contest"`
}

var contest = blueprint.Act(blueprint.Action{
	Name: "identity.contest", Group: "registration.write", Title: "Contest a decision",
	Help:     "Records that a person says a decision about who they are is wrong. Somebody else than who took it answers.",
	Example:  "cairn identity contest --decision ID --statement 'The other is my cousin.'",
	Appends:  []string{"identity.match_contested"},
	Resource: decisionsResource(func(in *ContestInput) []string { return []string{in.Decision} }),
}, func(w *blueprint.Work, in ContestInput) (Contested, error) {
	if strings.TrimSpace(in.Statement) == "" {
		return Contested{}, blueprint.RefuseField("statement", "say what the person holds against the decision")
	}
	found, err := standingDecisions(w, []string{in.Decision})
	if err != nil {
		return Contested{}, err
	}
	var open int64
	err = w.QueryRow("SELECT COUNT(*) FROM identity_contest WHERE answer = '' AND record = $1 AND decision = $2",
		found[0].a, in.Decision).Scan(&open)
	if err != nil {
		return Contested{}, fmt.Errorf("read open contests: %w", err)
	}
	if open > 0 {
		return Contested{}, blueprint.Refuse(blueprint.Conflict, "this decision is contested already: answer that first")
	}
	id := w.NewID()
	d := found[0]
	w.Add(d.a, &MatchContested{Contest: id, Other: d.b, Decision: d.decision, Statement: in.Statement})
	w.Add(d.b, &MatchContested{Contest: id, Other: d.a, Decision: d.decision, Statement: in.Statement})
	return Contested{Contest: id}, nil
})

// AnswerInput answers a contest.
type AnswerInput struct {
	Contest string `json:"contest" required:"true" help:"The contest."`
	Answer  string `json:"answer" required:"true" help:"stands, or undone, which takes the decision back as well."`
	Reason  string `json:"reason" required:"true" help:"What the person is told."`
}

var answerContest = blueprint.Act(blueprint.Action{
	Name: "identity.answer_contest", Group: "identity.review", Title: "Answer a contest",
	Help:     "Answers what a person says against a decision. Who took the decision cannot answer.",
	Example:  "cairn identity answer-contest --contest ID --answer undone --reason 'Two different photographs.'",
	Appends:  []string{"identity.contest_answered", "identity.judgement_undone"},
	Resource: blueprint.ResourceOf(contestResource),
}, func(w *blueprint.Work, in AnswerInput) (Undone, error) {
	c, err := openContest(w, in.Contest)
	if err != nil {
		return Undone{}, err
	}
	if in.Answer != AnswerStands && in.Answer != AnswerUndone {
		return Undone{}, blueprint.RefuseField("answer", "answer %q or %q", AnswerStands, AnswerUndone)
	}
	if strings.TrimSpace(in.Reason) == "" {
		return Undone{}, blueprint.RefuseField("reason", "say what the person is told")
	}
	if err := w.Guard(c.a, c.b); err != nil {
		return Undone{}, err
	}
	if c.actor == w.Actor.ID {
		return Undone{}, blueprint.Refuse(blueprint.Conflict, "you took the decision: somebody else answers what is said against it")
	}
	w.Add(c.a, &ContestAnswered{Contest: in.Contest, Other: c.b, Answer: in.Answer, Reason: in.Reason})
	w.Add(c.b, &ContestAnswered{Contest: in.Contest, Other: c.a, Answer: in.Answer, Reason: in.Reason})
	if in.Answer == AnswerStands || c.verdict == "" {
		return Undone{}, nil
	}
	c.draftUndone(w, in.Reason)
	return Undone{Undone: 1}, nil
})

// openContest finds the decision that an open contest is about; its verdict is ""
// when it was undone in the meantime.
func openContest(w *blueprint.Work, id string) (*standing, error) {
	found, err := blueprint.Collect(w, func(rows *sql.Rows) (standing, error) {
		var s standing
		err := rows.Scan(&s.a, &s.b, &s.decision, &s.verdict, &s.actor)
		return s, err
	}, `SELECT c.record, c.other, c.decision, COALESCE(l.verdict, ''), COALESCE(l.actor, '') FROM identity_contest c
		LEFT JOIN identity_link l ON l.record = c.record AND l.decision = c.decision
		WHERE c.answer = '' AND c.contest = $1 ORDER BY c.record`, id)
	if err != nil {
		return nil, fmt.Errorf("read the contest: %w", err)
	}
	if len(found) == 0 {
		return nil, blueprint.Refuse(blueprint.NotFound, "no contest %q is open: it may be answered already", id)
	}
	return &found[0], nil
}

func contestResource(w *blueprint.Work, in *AnswerInput) (gate.Resource, error) {
	c, err := openContest(w, in.Contest)
	if err != nil {
		return gate.Resource{}, err
	}
	return Resource(w, c.a, c.b)
}
