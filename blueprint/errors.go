package blueprint

import (
	"errors"
	"fmt"
	"strings"

	"cairn/gate"
	"cairn/value/said"
)

// Fault is the short list of kinds of error that users meet. Doors map it to an
// exit code or an HTTP status in one place each.
type Fault string

// The kinds of fault.
const (
	Invalid  Fault = "invalid"   // the input cannot be right
	NotFound Fault = "not_found" // what was named does not exist here
	Conflict Fault = "conflict"  // it contradicts what stands
	Denied   Fault = "denied"    // the actor may not do or see this
	Refused  Fault = "refused"   // a safeguard forbids it, whoever asks
	Busy     Fault = "busy"      // try again
	Internal Fault = "internal"  // the program or the machine failed
)

// Error is a fault with what the user reads: what is wrong and what to do next.
type Error struct {
	Fault   Fault
	Message string
	Field   string // the input field it is about, if any
	// Sentence is the message in its parts, for doors that speak other languages.
	Sentence said.Sentence
}

func (e *Error) Error() string { return e.Message }

// Said gives the message in its parts.
func (e *Error) Said() said.Sentence {
	if e.Sentence.Format == "" {
		return said.Sentence{Format: strings.ReplaceAll(e.Message, "%", "%%")}
	}
	return e.Sentence
}

// Refuse makes an Error.
func Refuse(fault Fault, format string, args ...any) error {
	return refuse(fault, "", said.Say(format, args...))
}

// RefuseField makes an Error about one field of the input.
func RefuseField(field, format string, args ...any) error {
	return refuse(Invalid, field, said.Say(format, args...))
}

func refuse(fault Fault, field string, s said.Sentence) error {
	return &Error{Fault: fault, Field: field, Message: s.String(), Sentence: s}
}

// GateError carries the decision that refused, with each rule, its source and what
// would open the gate.
type GateError struct {
	Fault    Fault // Denied for access, Refused for safeguards
	Refusals []PersonRefusal
}

// PersonRefusal is the refusal of one person's trip, or of the action itself.
type PersonRefusal struct {
	Record   string         `json:"record,omitempty"`
	Number   string         `json:"number,omitempty"` // the record's, as on the person's slip
	Unit     string         `json:"unit,omitempty"`
	Stage    string         `json:"stage,omitempty"`
	Refusals []gate.Refusal `json:"refusals"`
	Trip     *gate.Trip     `json:"-"`
	Decision gate.Decision  `json:"-"`
}

func (e *GateError) Error() string {
	var b strings.Builder
	for i, p := range e.Refusals {
		for _, r := range p.Refusals {
			if b.Len() > 0 {
				b.WriteString("; ")
			}
			if p.Number != "" {
				b.WriteString(p.Number + ": ")
			}
			fmt.Fprintf(&b, "%s (%s) — to open: %s", r.Says, r.Rule, r.Opens)
		}
		if i == 2 && len(e.Refusals) > 3 {
			fmt.Fprintf(&b, "; and %d more", len(e.Refusals)-3)
			break
		}
	}
	return b.String()
}

// FaultOf gives the kind of any error; errors of no listed kind are Internal.
func FaultOf(err error) Fault {
	var e *Error
	var g *GateError
	switch {
	case errors.As(err, &e):
		return e.Fault
	case errors.As(err, &g):
		return g.Fault
	}
	return Internal
}
