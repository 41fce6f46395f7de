package web

import (
	"net/http"
	"net/url"
	"time"

	"github.com/alexedwards/scs/v2"

	"cairn/blueprint"
	"cairn/domain/offices"
	"cairn/gate"
)

// sessionLifetime is a working day; sessionIdle is how long a desk may be left.
const (
	sessionLifetime = 10 * time.Hour
	sessionIdle     = 2 * time.Hour
)

// Keys of what a session holds.
const (
	keyToken   = "token"   // of the log-in
	keyLogin   = "login"   // as it was typed
	keyNotice  = "notice"  // id of a sentence for the next page
	keyReasons = "opened/" // + record: why its file was opened
)

func newSessions(secure bool) *scs.SessionManager {
	s := scs.New()
	s.Lifetime, s.IdleTimeout = sessionLifetime, sessionIdle
	s.Cookie.Name = "cairn_session"
	if secure {
		s.Cookie.Name = "__Host-cairn_session"
	}
	s.Cookie.HttpOnly, s.Cookie.Secure, s.Cookie.Path = true, secure, "/"
	s.Cookie.SameSite = http.SameSiteStrictMode
	s.Cookie.Persist = false
	return s
}

// staffMember is who is logged in.
type staffMember struct {
	gate.Actor
	Login string
}

// member gives who is logged in with the roles of this moment, or nil.
func (x *exchange) member() (*staffMember, error) {
	token := x.sessions.GetString(x.ctx(), keyToken)
	if token == "" {
		return nil, nil
	}
	actor, err := x.Desk.ByToken(x.ctx(), token)
	if blueprint.FaultOf(err) == blueprint.Denied {
		return nil, x.sessions.Destroy(x.ctx())
	}
	if err != nil {
		return nil, err
	}
	return &staffMember{Actor: actor, Login: x.sessions.GetString(x.ctx(), keyLogin)}, nil
}

func (x *exchange) askToLogIn() error {
	target := "/login"
	if x.r.Method == http.MethodGet && x.r.URL.Path != "/" {
		target += "?next=" + url.QueryEscape(x.r.URL.RequestURI())
	}
	return x.redirect(target)
}

type loginPage struct {
	Login, Next string
	Problem     string
}

func showLogin(x *exchange) error {
	return x.show(http.StatusOK, "login", loginPage{Next: localPath(x.r.FormValue("next"))})
}

func logIn(x *exchange) error {
	name, password := x.r.PostFormValue("login"), x.r.PostFormValue("password")
	token, _, err := x.Desk.LogIn(x.ctx(), name, password, x.r.RemoteAddr)
	page := loginPage{Login: name, Next: localPath(x.r.PostFormValue("next"))}
	switch blueprint.FaultOf(err) {
	case blueprint.Denied:
		page.Problem = "login-wrong"
		return x.show(http.StatusUnauthorized, "login", page)
	case blueprint.Busy:
		page.Problem = "login-many"
		return x.show(http.StatusTooManyRequests, "login", page)
	}
	if err != nil {
		return err
	}
	if err := x.sessions.RenewToken(x.ctx()); err != nil {
		return err
	}
	x.sessions.Put(x.ctx(), keyToken, token)
	x.sessions.Put(x.ctx(), keyLogin, name)
	return x.redirect(page.Next)
}

func logOut(x *exchange) error {
	x.uploads.drop(func(u *upload) bool { return u.Owner == x.who.ID })
	x.Desk.LogOut(x.sessions.GetString(x.ctx(), keyToken))
	if err := x.sessions.Destroy(x.ctx()); err != nil {
		return err
	}
	return x.redirect("/login")
}

func chooseLanguage(x *exchange) error {
	if l := x.languages.byTag(x.r.PostFormValue("lang")); l != nil {
		http.SetCookie(x.w, &http.Cookie{Name: "lang", Value: l.Tag, Path: "/", MaxAge: 365 * 24 * 3600,
			HttpOnly: true, Secure: x.Secure, SameSite: http.SameSiteLaxMode})
	}
	return x.redirect(localPath(x.r.PostFormValue("back")))
}

// notice keeps a sentence of the catalogue for the next page.
func (x *exchange) notice(id string) { x.sessions.Put(x.ctx(), keyNotice, id) }

// redirect goes on to another page of the console after a form.
func (x *exchange) redirect(path string) error {
	http.Redirect(x.w, x.r, path, http.StatusSeeOther)
	return nil
}

// names gives the names of staff by their ids, for those who may see them.
func (x *exchange) names() (map[string]string, error) {
	out := map[string]string{}
	if !x.may("offices.staff", "offices.read") {
		return out, nil
	}
	rows, err := see[[]offices.StaffRow](x, "offices.staff", &offices.ListInput{})
	for _, r := range rows {
		out[r.Staff] = r.Name
	}
	return out, err
}
