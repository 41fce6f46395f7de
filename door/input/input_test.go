package input_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"cairn/blueprint"
	"cairn/door/input"
	"cairn/value"
)

type sample struct {
	Login string     `json:"login" required:"true" help:"What is typed."`
	Roles []string   `json:"roles"`
	Limit int        `json:"limit"`
	All   bool       `json:"all"`
	Birth value.Date `json:"birth"`
	Path  string     `json:"path"`
}

func TestFields(t *testing.T) {
	tests := []struct {
		name  string
		pairs []input.Pair
		want  sample
		field string // of the refusal; "" for none
	}{
		{"texts and lists", []input.Pair{{"login", "ana"}, {"roles", "a,b"}}, sample{Login: "ana", Roles: []string{"a", "b"}}, ""},
		{"a list given twice", []input.Pair{{"login", "ana"}, {"roles", "a"}, {"roles", "b,c"}}, sample{Login: "ana", Roles: []string{"a", "b,c"}}, ""},
		{"numbers and truth", []input.Pair{{"login", "7"}, {"limit", "7"}, {"all", "true"}}, sample{Login: "7", Limit: 7, All: true}, ""},
		{"missing", []input.Pair{{"limit", "7"}}, sample{}, "login"},
		{"empty", []input.Pair{{"login", ""}}, sample{}, "login"},
		{"unknown", []input.Pair{{"login", "ana"}, {"colour", "red"}}, sample{}, "colour"},
		{"a text twice", []input.Pair{{"login", "ana"}, {"login", "eva"}}, sample{}, "login"},
		{"not a number", []input.Pair{{"login", "ana"}, {"limit", "many"}}, sample{}, "limit"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got sample
			err := input.FromFields(&got, tt.pairs)
			if tt.field == "" {
				if err != nil || !reflect.DeepEqual(got, tt.want) {
					t.Fatalf("%+v, %v", got, err)
				}
				return
			}
			var refused *blueprint.Error
			if !errors.As(err, &refused) || refused.Fault != blueprint.Invalid || refused.Field != tt.field {
				t.Fatalf("%v, want a refusal of %s", err, tt.field)
			}
		})
	}
}

func TestJSONIsStrict(t *testing.T) {
	for text, fine := range map[string]bool{
		`{"login":"ana"}`: true, `{"login":"ana"} `: true, ``: false, `{}`: false, `[]`: false, `{"login":"ana"`: false,
		`{"login":"ana"}{}`: false, `{"login":"ana","x":1}`: false, `{"login":"ana","birth":"soon"}`: false,
	} {
		err := input.FromJSON(new(sample), strings.NewReader(text))
		if (err == nil) != fine {
			t.Errorf("%s: %v", text, err)
		}
		if err != nil && blueprint.FaultOf(err) != blueprint.Invalid {
			t.Errorf("%s: %s", text, blueprint.FaultOf(err))
		}
	}
}

func FuzzFromJSON(f *testing.F) {
	f.Add(`{"login":"ana","roles":["a"],"birth":"1956-11-04"}`)
	f.Fuzz(func(t *testing.T, text string) {
		var in sample
		if err := input.FromJSON(&in, strings.NewReader(text)); err == nil && in.Login == "" {
			t.Fatalf("%q passed without what is needed", text)
		}
	})
}

func TestFieldsAreListed(t *testing.T) {
	fields := input.Fields(new(sample))
	if len(fields) != 6 || !fields[0].Needed || fields[0].Help == "" || !fields[5].Local || fields[1].Local {
		t.Fatalf("%+v", fields)
	}
}
