package resettlement

import (
	"cairn/fold"
)

var (
	outcomeTable = &fold.Table{Name: "resettlement_outcome", Columns: []string{"case_id", "outcome", "days", "came", "seen"}}
	modelTable   = &fold.Table{Name: "resettlement_model", Columns: []string{"model", "outcome", "days", "records", "came", "at"}}
)

// became is what is known of a case: the latest observation of each outcome.
type became struct{ seen []OutcomeObserved }

func stepOutcome(s *became, f fold.Fact) {
	v, ok := f.Value.(*OutcomeObserved)
	if !ok {
		return
	}
	for i, known := range s.seen {
		if known.Outcome == v.Outcome && known.Days == v.Days {
			s.seen = append(append(s.seen[:i:i], *v), s.seen[i+1:]...)
			return
		}
	}
	s.seen = append(s.seen[:len(s.seen):len(s.seen)], *v)
}

var outcomeProjection = fold.New("resettlement.outcome", "case", []*fold.Table{outcomeTable},
	[]string{"resettlement.outcome_observed"}, stepOutcome, func(subject string, s *became) fold.Output {
		var out fold.Output
		for _, o := range s.seen {
			out.Rows = append(out.Rows, fold.Row{Table: outcomeTable, Values: []any{subject, o.Outcome, int64(o.Days), number(o.Came), o.On}})
		}
		return out
	})

// fitted is a model as its facts say.
type fitted struct {
	OutcomesFitted
	at string
}

var modelProjection = fold.New("resettlement.model", SubjectModel, []*fold.Table{modelTable},
	[]string{"resettlement.outcomes_fitted"}, func(s *fitted, f fold.Fact) {
		if v, ok := f.Value.(*OutcomesFitted); ok {
			*s = fitted{*v, f.Time.String()}
		}
	}, func(subject string, s *fitted) fold.Output {
		if s.Outcome == "" {
			return fold.Output{}
		}
		return fold.Output{Rows: []fold.Row{{Table: modelTable, Values: []any{subject, s.Outcome, int64(s.Days), int64(s.Records), int64(s.Came), s.at}}}}
	})
