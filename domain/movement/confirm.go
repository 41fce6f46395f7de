package movement

import (
	"database/sql"
	"fmt"
	"slices"
	"time"

	"cairn/blueprint"
	"cairn/domain/cases"
)

// NoteInput is what a crew noted of one traveller.
type NoteInput struct {
	Record  string `json:"record" help:"The record."`
	Journey string `json:"journey" help:"The journey, where the list named it."`
	Did     string `json:"did" help:"boarded, absent or arrived."`
	Reason  string `json:"reason" help:"Of who is absent: what is known of why."`
	Noted   string `json:"noted" help:"When, by the clock of the crew's device, as 2026-05-03T07:30:00Z."`
}

// ConfirmInput is what a crew noted at a service.
type ConfirmInput struct {
	Service    string      `json:"service" required:"true" help:"The service."`
	Submission string      `json:"submission" required:"true" help:"A name for what is sent here, made up by the sender; sent again under the same name, it changes nothing."`
	Sent       string      `json:"sent" help:"When it is sent, by the clock of the crew's device."`
	Notes      []NoteInput `json:"notes" required:"true" help:"What was noted, in order: [{\"record\":\"ID\",\"did\":\"boarded\"}]."`
}

// ConfirmOut says whether this was sent before. What became of each note is shown by
// movement.confirmation.
type ConfirmOut struct {
	Again bool `json:"again"`
}

var confirm = blueprint.Act(blueprint.Action{
	Name: "movement.confirm", Group: "movement.board", Title: "Confirm what a crew noted",
	Help: "Records who boarded, did not come or arrived, as a crew noted it, perhaps long before it is sent. What the record says already " +
		"stays, what it contradicts is left as it is, and both are listed; whom safeguards refuse is not moved, with all of the same " +
		"journey. The same submission again records nothing.",
	Example: `cairn movement confirm --service ID --submission 7d1f… --notes '[{"record":"ID","did":"boarded"}]'`, Partial: true,
	Appends: []string{"movement.crew_confirmed", "movement.boarded", "movement.not_shown", "movement.departed", "movement.arrived",
		"cases.stage_reached"},
}, func(w *blueprint.Work, in ConfirmInput) (ConfirmOut, error) {
	if err := in.check(); err != nil {
		return ConfirmOut{}, err
	}
	var before int
	if err := w.QueryRow("SELECT COUNT(*) FROM movement_confirmation WHERE submission = $1", in.Submission).Scan(&before); err != nil {
		return ConfirmOut{}, fmt.Errorf("look for the submission: %w", err)
	}
	if before > 0 {
		return ConfirmOut{Again: true}, nil
	}
	if _, err := oneService(w, in.Service); err != nil {
		return ConfirmOut{}, err
	}
	crew, err := readCrew(w, in)
	if err != nil {
		return ConfirmOut{}, err
	}
	fact := &CrewConfirmed{Service: in.Service, Submission: in.Submission, Sent: in.Sent}
	for _, n := range in.Notes {
		fact.Notes = append(fact.Notes, crew.note(n))
	}
	w.AddTo("confirmation", w.NewID(), fact)
	return ConfirmOut{}, crew.draft(w)
})

const mostNotes, longestNote, longestID = 2000, 500, 64

// check refuses what no crew can have noted.
func (in ConfirmInput) check() error {
	if len(in.Submission) < 8 || len(in.Submission) > 64 {
		return blueprint.RefuseField("submission", "name the submission by 8 to 64 letters, such as a UUID")
	}
	if len(in.Notes) == 0 || len(in.Notes) > mostNotes {
		return blueprint.RefuseField("notes", "send 1 to %d notes at once", mostNotes)
	}
	for _, moment := range append([]string{in.Sent}, notedAt(in.Notes)...) {
		if _, err := time.Parse(time.RFC3339, moment); err != nil && moment != "" {
			return blueprint.RefuseField("notes", "time %q cannot be read: write it like 2026-05-03T07:30:00Z", moment)
		}
	}
	for _, n := range in.Notes {
		switch {
		case n.Did != NotedAboard && n.Did != NotedAbsent && n.Did != NotedArrived:
			return blueprint.RefuseField("notes", "%q cannot be noted of anybody: take boarded, absent or arrived", n.Did)
		case n.Did == NotedAbsent && blank(n.Reason):
			return blueprint.RefuseField("reason", "say what is known of why %s did not come", n.Record)
		case len(n.Record)+len(n.Journey) > 2*longestID:
			return blueprint.RefuseField("notes", "record %q or its journey is longer than any id: take both from the crew's list", n.Record)
		case len(n.Reason) > longestNote:
			return blueprint.RefuseField("reason", "the reason is longer than %d letters: shorten it", longestNote)
		}
	}
	return nil
}

func notedAt(notes []NoteInput) []string {
	out := make([]string, len(notes))
	for i, n := range notes {
		out[i] = n.Noted
	}
	return out
}

// noted is somebody on the service, as they stand there. leg is that of the service;
// earlier says that they come with the service before it and were not seen to arrive.
type noted struct {
	standing
	since   string
	earlier bool
	at      standing // as the tables have it
}

// crew is those of whom something was noted, and what is to be recorded of them.
type crew struct {
	people           []*noted
	came, boarded    []standing // came: with the service before
	absent           []absentee
	departed, landed []standing
}

// readCrew reads those on the service whom the notes name, and guards their journeys.
func readCrew(w *blueprint.Work, in ConfirmInput) (*crew, error) {
	named := map[string]bool{}
	for _, n := range in.Notes {
		named[n.Record] = true
	}
	found, err := blueprint.Collect(w, func(rows *sql.Rows) (*noted, error) {
		var p noted
		var status string
		var runs bool
		err := rows.Scan(&p.journey, &p.record, &p.service, &p.leg, &status, &p.at.status, &p.at.service, &p.at.leg, &p.since, &runs)
		p.at.journey, p.at.record, p.status = p.journey, p.record, status
		p.earlier = runs && p.at.leg+1 == p.leg && p.at.status == OnTheWay
		if p.at.leg < p.leg && !p.earlier {
			p.status = p.at.status // they are not at this service yet
			if p.status == Booked || p.status == Aboard || p.status == OnTheWay {
				p.status = notHere
			}
		}
		return &p, err
	}, `SELECT t.journey, t.record, l.service, l.leg, `+legStanding+`, t.status, t.service, t.leg, t.at, t.held > l.leg
		FROM movement_leg l JOIN movement_traveller t ON t.journey = l.journey WHERE l.service = $1 ORDER BY t.journey, t.record`, in.Service)
	if err != nil {
		return nil, fmt.Errorf("read who is on the service: %w", err)
	}
	c := &crew{people: slices.DeleteFunc(found, func(p *noted) bool { return !named[p.record] })}
	var here []standing
	for _, p := range c.people {
		here = append(here, p.standing)
	}
	return c, guardJourneys(w, here)
}

// notHere is where somebody stands who is still at an earlier service of the journey.
const notHere = "earlier"

// of finds whom a note is about: on the journey that it names, or else on one that
// goes on.
func (c *crew) of(n NoteInput) *noted {
	var out *noted
	for _, p := range c.people {
		if p.record == n.Record && (n.Journey == "" || n.Journey == p.journey) && (out == nil || live(p.status)) {
			out = p
		}
	}
	return out
}

// note decides on a note and remembers what is to be recorded.
func (c *crew) note(n NoteInput) Note {
	out := Note{Journey: n.Journey, Record: n.Record, Did: n.Did, Noted: n.Noted, Outcome: NoteUnknown}
	p := c.of(n)
	if p == nil {
		return out
	}
	out.Journey, out.Stood, out.Since, out.Outcome = p.journey, p.status, p.since, outcomeOf(n.Did, p.status)
	if out.Outcome != NoteRecorded {
		return out
	}
	switch n.Did {
	case NotedAboard:
		if p.earlier {
			c.came = append(c.came, p.at)
		}
		c.boarded = append(c.boarded, p.standing)
	case NotedAbsent:
		c.absent = append(c.absent, absentee{p.standing, n.Reason})
	case NotedArrived:
		if p.status == Aboard {
			c.departed = append(c.departed, p.standing)
		}
		c.landed = append(c.landed, p.standing)
	}
	p.status, p.since, p.earlier = follows(n.Did), n.Noted, false
	return out
}

// draft records it all, in the order in which it happened; each journey stands or
// falls as one.
func (c *crew) draft(w *blueprint.Work) error {
	ends, err := endsOf(w, append(slices.Clone(c.came), c.landed...))
	if err != nil {
		return err
	}
	arrived := func(g group) blueprint.Fact {
		return &Arrived{Service: g.service, Leg: g.leg, Stop: ends[g.service], Records: g.records}
	}
	for _, step := range []struct {
		who  []standing
		fact func(group) blueprint.Fact
	}{
		{c.came, arrived},
		{c.boarded, func(g group) blueprint.Fact { return &Boarded{Service: g.service, Leg: g.leg, Records: g.records} }},
		{c.departed, func(g group) blueprint.Fact { return &Departed{Service: g.service, Leg: g.leg, Records: g.records} }},
		{c.landed, arrived},
	} {
		if _, err := moveEach(w, step.who, "", step.fact); err != nil {
			return err
		}
	}
	absentFrom(w, c.absent)
	if err := reach(w, c.departed, cases.StageTravelling, firstLeg); err != nil {
		return err
	}
	return reach(w, c.landed, cases.StageArrived, lastLeg)
}
