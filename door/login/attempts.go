package login

import (
	"net/netip"
	"time"
)

// Guessing is slowed down for a log-in from one source, so that somebody far away
// cannot shut out whoever owns the log-in, and for a source as a whole. Attempts
// that succeed do not count.
const (
	loginBurst  = 8
	loginPause  = 30 * time.Second // until one more attempt for the log-in is free
	sourceBurst = 40
	sourcePause = 6 * time.Second
	maxBuckets  = 20000
)

// buckets count attempts by what they were for; a bucket leaks with time.
type buckets map[[2]string]*bucket

type bucket struct {
	level float64
	at    time.Time
	pause time.Duration
}

func (b *bucket) leak(now time.Time) {
	passed := max(0, now.Sub(b.at)) // a clock that was set back fills nothing
	b.level = max(0, b.level-float64(passed)/float64(b.pause))
	b.at = now
}

// get gives a bucket. When there are too many, empty ones go first, then all: an
// attacker with that many addresses is not stopped by counting them.
func (b buckets) get(key [2]string, pause time.Duration, now time.Time) *bucket {
	if found := b[key]; found != nil {
		found.leak(now)
		return found
	}
	if len(b) >= maxBuckets {
		for k, old := range b {
			if old.leak(now); old.level == 0 {
				delete(b, k)
			}
		}
		if len(b) >= maxBuckets {
			clear(b)
		}
	}
	made := &bucket{at: now, pause: pause}
	b[key] = made
	return made
}

func (d *Desk) both(login, source string) (*bucket, *bucket) {
	now, from := d.options.Clock(), Network(source)
	if len(login) > 64 {
		login = login[:64]
	}
	return d.attempts.get([2]string{login, from}, loginPause, now), d.attempts.get([2]string{"", from}, sourcePause, now)
}

// take counts an attempt before it is made, so that many at once count too.
func (d *Desk) take(login, source string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	one, all := d.both(login, source)
	if one.level+1 > loginBurst || all.level+1 > sourceBurst {
		return false
	}
	one.level++
	all.level++
	return true
}

// giveBack takes back an attempt that succeeded, and forgets failures before it.
func (d *Desk) giveBack(login, source string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	one, all := d.both(login, source)
	one.level, all.level = 0, max(0, all.level-1)
}

// Network is an address without its port; of IPv6 the half that one customer has.
func Network(source string) string {
	address, err := netip.ParseAddr(source)
	if err != nil {
		withPort, err := netip.ParseAddrPort(source)
		if err != nil {
			return source
		}
		address = withPort.Addr()
	}
	address = address.Unmap().WithZone("")
	if address.Is6() {
		if prefix, err := address.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return address.String()
}
