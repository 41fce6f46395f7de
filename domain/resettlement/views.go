package resettlement

import (
	"cmp"
	"database/sql"
	"fmt"
	"strconv"

	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/engine/place"
	"cairn/gate"
	"cairn/value"
)

const defaultPage, largestPage = 50, 500

func page(n int) int {
	if n <= 0 {
		return defaultPage
	}
	return min(n, largestPage)
}

// Placed is one placement in a list, without names.
type Placed struct {
	Case     string  `json:"case"`
	Number   string  `json:"number"`
	Origin   string  `json:"origin,omitempty"`
	Stage    string  `json:"stage"`
	People   int64   `json:"people"`
	Place    string  `json:"place"`
	Locality string  `json:"locality"`
	Country  string  `json:"country"`
	Status   string  `json:"status"`
	Plan     string  `json:"plan,omitempty"`
	Score    float64 `json:"score"`
	Reason   string  `json:"reason,omitempty"`
	At       string  `json:"at"`
}

const placedFrom = ` FROM resettlement_placement p JOIN cases_case c ON c.case_id = p.case_id
	LEFT JOIN resettlement_place r ON r.place = p.place `

const placedColumns = `SELECT p.case_id, c.number, c.origin, c.stage, p.people, p.place, COALESCE(r.locality, ''), p.country, p.status,
	p.plan, p.score, p.reason, p.at`

func scanPlaced(rows *sql.Rows) (Placed, error) {
	var p Placed
	var score string
	err := rows.Scan(&p.Case, &p.Number, &p.Origin, &p.Stage, &p.People, &p.Place, &p.Locality, &p.Country, &p.Status,
		&p.Plan, &score, &p.Reason, &p.At)
	if err == nil {
		p.Score, err = strconv.ParseFloat(score, 64)
	}
	return p, err
}

// PlacementsInput selects placements. Everything may be left out.
type PlacementsInput struct {
	Status  string `json:"status" help:"proposed, changed, offered, accepted …"`
	Country string `json:"country" help:"Only this receiving country, three letters."`
	Place   string `json:"place" help:"Only this place."`
	Plan    string `json:"plan" help:"Only placements of this plan."`
	Number  string `json:"number" help:"Only the case with this number."`
	After   string `json:"after" help:"Go on after this case."`
	Limit   int    `json:"limit" help:"How many; 50 unless told, 500 at most."`
}

// Placements is a page of placements; More is the last case where there are more.
type Placements struct {
	Placements []Placed `json:"placements"`
	Total      int64    `json:"total"`
	More       string   `json:"more,omitempty"`
}

var placements = blueprint.See(blueprint.View{
	Name: "resettlement.placements", Group: "resettlement.read", Title: "Placements",
	Help: "Which case has which place, and how far the answers are.", Example: "cairn resettlement placements --status proposed",
	Resource: blueprint.ResourceOf(func(w *blueprint.Work, in *PlacementsInput) (gate.Resource, error) {
		return gate.Resource{Type: cases.SubjectCase, Office: w.OfficeCode(), Country: upper(in.Country)}, nil
	}),
}, func(w *blueprint.Work, in PlacementsInput) (Placements, error) {
	const where = placedFrom + ` WHERE ($1 = '' OR p.status = $2) AND ($3 = '' OR p.country = $4) AND ($5 = '' OR p.place = $6)
		AND ($7 = '' OR p.plan = $8) AND ($9 = '' OR c.number = $10)
		AND ($11 = '' OR p.status IN ('offered', 'state_accepted', 'household_accepted', 'accepted', 'state_declined'))`
	country, number := upper(in.Country), upper(in.Number)
	args := []any{in.Status, in.Status, country, country, in.Place, in.Place, in.Plan, in.Plan, number, number, w.Actor.Country}
	var out Placements
	if err := w.QueryRow("SELECT COUNT(*)"+where, args...).Scan(&out.Total); err != nil {
		return out, fmt.Errorf("count the placements: %w", err)
	}
	n := page(in.Limit)
	rows, err := blueprint.Collect(w, scanPlaced, placedColumns+where+" AND p.case_id > $12 ORDER BY p.case_id LIMIT $13",
		append(args, in.After, int64(n+1))...)
	if err != nil {
		return out, fmt.Errorf("list the placements: %w", err)
	}
	if len(rows) > n {
		rows, out.More = rows[:n], rows[n-1].Case
	}
	out.Placements = rows
	return out, nil
})

// ExplainInput names a case.
type ExplainInput struct {
	Case string `json:"case" required:"true" help:"The case."`
	Plan string `json:"plan" help:"The plan; else the newest that dealt with the case."`
}

// Explanation is why a case has its place, under which plan.
type Explanation struct {
	Plan string `json:"plan"`
	place.Explanation
	// Places says where the places named are.
	Places map[string]string `json:"places"`
}

var explain = blueprint.See(blueprint.View{
	Name: "resettlement.explain", Group: "resettlement.read", Title: "Why this place",
	Help:    "Why a case was proposed where it was, what each other place would cost it and others, and why places are closed to it.",
	Example: "cairn resettlement explain --case ID",
}, func(w *blueprint.Work, in ExplainInput) (Explanation, error) {
	id := in.Plan
	if id == "" {
		err := w.QueryRow("SELECT plan FROM resettlement_placement WHERE case_id = $1 AND plan <> ''", in.Case).Scan(&id)
		if err != nil {
			id, err = newestPlan(w)
		}
		if err != nil {
			return Explanation{}, err
		}
	}
	proposed, err := planOf(w, id)
	if err != nil {
		return Explanation{}, err
	}
	problem, result, err := attachments(w, proposed)
	if err != nil {
		return Explanation{}, err
	}
	out := Explanation{Plan: id, Explanation: place.Explain(problem, result, place.CaseID(in.Case)), Places: map[string]string{}}
	for _, p := range problem.Places {
		out.Places[string(p.ID)] = p.Locality + ", " + p.Country
	}
	return out, nil
})

func newestPlan(w *blueprint.Work) (string, error) {
	var id string
	err := w.QueryRow("SELECT plan FROM resettlement_plan ORDER BY at DESC, plan DESC LIMIT 1").Scan(&id)
	return id, notFound(err, "there is no plan yet: make one with resettlement.propose")
}

func planOf(w *blueprint.Work, id string) (*PlanProposed, error) {
	facts, err := w.Exists(id, SubjectPlan)
	if err != nil {
		return nil, err
	}
	for _, f := range facts {
		if p, ok := f.Value.(*PlanProposed); ok {
			return p, nil
		}
	}
	return nil, blueprint.Refuse(blueprint.NotFound, "the plan %q has not arrived yet", id)
}

// OffersInput selects offers to one country.
type OffersInput struct {
	Country string `json:"country" help:"The receiving country, three letters; else that of who asks."`
	After   string `json:"after" help:"Go on after this case."`
	Limit   int    `json:"limit" help:"How many; 50 unless told, 500 at most."`
}

// OfferedPerson is what a receiving state learns of a member before it answers: no
// name, no exact birth.
type OfferedPerson struct {
	Age        string `json:"age,omitempty"` // "34", or "33-34" where it is not known exactly
	Sex        string `json:"sex,omitempty"`
	Languages  string `json:"languages,omitempty"`
	Occupation string `json:"occupation,omitempty"`
	Needs      string `json:"needs,omitempty"`
}

// OfferedCase is an offer as the receiving state sees it.
type OfferedCase struct {
	Case     string          `json:"case"`
	Place    string          `json:"place"`
	Locality string          `json:"locality"`
	Status   string          `json:"status"`
	People   int64           `json:"people"`
	At       string          `json:"at"`
	Members  []OfferedPerson `json:"members"`
}

// Offers is a page of offers; More is the last case where there are more.
type Offers struct {
	Country string        `json:"country"`
	Offers  []OfferedCase `json:"offers"`
	More    string        `json:"more,omitempty"`
}

var offers = blueprint.See(blueprint.View{
	Name: "resettlement.offers", Group: "resettlement.read", Title: "Offers to a country",
	Help: "What is offered to a receiving state and what it accepted: the households' members without names.", Example: "cairn resettlement offers --country CAN",
	Resource: blueprint.ResourceOf(func(w *blueprint.Work, in *OffersInput) (gate.Resource, error) {
		return gate.Resource{Type: cases.SubjectCase, Office: w.OfficeCode(), Country: cmp.Or(upper(in.Country), w.Actor.Country)}, nil
	}),
}, func(w *blueprint.Work, in OffersInput) (Offers, error) {
	out := Offers{Country: cmp.Or(upper(in.Country), w.Actor.Country), Offers: []OfferedCase{}}
	if out.Country == "" {
		return out, blueprint.RefuseField("country", "name the receiving country")
	}
	n := page(in.Limit)
	rows, err := blueprint.Collect(w, scanPlaced, placedColumns+placedFrom+` WHERE p.country = $1
		AND p.status IN ('offered', 'state_accepted', 'household_accepted', 'accepted') AND p.case_id > $2 ORDER BY p.case_id LIMIT $3`,
		out.Country, in.After, int64(n+1))
	if err != nil {
		return out, fmt.Errorf("list the offers: %w", err)
	}
	if len(rows) > n {
		rows, out.More = rows[:n], rows[n-1].Case
	}
	at, ids := map[string]int{}, []string{}
	for i, r := range rows {
		out.Offers = append(out.Offers, OfferedCase{Case: r.Case, Place: r.Place, Locality: r.Locality, Status: r.Status, People: r.People, At: r.At})
		at[r.Case] = i
		ids = append(ids, r.Case)
	}
	today := value.DateOf(w.Now())
	err = w.Reader.In(w.Ctx, `SELECT m.case_id, r.birth, r.sex, r.languages, r.occupation, r.needs FROM cases_member m
		JOIN people_record r ON r.record = m.record WHERE r.dead = 0 AND m.case_id IN (%s) ORDER BY m.case_id, r.birth, r.record`, ids,
		func(rows *sql.Rows) error {
			var id, birth string
			var p OfferedPerson
			err := rows.Scan(&id, &birth, &p.Sex, &p.Languages, &p.Occupation, &p.Needs)
			p.Age = age(birth, today)
			out.Offers[at[id]].Members = append(out.Offers[at[id]].Members, p)
			return err
		})
	return out, err
})

func age(birth string, today value.Date) string {
	var born value.Date
	if born.UnmarshalText([]byte(birth)) != nil || born.Year == 0 {
		return ""
	}
	least, greatest := born.Age(today)
	if least == greatest {
		return strconv.Itoa(least)
	}
	return fmt.Sprintf("%d-%d", least, greatest)
}
