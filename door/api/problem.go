package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"

	"cairn/blueprint"
)

// Problem is the body of a failure (RFC 9457).
type Problem struct {
	Title    string                    `json:"title"`
	Status   int                       `json:"status"`
	Detail   string                    `json:"detail"`
	Fault    blueprint.Fault           `json:"fault"`
	Field    string                    `json:"field,omitempty"`
	Refusals []blueprint.PersonRefusal `json:"refusals,omitempty"`
}

// statusOf is the one place where faults become statuses. What a safeguard forbids
// is unavailable for legal reasons (RFC 7725), whoever asks.
func statusOf(f blueprint.Fault) int {
	switch f {
	case blueprint.Invalid:
		return http.StatusUnprocessableEntity
	case blueprint.NotFound:
		return http.StatusNotFound
	case blueprint.Conflict:
		return http.StatusConflict
	case blueprint.Denied:
		return http.StatusForbidden
	case blueprint.Refused:
		return http.StatusUnavailableForLegalReasons
	case blueprint.Busy:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

// problemOf describes an error; what stands behind an internal one stays inside.
func problemOf(err error) Problem {
	var (
		tooLarge *http.MaxBytesError
		nobody   unknownError
		user     *blueprint.Error
		refused  *blueprint.GateError
	)
	fault := blueprint.FaultOf(err)
	p := Problem{Status: statusOf(fault), Detail: err.Error(), Fault: fault}
	switch {
	case errors.As(err, &tooLarge):
		p.Status, p.Fault, p.Detail = http.StatusRequestEntityTooLarge, blueprint.Invalid, "the request is larger than 32 MB"
	case errors.Is(err, errNotJSON):
		p.Status, p.Fault = http.StatusUnsupportedMediaType, blueprint.Invalid
	case errors.As(err, &nobody):
		p.Status = http.StatusUnauthorized
	case fault == blueprint.Internal:
		p.Detail = "the program or the machine failed: try again, and tell who runs the server if it stays so"
	}
	if errors.As(err, &user) {
		p.Field = user.Field
	}
	if errors.As(err, &refused) {
		p.Refusals = refused.Refusals
	}
	p.Title = http.StatusText(p.Status)
	return p
}

func (d *door) problem(w http.ResponseWriter, r *http.Request, err error) int {
	p := problemOf(err)
	if p.Status == http.StatusInternalServerError && !errors.Is(err, context.Canceled) {
		d.log.Error("request failed", "operation", r.Pattern, "error", withoutValues(err))
	}
	h := w.Header()
	switch p.Status {
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Bearer realm="cairn"`)
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", "30")
	}
	text, err := json.Marshal(p)
	if err != nil {
		text = []byte(`{"title":"Internal Server Error","status":500,"fault":"internal"}`)
	}
	h.Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(text, '\n'))
	return p.Status
}

var quoted = regexp.MustCompile(`"[^"]*"|'[^']*'|“[^”]*”`)

// withoutValues leaves quoted values out of what is logged: they may be about people.
func withoutValues(err error) string { return quoted.ReplaceAllString(err.Error(), `"…"`) }
