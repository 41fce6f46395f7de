package value

import (
	"encoding/binary"
	"fmt"
	"io"
	"sync"
	"time"
)

// IDLength is the number of characters of an id.
const IDLength = 26

// crockford is Crockford's base 32 in lower case, as ULID uses it.
const crockford = "0123456789abcdefghjkmnpqrstvwxyz"

// IDSource makes ids in the layout of ULID: 48 bits of Unix milliseconds and 80
// random bits. Ids of one source always grow: within a millisecond, or when the
// clock goes back, the random part counts up. Safe for concurrent use.
type IDSource struct {
	now    func() time.Time
	random io.Reader

	mu     sync.Mutex // guards what follows
	millis uint64
	high   uint16 // the upper 16 of the 80 random bits
	low    uint64
}

// NewIDSource takes the clock and the source of randomness (crypto/rand.Reader,
// or a seeded one for a reproducible run).
func NewIDSource(now func() time.Time, random io.Reader) *IDSource {
	return &IDSource{now: now, random: random}
}

// NewID gives a fresh id. It panics when randomness fails, since going on would
// hand out ids that another office may have; crypto/rand.Reader never fails.
func (s *IDSource) NewID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	millis := uint64(max(s.now().UnixMilli(), 0)) & (1<<48 - 1)
	if millis > s.millis {
		s.millis = millis
		s.draw()
	} else {
		s.countUp()
	}
	return s.spell()
}

func (s *IDSource) draw() {
	var bits [10]byte
	if _, err := io.ReadFull(s.random, bits[:]); err != nil {
		panic(fmt.Sprintf("value: no randomness for a new id: %v", err))
	}
	// The top bit stays clear, so that counting up has room in any millisecond.
	s.high = binary.BigEndian.Uint16(bits[:2]) &^ (1 << 15)
	s.low = binary.BigEndian.Uint64(bits[2:])
}

func (s *IDSource) countUp() {
	if s.millis == 0 && s.high == 0 && s.low == 0 {
		s.draw()
		return
	}
	s.low++
	if s.low == 0 {
		s.high++
	}
	if s.low == 0 && s.high == 0 {
		s.millis++
		s.draw()
	}
}

func (s *IDSource) spell() string {
	var out [IDLength]byte
	millis := s.millis
	for i := 9; i >= 0; i-- {
		out[i] = crockford[millis&31]
		millis >>= 5
	}
	low, high := s.low, uint64(s.high)
	for i := IDLength - 1; i >= 10; i-- {
		out[i] = crockford[low&31]
		low = low>>5 | high&31<<59
		high >>= 5
	}
	return string(out[:])
}

// ValidID reports whether s has the form of an id: 26 lower-case characters of
// Crockford's base 32, at most 128 bits.
func ValidID(s string) bool {
	if len(s) != IDLength || s[0] > '7' {
		return false
	}
	for i := range len(s) {
		if crockfordValue(s[i]) < 0 {
			return false
		}
	}
	return true
}

func crockfordValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c < 'a' || c > 'z' || c == 'i' || c == 'l' || c == 'o' || c == 'u':
		return -1
	}
	n := int(c-'a') + 10
	for _, skipped := range "ilou" {
		if c > byte(skipped) {
			n--
		}
	}
	return n
}

// IDTime gives the millisecond in an id, in UTC.
func IDTime(id string) (time.Time, error) {
	if !ValidID(id) {
		return time.Time{}, fmt.Errorf("read the time of id %q: it is not an id of %d characters", clip(id), IDLength)
	}
	millis := int64(0)
	for i := range 10 {
		millis = millis<<5 | int64(crockfordValue(id[i]))
	}
	return time.UnixMilli(millis).UTC(), nil
}
