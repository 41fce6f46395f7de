package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"time"

	"cairn/engine/link"
)

// measureLive resolves a register with English names, keeps it in memory, and
// measures looking up and adding single records and comparing one pair.
func measureLive(records int, seed uint64) error {
	problem := link.Problem{Columns: englishColumns()}
	newEnglish(seed, 1).rows(records, 0.2, func(row []string) {
		problem.IDs = append(problem.IDs, row[0])
		problem.Rows = append(problem.Rows, row[1:len(row)-1])
	})
	runtime.LockOSThread() // so that threadTime counts all that a call does
	ctx := context.Background()
	result, err := link.Solve(ctx, problem, link.Options{Seed: seed})
	if err != nil {
		return err
	}
	start := cpu()
	x, err := link.NewIndex(ctx, problem, result)
	if err != nil {
		return err
	}
	fmt.Printf("index of %d records: %.1f CPU s\n", records, (cpu() - start).Seconds())
	runtime.GC()
	var fresh [][]string
	newEnglish(seed, 1.5).rows(4_000, 0.2, func(row []string) { fresh = append(fresh, row[1:len(row)-1]) })
	if err := lookUp(x, fresh[:2_000]); err != nil {
		return err
	}
	if err := addRecords(ctx, x, fresh[2_000:]); err != nil {
		return err
	}
	return comparePair(result, problem)
}

func englishColumns() []link.Column {
	kinds := []link.Kind{link.GivenName, link.FullName, link.FamilyName, link.BirthDate, link.Sex, link.Place}
	var columns []link.Column
	for i, k := range kinds {
		columns = append(columns, link.Column{Name: englishHeader[i+1], Kind: k})
	}
	return columns
}

func lookUp(x *link.Index, rows [][]string) error {
	var times []time.Duration
	found := 0
	for _, row := range rows {
		start := threadTime()
		matches, err := x.Find(row, 10)
		times = append(times, threadTime()-start)
		if err != nil {
			return err
		}
		found += min(len(matches), 1)
	}
	printTimes("look up", times, fmt.Sprintf("%d of %d have a likely double", found, len(rows)))
	return nil
}

func addRecords(ctx context.Context, x *link.Index, rows [][]string) error {
	var times []time.Duration
	joined := 0
	for i, row := range rows {
		start := threadTime()
		events, err := x.Update(ctx, link.Change{AddIDs: []string{fmt.Sprint("new", i)}, AddRows: [][]string{row}})
		times = append(times, threadTime()-start)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(events, func(e link.Event) bool { return e.Kind == link.Joined }) {
			joined++
		}
	}
	printTimes("add", times, fmt.Sprintf("%d joined a person", joined))
	return nil
}

func printTimes(what string, times []time.Duration, note string) {
	slices.Sort(times)
	at := func(p float64) time.Duration { return times[int(p*float64(len(times)-1))] }
	fmt.Printf("%-8s CPU median %v, p99 %v, worst %v; %s\n", what, at(0.5), at(0.99), at(1), note)
}

// comparePair measures full comparisons of prepared pairs, none of them twice:
// random ones, and ones that may be the same person.
func comparePair(result link.Result, problem link.Problem) error {
	c, err := link.NewComparer(problem, result.Model)
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(1, 2))
	var strangers, likely [][2]int
	for range 400_000 {
		if i, j := random.IntN(len(problem.IDs)), random.IntN(len(problem.IDs)); i != j {
			strangers = append(strangers, [2]int{i, j})
		}
	}
	for _, p := range result.Pairs {
		likely = append(likely, [2]int{p.A, p.B})
	}
	random.Shuffle(len(likely), func(i, j int) { likely[i], likely[j] = likely[j], likely[i] })
	for _, set := range []struct {
		name  string
		pairs [][2]int
	}{{"random", strangers}, {"likely", likely}} {
		sum, start := 0.0, cpu()
		for _, p := range set.pairs {
			sum += c.Weight(p[0], p[1])
		}
		each := (cpu() - start) / time.Duration(max(len(set.pairs), 1))
		fmt.Printf("compare  %v CPU for one of %d %s pairs (mean weight %.1f bits)\n", each, len(set.pairs), set.name, sum/float64(max(len(set.pairs), 1)))
	}
	return nil
}
