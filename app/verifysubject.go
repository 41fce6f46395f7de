package app

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"cairn/fold"
	"cairn/keys"
	"cairn/ledger"
	"cairn/store"
)

// portionCheck is the check of one portion, by one goroutine. What it found is added
// to the verification at the end.
type portionCheck struct {
	*verification
	decided decisions
	found   Report
	places  []placed
	claimed []fold.Claim
	limited []fold.Limit
	tables  []*tableCursor
}

// placed is a leaf with its place in the office's log.
type placed struct {
	position int64
	leaf     tlog.Hash
}

// portion opens the subjects of a portion, takes their gate decisions again, folds
// them, and compares rows with what the store holds.
func (v *verification) portion(ctx context.Context, r *store.Reader, p *portion) error {
	c := &portionCheck{verification: v, decided: decisions{rules: &v.rules, known: map[string]access{}}}
	loaded, err := r.EntriesIn(ctx, p.Range)
	if err != nil {
		return err
	}
	for _, t := range append(v.office.Tables(), claimsTable()) {
		rows, err := r.RowsIn(ctx, t, p.Range)
		if err != nil {
			return err
		}
		c.tables = append(c.tables, &tableCursor{table: t, rows: rows})
	}
	heads := p.heads
	err = bySubject(loaded, func(subject string, entries []store.Loaded) error {
		for len(heads) > 0 && heads[0].Subject < subject {
			c.subject(ctx, heads[0], nil)
			heads = heads[1:]
		}
		if len(heads) == 0 || heads[0].Subject != subject {
			c.found.fault("subject %s has %d entries, but no head", subject, len(entries))
			return nil
		}
		c.subject(ctx, heads[0], entries)
		heads = heads[1:]
		return ctx.Err()
	})
	for _, h := range heads {
		c.subject(ctx, h, nil)
	}
	for _, t := range c.tables {
		t.strays(&c.found, "")
	}
	c.add()
	return err
}

// add hands over what was found.
func (c *portionCheck) add() {
	v := c.verification
	v.mu.Lock()
	defer v.mu.Unlock()
	v.report.Entries += c.found.Entries
	v.report.Opened += c.found.Opened
	v.report.Erased += c.found.Erased
	v.report.Decisions += c.found.Decisions
	v.report.Rows += c.found.Rows
	for _, f := range c.found.Faults {
		v.report.fault("%s", f)
	}
	for _, p := range c.places {
		if p.position < 0 || p.position >= int64(len(v.leaves)) {
			v.beyond = append(v.beyond, p)
			continue
		}
		v.leaves[p.position] = p.leaf
	}
	for _, claim := range c.claimed {
		v.totals[claim.Name] += claim.Amount
	}
	for _, limit := range c.limited {
		v.limits[limit.Name] = limit.Amount
	}
	v.progress("entries", v.report.Entries, v.size)
}

func (c *portionCheck) subject(ctx context.Context, head store.Head, loaded []store.Loaded) {
	id := head.Subject
	if head.Entries != int64(len(loaded)) {
		c.found.fault("subject %s has %d entries, its head says %d", id, len(loaded), head.Entries)
	}
	facts, err := c.open(loaded)
	if err != nil {
		c.found.fault("subject %s: %v", id, err)
		c.skipRows(id)
		return
	}
	c.found.Opened += int64(len(facts))
	c.found.Erased += int64(len(loaded) - len(facts))
	if len(facts) < len(loaded) { // erased: nothing may be left of it
		c.compare(id, nil)
		return
	}
	for _, f := range facts {
		if about := c.office.kinds[f.Kind].Subject; about != head.Type {
			c.found.fault("subject %s is of type %s, its entry %d of %s is about a %s", id, head.Type, f.Position, f.Office, about)
		}
		taken, err := c.decided.again(ctx, f)
		c.found.Decisions += taken
		if err = errors.Join(err, c.rules.learn(f)); err != nil {
			c.found.fault("entry %d of %s (%s): %v", f.Position, f.Office, f.Kind, err)
		}
	}
	var rows []fold.Row
	before := len(c.claimed)
	for _, p := range c.office.projections[head.Type] {
		out := p.Fold(id, facts)
		rows = append(rows, out.Rows...)
		c.claimed = append(c.claimed, out.Claims...)
		c.limited = append(c.limited, out.Limits...)
	}
	c.compare(id, append(rows, claimRows(id, c.claimed[before:])...))
}

// open hashes a subject's entries for the tree and opens those that have a key.
func (c *portionCheck) open(loaded []store.Loaded) ([]fold.Fact, error) {
	cipher, broken := c.office.cipherOf(loaded)
	facts := make([]fold.Fact, 0, len(loaded))
	for _, l := range loaded {
		associated := l.Entry.Associated()
		leaf := l.Entry.LeafOf(associated)
		c.found.Entries++
		if l.Entry.Office == c.office.Code() {
			c.places = append(c.places, placed{l.Entry.Position, leaf})
		}
		if broken != nil || l.Entry.Sealed && l.Wrapped == nil {
			continue
		}
		fact, err := c.office.openEntry(l.Entry, associated, leaf, cipher)
		if err != nil {
			broken = err
			continue
		}
		facts = append(facts, fact)
	}
	return facts, broken
}

// cipherOf gives the cipher of the subject of entries, nil when it has no key.
func (o *Office) cipherOf(loaded []store.Loaded) (*keys.Cipher, error) {
	if len(loaded) == 0 || loaded[0].Wrapped == nil {
		return nil, nil
	}
	subject := loaded[0].Entry.Subject
	key, err := o.keys.Unwrap(subject, loaded[0].Wrapped)
	if err != nil {
		return nil, fmt.Errorf("open the key of %s: %w", subject, err)
	}
	return key.Cipher()
}

// openEntry decrypts and decodes one entry. The cipher is that of its subject.
func (o *Office) openEntry(e *ledger.Entry, associated []byte, leaf tlog.Hash, cipher *keys.Cipher) (fold.Fact, error) {
	text := e.Body
	if e.Sealed {
		var err error
		if text, err = cipher.Open(associated, e.Body); err != nil {
			return fold.Fact{}, fmt.Errorf("the seal of entry %d of %s is broken: %w", e.Position, e.Office, err)
		}
	}
	body, err := ledger.DecodeBody(text)
	if err != nil {
		return fold.Fact{}, fmt.Errorf("entry %d of %s: %w", e.Position, e.Office, err)
	}
	fact, err := o.Decode(body.Kind, body.Fields)
	if err != nil {
		return fold.Fact{}, fmt.Errorf("entry %d of %s: %w", e.Position, e.Office, err)
	}
	return fold.Fact{ID: ledger.IDOf(leaf), Office: e.Office, Position: e.Position, Time: e.Time, Actor: e.Actor,
		Subject: e.Subject, Kind: body.Kind, Value: fact, Gate: body.Gate, After: e.After}, nil
}
