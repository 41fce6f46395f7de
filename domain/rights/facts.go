package rights

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/gate"
	"cairn/ledger"
	"cairn/value"
)

// Fill gives the gate what the record says about travellers, many at once. Facts are
// those of the whole person: of all records that are the same person. It guards the
// records of the travellers, their households and everybody in these, so that a
// change in the meantime runs the action again. The trips are one set: a family is
// together when all of it is in the set with one destination.
func Fill(w *blueprint.Work, trips []*gate.Trip) error {
	if len(trips) == 0 {
		return nil
	}
	r := &reading{w: w, world: world{
		today: value.DateOf(w.Now()), persons: map[string]*person{}, personOf: map[string]string{},
		households: map[string][]string{}, going: map[string]map[string]bool{}}}
	records := make([]string, len(trips))
	for i, t := range trips {
		records[i] = t.Record
	}
	for _, step := range []func([]string) error{r.people, r.homes, r.records, r.consents, r.holds, r.findings, r.fitness,
		r.protections, r.appeals, r.splits} {
		if err := step(records); err != nil {
			return fmt.Errorf("read what protects the travellers: %w", err)
		}
	}
	for _, t := range trips {
		id := r.personOf[t.Record]
		if r.going[t.Destination] == nil {
			r.going[t.Destination] = map[string]bool{}
		}
		r.going[t.Destination][id] = true
	}
	for _, t := range trips {
		p := r.persons[r.personOf[t.Record]]
		t.Person = p.id
		r.facts(p, t)
		t.Facts.Versions = r.versions(p)
	}
	return nil
}

// reading gathers a world from the tables. The first steps find the people, the
// later ones read about all of them.
type reading struct {
	w *blueprint.Work
	world
	all []string // every record that matters
}

// people takes in records that are not known yet and all others of the same persons.
func (r *reading) people(records []string) error {
	records = slices.DeleteFunc(distinct(records), func(record string) bool { return r.personOf[record] != "" })
	members, err := identity.Members(r.w, records)
	if err != nil {
		return err
	}
	for _, record := range records {
		if _, known := r.personOf[record]; known {
			continue // another of these is the same person
		}
		p := &person{id: identity.PersonOf(members[record]), records: members[record], splits: map[split]bool{}}
		r.persons[p.id] = p
		for _, m := range p.records {
			r.personOf[m] = p.id
			r.all = append(r.all, m)
		}
	}
	return nil
}

// homes takes in the households of the travellers and everybody in them.
func (r *reading) homes([]string) error {
	var households []string
	err := r.each("SELECT household FROM people_member WHERE record IN (%s) ORDER BY household", r.all, func(rows *sql.Rows) error {
		var household string
		err := rows.Scan(&household)
		households = append(households, household)
		return err
	})
	if err != nil {
		return err
	}
	households = distinct(households)
	if err := r.w.Guard(households...); err != nil {
		return err
	}
	type place struct{ household, record, relation string }
	var places []place
	var records []string
	err = r.each("SELECT household, record, relation, head FROM people_member WHERE household IN (%s) ORDER BY household, record",
		households, func(rows *sql.Rows) error {
			var p place
			var head int64
			err := rows.Scan(&p.household, &p.record, &p.relation, &head)
			if head != 0 {
				p.relation = "head"
			}
			places, records = append(places, p), append(records, p.record)
			return err
		})
	if err != nil {
		return err
	}
	if err := r.people(records); err != nil {
		return err
	}
	for _, at := range places {
		p := r.persons[r.personOf[at.record]]
		p.homes = append(p.homes, home{at.household, at.relation})
		if !slices.Contains(r.households[at.household], p.id) {
			r.households[at.household] = append(r.households[at.household], p.id)
		}
	}
	return nil
}

// each runs a query about a list of texts.
func (r *reading) each(query string, texts []string, row func(*sql.Rows) error) error {
	return r.w.Reader.In(r.w.Ctx, query, texts, row)
}

// about runs a query about every record that matters; its first column is the record.
func (r *reading) about(query string, columns []any, record *string, keep func(p *person)) error {
	return r.each(query, r.all, func(rows *sql.Rows) error {
		if err := rows.Scan(append([]any{record}, columns...)...); err != nil {
			return err
		}
		keep(r.persons[r.personOf[*record]])
		return nil
	})
}

func (r *reading) records([]string) error {
	var record, birth, nationality string
	var dead int64
	return r.about("SELECT record, birth, nationality, dead FROM people_record WHERE record IN (%s)",
		[]any{&birth, &nationality, &dead}, &record, func(p *person) {
			var born value.Date
			if born.UnmarshalText([]byte(birth)) == nil {
				p.births = append(p.births, born)
			}
			if nationality != "" {
				p.nationalities = append(p.nationalities, strings.Split(nationality, ",")...)
			}
			p.dead = p.dead || dead != 0
		})
}

func (r *reading) consents([]string) error {
	var record string
	var c consent
	var by int64
	return r.about("SELECT record, purpose, destination, language, by_representative, given, withdrawn FROM people_consent WHERE record IN (%s)",
		[]any{&c.purpose, &c.destination, &c.language, &by, &c.given, &c.withdrawn}, &record, func(p *person) {
			c.representative = by != 0
			p.consents = append(p.consents, c)
		})
}

func (r *reading) holds([]string) error {
	var record, id, category, until, lifted string
	today := r.today.String()
	return r.about("SELECT record, hold, category, until, lifted FROM rights_hold WHERE lifted = '' AND record IN (%s)",
		[]any{&id, &category, &until, &lifted}, &record, func(p *person) {
			switch {
			case !inForce(lifted, until, today):
			case category == HoldMedical:
				p.medical = append(p.medical, id)
			default:
				p.holds = append(p.holds, id)
			}
		})
}

func (r *reading) findings([]string) error {
	var record, code string
	return r.about("SELECT record, country FROM rights_finding WHERE status <> 'unfounded' AND record IN (%s)",
		[]any{&code}, &record, func(p *person) { p.risks = append(p.risks, code) })
}

func (r *reading) fitness([]string) error {
	var record, at string
	var f FitnessAssessed
	return r.about("SELECT record, fit, escort, until, at FROM rights_fitness WHERE record IN (%s) ORDER BY record",
		[]any{&f.Fit, &f.Escort, &f.Until, &at}, &record, func(p *person) {
			if at > p.fitnessAt {
				p.fitness, p.fitnessAt = f, at
			}
		})
}

func (r *reading) protections([]string) error {
	var record string
	var q protection
	return r.about("SELECT record, what, name, outcome, at FROM rights_protection WHERE record IN (%s) ORDER BY record, what, name",
		[]any{&q.what, &q.name, &q.outcome, &q.at}, &record, func(p *person) { p.protections = append(p.protections, q) })
}

func (r *reading) appeals([]string) error {
	var record string
	var a appeal
	var suspensive int64
	return r.about("SELECT record, appeal, suspensive, waived, decided FROM rights_appeal WHERE record IN (%s)",
		[]any{&a.Appeal, &suspensive, &a.waived, &a.decided}, &record, func(p *person) {
			a.Suspensive = suspensive != 0
			p.appeals = append(p.appeals, a)
		})
}

func (r *reading) splits([]string) error {
	var record string
	var s split
	return r.about("SELECT record, household, destination FROM rights_split WHERE record IN (%s)",
		[]any{&s.household, &s.destination}, &record, func(p *person) { p.splits[s] = true })
}

// versions are the heads of what one traveller's facts rest on: the records of the
// person, the households, and the records of everybody in them.
func (r *reading) versions(p *person) []string {
	subjects := slices.Clone(p.records)
	for _, at := range p.homes {
		subjects = append(subjects, at.household)
		for _, member := range r.households[at.household] {
			subjects = append(subjects, r.persons[member].records...)
		}
	}
	var heads []string
	for _, s := range distinct(subjects) {
		for _, id := range ledger.SplitHeads(r.w.Head(s).Heads) {
			heads = append(heads, string(id))
		}
	}
	return distinct(heads)
}
