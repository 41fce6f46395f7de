package officecli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"cairn/app"
	"cairn/blueprint"
	"cairn/domain"
	"cairn/door/input"
)

// Do runs one action or view of the domains.
type Do struct {
	Folder
	Name   string   `arg:"" optional:"" help:"The action or view, such as people.register; without it, all are listed."`
	Input  []string `arg:"" optional:"" help:"Fields of the input as name=value; lists with commas, anything nested as JSON."`
	As     string   `help:"Log-in of the member of staff who acts." env:"CAIRN_LOGIN" placeholder:"LOGIN"`
	Given  string   `name:"input" help:"The whole input as JSON instead of fields." placeholder:"JSON"`
	Reason string   `help:"Why, for what needs a reason."`
	JSON   bool     `name:"json" help:"Print lists and fields as JSON too; results always are."`
	Fields bool     `help:"Say which fields the action or view takes, and do nothing."`
}

// Help gives examples.
func (Do) Help() string {
	return `Examples:
  cairn do                                   # every action and view
  cairn do offices.appoint_staff --fields    # what it takes
  cairn do offices.appoint_staff --as eva login=ana name='Ана Ковач' roles=registrar

The same, by domain:
  cairn people                               # its actions and views
  cairn people give-consent --help           # what it takes
  cairn people give-consent --as ana --records ID,ID --destinations CAN --language hu --informed true`
}

// Run lists, explains or runs.
func (c *Do) Run(out, errOut io.Writer) error {
	catalogue, err := app.NewCatalogue(domain.All())
	if err != nil {
		return err
	}
	if c.Name == "" || strings.HasSuffix(c.Name, ".") {
		return c.list(out, catalogue, strings.TrimSuffix(c.Name, "."))
	}
	action, isAction := catalogue.Action(c.Name)
	view, isView := catalogue.View(c.Name)
	var in any
	switch {
	case isAction:
		in = action.NewInput()
	case isView:
		in = view.NewInput()
	default:
		return blueprint.Refuse(blueprint.NotFound, "there is no action or view %q; 'cairn do' lists them", c.Name)
	}
	if c.Fields {
		return c.explain(out, action, view, in)
	}
	if err := fill(in, c.Input, c.Given); err != nil {
		return err
	}
	return c.run(out, isAction, in)
}

func (c *Do) run(out io.Writer, isAction bool, in any) error {
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
		result, err := o.See(ctx, actor, c.Name, in, app.Options{Reason: c.Reason})
		if err != nil {
			return err
		}
		return PrintJSON(out, result)
	}
	outcome, err := o.Do(ctx, actor, c.Name, in, app.Options{Reason: c.Reason})
	if err != nil {
		return err
	}
	return PrintJSON(out, outcome)
}

// offered is an action or a view as the lists of this command say it.
type offered struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// list lists the actions and views of a domain, or of all.
func (c *Do) list(out io.Writer, catalogue *app.Catalogue, only string) error {
	type domain struct {
		Name    string    `json:"name"`
		Doc     string    `json:"doc"`
		Actions []offered `json:"actions"`
		Views   []offered `json:"views"`
	}
	all := []domain{}
	var text strings.Builder
	for _, d := range catalogue.Domains {
		if only != "" && d.Name != only {
			continue
		}
		one := domain{d.Name, d.Doc, []offered{}, []offered{}}
		fmt.Fprintf(&text, "%s: %s\n", d.Name, d.Doc)
		for _, a := range d.Actions {
			one.Actions = append(one.Actions, offered{a.Name, a.Title})
			fmt.Fprintf(&text, "  %-34s %s\n", a.Name, a.Title)
		}
		for _, v := range d.Views {
			one.Views = append(one.Views, offered{v.Name, v.Title})
			fmt.Fprintf(&text, "  %-34s %s (to see)\n", v.Name, v.Title)
		}
		all = append(all, one)
	}
	return Printed{c.JSON}.print(out, all, "%s", &text)
}

// explain says what the action or the view takes.
func (c *Do) explain(out io.Writer, a blueprint.Action, v blueprint.View, in any) error {
	type field struct {
		Name   string `json:"name"`
		Help   string `json:"help"`
		Needed bool   `json:"needed"`
	}
	explained := struct {
		Name    string  `json:"name"`
		Help    string  `json:"help"`
		Example string  `json:"example"`
		Fields  []field `json:"fields"`
	}{c.Name, a.Help + v.Help, a.Example + v.Example, []field{}} // one of the two is empty
	var text strings.Builder
	for _, f := range input.Fields(in) {
		explained.Fields = append(explained.Fields, field{f.Name, f.Help, f.Needed})
		needed := ""
		if f.Needed {
			needed = " (needed)"
		}
		fmt.Fprintf(&text, "  %-20s %s%s\n", f.Name, f.Help, needed)
	}
	return Printed{c.JSON}.print(out, explained, "%s\n%sExample: %s\n", explained.Help, &text, explained.Example)
}

// fill sets the input from name=value fields or from JSON.
func fill(in any, fields []string, text string) error {
	if text != "" {
		return input.FromJSON(in, strings.NewReader(text))
	}
	pairs := make([]input.Pair, len(fields))
	for i, field := range fields {
		name, value, found := strings.Cut(field, "=")
		if !found {
			return blueprint.Refuse(blueprint.Invalid, "%q is not name=value", field)
		}
		pairs[i] = input.Pair{Name: name, Value: value}
	}
	return input.FromFields(in, pairs)
}
