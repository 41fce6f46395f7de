package app_test

import (
	"bytes"
	"crypto/rand"
	"testing"

	"cairn/app"
	"cairn/domain"
	"cairn/domain/offices"
	"cairn/domain/people"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
)

// FuzzRestore restores changed backups: what is not the backup as it was written is
// refused, and nothing of it is kept.
func FuzzRestore(f *testing.F) {
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	open := func(t testing.TB, folder string) *app.Office {
		g, err := gate.Load()
		if err != nil {
			t.Fatal(err)
		}
		o, err := app.Open(t.Context(), app.Config{Store: store.Config{URL: folder + "/cairn.db", Driver: "sqlite"}, Keys: k, Gate: g, Domains: domain.All()})
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	o := open(f, f.TempDir())
	var whole bytes.Buffer
	// The office that is backed up has entries of two subjects.
	plantFor(f, o)
	if _, err := o.Backup(f.Context(), &whole, inDays(30)); err != nil {
		f.Fatal(err)
	}
	if err := o.Close(); err != nil {
		f.Fatal(err)
	}
	for at := 0; at < whole.Len(); at += 1 + whole.Len()/24 {
		f.Add(at, byte(1), whole.Len())
		f.Add(at, byte(0), at)
	}
	f.Add(0, byte(0), whole.Len())
	f.Fuzz(func(t *testing.T, at int, change byte, size int) {
		text := bytes.Clone(whole.Bytes())
		if at < 0 || at >= len(text) || size < 0 || size > len(text) {
			t.Skip()
		}
		text[at] ^= change
		o := open(t, t.TempDir())
		defer o.Close()
		restored(t, o, whole.Bytes(), text[:size])
	})
}

// restored restores a text that may not be the backup as it was written.
func restored(t *testing.T, o *app.Office, whole, text []byte) {
	t.Helper()
	report, err := o.Restore(t.Context(), bytes.NewReader(text), func(app.BackupHead) error { return nil })
	if bytes.Equal(text, whole) {
		if err != nil {
			t.Fatalf("the backup itself: %v", err)
		}
		return
	}
	if err == nil && (report == nil || len(report.Faults) > 0) {
		t.Fatalf("restored with faults: %+v", report)
	}
	if err == nil {
		return // the change says nothing: white space, or the order of fields
	}
	var entries int64
	err = o.Store().Read(t.Context(), func(r *store.Reader) error {
		return r.QueryRow(t.Context(), "SELECT COUNT(*) FROM entries").Scan(&entries)
	})
	if err != nil || entries != 0 {
		t.Errorf("a refused backup left %d entries, %v", entries, err)
	}
}

func plantFor(f *testing.F, o *app.Office) {
	f.Helper()
	policy := o.Gate().Text()
	for _, step := range []struct {
		action string
		in     any
	}{
		{"offices.open_office", &offices.OpenInput{Code: "bud", Name: "Budapest", Policy: policy}},
		{"offices.record_backup", &offices.BackupInput{Expires: inDays(30)}},
	} {
		if _, err := o.Do(f.Context(), founder, step.action, step.in, app.Options{}); err != nil {
			f.Fatal(err)
		}
	}
	if _, err := o.Do(f.Context(), registrar, "people.register", &people.RegisterInput{Name: "Kovács, János"}, app.Options{}); err != nil {
		f.Fatal(err)
	}
}
