package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"cairn/fold"
	"cairn/gate"
	"cairn/store"
)

// policy is implemented by the fact that puts a gate's text in force.
type policy interface{ PolicyText() gate.Text }

// rulebook holds the program's gate and those whose texts the log holds, by their
// short digests, so that decisions of their day are taken again under them.
type rulebook struct {
	office *Office
	mu     sync.Mutex
	gates  map[string]*gate.Gate
	read   bool  // whether the log's texts were read
	failed error // why they could not be
}

// under gives the gate of a short digest; nil when the log does not hold its text.
func (b *rulebook) under(ctx context.Context, digest string) (*gate.Gate, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if g, known := b.gates[digest]; known || b.read {
		return g, b.failed
	}
	b.read = true
	b.failed = b.office.store.Read(ctx, func(r *store.Reader) error { return b.adopt(ctx, r) })
	return b.gates[digest], b.failed
}

// adopt reads the policies that entries put in force.
func (b *rulebook) adopt(ctx context.Context, r *store.Reader) error {
	for _, k := range b.office.kinds {
		if _, adopts := k.New().(policy); !adopts {
			continue
		}
		subjects, err := r.SubjectsOf(ctx, k.Subject)
		if err != nil {
			return err
		}
		for _, subject := range subjects {
			if err := b.adoptFrom(ctx, r, subject); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *rulebook) adoptFrom(ctx context.Context, r *store.Reader, subject string) error {
	loaded, err := r.Subject(ctx, subject)
	if err != nil {
		return err
	}
	facts, err := b.office.Open(loaded)
	if err != nil {
		return nil // a broken seal is found where the subject is checked
	}
	for _, f := range facts {
		if adopted, ok := f.Value.(policy); ok {
			_ = b.add(adopted.PolicyText()) // a text that cannot be loaded is found there too
		}
	}
	return nil
}

// learn adds the policies that a fact put in force, if it did.
func (b *rulebook) learn(f fold.Fact) error {
	adopted, ok := f.Value.(policy)
	if !ok {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.add(adopted.PolicyText())
}

func (b *rulebook) add(text gate.Text) error {
	if _, known := b.gates[text.Digest().Short()]; known {
		return nil
	}
	g, err := gate.LoadText(text)
	if err != nil {
		return fmt.Errorf("the policies that it put in force cannot be loaded: %w", err)
	}
	b.gates[text.Digest().Short()] = g
	return nil
}

// decisions takes gate decisions again, in one goroutine.
type decisions struct {
	rules *rulebook
	known map[string]access // access decisions that were taken again, by all they rest on
	key   []byte
}

// again takes an entry's gate decisions again from what the entry recorded, and says
// how many.
func (d *decisions) again(ctx context.Context, f fold.Fact) (int64, error) {
	line, tripLine, err := gateLines(&f)
	if err != nil {
		return 0, err
	}
	access := d.accessOf(ctx, &f, line)
	if access.err != nil {
		return 1, access.err
	}
	office := d.rules.office
	if !slices.Contains(office.actions[access.action].Appends, f.Kind) {
		if !office.refusalKind(f.Kind) {
			return 1, fmt.Errorf("action %q does not append this kind", access.action)
		}
		return 2, office.refusedRightly(&f, access)
	}
	stage := office.kinds[f.Kind].Stage
	trips, err := decodeTrips(tripLine, stage, access.policies)
	if err != nil {
		return 1, err
	}
	if stage != "" && len(trips) == 0 {
		return 1, errors.New("it brings somebody closer to a departure without any safeguard decision")
	}
	for _, t := range trips {
		if err := access.rules.CheckTravel(t.Trip, t.Decision); err != nil {
			return int64(1 + len(trips)), err
		}
		if t.Trip.Stage != stage {
			return int64(1 + len(trips)), fmt.Errorf("it was appended under the safeguards of stage %s instead of %s", t.Trip.Stage, stage)
		}
	}
	return int64(1 + len(trips)), allDecided(f.Value, trips)
}

// travelling is implemented by facts that bring people named in them closer to a
// departure.
type travelling interface{ Travelling() []string }

// allDecided says whether the safeguards decided about everybody whom a fact names.
func allDecided(fact any, trips []TripRecord) error {
	t, ok := fact.(travelling)
	if !ok {
		return nil
	}
	for _, record := range t.Travelling() {
		if !slices.ContainsFunc(trips, func(t TripRecord) bool { return t.Trip.Record == record }) {
			return fmt.Errorf("%s travels by it without any safeguard decision", record)
		}
	}
	return nil
}

// access is what came of taking one access decision again.
type access struct {
	action, policies string
	rules            *gate.Gate
	err              error
}

// accessOf takes an access decision again. Entries of one actor often carry the same
// text of it, so answers are kept.
func (d *decisions) accessOf(ctx context.Context, f *fold.Fact, line []byte) access {
	d.key = append(append(d.key[:0], f.Office...), 0)
	d.key = append(append(d.key, f.Actor...), 0)
	d.key = append(d.key, line...)
	if found, known := d.known[string(d.key)]; known {
		return found
	}
	out := d.takeAgain(ctx, f, line)
	d.known[string(d.key)] = out
	return out
}

func (d *decisions) takeAgain(ctx context.Context, f *fold.Fact, line []byte) access {
	var stored storedAccess
	if err := json.Unmarshal(line, &stored); err != nil {
		return access{err: fmt.Errorf("its access decision cannot be read: %w", err)}
	}
	out := access{action: stored.Action, policies: stored.Policies}
	action, known := d.rules.office.actions[stored.Action]
	if !known {
		out.err = fmt.Errorf("its gate decision is of the action %q, which is unknown", stored.Action)
		return out
	}
	if out.rules, out.err = d.rules.under(ctx, stored.Policies); out.err != nil {
		return out
	}
	if out.rules == nil {
		out.err = fmt.Errorf("it was decided under rules %s, whose text is not in the log", stored.Policies)
		return out
	}
	record := stored.record(f.Office, f.Actor, action.Group)
	out.err = out.rules.CheckAct(record.Request, record.Decision)
	return out
}

// refusalKind says whether the program itself appends this kind, to record that a
// safeguard refused.
func (o *Office) refusalKind(kind string) bool {
	return o.refusals[kind]
}

// refusal is implemented by the fact that records what a safeguard refused.
type refusal interface {
	Refused() (*gate.Trip, gate.Decision)
}

// refusedRightly takes the decision of a recorded refusal again: the program appends
// one itself when an action that brings people closer to a departure was refused.
func (o *Office) refusedRightly(f *fold.Fact, by access) error {
	stages := slices.ContainsFunc(o.actions[by.action].Appends, func(kind string) bool { return o.kinds[kind].Stage != "" })
	refused, ok := f.Value.(refusal)
	if !stages || !ok {
		return fmt.Errorf("action %q does not append this kind", by.action)
	}
	trip, decision := refused.Refused()
	if trip == nil || decision.Allow || trip.Record != f.Subject {
		return errors.New("it records no refusal of this person's trip")
	}
	return by.rules.CheckTravel(*trip, decision)
}
