package cases

import (
	"slices"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/ledger"
	"cairn/value"
)

// Stages of a case, in order.
const (
	StageOpened     = "opened"
	StageAssessed   = "assessed"
	StageProposed   = "proposed"
	StageOffered    = "offered"
	StageAccepted   = "accepted"
	StageBooked     = "booked"
	StageTravelling = "travelling"
	StageArrived    = "arrived"
	StageClosed     = "closed"
)

// Who may have to act next.
const (
	NextCaseworker = "caseworker"
	NextPlacement  = "placement_officer"
	NextState      = "receiving_state"
	NextHousehold  = "household"
	NextMovement   = "movement_officer"
	NextEscort     = "escort"
)

// Outcomes of a closed case.
const (
	OutcomeSettled   = "settled"
	OutcomeWithdrawn = "withdrawn"
	OutcomeElsewhere = "moved_elsewhere"
	OutcomeDuplicate = "duplicate"
	OutcomeDeath     = "death"
	OutcomeOther     = "other"
)

// Stages lists the stages in order.
func Stages() []string {
	return []string{StageOpened, StageAssessed, StageProposed, StageOffered, StageAccepted, StageBooked,
		StageTravelling, StageArrived, StageClosed}
}

// Pathways lists what a case may ask for.
func Pathways() []string {
	return []string{"resettlement", "family_reunification", "labour_migration", "return", "evacuation", "protection"}
}

func outcomes() []string {
	return []string{OutcomeSettled, OutcomeWithdrawn, OutcomeElsewhere, OutcomeDuplicate, OutcomeDeath, OutcomeOther}
}

// usual is who acts next at a stage and within how many days; an office's own
// working rule, which every entry may depart from.
var usual = map[string]struct {
	next string
	days int
}{
	StageOpened:     {NextCaseworker, 14},
	StageAssessed:   {NextPlacement, 14},
	StageProposed:   {NextPlacement, 7},
	StageOffered:    {NextState, 21},
	StageAccepted:   {NextMovement, 14},
	StageBooked:     {NextMovement, 0},
	StageTravelling: {NextEscort, 0},
	StageArrived:    {NextCaseworker, 30},
}

// Reached drafts that a case reaches a stage at a time, with who usually acts next
// and until when.
func Reached(stage string, at time.Time, reason string) *StageReached {
	next, due := usually(stage, at)
	return &StageReached{Stage: stage, Next: next, Due: due, Reason: reason}
}

func usually(stage string, at time.Time) (next, due string) {
	u := usual[stage]
	if u.days > 0 {
		due = at.UTC().AddDate(0, 0, u.days).Format(time.DateOnly)
	}
	return u.next, due
}

// state is a case as its facts say.
type state struct {
	Opened
	stage, next, due string
	opened, closed   ledger.Time
	outcome          string
}

func step(s *state, f fold.Fact) {
	switch v := f.Value.(type) {
	case *Opened:
		s.Opened, s.opened = *v, f.Time
		s.stage, s.next, s.due = StageOpened, v.Next, v.Due
	case *Closed:
		s.stage, s.next, s.due, s.closed, s.outcome = StageClosed, "", "", f.Time, v.Outcome
	default:
		if to := reachedBy(f); to != nil && s.closed == 0 {
			s.stage, s.next, s.due = to.Stage, to.Next, to.Due
		}
	}
}

// reachedBy is the stage that a fact takes its case to; nil for none.
func reachedBy(f fold.Fact) *StageReached {
	switch v := f.Value.(type) {
	case *StageReached:
		return v
	case mover:
		return v.CaseStage()
	}
	return nil
}

// checkByHand decides whether staff may move a case to a stage by hand. What
// follows from a placement or a journey is reached only with it, past its safeguards.
func checkByHand(from, to, reason string) error {
	switch {
	case from == StageClosed:
		return blueprint.Refuse(blueprint.Conflict, "the case is closed: open a new one")
	case to != StageOpened && to != StageAssessed:
		return blueprint.RefuseField("stage", "a case is moved by hand to %s or %s; the other stages follow from its placement and journey", StageOpened, StageAssessed)
	case from != StageOpened && from != StageAssessed:
		return blueprint.Refuse(blueprint.Conflict, "the case is %s: refuse its placement or cancel its journey first", from)
	case to == StageOpened && strings.TrimSpace(reason) == "":
		return blueprint.RefuseField("reason", "say why the case goes back")
	}
	return nil
}

// checkClose decides whether a case may be closed. One that is under way is not
// closed: people may be on a train.
func checkClose(from, outcome, reason string) error {
	switch {
	case from == StageClosed:
		return blueprint.Refuse(blueprint.Conflict, "the case is closed already")
	case from == StageBooked || from == StageTravelling:
		return blueprint.Refuse(blueprint.Conflict, "the case is %s: cancel its journey first, or record the arrival", from)
	case !slices.Contains(outcomes(), outcome):
		return blueprint.RefuseField("outcome", "outcome %q is not known: take one of %s", outcome, strings.Join(outcomes(), ", "))
	case strings.TrimSpace(reason) == "":
		return blueprint.RefuseField("reason", "say why the case ends")
	}
	return nil
}

// person is one record that may become a member of a case.
type person struct {
	record, household, number string
	nationality               value.Country
	head, dead                bool
}

// membersOf decides who of each household belongs to its case. Of one person's
// records only the oldest that stands in a household counts; nobody who died does.
// of gives all records of the same person; homes are those of all these records.
func membersOf(people []person, of map[string][]string, homes map[string]string, dead map[string]bool) map[string][]person {
	out := map[string][]person{}
	for _, p := range people {
		records := of[p.record]
		if len(records) == 0 {
			records = []string{p.record}
		}
		oldest, died := "", p.dead
		for _, r := range records {
			died = died || dead[r]
			if homes[r] != "" && (oldest == "" || r < oldest) {
				oldest = r
			}
		}
		if !died && (oldest == "" || oldest == p.record) {
			out[p.household] = append(out[p.household], p)
		}
	}
	return out
}

// describe gives number and origin of a case: those of the head, or else of the first.
func describe(members []person) (number string, origin value.Country) {
	head := max(0, slices.IndexFunc(members, func(p person) bool { return p.head }))
	number, origin = members[head].number, members[head].nationality
	for _, m := range members {
		if origin == "" {
			origin = m.nationality
		}
	}
	return number, origin
}
