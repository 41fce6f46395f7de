package resettlement

import (
	"database/sql"
	"fmt"
	"strconv"

	"cairn/blueprint"
	"cairn/engine/place"
)

// PlanRow is a plan with its proof in figures.
type PlanRow struct {
	Plan
	Decided bool   `json:"decided"`
	At      string `json:"at"`
}

// PlaceRow is a place with its room and what is used of it, by dimension.
type PlaceRow struct {
	Place      string           `json:"place"`
	Name       string           `json:"name,omitempty"`
	Country    string           `json:"country"`
	Locality   string           `json:"locality"`
	Languages  []string         `json:"languages,omitempty"`
	Services   []string         `json:"services,omitempty"`
	Conditions []string         `json:"conditions,omitempty"`
	From       string           `json:"from,omitempty"`
	To         string           `json:"to,omitempty"`
	Open       bool             `json:"open"`
	Capacity   map[string]int64 `json:"capacity"`
	Used       map[string]int64 `json:"used"`
}

// QuotaRow is a quota and what is taken of it.
type QuotaRow struct {
	Country string `json:"country"`
	Period  string `json:"period"`
	People  int64  `json:"people"`
	Used    int64  `json:"used"`
}

// Unplaced is a case to which the plan gives no place, and why.
type Unplaced struct {
	Case   string `json:"case"`
	Reason string `json:"reason"`
	Detail string `json:"detail,omitempty"`
}

// BoardInput pages through the board. Everything may be left out.
type BoardInput struct {
	Plan     string `json:"plan" help:"The plan; else the newest."`
	Unplaced bool   `json:"unplaced" help:"Also the cases without a place, with reasons."`
	After    string `json:"after" help:"Go on after this place (with unplaced: after this case)."`
	Limit    int    `json:"limit" help:"How many; 50 unless told, 500 at most."`
}

// Board is the newest plan, the places, and the cases without one.
type Board struct {
	Plan     *PlanRow         `json:"plan,omitempty"` // none before the first
	Statuses map[string]int64 `json:"statuses"`       // placements by status
	Places   []PlaceRow       `json:"places,omitempty"`
	Quotas   []QuotaRow       `json:"quotas,omitempty"`
	Unplaced []Unplaced       `json:"unplaced,omitempty"`
	More     string           `json:"more,omitempty"`
	Model    string           `json:"model,omitempty"` // the newest of outcomes
}

var board = blueprint.See(blueprint.View{
	Name: "resettlement.board", Group: "resettlement.read", Title: "Placement board",
	Help:    "The plan with its value, bound and gap; every place with its room and what is used of it; the cases without a place, and why.",
	Example: "cairn resettlement board --unplaced true",
}, func(w *blueprint.Work, in BoardInput) (Board, error) {
	out := Board{Statuses: map[string]int64{}}
	var err error
	if out.Plan, err = planRow(w, in.Plan); err != nil {
		return out, err
	}
	_, err = blueprint.Collect(w, func(rows *sql.Rows) (struct{}, error) {
		var status string
		var n int64
		err := rows.Scan(&status, &n)
		out.Statuses[status] = n
		return struct{}{}, err
	}, "SELECT status, COUNT(*) FROM resettlement_placement GROUP BY status")
	if err != nil {
		return out, fmt.Errorf("count the placements: %w", err)
	}
	if out.Model, err = newestModelID(w); err != nil {
		return out, err
	}
	n := page(in.Limit)
	if in.Unplaced {
		return out, out.unplaced(w, in.After, n)
	}
	if out.Quotas, err = quotaRows(w); err != nil {
		return out, err
	}
	out.Places, err = placeRows(w, "place > $1 ORDER BY place LIMIT $2", in.After, int64(n+1))
	if len(out.Places) > n {
		out.Places, out.More = out.Places[:n], out.Places[n-1].Place
	}
	return out, err
})

// planRow reads a plan, the newest for ""; nil when there is none yet.
func planRow(w *blueprint.Work, id string) (*PlanRow, error) {
	rows, err := planRows(w, "($1 = '' OR plan = $2) ORDER BY at DESC, plan DESC LIMIT 1", id, id)
	switch {
	case err != nil:
		return nil, err
	case len(rows) > 0:
		return &rows[0], nil
	case id != "":
		return nil, blueprint.Refuse(blueprint.NotFound, "there is no plan %q here", id)
	}
	return nil, nil
}

func planRows(w *blueprint.Work, where string, args ...any) ([]PlanRow, error) {
	rows, err := blueprint.Collect(w, func(rows *sql.Rows) (PlanRow, error) {
		var p PlanRow
		var value, bound, gap string
		var decided int64
		err := rows.Scan(&p.Plan.Plan, &value, &bound, &gap, &p.Placed, &p.Unplaced, &p.People, &p.Status, &decided, &p.At)
		p.Decided = decided != 0
		for _, number := range []struct {
			text string
			into *float64
		}{{value, &p.Value}, {bound, &p.Bound}, {gap, &p.Gap}} {
			if n, bad := strconv.ParseFloat(number.text, 64); bad == nil {
				*number.into = n
			}
		}
		return p, err
	}, "SELECT plan, value, bound, gap, placed, unplaced, people, status, decided, at FROM resettlement_plan WHERE "+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read the plans: %w", err)
	}
	return rows, nil
}

// unplaced reads from the plan's result which cases have no place.
func (b *Board) unplaced(w *blueprint.Work, after string, n int) error {
	if b.Plan == nil {
		return nil
	}
	proposed, err := planOf(w, b.Plan.Plan.Plan)
	if err != nil {
		return err
	}
	var result place.Result
	if err := w.Attachment(proposed.Result, &result); err != nil {
		return fmt.Errorf("read the plan's result: %w", err)
	}
	for _, a := range result.Assignments {
		if a.Place != "" || string(a.Case) <= after {
			continue
		}
		if len(b.Unplaced) == n {
			b.More = b.Unplaced[n-1].Case
			return nil
		}
		b.Unplaced = append(b.Unplaced, Unplaced{Case: string(a.Case), Reason: string(a.Reason), Detail: a.Detail})
	}
	return nil
}

func quotaRows(w *blueprint.Work) ([]QuotaRow, error) {
	rows, err := blueprint.Collect(w, func(rows *sql.Rows) (QuotaRow, error) {
		var q QuotaRow
		err := rows.Scan(&q.Country, &q.Period, &q.People)
		return q, err
	}, "SELECT country, period, people FROM resettlement_quota ORDER BY country, period")
	if err != nil {
		return nil, fmt.Errorf("read the quotas: %w", err)
	}
	for i := range rows {
		if rows[i].Used, _, err = w.Reader.Remaining(w.Ctx, quotaClaim(rows[i].Country, rows[i].Period)); err != nil {
			return nil, fmt.Errorf("read what is taken of the quotas: %w", err)
		}
	}
	return rows, nil
}

func placeRows(w *blueprint.Work, where string, args ...any) ([]PlaceRow, error) {
	out, err := blueprint.Collect(w, func(rows *sql.Rows) (PlaceRow, error) {
		var p PlaceRow
		var languages, services, conditions string
		var open int64
		err := rows.Scan(&p.Place, &p.Name, &p.Country, &p.Locality, &languages, &services, &conditions, &p.From, &p.To, &open)
		p.Languages, p.Services, p.Conditions, p.Open = split(languages), split(services), split(conditions), open != 0
		return p, err
	}, "SELECT place, name, country, locality, languages, services, conditions, starts, ends, open FROM resettlement_place WHERE "+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read the places: %w", err)
	}
	room := make([]reception, len(out))
	for i := range out {
		room[i] = reception{ID: out[i].Place, Capacity: map[string]int64{}, Used: map[string]int64{}}
	}
	if err := readRoom(w, room); err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Capacity, out[i].Used = room[i].Capacity, room[i].Used
	}
	return out, nil
}

// PlaceInputID names a place.
type PlaceInputID struct {
	Place string `json:"place" required:"true" help:"The place."`
}

// PlaceView is a place, who is placed there, and what more room would bring.
type PlaceView struct {
	PlaceRow
	Scarce     *place.PlaceExplanation `json:"scarce,omitempty"` // by the newest plan
	Placements []Placed                `json:"placements"`       // 500 at most
}

var viewPlace = blueprint.See(blueprint.View{
	Name: "resettlement.place", Group: "resettlement.read", Title: "A place",
	Help: "A place with its room, who is placed there, and what is scarce by the newest plan.", Example: "cairn resettlement place --place ID",
	Resource: placeResource(func(in *PlaceInputID) string { return in.Place }),
}, func(w *blueprint.Work, in PlaceInputID) (PlaceView, error) {
	rows, err := placeRows(w, "place = $1", in.Place)
	if err != nil || len(rows) == 0 {
		return PlaceView{}, err
	}
	out := PlaceView{PlaceRow: rows[0]}
	// A receiving state sees what was offered to it, not what is only thought of.
	offeredOnly := ""
	if w.Actor.Country != "" {
		offeredOnly = "yes"
	}
	out.Placements, err = blueprint.Collect(w, scanPlaced, placedColumns+placedFrom+` WHERE p.place = $1 AND p.standing = 1
		AND ($2 = '' OR p.status NOT IN ('proposed', 'changed')) ORDER BY p.case_id LIMIT $3`, in.Place, offeredOnly, int64(largestPage))
	if err != nil || offeredOnly != "" {
		return out, err
	}
	newest, err := planRow(w, "")
	if err != nil || newest == nil {
		return out, err
	}
	proposed, err := planOf(w, newest.Plan.Plan)
	if err != nil {
		return out, err
	}
	problem, result, err := attachments(w, proposed)
	if err != nil {
		return out, err
	}
	scarce := place.ExplainPlace(problem, result, place.PlaceID(in.Place))
	out.Scarce = &scarce
	return out, nil
})
