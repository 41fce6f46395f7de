// Program link measures the engine link on registers that it invents itself: a
// camp register with few doubles, one with many, and so on. It prints CPU seconds,
// precision, recall and F1 over pairs and B-cubed.
//
//	go run ./bench/link                       # 18,000 records, 6 % doubles
//	go run ./bench/link -records 20000 -doubles 0.05 -seed 3
//	go run ./bench/link -doubles 0.7 -scripts 0.1
//
// The generator shares no code or table with the engine.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"syscall"
	"time"

	"cairn/door/cli/linktool"
	"cairn/engine/link"
)

func main() {
	records := flag.Int("records", 18_000, "records in the register")
	doubles := flag.Float64("doubles", 0.06, "share of records that are a second registration")
	scripts := flag.Float64("scripts", 0, "share of doubles written in Cyrillic letters")
	households := flag.Bool("households", true, "write a household column")
	seed := flag.Uint64("seed", 1, "seed of the generator")
	verbose := flag.Bool("v", false, "print the model and the wrong pairs")
	flag.Parse()
	if err := measure(*records, *doubles, *scripts, *households, *seed, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func measure(records int, doubles, scripts float64, households bool, seed uint64, verbose bool) error {
	g := newGenerator(seed, doubles, scripts)
	problem, truth := g.register(records)
	if !households {
		problem.Columns[len(problem.Columns)-1].Kind = link.Ignore
	}
	before, start := cpu(), time.Now()
	result, err := link.Solve(context.Background(), problem, link.Options{Seed: seed})
	if err != nil {
		return err
	}
	used, wall := cpu()-before, time.Since(start)
	if err := link.Verify(problem, result); err != nil {
		return err
	}
	s := linktool.ScoreClusters(result.Clusters, truth)
	fmt.Printf("%d records, %.0f%% doubles, %d pairs compared: CPU %.2f s (wall %.2f s)\n", records, 100*doubles, result.Compared, used.Seconds(), wall.Seconds())
	fmt.Printf("pairs: precision %.4f recall %.4f F1 %.4f; B-cubed F1 %.4f; the model expected %.3f and %.3f\n", s.Precision, s.Recall, s.F1, s.BCubed, result.Precision, result.Recall)
	if verbose {
		return printModel(problem, result, truth)
	}
	return nil
}

func printModel(problem link.Problem, result link.Result, truth []string) error {
	for _, f := range result.Model.Fields {
		fmt.Println(f.Name)
		for _, l := range f.Levels[1:] {
			if l.Words != "" {
				fmt.Printf("  %-40s m %.5f u %.6f kin %.5f\n", l.Words, l.M, l.U, l.Kin)
			}
		}
	}
	fmt.Printf("prior %.3g kin %.3g\n", result.Model.Prior, result.Model.KinShare)
	first := map[string]int{}
	shown := 0
	for i, person := range truth {
		j, seen := first[person]
		wrong := seen && result.Clusters[i] != result.Clusters[j]
		if !seen {
			first[person] = i
			j = result.Clusters[i]
			wrong = truth[j] != person
		}
		if !wrong || shown >= 40 {
			continue
		}
		shown++
		e, err := link.Explain(problem, result, link.Pair{A: problem.IDs[j], B: problem.IDs[i]})
		if err != nil {
			return err
		}
		fmt.Printf("%v\n%v\n%s", problem.Rows[j], problem.Rows[i], e)
	}
	return nil
}

func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
