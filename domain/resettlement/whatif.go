package resettlement

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	"cairn/blueprint"
	"cairn/engine/place"
)

// WhatIfInput says what would change. The parts hold together.
type WhatIfInput struct {
	Rooms    []MoreRoom   `json:"rooms" help:"More room at places: [{\"place\":\"ID\",\"room\":{\"people\":6}}]; less than 0 takes room away."`
	Withdraw []string     `json:"withdraw" help:"Countries that would take back all their places."`
	Quotas   []OtherQuota `json:"quotas" help:"Other quotas: [{\"country\":\"CAN\",\"period\":\"1957\",\"people\":800}]."`
	Move     bool         `json:"move" help:"Also let those move whose placement is only proposed, where that serves the whole better."`
	Pathway  string       `json:"pathway" help:"Cases of this pathway; resettlement unless told."`
}

// MoreRoom is room that a place would have beside its own, by dimension.
type MoreRoom struct {
	Place string           `json:"place"`
	Room  map[string]int64 `json:"room"`
}

// OtherQuota is how many people a country would take in a period in all.
type OtherQuota struct {
	Country string `json:"country"`
	Period  string `json:"period"`
	People  int64  `json:"people"`
}

// WhatIf is what a change would do. It names no case: nothing is proposed to anybody.
type WhatIf struct {
	Rooms    []RoomChange  `json:"rooms,omitempty"`
	Withdraw []Withdrawal  `json:"withdraw,omitempty"`
	Quotas   []QuotaChange `json:"quotas,omitempty"`
	// Before is the best found for what stands today, After with the change.
	Before PlanFigures `json:"before"`
	After  PlanFigures `json:"after"`
	Gain   Tally       `json:"gain"`  // who would have a place and has none
	Lose   Tally       `json:"lose"`  // who would lose theirs
	Moved  Tally       `json:"moved"` // from one place to another
	Tell   Tally       `json:"tell"`  // of those who lose or move: to whom their place was offered already
	Nearer Tally       `json:"nearer"`
	Worse  Tally       `json:"worse"` // whose place is further from a wish
	// Places are those at which there would be more or fewer people.
	Places []PlaceChange `json:"places,omitempty"`
}

// Tally counts cases and the people in them.
type Tally struct {
	Cases  int `json:"cases"`
	People int `json:"people"`
}

func (t *Tally) add(people int) {
	t.Cases++
	t.People += people
}

// RoomChange is the room at a place before and after.
type RoomChange struct {
	Place     string `json:"place"`
	Locality  string `json:"locality"`
	Country   string `json:"country"`
	Dimension string `json:"dimension"`
	Before    int64  `json:"before"`
	After     int64  `json:"after"`
}

// Withdrawal is a country that takes back its places.
type Withdrawal struct {
	Country string `json:"country"`
	Places  int    `json:"places"`
}

// QuotaChange is a quota before and after.
type QuotaChange struct {
	Country string `json:"country"`
	Period  string `json:"period"`
	Before  int64  `json:"before"`
	After   int64  `json:"after"`
}

// PlaceChange is how many people have a place somewhere, before and after.
type PlaceChange struct {
	Place    string `json:"place"`
	Locality string `json:"locality"`
	Country  string `json:"country"`
	Before   int    `json:"before"`
	After    int    `json:"after"`
}

// whatIfPasses bounds the work: how many times each case may look at each place.
const whatIfPasses = 12

var viewWhatIf = blueprint.See(blueprint.View{
	Name: "resettlement.what_if", Group: "resettlement.propose", Title: "What if places or quotas were others",
	Help: "Calculates from what stands today what a change would bring: more room at a place, a country that withdraws, another quota, or " +
		"several at once. It counts who would gain a place, lose it or move, and how many of them must be told. Nothing is recorded.",
	Example: `cairn resettlement what-if --withdraw CHE --rooms '[{"place":"ID","room":{"people":6}}]'`,
}, func(w *blueprint.Work, in WhatIfInput) (WhatIf, error) {
	if len(in.Rooms)+len(in.Withdraw)+len(in.Quotas) == 0 {
		return WhatIf{}, blueprint.RefuseField("rooms", "say what would change: room at a place, a country that withdraws, or a quota")
	}
	var out WhatIf
	now, err := readStanding(w, orResettlement(in.Pathway), in.shrinks)
	if err != nil {
		return out, err
	}
	if len(now.households) == 0 || len(now.places) == 0 {
		return out, blueprint.Refuse(blueprint.Conflict, "%d cases can be placed or moved and %d places are open: there is nothing to calculate with", len(now.households), len(now.places))
	}
	change, err := out.read(now, &in)
	if err != nil {
		return out, err
	}
	pairs := int64(len(now.households)) * int64(len(now.places))
	change.Options = place.Options{Seed: 1, Work: whatIfPasses*pairs + 1_000_000, Workers: runtime.GOMAXPROCS(0), Progress: w.Progress}
	return out, out.calculate(w.Ctx, now, change, in.Move)
})

// shrinks says whether a place may lose those who have accepted it, because the change
// takes away room there; engines otherwise hold who accepted where they are.
func (in *WhatIfInput) shrinks(h *held) bool {
	for _, r := range in.Rooms {
		for _, n := range r.Room {
			if r.Place == h.place && n < 0 {
				return true
			}
		}
	}
	return slices.ContainsFunc(in.Quotas, func(q OtherQuota) bool { code, _ := country(q.Country); return code == h.country })
}

// read turns what was asked into the engine's change, and says it in figures.
func (out *WhatIf) read(now *standing, in *WhatIfInput) (place.Change, error) {
	var c place.Change
	for _, r := range in.Rooms {
		if err := out.room(now, r, &c); err != nil {
			return c, err
		}
	}
	for _, text := range once(in.Withdraw) {
		code, _ := country(text)
		gone, err := now.result.Problem.Withdraw(code)
		if err != nil {
			return c, blueprint.RefuseField("withdraw", "%q has no open place here: write its name or its three letters", text)
		}
		for _, id := range gone.WithdrawPlaces {
			if !slices.Contains(c.WithdrawPlaces, id) {
				c.WithdrawPlaces = append(c.WithdrawPlaces, id)
			}
		}
		out.Withdraw = append(out.Withdraw, Withdrawal{code, len(gone.WithdrawPlaces)})
	}
	for _, q := range in.Quotas {
		if err := out.quota(now, q, &c); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (out *WhatIf) room(now *standing, r MoreRoom, c *place.Change) error {
	at := slices.IndexFunc(now.places, func(p reception) bool { return p.ID == r.Place })
	if at < 0 {
		return blueprint.Refuse(blueprint.NotFound, "there is no open place %q: look for one with resettlement.board", r.Place)
	}
	if slices.ContainsFunc(c.Capacity, func(n place.NewCapacity) bool { return string(n.Place) == r.Place }) {
		return blueprint.RefuseField("rooms", "a place is named twice: state all its room at once")
	}
	here := &now.places[at]
	capacity := slices.Clone(now.result.Problem.Places[at].Capacity)
	for d, name := range Dimensions() {
		more, stated := r.Room[name]
		if !stated && name != People {
			// What an offer does not state is limited by its people only.
			if _, own := here.Capacity[name]; !own || here.Capacity[name] == here.Capacity[People] {
				more = max(0, r.Room[People])
			}
		}
		left := int64(capacity[d]) + more
		if whole := limit(here.Capacity, name) + more; whole < 0 || more > 1e6 {
			return blueprint.RefuseField("rooms", "%s cannot have %d of %s", here.Locality, whole, name)
		}
		if capacity[d] = int(max(0, left)); stated && more != 0 {
			before := limit(here.Capacity, name)
			out.Rooms = append(out.Rooms, RoomChange{here.ID, here.Locality, here.Country, name, before, before + more})
		}
	}
	c.Capacity = append(c.Capacity, place.NewCapacity{Place: place.PlaceID(r.Place), Capacity: capacity})
	return nil
}

func (out *WhatIf) quota(now *standing, q OtherQuota, c *place.Change) error {
	code, _ := country(q.Country)
	at := slices.IndexFunc(now.quotas, func(o quota) bool { return o.country == code && o.period == q.Period })
	if at < 0 {
		return blueprint.RefuseField("quotas", "no quota of %q for %q is set: a country without one is limited by its places only", q.Country, q.Period)
	}
	if q.People < 0 || q.People > 1e8 {
		return blueprint.RefuseField("quotas", "%d cannot be a quota", q.People)
	}
	out.Quotas = append(out.Quotas, QuotaChange{code, q.Period, now.quotas[at].people, q.People})
	for _, row := range now.result.Problem.Rows {
		if row.Name == quotaClaim(code, q.Period) {
			left := int64(row.Limit) + q.People - now.quotas[at].people
			c.Limits = append(c.Limits, place.NewLimit{Row: row.Name, Limit: int(max(0, left))})
		}
	}
	return nil
}

// calculate compares the plan with the change with the best found for what stands after
// as much search: otherwise what the search found by itself would count as gained.
func (out *WhatIf) calculate(ctx context.Context, now *standing, change place.Change, move bool) error {
	steady := place.Change{MayMove: move, Options: change.Options}
	before, err := place.Update(ctx, now.result, steady)
	if err != nil {
		return fmt.Errorf("calculate what stands: %w", err)
	}
	change.Stay = !move
	after, err := place.WhatIf(ctx, before, change)
	if err != nil {
		return fmt.Errorf("calculate the change: %w", err)
	}
	if move {
		if before, err = place.Update(ctx, before, steady); err != nil {
			return fmt.Errorf("calculate what stands: %w", err)
		}
	}
	out.compare(now, before, after.Result)
	return nil
}

// compare counts who would be where.
func (out *WhatIf) compare(now *standing, before, after place.Result) {
	p := before.Problem
	at := placeIndex(p)
	out.Before, out.After = figuresOf(p, before.Assignments), figuresOf(p, after.Assignments)
	count := make([]PlaceChange, len(p.Places))
	for c, a := range before.Assignments {
		b, people := after.Assignments[c], p.Cases[c].Size[0]
		if a.Place != "" {
			count[at[a.Place]].Before += people
		}
		if b.Place != "" {
			count[at[b.Place]].After += people
		}
		if a.Place == b.Place {
			continue
		}
		switch {
		case a.Place == "":
			out.Gain.add(people)
		case b.Place == "":
			out.Lose.add(people)
		default:
			out.Moved.add(people)
		}
		if h := now.households[c].held; h != nil && h.status != Proposed && h.status != Changed && a.Place != "" {
			out.Tell.add(people)
		}
		switch x, y := rankOf(p, at, c, a.Place), rankOf(p, at, c, b.Place); {
		case y < x:
			out.Nearer.add(people)
		case y > x:
			out.Worse.add(people)
		}
	}
	for i, r := range now.places {
		if n := count[i]; n.Before != n.After {
			out.Places = append(out.Places, PlaceChange{r.ID, r.Locality, r.Country, n.Before, n.After})
		}
	}
	slices.SortStableFunc(out.Places, func(a, b PlaceChange) int {
		return max(b.After-b.Before, b.Before-b.After) - max(a.After-a.Before, a.Before-a.After)
	})
}
