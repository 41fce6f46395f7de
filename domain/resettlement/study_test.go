package resettlement_test

import (
	"fmt"
	"slices"
	"testing"

	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/domain/resettlement"
	"cairn/store"
	"cairn/store/storetest"
)

func TestStudy(t *testing.T) { storetest.Run(t, study) }

// study looks at a plan for 18 people of whom 13 find room, and 7 of them in Canada, for
// which nearly everybody wishes.
func study(t *testing.T, config store.Config) {
	d := open(t, config)
	for i := range 3 {
		d.family(fmt.Sprintf("Pair%d", i), 2, "CAN", "CHE")
		d.family(fmt.Sprintf("Alone%d", i), 1, "CHE")
		d.family(fmt.Sprintf("Three%d", i), 3, "CAN")
	}
	d.do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true})
	d.places(7, 6)
	d.refused(blueprint.NotFound, "placement_officer", "resettlement.study_plan", &resettlement.StudyInput{Plan: "none"})
	plan := d.do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{Seed: 1}).Out.(resettlement.Plan)
	d.refused(blueprint.Invalid, "placement_officer", "resettlement.study_plan", &resettlement.StudyInput{Plan: plan.Plan, Floor: 2})
	d.refused(blueprint.Invalid, "placement_officer", "resettlement.study_plan", &resettlement.StudyInput{Plan: plan.Plan, Loss: 1})
	d.refused(blueprint.Denied, "caseworker", "resettlement.study_plan", &resettlement.StudyInput{Plan: plan.Plan})
	if bare := see[resettlement.PlanView](d, "caseworker", "resettlement.plan", &resettlement.PlanInput{}); bare.Study != nil || bare.Plan.Plan != plan.Plan || bare.Statuses["proposed"] != int64(plan.Placed) {
		t.Fatalf("%+v", bare)
	}
	d.do("placement_officer", "resettlement.study_plan", &resettlement.StudyInput{Plan: plan.Plan, Floor: 0.4})
	view := see[resettlement.PlanView](d, "caseworker", "resettlement.plan", &resettlement.PlanInput{Plan: plan.Plan})
	s := view.Study
	if s == nil || view.Studied == "" {
		t.Fatalf("%+v", view)
	}
	if s.Plan.People != plan.People || s.Plan.LeftPeople != 18-plan.People || s.Bound != plan.Bound || s.Plan.Value > s.Bound+1e-9 ||
		s.Greedy.Value > s.Bound+1e-9 || s.Random.Value > s.Plan.Value+1e-9 || s.Plan.MeanRank < 1 || s.Plan.First <= 0 {
		t.Errorf("beside: %+v", s)
	}
	if len(s.Frontier) < 2 || s.Chosen < 0 || s.Frontier[s.Chosen].Loss > 0.02 || s.Serial.MeanRank < 1 {
		t.Errorf("frontier: %+v", s.Frontier)
	}
	if s.Shortage.People != 18 || s.Shortage.Fewest != 5 || s.Shortage.Left < 5 || s.Shortage.Closed != 0 {
		t.Errorf("shortage: %+v", s.Shortage)
	}
	if len(s.Groups) != 1 || s.Groups[0].By != "size" || len(s.Groups[0].Groups) != 3 {
		t.Fatalf("all come from one country and nobody has needs: %+v", s.Groups)
	}
	placed := 0
	for _, g := range s.Groups[0].Groups {
		placed += g.Placed
		if g.Cases != 3 || g.Value > g.Alone+1e-9 {
			t.Errorf("%+v", g)
		}
	}
	if placed != plan.Placed || !s.Groups[0].Kept || s.Groups[0].Price < 0 {
		t.Errorf("groups: %+v", s.Groups[0])
	}
	d.scarce()
	// Floors that nobody can keep are said to be none that was kept.
	impossible := d.do("placement_officer", "resettlement.study_plan", &resettlement.StudyInput{Plan: plan.Plan, Floor: 1}).Out.(resettlement.Study)
	if impossible.Groups[0].Kept {
		t.Errorf("every group gets all that it would get alone: %+v", impossible.Groups[0])
	}
	d.verified()
	d.decidedOtherwise(plan)
}

// decidedOtherwise holds that what staff decide otherwise is listed, and that the newest
// plan comes first.
func (d *desk) decidedOtherwise(plan resettlement.Plan) {
	d.Helper()
	at := see[resettlement.Placements](d, "placement_officer", "resettlement.placements", &resettlement.PlacementsInput{}).Placements
	d.do("placement_officer", "resettlement.refuse", &resettlement.RefuseInput{Case: at[0].Case, Reason: "a sister lives elsewhere"})
	again := d.do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{Seed: 2}).Out.(resettlement.Plan)
	if view := see[resettlement.PlanView](d, "caseworker", "resettlement.plan", &resettlement.PlanInput{}); view.Plan.Plan != again.Plan || len(view.Earlier) != 1 || view.Earlier[0].Plan.Plan != plan.Plan {
		d.Errorf("the newest: %+v", view)
	}
}

// scarce holds that the dearest room comes first, and that a state sees its own only.
func (d *desk) scarce() {
	d.Helper()
	scarce := see[resettlement.Scarce](d, "caseworker", "resettlement.scarce", &resettlement.ScarceInput{}).Scarce
	if len(scarce) == 0 || !slices.IsSortedFunc(scarce, func(a, b resettlement.ScarceRoom) int { return int(1e6 * (b.Price - a.Price)) }) || scarce[0].Price <= 0 {
		d.Errorf("scarce: %+v", scarce)
	}
	for _, r := range see[resettlement.Scarce](d, "receiving_state", "resettlement.scarce", &resettlement.ScarceInput{}).Scarce {
		if r.Country != "CAN" || r.Used != 0 {
			d.Errorf("a state sees %+v", r)
		}
	}
}

func TestFloors(t *testing.T) { storetest.Run(t, floors) }

// floors asks for plans in which small and large households get their share.
func floors(t *testing.T, config store.Config) {
	d := open(t, config)
	for i := range 4 {
		d.family(fmt.Sprintf("Alone%d", i), 1, "CAN")
		d.family(fmt.Sprintf("Five%d", i), 5, "CHE")
	}
	d.do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true})
	d.places(8, 6)
	for name, in := range map[string]resettlement.ProposeInput{
		"share": {Floor: 1.2}, "both": {Floor: 0.2, Wishes: 0.1}, "group": {Floor: 0.2, FloorBy: "luck"}, "one group": {Floor: 0.2, FloorBy: "origin"},
		"too much": {Floor: 1, FloorBy: "size"},
	} {
		if _, err := d.try("placement_officer", "resettlement.propose", &in); blueprint.FaultOf(err) != blueprint.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	plan := d.do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{Floor: 0.4, FloorBy: "size"}).Out.(resettlement.Plan)
	view := see[resettlement.PlanView](d, "caseworker", "resettlement.plan", &resettlement.PlanInput{})
	if view.Floor != 0.4 || view.FloorBy != "size" || view.Price < 0 || view.Price > 1 || view.Bound < view.Value-1e-9 {
		t.Fatalf("%+v", view)
	}
	got := d.do("placement_officer", "resettlement.study_plan", &resettlement.StudyInput{Plan: plan.Plan, Floor: 0.4}).Out.(resettlement.Study)
	for _, g := range got.Groups[0].Groups {
		if g.Value < 0.4*g.Alone-1e-9 {
			t.Errorf("%+v", g)
		}
	}
	d.verified()
}
