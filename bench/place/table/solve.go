package main

import (
	"context"
	"fmt"
	"os"
	"runtime"

	made "cairn/bench/place"
	engine "cairn/engine/place"
)

// solve measures Solve on one shape.
func solve(name string, s made.Shape) instance {
	return measure(name, func(seed uint64) engine.Problem {
		s.Seed = seed
		return made.Generate(s)
	})
}

// torn measures Solve where many are torn between the same few choices.
func torn(name string, cases, places int) instance {
	return measure(name, func(seed uint64) engine.Problem { return made.Torn(seed, cases, places) })
}

func measure(name string, generate func(seed uint64) engine.Problem) instance {
	return instance{name, func(seed uint64, o options) error {
		p := generate(seed)
		resetPeak()
		begin, last := made.CPUSeconds(), ""
		r, err := engine.Solve(context.Background(), p, engine.Options{Seed: seed, Workers: runtime.NumCPU(),
			Progress: func(stage string, _, _ int64) {
				if o.stages && stage != last {
					fmt.Fprintf(os.Stderr, "%8.2f s  %s\n", made.CPUSeconds()-begin, stage)
					last = stage
				}
			}})
		if err != nil {
			return err
		}
		spent, memory := made.CPUSeconds()-begin, peakMB()
		fewest, err := fewestLeft(p, seed)
		if err != nil {
			return err
		}
		cases, people := left(p, r)
		fmt.Printf("%-10s seed %d  gap %.4f %%  %6.2f CPU s  %5d MB  unplaced %d cases, %d people (%.3f %%), at least %d must be  %s  verified %s\n",
			name, seed, 100*r.Gap, spent, memory, cases, people, 100*float64(people)/total(p), fewest, r.Status, verified(p, r, o))
		return nil
	}}
}

// left counts those without a place, by cases and people.
func left(p engine.Problem, r engine.Result) (cases, people int) {
	for c, a := range r.Assignments {
		if a.Place == "" {
			cases++
			people += p.Cases[c].Size[0]
		}
	}
	return cases, people
}

// total is the number of people.
func total(p engine.Problem) float64 {
	sum := 0
	for c := range p.Cases {
		sum += p.Cases[c].Size[0]
	}
	return float64(sum)
}

// fewestLeft is a proven number of people whom every plan leaves without a place.
func fewestLeft(p engine.Problem, seed uint64) (int, error) {
	s, err := engine.Shortfall(context.Background(), p, engine.Options{Seed: seed, Workers: runtime.NumCPU(),
		Work: 40 * int64(len(p.Cases)*len(p.Places))})
	return s.Fewest, err
}

func verified(p engine.Problem, r engine.Result, o options) string {
	if !o.verify {
		return "no"
	}
	begin := made.CPUSeconds()
	if err := engine.Verify(p, r); err != nil {
		return "NOT: " + err.Error()
	}
	return fmt.Sprintf("in %.1f s", made.CPUSeconds()-begin)
}
