package main

import (
	"context"
	"fmt"
	"runtime"

	made "cairn/bench/place"
	engine "cairn/engine/place"
)

// fairness measures the highest floor that all groups can have together.
func fairness(name string, s made.Shape) instance {
	return instance{name, func(seed uint64, o options) error {
		s.Seed = seed
		p := made.Generate(s)
		begin := made.CPUSeconds()
		f, err := engine.Fair(context.Background(), p, engine.FairOptions{MaxMin: true,
			Options: engine.Options{Seed: seed, Workers: runtime.NumCPU()}})
		if err != nil {
			return err
		}
		spent, check := made.CPUSeconds()-begin, "no"
		if o.verify {
			check = "yes"
			if err := engine.VerifyFair(p, f); err != nil {
				check = "NOT: " + err.Error()
			}
		}
		fmt.Printf("%-10s seed %d  kept %v, every group has %.3f %% of what it gets alone  at most %.3f %%; price %.3f %%  proven gap of that %.4f %%  %.1f CPU s  verified %s\n",
			name, seed, f.Kept, 100*f.Share, 100*f.Highest, 100*f.Price, 100*f.Gap, spent, check)
		return nil
	}}
}
