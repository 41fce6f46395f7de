// Package resettlement holds where people may go: reception places and quotas,
// plans that propose a place for each case, and the answers of staff, of the
// receiving state and of the household.
//
// Words:
//
//   - place: an offer of one locality for a time, with capacity in four dimensions:
//     people, school places, places for people with medical needs, large dwellings.
//     A dimension that an offer does not state is limited by its people only
//   - quota: how many people a country takes in a period
//   - plan: one answer of the engine place, with problem and result attached, so
//     that anybody can check its value and its bound again
//   - placement: a case's place: proposed by a plan, changed or refused by staff,
//     offered, then answered by the receiving state and by the household
//   - outcome: whether something came about for a household after its arrival, such as
//     paid work within 90 days; a model of outcomes is learnt from those of the past and
//     scores places where staff choose it
//
// A plan never decides: nothing is offered until somebody accepts it.
//
// Example:
//
//	office.Do(ctx, actor, "resettlement.propose", &resettlement.ProposeInput{Seed: 1}, …)
//	office.Do(ctx, actor, "resettlement.accept_plan", &resettlement.AcceptPlanInput{Plan: id}, …)
package resettlement

import (
	_ "embed"

	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/fold"
	"cairn/gate"
)

//go:embed tables.sql
var schema string

// The types of subject of this domain.
const (
	SubjectPlace = "place"
	SubjectQuota = "quota"
	SubjectPlan  = "plan"
	SubjectModel = "outcomemodel"
)

// Domain is what this domain hands over.
func Domain() blueprint.Domain {
	return blueprint.Domain{
		Name: "resettlement", Doc: "Reception places, quotas, plans, placements and the answers to offers.",
		Schema: schema,
		Subjects: []blueprint.Subject{
			{Name: SubjectPlace, Doc: "An offer of one locality for a time."},
			{Name: SubjectQuota, Doc: "How many people a country takes in a period."},
			{Name: SubjectPlan, Personal: true, Doc: "One answer of the engine, with its proof."},
			{Name: SubjectModel, Personal: true, Doc: "What was learnt from past placements."},
		},
		Kinds: []blueprint.Kind{
			blueprint.KindOf[PlaceOpened](SubjectPlace),
			blueprint.KindOf[CapacityChanged](SubjectPlace),
			blueprint.KindOf[PlaceWithdrawn](SubjectPlace),
			blueprint.KindOf[QuotaSet](SubjectQuota),
			blueprint.KindOf[PlanProposed](SubjectPlan),
			blueprint.KindOf[PlanStudied](SubjectPlan),
			blueprint.KindOf[PlanDecided](SubjectPlan),
			blueprint.KindOf[PlacementProposed](cases.SubjectCase).At(gate.StageProposal),
			blueprint.KindOf[PlacementChanged](cases.SubjectCase).At(gate.StageProposal),
			blueprint.KindOf[PlacementRefused](cases.SubjectCase),
			blueprint.KindOf[OfferMade](cases.SubjectCase),
			blueprint.KindOf[StateAnswered](cases.SubjectCase),
			blueprint.KindOf[HouseholdAnswered](cases.SubjectCase),
			blueprint.KindOf[OutcomeObserved](cases.SubjectCase),
			blueprint.KindOf[OutcomesFitted](SubjectModel),
		},
		Projections: []*fold.Projection{placeProjection, quotaProjection, planProjection, placementProjection, outcomeProjection, modelProjection},
		Actions: []blueprint.Action{openPlaces, importPlaces, changeCapacity, withdrawPlace, setQuota, propose, studyPlan,
			acceptPlan, accept, changePlacement, refusePlacement, answerForState, answerForHousehold, observeOutcomes, importOutcomes, fitOutcomes},
		Views: []blueprint.View{board, explain, viewPlace, placements, offers, viewPlan, viewScarce, viewWhatIf, viewModel},
		Travels: []blueprint.Travel{
			{Kind: "resettlement.placement_proposed", Trips: trips},
			{Kind: "resettlement.placement_changed", Trips: trips},
		},
		Checks: []blueprint.Check{{Name: "resettlement.plans", Run: checkPlans}},
	}
}
