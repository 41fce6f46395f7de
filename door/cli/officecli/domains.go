package officecli

import (
	"slices"
	"strings"

	"cairn/app"
	"cairn/blueprint"
	"cairn/door/input"
)

// Expand turns a command of a domain, such as
//
//	people give-consent --records ID,ID --informed --as ana
//
// into the command do, which runs it: "do people.give_consent records=ID,ID
// informed=true --as=ana". Other commands stay as they are. A flag that the action or
// view has as a field is the field; with --help, its fields are explained.
func Expand(c *app.Catalogue, args []string) []string {
	domain := slices.IndexFunc(c.Domains, func(d blueprint.Domain) bool { return len(args) > 0 && d.Name == args[0] })
	if domain < 0 {
		return args
	}
	if len(args) == 1 || isHelp(args[1]) {
		return []string{"do", args[0] + "."}
	}
	if args[1] == "--json" {
		return []string{"do", args[0] + ".", "--json"}
	}
	name := args[0] + "." + snake(args[1])
	var in any
	if action, found := c.Action(name); found {
		in = action.NewInput()
	} else if view, found := c.View(name); found {
		in = view.NewInput()
	}
	out := []string{"do", name}
	if in == nil {
		return out
	}
	fields := map[string]bool{}
	for _, f := range input.Fields(in) {
		fields[f.Name] = true
	}
	return append(out, flags(args[2:], fields)...)
}

// flags turns flags that are fields into name=value, and leaves the others to do.
func flags(args []string, fields map[string]bool) []string {
	var own, out []string
	for i := 0; i < len(args); i++ {
		text, isFlag := strings.CutPrefix(args[i], "--")
		name, value, stated := strings.Cut(text, "=")
		switch {
		case isHelp(args[i]) && !fields["help"]:
			return []string{"--fields"}
		case !isFlag:
			out = append(out, args[i])
			continue
		case !stated && i+1 < len(args) && !strings.HasPrefix(args[i+1], "--") && !slices.Contains(switches, name):
			i++
			value, stated = args[i], true
		}
		switch {
		case fields[snake(name)] && stated:
			out = append(out, snake(name)+"="+value)
		case fields[snake(name)]:
			out = append(out, snake(name)+"=true")
		case stated:
			own = append(own, "--"+name+"="+value)
		default:
			own = append(own, "--"+name)
		}
	}
	return append(own, out...)
}

// switches are flags of do that take no value.
var switches = []string{"json", "fields"}

func isHelp(arg string) bool { return arg == "--help" || arg == "-h" }

func snake(word string) string { return strings.ReplaceAll(word, "-", "_") }
