package demo

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"

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

// protect records what the protection and medical officers learn before anybody
// moves: risks, holds, guardians, best interests, appeals.
func (s *simulation) protect() error {
	records, err := s.texts(`SELECT i.name, r.listed, r.record FROM people_record r JOIN people_importing i ON i.importing = r.import`)
	if err != nil {
		return err
	}
	byName := make(map[string]string, len(records))
	for _, r := range records {
		byName[r[0]+" "+r[1]] = r[2]
	}
	for i, e := range s.events.list {
		record, known := byName[e.file+" "+e.number]
		if !known {
			continue
		}
		if err := s.meet(e, record); err != nil {
			return fmt.Errorf("%s of %s %s: %w", e.kind, e.file, e.number, err)
		}
		s.show("protection", int64(i), int64(len(s.events.list)))
	}
	return nil
}

func (s *simulation) meet(e event, record string) error {
	reason := "simulated: " + e.detail
	who := []string{record}
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
	for _, e := range s.events.list {
		if e.kind != "consent_withdrawn" {
			continue
		}
		rows, err := s.texts(`SELECT r.record, c.destination FROM people_record r JOIN people_importing i ON i.importing = r.import
			JOIN people_consent c ON c.record = r.record AND c.withdrawn = '' WHERE i.name = $1 AND r.listed = $2`, e.file, e.number)
		if err != nil {
			return err
		}
		for _, r := range rows {
			in := &people.WithdrawInput{Records: []string{r[0]}, Purpose: people.PurposeResettlement,
				Destinations: []string{r[1]}, Reason: "simulated: " + e.detail}
			if _, err := s.do("caseworker", "people.withdraw_consent", in); err != nil {
				return err
			}
		}
	}
	return nil
}

// bestInterests decides, for children who travel without parents, on the country
// that their case was placed in.
func (s *simulation) bestInterests() error {
	for _, e := range s.events.list {
		if e.kind != "best_interests" {
			continue
		}
		rows, err := s.texts(`SELECT r.record, p.country FROM people_record r JOIN people_importing i ON i.importing = r.import
			JOIN cases_member m ON m.record = r.record JOIN resettlement_placement p ON p.case_id = m.case_id AND p.status = 'accepted'
			WHERE i.name = $1 AND r.listed = $2`, e.file, e.number)
		if err != nil {
			return err
		}
		for _, r := range rows {
			in := &rights.BestInterestsInput{Records: []string{r[0]}, Destination: r[1], Outcome: "in_favour", Reason: "simulated: " + e.detail}
			if _, err := s.do("protection_officer", "rights.decide_best_interests", in); err != nil {
				return err
			}
		}
	}
	return nil
}
