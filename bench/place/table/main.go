// Command table solves the instances of bench/place and prints one line for each
// seed: the proven gap, CPU seconds, the peak of memory, who has no place against
// the fewest that any plan must leave without one, and what the independent check
// says.
//
//	go run ./bench/place/table
//	go run ./bench/place/table -only 50000 -seeds 3 -stages
//	go run ./bench/place/table -only year330 -seeds 20
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	made "cairn/bench/place"
)

// options are what the command line asks for.
type options struct {
	seeds, first uint64
	verify       bool
	stages       bool
}

// instance is one row of the table of figures.
type instance struct {
	name string
	run  func(seed uint64, o options) error
}

func main() {
	var o options
	names := make([]string, 0, 16)
	for _, i := range instances() {
		names = append(names, i.name)
	}
	only := flag.String("only", "", "instances by name, joined by commas: "+strings.Join(names, ", "))
	flag.Uint64Var(&o.seeds, "seeds", 1, "how many seeds of the generator and the engine")
	flag.Uint64Var(&o.first, "seed", 1, "the first seed")
	flag.BoolVar(&o.verify, "verify", true, "check every plan independently")
	flag.BoolVar(&o.stages, "stages", false, "say when each stage begins")
	flag.Parse()
	if err := run(*only, o); err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}

func run(only string, o options) error {
	wanted := strings.Split(only, ",")
	for _, i := range instances() {
		if only != "" && !contains(wanted, i.name) {
			continue
		}
		for seed := o.first; seed < o.first+o.seeds; seed++ {
			if err := i.run(seed, o); err != nil {
				return fmt.Errorf("%s, seed %d: %w", i.name, seed, err)
			}
		}
	}
	return nil
}

func contains(list []string, name string) bool {
	for _, x := range list {
		if x == name {
			return true
		}
	}
	return false
}

// instances lists the rows: the figures to reach, and generators of other kinds.
func instances() []instance {
	base := made.Shape{Supply: 1.05, Compatible: 0.7, Spread: 4}
	sized := func(cases, places int) made.Shape { s := base; s.Cases, s.Places = cases, places; return s }
	with := func(s made.Shape, change func(*made.Shape)) made.Shape { change(&s); return s }
	year := sized(400, 20)
	return []instance{
		solve("year330", sized(330, 20)),
		solve("year400", year),
		solve("year500", sized(500, 20)),
		solve("yeartight", with(year, func(s *made.Shape) { s.Supply = 1.0 })),
		solve("yearloose", with(year, func(s *made.Shape) { s.Supply = 1.10 })),
		solve("yearfew", with(year, func(s *made.Shape) { s.Compatible = 0.3 })),
		solve("yearlarge", with(year, func(s *made.Shape) { s.Families = made.LargeFamilies })),
		solve("yearwishes", with(year, func(s *made.Shape) { s.Wishes = 4 })),
		solve("10000", sized(10_000, 50)),
		solve("50000", sized(50_000, 300)),
		solve("400000", sized(400_000, 300)),
		torn("torn", 7000, 120),
		torn("tornfew", 7000, 10),
		online("online", 0, false),
		online("shifting", 0.1, false),
		online("shrinking", -0.1, false),
		online("stated", 0.1, true),
		fairness("fairness", with(sized(4000, 60), func(s *made.Shape) { s.Groups = 5 })),
		fairness("fairmany", with(sized(10_000, 100), func(s *made.Shape) { s.Groups = 9 })),
		fairness("fairtight", with(sized(4000, 60), func(s *made.Shape) { s.Groups, s.Supply, s.Families = 5, 0.9, made.LargeFamilies })),
		wishes("wishes", with(sized(4000, 60), func(s *made.Shape) { s.Ranked = 10 })),
		wishes("wishesalike", with(sized(4000, 60), func(s *made.Shape) { s.Ranked, s.Alike = 10, 2 })),
	}
}
