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
	"testing"

	"cairn/app"
	"cairn/domain/offices"
	"cairn/gate"
	"cairn/keys"
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
