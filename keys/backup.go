package keys

import (
	"crypto/hpke"
	"encoding/base64"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"
)

const (
	ageHybrid      = "mlkem768x25519"
	ageHybridInfo  = "age-encryption.org/mlkem768x25519"
	agePostQuantum = "postquantum"
	ageFileKeySize = 16
	maxWorkFactor  = 20
)

// FileOption changes how a file is protected with a passphrase.
type FileOption func(*fileOptions)

type fileOptions struct{ workFactor int }

// WorkFactor sets scrypt's cost to 2^logN, from 1 to 20. Without it age's
// default of 18 holds (about one second); tests and demos use less.
func WorkFactor(logN int) FileOption {
	return func(o *fileOptions) { o.workFactor = logN }
}

// EncryptTo gives a writer whose input goes to w as an age v1 file for the
// recipients: any number of offices ([Public.Recipient]) or one passphrase
// ([PassphraseRecipient]), not both. The file is whole only after Close. Close
// does not close w.
func EncryptTo(w io.Writer, recipients ...age.Recipient) (io.WriteCloser, error) {
	encrypted, err := age.Encrypt(w, recipients...)
	if err != nil {
		return nil, fmt.Errorf("beginning an encrypted file: %w", err)
	}
	return encrypted, nil
}

// DecryptFrom reads what EncryptTo wrote. It fails with [ErrPassphrase] or
// [ErrDoesNotOpen], wrapped, if no identity fits. Later reads fail if the file was
// changed or cut short, so its content is to be used only after io.EOF.
func DecryptFrom(r io.Reader, identities ...age.Identity) (io.Reader, error) {
	plain, err := age.Decrypt(r, identities...)
	if err == nil {
		return plain, nil
	}
	var noMatch *age.NoIdentityMatchError
	switch {
	case !errors.As(err, &noMatch):
		return nil, fmt.Errorf("opening an encrypted file: damaged or not an age file: %w: %w", ErrMalformed, err)
	case len(noMatch.StanzaTypes) == 1 && noMatch.StanzaTypes[0] == "scrypt":
		return nil, fmt.Errorf("opening an encrypted file: %w; it needs the passphrase it was written with", ErrPassphrase)
	}
	return nil, fmt.Errorf("opening an encrypted file: it was written for somebody else: %w", ErrDoesNotOpen)
}

// PassphraseRecipient encrypts to a passphrase with scrypt. Spelling variants of
// one text in Unicode count as the same passphrase (form NFC).
func PassphraseRecipient(passphrase string, options ...FileOption) (age.Recipient, error) {
	var o fileOptions
	for _, option := range options {
		option(&o)
	}
	recipient, err := age.NewScryptRecipient(norm.NFC.String(passphrase))
	if err != nil {
		return nil, fmt.Errorf("using a passphrase: %w", err)
	}
	if o.workFactor < 0 || o.workFactor > maxWorkFactor {
		return nil, fmt.Errorf("using a passphrase: work factor %d is not between 1 and %d", o.workFactor, maxWorkFactor)
	}
	if o.workFactor > 0 {
		recipient.SetWorkFactor(o.workFactor)
	}
	return recipient, nil
}

// PassphraseIdentity opens what was encrypted with PassphraseRecipient.
func PassphraseIdentity(passphrase string) (age.Identity, error) {
	identity, err := age.NewScryptIdentity(norm.NFC.String(passphrase))
	if err != nil {
		return nil, fmt.Errorf("using a passphrase: %w", err)
	}
	identity.SetMaxWorkFactor(maxWorkFactor)
	return identity, nil
}

// Recipient encrypts files to the office as age's own post-quantum recipients do
// ("mlkem768x25519"), so that other age programs understand them.
func (p Public) Recipient() (age.Recipient, error) {
	if err := p.Valid(); err != nil {
		return nil, fmt.Errorf("encrypting to an office: %w", err)
	}
	key, err := kem().NewPublicKey(p.Encrypt)
	if err != nil {
		return nil, fmt.Errorf("encrypting to office %s: %w", p.Code, err)
	}
	return officeRecipient{key}, nil
}

// Identity opens files that were encrypted to this office's [Public.Recipient].
func (o *Office) Identity() (age.Identity, error) {
	if o.encrypt == nil {
		return nil, fmt.Errorf("preparing to decrypt: office's keys: %w", ErrErased)
	}
	return officeIdentity{o.encrypt}, nil
}

type officeRecipient struct{ key hpke.PublicKey }

func (r officeRecipient) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	encapsulated, sender, err := hpke.NewSender(r.key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte(ageHybridInfo))
	if err != nil {
		return nil, fmt.Errorf("encapsulating for an office: %w", err)
	}
	body, err := sender.Seal(nil, fileKey)
	if err != nil {
		return nil, fmt.Errorf("sealing a file key for an office: %w", err)
	}
	argument := base64.RawStdEncoding.EncodeToString(encapsulated)
	return []*age.Stanza{{Type: ageHybrid, Args: []string{argument}, Body: body}}, nil
}

// WrapWithLabels keeps recipients that a quantum computer breaks out of the file.
func (r officeRecipient) WrapWithLabels(fileKey []byte) ([]*age.Stanza, []string, error) {
	stanzas, err := r.Wrap(fileKey)
	return stanzas, []string{agePostQuantum}, err
}

type officeIdentity struct{ key hpke.PrivateKey }

// Format keeps the key out of every output.
func (officeIdentity) Format(s fmt.State, _ rune) { hide(s) }

func (i officeIdentity) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	for _, stanza := range stanzas {
		if stanza.Type != ageHybrid {
			continue
		}
		if len(stanza.Args) != 1 || len(stanza.Body) != ageFileKeySize+tagSize {
			return nil, fmt.Errorf("%w: a recipient block of the wrong form", ErrMalformed)
		}
		encapsulated, err := base64.RawStdEncoding.Strict().DecodeString(stanza.Args[0])
		if err != nil {
			return nil, fmt.Errorf("%w: a recipient block: %w", ErrMalformed, err)
		}
		recipient, err := hpke.NewRecipient(encapsulated, i.key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte(ageHybridInfo))
		if err != nil {
			return nil, fmt.Errorf("%w: a recipient block: %w", ErrMalformed, err)
		}
		if fileKey, err := recipient.Open(nil, stanza.Body); err == nil {
			return fileKey, nil
		}
	}
	return nil, age.ErrIncorrectIdentity
}
