package movement

import (
	"cmp"
	"fmt"
	"slices"

	"cairn/blueprint"
	"cairn/engine/route"
)

// TightInput selects bottlenecks.
type TightInput struct {
	Limit int `json:"limit" help:"How many of each; 20 unless told, 200 at most."`
}

// TightSeat is a kind of seat that a plan could not give to all who wanted it. Price is
// what one more of them would save, in units of money: fares and hours of people's lives.
type TightSeat struct {
	ServiceRow
	Kind  string  `json:"kind"`
	Price float64 `json:"price"`
}

// TightLine is what is short on all departures from one stop to another.
type TightLine struct {
	From        string  `json:"from"`
	To          string  `json:"to"`
	FromCountry string  `json:"from_country"`
	ToCountry   string  `json:"to_country"`
	Mode        string  `json:"mode"`
	Services    int     `json:"services"` // whose seats have a price
	Worth       float64 `json:"worth"`    // of one more seat on each of them, in all
}

// Tight is where the latest plan was short of seats, the dearest first.
type Tight struct {
	Plan  string      `json:"plan,omitempty"` // "" before the first
	At    string      `json:"at,omitempty"`
	Seats []TightSeat `json:"seats"`
	Lines []TightLine `json:"lines"`
}

const usualTight, mostTight = 20, 200

var viewTight = blueprint.See(blueprint.View{
	Name: "movement.bottlenecks", Group: "services.read", Title: "Where seats are short",
	Help: "Lists the services whose seats the latest plan could not give to all who wanted them, and what one more would have saved; and " +
		"the same by line, so that you see where another departure helps most.",
	Example: "cairn movement bottlenecks",
}, func(w *blueprint.Work, in TightInput) (Tight, error) {
	out := Tight{Seats: []TightSeat{}, Lines: []TightLine{}}
	var err error
	if out.Plan, err = latestPlan(w); err != nil || out.Plan == "" {
		return out, err
	}
	if err := w.QueryRow("SELECT at FROM movement_plan WHERE plan = $1", out.Plan).Scan(&out.At); err != nil {
		return out, fmt.Errorf("read the latest plan: %w", err)
	}
	_, _, result, err := planOf(w, out.Plan)
	if err != nil {
		return out, err
	}
	limit := usualTight
	if in.Limit > 0 {
		limit = min(in.Limit, mostTight)
	}
	return out, out.read(w, result.Prices, limit)
})

func (t *Tight) read(w *blueprint.Work, prices []route.Price, limit int) error {
	ids := make([]string, len(prices))
	for i, p := range prices {
		ids[i] = string(p.Service)
	}
	rows, err := serviceRows(w, distinct(ids))
	if err != nil {
		return fmt.Errorf("read the services with prices: %w", err)
	}
	t.add(prices, rows)
	t.Seats, t.Lines = t.Seats[:min(len(t.Seats), limit)], t.Lines[:min(len(t.Lines), limit)]
	found := make([]ServiceRow, len(t.Seats))
	for i := range t.Seats {
		found[i] = t.Seats[i].ServiceRow
	}
	return fillSeats(w, found) // the rows share their maps with t.Seats
}

// add sorts the seats and sums up their lines.
func (t *Tight) add(prices []route.Price, rows map[string]ServiceRow) {
	lines := map[[5]string]*TightLine{}
	for _, p := range prices {
		row, known := rows[string(p.Service)]
		if !known || p.Price <= 0 {
			continue
		}
		price := float64(p.Price) / float64(route.Unit)
		t.Seats = append(t.Seats, TightSeat{ServiceRow: row, Kind: string(p.Kind), Price: price})
		key := [5]string{row.From, row.FromCountry, row.To, row.ToCountry, row.Mode}
		if lines[key] == nil {
			lines[key] = &TightLine{From: row.From, To: row.To, FromCountry: row.FromCountry, ToCountry: row.ToCountry, Mode: row.Mode}
		}
		lines[key].Services++
		lines[key].Worth += price
	}
	for _, l := range lines {
		t.Lines = append(t.Lines, *l)
	}
	slices.SortFunc(t.Seats, func(a, b TightSeat) int {
		return cmp.Or(cmp.Compare(b.Price, a.Price), cmp.Compare(a.Depart, b.Depart), cmp.Compare(a.Service, b.Service), cmp.Compare(a.Kind, b.Kind))
	})
	slices.SortFunc(t.Lines, func(a, b TightLine) int {
		return cmp.Or(cmp.Compare(b.Worth, a.Worth), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Mode, b.Mode))
	})
}
