package demo

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"cairn/blueprint/lists"
	"cairn/domain/cases"
	"cairn/domain/people"
	"cairn/domain/resettlement"
	"cairn/domain/rights"
	hungary1956 "cairn/examples/hungary-1956"
)

// offer opens cases and places, and goes through rounds of plans and answers until
// nobody who waits can be placed.
func (s *simulation) offer(files []hungary1956.FileInfo) error {
	if err := s.importPlaces(files); err != nil {
		return err
	}
	for round := range 3 {
		placed, err := s.round(round)
		if err != nil || placed == 0 {
			return err
		}
	}
	return nil
}

// importPlaces takes over the lists of offers.
func (s *simulation) importPlaces(files []hungary1956.FileInfo) error {
	for _, f := range files {
		if f.Kind != hungary1956.KindOffers {
			continue
		}
		in := &resettlement.ImportInput{Input: lists.Input{Path: filepath.Join(s.files, f.Name), GoodRowsOnly: true}}
		if _, err := s.do("placement_officer", "resettlement.import_places", in); err != nil {
			return fmt.Errorf("take over %s: %w", f.Name, err)
		}
	}
	return nil
}

// openCases opens the cases of each camp's list.
func (s *simulation) openCases() error {
	lists, err := s.texts("SELECT importing FROM people_importing ORDER BY importing")
	if err != nil {
		return err
	}
	for _, list := range lists { // one after another: plans depend on the order of cases
		if _, err := s.do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true, Import: list[0]}); err != nil {
			return err
		}
	}
	return nil
}

// The search of the first round may take workForPair for every two people, which bounds how
// often each case looks at each place, but at least leastWork and at most mostWork: the
// example's places are small, which takes more than usual. laterWork is that of later
// rounds, which place the few who are left.
const (
	workForPair = 2.5
	leastWork   = 1_600_000_000
	mostWork    = 27_000_000_000
	laterWork   = 20_000_000
	// The search ends before where the plan is proven to be as good as this.
	enoughPlaces = 0.002
)

func firstWork(people int) int64 {
	return int64(min(max(leastWork, workForPair*float64(people)*float64(people)), mostWork))
}

// round proposes a plan, has staff accept it, and asks states and households.
func (s *simulation) round(n int) (placed int, err error) {
	in := &resettlement.ProposeInput{Seed: uint64(n + 1), Work: firstWork(s.people), Enough: enoughPlaces}
	if n > 0 {
		in.Work = laterWork
	}
	out, err := s.do("placement_officer", "resettlement.propose", in)
	if err != nil {
		return 0, err
	}
	plan, ok := out.Out.(resettlement.Plan)
	if !ok {
		return 0, fmt.Errorf("a proposal gave %T", out.Out)
	}
	standing, err := s.texts("SELECT case_id FROM resettlement_placement WHERE plan = $1 AND status = 'proposed'", plan.Plan)
	if err != nil || len(standing) == 0 { // safeguards may have refused all that was left
		return 0, err
	}
	if n == 0 { // later rounds place the few who are left
		s.report.placeGap = plan.Gap
	}
	if _, err := s.do("placement_officer", "resettlement.accept_plan", &resettlement.AcceptPlanInput{Plan: plan.Plan,
		Reason: "simulated: the plan is accepted as a whole"}); err != nil {
		return 0, err
	}
	return len(standing), s.answer()
}

// answersAtOnce is how many offers a simulated clerk records in one go.
const answersAtOnce = 1000

// answer has the receiving states and the households answer what is offered. Who
// declines stands in the example's events.
func (s *simulation) answer() error {
	offered, err := s.texts(`SELECT p.case_id, p.country, r.listed, i.name FROM resettlement_placement p
		JOIN cases_member m ON m.case_id = p.case_id JOIN people_record r ON r.record = m.record
		JOIN people_importing i ON i.importing = r.import WHERE p.status = 'offered' ORDER BY p.case_id, r.record`)
	if err != nil {
		return err
	}
	asked := map[string][]string{} // cases by country
	states, households := map[string]bool{}, map[string]bool{}
	last := ""
	for _, row := range offered {
		id, who := row[0], row[3]+" "+row[2]
		if id != last {
			asked[row[1]] = append(asked[row[1]], id)
			last = id
		}
		states[id] = s.events.once("state_refused", who) || states[id]
		households[id] = s.events.once("offer_refused", who) || households[id]
	}
	countries := slices.Sorted(maps.Keys(asked))
	for _, country := range countries {
		if err := s.appointCommission(country); err != nil {
			return err
		}
	}
	err = sideBySide(countries, func(country string) error { return s.answerFor(country, asked[country], states, households) })
	if err != nil {
		return err
	}
	return s.consent()
}

func (s *simulation) answerFor(country string, ids []string, states, households map[string]bool) error {
	if err := s.record(commissionOf(country), "resettlement.answer_for_state", ids, states, "simulated: the commission declined"); err != nil {
		return err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return states[id] })
	return s.record("caseworker", "resettlement.answer_for_household", ids, households, "simulated: the family would rather go elsewhere")
}

func (s *simulation) record(actor, action string, order []string, declined map[string]bool, reason string) error {
	for chunk := range slices.Chunk(order, answersAtOnce) {
		in := &resettlement.AnswersInput{}
		for _, id := range chunk {
			a := resettlement.Answer{Case: id, Accepted: !declined[id], Language: "hu"}
			if declined[id] {
				a.Reason = reason
			}
			in.Answers = append(in.Answers, a)
		}
		if _, err := s.do(actor, action, in); err != nil {
			return err
		}
	}
	return nil
}

// consent records that the adults of households which accepted an offer agree to
// go to its country, each for themselves.
func (s *simulation) consent() error {
	rows, err := s.texts(`SELECT p.country, m.record FROM resettlement_placement p JOIN cases_member m ON m.case_id = p.case_id
		LEFT JOIN people_consent c ON c.record = m.record AND c.destination = p.country
		WHERE p.status = 'accepted' AND c.record IS NULL ORDER BY p.country, m.record`)
	if err != nil {
		return err
	}
	var lists []*people.ConsentInput
	for _, r := range rows {
		if n := len(lists); n == 0 || lists[n-1].Destinations[0] != r[0] || len(lists[n-1].Records) == answersAtOnce {
			lists = append(lists, &people.ConsentInput{Purpose: people.PurposeResettlement, Destinations: []string{r[0]},
				Language: "hu", Informed: true, Interpreter: "simulated"})
		}
		last := lists[len(lists)-1]
		last.Records = append(last.Records, r[1])
	}
	return sideBySide(lists, func(in *people.ConsentInput) error {
		_, err := s.do("caseworker", "people.give_consent", in)
		return err
	})
}

// examine has the simulated medical officer find everybody fit who has no hold.
func (s *simulation) examine() error {
	rows, err := s.texts(`SELECT m.record FROM resettlement_placement p JOIN cases_member m ON m.case_id = p.case_id
		WHERE p.status = 'accepted' ORDER BY m.record`)
	if err != nil {
		return err
	}
	return sideBySide(slices.Collect(slices.Chunk(rows, answersAtOnce)), func(chunk [][]string) error {
		in := &rights.FitnessInput{Fit: "fit"}
		for _, r := range chunk {
			in.Records = append(in.Records, r[0])
		}
		_, err := s.do("medical_officer", "rights.assess_fitness", in)
		return err
	})
}
