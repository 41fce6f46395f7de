package movement

import (
	"database/sql"
	"fmt"
	"time"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/gate"
	"cairn/ledger"
)

// SubjectOpening is that somebody opened the papers of a service or a town's list.
const SubjectOpening = "papers"

// PapersOpened says that somebody read the documents and needs of everybody on a
// service, or who arrives in a town.
type PapersOpened struct {
	Service string `json:"service,omitempty"`
	Country string `json:"country,omitempty"` // alpha-3, with Town where no service is named
	Town    string `json:"town,omitempty"`
	Reason  string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*PapersOpened) Kind() string { return "movement.papers_opened" }

var openingTable = &fold.Table{Name: "movement_opening", Columns: []string{"opening", "service", "country", "town", "actor", "at", "reason"}}

var openingProjection = fold.New("movement.opening", SubjectOpening, []*fold.Table{openingTable}, []string{"movement.papers_opened"},
	func(s *fold.Fact, f fold.Fact) { *s = f }, func(subject string, f *fold.Fact) fold.Output {
		o := f.Value.(*PapersOpened)
		return fold.Output{Rows: []fold.Row{{Table: openingTable, Values: []any{subject, o.Service, o.Country, o.Town, f.Actor, f.Time.String(), o.Reason}}}}
	})

// OpenPapersInput says what is opened and why.
type OpenPapersInput struct {
	Service string `json:"service" required:"true" help:"The service whose papers are opened."`
	Reason  string `json:"reason" required:"true" help:"Why they are opened."`
}

// OpenArrivalsInput says whose arrivals are opened and why.
type OpenArrivalsInput struct {
	Country string `json:"country" required:"true" help:"The receiving country, by name or three letters."`
	Town    string `json:"town" help:"The town; all of the country unless told."`
	Reason  string `json:"reason" required:"true" help:"Why the list is opened."`
}

// PapersOpenedOut names the opening.
type PapersOpenedOut struct {
	Opening string `json:"opening"`
}

var openPapers = blueprint.Act(blueprint.Action{
	Name: "movement.open_papers", Group: "manifests.read", Title: "Open the papers of a service",
	Help:    "Records that you open the documents and needs of everybody on a service, and why.",
	Example: "cairn movement open-papers --service ID --reason 'boarding at gate 4'", Appends: []string{"movement.papers_opened"},
}, func(w *blueprint.Work, in OpenPapersInput) (PapersOpenedOut, error) {
	if blank(in.Reason) {
		return PapersOpenedOut{}, blueprint.RefuseField("reason", "say why the papers are opened")
	}
	if _, err := oneService(w, in.Service); err != nil {
		return PapersOpenedOut{}, err
	}
	id := w.NewID()
	w.Add(id, &PapersOpened{Service: in.Service, Reason: in.Reason})
	return PapersOpenedOut{id}, nil
})

var openArrivals = blueprint.Act(blueprint.Action{
	Name: "movement.open_arrivals", Group: "arrivals.read", Title: "Open a list of arrivals",
	Help:    "Records that you open the list of those who arrive in a country or town, and why.",
	Example: "cairn movement open-arrivals --country CAN --town Ottawa --reason 'rooms for Thursday'", Appends: []string{"movement.papers_opened"},
	Resource: blueprint.ResourceOf(func(w *blueprint.Work, in *OpenArrivalsInput) (gate.Resource, error) {
		return ofCountry(w, in.Country), nil
	}),
}, func(w *blueprint.Work, in OpenArrivalsInput) (PapersOpenedOut, error) {
	if blank(in.Reason) {
		return PapersOpenedOut{}, blueprint.RefuseField("reason", "say why the list is opened")
	}
	code, err := arrivingIn(in.Country)
	if err != nil {
		return PapersOpenedOut{}, err
	}
	id := w.NewID()
	w.Add(id, &PapersOpened{Country: code, Town: in.Town, Reason: in.Reason})
	return PapersOpenedOut{id}, nil
})

// arrivingIn reads the country of arrivals.
func arrivingIn(text string) (string, error) {
	code, err := countryOf(text)
	if err != nil {
		return "", blueprint.RefuseField("country", "%v", err)
	}
	return code, nil
}

// ofCountry is what the gate is asked about a country's arrivals: the list is this
// office's, and of concern to that country.
func ofCountry(w *blueprint.Work, text string) gate.Resource {
	code, _ := country(text)
	return gate.Resource{Type: "country", ID: code, Office: w.OfficeCode(), Country: code}
}

// OpenFor is how long an opening counts: longer than a working day.
const OpenFor = 12 * time.Hour

// opened refuses who has not said lately why they open the papers.
func opened(w *blueprint.Work, service, country, town, how string) error {
	since := (w.Time - ledger.Time(OpenFor.Microseconds())).String()
	var n int
	err := w.QueryRow(`SELECT COUNT(*) FROM movement_opening WHERE actor = $1 AND at >= $2 AND service = $3 AND country = $4 AND (town = $5 OR town = '')`,
		w.Actor.ID, since, service, country, town).Scan(&n)
	if err != nil {
		return fmt.Errorf("look for a recorded opening: %w", err)
	}
	if n == 0 {
		return blueprint.Refuse(blueprint.Denied, "say first why you open this: %s with a reason", how)
	}
	return nil
}

// OpeningsInput selects openings.
type OpeningsInput struct {
	Service string `json:"service" help:"Of this service."`
	Record  string `json:"record" help:"Of the services on which this record travelled or will."`
}

// Opening says that somebody opened papers.
type Opening struct {
	Service string `json:"service,omitempty"`
	Country string `json:"country,omitempty"`
	Town    string `json:"town,omitempty"`
	Actor   string `json:"actor"`
	At      string `json:"at"`
	Reason  string `json:"reason"`
}

var viewOpenings = blueprint.See(blueprint.View{
	Name: "movement.openings", Group: "movement.read", Title: "Who opened papers",
	Help:    "Lists who opened the papers of a service, or of all services of a traveller, and why: travellers may ask.",
	Example: "cairn movement openings --service ID",
}, func(w *blueprint.Work, in OpeningsInput) ([]Opening, error) {
	where, args := "1 = 1", []any{}
	switch {
	case in.Service != "":
		where, args = "o.service = $1", []any{in.Service}
	case in.Record != "":
		where, args = `o.service IN (SELECT l.service FROM movement_leg l JOIN movement_traveller t ON t.journey = l.journey WHERE t.record = $1)`, []any{in.Record}
	}
	found, err := blueprint.Collect(w, func(rows *sql.Rows) (Opening, error) {
		var o Opening
		err := rows.Scan(&o.Service, &o.Country, &o.Town, &o.Actor, &o.At, &o.Reason)
		return o, err
	}, "SELECT o.service, o.country, o.town, o.actor, o.at, o.reason FROM movement_opening o WHERE "+where+" ORDER BY o.at DESC, o.opening LIMIT 500", args...)
	if err != nil {
		return nil, fmt.Errorf("read the openings: %w", err)
	}
	return found, nil
})
