package identity

import (
	"database/sql"
	"fmt"
	"strings"

	"cairn/blueprint"
)

const defaultPage, largestPage = 50, 500

// limits ends a query and settles the numbers, which are then the program's own.
func limits(page, per *int) string {
	*page = max(*page, 1)
	if *per <= 0 {
		*per = defaultPage
	}
	*per = min(*per, largestPage)
	return fmt.Sprintf(" LIMIT %d OFFSET %d", *per, (*page-1)**per)
}

// Card is one record, as much of it as a list may show: of a sensitive record only
// the number.
type Card struct {
	Record    string `json:"record"`
	Number    string `json:"number"`
	Name      string `json:"name,omitempty"`
	Birth     string `json:"birth,omitempty"`
	Sex       string `json:"sex,omitempty"`
	Site      string `json:"site,omitempty"`
	Household string `json:"household,omitempty"`
	Sensitive bool   `json:"sensitive,omitempty"`
}

// cards reads the cards of records. Open shows sensitive ones as well: the gate was
// asked about them.
func cards(w *blueprint.Work, records []string, open bool) (map[string]Card, error) {
	out := map[string]Card{}
	err := w.Reader.In(w.Ctx, `SELECT r.record, r.number, r.name, r.birth, r.sex, r.site, COALESCE(m.household, ''), r.sensitive
		FROM people_record r LEFT JOIN people_member m ON m.record = r.record WHERE r.record IN (%s)`,
		unseen(records, map[string]bool{}), func(rows *sql.Rows) error {
			var c Card
			var sensitive int64
			err := rows.Scan(&c.Record, &c.Number, &c.Name, &c.Birth, &c.Sex, &c.Site, &c.Household, &sensitive)
			c.Sensitive = sensitive != 0
			if c.Sensitive && !open {
				c = Card{Record: c.Record, Number: c.Number, Sensitive: true}
			}
			out[c.Record] = c
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read records: %w", err)
	}
	return out, nil
}

// DecisionsInput chooses decisions.
type DecisionsInput struct {
	Verdict string `json:"verdict" help:"same or different; both unless told."`
	Actor   string `json:"actor" help:"Only those taken by this member of staff."`
	Page    int    `json:"page" help:"Which page, from 1."`
	Per     int    `json:"per" help:"Rows on a page, 50 unless told, at most 500."`
}

// DecisionRow is one decision that stands.
type DecisionRow struct {
	Decision string  `json:"decision"`
	Verdict  string  `json:"verdict"`
	A        Card    `json:"a"`
	B        Card    `json:"b"`
	Weight   float64 `json:"weight"`
	Actor    string  `json:"actor"`
	At       string  `json:"at"`
	Reason   string  `json:"reason,omitempty"`
}

// Decisions is one page of decisions, the newest first.
type Decisions struct {
	Total int64         `json:"total"`
	Page  int           `json:"page"`
	Per   int           `json:"per"`
	Rows  []DecisionRow `json:"rows"`
}

var decisions = blueprint.See(blueprint.View{
	Name: "identity.decisions", Group: "identity.read", Title: "Decisions on doubles",
	Help: "Decisions that stand, the newest first.", Example: "cairn identity decisions --verdict same",
}, func(w *blueprint.Work, in DecisionsInput) (Decisions, error) {
	window := limits(&in.Page, &in.Per)
	out := Decisions{Page: in.Page, Per: in.Per, Rows: []DecisionRow{}}
	where, args := []string{"record < other"}, []any{}
	for _, c := range []struct{ column, text string }{{"verdict", in.Verdict}, {"actor", in.Actor}} {
		if c.text != "" {
			args = append(args, c.text)
			where = append(where, fmt.Sprintf("%s = $%d", c.column, len(args)))
		}
	}
	from := " FROM identity_link WHERE " + strings.Join(where, " AND ")
	if err := w.QueryRow("SELECT COUNT(*)"+from, args...).Scan(&out.Total); err != nil {
		return out, fmt.Errorf("count decisions: %w", err)
	}
	rows, err := blueprint.Collect(w, func(rows *sql.Rows) (DecisionRow, error) {
		var d DecisionRow
		var weight int64
		err := rows.Scan(&d.Decision, &d.Verdict, &d.A.Record, &d.B.Record, &weight, &d.Actor, &d.At, &d.Reason)
		d.Weight = bits(weight)
		return d, err
	}, "SELECT decision, verdict, record, other, weight, actor, at, reason"+from+" ORDER BY at DESC, decision"+window, args...)
	if err != nil {
		return out, fmt.Errorf("read decisions: %w", err)
	}
	out.Rows = append(out.Rows, rows...)
	var records []string
	for _, d := range out.Rows {
		records = append(records, d.A.Record, d.B.Record)
	}
	found, err := cards(w, records, false)
	for i := range out.Rows {
		d := &out.Rows[i]
		d.A, d.B = found[d.A.Record], found[d.B.Record]
		if d.A.Sensitive || d.B.Sensitive {
			d.Reason = ""
		}
	}
	return out, err
})

// CountsInput has no fields yet.
type CountsInput struct{}

// Counts are figures about doubles, without any person.
type Counts struct {
	Undecided int64   `json:"undecided"`
	Same      int64   `json:"same"`      // decisions that stand
	Different int64   `json:"different"` // decisions that stand
	Contested int64   `json:"contested"` // contests without an answer
	Runs      int64   `json:"runs"`
	LastRun   string  `json:"last_run,omitempty"` // when
	Precision float64 `json:"precision"`          // of the last run, as the engine estimates
	Recall    float64 `json:"recall"`
}

var counts = blueprint.See(blueprint.View{
	Name: "identity.counts", Group: "views.overview", Title: "Doubles in figures",
	Help: "How many pairs wait, were decided and are contested.", Example: "cairn identity counts",
}, func(w *blueprint.Work, _ CountsInput) (Counts, error) {
	var c Counts
	for _, q := range []struct {
		into  *int64
		query string
	}{
		{&c.Undecided, "SELECT COUNT(*)" + undecided},
		{&c.Same, "SELECT COUNT(*) FROM identity_link WHERE record < other AND verdict = 'same'"},
		{&c.Different, "SELECT COUNT(*) FROM identity_link WHERE record < other AND verdict = 'different'"},
		{&c.Contested, "SELECT COUNT(*) FROM identity_contest WHERE record < other AND answer = ''"},
		{&c.Runs, "SELECT COUNT(*) FROM identity_run"},
	} {
		if err := w.QueryRow(q.query).Scan(q.into); err != nil {
			return c, fmt.Errorf("count doubles: %w", err)
		}
	}
	_, err := blueprint.Collect(w, func(rows *sql.Rows) (struct{}, error) {
		var precision, recall int64
		err := rows.Scan(&c.LastRun, &precision, &recall)
		c.Precision, c.Recall = probability(precision), probability(recall)
		return struct{}{}, err
	}, "SELECT at, precision_ppm, recall_ppm FROM identity_run ORDER BY at DESC, run DESC LIMIT 1")
	return c, err
})
