// Package movement brings people to their new homes: services, journeys, manifests,
// departures and arrivals, and what is done when something goes wrong.
//
// Words:
//
//   - stop: a place where services call, known by its name and country
//   - service: one departure of one vehicle from one stop to the next, with seats
//     of kinds (seat, wheelchair, stretcher)
//   - journey: the services, its legs, that members of one case take together
//   - stranded: did not come, missed a connection, or a service does not run; such
//     a traveller holds no seat ahead and is booked anew, on a further journey
//   - papers: what is known of everybody on a service: documents, needs; who opens
//     them says why, and is on record
//   - note, submission: what a crew saw of one traveller; notes that a crew's device
//     sends together, perhaps long after. The same submission again changes nothing
//   - accounted for: a traveller is not while they should have arrived and were not
//     seen, or did not come, until somebody says what became of them; who is looked
//     for stays an alarm, with an owner
//
// A traveller is booked, boards, departs and arrives, leg by leg: nobody departs who
// has not boarded. A desk records each step; a manifest records boarding and departure
// of whole services at once. The safeguards are asked at booking, boarding and departure.
//
// Example:
//
//	office.Do(ctx, actor, "movement.propose", &movement.ProposeInput{Seed: 1}, …)
//	office.Do(ctx, actor, "movement.board", &movement.BoardInput{Service: id, All: true}, …)
//	office.Do(ctx, actor, "movement.depart", &movement.DepartInput{Service: id}, …)
package movement

import (
	_ "embed"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/gate"
)

//go:embed tables.sql
var schema string

// The types of subject of this domain.
const (
	SubjectService   = "service"
	SubjectRoutePlan = "routeplan"
	SubjectJourney   = "journey"
)

// Domain is what this domain hands over.
func Domain() blueprint.Domain {
	return blueprint.Domain{
		Name: "movement", Doc: "Services, journeys, manifests, departures and arrivals.",
		Schema: schema,
		Subjects: []blueprint.Subject{
			{Name: SubjectService, Doc: "One departure of one vehicle."},
			{Name: SubjectRoutePlan, Personal: true, Doc: "One answer of the engine, with its proof."},
			{Name: SubjectJourney, Personal: true, Doc: "How members of a case travel together."},
			{Name: SubjectOpening, Personal: true, Doc: "That somebody opened the papers of a service or a town's arrivals."},
			{Name: SubjectConfirmation, Personal: true, Doc: "What a crew noted at a service and sent together."},
		},
		Kinds: []blueprint.Kind{
			blueprint.KindOf[ServiceScheduled](SubjectService),
			blueprint.KindOf[ServiceCancelled](SubjectService),
			blueprint.KindOf[PlanProposed](SubjectRoutePlan),
			blueprint.KindOf[JourneyBooked](SubjectJourney).At(gate.StageBooking),
			blueprint.KindOf[Boarded](SubjectJourney).At(gate.StageBoarding),
			blueprint.KindOf[NotShown](SubjectJourney),
			blueprint.KindOf[Departed](SubjectJourney).At(gate.StageDeparture),
			blueprint.KindOf[Arrived](SubjectJourney),
			blueprint.KindOf[Missed](SubjectJourney),
			blueprint.KindOf[JourneyDisrupted](SubjectJourney),
			blueprint.KindOf[FollowedUp](SubjectJourney),
			blueprint.KindOf[JourneyCancelled](SubjectJourney),
			blueprint.KindOf[PapersOpened](SubjectOpening),
			blueprint.KindOf[CrewConfirmed](SubjectConfirmation),
		},
		Projections: []*fold.Projection{serviceProjection, planProjection, journeyProjection, openingProjection,
			confirmationProjection},
		Actions: []blueprint.Action{scheduleServices, importServices, cancelService, propose, book, rebook, cancelJourney,
			board, depart, boardAndDepart, arrive, recordMissed, followUp, openPapers, openArrivals, confirm},
		Views: []blueprint.View{viewBoard, viewService, viewManifest, viewLetter, viewMissing, viewJourney, viewFlows, viewCounts, explain,
			viewPapers, viewPAXLST, viewSpecial, viewTags, viewArrivals, viewOpenings, viewDrill, viewTight, viewCrew,
			viewConfirmation},
		Travels: []blueprint.Travel{
			{Kind: "movement.journey_booked", Trips: bookingTrips},
			{Kind: "movement.boarded", Trips: movingTrips(gate.StageBoarding)},
			{Kind: "movement.departed", Trips: movingTrips(gate.StageDeparture)},
		},
		Checks: []blueprint.Check{{Name: "movement.plans", Run: checkPlans}},
	}
}
