package webtest

import (
	"fmt"
	"strings"

	"cairn/domain/cases"
	"cairn/domain/identity"
	"cairn/domain/movement"
	"cairn/domain/people"
	"cairn/domain/resettlement"
	"cairn/domain/rights"
)

// Trick is a name that attacks the page that shows it.
const Trick = "<script>alert(1)</script>, \u202eEvil"

// Formula is a name that a spreadsheet program would run.
const Formula = `=HYPERLINK("//x.example","Click")`

// Mixed is a name whose first letter is Cyrillic and the others Latin.
const Mixed = "\u041aovács, Dóra"

// steps runs actions until one fails.
type steps struct {
	*Office
	err error
}

func (s *steps) do(role, action string, in any) any {
	if s.err != nil {
		return nil
	}
	var out any
	out, s.err = s.Act(role, action, in)
	return out
}

func (s *steps) household(site string, members ...people.Person) Household {
	out, _ := s.do("registrar", "people.register",
		&people.RegisterInput{Site: site, Wishes: []string{"CAN"}, Members: members}).(people.Registered)
	h := Household{ID: out.Household, Records: out.Records}
	for _, number := range out.Numbers {
		h.Numbers = append(h.Numbers, string(number))
	}
	return h
}

// Fill takes the office through the road once, on few people.
func (o *Office) Fill() error {
	s := &steps{Office: o}
	o.Family = s.household("Traiskirchen",
		people.Person{Name: "Kovács, János", Birth: "3.5.1926", Sex: "M", Nationalities: []string{"HUN"}, Languages: []string{"hu"}, Documents: []people.PaperInput{{Number: "AB 123"}}},
		people.Person{Name: "Kovács, Éva", Birth: "1930-02-01", Sex: "F", Nationalities: []string{"HUN"}, Relation: "spouse", Languages: []string{"hu"},
			Documents: []people.PaperInput{{Type: "passport", Number: "BA1234567", Zone: "P<HUNKOVACS<<EVA<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nBA12345675HUN3002016F5912317<<<<<<<<<<<<<<<4"}}},
		people.Person{Name: "Ковач, Анна", Birth: "1950", Sex: "F", Nationalities: []string{"HUN"}, Relation: "child", Needs: []string{"wheelchair", "oxygen"},
			Documents: []people.PaperInput{{Number: "77", Zone: "P<HUN smudged"}}})
	second := s.household("Eisenstadt", people.Person{Name: "Nagy, László", Birth: "4.4.1920", Sex: "M", Nationalities: []string{"HUN"}, Languages: []string{"hu"}})
	third := s.household("Graz", people.Person{Name: "حسن، ليلى", Birth: "1928-08-08", Sex: "F", Nationalities: []string{"HUN"}, Languages: []string{"ar"}})
	fourth := s.household("Wiener Neustadt", people.Person{Name: "Varga, Piroska", Birth: "1927-06-07", Sex: "F", Nationalities: []string{"HUN"}, Languages: []string{"hu", "de"}, Occupation: "nurse"},
		people.Person{Name: "Varga, Tamás", Birth: "1952-01-02", Sex: "M", Nationalities: []string{"HUN"}, Relation: "child"})
	s.household("Graz", people.Person{Name: Trick, Birth: "1931-01-01", Nationalities: []string{"HUN"}})
	s.household("Wien", people.Person{Name: "Kovacs, Janos", Birth: "3.5.1926", Sex: "M", Nationalities: []string{"HUN"}})
	o.Sensitive = first(s.household("Wien", people.Person{Name: "Titok, Nóra", Birth: "1933", Sensitive: true}).Records)
	s.crowd()
	s.do("registrar", "identity.find_doubles", &identity.FindInput{Floor: 0.001})
	travellers := append(append(append([]string{}, o.Family.Records...), second.Records...), append(third.Records, fourth.Records...)...)
	s.do("registrar", "people.give_consent", &people.ConsentInput{Records: travellers, Purpose: "resettlement", Destinations: []string{"CAN"}, Language: "hu", Informed: true})
	s.do("medical_officer", "rights.assess_fitness", &rights.FitnessInput{Records: travellers, Fit: "fit"})
	o.Traveller = first(second.Records)
	opened, _ := s.do("caseworker", "cases.open", &cases.OpenInput{Households: []string{o.Family.ID, second.ID, third.ID, fourth.ID}}).(cases.OpenedOut)
	o.Cases = opened.Opened
	s.placed()
	s.travel()
	return s.err
}

func first(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return ids[0]
}

// crowd registers people whose words are long or hostile, and enough for a second page.
func (s *steps) crowd() {
	long := "Wolfeschlegelsteinhausenbergerdorff-Szentgyörgyvölgyi, Maximiliana Aurelia Konstantina"
	s.household("Barackenlager an der Grenzübertrittsstelle Andau–Mosonszentjános", people.Person{Name: long, Birth: "1929-10-11", Sex: "F",
		Nationalities: []string{"HUN"}, Occupation: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtin"})
	s.household("Graz", people.Person{Name: Formula, Birth: "1932-02-03", Occupation: "@SUM(1+1)*cmd"})
	s.household("Wien", people.Person{Name: Mixed, Birth: "1936-03-03", Sex: "F", Nationalities: []string{"HUN"}})
	for i := range 36 {
		s.household("Linz", people.Person{Name: fmt.Sprintf("Szabó, Ferenc %c%c", 'A'+i/6, 'a'+i%6*4),
			Birth: fmt.Sprintf("19%02d-%02d-%02d", 10+i, 1+i%12, 1+i%28), Sex: "M", Nationalities: []string{"HUN"}})
	}
}

// placed makes a plan, of which the third case stays a proposal and the fourth an offer.
func (s *steps) placed() {
	places, _ := s.do("placement_officer", "resettlement.open_places", &resettlement.OpenPlacesInput{Places: []resettlement.PlaceInput{
		{Country: "CAN", Locality: "Ottawa", Capacity: map[string]int64{"people": 12, "school": 3}},
		{Country: "CAN", Locality: "Halifax", Capacity: map[string]int64{"people": 6}}}}).(resettlement.PlacesOut)
	s.Places = places.Places
	plan, _ := s.do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{Seed: 1}).(resettlement.Plan)
	if s.err != nil {
		return
	}
	s.Plan = plan.Plan
	s.do("placement_officer", "resettlement.study_plan", &resettlement.StudyInput{Plan: plan.Plan})
	s.do("placement_officer", "resettlement.accept_plan", &resettlement.AcceptPlanInput{Plan: plan.Plan, Except: s.Cases[2:3]})
	answers := &resettlement.AnswersInput{}
	for _, id := range s.Cases[:2] {
		answers.Answers = append(answers.Answers, resettlement.Answer{Case: id, Accepted: true, Language: "hu"})
	}
	s.do("receiving_state", "resettlement.answer_for_state", answers)
	s.do("caseworker", "resettlement.answer_for_household", answers)
}

func (s *steps) travel() {
	service := func(mode, from, fromCountry, to, toCountry, depart, arrive string) movement.ServiceInput {
		return movement.ServiceInput{Number: strings.ToUpper(mode[:1]) + " 467", Mode: mode, From: from, FromCountry: fromCountry, To: to, ToCountry: toCountry,
			Depart: depart, Arrive: arrive, FromZone: "Europe/Vienna", ToZone: "America/Toronto", Seats: map[string]int64{"seat": 40, "wheelchair": 2}, Cost: 900}
	}
	scheduled, _ := s.do("movement_officer", "movement.schedule_services", &movement.ScheduleInput{Services: []movement.ServiceInput{
		service("train", "Wien", "AUT", "Bremerhaven", "DEU", "1957-01-06T07:00:00Z", "1957-01-07T07:00:00Z"),
		service("ship", "Bremerhaven", "DEU", "Ottawa", "CAN", "1957-01-09T07:00:00Z", "1957-01-17T07:00:00Z")}}).(movement.Scheduled)
	if s.err != nil {
		return
	}
	s.Services = scheduled.Services
	for _, id := range s.Cases[:2] {
		s.do("movement_officer", "movement.book", &movement.BookInput{Case: id, Services: s.Services})
	}
	s.do("protection_officer", "rights.report_risk", &rights.RiskInput{Records: s.Family.Records[:1], Countries: []string{"DEU"}, Basis: "was named in a list"})
	if s.err == nil { // the safeguards keep the family from boarding, which stands as a refusal
		_, _ = s.Act("escort", "movement.board", &movement.BoardInput{Service: s.Services[0], All: true})
	}
}
