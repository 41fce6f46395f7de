package resettlement

import (
	"fmt"
	"testing"

	"cairn/blueprint"
	"cairn/engine/place"
)

// studied makes a study of a plan for which room is short.
func studied(t *testing.T) (*student, place.Problem) {
	t.Helper()
	var waiting []household
	for i := range 30 {
		waiting = append(waiting, household{id: fmt.Sprintf("c%02d", i), origin: []string{"HUN", "YUG"}[i%2], members: make([]person, 1+i%4), wishes: []string{"CAN"}})
	}
	places := []reception{{ID: "a", Country: "CAN", Locality: "A", Capacity: map[string]int64{People: 25}}, {ID: "b", Country: "CHE", Locality: "B", Capacity: map[string]int64{People: 20}}}
	problem := build(waiting, places, nil, terms{today: day})
	result, err := place.Solve(t.Context(), problem, place.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	result.Problem = &problem
	s := &student{w: &blueprint.Work{Ctx: t.Context()}, problem: &problem, result: result, options: place.Options{Seed: 1, Work: 1_000_000}}
	s.out.Bound, s.out.Loss = result.Bound, usualLoss
	if err := s.run(0); err != nil {
		t.Fatal(err)
	}
	return s, problem
}

// TestStudyProofFindsLies holds that a study that claims less shortage or cheaper floors
// than its proof shows, and a proof that was changed, are each found.
func TestStudyProofFindsLies(t *testing.T) {
	s, problem := studied(t)
	if err := proveStudy(&s.out, &s.proof, problem); err != nil || len(s.out.Groups) != 2 || !s.out.Groups[0].Kept || s.out.Shortage.Fewest == 0 {
		t.Fatalf("an honest study does not hold: %v %+v", err, s.out)
	}
	for name, lie := range map[string]func(*student){
		"fewer people stay out":       func(s *student) { s.out.Shortage.Fewest-- },
		"and the proof says the same": func(s *student) { s.out.Shortage.Fewest--; s.proof.Shortage.Fewest-- },
		"a cheaper floor":             func(s *student) { s.out.Groups[0].Price = -0.1 },
		"a higher floor":              func(s *student) { s.out.Groups[0].Floor += 0.1 },
		"a floor that was not kept":   func(s *student) { s.out.Groups[0].Kept = false },
		"another group's proof":       func(s *student) { s.proof.Fair[0] = s.proof.Fair[1] },
		"a proof that is missing":     func(s *student) { s.proof.Fair = s.proof.Fair[:1] },
		"a plan that nobody made":     func(s *student) { s.proof.Fair[0].Result.Assignments[0].Place = "elsewhere" },
	} {
		s, problem := studied(t)
		lie(s)
		if proveStudy(&s.out, &s.proof, problem) == nil {
			t.Errorf("%s: it was not found", name)
		}
	}
}

// TestFewGroups holds that small groups are taken together and that one alone is none.
func TestFewGroups(t *testing.T) {
	p := place.Problem{Dimensions: Dimensions()}
	for i := range 200 {
		p.Cases = append(p.Cases, place.Case{ID: place.CaseID(fmt.Sprint(i)), Size: []int{1 + i%9, 0, i % 2, 0}, Origin: fmt.Sprintf("O%02d", min(i%40, i%13))})
	}
	for by, want := range map[string]int{"origin": mostGroups, "size": 5, "needs": 2} {
		groups, several := grouped(&p, by)
		names := map[string]int{}
		for _, c := range groups.Cases {
			names[c.Group]++
		}
		if !several || len(names) != want || by == "origin" && names[otherGroup] == 0 {
			t.Errorf("by %s: %v", by, names)
		}
	}
	alone := place.Problem{Dimensions: Dimensions(), Cases: p.Cases[:1]}
	if _, several := grouped(&alone, "size"); several || p.Cases[0].Group != "" {
		t.Error("one group is several, or the problem was changed")
	}
}
