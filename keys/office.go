package keys

import (
	"bytes"
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
)

// Office is the secret of one office, as [NewOffice], [ReadFile] or [Recover]
// make it; its fields must not be changed. It prints as "secret". Its methods
// may be called from several goroutines at once, except Erase.
type Office struct {
	Code     string             // 2 to 8 lower-case letters and digits
	Signing  ed25519.PrivateKey // signs checkpoints and grants
	Wrapping Secret             // wraps subjects' keys at rest
	Index    Secret             // HMAC key of the blind indexes
	Database Secret             // encrypts the database file

	encrypt  hpke.PrivateKey // receives grants and backups
	wrapping cipher.AEAD     // Wrapping, expanded once
}

// seeds is the stored form of an office: every key as 32 bytes.
type seeds struct {
	Version  string `json:"version"`
	Code     string `json:"code"`
	Signing  []byte `json:"signing"`
	Wrapping []byte `json:"wrapping"`
	Index    []byte `json:"index"`
	Database []byte `json:"database"`
	Encrypt  []byte `json:"encrypt"`
}

const (
	officeVersion = "cairn office v1"
	wrapVersion   = "cairn wrap v1"
	indexVersion  = "cairn blind index v1"
	keySize       = 32
	indexSize     = 16
)

// kem is MLKEM768-X25519 ("X-Wing"): a grant copied today stays closed to a
// quantum computer of tomorrow, and the key pair is the one age uses.
func kem() hpke.KEM { return hpke.MLKEM768X25519() }

// NewOffice draws all keys of an office from random, which must be a
// cryptographic source.
func NewOffice(code string, random io.Reader) (*Office, error) {
	if err := checkCode(code); err != nil {
		return nil, fmt.Errorf("making an office's keys: %w", err)
	}
	s := seeds{Version: officeVersion, Code: code}
	for _, key := range s.keys() {
		*key = make([]byte, keySize)
		if err := readKey(random, *key); err != nil {
			return nil, fmt.Errorf("making the keys of office %s: %w", code, err)
		}
	}
	defer s.erase()
	return s.office()
}

// Wrap seals a subject's key for storage in this office: AES-256-GCM under
// Wrapping, bound to office and subject. The result has 60 bytes.
func (o *Office) Wrap(subject string, k Subject) ([]byte, error) {
	if o.wrapping == nil {
		return nil, fmt.Errorf("wrapping the key of %s: office's keys: %w", subject, ErrErased)
	}
	if k.Erased() {
		return nil, fmt.Errorf("wrapping the key of %s: %w", subject, ErrErased)
	}
	wrapped, err := seal(o.wrapping, rand.Reader, o.wrapContext(subject), k[:])
	if err != nil {
		return nil, fmt.Errorf("wrapping the key of %s: %w", subject, err)
	}
	return wrapped, nil
}

// Unwrap gives back the key that Wrap wrapped for the same subject in the same
// office, or [ErrDoesNotOpen], wrapped.
func (o *Office) Unwrap(subject string, wrapped []byte) (Subject, error) {
	if o.wrapping == nil {
		return Subject{}, fmt.Errorf("unwrapping the key of %s: office's keys: %w", subject, ErrErased)
	}
	plain, err := open(o.wrapping, o.wrapContext(subject), wrapped)
	if err != nil {
		return Subject{}, fmt.Errorf("unwrapping the key of %s: %w", subject, err)
	}
	return subjectFrom(plain)
}

// BlindIndex maps a text, such as a document number, to 32 hexadecimal digits
// that nobody without the office's index key can compute or reverse:
// HMAC-SHA-256 over domain and text, cut to 16 bytes. Equal texts of one domain
// give equal results, so the caller normalises spelling first.
func (o *Office) BlindIndex(domain, text string) string {
	mac := hmac.New(sha256.New, o.Index[:])
	message := make([]byte, 0, len(indexVersion)+8+len(domain)+len(text))
	message = append(message, indexVersion...)
	message = binary.BigEndian.AppendUint64(message, uint64(len(domain)))
	message = append(message, domain...)
	message = append(message, text...)
	mac.Write(message)
	return hex.EncodeToString(mac.Sum(nil)[:indexSize])
}

// Erase overwrites the keys with zeros; the office is useless afterwards.
func (o *Office) Erase() {
	clear(o.Signing)
	o.Wrapping.Erase()
	o.Index.Erase()
	o.Database.Erase()
	o.encrypt, o.wrapping = nil, nil
}

// Format, String, GoString and LogValue keep the keys out of every output.
func (Office) Format(s fmt.State, _ rune)   { hide(s) }
func (Office) String() string               { return hidden }
func (Office) GoString() string             { return hidden }
func (Office) LogValue() slog.Value         { return slog.StringValue(hidden) }
func (Office) MarshalText() ([]byte, error) { return nil, errNotText }

// wrapContext is unambiguous because a code holds no zero byte.
func (o *Office) wrapContext(subject string) []byte {
	b := make([]byte, 0, len(wrapVersion)+len(o.Code)+len(subject)+2)
	b = append(b, wrapVersion...)
	b = append(b, 0)
	b = append(b, o.Code...)
	b = append(b, 0)
	return append(b, subject...)
}

func subjectFrom(plain []byte) (Subject, error) {
	defer clear(plain)
	if len(plain) != keySize {
		return Subject{}, fmt.Errorf("a subject's key has %d bytes instead of %d: %w", len(plain), keySize, ErrMalformed)
	}
	k := Subject(plain)
	if k.Erased() {
		return Subject{}, ErrErased
	}
	return k, nil
}

func checkCode(code string) error {
	ok := len(code) >= 2 && len(code) <= 8
	for _, c := range []byte(code) {
		ok = ok && (c >= 'a' && c <= 'z' || c >= '0' && c <= '9')
	}
	if !ok {
		return fmt.Errorf("%q is not an office code; use 2 to 8 lower-case letters and digits: %w", code, ErrMalformed)
	}
	return nil
}

// marshal gives the stored form. The caller clears it.
func (o *Office) marshal() ([]byte, error) {
	if o.encrypt == nil || len(o.Signing) != ed25519.PrivateKeySize {
		return nil, ErrErased
	}
	encrypt, err := o.encrypt.Bytes()
	if err != nil {
		return nil, fmt.Errorf("reading the encryption key: %w", err)
	}
	encrypt = bytes.Clone(encrypt) // Bytes may share the key's own memory, which must not be cleared
	defer clear(encrypt)
	return json.Marshal(seeds{
		Version: officeVersion, Code: o.Code, Signing: o.Signing.Seed(),
		Wrapping: o.Wrapping[:], Index: o.Index[:], Database: o.Database[:], Encrypt: encrypt,
	})
}

func parseOffice(stored []byte) (*Office, error) {
	var s seeds
	if err := strictJSON(stored, &s); err != nil {
		return nil, fmt.Errorf("reading an office's keys: %w", err)
	}
	defer s.erase()
	if s.Version != officeVersion {
		return nil, fmt.Errorf("an office's keys in version %q, this program knows %q: %w", s.Version, officeVersion, ErrMalformed)
	}
	return s.office()
}

func (s *seeds) keys() []*[]byte {
	return []*[]byte{&s.Signing, &s.Wrapping, &s.Index, &s.Database, &s.Encrypt}
}

func (s *seeds) erase() {
	for _, key := range s.keys() {
		clear(*key)
	}
}

// office expands seeds; the zero seed is refused, it means a broken source.
func (s *seeds) office() (*Office, error) {
	if err := checkCode(s.Code); err != nil {
		return nil, err
	}
	for _, key := range s.keys() {
		if len(*key) != keySize || bytes.Equal(*key, make([]byte, keySize)) {
			return nil, fmt.Errorf("a key of office %s is missing, erased or not %d bytes long: %w", s.Code, keySize, ErrMalformed)
		}
	}
	// A copy, because the key may keep the slice and the seeds are erased.
	encrypt, err := kem().NewPrivateKey(bytes.Clone(s.Encrypt))
	if err != nil {
		return nil, fmt.Errorf("preparing the encryption key of office %s: %w", s.Code, err)
	}
	wrapping, err := newAEAD(s.Wrapping)
	if err != nil {
		return nil, fmt.Errorf("preparing the wrapping key of office %s: %w", s.Code, err)
	}
	return &Office{
		Code: s.Code, Signing: ed25519.NewKeyFromSeed(s.Signing),
		Wrapping: Secret(s.Wrapping), Index: Secret(s.Index), Database: Secret(s.Database),
		encrypt: encrypt, wrapping: wrapping,
	}, nil
}

// strictJSON refuses unknown fields and anything after the value.
func strictJSON(data []byte, value any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(value); err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("%w: something follows the JSON value", ErrMalformed)
	}
	return nil
}
