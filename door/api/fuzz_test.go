package api_test

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"testing"
	"unicode/utf8"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/domain"
	"cairn/domain/offices"
	"cairn/keys"
)

// FuzzBodies sends any body to any action or view: the answer is JSON or a problem,
// the office never fails inside, and what is refused records nothing.
func FuzzBodies(f *testing.F) {
	b := newBench(f)
	c, err := app.NewCatalogue(domain.All())
	if err != nil {
		f.Fatal(err)
	}
	var paths []string
	for _, d := range c.Domains {
		for _, a := range d.Actions {
			paths = append(paths, "/api/actions/"+a.Name)
		}
		for _, v := range d.Views {
			paths = append(paths, "/api/views/"+v.Name)
		}
	}
	hash, err := keys.HashPassword(password, rand.Reader, keys.CheapPassword())
	if err != nil {
		f.Fatal(err)
	}
	everything := &offices.AppointInput{Login: "zoe", Name: "Zoe", Password: hash, Roles: []string{"administrator", "registrar", "caseworker", "reviewer",
		"placement_officer", "movement_officer", "protection_officer", "medical_officer", "escort"}}
	if _, err := b.office.Do(f.Context(), apptest.Founder(), "offices.appoint_staff", everything, app.Options{}); err != nil {
		f.Fatal(err)
	}
	auth := b.token(f, "zoe")
	f.Add(uint16(0), `{}`)
	f.Fuzz(func(t *testing.T, which uint16, body string) {
		path := paths[int(which)%len(paths)]
		before := b.entries(t)
		a := b.ask(t, auth, "POST", path, body)
		switch {
		case a.status >= 500:
			t.Errorf("%s %q: %d %s", path, body, a.status, a.text)
		case a.status == http.StatusOK && !json.Valid([]byte(a.text)):
			t.Errorf("%s %q: %s", path, body, a.text)
		case a.status >= 400 && (a.Fault == "" || a.Detail == "" || !utf8.ValidString(a.text)):
			t.Errorf("%s %q: the problem says nothing: %s", path, body, a.text)
		}
		if after := b.entries(t); a.status >= 400 && a.status != http.StatusUnavailableForLegalReasons && after != before {
			t.Errorf("%s %q: refused with %d, but %s became %s", path, body, a.status, before, after)
		}
	})
}

// entries is the signed state of the office's log.
func (b *bench) entries(t testing.TB) string {
	t.Helper()
	note, err := b.office.Store().Checkpoint(t.Context(), b.office.Code())
	if err != nil {
		t.Fatal(err)
	}
	return string(note)
}
