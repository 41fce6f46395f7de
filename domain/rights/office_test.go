package rights_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/domain/offices"
	"cairn/domain/people"
	"cairn/domain/rights"
	"cairn/fold"
	"cairn/gate"
	"cairn/store"
	"cairn/store/storetest"
)

var (
	clerk    = gate.Actor{ID: "clerk", Office: "bud", Roles: []string{"registrar"}}
	reviewer = gate.Actor{ID: "reviewer", Office: "bud", Roles: []string{"reviewer"}}
	officer  = gate.Actor{ID: "officer", Office: "bud", Roles: []string{"protection_officer"}}
	second   = gate.Actor{ID: "second", Office: "bud", Roles: []string{"protection_officer"}}
	doctor   = gate.Actor{ID: "doctor", Office: "bud", Roles: []string{"medical_officer"}}
	mover    = gate.Actor{ID: "mover", Office: "bud", Roles: []string{"movement_officer"}}
	monitor  = gate.Actor{ID: "monitor", Office: "bud", Roles: []string{"monitor"}}
)

// Boarded is the least domain that moves people, so that the facts meet the gate.
type Boarded struct {
	Records     []string `json:"records"`
	Destination string   `json:"destination"`
}

func (*Boarded) Kind() string { return "tests.boarded" }

func travelDomain() blueprint.Domain {
	table := &fold.Table{Name: "tests_boarded", Columns: []string{"journey", "destination"}}
	return blueprint.Domain{
		Name:     "tests",
		Schema:   "CREATE TABLE IF NOT EXISTS tests_boarded (journey TEXT NOT NULL, destination TEXT NOT NULL);\n",
		Subjects: []blueprint.Subject{{Name: "journey", Personal: true}},
		Kinds:    []blueprint.Kind{blueprint.KindOf[Boarded]("journey").At(gate.StageBoarding)},
		Projections: []*fold.Projection{fold.New("tests.journey", "journey", []*fold.Table{table}, []string{"tests.boarded"},
			func(s *fold.Fact, f fold.Fact) { *s = f }, func(subject string, f *fold.Fact) fold.Output {
				return fold.Output{Rows: []fold.Row{{Table: table, Values: []any{subject, f.Value.(*Boarded).Destination}}}}
			})},
		Actions: []blueprint.Action{blueprint.Act(blueprint.Action{Name: "tests.board", Group: "movement.board",
			Appends: []string{"tests.boarded"}}, func(w *blueprint.Work, in Boarded) (string, error) {
			id := w.NewID()
			w.Add(id, &in)
			return id, nil
		})},
		Travels: []blueprint.Travel{{Kind: "tests.boarded", Trips: func(w *blueprint.Work, drafts []*blueprint.Draft) ([]blueprint.Trip, error) {
			var trips []blueprint.Trip
			for _, d := range drafts {
				b := d.Fact.(*Boarded)
				for _, r := range b.Records {
					trips = append(trips, blueprint.Trip{Draft: d, Trip: gate.Trip{Record: r, Stage: gate.StageBoarding, Origin: "AUT",
						Destination: b.Destination, Transit: []string{"DEU"}, Pathway: "resettlement", Voluntary: true}})
				}
			}
			return trips, nil
		}}},
	}
}

type desk struct {
	*testing.T
	*app.Office
}

func open(t *testing.T, config store.Config) desk {
	t.Helper()
	o := apptest.Found(t, app.Config{Store: config,
		Domains: []blueprint.Domain{offices.Domain(), people.Domain(), identity.Domain(), rights.Domain(), travelDomain()}})
	return desk{t, o}
}

func act[Out any](d desk, actor gate.Actor, name string, in any) Out {
	d.Helper()
	out, err := d.Do(d.Context(), actor, name, in, app.Options{})
	if err != nil {
		d.Fatalf("%s: %v", name, err)
	}
	typed, _ := out.Out.(Out)
	return typed
}

func look[Out any](d desk, actor gate.Actor, name string, in any) Out {
	d.Helper()
	out, err := d.See(d.Context(), actor, name, in, app.Options{})
	if err != nil {
		d.Fatalf("%s: %v", name, err)
	}
	return out.(Out)
}

func (d desk) refuses(actor gate.Actor, name string, in any, want blueprint.Fault) {
	d.Helper()
	if _, err := d.Do(d.Context(), actor, name, in, app.Options{}); err == nil || blueprint.FaultOf(err) != want {
		d.Errorf("%s gave %v, want a fault %s", name, err, want)
	}
}

// board tries to board and gives the rules that refused, sorted, each once.
func (d desk) board(destination string, records ...string) []string {
	d.Helper()
	_, err := d.Do(d.Context(), mover, "tests.board", &Boarded{Records: records, Destination: destination}, app.Options{})
	if err == nil {
		return nil
	}
	var refused *blueprint.GateError
	if !errors.As(err, &refused) || refused.Fault != blueprint.Refused {
		d.Fatalf("boarding failed: %v", err)
	}
	var rules []string
	for _, p := range refused.Refusals {
		for _, r := range p.Refusals {
			rules = append(rules, r.Rule)
		}
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

func (d desk) wantBoard(destination string, records []string, rules ...string) {
	d.Helper()
	if got := d.board(destination, records...); !slices.Equal(got, rules) {
		d.Errorf("boarding to %s was refused by %v, want %v", destination, got, rules)
	}
}

func (d desk) sound() {
	d.Helper()
	apptest.Sound(d, d.Office)
}

// ready registers a family of three, fit and agreed to go to Canada.
func (d desk) ready() []string {
	d.Helper()
	records := act[people.Registered](d, clerk, "people.register", &people.RegisterInput{Members: []people.Person{
		{Name: "Kovács, János", Birth: "3.5.1926", Nationalities: []string{"HUN"}},
		{Name: "Kovács, Éva", Birth: "1930", Relation: "wife"}, {Name: "Kovács, Pál", Birth: "2024-05", Relation: "son"}}}).Records
	d.consent("CAN", records[:2]...)
	act[rights.Done](d, doctor, "rights.assess_fitness", &rights.FitnessInput{Records: records, Fit: rights.Fit})
	return records
}

func (d desk) consent(destination string, records ...string) {
	d.Helper()
	act[people.Done](d, clerk, "people.give_consent", &people.ConsentInput{Records: records, Purpose: "resettlement",
		Destinations: []string{destination}, Language: "hu", Informed: true})
}

func TestAHoldOnOneRecordHoldsThePerson(t *testing.T) {
	storetest.Run(t, func(t *testing.T, config store.Config) {
		d := open(t, config)
		family := d.ready()
		d.wantBoard("CAN", family)
		double := act[people.Registered](d, clerk, "people.register", &people.RegisterInput{Name: "Kowatsch, Johann", Birth: "1926"}).Records
		held := act[rights.Done](d, officer, "rights.place_hold", &rights.HoldInput{Records: double, Category: rights.HoldLegal, Reason: "witness"})
		d.wantBoard("CAN", family)
		same := act[identity.Judged](d, reviewer, "identity.judge_same", &identity.JudgeInput{
			Pairs: []identity.PairInput{{A: family[0], B: double[0]}}, Reason: "same papers"})
		d.wantBoard("CAN", family, "hold-in-force")
		if see := look[rights.PersonRights](d, officer, "rights.person", &rights.PersonInput{Record: family[0]}); len(see.Records) != 2 || len(see.Holds) != 1 || len(see.Refusals) == 0 {
			t.Errorf("%+v", see)
		}
		act[identity.Undone](d, reviewer, "identity.undo", &identity.UndoInput{Decisions: []string{same.Decisions[0].Decision}, Reason: "mistaken"})
		d.wantBoard("CAN", family)
		d.refuses(doctor, "rights.lift_medical_hold", &rights.LiftInput{Holds: held.IDs, Reason: "r"}, blueprint.Conflict)
		act[rights.Done](d, officer, "rights.lift_hold", &rights.LiftInput{Holds: held.IDs, Reason: "over"})
		d.refuses(officer, "rights.lift_hold", &rights.LiftInput{Holds: held.IDs, Reason: "over"}, blueprint.Conflict)
		medical := act[rights.Done](d, doctor, "rights.place_medical_hold", &rights.MedicalHoldInput{Records: family[:1], Reason: "fever"})
		d.wantBoard("CAN", family, "medical-hold-in-force")
		if list := look[rights.Holds](d, officer, "rights.holds", &rights.HoldsInput{}); list.Total != 1 || list.Rows[0].Hold != medical.IDs[0] {
			t.Errorf("%+v", list)
		}
		d.sound()
	})
}

func TestNobodyGoesWhereTheyAreAtRisk(t *testing.T) {
	storetest.Run(t, func(t *testing.T, config store.Config) {
		d := open(t, config)
		family := d.ready()
		for _, c := range []string{"Atlantis", "XXA", ""} {
			d.refuses(officer, "rights.report_risk", &rights.RiskInput{Records: family[:1], Countries: []string{c}, Basis: "b"}, blueprint.Invalid)
		}
		found := act[rights.Done](d, officer, "rights.report_risk", &rights.RiskInput{Records: family[:1], Countries: []string{"Canada", "DEU"}, Basis: "feud"})
		if again := act[rights.Done](d, second, "rights.report_risk", &rights.RiskInput{Records: family[:1], Countries: []string{"CAN"}, Basis: "feud"}); again.Already != 1 || len(found.IDs) != 2 {
			t.Errorf("%+v, %+v", found, again)
		}
		d.wantBoard("CAN", family, "risk-at-destination", "risk-in-transit")
		review := &rights.ReviewInput{Findings: found.IDs, Outcome: rights.OutcomeUnfounded, Reason: "another family"}
		if first := act[rights.Reviewed](d, officer, "rights.review_risk", review); first.Findings[0].Missing != 1 {
			t.Errorf("%+v", first)
		}
		d.refuses(officer, "rights.review_risk", review, blueprint.Conflict)
		d.wantBoard("CAN", family, "risk-at-destination", "risk-in-transit")
		act[rights.Reviewed](d, second, "rights.review_risk", review)
		d.wantBoard("CAN", family)
		list := look[rights.Refusals](d, monitor, "rights.refusals", &rights.RefusalsInput{Rule: "risk-at-destination", Per: 1})
		if list.Total != 2 || len(list.Rows) != 1 || list.Rows[0].Record != family[0] || list.Rows[0].Destination != "CAN" ||
			len(list.Rows[0].Sources) == 0 || list.ByRule[0].Records != 1 {
			t.Errorf("%+v", list)
		}
		if closed := look[rights.Findings](d, officer, "rights.findings", &rights.FindingsInput{Status: "unfounded", Country: "can"}); closed.Total != 1 || len(closed.Rows[0].UnfoundedBy) != 2 {
			t.Errorf("%+v", closed)
		}
		d.sound()
	})
}

func TestFamiliesChildrenAndAppealsAtTheGate(t *testing.T) {
	storetest.Run(t, func(t *testing.T, config store.Config) {
		d := open(t, config)
		family := d.ready()
		d.wantBoard("CAN", []string{family[0], family[2]}, "family-split")
		act[rights.Done](d, officer, "rights.agree_split", &rights.SplitInput{Records: family[:2], Destination: "Canada", Language: "hu"})
		d.wantBoard("CAN", []string{family[0], family[2]})
		d.wantBoard("CAN", family[2:], "child-unprotected", "family-split")
		act[rights.Done](d, officer, "rights.decide_best_interests", &rights.BestInterestsInput{Records: family[2:], Destination: "CAN",
			Outcome: rights.OutcomeInFavour, Reason: "an operation"})
		d.wantBoard("CAN", family[2:])

		appeal := act[rights.Done](d, officer, "rights.lodge_appeal", &rights.AppealInput{Records: family[:1], Suspensive: true})
		d.wantBoard("CAN", family, "appeal-pending")
		act[rights.Done](d, officer, "rights.waive_appeal", &rights.WaiveInput{Appeals: appeal.IDs, Statement: "I want to go."})
		d.wantBoard("CAN", family)
		act[rights.Done](d, officer, "rights.decide_appeal", &rights.DecideAppealInput{Appeals: appeal.IDs, Outcome: rights.AppealDismissed, Reason: "court"})
		d.refuses(officer, "rights.waive_appeal", &rights.WaiveInput{Appeals: appeal.IDs, Statement: "late"}, blueprint.Conflict)

		act[rights.Done](d, officer, "rights.assess_capacity", &rights.CapacityInput{Records: family[1:2], Able: "no", Representative: "her sister", Reason: "report"})
		d.wantBoard("CAN", family, "no-representative-consent")
		act[rights.Done](d, doctor, "rights.assess_fitness", &rights.FitnessInput{Records: family[:1], Fit: rights.EscortRequired})
		if got := d.board("CAN", family...); !slices.Contains(got, "escort-missing") {
			t.Errorf("%v", got)
		}
		d.wantBoard("USA", family[:1], "consent-not-informed", "escort-missing", "family-split", "no-consent")
		view := look[rights.FitnessView](d, doctor, "rights.fitness", &rights.PersonInput{Record: family[0]})
		if len(view.Fitness) != 1 || view.Fitness[0].Fit != rights.EscortRequired {
			t.Errorf("%+v", view)
		}
		d.sound()
	})
}

func TestWhatCannotBeRight(t *testing.T) {
	storetest.Run(t, func(t *testing.T, config store.Config) {
		d := open(t, config)
		record := d.ready()[:1]
		for _, tt := range []struct {
			actor gate.Actor
			name  string
			in    any
			want  blueprint.Fault
		}{
			{clerk, "rights.place_hold", &rights.HoldInput{Records: record, Category: "legal", Reason: "r"}, blueprint.Denied},
			{officer, "rights.place_hold", &rights.HoldInput{Records: record, Category: "medical", Reason: "r"}, blueprint.Invalid},
			{officer, "rights.place_hold", &rights.HoldInput{Records: record, Category: "legal"}, blueprint.Invalid},
			{officer, "rights.place_hold", &rights.HoldInput{Records: record, Category: "legal", Reason: "r", Until: "1900-01-01"}, blueprint.Invalid},
			{officer, "rights.place_hold", &rights.HoldInput{Records: record, Category: "legal", Reason: "r", Until: "2100"}, blueprint.Invalid},
			{officer, "rights.place_hold", &rights.HoldInput{Category: "legal", Reason: "r"}, blueprint.Invalid},
			{officer, "rights.place_hold", &rights.HoldInput{Records: []string{"nobody"}, Category: "legal", Reason: "r"}, blueprint.NotFound},
			{officer, "rights.lift_hold", &rights.LiftInput{Holds: []string{"none"}, Reason: "r"}, blueprint.NotFound},
			{officer, "rights.assess_fitness", &rights.FitnessInput{Records: record, Fit: rights.Fit}, blueprint.Denied},
			{doctor, "rights.assess_fitness", &rights.FitnessInput{Records: record, Fit: rights.Fit, Escort: "nurse"}, blueprint.Invalid},
			{officer, "rights.appoint_guardian", &rights.GuardianInput{Records: record, Guardian: record[0], Relation: "self"}, blueprint.Invalid},
			{officer, "rights.decide_best_interests", &rights.BestInterestsInput{Records: record, Destination: "YUG", Outcome: "in_favour", Reason: "r"}, blueprint.Invalid},
			{officer, "rights.agree_split", &rights.SplitInput{Records: record, Household: "other", Destination: "CAN", Language: "hu"}, blueprint.Conflict},
			{officer, "rights.assess_capacity", &rights.CapacityInput{Records: record, Able: "no"}, blueprint.Invalid},
		} {
			d.refuses(tt.actor, tt.name, tt.in, tt.want)
		}
	})
}

func TestFactsRestOnWhatTheyRead(t *testing.T) {
	storetest.Run(t, func(t *testing.T, config store.Config) {
		d := open(t, config)
		family := d.ready()
		fill := func() *gate.Trip {
			trip := &gate.Trip{Record: family[0], Stage: gate.StageBoarding, Destination: "CAN", Pathway: "resettlement"}
			if err := d.Store().Read(t.Context(), func(r *store.Reader) error {
				return rights.Fill(blueprint.NewWork(t.Context(), r, d.Office, mover, 1, d.NewID), []*gate.Trip{trip})
			}); err != nil {
				t.Fatal(err)
			}
			return trip
		}
		first, again := fill(), fill()
		if len(first.Facts.Versions) < 4 || strings.Join(first.Facts.Versions, " ") != strings.Join(again.Facts.Versions, " ") || first.Person != family[0] {
			t.Fatalf("%+v, %+v", first, again)
		}
		// A change to another member of the household changes what the facts rest on.
		act[people.Done](d, clerk, "people.record_death", &people.DeathInput{Record: family[1], Died: "2026-01-01", Basis: "certificate"})
		if after := fill(); slices.Equal(after.Facts.Versions, first.Facts.Versions) {
			t.Error("the versions do not show that a member of the household changed")
		}
	})
}
