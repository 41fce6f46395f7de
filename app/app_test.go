package app_test

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain/offices"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
	"cairn/store/storetest"
)

func openOffice(t *testing.T, config store.Config, k *keys.Office) *app.Office {
	t.Helper()
	return apptest.Open(t, app.Config{Store: config, Keys: k, Domains: []blueprint.Domain{offices.Domain()}})
}

func newOffice(t *testing.T, config store.Config) (*app.Office, gate.Actor) {
	t.Helper()
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	o := openOffice(t, config, k)
	admin := apptest.Founder()
	do(t, o, admin, "offices.open_office", &offices.OpenInput{Code: "bud", Name: "Budapest", Policy: o.Gate().Text()})
	return o, admin
}

func do(t *testing.T, o *app.Office, actor gate.Actor, action string, in any) any {
	t.Helper()
	out, err := o.Do(t.Context(), actor, action, in, app.Options{})
	if err != nil {
		t.Fatalf("%s: %v", action, err)
	}
	return out.Out
}

func verify(t *testing.T, o *app.Office, kept ...[]byte) *app.Report {
	t.Helper()
	report, err := o.Verify(t.Context(), kept, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestStaffAreAppointedThroughTheGate(t *testing.T) {
	storetest.Run(t, staffAreAppointedThroughTheGate)
}

func staffAreAppointedThroughTheGate(t *testing.T, config store.Config) {
	o, admin := newOffice(t, config)
	in := &offices.AppointInput{Login: "ana", Name: "Ана Ковач", Roles: []string{"registrar"}}
	out := do(t, o, admin, "offices.appoint_staff", in).(offices.Appointed)
	clerk := gate.Actor{ID: out.Staff, Office: "bud", Roles: []string{"registrar"}}
	tests := []struct {
		name  string
		actor gate.Actor
		act   string
		in    any
		want  blueprint.Fault
	}{
		{"a clerk may not appoint", clerk, "offices.appoint_staff", in, blueprint.Denied},
		{"a log-in is given once", admin, "offices.appoint_staff", in, blueprint.Conflict},
		{"an unknown role", admin, "offices.appoint_staff", &offices.AppointInput{Login: "bo", Roles: []string{"king"}}, blueprint.Invalid},
		{"nobody by that id", admin, "offices.dismiss_staff", &offices.StaffInput{Staff: "none", Reason: "x"}, blueprint.NotFound},
		{"an unknown action", admin, "offices.burn", in, blueprint.NotFound},
		{"a second office", admin, "offices.open_office", &offices.OpenInput{Code: "vie"}, blueprint.Conflict},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := o.Do(t.Context(), tt.actor, tt.act, tt.in, app.Options{})
			if err == nil {
				t.Fatal("it was done")
			}
			if got := blueprint.FaultOf(err); got != tt.want {
				t.Fatalf("got %s: %v", got, err)
			}
		})
	}
	do(t, o, admin, "offices.dismiss_staff", &offices.StaffInput{Staff: out.Staff, Reason: "contract ended"})
	do(t, o, admin, "offices.appoint_staff", in)
	report := verify(t, o)
	if len(report.Faults) > 0 || report.Entries != 5 || report.Decisions != 5 {
		t.Fatalf("%+v", report)
	}
}

func TestRebuildGivesTheSameTables(t *testing.T) { storetest.Run(t, rebuildGivesTheSameTables) }

func rebuildGivesTheSameTables(t *testing.T, config store.Config) {
	o, admin := newOffice(t, config)
	for _, login := range []string{"ana", "bela", "cili"} {
		do(t, o, admin, "offices.appoint_staff", &offices.AppointInput{Login: login, Name: login, Roles: []string{"caseworker"}})
	}
	before, err := o.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(before["offices_staff"]) != 3 || len(before["claims"]) != 3 {
		t.Fatalf("%v", before)
	}
	if _, err := o.Rebuild(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	after, err := o.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name := range before {
		if strings.Join(before[name], "\n") != strings.Join(after[name], "\n") {
			t.Errorf("%s differs:\n%v\n%v", name, before[name], after[name])
		}
	}
	if faults := verify(t, o).Faults; len(faults) > 0 {
		t.Fatal(faults)
	}
}

func TestVerifyFindsTampering(t *testing.T) {
	tests := []struct {
		name, sql string
		want      string
	}{
		{"actor changed", "UPDATE entries SET actor = 'x' WHERE position = 1", "does not hash to its checkpoint"},
		{"body changed", "UPDATE entries SET body = '{\"k\":\"offices.staff_dismissed\",\"f\":{}}' WHERE position = 2", "does not hash to its checkpoint"},
		{"entry removed", "DELETE FROM entries WHERE position = 1", "missing"},
		{"log cut", "DELETE FROM entries WHERE position = 2", "does not hash to its checkpoint"},
		{"row changed", "UPDATE offices_staff SET roles = 'administrator'", "table offices_staff"},
		{"claim total changed", "UPDATE claim_totals SET total = 0", "claim login:ana"},
		{"checkpoint forged", "UPDATE logs SET checkpoint = (SELECT body FROM entries WHERE position = 1)", "checkpoint"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			storetest.Run(t, func(t *testing.T, config store.Config) { findsTampering(t, config, tt.sql, tt.want) })
		})
	}
}

func findsTampering(t *testing.T, config store.Config, statement, want string) {
	o, admin := newOffice(t, config)
	do(t, o, admin, "offices.appoint_staff", &offices.AppointInput{Login: "ana", Name: "Ana", Roles: []string{"caseworker"}})
	if faults := verify(t, o).Faults; len(faults) > 0 {
		t.Fatal(faults)
	}
	err := o.Store().Maintain(context.Background(), func(tx store.Tx) error {
		_, err := tx.ExecContext(t.Context(), statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if faults := strings.Join(verify(t, o).Faults, "\n"); !strings.Contains(faults, want) {
		t.Fatalf("faults: %q, want %q", faults, want)
	}
}

func TestVerifyKnowsCheckpointsKeptElsewhere(t *testing.T) {
	storetest.Run(t, verifyKnowsCheckpointsKeptElsewhere)
}

func verifyKnowsCheckpointsKeptElsewhere(t *testing.T, config store.Config) {
	o, admin := newOffice(t, config)
	kept, err := o.Store().Checkpoint(t.Context(), "bud")
	if err != nil {
		t.Fatal(err)
	}
	do(t, o, admin, "offices.appoint_staff", &offices.AppointInput{Login: "ana", Name: "Ana", Roles: []string{"caseworker"}})
	if faults := verify(t, o, kept).Faults; len(faults) > 0 {
		t.Fatal(faults)
	}
	other, _ := newOffice(t, store.Config{URL: filepath.Join(t.TempDir(), "other.db")})
	if faults := verify(t, other, kept).Faults; len(faults) == 0 {
		t.Fatal("the checkpoint of another record passed")
	}
}

// TestDecisionsAreTakenAgainUnderTheirOwnRules opens a record with a program whose
// policies differ from those in force when its entries were appended.
func TestDecisionsAreTakenAgainUnderTheirOwnRules(t *testing.T) {
	config := store.Config{URL: filepath.Join(t.TempDir(), "cairn.db")}
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	o := openOffice(t, config, k)
	admin := apptest.Founder()
	text := o.Gate().Text()
	do(t, o, admin, "offices.open_office", &offices.OpenInput{Code: "bud", Name: "Budapest", Policy: text})
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	text.Access += "\n// a later edition\n"
	later, err := gate.LoadText(text)
	if err != nil {
		t.Fatal(err)
	}
	again, err := app.Open(t.Context(), app.Config{Store: config, Keys: k, Gate: later, Domains: []blueprint.Domain{offices.Domain()}})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if report := verify(t, again); len(report.Faults) > 0 || report.Decisions != 2 {
		t.Fatalf("%+v", report)
	}
}

// TestVerifyFindsDecisionsUnderForeignRules lets a program with other policies, which
// no entry put in force, append with the office's own keys.
func TestVerifyFindsDecisionsUnderForeignRules(t *testing.T) {
	config := store.Config{URL: filepath.Join(t.TempDir(), "cairn.db")}
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	o := openOffice(t, config, k)
	admin := apptest.Founder()
	text := o.Gate().Text()
	do(t, o, admin, "offices.open_office", &offices.OpenInput{Code: "bud", Name: "Budapest", Policy: text})
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	text.Access += "\n// another edition\n"
	foreign, err := gate.LoadText(text)
	if err != nil {
		t.Fatal(err)
	}
	forger, err := app.Open(t.Context(), app.Config{Store: config, Keys: k, Gate: foreign, Domains: []blueprint.Domain{offices.Domain()}})
	if err != nil {
		t.Fatal(err)
	}
	do(t, forger, admin, "offices.appoint_staff", &offices.AppointInput{Login: "eve", Name: "Eve", Roles: []string{"registrar"}})
	if err := forger.Close(); err != nil {
		t.Fatal(err)
	}
	faults := strings.Join(verify(t, openOffice(t, config, k)).Faults, "\n")
	if !strings.Contains(faults, "whose text is not in the log") {
		t.Fatalf("faults: %q", faults)
	}
}
