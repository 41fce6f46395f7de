package resettlement

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
	"cairn/engine/place"
	"cairn/fold"
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
		if err := checkPlan(w, facts); err != nil {
			faults = append(faults, fmt.Sprintf("plan %s: %v", id, err))
		}
	}
	return len(ids), faults, nil
}

// checkPlan checks a plan's own proof and those of its studies.
func checkPlan(w *blueprint.Work, facts []fold.Fact) error {
	var problem place.Problem
	for _, f := range facts {
		switch v := f.Value.(type) {
		case *PlanProposed:
			var result place.Result
			var err error
			if problem, result, err = attachments(w, v); err != nil {
				return err
			}
			if err := checkProposed(w, v, problem, result); err != nil {
				return err
			}
		case *PlanStudied:
			if err := checkStudy(w, v, problem); err != nil {
				return fmt.Errorf("its study: %w", err)
			}
		}
	}
	return nil
}

// checkProposed checks a plan by the proof that it carries.
func checkProposed(w *blueprint.Work, p *PlanProposed, problem place.Problem, result place.Result) error {
	if p.Fair == "" {
		return proof(p, problem, result, place.Verify)
	}
	var fair place.Fairness
	if err := w.Attachment(p.Fair, &fair); err != nil {
		return fmt.Errorf("read what proves the floors: %w", err)
	}
	if !fair.Kept || fair.Share != p.Floor || fair.Price != p.Price {
		return fmt.Errorf("the entry says a floor of %v at %v, its proof %v at %v", p.Floor, p.Price, fair.Share, fair.Price)
	}
	return proof(p, problem, result, func(problem place.Problem, result place.Result) error {
		groups, _ := grouped(&problem, p.FloorBy)
		fair.Result = result
		return place.VerifyFair(groups, fair)
	})
}

// checkStudy checks what a study claims about groups and about who must stay without a
// place. That other plans are worse needs no proof.
func checkStudy(w *blueprint.Work, studied *PlanStudied, problem place.Problem) error {
	var study Study
	var by certificate
	if err := w.Attachment(studied.Study, &study); err != nil {
		return fmt.Errorf("read it: %w", err)
	}
	if err := w.Attachment(studied.Certificate, &by); err != nil {
		return fmt.Errorf("read its proof: %w", err)
	}
	return proveStudy(&study, &by, problem)
}

// proveStudy checks a study from the values alone.
func proveStudy(study *Study, by *certificate, problem place.Problem) error {
	if len(by.Fair) != len(study.Groups) {
		return fmt.Errorf("it states groups of %d kinds and proves %d", len(study.Groups), len(by.Fair))
	}
	for i, g := range study.Groups {
		f := by.Fair[i]
		groups, _ := grouped(&problem, g.By)
		if f.Kept {
			if err := place.VerifyFair(groups, f); err != nil {
				return fmt.Errorf("groups by %s: %w", g.By, err)
			}
		}
		if g.Kept != f.Kept || g.Price != f.Price || g.Floor != f.Share {
			return fmt.Errorf("groups by %s: it states floors of %v at %v, its proof %v at %v", g.By, g.Floor, g.Price, f.Share, f.Price)
		}
	}
	if err := place.VerifyShortage(problem, by.Shortage); err != nil {
		return err
	}
	if study.Shortage.Fewest != by.Shortage.Fewest || study.Shortage.Left != by.Shortage.Left || study.Shortage.People != by.Shortage.People {
		return fmt.Errorf("it states %d of %d people without a place, its proof %d of %d", study.Shortage.Fewest, study.Shortage.People, by.Shortage.Fewest, by.Shortage.People)
	}
	return nil
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
func proof(p *PlanProposed, problem place.Problem, result place.Result, verify func(place.Problem, place.Result) error) error {
	if err := verify(problem, result); err != nil {
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
