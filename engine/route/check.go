package route

import (
	"errors"
	"fmt"
	"slices"
)

// maxFaults is how many faults one error names: enough to repair a file by.
const maxFaults = 20

// Check reports what is wrong with the problem, up to twenty faults, each
// naming the thing, the value and the repair. Solve calls it.
func (p Problem) Check() error {
	c := checker{stops: make(map[StopID]bool, len(p.Stops))}
	c.weights(p)
	c.stopsAndTransfers(p)
	c.services(p)
	c.parties(p)
	if len(c.faults) == 0 {
		return nil
	}
	return fmt.Errorf("check the problem: %w", errors.Join(c.faults...))
}

type checker struct {
	stops  map[StopID]bool
	first  Minute // first departure of all
	faults []error
}

func (c *checker) fault(format string, args ...any) {
	if len(c.faults) < maxFaults {
		c.faults = append(c.faults, fmt.Errorf(format, args...))
	}
}

func (c *checker) weights(p Problem) {
	if len(p.Kinds) == 0 {
		c.fault("kinds: none: name at least one kind of seat")
	}
	for i, k := range p.Kinds {
		if k == "" || slices.Contains(p.Kinds[:i], k) {
			c.fault("kinds: %q stands twice or is empty: give each kind its own name", k)
		}
	}
	w := p.Weights
	if w.Unserved <= 0 || w.Unserved > 10_000_000*Unit {
		c.fault("weights: unserved is %v: give more than 0, to 10,000,000 (DefaultWeights has a start)", w.Unserved)
	}
	for _, rate := range []Money{w.Wait, w.Connect, w.Ride} {
		if rate < 0 || rate%Cent != 0 || rate > maxRate {
			c.fault("weights: a rate per hour is %d sixtieths of a cent: give whole cents, from 0 to %v units", int64(rate), maxRate)
		}
	}
}

func (c *checker) stopsAndTransfers(p Problem) {
	for _, s := range p.Stops {
		if s.ID == "" {
			c.fault("stop without id: name it")
		}
		if c.stops[s.ID] {
			c.fault("stop %q: stands twice: keep one", s.ID)
		}
		c.stops[s.ID] = true
		if s.MinConnection < 0 {
			c.fault("stop %q: minimum connection is %d minutes: give 0 or more", s.ID, s.MinConnection)
		}
	}
	for _, s := range p.Stops {
		if s.Beds < 0 || s.NightAt < 0 || s.NightAt >= 24*60 {
			c.fault("stop %q: has %d beds, at minute %d of the day: give 0 beds or more, a minute from 0 to 1439", s.ID, s.Beds, s.NightAt)
		}
	}
	for _, t := range p.Transfers {
		c.known("transfer", string(t.From)+"→"+string(t.To), t.From)
		c.known("transfer", string(t.From)+"→"+string(t.To), t.To)
		if t.Minutes < 0 {
			c.fault("transfer %q→%q: takes %d minutes: give 0 or more", t.From, t.To, t.Minutes)
		}
	}
}

func (c *checker) known(what, id string, stop StopID) {
	if !c.stops[stop] {
		c.fault("%s %q: unknown stop %q: add the stop or correct its id", what, id, stop)
	}
}

// These limits keep minutes times rates times people inside 64 bits.
const (
	maxSpan   Minute = 1 << 22 // almost eight years
	maxTime   Minute = 1 << 40
	maxRate          = 10_000 * Unit
	maxPeople        = 10_000 // heads times weight
)

// earliest is the first departure, from which spans are measured.
func earliest(services []Service) Minute {
	first := maxTime
	for i := range services {
		first = min(first, services[i].Depart)
	}
	return first
}

func (c *checker) services(p Problem) {
	seen := make(map[ServiceID]bool, len(p.Services))
	c.first = earliest(p.Services)
	for _, s := range p.Services {
		if s.ID == "" {
			c.fault("service without id: name it")
		}
		if seen[s.ID] {
			c.fault("service %q: stands twice: give each departure its own id", s.ID)
		}
		seen[s.ID] = true
		c.known("service", string(s.ID), s.From)
		c.known("service", string(s.ID), s.To)
		if s.Arrive <= s.Depart {
			c.fault("service %q: arrives at minute %d, not after it leaves at minute %d: correct the times", s.ID, s.Arrive, s.Depart)
		}
		if s.Depart < -maxTime || s.Arrive > c.first+maxSpan {
			c.fault("service %q: runs more than %d minutes after the first: split the plan", s.ID, maxSpan)
		}
		if s.CostPerSeat < 0 || s.CostPerSeat > 10_000_000*Unit {
			c.fault("service %q: costs %v for a seat: give 0 to 10,000,000", s.ID, s.CostPerSeat)
		}
		c.seats("service", string(s.ID), s.Seats, len(p.Kinds))
		c.purchase(&s)
	}
}

func (c *checker) purchase(s *Service) {
	if s.OpenCost < 0 || s.OpenCost > 1_000_000_000*Unit {
		c.fault("service %q: costs %v to open: give 0 to 1,000,000,000", s.ID, s.OpenCost)
	}
	if s.Block < 0 || s.Block > 10_000 {
		c.fault("service %q: is sold in blocks of %d: give 0 to 10,000", s.ID, s.Block)
	}
	for i, g := range s.GroupFares {
		if g.Seats < 1 || i > 0 && g.Seats <= s.GroupFares[i-1].Seats {
			c.fault("service %q: group fare from %d seats: list sizes from 1, each larger than the one before", s.ID, g.Seats)
		}
		if g.CostPerSeat < 0 || g.CostPerSeat > 10_000_000*Unit {
			c.fault("service %q: group fare is %v: give 0 to 10,000,000", s.ID, g.CostPerSeat)
		}
	}
}

func (c *checker) seats(what, id string, seats []int, kinds int) {
	if len(seats) != kinds {
		c.fault("%s %q: has %d numbers of seats for %d kinds: give one for each kind", what, id, len(seats), kinds)
	}
	for _, n := range seats {
		if n < 0 || n > 1_000_000 {
			c.fault("%s %q: has %d seats: give 0 to 1,000,000", what, id, n)
		}
	}
}

func (c *checker) parties(p Problem) {
	classes := make(map[VisaClassID]bool, len(p.VisaClasses))
	for _, v := range p.VisaClasses {
		if v.ID == "" || classes[v.ID] {
			c.fault("visa class %q: stands twice or has no id: keep one", v.ID)
		}
		classes[v.ID] = true
	}
	seen := make(map[PartyID]bool, len(p.Parties))
	for i := range p.Parties {
		q := &p.Parties[i]
		if q.ID == "" {
			c.fault("party without id: name it")
		}
		if seen[q.ID] {
			c.fault("party %q: stands twice: keep one", q.ID)
		}
		seen[q.ID] = true
		if q.VisaClass != "" && !classes[q.VisaClass] {
			c.fault("party %q: unknown visa class %q: add it or leave it empty", q.ID, q.VisaClass)
		}
		c.party(*q, len(p.Kinds))
	}
}

func (c *checker) party(q Party, kinds int) {
	c.known("party", string(q.ID), q.Origin)
	c.known("party", string(q.ID), q.Destination)
	if q.Origin == q.Destination {
		c.fault("party %q: starts and ends at %q: leave it out of the plan", q.ID, q.Origin)
	}
	if q.Due < q.Ready {
		c.fault("party %q: is due at minute %d, before it is ready at minute %d: correct the window", q.ID, q.Due, q.Ready)
	}
	if q.Ready < -maxTime || q.Due > maxTime || (c.first < maxTime && q.Ready < c.first-maxSpan) {
		c.fault("party %q: window lies more than %d minutes from the services: correct it", q.ID, maxSpan)
	}
	if q.People < 1 || q.People > maxPeople {
		c.fault("party %q: has %d people: give 1 to %d", q.ID, q.People, maxPeople)
	}
	if q.Weight < 0 || q.Weight > maxPeople || q.Weight*q.People > maxPeople {
		c.fault("party %q: weight is %d: give 0 or more, at most %d times its people", q.ID, q.Weight, maxPeople)
	}
	if q.Longest < 0 {
		c.fault("party %q: longest journey is %d minutes: give 0 for no limit, or more", q.ID, q.Longest)
	}
	if q.Beds < 0 || q.Beds > maxPeople {
		c.fault("party %q: needs %d beds: give 0 to %d", q.ID, q.Beds, maxPeople)
	}
	c.seats("party", string(q.ID), q.Seats, kinds)
	total := 0
	for _, n := range q.Seats {
		total += n
	}
	if total < 1 || total > maxPeople {
		c.fault("party %q: needs %d seats: give 1 to %d", q.ID, total, maxPeople)
	}
}
