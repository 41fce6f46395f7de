package resettlement

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/gate"
)

// PlaceInput is one offer.
type PlaceInput struct {
	Name       string           `json:"name" help:"The offer's own name or number."`
	Country    string           `json:"country" required:"true" help:"The country, as code or name."`
	Locality   string           `json:"locality" required:"true" help:"The town or district."`
	Capacity   map[string]int64 `json:"capacity" required:"true" help:"{\"people\":40,\"school\":10,\"medical\":2,\"large\":1}; what is left out is limited by people only."`
	Languages  []string         `json:"languages" help:"Languages spoken there."`
	Services   []string         `json:"services" help:"What there is: hospital, school …"`
	Conditions []string         `json:"conditions" help:"no_tuberculosis, unaccompanied_accepted, or a note for staff."`
	From       string           `json:"from" help:"First day, YYYY-MM-DD."`
	To         string           `json:"to" help:"Last day, YYYY-MM-DD."`
}

// OpenPlacesInput opens places.
type OpenPlacesInput struct {
	Places []PlaceInput `json:"places" required:"true" help:"The offers."`
}

// PlacesOut says which places were opened.
type PlacesOut struct {
	Places []string `json:"places"`
}

// opened checks an offer and writes it in the words of the record.
func (in *PlaceInput) opened() (*PlaceOpened, error) {
	out := &PlaceOpened{Name: strings.TrimSpace(in.Name), Locality: strings.TrimSpace(in.Locality), Capacity: in.Capacity,
		Services: in.Services, From: in.From, To: in.To}
	var known bool
	if out.Country, known = country(in.Country); !known {
		return nil, blueprint.RefuseField("country", "%q is not a country that is known: write its name or its three letters", in.Country)
	}
	if out.Locality == "" {
		return nil, blueprint.RefuseField("locality", "name the town or district")
	}
	if err := checkCapacity(in.Capacity); err != nil {
		return nil, err
	}
	if in.Capacity[People] <= 0 {
		return nil, blueprint.RefuseField("capacity", "state for how many people there is room")
	}
	for _, text := range in.Languages {
		tag, known := language(text)
		if !known {
			return nil, blueprint.RefuseField("languages", "language %q is not known: write its name or code", text)
		}
		out.Languages = append(out.Languages, tag)
	}
	for _, text := range in.Conditions {
		code, _ := condition(text)
		out.Conditions = append(out.Conditions, code)
	}
	return out, checkDays(in.From, in.To)
}

func checkDays(from, to string) error {
	for _, day := range []string{from, to} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return blueprint.RefuseField("from", "%q is no day: write it like 1957-02-01", day)
		}
	}
	if from != "" && to != "" && to < from {
		return blueprint.RefuseField("to", "the last day %s lies before the first, %s", to, from)
	}
	return nil
}

func checkCapacity(capacity map[string]int64) error {
	for _, d := range slices.Sorted(maps.Keys(capacity)) {
		switch {
		case !slices.Contains(Dimensions(), d):
			return blueprint.RefuseField("capacity", "%q is no dimension: take of %s", d, strings.Join(Dimensions(), ", "))
		case capacity[d] < 0 || capacity[d] > 1e7:
			return blueprint.RefuseField("capacity", "%d cannot be the room in %s", capacity[d], d)
		}
	}
	return nil
}

var openPlaces = blueprint.Act(blueprint.Action{
	Name: "resettlement.open_places", Group: "places.write", Title: "Open places",
	Help:    "Adds offers of places, each with its country, locality and room.",
	Example: `cairn resettlement open-places --places '[{"country":"CAN","locality":"Sopron Hall","capacity":{"people":40}}]'`,
	Appends: []string{"resettlement.place_opened"},
	Resource: blueprint.ResourceOf(func(w *blueprint.Work, in *OpenPlacesInput) (gate.Resource, error) {
		codes := make([]string, len(in.Places))
		for i, p := range in.Places {
			codes[i], _ = country(p.Country)
		}
		return ofCountries(w, codes), nil
	}),
}, func(w *blueprint.Work, in OpenPlacesInput) (PlacesOut, error) {
	if len(in.Places) == 0 {
		return PlacesOut{}, blueprint.RefuseField("places", "give at least one place")
	}
	var out PlacesOut
	for i := range in.Places {
		opened, err := in.Places[i].opened()
		if err != nil {
			return PlacesOut{}, err
		}
		id := w.NewID()
		w.Add(id, opened)
		out.Places = append(out.Places, id)
	}
	return out, nil
})

// ofCountries is what the gate is asked about: a receiving state reaches only what
// is wholly its own.
func ofCountries(w *blueprint.Work, codes []string) gate.Resource {
	r := gate.Resource{Type: SubjectPlace, Office: w.OfficeCode()}
	slices.Sort(codes)
	if codes = slices.Compact(codes); len(codes) == 1 {
		r.Country = codes[0]
	}
	return r
}

// placeResource asks about the country of a place.
func placeResource[In any](id func(*In) string) func(*blueprint.Work, any) (gate.Resource, error) {
	return blueprint.ResourceOf(func(w *blueprint.Work, in *In) (gate.Resource, error) {
		var code string
		err := w.QueryRow("SELECT country FROM resettlement_place WHERE place = $1", id(in)).Scan(&code)
		if errors.Is(err, sql.ErrNoRows) {
			return gate.Resource{}, blueprint.Refuse(blueprint.NotFound, "there is no place %q here", id(in))
		}
		r := ofCountries(w, []string{code})
		r.ID = id(in)
		return r, err
	})
}

// CapacityInput changes the room of a place.
type CapacityInput struct {
	Place    string           `json:"place" required:"true" help:"The place."`
	Capacity map[string]int64 `json:"capacity" required:"true" help:"The dimensions that change: {\"people\":50}."`
	Reason   string           `json:"reason" required:"true" help:"Why."`
}

// PlaceChanged says what stands at a place after a change.
type PlaceChanged struct {
	Place string           `json:"place"`
	Used  map[string]int64 `json:"used"`
	Cases int64            `json:"cases"` // placements that stand there
}

var changeCapacity = blueprint.Act(blueprint.Action{
	Name: "resettlement.change_capacity", Group: "places.write", Title: "Change a place's room",
	Help:    "Replaces the room of a place in the dimensions named. It cannot fall below what is used there.",
	Example: `cairn resettlement change-capacity --place ID --capacity '{"people":50}' --reason 'second house opened'`,
	Appends: []string{"resettlement.capacity_changed"}, Resource: placeResource(func(in *CapacityInput) string { return in.Place }),
}, func(w *blueprint.Work, in CapacityInput) (PlaceChanged, error) {
	if len(in.Capacity) == 0 || strings.TrimSpace(in.Reason) == "" {
		return PlaceChanged{}, blueprint.RefuseField("capacity", "say what changes, and give the reason")
	}
	if err := checkCapacity(in.Capacity); err != nil {
		return PlaceChanged{}, err
	}
	if _, err := w.Exists(in.Place, SubjectPlace); err != nil {
		return PlaceChanged{}, err
	}
	used, count, err := usedAt(w, in.Place)
	if err != nil {
		return PlaceChanged{}, err
	}
	for _, d := range slices.Sorted(maps.Keys(in.Capacity)) {
		if in.Capacity[d] < used[d] {
			return PlaceChanged{}, blueprint.Refuse(blueprint.Conflict,
				"%d of %s are used at this place, more than %d: change or refuse placements there first", used[d], d, in.Capacity[d])
		}
	}
	w.Add(in.Place, &CapacityChanged{Capacity: in.Capacity, Reason: in.Reason})
	return PlaceChanged{Place: in.Place, Used: used, Cases: count}, nil
})

// usedAt adds up what stands at a place.
func usedAt(w *blueprint.Work, place string) (map[string]int64, int64, error) {
	used := map[string]int64{}
	var count, people, school, medical, large int64
	err := w.QueryRow(`SELECT COUNT(*), COALESCE(SUM(people), 0), COALESCE(SUM(school), 0), COALESCE(SUM(medical), 0), COALESCE(SUM(large), 0)
		FROM resettlement_placement WHERE place = $1 AND standing = 1`, place).Scan(&count, &people, &school, &medical, &large)
	if err != nil {
		return nil, 0, fmt.Errorf("add up what is used at the place: %w", err)
	}
	used[People], used[School], used[Medical], used[Large] = people, school, medical, large
	return used, count, nil
}

// WithdrawInput ends an offer.
type WithdrawInput struct {
	Place  string `json:"place" required:"true" help:"The place."`
	Reason string `json:"reason" required:"true" help:"Why."`
}

var withdrawPlace = blueprint.Act(blueprint.Action{
	Name: "resettlement.withdraw_place", Group: "places.write", Title: "Withdraw a place",
	Help:    "Ends an offer: nobody new is placed there. Placements that stand there are listed, to be changed or kept.",
	Example: "cairn resettlement withdraw-place --place ID --reason 'house sold'",
	Appends: []string{"resettlement.place_withdrawn"}, Resource: placeResource(func(in *WithdrawInput) string { return in.Place }),
}, func(w *blueprint.Work, in WithdrawInput) (PlaceChanged, error) {
	if strings.TrimSpace(in.Reason) == "" {
		return PlaceChanged{}, blueprint.RefuseField("reason", "say why the place is withdrawn")
	}
	if _, err := w.Exists(in.Place, SubjectPlace); err != nil {
		return PlaceChanged{}, err
	}
	w.Add(in.Place, &PlaceWithdrawn{Reason: in.Reason})
	used, count, err := usedAt(w, in.Place)
	return PlaceChanged{Place: in.Place, Used: used, Cases: count}, err
})

// QuotaInput sets a quota.
type QuotaInput struct {
	Country string `json:"country" required:"true" help:"The country, as code or name."`
	Period  string `json:"period" required:"true" help:"1957, 1957-02, 1957-Q1 or 1957-02-01/1957-05-31."`
	People  int64  `json:"people" required:"true" help:"How many people in all."`
}

// QuotaOut names a quota.
type QuotaOut struct {
	Quota string `json:"quota"`
}

var setQuota = blueprint.Act(blueprint.Action{
	Name: "resettlement.set_quota", Group: "places.write", Title: "Set a quota",
	Help:    "Says how many people a country takes in a period. Later plans keep to it.",
	Example: "cairn resettlement set-quota --country CAN --period 1957-Q1 --people 5000",
	Appends: []string{"resettlement.quota_set"},
	Resource: blueprint.ResourceOf(func(w *blueprint.Work, in *QuotaInput) (gate.Resource, error) {
		code, _ := country(in.Country)
		return ofCountries(w, []string{code}), nil
	}),
}, func(w *blueprint.Work, in QuotaInput) (QuotaOut, error) {
	code, known := country(in.Country)
	if !known {
		return QuotaOut{}, blueprint.RefuseField("country", "%q is not a country that is known", in.Country)
	}
	if _, _, err := bounds(in.Period); err != nil {
		return QuotaOut{}, blueprint.RefuseField("period", "%v", err)
	}
	if in.People < 0 || in.People > 1e8 {
		return QuotaOut{}, blueprint.RefuseField("people", "%d cannot be a quota", in.People)
	}
	taken, _, err := w.Reader.Remaining(w.Ctx, quotaClaim(code, in.Period))
	if err != nil {
		return QuotaOut{}, fmt.Errorf("read what is taken of the quota: %w", err)
	}
	if taken > in.People {
		return QuotaOut{}, blueprint.Refuse(blueprint.Conflict, "%d people are placed under this quota already: refuse placements first", taken)
	}
	var id string
	err = w.QueryRow("SELECT quota FROM resettlement_quota WHERE country = $1 AND period = $2", code, in.Period).Scan(&id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return QuotaOut{}, fmt.Errorf("look for the quota: %w", err)
	}
	id = cmp.Or(id, w.NewID())
	w.Add(id, &QuotaSet{Country: code, Period: in.Period, People: in.People})
	return QuotaOut{Quota: id}, nil
})
