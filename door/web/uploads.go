package web

import (
	"context"
	"crypto/rand"
	"sync"
	"time"

	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/domain/people"
	"cairn/format/headers"
)

// What the console keeps of lists that somebody is taking over. It keeps them in memory
// and on no disk, where they would lie in the clear.
const (
	mostUpload   = 16 << 20 // bytes of one file
	mostHeld     = 96 << 20 // bytes of all files together
	mostEach     = 3        // files of one person; the oldest makes room
	heldFor      = 30 * time.Minute
	mostUploads  = 20 // of one person, in uploadPeriod
	uploadPeriod = 10 * time.Minute
)

// upload is a list that somebody sent, as it was read last. It is never changed: a new
// one takes its place.
type upload struct {
	ID, Owner, Kind, Name string
	Version               string // of what the clerk saw: another once it was read anew
	body                  []byte
	Site, Arrived, Zone   string
	DateOrder             string
	mapping               string // as the clerk set it; "" is guessed
	Header                []string
	Samples               [][]string // by column
	Mapping               headers.Mapping
	Report                tally
	wrong                 error // why it cannot be read, or not so; nil where it can
	Taken                 bool
	at                    time.Time
}

// tally is what came of a list, or would come of it, whatever it lists.
type tally struct {
	lists.Report
	Counts []wordCount
	Unread []people.Unread
}

// wordCount is a number and the sentence that says of what.
type wordCount struct {
	ID    string
	Count int
}

// input is how the list is read.
func (u *upload) input(dry, good bool) lists.Input {
	in := lists.Input{Name: u.Name, Content: u.body, Mapping: u.mapping, DateOrder: u.DateOrder, DryRun: dry, GoodRowsOnly: good}
	in.Bound(uploadLimits)
	return in
}

// uploads holds lists by their ids. Its turn lets one be read at a time: reading one
// takes many times its size for a moment.
type uploads struct {
	mu   sync.Mutex
	held map[string]*upload
	sent map[string][]time.Time // by who sent them
	turn chan struct{}
}

func newUploads() *uploads {
	return &uploads{held: map[string]*upload{}, sent: map[string][]time.Time{}, turn: make(chan struct{}, 1)}
}

// wait gives the turn; done passes it on.
func (s *uploads) wait(ctx context.Context) (done func(), err error) {
	select {
	case s.turn <- struct{}{}:
		return func() { <-s.turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// admit counts what somebody sends.
func (s *uploads) admit(owner string, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var recent []time.Time
	for _, at := range s.sent[owner] {
		if now.Sub(at) < uploadPeriod {
			recent = append(recent, at)
		}
	}
	s.sent[owner] = recent
	if len(recent) >= mostUploads {
		return errTooMany
	}
	s.sent[owner] = append(recent, now)
	return nil
}

// put holds a list, for a while.
func (s *uploads) put(u *upload) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all, own int
	var oldest *upload
	for id, other := range s.held {
		if id == u.ID {
			continue
		}
		if other.Owner == u.Owner {
			own++
			if oldest == nil || other.at.Before(oldest.at) {
				oldest = other
			}
		}
		all += len(other.body)
	}
	if own >= mostEach {
		all -= len(oldest.body)
	}
	if all+len(u.body) > mostHeld {
		return blueprint.Refuse(blueprint.Busy, "others are taking over lists just now: try again in a few minutes")
	}
	if own >= mostEach {
		delete(s.held, oldest.ID)
	}
	if s.held[u.ID] == nil {
		time.AfterFunc(heldFor, func() { s.drop(func(other *upload) bool { return other.ID == u.ID }) })
	}
	s.held[u.ID] = u
	return nil
}

// of gives the list with an id, if it is somebody's own.
func (s *uploads) of(owner, id string) *upload {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u := s.held[id]; u != nil && u.Owner == owner {
		return u
	}
	return nil
}

// drop forgets lists.
func (s *uploads) drop(which func(*upload) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, u := range s.held {
		if which(u) {
			delete(s.held, id)
		}
	}
}

// newID names what nobody may guess.
func newID() string { return rand.Text() }
