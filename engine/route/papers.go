package route

import (
	"fmt"
	"slices"
	"strings"
)

// Holder is what one traveller shows at a border: a nationality as in the zone
// of the document (SYR, XXA stateless, XXB refugee …) and a kind of document
// ("passport", "1951 travel document", "laissez-passer" …).
type Holder struct {
	Nationality string `json:"nationality"`
	Document    string `json:"document"`
}

// TransitRule says that a country lets holders change there only with a visa
// that they do not have. Empty fields mean any; a rule that lists more fields
// does not outweigh one that lists fewer, except by Allows.
type TransitRule struct {
	Country     Country `json:"country"`
	Nationality string  `json:"nationality,omitempty"`
	Document    string  `json:"document,omitempty"`
	// Allows turns the rule round: these holders may pass whatever others say.
	Allows bool `json:"allows,omitempty"`
}

func (r TransitRule) fits(h Holder) bool {
	return (r.Nationality == "" || r.Nationality == h.Nationality) && (r.Document == "" || r.Document == h.Document)
}

// RefusedTransit lists, sorted, the countries where a party of these holders may
// not change: one member refused is the party refused.
func RefusedTransit(rules []TransitRule, holders []Holder) []Country {
	var list []Country
	for _, h := range holders {
		var refused, allowed []Country
		for _, r := range rules {
			switch {
			case !r.fits(h):
			case r.Allows:
				allowed = append(allowed, r.Country)
			default:
				refused = append(refused, r.Country)
			}
		}
		for _, c := range refused {
			if !slices.Contains(allowed, c) {
				list = append(list, c)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Classify gives each party the visa class of its holders, party by party in
// order, and adds the classes to the problem. Parties with equal refusals share
// one class, so that one scan prices them all.
func (p *Problem) Classify(rules []TransitRule, holders [][]Holder) error {
	if len(holders) != len(p.Parties) {
		return fmt.Errorf("classify the parties: %d lists of holders for %d parties: give one for each", len(holders), len(p.Parties))
	}
	known := map[VisaClassID]bool{}
	for _, c := range p.VisaClasses {
		known[c.ID] = true
	}
	for i := range p.Parties {
		refused := RefusedTransit(rules, holders[i])
		if len(refused) == 0 {
			p.Parties[i].VisaClass = ""
			continue
		}
		names := make([]string, len(refused))
		for k, c := range refused {
			names[k] = string(c)
		}
		id := VisaClassID("no transit " + strings.Join(names, " "))
		if !known[id] {
			known[id] = true
			p.VisaClasses = append(p.VisaClasses, VisaClass{id, refused})
		}
		p.Parties[i].VisaClass = id
	}
	return nil
}

// Escort goes with a party: the medical, operations or child-protection staff
// who travel with it and come back without it.
type Escort struct {
	Party  PartyID `json:"party"`
	People int     `json:"people"`
	Seats  []int   `json:"seats"`
	// Home is where they go back to; empty: where the party left from.
	Home StopID `json:"home,omitempty"`
	// Rest is the least time between arrival and the way back, Within the time
	// from then on in which they must be home.
	Rest   Minute `json:"rest"`
	Within Minute `json:"within"`
}

// Return is the party that brings an escort home. It is ready when its party is
// due, rested; once a plan is made, [Escort.After] tightens that to the arrival,
// as an amended party of an [Update].
func (e Escort) Return(q Party) Party {
	home := e.Home
	if home == "" {
		home = q.Origin
	}
	ready := q.Due + e.Rest
	return Party{ID: "return of " + q.ID, Origin: q.Destination, Destination: home, Ready: ready, Due: ready + e.Within,
		People: e.People, Seats: slices.Clone(e.Seats)}
}

// After is the way back for an arrival that is known.
func (e Escort) After(q Party, arrival Minute) Party {
	back := e.Return(q)
	back.Ready = arrival + e.Rest
	return back
}

// Escorted adds the ways back of all escorts to a problem, and their seats to the
// parties they go with.
func Escorted(p Problem, escorts []Escort) (Problem, error) {
	place := make(map[PartyID]int, len(p.Parties))
	for i := range p.Parties {
		place[p.Parties[i].ID] = i
	}
	p.Parties = slices.Clone(p.Parties)
	for _, e := range escorts {
		i, ok := place[e.Party]
		if !ok || len(e.Seats) != len(p.Kinds) {
			return p, fmt.Errorf("escort of party %q: unknown party, or %d numbers of seats for %d kinds: correct it", e.Party, len(e.Seats), len(p.Kinds))
		}
		q := &p.Parties[i]
		q.People += e.People
		q.Seats = slices.Clone(q.Seats)
		for k, n := range e.Seats {
			q.Seats[k] += n
		}
		p.Parties = append(p.Parties, e.Return(*q))
	}
	return p, nil
}
