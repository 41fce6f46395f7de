// Package rights holds what protects a person on the way: holds, findings of risk,
// care for those who need it, appeals, and what the safeguards refused.
//
// Words:
//
//   - hold: nobody moves the person while it is in force; its owner lifts it
//   - finding: that somebody would be at risk in a country. One person opens it; it
//     closes only when two different people call it unfounded
//   - fitness: a medical assessment for travel, which may run out
//   - protection: a guardian, a best-interests decision, an assessment of capacity
//   - appeal: one that suspends the departure stops it until decided or waived
//   - split: that somebody agrees that their household travels apart
//   - refusal: that a safeguard stopped a step, with the rule and what would open it
//
// What stands against one record stands against the person: facts for the gate are
// gathered over all records of the same person (identity.Members).
//
// Example:
//
//	office.Do(ctx, actor, "rights.place_hold", &rights.HoldInput{
//		Records: []string{record}, Category: "protection", Reason: "a witness"}, …)
package rights

import (
	_ "embed"

	"cairn/blueprint"
	"cairn/fold"
)

//go:embed tables.sql
var schema string

const subjectRecord = "record"

// Domain is what this domain hands over.
func Domain() blueprint.Domain {
	return blueprint.Domain{
		Name: "rights", Doc: "Holds, findings of risk, fitness, guardians, appeals, and what the safeguards refused.",
		Schema: schema,
		Kinds: []blueprint.Kind{
			blueprint.KindOf[HoldPlaced](subjectRecord),
			blueprint.KindOf[HoldLifted](subjectRecord),
			blueprint.KindOf[RiskFound](subjectRecord),
			blueprint.KindOf[RiskReviewed](subjectRecord),
			blueprint.KindOf[FitnessAssessed](subjectRecord),
			blueprint.KindOf[GuardianAppointed](subjectRecord),
			blueprint.KindOf[BestInterestsDecided](subjectRecord),
			blueprint.KindOf[CapacityAssessed](subjectRecord),
			blueprint.KindOf[AppealLodged](subjectRecord),
			blueprint.KindOf[AppealDecided](subjectRecord),
			blueprint.KindOf[AppealWaived](subjectRecord),
			blueprint.KindOf[SplitAgreed](subjectRecord),
			blueprint.KindOf[Refused](subjectRecord),
		},
		Projections: []*fold.Projection{protectionProjection, refusalProjection},
		Actions: []blueprint.Action{placeHold, liftHold, placeMedicalHold, liftMedicalHold, reportRisk, reviewRisk,
			assessFitness, appointGuardian, decideBestInterests, assessCapacity, lodgeAppeal, decideAppeal, waiveAppeal, agreeSplit},
		Views:   []blueprint.View{viewPerson, viewFitness, viewRefusals, viewHolds, viewFindings},
		Facts:   []blueprint.FactSource{{Name: "rights", Fill: Fill}},
		Refusal: recordRefusal,
	}
}

func recordRefusal(r blueprint.PersonRefusal) blueprint.Fact {
	refused := NewRefused(r.Stage, r.Trip, r.Decision, r.Refusals)
	refused.Unit = r.Unit
	return refused
}
