package keys

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

const (
	recoveryVersion = "cairn recovery v1"
	recoveryIDSize  = 16
	maxHolderName   = 200
)

// Recovery is the file from which two of three holders restore an office's keys.
// It holds no secret that opens without two shares, but should not be public. For
// each pair of holders the office's keys are sealed with AES-256-GCM under
// HKDF-SHA-256(share ‖ share), the earlier holder's share first.
type Recovery struct {
	Version     string    `json:"version"`
	Office      string    `json:"office"`
	Fingerprint string    `json:"fingerprint"` // of the office's public half
	ID          []byte    `json:"id"`          // random, 16 bytes
	Holders     [3]string `json:"holders"`
	Pairs       [3][]byte `json:"pairs"` // sealed for holders 0+1, 0+2, 1+2
}

// NewRecovery splits the office's keys among three differently named holders.
// Each share goes to its holder and is kept nowhere else. A new recovery does not
// invalidate older ones: their files must be destroyed.
func NewRecovery(o *Office, holders [3]string, random io.Reader) (Recovery, [3]Share, error) {
	r := Recovery{
		Version: recoveryVersion, Office: o.Code, Fingerprint: o.Public().Fingerprint(),
		ID: make([]byte, recoveryIDSize), Holders: holders,
	}
	var shares [3]Share
	fail := func(err error) (Recovery, [3]Share, error) {
		return Recovery{}, [3]Share{}, fmt.Errorf("making a recovery for office %s: %w", o.Code, err)
	}
	if err := checkHolders(holders); err != nil {
		return fail(err)
	}
	if err := readKey(random, r.ID); err != nil {
		return fail(err)
	}
	for i := range shares {
		shares[i] = Share{holder: i, recovery: [shareIDSize]byte(r.ID)}
		if err := readKey(random, shares[i].key[:]); err != nil {
			return fail(err)
		}
	}
	if shares[0].key == shares[1].key || shares[0].key == shares[2].key || shares[1].key == shares[2].key {
		return fail(errors.New("the random source repeats itself"))
	}
	plain, err := o.marshal()
	if err != nil {
		return fail(err)
	}
	defer clear(plain)
	for _, pair := range pairs {
		key, err := r.pairKey(shares[pair[0]], shares[pair[1]])
		if err != nil {
			return fail(err)
		}
		sealed, err := key.Seal(random, r.pairContext(pair), plain)
		key.Erase()
		if err != nil {
			return fail(err)
		}
		r.Pairs[pairIndex(pair)] = sealed
	}
	return r, shares, nil
}

// Recover restores the office's keys from two shares of different holders, in any
// order. It fails with [ErrMalformed] if they do not belong to this recovery and
// with [ErrDoesNotOpen] if a share or the file is not the right one; wrapped.
func Recover(r Recovery, a, b Share) (*Office, error) {
	fail := func(err error) (*Office, error) {
		return nil, fmt.Errorf("recovering office %s: %w", r.Office, err)
	}
	if err := r.Valid(); err != nil {
		return fail(err)
	}
	if a.holder > b.holder {
		a, b = b, a
	}
	if a.holder == b.holder {
		return fail(fmt.Errorf("both shares are of holder %s; a second holder is needed: %w", r.Holders[a.holder], ErrMalformed))
	}
	for _, s := range []Share{a, b} {
		if s.recovery != [shareIDSize]byte(r.ID) {
			return fail(fmt.Errorf("the share of %s belongs to another recovery file: %w", r.Holders[s.holder], ErrMalformed))
		}
	}
	pair := [2]int{a.holder, b.holder}
	key, err := r.pairKey(a, b)
	if err != nil {
		return fail(err)
	}
	defer key.Erase()
	plain, err := key.Open(r.pairContext(pair), r.Pairs[pairIndex(pair)])
	if err != nil {
		return fail(err)
	}
	defer clear(plain)
	o, err := parseOffice(plain)
	if err != nil {
		return fail(err)
	}
	if o.Code != r.Office || o.Public().Fingerprint() != r.Fingerprint {
		return fail(fmt.Errorf("the keys inside are of another office: %w", ErrMalformed))
	}
	return o, nil
}

// Valid says what is wrong with the form of a recovery, as [ErrMalformed],
// wrapped. Whether it opens, only two shares can show.
func (r Recovery) Valid() error {
	if r.Version != recoveryVersion {
		return fmt.Errorf("a recovery of version %q, this program knows %q: %w", r.Version, recoveryVersion, ErrMalformed)
	}
	if err := checkCode(r.Office); err != nil {
		return err
	}
	if len(r.ID) != recoveryIDSize {
		return fmt.Errorf("the recovery's id has %d bytes instead of %d: %w", len(r.ID), recoveryIDSize, ErrMalformed)
	}
	for _, pair := range pairs {
		if len(r.Pairs[pairIndex(pair)]) < Overhead {
			return fmt.Errorf("the part for %s and %s is cut short: %w", r.Holders[pair[0]], r.Holders[pair[1]], ErrMalformed)
		}
	}
	return checkHolders(r.Holders)
}

// JSON is the recovery as the text of a file.
func (r Recovery) JSON() ([]byte, error) {
	if err := r.Valid(); err != nil {
		return nil, fmt.Errorf("writing a recovery: %w", err)
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("writing a recovery: %w", err)
	}
	return append(text, '\n'), nil
}

// ParseRecovery reads what JSON wrote, or fails with [ErrMalformed], wrapped.
func ParseRecovery(text []byte) (Recovery, error) {
	var r Recovery
	if err := strictJSON(text, &r); err != nil {
		return Recovery{}, fmt.Errorf("reading a recovery: %w", err)
	}
	if err := r.Valid(); err != nil {
		return Recovery{}, fmt.Errorf("reading a recovery: %w", err)
	}
	return r, nil
}

var pairs = [3][2]int{{0, 1}, {0, 2}, {1, 2}}

// pairIndex is the pair's place in pairs.
func pairIndex(pair [2]int) int { return pair[0] + pair[1] - 1 }

func (r Recovery) pairKey(a, b Share) (Subject, error) {
	both := make([]byte, 0, 2*keySize)
	both = append(append(both, a.key[:]...), b.key[:]...)
	defer clear(both)
	context := string(r.pairContext([2]int{a.holder, b.holder}))
	key, err := hkdf.Key(sha256.New, both, r.ID, context, keySize)
	if err != nil {
		return Subject{}, fmt.Errorf("deriving the key of two shares: %w", err)
	}
	defer clear(key)
	return Subject(key), nil
}

// pairContext binds everything in the file that a reader relies on. The names
// hold no zero byte.
func (r Recovery) pairContext(pair [2]int) []byte {
	return []byte(strings.Join([]string{recoveryVersion, r.Office, r.Fingerprint, string('0' + rune(pairIndex(pair))),
		r.Holders[0], r.Holders[1], r.Holders[2]}, "\x00"))
}

func checkHolders(holders [3]string) error {
	for i, name := range holders {
		// A name that JSON would alter could never be opened again.
		if strings.TrimSpace(name) == "" || len(name) > maxHolderName || strings.ContainsRune(name, 0) || !utf8.ValidString(name) {
			return fmt.Errorf("holder %d needs a name of at most %d bytes in UTF-8: %w", i+1, maxHolderName, ErrMalformed)
		}
		if name == holders[(i+1)%3] {
			return fmt.Errorf("%s is named twice; three different people must hold shares: %w", name, ErrMalformed)
		}
	}
	return nil
}
