package app

import (
	"sync"
	"time"
)

// keptFor is how long something stays in memory that nobody asks for.
const keptFor = 15 * time.Minute

// kept holds what domains keep in memory between calls, such as an index of names, until
// nobody has asked for it for a while, or until somebody is erased. Safe for concurrent use.
type kept struct {
	mu     sync.Mutex
	values map[string]any
	timers map[string]*time.Timer
}

func newKept() *kept { return &kept{values: map[string]any{}, timers: map[string]*time.Timer{}} }

// of gives what is kept under a name, at first what empty makes.
func (k *kept) of(name string, empty func() any) any {
	k.mu.Lock()
	defer k.mu.Unlock()
	value, found := k.values[name]
	if !found {
		value = empty()
		k.values[name] = value
		k.timers[name] = time.AfterFunc(keptFor, func() { k.drop(name, value) })
	}
	k.timers[name].Reset(keptFor)
	return value
}

// drop forgets a value, unless another one stands in its place.
func (k *kept) drop(name string, value any) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.values[name] == value {
		delete(k.values, name)
		delete(k.timers, name)
	}
}

// clear forgets all.
func (k *kept) clear() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, t := range k.timers {
		t.Stop()
	}
	clear(k.values)
	clear(k.timers)
}

// Keep implements blueprint.Opener.
func (o *Office) Keep(name string, empty func() any) any { return o.kept.of(name, empty) }
