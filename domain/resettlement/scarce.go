package resettlement

import (
	"cmp"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/engine/place"
	"cairn/gate"
)

// ScarceRoom is room that a plan would have liked to have more of.
type ScarceRoom struct {
	Place     string  `json:"place,omitempty"` // empty for a quota
	Locality  string  `json:"locality,omitempty"`
	Country   string  `json:"country"`
	Dimension string  `json:"dimension"`
	Period    string  `json:"period,omitempty"` // of a quota
	Used      int     `json:"used"`
	Limit     int     `json:"limit"`
	Price     float64 `json:"price"` // what one more would add to the plan's value
}

// leastPrice is below what anybody would notice.
const leastPrice = 0.005

// scarceRooms lists the room that has a price, the dearest first.
func scarceRooms(p *place.Problem, r *place.Result) []ScarceRoom {
	var out []ScarceRoom
	for i, prices := range r.Prices.Places {
		pl := &p.Places[i]
		for d, price := range prices {
			if price > leastPrice {
				out = append(out, ScarceRoom{Place: string(pl.ID), Locality: pl.Locality, Country: pl.Country, Dimension: p.Dimensions[d],
					Used: r.Use.Places[i][d], Limit: pl.Capacity[d], Price: price})
			}
		}
	}
	for k, price := range r.Prices.Rows {
		if price > leastPrice {
			country, period := quotaNames(p.Rows[k].Name)
			out = append(out, ScarceRoom{Country: country, Period: period, Dimension: p.Rows[k].Dimension,
				Used: r.Use.Rows[k], Limit: p.Rows[k].Limit, Price: price})
		}
	}
	slices.SortStableFunc(out, func(a, b ScarceRoom) int { return cmp.Compare(b.Price, a.Price) })
	return out
}

// quotaNames takes the name of a quota's claim apart.
func quotaNames(claim string) (country, period string) {
	parts := strings.SplitN(claim, ":", 3)
	if len(parts) < 3 {
		return "", claim
	}
	return parts[1], parts[2]
}

// ScarceInput selects whose room. Everything may be left out.
type ScarceInput struct {
	Country string `json:"country" help:"Only places and quotas of this country, three letters; a receiving state sees its own."`
	Plan    string `json:"plan" help:"By this plan; else the newest."`
	Limit   int    `json:"limit" help:"How many; 50 unless told, 500 at most."`
}

// Scarce is the room that is dearest by a plan.
type Scarce struct {
	Country string       `json:"country,omitempty"`
	Plan    string       `json:"plan,omitempty"` // none before the first
	At      string       `json:"at,omitempty"`
	Scarce  []ScarceRoom `json:"scarce"`
	More    int          `json:"more,omitempty"` // that are not listed
}

var viewScarce = blueprint.See(blueprint.View{
	Name: "resettlement.scarce", Group: "resettlement.read", Title: "What one more would bring",
	Help: "The room that is scarce by the newest plan, the dearest first: what one more place for a person, a school child or somebody with a " +
		"medical need would add to the plan, town by town and quota by quota. It holds for few more; what_if calculates many.",
	Example: "cairn resettlement scarce --country CAN",
	Resource: blueprint.ResourceOf(func(w *blueprint.Work, in *ScarceInput) (gate.Resource, error) {
		return gate.Resource{Type: SubjectPlace, Office: w.OfficeCode(), Country: cmp.Or(upper(in.Country), w.Actor.Country)}, nil
	}),
}, func(w *blueprint.Work, in ScarceInput) (Scarce, error) {
	out := Scarce{Country: cmp.Or(upper(in.Country), w.Actor.Country), Scarce: []ScarceRoom{}}
	row, err := planRow(w, in.Plan)
	if err != nil || row == nil {
		return out, err
	}
	out.Plan, out.At = row.Plan.Plan, row.At
	proposed, err := planOf(w, out.Plan)
	if err != nil {
		return out, err
	}
	problem, result, err := attachments(w, proposed)
	if err != nil {
		return out, err
	}
	n := page(in.Limit)
	for _, s := range scarceRooms(&problem, &result) {
		switch {
		case out.Country != "" && s.Country != out.Country:
			continue
		case len(out.Scarce) == n:
			out.More++
			continue
		}
		if w.Actor.Country != "" {
			s.Used = 0 // a receiving state does not see what is only thought of
		}
		out.Scarce = append(out.Scarce, s)
	}
	return out, nil
})
