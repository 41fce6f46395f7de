package app_test

import (
	"crypto/rand"
	"testing"

	"cairn/app"
	"cairn/domain"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
	"cairn/store/storetest"
)

// TestUpgradeBuildsTablesAgain opens a record with a program whose tables differ.
func TestUpgradeBuildsTablesAgain(t *testing.T) { storetest.Run(t, upgradeBuildsAgain) }

func upgradeBuildsAgain(t *testing.T, config store.Config) {
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	o := openWholeWith(t, config, k)
	plant(t, o)
	want := dump(t, o)
	err = o.Store().Maintain(t.Context(), func(tx store.Tx) error {
		for _, text := range []string{"DROP TABLE people_key", "CREATE TABLE people_key (other TEXT)", "UPDATE people_record SET name = 'x'"} {
			if _, err := tx.ExecContext(t.Context(), text); err != nil {
				return err
			}
		}
		return store.SetMeta(t.Context(), tx, "schema", "that of last year")
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	again := openWholeWith(t, config, k)
	if got := dump(t, again); got != want {
		t.Fatal("the tables are not those of the entries")
	}
	if faults := verify(t, again).Faults; len(faults) > 0 {
		t.Fatal(faults)
	}
}

// TestAdoptedPoliciesDecide upgrades the policies and puts them in force.
func TestAdoptedPoliciesDecide(t *testing.T) { storetest.Run(t, adoptedPoliciesDecide) }

func adoptedPoliciesDecide(t *testing.T, config store.Config) {
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	o := openWholeWith(t, config, k)
	plant(t, o)
	text := o.Gate().Text()
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	text.Access += "\n// a later edition\n"
	later, err := gate.LoadText(text)
	if err != nil {
		t.Fatal(err)
	}
	upgraded, err := app.Open(t.Context(), app.Config{Store: config, Keys: k, Gate: later, Domains: domain.All()})
	if err != nil {
		t.Fatal(err)
	}
	adopt, _ := upgraded.Action("offices.adopt_policy")
	do(t, upgraded, founder, "offices.adopt_policy", adopt.NewInput())
	if _, err := upgraded.Do(t.Context(), founder, "offices.adopt_policy", adopt.NewInput(), app.Options{}); err == nil {
		t.Fatal("what is in force was adopted again")
	}
	if err := upgraded.Close(); err != nil {
		t.Fatal(err)
	}
	// Even a program of the old edition verifies what was decided under the new one.
	if faults := verify(t, openWholeWith(t, config, k)).Faults; len(faults) > 0 {
		t.Fatal(faults)
	}
}
