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
	JSON   bool     `name:"json" help:"Print JSON, which is what it prints anyway."`
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
		return list(out, catalogue, strings.TrimSuffix(c.Name, "."))
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
		return explainFields(out, action, view, in)
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
		return printJSON(out, result)
	}
	outcome, err := o.Do(ctx, actor, c.Name, in, app.Options{Reason: c.Reason})
	if err != nil {
		return err
	}
	return printJSON(out, outcome)
}

// list lists the actions and views of a domain, or of all.
func list(out io.Writer, c *app.Catalogue, only string) error {
	for _, d := range c.Domains {
		if only != "" && d.Name != only {
			continue
		}
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

func explainFields(out io.Writer, a blueprint.Action, v blueprint.View, in any) error {
	help, example := a.Help, a.Example
	if a.Name == "" {
		help, example = v.Help, v.Example
	}
	fmt.Fprintf(out, "%s\n", help)
	for _, f := range input.Fields(in) {
		needed := ""
		if f.Needed {
			needed = " (needed)"
		}
		fmt.Fprintf(out, "  %-20s %s%s\n", f.Name, f.Help, needed)
	}
	fmt.Fprintf(out, "Example: %s\n", example)
	return nil
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
