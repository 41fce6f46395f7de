package movement

import (
	"slices"

	"cairn/fold"
	"cairn/ledger"
)

// Where a traveller stands.
const (
	Booked    = "booked"    // waits for the next service
	Aboard    = "boarded"   // on it, before it leaves
	OnTheWay  = "departed"  // left, not yet seen at the other end
	Home      = "arrived"   // at the end of the last leg
	NoShow    = "no_show"   // did not come
	TooLate   = "missed"    // came too late for a connection
	Disrupted = "disrupted" // a service of the journey does not run
	Cancelled = "cancelled" // does not travel on this journey
)

// Travelling is the status of a journey that is under way.
const Travelling = "travelling"

// live says that somebody goes on with the journey, or has ended it well.
func live(status string) bool {
	return slices.Contains([]string{Booked, Aboard, OnTheWay, Home}, status)
}

// stranded says that somebody cannot go on until booked anew.
func stranded(status string) bool {
	return status == NoShow || status == TooLate || status == Disrupted
}

// passenger is a traveller as the facts say. Leg is the one that is travelled or
// comes next.
type passenger struct {
	Traveller
	status, reason string
	leg            int
	at             ledger.Time
	followed, next string
	owner          string // of what is done next
	open           bool   // not accounted for although it is followed up
}

// journey is a journey as its facts say.
type journey struct {
	JourneyBooked
	people []passenger
	// cut is the first leg that does not run; len(Legs) when all do.
	cut int
}

func stepJourney(s *journey, f fold.Fact) {
	switch v := f.Value.(type) {
	case *JourneyBooked:
		s.book(v, f.Time)
	case *Boarded:
		s.move(f.Time, v.Records, v.Leg, Booked, Aboard)
	case *Departed:
		s.move(f.Time, v.Records, v.Leg, Aboard, OnTheWay)
		if v.Boarded {
			s.connect(f.Time, v.Records, v.Leg)
			s.move(f.Time, v.Records, v.Leg, Booked, OnTheWay)
		}
	case *Arrived:
		s.arrive(f.Time, v)
	case *NotShown:
		s.connect(f.Time, v.Records, v.Leg)
		s.strand(f.Time, v.Records, v.Leg, NoShow, v.Reason, Booked, Aboard)
	case *Missed:
		s.strand(f.Time, v.Records, v.Leg, TooLate, v.Reason, Booked)
	case *JourneyDisrupted:
		s.disrupt(f.Time, v)
	case *FollowedUp:
		s.each(v.Records, func(p *passenger) {
			p.followed, p.next, p.open, p.owner = v.Reason, v.Next, v.Open, orElse(v.Owner, f.Actor)
		})
	case *JourneyCancelled:
		s.each(v.Records, func(p *passenger) {
			if p.status != OnTheWay && p.status != Home {
				p.set(f.Time, Cancelled, v.Reason)
			}
		})
	}
}

func (p *passenger) set(at ledger.Time, status, reason string) {
	p.status, p.reason, p.at, p.followed, p.next, p.owner, p.open = status, reason, at, "", "", "", false
}

func (s *journey) book(v *JourneyBooked, at ledger.Time) {
	if len(s.Legs) > 0 {
		return
	}
	s.JourneyBooked, s.cut = *v, len(v.Legs)
	for _, t := range v.Travellers {
		s.people = append(s.people, passenger{Traveller: t, status: Booked, at: at})
	}
}

func (s *journey) each(records []string, change func(*passenger)) {
	for i := range s.people {
		if slices.Contains(records, s.people[i].Record) {
			change(&s.people[i])
		}
	}
}

func (s *journey) move(at ledger.Time, records []string, leg int, from, to string) {
	s.each(records, func(p *passenger) {
		if p.leg == leg && p.status == from {
			p.set(at, to, "")
		}
	})
}

func (s *journey) strand(at ledger.Time, records []string, leg int, to, reason string, from ...string) {
	s.each(records, func(p *passenger) {
		if p.leg == leg && slices.Contains(from, p.status) {
			p.set(at, to, reason)
		}
	})
}

// connect has those who are on the way to a leg's first stop wait there: they were
// seen there, or they were missed there.
func (s *journey) connect(at ledger.Time, records []string, leg int) {
	s.each(records, func(p *passenger) {
		if p.leg+1 == leg && leg < s.cut && p.status == OnTheWay {
			p.leg = leg
			p.set(at, Booked, "")
		}
	})
}

// arrive ends the journey after the last leg. Where the next leg does not run, the
// traveller is stranded at the stop.
func (s *journey) arrive(at ledger.Time, v *Arrived) {
	s.each(v.Records, func(p *passenger) {
		switch {
		case p.leg != v.Leg || p.status != OnTheWay:
		case p.leg+1 == len(s.Legs):
			p.set(at, Home, "")
		case p.leg+1 >= s.cut:
			p.leg++
			p.set(at, Disrupted, "")
		default:
			p.leg++
			p.set(at, Booked, "")
		}
	})
}

// disrupt strands everybody who has not left yet; who is on the way goes on to the
// end of their leg.
func (s *journey) disrupt(at ledger.Time, v *JourneyDisrupted) {
	s.cut = min(s.cut, max(v.Leg, 0))
	for i := range s.people {
		if p := &s.people[i]; (p.status == Booked || p.status == Aboard) && p.leg <= v.Leg {
			p.set(at, Disrupted, v.Reason)
		}
	}
}

// held is how many legs, from the first, keep a seat for the passenger: those that
// are behind, and those ahead while nothing stops the journey.
func (s *journey) held(p *passenger) int {
	switch p.status {
	case Booked, Aboard, Home:
		return len(s.Legs)
	case OnTheWay:
		if p.leg < s.cut {
			return s.cut
		}
		return len(s.Legs)
	}
	return p.leg
}

// status sums the passengers up.
func (s *journey) status() string {
	count := map[string]int{}
	begun, broken := false, false
	for i := range s.people {
		p := &s.people[i]
		count[p.status]++
		begun = begun || live(p.status) && p.leg > 0 || p.status == OnTheWay
		broken = broken || p.status == Disrupted || p.status == TooLate || p.status == OnTheWay && s.held(p) < len(s.Legs)
	}
	switch {
	case broken:
		return Disrupted
	case count[Booked]+count[Aboard]+count[OnTheWay] > 0 && begun:
		return Travelling
	case count[Booked]+count[Aboard] > 0:
		return Booked
	case count[Home] > 0:
		return Home
	case count[NoShow] > 0:
		return Disrupted
	}
	return Cancelled
}

// seated is how a traveller stands on a journey: the leg that is travelled or comes
// next, and how many legs keep a seat.
type seated struct {
	status    string
	leg, held int
}

// legStatus says how far a leg is: cancelled where nobody holds a seat on it.
func legStatus(leg int, people []seated) string {
	count, held := map[string]int{}, 0
	for _, p := range people {
		switch {
		case p.held <= leg:
			continue
		case p.leg > leg:
			count[Home]++
		case p.leg == leg:
			count[p.status]++
		}
		held++
	}
	for _, status := range []string{OnTheWay, Aboard} {
		if count[status] > 0 {
			return status
		}
	}
	switch {
	case held == 0:
		return Cancelled
	case count[Home] == held:
		return Home
	}
	return Booked
}

// transit lists the countries between the stop of departure and the destination,
// both left out, each once. It is never nil.
func transit(legs []Leg, destination string) []string {
	out := []string{}
	for i := 1; i < len(legs); i++ {
		for _, country := range []string{legs[i-1].ToCountry, legs[i].FromCountry} {
			if country != legs[0].FromCountry && country != destination && !slices.Contains(out, country) {
				out = append(out, country)
			}
		}
	}
	return out
}
