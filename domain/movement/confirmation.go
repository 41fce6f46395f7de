package movement

import (
	"fmt"
	"slices"

	"cairn/fold"
)

// SubjectConfirmation is what a crew noted at a service and sent together.
const SubjectConfirmation = "confirmation"

// What a crew can note of somebody.
const (
	NotedAboard  = "boarded"
	NotedAbsent  = "absent"
	NotedArrived = "arrived"
)

// What became of a note.
const (
	NoteRecorded = "recorded" // the record was changed, unless safeguards refused
	NoteAlready  = "already"  // the record said so before
	NoteConflict = "conflict" // the record says something else, and was left so
	NoteUnknown  = "unknown"  // they do not travel on the service
)

// Note is what a crew noted of one traveller. Why somebody did not come stands in the
// entry about them.
type Note struct {
	Journey string `json:"journey,omitempty"`
	Record  string `json:"record"`
	Did     string `json:"did"`
	// Noted is when, by the clock of the crew's device; "" where nobody said.
	Noted string `json:"noted,omitempty"`
	// Outcome and Stood are what became of it, and where the traveller stood then.
	Outcome string `json:"outcome"`
	Stood   string `json:"stood,omitempty"`
	Since   string `json:"since,omitempty"`
}

// CrewConfirmed is what a crew noted and sent together, whatever came of it. The
// submission is named by whoever sends it: the same again records nothing.
type CrewConfirmed struct {
	Service    string `json:"service"`
	Submission string `json:"submission"`
	Sent       string `json:"sent,omitempty"` // by the clock of the crew's device
	Notes      []Note `json:"notes"`
}

// Kind implements blueprint.Fact.
func (*CrewConfirmed) Kind() string { return "movement.crew_confirmed" }

var (
	confirmationTable = &fold.Table{Name: "movement_confirmation", Columns: []string{"confirmation", "submission", "service", "actor", "at"}}
	noteTable         = &fold.Table{Name: "movement_note", Columns: []string{"confirmation", "line", "journey", "record", "did", "noted",
		"outcome", "stood", "since"}}
)

var confirmationProjection = fold.New("movement.confirmation", SubjectConfirmation, []*fold.Table{confirmationTable, noteTable},
	[]string{"movement.crew_confirmed"}, func(s *fold.Fact, f fold.Fact) { *s = f }, func(subject string, f *fold.Fact) fold.Output {
		c := f.Value.(*CrewConfirmed)
		out := fold.Output{Rows: []fold.Row{{Table: confirmationTable, Values: []any{subject, c.Submission, c.Service, f.Actor, f.Time.String()}}},
			Claims: []fold.Claim{{Name: "submission:" + c.Submission, Amount: 1}}}
		for i, n := range c.Notes {
			out.Rows = append(out.Rows, fold.Row{Table: noteTable, Values: []any{subject, int64(i), n.Journey, n.Record, n.Did, n.Noted,
				n.Outcome, n.Stood, n.Since}})
		}
		return out
	})

// outcomeOf decides what a note does where the record has somebody stand, as far as
// the service is concerned. Who was seen to arrive has left.
func outcomeOf(did, stands string) string {
	switch {
	case slices.Contains(noteChanges[did], stands):
		return NoteRecorded
	case slices.Contains(noteAgrees[did], stands):
		return NoteAlready
	}
	return NoteConflict
}

// Where somebody stands whom a note moves on, and where it says what the record says.
var (
	noteChanges = map[string][]string{NotedAboard: {Booked}, NotedAbsent: {Booked, Aboard}, NotedArrived: {Aboard, OnTheWay}}
	noteAgrees  = map[string][]string{NotedAboard: {Aboard, OnTheWay, Home}, NotedAbsent: {NoShow}, NotedArrived: {Home}}
)

// follows is where a note that is recorded has somebody stand.
func follows(did string) string {
	switch did {
	case NotedAboard:
		return Aboard
	case NotedAbsent:
		return NoShow
	case NotedArrived:
		return Home
	}
	panic(fmt.Sprintf("nobody can note %q", did)) // ConfirmInput.check refuses it before
}
