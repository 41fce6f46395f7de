package cases

import "cairn/fold"

var (
	caseTable = &fold.Table{Name: "cases_case", Columns: []string{"case_id", "number", "household", "pathway", "origin",
		"stage", "next", "due", "opened", "people", "closed", "priority", "outcome"}}
	memberTable = &fold.Table{Name: "cases_member", Columns: []string{"case_id", "record"}}
	wishTable   = &fold.Table{Name: "cases_wish", Columns: []string{"case_id", "rank", "country"}}
)

var caseProjection = fold.New("cases.case", SubjectCase, []*fold.Table{caseTable, memberTable, wishTable},
	append([]string{"cases.opened", "cases.stage_reached", "cases.closed"}, moving...), step, caseRows)

// moving are the kinds of later domains that embed Moves.
var moving = []string{"resettlement.placement_proposed", "resettlement.placement_changed", "resettlement.placement_refused",
	"resettlement.offer_made", "resettlement.state_answered", "resettlement.household_answered"}

func caseRows(subject string, s *state) fold.Output {
	if s.Household == "" {
		return fold.Output{} // the entry that opens the case has not arrived yet
	}
	closed := ""
	out := fold.Output{}
	if s.closed != 0 {
		closed = s.closed.String()
	} else {
		out.Claims = []fold.Claim{{Name: "case-of:" + s.Household, Amount: 1}}
	}
	out.Rows = []fold.Row{{Table: caseTable, Values: []any{subject, s.Number, s.Household, s.Pathway, string(s.Origin),
		s.stage, s.next, s.due, s.opened.String(), int64(len(s.Members)), closed, s.Priority, s.outcome}}}
	for _, m := range s.Members {
		out.Rows = append(out.Rows, fold.Row{Table: memberTable, Values: []any{subject, m}})
	}
	for i, country := range s.Wishes {
		out.Rows = append(out.Rows, fold.Row{Table: wishTable, Values: []any{subject, int64(i + 1), string(country)}})
	}
	return out
}
