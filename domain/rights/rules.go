package rights

import (
	"slices"

	"cairn/fold"
)

// What a finding of risk amounts to.
const (
	statusOpen      = "open"
	statusAffirmed  = OutcomeAffirmed
	statusUnfounded = OutcomeUnfounded
)

type hold struct {
	HoldPlaced
	at, lifted, liftedBy, liftReason string
}

type finding struct {
	RiskFound
	status, finder, at, closed string
	unfoundedBy                []string
}

type protection struct {
	what, name, outcome, reason, actor, at string
}

// What stands in the table of protections, with what its name and outcome mean.
const (
	protectGuardian      = "guardian"       // who; present, or nothing
	protectBestInterests = "best_interests" // country; in_favour or against
	protectCapacity      = "capacity"       // nothing; able or not_able; reason holds the representative

	guardianPresent = "present"
	capacityAble    = "able"
	capacityNotAble = "not_able"
)

type appeal struct {
	AppealLodged
	at, waived, outcome, decided string
}

type split struct{ household, destination, at string }

// protections is what a record's entries about rights amount to.
type protections struct {
	holds       []hold
	findings    []finding
	fitness     *FitnessAssessed
	fitnessBy   string
	fitnessAt   string
	protections []protection
	appeals     []appeal
	splits      []split
}

func stepProtections(s *protections, f fold.Fact) {
	at := f.Time.String()
	switch v := f.Value.(type) {
	case *HoldPlaced:
		s.holds = append(s.holds, hold{HoldPlaced: *v, at: at})
	case *HoldLifted:
		for i := range s.holds {
			if h := &s.holds[i]; h.Hold == v.Hold && h.lifted == "" {
				h.lifted, h.liftedBy, h.liftReason = at, f.Actor, v.Reason
			}
		}
	case *RiskFound:
		s.findings = append(s.findings, finding{RiskFound: *v, status: statusOpen, finder: f.Actor, at: at})
	case *RiskReviewed:
		for i := range s.findings {
			if s.findings[i].Finding == v.Finding {
				s.findings[i].review(v.Outcome, f.Actor, at)
			}
		}
	case *FitnessAssessed:
		s.fitness, s.fitnessBy, s.fitnessAt = v, f.Actor, at
	case *SplitAgreed:
		if !slices.ContainsFunc(s.splits, func(old split) bool { return old.household == v.Household && old.destination == v.Destination }) {
			s.splits = append(s.splits, split{v.Household, v.Destination, at})
		}
	default:
		s.stepCare(f, at)
	}
}

func (s *protections) stepCare(f fold.Fact, at string) {
	switch v := f.Value.(type) {
	case *GuardianAppointed:
		p := protection{what: protectGuardian, name: v.Guardian, reason: v.Relation, actor: f.Actor, at: at}
		if v.Present {
			p.outcome = guardianPresent
		}
		s.protect(p)
	case *BestInterestsDecided:
		s.protect(protection{protectBestInterests, v.Destination, v.Outcome, v.Reason, f.Actor, at})
	case *CapacityAssessed:
		p := protection{what: protectCapacity, outcome: capacityNotAble, reason: v.Representative, actor: f.Actor, at: at}
		if v.Able {
			p.outcome = capacityAble
		}
		s.protect(p)
	case *AppealLodged:
		s.appeals = append(s.appeals, appeal{AppealLodged: *v, at: at})
	case *AppealDecided:
		for i := range s.appeals {
			if a := &s.appeals[i]; a.Appeal == v.Appeal {
				a.outcome, a.decided = v.Outcome, at
			}
		}
	case *AppealWaived:
		for i := range s.appeals {
			if a := &s.appeals[i]; a.Appeal == v.Appeal && a.waived == "" {
				a.waived = at
			}
		}
	}
}

// review enters one person's word. "Opened by one, closed by two": a finding closes
// when two different people have called it unfounded since it was last affirmed.
func (f *finding) review(outcome, actor, at string) {
	switch {
	case f.status == statusUnfounded:
	case outcome == OutcomeAffirmed:
		f.status, f.unfoundedBy = statusAffirmed, nil
	case !slices.Contains(f.unfoundedBy, actor):
		f.unfoundedBy = append(f.unfoundedBy, actor)
		if len(f.unfoundedBy) >= 2 {
			f.status, f.closed = statusUnfounded, at
		}
	}
}

// protect keeps the newest protection of each name.
func (s *protections) protect(p protection) {
	s.protections = slices.DeleteFunc(s.protections, func(old protection) bool { return old.what == p.what && old.name == p.name })
	s.protections = append(s.protections, p)
}

// inForce says whether a hold counts on a day (YYYY-MM-DD).
func inForce(lifted, until, today string) bool {
	return lifted == "" && (until == "" || until >= today)
}
