package rights

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/domain/identity"
)

// PersonInput names a person by any record.
type PersonInput struct {
	Record string `json:"record" required:"true" help:"Any record of the person, by id or number."`
}

// HoldRow is one hold.
type HoldRow struct {
	Record     string `json:"record"`
	Hold       string `json:"hold"`
	Category   string `json:"category"`
	Owner      string `json:"owner"`
	Reason     string `json:"reason,omitempty"`
	Until      string `json:"until,omitempty"`
	At         string `json:"at"`
	Lifted     string `json:"lifted,omitempty"`
	LiftedBy   string `json:"lifted_by,omitempty"`
	LiftReason string `json:"lift_reason,omitempty"`
	InForce    bool   `json:"in_force"`
}

// FindingRow is one finding of risk.
type FindingRow struct {
	Record      string   `json:"record"`
	Finding     string   `json:"finding"`
	Country     string   `json:"country"`
	Basis       string   `json:"basis,omitempty"`
	Source      string   `json:"source,omitempty"`
	Status      string   `json:"status"` // open, affirmed or unfounded
	Finder      string   `json:"finder"`
	At          string   `json:"at"`
	UnfoundedBy []string `json:"unfounded_by,omitempty"`
	Closed      string   `json:"closed,omitempty"`
}

// FitnessRow is the newest assessment of one record.
type FitnessRow struct {
	Record  string `json:"record"`
	Fit     string `json:"fit"`
	Escort  string `json:"escort,omitempty"`
	Until   string `json:"until,omitempty"`
	Actor   string `json:"actor"`
	At      string `json:"at"`
	Expired bool   `json:"expired,omitempty"`
}

// ProtectionRow is a guardian, a best-interests decision or an assessment of capacity.
type ProtectionRow struct {
	Record  string `json:"record"`
	What    string `json:"what"`           // guardian, best_interests or capacity
	Name    string `json:"name,omitempty"` // the guardian, or the country
	Outcome string `json:"outcome,omitempty"`
	Reason  string `json:"reason,omitempty"` // the relation, the reason, or the representative
	Actor   string `json:"actor"`
	At      string `json:"at"`
}

// AppealRow is one appeal.
type AppealRow struct {
	Record     string `json:"record"`
	Appeal     string `json:"appeal"`
	Suspensive bool   `json:"suspensive"`
	Against    string `json:"against,omitempty"`
	At         string `json:"at"`
	Waived     string `json:"waived,omitempty"`
	Outcome    string `json:"outcome,omitempty"`
	Decided    string `json:"decided,omitempty"`
}

// SplitRow is one agreement to be parted.
type SplitRow struct {
	Record      string `json:"record"`
	Household   string `json:"household"`
	Destination string `json:"destination"`
	At          string `json:"at"`
}

// PersonRights is all that protects a person, over all records.
type PersonRights struct {
	Person      string          `json:"person"`
	Records     []string        `json:"records"`
	Holds       []HoldRow       `json:"holds"`
	Findings    []FindingRow    `json:"findings"`
	Fitness     []FitnessRow    `json:"fitness"`
	Protections []ProtectionRow `json:"protections"`
	Appeals     []AppealRow     `json:"appeals"`
	Splits      []SplitRow      `json:"splits"`
	Refusals    []RefusalRow    `json:"refusals"` // the newest first
}

var viewPerson = blueprint.See(blueprint.View{
	Name: "rights.person", Group: "rights.read", Title: "What protects a person",
	Help:     "Holds, findings, fitness, guardians, appeals and refusals of all records of the same person.",
	Example:  "cairn rights person --record BUD-34F7KM-X2",
	Resource: identity.ResourceOf(func(in *PersonInput) []string { return []string{in.Record} }),
}, func(w *blueprint.Work, in PersonInput) (PersonRights, error) {
	records, err := clusterOf(w, in.Record)
	if err != nil {
		return PersonRights{}, err
	}
	out := PersonRights{Person: identity.PersonOf(records), Records: records}
	if out.Holds, err = rowsOf(w, records, holdRows+" WHERE record IN (%s) ORDER BY at, hold", scanHold(w)); err != nil {
		return out, err
	}
	if out.Findings, err = rowsOf(w, records, findingRows+" WHERE record IN (%s) ORDER BY at, finding", scanFinding); err != nil {
		return out, err
	}
	if out.Fitness, err = rowsOf(w, records, fitnessRows, scanFitness(w)); err != nil {
		return out, err
	}
	if out.Protections, err = rowsOf(w, records, `SELECT record, what, name, outcome, reason, actor, at FROM rights_protection
		WHERE record IN (%s) ORDER BY at, what, name`, func(rows *sql.Rows) (p ProtectionRow, err error) {
		err = rows.Scan(&p.Record, &p.What, &p.Name, &p.Outcome, &p.Reason, &p.Actor, &p.At)
		return p, err
	}); err != nil {
		return out, err
	}
	if out.Appeals, err = rowsOf(w, records, `SELECT record, appeal, suspensive, against, at, waived, outcome, decided FROM rights_appeal
		WHERE record IN (%s) ORDER BY at, appeal`, func(rows *sql.Rows) (a AppealRow, err error) {
		var suspensive int64
		err = rows.Scan(&a.Record, &a.Appeal, &suspensive, &a.Against, &a.At, &a.Waived, &a.Outcome, &a.Decided)
		a.Suspensive = suspensive != 0
		return a, err
	}); err != nil {
		return out, err
	}
	if out.Splits, err = rowsOf(w, records, `SELECT record, household, destination, at FROM rights_split
		WHERE record IN (%s) ORDER BY at, household, destination`, func(rows *sql.Rows) (s SplitRow, err error) {
		err = rows.Scan(&s.Record, &s.Household, &s.Destination, &s.At)
		return s, err
	}); err != nil {
		return out, err
	}
	out.Refusals, err = rowsOf(w, records, refusalRows+" WHERE record IN (%s) ORDER BY at DESC, rule", scanRefusal)
	return out, err
})

// FitnessView is the medical part of what protects a person.
type FitnessView struct {
	Person  string       `json:"person"`
	Fitness []FitnessRow `json:"fitness"`
	Holds   []HoldRow    `json:"holds"` // medical ones
}

var viewFitness = blueprint.See(blueprint.View{
	Name: "rights.fitness", Group: "health.read", Title: "Fitness to travel",
	Help:     "Assessments and medical holds of all records of the same person.",
	Example:  "cairn rights fitness --record ID",
	Resource: identity.ResourceOf(func(in *PersonInput) []string { return []string{in.Record} }),
}, func(w *blueprint.Work, in PersonInput) (FitnessView, error) {
	records, err := clusterOf(w, in.Record)
	if err != nil {
		return FitnessView{}, err
	}
	out := FitnessView{Person: identity.PersonOf(records)}
	if out.Fitness, err = rowsOf(w, records, fitnessRows, scanFitness(w)); err != nil {
		return out, err
	}
	out.Holds, err = rowsOf(w, records, holdRows+" WHERE category = 'medical' AND record IN (%s) ORDER BY at, hold", scanHold(w))
	return out, err
})

// clusterOf gives all records of the person that a text names.
func clusterOf(w *blueprint.Work, text string) ([]string, error) {
	records, err := identity.Records(w, []string{text})
	if err != nil {
		return nil, err
	}
	members, err := identity.Members(w, records)
	return members[records[0]], err
}

// rowsOf reads rows about records; never nil.
func rowsOf[T any](w *blueprint.Work, records []string, query string, scan func(*sql.Rows) (T, error)) ([]T, error) {
	out := []T{}
	err := w.Reader.In(w.Ctx, query, records, func(rows *sql.Rows) error {
		row, err := scan(rows)
		out = append(out, row)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read what protects the person: %w", err)
	}
	return out, nil
}

const (
	holdRows    = "SELECT record, hold, category, owner, reason, until, at, lifted, lifted_by, lift_reason FROM rights_hold"
	findingRows = "SELECT record, finding, country, basis, source, status, finder, at, unfounded_by, closed FROM rights_finding"
	fitnessRows = "SELECT record, fit, escort, until, actor, at FROM rights_fitness WHERE record IN (%s) ORDER BY at, record"
)

func scanHold(w *blueprint.Work) func(*sql.Rows) (HoldRow, error) {
	return func(rows *sql.Rows) (h HoldRow, err error) {
		err = rows.Scan(&h.Record, &h.Hold, &h.Category, &h.Owner, &h.Reason, &h.Until, &h.At, &h.Lifted, &h.LiftedBy, &h.LiftReason)
		h.InForce = inForce(h.Lifted, h.Until, w.Today())
		return h, err
	}
}

func scanFinding(rows *sql.Rows) (f FindingRow, err error) {
	var by string
	err = rows.Scan(&f.Record, &f.Finding, &f.Country, &f.Basis, &f.Source, &f.Status, &f.Finder, &f.At, &by, &f.Closed)
	if by != "" {
		f.UnfoundedBy = strings.Split(by, ",")
	}
	return f, err
}

func scanFitness(w *blueprint.Work) func(*sql.Rows) (FitnessRow, error) {
	return func(rows *sql.Rows) (f FitnessRow, err error) {
		err = rows.Scan(&f.Record, &f.Fit, &f.Escort, &f.Until, &f.Actor, &f.At)
		f.Expired = f.Until != "" && f.Until < w.Today()
		return f, err
	}
}

// sensitiveOf says which records are sensitive: lists leave out what is said of them.
func sensitiveOf(w *blueprint.Work, records map[string]bool) (map[string]bool, error) {
	out := map[string]bool{}
	err := w.Reader.In(w.Ctx, "SELECT record FROM people_record WHERE sensitive = 1 AND record IN (%s)",
		slices.Sorted(maps.Keys(records)), func(rows *sql.Rows) error {
			var record string
			err := rows.Scan(&record)
			out[record] = true
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read which files are sensitive: %w", err)
	}
	return out, nil
}
