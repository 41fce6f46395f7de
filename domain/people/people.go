// Package people holds the people whom the agency serves: registration records,
// households, consents, lists that were imported, and who opened whose file.
//
// Words:
//
//   - record: what one registration says about one person; two records may turn
//     out to be the same person (package identity), so a record is never merged
//   - household: people who are registered and travel together; a record belongs
//     to at most one, which a claim keeps
//   - number: the short number on the printed slip, unique, with check characters
//   - importing: one list taken over, known by the digest of its file, so that the
//     same file taken over again changes nothing
//   - opening: that somebody opened a person's file, and why
//
// Example:
//
//	office.Do(ctx, actor, "people.register", &people.RegisterInput{
//		Person: people.Person{Name: "Kovács, János", Birth: "3.5.1956"}, Site: "Traiskirchen"}, …)
package people

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
		Name: "people", Doc: "Registration of people and households, consents and imported lists.",
		Schema: schema,
		Subjects: []blueprint.Subject{
			{Name: SubjectRecord, Personal: true, Doc: "What one registration says about one person."},
			{Name: SubjectHousehold, Personal: true, Doc: "People who are registered and travel together."},
			{Name: SubjectOpening, Personal: true, Doc: "That somebody opened a person's file."},
			{Name: SubjectImporting, Doc: "One list that was taken over."},
		},
		Kinds: []blueprint.Kind{
			blueprint.KindOf[RecordRegistered](SubjectRecord),
			blueprint.KindOf[RecordCorrected](SubjectRecord),
			blueprint.KindOf[DeathRecorded](SubjectRecord),
			blueprint.KindOf[ConsentGiven](SubjectRecord),
			blueprint.KindOf[ConsentWithdrawn](SubjectRecord),
			blueprint.KindOf[HouseholdFormed](SubjectHousehold),
			blueprint.KindOf[MemberJoined](SubjectHousehold),
			blueprint.KindOf[MemberLeft](SubjectHousehold),
			blueprint.KindOf[FileOpened](SubjectOpening),
			blueprint.KindOf[ListImported](SubjectImporting),
		},
		Projections: []*fold.Projection{recordProjection, householdProjection, openingProjection, importingProjection},
		Actions: []blueprint.Action{register, correct, recordBirth, recordDeath, splitHousehold, joinHousehold,
			giveConsent, withdrawConsent, openFile, importList},
		Views:   []blueprint.View{searchPeople, personFile, viewHousehold, likelyDoubles, listImports, counts, slip},
		Numbers: numbersOf, Dependents: openingsOf,
	}
}
