package record

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"

	"cairn/app"
	"cairn/blueprint"
	"cairn/domain/people"
	"cairn/store"
	"cairn/value"
)

// EntriesEach is how many entries each invented person has.
const EntriesEach = 10

// fillInput names the people to invent: those at From to From+People, of a sequence
// that is the same in every run.
type fillInput struct{ From, People int }

// filling is a domain of one action that records invented people with all their
// entries at once, as years of work would leave them.
func filling() blueprint.Domain {
	return blueprint.Domain{Name: "filling", Actions: []blueprint.Action{blueprint.Act(blueprint.Action{
		Name: "filling.fill", Group: "registration.import", Title: "Invent people", Help: "Invents people.",
		Appends: []string{"people.record_registered", "people.record_corrected", "people.consent_given",
			"people.consent_withdrawn", "people.household_formed"},
	}, fill)}}
}

func fill(w *blueprint.Work, in fillInput) (int, error) {
	var members []people.Member
	for i := in.From; i < in.From+in.People; i++ {
		p := Invent(i)
		id := w.NewID()
		for _, fact := range p.facts(i) {
			w.Add(id, fact)
		}
		members = append(members, people.Member{Record: id, Relation: people.RelationOther, Head: len(members) == 0})
		if len(members) == 3 || i == in.From+in.People-1 {
			members[0].Relation = people.RelationHead
			w.Add(w.NewID(), &people.HouseholdFormed{Number: fmt.Sprintf("H%d", i), Members: members, Site: p.Site,
				Wishes: []value.Country{"CAN"}})
			members = nil
		}
	}
	return in.People, nil
}

// Fill records invented people until there are n.
func Fill(ctx context.Context, o *app.Office, n int, progress func(done int)) error {
	const chunk = 2000
	for {
		have, err := Count(ctx, o)
		if err != nil || have >= n {
			return err
		}
		if _, err := o.Do(ctx, clerk, "filling.fill", &fillInput{From: have, People: min(chunk, n-have)}, app.Options{}); err != nil {
			return fmt.Errorf("invent people: %w", err)
		}
		progress(have)
	}
}

// Count says how many records there are.
func Count(ctx context.Context, o *app.Office) (int, error) {
	out, err := o.See(ctx, clerk, "people.counts", &people.CountsInput{}, app.Options{})
	if err != nil {
		return 0, err
	}
	return int(out.(people.Counts).People), nil
}

// Invented is one invented person.
type Invented struct {
	Given, Family, Sex, Site string
	Year, Month, Day         int
}

// Invent gives the i-th person. Some family names are as common as Nagy is in
// Hungary, where every fortieth bears it; most are rare.
func Invent(i int) Invented {
	r := rand.New(rand.NewPCG(uint64(i), 1956))
	p := Invented{Family: family(r), Site: fmt.Sprintf("Camp %d", r.IntN(40)), Year: 1890 + r.IntN(66), Month: 1 + r.IntN(12), Day: 1 + r.IntN(28)}
	if p.Sex = "M"; r.IntN(2) == 0 {
		p.Sex = "F"
	}
	given := map[string][]string{"M": menNames, "F": womenNames}[p.Sex]
	p.Given = given[min(r.IntN(len(given)), r.IntN(len(given)))]
	return p
}

var (
	menNames = strings.Fields(`János István László József Ferenc Zoltán Sándor Gábor Péter Attila Mihály Károly
		György Lajos Béla Tibor Imre Gyula Géza Pál András Miklós Dezső Ernő Jenő Árpád Antal Vilmos Ödön Kálmán`)
	womenNames = strings.Fields(`Mária Erzsébet Ilona Katalin Éva Anna Margit Magdolna Julianna Judit Ágnes Irén
		Ibolya Klára Zsuzsanna Piroska Gizella Borbála Rozália Teréz Veronika Aranka Etelka Jolán Sarolta Vilma Emma Olga Edit Ida`)
	common = strings.Fields(`Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Lakatos
		Takács Juhász Oláh Mészáros Simon Rácz Fekete`)
	begin  = strings.Fields(`Bar Csep Dor Fül Gál Hal Iz Jám Ker Lor Mar Nád Or Pál Rá Sár Szil Tem Ur Vár Zab Bod Csor Der Ecs Fod Gyar Haj`)
	middle = strings.Fields(`a e i o án el in ol ár ety ics ot ács ad em`)
	end    = strings.Fields(`di ki si váry házi falvi kay völgyi thy szki vics nyi tay lay hegyi`)
)

func family(r *rand.Rand) string {
	if x := r.IntN(100); x < 25 {
		return common[min(r.IntN(len(common)), r.IntN(len(common)))]
	}
	word := begin[r.IntN(len(begin))] + middle[r.IntN(len(middle))]
	if r.IntN(2) == 0 {
		word += middle[r.IntN(len(middle))]
	}
	return word + end[r.IntN(len(end))]
}

// facts are the person's ten entries.
func (p Invented) facts(i int) []blueprint.Fact {
	name, _ := value.NameOf(p.Given, "", p.Family)
	second := fmt.Sprintf("Camp %d", i%37)
	phones, occupation, remarks := []string{fmt.Sprintf("+43 1 %07d", i)}, "joiner", "asked for a place near relatives"
	consent := func(to value.Country) blueprint.Fact {
		return &people.ConsentGiven{Purpose: people.PurposeResettlement, Destination: to, Language: "hu", Informed: true}
	}
	return []blueprint.Fact{
		&people.RecordRegistered{Number: value.NewNumber("BUD", uint64(31*31*31*31*31+i)), Name: name,
			Birth: value.Date{Year: p.Year, Month: p.Month, Day: p.Day}, Sex: value.Sex(p.Sex), Nationalities: []value.Country{"HUN"},
			Languages: []value.Language{"hu", "de"}, Occupation: "miner", Site: p.Site,
			Documents: []people.Document{{Type: "passport", Number: fmt.Sprintf("AB %07d", i), Index: fmt.Sprintf("%032x", i)}}},
		&people.RecordCorrected{Site: &second, Reason: "moved"},
		&people.RecordCorrected{Phones: &phones, Reason: "has a telephone now"},
		&people.RecordCorrected{Occupation: &occupation, Reason: "said so at the interview"},
		&people.RecordCorrected{Remarks: &remarks, Reason: "interview"},
		consent("CAN"), consent("USA"), consent("CHE"),
		&people.ConsentWithdrawn{Purpose: people.PurposeResettlement, Destination: "USA", Reason: "a brother lives in Toronto"},
		&people.RecordCorrected{Site: &p.Site, Reason: "moved back"},
	}
}

// records gives every step-th record's id.
func records(ctx context.Context, o *app.Office, step int) ([]string, error) {
	var out []string
	db := o.Store()
	err := db.Read(ctx, func(r *store.Reader) error {
		rows, err := r.Query(ctx, "SELECT record FROM people_record ORDER BY record")
		if err != nil {
			return err
		}
		defer rows.Close()
		return everyNth(rows, step, &out)
	})
	return out, err
}

func everyNth(rows *sql.Rows, step int, out *[]string) error {
	for n := 0; rows.Next(); n++ {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if n%step == 0 {
			*out = append(*out, id)
		}
	}
	return rows.Err()
}
