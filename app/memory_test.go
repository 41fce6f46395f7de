package app_test

import (
	"crypto/rand"
	"path/filepath"
	"testing"

	"cairn/app"
	"cairn/blueprint"
	"cairn/domain/offices"
	"cairn/domain/people"
	"cairn/keys"
	"cairn/store"
)

// Two programs share an office's file: what one remembers may not outlive what the
// other records or erases.
func TestNobodyRemembersWhatChanged(t *testing.T) {
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	config := store.Config{URL: filepath.Join(t.TempDir(), "office.db"), Key: new([32]byte)}
	one := openWholeWith(t, config, k)
	record, _ := plant(t, one)
	two := openWholeWith(t, config, k)
	correct := func(o *app.Office, birth string) error {
		t.Helper()
		_, err := o.Do(t.Context(), registrar, "people.correct", &people.CorrectInput{Record: record, Birth: birth, Reason: "paper"}, app.Options{})
		return err
	}
	for i, birth := range []string{"1927", "1928", "1929-02", "1929-02-11"} {
		o := one
		if i%2 == 1 {
			o = two
		}
		if err := correct(o, birth); err != nil {
			t.Fatalf("%s: %v", birth, err)
		}
	}
	if report := verify(t, one); len(report.Faults) > 0 {
		t.Errorf("after corrections by both: %v", report.Faults)
	}
	do(t, two, protector, "offices.erase_subject", &offices.EraseInput{Subject: record, Reason: "ordered"})
	if err := correct(one, "1930"); blueprint.FaultOf(err) != blueprint.Conflict {
		t.Errorf("what another program erased can still be corrected: %v", err)
	}
	if report := verify(t, one); len(report.Faults) > 0 {
		t.Errorf("after the erasure: %v", report.Faults)
	}
}
