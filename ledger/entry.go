package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Time is a moment in microseconds since 1970 UTC, the precision of the ledger;
// earlier moments are negative.
type Time int64

// Never is earlier than any entry: the newest time of an empty log.
const Never Time = math.MinInt64

// At gives the ledger's time for t, cut to microseconds.
func At(t time.Time) Time { return Time(t.UnixMicro()) }

// Std gives t as a time.Time in UTC.
func (t Time) Std() time.Time { return time.UnixMicro(int64(t)).UTC() }

// String is RFC 3339 in UTC with six decimals, so that texts sort as times do.
func (t Time) String() string { return t.Std().Format("2006-01-02T15:04:05.000000Z") }

// ID names an entry: its leaf hash, as 64 hexadecimal digits.
type ID string

// Header is the outside of an entry, readable without any key.
type Header struct {
	Office  string // the office whose log holds the entry
	Time    Time   // when the office recorded it
	Subject string // what it is about
	Actor   string // who stated it
	After   []ID   // the subject's heads that the author had seen, sorted
	Sealed  bool   // whether the body is encrypted under the subject's key
}

// Entry is one fact as the log holds it.
type Entry struct {
	Header
	Position int64  // place in the office's log, from 0; not part of what is signed
	Body     []byte // sealed or plain, see Header.Sealed
}

const headerVersion = "cairn entry v1"

// Associated is what the seal of the body binds: the header without its digest
// and without the position, which the author does not know yet.
func (h *Header) Associated() []byte {
	b := make([]byte, 0, 160+65*len(h.After))
	b = appendText(b, headerVersion)
	b = appendText(b, h.Office)
	b = binary.AppendVarint(b, int64(h.Time))
	b = appendText(b, h.Subject)
	b = appendText(b, h.Actor)
	b = binary.AppendUvarint(b, uint64(len(h.After)))
	for _, id := range h.After {
		b = appendText(b, string(id))
	}
	if h.Sealed {
		return append(b, 1)
	}
	return append(b, 0)
}

func appendText(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// Leaf is the RFC 6962 leaf hash of header ‖ digest of the body ‖ body.
func (e *Entry) Leaf() tlog.Hash { return e.LeafOf(e.Associated()) }

// LeafOf is Leaf for a caller that holds what Associated gives.
func (e *Entry) LeafOf(associated []byte) tlog.Hash {
	digest := sha256.Sum256(e.Body)
	h := sha256.New()
	h.Write([]byte{0}) // the prefix of a leaf, RFC 6962 section 2.1
	h.Write(associated)
	h.Write(digest[:])
	h.Write(e.Body)
	var leaf tlog.Hash
	h.Sum(leaf[:0])
	return leaf
}

// ID is the entry's name, by which later entries say that they have seen it.
func (e *Entry) ID() ID { return IDOf(e.Leaf()) }

// IDOf writes a leaf hash as an id.
func IDOf(leaf tlog.Hash) ID { return ID(hex.EncodeToString(leaf[:])) }

// JoinHeads writes heads as one text, sorted order kept as given.
func JoinHeads(heads []ID) string {
	parts := make([]string, len(heads))
	for i, h := range heads {
		parts[i] = string(h)
	}
	return strings.Join(parts, ",")
}

// SplitHeads reads what JoinHeads wrote.
func SplitHeads(s string) []ID {
	if s == "" {
		return nil
	}
	parts := strings.Split(s, ",")
	ids := make([]ID, len(parts))
	for i, p := range parts {
		ids[i] = ID(p)
	}
	return ids
}

// ErrHeader means that a header cannot be part of any log.
var ErrHeader = errors.New("unusable entry header")

// Validate refuses headers that no honest author writes.
func (h *Header) Validate() error {
	switch {
	case h.Office == "" || h.Subject == "" || h.Actor == "":
		return fmt.Errorf("%w: office, subject and actor are needed", ErrHeader)
	case h.Time == 0 || h.Time == Never:
		return fmt.Errorf("%w: time %d", ErrHeader, h.Time)
	}
	for _, id := range h.After {
		if len(id) != 2*tlog.HashSize {
			return fmt.Errorf("%w: head %q is no entry id", ErrHeader, id)
		}
	}
	return nil
}
