package movement

import (
	"slices"

	"cairn/blueprint"
	"cairn/domain/cases"
)

// ManifestsInput says who goes with services that leave, each by its manifest.
type ManifestsInput struct {
	Services []string `json:"services" required:"true" help:"The services that leave."`
	NoShows  []Absent `json:"no_shows" help:"Who did not come, on any of them: [{\"record\":\"ID\",\"reason\":\"ill\"}]; everybody else boarded."`
}

var boardAndDepart = blueprint.Act(blueprint.Action{
	Name: "movement.board_and_depart", Group: "movement.board", Title: "Board and depart by manifest",
	Help: "Records of one or more services that everybody on the manifest boarded, but for the no-shows, and that the services leave. " +
		"Who was on the way there with an earlier service has thereby arrived at the connection: nobody need record that. " +
		"Whom safeguards refuse stays where they are and does not leave, with all of the same journey: take them off as no-shows.",
	Example: "cairn movement board-and-depart --services ID,ID", Partial: true,
	Appends: []string{"movement.departed", "movement.not_shown", "cases.stage_reached"},
}, func(w *blueprint.Work, in ManifestsInput) (Moved, error) {
	found, err := onServices(w, in.Services)
	if err != nil {
		return Moved{}, err
	}
	connecting, err := connectingTo(w, in.Services)
	if err != nil {
		return Moved{}, err
	}
	found = append(withStatus(found, Booked, Aboard), connecting...)
	absent, err := absentees(w, found, in.NoShows)
	if err != nil {
		return Moved{}, err
	}
	absentFrom(w, absent)
	leaving := slices.DeleteFunc(found, func(t standing) bool {
		return slices.ContainsFunc(absent, func(a absentee) bool { return a.standing == t })
	})
	if len(leaving)+len(absent) == 0 {
		return Moved{}, blueprint.Refuse(blueprint.Conflict, "nobody is booked on these services: there is nothing to record")
	}
	out, err := moveEach(w, leaving, "", func(g group) blueprint.Fact {
		return &Departed{Service: g.service, Leg: g.leg, Records: g.records, Boarded: true}
	})
	if err != nil {
		return Moved{}, err
	}
	out.NoShows = len(absent)
	return out, reach(w, leaving, cases.StageTravelling, firstLeg)
})

// onServices reads the travellers whose present or next service is one of these, and
// guards services and journeys. It refuses a service that is cancelled or not here.
func onServices(w *blueprint.Work, ids []string) ([]standing, error) {
	if len(ids) == 0 {
		return nil, blueprint.RefuseField("services", "name at least one service")
	}
	services, err := servicesByID(w, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if why := services[id].cancelled; why != "" {
			return nil, blueprint.Refuse(blueprint.Conflict, "service %s is cancelled, leave it out: %s", id, why)
		}
	}
	return readStandings(w, standingColumns+" WHERE service IN (%s) ORDER BY service, journey, record", distinct(ids))
}

// connectingTo reads the travellers who are on the way on the leg before one of these
// services, as they will stand there, and guards their journeys. Whoever lost the seat
// ahead is not among them.
func connectingTo(w *blueprint.Work, services []string) ([]standing, error) {
	// A CROSS JOIN has SQLite begin with the services, not with all who are on the way.
	return readStandings(w, `SELECT t.journey, t.record, t.status, l.service, l.leg FROM movement_leg l CROSS JOIN movement_traveller t
		WHERE t.journey = l.journey AND t.leg + 1 = l.leg AND t.held > l.leg AND t.status = '`+OnTheWay+`'
		AND l.service IN (%s) ORDER BY l.service, t.journey, t.record`, distinct(services))
}

// distinct sorts texts and drops doubles.
func distinct(texts []string) []string { return slices.Compact(slices.Sorted(slices.Values(texts))) }
