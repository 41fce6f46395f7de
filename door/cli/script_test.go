package cli_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"cairn/door/cli"
	"cairn/keys"
	"cairn/store/storetest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"cairn": func() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

const (
	password   = "a lamp in every window"
	passphrase = "seven stones on the ridge"
)

// TestScripts runs every script on each database: what its offices' tables say at the
// end must be the same on all of them.
func TestScripts(t *testing.T) {
	hash, err := keys.HashPassword(password, rand.Reader, keys.CheapPassword())
	if err != nil {
		t.Fatal(err)
	}
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(scripts) < 5 {
		t.Fatal(scripts, err)
	}
	said := map[string]map[string]string{}
	for _, kind := range []string{"sqlite", "postgres"} {
		r := &scriptRun{kind: kind, hash: hash, said: map[string]string{}}
		t.Run(kind, func(t *testing.T) {
			if kind == "postgres" {
				r.databases(t, scripts)
			}
			testscript.Run(t, testscript.Params{
				Dir: "testdata/script", Setup: r.setup,
				Condition: func(name string) (bool, error) { return name == kind, nil },
				Cmds:      map[string]func(*testscript.TestScript, bool, []string){"collect": collect, "ends": ends, "figure": figure},
			})
		})
		said[kind] = r.said
	}
	for script, tables := range said["sqlite"] {
		other, ran := said["postgres"][script]
		if ran && tables != other {
			t.Errorf("%s: the tables on SQLite and PostgreSQL differ: %s", script, differing(tables, other))
		}
	}
}

// scriptRun is a run of all scripts on one kind of database.
type scriptRun struct {
	kind, hash string
	urls       map[string][2]string // by script: its office's database, and a second one
	mu         sync.Mutex
	said       map[string]string // by script: what the tables of its office say at the end
}

func (r *scriptRun) databases(t *testing.T, scripts []string) {
	r.urls = map[string][2]string{}
	for _, path := range scripts {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		r.urls[name] = [2]string{storetest.Postgres(t), storetest.Postgres(t)}
	}
}

func (r *scriptRun) setup(env *testscript.Env) error {
	for _, name := range []string{"PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGSSLMODE"} {
		env.Setenv(name, os.Getenv(name))
	}
	script := strings.TrimPrefix(filepath.Base(env.WorkDir), "script-")
	env.Setenv("CAIRN_DIR", "office")
	env.Setenv("CAIRN_PASSPHRASE", passphrase)
	env.Setenv("CAIRN_PASSWORD", password)
	env.Setenv("CAIRN_DATABASE", r.urls[script][0])
	env.Setenv("SECOND_DATABASE", r.urls[script][1])
	env.Setenv("HASH", r.hash)
	env.Defer(func() {
		tables, err := tablesOf(filepath.Join(env.WorkDir, "office"))
		if err != nil {
			env.T().Log(err)
			env.T().FailNow()
		}
		if tables == nil {
			return
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.said[script] = unrandom(tables)
	})
	return nil
}

// tablesOf reads every table of a script's office; nil when it founded none.
func tablesOf(folder string) (map[string][]string, error) {
	if _, err := os.Stat(filepath.Join(folder, "office.key")); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	o, err := openFolder(folder)
	if err != nil {
		return nil, err
	}
	defer o.Close()
	return o.Dump(context.Background())
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

// ends CODE PROGRAM ARG... runs a program that must end with an exit code.
func ends(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: ends CODE PROGRAM ARG...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, not %s", code, args[0])
	}
}

// figure PATH REGEXP holds that the last output is one JSON document in which what
// stands at PATH (names and positions, joined by dots; count is how many) is as REGEXP says.
func figure(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: figure PATH REGEXP")
	}
	var at any
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &at); err != nil {
		ts.Fatalf("the last output is not one JSON document: %v", err)
	}
	for step := range strings.SplitSeq(args[0], ".") {
		switch v := at.(type) {
		case map[string]any:
			found, has := v[step]
			if !has {
				ts.Fatalf("%s: there is no %s; there are %v", args[0], step, slices.Sorted(maps.Keys(v)))
			}
			at = found
		case []any:
			n, err := strconv.Atoi(step)
			if step == "count" {
				at = len(v)
			} else if err != nil || n < 0 || n >= len(v) {
				ts.Fatalf("%s: there is no %s in a list of %d", args[0], step, len(v))
			} else {
				at = v[n]
			}
		default:
			ts.Fatalf("%s: nothing is below %v", args[0], at)
		}
	}
	if text := fmt.Sprint(at); !regexp.MustCompile("^(?:" + args[1] + ")$").MatchString(text) {
		ts.Fatalf("%s is %s, not %s", args[0], text, args[1])
	}
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
