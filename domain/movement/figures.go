package movement

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/engine/route"
	"cairn/gate"
)

// FlowsInput selects flows.
type FlowsInput struct {
	Crossing bool `json:"crossing" help:"Only over borders."`
	Booked   bool `json:"booked" help:"Also seats that are booked and not yet travelled."`
}

// Flow is how many people went from one country to another by a mode in a month.
type Flow struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Mode   string `json:"mode"`
	Month  string `json:"month"` // YYYY-MM
	People int64  `json:"people"`
}

var viewFlows = blueprint.See(blueprint.View{
	Name: "movement.flows", Group: "views.overview", Title: "Flows",
	Help: "Counts people by the countries between which they travelled, mode and month.", Example: "cairn movement flows --crossing true",
}, func(w *blueprint.Work, in FlowsInput) ([]Flow, error) {
	held := "(t.leg > l.leg OR t.leg = l.leg AND t.status IN ('departed', 'arrived'))"
	if in.Booked {
		held = "t.held > l.leg"
	}
	if in.Crossing {
		held += " AND l.from_country <> l.to_country"
	}
	found, err := blueprint.Collect(w, func(rows *sql.Rows) (Flow, error) {
		var f Flow
		err := rows.Scan(&f.From, &f.To, &f.Mode, &f.Month, &f.People)
		return f, err
	}, `SELECT l.from_country, l.to_country, s.mode, SUBSTR(l.depart, 1, 7), COUNT(*) FROM movement_leg l
		JOIN movement_traveller t ON t.journey = l.journey JOIN movement_service s ON s.service = l.service WHERE `+held+`
		GROUP BY l.from_country, l.to_country, s.mode, SUBSTR(l.depart, 1, 7)
		ORDER BY l.from_country, l.to_country, s.mode, SUBSTR(l.depart, 1, 7)`)
	if err != nil {
		return nil, fmt.Errorf("add up the flows: %w", err)
	}
	return found, nil
})

// CountsInput has nothing to say.
type CountsInput struct{}

// Counts are figures without persons.
type Counts struct {
	Services    int64            `json:"services"`
	Cancelled   int64            `json:"cancelled"` // services
	Journeys    map[string]int64 `json:"journeys"`  // by status
	People      map[string]int64 `json:"people"`    // by status
	Unaccounted int64            `json:"unaccounted"`
	Waiting     int64            `json:"waiting"` // accepted cases without any journey
}

var viewCounts = blueprint.See(blueprint.View{
	Name: "movement.counts", Group: "views.overview", Title: "Counts",
	Help: "Counts services, journeys and people by how far they are.", Example: "cairn movement counts",
}, func(w *blueprint.Work, _ CountsInput) (Counts, error) {
	out := Counts{Journeys: map[string]int64{}, People: map[string]int64{}}
	err := w.QueryRow("SELECT COUNT(*), COALESCE(SUM(CASE WHEN cancelled <> '' THEN 1 ELSE 0 END), 0) FROM movement_service").Scan(&out.Services, &out.Cancelled)
	if err != nil {
		return out, fmt.Errorf("count the services: %w", err)
	}
	for table, into := range map[string]map[string]int64{"movement_journey": out.Journeys, "movement_traveller": out.People} {
		_, err := blueprint.Collect(w, func(rows *sql.Rows) (struct{}, error) {
			var status string
			var n int64
			err := rows.Scan(&status, &n)
			into[status] = n
			return struct{}{}, err
		}, "SELECT status, COUNT(*) FROM "+table+" GROUP BY status")
		if err != nil {
			return out, fmt.Errorf("count the journeys: %w", err)
		}
	}
	err = w.QueryRow(`SELECT COUNT(*) FROM movement_traveller t JOIN movement_leg l ON l.journey = t.journey AND l.leg = t.leg
		WHERE `+unaccountedWhere, stamp(w.Now())).Scan(&out.Unaccounted)
	if err != nil {
		return out, fmt.Errorf("count who is not accounted for: %w", err)
	}
	err = w.QueryRow(`SELECT COUNT(*) FROM resettlement_placement p JOIN cases_case c ON c.case_id = p.case_id
		WHERE p.status = 'accepted' AND c.closed = '' AND NOT EXISTS
		(SELECT 1 FROM movement_journey j WHERE j.case_id = p.case_id AND j.status <> 'cancelled')`).Scan(&out.Waiting)
	if err != nil {
		return out, fmt.Errorf("count who waits: %w", err)
	}
	return out, nil
})

// ExplainInput names a case and, perhaps, a plan.
type ExplainInput struct {
	Case string `json:"case" required:"true" help:"The case."`
	Plan string `json:"plan" help:"The plan; the case's own, or else the latest."`
}

// Explained is why a plan gives a case its journey, or none.
type Explained struct {
	Plan    string              `json:"plan"`
	Parties []route.Explanation `json:"parties"`
}

var explain = blueprint.See(blueprint.View{
	Name: "movement.explain", Group: "movement.read", Title: "Explain a journey",
	Help: "Says why a plan gives a case its journey: what it costs, the next best way, and where seats are short.", Example: "cairn movement explain --case ID",
	Resource: blueprint.ResourceOf(func(w *blueprint.Work, in *ExplainInput) (gate.Resource, error) {
		return cases.Resource(w, in.Case)
	}),
}, func(w *blueprint.Work, in ExplainInput) (Explained, error) {
	if in.Plan == "" {
		err := w.QueryRow(`SELECT COALESCE((SELECT MAX(plan) FROM movement_journey WHERE case_id = $1 AND plan <> ''),
			(SELECT MAX(plan) FROM movement_plan), '')`, in.Case).Scan(&in.Plan)
		if err != nil {
			return Explained{}, fmt.Errorf("find the plan: %w", err)
		}
		if in.Plan == "" {
			return Explained{}, blueprint.Refuse(blueprint.NotFound, "there is no plan yet: run movement propose")
		}
	}
	if _, err := w.Exists(in.Plan, SubjectRoutePlan); err != nil {
		return Explained{}, err
	}
	_, problem, result, err := planOf(w, in.Plan)
	if err != nil {
		return Explained{}, err
	}
	out := Explained{Plan: in.Plan}
	for _, q := range problem.Parties {
		if id := string(q.ID); id == in.Case || len(id) > len(in.Case) && id[:len(in.Case)+1] == in.Case+"@" {
			out.Parties = append(out.Parties, route.Explain(problem, result, q.ID))
		}
	}
	if len(out.Parties) == 0 {
		return out, blueprint.Refuse(blueprint.NotFound, "plan %s does not plan case %s: no stop is known for it, or it did not wait", in.Plan, in.Case)
	}
	return out, out.word(w, problem)
})

// word says why parties have no journey in the words of people.
func (e *Explained) word(w *blueprint.Work, p route.Problem) error {
	var words *wording
	for i := range e.Parties {
		o := e.Parties[i].Obstacle
		if o == nil {
			continue
		}
		if words == nil {
			var err error
			if words, err = wordingOf(w, p); err != nil {
				return err
			}
		}
		o.Detail, o.Help = words.say(o.Detail), words.say(o.Help)
	}
	return nil
}
