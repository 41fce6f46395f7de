package resettlement

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"

	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/engine/place"
	"cairn/value"
)

// standing is everything that can still be placed or moved, as a plan of the engine:
// cases that wait, and cases that have a place and have not left for it.
type standing struct {
	households []household
	places     []reception
	quotas     []quota
	result     place.Result // with its problem: everybody where they are now
}

// readStanding states what stands today. Nobody is fixed whose placement is only proposed;
// for others, loose says whether a place may lose them.
func readStanding(w *blueprint.Work, pathway string, loose func(*held) bool) (*standing, error) {
	waiting, err := waitingCases(w, pathway, nil)
	if err != nil {
		return nil, err
	}
	s := &standing{}
	if s.places, err = receptions(w, w.Today()); err != nil {
		return nil, err
	}
	if s.quotas, err = readQuotas(w); err != nil {
		return nil, err
	}
	placed, err := placedHouseholds(w, pathway)
	if err != nil {
		return nil, err
	}
	s.households = waiting
	open := map[string]*reception{}
	for i := range s.places {
		open[s.places[i].ID] = &s.places[i]
	}
	for _, h := range placed {
		r := open[h.held.place]
		if r == nil {
			continue // they keep a place that takes nobody else
		}
		for d, n := range h.held.sizes {
			r.Used[d] -= n
		}
		// The place that they have is open to them, whatever became known since.
		delete(h.declined, h.held.place)
		delete(h.unsafe, h.held.country)
		if h.agreed != nil && !slices.Contains(h.agreed, h.held.country) {
			h.agreed = append(h.agreed, h.held.country)
		}
		s.households = append(s.households, h)
	}
	p := build(s.households, s.places, s.quotas, terms{today: value.DateOf(w.Now())})
	s.result = place.Result{Problem: &p, Status: place.Complete}
	if err := s.warm(w); err != nil {
		return nil, err
	}
	s.state(loose)
	return s, nil
}

// placedHouseholds reads the cases that hold a place and have not left.
func placedHouseholds(w *blueprint.Work, pathway string) ([]household, error) {
	found, err := blueprint.Collect(w, func(rows *sql.Rows) (household, error) {
		h := household{held: &held{}}
		var people, school, medical, large int64
		err := rows.Scan(&h.id, &h.origin, &h.priority, &h.held.place, &h.held.country, &h.held.status, &people, &school, &medical, &large)
		h.held.sizes = map[string]int64{People: people, School: school, Medical: medical, Large: large}
		return h, err
	}, `SELECT c.case_id, c.origin, c.priority, p.place, p.country, p.status, p.people, p.school, p.medical, p.large
		FROM resettlement_placement p JOIN cases_case c ON c.case_id = p.case_id
		WHERE p.standing = 1 AND c.closed = '' AND c.pathway = $1 AND c.stage NOT IN ($2, $3) ORDER BY c.case_id`,
		pathway, cases.StageTravelling, cases.StageArrived)
	if err != nil {
		return nil, fmt.Errorf("read the cases that have a place: %w", err)
	}
	return complete(w, found)
}

// state puts everybody where they are.
func (s *standing) state(loose func(*held) bool) {
	p := s.result.Problem
	at := placeIndex(p)
	for i := range s.households {
		a := place.Assignment{Case: p.Cases[i].ID}
		if h := s.households[i].held; h != nil {
			a.Place = place.PlaceID(h.place)
			a.Score = p.Score(i, at[a.Place])
			a.Value = p.Weight(i) * (a.Score + p.PlacingBonus)
			s.result.Value += a.Value
			if h.status != Proposed && h.status != Changed && !loose(h) {
				p.Cases[i].Fixed = a.Place
			}
		}
		s.result.Assignments = append(s.result.Assignments, a)
	}
}

// warm takes scores and prices from the newest plan, where there is one: places are scored
// as they were there, and the prices say which room is dear, so that nobody is moved onto
// what others need more.
func (s *standing) warm(w *blueprint.Work) error {
	p := s.result.Problem
	prices := place.Prices{Places: make([][]float64, len(p.Places)), Rows: make([]float64, len(p.Rows))}
	for i := range prices.Places {
		prices.Places[i] = make([]float64, len(p.Dimensions))
	}
	s.result.Prices = prices
	newest, err := planRow(w, "")
	if err != nil || newest == nil {
		return err
	}
	proposed, err := planOf(w, newest.Plan.Plan)
	if err != nil {
		return err
	}
	if _, _, err := scoreBy(w, proposed.Model, p, s.households, s.places); err != nil {
		return err
	}
	problem, result, err := attachments(w, proposed)
	if err != nil {
		return err
	}
	at := placeIndex(p)
	for k, known := range problem.Places {
		if i, here := at[known.ID]; here && len(result.Prices.Places[k]) == len(p.Dimensions) {
			copy(prices.Places[i], result.Prices.Places[k])
		}
	}
	for k, row := range problem.Rows {
		if i := slices.IndexFunc(p.Rows, func(r place.Row) bool { return r.Name == row.Name }); i >= 0 {
			prices.Rows[i] = result.Prices.Rows[k]
		}
	}
	return nil
}

// orResettlement is the pathway that plans are for unless told.
func orResettlement(pathway string) string { return cmp.Or(pathway, "resettlement") }
