package rights

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/value/said"
)

// RiskInput opens one finding for each record and country.
type RiskInput struct {
	Records   []string `json:"records" required:"true" help:"Who would be at risk, by id or number."`
	Countries []string `json:"countries" required:"true" help:"Where, by code or name."`
	Basis     string   `json:"basis" required:"true" help:"What is feared, and why."`
	Source    string   `json:"source" help:"What it rests on: an interview, a report."`
}

var reportRisk = blueprint.Act(blueprint.Action{
	Name: "rights.report_risk", Group: "rights.write", Title: "Report a risk",
	Help: "Opens findings that people would be at risk in countries. From now on nobody is sent there or through there. " +
		"A country for which a finding stands is not reported twice.",
	Example:  "cairn rights report-risk --records ID --countries SUN --basis 'political opponent'",
	Appends:  []string{"rights.risk_found"},
	Resource: identity.ResourceOf(func(in *RiskInput) []string { return in.Records }),
}, func(w *blueprint.Work, in RiskInput) (Done, error) {
	if err := required("basis", in.Basis, "what is feared, and why"); err != nil {
		return Done{}, err
	}
	var countries []string
	for _, text := range in.Countries {
		code, err := country("countries", text)
		if err != nil {
			return Done{}, err
		}
		if !slices.Contains(countries, code) {
			countries = append(countries, code)
		}
	}
	if len(countries) == 0 {
		return Done{}, blueprint.RefuseField("countries", "name at least one country")
	}
	records, err := onRecords(w, in.Records)
	if err != nil {
		return Done{}, err
	}
	stand, err := findingsStanding(w, records)
	if err != nil {
		return Done{}, err
	}
	done := Done{Records: records}
	for _, r := range records {
		for _, c := range countries {
			if stand[r+" "+c] {
				done.Already++
				continue
			}
			id := w.NewID()
			done.IDs = append(done.IDs, id)
			w.Add(r, &RiskFound{Finding: id, Country: c, Basis: in.Basis, Source: in.Source})
		}
	}
	return done, nil
})

// findingsStanding gives "record country" of each finding that is not closed.
func findingsStanding(w *blueprint.Work, records []string) (map[string]bool, error) {
	out := map[string]bool{}
	err := w.Reader.In(w.Ctx, "SELECT record, country FROM rights_finding WHERE status <> 'unfounded' AND record IN (%s)", records,
		func(rows *sql.Rows) error {
			var record, code string
			err := rows.Scan(&record, &code)
			out[record+" "+code] = true
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read the findings that stand: %w", err)
	}
	return out, nil
}

// ReviewInput gives one person's word on findings.
type ReviewInput struct {
	Findings []string `json:"findings" required:"true" help:"Findings that are not closed."`
	Outcome  string   `json:"outcome" required:"true" help:"affirmed or unfounded."`
	Reason   string   `json:"reason" required:"true" help:"What it rests on."`
}

// Reviewed says how each finding stands now, in the order of the input.
type Reviewed struct {
	Findings []FindingStatus `json:"findings"`
}

// FindingStatus is how a finding stands.
type FindingStatus struct {
	Finding string `json:"finding"`
	Status  string `json:"status"`  // open, affirmed or unfounded
	Missing int    `json:"missing"` // how many more people must call it unfounded to close it
}

var reviewRisk = blueprint.Act(blueprint.Action{
	Name: "rights.review_risk", Group: "rights.write", Title: "Review a risk",
	Help: "Affirms findings, or calls them unfounded. One person opens a finding; two different people close it. " +
		"Affirming it sets aside what was said against it before.",
	Example:  "cairn rights review-risk --findings ID --outcome unfounded --reason 'mistaken identity'",
	Appends:  []string{"rights.risk_reviewed"},
	Resource: standingResource("finding", finderQuery, func(in *ReviewInput) []string { return in.Findings }),
}, func(w *blueprint.Work, in ReviewInput) (Reviewed, error) {
	if err := oneOf("outcome", in.Outcome, OutcomeAffirmed, OutcomeUnfounded); err != nil {
		return Reviewed{}, err
	}
	if err := required("reason", in.Reason, "what it rests on"); err != nil {
		return Reviewed{}, err
	}
	found, err := standing(w, "finding", finderQuery, in.Findings)
	if err != nil {
		return Reviewed{}, err
	}
	var out Reviewed
	for _, s := range found {
		f := finding{RiskFound: RiskFound{Finding: s.id}, status: s.words[0], finder: s.words[1]}
		if s.words[2] != "" {
			f.unfoundedBy = strings.Split(s.words[2], ",")
		}
		if refusal := f.mayReview(in.Outcome, w.Actor.ID); refusal != nil {
			return Reviewed{}, blueprint.Refuse(blueprint.Conflict, "%v", refusal)
		}
		f.review(in.Outcome, w.Actor.ID, w.Time.String())
		status := FindingStatus{Finding: s.id, Status: f.status}
		if f.status != statusUnfounded {
			status.Missing = 2 - len(f.unfoundedBy)
		}
		out.Findings = append(out.Findings, status)
		w.Add(s.record, &RiskReviewed{Finding: s.id, Outcome: in.Outcome, Reason: in.Reason})
	}
	return out, nil
})

// mayReview says what stands against a review; nil when nothing does.
func (f *finding) mayReview(outcome, actor string) error {
	switch {
	case f.status == statusUnfounded:
		return said.Errorf("finding %s is closed: report the risk anew if it is there again", f.Finding)
	case outcome == OutcomeUnfounded && slices.Contains(f.unfoundedBy, actor):
		return said.Errorf("you called finding %s unfounded already: a second person closes it", f.Finding)
	}
	return nil
}
