package api

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cairn/blueprint"
	"cairn/gate"
)

func TestStatusOfEachFault(t *testing.T) {
	refused := &blueprint.GateError{Fault: blueprint.Refused, Refusals: []blueprint.PersonRefusal{{Record: "r",
		Refusals: []gate.Refusal{{Rule: "hold", Says: "A hold stands.", Opens: "Lift it."}}}}}
	tests := []struct {
		err    error
		status int
		shown  string
	}{
		{fmt.Errorf("book: %w", refused), http.StatusUnavailableForLegalReasons, "Lift it."},
		{blueprint.Refuse(blueprint.Busy, "try again"), http.StatusServiceUnavailable, "try again"},
		{blueprint.Refuse(blueprint.Denied, "no"), http.StatusForbidden, "no"},
		{unknown(blueprint.Refuse(blueprint.Denied, "who?")), http.StatusUnauthorized, "who?"},
		{errors.New(`row of "Kovács"`), http.StatusInternalServerError, "try again"},
	}
	for _, tt := range tests {
		p := problemOf(tt.err)
		if p.Status != tt.status || !strings.Contains(p.Detail, tt.shown) || strings.Contains(p.Detail, "Kovács") {
			t.Errorf("%v: %+v", tt.err, p)
		}
		if tt.err != nil && p.Status == http.StatusUnavailableForLegalReasons && len(p.Refusals) != 1 {
			t.Errorf("no rules are listed: %+v", p)
		}
	}
	if text := withoutValues(errors.New(`insert "Kovács" of 'Ana' failed`)); strings.Contains(text, "Kovács") || strings.Contains(text, "Ana") {
		t.Error(text)
	}
}
