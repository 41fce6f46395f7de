package web

import (
	"cmp"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/gate"
)

var (
	errNoPage      = &blueprint.Error{Fault: blueprint.NotFound}
	errTooMany     = errors.New("there are too many requests from this network")
	errCrossOrigin = errors.New("the form came from another site")
)

// partly says that an action was done but for what safeguards kept out.
type partly struct{ refusals []blueprint.PersonRefusal }

func (p *partly) Error() string { return "a part was refused" }

// statuses are the answers in HTTP to each kind of fault.
var statuses = map[blueprint.Fault]int{
	blueprint.Invalid: http.StatusUnprocessableEntity, blueprint.NotFound: http.StatusNotFound,
	blueprint.Conflict: http.StatusConflict, blueprint.Denied: http.StatusForbidden,
	blueprint.Refused: http.StatusUnprocessableEntity, blueprint.Busy: http.StatusServiceUnavailable,
	blueprint.Internal: http.StatusInternalServerError,
}

// helps say what to do next, by their ids.
var helps = map[blueprint.Fault]string{
	blueprint.Invalid: "fail-help-invalid", blueprint.NotFound: "fail-help-not_found", blueprint.Conflict: "fail-help-conflict",
	blueprint.Denied: "fail-help-denied", blueprint.Refused: "fail-help-refused", blueprint.Busy: "fail-help-busy",
}

// form is the page on which the form stands that was sent, or "".
func (x *exchange) form() string {
	if x.who == nil || x.r.Method != http.MethodPost {
		return ""
	}
	path := x.r.URL.Path
	for _, step := range []string{"/appoint", "/verify", "/compare"} {
		path = strings.TrimSuffix(path, step)
	}
	return path
}

// ruleReason is the rule that a stated reason opens.
const ruleReason = "monitor-needs-reason"

type failPage struct {
	Title    string // id of a sentence
	Help     string // id of a sentence: what to do next
	Back     string // the page of the form that failed, or ""
	Message  string // from the domain, in the reader's language
	Refusals []blueprint.PersonRefusal
	Partly   bool // the rest was done
}

// fail answers with the page of an error.
func (x *exchange) fail(err error) {
	var tooLarge *http.MaxBytesError
	var part *partly
	switch {
	case errors.As(err, &part):
		x.failWith(http.StatusOK, failPage{Title: "fail-partly", Partly: true, Refusals: part.refusals, Back: x.form()})
		return
	case errors.Is(err, errCrossOrigin):
		x.failWith(http.StatusForbidden, failPage{Title: "fail-origin", Help: "fail-help-origin"})
		return
	case errors.Is(err, errTooMany):
		x.failWith(http.StatusTooManyRequests, failPage{Title: "fail-many", Help: "fail-help-many"})
		return
	case errors.As(err, &tooLarge):
		x.failWith(http.StatusRequestEntityTooLarge, failPage{Title: "fail-large"})
		return
	}
	fault := blueprint.FaultOf(err)
	page := failPage{Title: "fail-" + string(fault), Help: helps[fault], Back: x.form()}
	var known *blueprint.Error
	var refused *blueprint.GateError
	switch {
	case errors.As(err, &refused):
		page.Refusals = refused.Refusals
	case errors.As(err, &known):
		page.Message = x.language.sayError(known)
	}
	if fault == blueprint.Internal {
		if x.ctx().Err() == nil {
			x.Log.Error("a page failed", "method", x.r.Method, "pattern", x.r.Pattern, "error", unquoted(err))
		}
		x.failInternally()
		return
	}
	x.failWith(statuses[fault], page)
}

// quoted is text that an error took from somewhere: it may be about a person.
var quoted = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`")

// unquoted is an error as the log may have it.
func unquoted(err error) string { return quoted.ReplaceAllString(err.Error(), "…") }

func (x *exchange) failWith(status int, page failPage) {
	if err := x.show(status, "fail", page); err != nil {
		x.Log.Error("the page of an error failed", "pattern", x.r.Pattern, "error", unquoted(err))
		x.failInternally()
	}
}

// failInternally answers without asking anything of the office.
func (x *exchange) failInternally() {
	x.who = nil
	if err := x.show(http.StatusInternalServerError, "fail", failPage{Title: "fail-internal"}); err != nil {
		http.Error(x.w, "internal error", http.StatusInternalServerError)
	}
}

// needsReason says that an error would not stand if a reason were stated.
func needsReason(err error) bool {
	var refused *blueprint.GateError
	if !errors.As(err, &refused) || len(refused.Refusals) == 0 {
		return false
	}
	for _, p := range refused.Refusals {
		for _, r := range p.Refusals {
			if r.Rule != ruleReason {
				return false
			}
		}
	}
	return true
}

// problem is what is wrong with a form, as it is shown again.
type problem struct {
	Field, Message string
}

// formProblem gives what somebody can correct in the form that they sent; nil for
// errors of another kind.
func (x *exchange) formProblem(err error) *problem {
	var known *blueprint.Error
	if !errors.As(err, &known) {
		return nil
	}
	switch known.Fault {
	case blueprint.Invalid, blueprint.Conflict, blueprint.NotFound:
		return &problem{Field: known.Field, Message: x.language.sayError(known)}
	}
	return nil
}

func newProblem(field, message string) *problem { return &problem{Field: field, Message: message} }

// ruleRefusal is a rule that refused, and whom it was about.
type ruleRefusal struct {
	gate.Refusal
	People []refusedPerson
}

// refusedPerson is somebody's record, and the number that people know.
type refusedPerson struct{ Record, Number string }

// groupRefusals names each rule once.
func groupRefusals(refusals []blueprint.PersonRefusal) []ruleRefusal {
	var out []ruleRefusal
	for _, p := range refusals {
		for _, r := range p.Refusals {
			i := slices.IndexFunc(out, func(g ruleRefusal) bool { return g.Rule == r.Rule })
			if i < 0 {
				i, out = len(out), append(out, ruleRefusal{Refusal: r})
			}
			person := refusedPerson{p.Record, cmp.Or(p.Number, p.Record)}
			if p.Record != "" && !slices.Contains(out[i].People, person) {
				out[i].People = append(out[i].People, person)
			}
		}
	}
	return out
}

func refusalsOf(err error) []blueprint.PersonRefusal {
	var refused *blueprint.GateError
	if errors.As(err, &refused) {
		return refused.Refusals
	}
	return nil
}
