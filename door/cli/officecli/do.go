package officecli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"cairn/app"
	"cairn/blueprint"
	"cairn/domain"
)

// Do runs one action or view of the domains.
type Do struct {
	Folder
	Name   string   `arg:"" optional:"" help:"The action or view, such as people.register; without it, all are listed."`
	Input  []string `arg:"" optional:"" help:"Fields of the input as name=value; lists with commas, anything nested as JSON."`
	As     string   `help:"Log-in of the member of staff who acts." env:"CAIRN_LOGIN" placeholder:"LOGIN"`
	JSON   string   `name:"input" help:"The whole input as JSON instead of fields." placeholder:"JSON"`
	Reason string   `help:"Why, for what needs a reason."`
	Fields bool     `help:"Say which fields the action or view takes, and do nothing."`
}

// Help gives examples.
func (Do) Help() string {
	return `Examples:
  cairn do                                   # every action and view
  cairn do offices.appoint_staff --fields    # what it takes
  cairn do offices.appoint_staff --as eva login=ana name='Ана Ковач' roles=registrar`
}

// Run lists, explains or runs.
func (c *Do) Run(out, errOut io.Writer) error {
	catalogue, err := app.NewCatalogue(domain.All())
	if err != nil {
		return err
	}
	if c.Name == "" {
		return list(out, catalogue)
	}
	action, isAction := catalogue.Action(c.Name)
	view, isView := catalogue.View(c.Name)
	var input any
	switch {
	case isAction:
		input = action.NewInput()
	case isView:
		input = view.NewInput()
	default:
		return blueprint.Refuse(blueprint.NotFound, "there is no action or view %q; 'cairn do' lists them", c.Name)
	}
	if c.Fields {
		return explainFields(out, action, view, input)
	}
	if err := fill(input, c.Input, c.JSON); err != nil {
		return err
	}
	return c.run(out, isAction, input)
}

func (c *Do) run(out io.Writer, isAction bool, input any) error {
	ctx := context.Background()
	if c.As == "" {
		return blueprint.Refuse(blueprint.Invalid, "say who acts: --as LOGIN")
	}
	o, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer o.Close()
	actor, err := logIn(ctx, o, c.As)
	if err != nil {
		return err
	}
	if !isAction {
		result, err := o.See(ctx, actor, c.Name, input, app.Options{Reason: c.Reason})
		if err != nil {
			return err
		}
		return printJSON(out, result)
	}
	outcome, err := o.Do(ctx, actor, c.Name, input, app.Options{Reason: c.Reason})
	if err != nil {
		return err
	}
	return printJSON(out, outcome)
}

func list(out io.Writer, c *app.Catalogue) error {
	for _, d := range c.Domains {
		fmt.Fprintf(out, "%s: %s\n", d.Name, d.Doc)
		for _, a := range d.Actions {
			fmt.Fprintf(out, "  %-34s %s\n", a.Name, a.Title)
		}
		for _, v := range d.Views {
			fmt.Fprintf(out, "  %-34s %s (to see)\n", v.Name, v.Title)
		}
	}
	return nil
}

func explainFields(out io.Writer, a blueprint.Action, v blueprint.View, input any) error {
	help, example := a.Help, a.Example
	if a.Name == "" {
		help, example = v.Help, v.Example
	}
	fmt.Fprintf(out, "%s\n", help)
	t := reflect.TypeOf(input).Elem()
	for f := range t.Fields() {
		needed := ""
		if f.Tag.Get("required") == "true" {
			needed = " (needed)"
		}
		fmt.Fprintf(out, "  %-20s %s%s\n", jsonName(f), f.Tag.Get("help"), needed)
	}
	fmt.Fprintf(out, "Example: %s\n", example)
	return nil
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" {
		return f.Name
	}
	return name
}

// fill sets the input from name=value fields or from JSON, and refuses names that
// it does not have and fields that are needed and missing.
func fill(input any, fields []string, text string) error {
	t := reflect.TypeOf(input).Elem()
	if text == "" {
		object := map[string]json.RawMessage{}
		for _, field := range fields {
			name, value, found := strings.Cut(field, "=")
			if !found {
				return blueprint.Refuse(blueprint.Invalid, "%q is not name=value", field)
			}
			f, known := fieldByJSON(t, name)
			if !known {
				return blueprint.RefuseField(name, "there is no field %q; --fields lists them", name)
			}
			object[name] = encodeField(f.Type, value)
		}
		encoded, err := json.Marshal(object)
		if err != nil {
			return blueprint.Refuse(blueprint.Invalid, "the fields cannot be read: %v", err)
		}
		text = string(encoded)
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(input); err != nil {
		return blueprint.Refuse(blueprint.Invalid, "the input cannot be read: %v", err)
	}
	return needed(input)
}

func needed(input any) error {
	v := reflect.ValueOf(input).Elem()
	for f, field := range v.Fields() {
		if f.Tag.Get("required") == "true" && field.IsZero() {
			return blueprint.RefuseField(jsonName(f), "%s is needed: %s", jsonName(f), f.Tag.Get("help"))
		}
	}
	return nil
}

func fieldByJSON(t reflect.Type, name string) (reflect.StructField, bool) {
	fields := slices.Collect(t.Fields())
	i := slices.IndexFunc(fields, func(f reflect.StructField) bool { return jsonName(f) == name })
	if i < 0 {
		return reflect.StructField{}, false
	}
	return fields[i], true
}

// encodeField writes a typed value as JSON: texts as they are, lists of texts at
// commas, everything else as the JSON that was typed.
func encodeField(t reflect.Type, value string) json.RawMessage {
	encode := func(v any) json.RawMessage {
		text, err := json.Marshal(v)
		if err != nil {
			return json.RawMessage("null")
		}
		return text
	}
	switch {
	case json.Valid([]byte(value)) && t.Kind() != reflect.String:
		return json.RawMessage(value)
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String:
		return encode(strings.Split(value, ","))
	default:
		return encode(value)
	}
}
