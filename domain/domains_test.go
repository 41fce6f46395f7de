package domain_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cairn/app"
	"cairn/blueprint"
	"cairn/domain"
	"cairn/gate"
)

var update = flag.Bool("update", false, "write the frozen files of kinds that have none")

func TestCatalogueHoldsTogether(t *testing.T) {
	if _, err := app.NewCatalogue(domain.All()); err != nil {
		t.Fatal(err)
	}
}

// TestKindsAreFrozen decodes every kind from its frozen file and writes it again:
// what was recorded once must stay readable for ever.
func TestKindsAreFrozen(t *testing.T) {
	for _, d := range domain.All() {
		for _, k := range d.Kinds {
			t.Run(k.Name, func(t *testing.T) {
				path := filepath.Join(d.Name, "testdata", "kinds", k.Name+".json")
				if _, err := os.Stat(path); err != nil && *update {
					freeze(t, path, k.New())
				}
				frozen, err := os.ReadFile(path)
				if err != nil {
					t.Fatalf("no frozen file; go test ./domain -update writes one to be filled: %v", err)
				}
				fact := k.New()
				decoder := json.NewDecoder(bytes.NewReader(frozen))
				decoder.DisallowUnknownFields()
				if err := decoder.Decode(fact); err != nil {
					t.Fatal(err)
				}
				again, err := json.Marshal(fact)
				if err != nil {
					t.Fatal(err)
				}
				var compact bytes.Buffer
				if err := json.Compact(&compact, frozen); err != nil {
					t.Fatal(err)
				}
				if compact.String() != string(again) {
					t.Fatalf("written again it differs:\n%s\n%s", compact.String(), again)
				}
				if fact.Kind() != k.Name || !strings.HasPrefix(k.Name, d.Name+".") {
					t.Fatalf("kind %s calls itself %s", k.Name, fact.Kind())
				}
			})
		}
	}
}

func freeze(t *testing.T, path string, fact blueprint.Fact) {
	t.Helper()
	text, err := json.MarshalIndent(fact, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestActionsAndViewsSayWhatTheyDo(t *testing.T) {
	g, err := gate.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range domain.All() {
		for _, a := range d.Actions {
			described(t, g, d.Name, a.Name, a.Group, a.Title, a.Help, a.Example)
			if len(a.Appends) == 0 {
				t.Errorf("%s appends nothing", a.Name)
			}
		}
		for _, v := range d.Views {
			described(t, g, d.Name, v.Name, v.Group, v.Title, v.Help, v.Example)
		}
	}
}

func described(t *testing.T, g *gate.Gate, domain, name, group string, texts ...string) {
	t.Helper()
	if !strings.HasPrefix(name, domain+".") {
		t.Errorf("%s does not begin with its domain", name)
	}
	if !slices.Contains(g.Groups(), group) {
		t.Errorf("%s: the gate knows no group %q", name, group)
	}
	if slices.Contains(texts, "") {
		t.Errorf("%s lacks a title, a help text or an example", name)
	}
}

// TestEveryKindIsAppendedByAnAction holds that no kind can enter but through a
// gated action, the program's own record of a refusal set apart.
func TestEveryKindIsAppendedByAnAction(t *testing.T) {
	listed := map[string]bool{}
	for _, d := range domain.All() {
		for _, a := range d.Actions {
			for _, kind := range a.Appends {
				listed[kind] = true
			}
		}
		if d.Refusal != nil {
			listed[d.Refusal(blueprint.PersonRefusal{}).Kind()] = true
		}
	}
	for _, d := range domain.All() {
		for _, k := range d.Kinds {
			if !listed[k.Name] {
				t.Errorf("no action appends %s", k.Name)
			}
		}
	}
}

// TestImportsPointUpwards holds that a domain imports only domains above it.
func TestImportsPointUpwards(t *testing.T) {
	var above []string
	for _, d := range domain.All() {
		for _, path := range imports(t, d.Name) {
			other, isDomain := strings.CutPrefix(path, "cairn/domain/")
			if isDomain && !slices.Contains(above, other) {
				t.Errorf("domain %s imports %s, which is not above it", d.Name, other)
			}
			if path == "cairn/app" || strings.HasPrefix(path, "cairn/door") {
				t.Errorf("domain %s imports %s", d.Name, path)
			}
		}
		above = append(above, d.Name)
	}
}

// TestEnginesArePure holds that engines import nothing that could read, write or
// tell the time.
func TestEnginesArePure(t *testing.T) {
	allowed := []string{"cairn/engine/names", "cairn/engine/names/joint", "cairn/engine/place/simplex", "cairn/value/said", "compress/gzip", "embed", "bytes", "cmp", "container/heap", "context", "encoding/binary", "encoding/json", "errors", "fmt",
		"hash/fnv", "hash/maphash", "iter", "maps", "math", "math/big", "math/bits", "math/rand/v2", "runtime", "slices", "sort",
		"strconv", "strings", "sync", "sync/atomic", "unicode", "unicode/utf8", "golang.org/x/text/unicode/norm"}
	folders, err := filepath.Glob("../engine/*")
	if err != nil || len(folders) < 3 {
		t.Fatalf("engines: %v, %v", folders, err)
	}
	for _, folder := range folders {
		for _, path := range imports(t, folder) {
			if !slices.Contains(allowed, path) {
				t.Errorf("%s imports %s", folder, path)
			}
		}
	}
}

func imports(t *testing.T, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range parsed.Imports {
			path, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, path)
		}
	}
	return out
}
