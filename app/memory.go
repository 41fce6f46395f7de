package app

import (
	"sync"

	"cairn/fold"
)

// memory keeps the opened facts of subjects that were used lately, so that the next
// action on them reads, decrypts and decodes nothing. What is kept of a subject counts
// only while its heads are the same: they are a digest of its whole history, and an
// erasure overwrites them, whichever process did it. Safe for concurrent use.
type memory struct {
	mu         sync.Mutex
	limit      int // facts in each of the two halves
	held       int // facts in young
	young, old map[string]remembered
}

// remembered is what is kept of one subject. Its facts are shared: nobody changes them.
type remembered struct {
	heads   string
	facts   []fold.Fact
	wrapped []byte // the subject's wrapped key
}

// memoryLimit is how many facts an office remembers; one takes about a kilobyte.
const memoryLimit = 60_000

func newMemory(limit int) *memory {
	return &memory{limit: limit / 2, young: map[string]remembered{}, old: map[string]remembered{}}
}

// of gives what is remembered of a subject with these heads.
func (m *memory) of(subject, heads string) (remembered, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found, ok := m.young[subject]
	if !ok {
		if found, ok = m.old[subject]; ok {
			delete(m.old, subject)
			m.add(subject, found)
		}
	}
	return found, ok && found.heads == heads
}

// keep remembers a subject, instead of what was remembered of it before.
func (m *memory) keep(subject string, r remembered) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.old, subject)
	m.add(subject, r)
}

// add puts a subject among the young. When they are too many they become the old,
// and what nobody asked for since the last time is forgotten.
func (m *memory) add(subject string, r remembered) {
	m.held += len(r.facts) - len(m.young[subject].facts)
	m.young[subject] = r
	if m.held > m.limit {
		m.old, m.young, m.held = m.young, map[string]remembered{}, 0
	}
}

// forget drops a subject, such as one that was erased.
func (m *memory) forget(subject string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.held -= len(m.young[subject].facts)
	delete(m.young, subject)
	delete(m.old, subject)
}
