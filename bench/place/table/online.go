package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	made "cairn/bench/place"
	engine "cairn/engine/place"
)

// online measures a stream of 100,000 arrivals at 100 places against the bound of
// hindsight, which knows all of them. When stated is set, the stream is told how many
// people, school and medical places will be asked for in all.
func online(name string, drift float64, stated bool) instance {
	return instance{name, func(seed uint64, o options) error {
		s := made.Shape{Cases: 100_000, Places: 100, Supply: 1.05, Compatible: 0.7, Spread: 4, Seed: seed}
		known, come := made.Arrivals(s, 8000, drift)
		bound, err := engine.Solve(context.Background(), come, engine.Options{Seed: seed, Workers: runtime.NumCPU(),
			Work: 120 * int64(s.Cases*s.Places)})
		if err != nil {
			return err
		}
		greedy, err := engine.Greedy(context.Background(), come)
		if err != nil {
			return err
		}
		run, err := stream(known, come, engine.StreamOptions{Expected: s.Cases, Demand: demand(come, stated)})
		if err != nil {
			return err
		}
		fmt.Printf("%-10s seed %d  %.3f %% of the hindsight bound (greedy %.2f %%, hindsight plan %.3f %%)  opened in %.1f CPU s  %.0f µs CPU a case, slowest %.1f ms\n",
			name, seed, 100*run.value/bound.Bound, 100*greedy.Value/bound.Bound, 100*bound.Value/bound.Bound,
			run.opened, 1e6*run.spent/float64(s.Cases), 1000*run.slowest.Seconds())
		return nil
	}}
}

// streamed is what a stream reached and took.
type streamed struct {
	value, opened, spent float64
	slowest              time.Duration
}

// demand adds up what the arrivals need of each dimension, if it is to be stated.
func demand(come engine.Problem, stated bool) []float64 {
	if !stated {
		return nil
	}
	out := make([]float64, len(come.Dimensions))
	for c := range come.Cases {
		for d, n := range come.Cases[c].Size {
			out[d] += float64(n)
		}
	}
	return out
}

func stream(known, come engine.Problem, o engine.StreamOptions) (streamed, error) {
	var out streamed
	begin := made.CPUSeconds()
	stream, err := engine.OpenStream(context.Background(), known, o)
	if err != nil {
		return out, err
	}
	out.opened = made.CPUSeconds() - begin
	scores := make([]float64, len(come.Places))
	begin = made.CPUSeconds()
	for c := range come.Cases {
		for i := range scores {
			scores[i] = come.Score(c, i)
		}
		from := time.Now()
		a, err := stream.Place(come.Cases[c], scores)
		if err != nil {
			return out, err
		}
		out.slowest = max(out.slowest, time.Since(from))
		out.value += a.Value
	}
	out.spent = made.CPUSeconds() - begin
	return out, nil
}
