// Package input reads what somebody asks for into the input of an action or a
// view: from JSON or from name=value fields, the same way at every door. Unknown
// and missing fields are refused with a sentence that names them.
//
// Words: an input is a pointer to the struct that an action's NewInput gives; a
// field has the name of its json tag, a help text (tag help), and is needed when
// its tag required is "true"; a local field names a file on the machine that runs
// the program, so it is not for those who ask from elsewhere.
//
//	in := action.NewInput()
//	err := input.FromFields(in, []input.Pair{{"login", "ana"}, {"roles", "registrar,reviewer"}})
package input

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"

	"cairn/blueprint"
)

// Field describes one field of an input.
type Field struct {
	Name   string
	Help   string
	Needed bool
	Local  bool // a path on the machine that runs the program
	Type   reflect.Type
}

// Pair is one field as somebody typed it.
type Pair struct{ Name, Value string }

// Fields lists the fields of an input in the order of its struct.
func Fields(in any) []Field {
	t := reflect.TypeOf(in).Elem()
	if t.Kind() != reflect.Struct {
		return nil
	}
	var out []Field
	for _, f := range reflect.VisibleFields(t) {
		name := Name(f)
		if !f.IsExported() || f.Anonymous || name == "-" {
			continue
		}
		out = append(out, Field{Name: name, Help: f.Tag.Get("help"), Needed: f.Tag.Get("required") == "true",
			Local: name == "path", Type: f.Type})
	}
	return out
}

// Name is the name of a struct's field in JSON.
func Name(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" {
		return f.Name
	}
	return name
}

// FromJSON fills an input from one JSON object. No text at all stands for {}.
// Errors of reading itself are returned as they are.
func FromJSON(in any, r io.Reader) error {
	decoder := json.NewDecoder(r)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(in); err != nil && !errors.Is(err, io.EOF) {
		return explain(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return blueprint.Refuse(blueprint.Invalid, "something follows the input: send one JSON object")
	}
	return needed(in)
}

// explain turns an error of the decoder into the user's words.
func explain(err error) error {
	var wrongType *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &wrongType):
		return blueprint.RefuseField(wrongType.Field, "%s cannot be a JSON %s", wrongType.Field, wrongType.Value)
	case errors.As(err, &syntax), errors.Is(err, io.ErrUnexpectedEOF):
		return blueprint.Refuse(blueprint.Invalid, "the input is not JSON: %v", err)
	}
	if name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
		name = strings.Trim(name, `"`)
		return blueprint.RefuseField(name, "there is no field %q here", name)
	}
	return &refusedValue{err}
}

// refusedValue is what a type of the input said about its text, or what the
// connection said. It counts as invalid unless the door knows better.
type refusedValue struct{ err error }

func (e *refusedValue) Error() string { return "the input cannot be read: " + e.err.Error() }

func (e *refusedValue) Unwrap() []error {
	return []error{e.err, &blueprint.Error{Fault: blueprint.Invalid, Message: e.Error()}}
}

// FromFields fills an input from typed fields: texts as they are, lists of texts
// at commas (or the field given several times), everything else as JSON.
func FromFields(in any, pairs []Pair) error {
	known := map[string]Field{}
	for _, f := range Fields(in) {
		known[f.Name] = f
	}
	given := map[string][]string{}
	for _, p := range pairs {
		f, found := known[p.Name]
		if !found {
			return blueprint.RefuseField(p.Name, "there is no field %q here", p.Name)
		}
		given[p.Name] = append(given[p.Name], p.Value)
		if len(given[p.Name]) > 1 && !listOfTexts(f.Type) {
			return blueprint.RefuseField(p.Name, "%s is given twice", p.Name)
		}
	}
	object := map[string]json.RawMessage{}
	for name, values := range given {
		object[name] = encode(known[name].Type, values)
	}
	text, err := json.Marshal(object)
	if err != nil {
		return blueprint.Refuse(blueprint.Invalid, "the fields cannot be read: %v", err)
	}
	return FromJSON(in, bytes.NewReader(text))
}

func listOfTexts(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String
}

func encode(t reflect.Type, values []string) json.RawMessage {
	var value any = values[0]
	switch {
	case len(values) > 1:
		value = values
	case json.Valid([]byte(values[0])) && t.Kind() != reflect.String:
		return json.RawMessage(values[0])
	case listOfTexts(t):
		value = strings.Split(values[0], ",")
	}
	text, err := json.Marshal(value)
	if err != nil {
		return json.RawMessage("null")
	}
	return text
}

func needed(in any) error {
	v := reflect.ValueOf(in).Elem()
	if v.Kind() != reflect.Struct {
		return nil
	}
	for _, f := range reflect.VisibleFields(v.Type()) {
		if f.Tag.Get("required") == "true" && v.FieldByIndex(f.Index).IsZero() {
			return blueprint.RefuseField(Name(f), "%s is needed: %s", Name(f), f.Tag.Get("help"))
		}
	}
	return nil
}
