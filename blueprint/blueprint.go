package blueprint

import (
	"fmt"
	"io/fs"

	"cairn/fold"
	"cairn/gate"
)

// Domain is one thing that the agency does.
type Domain struct {
	Name        string
	Doc         string // one sentence, shown in help
	Schema      string // data definition of its tables, in the one dialect
	Subjects    []Subject
	Kinds       []Kind
	Projections []*fold.Projection
	Actions     []Action
	Views       []View
	Travels     []Travel
	Facts       []FactSource
	Checks      []Check
	// Refusal makes the fact that records on a person's record that a safeguard
	// refused; one domain gives it.
	Refusal func(PersonRefusal) Fact
	// Numbers gives, of subjects that have one, the short number by which people know
	// them; one domain gives it.
	Numbers func(w *Work, subjects []string) (map[string]string, error)
	// Dependents gives the subjects that say nothing but about a subject, such as who opened
	// a person's file: they are erased with it.
	Dependents func(w *Work, subject string) ([]string, error)
	Screens    fs.FS // templates of its pages
}

// Subject is a type of thing that entries are about.
type Subject struct {
	Name     string
	Personal bool // it is, or points at, a person: its entries are sealed under its own key
	Doc      string
}

// Fact is a value that can stand in an entry: a plain struct, past tense.
type Fact interface {
	// Kind is the stored word for this kind of entry, never renamed: "people.record_registered".
	Kind() string
}

// Kind is one kind of entry.
type Kind struct {
	Name    string
	Subject string      // the type of subject that it is about
	New     func() Fact // an empty one to decode into
	// Stage says that an entry of this kind brings somebody closer to a departure,
	// so the safeguards of that stage must pass (gate.StageProposal …); "" for none.
	Stage string
}

// KindOf describes a kind by its struct.
func KindOf[T any, P interface {
	*T
	Fact
}](subject string) Kind {
	var zero T
	return Kind{Name: P(&zero).Kind(), Subject: subject, New: func() Fact { return P(new(T)) }}
}

// At gives the kind with the stage of safeguards that it must pass.
func (k Kind) At(stage string) Kind {
	k.Stage = stage
	return k
}

// Action is something that somebody can do, typed once for every door.
type Action struct {
	Name    string // "people.register"
	Group   string // the gate's group of actions
	Title   string
	Help    string
	Example string // a command line
	Appends []string
	// Partial lets the rest of a bulk action proceed when safeguards refuse some
	// units of it; otherwise one refusal refuses all.
	Partial bool
	// Resource says what the gate is asked about; nil means the actor's own office.
	Resource func(w *Work, in any) (gate.Resource, error)
	NewInput func() any
	// NewOutput gives an empty result, for documents that describe the action.
	NewOutput func() any
	Run       func(w *Work, in any) (any, error)
}

// Act completes an action with its typed function.
func Act[In, Out any](a Action, run func(*Work, In) (Out, error)) Action {
	a.NewInput = func() any { return new(In) }
	a.NewOutput = func() any { return new(Out) }
	a.Run = func(w *Work, in any) (any, error) {
		typed, ok := in.(*In)
		if !ok {
			return nil, fmt.Errorf("action %s takes %T, not %T", a.Name, typed, in)
		}
		return run(w, *typed)
	}
	return a
}

// View is something that somebody can see. Views only read tables and, for one
// person's file, that person's entries.
type View struct {
	Name     string
	Group    string
	Title    string
	Help     string
	Example  string
	Resource func(w *Work, in any) (gate.Resource, error)
	NewInput func() any
	// NewOutput gives an empty result, for documents that describe the view.
	NewOutput func() any
	Run       func(w *Work, in any) (any, error)
}

// See completes a view with its typed function.
func See[In, Out any](v View, run func(*Work, In) (Out, error)) View {
	v.NewInput = func() any { return new(In) }
	v.NewOutput = func() any { return new(Out) }
	v.Run = func(w *Work, in any) (any, error) {
		typed, ok := in.(*In)
		if !ok {
			return nil, fmt.Errorf("view %s takes %T, not %T", v.Name, typed, in)
		}
		return run(w, *typed)
	}
	return v
}

// ResourceOf lets a function that knows its input say what the gate is asked about.
func ResourceOf[In any](ask func(*Work, *In) (gate.Resource, error)) func(*Work, any) (gate.Resource, error) {
	return func(w *Work, in any) (gate.Resource, error) {
		typed, ok := in.(*In)
		if !ok {
			return gate.Resource{}, fmt.Errorf("the gate is asked about a %T, not a %T", typed, in)
		}
		return ask(w, typed)
	}
}

// Travel says who would travel where by entries of one kind. It gives the trips
// without their facts, one for each person; those come from fact sources.
type Travel struct {
	Kind  string
	Trips func(w *Work, drafts []*Draft) ([]Trip, error)
}

// Trip is one person's trip and the draft that proposes it.
type Trip struct {
	gate.Trip
	Draft *Draft
}

// FactSource fills in what the gate needs to know about travellers, many at once.
// It guards every subject that it reads, so that a change refuses the append.
type FactSource struct {
	Name string
	Fill func(w *Work, trips []*gate.Trip) error
}

// Check is a verification of its own that a domain adds to `cairn verify`, such as
// the proof of a plan. It returns what it checked and the faults it found.
type Check struct {
	Name string
	Run  func(w *Work) (checked int, faults []string, err error)
}
