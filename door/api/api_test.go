package api_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/domain"
	"cairn/domain/offices"
	"cairn/door/api"
	"cairn/door/input"
	"cairn/keys"
	"cairn/store"
)

const password = "a lamp in every window"

type bench struct {
	office  *app.Office
	handler http.Handler
	log     *bytes.Buffer
}

// newBench opens a whole office with an administrator (eva) and a registrar (ana).
func newBench(t testing.TB) *bench {
	t.Helper()
	o := apptest.Open(t, app.Config{Store: store.Config{URL: filepath.Join(t.TempDir(), "cairn.db")}, Domains: domain.All()})
	founder := apptest.Founder()
	hash, err := keys.HashPassword(password, rand.Reader, keys.CheapPassword())
	if err != nil {
		t.Fatal(err)
	}
	for login, role := range map[string]string{"eva": "administrator", "ana": "registrar"} {
		_, err := o.Do(t.Context(), founder, "offices.appoint_staff", &offices.AppointInput{
			Login: login, Name: login, Roles: []string{role}, Password: hash}, app.Options{})
		if err != nil {
			t.Fatal(err)
		}
	}
	b := &bench{office: o, log: &bytes.Buffer{}}
	if b.handler, err = api.New(o, api.Options{Log: slog.New(slog.NewJSONHandler(b.log, nil))}); err != nil {
		t.Fatal(err)
	}
	return b
}

type answer struct {
	status int
	header http.Header
	text   string
	problem
}

type problem struct {
	Title, Detail, Fault, Field string
	Refusals                    []struct {
		Refusals []struct{ Rule, Opens string }
	}
}

func (b *bench) ask(t testing.TB, auth, method, path, body string) answer {
	t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, path, reader)
	if auth != "" {
		r.Header.Set("Authorization", auth)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	a := answer{status: w.Code, header: w.Header(), text: w.Body.String()}
	if a.status >= 400 {
		if a.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s: %d without a problem: %s", method, path, a.status, a.text)
		}
		if err := json.Unmarshal([]byte(a.text), &a.problem); err != nil {
			t.Errorf("%s %s: %v: %s", method, path, err, a.text)
		}
	}
	return a
}

func basic(login, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(login+":"+password))
}

func (b *bench) token(t testing.TB, login string) string {
	t.Helper()
	a := b.ask(t, "", "POST", "/api/login", `{"login":"`+login+`","password":"`+password+`"}`)
	var out api.LoggedIn
	if err := json.Unmarshal([]byte(a.text), &out); err != nil || a.status != 200 || out.Token == "" {
		t.Fatalf("%d %s", a.status, a.text)
	}
	return "Bearer " + out.Token
}

func TestRegisterAndFind(t *testing.T) {
	b := newBench(t)
	ana := b.token(t, "ana")
	made := b.ask(t, ana, "POST", "/api/actions/people.register", `{"name":"Kovács, János","birth":"1938-05-03","sex":"m"}`)
	if made.status != 200 || !strings.Contains(made.text, `"entries":`) {
		t.Fatalf("%d %s", made.status, made.text)
	}
	for _, found := range []answer{
		b.ask(t, ana, "GET", "/api/views/people.search?q=kovacs", ""),
		b.ask(t, basic("ana", password), "POST", "/api/views/people.search", `{"q":"Ковач"}`),
	} {
		if found.status != 200 || !strings.Contains(found.text, "János") || found.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%d %s", found.status, found.text)
		}
	}
	if log := b.log.String(); strings.Contains(log, "kovacs") || strings.Contains(log, "János") || !strings.Contains(log, "people.search") {
		t.Errorf("the log: %s", log)
	}
}

func TestFailures(t *testing.T) {
	b := newBench(t)
	ana, eva := b.token(t, "ana"), b.token(t, "eva")
	list := base64.StdEncoding.EncodeToString([]byte("name\nX\n"))
	tests := []struct {
		name, auth, method, path, body string
		status                         int
		fault, field                   string
	}{
		{"nobody", "", "GET", "/api/views/offices.staff", "", 401, "denied", ""},
		{"wrong password", basic("ana", "x"), "GET", "/api/views/offices.staff", "", 401, "denied", ""},
		{"no such token", "Bearer x", "GET", "/api/views/offices.staff", "", 401, "denied", ""},
		{"not allowed", ana, "POST", "/api/actions/offices.appoint_staff", `{"login":"bo","name":"Bo","roles":["registrar"]}`, 403, "denied", ""},
		{"unknown field", eva, "POST", "/api/actions/offices.appoint_staff", `{"login":"bo","name":"Bo","roles":["registrar"],"colour":1}`, 422, "invalid", "colour"},
		{"missing field", eva, "POST", "/api/actions/offices.appoint_staff", `{"login":"bo"}`, 422, "invalid", "name"},
		{"bad value", eva, "POST", "/api/actions/offices.appoint_staff", `{"login":"Bo","name":"Bo","roles":["registrar"]}`, 422, "invalid", "login"},
		{"no JSON", eva, "POST", "/api/actions/offices.appoint_staff", `{"login`, 422, "invalid", ""},
		{"taken", eva, "POST", "/api/actions/offices.appoint_staff", `{"login":"ana","name":"A","roles":["registrar"]}`, 409, "conflict", ""},
		{"nobody by that id", eva, "POST", "/api/actions/offices.dismiss_staff", `{"staff":"none","reason":"x"}`, 404, "not_found", ""},
		{"no such action", eva, "POST", "/api/actions/offices.burn", `{}`, 404, "not_found", ""},
		{"an action is not read", eva, "GET", "/api/actions/offices.dismiss_staff", "", 404, "not_found", ""},
		{"a file of the server", ana, "POST", "/api/actions/people.import", `{"path":"/etc/passwd"}`, 422, "invalid", "path"},
		{"spelt otherwise", ana, "POST", "/api/actions/people.import", `{"PATH":"/etc/passwd","content":"` + list + `"}`, 422, "invalid", "path"},
		{"unknown query", ana, "GET", "/api/views/people.search?colour=red", "", 422, "invalid", "colour"},
		{"too large", ana, "POST", "/api/actions/people.import", `{"content":"` + strings.Repeat("A", api.MaxBody) + `"}`, 413, "invalid", ""},
		{"no such method", ana, "DELETE", "/api/openapi.json", "", 404, "not_found", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := b.ask(t, tt.auth, tt.method, tt.path, tt.body)
			if a.status != tt.status || a.Fault != tt.fault || a.Field != tt.field || a.Detail == "" {
				t.Fatalf("%d %s", a.status, a.text)
			}
			if a.status == 403 && (len(a.Refusals) == 0 || a.Refusals[0].Refusals[0].Opens == "") {
				t.Fatalf("no rules are listed: %s", a.text)
			}
		})
	}
}

func TestOnlyJSONIsTaken(t *testing.T) {
	b := newBench(t)
	r := httptest.NewRequest("POST", "/api/actions/offices.appoint_staff", strings.NewReader(`{"login":"bo","name":"Bo","roles":["registrar"]}`))
	r.Header.Set("Authorization", basic("eva", password))
	r.Header.Set("Content-Type", "text/plain")
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	if w.Code != http.StatusUnsupportedMediaType {
		t.Fatal(w.Code, w.Body)
	}
}

func TestLogOut(t *testing.T) {
	b := newBench(t)
	ana := b.token(t, "ana")
	if a := b.ask(t, ana, "DELETE", "/api/login", ""); a.status != 204 {
		t.Fatal(a)
	}
	if a := b.ask(t, ana, "GET", "/api/views/offices.staff", ""); a.status != 401 {
		t.Fatal(a)
	}
}

func TestInternalFaultsStayInside(t *testing.T) {
	b := newBench(t)
	ana := b.token(t, "ana")
	err := b.office.Store().Maintain(t.Context(), func(tx store.Tx) error {
		_, err := tx.ExecContext(t.Context(), "ALTER TABLE people_key RENAME TO elsewhere")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	a := b.ask(t, ana, "GET", "/api/views/people.search?q=kovacs", "")
	if a.status != 500 || strings.Contains(a.text, "people_key") || a.Fault != "internal" {
		t.Fatalf("%d %s", a.status, a.text)
	}
	if log := b.log.String(); !strings.Contains(log, "people_key") {
		t.Fatalf("the log says nothing: %s", log)
	}
}

// TestDocument holds the document against the catalogue.
func TestDocument(t *testing.T) {
	b := newBench(t)
	a := b.ask(t, "", "GET", "/api/openapi.json", "")
	var doc struct {
		OpenAPI    string
		Paths      map[string]map[string]map[string]any
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct{ Description string }
				Required   []string
			}
		}
	}
	if err := json.Unmarshal([]byte(a.text), &doc); err != nil || a.status != 200 || !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Fatalf("%v: %.300s", err, a.text)
	}
	for _, d := range b.office.Domains {
		for _, action := range d.Actions {
			if doc.Paths["/api/actions/"+action.Name]["post"] == nil {
				t.Errorf("%s is not described", action.Name)
			}
			for _, f := range input.Fields(action.NewInput()) {
				if strings.Contains(f.Help, "on this machine") != f.Local {
					t.Errorf("%s: field %s names a file but is not local, or the other way round", action.Name, f.Name)
				}
			}
		}
		for _, view := range d.Views {
			if p := doc.Paths["/api/views/"+view.Name]; p["get"] == nil || p["post"] == nil {
				t.Errorf("%s is not described", view.Name)
			}
		}
	}
	appoint := doc.Components.Schemas["offices.AppointInput"]
	if strings.Join(appoint.Required, " ") != "login name roles" || appoint.Properties["login"].Description == "" {
		t.Errorf("%+v", appoint)
	}
	if _, shown := doc.Components.Schemas["people.ImportInput"].Properties["path"]; shown {
		t.Error("the document offers a path on the server")
	}
	for _, reference := range strings.Split(a.text, `"$ref":"#/components/schemas/`)[1:] {
		name, _, _ := strings.Cut(reference, `"`)
		if _, found := doc.Components.Schemas[name]; !found {
			t.Errorf("%s is referred to and not there", name)
		}
	}
}
