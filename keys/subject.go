package keys

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

const (
	nonceSize = 12
	tagSize   = 16
	// Overhead is how many bytes longer a sealed value is than the plain one.
	Overhead = nonceSize + tagSize
)

// Subject is the AES-256 key of one subject. It prints as "secret". The zero
// value stands for an erased key and is refused everywhere.
type Subject [32]byte

// NewSubject draws a key from random, which must be a cryptographic source.
func NewSubject(random io.Reader) (Subject, error) {
	var k Subject
	if err := readKey(random, k[:]); err != nil {
		return Subject{}, fmt.Errorf("making a subject's key: %w", err)
	}
	if k == (Subject{}) {
		return Subject{}, errors.New("making a subject's key: the random source gives only zeros")
	}
	return k, nil
}

// Cipher is a subject's key made ready for many values. A nil one is refused as an
// erased key is. Several goroutines may use it at once.
type Cipher struct{ aead cipher.AEAD }

// Cipher makes the key ready.
func (k *Subject) Cipher() (*Cipher, error) {
	aead, err := k.aead()
	if err != nil {
		return nil, err
	}
	return &Cipher{aead}, nil
}

// Seal is Subject.Seal.
func (c *Cipher) Seal(random io.Reader, aad, plain []byte) ([]byte, error) {
	if c == nil {
		return nil, fmt.Errorf("sealing: %w", ErrErased)
	}
	sealed, err := seal(c.aead, random, aad, plain)
	if err != nil {
		return nil, fmt.Errorf("sealing: %w", err)
	}
	return sealed, nil
}

// Open is Subject.Open.
func (c *Cipher) Open(aad, sealed []byte) ([]byte, error) {
	if c == nil {
		return nil, fmt.Errorf("opening: %w", ErrErased)
	}
	plain, err := open(c.aead, aad, sealed)
	if err != nil {
		return nil, fmt.Errorf("opening: %w", err)
	}
	return plain, nil
}

// Seal encrypts plain with AES-256-GCM and binds aad, which is not stored. The
// result is nonce (12 bytes, from random) ‖ ciphertext ‖ tag (16 bytes). One key
// may seal up to 2³² values (NIST SP 800-38D, section 8.3).
func (k *Subject) Seal(random io.Reader, aad, plain []byte) ([]byte, error) {
	c, err := k.Cipher()
	if err != nil {
		return nil, fmt.Errorf("sealing: %w", err)
	}
	return c.Seal(random, aad, plain)
}

// Open gives back what Seal sealed with the same aad, or [ErrDoesNotOpen] or
// [ErrErased], wrapped.
func (k *Subject) Open(aad, sealed []byte) ([]byte, error) {
	c, err := k.Cipher()
	if err != nil {
		return nil, fmt.Errorf("opening: %w", err)
	}
	return c.Open(aad, sealed)
}

// Erase overwrites the key with zeros. What it sealed stays sealed for ever,
// unless another copy of the key exists.
func (k *Subject) Erase() { clear(k[:]) }

// Erased says whether the key is all zeros.
func (k *Subject) Erased() bool { return *k == Subject{} }

// Format, String, GoString and LogValue keep the key out of every output.
func (Subject) Format(s fmt.State, _ rune)   { hide(s) }
func (Subject) String() string               { return hidden }
func (Subject) GoString() string             { return hidden }
func (Subject) LogValue() slog.Value         { return slog.StringValue(hidden) }
func (Subject) MarshalText() ([]byte, error) { return nil, errNotText }

func (k *Subject) aead() (cipher.AEAD, error) {
	if k.Erased() {
		return nil, ErrErased
	}
	return newAEAD(k[:])
}

func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("preparing AES: %w", err)
	}
	return cipher.NewGCM(block)
}

func seal(aead cipher.AEAD, random io.Reader, aad, plain []byte) ([]byte, error) {
	out := make([]byte, nonceSize, len(plain)+Overhead)
	if err := readKey(random, out); err != nil {
		return nil, err
	}
	return aead.Seal(out, out[:nonceSize], plain, aad), nil
}

func open(aead cipher.AEAD, aad, sealed []byte) ([]byte, error) {
	if len(sealed) < Overhead {
		return nil, fmt.Errorf("%d bytes is too short: %w", len(sealed), ErrDoesNotOpen)
	}
	plain, err := aead.Open(nil, sealed[:nonceSize], sealed[nonceSize:], aad)
	if err != nil {
		return nil, ErrDoesNotOpen
	}
	return plain, nil
}
