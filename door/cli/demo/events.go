package demo

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sync/errgroup"

	"cairn/domain/people"
	"cairn/domain/rights"
)

// event is one line of the example's events: what a simulated person meets or does.
type event struct{ file, number, kind, date, until, country, detail string }

// eventBook finds events by what happens and to whom ("FILE NUMBER").
type eventBook struct {
	list []event
	by   map[string][]event // by "FILE NUMBER"
	used map[string]bool
}

// of gives the events of one kind that happen to somebody.
func (b *eventBook) of(who, kind string) []event {
	var out []event
	for _, e := range b.by[who] {
		if e.kind == kind {
			out = append(out, e)
		}
	}
	return out
}

func readEvents(folder string) (*eventBook, error) {
	file, err := os.Open(filepath.Join(folder, "events.csv"))
	if err != nil {
		return nil, fmt.Errorf("read the example's events: %w", err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the example's events: %w", err)
	}
	book := &eventBook{by: map[string][]event{}, used: map[string]bool{}}
	for _, r := range rows[1:] {
		e := event{r[0], r[1], r[2], r[3], r[4], r[5], r[6]}
		book.list = append(book.list, e)
		book.by[e.file+" "+e.number] = append(book.by[e.file+" "+e.number], e)
	}
	return book, nil
}

// once says whether an event happens to somebody, the first time that it is asked.
func (b *eventBook) once(kind, who string) bool {
	if len(b.of(who, kind)) == 0 {
		return false
	}
	key := kind + " " + who
	first := !b.used[key]
	b.used[key] = true
	return first
}

// registered gives the record of each registration that was taken over, by "FILE NUMBER".
func (s *simulation) registered() (map[string]string, error) {
	rows, err := s.texts(`SELECT i.name, r.listed, r.record FROM people_record r JOIN people_importing i ON i.importing = r.import`)
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(rows))
	for _, r := range rows {
		out[r[0]+" "+r[1]] = r[2]
	}
	return out, nil
}

// protect records what the protection and medical officers learn before anybody
// moves: risks, holds, guardians, appeals. They write one list for each thing learnt.
func (s *simulation) protect() error {
	registered, err := s.registered()
	if err != nil {
		return err
	}
	lists := map[event][]string{}
	var order []event
	for _, e := range s.events.list {
		record, known := registered[e.file+" "+e.number]
		if !known {
			continue
		}
		learnt := event{kind: e.kind, until: e.until, country: e.country, detail: e.detail}
		if lists[learnt] == nil {
			order = append(order, learnt)
		}
		if !slices.Contains(lists[learnt], record) {
			lists[learnt] = append(lists[learnt], record)
		}
	}
	for i, e := range order {
		if err := s.meet(e, lists[e]); err != nil {
			return fmt.Errorf("%s, %s: %w", e.kind, e.detail, err)
		}
		s.show("protection", int64(i+1), int64(len(order)))
	}
	return nil
}

func (s *simulation) meet(e event, who []string) error {
	reason := "simulated: " + e.detail
	var err error
	switch e.kind {
	case "risk_finding":
		_, err = s.do("protection_officer", "rights.report_risk",
			&rights.RiskInput{Records: who, Countries: []string{e.country}, Basis: reason})
	case "medical_hold":
		_, err = s.do("medical_officer", "rights.place_medical_hold",
			&rights.MedicalHoldInput{Records: who, Reason: reason, Until: e.until})
	case "guardian_named":
		_, err = s.do("protection_officer", "rights.appoint_guardian",
			&rights.GuardianInput{Records: who, Guardian: "Simulated guardian", Relation: reason, Present: true})
	case "appeal":
		_, err = s.do("protection_officer", "rights.lodge_appeal",
			&rights.AppealInput{Records: who, Suspensive: true, Against: reason})
	case "return_wish":
		_, err = s.do("protection_officer", "rights.place_hold",
			&rights.HoldInput{Records: who, Category: "protection", Reason: "simulated: wishes to return and is being counselled: " + e.detail})
	}
	return err
}

// withdrawConsents has those withdraw whose events say so, after they had agreed.
func (s *simulation) withdrawConsents() error {
	return s.each("consent_withdrawn", `SELECT record, destination FROM people_consent WHERE withdrawn = '' ORDER BY record, destination`,
		func(e event, record, destination string) error {
			_, err := s.do("caseworker", "people.withdraw_consent", &people.WithdrawInput{Records: []string{record},
				Purpose: people.PurposeResettlement, Destinations: []string{destination}, Reason: "simulated: " + e.detail})
			return err
		})
}

// bestInterests decides, for each child who travels without parents, on the country
// that its case was placed in.
func (s *simulation) bestInterests() error {
	return s.each("best_interests", `SELECT m.record, p.country FROM cases_member m JOIN resettlement_placement p ON p.case_id = m.case_id
		WHERE p.status = 'accepted' ORDER BY m.record, p.country`, func(e event, record, country string) error {
		_, err := s.do("protection_officer", "rights.decide_best_interests", &rights.BestInterestsInput{Records: []string{record},
			Destination: country, Outcome: "in_favour", Reason: "simulated: " + e.detail})
		return err
	})
}

// officers is how many work side by side on what is decided for each person alone, clerks
// on lists.
const officers, clerks = 8, 3

// sideBySide has clerks work on the lists at the same time.
func sideBySide[T any](lists []T, do func(T) error) error {
	var group errgroup.Group
	group.SetLimit(clerks)
	for _, l := range lists {
		group.Go(func() error { return do(l) })
	}
	return group.Wait()
}

// each does something for everybody to whom a kind of event happens, and each country
// that a query gives for their record.
func (s *simulation) each(kind, query string, do func(e event, record, country string) error) error {
	registered, err := s.registered()
	if err != nil {
		return err
	}
	rows, err := s.texts(query)
	if err != nil {
		return err
	}
	countries := map[string][]string{}
	for _, r := range rows {
		countries[r[0]] = append(countries[r[0]], r[1])
	}
	var group errgroup.Group
	group.SetLimit(officers)
	for _, e := range s.events.list {
		record := registered[e.file+" "+e.number]
		if e.kind != kind || len(countries[record]) == 0 {
			continue
		}
		group.Go(func() error {
			for _, country := range countries[record] {
				if err := do(e, record, country); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}
