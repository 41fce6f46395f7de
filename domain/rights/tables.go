package rights

import (
	"strings"

	"cairn/fold"
)

var (
	holdTable = &fold.Table{Name: "rights_hold", Columns: []string{"record", "hold", "category", "owner", "reason", "until",
		"at", "lifted", "lifted_by", "lift_reason"}}
	findingTable = &fold.Table{Name: "rights_finding", Columns: []string{"record", "finding", "country", "basis", "source",
		"status", "finder", "at", "unfounded_by", "closed"}}
	fitnessTable    = &fold.Table{Name: "rights_fitness", Columns: []string{"record", "fit", "escort", "until", "actor", "at"}}
	protectionTable = &fold.Table{Name: "rights_protection", Columns: []string{"record", "what", "name", "outcome", "reason", "actor", "at"}}
	appealTable     = &fold.Table{Name: "rights_appeal", Columns: []string{"record", "appeal", "suspensive", "against", "at",
		"waived", "outcome", "decided"}}
	splitTable   = &fold.Table{Name: "rights_split", Columns: []string{"record", "household", "destination", "at"}}
	refusalTable = &fold.Table{Name: "rights_refusal", Columns: []string{"record", "at", "stage", "rule", "source", "says",
		"opens", "destination", "actor"}}
)

var protectionProjection = fold.New("rights.record", subjectRecord,
	[]*fold.Table{holdTable, findingTable, fitnessTable, protectionTable, appealTable, splitTable},
	[]string{"rights.hold_placed", "rights.hold_lifted", "rights.risk_found", "rights.risk_reviewed",
		"rights.fitness_assessed", "rights.guardian_appointed", "rights.best_interests_decided", "rights.capacity_assessed",
		"rights.appeal_lodged", "rights.appeal_decided", "rights.appeal_waived", "rights.split_agreed"},
	stepProtections, protectionRows)

func protectionRows(subject string, s *protections) fold.Output {
	var out fold.Output
	add := func(t *fold.Table, values ...any) {
		out.Rows = append(out.Rows, fold.Row{Table: t, Values: append([]any{subject}, values...)})
	}
	for _, h := range s.holds {
		add(holdTable, h.Hold, h.Category, h.Owner, h.Reason, h.Until, h.at, h.lifted, h.liftedBy, h.liftReason)
	}
	for _, f := range s.findings {
		add(findingTable, f.Finding, f.Country, f.Basis, f.Source, f.status, f.finder, f.at, strings.Join(f.unfoundedBy, ","), f.closed)
	}
	if s.fitness != nil {
		add(fitnessTable, s.fitness.Fit, s.fitness.Escort, s.fitness.Until, s.fitnessBy, s.fitnessAt)
	}
	for _, p := range s.protections {
		add(protectionTable, p.what, p.name, p.outcome, p.reason, p.actor, p.at)
	}
	for _, a := range s.appeals {
		suspensive := int64(0)
		if a.Suspensive {
			suspensive = 1
		}
		add(appealTable, a.Appeal, suspensive, a.Against, a.at, a.waived, a.outcome, a.decided)
	}
	for _, p := range s.splits {
		add(splitTable, p.household, p.destination, p.at)
	}
	return out
}

var refusalProjection = fold.New("rights.refusal", subjectRecord, []*fold.Table{refusalTable}, []string{"rights.refused"},
	func(s *[]fold.Fact, f fold.Fact) { *s = append(*s, f) },
	func(subject string, s *[]fold.Fact) fold.Output {
		var out fold.Output
		for _, f := range *s {
			v := f.Value.(*Refused)
			destination := ""
			if v.Trip != nil {
				destination = v.Trip.Destination
			}
			for _, r := range v.Refusals {
				out.Rows = append(out.Rows, fold.Row{Table: refusalTable, Values: []any{subject, f.Time.String(), v.Stage, r.Rule,
					strings.Join(r.Sources, " "), r.Says, r.Opens, destination, f.Actor}})
			}
		}
		return out
	})
