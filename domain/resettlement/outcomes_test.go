package resettlement_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/domain/cases"
	"cairn/domain/people"
	"cairn/domain/resettlement"
	"cairn/store"
	"cairn/store/storetest"
)

func TestOutcomes(t *testing.T) { storetest.Run(t, outcomes) }

// settled has households, of which a third speaks English and a third French, accept the
// places of a plan, in a town of English and one of French.
func (d *desk) settled(n int) []cases.Row {
	d.Helper()
	for i := range n {
		languages := []string{[]string{"en", "fr", "hu"}[i%3]}
		d.do("registrar", "people.register", &people.RegisterInput{Wishes: []string{"CAN"}, Members: []people.Person{
			{Name: fmt.Sprintf("Kis, Anna%d", i), Birth: fmt.Sprintf("%d-05-06", 1965+i%40), Nationalities: []string{"HUN"}, Languages: languages}}})
	}
	d.do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true})
	plan := d.do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{Seed: 1}).Out.(resettlement.Plan)
	d.do("placement_officer", "resettlement.accept_plan", &resettlement.AcceptPlanInput{Plan: plan.Plan})
	in := &resettlement.AnswersInput{}
	list := see[cases.List](d, "caseworker", "cases.list", &cases.ListInput{Stage: cases.StageOffered, Limit: 500}).Cases
	for _, c := range list {
		in.Answers = append(in.Answers, resettlement.Answer{Case: c.Case, Accepted: true, Language: "hu"})
	}
	d.do("receiving_state", "resettlement.answer_for_state", in)
	d.do("caseworker", "resettlement.answer_for_household", in)
	return list
}

func (d *desk) towns(people int64) []string {
	d.Helper()
	return d.do("placement_officer", "resettlement.open_places", &resettlement.OpenPlacesInput{Places: []resettlement.PlaceInput{
		{Country: "CAN", Locality: "Hull", Capacity: map[string]int64{"people": people}, Languages: []string{"English"}},
		{Country: "CAN", Locality: "Sherbrooke", Capacity: map[string]int64{"people": people}, Languages: []string{"French"}},
	}}).Out.(resettlement.PlacesOut).Places
}

func outcomes(t *testing.T, config store.Config) {
	d := open(t, config)
	places := d.towns(160)
	settled := d.settled(200)
	if len(settled) != 200 {
		t.Fatalf("%d are settled", len(settled))
	}
	d.refused(blueprint.Conflict, "placement_officer", "resettlement.fit_outcomes", &resettlement.FitInput{})
	at := map[string]string{}
	for _, p := range see[resettlement.Placements](d, "placement_officer", "resettlement.placements", &resettlement.PlacementsInput{Limit: 500}).Placements {
		at[p.Case] = p.Place
	}
	// Who was born early finds work less often; every second one lives where the language is another.
	draw, in := rand.New(rand.NewPCG(1, 2)), &resettlement.ObserveInput{}
	for i, c := range settled {
		chance := 0.75 - 0.5*float64(i%40)/40
		in.Observed = append(in.Observed, resettlement.Observed{Case: c.Case, Came: draw.Float64() < chance})
	}
	d.refused(blueprint.Denied, "placement_officer", "resettlement.observe_outcomes", in)
	d.do("caseworker", "resettlement.observe_outcomes", &resettlement.ObserveInput{Observed: in.Observed[:50]})
	few := see[resettlement.ModelView](d, "placement_officer", "resettlement.outcome_model", &resettlement.ModelInput{})
	if few.Model != "" || len(few.History) != 1 || few.History[0].All != 50 || few.History[0].Rarer < 50 || few.History[0].Days != 90 {
		t.Fatalf("%+v", few)
	}
	_, err := d.try("placement_officer", "resettlement.fit_outcomes", &resettlement.FitInput{})
	if blueprint.FaultOf(err) != blueprint.Conflict || !strings.Contains(err.Error(), fmt.Sprintf("%d more of the rarer answer and 50 more in all", few.History[0].Rarer)) {
		t.Fatalf("too little: %v", err)
	}
	d.do("caseworker", "resettlement.observe_outcomes", in)
	fit := d.do("placement_officer", "resettlement.fit_outcomes", &resettlement.FitInput{}).Out.(resettlement.Fitted)
	if fit.Records != 200 || fit.Came < 80 || fit.Brier > fit.Base || fit.Slope <= 0 || fit.AUC < 0.55 {
		t.Fatalf("%+v", fit)
	}
	view := see[resettlement.ModelView](d, "placement_officer", "resettlement.outcome_model", &resettlement.ModelInput{})
	if view.Model != fit.Model || len(view.Calibration.Bins) != 10 || len(view.Influences) != 8 || view.At == "" || view.History[0].Rarer+view.History[0].All != 0 {
		t.Fatalf("%+v", view)
	}
	d.scored(fit.Model, places)
	first := see[resettlement.PlanView](d, "placement_officer", "resettlement.plan", &resettlement.PlanInput{}).Earlier[0].Plan.Plan
	study := d.do("placement_officer", "resettlement.study_plan", &resettlement.StudyInput{Plan: first}).Out.(resettlement.Study)
	if e := study.Expected; e == nil || e.Plan.Households != 200 || e.Plan.Low > e.Plan.Value || e.Plan.High < e.Plan.Value {
		t.Errorf("of a plan that no model scored: %+v", e)
	}
	d.verified()
}

// scored proposes places for more households by a model.
func (d *desk) scored(model string, places []string) {
	d.Helper()
	for i := range 6 {
		d.do("registrar", "people.register", &people.RegisterInput{Wishes: []string{"CAN"}, Members: []people.Person{{Name: fmt.Sprint("Nagy, Pal", i),
			Birth: fmt.Sprint(1960 + 5*i), Nationalities: []string{"HUN"}, Languages: []string{[]string{"en", "fr"}[i%2]}}}})
	}
	d.do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true})
	d.refused(blueprint.Invalid, "placement_officer", "resettlement.propose", &resettlement.ProposeInput{Model: model, Wishes: 1})
	d.refused(blueprint.NotFound, "placement_officer", "resettlement.propose", &resettlement.ProposeInput{Model: "none"})
	plan := d.do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{Model: "newest", Wishes: 0.1}).Out.(resettlement.Plan)
	view := see[resettlement.PlanView](d, "placement_officer", "resettlement.plan", &resettlement.PlanInput{})
	e := view.Expected
	if view.Model != model || e == nil || e.Plan.Households != 6 || e.Plan.Low > e.Plan.Value || e.Plan.High < e.Plan.Value || e.Plan.High > 6 || e.Outcome != "work" {
		d.Fatalf("%+v", e)
	}
	if e.Claimed <= 0 || e.Sober > e.Claimed+0.05 {
		d.Errorf("a model that judges itself claims %v, another finds %v", e.Claimed, e.Sober)
	}
	// Prospects decide where, never whether: the scores of a household average to the same.
	for _, p := range see[resettlement.Placements](d, "placement_officer", "resettlement.placements", &resettlement.PlacementsInput{Plan: plan.Plan}).Placements {
		sum := 2 * p.Score
		for _, a := range see[resettlement.Explanation](d, "placement_officer", "resettlement.explain", &resettlement.ExplainInput{Case: p.Case}).Alternatives {
			sum += a.Score - p.Score
		}
		if sum < 0.998 || sum > 1.002 {
			d.Errorf("the scores of case %s at %d places add up to %v", p.Number, len(places), sum)
		}
	}
}

func TestOutcomesAreOfThoseWhoAccepted(t *testing.T) {
	d := open(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	d.towns(3)
	all := d.settled(4)
	d.family("Nagy", 1)
	waits := d.do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true}).Out.(cases.OpenedOut).Opened[0]
	ask := func(o resettlement.AskedOutcome, seen ...resettlement.Observed) *resettlement.ObserveInput {
		return &resettlement.ObserveInput{AskedOutcome: o, Observed: seen}
	}
	yes := resettlement.Observed{Case: all[0].Case, Came: true}
	none := resettlement.AskedOutcome{}
	for name, in := range map[string]*resettlement.ObserveInput{
		"twice": ask(none, yes, yes), "outcome": ask(resettlement.AskedOutcome{Outcome: "luck"}, yes), "days": ask(resettlement.AskedOutcome{Days: -1}, yes),
		"day": ask(none, resettlement.Observed{Case: all[0].Case, On: "soon"}), "future": ask(none, resettlement.Observed{Case: all[0].Case, On: "2999-01-01"}),
		"nobody": ask(none),
	} {
		if _, err := d.try("caseworker", "resettlement.observe_outcomes", in); blueprint.FaultOf(err) != blueprint.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	d.refused(blueprint.Conflict, "caseworker", "resettlement.observe_outcomes", ask(none, resettlement.Observed{Case: waits}))
	d.do("caseworker", "resettlement.observe_outcomes", ask(none, yes))
	d.do("caseworker", "resettlement.observe_outcomes", ask(none, resettlement.Observed{Case: all[0].Case}))
	if got := see[resettlement.ModelView](d, "placement_officer", "resettlement.outcome_model", &resettlement.ModelInput{}).History; len(got) != 1 || got[0].Came != 0 || got[0].Not != 1 {
		t.Errorf("the later counts: %+v", got)
	}
	file := see[cases.File](d, "caseworker", "cases.file", &cases.CaseInput{Case: waits})
	text := "Fall;Arbeit;Datum\n" + string(all[0].Number) + ";nein;\n" + string(all[1].Number) + ";Ja;" + time.Now().UTC().Format("02.01.2006") + "\n" +
		string(all[2].Number) + ";vielleicht;\n" + file.Number + ";ja;\nNOBODY;ja;\n" + string(all[1].Number) + ";ja;\n" + string(all[3].Number) + ";oui;31.12.2999\n"
	list := &resettlement.ImportOutcomesInput{Input: lists.Input{Name: "work.csv", Content: []byte(text), DryRun: true}}
	dry := d.do("caseworker", "resettlement.import_outcomes", list)
	if got := dry.Out.(resettlement.ImportedOutcomes); dry.Entries != 0 || got.Cases != 1 || got.Known != 1 || got.LeftOut != 5 {
		t.Fatalf("%+v", got)
	}
	list.DryRun = false
	d.refused(blueprint.Invalid, "caseworker", "resettlement.import_outcomes", list)
	list.GoodRowsOnly = true
	if got := d.do("caseworker", "resettlement.import_outcomes", list); got.Entries != 1 {
		t.Errorf("%+v", got)
	}
	if got := d.do("caseworker", "resettlement.import_outcomes", list); got.Entries != 0 || got.Out.(resettlement.ImportedOutcomes).Known != 2 {
		t.Errorf("the same list again: %+v", got)
	}
	d.verified()
}
