package movement

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"

	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/engine/route"
	"cairn/value/said"
)

// limits is what rights set to the journeys of cases.
type limits struct {
	avoid map[string][]string // countries where a member has a risk finding that is open or affirmed
	// cleared is the last day on which the medical clearance of all members counts;
	// of who has none, or one without an end, the gate decides.
	cleared map[string]string
}

// readLimits reads what limits the journeys of parties, by case. What is known of a
// person stands in any of their records.
func readLimits(w *blueprint.Work, found []*party) (*limits, error) {
	var records []string
	caseOf := map[string]string{}
	for _, p := range found {
		for _, m := range p.members {
			records = append(records, m.record)
			caseOf[m.record] = p.id
		}
	}
	persons, err := identity.Members(w, records)
	if err != nil {
		return nil, err
	}
	owners := map[string][]string{}
	for record, same := range persons {
		for _, r := range same {
			owners[r] = append(owners[r], caseOf[record])
		}
	}
	all := slices.Sorted(maps.Keys(owners))
	out := &limits{avoid: map[string][]string{}, cleared: map[string]string{}}
	if err := out.readFindings(w, all, owners); err != nil {
		return nil, err
	}
	return out, out.readClearances(w, all, persons, caseOf)
}

func (l *limits) readFindings(w *blueprint.Work, records []string, owners map[string][]string) error {
	err := w.Reader.In(w.Ctx, "SELECT record, country FROM rights_finding WHERE status IN ('open', 'affirmed') AND record IN (%s)",
		records, func(rows *sql.Rows) error {
			var record, country string
			err := rows.Scan(&record, &country)
			for _, id := range owners[record] {
				if !slices.Contains(l.avoid[id], country) {
					l.avoid[id] = append(l.avoid[id], country)
				}
			}
			return err
		})
	if err != nil {
		return fmt.Errorf("read the risk findings: %w", err)
	}
	for _, countries := range l.avoid {
		slices.Sort(countries)
	}
	return nil
}

// readClearances takes the newest assessment of each person, and of a case the one
// that ends first.
func (l *limits) readClearances(w *blueprint.Work, records []string, persons map[string][]string, caseOf map[string]string) error {
	type clearance struct{ until, at string }
	found := map[string]clearance{}
	err := w.Reader.In(w.Ctx, "SELECT record, until, at FROM rights_fitness WHERE record IN (%s)", records, func(rows *sql.Rows) error {
		var record string
		var c clearance
		err := rows.Scan(&record, &c.until, &c.at)
		found[record] = c
		return err
	})
	if err != nil {
		return fmt.Errorf("read the medical clearances: %w", err)
	}
	for record, same := range persons {
		var newest clearance
		for _, r := range same {
			if c := found[r]; c.at > newest.at {
				newest = c
			}
		}
		if id := caseOf[record]; newest.until != "" && (l.cleared[id] == "" || newest.until < l.cleared[id]) {
			l.cleared[id] = newest.until
		}
	}
	return nil
}

// by is when a case must have arrived, when it is due and within the last day of its
// medical clearance, and that day where it comes first.
func (l *limits) by(id string, due route.Minute) (route.Minute, string) {
	last, err := time.Parse(time.DateOnly, l.cleared[id])
	if err != nil {
		return due, ""
	}
	if end := route.Minute(last.AddDate(0, 0, 1).Unix() / 60); end < due {
		return end, l.cleared[id]
	}
	return due, ""
}

// reason is why a party has no journey; cleared is the day that made it due.
func (x *wording) reason(o *route.Obstacle, cleared string) (detail, help said.Sentence) {
	detail, help = x.say(o.Detail), x.say(o.Help)
	if o.Rule == route.RuleWindow && cleared != "" {
		detail = said.Say("%v; the medical clearance of the party counts until %s", detail, cleared)
	}
	return detail, help
}
