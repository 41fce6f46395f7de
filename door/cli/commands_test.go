package cli_test

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"cairn/door/cli"
	hungary1956 "cairn/examples/hungary-1956"
)

func command(args ...string) (out, errOut string, code int) {
	var o, e bytes.Buffer
	code = cli.Main(args, &o, &e)
	return o.String(), e.String(), code
}

// TestEveryCommandHelps holds that each command has a help text with an example.
func TestEveryCommandHelps(t *testing.T) {
	list, _, code := command("--help")
	if code != 0 {
		t.Fatal(code)
	}
	if bare, _, _ := command(); bare != list {
		t.Error("without arguments the commands are not listed")
	}
	names := regexp.MustCompile(`(?m)^  ([a-z][a-z0-9-]*(?: [a-z][a-z0-9-]*)?)  `).FindAllStringSubmatch(list, -1)
	if len(names) < 15 {
		t.Fatalf("%d commands in %s", len(names), list)
	}
	for _, name := range names {
		args := append(strings.Fields(name[1]), "--help")
		help, errOut, code := command(args...)
		if code != 0 || errOut != "" || !strings.Contains(help, "xample") || !strings.Contains(help, "cairn "+name[1]) {
			t.Errorf("cairn %s: exit %d, %s %s", strings.Join(args, " "), code, help, errOut)
		}
	}
}

// TestWrongArguments holds that what cannot be right gives exit code 2, one sentence
// on the error output, and nothing on the other.
func TestWrongArguments(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("CAIRN_DIR", filepath.Join(dir, "none"))
	t.Setenv("CAIRN_PASSPHRASE", "short")
	t.Setenv("CAIRN_PASSWORD", password)
	t.Setenv("CAIRN_BACKUP_PASSPHRASE", "short")
	tests := []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--bogus"}, 2, "unknown flag"},
		{[]string{"burn"}, 2, "unexpected argument"},
		{[]string{"verify", "--kept", filepath.Join(dir, "missing")}, 2, "missing"},
		{[]string{"verify", "more"}, 2, "unexpected argument"},
		{[]string{"verify", "--json=perhaps"}, 2, "bool"},
		{[]string{"init"}, 2, "missing"},
		{[]string{"init", dir + "/o", "--code", "VIE", "--name", "x", "--admin", "x"}, 2, "is not used"},
		{[]string{"init", dir + "/o", "--code", "bud", "--name", "x", "--admin", "x", "--holders", "a,b"}, 2, "three holders"},
		{[]string{"init", dir + "/o", "--code", "bud", "--name", "x", "--admin", "x"}, 2, "passphrase"},
		{[]string{"do", "people.burn"}, 3, "no action or view"},
		{[]string{"do", "people.search", "q"}, 2, "name=value"},
		{[]string{"do", "people.search", "--input", "{"}, 2, ""},
		{[]string{"do", "people.search", "--input", `{"colour":1}`}, 2, "colour"},
		{[]string{"do", "people.search", "q=a", "q=b"}, 2, ""},
		{[]string{"do", "people.search"}, 2, "--as"},
		{[]string{"do", "people.search", "--as", "ana"}, 1, "no office"},
		{[]string{"example"}, 2, "hungary-1956"},
		{[]string{"example", "hungary-1956", dir, "--people", "many"}, 2, "people"},
		{[]string{"link", filepath.Join(dir, "none.csv"), "--out", filepath.Join(dir, "x")}, -1, "none.csv"},
		{[]string{"place", "a", "b", "--out", filepath.Join(dir, "x")}, -1, "a"},
		{[]string{"route", "a", "b", "--out", filepath.Join(dir, "x")}, -1, "a"},
		{[]string{"restore", "missing", dir, "--key", "k"}, 2, "missing"},
		{[]string{"\x00", "\xff\xfe"}, 2, ""},
		{[]string{strings.Repeat("x", 1<<16)}, 2, ""},
	}
	for _, tt := range tests {
		out, errOut, code := command(tt.args...)
		if code != tt.code && (tt.code != -1 || code == 0) || out != "" || !strings.HasPrefix(errOut, "cairn: ") || !strings.Contains(errOut, tt.says) {
			t.Errorf("cairn %.200q: exit %d (want %d), out %.200q, error %.300q", tt.args, code, tt.code, out, errOut)
		}
	}
}

// FuzzArguments runs commands that touch no office with any arguments: they end with
// one of the exit codes and never with a panic.
func FuzzArguments(f *testing.F) {
	for _, seed := range []string{"do\npeople.search\nq=x", "do\npeople.register\n--input\n{\"members\":[{}]}", "verify\n--json", "--help", "do\n--fields\nmovement.propose",
		"do\npeople.import\ncontent=AAAA\ncolumns={\"a\":\"b\"}", "init\n-x\n--code=\xff", "do\npeople.register\nmembers=[1", "do\n\x00", "example\n--people=-1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		args := strings.Split(text, "\n")
		switch args[0] {
		case "do", "verify", "--help", "password", "doctor", "erase", "checkpoint", "rebuild":
		default:
			args = append([]string{"do"}, args...) // others write files or take their time
		}
		for _, a := range args {
			if strings.HasPrefix(a, "--dir") {
				t.Skip()
			}
		}
		t.Setenv("CAIRN_DIR", filepath.Join(t.TempDir(), "none"))
		t.Setenv("CAIRN_PASSPHRASE", passphrase)
		t.Setenv("CAIRN_PASSWORD", password)
		if _, errOut, code := command(args...); code < 0 || code > 6 || code != 0 && !strings.HasPrefix(errOut, "cairn: ") {
			t.Errorf("%q: exit %d, %s", args, code, errOut)
		}
	})
}

// TestListsOfTheExampleNeedNoMapping takes over every list that the example writes as
// it stands: headings in five languages are understood without any help.
func TestListsOfTheExampleNeedNoMapping(t *testing.T) {
	f := newOffice(t, "")
	dir := t.TempDir()
	summary, err := hungary1956.Generate(dir, hungary1956.Options{People: 400, Seed: 7, Progress: func(string, int64, int64) {}})
	if err != nil {
		t.Fatal(err)
	}
	action := map[hungary1956.Kind]string{hungary1956.KindRegistrations: "people.import", hungary1956.KindOffers: "resettlement.import_places",
		hungary1956.KindServices: "movement.import_services"}
	seen := map[string]int{}
	for _, file := range summary.Files {
		name, is := action[file.Kind]
		if !is || file.Rows == 0 {
			continue
		}
		out := f.do(name, map[string]any{"path": filepath.Join(dir, file.Name), "good_rows_only": true})["out"].(map[string]any)
		seen[name]++
		rows, _ := out["rows"].(float64)
		left, _ := out["left_out"].(float64)
		if rows == 0 || left > rows/20 {
			t.Errorf("%s: %v of %v rows are left out: %.2000v", file.Name, left, rows, out["refusals"])
		}
		mapping, _ := out["mapping"].(string)
		for _, header := range file.Header {
			if field := fieldOf(t, mapping, header); field == "" && !mayStayUnused(header) {
				t.Errorf("%s: nothing takes %q:\n%s", file.Name, header, mapping)
			}
		}
	}
	if seen["people.import"] < 8 || seen["resettlement.import_places"] < 2 || seen["movement.import_services"] < 3 {
		t.Errorf("%v", seen)
	}
}

// mayStayUnused are headings that no field is for: zones of time are found apart.
func mayStayUnused(header string) bool {
	return strings.Contains(strings.ToLower(header), "zone") || header == "Country code" || header == "Code pays"
}

// fieldOf reads from a mapping's text what a heading is taken for: "" for nothing.
func fieldOf(t *testing.T, mapping, header string) string {
	t.Helper()
	for line := range strings.Lines(mapping) {
		if _, field, found := strings.Cut(line, strconv.Quote(header)+" = "); found {
			field, _, _ = strings.Cut(strings.TrimSpace(field), " ")
			return strings.Trim(field, "-")
		}
	}
	t.Errorf("the mapping does not name %q:\n%s", header, mapping)
	return ""
}
