package ledger

import (
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint states the size and root of one office's log.
type Checkpoint struct {
	Office string
	Size   int64
	Root   tlog.Hash
}

// Origin is the first line of an office's checkpoints and the name of its key.
func Origin(office string) string { return "cairn/" + office }

// Text is the checkpoint's note text: origin, size, root (C2SP tlog-checkpoint).
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", Origin(c.Office), c.Size, base64.StdEncoding.EncodeToString(c.Root[:]))
}

// ErrCheckpoint means that a text is no checkpoint that the given key signed.
var ErrCheckpoint = errors.New("checkpoint not valid")

// SignCheckpoint gives the checkpoint as a signed note.
func SignCheckpoint(c Checkpoint, signer note.Signer) ([]byte, error) {
	signed, err := note.Sign(&note.Note{Text: c.Text()}, signer)
	if err != nil {
		return nil, fmt.Errorf("sign checkpoint of %s at %d: %w", c.Office, c.Size, err)
	}
	return signed, nil
}

// OpenCheckpoint checks the signature of a note and reads it.
func OpenCheckpoint(signed []byte, verifier note.Verifier) (Checkpoint, error) {
	n, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return Checkpoint{}, fmt.Errorf("%w: it has %d lines instead of 3", ErrCheckpoint, len(lines)-1)
	}
	office, found := strings.CutPrefix(lines[0], "cairn/")
	if !found || lines[0] != verifier.Name() {
		return Checkpoint{}, fmt.Errorf("%w: it is of %q, the key of %q", ErrCheckpoint, lines[0], verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return Checkpoint{}, fmt.Errorf("%w: size %q", ErrCheckpoint, lines[1])
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return Checkpoint{}, fmt.Errorf("%w: root %q", ErrCheckpoint, lines[2])
	}
	return Checkpoint{Office: office, Size: size, Root: tlog.Hash(root)}, nil
}

// Signer signs an office's checkpoints with its Ed25519 key.
func Signer(office string, key ed25519.PrivateKey) (note.Signer, error) {
	public, _ := key.Public().(ed25519.PublicKey)
	verifier, err := Verifier(office, public)
	if err != nil {
		return nil, err
	}
	return &signer{verifier: verifier, key: key}, nil
}

// Verifier checks an office's checkpoints.
func Verifier(office string, public ed25519.PublicKey) (note.Verifier, error) {
	if len(public) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("verify key of office %s has %d bytes, not %d", office, len(public), ed25519.PublicKeySize)
	}
	text, err := note.NewEd25519VerifierKey(Origin(office), public)
	if err != nil {
		return nil, fmt.Errorf("verify key of office %s: %w", office, err)
	}
	return note.NewVerifier(text)
}

type signer struct {
	verifier note.Verifier
	key      ed25519.PrivateKey
}

func (s *signer) Name() string    { return s.verifier.Name() }
func (s *signer) KeyHash() uint32 { return s.verifier.KeyHash() }
func (s *signer) Sign(msg []byte) ([]byte, error) {
	return s.key.Sign(nil, msg, crypto.Hash(0))
}
