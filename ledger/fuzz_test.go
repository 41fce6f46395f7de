package ledger_test

import (
	"bytes"
	"crypto/ed25519"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"cairn/ledger"
)

// FuzzOpenCheckpoint opens texts as signed checkpoints: only what the office's own key
// signed opens, whatever the text around it.
func FuzzOpenCheckpoint(f *testing.F) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	signer, err := ledger.Signer("bud", key)
	if err != nil {
		f.Fatal(err)
	}
	verifier, err := ledger.Verifier("bud", key.Public().(ed25519.PublicKey))
	if err != nil {
		f.Fatal(err)
	}
	honest, err := ledger.SignCheckpoint(ledger.Checkpoint{Office: "bud", Size: 7, Root: tlog.Hash{1}}, signer)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range [][]byte{honest, bytes.Replace(honest, []byte("7"), []byte("8"), 1), bytes.Repeat(honest, 2), honest[:len(honest)-2], {}, []byte("\n\n— "), []byte("cairn/bud\n-1\n")} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		cp, err := ledger.OpenCheckpoint(text, verifier)
		if err == nil && (cp.Size != 7 || cp.Root != tlog.Hash{1}) {
			t.Errorf("%q opens as %+v", text, cp)
		}
	})
}
