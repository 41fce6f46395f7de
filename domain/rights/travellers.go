package rights

import (
	"maps"
	"slices"

	"cairn/gate"
	"cairn/value"
)

// adulthood is the age in years at which a child is one no more (Convention on the
// Rights of the Child, article 1).
const adulthood = 18

type consent struct {
	purpose, destination, language string
	representative                 bool
	given, withdrawn               string
}

// home is a person's place in a household.
type home struct{ household, relation string }

// person is all that the gate's facts rest on, over all records of one person.
type person struct {
	id             string
	records        []string
	births         []value.Date
	dead           bool
	nationalities  []string
	homes          []home
	consents       []consent
	holds, medical []string
	risks          []string // countries with a finding that is not closed
	fitness        FitnessAssessed
	fitnessAt      string
	protections    []protection
	appeals        []appeal
	splits         map[split]bool // without the time
}

// world is everybody who matters for a set of trips.
type world struct {
	today      value.Date
	persons    map[string]*person         // by person
	personOf   map[string]string          // by record
	households map[string][]string        // persons in each household, sorted
	going      map[string]map[string]bool // by destination, then person
}

// adult is known only where all records that say something say the same.
func (p *person) adult(today value.Date) value.Answer {
	answer := value.Unknown
	for _, born := range p.births {
		said := born.AdultAt(adulthood, today)
		switch {
		case said == value.Unknown:
		case answer != value.Unknown && answer != said:
			return value.Unknown
		default:
			answer = said
		}
	}
	return answer
}

// newest is the last word on one kind of protection and name, over all records.
func (p *person) newest(what, name string) (protection, bool) {
	var found protection
	for _, q := range p.protections {
		if q.what == what && (name == "" || q.name == name) && q.at >= found.at {
			found = q
		}
	}
	return found, found.what != ""
}

// countsFor says whether consent for a purpose covers a journey of a pathway.
func countsFor(purpose, pathway string) bool {
	switch pathway {
	case "protection":
		return purpose == "resettlement" || purpose == "evacuation"
	case "data_transfer":
		return false
	}
	return purpose == pathway
}

// agreed lists the destinations with consent that stands, of the person or of a
// representative, and the language of the newest one for the destination. Consent
// withdrawn on any record ends what was given before it on the others.
func (p *person) agreed(pathway, destination string) (own, representative []string, language string) {
	withdrawn := map[string]string{}
	for _, c := range p.consents {
		key := c.purpose + " " + c.destination
		withdrawn[key] = max(withdrawn[key], c.withdrawn)
	}
	own, representative = []string{}, []string{}
	newest := ""
	for _, c := range p.consents {
		if !countsFor(c.purpose, pathway) || c.withdrawn != "" || c.given <= withdrawn[c.purpose+" "+c.destination] {
			continue
		}
		if c.representative {
			representative = append(representative, c.destination)
		} else {
			own = append(own, c.destination)
		}
		if c.destination == destination && c.given >= newest {
			newest, language = c.given, c.language
		}
	}
	return distinct(own), distinct(representative), language
}

// fit is the newest assessment while it counts.
func (p *person) fit(today string) (fit string, escorted bool) {
	f := p.fitness
	if f.Fit == "" || f.Until != "" && f.Until < today {
		return fitUnknown, false
	}
	return f.Fit, f.Escort != ""
}

// appealState is "pending" as soon as one appeal that suspends was neither decided
// nor waived.
func (p *person) appealState() string {
	state := "none"
	for _, a := range p.appeals {
		switch {
		case !a.Suspensive || a.decided != "":
		case a.waived == "":
			return "pending"
		default:
			state = "waived"
		}
	}
	return state
}

// parentsOf says which places in a household are those of the parents of each. Of a
// grandchild it is not known which child of the head is the parent.
var parentsOf = map[string][]string{
	"child":   {"head", "spouse"},
	"head":    {"parent"},
	"sibling": {"parent"},
}

// withParent says that an adult in a parent's place travels to the same country.
func (w *world) withParent(p *person, destination string) bool {
	for _, at := range p.homes {
		for _, other := range w.households[at.household] {
			q := w.persons[other]
			if q == p || !w.going[destination][other] || q.adult(w.today) != value.Yes {
				continue
			}
			for _, place := range q.homes {
				if place.household == at.household && slices.Contains(parentsOf[at.relation], place.relation) {
					return true
				}
			}
		}
	}
	return false
}

// guarded says that a guardian travels to the same country, or is present otherwise.
func (w *world) guarded(p *person, destination string) bool {
	for _, g := range p.protections {
		if g.what != protectGuardian {
			continue
		}
		guardian, registered := w.personOf[g.name]
		if registered && guardian != p.id && w.going[destination][guardian] || !registered && g.outcome == guardianPresent {
			return true
		}
	}
	return false
}

// family says whether a journey to the destination keeps the person's households
// together: "together", "split_with_consent" or "split".
func (w *world) family(p *person, destination string) string {
	result := "together"
	for _, at := range p.homes {
		var living []*person
		parted := false
		for _, member := range w.households[at.household] {
			if q := w.persons[member]; !q.dead || q == p {
				living = append(living, q)
				parted = parted || !w.going[destination][member]
			}
		}
		if !parted {
			continue
		}
		for _, q := range living {
			if !w.mayPart(q, living, at.household, destination) {
				return "split"
			}
		}
		result = "split_with_consent"
	}
	return result
}

// mayPart says whether one member of a household agrees to be parted. Adults, and
// those of unknown age, agree themselves; a child has an adult of the household on
// its side, or a decision that the country is in its best interests.
func (w *world) mayPart(q *person, living []*person, household, destination string) bool {
	if q.adult(w.today) != value.No {
		return q.splits[split{household: household, destination: destination}]
	}
	if decided, found := q.newest(protectBestInterests, destination); found {
		return decided.outcome == OutcomeInFavour
	}
	going := w.going[destination]
	return slices.ContainsFunc(living, func(other *person) bool {
		return other.adult(w.today) == value.Yes && going[other.id] == going[q.id]
	})
}

// facts fills in what the gate asks about one traveller.
func (w *world) facts(p *person, t *gate.Trip) {
	f := &t.Facts
	today := w.today.String()
	f.Adult = string(p.adult(w.today))
	f.Capacity = "yes"
	if c, assessed := p.newest(protectCapacity, ""); assessed && c.outcome != capacityAble {
		f.Capacity = "no"
	}
	f.Consents, f.RepresentativeConsents, f.ConsentLanguage = p.agreed(t.Pathway, t.Destination)
	f.OpenFindings = distinct(p.risks)
	f.CountryOfOrigin = distinct(p.nationalities)
	if t.Origin != "" {
		f.CountryOfOrigin = distinct(append(f.CountryOfOrigin, t.Origin))
	}
	f.Holds, f.MedicalHolds = distinct(p.holds), distinct(p.medical)
	f.GuardianPresent = w.guarded(p, t.Destination)
	f.WithParent = w.withParent(p, t.Destination)
	best, _ := p.newest(protectBestInterests, t.Destination)
	f.BestInterests = best.outcome == OutcomeInFavour
	f.Family = w.family(p, t.Destination)
	f.Appeal = p.appealState()
	f.Fit, f.EscortProvided = p.fit(today)
}

// distinct sorts, drops doubles, and is never nil.
func distinct(texts []string) []string {
	set := map[string]bool{}
	for _, t := range texts {
		set[t] = true
	}
	out := slices.Sorted(maps.Keys(set))
	if out == nil {
		return []string{}
	}
	return out
}
