package app_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain/offices"
	"cairn/domain/people"
	"cairn/gate"
	"cairn/ledger"
	"cairn/store"
	"cairn/store/storetest"
	"cairn/value"
)

// What concerns many is sealed while it is written, and all of it or nothing is there.
func TestManySubjectsAreAppendedTogether(t *testing.T) {
	storetest.Run(t, manySubjectsAreAppendedTogether)
}

type manyInput struct {
	People, Stop int
	Site         string // where all who are there move, instead
}

func manySubjectsAreAppendedTogether(t *testing.T, config store.Config) {
	const many = 2500
	ctx, cancel := context.WithCancel(t.Context())
	act := blueprint.Act(blueprint.Action{Name: "many.fill", Group: "registration.import", Appends: []string{"people.record_registered", "people.record_corrected"}},
		func(w *blueprint.Work, in manyInput) (int, error) {
			w.Progress = func(stage string, done, _ int64) {
				if in.Stop > 0 && stage == "seal" && done >= int64(in.Stop) {
					cancel()
				}
			}
			if in.Site != "" {
				return moveAll(w, in.Site)
			}
			for i := range in.People {
				w.Add(w.NewID(), &people.RecordRegistered{Number: value.NewNumber("BUD", uint64(31*31*31*31*31+i))})
			}
			return in.People, nil
		})
	o := apptest.Open(t, app.Config{Store: config,
		Domains: []blueprint.Domain{offices.Domain(), people.Domain(), {Name: "many", Actions: []blueprint.Action{act}}}})
	clerk := gate.Actor{ID: "clerk", Office: "bud", Roles: []string{"registrar"}}
	if _, err := o.Do(ctx, clerk, "many.fill", &manyInput{People: many, Stop: 1000}, app.Options{}); !errors.Is(err, context.Canceled) {
		t.Fatalf("a list that was stopped: %v", err)
	}
	if last, err := o.Store().LastTime(t.Context()); err != nil || last != ledger.Never {
		t.Fatalf("something of it is there: %v, %v", last, err)
	}
	out, err := o.Do(t.Context(), clerk, "many.fill", &manyInput{People: many}, app.Options{})
	if err != nil || out.Entries != many {
		t.Fatal(out, err)
	}
	if report := verify(t, o); len(report.Faults) > 0 || report.Entries != many {
		t.Fatalf("%+v", report)
	}
	for n, site := range []string{"Graz", "Linz"} { // the second rests on what the first left, in memory and not
		out, err := o.Do(t.Context(), clerk, "many.fill", &manyInput{Site: site}, app.Options{})
		if err != nil || out.Entries != many {
			t.Fatal(out, err)
		}
		if report := verify(t, o); len(report.Faults) > 0 || report.Entries != int64(many*(n+2)) {
			t.Fatalf("%s: %+v", site, report)
		}
	}
}

func moveAll(w *blueprint.Work, site string) (int, error) {
	records, err := blueprint.Collect(w, func(rows *sql.Rows) (string, error) {
		var record string
		err := rows.Scan(&record)
		return record, err
	}, "SELECT record FROM people_record")
	for _, record := range records {
		w.Add(record, &people.RecordCorrected{Site: &site})
	}
	return len(records), err
}
