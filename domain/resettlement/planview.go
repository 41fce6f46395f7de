package resettlement

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
)

// PlanInput names a plan.
type PlanInput struct {
	Plan string `json:"plan" help:"The plan; else the newest."`
}

// PlanView is a plan with what became of it and, where somebody looked closely, the study.
type PlanView struct {
	PlanRow
	Statuses map[string]int64 `json:"statuses"`        // of its placements
	Changed  []Placed         `json:"changed"`         // by staff, with their reasons; 50 at most
	Model    string           `json:"model,omitempty"` // that scored the places
	Expected *ExpectedOfPlans `json:"expected,omitempty"`
	Floor    float64          `json:"floor,omitempty"` // that every group keeps
	FloorBy  string           `json:"floor_by,omitempty"`
	Price    float64          `json:"price,omitempty"`  // of the floor
	Wishes   float64          `json:"wishes,omitempty"` // the outcome that could be given for them
	Study    *Study           `json:"study,omitempty"`
	Studied  string           `json:"studied,omitempty"` // when
	Earlier  []PlanRow        `json:"earlier,omitempty"` // plans, the newest first; 10 at most
}

const mostEarlier = 10

var viewPlan = blueprint.See(blueprint.View{
	Name: "resettlement.plan", Group: "resettlement.read", Title: "A plan",
	Help: "A plan with its bound, what became of its placements, which of them staff changed and why, and its study where there is one: beside " +
		"random and greedy placement, with the frontier of wishes, the groups' shares and who must stay without a place.",
	Example: "cairn resettlement plan --plan ID",
}, func(w *blueprint.Work, in PlanInput) (PlanView, error) {
	out := PlanView{Statuses: map[string]int64{}, Changed: []Placed{}}
	row, err := planRow(w, in.Plan)
	if err != nil {
		return out, err
	}
	if row == nil {
		return out, blueprint.Refuse(blueprint.NotFound, "there is no plan yet: make one with resettlement.propose")
	}
	out.PlanRow = *row
	if err := out.became(w); err != nil {
		return out, err
	}
	facts, err := w.Exists(row.Plan.Plan, SubjectPlan)
	if err != nil {
		return out, err
	}
	for _, f := range facts {
		if proposed, ok := f.Value.(*PlanProposed); ok {
			out.Model, out.Expected, out.Wishes = proposed.Model, proposed.Expected, proposed.Wishes
			out.Floor, out.FloorBy, out.Price = proposed.Floor, proposed.FloorBy, proposed.Price
		}
		studied, ok := f.Value.(*PlanStudied)
		if !ok {
			continue
		}
		out.Study, out.Studied = &Study{}, f.Time.String()
		if err := w.Attachment(studied.Study, out.Study); err != nil {
			return out, fmt.Errorf("read the study of the plan: %w", err)
		}
		if out.Expected == nil {
			out.Expected = out.Study.Expected
		}
	}
	return out, nil
})

// became reads what was done with a plan's placements, and the plans before it.
func (v *PlanView) became(w *blueprint.Work) error {
	_, err := blueprint.Collect(w, func(rows *sql.Rows) (struct{}, error) {
		var status string
		var n int64
		err := rows.Scan(&status, &n)
		v.Statuses[status] = n
		return struct{}{}, err
	}, "SELECT status, COUNT(*) FROM resettlement_placement WHERE plan = $1 GROUP BY status", v.Plan.Plan)
	if err != nil {
		return fmt.Errorf("count the plan's placements: %w", err)
	}
	changed, err := blueprint.Collect(w, scanPlaced, placedColumns+placedFrom+
		" WHERE p.plan = $1 AND p.status IN ('changed', 'refused') ORDER BY p.at DESC, p.case_id LIMIT $2", v.Plan.Plan, int64(defaultPage))
	if err != nil {
		return fmt.Errorf("read what staff changed: %w", err)
	}
	v.Changed = append(v.Changed, changed...)
	v.Earlier, err = planRows(w, "at < $1 ORDER BY at DESC, plan DESC LIMIT $2", v.At, int64(mostEarlier))
	return err
}
