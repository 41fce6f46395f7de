package identity

import (
	"database/sql"
	"encoding/json"
	"math"

	"cairn/blueprint"
	"cairn/fold"
)

// In tables a weight is in thousandths of a bit and a probability in millionths.
var (
	linkTable = &fold.Table{Name: "identity_link",
		Columns: []string{"record", "other", "verdict", "decision", "weight", "actor", "at", "reason"}}
	contestTable = &fold.Table{Name: "identity_contest", Columns: []string{"record", "contest", "other", "decision",
		"statement", "actor", "at", "answer", "answered", "answered_by", "answer_reason"}}
	suspicionTable = &fold.Table{Name: "identity_suspicion", Columns: []string{"suspicion", "run", "record_a", "record_b",
		"verdict", "weight", "probability", "evidence"}}
	runTable = &fold.Table{Name: "identity_run", Columns: []string{"run", "records", "pairs", "suspected", "threshold",
		"precision_ppm", "recall_ppm", "complete", "actor", "at"}}
)

var linkProjection = fold.New("identity.record", subjectRecord, []*fold.Table{linkTable, contestTable},
	[]string{"identity.judged_same", "identity.judged_different", "identity.judgement_undone",
		"identity.match_contested", "identity.contest_answered"}, stepJudgements,
	func(subject string, s *judgements) fold.Output {
		var out fold.Output
		for _, d := range s.standing {
			out.Rows = append(out.Rows, fold.Row{Table: linkTable, Values: []any{subject, d.Other, d.Verdict, d.Decision,
				thousandths(d.Weight), d.Actor, d.At, d.Reason}})
		}
		for _, c := range s.contests {
			out.Rows = append(out.Rows, fold.Row{Table: contestTable, Values: []any{subject, c.Contest, c.Other, c.Decision,
				c.Statement, c.Actor, c.At, c.Answer, c.Answered, c.AnsweredBy, c.Reason}})
		}
		return out
	})

var suspicionProjection = fold.New("identity.suspicion", subjectSuspicion, []*fold.Table{suspicionTable},
	[]string{"identity.doubles_suspected"}, last, func(subject string, f *fold.Fact) fold.Output {
		s := f.Value.(*DoublesSuspected)
		return fold.Output{
			Rows: []fold.Row{{Table: suspicionTable, Values: []any{subject, s.Run, s.A, s.B, s.Verdict,
				thousandths(s.Weight), millionths(s.Probability), encodeEvidence(s.Fields)}}},
			Claims: []fold.Claim{{Name: "suspicion:" + s.A + ":" + s.B, Amount: 1}},
		}
	})

var runProjection = fold.New("identity.run", subjectRun, []*fold.Table{runTable},
	[]string{"identity.link_run"}, last, func(subject string, f *fold.Fact) fold.Output {
		r := f.Value.(*LinkRun)
		complete := int64(0)
		if r.Complete {
			complete = 1
		}
		return fold.Output{Rows: []fold.Row{{Table: runTable, Values: []any{subject, int64(r.Records), int64(r.Pairs),
			int64(r.Suspected), millionths(r.Threshold), millionths(r.Precision), millionths(r.Recall), complete,
			f.Actor, f.Time.String()}}}}
	})

// last keeps the newest fact, for subjects that have only one.
func last(s *fold.Fact, f fold.Fact) { *s = f }

func thousandths(bits float64) int64 { return int64(math.Round(bits * 1e3)) }
func millionths(p float64) int64     { return int64(math.Round(p * 1e6)) }

func bits(stored int64) float64        { return float64(stored) / 1e3 }
func probability(stored int64) float64 { return float64(stored) / 1e6 }

// encodeEvidence keeps evidence in one column. Marshalling cannot fail: the engine's
// weights are finite.
func encodeEvidence(fields []FieldEvidence) string {
	if len(fields) == 0 {
		return ""
	}
	text, err := json.Marshal(fields)
	if err != nil {
		return ""
	}
	return string(text)
}

func decodeEvidence(text string) []FieldEvidence {
	var fields []FieldEvidence
	if json.Unmarshal([]byte(text), &fields) != nil {
		return nil
	}
	return fields
}

// suspicionsOf gives the suspicions that a record is one side of. Their evidence says in
// what the record is like another, such as the same date of birth, which would tell of
// whoever is erased; and there is nothing left to decide.
func suspicionsOf(w *blueprint.Work, record string) ([]string, error) {
	return blueprint.Collect(w, func(rows *sql.Rows) (string, error) {
		var id string
		err := rows.Scan(&id)
		return id, err
	}, "SELECT suspicion FROM identity_suspicion WHERE record_a = $1 UNION SELECT suspicion FROM identity_suspicion WHERE record_b = $2 ORDER BY suspicion",
		record, record)
}
