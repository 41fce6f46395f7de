package movement

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/domain/people"
	"cairn/domain/rights"
	"cairn/value"
)

// Needs that follow from age or a medical assessment rather than from what was stated.
const (
	NeedInfant = "infant" // under two on the day: sits on a lap, needs a crib, a belt, food
	NeedChild  = "child"  // under twelve
	NeedEscort = "escort" // fit to travel only with an escort
)

// Special is a passenger whom the crew must know about.
type Special struct {
	Order     int      `json:"order"` // on the manifest
	Record    string   `json:"record"`
	Number    string   `json:"number"`
	Name      string   `json:"name"`
	Case      string   `json:"case"` // who travels together
	Age       string   `json:"age,omitempty"`
	Seat      string   `json:"seat"`
	Needs     []string `json:"needs"`            // words of people.Need…, NeedInfant …, or as written
	Codes     []string `json:"codes"`            // of the carriers (IATA AIRIMP): WCHC, STCR, OXYG, INFT, UMNR …
	Escort    string   `json:"escort,omitempty"` // who escorts
	Languages []string `json:"languages,omitempty"`
}

// SpecialNeeds is what the crew of a service must know.
type SpecialNeeds struct {
	ServiceRow
	People []Special `json:"people"`
	// Totals counts people by need, Languages all passengers by their first language,
	// whether or not they have a need. Unknown has no language on record.
	Totals    map[string]int `json:"totals"`
	Languages map[string]int `json:"languages"`
	Unknown   int            `json:"unknown,omitempty"`
	CSV       string         `json:"csv,omitempty"`
}

// carrierCodes are the codes by which carriers call needs.
var carrierCodes = map[string]string{people.NeedWheelchair: "WCHC", people.NeedStretcher: "STCR", people.NeedOxygen: "OXYG",
	people.NeedBlind: "BLND", people.NeedDeaf: "DEAF", people.NeedUnaccompanied: "UMNR", NeedInfant: "INFT", NeedChild: "CHLD", NeedEscort: "MEDA",
	people.NeedPregnant: "MEDA", people.NeedHeart: "MEDA", people.NeedInjured: "MEDA", people.NeedTuberculosis: "MEDA"}

var viewSpecial = blueprint.See(blueprint.View{
	Name: "movement.special_needs", Group: "manifests.read", Title: "Special needs for the crew",
	Help: "Lists whom the crew of a service must look after: infants and children, wheelchairs, stretchers, oxygen, escorts, children " +
		"alone; and which languages are spoken aboard. Say first why you open it: movement.open_papers.",
	Example: "cairn movement special-needs --service ID",
}, func(w *blueprint.Work, in PapersInput) (SpecialNeeds, error) {
	manifest, err := checkedManifest(w, in.Service)
	if err != nil {
		return SpecialNeeds{}, err
	}
	escorts, err := escortsOf(w, manifest.Passengers)
	if err != nil {
		return SpecialNeeds{}, err
	}
	out := specialNeeds(manifest, escorts)
	if in.CSV {
		out.CSV, err = csvText([]string{"order", "number", "name", "age", "seat", "needs", "codes", "escort", "languages"}, out.cells())
	}
	return out, err
})

// escortsOf reads who may travel only with an escort, and who escorts them.
func escortsOf(w *blueprint.Work, passengers []CheckedPassenger) (map[string]string, error) {
	out, ids := map[string]string{}, make([]string, len(passengers))
	for i, p := range passengers {
		ids[i] = p.Record
	}
	err := w.Reader.In(w.Ctx, "SELECT record, escort FROM rights_fitness WHERE fit = '"+rights.EscortRequired+"' AND record IN (%s)", ids, func(rows *sql.Rows) error {
		var record, escort string
		err := rows.Scan(&record, &escort)
		out[record] = escort
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read who needs an escort: %w", err)
	}
	return out, nil
}

func specialNeeds(m CheckedManifest, escorts map[string]string) SpecialNeeds {
	out := SpecialNeeds{ServiceRow: m.ServiceRow, People: []Special{}, Totals: map[string]int{}, Languages: map[string]int{}}
	for _, p := range m.Passengers {
		if p.Status == NoShow || p.Status == Cancelled {
			continue
		}
		if len(p.Languages) > 0 {
			out.Languages[p.Languages[0]]++
		} else {
			out.Unknown++
		}
		escort, needed := escorts[p.Record]
		s := Special{Order: p.Order, Record: p.Record, Number: p.Number, Name: p.Name, Case: p.Case, Seat: p.Seat, Escort: escort,
			Languages: p.Languages, Codes: []string{}, Age: ageOn(p.Birth, m.Depart)}
		s.Needs = slices.Clone(p.Needs)
		if ofAge := needOfAge(p.Birth, m.Depart); ofAge != "" {
			s.Needs = append(s.Needs, ofAge)
		}
		if needed {
			s.Needs = append(s.Needs, NeedEscort)
		}
		for _, need := range s.Needs {
			out.Totals[need]++
			if code := carrierCodes[need]; code != "" && !slices.Contains(s.Codes, code) {
				s.Codes = append(s.Codes, code)
			}
		}
		if len(s.Needs) > 0 {
			out.People = append(out.People, s)
		}
	}
	return out
}

// ages gives the least and greatest age on the day of a departure.
func ages(birth, depart string) (least, greatest int, known bool) {
	day, err := time.Parse(time.RFC3339, depart)
	if err != nil {
		return 0, 0, false
	}
	born, err := value.ParseDate(birth, value.DMY)
	if err != nil || born.Year == 0 {
		return 0, 0, false
	}
	least, greatest = born.Age(value.DateOf(day))
	return least, greatest, true
}

func ageOn(birth, depart string) string {
	least, greatest, known := ages(birth, depart)
	switch {
	case !known:
		return ""
	case least == greatest:
		return fmt.Sprint(least)
	}
	return fmt.Sprintf("%d–%d", least, greatest)
}

// needOfAge is what a child of this age needs: the younger is taken where the age is
// not known to the year.
func needOfAge(birth, depart string) string {
	switch least, _, known := ages(birth, depart); {
	case !known || least >= 12:
		return ""
	case least < 2:
		return NeedInfant
	}
	return NeedChild
}

func (s *SpecialNeeds) cells() [][]string {
	out := make([][]string, len(s.People))
	for i, p := range s.People {
		out[i] = []string{fmt.Sprint(p.Order), p.Number, p.Name, p.Age, p.Seat, strings.Join(p.Needs, " "), strings.Join(p.Codes, " "), p.Escort,
			strings.Join(p.Languages, " ")}
	}
	return out
}

// Tally is a word and how many people it fits.
type Tally struct {
	Word  string
	Count int
}

// Tallies sorts counts, the largest first.
func Tallies(counts map[string]int) []Tally {
	out := make([]Tally, 0, len(counts))
	for word, n := range counts {
		out = append(out, Tally{word, n})
	}
	slices.SortFunc(out, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Word, b.Word))
	})
	return out
}
