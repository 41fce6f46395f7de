package keys

import (
	"crypto/ed25519"
	"crypto/hpke"
	"fmt"
)

const (
	grantVersion = "cairn grant v1"
	// GrantSize is the length of a grant in bytes: encapsulated key, sealed
	// subject's key, signature.
	GrantSize = 1120 + keySize + tagSize + ed25519.SignatureSize
)

// WrapFor makes a grant: the subject's key encrypted to another office with HPKE
// (MLKEM768-X25519, HKDF-SHA256, AES-256-GCM; RFC 9180 base mode) and signed with
// Ed25519. It is bound to giver, receiver and subject. HPKE draws its own
// randomness from the system.
func (o *Office) WrapFor(to Public, subject string, k Subject) ([]byte, error) {
	doing := func(err error) error {
		return fmt.Errorf("granting the key of %s to office %s: %w", subject, to.Code, err)
	}
	if k.Erased() || o.encrypt == nil {
		return nil, doing(ErrErased)
	}
	if err := to.Valid(); err != nil {
		return nil, doing(err)
	}
	receiver, err := kem().NewPublicKey(to.Encrypt)
	if err != nil {
		return nil, doing(err)
	}
	context := grantContext(o.Public(), to, subject)
	sealed, err := hpke.Seal(receiver, hpke.HKDFSHA256(), hpke.AES256GCM(), context, k[:])
	if err != nil {
		return nil, doing(err)
	}
	return append(sealed, ed25519.Sign(o.Signing, append(context, sealed...))...), nil
}

// UnwrapFrom opens a grant that office from made with WrapFor for this office and
// this subject. It fails with [ErrSignature] if from did not sign exactly this,
// and with [ErrDoesNotOpen] if it was made for another office's key; wrapped.
func (o *Office) UnwrapFrom(from Public, subject string, grant []byte) (Subject, error) {
	doing := func(err error) error {
		return fmt.Errorf("opening the key of %s granted by office %s: %w", subject, from.Code, err)
	}
	if o.encrypt == nil {
		return Subject{}, doing(ErrErased)
	}
	if err := from.Valid(); err != nil {
		return Subject{}, doing(err)
	}
	if len(grant) != GrantSize {
		return Subject{}, doing(fmt.Errorf("%d bytes instead of %d: %w", len(grant), GrantSize, ErrMalformed))
	}
	cut := len(grant) - ed25519.SignatureSize
	sealed, signature := grant[:cut], grant[cut:]
	context := grantContext(from, o.Public(), subject)
	if !ed25519.Verify(from.Verify, append(context, sealed...), signature) {
		return Subject{}, doing(ErrSignature)
	}
	plain, err := hpke.Open(o.encrypt, hpke.HKDFSHA256(), hpke.AES256GCM(), context, sealed)
	if err != nil {
		return Subject{}, doing(ErrDoesNotOpen)
	}
	k, err := subjectFrom(plain)
	if err != nil {
		return Subject{}, doing(err)
	}
	return k, nil
}

// grantContext names both offices by fingerprint, so that a grant signed again
// by somebody else does not open as theirs. It has a fixed prefix that no other
// signed text begins with, and its capacity is exact: appending copies it.
func grantContext(from, to Public, subject string) []byte {
	text := grantVersion + "\x00" + from.Code + "\x00" + from.check() + "\x00" +
		to.Code + "\x00" + to.check() + "\x00" + subject + "\x00"
	b := []byte(text)
	return b[:len(b):len(b)]
}
