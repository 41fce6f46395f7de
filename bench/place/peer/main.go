// Command peer writes one instance of bench/place as a mixed-integer program in CPLEX's
// LP format, for solvers to be measured beside the engine: HiGHS (npm highs), CLP and
// CBC (Debian coinor-clp, coinor-cbc).
//
//	go run ./bench/place/peer -cases 400 -places 20 > year.lp
//	node bench/place/peer/highs.mjs year.lp 300
//	cbc year.lp solve
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"

	made "cairn/bench/place"
	engine "cairn/engine/place"
)

func main() {
	s := made.Shape{Spread: 4}
	flag.IntVar(&s.Cases, "cases", 400, "cases")
	flag.IntVar(&s.Places, "places", 20, "places")
	flag.Float64Var(&s.Supply, "supply", 1.05, "capacity over demand")
	flag.Float64Var(&s.Compatible, "compatible", 0.7, "share of open pairs")
	flag.Uint64Var(&s.Seed, "seed", 1, "seed of the generator")
	flag.Parse()
	if err := write(made.Generate(s)); err != nil {
		fmt.Fprintln(os.Stderr, "peer: write the program:", err)
		os.Exit(1)
	}
}

// write prints the program: a variable for each open pair, a row for each case and for
// each dimension of each place.
func write(p engine.Problem) error {
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	open := func(c, i int) bool {
		for d, n := range p.Cases[c].Size {
			if n > p.Places[i].Capacity[d] {
				return false
			}
		}
		return p.Score(c, i) > engine.Closed
	}
	fmt.Fprint(out, "Maximize\n obj: 0 x0_0\n")
	for c := range p.Cases {
		for i := range p.Places {
			if open(c, i) {
				fmt.Fprintf(out, " + %.17g x%d_%d\n", p.Weight(c)*p.Score(c, i), c, i)
			}
		}
	}
	fmt.Fprint(out, "Subject To\n")
	for c := range p.Cases {
		fmt.Fprintf(out, " c%d: 0 x0_0", c)
		for i := range p.Places {
			if open(c, i) {
				fmt.Fprintf(out, " + x%d_%d", c, i)
			}
		}
		fmt.Fprint(out, " <= 1\n")
	}
	for i := range p.Places {
		for d, room := range p.Places[i].Capacity {
			fmt.Fprintf(out, " p%d_%d: 0 x0_0", i, d)
			for c := range p.Cases {
				if n := p.Cases[c].Size[d]; n > 0 && open(c, i) {
					fmt.Fprintf(out, "\n + %d x%d_%d", n, c, i)
				}
			}
			fmt.Fprintf(out, " <= %d\n", room)
		}
	}
	fmt.Fprint(out, "Binary\n")
	for c := range p.Cases {
		for i := range p.Places {
			if open(c, i) {
				fmt.Fprintf(out, " x%d_%d\n", c, i)
			}
		}
	}
	fmt.Fprint(out, "End\n")
	return out.Flush()
}
