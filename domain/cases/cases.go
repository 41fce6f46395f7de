// Package cases holds what a household asks for: its case, the pathway, the stages
// that it passes, who acts next and until when.
//
// Words:
//
//   - case: one household's way to a new home; members are the living people in it,
//     each by the oldest record where a person stands in several
//   - pathway: resettlement, family reunification, labour migration, return,
//     evacuation or protection
//   - stage: how far the case is; next is who acts next, due until when
//   - conflict: one person in two open cases
//
// Example:
//
//	office.Do(ctx, actor, "cases.open", &cases.OpenInput{AllWithoutCase: true}, …)
package cases

import (
	_ "embed"

	"cairn/blueprint"
	"cairn/fold"
)

//go:embed tables.sql
var schema string

// SubjectCase is the type of subject of a case.
const SubjectCase = "case"

// Domain is what this domain hands over.
func Domain() blueprint.Domain {
	return blueprint.Domain{
		Name: "cases", Doc: "Households' cases, their pathways, stages and due dates.",
		Schema:   schema,
		Subjects: []blueprint.Subject{{Name: SubjectCase, Personal: true, Doc: "One household's way to a new home."}},
		Kinds: []blueprint.Kind{
			blueprint.KindOf[Opened](SubjectCase),
			blueprint.KindOf[StageReached](SubjectCase),
			blueprint.KindOf[Closed](SubjectCase),
		},
		Projections: []*fold.Projection{caseProjection},
		Actions:     []blueprint.Action{openCases, reachStage, closeCases},
		Views:       []blueprint.View{listCases, caseFile, waiting, conflicts, ownCase},
	}
}
