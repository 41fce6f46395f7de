package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"cairn/ledger"
	"cairn/store"
	"cairn/store/storetest"
)

func TestWhatIsAppendedIsReadBack(t *testing.T) { storetest.Each(t, readBack) }

func readBack(t *testing.T, open func() *store.Store) {
	s := defined(t, open())
	first := change("a", "", "one")
	first.Wrapped = []byte("wrapped key")
	body := []byte("a scan")
	attachment := store.Attachment{Digest: store.Digest(body), Subject: "a", Body: body}
	second := change("a", headOf(first), "two")
	for _, sub := range []*store.Submission{
		{Changes: []store.Change{first}, Attachments: []store.Attachment{attachment}},
		{Changes: []store.Change{second}, Attachments: []store.Attachment{attachment}},
	} {
		if err := s.Append(t.Context(), sub); err != nil {
			t.Fatal(err)
		}
	}
	if got := words(t, s, "a"); !slices.Equal(got, []string{"two"}) {
		t.Fatalf("rows after a replacement: %q", got)
	}
	err := s.Read(t.Context(), func(r *store.Reader) error {
		loaded, err := r.Subject(t.Context(), "a")
		if err != nil || len(loaded) != 2 {
			return fmt.Errorf("%d entries: %w", len(loaded), err)
		}
		for i, want := range []*ledger.Entry{first.Entries[0], second.Entries[0]} {
			got := loaded[i]
			if got.Entry.ID() != want.ID() || got.Entry.Position != int64(i) || string(got.Wrapped) != "wrapped key" {
				t.Errorf("entry %d came back as %+v", i, got)
			}
		}
		if head, err := r.Head(t.Context(), "a"); err != nil || head.Heads != headOf(second) || head.Entries != 2 || head.Type != "thing" {
			t.Errorf("head %+v, %v", head, err)
		}
		subject, got, err := r.Attachment(t.Context(), attachment.Digest)
		if subject != "a" || !bytes.Equal(got, body) {
			t.Errorf("attachment of %s: %q", subject, got)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestGroupCommitLosesNothing(t *testing.T) { storetest.Each(t, groupCommit) }

func groupCommit(t *testing.T, open func() *store.Store) {
	const writers, each = 32, 8
	s := defined(t, open())
	var wait sync.WaitGroup
	for w := range writers {
		wait.Go(func() {
			for i := range each {
				if err := submit(t, s, change(fmt.Sprintf("s%d-%d", w, i), "", "x")); err != nil {
					t.Errorf("writer %d: %v", w, err)
				}
			}
		})
	}
	wait.Wait()
	s = open()
	entries, err := verify(t, s)
	if err != nil {
		t.Fatal(err)
	}
	subjects := map[string]bool{}
	for _, e := range entries {
		subjects[e.Subject] = true
	}
	if len(entries) != writers*each || len(subjects) != writers*each {
		t.Fatalf("%d entries of %d subjects, want %d", len(entries), len(subjects), writers*each)
	}
}

// grouped hands requests to the committer while it is held up, so that they share
// one transaction, and gives their results in order.
func grouped(t *testing.T, s *store.Store, requests ...func() error) []error {
	t.Helper()
	held, let := make(chan struct{}), make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		err := s.Maintain(t.Context(), func(store.Tx) error {
			close(held)
			<-let
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-held
	results := make([]error, len(requests))
	for i, request := range requests {
		waiting := s.Waiting()
		wait.Go(func() { results[i] = request() })
		for s.Waiting() == waiting {
			runtime.Gosched()
		}
	}
	close(let)
	wait.Wait()
	return results
}

func TestOneFailureLeavesItsGroupAlone(t *testing.T) { storetest.Each(t, oneFailure) }

func oneFailure(t *testing.T, open func() *store.Store) {
	s := defined(t, open())
	swallow := func(tx store.Tx) error {
		tx.ExecContext(t.Context(), "INSERT INTO nowhere VALUES (1)")
		return nil
	}
	tests := []struct {
		name string
		fail func() error
	}{
		{"a wrong statement", func() error {
			return s.Maintain(t.Context(), func(tx store.Tx) error {
				_, err := tx.ExecContext(t.Context(), "INSERT INTO nowhere VALUES (1)")
				return err
			})
		}},
		{"a wrong statement passed over", func() error { return s.Maintain(t.Context(), swallow) }},
		{"half a submission", func() error {
			return submit(t, s, change("half", "", "x"), change("half", "", "x"))
		}},
	}
	for i, tt := range tests {
		before, after := fmt.Sprint("before", i), fmt.Sprint("after", i)
		results := grouped(t, s,
			func() error { return s.SetMeta(t.Context(), before, "kept") },
			tt.fail,
			func() error { return submit(t, s, change(after, "", "x")) })
		if results[0] != nil || results[2] != nil {
			t.Fatalf("%s failed the others: %v", tt.name, results)
		}
		if value, err := s.Meta(t.Context(), before); err != nil || value != "kept" {
			t.Fatalf("%s: what was acknowledged before it is %q, %v", tt.name, value, err)
		}
		if n := sound(t, s); n != int64(i+1) || len(words(t, s, after)) != 1 {
			t.Fatalf("%s: %d entries", tt.name, n)
		}
		if len(words(t, s, "half")) != 0 {
			t.Fatal("half a submission was kept")
		}
	}
}

// TestLostTransactionFailsItsWholeGroup ends the transaction under a request, as
// SQLite itself does when the disk is full: nothing of the group may be kept.
func TestLostTransactionFailsItsWholeGroup(t *testing.T) { storetest.Each(t, lostTransaction) }

func lostTransaction(t *testing.T, open func() *store.Store) {
	s := defined(t, open())
	broken := errors.New("disk full")
	results := grouped(t, s,
		func() error { return submit(t, s, change("before", "", "x")) },
		func() error {
			return s.Maintain(t.Context(), func(tx store.Tx) error {
				_, err := tx.ExecContext(t.Context(), "ROLLBACK")
				return errors.Join(broken, err)
			})
		},
		func() error { return submit(t, s, change("after", "", "x")) })
	for i, err := range results {
		if err == nil {
			t.Errorf("request %d of a lost transaction was acknowledged", i)
		}
	}
	if n := sound(t, s); n != 0 {
		t.Fatalf("%d entries of a lost transaction", n)
	}
	if err := submit(t, s, change("later", "", "x")); err != nil {
		t.Fatal(err)
	}
	if n := sound(t, s); n != 1 {
		t.Fatalf("%d entries", n)
	}
}

func TestReopeningContinuesTheTree(t *testing.T) { storetest.Each(t, reopening) }

// reopening crosses a kept level of the tree and proves entries on both sides of
// each opening.
func reopening(t *testing.T, open func() *store.Store) {
	const rounds, each = 4, 75
	for round := range rounds {
		s := defined(t, open())
		i := 0
		err := s.AppendAll(t.Context(), func() (*store.Submission, error) {
			if i++; i > each {
				return nil, nil
			}
			return &store.Submission{Changes: []store.Change{change(fmt.Sprintf("s%d-%d", round, i), "", "x")}}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	s := open()
	entries, err := verify(t, s)
	if err != nil || len(entries) != rounds*each {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	signed, err := s.Checkpoint(t.Context(), storetest.Office)
	if err != nil {
		t.Fatal(err)
	}
	latest, err := ledger.OpenCheckpoint(signed, storetest.Verifier(t))
	if err != nil {
		t.Fatal(err)
	}
	err = s.Read(t.Context(), func(r *store.Reader) error {
		for _, at := range []int64{0, each - 1, each, 255, 256, rounds*each - 1} {
			proof, err := r.Prove(t.Context(), storetest.Office, at, latest.Size)
			if err != nil {
				return err
			}
			if err := tlog.CheckRecord(proof.Proof, latest.Size, latest.Root, at, entries[at].Leaf()); err != nil {
				t.Errorf("entry %d: %v", at, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
