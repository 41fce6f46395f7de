package resettlement

import (
	"database/sql"
	"fmt"
	"math"
	"slices"

	"cairn/blueprint"
	"cairn/value"
)

// leastInCountry is how many observations a country needs before a model tells it apart.
const leastInCountry = 30

// workFrom and workTo are the ages between which members count as adults who may work.
const workFrom, workTo = 18, 64

// usualAge stands where no adult's age is known.
const usualAge = 35

// featureNames are what a model may look at. Sex, origin and nationality are not among
// them: what somebody is must not decide where they go.
func featureNames(countries []string) []string {
	out := []string{"people", "adults", "children", "age", "needs", "language", "wish", "room"}
	for _, c := range countries {
		out = append(out, "country:"+c)
	}
	return out
}

// features describe a household at a place, in the order of featureNames.
func features(h *household, r *reception, countries []string, today value.Date) []float64 {
	var adults, children, ages, known, needs float64
	for _, m := range h.members {
		var born value.Date
		if born.UnmarshalText([]byte(m.birth)) != nil || born.Year == 0 {
			adults++
			continue
		}
		least, greatest := born.Age(today)
		switch age := float64(least+greatest) / 2; {
		case age < workFrom:
			children++
		case age <= workTo:
			adults++
			ages += age
			known++
		}
		if slices.ContainsFunc(m.needs, func(n string) bool { return n != needUnaccompanied }) {
			needs = 1
		}
	}
	age := float64(usualAge)
	if known > 0 {
		age = ages / known
	}
	out := []float64{float64(len(h.members)), adults, children, age, needs, speaks(h, r), wishes(h, r), math.Log1p(float64(r.Capacity[People]))}
	for _, c := range countries {
		here := 0.0
		if c == r.Country {
			here = 1
		}
		out = append(out, here)
	}
	return out
}

// speaks is 1 where a member speaks a language of the place.
func speaks(h *household, r *reception) float64 {
	for _, m := range h.members {
		if slices.ContainsFunc(m.languages, func(tag string) bool { return slices.Contains(r.Languages, tag) }) {
			return 1
		}
	}
	return 0
}

// wishes is 1 for the first wish, and less for the next ones.
func wishes(h *household, r *reception) float64 {
	if at := slices.Index(h.wishes, r.Country); at >= 0 {
		return float64(len(h.wishes)-at) / float64(len(h.wishes))
	}
	return 0
}

// past is a household whose outcome is known, at its place and the day of its placement.
type past struct {
	household
	place string
	day   value.Date
	came  bool
}

// readPast reads the observations of an outcome with what a model may look at.
func readPast(w *blueprint.Work, o AskedOutcome) ([]past, map[string]*reception, error) {
	at, ids, places := map[string]int{}, []string{}, map[string]bool{}
	out, err := blueprint.Collect(w, func(rows *sql.Rows) (past, error) {
		var p past
		var came int64
		var day string
		err := rows.Scan(&p.id, &came, &p.place, &day)
		p.came = came != 0
		if err == nil {
			err = p.day.UnmarshalText([]byte(day[:min(len(day), len("1957-02-01"))]))
		}
		return p, err
	}, `SELECT o.case_id, o.came, p.place, p.at FROM resettlement_outcome o JOIN resettlement_placement p ON p.case_id = o.case_id
		WHERE o.outcome = $1 AND o.days = $2 AND p.status = $3 ORDER BY o.case_id`, o.Outcome, int64(o.Days), Accepted)
	if err != nil {
		return nil, nil, fmt.Errorf("read the outcomes: %w", err)
	}
	for i := range out {
		at[out[i].id] = i
		ids = append(ids, out[i].id)
		places[out[i].place] = true
	}
	get := func(id string) *household { return &out[at[id]].household }
	if err := readMembers(w, ids, get); err != nil {
		return nil, nil, err
	}
	if err := readWishes(w, ids, get); err != nil {
		return nil, nil, err
	}
	known, err := receptionsByID(w, places)
	return out, known, err
}

func receptionsByID(w *blueprint.Work, ids map[string]bool) (map[string]*reception, error) {
	out := map[string]*reception{}
	if len(ids) == 0 {
		return out, nil
	}
	var wanted []string
	for id := range ids {
		wanted = append(wanted, id)
	}
	slices.Sort(wanted)
	found, err := receptions(w, w.Today(), wanted...)
	for i := range found {
		out[found[i].ID] = &found[i]
	}
	return out, err
}
