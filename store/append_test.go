package store_test

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"cairn/fold"
	"cairn/ledger"
	"cairn/store"
	"cairn/store/storetest"
)

// seed makes the tests' signing key the same in a child process.
var seed = make([]byte, ed25519.SeedSize)

func key() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(seed) }

func signer(t testing.TB) note.Signer {
	t.Helper()
	s, err := ledger.Signer("bud", key())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func open(t testing.TB, config store.Config) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), config, "bud", signer(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Define(t.Context(), "CREATE TABLE IF NOT EXISTS thing (subject TEXT NOT NULL, word TEXT NOT NULL);\n"); err != nil {
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

// sound checks the log against its own checkpoint and gives its size.
func sound(t testing.TB, s *store.Store) int64 {
	t.Helper()
	verifier, err := ledger.Verifier("bud", key().Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	var size int64
	err = s.Read(t.Context(), func(r *store.Reader) error {
		check := ledger.NewCheck("bud")
		for l, err := range r.Log(t.Context(), "bud", 0) {
			if err != nil {
				return err
			}
			check.Add(l.Entry)
		}
		size = check.Size()
		signed, err := r.Checkpoint(t.Context(), "bud")
		if err != nil || (signed == nil && size == 0) {
			return err
		}
		latest, err := ledger.OpenCheckpoint(signed, verifier)
		if err != nil {
			return err
		}
		return check.Against(latest)
	})
	if err != nil {
		t.Fatal(err)
	}
	return size
}

func TestHeadsGuardEveryAppend(t *testing.T) { storetest.Run(t, headsGuard) }

func headsGuard(t *testing.T, config store.Config) {
	s := open(t, config)
	first := change("a", "", "one")
	if err := submit(t, s, first); err != nil {
		t.Fatal(err)
	}
	if err := submit(t, s, change("a", "", "again")); !errors.Is(err, store.ErrMoved) {
		t.Fatalf("a subject was created twice: %v", err)
	}
	head := string(ledger.IDOf(first.Leaves[0]))
	if err := submit(t, s, change("a", head, "two")); err != nil {
		t.Fatal(err)
	}
	if err := submit(t, s, change("a", head, "three")); !errors.Is(err, store.ErrMoved) {
		t.Fatalf("an old head was accepted: %v", err)
	}
	guarded := &store.Submission{Guards: []store.Head{{Subject: "a", Heads: head}}, Changes: []store.Change{change("b", "", "x")}}
	if err := s.Append(t.Context(), guarded); !errors.Is(err, store.ErrMoved) {
		t.Fatalf("a moved guard was accepted: %v", err)
	}
	if n := sound(t, s); n != 2 {
		t.Fatalf("%d entries", n)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, config)
	defer again.Close()
	if err := submit(t, again, change("c", "", "later")); err != nil {
		t.Fatal(err)
	}
	if n := sound(t, again); n != 3 {
		t.Fatalf("%d entries after reopening", n)
	}
}

func TestClaimsKeepTheirLimits(t *testing.T) { storetest.Run(t, claimsKeepLimits) }

func claimsKeepLimits(t *testing.T, config store.Config) {
	s := open(t, config)
	defer s.Close()
	service := change("service", "", "train")
	service.Limits = []fold.Limit{{Name: "seat", Amount: 3}}
	steps := []struct {
		name   string
		change store.Change
		want   error
	}{
		{"a service with three seats", service, nil},
		{"two seats", change("family", "", "x", fold.Claim{Name: "seat", Amount: 2}), nil},
		{"two more do not fit", change("couple", "", "x", fold.Claim{Name: "seat", Amount: 2}), store.ErrClaimed},
		{"one more fits", change("single", "", "x", fold.Claim{Name: "seat", Amount: 1}), nil},
		{"a name is taken", change("h1", "", "x", fold.Claim{Name: "household-of:r", Amount: 1}), nil},
		{"and not taken twice", change("h2", "", "x", fold.Claim{Name: "household-of:r", Amount: 1}), store.ErrClaimed},
	}
	for _, step := range steps {
		if err := submit(t, s, step.change); !errors.Is(err, step.want) {
			t.Fatalf("%s: %v", step.name, err)
		}
	}
	head := string(ledger.IDOf(steps[1].change.Leaves[0]))
	if err := submit(t, s, change("family", head, "left", fold.Claim{Name: "seat", Amount: -2})); err != nil {
		t.Fatal(err)
	}
	if err := submit(t, s, change("couple", "", "x", fold.Claim{Name: "seat", Amount: 2})); err != nil {
		t.Fatalf("seats given back: %v", err)
	}
	smaller := change("service", string(ledger.IDOf(service.Leaves[0])), "smaller")
	smaller.Limits = []fold.Limit{{Name: "seat", Amount: 2}}
	if err := submit(t, s, smaller); !errors.Is(err, store.ErrClaimed) {
		t.Fatalf("a limit went below what is taken: %v", err)
	}
	if n := sound(t, s); n != 6 {
		t.Fatalf("%d entries", n)
	}
}

func TestManyWritersLoseNothing(t *testing.T) { storetest.Run(t, manyWriters) }

func manyWriters(t *testing.T, config store.Config) {
	s := open(t, config)
	defer s.Close()
	var wait sync.WaitGroup
	for w := range 16 {
		wait.Go(func() {
			for i := range 10 {
				claim := fold.Claim{Name: fmt.Sprintf("once:%d", i), Amount: 1}
				err := submit(t, s, change(fmt.Sprintf("s%d-%d", w, i), "", "x", claim))
				if err != nil && !errors.Is(err, store.ErrClaimed) {
					t.Errorf("writer %d: %v", w, err)
				}
			}
		})
	}
	wait.Wait()
	if n := sound(t, s); n != 10 {
		t.Fatalf("%d entries, want one winner for each of 10 names", n)
	}
}

func TestAppendAllIsAllOrNothing(t *testing.T) { storetest.Run(t, allOrNothing) }

func allOrNothing(t *testing.T, config store.Config) {
	s := open(t, config)
	defer s.Close()
	broken := errors.New("the file ends here")
	i := 0
	next := func() (*store.Submission, error) {
		if i++; i > 50 {
			return nil, broken
		}
		return &store.Submission{Changes: []store.Change{change(fmt.Sprint("s", i), "", "x")}}, nil
	}
	if err := s.AppendAll(t.Context(), next); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if n := sound(t, s); n != 0 {
		t.Fatalf("%d entries of a broken import", n)
	}
	i, broken = 0, nil
	if err := s.AppendAll(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	if n := sound(t, s); n != 50 {
		t.Fatalf("%d entries", n)
	}
}

const childFile = "CAIRN_TEST_CHILD_FILE"

// TestKilledWriter starts this test as a child that appends pairs until it is
// killed, and looks at what it left.
func TestKilledWriter(t *testing.T) {
	if path := os.Getenv(childFile); path != "" {
		s := open(t, store.Config{URL: path})
		for i := 0; ; i++ {
			if err := submit(t, s, change(fmt.Sprint("left", i), "", "x"), change(fmt.Sprint("right", i), "", "x")); err != nil {
				t.Fatal(err)
			}
		}
	}
	folder := t.TempDir()
	for round := range 3 {
		file := filepath.Join(folder, fmt.Sprintf("cairn%d.db", round))
		child := exec.Command(os.Args[0], "-test.run=^TestKilledWriter$")
		child.Env = append(os.Environ(), childFile+"="+file)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		for waited := 0; waited < 200; waited++ {
			if info, err := os.Stat(file + "-wal"); err == nil && info.Size() > 200_000 {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		child.Process.Kill()
		child.Wait()
		s := open(t, store.Config{URL: file})
		if n := sound(t, s); n == 0 || n%2 != 0 {
			t.Fatalf("%d entries: pairs are half-done", n)
		}
		s.Close()
	}
}

func BenchmarkAppend32Writers(b *testing.B) {
	var databaseKey [32]byte
	s := open(b, store.Config{URL: filepath.Join(b.TempDir(), "cairn.db"), Key: &databaseKey})
	defer s.Close()
	latencies := make([]time.Duration, b.N)
	var wait sync.WaitGroup
	b.ResetTimer()
	for w := range 32 {
		wait.Go(func() {
			for i := w; i < b.N; i += 32 {
				start := time.Now()
				if err := submit(b, s, change(fmt.Sprintf("s%012d", i), "", "x")); err != nil {
					b.Error(err)
				}
				latencies[i] = time.Since(start)
			}
		})
	}
	wait.Wait()
	b.StopTimer()
	slices.Sort(latencies)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "entries/s")
	b.ReportMetric(float64(latencies[len(latencies)*99/100].Milliseconds()), "p99-ms")
}
