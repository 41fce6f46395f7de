package movement

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
	"cairn/engine/route"
)

// checkPlans takes every plan's attachments and checks the plan and its bound again.
func checkPlans(w *blueprint.Work) (int, []string, error) {
	ids, err := blueprint.Collect(w, func(rows *sql.Rows) (string, error) {
		var id string
		err := rows.Scan(&id)
		return id, err
	}, "SELECT plan FROM movement_plan ORDER BY plan")
	if err != nil {
		return 0, nil, fmt.Errorf("read the plans: %w", err)
	}
	var faults []string
	for _, id := range ids {
		proposed, problem, result, err := planOf(w, id)
		if err == nil {
			err = proof(proposed, problem, result)
		}
		if err != nil {
			faults = append(faults, fmt.Sprintf("route plan %s: %v", id, err))
		}
	}
	return len(ids), faults, nil
}

// planOf reads a plan's entry and attachments.
func planOf(w *blueprint.Work, id string) (*PlanProposed, route.Problem, route.Result, error) {
	var problem route.Problem
	var result route.Result
	facts, err := w.Load(id)
	if err != nil {
		return nil, problem, result, err
	}
	for _, f := range facts {
		proposed, ok := f.Value.(*PlanProposed)
		if !ok {
			continue
		}
		if err := w.Attachment(proposed.Problem, &problem); err != nil {
			return nil, problem, result, fmt.Errorf("read the problem: %w", err)
		}
		if err := w.Attachment(proposed.Result, &result); err != nil {
			return nil, problem, result, fmt.Errorf("read the result: %w", err)
		}
		result.Problem = problem
		return proposed, problem, result, nil
	}
	return nil, problem, result, fmt.Errorf("its entry cannot be read")
}

// proof checks a plan from its values alone, and that the entry says the same.
func proof(p *PlanProposed, problem route.Problem, result route.Result) error {
	if err := route.Verify(problem, result); err != nil {
		return err
	}
	served, unserved := result.Served()
	people := 0
	for i, j := range result.Journeys {
		if len(j.Services) > 0 {
			people += problem.Parties[i].People
		}
	}
	switch {
	case p.Cost != int64(result.Cost) || p.Bound != int64(result.Bound) || p.Gap != result.Gap():
		return fmt.Errorf("the entry says cost %d, bound %d and gap %v, the result %d, %d and %v", p.Cost, p.Bound, p.Gap,
			result.Cost, result.Bound, result.Gap())
	case p.Served != served || p.Unserved != unserved || p.People != people:
		return fmt.Errorf("the entry says %d served, %d not and %d people, the result %d, %d and %d", p.Served, p.Unserved, p.People,
			served, unserved, people)
	}
	return nil
}
