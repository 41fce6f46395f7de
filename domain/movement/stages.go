package movement

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
	"cairn/domain/cases"
)

// journeyEnd is the case of a journey and the number of its last leg.
type journeyEnd struct {
	of   string
	last int
}

// journeyEnds reads the cases and last legs of journeys.
func journeyEnds(w *blueprint.Work, journeys []string) (map[string]journeyEnd, error) {
	out := map[string]journeyEnd{}
	query := `SELECT j.journey, j.case_id, MAX(l.leg) FROM movement_journey j JOIN movement_leg l ON l.journey = j.journey
		WHERE j.journey IN (%s) GROUP BY j.journey, j.case_id`
	err := w.Reader.In(w.Ctx, query, journeys, func(rows *sql.Rows) error {
		var journey string
		var end journeyEnd
		err := rows.Scan(&journey, &end.of, &end.last)
		out[journey] = end
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the cases of journeys: %w", err)
	}
	return out, nil
}

// reach tells the cases of travellers how far they are, in the units of what moveEach
// drafted without suffix. when picks the legs that count; nil counts all.
func reach(w *blueprint.Work, found []standing, stage string, when func(leg, last int) bool) error {
	var journeys []string
	for _, t := range found {
		if when == nil || when(t.leg, t.leg) { // no other leg can be the first, or the last
			journeys = append(journeys, t.journey)
		}
	}
	ends, err := journeyEnds(w, distinct(journeys))
	if err != nil {
		return err
	}
	told := map[string]bool{}
	for _, t := range found {
		end, known := ends[t.journey]
		if !known || told[end.of] || (when != nil && !when(t.leg, end.last)) {
			continue
		}
		told[end.of] = true
		w.AddTo(t.journey, end.of, cases.Reached(stage, w.Now(), ""))
	}
	return nil
}

func firstLeg(leg, _ int) bool   { return leg == 0 }
func lastLeg(leg, last int) bool { return leg == last }
