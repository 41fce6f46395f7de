package webtest

import (
	"fmt"
	"math/rand/v2"

	"cairn/domain/cases"
	"cairn/domain/people"
	"cairn/domain/resettlement"
)

// FillHistory gives an empty office a past: households that settled in two towns and what
// became of them, a model of it, and a plan by the model for more households than there is
// room for, with a study. O.Plan is that plan, o.Cases the cases that it was made for.
func (o *Office) FillHistory() error {
	s := &steps{Office: o}
	towns, _ := s.do("placement_officer", "resettlement.open_places", &resettlement.OpenPlacesInput{Places: []resettlement.PlaceInput{
		{Country: "CAN", Locality: "Hull", Capacity: map[string]int64{"people": 130}, Languages: []string{"English"}},
		{Country: "CAN", Locality: "Sherbrooke", Capacity: map[string]int64{"people": 130}, Languages: []string{"French"}},
		{Country: "CHE", Locality: "Fribourg", Capacity: map[string]int64{"people": 14, "school": 2}, Languages: []string{"French", "German"}},
		{Country: "AUS", Locality: "Ballarat", Capacity: map[string]int64{"people": 20, "school": 6, "medical": 1}, Languages: []string{"English"}},
	}}).(resettlement.PlacesOut)
	s.Places = towns.Places
	past := s.settle(210)
	seen, draw := &resettlement.ObserveInput{}, rand.New(rand.NewPCG(1, 2))
	for i, id := range past {
		seen.Observed = append(seen.Observed, resettlement.Observed{Case: id, Came: draw.Float64() < 0.8-0.6*float64(i%40)/40})
	}
	s.do("caseworker", "resettlement.observe_outcomes", seen)
	s.do("placement_officer", "resettlement.fit_outcomes", &resettlement.FitInput{})
	s.do("placement_officer", "resettlement.set_quota", &resettlement.QuotaInput{Country: "AUS", Period: "1957", People: 12})
	s.Cases = s.newcomers()
	plan, _ := s.do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{Seed: 1, Model: "newest"}).(resettlement.Plan)
	s.Plan = plan.Plan
	s.do("placement_officer", "resettlement.study_plan", &resettlement.StudyInput{Plan: plan.Plan})
	return s.err
}

// settle has people who live alone accept a place in Canada.
func (s *steps) settle(n int) []string {
	for i := range n {
		s.do("registrar", "people.register", &people.RegisterInput{Wishes: []string{"CAN"}, Members: []people.Person{{Name: fmt.Sprintf("Kis, Anna %d", i),
			Birth: fmt.Sprintf("%d-05-06", 1895+i%40), Nationalities: []string{"HUN"}, Languages: []string{[]string{"en", "fr", "hu"}[i%3]}}}})
	}
	opened, _ := s.do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true}).(cases.OpenedOut)
	plan, _ := s.do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{Seed: 1}).(resettlement.Plan)
	s.do("placement_officer", "resettlement.accept_plan", &resettlement.AcceptPlanInput{Plan: plan.Plan})
	answers := &resettlement.AnswersInput{}
	for _, id := range opened.Opened {
		answers.Answers = append(answers.Answers, resettlement.Answer{Case: id, Accepted: true, Language: "hu"})
	}
	s.do("receiving_state", "resettlement.answer_for_state", answers)
	s.do("caseworker", "resettlement.answer_for_household", answers)
	return opened.Opened
}

// newcomers are families of several origins and sizes who wish for different countries.
func (s *steps) newcomers() []string {
	wishes := [][]string{{"CAN", "AUS"}, {"CHE"}, {"AUS", "CHE", "CAN"}, {"CAN"}}
	for i := range 48 {
		in := &people.RegisterInput{Wishes: wishes[i%len(wishes)]}
		for k := range 1 + i%5 {
			member := people.Person{Name: fmt.Sprintf("Nagy, Member %d %d", i, k), Birth: fmt.Sprintf("%d-02-03", 1915+i%15+18*min(k/2, 1)+k),
				Nationalities: []string{[]string{"HUN", "HUN", "YUG"}[i%3]}, Languages: []string{[]string{"hu", "fr", "en"}[i%3]}}
			if i%11 == 5 && k == 0 {
				member.Needs = []string{"wheelchair"}
			}
			in.Members = append(in.Members, member)
		}
		s.do("registrar", "people.register", in)
	}
	opened, _ := s.do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true}).(cases.OpenedOut)
	return opened.Opened
}
