package storetest

import (
	"context"
	"crypto/ed25519"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"cairn/ledger"
	"cairn/store"
)

// Office is the office whose record Each opens.
const Office = "bud"

// Key signs the checkpoints of Each's stores. It is the same in every process, so
// that a test can start a second one.
func Key() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)) }

// Signer signs with Key for Office.
func Signer(t testing.TB) note.Signer {
	t.Helper()
	signer, err := ledger.Signer(Office, Key())
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

// Verifier checks what Signer signed.
func Verifier(t testing.TB) note.Verifier {
	t.Helper()
	verifier, err := ledger.Verifier(Office, Key().Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	return verifier
}

// Each runs a test once on each database. Calling open again closes the store it
// gave before and opens the same data once more; the end of the test closes the last.
func Each(t *testing.T, run func(t *testing.T, open func() *store.Store)) {
	t.Helper()
	Run(t, func(t *testing.T, config store.Config) {
		var last *store.Store
		shut := func() {
			if last == nil {
				return
			}
			if err := last.Close(); err != nil {
				t.Errorf("close the store: %v", err)
			}
		}
		t.Cleanup(shut)
		run(t, func() *store.Store {
			t.Helper()
			shut()
			last = nil
			opened, err := store.Open(context.WithoutCancel(t.Context()), config, Office, Signer(t))
			if err != nil {
				t.Fatal(err)
			}
			last = opened
			return last
		})
	})
}
