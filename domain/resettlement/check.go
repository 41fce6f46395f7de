package resettlement

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
	"cairn/engine/place"
)

// checkPlans takes every plan's attachments and checks the plan and its bound again.
func checkPlans(w *blueprint.Work) (int, []string, error) {
	ids, err := blueprint.Collect(w, func(rows *sql.Rows) (string, error) {
		var id string
		err := rows.Scan(&id)
		return id, err
	}, "SELECT plan FROM resettlement_plan ORDER BY plan")
	if err != nil {
		return 0, nil, fmt.Errorf("read the plans: %w", err)
	}
	var faults []string
	for _, id := range ids {
		facts, err := w.Load(id)
		if err != nil {
			return 0, nil, err
		}
		for _, f := range facts {
			proposed, ok := f.Value.(*PlanProposed)
			if !ok {
				continue
			}
			problem, result, err := attachments(w, proposed)
			if err == nil {
				err = proof(proposed, problem, result)
			}
			if err != nil {
				faults = append(faults, fmt.Sprintf("plan %s: %v", id, err))
			}
		}
	}
	return len(ids), faults, nil
}

func attachments(w *blueprint.Work, p *PlanProposed) (place.Problem, place.Result, error) {
	var problem place.Problem
	var result place.Result
	if err := w.Attachment(p.Problem, &problem); err != nil {
		return problem, result, fmt.Errorf("read the problem: %w", err)
	}
	if err := w.Attachment(p.Result, &result); err != nil {
		return problem, result, fmt.Errorf("read the result: %w", err)
	}
	return problem, result, nil
}

// proof checks a plan from its values alone, and that the entry says the same.
func proof(p *PlanProposed, problem place.Problem, result place.Result) error {
	if err := place.Verify(problem, result); err != nil {
		return err
	}
	placed, people := 0, 0
	for i, a := range result.Assignments {
		if a.Place != "" {
			placed++
			people += problem.Cases[i].Size[0]
		}
	}
	switch {
	case p.Value != result.Value || p.Bound != result.Bound || p.Gap != result.Gap:
		return fmt.Errorf("the entry says value %v, bound %v and gap %v, the result %v, %v and %v", p.Value, p.Bound, p.Gap, result.Value, result.Bound, result.Gap)
	case p.Placed != placed || p.Unplaced != len(result.Assignments)-placed || p.People != people:
		return fmt.Errorf("the entry says %d placed and %d not, the result %d and %d", p.Placed, p.Unplaced, placed, len(result.Assignments)-placed)
	}
	return nil
}
