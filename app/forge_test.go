package app_test

import (
	"crypto/rand"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain"
	"cairn/fold"
	"cairn/gate"
	"cairn/keys"
	"cairn/ledger"
	"cairn/store"
)

// forge appends an entry as an insider would who has the office's keys and a program
// of their own: sealed, hashed and signed as it should be, but through no action.
func (r *road) forge(subject, actor string, fact blueprint.Fact, gateText json.RawMessage, attached ...store.Attachment) {
	r.Helper()
	kind := r.kindOf(fact)
	body, err := (ledger.Body{Kind: fact.Kind(), Fields: encode(r.T, fact), Gate: gateText}).Encode()
	if err != nil {
		r.Fatal(err)
	}
	change := store.Change{Subject: subject, Type: kind.Subject}
	var key *keys.Subject
	err = r.Store().Read(r.Context(), func(reader *store.Reader) error {
		head, err := reader.Head(r.Context(), subject)
		if err != nil {
			return err
		}
		change.Before = head.Heads
		if !r.personal(kind.Subject) {
			return nil
		}
		key = r.keyOf(reader, subject, &change)
		return nil
	})
	if err != nil {
		r.Fatal(err)
	}
	e := &ledger.Entry{Header: ledger.Header{Office: "bud", Time: ledger.At(r.now) + 1, Subject: subject, Actor: actor,
		After: ledger.SplitHeads(change.Before), Sealed: key != nil}, Body: body}
	if key != nil {
		if e.Body, err = key.Seal(rand.Reader, e.Associated(), body); err != nil {
			r.Fatal(err)
		}
		for i := range attached {
			if attached[i].Body, err = key.Seal(rand.Reader, []byte("attachment "+attached[i].Digest), attached[i].Body); err != nil {
				r.Fatal(err)
			}
		}
	}
	change.Entries, change.Leaves = append(change.Entries, e), append(change.Leaves, e.Leaf())
	if err := r.Store().Append(r.Context(), &store.Submission{Changes: []store.Change{change}, Attachments: attached}); err != nil {
		r.Fatalf("forge a %s: %v", fact.Kind(), err)
	}
}

func encode(t *testing.T, value any) json.RawMessage {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func (r *road) kindOf(fact blueprint.Fact) blueprint.Kind {
	r.Helper()
	for _, d := range r.Domains {
		for _, k := range d.Kinds {
			if k.Name == fact.Kind() {
				return k
			}
		}
	}
	r.Fatalf("there is no kind %s", fact.Kind())
	return blueprint.Kind{}
}

func (r *road) personal(subject string) bool {
	for _, d := range r.Domains {
		for _, s := range d.Subjects {
			if s.Name == subject {
				return s.Personal
			}
		}
	}
	return false
}

// keyOf opens a subject's key, or makes one for a new subject.
func (r *road) keyOf(reader *store.Reader, subject string, change *store.Change) *keys.Subject {
	r.Helper()
	wrapped, err := reader.Key(r.Context(), subject)
	if err != nil {
		r.Fatal(err)
	}
	if wrapped != nil {
		key, err := r.keys.Unwrap(subject, wrapped)
		if err != nil {
			r.Fatal(err)
		}
		return &key
	}
	key, err := keys.NewSubject(rand.Reader)
	if err != nil {
		r.Fatal(err)
	}
	if change.Wrapped, err = r.keys.Wrap(subject, key); err != nil {
		r.Fatal(err)
	}
	return &key
}

// gateOf gives the gate decision that an entry of a kind carries.
func (r *road) gateOf(kind string) json.RawMessage {
	r.Helper()
	return r.factsOf(kind)[0].Gate
}

// factsOf reads every fact of a kind, in the order of their subjects.
func (r *road) factsOf(kind string) (found []fold.Fact) {
	r.Helper()
	err := r.Store().Read(r.Context(), func(reader *store.Reader) error {
		loaded, err := reader.EntriesIn(r.Context(), store.Range{})
		if err != nil {
			return err
		}
		facts, err := r.Open(loaded)
		for _, f := range facts {
			if f.Kind == kind || kind == "" {
				found = append(found, f)
			}
		}
		return err
	})
	if err != nil || len(found) == 0 {
		r.Fatalf("no %s: %v", kind, err)
	}
	return found
}

// TestNoKindIsAppendedAroundItsActions tries each kind of entry: an action that does
// not list it cannot draft it, nobody without a role can run those that do, and one
// that an insider appends with the office's own keys is found by verification,
// without a gate decision as well as with one of another action.
func TestNoKindIsAppendedAroundItsActions(t *testing.T) {
	r := openRoad(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	r.staff()
	before := verify(t, r.Office)
	nobody := gate.Actor{ID: "nobody", Office: "bud"}
	for _, d := range domain.All() {
		for _, a := range d.Actions {
			_, err := r.Do(t.Context(), nobody, a.Name, a.NewInput(), app.Options{})
			if fault := blueprint.FaultOf(err); err == nil || fault != blueprint.Denied && fault != blueprint.NotFound && fault != blueprint.Invalid {
				t.Errorf("%s by nobody: %v", a.Name, err)
			}
		}
	}
	if after := verify(t, r.Office); after.Entries != before.Entries {
		t.Fatalf("%d entries were appended by nobody", after.Entries-before.Entries)
	}
	for _, d := range domain.All() {
		for _, k := range d.Kinds {
			for name, gateText := range map[string]json.RawMessage{"no gate decision": nil, "does not append this kind": r.gateOf("offices.backup_made")} {
				if name != "no gate decision" && (k.Name == "offices.backup_made" || k.Name == "rights.refused") {
					continue
				}
				subject := r.NewID()
				r.forge(subject, "administrator", k.New(), gateText)
				if !faultOf(verify(t, r.Office), k.Name, name) {
					t.Errorf("%s: a forged entry (%s) is not found", k.Name, name)
				}
				r.forget(subject)
			}
		}
	}
}

func faultOf(report *app.Report, texts ...string) bool {
	for _, f := range report.Faults {
		found := true
		for _, text := range texts {
			found = found && strings.Contains(f, text)
		}
		if found {
			return true
		}
	}
	return false
}

// forget makes room for the next forgery: a report holds a hundred faults.
func (r *road) forget(subject string) {
	r.Helper()
	err := r.Store().Maintain(r.Context(), func(tx store.Tx) error {
		for _, table := range []string{"entries", "subjects", "subject_keys"} {
			if _, err := tx.ExecContext(r.Context(), "DELETE FROM "+table+" WHERE subject = $1", subject); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		r.Fatal(err)
	}
}

// TestActionsDraftOnlyWhatTheyList gives each kind to an action that lists another.
func TestActionsDraftOnlyWhatTheyList(t *testing.T) {
	var kinds []blueprint.Kind
	all := domain.All()
	for i := range all {
		kinds = append(kinds, all[i].Kinds...)
	}
	offices := &all[0]
	for _, k := range kinds {
		offices.Actions = append(offices.Actions, blueprint.Act(blueprint.Action{Name: "offices.rogue_" + k.Name, Group: "offices.admin", Appends: []string{otherThan(k.Name)}},
			func(w *blueprint.Work, _ struct{}) (struct{}, error) {
				w.Add(w.NewID(), k.New())
				return struct{}{}, nil
			}))
	}
	o := openDomains(t, all)
	for _, k := range kinds {
		_, err := o.Do(t.Context(), founder, "offices.rogue_"+k.Name, &struct{}{}, app.Options{})
		if err == nil || !strings.Contains(err.Error(), "which it does not list") {
			t.Errorf("%s: %v", k.Name, err)
		}
	}
	if report := verify(t, o); report.Entries != 0 {
		t.Errorf("%d entries were appended", report.Entries)
	}
}

func otherThan(kind string) string {
	if kind == "offices.backup_made" {
		return "offices.staff_appointed"
	}
	return "offices.backup_made"
}

// TestOnlyTheProgramAppends holds that nothing but package app hands submissions to
// the store: no domain and no door can go round the gate.
func TestOnlyTheProgramAppends(t *testing.T) {
	found := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != ".." || d.Name() == "store" || d.Name() == "node_modules" || d.Name() == "bench") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return nil // somebody is writing it
		}
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "store" && (s.Sel.Name == "Submission" || s.Sel.Name == "Change") || s.Sel.Name == "AppendAll" {
				if found++; filepath.ToSlash(filepath.Dir(path)) != "../app" {
					t.Errorf("%s makes a submission of its own", path)
				}
			}
			return true
		})
		return nil
	})
	if err != nil || found == 0 {
		t.Fatal(found, err)
	}
}

func openDomains(t *testing.T, domains []blueprint.Domain) *app.Office {
	t.Helper()
	o := apptest.Open(t, app.Config{Store: store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"}, Domains: domains})
	return o
}
