// Package hungary1956 generates, from a seed, the files that offices would have
// held during the movement of Hungarian refugees of 1956 and 1957: registration
// lists of camps at two borders, offers of places, services (trains, buses,
// ships, flights), and, apart from them, the truth, the events to replay and
// history's own figures.
//
// The lists are as untidy as lists are: five languages of headers, several
// delimiters, date formats and encodings, accents dropped, names transcribed or
// swapped, ages instead of birth dates, and families registered twice. Only
// truth.csv tells which rows are the same person; use it for scoring alone.
//
// Words: a person and a household are true ones; a registration is one row of a
// list; a list is the file of one camp; an offer is a number of places in one
// locality for one period; a service is one dated departure.
//
//	summary, err := hungary1956.Generate("out", hungary1956.Options{People: 2000, Seed: 1})
//
// Figures and names are invented except where README.md and history.csv say
// that they are sourced or recalled. No person in the files ever lived.
package hungary1956

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
)

// DefaultPeople is about a tenth of the historic movement.
const DefaultPeople = 18000

// MaxPeople bounds one run; the historic movement over both borders was 200,139.
const MaxPeople = 1_000_000

// Options says how many true persons to generate (0 means DefaultPeople), from
// which seed, and whom to tell about the progress. Progress may be nil; it is
// called from the generating goroutine.
type Options struct {
	People   int
	Seed     uint64
	Progress func(stage string, done, total int64)
}

// Dimensions counts demand or supply: persons, school places (ages 6 to 14),
// medical places and dwellings for households of five or more.
type Dimensions struct {
	People, School, Medical, Large int
}

// FileInfo describes one written file. HeaderRow is the 1-based row of the
// header; Delimiter is empty for XLSX. Rows counts rows below the header.
// Language is a code (de, en, hu, fr, sh for Serbo-Croatian); DateLayout is in
// Go's notation, and "cell" means spreadsheet date cells.
type FileInfo struct {
	Name       string
	Kind       Kind
	Encoding   Encoding
	Delimiter  string
	Language   string
	DateLayout string
	HeaderRow  int
	Header     []string
	Rows       int
}

// Kind says what a file holds.
type Kind string

// Kinds of files.
const (
	KindRegistrations Kind = "registrations"
	KindOffers        Kind = "offers"
	KindServices      Kind = "services"
	KindEvents        Kind = "events"
	KindTruth         Kind = "truth"
	KindHistory       Kind = "history"
)

// Summary says what was generated. Doubles counts registrations beyond each
// person's first. Events counts events by kind. Seats counts all seats of all
// services.
type Summary struct {
	People, Households, Singles, Unaccompanied int
	Registrations, Doubles                     int
	Demand, Supply                             Dimensions
	Offers, Services, Seats                    int
	Events                                     map[string]int
	Files                                      []FileInfo
}

// Generate writes the files into dir, which it creates when missing; files of
// the same names are replaced. The same options give the same bytes on any
// machine with the same release of the spreadsheet library.
func Generate(dir string, o Options) (Summary, error) {
	if o.People == 0 {
		o.People = DefaultPeople
	}
	if o.People < 1 || o.People > MaxPeople {
		return Summary{}, fmt.Errorf("generate hungary-1956: %d people asked for; give a number from 1 to %d", o.People, MaxPeople)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return Summary{}, fmt.Errorf("generate hungary-1956: create the folder for the files: %w", err)
	}
	g := &generator{dir: dir, seed: o.Seed, progress: o.Progress}
	g.sum.Events = map[string]int{}
	if g.progress == nil {
		g.progress = func(string, int64, int64) {}
	}
	g.populate(o.People)
	g.register()
	g.makeOffers()
	if err := errors.Join(g.makeServices(), g.write()); err != nil {
		return Summary{}, fmt.Errorf("generate hungary-1956 in %s: %w", dir, err)
	}
	return g.sum, nil
}

// generator carries one run. Each stage draws from its own stream, so that a
// change in one stage leaves the others' numbers alone.
type generator struct {
	dir      string
	seed     uint64
	progress func(stage string, done, total int64)
	persons  []person
	houses   []household
	lists    []*campList
	offers   []offer
	services []service
	stops    map[string]stop
	sum      Summary
}

// rng draws from one stage's stream.
type rng struct{ *rand.Rand }

func (g *generator) stream(stage uint64) rng {
	return rng{rand.New(rand.NewPCG(g.seed, stage*0x9e3779b97f4a7c15+1956))}
}

func (r rng) chance(p float64) bool { return r.Float64() < p }

// between draws from lo to hi, both included.
func (r rng) between(lo, hi int) int { return lo + r.IntN(hi-lo+1) }

func pick[T any](r rng, from []T) T { return from[r.IntN(len(from))] }
