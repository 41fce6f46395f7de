package hungary1956

import (
	"sort"
	"time"
)

// Events for simulated actors. The names stand in events.csv and never change.
const (
	eventOfferRefused   = "offer_refused"     // the household says no to its first offer
	eventRisk           = "risk_finding"      // this person must not go to, or through, the country
	eventRiskClosed     = "risk_closed"       // the finding is closed
	eventMedicalHold    = "medical_hold"      // unfit to travel until the day
	eventNoShow         = "no_show"           // misses the first booked departure
	eventConsentGone    = "consent_withdrawn" // consent for the country, or for all, is withdrawn
	eventReturnWish     = "return_wish"       // asks for help to go home
	eventAppeal         = "appeal"            // a suspensive appeal is pending until the day
	eventAppealWaived   = "appeal_waived"     // the person waives the suspension
	eventSplit          = "split_request"     // asks to travel apart; the others agree or not
	eventGuardian       = "guardian_named"    // a guardian is named for a minor alone
	eventBestInterests  = "best_interests"    // a best-interests decision is taken
	eventCancelled      = "service_cancelled" // the departure does not run
	eventStateRefused   = "state_refused"     // the receiving state declines the household
	eventEscortProvided = "escort_provided"   // an escort for an unfit traveller
)

// event is something that happens to a registration or a service.
type event struct {
	file, number string
	kind         string
	date         time.Time
	until        time.Time // zero when it has no end
	country      string
	detail       string
}

// happenings draws the events of all first registrations.
type happenings struct {
	g      *generator
	rng    rng
	events []event
}

func (g *generator) writeEvents() error {
	h := &happenings{g: g, rng: g.stream(4)}
	for _, l := range g.lists {
		for i := range l.groups {
			if !l.groups[i].again {
				h.household(l, &l.groups[i])
			}
		}
	}
	h.cancellations()
	sort.SliceStable(h.events, func(a, b int) bool { return h.events[a].date.Before(h.events[b].date) })
	w, err := g.create(table{name: "events.csv", kind: KindEvents, encoding: UTF8, delimiter: ',', language: english, dates: time.DateOnly,
		header: []string{"file", "number", "event", "date", "until", "country", "detail"}})
	if err != nil {
		return err
	}
	for _, e := range h.events {
		until := any("")
		if !e.until.IsZero() {
			until = e.until
		}
		if err := w.row(e.file, e.number, e.kind, e.date, until, e.country, e.detail); err != nil {
			return err
		}
		g.sum.Events[e.kind]++
	}
	return g.finish(w)
}

// at adds an event some days after the visit to the desk.
func (h *happenings) at(l *campList, visit *group, k int, kind string, after int) *event {
	last := day(1957, 12, 15) // nothing happens after the last departures
	date := visit.date.AddDate(0, 0, after)
	if date.After(last) {
		date = last
	}
	h.events = append(h.events, event{file: l.table.name, number: visit.numbers[k], kind: kind, date: date})
	return &h.events[len(h.events)-1]
}

func (h *happenings) household(l *campList, visit *group) {
	r, house := h.rng, &h.g.houses[visit.house]
	if r.chance(0.02) {
		h.at(l, visit, 0, eventOfferRefused, r.between(5, 40)).detail = pick(r, []string{"waits for a relative's country", "no work in the trade", "climate", "wants to stay in Europe"})
	}
	if r.chance(0.006) {
		h.at(l, visit, 0, eventStateRefused, r.between(6, 40)).detail = pick(r, []string{"security screening incomplete", "quota of the trade used up", "medical commission"})
	}
	if r.chance(0.006) {
		e := h.at(l, visit, 0, eventConsentGone, r.between(4, 60))
		if e.detail = "all countries"; r.chance(0.6) {
			e.country, e.detail = house.wishes[0], ""
		}
	}
	if r.chance(0.004) {
		h.at(l, visit, 0, eventReturnWish, r.between(10, 90)).detail = pick(r, []string{"family at home", "homesick", "student wants to finish"})
	}
	if r.chance(0.01) {
		h.at(l, visit, r.IntN(len(visit.members)), eventNoShow, r.between(8, 60)).detail = pick(r, []string{"left for relatives", "overslept", "ill on the day"})
	}
	if house.size > 1 && r.chance(0.008) {
		h.at(l, visit, r.between(1, house.size-1), eventSplit, r.between(4, 30)).detail = pick(r, []string{"others agree", "others agree", "others do not agree"})
	}
	for k, member := range visit.members {
		h.person(l, visit, k, &h.g.persons[member])
	}
}

func (h *happenings) person(l *campList, visit *group, k int, p *person) {
	r := h.rng
	if r.chance(0.004) {
		h.risk(l, visit, k)
	}
	hold := 0.003
	if p.need.medical() {
		hold = 0.35
	} else if p.need == pregnant {
		hold = 0.1
	}
	if r.chance(hold) {
		h.medical(l, visit, k, p)
	}
	if r.chance(0.004) {
		after := r.between(5, 40)
		e := h.at(l, visit, k, eventAppeal, after)
		e.until, e.detail = e.date.AddDate(0, 0, r.between(20, 100)), pick(r, []string{"refusal of status", "transfer decision"})
		if r.chance(0.3) {
			h.at(l, visit, k, eventAppealWaived, after+r.between(3, 15))
		}
	}
	if h.g.houses[p.household].minorAlone && ageAt(p.born, visit.date) < stillMinors {
		switch {
		case r.chance(0.55):
			h.at(l, visit, k, eventGuardian, r.between(3, 30)).detail = pick(r, []string{"uncle in the camp", "Caritas", "youth welfare office"})
		case r.chance(0.85):
			h.at(l, visit, k, eventBestInterests, r.between(7, 45)).detail = "resettlement with follow-up"
		}
	}
}

func (h *happenings) risk(l *campList, visit *group, k int) {
	r := h.rng
	after := r.between(2, 30)
	e := h.at(l, visit, k, eventRisk, after)
	e.country = pick(r, []string{"HR", "DE", "US", "IT", "FR", "BR", "AR", "AT"})
	e.detail = pick(r, []string{"threat by agents of the secret police", "pursued by a private person", "accused of acts in wartime"})
	if country := e.country; r.chance(0.35) {
		h.at(l, visit, k, eventRiskClosed, after+r.between(14, 60)).country = country
	}
}

func (h *happenings) medical(l *campList, visit *group, k int, p *person) {
	r := h.rng
	after := r.between(1, 12)
	e := h.at(l, visit, k, eventMedicalHold, after)
	length, why := r.between(10, 60), "fever; to be examined again"
	switch {
	case p.need == tuberculosis:
		length, why = r.between(60, 240), "active tuberculosis"
	case p.need == pregnant:
		length, why = r.between(30, 120), "late pregnancy"
	case p.need.medical():
		why = string(p.need)
	}
	e.until, e.detail = e.date.AddDate(0, 0, length), why
	if p.need.medical() && r.chance(0.3) {
		h.at(l, visit, k, eventEscortProvided, after+r.between(5, 20)).detail = pick(r, []string{"nurse", "physician"})
	}
}

// cancellations cancel one departure in two hundred, two days before it.
func (h *happenings) cancellations() {
	tables := serviceTables()
	for _, s := range h.g.services {
		if s.line.id == "p1" || !h.rng.chance(0.005) {
			continue
		}
		at, _ := serviceTable(s.line)
		d := s.departs
		h.events = append(h.events, event{file: tables[at].name, number: s.number, kind: eventCancelled,
			date:   day(d.Year(), d.Month(), d.Day()).AddDate(0, 0, -2),
			detail: pick(h.rng, []string{"weather", "engine", "track closed", "strike"})})
	}
}
