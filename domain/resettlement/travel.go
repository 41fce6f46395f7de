package resettlement

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
	"cairn/gate"
)

// trips says who would travel by placements: every living member of each case, from
// the case's country of origin to the country of the place, by no known route yet.
func trips(w *blueprint.Work, drafts []*blueprint.Draft) ([]blueprint.Trip, error) {
	byCase := map[string]*blueprint.Draft{}
	var ids []string
	for _, d := range drafts {
		byCase[d.Subject] = d
		ids = append(ids, d.Subject)
	}
	var out []blueprint.Trip
	err := w.Reader.In(w.Ctx, `SELECT m.case_id, m.record, c.origin, c.pathway FROM cases_member m
		JOIN cases_case c ON c.case_id = m.case_id JOIN people_record r ON r.record = m.record
		WHERE r.dead = 0 AND m.case_id IN (%s) ORDER BY m.case_id, m.record`, ids, func(rows *sql.Rows) error {
		var id string
		t := gate.Trip{Stage: gate.StageProposal, Voluntary: true}
		if err := rows.Scan(&id, &t.Record, &t.Origin, &t.Pathway); err != nil {
			return err
		}
		t.Destination = destination(byCase[id].Fact)
		out = append(out, blueprint.Trip{Trip: t, Draft: byCase[id]})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read who would travel: %w", err)
	}
	return out, nil
}

func destination(fact blueprint.Fact) string {
	switch v := fact.(type) {
	case *PlacementProposed:
		return v.Country
	case *PlacementChanged:
		return v.Country
	}
	return ""
}
