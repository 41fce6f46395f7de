package main

import (
	"context"
	"fmt"
	"runtime"

	made "cairn/bench/place"
	engine "cairn/engine/place"
)

// wishes measures the mean rank at 2 % loss of outcome against the plan in which cases
// choose one after another, to which multidimensional top trading cycles come down when
// all places rank the cases alike and nobody owns a place before.
func wishes(name string) instance {
	return instance{name, func(seed uint64, o options) error {
		p := made.Generate(made.Shape{Cases: 4000, Places: 60, Supply: 1.05, Compatible: 0.7, Spread: 4, Ranked: 10, Seed: seed})
		begin := made.CPUSeconds()
		r, err := engine.Solve(context.Background(), p, engine.Options{Seed: seed, Workers: runtime.NumCPU()})
		if err != nil {
			return err
		}
		w, err := engine.MeetWishes(context.Background(), r, engine.WishOptions{Loss: 0.02, Options: engine.Options{Seed: seed, Workers: runtime.NumCPU()}})
		if err != nil {
			return err
		}
		at, first := w.Frontier[w.Chosen], w.Frontier[0]
		fmt.Printf("%-10s seed %d  mean rank %.3f at %.2f %% loss (%d moved by trades); best outcome %.3f, best rank found %.3f, one after another %.3f at %.2f %% loss  %.1f CPU s  verified %s\n",
			name, seed, at.MeanRank, 100*at.Loss, w.Traded, first.MeanRank, w.Frontier[len(w.Frontier)-1].MeanRank, w.Serial.MeanRank, 100*w.Serial.Loss,
			made.CPUSeconds()-begin, verified(p, w.Result, o))
		return nil
	}}
}
