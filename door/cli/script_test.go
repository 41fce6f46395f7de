package cli_test

import (
	"crypto/rand"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"cairn/door/cli"
	"cairn/keys"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"cairn": func() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

const password = "a lamp in every window"

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"collect": collect},
		Setup: func(env *testscript.Env) error {
			env.Setenv("CAIRN_DIR", "office")
			env.Setenv("CAIRN_PASSPHRASE", "seven stones on the ridge")
			env.Setenv("CAIRN_PASSWORD", password)
			hash, err := keys.HashPassword(password, rand.Reader, keys.CheapPassword())
			if err != nil {
				return err
			}
			env.Setenv("HASH", hash)
			return nil
		},
	})
}

// collect VAR KEY [WHERE=VALUE [TEMPLATE]] takes the values of KEY from the objects of
// the last output in which WHERE is VALUE, writes each into TEMPLATE in the place of
// %s, and sets VAR to all of them, joined by commas.
func collect(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: collect VAR KEY [WHERE=VALUE [TEMPLATE]]")
	}
	args = append(args, "", "%s")
	if args[3] == "" {
		args[3] = "%s"
	}
	var output any
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &output); err != nil {
		ts.Fatalf("the last output is no JSON: %v", err)
	}
	where, wanted, _ := strings.Cut(args[2], "=")
	var found []string
	walk(output, func(object map[string]any) {
		text, ok := object[args[1]].(string)
		if ok && (where == "" || object[where] == wanted) && !slices.Contains(found, text) {
			found = append(found, text)
		}
	})
	if len(found) == 0 {
		ts.Fatalf("no %s where %s", args[1], args[2])
	}
	for i, text := range found {
		found[i] = strings.ReplaceAll(args[3], "%s", text)
	}
	ts.Setenv(args[0], strings.Join(found, ","))
}

func walk(value any, visit func(map[string]any)) {
	switch v := value.(type) {
	case map[string]any:
		visit(v)
		for _, key := range slices.Sorted(maps.Keys(v)) {
			walk(v[key], visit)
		}
	case []any:
		for _, each := range v {
			walk(each, visit)
		}
	}
}
