package blueprint

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"cairn/fold"
	"cairn/gate"
	"cairn/keys"
	"cairn/ledger"
	"cairn/store"
)

// Draft is a fact that an action wants to append.
type Draft struct {
	Subject string
	Fact    Fact
	// Unit groups drafts that are refused together: one household's booking in a
	// bulk action. "" means the whole action.
	Unit string
}

// Attached is a large value that an action wants to store with its drafts.
type Attached struct {
	Digest  string
	Subject string
	Body    []byte
}

// Opener decodes stored entries; the program gives it to each Work.
type Opener interface {
	// OpenSubject decrypts and decodes all entries of the subject of a head, and may
	// remember them. Entries whose key was erased are left out.
	OpenSubject(head store.Head, loaded []store.Loaded) ([]fold.Fact, error)
	// Recall gives what OpenSubject gave, and the wrapped key, of a subject whose head is still
	// the same, where it is remembered.
	Recall(head store.Head) (facts []fold.Fact, wrapped []byte, found bool)
	// Keep gives what the office keeps in memory under a name, at first what empty makes: a pointer
	// to what is safe for concurrent use. It is let go of when nobody asks for it for a while, and
	// when anybody is erased here.
	Keep(name string, empty func() any) any
	// OpenAttachment gives the plain content of an attachment.
	OpenAttachment(r *store.Reader, ctx context.Context, digest string) ([]byte, error)
	// Office is the office whose keys index documents and seal entries.
	Office() *keys.Office
	// Dependents gives the subjects that are erased with one.
	Dependents(w *Work, subject string) ([]string, error)
	// Roles are those that the gate knows.
	Roles() []string
	// Policy is the text of the gate that decides.
	Policy() gate.Text
}

// Work is what an action or a view works with: a snapshot to read, who asks and
// when, and the drafts so far. It is used by one goroutine and ends with the call.
type Work struct {
	Ctx      context.Context
	Actor    gate.Actor
	Time     ledger.Time
	NewID    func() string
	Progress func(stage string, done, total int64) // never nil
	Reason   string                                // why the actor asks, for a break-glass
	Reader   *store.Reader
	opener   Opener
	heads    map[string]store.Head
	facts    map[string][]fold.Fact
	wrapped  map[string][]byte
	fresh    map[string]bool // ids that this work drew: nothing can stand about them yet
	drafts   []*Draft
	attached []Attached
	erased   []string
}

// NewWork is for the program and for tests of domains.
func NewWork(ctx context.Context, r *store.Reader, opener Opener, actor gate.Actor, at ledger.Time, newID func() string) *Work {
	w := &Work{
		Ctx: ctx, Reader: r, opener: opener, Actor: actor, Time: at,
		Progress: func(string, int64, int64) {},
		heads:    map[string]store.Head{}, facts: map[string][]fold.Fact{}, fresh: map[string]bool{}, wrapped: map[string][]byte{},
	}
	w.NewID = func() string {
		id := newID()
		w.fresh[id] = true
		return id
	}
	return w
}

// Now is the time of the call, in UTC.
func (w *Work) Now() time.Time { return w.Time.Std() }

// Today is the date of the call as YYYY-MM-DD.
func (w *Work) Today() string { return w.Now().Format(time.DateOnly) }

// Load gives a subject's facts in order and guards it: if it has moved when the
// drafts are appended, the action is run again. A subject without entries gives none.
func (w *Work) Load(subject string) ([]fold.Fact, error) {
	if err := w.LoadAll(subject); err != nil {
		return nil, err
	}
	return w.facts[subject], nil
}

// LoadAll loads many subjects at once, so that Load of each asks no more.
func (w *Work) LoadAll(subjects ...string) error {
	var missing []string
	for _, s := range subjects {
		if _, found := w.facts[s]; !found && !w.fresh[s] {
			w.facts[s] = nil
			missing = append(missing, s)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if err := w.Guard(missing...); err != nil {
		return err
	}
	loaded, err := w.Reader.Subjects(w.Ctx, w.recall(missing))
	if err != nil {
		return err
	}
	for len(loaded) > 0 {
		subject, n := loaded[0].Entry.Subject, 1
		for n < len(loaded) && loaded[n].Entry.Subject == subject {
			n++
		}
		facts, err := w.opener.OpenSubject(w.heads[subject], loaded[:n])
		if err != nil {
			return fmt.Errorf("open the entries of %s: %w", subject, err)
		}
		w.facts[subject], w.wrapped[subject] = facts, loaded[0].Wrapped
		loaded = loaded[n:]
	}
	return nil
}

// Forget lets go of the facts of subjects, which takes memory where there are many. They
// stay guarded.
func (w *Work) Forget(subjects []string) {
	for _, s := range subjects {
		delete(w.facts, s)
		delete(w.wrapped, s)
	}
}

// recall fills in the subjects that are remembered and gives those that must be read.
func (w *Work) recall(subjects []string) []string {
	var unknown []string
	for _, s := range subjects {
		head := w.heads[s]
		if head.Entries == 0 {
			continue
		}
		facts, wrapped, found := w.opener.Recall(head)
		if !found {
			unknown = append(unknown, s)
			continue
		}
		w.facts[s], w.wrapped[s] = facts, wrapped
	}
	return unknown
}

// Wrapped gives the wrapped key of a subject that was loaded; nil when it has none.
func (w *Work) Wrapped(subject string) []byte { return w.wrapped[subject] }

// Exists loads a subject and refuses one that has no entries or is of another type.
func (w *Work) Exists(subject, typ string) ([]fold.Fact, error) {
	facts, err := w.Load(subject)
	if err != nil {
		return nil, err
	}
	if h := w.heads[subject]; h.Entries == 0 || h.Type != typ {
		return nil, Refuse(NotFound, "there is no %s %q here", typ, subject)
	}
	if len(facts) == 0 {
		return nil, Refuse(Conflict, "%s was erased: nothing is known about it any more", subject)
	}
	return facts, nil
}

// Guard makes the append depend on subjects standing as they are now.
func (w *Work) Guard(subjects ...string) error {
	var missing []string
	for _, s := range subjects {
		if _, found := w.heads[s]; !found && !w.fresh[s] {
			missing = append(missing, s)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	heads, err := w.Reader.Heads(w.Ctx, missing)
	if err != nil {
		return fmt.Errorf("read what the action rests on: %w", err)
	}
	for _, s := range missing {
		h := heads[s]
		h.Subject = s
		w.heads[s] = h
	}
	return nil
}

// Head gives what Guard or Load saw of a subject.
func (w *Work) Head(subject string) store.Head { return w.heads[subject] }

// Heads gives all that the work rests on.
func (w *Work) Heads() map[string]store.Head { return w.heads }

// Add drafts a fact about a subject. A new subject needs an id from NewID.
func (w *Work) Add(subject string, fact Fact) *Draft { return w.AddTo("", subject, fact) }

// AddTo drafts a fact that stands or falls with its unit.
func (w *Work) AddTo(unit, subject string, fact Fact) *Draft {
	d := &Draft{Subject: subject, Fact: fact, Unit: unit}
	w.drafts = append(w.drafts, d)
	return d
}

// Drafts gives what was added so far.
func (w *Work) Drafts() []*Draft { return w.drafts }

// Attach stores a large value (ids and numbers only) sealed as its subject is, and
// gives the digest by which a draft may name it.
func (w *Work) Attach(subject string, value any) (string, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("encode an attachment: %w", err)
	}
	digest := store.Digest(body)
	w.attached = append(w.attached, Attached{Digest: digest, Subject: subject, Body: body})
	return digest, nil
}

// Attachments gives what was attached so far.
func (w *Work) Attachments() []Attached { return w.attached }

// Attachment reads a stored attachment into value.
func (w *Work) Attachment(digest string, value any) error {
	body, err := w.opener.OpenAttachment(w.Reader, w.Ctx, digest)
	if err != nil {
		return err
	}
	if got := store.Digest(body); got != digest {
		return fmt.Errorf("attachment %s was changed: it hashes to %s", digest, got)
	}
	return json.Unmarshal(body, value)
}

// Erase destroys the key, rows and claims of a subject in the transaction that
// appends the drafts. The subject must have been loaded.
func (w *Work) Erase(subject string) { w.erased = append(w.erased, subject) }

// Dependents gives the subjects that say nothing but about a subject, in all domains.
func (w *Work) Dependents(subject string) ([]string, error) { return w.opener.Dependents(w, subject) }

// Erasures gives the subjects to erase so far.
func (w *Work) Erasures() []string { return w.erased }

// BlindIndex gives the keyed digest by which a document number can be found again
// without being stored in the clear.
func (w *Work) BlindIndex(domain, text string) string {
	return w.opener.Office().BlindIndex(domain, text)
}

// Roles are those that the gate knows.
func (w *Work) Roles() []string { return w.opener.Roles() }

// Policy is the text of the gate that decides here.
func (w *Work) Policy() gate.Text { return w.opener.Policy() }

// OfficeCode is the code of the office that this work is done for.
func (w *Work) OfficeCode() string { return w.opener.Office().Code }

// Keep gives what the office keeps in memory between calls under a name, for what is costly to
// make anew; see Opener. What rests on entries asks Reader.Since what became of them.
func (w *Work) Keep(name string, empty func() any) any { return w.opener.Keep(name, empty) }

// Query runs a query on the snapshot: the one dialect, $1 … for arguments.
func (w *Work) Query(query string, args ...any) (*sql.Rows, error) {
	return w.Reader.Query(w.Ctx, query, args...)
}

// QueryRow runs a query that gives at most one row.
func (w *Work) QueryRow(query string, args ...any) *sql.Row {
	return w.Reader.QueryRow(w.Ctx, query, args...)
}

// Collect runs a query and scans each row.
func Collect[T any](w *Work, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := w.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		value, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, value)
	}
	return out, rows.Err()
}
