package app

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"cairn/blueprint"
	"cairn/gate"
)

// askSafeguards asks about everybody who would travel by the drafts. Refused units
// are dropped and their refusals drafted; it gives them, or nil when all may pass.
func (p *preparation) askSafeguards() (*blueprint.GateError, error) {
	trips, err := p.findTrips()
	if err != nil || len(trips) == 0 {
		return nil, err
	}
	p.trips, p.drop = map[*blueprint.Draft][]TripRecord{}, map[*blueprint.Draft]bool{}
	refused := &blueprint.GateError{Fault: blueprint.Refused}
	units := map[string]bool{}
	for _, t := range trips {
		decision := p.office.gate.MayTravel(t.Trip)
		p.trips[t.Draft] = append(p.trips[t.Draft], TripRecord{Trip: t.Trip, Decision: decision})
		if decision.Allow {
			continue
		}
		units[t.Draft.Unit] = true
		refused.Refusals = append(refused.Refusals, blueprint.PersonRefusal{
			Record: t.Record, Unit: t.Draft.Unit, Stage: t.Stage,
			Refusals: decision.Explain(p.office.gate.Rules()), Trip: &t.Trip, Decision: decision})
	}
	if len(refused.Refusals) == 0 {
		return nil, nil
	}
	if err := p.number(refused.Refusals); err != nil {
		return nil, err
	}
	for _, d := range p.work.Drafts() {
		p.drop[d] = !p.action.Partial || units[d.Unit] || units[""]
	}
	return refused, p.draftRefusals(refused)
}

// number says whom refusals are about by the numbers that people know.
func (p *preparation) number(refusals []blueprint.PersonRefusal) error {
	records := make([]string, len(refusals))
	for i, r := range refusals {
		records[i] = r.Record
	}
	for _, d := range p.office.Domains {
		if d.Numbers == nil {
			continue
		}
		numbers, err := d.Numbers(p.work, records)
		if err != nil {
			return fmt.Errorf("find the numbers of those who were refused: %w", err)
		}
		for i := range refusals {
			refusals[i].Number = cmp.Or(refusals[i].Number, numbers[refusals[i].Record])
		}
	}
	return nil
}

func (p *preparation) findTrips() ([]*blueprint.Trip, error) {
	byKind := map[string][]*blueprint.Draft{}
	for _, d := range p.work.Drafts() {
		if _, travels := p.office.travels[d.Fact.Kind()]; travels {
			byKind[d.Fact.Kind()] = append(byKind[d.Fact.Kind()], d)
		}
	}
	var trips []*blueprint.Trip
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		found, err := p.office.travels[kind].Trips(p.work, byKind[kind])
		if err != nil {
			return nil, fmt.Errorf("find who would travel by %s: %w", kind, err)
		}
		for i := range found {
			trips = append(trips, &found[i])
		}
	}
	inner := make([]*gate.Trip, len(trips))
	for i, t := range trips {
		inner[i] = &t.Trip
	}
	for _, d := range p.office.Domains {
		for _, source := range d.Facts {
			if err := source.Fill(p.work, inner); err != nil {
				return nil, fmt.Errorf("read the facts of %s for the gate: %w", source.Name, err)
			}
		}
	}
	return trips, nil
}

// draftRefusals records each refusal on the record of the person it is about.
func (p *preparation) draftRefusals(refused *blueprint.GateError) error {
	for _, d := range p.office.Domains {
		if d.Refusal == nil {
			continue
		}
		for _, r := range refused.Refusals {
			if err := p.work.Guard(r.Record); err != nil {
				return err
			}
			p.extra = append(p.extra, &blueprint.Draft{Subject: r.Record, Fact: d.Refusal(r)})
		}
	}
	return nil
}
