package movement

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/domain/people"
	"cairn/engine/route"
	"cairn/format/mrz"
	"cairn/value"
	"cairn/value/said"
)

// limits is what rights set to the journeys of cases.
type limits struct {
	avoid map[string][]string // countries where a member has a risk finding that is open or affirmed
	// ends is the last day on which the medical clearance and the visas on record of all
	// members count; of who has none, or one without an end, the gate decides.
	ends map[string]ending
}

// ending is the last day on which something counts; "" where nothing ends.
type ending struct {
	day  string
	visa bool // that of the country of destination, else the medical clearance
}

// soon takes the earlier ending of a case.
func (l *limits) soon(id string, e ending) {
	if e.day != "" && (l.ends[id].day == "" || e.day < l.ends[id].day) {
		l.ends[id] = e
	}
}

// readLimits reads what limits the journeys of parties, by case. What is known of a
// person stands in any of their records.
func readLimits(w *blueprint.Work, found []*party) (*limits, error) {
	caseOf, goal := map[string]string{}, map[string]string{}
	for _, p := range found {
		goal[p.id] = p.country
		for _, m := range p.members {
			caseOf[m.record] = p.id
		}
	}
	persons, err := identity.Members(w, memberRecords(found))
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
	out := &limits{avoid: map[string][]string{}, ends: map[string]ending{}}
	if err := out.readFindings(w, all, owners); err != nil {
		return nil, err
	}
	if err := out.readClearances(w, all, persons, caseOf); err != nil {
		return nil, err
	}
	return out, out.readVisas(w, all, persons, func(record string) (id, country string) { return caseOf[record], goal[caseOf[record]] })
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
		l.soon(caseOf[record], ending{day: newest.until})
	}
	return nil
}

// readVisas reads the visas for the countries of destination off their zones: of each
// person the one that counts longest. Only documents that the desk called a visa are read.
func (l *limits) readVisas(w *blueprint.Work, records []string, persons map[string][]string, of func(string) (id, country string)) error {
	var holders []string
	err := w.Reader.In(w.Ctx, "SELECT record, type FROM people_document WHERE record IN (%s) ORDER BY record", records, func(rows *sql.Rows) error {
		var record, kind string
		err := rows.Scan(&record, &kind)
		if isVisa(kind) {
			holders = append(holders, record)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("find the visas: %w", err)
	}
	current, err := people.Current(w, distinct(holders))
	if err != nil {
		return err
	}
	for record, same := range persons {
		id, country := of(record)
		longest := ""
		for _, r := range same {
			for _, d := range current[r].Documents {
				longest = max(longest, visaUntil(d, country, w.Now()))
			}
		}
		l.soon(id, ending{day: longest, visa: true})
	}
	return nil
}

// visaWords are what desks call a visa.
var visaWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for _, word := range []string{"visa", "visum", "viza", "vize", "visto", "visado", "виза", "віза", "تأشيرة", "ویزا", "روادید"} {
		words[value.Fold(word)] = true
	}
	return words
})

// isVisa says that a desk called a document a visa.
func isVisa(kind string) bool {
	return slices.ContainsFunc(strings.Fields(value.Fold(kind)), func(word string) bool { return visaWords()[word] })
}

// visaUntil is the last day of a visa for a country, or "".
func visaUntil(d people.Document, country string, now time.Time) string {
	z, err := mrz.Parse(d.Zone)
	if err != nil || !strings.HasPrefix(z.Code, "V") || country == "" || z.Issuer != country {
		return ""
	}
	until, err := mrz.Expires(z.Expiry, now)
	if err != nil {
		return ""
	}
	return until.Format(time.DateOnly)
}

// by is when a case must have arrived, when it is due and within the last day of what
// must count on the way, and what that is where it comes first.
func (l *limits) by(id string, due route.Minute) (route.Minute, ending) {
	last, err := time.Parse(time.DateOnly, l.ends[id].day)
	if err != nil {
		return due, ending{}
	}
	if end := route.Minute(last.AddDate(0, 0, 1).Unix() / 60); end < due {
		return end, l.ends[id]
	}
	return due, ending{}
}

// reason is why a party has no journey; e is what made it due.
func (x *wording) reason(o *route.Obstacle, e ending) (detail, help said.Sentence) {
	detail, help = x.say(o.Detail), x.say(o.Help)
	switch {
	case o.Rule != route.RuleWindow || e.day == "":
	case e.visa:
		detail = said.Say("%v; a visa of the party counts until %s", detail, e.day)
	default:
		detail = said.Say("%v; the medical clearance of the party counts until %s", detail, e.day)
	}
	return detail, help
}
