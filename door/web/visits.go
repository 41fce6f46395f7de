package web

import (
	"sync"
	"time"

	"cairn/door/login"
)

// What one network may ask for: a page with its style and map is four requests, so a
// whole office behind one address works undisturbed, and a program that reads file
// after file does not.
const (
	visitBurst  = 400
	visitPause  = 20 * time.Millisecond // until one more request is free
	mostVisitor = 10_000
)

// visits counts requests by the network they come from.
type visits struct {
	mu   sync.Mutex
	seen map[string]visitor
}

// visitor is a bucket that leaks with time.
type visitor struct {
	level float64
	at    time.Time
}

// take counts a request, and says whether there were not too many.
func (v *visits) take(source string, now time.Time) bool {
	from := login.Network(source)
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.seen == nil || len(v.seen) >= mostVisitor { // so many addresses are not stopped by counting each
		v.seen = map[string]visitor{}
	}
	one := v.seen[from]
	one.level = max(0, one.level-float64(max(0, now.Sub(one.at)))/float64(visitPause)) + 1
	one.at = now
	fits := one.level <= visitBurst
	if !fits {
		one.level--
	}
	v.seen[from] = one
	return fits
}
