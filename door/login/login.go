// Package login says who acts at a door: it checks a member of staff's password,
// slows down guessing, and keeps the tokens of those who logged in.
//
// Words: a login is what somebody types; a token stands for a log-in that
// succeeded, for some hours; the source of an attempt is the address it came from.
// Every failure gives the same sentence, after the same work, so that nobody
// learns which log-ins exist. Tokens are kept in memory only, as digests: a
// restart ends them, and so does another password. Who was dismissed or has other
// roles is known at the next use.
//
//	desk := login.New(office, login.Options{})
//	token, until, err := desk.LogIn(ctx, "ana", password, request.RemoteAddr)
//	actor, err := desk.ByToken(ctx, token)
package login

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"cairn/app"
	"cairn/blueprint"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
)

// Options change a Desk; the zero value is right for an office.
type Options struct {
	Clock    func() time.Time // nil: the machine's clock
	Random   io.Reader        // nil: the machine's randomness
	Lifetime time.Duration    // of a token; 0 means eight hours
}

// Desk checks who acts. It is safe for concurrent use.
type Desk struct {
	office  *app.Office
	options Options
	hashing chan struct{} // bounds the memory that checks of passwords take at once
	decoy   string        // a hash to check against where there is none

	mu       sync.Mutex
	attempts buckets
	tokens   map[[sha256.Size]byte]session
}

type session struct {
	staff string
	hash  string // of the password that was right: another one ends the token
	until time.Time
}

// New makes the desk of an office.
func New(office *app.Office, o Options) (*Desk, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Lifetime == 0 {
		o.Lifetime = 8 * time.Hour
	}
	decoy, err := keys.DecoyHash(o.Random, keys.StandardPassword())
	if err != nil {
		return nil, fmt.Errorf("prepare the log-in: %w", err)
	}
	return &Desk{office: office, options: o, hashing: make(chan struct{}, 2), decoy: decoy,
		attempts: buckets{}, tokens: map[[sha256.Size]byte]session{}}, nil
}

var (
	errWrong = &blueprint.Error{Fault: blueprint.Denied, Message: "log-in or password is wrong"}
	errMany  = &blueprint.Error{Fault: blueprint.Busy, Message: "too many attempts: wait some minutes and try again"}
	errEnded = &blueprint.Error{Fault: blueprint.Denied, Message: "log in again: this log-in has ended"}
)

// ByPassword gives the member of staff behind a log-in. source is the address of
// whoever asks, with or without a port. It fails as Denied, or as Busy when there
// were too many attempts for this log-in from this source.
func (d *Desk) ByPassword(ctx context.Context, login, password, source string) (gate.Actor, error) {
	actor, _, err := d.check(ctx, login, password, source)
	return actor, err
}

func (d *Desk) check(ctx context.Context, login, password, source string) (actor gate.Actor, hash string, err error) {
	if !d.take(login, source) {
		return gate.Actor{}, "", errMany
	}
	select {
	case d.hashing <- struct{}{}:
		defer func() { <-d.hashing }()
	case <-ctx.Done():
		return gate.Actor{}, "", ctx.Err()
	}
	if actor, hash, err = d.find(ctx, "login", login); err != nil {
		return gate.Actor{}, "", err
	}
	against := hash
	if hash == "" {
		against = d.decoy
	}
	right, err := keys.CheckPassword(against, password)
	if err != nil || !right || hash == "" {
		return gate.Actor{}, "", errWrong
	}
	d.giveBack(login, source)
	return actor, hash, nil
}

// LogIn checks a password and gives a token and until when it holds.
func (d *Desk) LogIn(ctx context.Context, login, password, source string) (string, time.Time, error) {
	actor, hash, err := d.check(ctx, login, password, source)
	if err != nil {
		return "", time.Time{}, err
	}
	var b [32]byte
	if _, err := io.ReadFull(d.options.Random, b[:]); err != nil {
		return "", time.Time{}, fmt.Errorf("draw a token: %w", err)
	}
	token, now := base64.RawURLEncoding.EncodeToString(b[:]), d.options.Clock()
	until := now.Add(d.options.Lifetime)
	d.mu.Lock()
	defer d.mu.Unlock()
	for key, s := range d.tokens {
		if !now.Before(s.until) {
			delete(d.tokens, key)
		}
	}
	d.tokens[sha256.Sum256([]byte(token))] = session{actor.ID, hash, until}
	return token, until, nil
}

// ByToken gives the member of staff who logged in, with the roles of today.
func (d *Desk) ByToken(ctx context.Context, token string) (gate.Actor, error) {
	d.mu.Lock()
	s, found := d.tokens[sha256.Sum256([]byte(token))]
	d.mu.Unlock()
	if !found || !d.options.Clock().Before(s.until) {
		return gate.Actor{}, errEnded
	}
	actor, hash, err := d.find(ctx, "staff", s.staff)
	if err == nil && (actor.ID == "" || hash != s.hash) {
		return gate.Actor{}, errEnded
	}
	return actor, err
}

// LogOut ends a token; one that is unknown is no error.
func (d *Desk) LogOut(token string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.tokens, sha256.Sum256([]byte(token)))
}

// find reads an active member of staff by one column; nobody gives a zero actor.
func (d *Desk) find(ctx context.Context, column, text string) (actor gate.Actor, hash string, err error) {
	var roles string
	err = d.office.Store().Read(ctx, func(r *store.Reader) error {
		return r.QueryRow(ctx, "SELECT staff, roles, country, password FROM offices_staff WHERE "+column+" = $1 AND active = 1", text).
			Scan(&actor.ID, &roles, &actor.Country, &hash)
	})
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return gate.Actor{}, "", nil
	case err != nil:
		return gate.Actor{}, "", fmt.Errorf("look up the log-in: %w", err)
	}
	actor.Office, actor.Roles = d.office.Code(), strings.Split(roles, ",")
	return actor, hash, nil
}
