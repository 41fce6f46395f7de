package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"sync"
	"time"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/gate"
	"cairn/keys"
	"cairn/ledger"
	"cairn/store"
	"cairn/value"
)

// Config says which record to open and with what.
type Config struct {
	Store   store.Config
	Keys    *keys.Office
	Domains []blueprint.Domain
	Gate    *gate.Gate
	Clock   func() time.Time // nil: the machine's clock
	Random  io.Reader        // nil: the machine's randomness
}

// Office is an open record. It is safe for concurrent use.
type Office struct {
	*Catalogue
	store  *store.Store
	keys   *keys.Office
	gate   *gate.Gate
	memory *memory
	kept   *kept
	ids    *value.IDSource
	random io.Reader
	clock  func() time.Time

	mu   sync.Mutex
	last ledger.Time // the newest time given out, so that a clock set back does no harm
}

// Open opens the record, and creates its tables when they are not there.
func Open(ctx context.Context, c Config) (*Office, error) {
	catalogue, err := NewCatalogue(c.Domains)
	if err != nil {
		return nil, fmt.Errorf("join the domains: %w", err)
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Random == nil {
		c.Random = rand.Reader
	}
	signer, err := ledger.Signer(c.Keys.Code, c.Keys.Signing)
	if err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, c.Store, c.Keys.Code, signer)
	if err != nil {
		return nil, err
	}
	o := &Office{Catalogue: catalogue, store: s, keys: c.Keys, gate: c.Gate, random: c.Random,
		clock: c.Clock, memory: newMemory(memoryLimit), kept: newKept(), ids: value.NewIDSource(c.Clock, c.Random)}
	if err := o.start(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return o, nil
}

func (o *Office) start(ctx context.Context) error {
	var err error
	if o.last, err = o.store.LastTime(ctx); err != nil {
		return err
	}
	return o.prepareTables(ctx)
}

// Close ends the office's work after what is under way.
func (o *Office) Close() error {
	o.kept.clear()
	return o.store.Close()
}

// Code is the office's code.
func (o *Office) Code() string { return o.keys.Code }

// Store gives the record itself, for verification and backups.
func (o *Office) Store() *store.Store { return o.store }

// Gate gives the policies in force.
func (o *Office) Gate() *gate.Gate { return o.gate }

// Office implements blueprint.Opener.
func (o *Office) Office() *keys.Office { return o.keys }

// Roles implements blueprint.Opener.
func (o *Office) Roles() []string { return o.gate.Roles() }

// Policy implements blueprint.Opener.
func (o *Office) Policy() gate.Text { return o.gate.Text() }

// NewID draws a new subject's id.
func (o *Office) NewID() string { return o.ids.NewID() }

// now gives the time, never earlier than one given out before.
func (o *Office) now() ledger.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.last = max(o.last+1, ledger.At(o.clock()))
	return o.last
}

// OpenSubject implements blueprint.Opener: it remembers what it opened, without the
// gate's decisions on it.
func (o *Office) OpenSubject(head store.Head, loaded []store.Loaded) ([]fold.Fact, error) {
	facts, err := o.Open(loaded)
	if err != nil || len(facts) == 0 || int64(len(facts)) != head.Entries {
		return facts, err
	}
	for i := range facts {
		facts[i].Gate = nil
	}
	o.memory.keep(head.Subject, remembered{heads: head.Heads, facts: facts, wrapped: loaded[0].Wrapped})
	return facts, nil
}

// Open decrypts and decodes the entries of subjects, subject after subject. Entries
// whose key was erased are left out.
func (o *Office) Open(loaded []store.Loaded) ([]fold.Fact, error) {
	facts := make([]fold.Fact, 0, len(loaded))
	err := bySubject(loaded, func(_ string, entries []store.Loaded) error {
		cipher, err := o.cipherOf(entries)
		if err != nil {
			return err
		}
		for _, l := range entries {
			if l.Entry.Sealed && cipher == nil {
				continue // the key was erased
			}
			associated := l.Entry.Associated()
			fact, err := o.openEntry(l.Entry, associated, l.Entry.LeafOf(associated), cipher)
			if err != nil {
				return err
			}
			facts = append(facts, fact)
		}
		return nil
	})
	return facts, err
}

// Recall implements blueprint.Opener.
func (o *Office) Recall(head store.Head) ([]fold.Fact, []byte, bool) {
	r, found := o.memory.of(head.Subject, head.Heads)
	return r.facts, r.wrapped, found
}

// OpenAttachment implements blueprint.Opener.
func (o *Office) OpenAttachment(r *store.Reader, ctx context.Context, digest string) ([]byte, error) {
	subject, body, err := r.Attachment(ctx, digest)
	if err != nil {
		return nil, err
	}
	wrapped, err := r.Key(ctx, subject)
	if err != nil || wrapped == nil {
		return body, err
	}
	key, err := o.keys.Unwrap(subject, wrapped)
	if err != nil {
		return nil, err
	}
	plain, err := key.Open([]byte("attachment "+digest), body)
	if err != nil {
		return nil, fmt.Errorf("attachment %s: its seal is broken: %w", digest, err)
	}
	return plain, nil
}
