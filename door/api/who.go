package api

import (
	"net/http"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/gate"
)

// unknownError says that nobody is known to act; it is answered with 401.
type unknownError struct{ error }

func (e unknownError) Unwrap() error { return e.error }

// who gives the member of staff that a request is made by.
func (d *door) who(r *http.Request) (gate.Actor, error) {
	var actor gate.Actor
	err := blueprint.Refuse(blueprint.Denied, "say who acts: a bearer token from /api/login, or HTTP basic")
	if token := bearer(r); token != "" {
		actor, err = d.desk.ByToken(r.Context(), token)
	} else if name, password, given := r.BasicAuth(); given {
		actor, err = d.desk.ByPassword(r.Context(), name, password, r.RemoteAddr)
	}
	return actor, unknown(err)
}

func unknown(err error) error {
	if err != nil && blueprint.FaultOf(err) == blueprint.Denied {
		return unknownError{err}
	}
	return err
}

func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// LogInInput is what POST /api/login takes.
type LogInInput struct {
	Login    string `json:"login" required:"true" help:"The log-in."`
	Password string `json:"password" required:"true" help:"The password."`
}

// LoggedIn is what it gives.
type LoggedIn struct {
	Token string    `json:"token"`
	Until time.Time `json:"until"`
}

func (d *door) logIn(r *http.Request) (any, error) {
	var in LogInInput
	if err := readBody(r, &in); err != nil {
		return nil, err
	}
	token, until, err := d.desk.LogIn(r.Context(), in.Login, in.Password, r.RemoteAddr)
	if err != nil {
		return nil, unknown(err)
	}
	return LoggedIn{token, until.UTC().Truncate(time.Second)}, nil
}

func (d *door) logOut(r *http.Request) (any, error) {
	d.desk.LogOut(bearer(r))
	return nil, nil
}
