package login_test

import (
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain/offices"
	"cairn/door/login"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
)

type bench struct {
	office *app.Office
	admin  gate.Actor
	desk   *login.Desk
	ana    string
	now    time.Time
}

const password = "a lamp in every window"

func newBench(t *testing.T) *bench {
	t.Helper()
	o := apptest.Open(t, app.Config{Store: store.Config{URL: filepath.Join(t.TempDir(), "cairn.db")}, Domains: []blueprint.Domain{offices.Domain()}})
	b := &bench{office: o, now: time.Date(1956, 11, 4, 8, 0, 0, 0, time.UTC),
		admin: gate.Actor{ID: "founder", Office: "bud", Roles: []string{"administrator"}}}
	hash, err := keys.HashPassword(password, rand.Reader, keys.CheapPassword())
	if err != nil {
		t.Fatal(err)
	}
	b.ana = b.do(t, "offices.appoint_staff", &offices.AppointInput{Login: "ana", Name: "Ana", Roles: []string{"registrar"}, Password: hash}).Staff
	b.do(t, "offices.appoint_staff", &offices.AppointInput{Login: "bela", Name: "Béla", Roles: []string{"registrar"}})
	if b.desk, err = login.New(o, login.Options{Clock: func() time.Time { return b.now }}); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) do(t *testing.T, action string, in any) offices.Appointed {
	t.Helper()
	out, err := b.office.Do(t.Context(), b.admin, action, in, app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return out.Out.(offices.Appointed)
}

func TestFailuresSayTheSame(t *testing.T) {
	b := newBench(t)
	actor, err := b.desk.ByPassword(t.Context(), "ana", password, "192.0.2.1:99")
	if err != nil || actor.ID != b.ana || actor.Office != "bud" || actor.Roles[0] != "registrar" {
		t.Fatalf("%+v, %v", actor, err)
	}
	for _, try := range [][2]string{{"ana", "wrong"}, {"ana", ""}, {"nobody", password}, {"", ""}, {"bela", ""}, {"bela", "nobody has this password"}} {
		actor, err := b.desk.ByPassword(t.Context(), try[0], try[1], "192.0.2.1:99")
		if err == nil || err.Error() != "log-in or password is wrong" || actor.ID != "" {
			t.Errorf("%v: %+v, %v", try, actor, err)
		}
	}
}

func TestGuessingIsSlowedDown(t *testing.T) {
	b := newBench(t)
	try := func(password, source string) blueprint.Fault {
		if _, err := b.desk.ByPassword(t.Context(), "ana", password, source); err != nil {
			return blueprint.FaultOf(err)
		}
		return ""
	}
	for range 8 {
		if got := try("wrong", "[2001:db8::1]:1"); got != blueprint.Denied {
			t.Fatal(got)
		}
	}
	if got := try(password, "[2001:db8::2]:9"); got != blueprint.Busy {
		t.Fatalf("the next attempt from one network: %q", got)
	}
	if got := try(password, "192.0.2.7:1"); got != "" {
		t.Fatalf("the owner is shut out from elsewhere: %q", got)
	}
	b.now = b.now.Add(31 * time.Second)
	if got := try(password, "2001:db8::1"); got != "" {
		t.Fatalf("after a pause: %q", got)
	}
	for range 50 {
		if got := try(password, "192.0.2.7:1"); got != "" {
			t.Fatalf("attempts that succeed count: %q", got)
		}
	}
}

func TestAClockSetBackShutsNobodyOut(t *testing.T) {
	b := newBench(t)
	for _, step := range []time.Duration{0, 72 * time.Hour, -72 * time.Hour} {
		b.now = b.now.Add(step)
		if _, err := b.desk.ByPassword(t.Context(), "ana", password, "192.0.2.7:1"); err != nil {
			t.Fatalf("after %v: %v", step, err)
		}
	}
}

func TestTokensEnd(t *testing.T) {
	b := newBench(t)
	in := func() string {
		token, until, err := b.desk.LogIn(t.Context(), "ana", password, "192.0.2.1")
		if err != nil || !until.After(b.now) || len(token) < 40 {
			t.Fatal(token, until, err)
		}
		return token
	}
	ended := func(what, token string) {
		t.Helper()
		if actor, err := b.desk.ByToken(t.Context(), token); blueprint.FaultOf(err) != blueprint.Denied || actor.ID != "" {
			t.Fatalf("%s: %+v, %v", what, actor, err)
		}
	}
	out, stays, old := in(), in(), in()
	b.desk.LogOut(out)
	ended("logged out", out)
	ended("never given", "x")
	b.do(t, "offices.change_roles", &offices.StaffInput{Staff: b.ana, Roles: []string{"caseworker"}, Reason: "moved"})
	if actor, err := b.desk.ByToken(t.Context(), stays); err != nil || actor.Roles[0] != "caseworker" {
		t.Fatalf("%+v, %v", actor, err)
	}
	b.now = b.now.Add(8 * time.Hour)
	ended("hours later", old)
	fresh := in()
	hash, err := keys.HashPassword(password, rand.Reader, keys.CheapPassword())
	if err != nil {
		t.Fatal(err)
	}
	b.do(t, "offices.change_password", &offices.StaffInput{Staff: b.ana, Password: hash})
	ended("another password", fresh)
	fresh = in()
	b.do(t, "offices.dismiss_staff", &offices.StaffInput{Staff: b.ana, Reason: "left"})
	ended("dismissed", fresh)
}
