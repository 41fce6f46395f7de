package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/app"
	"cairn/domain"
	"cairn/domain/cases"
	"cairn/domain/identity"
	"cairn/domain/movement"
	"cairn/domain/offices"
	"cairn/domain/people"
	"cairn/domain/resettlement"
	"cairn/domain/rights"
	"cairn/door/web"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
)

const password = "a long enough password"

// office is a real office with a console; the tests share one that is filled.
type office struct {
	*app.Office
	pages http.Handler
	staff map[string]gate.Actor // by role, which is also the log-in

	family    people.Registered
	sensitive string
	services  []string
	places    []string
	cases     []string
}

var now = time.Date(1957, 1, 5, 9, 0, 0, 0, time.UTC)

var filled = sync.OnceValues(func() (*office, error) {
	folder, err := os.MkdirTemp("", "cairn-web-")
	if err != nil {
		return nil, err
	}
	o, err := found(filepath.Join(folder, "cairn.db"))
	if err != nil {
		return nil, err
	}
	return o, o.fill()
})

func TestMain(m *testing.M) {
	code := m.Run()
	if o, err := filled(); err == nil {
		o.Close()
	}
	os.Exit(code)
}

func found(path string) (*office, error) {
	g, err := gate.Load()
	if err != nil {
		return nil, err
	}
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		return nil, err
	}
	clock := func() time.Time { return now }
	o := &office{staff: map[string]gate.Actor{"founder": {ID: "founder", Office: "bud", Roles: []string{"administrator"}}}}
	o.Office, err = app.Open(context.Background(), app.Config{Store: store.Config{URL: path}, Keys: k, Gate: g, Domains: domain.All(), Clock: clock})
	if err != nil {
		return nil, err
	}
	if o.pages, err = web.New(web.Config{Office: o.Office, Clock: clock, Version: "test"}); err != nil {
		return nil, err
	}
	if _, err := o.act("founder", "offices.open_office", &offices.OpenInput{Code: "bud", Name: "Budapest", Policy: g.Text()}); err != nil {
		return nil, err
	}
	for _, role := range []string{"administrator", "registrar", "reviewer", "caseworker", "protection_officer", "medical_officer",
		"placement_officer", "movement_officer", "escort", "monitor", "receiving_state"} {
		if err := o.appoint(role); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func (o *office) appoint(role string) error {
	actor, err := o.employ(strings.ReplaceAll(role, "_", "."), role)
	o.staff[role] = actor
	return err
}

func (o *office) employ(login, role string) (gate.Actor, error) {
	hash, err := keys.HashPassword(password, rand.Reader, keys.CheapPassword())
	if err != nil {
		return gate.Actor{}, err
	}
	in := &offices.AppointInput{Login: login, Name: "Staff " + role, Roles: []string{role}, Password: hash}
	if role == "receiving_state" {
		in.Country = "CAN"
	}
	out, err := o.act("founder", "offices.appoint_staff", in)
	if err != nil {
		return gate.Actor{}, err
	}
	return gate.Actor{ID: out.(offices.Appointed).Staff, Office: "bud", Roles: in.Roles, Country: in.Country}, nil
}

func (o *office) act(role, action string, in any) (any, error) {
	out, err := o.Do(context.Background(), o.staff[role], action, in, app.Options{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", action, err)
	}
	return out.Out, nil
}

// steps runs actions until one fails.
type steps struct {
	*office
	err error
}

func (s *steps) do(role, action string, in any) any {
	if s.err != nil {
		return nil
	}
	var out any
	out, s.err = s.act(role, action, in)
	return out
}

const trick = "<script>alert(1)</script>, \u202eEvil"

// fill has what every page shows: families in several scripts, doubles, a plan,
// journeys of which one is under way, a refusal.
func (o *office) fill() error {
	s := &steps{office: o}
	household := func(site string, members ...people.Person) people.Registered {
		out, _ := s.do("registrar", "people.register", &people.RegisterInput{Site: site, Wishes: []string{"CAN"}, Members: members}).(people.Registered)
		return out
	}
	o.family = household("Traiskirchen",
		people.Person{Name: "Kovács, János", Birth: "3.5.1926", Sex: "M", Nationalities: []string{"HUN"}, Languages: []string{"hu"}, Documents: []people.PaperInput{{Number: "AB 123"}}},
		people.Person{Name: "Kovács, Éva", Birth: "1930-02-01", Sex: "F", Nationalities: []string{"HUN"}, Relation: "spouse", Languages: []string{"hu"}},
		people.Person{Name: "Ковач, Анна", Birth: "1950", Sex: "F", Nationalities: []string{"HUN"}, Relation: "child", Needs: []string{"wheelchair"}})
	second := household("Eisenstadt", people.Person{Name: "Nagy, László", Birth: "4.4.1920", Sex: "M", Nationalities: []string{"HUN"}, Languages: []string{"hu"}})
	third := household("Graz", people.Person{Name: "حسن، ليلى", Birth: "1928-08-08", Sex: "F", Nationalities: []string{"HUN"}, Languages: []string{"ar"}})
	household("Graz", people.Person{Name: trick, Birth: "1931-01-01", Nationalities: []string{"HUN"}})
	household("Wien", people.Person{Name: "Kovacs, Janos", Birth: "3.5.1926", Sex: "M", Nationalities: []string{"HUN"}})
	closed := household("Wien", people.Person{Name: "Titok, Nóra", Birth: "1933", Sensitive: true})
	if s.err != nil {
		return s.err
	}
	o.sensitive = closed.Records[0]
	s.do("registrar", "identity.find_doubles", &identity.FindInput{Floor: 0.001})
	travellers := append(append(append([]string{}, o.family.Records...), second.Records...), third.Records...)
	s.do("registrar", "people.give_consent", &people.ConsentInput{Records: travellers, Purpose: "resettlement", Destinations: []string{"CAN"}, Language: "hu", Informed: true})
	s.do("medical_officer", "rights.assess_fitness", &rights.FitnessInput{Records: travellers, Fit: "fit"})
	opened, _ := s.do("caseworker", "cases.open", &cases.OpenInput{Households: []string{o.family.Household, second.Household, third.Household}}).(cases.OpenedOut)
	o.cases = opened.Opened
	places, _ := s.do("placement_officer", "resettlement.open_places", &resettlement.OpenPlacesInput{Places: []resettlement.PlaceInput{
		{Country: "CAN", Locality: "Ottawa", Capacity: map[string]int64{"people": 12, "school": 3}},
		{Country: "CAN", Locality: "Halifax", Capacity: map[string]int64{"people": 6}}}}).(resettlement.PlacesOut)
	o.places = places.Places
	plan, _ := s.do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{Seed: 1}).(resettlement.Plan)
	s.do("placement_officer", "resettlement.accept_plan", &resettlement.AcceptPlanInput{Plan: plan.Plan, Except: o.cases[2:]})
	answers := &resettlement.AnswersInput{}
	for _, id := range o.cases[:2] {
		answers.Answers = append(answers.Answers, resettlement.Answer{Case: id, Accepted: true, Language: "hu"})
	}
	s.do("receiving_state", "resettlement.answer_for_state", answers)
	s.do("caseworker", "resettlement.answer_for_household", answers)
	o.travel(s)
	return s.err
}

func (o *office) travel(s *steps) {
	service := func(mode, from, fromCountry, to, toCountry, depart, arrive string) movement.ServiceInput {
		return movement.ServiceInput{Number: mode + " 7", Mode: mode, From: from, FromCountry: fromCountry, To: to, ToCountry: toCountry,
			Depart: depart, Arrive: arrive, FromZone: "Europe/Vienna", ToZone: "America/Toronto", Seats: map[string]int64{"seat": 40, "wheelchair": 2}, Cost: 900}
	}
	scheduled, _ := s.do("movement_officer", "movement.schedule_services", &movement.ScheduleInput{Services: []movement.ServiceInput{
		service("train", "Wien", "AUT", "Bremerhaven", "DEU", "1957-01-06T07:00:00Z", "1957-01-07T07:00:00Z"),
		service("ship", "Bremerhaven", "DEU", "Ottawa", "CAN", "1957-01-09T07:00:00Z", "1957-01-17T07:00:00Z")}}).(movement.Scheduled)
	o.services = scheduled.Services
	for _, id := range o.cases[:2] {
		s.do("movement_officer", "movement.book", &movement.BookInput{Case: id, Services: o.services})
	}
	s.do("protection_officer", "rights.report_risk", &rights.RiskInput{Records: o.family.Records[:1], Countries: []string{"DEU"}, Basis: "was named in a list"})
	if s.err == nil { // the safeguards keep the family from boarding, which stands as a refusal
		_, _ = o.act("escort", "movement.board", &movement.BoardInput{Service: o.services[0], All: true})
	}
}

// client is a browser of somebody.
type client struct {
	t      *testing.T
	server *httptest.Server
	http   *http.Client
	header http.Header
}

func share(t *testing.T) *office {
	t.Helper()
	o, err := filled()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// browser opens the console without logging in; redirects are not followed.
func (o *office) browser(t *testing.T) *client {
	t.Helper()
	server := httptest.NewServer(o.pages)
	t.Cleanup(server.Close)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &client{t: t, server: server, header: http.Header{}, http: &http.Client{Jar: jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// as opens the console as a member of staff with a role.
func (o *office) as(t *testing.T, role string) *client {
	t.Helper()
	return o.withLogin(t, strings.ReplaceAll(role, "_", "."))
}

// withLogin opens the console with a log-in.
func (o *office) withLogin(t *testing.T, login string) *client {
	t.Helper()
	c := o.browser(t)
	got := c.post("/login", url.Values{"login": {login}, "password": {password}})
	if got.status != http.StatusSeeOther {
		t.Fatalf("%s cannot log in: %d", login, got.status)
	}
	return c
}

type answer struct {
	status int
	header http.Header
	text   string
	size   int // as it came over the line
}

func (c *client) send(method, path string, form url.Values) answer {
	c.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.server.URL+path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header = c.header.Clone()
	r.Header.Set("Accept-Encoding", "gzip")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w, err := c.http.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer w.Body.Close()
	raw, err := io.ReadAll(w.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	plain := raw
	if w.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			c.t.Fatal(err)
		}
		if plain, err = io.ReadAll(z); err != nil {
			c.t.Fatal(err)
		}
	}
	return answer{w.StatusCode, w.Header, string(plain), len(raw)}
}

func (c *client) get(path string) answer { c.t.Helper(); return c.send(http.MethodGet, path, nil) }

func (c *client) post(path string, form url.Values) answer {
	c.t.Helper()
	return c.send(http.MethodPost, path, form)
}

// wants checks the status of an answer and texts that it must hold.
func (a answer) wants(t *testing.T, status int, texts ...string) answer {
	t.Helper()
	_, shown, _ := strings.Cut(a.text, "<main")
	if a.status != status {
		t.Errorf("status %d, want %d: %s", a.status, status, shown)
	}
	for _, text := range texts {
		if !strings.Contains(a.text, text) {
			t.Errorf("%q is not in %s", text, shown)
		}
	}
	return a
}
