package movement

import (
	"database/sql"
	"fmt"
	"strings"

	"cairn/blueprint"
	"cairn/gate"
	"cairn/value"
)

// ArrivalsInput says who is to be received where and when.
type ArrivalsInput struct {
	Country string `json:"country" required:"true" help:"The receiving country, by name or three letters."`
	Town    string `json:"town" help:"The town of the accepted place, or the last stop; all of the country unless told."`
	From    string `json:"from" help:"The first day of arrival, YYYY-MM-DD; today unless told."`
	To      string `json:"to" help:"The last day of arrival; two weeks on unless told."`
	CSV     bool   `json:"csv" help:"Also as the text of a CSV file, harmless to spreadsheet programs."`
}

// Arrival is a party that arrives together.
type Arrival struct {
	Case    string     `json:"case"`
	Number  string     `json:"number"` // of the case
	Journey string     `json:"journey"`
	Status  string     `json:"status"` // of the journey
	Service string     `json:"service"`
	By      string     `json:"by"` // number and mode of the last service
	Mode    string     `json:"mode"`
	Stop    string     `json:"stop"`
	Town    string     `json:"town"` // of the accepted place
	Arrive  string     `json:"arrive"`
	Local   string     `json:"local,omitempty"` // arrival as the clocks there show it
	People  []Arriving `json:"people"`
}

// Arriving is one who arrives.
type Arriving struct {
	Record    string   `json:"record"`
	Number    string   `json:"number"`
	Name      string   `json:"name,omitempty"` // "" where the file is sensitive: ask the office by the number
	Age       string   `json:"age,omitempty"`
	Sex       string   `json:"sex,omitempty"`
	Seat      string   `json:"seat"`
	Needs     []string `json:"needs,omitempty"`
	Languages []string `json:"languages,omitempty"`
	Status    string   `json:"status"`
}

// Arrivals is the list of a receiving town.
type Arrivals struct {
	Country string    `json:"country"`
	Town    string    `json:"town,omitempty"`
	From    string    `json:"from"`
	To      string    `json:"to"`
	Parties []Arrival `json:"parties"`
	People  int       `json:"people"`
	// Totals counts people by need, and as infant or child; Languages by first language.
	Totals    map[string]int `json:"totals"`
	Languages map[string]int `json:"languages"`
	CSV       string         `json:"csv,omitempty"`
}

const arrivalDays = 14

var viewArrivals = blueprint.See(blueprint.View{
	Name: "movement.arrivals", Group: "arrivals.read", Title: "Who arrives",
	Help: "Lists for a receiving town who arrives when and by what, with ages, languages and needs. Only journeys that end in the " +
		"country are listed. Say first why you open it: movement.open_arrivals.",
	Example: "cairn movement arrivals --country CAN --town Ottawa --from 2026-05-03",
	Resource: blueprint.ResourceOf(func(w *blueprint.Work, in *ArrivalsInput) (gate.Resource, error) {
		return ofCountry(w, in.Country), nil
	}),
}, func(w *blueprint.Work, in ArrivalsInput) (Arrivals, error) {
	out := Arrivals{Town: strings.TrimSpace(in.Town), Parties: []Arrival{}, Totals: map[string]int{}, Languages: map[string]int{}}
	var err error
	if out.Country, err = arrivingIn(in.Country); err != nil {
		return out, err
	}
	if err := opened(w, "", out.Country, out.Town, "movement.open_arrivals with country "+out.Country); err != nil {
		return out, err
	}
	from, to, err := in.days(w)
	if err != nil {
		return out, err
	}
	out.From, out.To = from[:10], to[:10]
	if err := out.read(w, from, to); err != nil {
		return out, err
	}
	if in.CSV {
		out.CSV, err = csvText([]string{"arrives", "service", "stop", "town", "case", "number", "name", "age", "sex", "seat", "needs", "languages", "status"}, out.cells())
	}
	return out, err
})

// days are the first and last moments of arrival, as stamps.
func (in ArrivalsInput) days(w *blueprint.Work) (from, to string, err error) {
	if from, err = day("from", orElse(in.From, w.Today())); err != nil {
		return "", "", err
	}
	if in.To == "" {
		in.To = w.Now().AddDate(0, 0, arrivalDays).Format("2006-01-02")
	}
	if to, err = day("to", in.To); err != nil {
		return "", "", err
	}
	if to[:10] < from[:10] {
		return "", "", blueprint.RefuseField("to", "the last day of arrival lies before the first")
	}
	return from, to[:10] + "T99", nil
}

func (a *Arrivals) read(w *blueprint.Work, from, to string) error {
	at := map[string]*Arrival{}
	found, err := blueprint.Collect(w, func(rows *sql.Rows) (*Arrival, error) {
		p := &Arrival{People: []Arriving{}}
		var zone string
		err := rows.Scan(&p.Journey, &p.Case, &p.Number, &p.Status, &p.Service, &p.By, &p.Mode, &p.Stop, &p.Town, &p.Arrive, &zone)
		p.Local = local(p.Arrive, zone)
		return p, err
	}, `SELECT j.journey, j.case_id, COALESCE(c.number, ''), j.status, s.service, s.number, s.mode, l.to_stop, COALESCE(q.locality, ''), l.arrive, s.to_zone
		FROM movement_journey j JOIN movement_leg l ON l.journey = j.journey
		AND l.leg = (SELECT MAX(y.leg) FROM movement_leg y WHERE y.journey = j.journey) JOIN movement_service s ON s.service = l.service
		LEFT JOIN cases_case c ON c.case_id = j.case_id LEFT JOIN resettlement_placement p ON p.case_id = j.case_id
		LEFT JOIN resettlement_place q ON q.place = p.place
		WHERE j.destination = $1 AND l.to_country = $2 AND l.arrive >= $3 AND l.arrive < $4 AND j.status <> 'cancelled' ORDER BY l.arrive, j.journey`,
		a.Country, a.Country, from, to)
	if err != nil {
		return fmt.Errorf("read the arrivals: %w", err)
	}
	var ids []string
	for _, p := range found {
		if town := value.Fold(a.Town); town == "" || town == value.Fold(p.Town) || town == value.Fold(p.Stop) {
			at[p.Journey], ids = p, append(ids, p.Journey)
		}
	}
	err = w.Reader.In(w.Ctx, `SELECT t.journey, t.record, r.number, r.name, r.birth, r.sex, r.needs, r.languages, t.seat, t.status, r.sensitive FROM movement_traveller t
		JOIN people_record r ON r.record = t.record WHERE t.status <> 'cancelled' AND t.journey IN (%s) ORDER BY t.journey, r.birth, t.record`, ids, func(rows *sql.Rows) error {
		var t Arriving
		var journey, birth, needs, languages string
		var sensitive int64
		if err := rows.Scan(&journey, &t.Record, &t.Number, &t.Name, &birth, &t.Sex, &needs, &languages, &t.Seat, &t.Status, &sensitive); err != nil {
			return err
		}
		if sensitive != 0 {
			t.Name = ""
		}
		p := at[journey]
		t.Needs, t.Languages, t.Age = words(needs), words(languages), ageOn(birth, p.Arrive)
		if ofAge := needOfAge(birth, p.Arrive); ofAge != "" {
			t.Needs = append(t.Needs, ofAge)
		}
		p.People = append(p.People, t)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read who arrives: %w", err)
	}
	a.sum(at, ids)
	return nil
}

// sum lists parties with people and counts them.
func (a *Arrivals) sum(at map[string]*Arrival, ids []string) {
	for _, id := range ids {
		p := at[id]
		if len(p.People) == 0 {
			continue
		}
		a.Parties = append(a.Parties, *p)
		a.People += len(p.People)
		for _, t := range p.People {
			for _, need := range t.Needs {
				a.Totals[need]++
			}
			if len(t.Languages) > 0 {
				a.Languages[t.Languages[0]]++
			}
		}
	}
}

func (a *Arrivals) cells() [][]string {
	var out [][]string
	for _, p := range a.Parties {
		for _, t := range p.People {
			out = append(out, []string{orElse(p.Local, p.Arrive), p.By, p.Stop, p.Town, p.Number, t.Number, t.Name, t.Age, t.Sex, t.Seat,
				strings.Join(t.Needs, " "), strings.Join(t.Languages, " "), t.Status})
		}
	}
	return out
}
