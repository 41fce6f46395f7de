package rights

import (
	"database/sql"
	"fmt"
	"strings"

	"cairn/blueprint"
)

const defaultPage, largestPage = 50, 500

// filter builds the conditions of a list.
type filter struct {
	conditions []string
	args       []any
}

// equal asks for one value of a column, unless it is empty.
func (f *filter) equal(column, text string) {
	if text != "" {
		f.compare(column, "=", text)
	}
}

func (f *filter) compare(column, operator, text string) {
	f.args = append(f.args, text)
	f.conditions = append(f.conditions, fmt.Sprintf("%s %s $%d", column, operator, len(f.args)))
}

func (f *filter) where() string {
	if len(f.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(f.conditions, " AND ")
}

// limits ends a query and settles the numbers, which are then the program's own.
func limits(page, per *int) string {
	*page = max(*page, 1)
	if *per <= 0 {
		*per = defaultPage
	}
	*per = min(*per, largestPage)
	return fmt.Sprintf(" LIMIT %d OFFSET %d", *per, (*page-1)**per)
}

// RefusalsInput chooses refusals.
type RefusalsInput struct {
	Rule        string `json:"rule" help:"Only this rule, such as risk-at-destination."`
	Stage       string `json:"stage" help:"Only at this stage: proposal, booking, boarding or departure."`
	Destination string `json:"destination" help:"Only to this country, by its three letters."`
	Record      string `json:"record" help:"Only of this record, by its id."`
	From        string `json:"from" help:"Only since this day, YYYY-MM-DD."`
	Page        int    `json:"page" help:"Which page, from 1."`
	Per         int    `json:"per" help:"Rows on a page, 50 unless told, at most 500."`
}

// RefusalRow is one rule that refused one person one step.
type RefusalRow struct {
	Record      string   `json:"record"`
	Number      string   `json:"number"` // of the record
	At          string   `json:"at"`
	Stage       string   `json:"stage"`
	Rule        string   `json:"rule"`
	Sources     []string `json:"sources"`
	Says        string   `json:"says"`
	Opens       string   `json:"opens"`
	Destination string   `json:"destination"`
	Actor       string   `json:"actor"`
}

// RuleCount counts the refusals of one rule.
type RuleCount struct {
	Rule    string `json:"rule"`
	Says    string `json:"says"`
	Times   int64  `json:"times"`
	Records int64  `json:"records"`
}

// Refusals is one page of refusals, the newest first, and counts of all that match.
type Refusals struct {
	Total  int64        `json:"total"`
	Page   int          `json:"page"`
	Per    int          `json:"per"`
	ByRule []RuleCount  `json:"by_rule"`
	Rows   []RefusalRow `json:"rows"`
}

const refusalRows = "SELECT record, at, stage, rule, source, says, opens, destination, actor, " +
	"COALESCE((SELECT p.number FROM people_record p WHERE p.record = rights_refusal.record), '') FROM rights_refusal"

func scanRefusal(rows *sql.Rows) (r RefusalRow, err error) {
	var sources string
	err = rows.Scan(&r.Record, &r.At, &r.Stage, &r.Rule, &sources, &r.Says, &r.Opens, &r.Destination, &r.Actor, &r.Number)
	r.Sources = strings.Fields(sources)
	return r, err
}

var viewRefusals = blueprint.See(blueprint.View{
	Name: "rights.refusals", Group: "refusals.read", Title: "What the safeguards refused",
	Help:    "Steps that a rule stopped, with the rule, its source and what would open it. It names no person, only records.",
	Example: "cairn rights refusals --rule risk-at-destination",
}, func(w *blueprint.Work, in RefusalsInput) (Refusals, error) {
	var f filter
	f.equal("rule", in.Rule)
	f.equal("stage", in.Stage)
	f.equal("destination", strings.ToUpper(in.Destination))
	f.equal("record", in.Record)
	if in.From != "" {
		f.compare("at", ">=", in.From)
	}
	window := limits(&in.Page, &in.Per)
	out := Refusals{Page: in.Page, Per: in.Per, ByRule: []RuleCount{}, Rows: []RefusalRow{}}
	counts, err := blueprint.Collect(w, func(rows *sql.Rows) (c RuleCount, err error) {
		err = rows.Scan(&c.Rule, &c.Says, &c.Times, &c.Records)
		return c, err
	}, "SELECT rule, MAX(says), COUNT(*), COUNT(DISTINCT record) FROM rights_refusal"+f.where()+
		" GROUP BY rule ORDER BY COUNT(*) DESC, rule", f.args...)
	if err != nil {
		return out, fmt.Errorf("count refusals: %w", err)
	}
	out.ByRule = append(out.ByRule, counts...)
	for _, c := range counts {
		out.Total += c.Times
	}
	rows, err := blueprint.Collect(w, scanRefusal, refusalRows+f.where()+" ORDER BY at DESC, record, rule"+window, f.args...)
	if err != nil {
		return out, fmt.Errorf("read refusals: %w", err)
	}
	out.Rows = append(out.Rows, rows...)
	return out, nil
})

// HoldsInput chooses holds.
type HoldsInput struct {
	Category string `json:"category" help:"Only medical, protection, legal or integrity."`
	Owner    string `json:"owner" help:"Only those of this member of staff."`
	All      bool   `json:"all" help:"Those that ended as well."`
	Page     int    `json:"page" help:"Which page, from 1."`
	Per      int    `json:"per" help:"Rows on a page, 50 unless told, at most 500."`
}

// Holds is one page of holds, the oldest first.
type Holds struct {
	Total int64     `json:"total"`
	Page  int       `json:"page"`
	Per   int       `json:"per"`
	Rows  []HoldRow `json:"rows"`
}

var viewHolds = blueprint.See(blueprint.View{
	Name: "rights.holds", Group: "rights.read", Title: "Holds",
	Help: "Holds in force, the oldest first, with who may lift them.", Example: "cairn rights holds --category protection",
}, func(w *blueprint.Work, in HoldsInput) (Holds, error) {
	var f filter
	f.equal("category", in.Category)
	f.equal("owner", in.Owner)
	if !in.All {
		f.conditions = append(f.conditions, "lifted = ''")
		f.args = append(f.args, w.Today())
		f.conditions = append(f.conditions, fmt.Sprintf("(until = '' OR until >= $%d)", len(f.args)))
	}
	window := limits(&in.Page, &in.Per)
	out := Holds{Page: in.Page, Per: in.Per, Rows: []HoldRow{}}
	if err := w.QueryRow("SELECT COUNT(*) FROM rights_hold"+f.where(), f.args...).Scan(&out.Total); err != nil {
		return out, fmt.Errorf("count holds: %w", err)
	}
	rows, err := blueprint.Collect(w, scanHold(w), holdRows+f.where()+" ORDER BY at, hold"+window, f.args...)
	if err != nil {
		return out, fmt.Errorf("read holds: %w", err)
	}
	named := map[string]bool{}
	for _, h := range rows {
		named[h.Record] = true
	}
	sensitive, err := sensitiveOf(w, named)
	if err != nil {
		return out, err
	}
	for _, h := range rows {
		if sensitive[h.Record] {
			h.Reason, h.LiftReason = "", ""
		}
		out.Rows = append(out.Rows, h)
	}
	return out, nil
})

// FindingsInput chooses findings of risk.
type FindingsInput struct {
	Country string `json:"country" help:"Only of this country, by its three letters."`
	Status  string `json:"status" help:"open, affirmed or unfounded; those that stand unless told."`
	Page    int    `json:"page" help:"Which page, from 1."`
	Per     int    `json:"per" help:"Rows on a page, 50 unless told, at most 500."`
}

// Findings is one page of findings, the oldest first.
type Findings struct {
	Total int64        `json:"total"`
	Page  int          `json:"page"`
	Per   int          `json:"per"`
	Rows  []FindingRow `json:"rows"`
}

var viewFindings = blueprint.See(blueprint.View{
	Name: "rights.findings", Group: "rights.read", Title: "Findings of risk",
	Help: "Who would be at risk where, the oldest first.", Example: "cairn rights findings --country SUN --status open",
}, func(w *blueprint.Work, in FindingsInput) (Findings, error) {
	var f filter
	f.equal("country", strings.ToUpper(in.Country))
	f.equal("status", in.Status)
	if in.Status == "" {
		f.compare("status", "<>", statusUnfounded)
	}
	window := limits(&in.Page, &in.Per)
	out := Findings{Page: in.Page, Per: in.Per, Rows: []FindingRow{}}
	if err := w.QueryRow("SELECT COUNT(*) FROM rights_finding"+f.where(), f.args...).Scan(&out.Total); err != nil {
		return out, fmt.Errorf("count findings: %w", err)
	}
	rows, err := blueprint.Collect(w, scanFinding, findingRows+f.where()+" ORDER BY at, finding"+window, f.args...)
	if err != nil {
		return out, fmt.Errorf("read findings: %w", err)
	}
	named := map[string]bool{}
	for _, r := range rows {
		named[r.Record] = true
	}
	sensitive, err := sensitiveOf(w, named)
	if err != nil {
		return out, err
	}
	for _, r := range rows {
		if sensitive[r.Record] {
			r.Basis, r.Source = "", ""
		}
		out.Rows = append(out.Rows, r)
	}
	return out, nil
})
