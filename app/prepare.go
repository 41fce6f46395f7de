package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/keys"
	"cairn/ledger"
	"cairn/store"
)

// preparation turns an action's drafts into a submission: safeguards, seals, rows.
type preparation struct {
	office *Office
	work   *blueprint.Work
	action blueprint.Action
	record GateRecord
	trips  map[*blueprint.Draft][]TripRecord
	drop   map[*blueprint.Draft]bool
	extra  []*blueprint.Draft // refusals, recorded by the program itself

	order   []string // subjects, as they were drafted
	drafts  map[string][]*blueprint.Draft
	entries int        // sealed so far
	after   []standing // how the subjects stand when all is appended
}

// standing is how a subject stands after a change.
type standing struct {
	remembered
	change *store.Change
}

// arrange puts the drafts that stand in order of their subjects, and sees how these
// stand.
func (p *preparation) arrange() error {
	p.drafts = map[string][]*blueprint.Draft{}
	for _, d := range append(slices.Clone(p.work.Drafts()), p.extra...) {
		if p.drop[d] {
			continue
		}
		if _, seen := p.drafts[d.Subject]; !seen {
			p.order = append(p.order, d.Subject)
		}
		p.drafts[d.Subject] = append(p.drafts[d.Subject], d)
	}
	return p.work.Guard(p.order...)
}

// submission seals the drafts from a place in the order on, n subjects at the most,
// and folds their subjects. The first carries the guards, the last what else there is.
func (p *preparation) submission(from, n int) (*store.Submission, error) {
	s := &store.Submission{}
	to := min(from+n, len(p.order))
	if err := p.work.LoadAll(p.order[from:to]...); err != nil {
		return nil, err
	}
	for i, subject := range p.order[from:to] {
		change, cipher, err := p.change(subject, p.drafts[subject])
		if err != nil {
			return nil, err
		}
		s.Changes = append(s.Changes, *change)
		if err := p.attach(s, subject, cipher); err != nil {
			return nil, err
		}
		p.entries += len(change.Entries)
		if i%256 == 0 {
			p.work.Progress("seal", int64(from+i), int64(len(p.order)))
		}
	}
	if from == 0 {
		for subject, head := range p.work.Heads() {
			if _, changed := p.drafts[subject]; !changed {
				s.Guards = append(s.Guards, head)
			}
		}
	}
	if to < len(p.order) {
		return s, nil
	}
	for _, subject := range p.work.Erasures() {
		s.Erasures = append(s.Erasures, store.Erasure{Subject: subject, Tables: p.office.tablesOf(p.work.Head(subject).Type)})
	}
	return s, nil
}

// streamed is how many subjects are sealed while those before them are written.
const streamed = 1000

// prepare seals what is to be appended, while the snapshot can be read. What concerns
// many subjects, such as a list or a plan for thousands, is appended at once, one part
// while the next is sealed; it gives nil then.
func (p *preparation) prepare(ctx context.Context) (*store.Submission, error) {
	if err := p.arrange(); err != nil || len(p.order) == 0 {
		return nil, err
	}
	if len(p.order) <= 2*streamed || len(p.work.Erasures()) > 0 {
		return p.submission(0, len(p.order))
	}
	return nil, p.stream(ctx)
}

// stream seals and appends part after part, all or nothing.
func (p *preparation) stream(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	parts := make(chan *store.Submission, 2)
	var failed error // set before parts is closed
	go func() {
		defer close(parts)
		for from := 0; from < len(p.order); from += streamed {
			s, err := p.submission(from, streamed)
			if failed = errors.Join(err, ctx.Err()); failed != nil {
				return
			}
			p.work.Forget(p.order[from:min(from+streamed, len(p.order))])
			select {
			case parts <- s:
			case <-ctx.Done():
				failed = ctx.Err()
				return
			}
		}
	}()
	err := p.office.store.AppendAll(ctx, func() (*store.Submission, error) {
		if s, more := <-parts; more {
			return s, nil
		}
		return nil, failed
	})
	cancel()
	for range parts { // until the sealing has ended
	}
	return err
}

// attach adds the attachments about a subject; key is nil where it is not personal.
func (p *preparation) attach(s *store.Submission, subject string, key *keys.Cipher) error {
	for _, a := range p.work.Attachments() {
		if a.Subject != subject {
			continue
		}
		body := a.Body
		if key != nil {
			var err error
			if body, err = key.Seal(p.office.random, []byte("attachment "+a.Digest), a.Body); err != nil {
				return fmt.Errorf("seal an attachment: %w", err)
			}
		}
		s.Attachments = append(s.Attachments, store.Attachment{Digest: a.Digest, Subject: a.Subject, Body: body})
	}
	return nil
}

func (p *preparation) change(subject string, drafts []*blueprint.Draft) (*store.Change, *keys.Cipher, error) {
	facts, err := p.work.Load(subject)
	if err != nil {
		return nil, nil, err
	}
	head := p.work.Head(subject)
	typ := p.office.kinds[drafts[0].Fact.Kind()].Subject
	if head.Type != "" && head.Type != typ {
		return nil, nil, fmt.Errorf("%s is a %s, a %s is about a %s", subject, head.Type, drafts[0].Fact.Kind(), typ)
	}
	change := &store.Change{Subject: subject, Type: typ, Before: head.Heads}
	key, err := p.key(change)
	if err != nil {
		return nil, nil, err
	}
	after := make([]fold.Fact, len(facts), len(facts)+len(drafts))
	copy(after, facts)
	for _, d := range drafts {
		fact, err := p.seal(change, key, d, after)
		if err != nil {
			return nil, nil, fmt.Errorf("seal a %s: %w", d.Fact.Kind(), err)
		}
		after = append(after, fact)
	}
	if len(p.after) < mostRemembered {
		p.after = append(p.after, standing{remembered{facts: after, wrapped: p.work.Wrapped(subject)}, change})
	}
	return change, key, p.office.foldInto(change, facts, after)
}

// mostRemembered bounds the subjects of one action that are remembered.
const mostRemembered = 10_000

// remember keeps how the subjects stand, once that is appended.
func (p *preparation) remember() {
	for _, a := range p.after {
		c := a.change
		if a.wrapped == nil {
			a.wrapped = c.Wrapped
		}
		sealed := a.facts[len(a.facts)-len(c.Entries):]
		for i, e := range c.Entries {
			sealed[i].Position, sealed[i].Gate = e.Position, nil
		}
		a.heads = string(ledger.IDOf(c.Leaves[len(c.Leaves)-1]))
		p.office.memory.keep(c.Subject, a.remembered)
	}
	for _, subject := range p.work.Erasures() {
		p.office.memory.forget(subject)
		p.office.kept.clear()
	}
}

// key gives the key of the change's subject: nil when it is not personal, a new
// one when it is new.
func (p *preparation) key(c *store.Change) (*keys.Cipher, error) {
	if !p.office.subjects[c.Type].Personal {
		return nil, nil
	}
	if c.Before == "" {
		key, err := keys.NewSubject(p.office.random)
		if err != nil {
			return nil, err
		}
		if c.Wrapped, err = p.office.keys.Wrap(c.Subject, key); err != nil {
			return nil, err
		}
		return key.Cipher()
	}
	wrapped := p.work.Wrapped(c.Subject)
	if wrapped == nil {
		return nil, blueprint.Refuse(blueprint.Conflict, "%s was erased: nothing can be recorded about it any more", c.Subject)
	}
	key, err := p.office.keys.Unwrap(c.Subject, wrapped)
	if err != nil {
		return nil, err
	}
	return key.Cipher()
}

// seal makes the entry of a draft, later than all facts that stand before it: the
// order in which they are folded must be that in which they were recorded.
func (p *preparation) seal(c *store.Change, key *keys.Cipher, d *blueprint.Draft, before []fold.Fact) (fold.Fact, error) {
	fields, err := json.Marshal(d.Fact)
	if err != nil {
		return fold.Fact{}, err
	}
	gateText, err := p.record.encode(p.office.Code(), p.office.kinds[d.Fact.Kind()].Stage, p.trips[d])
	if err != nil {
		return fold.Fact{}, err
	}
	body, err := ledger.Body{Kind: d.Fact.Kind(), Fields: fields, Gate: gateText}.Encode()
	if err != nil {
		return fold.Fact{}, err
	}
	heads := ledger.SplitHeads(c.Before)
	if n := len(c.Leaves); n > 0 {
		heads = []ledger.ID{ledger.IDOf(c.Leaves[n-1])}
	}
	e := &ledger.Entry{Header: ledger.Header{Office: p.office.Code(), Time: p.work.Time, Subject: c.Subject,
		Actor: p.work.Actor.ID, After: heads, Sealed: key != nil}, Body: body}
	if n := len(before); n > 0 {
		e.Time = max(e.Time, before[n-1].Time+1)
	}
	if err := e.Validate(); err != nil {
		return fold.Fact{}, err
	}
	associated := e.Associated()
	if key != nil {
		if e.Body, err = key.Seal(p.office.random, associated, body); err != nil {
			return fold.Fact{}, err
		}
	}
	leaf := e.LeafOf(associated)
	c.Entries, c.Leaves = append(c.Entries, e), append(c.Leaves, leaf)
	return fold.Fact{ID: ledger.IDOf(leaf), Office: e.Office, Time: e.Time, Actor: e.Actor, Subject: e.Subject,
		Kind: d.Fact.Kind(), Value: d.Fact, Gate: gateText, After: heads}, nil
}

// foldInto sets what the change does to tables, claims and limits: the difference
// between the subject folded before and after.
func (o *Office) foldInto(c *store.Change, before, after []fold.Fact) error {
	fold.Sort(after)
	for _, p := range o.projections[c.Type] {
		was, is := p.Fold(c.Subject, before), p.Fold(c.Subject, after)
		if err := p.Check(c.Subject, is); err != nil {
			return err
		}
		for _, t := range p.Tables {
			old, now := rowsOf(was, t), rowsOf(is, t)
			if len(old) != len(now) || !reflect.DeepEqual(old, now) {
				c.Replace = append(c.Replace, store.Replacement{Table: t, Had: len(old) > 0, Rows: now})
			}
		}
		c.Claims = append(c.Claims, claimChanges(was.Claims, is.Claims)...)
		for _, l := range is.Limits {
			if !slices.Contains(was.Limits, l) {
				c.Limits = append(c.Limits, l)
			}
		}
	}
	return nil
}

func rowsOf(out fold.Output, t *fold.Table) []fold.Row {
	var rows []fold.Row
	for _, r := range out.Rows {
		if r.Table == t {
			rows = append(rows, r)
		}
	}
	return rows
}

func claimChanges(was, is []fold.Claim) []fold.Claim {
	if len(was) == 0 {
		return is
	}
	delta := map[string]int64{}
	for _, c := range was {
		delta[c.Name] -= c.Amount
	}
	for _, c := range is {
		delta[c.Name] += c.Amount
	}
	var out []fold.Claim
	for _, name := range slices.Sorted(maps.Keys(delta)) {
		if delta[name] != 0 {
			out = append(out, fold.Claim{Name: name, Amount: delta[name]})
		}
	}
	return out
}
