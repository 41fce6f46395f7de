package identity

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
)

// ContestsInput chooses contests.
type ContestsInput struct {
	All  bool `json:"all" help:"Answered ones as well."`
	Page int  `json:"page" help:"Which page, from 1."`
	Per  int  `json:"per" help:"Rows on a page, 50 unless told, at most 500."`
}

// ContestRow is one contest with the record that it stands on.
type ContestRow struct {
	Record string `json:"record"`
	Contest
	A Card `json:"a"`
	B Card `json:"b"`
}

var contests = blueprint.See(blueprint.View{
	Name: "identity.contests", Group: "identity.read", Title: "Contested decisions",
	Help:    "What people say against decisions about who they are, the oldest first.",
	Example: "cairn identity contests",
}, func(w *blueprint.Work, in ContestsInput) ([]ContestRow, error) {
	open := " AND answer = ''"
	if in.All {
		open = ""
	}
	rows, err := blueprint.Collect(w, func(rows *sql.Rows) (ContestRow, error) {
		var c ContestRow
		err := rows.Scan(&c.Record, &c.Contest.Contest, &c.Other, &c.Decision, &c.Statement, &c.Actor, &c.At, &c.Answer, &c.Answered, &c.AnsweredBy, &c.Reason)
		return c, err
	}, "SELECT record, contest, other, decision, statement, actor, at, answer, answered, answered_by, answer_reason FROM identity_contest WHERE record < other"+
		open+" ORDER BY at, contest"+limits(&in.Page, &in.Per))
	if err != nil {
		return nil, fmt.Errorf("read contests: %w", err)
	}
	var records []string
	for _, r := range rows {
		records = append(records, r.Record, r.Other)
	}
	found, err := cards(w, records, false)
	for i := range rows {
		r := &rows[i]
		r.A, r.B = found[r.Record], found[r.Other]
		if r.A.Sensitive || r.B.Sensitive {
			r.Statement, r.Reason = "", ""
		}
	}
	return rows, err
})
