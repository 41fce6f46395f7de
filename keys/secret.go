package keys

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
)

var (
	// ErrDoesNotOpen says that a sealed value was made with another key, for
	// another context, or was changed since. The three cannot be told apart.
	ErrDoesNotOpen = errors.New("does not open: another key, another context, or changed since it was sealed")
	// ErrErased says that a key is all zeros: it was erased or never made.
	ErrErased = errors.New("the key is erased or was never made")
	// ErrPassphrase says that a passphrase does not open a file.
	ErrPassphrase = errors.New("the passphrase is wrong")
	// ErrMalformed says that a text or file does not have the expected form.
	ErrMalformed = errors.New("malformed")
	// ErrSignature says that a grant was not signed by the office named as its giver.
	ErrSignature = errors.New("not signed by the office that is named as the giver")
)

var errNotText = errors.New("a secret key has no text form; wrap it or write it with WriteFile")

const hidden = "secret"

func hide(s fmt.State) { _, _ = io.WriteString(s, hidden) }

// Secret is a 256-bit symmetric key of an office. It prints as "secret".
type Secret [32]byte

// Format, String, GoString and LogValue keep the key out of every output.
func (Secret) Format(s fmt.State, _ rune)   { hide(s) }
func (Secret) String() string               { return hidden }
func (Secret) GoString() string             { return hidden }
func (Secret) LogValue() slog.Value         { return slog.StringValue(hidden) }
func (Secret) MarshalText() ([]byte, error) { return nil, errNotText }

// Erase overwrites the key with zeros.
func (s *Secret) Erase() { clear(s[:]) }

// readKey fills key from the random source.
func readKey(random io.Reader, key []byte) error {
	if random == nil {
		return errors.New("no random source given; pass crypto/rand.Reader")
	}
	if _, err := io.ReadFull(random, key); err != nil {
		return fmt.Errorf("reading %d random bytes: %w", len(key), err)
	}
	return nil
}
