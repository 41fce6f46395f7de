// Package webtest makes real offices with a console, for tests of its pages.
//
// Words: the filled office has what every page shows: families in several scripts,
// likely doubles, a plan, offers, journeys of which one is late, and refusals. Its
// clock stands still until a test moves it.
//
//	office, err := webtest.Found(filepath.Join(t.TempDir(), "cairn.db"))
//	err = office.Fill()
//	server := httptest.NewServer(office.Pages)
package webtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"cairn/app"
	"cairn/domain"
	"cairn/domain/offices"
	"cairn/door/web"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
)

// Password is everybody's.
const Password = "a long enough password"

// Roles are those that the filled office has a member of staff for.
var Roles = []string{"administrator", "registrar", "reviewer", "caseworker", "protection_officer", "medical_officer",
	"placement_officer", "movement_officer", "escort", "monitor", "receiving_state"}

// Office is a real office with a console.
type Office struct {
	*app.Office
	Pages http.Handler
	Staff map[string]gate.Actor // by role, and the founder
	clock atomic.Int64          // nanoseconds since 1970

	Family    Household // three people, whose departure a safeguard forbids
	Sensitive string    // a record whose file is closed
	Services  []string  // train, ship
	Places    []string  // Ottawa, Halifax
	Plan      string    // of the cases, with a study
	Cases     []string  // two booked, the first the family's; one proposed; one offered
	Traveller string    // of the second case: nothing keeps them from travelling
}

// Household is what a registration gave.
type Household struct {
	ID      string
	Records []string
	Numbers []string
}

// Found makes an office with its staff in a new SQLite file.
func Found(path string) (*Office, error) { return FoundIn(store.Config{URL: path}) }

// FoundIn makes an office with its staff in an empty database.
func FoundIn(database store.Config) (*Office, error) {
	g, err := gate.Load()
	if err != nil {
		return nil, err
	}
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		return nil, err
	}
	o := &Office{Staff: map[string]gate.Actor{"founder": {ID: "founder", Office: "bud", Roles: []string{"administrator"}}}}
	o.MoveTo(time.Date(1957, 1, 5, 9, 0, 0, 0, time.UTC))
	o.Office, err = app.Open(context.Background(), app.Config{Store: database, Keys: k, Gate: g, Domains: domain.All(), Clock: o.Now})
	if err != nil {
		return nil, err
	}
	if o.Pages, err = web.New(web.Config{Office: o.Office, Clock: o.Now, Version: "test"}); err != nil {
		return nil, err
	}
	if _, err := o.Act("founder", "offices.open_office", &offices.OpenInput{Code: "bud", Name: "Budapest", Policy: g.Text()}); err != nil {
		return nil, err
	}
	for _, role := range Roles {
		if o.Staff[role], err = o.Employ(Login(role), role); err != nil {
			return nil, err
		}
	}
	return o, nil
}

// Now is the time at the office.
func (o *Office) Now() time.Time { return time.Unix(0, o.clock.Load()).UTC() }

// MoveTo sets the office's clock. Log-ins of more than a working day before end.
func (o *Office) MoveTo(at time.Time) { o.clock.Store(at.UnixNano()) }

// Login is the log-in of the member of staff with a role.
func Login(role string) string { return strings.ReplaceAll(role, "_", ".") }

// Employ appoints somebody with one role; a receiving state's staff are Canada's.
func (o *Office) Employ(login, role string) (gate.Actor, error) {
	hash, err := keys.HashPassword(Password, rand.Reader, keys.CheapPassword())
	if err != nil {
		return gate.Actor{}, err
	}
	in := &offices.AppointInput{Login: login, Name: "Staff " + role, Roles: []string{role}, Password: hash}
	if role == "receiving_state" {
		in.Country = "CAN"
	}
	out, err := o.Act("founder", "offices.appoint_staff", in)
	if err != nil {
		return gate.Actor{}, err
	}
	return gate.Actor{ID: out.(offices.Appointed).Staff, Office: "bud", Roles: in.Roles, Country: in.Country}, nil
}

// Act runs an action as the member of staff with a role.
func (o *Office) Act(role, action string, in any) (any, error) {
	out, err := o.Do(context.Background(), o.Staff[role], action, in, app.Options{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", action, err)
	}
	return out.Out, nil
}
