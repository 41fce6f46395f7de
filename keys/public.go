package keys

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
)

// Public is what other offices may know of an office. Before it is trusted, two
// people compare its Fingerprint over a channel that an attacker does not hold.
type Public struct {
	Code    string
	Verify  ed25519.PublicKey // checks checkpoints and grants, 32 bytes
	Encrypt []byte            // HPKE key MLKEM768-X25519, 1216 bytes
}

const publicVersion = "cairn-office-v1"

// Public gives the public half, or the zero value for an erased office.
func (o *Office) Public() Public {
	if o.encrypt == nil || len(o.Signing) != ed25519.PrivateKeySize {
		return Public{}
	}
	verify := bytes.Clone(o.Signing[ed25519.PrivateKeySize-ed25519.PublicKeySize:])
	return Public{Code: o.Code, Verify: verify, Encrypt: o.encrypt.PublicKey().Bytes()}
}

// String is the text form, one line of five words: version, code, the two keys
// in base64url without padding, and the fingerprint as a check.
func (p Public) String() string {
	b := base64.RawURLEncoding
	return strings.Join([]string{publicVersion, p.Code, b.EncodeToString(p.Verify),
		b.EncodeToString(p.Encrypt), p.check()}, " ")
}

// ParsePublic reads the text form. It accepts only what String writes, with
// space around it, or fails with [ErrMalformed], wrapped.
func ParsePublic(text string) (Public, error) {
	words := strings.Fields(text)
	if len(words) != 5 || words[0] != publicVersion {
		return Public{}, fmt.Errorf("reading an office's public key: not one line that begins with %s: %w", publicVersion, ErrMalformed)
	}
	b := base64.RawURLEncoding.Strict()
	verify, err := b.DecodeString(words[2])
	if err != nil {
		return Public{}, fmt.Errorf("reading an office's verification key: %w: %w", ErrMalformed, err)
	}
	encrypt, err := b.DecodeString(words[3])
	if err != nil {
		return Public{}, fmt.Errorf("reading an office's encryption key: %w: %w", ErrMalformed, err)
	}
	p := Public{Code: words[1], Verify: verify, Encrypt: encrypt}
	if err := p.Valid(); err != nil {
		return Public{}, fmt.Errorf("reading an office's public key: %w", err)
	}
	if p.String() != strings.TrimSpace(text) {
		return Public{}, fmt.Errorf("reading the public key of %s: the check at its end does not fit; copy the whole line again: %w", p.Code, ErrMalformed)
	}
	return p, nil
}

// Valid says what is wrong with the key, as [ErrMalformed], wrapped.
func (p Public) Valid() error {
	if err := checkCode(p.Code); err != nil {
		return err
	}
	if len(p.Verify) != ed25519.PublicKeySize {
		return fmt.Errorf("the verification key of %s has %d bytes instead of %d: %w", p.Code, len(p.Verify), ed25519.PublicKeySize, ErrMalformed)
	}
	if _, err := kem().NewPublicKey(p.Encrypt); err != nil {
		return fmt.Errorf("the encryption key of %s: %w: %w", p.Code, ErrMalformed, err)
	}
	return nil
}

// Equal says whether both are the same office with the same keys.
func (p Public) Equal(q Public) bool {
	return p.Code == q.Code && bytes.Equal(p.Verify, q.Verify) && bytes.Equal(p.Encrypt, q.Encrypt)
}

// Fingerprint is for people to compare by eye or voice: 160 bits of SHA-256 over
// code and keys, as eight groups of four letters and digits.
func (p Public) Fingerprint() string { return groups(p.check(), " ") }

// MarshalText and UnmarshalText use the text form of String.
func (p Public) MarshalText() ([]byte, error) {
	if err := p.Valid(); err != nil {
		return nil, fmt.Errorf("writing an office's public key: %w", err)
	}
	return []byte(p.String()), nil
}

// UnmarshalText is [ParsePublic].
func (p *Public) UnmarshalText(text []byte) error {
	parsed, err := ParsePublic(string(text))
	if err != nil {
		return err
	}
	*p = parsed
	return nil
}

func (p Public) check() string {
	h := sha256.New()
	for _, part := range [][]byte{[]byte(publicVersion), []byte(p.Code), p.Verify, p.Encrypt} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		h.Write(part)
	}
	return base32.StdEncoding.EncodeToString(h.Sum(nil)[:20])
}

// groups cuts text into groups of four.
func groups(text, between string) string {
	var b strings.Builder
	for i := 0; i < len(text); i += 4 {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(text[i:min(i+4, len(text))])
	}
	return b.String()
}
