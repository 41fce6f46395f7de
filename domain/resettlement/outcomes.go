package resettlement

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/gate"
)

// What is asked about a household some time after it came to its place.
const (
	OutcomeWork   = "work"   // somebody of it has paid work
	OutcomeHome   = "home"   // it has a home of its own
	OutcomeStayed = "stayed" // it still lives in the town
)

// Outcomes lists them.
func Outcomes() []string { return []string{OutcomeWork, OutcomeHome, OutcomeStayed} }

// usualDays is after how many days an outcome is looked at, unless told.
const usualDays = 90

// mostDays is ten years.
const mostDays = 3653

// AskedOutcome says which outcome is meant.
type AskedOutcome struct {
	Outcome string `json:"outcome" help:"work, home or stayed; work unless told."`
	Days    int    `json:"days" help:"Within how many days after the arrival; 90 unless told."`
}

// settle fills in what was left out and refuses what cannot be meant.
func (o *AskedOutcome) settle() error {
	o.Outcome, o.Days = cmp.Or(o.Outcome, OutcomeWork), cmp.Or(o.Days, usualDays)
	switch {
	case !slices.Contains(Outcomes(), o.Outcome):
		return blueprint.RefuseField("outcome", "%q is no outcome that is followed: take one of %s", o.Outcome, strings.Join(Outcomes(), ", "))
	case o.Days < 1 || o.Days > mostDays:
		return blueprint.RefuseField("days", "an outcome is looked at after 1 to %d days", mostDays)
	}
	return nil
}

// Observed is what became of one case.
type Observed struct {
	Case string `json:"case" required:"true" help:"The case."`
	Came bool   `json:"came" help:"Whether the outcome came about."`
	On   string `json:"on" help:"The day on which that was seen, YYYY-MM-DD; today unless told."`
}

// ObserveInput records outcomes of one kind.
type ObserveInput struct {
	AskedOutcome
	Observed []Observed `json:"observed" required:"true" help:"One for each case."`
}

func (in *ObserveInput) ids() []string {
	ids := make([]string, len(in.Observed))
	for i, o := range in.Observed {
		ids[i] = o.Case
	}
	return ids
}

var observeOutcomes = blueprint.Act(blueprint.Action{
	Name: "resettlement.observe_outcomes", Group: "cases.write", Title: "Record what became of households",
	Help: "Records for households that went to their place whether an outcome came about within some days: paid work, a home of their own, or " +
		"that they still live there. What is recorded later about the same counts instead. It changes nothing for the household.",
	Example: `cairn resettlement observe-outcomes --outcome work --days 90 --observed '[{"case":"ID","came":true}]'`,
	Appends: []string{"resettlement.outcome_observed"},
	Resource: blueprint.ResourceOf(func(w *blueprint.Work, in *ObserveInput) (gate.Resource, error) {
		return cases.Resource(w, once(in.ids())...)
	}),
}, func(w *blueprint.Work, in ObserveInput) (Decided, error) {
	if err := in.settle(); err != nil {
		return Decided{}, err
	}
	ids := in.ids()
	if len(once(ids)) < len(ids) {
		return Decided{}, blueprint.RefuseField("observed", "a case is named twice: give one observation for each")
	}
	found, err := standings(w, ids)
	if err != nil {
		return Decided{}, err
	}
	for _, o := range in.Observed {
		if err := checkObserved(o, found[o.Case].status, w.Today()); err != nil {
			return Decided{}, err
		}
		w.Add(o.Case, in.observed(o, w.Today()))
	}
	return Decided{Cases: len(ids)}, nil
})

func (o *AskedOutcome) observed(seen Observed, today string) *OutcomeObserved {
	out := &OutcomeObserved{Outcome: o.Outcome, Days: o.Days, Came: seen.Came, On: seen.On}
	if out.On == "" {
		out.On = today
	}
	return out
}

// checkObserved decides whether an outcome of a case can be known.
func checkObserved(o Observed, status, today string) error {
	if status != Accepted {
		return blueprint.Refuse(blueprint.Conflict, "the placement of case %s is %s: outcomes are recorded of households that accepted theirs", o.Case, word(status))
	}
	if o.On == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, o.On); err != nil || o.On > today {
		return blueprint.RefuseField("on", "%q is no day up to today: write it like 1957-02-01", o.On)
	}
	return nil
}

// history counts what is known of an outcome.
type history struct {
	AskedOutcome
	Came int64 `json:"came"`
	Not  int64 `json:"not"`
}

// rarer is the number of the rarer answer, on which it depends how much can be learnt.
func (h history) rarer() int64 { return min(h.Came, h.Not) }

// histories counts the observations of each outcome.
func histories(w *blueprint.Work) ([]history, error) {
	out, err := blueprint.Collect(w, func(rows *sql.Rows) (history, error) {
		var h history
		err := rows.Scan(&h.Outcome, &h.Days, &h.Came, &h.Not)
		return h, err
	}, `SELECT outcome, days, SUM(came), SUM(1 - came) FROM resettlement_outcome GROUP BY outcome, days ORDER BY COUNT(*) DESC, outcome, days`)
	if err != nil {
		return nil, fmt.Errorf("count the outcomes: %w", err)
	}
	return out, nil
}
