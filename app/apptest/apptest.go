// Package apptest opens real offices for the tests of domains and doors.
//
// Words: an office is opened on a database of the test's choice, with new keys and
// the program's own gate; founding it records that it exists.
//
//	storetest.Run(t, func(t *testing.T, config store.Config) {
//		office := apptest.Found(t, app.Config{Store: config, Domains: domain.All()})
//	})
package apptest

import (
	"crypto/rand"
	"slices"
	"testing"

	"cairn/app"
	"cairn/blueprint"
	"cairn/domain/offices"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
)

// Open opens an office until the end of the test, with new keys for the office "bud"
// and the program's gate where the configuration has none.
func Open(t testing.TB, config app.Config) *app.Office {
	t.Helper()
	var err error
	if config.Keys == nil {
		if config.Keys, err = keys.NewOffice("bud", rand.Reader); err != nil {
			t.Fatal(err)
		}
	}
	if config.Gate == nil {
		if config.Gate, err = gate.Load(); err != nil {
			t.Fatal(err)
		}
	}
	office, err := app.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { office.Close() })
	return office
}

// Founder is who founds an office.
func Founder() gate.Actor {
	return gate.Actor{ID: "founder", Office: "bud", Roles: []string{"administrator"}}
}

// Actor is a member of staff of the office "bud" with one role; a receiving state's
// answers for Canada.
func Actor(role string) gate.Actor {
	a := gate.Actor{ID: role, Office: "bud", Roles: []string{role}}
	if role == "receiving_state" {
		a.Country = "CAN"
	}
	return a
}

// Verified fails the test unless the whole record holds and each check of a domain
// finds something to check, and no fault.
func Verified(t testing.TB, office *app.Office, checks []blueprint.Check) {
	t.Helper()
	report, err := office.Verify(t.Context(), nil, nil)
	if err != nil || len(report.Faults) > 0 {
		t.Fatalf("%v %+v", err, report)
	}
	err = office.Store().Read(t.Context(), func(r *store.Reader) error {
		w := blueprint.NewWork(t.Context(), r, office, Actor("monitor"), 0, office.NewID)
		for _, c := range checks {
			if checked, faults, err := c.Run(w); err != nil || len(faults) > 0 || checked == 0 {
				t.Errorf("%s: %d checked, %v, %v", c.Name, checked, faults, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Sound fails the test unless the whole record holds and its tables, filled again, are
// the same.
func Sound(t testing.TB, office *app.Office) {
	t.Helper()
	before, err := office.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if report, err := office.Verify(t.Context(), nil, nil); err != nil || len(report.Faults) > 0 {
		t.Fatalf("the record is not sound: %+v, %v", report, err)
	}
	if _, err := office.Rebuild(t.Context(), func(string, int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	after, err := office.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for table, rows := range before {
		if !slices.Equal(rows, after[table]) {
			t.Errorf("table %s differs when filled again", table)
		}
	}
}

// See shows a view to a member of staff with a role.
func See[Out any](t testing.TB, office *app.Office, role, view string, in any) Out {
	t.Helper()
	out, err := office.See(t.Context(), Actor(role), view, in, app.Options{})
	if err != nil {
		t.Fatalf("%s: %v", view, err)
	}
	return out.(Out)
}

// Found opens an office and records that it exists.
func Found(t testing.TB, config app.Config) *app.Office {
	t.Helper()
	office := Open(t, config)
	_, err := office.Do(t.Context(), Founder(), "offices.open_office",
		&offices.OpenInput{Code: "bud", Name: "Budapest", Policy: office.Gate().Text()}, app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return office
}
