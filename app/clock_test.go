package app_test

import (
	"crypto/rand"
	"testing"
	"time"

	"cairn/app"
	"cairn/domain"
	"cairn/domain/people"
	"cairn/gate"
	"cairn/keys"
	"cairn/ledger"
	"cairn/store"
	"cairn/store/storetest"
)

// TestAClockSetBackBreaksNothing lets the machine's clock jump back while the office
// is open and before it is opened again: times of the log go on growing, what is
// recorded later is folded later, and the record is sound.
func TestAClockSetBackBreaksNothing(t *testing.T) {
	storetest.Run(t, func(t *testing.T, config store.Config) {
		k, err := keys.NewOffice("bud", rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		g, err := gate.Load()
		if err != nil {
			t.Fatal(err)
		}
		now := time.Date(2030, 5, 1, 12, 0, 0, 0, time.UTC)
		open := func() *app.Office {
			o, err := app.Open(t.Context(), app.Config{Store: config, Keys: k, Gate: g, Domains: domain.All(), Clock: func() time.Time { return now }})
			if err != nil {
				t.Fatal(err)
			}
			return o
		}
		o := open()
		record, _ := plantAmong(t, o, 2)
		now = now.AddDate(-3, 0, 0)
		do(t, o, registrar, "people.correct", &people.CorrectInput{Record: record, Birth: "1927", Reason: "while open"})
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
		now = time.Unix(0, 0) // a machine without a clock's battery
		o = open()
		defer o.Close()
		do(t, o, registrar, "people.correct", &people.CorrectInput{Record: record, Birth: "1928", Reason: "opened again"})
		do(t, o, registrar, "people.register", &people.RegisterInput{Name: "New, Comer"})
		if report := verify(t, o); len(report.Faults) > 0 {
			t.Errorf("%+v", report)
		}
		var birth string
		last := ledger.Never
		err = o.Store().Read(t.Context(), func(r *store.Reader) error {
			for l, err := range r.Log(t.Context(), "bud", 0) {
				if err != nil {
					return err
				}
				if l.Entry.Time < last {
					t.Errorf("entry %d is of %v, after one of %v", l.Entry.Position, l.Entry.Time.Std(), last.Std())
				}
				last = l.Entry.Time
			}
			return r.QueryRow(t.Context(), "SELECT birth FROM people_record WHERE record = $1", record).Scan(&birth)
		})
		if err != nil || birth != "1928" {
			t.Errorf("the last correction is %q, %v", birth, err)
		}
	})
}
