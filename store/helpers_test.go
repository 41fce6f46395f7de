package store_test

import (
	"testing"

	"go.uber.org/goleak"

	"cairn/fold"
	"cairn/ledger"
	"cairn/store"
	"cairn/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const defineThing = "CREATE TABLE IF NOT EXISTS thing (subject TEXT NOT NULL, word TEXT NOT NULL);\n"

func open(t testing.TB, config store.Config) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), config, storetest.Office, storetest.Signer(t))
	if err != nil {
		t.Fatal(err)
	}
	return defined(t, s)
}

// defined adds the tests' table to a store.
func defined(t testing.TB, s *store.Store) *store.Store {
	t.Helper()
	if err := s.Define(t.Context(), defineThing); err != nil {
		t.Fatal(err)
	}
	return s
}

var thing = &fold.Table{Name: "thing", Columns: []string{"subject", "word"}}

// change drafts one plain entry about a subject, with one row and claims.
func change(subject, before, word string, claims ...fold.Claim) store.Change {
	body := []byte(`{"k":"test","f":"` + word + `"}`)
	e := &ledger.Entry{Header: ledger.Header{Office: "bud", Time: 1, Subject: subject, Actor: "a", After: ledger.SplitHeads(before)}, Body: body}
	c := store.Change{Subject: subject, Type: "thing", Before: before, Entries: []*ledger.Entry{e}, Claims: claims}
	c.Leaves = append(c.Leaves, e.Leaf())
	c.Replace = []store.Replacement{{Table: thing, Had: before != "", Rows: []fold.Row{{Table: thing, Values: []any{subject, word}}}}}
	return c
}

func submit(t testing.TB, s *store.Store, changes ...store.Change) error {
	t.Helper()
	return s.Append(t.Context(), &store.Submission{Changes: changes})
}

// verify reads the log and checks it against its own checkpoint.
func verify(t testing.TB, s *store.Store, kept ...ledger.Checkpoint) ([]*ledger.Entry, error) {
	t.Helper()
	check := ledger.NewCheck(storetest.Office, kept...)
	var entries []*ledger.Entry
	err := s.Read(t.Context(), func(r *store.Reader) error {
		for l, err := range r.Log(t.Context(), storetest.Office, 0) {
			if err != nil {
				return err
			}
			check.Add(l.Entry)
			entries = append(entries, l.Entry)
		}
		signed, err := r.Checkpoint(t.Context(), storetest.Office)
		if err != nil || (signed == nil && len(entries) == 0) {
			return err
		}
		latest, err := ledger.OpenCheckpoint(signed, storetest.Verifier(t))
		if err != nil {
			return err
		}
		return check.Against(latest)
	})
	return entries, err
}

// sound demands that the log verifies and gives its size.
func sound(t testing.TB, s *store.Store) int64 {
	t.Helper()
	entries, err := verify(t, s)
	if err != nil {
		t.Fatal(err)
	}
	return int64(len(entries))
}

// words reads the words of the tests' table that stand for a subject.
func words(t testing.TB, s *store.Store, subject string) []string {
	t.Helper()
	var out []string
	err := s.Read(t.Context(), func(r *store.Reader) error {
		rows, err := r.Rows(t.Context(), thing, subject)
		for _, row := range rows {
			out = append(out, row[1].(string))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// headOf is the head that a change leaves behind.
func headOf(c store.Change) string { return string(ledger.IDOf(c.Leaves[len(c.Leaves)-1])) }
