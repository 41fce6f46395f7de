package ledger_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"cairn/ledger"
)

func entry(position int64) ledger.Entry {
	return ledger.Entry{
		Header:   ledger.Header{Office: "vie", Time: ledger.Time(1000 + position), Subject: "s", Actor: "a"},
		Position: position,
		Body:     fmt.Appendf(nil, "body %d", position),
	}
}

func logOf(n int64) ([]ledger.Entry, ledger.Checkpoint) {
	var tree ledger.Frontier
	var entries []ledger.Entry
	for i := range n {
		e := entry(i)
		tree.Append(e.Leaf())
		entries = append(entries, e)
	}
	return entries, ledger.Checkpoint{Office: "vie", Size: n, Root: tree.Root()}
}

func check(entries []ledger.Entry, latest ledger.Checkpoint, kept ...ledger.Checkpoint) error {
	c := ledger.NewCheck("vie", kept...)
	for i := range entries {
		c.Add(&entries[i])
	}
	return c.Against(latest)
}

func TestCheckFindsEveryTampering(t *testing.T) {
	entries, latest := logOf(600)
	_, early := logOf(300)
	tests := []struct {
		name   string
		tamper func([]ledger.Entry) ([]ledger.Entry, ledger.Checkpoint)
		want   error
	}{
		{"nothing changed", func(e []ledger.Entry) ([]ledger.Entry, ledger.Checkpoint) { return e, latest }, nil},
		{"body changed", func(e []ledger.Entry) ([]ledger.Entry, ledger.Checkpoint) {
			e[10].Body = []byte("another")
			return e, latest
		}, ledger.ErrForked},
		{"late body changed", func(e []ledger.Entry) ([]ledger.Entry, ledger.Checkpoint) {
			e[500].Body = []byte("another")
			return e, latest
		}, ledger.ErrRoot},
		{"actor changed", func(e []ledger.Entry) ([]ledger.Entry, ledger.Checkpoint) {
			e[599].Actor = "b"
			return e, latest
		}, ledger.ErrRoot},
		{"removed", func(e []ledger.Entry) ([]ledger.Entry, ledger.Checkpoint) {
			return slices.Delete(e, 5, 6), latest
		}, ledger.ErrGap},
		{"reordered", func(e []ledger.Entry) ([]ledger.Entry, ledger.Checkpoint) {
			e[1], e[2] = e[2], e[1]
			return e, latest
		}, ledger.ErrGap},
		{"reordered and renumbered", func(e []ledger.Entry) ([]ledger.Entry, ledger.Checkpoint) {
			e[401], e[402] = e[402], e[401]
			e[401].Position, e[402].Position = 401, 402
			return e, latest
		}, ledger.ErrRoot},
		{"inserted", func(e []ledger.Entry) ([]ledger.Entry, ledger.Checkpoint) {
			return slices.Insert(e, 7, entry(7)), latest
		}, ledger.ErrGap},
		{"truncated with a new checkpoint", func(e []ledger.Entry) ([]ledger.Entry, ledger.Checkpoint) {
			_, short := logOf(200)
			return e[:200], short
		}, ledger.ErrTruncated},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			changed, cp := tt.tamper(slices.Clone(entries))
			if err := check(changed, cp, early); !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestCheckpointSignature(t *testing.T) {
	_, cp := logOf(3)
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ledger.Signer("vie", private)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := ledger.SignCheckpoint(cp, signer)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := ledger.Verifier("vie", public)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ledger.OpenCheckpoint(signed, verifier)
	if err != nil || got != cp {
		t.Fatalf("got %v, %v", got, err)
	}
	other, _, _ := ed25519.GenerateKey(nil)
	stranger, _ := ledger.Verifier("vie", other)
	if _, err := ledger.OpenCheckpoint(signed, stranger); !errors.Is(err, ledger.ErrCheckpoint) {
		t.Fatalf("a stranger's key opened it: %v", err)
	}
	forged := bytes.Replace(signed, []byte("\n3\n"), []byte("\n4\n"), 1)
	if _, err := ledger.OpenCheckpoint(forged, verifier); !errors.Is(err, ledger.ErrCheckpoint) {
		t.Fatalf("a forged size passed: %v", err)
	}
}

type memory struct {
	leaves []tlog.Hash
	kept   map[string]tlog.Hash
}

func (m *memory) Leaves(lo, hi int64) ([]tlog.Hash, error) { return m.leaves[lo:hi], nil }
func (m *memory) Kept(level int, n int64) (tlog.Hash, error) {
	h, found := m.kept[fmt.Sprint(level, n)]
	if !found {
		return h, fmt.Errorf("no node %d %d", level, n)
	}
	return h, nil
}

func TestTreeAgreesWithReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 1500).Draw(t, "n")
		source := &memory{kept: map[string]tlog.Hash{}}
		var tree ledger.Frontier
		var reference []tlog.Hash
		for i := range n {
			e := entry(i)
			leaf := e.Leaf()
			source.leaves = append(source.leaves, leaf)
			for _, node := range tree.Append(leaf) {
				source.kept[fmt.Sprint(node.Level, node.N)] = node.Hash
			}
			more, err := tlog.StoredHashesForRecordHash(i, leaf, tlog.HashReaderFunc(func(ix []int64) ([]tlog.Hash, error) {
				out := make([]tlog.Hash, len(ix))
				for j, x := range ix {
					out[j] = reference[x]
				}
				return out, nil
			}))
			if err != nil {
				t.Fatal(err)
			}
			reference = append(reference, more...)
		}
		hashes := ledger.Hashes{Source: source}
		root, err := tlog.TreeHash(n, hashes)
		if err != nil || root != tree.Root() {
			t.Fatalf("root %v, want %v (%v)", tree.Root(), root, err)
		}
		again, err := ledger.FrontierOf(n, hashes)
		if err != nil || again.Root() != root {
			t.Fatalf("rebuilt edge: %v %v", again.Root(), err)
		}
		at := rapid.Int64Range(0, n-1).Draw(t, "at")
		proof, err := tlog.ProveRecord(n, at, hashes)
		if err != nil {
			t.Fatal(err)
		}
		if err := tlog.CheckRecord(proof, n, root, at, source.leaves[at]); err != nil {
			t.Fatal(err)
		}
	})
}

func TestBodyPadding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		want := ledger.Body{Kind: "k", Fields: fmt.Appendf(nil, "%q", text), Gate: []byte(rapid.SampledFrom([]string{"", "{}", "{}\n[]"}).Draw(t, "gate"))}
		body, err := want.Encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := ledger.DecodeBody(body)
		if err != nil || got.Kind != want.Kind || string(got.Fields) != string(want.Fields) || string(got.Gate) != string(want.Gate) {
			t.Fatalf("%q, %v", got, err)
		}
		if len(body) != ledger.SizeClass(len(body)) {
			t.Fatalf("%d bytes are no size class", len(body))
		}
		n := len(text)
		if c := ledger.SizeClass(n); c < n || (n > 192 && c > n*3/2+1) {
			t.Fatalf("class of %d is %d", n, c)
		}
	})
}

func FuzzDecodeBody(f *testing.F) {
	f.Add([]byte("a\n{}\n{}   "))
	f.Fuzz(func(t *testing.T, b []byte) {
		if body, err := ledger.DecodeBody(b); err == nil && body.Kind == "" {
			t.Fatal("a body without a kind was accepted")
		}
	})
}
