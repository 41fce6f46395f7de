package resettlement

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/format/headers"
	"cairn/format/sheet"
	"cairn/value"
	"cairn/value/said"
)

// ImportOutcomesInput names a list of outcomes and how to read it.
type ImportOutcomesInput struct {
	lists.Input
	AskedOutcome
}

// ImportedOutcomes says what came of a list, or would come of it.
type ImportedOutcomes struct {
	lists.Report
	Cases int `json:"cases"` // of which something new is recorded
	Known int `json:"known"` // of which the same was recorded before
}

var importOutcomes = blueprint.Act(blueprint.Action{
	Name: "resettlement.import_outcomes", Group: "cases.write", Title: "Import a list of outcomes",
	Help: "Takes over what became of households, CSV or XLSX: the number of the case, yes or no, and perhaps the day. Either all rows or none, " +
		"unless you take the good rows only. What was recorded before is not recorded again.",
	Example: "cairn resettlement import-outcomes --path outcomes.csv --outcome work --dry-run true", Appends: []string{"resettlement.outcome_observed"},
}, func(w *blueprint.Work, in ImportOutcomesInput) (ImportedOutcomes, error) {
	if err := in.settle(); err != nil {
		return ImportedOutcomes{}, err
	}
	file, err := in.File()
	if err != nil {
		return ImportedOutcomes{}, err
	}
	list, err := in.Read(file)
	if err != nil {
		return ImportedOutcomes{}, err
	}
	if err := list.Understand(headers.OutcomeFields(), said.Say("a list of outcomes"), headers.CaseNumber, headers.Came); err != nil {
		return ImportedOutcomes{}, err
	}
	l := &outcomeList{List: list, asked: in.AskedOutcome, today: w.Today()}
	if err := l.read(w); err != nil {
		return ImportedOutcomes{}, err
	}
	l.imported.Report = l.Report
	if in.DryRun {
		return l.imported, nil
	}
	if err := l.Report.Err(); err != nil && !in.GoodRowsOnly {
		return ImportedOutcomes{}, err
	}
	for i, id := range l.ids {
		w.Add(id, l.facts[i])
	}
	return l.imported, nil
})

// outcomeList is an opened list of outcomes.
type outcomeList struct {
	*lists.List
	asked    AskedOutcome
	today    string
	imported ImportedOutcomes
	ids      []string
	facts    []*OutcomeObserved
}

// placedCase is a case by its number, and what is known of its outcome.
type placedCase struct {
	id, status string
	came       int64 // -1 where nothing is known
}

func (l *outcomeList) read(w *blueprint.Work) error {
	var numbers []string
	var days []string
	for _, row := range l.Rows {
		numbers = append(numbers, upper(l.Cell(row, headers.CaseNumber)))
		days = append(days, l.Cell(row, headers.OutcomeDay))
	}
	l.SettleDates(days)
	found, err := casesByNumber(w, numbers, l.asked)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for i, row := range l.Rows {
		before := len(l.Report.Refusals)
		fact, known := l.outcome(row, found[numbers[i]], seen[numbers[i]])
		seen[numbers[i]] = true
		switch {
		case len(l.Report.Refusals) > before:
			l.Report.LeftOut++
		case known:
			l.imported.Known++
		default:
			l.imported.Cases++
			l.ids, l.facts = append(l.ids, found[numbers[i]].id), append(l.facts, fact)
		}
	}
	if len(l.ids) == 0 {
		return nil
	}
	return w.Guard(l.ids...)
}

// outcome reads a row; known says that the same was recorded before.
func (l *outcomeList) outcome(row sheet.Row, of placedCase, twice bool) (fact *OutcomeObserved, known bool) {
	wrong := func(field string, reason said.Sentence) { l.RefuseCell(row, field, reason) }
	switch {
	case of.id == "":
		wrong(headers.CaseNumber, said.Say("is no case that is known here"))
	case twice:
		wrong(headers.CaseNumber, said.Say("stands in the list twice"))
	case of.status != Accepted:
		wrong(headers.CaseNumber, said.Say("has not accepted a placement, so that nothing can have become of it"))
	}
	came, clear := yesOrNo(l.Cell(row, headers.Came))
	if !clear {
		wrong(headers.Came, said.Say("is neither yes nor no"))
	}
	fact = l.asked.observed(Observed{Came: came}, l.today)
	fact.Import = l.Report.Digest
	if text := l.Cell(row, headers.OutcomeDay); text != "" {
		d, err := value.ParseDate(text, l.Order)
		if fact.On = d.String(); err != nil || !d.Complete() || d.Approx || fact.On > l.today {
			wrong(headers.OutcomeDay, said.Say("is no day up to today: write it like 1957-02-01"))
		}
	}
	return fact, of.came == number(came)
}

func casesByNumber(w *blueprint.Work, numbers []string, o AskedOutcome) (map[string]placedCase, error) {
	out, at := map[string]placedCase{}, map[string]string{}
	var ids []string
	err := w.Reader.In(w.Ctx, `SELECT c.number, c.case_id, COALESCE(p.status, '') FROM cases_case c
		LEFT JOIN resettlement_placement p ON p.case_id = c.case_id WHERE c.number IN (%s)`, once(numbers), func(rows *sql.Rows) error {
		var number string
		c := placedCase{came: -1}
		err := rows.Scan(&number, &c.id, &c.status)
		out[number], at[c.id], ids = c, number, append(ids, c.id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for the cases: %w", err)
	}
	err = w.Reader.In(w.Ctx, "SELECT case_id, outcome, days, came FROM resettlement_outcome WHERE case_id IN (%s)", ids, func(rows *sql.Rows) error {
		var id, outcome string
		var days, came int64
		err := rows.Scan(&id, &outcome, &days, &came)
		if c := out[at[id]]; outcome == o.Outcome && days == int64(o.Days) {
			c.came = came
			out[at[id]] = c
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read what is known of the cases: %w", err)
	}
	return out, nil
}

// The answers that lists give, in the languages in which lists are read.
var (
	yesWords = strings.Fields("yes y true 1 x ja j oui o vrai sí si s igen i نعم так т да д tak evet sì")
	noWords  = strings.Fields("no n false 0 nein non faux nem لا ні н нет nie hayır")
)

func yesOrNo(text string) (yes, said bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	yes = slices.Contains(yesWords, text)
	return yes, yes || slices.Contains(noWords, text)
}
