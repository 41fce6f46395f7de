package resettlement_test

import (
	"fmt"
	"slices"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/domain/cases"
	"cairn/domain/identity"
	"cairn/domain/offices"
	"cairn/domain/people"
	"cairn/domain/resettlement"
	"cairn/domain/rights"
	"cairn/gate"
	"cairn/store"
	"cairn/store/storetest"
)

// desk is an office with somebody in each role that the tests need.
type desk struct {
	*testing.T
	*app.Office
}

func open(t *testing.T, config store.Config) *desk {
	t.Helper()
	o := officeWith(t, config)
	d := &desk{t, o}
	d.do("administrator", "offices.open_office", opening(o))
	return d
}

func officeWith(t testing.TB, config store.Config) *app.Office {
	t.Helper()
	return apptest.Open(t, app.Config{Store: config, Domains: []blueprint.Domain{offices.Domain(),
		people.Domain(), identity.Domain(), rights.Domain(), cases.Domain(), resettlement.Domain()}})
}

func opening(o *app.Office) *offices.OpenInput {
	return &offices.OpenInput{Code: "bud", Name: "Budapest", Policy: o.Gate().Text()}
}

func (d *desk) try(role, action string, in any) (app.Outcome, error) {
	return d.Do(d.Context(), apptest.Actor(role), action, in, app.Options{})
}

func (d *desk) do(role, action string, in any) app.Outcome {
	d.Helper()
	out, err := d.try(role, action, in)
	if err != nil {
		d.Fatalf("%s: %v", action, err)
	}
	return out
}

func (d *desk) refused(fault blueprint.Fault, role, action string, in any) {
	d.Helper()
	if _, err := d.try(role, action, in); err == nil || blueprint.FaultOf(err) != fault {
		d.Fatalf("%s by the %s: wanted %s, got %v", action, role, fault, err)
	}
}

func see[Out any](d *desk, role, view string, in any) Out {
	d.Helper()
	return apptest.See[Out](d, d.Office, role, view, in)
}

func (d *desk) family(name string, size int, wishes ...string) people.Registered {
	d.Helper()
	in := &people.RegisterInput{Wishes: wishes}
	for i := range size {
		in.Members = append(in.Members, people.Person{Name: fmt.Sprintf("%s, Member%d", name, i), Birth: fmt.Sprintf("%d-03-02", 1990-i), Nationalities: []string{"HUN"}, Languages: []string{"hu"}})
	}
	return d.do("registrar", "people.register", in).Out.(people.Registered)
}

func (d *desk) places(canada, swiss int64) []string {
	d.Helper()
	return d.do("placement_officer", "resettlement.open_places", &resettlement.OpenPlacesInput{Places: []resettlement.PlaceInput{
		{Country: "Canada", Locality: "Powell River", Capacity: map[string]int64{"people": canada}, Languages: []string{"English"}},
		{Country: "CHE", Locality: "Bern", Capacity: map[string]int64{"people": swiss}},
	}}).Out.(resettlement.PlacesOut).Places
}

func (d *desk) verified() {
	d.Helper()
	apptest.Verified(d, d.Office, resettlement.Domain().Checks)
}

func TestFromCaseToAcceptedOffer(t *testing.T) { storetest.Run(t, fromCaseToAcceptedOffer) }

func fromCaseToAcceptedOffer(t *testing.T, config store.Config) {
	d := open(t, config)
	first, second := d.family("Kovacs", 3, "CAN"), d.family("Nagy", 2, "CAN")
	third := d.family("Szabo", 1, "CAN")
	d.do("reviewer", "identity.judge_same", &identity.JudgeInput{Pairs: []identity.PairInput{{A: first.Records[0], B: third.Records[0]}}})
	opened := d.do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true}).Out.(cases.OpenedOut)
	if opened.Cases != 2 || opened.People != 5 || opened.LeftOut != 1 || !slices.Equal(opened.Empty, []string{third.Household}) {
		t.Fatalf("%+v", opened)
	}
	d.refused(blueprint.Conflict, "caseworker", "cases.open", &cases.OpenInput{Households: []string{second.Household}})
	d.refused(blueprint.Invalid, "caseworker", "cases.reach_stage", &cases.StageInput{Cases: opened.Opened, Stage: cases.StageTravelling})
	places := d.places(6, 4)
	d.do("protection_officer", "rights.report_risk", &rights.RiskInput{Records: third.Records, Countries: []string{"CAN"}, Basis: "threatened there"})

	plan := d.do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{Seed: 1}).Out.(resettlement.Plan)
	if plan.Placed != 2 || plan.People != 5 || plan.Unplaced != 0 || plan.Bound < plan.Value {
		t.Fatalf("%+v", plan)
	}
	at := map[string]resettlement.Placed{}
	for _, p := range see[resettlement.Placements](d, "placement_officer", "resettlement.placements", &resettlement.PlacementsInput{}).Placements {
		at[p.Case] = p
	}
	risky, other := opened.Opened[0], opened.Opened[1]
	if at[risky].Country != "CHE" || at[other].Country != "CAN" {
		t.Fatalf("the risk of another record of the same person was not kept to: %+v", at)
	}
	d.refused(blueprint.Refused, "placement_officer", "resettlement.change", &resettlement.ChangeInput{Case: risky, Place: places[0], Reason: "wish"})
	d.refused(blueprint.Conflict, "placement_officer", "resettlement.change", &resettlement.ChangeInput{Case: other, Place: places[1], Reason: "mountains"})
	d.refused(blueprint.Conflict, "placement_officer", "resettlement.change_capacity",
		&resettlement.CapacityInput{Place: places[0], Capacity: map[string]int64{"people": 1}, Reason: "fire"})
	if e := see[resettlement.Explanation](d, "placement_officer", "resettlement.explain", &resettlement.ExplainInput{Case: risky}); e.Plan != plan.Plan || len(e.Closed) != 1 {
		t.Fatalf("%+v", e)
	}
	d.answered(plan.Plan, risky, other)
}

// answered has both sides answer a plan of two cases; one household declines.
func (d *desk) answered(plan, risky, other string) {
	d.Helper()
	answers := &resettlement.AnswersInput{Answers: []resettlement.Answer{{Case: other, Accepted: true, Language: "hu"}}}
	d.refused(blueprint.Conflict, "receiving_state", "resettlement.answer_for_state", answers)
	d.do("placement_officer", "resettlement.accept_plan", &resettlement.AcceptPlanInput{Plan: plan})
	offered := see[resettlement.Offers](d, "receiving_state", "resettlement.offers", &resettlement.OffersInput{})
	if len(offered.Offers) != 1 || offered.Offers[0].Case != other || len(offered.Offers[0].Members) != 2 {
		d.Fatalf("%+v", offered)
	}
	d.refused(blueprint.Denied, "receiving_state", "resettlement.answer_for_state",
		&resettlement.AnswersInput{Answers: []resettlement.Answer{{Case: risky, Accepted: true}}})
	if _, err := d.See(d.Context(), apptest.Actor("receiving_state"), "resettlement.offers", &resettlement.OffersInput{Country: "CHE"}, app.Options{}); blueprint.FaultOf(err) != blueprint.Denied {
		d.Fatalf("a state saw another's offers: %v", err)
	}
	d.do("receiving_state", "resettlement.answer_for_state", answers)
	d.do("caseworker", "resettlement.answer_for_household", answers)
	d.do("caseworker", "resettlement.answer_for_household", &resettlement.AnswersInput{Answers: []resettlement.Answer{{Case: risky, Reason: "wants to wait", Language: "hu"}}})
	list := see[cases.List](d, "caseworker", "cases.list", &cases.ListInput{Stage: cases.StageAccepted})
	if list.Total != 1 || list.Cases[0].Case != other || list.Cases[0].Next != cases.NextMovement {
		d.Fatalf("%+v", list)
	}
	board := see[resettlement.Board](d, "placement_officer", "resettlement.board", &resettlement.BoardInput{})
	if p := board.Plan; p.Value <= 0 || p.Bound < p.Value || p.Gap > (p.Bound-p.Value)/p.Bound+1e-9 {
		d.Fatalf("value %v, bound %v and gap %v do not fit", p.Value, p.Bound, p.Gap)
	}
	if len(board.Places) != 2 || board.Places[0].Used["people"] != 2 || board.Places[1].Used["people"] != 0 || board.Statuses[resettlement.Declined] != 1 || !board.Plan.Decided {
		d.Fatalf("%+v", board)
	}
	again := d.do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{}).Out.(resettlement.Plan)
	unplaced := see[resettlement.Board](d, "placement_officer", "resettlement.board", &resettlement.BoardInput{Unplaced: true})
	if again.Placed != 0 || len(unplaced.Unplaced) != 1 || unplaced.Unplaced[0].Case != risky {
		d.Fatalf("a place that was declined is proposed again: %+v %+v", again, unplaced)
	}
	d.verified()
}

func TestOnePersonInTwoOpenCasesIsShown(t *testing.T) {
	d := open(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	a, b := d.family("Toth", 1), d.family("Toth", 2)
	opened := d.do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true}).Out.(cases.OpenedOut)
	if got := see[cases.Conflicts](d, "caseworker", "cases.conflicts", &cases.ConflictsInput{}); got.Total != 0 {
		t.Fatalf("%+v", got)
	}
	d.do("reviewer", "identity.judge_same", &identity.JudgeInput{Pairs: []identity.PairInput{{A: a.Records[0], B: b.Records[0]}}})
	got := see[cases.Conflicts](d, "caseworker", "cases.conflicts", &cases.ConflictsInput{})
	if got.Total != 1 || len(got.Conflicts[0].Cases) != 2 {
		t.Fatalf("%+v", got)
	}
	file := see[cases.File](d, "caseworker", "cases.file", &cases.CaseInput{Case: string(b.Numbers[0])})
	if len(file.Members) != 2 || len(file.Conflicts) != 1 || len(file.History) != 1 || file.Origin != "HUN" {
		t.Fatalf("%+v", file)
	}
	d.do("caseworker", "cases.close", &cases.CloseInput{Cases: opened.Opened[:1], Outcome: cases.OutcomeDuplicate, Reason: "one person"})
	if got := see[cases.Conflicts](d, "caseworker", "cases.conflicts", &cases.ConflictsInput{}); got.Total != 0 {
		t.Fatalf("%+v", got)
	}
	waits := see[[]cases.Waiting](d, "caseworker", "cases.waiting", &cases.WaitingInput{})
	if len(waits) != 1 || waits[0].Cases != 1 || waits[0].People != 2 || waits[0].Overdue != 0 {
		t.Fatalf("%+v", waits)
	}
	applicant := gate.Actor{ID: b.Records[1], Office: "bud", Roles: []string{"applicant"}}
	own, err := d.See(t.Context(), applicant, "cases.own", &cases.OwnInput{}, app.Options{})
	if err != nil || len(own.([]cases.Own)) != 1 || own.([]cases.Own)[0].Next != cases.NextCaseworker {
		t.Fatalf("%v %+v", err, own)
	}
	if _, err := d.See(t.Context(), applicant, "cases.own", &cases.OwnInput{Record: a.Records[0]}, app.Options{}); blueprint.FaultOf(err) != blueprint.Denied {
		t.Fatalf("an applicant saw another's case: %v", err)
	}
}

func TestPlacesAreImportedOnce(t *testing.T) {
	d := open(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	list := "Offre;Pays;Localité;Places;Places scolaires;Langues;Conditions;Début;Fin\n" +
		"1;Suisse;Genève;12;3;français;sans tuberculose;01.02.1957;31.05.1957\n2;Atlantis;Nulle part;4;0;français;;;\n3;Canada;Hull;beaucoup;;anglais;agriculteurs;;\n4;Canada;Hull;30;;anglais;agriculteurs;;\n"
	in := &resettlement.ImportInput{Input: lists.Input{Name: "offres.csv", Content: []byte(list), DryRun: true}}
	dry := d.do("placement_officer", "resettlement.import_places", in).Out.(resettlement.Imported)
	if dry.Places != 2 || dry.LeftOut != 2 || dry.People != 42 || len(dry.Refusals) != 2 || dry.Refusals[0].Row != 3 || dry.Refusals[0].Value != "Atlantis" ||
		dry.Refusals[1].Column != "Places" || dry.Asides["agriculteurs"] == 0 {
		t.Fatalf("%+v", dry)
	}
	in.DryRun = false
	d.refused(blueprint.Invalid, "placement_officer", "resettlement.import_places", in)
	in.GoodRowsOnly = true
	d.do("placement_officer", "resettlement.import_places", in)
	if again := d.do("placement_officer", "resettlement.import_places", in); again.Entries != 0 || !again.Out.(resettlement.Imported).Already {
		t.Fatalf("%+v", again)
	}
	board := see[resettlement.Board](d, "placement_officer", "resettlement.board", &resettlement.BoardInput{})
	if len(board.Places) != 2 || board.Places[0].Capacity["school"] != 3 || !slices.Contains(board.Places[0].Conditions, resettlement.NoTuberculosis) || board.Places[0].From != "1957-02-01" {
		t.Fatalf("%+v", board.Places)
	}
}

func TestQuotasHold(t *testing.T) {
	d := open(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	for i := range 4 {
		d.family(fmt.Sprintf("Varga%d", i), 2)
	}
	d.do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true})
	places := d.places(100, 100)
	year := d.do("placement_officer", "resettlement.set_quota", &resettlement.QuotaInput{Country: "CAN", Period: "2000-01-01/2999-12-31", People: 3}).Out.(resettlement.QuotaOut)
	d.do("placement_officer", "resettlement.withdraw_place", &resettlement.WithdrawInput{Place: places[1], Reason: "closed"})
	plan := d.do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{Seed: 3}).Out.(resettlement.Plan)
	if plan.Placed != 1 || plan.Unplaced != 3 {
		t.Fatalf("%+v", plan)
	}
	waiting := see[cases.List](d, "caseworker", "cases.list", &cases.ListInput{Stage: cases.StageOpened})
	d.refused(blueprint.Conflict, "placement_officer", "resettlement.change", &resettlement.ChangeInput{Case: waiting.Cases[0].Case, Place: places[0], Reason: "room there"})
	d.refused(blueprint.Conflict, "placement_officer", "resettlement.set_quota", &resettlement.QuotaInput{Country: "CAN", Period: "2000-01-01/2999-12-31", People: 1})
	raised := d.do("placement_officer", "resettlement.set_quota", &resettlement.QuotaInput{Country: "CAN", Period: "2000-01-01/2999-12-31", People: 4}).Out.(resettlement.QuotaOut)
	if raised != year {
		t.Fatal("a quota was set twice for one period")
	}
	d.do("placement_officer", "resettlement.change", &resettlement.ChangeInput{Case: waiting.Cases[0].Case, Place: places[0], Reason: "room there"})
	d.verified()
}
