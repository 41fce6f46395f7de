package identity_test

import (
	"slices"
	"testing"

	"cairn/domain/identity"
	"cairn/domain/offices"
	"cairn/gate"
	"cairn/store"
	"cairn/store/storetest"
)

// TestASuspicionIsErasedWithARecord holds that what a suspicion tells of an erased record,
// that it is born on the same day as another, goes with it, and that those of others stay.
func TestASuspicionIsErasedWithARecord(t *testing.T) {
	storetest.Run(t, func(t *testing.T, config store.Config) {
		d := open(t, config)
		doubles := d.crowd()
		found := act[identity.Found](d, clerk, "identity.find_doubles", &identity.FindInput{})
		before := d.suspected()
		gone := before[0]
		officer := gate.Actor{ID: "officer", Office: "bud", Roles: []string{"protection_officer"}}
		out := act[offices.Erased](d, officer, "offices.erase_subject", &offices.EraseInput{Subject: gone[1], Reason: "ordered"})
		left := d.suspected()
		if out.With == 0 || len(left) != len(before)-out.With || slices.ContainsFunc(left, func(p [2]string) bool { return slices.Contains(p[:], gone[1]) }) {
			t.Errorf("%d of %d suspicions were erased: %v", out.With, len(before), left)
		}
		if again := act[identity.Found](d, clerk, "identity.find_doubles", &identity.FindInput{}); again.Suspected != 0 || again.Records != found.Records-1 {
			t.Errorf("%+v after %d doubles", again, len(doubles))
		}
		d.sound()
	})
}

// suspected are the pairs of all suspicions that somebody could open.
func (d desk) suspected() (out [][2]string) {
	d.Helper()
	err := d.Store().Read(d.Context(), func(r *store.Reader) error {
		rows, err := r.Query(d.Context(), "SELECT record_a, record_b FROM identity_suspicion ORDER BY suspicion")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var pair [2]string
			if err := rows.Scan(&pair[0], &pair[1]); err != nil {
				return err
			}
			out = append(out, pair)
		}
		return rows.Err()
	})
	if err != nil || len(out) == 0 {
		d.Fatal(out, err)
	}
	return out
}
