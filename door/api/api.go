// Package api is the HTTP door: every action and view of the catalogue as an
// operation, described by an OpenAPI 3.1 document that is made from the same types.
//
//	POST   /api/actions/{name}   the input as JSON; gives {"out": …, "entries": n}
//	POST   /api/views/{name}     the input as JSON
//	GET    /api/views/{name}     the input as query parameters
//	POST   /api/login            {"login": …, "password": …}; gives a bearer token
//	DELETE /api/login            ends the token
//	GET    /api/openapi.json     the document
//
// Who acts is a member of staff, by "Authorization: Bearer TOKEN" or HTTP basic
// (which costs a slow check each time: take a token for many requests). A reason,
// where the gate asks for one, stands percent-encoded in the header Cairn-Reason.
// Failures are application/problem+json (RFC 9457) with the member "fault" of the
// program's short list, "field" where one field is wrong, and "refusals" with the
// rules that refused and what would open the gate.
//
// Inputs are strict: unknown fields are refused, and so are paths of files on the
// server's machine. Only application/json is taken, so that a page of another site
// cannot make a browser send anything.
//
//	handler, err := api.New(office, api.Options{Desk: desk})
package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"cairn/app"
	"cairn/blueprint"
	"cairn/door/input"
	"cairn/door/login"
	"cairn/gate"
)

// MaxBody is how many bytes a request may have.
const MaxBody = 32 << 20

// Options change how the door works.
type Options struct {
	Desk *login.Desk  // nil: one of its own
	Log  *slog.Logger // nil: nothing is logged
}

type door struct {
	office   *app.Office
	desk     *login.Desk
	log      *slog.Logger
	document []byte
}

// New makes the handler of an open office; it serves paths under /api/.
func New(office *app.Office, o Options) (http.Handler, error) {
	d := &door{office: office, desk: o.Desk, log: o.Log}
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	if d.desk == nil {
		desk, err := login.New(office, login.Options{})
		if err != nil {
			return nil, err
		}
		d.desk = desk
	}
	document, err := describe(office.Catalogue)
	if err != nil {
		return nil, fmt.Errorf("describe the API: %w", err)
	}
	d.document = document
	return d.routes(), nil
}

func (d *door) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		_, _ = w.Write(d.document)
	})
	mux.Handle("POST /api/login", d.answering(d.logIn))
	mux.Handle("DELETE /api/login", d.answering(d.logOut))
	for _, domain := range d.office.Domains {
		for _, a := range domain.Actions {
			mux.Handle("POST /api/actions/"+a.Name, d.acting(d.act(a)))
		}
		for _, v := range domain.Views {
			mux.Handle("POST /api/views/"+v.Name, d.acting(d.see(v, readBody)))
			mux.Handle("GET /api/views/"+v.Name, d.acting(d.see(v, readQuery)))
		}
	}
	mux.Handle("/api/", d.answering(func(*http.Request) (any, error) {
		return nil, blueprint.Refuse(blueprint.NotFound, "there is no such operation; /api/openapi.json lists them")
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
		mux.ServeHTTP(w, r)
	})
}

// answering writes what do gives as JSON, or its error as a problem.
func (d *door) answering(do func(*http.Request) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		out, err := do(r)
		status := http.StatusOK
		switch {
		case err != nil:
			status = d.problem(w, r, err)
		case out == nil:
			status = http.StatusNoContent
			w.WriteHeader(status)
		default:
			status = d.write(w, r, out)
		}
		d.log.Info("request", "method", r.Method, "operation", r.Pattern, "status", status, "took", time.Since(began).Round(time.Millisecond))
	})
}

func (d *door) write(w http.ResponseWriter, r *http.Request, out any) int {
	text, err := json.Marshal(out)
	if err != nil {
		return d.problem(w, r, fmt.Errorf("write the answer: %w", err))
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(append(text, '\n'))
	return http.StatusOK
}

// call is a request of somebody whom the desk knows.
type call struct {
	*http.Request
	actor   gate.Actor
	options app.Options
}

func (d *door) acting(do func(call) (any, error)) http.Handler {
	return d.answering(func(r *http.Request) (any, error) {
		actor, err := d.who(r)
		if err != nil {
			return nil, err
		}
		reason, err := url.PathUnescape(r.Header.Get("Cairn-Reason"))
		if err != nil {
			return nil, blueprint.Refuse(blueprint.Invalid, "the header Cairn-Reason is not percent-encoded")
		}
		return do(call{r, actor, app.Options{Reason: reason}})
	})
}

func (d *door) act(a blueprint.Action) func(call) (any, error) {
	return func(c call) (any, error) {
		in := a.NewInput()
		if err := readBody(c.Request, in); err != nil {
			return nil, err
		}
		return d.office.Do(c.Context(), c.actor, a.Name, in, c.options)
	}
}

func (d *door) see(v blueprint.View, read func(*http.Request, any) error) func(call) (any, error) {
	return func(c call) (any, error) {
		in := v.NewInput()
		if err := read(c.Request, in); err != nil {
			return nil, err
		}
		out, err := d.office.See(c.Context(), c.actor, v.Name, in, c.options)
		if err == nil && out == nil {
			out = json.RawMessage("null")
		}
		return out, err
	}
}

var errNotJSON = errors.New("send the input as application/json")

func readBody(r *http.Request, in any) error {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/json" {
		return errNotJSON
	}
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return fmt.Errorf("read the request: %w", err)
	}
	if err := refuseLocal(in, text); err != nil {
		return err
	}
	return input.FromJSON(in, strings.NewReader(string(text)))
}

// refuseLocal refuses fields that name files on this machine. encoding/json takes
// field names in any case, so they are compared that way.
func refuseLocal(in any, text []byte) error {
	var given map[string]json.RawMessage
	if json.Unmarshal(text, &given) != nil {
		return nil // the strict reading says what is wrong
	}
	for _, f := range input.Fields(in) {
		for name := range given {
			if f.Local && strings.EqualFold(name, f.Name) {
				return blueprint.RefuseField(f.Name, "%s names a file on the server: send the file's content instead", f.Name)
			}
		}
	}
	return nil
}

func readQuery(r *http.Request, in any) error {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return blueprint.Refuse(blueprint.Invalid, "the query cannot be read")
	}
	local := map[string]bool{}
	for _, f := range input.Fields(in) {
		local[f.Name] = f.Local
	}
	var pairs []input.Pair
	for name, texts := range values {
		if local[name] {
			return blueprint.RefuseField(name, "%s names a file on the server", name)
		}
		for _, text := range texts {
			pairs = append(pairs, input.Pair{Name: name, Value: text})
		}
	}
	return input.FromFields(in, pairs)
}
