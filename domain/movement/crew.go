package movement

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/gate"
	"cairn/value/said"
)

// CrewMember is one traveller on a crew's list: what boarding needs, no more. It has
// neither documents nor a date of birth.
type CrewMember struct {
	Order   int      `json:"order"`
	Record  string   `json:"record"`
	Journey string   `json:"journey"`
	Number  string   `json:"number"`
	Name    string   `json:"name"`
	Seat    string   `json:"seat"`
	Needs   []string `json:"needs,omitempty"`
	Status  string   `json:"status"`
}

// CrewParty is those who travel together.
type CrewParty struct {
	Number string       `json:"number"` // of the case
	People []CrewMember `json:"people"`
}

// CrewList is a service's list for its crew, party by party in boarding order.
type CrewList struct {
	ServiceRow
	Parties []CrewParty `json:"parties"`
	People  int         `json:"people"`
}

var viewCrew = blueprint.See(blueprint.View{
	Name: "movement.crew", Group: "manifests.read", Title: "The crew's list",
	Help: "Lists who boards and arrives with a service, with what a crew needs to know: name, number, seat and needs. A console can keep " +
		"it on a phone for a while. Say first why you open it: movement.open_papers.",
	Example: "cairn movement crew --service ID",
}, func(w *blueprint.Work, in ServiceViewInput) (CrewList, error) {
	if err := opened(w, in.Service, "", "", "movement.open_papers with service "+in.Service); err != nil {
		return CrewList{}, err
	}
	manifest, err := readManifest(w, in.Service)
	if err != nil {
		return CrewList{}, err
	}
	out := CrewList{ServiceRow: manifest.ServiceRow, Parties: []CrewParty{}, People: len(manifest.Passengers)}
	numbers, err := caseNumbers(w, manifest.Passengers)
	if err != nil {
		return CrewList{}, err
	}
	last := ""
	for _, p := range manifest.Passengers {
		if p.Journey != last {
			out.Parties, last = append(out.Parties, CrewParty{Number: numbers[p.Case]}), p.Journey
		}
		at := &out.Parties[len(out.Parties)-1]
		at.People = append(at.People, CrewMember{p.Order, p.Record, p.Journey, p.Number, p.Name, p.Seat, p.Needs, p.Status})
	}
	return out, nil
})

// caseNumbers reads the numbers of the passengers' cases.
func caseNumbers(w *blueprint.Work, passengers []Passenger) (map[string]string, error) {
	var ids []string
	for _, p := range passengers {
		ids = append(ids, p.Case)
	}
	out := map[string]string{}
	err := w.Reader.In(w.Ctx, "SELECT case_id, number FROM cases_case WHERE case_id IN (%s)", distinct(ids), func(rows *sql.Rows) error {
		var id, number string
		err := rows.Scan(&id, &number)
		out[id] = number
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the numbers of the cases: %w", err)
	}
	return out, nil
}

// ConfirmationInput names what was sent.
type ConfirmationInput struct {
	Submission string `json:"submission" required:"true" help:"The name under which the notes were sent."`
}

// NoteResult is what became of a note.
type NoteResult struct {
	Note
	Now string `json:"now"` // where they stand on the service
	// Says is what the crew must know; empty where all is well.
	Says said.Sentence `json:"says"`
	// Refusals are the rules that hold them, or somebody of their journey, back.
	Refusals []gate.Refusal `json:"refusals,omitempty"`
}

// Confirmation is what became of what a crew sent.
type Confirmation struct {
	Submission string       `json:"submission"`
	Service    string       `json:"service"`
	At         string       `json:"at"`
	Notes      []NoteResult `json:"notes"`
}

var viewConfirmation = blueprint.See(blueprint.View{
	Name: "movement.confirmation", Group: "movement.read", Title: "What became of a crew's notes",
	Help:    "Shows, of each note that was sent together, what was recorded, what contradicted the record and what safeguards refused.",
	Example: "cairn movement confirmation --submission 7d1f…",
}, func(w *blueprint.Work, in ConfirmationInput) (Confirmation, error) {
	out := Confirmation{Submission: in.Submission, Notes: []NoteResult{}}
	var id, actor string
	err := w.QueryRow("SELECT confirmation, service, actor, at FROM movement_confirmation WHERE submission = $1", in.Submission).
		Scan(&id, &out.Service, &actor, &out.At)
	if err != nil {
		return out, blueprint.Refuse(blueprint.NotFound, "nothing was sent under the name %q", in.Submission)
	}
	out.Notes, err = blueprint.Collect(w, func(rows *sql.Rows) (NoteResult, error) {
		var n NoteResult
		err := rows.Scan(&n.Journey, &n.Record, &n.Did, &n.Noted, &n.Outcome, &n.Stood, &n.Since, &n.Now)
		return n, err
	}, `SELECT n.journey, n.record, n.did, n.noted, n.outcome, n.stood, n.since, COALESCE((SELECT `+legStanding+`
		FROM movement_leg l JOIN movement_traveller t ON t.journey = l.journey
		WHERE l.service = $1 AND l.journey = n.journey AND t.record = n.record), '')
		FROM movement_note n WHERE n.confirmation = $2 ORDER BY n.line`, out.Service, id)
	if err != nil {
		return out, fmt.Errorf("read the notes: %w", err)
	}
	held, err := heldBack(w, out, actor)
	if err != nil {
		return out, err
	}
	for i := range out.Notes {
		out.Notes[i].explain(held)
	}
	return out, nil
})

// heldBack reads the rules that refused somebody of the notes, or of their journeys,
// when they were sent or later, by journey.
func heldBack(w *blueprint.Work, c Confirmation, actor string) (map[string][]gate.Refusal, error) {
	var journeys []string
	for _, n := range c.Notes {
		if n.Outcome == NoteRecorded && outcomeOf(n.Did, n.Now) != NoteAlready {
			journeys = append(journeys, n.Journey)
		}
	}
	out := map[string][]gate.Refusal{}
	if len(journeys) == 0 {
		return out, nil
	}
	of := map[string][]string{} // journeys by record
	var records []string
	err := w.Reader.In(w.Ctx, "SELECT journey, record FROM movement_traveller WHERE journey IN (%s)", distinct(journeys), func(rows *sql.Rows) error {
		var journey, record string
		err := rows.Scan(&journey, &record)
		of[record], records = append(of[record], journey), append(records, record)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read who is on the journeys: %w", err)
	}
	err = w.Reader.In(w.Ctx, "SELECT record, at, stage, actor, rule, says, opens FROM rights_refusal WHERE record IN (%s) ORDER BY record, at, rule",
		distinct(records), func(rows *sql.Rows) error {
			var record, at, stage, by string
			var r gate.Refusal
			if err := rows.Scan(&record, &at, &stage, &by, &r.Rule, &r.Says, &r.Opens); err != nil {
				return err
			}
			if at < c.At || by != actor || stage != gate.StageBoarding && stage != gate.StageDeparture {
				return nil
			}
			for _, journey := range of[record] {
				if !slices.ContainsFunc(out[journey], func(x gate.Refusal) bool { return x.Rule == r.Rule }) {
					out[journey] = append(out[journey], r)
				}
			}
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("read what safeguards refused: %w", err)
	}
	return out, nil
}

// minuteOf shortens a moment for readers.
func minuteOf(at string) string {
	if len(at) < len("2026-05-03T07:30") {
		return at
	}
	return strings.Replace(at[:len("2026-05-03T07:30")], "T", " ", 1) + " UTC"
}

// explain says what the crew must know of a note.
func (n *NoteResult) explain(held map[string][]gate.Refusal) {
	switch {
	case n.Outcome == NoteUnknown:
		n.Says = said.Say("they do not travel on this service, or not any more: tell the office")
	case n.Outcome == NoteAlready:
		n.Says = said.Say("the record said so already, since %s", minuteOf(n.Since))
	case n.Outcome == NoteConflict && n.Stood == notHere:
		n.Says = said.Say("the record has them on an earlier service of their journey: nothing was changed, tell the office")
	case n.Outcome == NoteConflict && n.Did == NotedArrived && n.Stood == Booked:
		n.Says = said.Say("nobody recorded that they boarded: record that first, then the arrival")
	case n.Outcome == NoteConflict:
		n.Says = said.Say("the record says otherwise since %s (%s): nothing was changed, tell the office", minuteOf(n.Since), n.Stood)
	case outcomeOf(n.Did, n.Now) == NoteAlready:
		n.Says = said.Sentence{}
	case len(held[n.Journey]) > 0:
		n.Says, n.Refusals = said.Say("a safeguard holds them back, or somebody whom they travel with: nothing was recorded"), held[n.Journey]
	default:
		n.Says = said.Say("the record has changed since: it says %s now", n.Now)
	}
}
