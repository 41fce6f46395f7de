package fold

import (
	"fmt"
	"slices"
	"strings"

	"cairn/ledger"
)

// Fact is one decoded entry about a subject.
type Fact struct {
	ID       ledger.ID
	Office   string
	Position int64
	Time     ledger.Time
	Actor    string
	Subject  string
	Kind     string
	Value    any    // pointer to the kind's struct
	Gate     []byte // the gate decisions recorded with it
	After    []ledger.ID
}

// Sort orders facts by (time, office, position), the order in which every office
// folds them, whenever they arrived.
func Sort(facts []Fact) {
	slices.SortFunc(facts, func(a, b Fact) int {
		switch {
		case a.Time != b.Time:
			return int(min(1, max(-1, a.Time-b.Time)))
		case a.Office != b.Office:
			return strings.Compare(a.Office, b.Office)
		default:
			return int(min(1, max(-1, a.Position-b.Position)))
		}
	})
}

// Table is a read model: its name and its columns in order. The first column is
// always the subject that a row derives from.
type Table struct {
	Name    string
	Columns []string
}

// Row is one row of a table; Values stand in the order of the table's columns.
type Row struct {
	Table  *Table
	Values []any
}

// Claim takes an amount of something limited that spans subjects: a seat, a place
// in a period, the membership of one household. Its holder is the folded subject.
// A claim with no Limit stated by any subject is exclusive: one holder, amount 1.
type Claim struct {
	Name   string
	Amount int64
}

// Limit states how much of a name may be claimed in all.
type Limit struct {
	Name   string
	Amount int64
}

// Output is what one projection makes of one subject.
type Output struct {
	Rows   []Row
	Claims []Claim
	Limits []Limit
}

// Add appends another output.
func (o *Output) Add(p Output) {
	o.Rows = append(o.Rows, p.Rows...)
	o.Claims = append(o.Claims, p.Claims...)
	o.Limits = append(o.Limits, p.Limits...)
}

// Projection folds the facts of the listed kinds about one type of subject.
type Projection struct {
	Name    string
	Subject string // the type of subject
	Tables  []*Table
	Kinds   []string
	// Rows folds facts, already in order and only of Kinds.
	Rows func(subject string, facts []Fact) Output
}

// New builds a projection from a pure step and a pure rendering of the state.
func New[S any](name, subject string, tables []*Table, kinds []string,
	step func(*S, Fact), render func(subject string, s *S) Output) *Projection {
	return &Projection{
		Name: name, Subject: subject, Tables: tables, Kinds: kinds,
		Rows: func(id string, facts []Fact) Output {
			state := State(facts, step)
			return render(id, &state)
		},
	}
}

// State folds facts into a value, from the zero value of S.
func State[S any](facts []Fact, step func(*S, Fact)) S {
	var state S
	for _, f := range facts {
		step(&state, f)
	}
	return state
}

// Consumes says whether the projection folds facts of a kind.
func (p *Projection) Consumes(kind string) bool { return slices.Contains(p.Kinds, kind) }

// Fold runs the projection on those of a subject's facts that it consumes.
func (p *Projection) Fold(subject string, facts []Fact) Output {
	var mine []Fact
	for _, f := range facts {
		if p.Consumes(f.Kind) {
			mine = append(mine, f)
		}
	}
	if len(mine) == 0 {
		return Output{}
	}
	return p.Rows(subject, mine)
}

// Check refuses an output that cannot be stored: a foreign table, a wrong number
// of values, a row of another subject.
func (p *Projection) Check(subject string, out Output) error {
	for _, r := range out.Rows {
		switch {
		case !slices.Contains(p.Tables, r.Table):
			return fmt.Errorf("projection %s made a row for a table that is not its own", p.Name)
		case len(r.Values) != len(r.Table.Columns):
			return fmt.Errorf("projection %s made %d values for the %d columns of %s",
				p.Name, len(r.Values), len(r.Table.Columns), r.Table.Name)
		case r.Values[0] != subject:
			return fmt.Errorf("projection %s made a row of %v while folding %s", p.Name, r.Values[0], subject)
		}
	}
	return nil
}
