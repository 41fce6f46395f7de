package movement

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/gate"
	"cairn/reference"
)

// Passenger is one line of a manifest.
type Passenger struct {
	Order       int      `json:"order"` // of boarding, from 1
	Record      string   `json:"record"`
	Number      string   `json:"number"`
	Name        string   `json:"name"`
	Birth       string   `json:"birth,omitempty"`
	Sex         string   `json:"sex,omitempty"`
	Nationality string   `json:"nationality,omitempty"`
	Needs       []string `json:"needs,omitempty"`
	Seat        string   `json:"seat"`
	Journey     string   `json:"journey"`
	Case        string   `json:"case"`
	Status      string   `json:"status"`
	Country     string   `json:"country"` // where the journey ends
}

// Manifest is who is expected on a service, ready to print.
type Manifest struct {
	ServiceRow
	Passengers []Passenger `json:"passengers"`
}

var viewManifest = blueprint.See(blueprint.View{
	Name: "movement.manifest", Group: "movement.read", Title: "Manifest",
	Help: "Lists the passengers of a service in boarding order: parties with a stretcher or a wheelchair first, then the larger " +
		"ones, each kept together with its head first.", Example: "cairn movement manifest --service ID",
}, func(w *blueprint.Work, in ServiceViewInput) (Manifest, error) { return readManifest(w, in.Service) })

func readManifest(w *blueprint.Work, service string) (Manifest, error) {
	row, err := serviceRow(w, service)
	if err != nil {
		return Manifest{}, err
	}
	out := Manifest{ServiceRow: row, Passengers: []Passenger{}}
	out.Passengers, err = blueprint.Collect(w, func(rows *sql.Rows) (Passenger, error) {
		var p Passenger
		var needs string
		err := rows.Scan(&p.Record, &p.Number, &p.Name, &p.Birth, &p.Sex, &p.Nationality, &needs, &p.Seat, &p.Journey, &p.Case, &p.Status, &p.Country)
		p.Needs = words(needs)
		return p, err
	}, `SELECT t.record, r.number, r.name, r.birth, r.sex, r.nationality, r.needs, t.seat, t.journey, j.case_id, `+legStanding+`, j.destination
		FROM movement_leg l JOIN movement_journey j ON j.journey = l.journey
		JOIN movement_traveller t ON t.journey = l.journey AND (t.held > l.leg OR t.leg = l.leg AND t.status <> 'cancelled')
		JOIN people_record r ON r.record = t.record LEFT JOIN cases_case c ON c.case_id = j.case_id
		LEFT JOIN people_member m ON m.record = t.record AND m.household = c.household
		WHERE l.service = $1 ORDER BY t.journey, COALESCE(m.head, 0) DESC, r.birth, t.record`, service)
	if err != nil {
		return out, fmt.Errorf("read the passengers: %w", err)
	}
	boardingOrder(out.Passengers)
	return out, nil
}

// boardingOrder sorts passengers, parties kept together as they are, and numbers them.
func boardingOrder(all []Passenger) {
	need, size := map[string]int{}, map[string]int{}
	for _, p := range all {
		size[p.Journey]++
		switch p.Seat {
		case Stretcher:
			need[p.Journey] = 2
		case Wheelchair:
			need[p.Journey] = max(need[p.Journey], 1)
		}
	}
	slices.SortStableFunc(all, func(a, b Passenger) int {
		if d := need[b.Journey] - need[a.Journey]; d != 0 {
			return d
		}
		if d := size[b.Journey] - size[a.Journey]; d != 0 {
			return d
		}
		return strings.Compare(a.Journey, b.Journey)
	})
	for i := range all {
		all[i].Order = i + 1
	}
}

func words(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

// CaseInput names a case.
type CaseInput struct {
	Case     string `json:"case" required:"true" help:"The case."`
	Language string `json:"language" help:"Names of countries in this language, for the crew's copy; else in the first of the head of the household."`
}

func ofCase(w *blueprint.Work, in *CaseInput) (gate.Resource, error) {
	return cases.Resource(w, in.Case)
}

// LetterLeg is one leg as a travel letter prints it, in local time.
type LetterLeg struct {
	Service     string `json:"service"`
	Number      string `json:"number,omitempty"`
	Mode        string `json:"mode"`
	Carrier     string `json:"carrier,omitempty"`
	From        string `json:"from"`
	To          string `json:"to"`
	FromCountry string `json:"from_country"` // in the letter's language
	ToCountry   string `json:"to_country"`
	Depart      string `json:"depart"` // RFC 3339, local where the zone is known
	Arrive      string `json:"arrive"`
	Cancelled   string `json:"cancelled,omitempty"`
}

// LetterJourney is one journey of the case.
type LetterJourney struct {
	Journey    string      `json:"journey"`
	Status     string      `json:"status"`
	Travellers []Passenger `json:"travellers"`
	Legs       []LetterLeg `json:"legs"`
}

// Letter is what a case's travel letter says. Doors print it in the language.
type Letter struct {
	Case        string          `json:"case"`
	Number      string          `json:"number"`
	Language    string          `json:"language"` // BCP 47; that of the head of the household
	RightToLeft bool            `json:"right_to_left"`
	Destination string          `json:"destination"` // alpha-3
	Country     string          `json:"country"`     // its name in the language
	Locality    string          `json:"locality"`
	Journeys    []LetterJourney `json:"journeys"`
}

var viewLetter = blueprint.See(blueprint.View{
	Name: "movement.letter", Group: "movement.read", Title: "Travel letter",
	Help: "Gives what a household's travel letter says, in the first language of its head.", Example: "cairn movement letter --case ID",
	Resource: blueprint.ResourceOf(ofCase),
}, func(w *blueprint.Work, in CaseInput) (Letter, error) {
	out := Letter{Case: in.Case, Language: "en", Journeys: []LetterJourney{}}
	var languages string
	err := w.QueryRow(`SELECT c.number, COALESCE(p.country, ''), COALESCE(q.locality, ''), COALESCE(r.languages, '') FROM cases_case c
		LEFT JOIN resettlement_placement p ON p.case_id = c.case_id LEFT JOIN resettlement_place q ON q.place = p.place
		LEFT JOIN people_member m ON m.household = c.household AND m.head = 1 LEFT JOIN people_record r ON r.record = m.record
		WHERE c.case_id = $1`, in.Case).Scan(&out.Number, &out.Destination, &out.Locality, &languages)
	if err != nil {
		return out, blueprint.Refuse(blueprint.NotFound, "there is no case %q here", in.Case)
	}
	if first := words(languages); len(first) > 0 {
		out.Language = first[0]
	}
	out.Language = orElse(in.Language, out.Language)
	if l, known := reference.LanguageByCode(out.Language); known {
		out.RightToLeft = l.RightToLeft()
	}
	out.Country = countryName(out.Destination, out.Language)
	found, err := journeysOf(w, in.Case)
	if err != nil {
		return out, err
	}
	for _, j := range found {
		if j.Status == Cancelled {
			continue
		}
		letter := LetterJourney{Journey: j.Journey, Status: j.Status}
		for _, t := range j.Travellers {
			letter.Travellers = append(letter.Travellers, t.Passenger)
		}
		for _, l := range j.Legs {
			letter.Legs = append(letter.Legs, LetterLeg{Service: l.Service, Number: l.Number, Mode: l.Mode, Carrier: l.Carrier, From: l.From, To: l.To,
				FromCountry: countryName(l.FromCountry, out.Language), ToCountry: countryName(l.ToCountry, out.Language),
				Depart: orElse(l.LocalDepart, l.Depart), Arrive: orElse(l.LocalArrive, l.Arrive), Cancelled: l.Cancelled})
		}
		out.Journeys = append(out.Journeys, letter)
	}
	if len(out.Journeys) == 0 {
		return out, blueprint.Refuse(blueprint.Conflict, "the case has no journey yet: book one first")
	}
	return out, nil
})

// countryName is a country's name in a language, or in English.
func countryName(code, language string) string {
	c, known := reference.CountryByCode(code)
	if !known {
		return code
	}
	base, _, _ := strings.Cut(language, "-")
	return orElse(c.Name(base), c.Name("en"))
}
