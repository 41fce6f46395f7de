package cli_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cairn/app"
	"cairn/domain"
	"cairn/door/cli"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
)

// office is an office's folder that tests use through commands, in this process or
// in others.
type office struct {
	*testing.T
	dir string
}

// newOffice founds an office with a clerk, ana, who may do the daily work.
func newOffice(t *testing.T, database string) *office {
	t.Helper()
	t.Setenv("CAIRN_PASSPHRASE", passphrase)
	t.Setenv("CAIRN_PASSWORD", password)
	f := &office{t, filepath.Join(t.TempDir(), "office")}
	f.run("init", f.dir, "--work-factor", "4", "--code", "bud", "--name", "Budapest", "--admin", "eva", "--database", database)
	hash, err := keys.HashPassword(password, rand.Reader, keys.CheapPassword())
	if err != nil {
		t.Fatal(err)
	}
	f.run("do", "offices.appoint_staff", "--as", "eva", "--dir", f.dir, "login=ana", "name=Ana", "password="+hash,
		"roles=registrar,caseworker,reviewer,placement_officer,movement_officer,medical_officer,escort,system")
	return f
}

// run runs a command in this process and gives what it printed; it must succeed.
func (f *office) run(args ...string) string {
	f.Helper()
	out, errOut, code := f.try(args...)
	if code != 0 {
		f.Fatalf("cairn %s: exit %d: %s", strings.Join(args, " "), code, errOut)
	}
	return out
}

func (f *office) try(args ...string) (out, errOut string, code int) {
	var o, e bytes.Buffer
	code = cli.Main(args, &o, &e)
	return o.String(), e.String(), code
}

// do runs an action or a view as ana, with its input as JSON.
func (f *office) do(name string, input any) map[string]any {
	f.Helper()
	var out map[string]any
	if err := json.Unmarshal([]byte(f.run(f.command(name, input)...)), &out); err != nil {
		f.Fatal(err)
	}
	return out
}

func (f *office) command(name string, input any) []string {
	f.Helper()
	text, ok := input.(string)
	if !ok {
		encoded, err := json.Marshal(input)
		if err != nil {
			f.Fatal(err)
		}
		text = string(encoded)
	}
	return []string{"do", name, "--as", "ana", "--dir", f.dir, "--input", text}
}

// child prepares a command as a process of its own, which this test's program runs.
func (f *office) child(args ...string) *exec.Cmd {
	f.Helper()
	name := filepath.Join(filepath.Dir(f.dir), "cairn")
	if _, err := os.Lstat(name); err != nil {
		program, err := os.Executable()
		if err != nil {
			f.Fatal(err)
		}
		if err := os.Symlink(program, name); err != nil {
			f.Skipf("this system has no symbolic links: %v", err)
		}
	}
	return exec.Command(name, args...)
}

// count reads one number from the record, which must be sound.
func (f *office) count(query string) (n int64) {
	f.Helper()
	ctx := context.Background()
	o := f.open()
	defer o.Close()
	report, err := o.Verify(ctx, nil, nil)
	if err != nil || len(report.Faults) > 0 {
		f.Fatalf("the record is not sound: %v %+v", err, report)
	}
	err = o.Store().Read(ctx, func(r *store.Reader) error { return r.QueryRow(ctx, query).Scan(&n) })
	if err != nil {
		f.Fatal(err)
	}
	return n
}

func (f *office) open() *app.Office {
	f.Helper()
	for {
		o, err := openFolder(f.dir)
		if err == nil {
			return o
		}
		// A server needs a moment to notice that a writer died.
		if !strings.Contains(err.Error(), "another program is writing") {
			f.Fatal(err)
		}
	}
}

// openFolder opens the record of an office's folder.
func openFolder(folder string) (*app.Office, error) {
	k, err := keys.ReadFile(filepath.Join(folder, "office.key"), passphrase)
	if err != nil {
		return nil, err
	}
	key := [32]byte(k.Database)
	config := store.Config{URL: filepath.Join(folder, "cairn.db"), Key: &key}
	if address, err := os.ReadFile(filepath.Join(folder, "database")); err == nil {
		config = store.Config{URL: strings.TrimSpace(string(address))}
	}
	g, err := gate.Load()
	if err != nil {
		return nil, err
	}
	return app.Open(context.Background(), app.Config{Store: config, Keys: k, Gate: g, Domains: domain.All()})
}

// list writes a list of families, each of two, that no other list names.
func (f *office) list(name string, families int) (path string) {
	f.Helper()
	var b strings.Builder
	b.WriteString("Family name,Given name,Date of birth,Sex,Nationality,Family No.\n")
	for i := range families {
		fmt.Fprintf(&b, "%s%d,Anna,1921-03-%02d,F,Hungary,%d\n%s%d,Ilona,1948-05-%02d,F,Hungary,%d\n", name, i, 1+i%28, i, name, i, 1+i%28, i)
	}
	path = filepath.Join(filepath.Dir(f.dir), name+".csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		f.Fatal(err)
	}
	return path
}

// columnOf reads the texts of a query's only column.
func columnOf(t *testing.T, o *app.Office, query string) (out []string) {
	t.Helper()
	err := o.Store().Read(t.Context(), func(r *store.Reader) error {
		rows, err := r.Query(t.Context(), query)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				return err
			}
			out = append(out, text)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// asState runs an action as the account of Canada.
func (f *office) asState(name string, input any) {
	f.Helper()
	o := f.open()
	defer o.Close()
	action, _ := o.Action(name)
	in := action.NewInput()
	text, err := json.Marshal(input)
	if err != nil {
		f.Fatal(err)
	}
	if err := json.Unmarshal(text, in); err != nil {
		f.Fatal(err)
	}
	canada := gate.Actor{ID: "canada", Office: "bud", Roles: []string{"receiving_state"}, Country: "CAN"}
	if _, err := o.Do(f.Context(), canada, name, in, app.Options{}); err != nil {
		f.Fatal(err)
	}
}
