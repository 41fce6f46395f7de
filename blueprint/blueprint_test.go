package blueprint_test

import (
	"testing"

	"cairn/blueprint"
	"cairn/gate"
)

// TestResourceOf holds that the gate is asked only about an input of the right type.
func TestResourceOf(t *testing.T) {
	type input struct{ Record string }
	ask := blueprint.ResourceOf(func(_ *blueprint.Work, in *input) (gate.Resource, error) {
		return gate.Resource{ID: in.Record}, nil
	})
	if got, err := ask(nil, &input{"r-1"}); err != nil || got.ID != "r-1" {
		t.Errorf("%+v, %v", got, err)
	}
	for _, wrong := range []any{nil, input{"r-1"}, "r-1"} {
		if got, err := ask(nil, wrong); err == nil || got.ID != "" {
			t.Errorf("%v: %+v without an error", wrong, got)
		}
	}
}
