package movement

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/domain/people"
	"cairn/domain/rights"
)

// member is a living member of a case who may have to travel.
type member struct {
	record, seat, site string
	head               bool
	alone              bool   // a child without parents
	journey            string // the latest one; "" without any
	status             string // on it
	stop               string // where that journey stopped; "" before its first leg left
}

// travelCase is a case with an accepted place.
type travelCase struct {
	id, origin, pathway string
	country, locality   string // of the place
	answered            string // RFC 3339
	site                string // where it waits
	members             []member
}

// party is members of one case who wait at one stop.
type party struct {
	*travelCase
	name    string // of the party in a plan
	stop    string // where they are: a site, or the stop where a journey broke off
	members []member
	escorts int    // staff who travel with somebody of them
	ends    ending // of a clearance or visa, where that makes them due
}

// acceptedCases reads the cases with an accepted placement, with their members and
// where these stand. ids narrows them down. It guards them.
func acceptedCases(w *blueprint.Work, ids []string) ([]*travelCase, error) {
	at := map[string]*travelCase{}
	var out []*travelCase
	scan := func(rows *sql.Rows) error {
		c := &travelCase{}
		err := rows.Scan(&c.id, &c.origin, &c.pathway, &c.country, &c.locality, &c.answered)
		at[c.id], out = c, append(out, c)
		return err
	}
	const query = `SELECT c.case_id, c.origin, c.pathway, p.country, COALESCE(q.locality, ''), p.at FROM resettlement_placement p
		JOIN cases_case c ON c.case_id = p.case_id LEFT JOIN resettlement_place q ON q.place = p.place
		WHERE p.status = 'accepted' AND c.closed = ''`
	var err error
	if len(ids) > 0 {
		err = w.Reader.In(w.Ctx, query+" AND c.case_id IN (%s) ORDER BY c.case_id", ids, scan)
	} else {
		_, err = blueprint.Collect(w, func(rows *sql.Rows) (struct{}, error) { return struct{}{}, scan(rows) }, query+" ORDER BY c.case_id")
	}
	if err != nil {
		return nil, fmt.Errorf("read the cases with an accepted place: %w", err)
	}
	found := make([]string, len(out))
	for i, c := range out {
		found[i] = c.id
	}
	if err := w.Guard(found...); err != nil {
		return nil, err
	}
	if err := readTravellers(w, found, at); err != nil {
		return nil, err
	}
	for _, c := range out {
		c.site = c.siteOf()
	}
	return out, nil
}

func readTravellers(w *blueprint.Work, ids []string, at map[string]*travelCase) error {
	seen := map[string]map[string]int{}
	err := w.Reader.In(w.Ctx, `SELECT m.case_id, r.record, r.needs, r.site, COALESCE(h.head, 0) FROM cases_member m
		JOIN people_record r ON r.record = m.record JOIN cases_case c ON c.case_id = m.case_id
		LEFT JOIN people_member h ON h.record = m.record AND h.household = c.household
		WHERE r.dead = 0 AND m.case_id IN (%s) ORDER BY m.case_id, r.record`, ids, func(rows *sql.Rows) error {
		var id, needs string
		var head int64
		var m member
		if err := rows.Scan(&id, &m.record, &needs, &m.site, &head); err != nil {
			return err
		}
		m.head, m.seat = head != 0, seatFor(strings.Split(needs, ","))
		m.alone = slices.Contains(strings.Split(needs, ","), people.NeedUnaccompanied)
		c := at[id]
		if seen[id] == nil {
			seen[id] = map[string]int{}
		}
		seen[id][m.record] = len(c.members)
		c.members = append(c.members, m)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the cases' members: %w", err)
	}
	var journeys []string
	err = w.Reader.In(w.Ctx, `SELECT j.case_id, j.journey, t.record, t.status, t.leg, j.continues, l.from_stop FROM movement_journey j
		JOIN movement_traveller t ON t.journey = j.journey JOIN movement_leg l ON l.journey = j.journey AND l.leg = t.leg
		WHERE j.case_id IN (%s) ORDER BY j.journey`, ids, func(rows *sql.Rows) error {
		var id, journey, record, status, continues, stop string
		var leg int64
		if err := rows.Scan(&id, &journey, &record, &status, &leg, &continues, &stop); err != nil {
			return err
		}
		journeys = append(journeys, journey)
		i, known := seen[id][record]
		if !known {
			return nil
		}
		m := &at[id].members[i]
		m.journey, m.status = journey, status
		if m.stop = ""; leg > 0 || continues != "" {
			m.stop = stop
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the cases' journeys: %w", err)
	}
	slices.Sort(journeys)
	return w.Guard(slices.Compact(journeys)...)
}

// siteOf is where the case waits: that of the head, or else of the first who has one.
func (c *travelCase) siteOf() string {
	site := ""
	for _, m := range c.members {
		if m.head && m.site != "" {
			return m.site
		}
		if site == "" {
			site = m.site
		}
	}
	return site
}

// waits says whether somebody is to be booked. Who did not come is booked anew only
// when staff ask for it: they may have changed their mind.
func (m *member) waits(noShows bool) bool {
	return !live(m.status) && (noShows || m.status != NoShow)
}

// parties groups the members who wait by where they are.
func parties(cases []*travelCase, noShows bool) []*party {
	var out []*party
	for _, c := range cases {
		at := map[string]*party{}
		for _, m := range c.members {
			if !m.waits(noShows) {
				continue
			}
			p := at[m.stop]
			if p == nil {
				p = &party{travelCase: c, name: c.id, stop: m.stop}
				if m.stop != "" {
					p.name += "@" + m.stop
				} else {
					p.stop = c.site
				}
				at[m.stop], out = p, append(out, p)
			}
			p.members = append(p.members, m)
		}
	}
	return out
}

// memberRecords lists the records of all members.
func memberRecords(found []*party) []string {
	var out []string
	for _, q := range found {
		for _, m := range q.members {
			out = append(out, m.record)
		}
	}
	return out
}

// countEscorts counts the staff who must travel with parties: whoever is named as the
// escort of a member, somebody for each member whose escort is not named yet, and
// somebody with a child who has no parents there.
func countEscorts(w *blueprint.Work, found []*party) error {
	records := memberRecords(found)
	named := map[string]string{}
	err := w.Reader.In(w.Ctx, "SELECT record, escort FROM rights_fitness WHERE fit = '"+rights.EscortRequired+"' AND record IN (%s)", records, func(rows *sql.Rows) error {
		var record, name string
		err := rows.Scan(&record, &name)
		named[record] = strings.TrimSpace(name)
		return err
	})
	if err != nil {
		return fmt.Errorf("read who needs an escort: %w", err)
	}
	for _, q := range found {
		names, alone := map[string]bool{}, false
		for _, m := range q.members {
			if name, needed := named[m.record]; needed {
				names[orElse(name, m.record)] = true
			}
			alone = alone || m.alone
		}
		if q.escorts = len(names); alone && q.escorts == 0 {
			q.escorts = 1
		}
	}
	return nil
}
