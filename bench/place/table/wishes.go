package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	made "cairn/bench/place"
	engine "cairn/engine/place"
)

// wishes measures the mean rank at 2 % loss of outcome against multidimensional top
// trading cycles, from nothing and from the plan of best outcome, and against cases that
// choose one after another; it prints the frontier between outcome and rank.
func wishes(name string, s made.Shape) instance {
	return instance{name, func(seed uint64, o options) error {
		s.Seed = seed
		p := made.Generate(s)
		begin := made.CPUSeconds()
		r, err := engine.Solve(context.Background(), p, engine.Options{Seed: seed, Workers: runtime.NumCPU()})
		if err != nil {
			return err
		}
		w, err := engine.MeetWishes(context.Background(), r, engine.WishOptions{Loss: 0.02, Options: engine.Options{Seed: seed, Workers: runtime.NumCPU()}})
		if err != nil {
			return err
		}
		spent := made.CPUSeconds() - begin
		at := w.Frontier[w.Chosen]
		fmt.Printf("%-10s seed %d  mean rank %.3f at %.2f %% loss (%d moved by trades), at least %.3f is proven  %.1f CPU s  verified %s\n",
			name, seed, at.MeanRank, 100*at.Loss, w.Traded, w.LeastRank, spent, wishesVerified(p, w, o))
		owned := make([]int, len(p.Cases))
		for c, a := range r.Assignments {
			owned[c] = slices.IndexFunc(p.Places, func(pl engine.Place) bool { return pl.ID == a.Place })
		}
		for _, x := range []struct {
			what string
			at   []int
		}{{"trading cycles from nothing", made.MTTC(p)}, {"trading cycles from the best outcome", made.MTTCEndowed(p, owned)}} {
			rank, value := rankOf(p, x.at)
			fmt.Printf("    %s: mean rank %.3f at %.2f %% loss\n", x.what, rank, 100*(1-value/r.Value))
		}
		fmt.Printf("    one after another: mean rank %.3f at %.2f %% loss\n    frontier:", w.Serial.MeanRank, 100*w.Serial.Loss)
		for _, f := range w.Frontier {
			fmt.Printf("  %.3f at %.2f %%", f.MeanRank, 100*f.Loss)
		}
		fmt.Println()
		return nil
	}}
}

// rankOf is the mean rank of a matching, and what it is worth.
func rankOf(p engine.Problem, at []int) (rank, value float64) {
	for c, i := range at {
		if i < 0 {
			rank += float64(len(p.Cases[c].Preferences) + 1)
			continue
		}
		rank += float64(p.Rank(c, i))
		value += p.Weight(c) * (p.Score(c, i) + p.PlacingBonus)
	}
	return rank / float64(len(at)), value
}

func wishesVerified(p engine.Problem, w engine.Wishes, o options) string {
	if !o.verify {
		return "no"
	}
	if err := engine.VerifyWishes(p, w); err != nil {
		return "NOT: " + err.Error()
	}
	return "yes"
}
