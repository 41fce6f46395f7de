package route

import (
	"fmt"

	"cairn/value/said"
)

// Moment is a minute in a sentence, which a door writes as its readers do.
type Moment Minute

func (m Moment) String() string { return fmt.Sprintf("minute %d", int64(m)) }

// all makes one sentence of several.
func all(list []said.Sentence) said.Sentence {
	var out said.Sentence
	for i, s := range list {
		if i > 0 {
			s = said.Say("%v and %v", out, s)
		}
		out = s
	}
	return out
}

// obstacle finds the rule that stops a traveller: seats taken by others first,
// then each rule of its own, alone; then what the timetable lacks.
func (n *network) obstacle(p *plan, i int32) *Obstacle {
	t, q := p.travellers[i], n.problem.Parties[i]
	if journey := n.cheapest(t, false); len(journey) > 0 {
		if total := n.fare(&t, journey).Total(); int64(total) >= t.penalty {
			return &Obstacle{RuleTooDear, said.Say("the cheapest journey costs %v, leaving the party unserved %v", total, Money(t.penalty)),
				said.Say("raise the weight of people unserved")}
		}
		return n.seatObstacle(p, &t, journey)
	}
	for _, try := range []func(traveller, Party) *Obstacle{n.sizeObstacle, n.windowObstacle, n.longestObstacle, n.transitObstacle, n.nightObstacle} {
		if o := try(t, q); o != nil {
			return o
		}
	}
	return &Obstacle{RuleNoRoute, said.Say("no services lead from %q to %q within the rules, even with one of them lifted", q.Origin, q.Destination),
		said.Say("add a service, or lift several rules together")}
}

// cheapest is the traveller's journey when nobody else travels; with anySize,
// as if every service were large enough.
func (n *network) cheapest(t traveller, anySize bool) []int32 {
	s := search{n: n}
	if anySize {
		t.need = make([]int32, len(t.need))
	}
	journey, _ := s.best(&t, nil)
	return journey
}

func (n *network) seatObstacle(p *plan, t *traveller, journey []int32) *Obstacle {
	var short []said.Sentence
	for _, e := range journey {
		short = append(short, n.short(e, t.need, p.free)...)
	}
	if len(short) == 0 && !n.sleeps(t, journey, p.beds) {
		return &Obstacle{RuleNight, said.Say("every journey within the rules lacks seats, or beds for a night"),
			said.Say("add beds where the party stops for a night")}
	}
	if len(short) == 0 {
		return &Obstacle{RuleTimeOver, said.Say("free seats exist, but planning ended before this party's turn"), said.Say("plan again with more time or work")}
	}
	return &Obstacle{RuleSeats, said.Say("every journey within the rules is full"), said.Say("add %v", all(short))}
}

// short lists the seats that a service lacks for a need.
func (n *network) short(e int32, need, free []int32) []said.Sentence {
	var list []said.Sentence
	for k, c := range need {
		if lack := c - free[int(e)*n.kinds+k]; lack > 0 {
			list = append(list, said.Say("%d of kind %q on service %q", lack, n.problem.Kinds[k], n.serviceID(e)))
		}
	}
	return list
}

func (n *network) sizeObstacle(t traveller, _ Party) *Obstacle {
	journey := n.cheapest(t, true)
	if len(journey) == 0 {
		return nil
	}
	var short []said.Sentence
	for _, e := range journey {
		short = append(short, n.short(e, t.need, n.seats)...)
	}
	return &Obstacle{RuleSize, said.Say("the party is larger than the services on every way, even when they are empty"), said.Say("add %v", all(short))}
}

// forever is later than any arrival and earlier, negated, than any departure.
const forever = int64(4 * maxSpan)

func (n *network) windowObstacle(t traveller, q Party) *Obstacle {
	arrival, departure := n.earliestArrival(t), n.latestDeparture(t)
	if arrival >= unreachable && departure <= -unreachable {
		return nil
	}
	later, earlier := arrival-t.due, t.ready-departure
	o := &Obstacle{Rule: RuleWindow, Detail: said.Say("no journey fits between ready (%v) and due (%v)", Moment(q.Ready), Moment(q.Due))}
	if later <= earlier {
		o.Help = said.Say("be due %d minutes later, at %v", later, Moment(q.Due)+Moment(later))
	} else {
		o.Help = said.Say("be ready %d minutes earlier, at %v", earlier, Moment(q.Ready)-Moment(earlier))
	}
	return o
}

// earliestArrival is when the traveller can arrive if never due, by journeys
// each of which must arrive before the one found last.
func (n *network) earliestArrival(t traveller) int64 {
	best := unreachable
	for t.due = forever; ; t.due = best - 1 {
		journey := n.cheapest(t, false)
		if len(journey) == 0 {
			return best
		}
		best = n.legs[journey[len(journey)-1]].arrive
	}
}

// latestDeparture is when the traveller must leave to be in time, if it could
// be ready at any time.
func (n *network) latestDeparture(t traveller) int64 {
	best := -unreachable
	for t.ready = -forever; ; t.ready = best + 1 {
		journey := n.cheapest(t, false)
		if len(journey) == 0 {
			return best
		}
		best = n.legs[journey[0]].depart
	}
}

func (n *network) longestObstacle(t traveller, q Party) *Obstacle {
	if t.longest == 0 {
		return nil
	}
	least, free := int64(0), t
	free.longest = 0
	for {
		journey := n.cheapest(free, false)
		if len(journey) == 0 {
			break
		}
		least = n.lasts(journey)
		if free.longest = least - 1; free.longest == 0 {
			break
		}
	}
	if least == 0 {
		return nil
	}
	return &Obstacle{RuleLongest, said.Say("the shortest journey takes %d minutes, the party allows %d", least, q.Longest),
		said.Say("allow %d minutes more", least-t.longest)}
}

func (n *network) nightObstacle(t traveller, q Party) *Obstacle {
	if t.beds == 0 {
		return nil
	}
	t.beds = 0
	journey := n.cheapest(t, false)
	t.beds = int64(q.Beds)
	for i := 1; i < len(journey); i++ {
		in, out := &n.legs[journey[i-1]], &n.legs[journey[i]]
		if stop := &n.problem.Stops[out.from]; n.sleepless(out.from, in.arrive, out.depart, t.beds, nil) {
			return &Obstacle{RuleNight, said.Say("every journey spends a night at a stop with fewer than %d beds", t.beds),
				said.Say("add %d beds at stop %q, or let the party sit up", int(t.beds)-stop.Beds, stop.ID)}
		}
	}
	return nil
}

func (n *network) transitObstacle(t traveller, q Party) *Obstacle {
	countries := n.rulesets.countries(&q)
	for _, c := range countries {
		open := t
		open.closed = make([]bool, len(t.closed))
		for i := range t.closed {
			open.closed[i] = t.closed[i] && n.problem.Stops[i].Country != c
		}
		if len(n.cheapest(open, false)) > 0 {
			return &Obstacle{RuleTransit, said.Say("every journey changes in %q, which the party avoids or which refuses it", c),
				said.Say("allow transit through %q", c)}
		}
	}
	open := t
	open.closed = make([]bool, len(t.closed))
	journey := n.cheapest(open, false)
	if len(journey) == 0 {
		return nil
	}
	var closed []said.Sentence
	for _, e := range journey[:len(journey)-1] {
		if to := n.legs[e].to; t.closed[to] {
			closed = append(closed, said.Say("%v", n.problem.Stops[to].Country))
		}
	}
	return &Obstacle{RuleTransit, said.Say("every journey changes in several countries that the party avoids or that refuse it"),
		said.Say("allow transit through %v", all(closed))}
}
