package identity

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"cairn/blueprint"
	"cairn/domain/people"
	"cairn/engine/link"
)

const (
	// mostKept bounds the records that are kept in memory, at about 700 bytes each. Larger
	// registers are searched by whole runs, and by people.likely_doubles before saving.
	mostKept = 1_000_000
	// patience is how long somebody waits at the desk while the register is read.
	patience = 5 * time.Second
	// fewestMoved is how many records may change before the register is learned anew, in a
	// small one; in a large one it is an eighth.
	fewestMoved = 1000
	// subjectErasure is what domain offices records an erasure about.
	subjectErasure = "erasure"
)

// keptRegister is what the office keeps in memory of its records, resolved by the engine,
// so that one more is compared with all within milliseconds. It is made when somebody
// first asks, follows the entries that came since, and is made anew when much has
// changed, so that weights and rare names stay true. It knows no decisions: who asks
// leaves out what is decided. Safe for concurrent use.
type keptRegister struct {
	mu    sync.Mutex
	held  *resolved
	seen  map[string]int64 // sizes of the logs that it knows
	size  int              // records when it was made
	moved int              // records that came, changed or went since
	made  chan struct{}    // closed when the making that is under way ends
	err   error            // why the last making failed
}

// resolved is the register as the engine holds it.
type resolved struct {
	index *link.Index
	model *link.Model
}

// registerOf gives the office's register, up to date with the snapshot or newer. It is nil
// where the register is too large, or still being made after the wait.
func registerOf(w *blueprint.Work, wait time.Duration) (*resolved, error) {
	kept, ok := w.Keep("identity.register", func() any { return new(keptRegister) }).(*keptRegister)
	if !ok {
		return nil, fmt.Errorf("something else is kept as the register")
	}
	made, err := kept.ready(w)
	if err != nil {
		return nil, err
	}
	if made != nil {
		late := time.NewTimer(wait)
		defer late.Stop()
		select {
		case <-made:
		case <-late.C:
			return nil, nil
		case <-w.Ctx.Done():
			return nil, w.Ctx.Err()
		}
	}
	kept.mu.Lock()
	defer kept.mu.Unlock()
	return kept.held, kept.err
}

// ready brings the register up to date, or begins to make it: then it gives what to wait for.
func (r *keptRegister) ready(w *blueprint.Work) (<-chan struct{}, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.made != nil {
		return r.made, nil
	}
	if r.held != nil {
		current, err := r.follow(w)
		if current || err != nil {
			return nil, err
		}
	}
	r.held, r.err = nil, nil // before the rows are read again: both at once are too much memory
	var records int64
	if err := w.QueryRow("SELECT COUNT(*) FROM people_record").Scan(&records); err != nil {
		return nil, fmt.Errorf("count the register: %w", err)
	}
	if records > mostKept {
		return nil, nil
	}
	problem, _, err := readRows(w)
	if err != nil {
		return nil, err
	}
	if r.seen, err = w.Reader.Sizes(w.Ctx); err != nil {
		return nil, err
	}
	r.made, r.size, r.moved = make(chan struct{}), len(problem.IDs), 0
	go r.learn(problem)
	return r.made, nil
}

// learn resolves the rows and keeps them ready. It works on after who asked has left.
func (r *keptRegister) learn(problem link.Problem) {
	ctx := context.Background()
	result, err := link.Solve(ctx, problem, link.Options{Seed: 1, Workers: (runtime.GOMAXPROCS(0) + 1) / 2})
	held := &resolved{model: &result.Model}
	if err == nil {
		held.index, err = link.NewIndex(ctx, problem, result)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		held, r.err = nil, fmt.Errorf("read the register for doubles: %w", err)
	}
	r.held = held
	close(r.made)
	r.made = nil
}

// follow takes over what was recorded since; it says no when that is too much.
func (r *keptRegister) follow(w *blueprint.Work) (bool, error) {
	most := max(fewestMoved, r.size/8) - r.moved
	now, err := w.Reader.Sizes(w.Ctx)
	if err != nil {
		return false, err
	}
	heads, err := w.Reader.Since(w.Ctx, r.seen, most)
	if err != nil || len(heads) > most {
		return false, err
	}
	var records, homes []string
	for _, h := range heads {
		switch h.Type {
		case people.SubjectRecord:
			records = append(records, h.Subject)
		case people.SubjectHousehold:
			homes = append(homes, h.Subject)
		case subjectErasure: // another program erased somebody: nothing old is kept
			return false, nil
		}
	}
	members, err := everMembers(w, homes)
	if err != nil {
		return false, err
	}
	records = unseen(append(records, members...), map[string]bool{})
	if len(records) > most {
		return false, nil
	}
	if err := r.take(w, records); err != nil {
		return false, err
	}
	for office, size := range now {
		r.seen[office] = max(size, r.seen[office])
	}
	return true, nil
}

// everMembers lists who is or was a member of households.
func everMembers(w *blueprint.Work, homes []string) ([]string, error) {
	if err := w.LoadAll(homes...); err != nil {
		return nil, err
	}
	var out []string
	for _, h := range homes {
		facts, err := w.Load(h)
		if err != nil {
			return nil, err
		}
		for _, f := range facts {
			switch v := f.Value.(type) {
			case *people.HouseholdFormed:
				for _, m := range v.Members {
					out = append(out, m.Record)
				}
			case *people.MemberJoined:
				out = append(out, v.Record)
			case *people.MemberLeft:
				out = append(out, v.Record)
			}
		}
	}
	return out, nil
}

// take gives the index the rows of records as they are now, where they are different.
func (r *keptRegister) take(w *blueprint.Work, records []string) error {
	problem, err := readSome(w, records)
	if err != nil {
		return err
	}
	var change link.Change
	here := map[string]bool{}
	for i, id := range problem.IDs {
		here[id] = true
		old, known := r.held.index.Row(id)
		if known && slices.Equal(old, problem.Rows[i]) {
			continue
		}
		if known {
			change.Remove = append(change.Remove, id)
		}
		change.AddIDs, change.AddRows = append(change.AddIDs, id), append(change.AddRows, problem.Rows[i])
	}
	for _, id := range records {
		if _, known := r.held.index.Row(id); known && !here[id] {
			change.Remove = append(change.Remove, id)
		}
	}
	r.moved += len(change.Remove) + len(change.AddIDs)
	if len(change.Remove)+len(change.AddIDs) == 0 {
		return nil
	}
	if _, err := r.held.index.Update(context.WithoutCancel(w.Ctx), change); err != nil {
		return fmt.Errorf("take over what was recorded: %w", err)
	}
	return nil
}
