package keys

import (
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"log/slog"
	"strings"
)

const (
	shareVersion  = 1
	shareIDSize   = 3
	shareDataSize = 1 + shareIDSize + keySize
	shareSize     = shareDataSize + crc32.Size // 40 bytes are 64 base32 digits, no padding
)

// Share is what one holder keeps of a recovery: 256 random bits, and which
// recovery and holder they belong to. It prints as "secret"; Text is what the
// holder writes down.
type Share struct {
	holder   int // place among Recovery.Holders, 0 to 2
	recovery [shareIDSize]byte
	key      Secret
}

// Holder is the holder's place in Recovery.Holders, 0 to 2.
func (s Share) Holder() int { return s.holder }

// Erase overwrites the share with zeros.
func (s *Share) Erase() { s.key.Erase() }

// Format, String, GoString and LogValue keep the share out of every output.
func (Share) Format(s fmt.State, _ rune)   { hide(s) }
func (Share) String() string               { return hidden }
func (Share) GoString() string             { return hidden }
func (Share) LogValue() slog.Value         { return slog.StringValue(hidden) }
func (Share) MarshalText() ([]byte, error) { return nil, errNotText }

// Text is the share for paper, and so a secret: 16 groups of four of the letters
// A to Z and digits 2 to 7 (base32, RFC 4648), four groups on each of four lines.
// It holds version and holder (1 byte), the recovery's first 3 bytes, the share
// (32 bytes) and a CRC-32C that finds every mistake within six neighbouring
// characters, and any other but for one in four thousand million.
func (s Share) Text() string {
	data := make([]byte, 0, shareSize)
	data = append(data, shareVersion<<4|byte(s.holder))
	data = append(data, s.recovery[:]...)
	data = append(data, s.key[:]...)
	data = binary.BigEndian.AppendUint32(data, checksum(data))
	defer clear(data)
	text := base32.StdEncoding.EncodeToString(data)
	lines := make([]string, 0, 4)
	for i := 0; i < len(text); i += 16 {
		lines = append(lines, groups(text[i:i+16], " "))
	}
	return strings.Join(lines, "\n")
}

// ParseShare reads what Text gave, as a person types it: case, spaces, line
// breaks and hyphens do not matter, 0, 1 and 8 are read as O, I and B. A typing
// mistake gives [ErrMalformed], wrapped.
func ParseShare(text string) (Share, error) {
	digits := typed.Replace(strings.ToUpper(strings.Join(strings.Fields(text), "")))
	if want := base32.StdEncoding.EncodedLen(shareSize); len(digits) != want {
		return Share{}, fmt.Errorf("reading a share: %d characters instead of %d; compare it with the paper: %w", len(digits), want, ErrMalformed)
	}
	data, err := base32.StdEncoding.DecodeString(digits)
	if err != nil || len(data) != shareSize {
		return Share{}, fmt.Errorf("reading a share: only A to Z and 2 to 7 occur in one; compare it with the paper: %w", ErrMalformed)
	}
	defer clear(data)
	if checksum(data[:shareDataSize]) != binary.BigEndian.Uint32(data[shareDataSize:]) {
		return Share{}, fmt.Errorf("reading a share: there is a typing mistake; compare it with the paper: %w", ErrMalformed)
	}
	version, holder := data[0]>>4, int(data[0]&15)
	if version != shareVersion || holder > 2 {
		return Share{}, fmt.Errorf("reading a share: of version %d, this program knows %d: %w", version, shareVersion, ErrMalformed)
	}
	s := Share{holder: holder, recovery: [shareIDSize]byte(data[1:]), key: Secret(data[1+shareIDSize : shareDataSize])}
	return s, nil
}

var typed = strings.NewReplacer("-", "", "0", "O", "1", "I", "8", "B")

func checksum(data []byte) uint32 {
	return crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli))
}
