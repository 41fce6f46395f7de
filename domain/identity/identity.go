// Package identity holds which records are the same person.
//
// Words:
//
//   - suspicion: two records that the engine takes, perhaps, for one person
//   - decision: that somebody judged a pair to be the same person, or different
//     people; it stands on both records until it is undone
//   - person: all records held together by standing decisions "same"; records are
//     never merged, so that an undone decision leaves nothing behind
//   - contest: that a person says a decision about them is wrong; somebody other
//     than who took the decision answers it
//
// The engine suggests and a person decides. What stands against one record of a
// person stands against all of them, so other domains ask for Members.
//
// Example:
//
//	office.Do(ctx, actor, "identity.find_doubles", &identity.FindInput{}, …)
//	office.Do(ctx, actor, "identity.judge_same", &identity.JudgeInput{Suspicions: []string{id}}, …)
//	persons, err := identity.Members(w, records)
package identity

import (
	_ "embed"

	"cairn/blueprint"
	"cairn/fold"
)

//go:embed tables.sql
var schema string

// Domain is what this domain hands over.
func Domain() blueprint.Domain {
	return blueprint.Domain{
		Name: "identity", Doc: "Which records are the same person: suspicions, decisions, undoing and contesting them.",
		Schema: schema,
		Subjects: []blueprint.Subject{
			{Name: subjectSuspicion, Personal: true, Doc: "Two records that may be one person."},
			{Name: subjectRun, Personal: true, Doc: "One search for doubles in the register."},
		},
		Kinds: []blueprint.Kind{
			blueprint.KindOf[JudgedSame](subjectRecord),
			blueprint.KindOf[JudgedDifferent](subjectRecord),
			blueprint.KindOf[JudgementUndone](subjectRecord),
			blueprint.KindOf[MatchContested](subjectRecord),
			blueprint.KindOf[ContestAnswered](subjectRecord),
			blueprint.KindOf[DoublesSuspected](subjectSuspicion),
			blueprint.KindOf[LinkRun](subjectRun),
		},
		Dependents:  suspicionsOf,
		Projections: []*fold.Projection{linkProjection, suspicionProjection, runProjection},
		Actions:     []blueprint.Action{findDoubles, judgeSame, judgeDifferent, undo, contest, answerContest},
		Views:       []blueprint.View{lookUp, queue, compare, viewPerson, decisions, contests, counts, quality},
	}
}
