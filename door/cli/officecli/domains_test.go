package officecli

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"cairn/app"
	"cairn/domain"
)

// typed splits a command line as a shell does.
func typed(line string) []string {
	var out []string
	var word strings.Builder
	quote, open := rune(0), false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, open = r, true
		case quote == 0 && r == ' ':
			if open || word.Len() > 0 {
				out = append(out, word.String())
			}
			word.Reset()
			open = false
		default:
			word.WriteRune(r)
		}
	}
	return append(out, word.String())
}

// elsewhere are examples that are commands of their own.
var elsewhere = []string{"adopt-policies", "backup", "erase", "init"}

// TestEveryExampleCanBeTyped holds that the example of each action and view is a
// command that this program understands, with fields that it has.
func TestEveryExampleCanBeTyped(t *testing.T) {
	c, err := app.NewCatalogue(domain.All())
	if err != nil {
		t.Fatal(err)
	}
	try := func(name, example string, in any) {
		args := typed(example)
		if args[0] != "cairn" || slices.Contains(elsewhere, args[1]) {
			return
		}
		got := Expand(c, args[1:])
		if len(got) < 2 || got[0] != "do" || got[1] != name {
			t.Errorf("%s: %q becomes %q", name, example, got)
		} else if err := fill(in, got[2:], ""); err != nil {
			t.Errorf("%s: %q: %v", name, example, err)
		}
	}
	for _, d := range c.Domains {
		for _, a := range d.Actions {
			try(a.Name, a.Example, a.NewInput())
		}
		for _, v := range d.Views {
			try(v.Name, v.Example, v.NewInput())
		}
	}
}

func TestExpand(t *testing.T) {
	c, err := app.NewCatalogue(domain.All())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ typed, want string }{
		{"people", "do people."},
		{"people --help", "do people."},
		{"people give-consent --help", "do people.give_consent --fields"},
		{"people nothing --as ana", "do people.nothing"},
		{"people search --as ana --dir off --q kovacs", "do people.search --as=ana --dir=off q=kovacs"},
		{"people search --as=ana q=x --json --site=Wien", "do people.search --as=ana --json q=x site=Wien"},
		{"people give-consent --records A,B --informed --as ana", "do people.give_consent --as=ana records=A,B informed=true"},
		{"people open-file --record A --reason why", "do people.open_file record=A reason=why"}, // a field of the action
		{"people file --record A --reason why", "do people.file --reason=why record=A"},         // why the gate is asked
		{"verify --json", "verify --json"},
		{"people --json", "do people. --json"},
		{"do people.search q=x", "do people.search q=x"},
		{"", ""},
	} {
		if got := strings.Join(Expand(c, strings.Fields(tt.typed)), " "); got != tt.want {
			t.Errorf("%q becomes %q, not %q", tt.typed, got, tt.want)
		}
	}
	var out bytes.Buffer
	if err := (&Do{}).list(&out, c, "rights"); err != nil || !strings.HasPrefix(out.String(), "rights: ") || strings.Contains(out.String(), "people.") {
		t.Errorf("%v %s", err, out.String())
	}
}
