package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"cairn/fold"
	"cairn/ledger"
	"cairn/store"
	"cairn/store/storetest"
)

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

func TestPartsOfOneActionExchangeClaims(t *testing.T) { storetest.Run(t, partsExchangeClaims) }

func partsExchangeClaims(t *testing.T, config store.Config) {
	s := open(t, config)
	defer s.Close()
	first := change("one", "", "x", fold.Claim{Name: "berth", Amount: 1})
	if err := submit(t, s, first); err != nil {
		t.Fatal(err)
	}
	head := string(ledger.IDOf(first.Leaves[0]))
	takes := func(amount int64) store.Change {
		return change("two", "", "takes", fold.Claim{Name: "berth", Amount: amount})
	}
	gives := func() store.Change { return change("one", head, "gives", fold.Claim{Name: "berth", Amount: -1}) }
	all := func(parts ...store.Change) error {
		return s.AppendAll(t.Context(), func() (*store.Submission, error) {
			if len(parts) == 0 {
				return nil, nil
			}
			part := parts[0]
			parts = parts[1:]
			return &store.Submission{Changes: []store.Change{part}}, nil
		})
	}
	if err := all(takes(2), gives()); !errors.Is(err, store.ErrClaimed) {
		t.Fatalf("two berths where there is one: %v", err)
	}
	if err := all(takes(1)); !errors.Is(err, store.ErrClaimed) {
		t.Fatalf("a berth that nobody gave back: %v", err)
	}
	if n := sound(t, s); n != 1 {
		t.Fatalf("%d entries, two actions were refused", n)
	}
	if err := all(takes(1), gives()); err != nil {
		t.Fatalf("a berth that a later part gives back: %v", err)
	}
	if n := sound(t, s); n != 3 {
		t.Fatalf("%d entries", n)
	}
}
