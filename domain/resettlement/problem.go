package resettlement

import (
	"slices"
	"strings"

	"cairn/engine/place"
	"cairn/value"
)

// person is what a plan needs to know of a member of a case.
type person struct {
	record, birth string
	needs         []string
	languages     []string // best first
}

// household is a case that waits for a place.
type household struct {
	id, origin string
	priority   int64
	members    []person
	wishes     []string
	// agreed are the countries to which everybody agreed who said anything; nil
	// where nobody said anything yet.
	agreed []string
	// unsafe are countries closed by a risk finding, a withdrawn consent or the
	// state's own answer; declined are single places.
	unsafe   map[string]bool
	declined map[string]bool
	// held is where the case has a place already, for calculations about what stands; a
	// plan is made of cases that have none.
	held *held
}

// held is the place of a case, as it stands.
type held struct {
	place, country, status string
	sizes                  map[string]int64 // as they were recorded
}

// reception is a place with the room that is left.
type reception struct {
	ID, Country, Locality           string
	Languages, Services, Conditions []string
	From, To                        string
	Capacity, Used                  map[string]int64
}

// The ages that take a school place: until the fifteenth birthday, the least age at
// which compulsory schooling may end (ILO Convention 138, article 2). And the size
// from which a household needs a large dwelling.
const (
	schoolFrom, schoolTo = 6, 14
	largeHousehold       = 7
)

const (
	needTuberculosis  = "tuberculosis"
	needUnaccompanied = "unaccompanied"
)

// sizes adds up what a case takes in each dimension. A child whose age is known by
// the year only counts where it may be of school age: better a place too many.
func (h *household) sizes(today value.Date) map[string]int64 {
	if h.held != nil {
		return h.held.sizes
	}
	out := map[string]int64{People: int64(len(h.members))}
	for _, m := range h.members {
		var born value.Date
		if born.UnmarshalText([]byte(m.birth)) == nil && born.Year != 0 {
			if least, greatest := born.Age(today); greatest >= schoolFrom && least <= schoolTo {
				out[School]++
			}
		}
		if slices.ContainsFunc(m.needs, func(n string) bool { return n != needUnaccompanied }) {
			out[Medical]++
		}
	}
	if len(h.members) >= largeHousehold {
		out[Large] = 1
	}
	return out
}

func (h *household) has(need string) bool {
	return slices.ContainsFunc(h.members, func(m person) bool { return slices.Contains(m.needs, need) })
}

// terms are what holds for all of a plan.
type terms struct {
	today     value.Date
	speakOnly bool // only places where the household speaks a language
}

// build states the engine's problem. A language that nobody speaks yet is learnt:
// it closes no place unless the terms say so, and counts in the score.
func build(waiting []household, places []reception, quotas []quota, t terms) place.Problem {
	p := place.Problem{Dimensions: Dimensions(), PlacingBonus: 1}
	var spoken []string
	byCountry := map[string][]place.PlaceID{}
	for i := range places {
		r := &places[i]
		p.Places = append(p.Places, r.stated())
		byCountry[r.Country] = append(byCountry[r.Country], place.PlaceID(r.ID))
		spoken = append(spoken, r.Languages...)
	}
	slices.Sort(spoken)
	spoken = slices.Compact(spoken)
	for i := range waiting {
		h := &waiting[i]
		c := h.stated(t, byCountry)
		if !t.speakOnly {
			for _, tag := range spoken {
				if !slices.Contains(c.Languages, tag) {
					c.Languages = append(c.Languages, tag)
				}
			}
		}
		p.Cases = append(p.Cases, c)
	}
	p.Rows = rowsOf(quotas, places, t.today.String())
	return p
}

func (h *household) stated(t terms, byCountry map[string][]place.PlaceID) place.Case {
	sizes := h.sizes(t.today)
	c := place.Case{ID: place.CaseID(h.id), Origin: h.origin, Preferences: h.wishes, Allowed: h.agreed,
		Weight: float64(sizes[People] * (1 + h.priority))}
	for _, d := range Dimensions() {
		c.Size = append(c.Size, int(sizes[d]))
	}
	for _, m := range h.members {
		for _, tag := range m.languages {
			if !slices.Contains(c.Languages, tag) {
				c.Languages = append(c.Languages, tag)
			}
		}
	}
	if !h.has(needTuberculosis) {
		c.Attributes = append(c.Attributes, NoTuberculosis)
	}
	if h.has(needUnaccompanied) {
		c.Needs = append(c.Needs, UnaccompaniedAccepted)
	}
	for country := range h.unsafe {
		c.Forbidden = append(c.Forbidden, byCountry[country]...)
	}
	// An empty list of allowed countries would be read as every country.
	nowhere := h.agreed != nil && len(h.agreed) == 0
	for _, ids := range byCountry {
		for _, id := range ids {
			if nowhere || h.declined[string(id)] {
				c.Forbidden = append(c.Forbidden, id)
			}
		}
	}
	slices.Sort(c.Forbidden)
	c.Forbidden = slices.Compact(c.Forbidden)
	return c
}

func (r *reception) stated() place.Place {
	p := place.Place{ID: place.PlaceID(r.ID), Country: r.Country, Locality: r.Locality, Languages: r.Languages,
		Services: slices.Clone(r.Services)}
	for _, d := range Dimensions() {
		p.Capacity = append(p.Capacity, int(max(0, limit(r.Capacity, d)-r.Used[d])))
	}
	for _, c := range r.Conditions {
		switch c {
		case NoTuberculosis:
			p.Conditions = append(p.Conditions, c)
		case UnaccompaniedAccepted:
			p.Services = append(p.Services, c)
		}
	}
	return p
}

// rowsOf states the quotas, less what stands at their places already.
func rowsOf(quotas []quota, places []reception, today string) []place.Row {
	var rows []place.Row
	for _, q := range quotas {
		left := q.people
		row := place.Row{Name: quotaClaim(q.country, q.period), Dimension: People}
		for i := range places {
			if len(quotasOf([]quota{q}, &places[i], today)) > 0 {
				row.Places = append(row.Places, place.PlaceID(places[i].ID))
				left -= places[i].Used[People]
			}
		}
		if len(row.Places) > 0 {
			row.Limit = int(max(0, left))
			rows = append(rows, row)
		}
	}
	return rows
}

// agreedTo gives the countries to which everybody agreed who said anything: nil
// where nobody did.
func agreedTo(consents map[string][]string) []string {
	var out []string
	for _, countries := range consents {
		if len(countries) == 0 {
			continue
		}
		if out == nil {
			out = slices.Clone(countries)
			continue
		}
		out = slices.DeleteFunc(out, func(c string) bool { return !slices.Contains(countries, c) })
	}
	slices.Sort(out)
	return out
}

func commas(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
