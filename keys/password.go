package keys

import (
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"cairn/value/said"
)

// PasswordParams is the cost of hashing one password with Argon2id.
type PasswordParams struct {
	Time    uint32 // passes over the memory, 1 to 16
	Memory  uint32 // KiB, 8 per thread to 262144
	Threads uint8  // lanes, 1 to 16
}

// StandardPassword is the second recommendation of RFC 9106, section 4: three
// passes over 64 MiB in four lanes.
func StandardPassword() PasswordParams {
	return PasswordParams{Time: 3, Memory: 64 << 10, Threads: 4}
}

// CheapPassword is for tests and demonstrations only.
func CheapPassword() PasswordParams { return PasswordParams{Time: 1, Memory: 64, Threads: 1} }

const (
	saltSize          = 16
	passwordHashSize  = 32
	minPasswordLength = 12
	maxPasswordLength = 256
)

// HashPassword gives the PHC string to store for a password:
// $argon2id$v=19$m=65536,t=3,p=4$salt$hash. Spelling variants of one text in
// Unicode count as the same password (form NFC).
func HashPassword(password string, random io.Reader, params PasswordParams) (string, error) {
	if err := params.valid(); err != nil {
		return "", fmt.Errorf("hashing a password: %w", err)
	}
	if len(password) > 4*maxPasswordLength {
		return "", fmt.Errorf("hashing a password: longer than %d characters", maxPasswordLength)
	}
	salt := make([]byte, saltSize)
	if err := readKey(random, salt); err != nil {
		return "", fmt.Errorf("hashing a password: %w", err)
	}
	h := passwordHash{params, salt, nil}
	h.hash = h.compute(password, passwordHashSize)
	return h.String(), nil
}

// DecoyHash gives a hash that no password is known to match. Checking against it takes
// as long as against one of HashPassword, and making it takes no time.
func DecoyHash(random io.Reader, params PasswordParams) (string, error) {
	h := passwordHash{params, make([]byte, saltSize), make([]byte, passwordHashSize)}
	if err := errors.Join(params.valid(), readKey(random, h.salt), readKey(random, h.hash)); err != nil {
		return "", fmt.Errorf("making a decoy of a password's hash: %w", err)
	}
	return h.String(), nil
}

// CheckPassword says whether hash was made from password, comparing in constant
// time. A hash of another form or of unreasonable cost gives [ErrMalformed],
// wrapped, and false.
func CheckPassword(hash, password string) (bool, error) {
	h, err := parsePasswordHash(hash)
	if err != nil {
		return false, fmt.Errorf("checking a password: %w", err)
	}
	if len(password) > 4*maxPasswordLength {
		return false, nil
	}
	return subtle.ConstantTimeCompare(h.hash, h.compute(password, len(h.hash))) == 1, nil
}

// PasswordOutdated says whether a hash was made at another cost than params, so
// that it should be made again at the next log-in.
func PasswordOutdated(hash string, params PasswordParams) bool {
	h, err := parsePasswordHash(hash)
	return err != nil || h.params != params
}

// PasswordProblem says what is wrong with a new password, or gives nil.
// It asks for length, not for kinds of characters (NIST SP 800-63B, section 3.1.1).
func PasswordProblem(password string) error {
	length := utf8.RuneCountInString(norm.NFC.String(password))
	switch {
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return said.Errorf("It contains characters that cannot be typed.")
	case length < minPasswordLength:
		return said.Errorf("It needs at least %d characters; several words are easy to remember.", minPasswordLength)
	case length > maxPasswordLength:
		return said.Errorf("It can have at most %d characters.", maxPasswordLength)
	case tooRegular([]rune(strings.ToLower(password))):
		return said.Errorf("It is a repetition or a run of neighbouring characters; use several unrelated words.")
	case !strings.ContainsFunc(password, unicode.IsLetter):
		return said.Errorf("It has no letters; add words.")
	case wellKnown(password):
		return said.Errorf("It is a well-known password; use several unrelated words.")
	}
	return nil
}

// tooRegular finds few different characters, one part repeated, and runs such
// as "abcdefghijkl" or "987654321098".
func tooRegular(runes []rune) bool {
	different := map[rune]bool{}
	steps := 0
	for i, r := range runes {
		different[r] = true
		if i > 0 && (r-runes[i-1] == 1 || r-runes[i-1] == -1) {
			steps++
		}
	}
	text := string(runes)
	repeated := strings.Contains((text + text)[1:2*len(text)-1], text)
	return len(different) < 5 || repeated || steps >= len(runes)-2
}

// wellKnown finds a common password with digits or signs around it.
func wellKnown(password string) bool {
	word := strings.ToLower(strings.TrimFunc(password, func(r rune) bool { return !unicode.IsLetter(r) }))
	for _, known := range []string{"password", "passwort", "motdepasse", "contraseña", "qwertyuiop", "qwertyuiopasdf",
		"asdfghjkl", "letmein", "iloveyou", "administrator", "changeme", "welcome", "cairn"} {
		if word == known {
			return true
		}
	}
	return false
}

func (p PasswordParams) valid() error {
	if p.Time < 1 || p.Time > 16 || p.Threads < 1 || p.Threads > 16 || p.Memory < 8*uint32(p.Threads) || p.Memory > 256<<10 {
		return fmt.Errorf("cost m=%d,t=%d,p=%d is out of bounds: %w", p.Memory, p.Time, p.Threads, ErrMalformed)
	}
	return nil
}

type passwordHash struct {
	params     PasswordParams
	salt, hash []byte
}

func (h passwordHash) compute(password string, size int) []byte {
	text := []byte(norm.NFC.String(password))
	defer clear(text)
	return argon2.IDKey(text, h.salt, h.params.Time, h.params.Memory, h.params.Threads, uint32(size))
}

func (h passwordHash) String() string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		h.params.Memory, h.params.Time, h.params.Threads, b.EncodeToString(h.salt), b.EncodeToString(h.hash))
}

// parsePasswordHash accepts only what String writes, within bounds.
func parsePasswordHash(text string) (passwordHash, error) {
	bad := fmt.Errorf("not an Argon2id hash in PHC form: %w", ErrMalformed)
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || len(text) > 300 {
		return passwordHash{}, bad
	}
	var h passwordHash
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.params.Memory, &h.params.Time, &h.params.Threads); err != nil {
		return passwordHash{}, bad
	}
	if err := h.params.valid(); err != nil {
		return passwordHash{}, err
	}
	b := base64.RawStdEncoding.Strict()
	var errSalt, errHash error
	h.salt, errSalt = b.DecodeString(parts[4])
	h.hash, errHash = b.DecodeString(parts[5])
	if errSalt != nil || errHash != nil || len(h.salt) < 8 || len(h.salt) > 64 || len(h.hash) < 16 || len(h.hash) > 64 || h.String() != text {
		return passwordHash{}, bad
	}
	return h, nil
}
