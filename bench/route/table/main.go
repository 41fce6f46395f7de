// Command table solves the instances of bench/route and prints one row for
// each: the proven gap, CPU seconds, memory, what one service in a hundred
// cancelled does, and what the independent check says.
//
//	go run ./bench/route/table
//	go run ./bench/route/table -only million -verify=false -stages
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"

	made "cairn/bench/route"
	engine "cairn/engine/route"
)

func main() {
	only := flag.String("only", "", "one instance: operation, season, large or million")
	seed := flag.Uint64("seed", 1, "seed of the generator and of the engine")
	verify := flag.Bool("verify", true, "check every plan independently")
	stages := flag.Bool("stages", false, "say when each stage begins")
	flag.Parse()
	fmt.Printf("%-10s %9s %8s %8s %7s %9s %8s %8s %9s %8s %8s %8s\n", "instance", "people", "parties", "services", "gap %", "unserved", "CPU s", "peak MB", "update s", "others %", "left %", "verify s")
	for _, i := range []struct {
		name string
		make func() engine.Problem
	}{
		{"operation", func() engine.Problem { return made.Generate(seeded(made.Operation(), *seed)) }},
		{"season", func() engine.Problem { return made.Season(*seed, 18_000) }},
		{"large", func() engine.Problem { return made.Generate(seeded(made.Large(), *seed)) }},
		{"million", func() engine.Problem { return made.Generate(seeded(made.Million(), *seed)) }},
	} {
		if *only != "" && *only != i.name {
			continue
		}
		if err := row(i.name, i.make(), *seed, *verify, *stages); err != nil {
			fmt.Fprintln(os.Stderr, "table:", i.name+":", err)
			os.Exit(1)
		}
	}
}

func seeded(s made.Size, seed uint64) made.Size { s.Seed = seed; return s }

func row(name string, p engine.Problem, seed uint64, verify, stages bool) error {
	begin, last := cpu(), ""
	o := engine.Options{Seed: seed, Workers: runtime.NumCPU(), Progress: func(stage string, _, _ int64) {
		if stages && stage != last {
			fmt.Fprintf(os.Stderr, "%8.1f s  %s\n", (cpu() - begin).Seconds(), stage)
			last = stage
		}
	}}
	r, err := engine.Solve(context.Background(), p, o)
	if err != nil {
		return err
	}
	solved := cpu() - begin
	_, unserved := r.Served()
	fmt.Printf("%-10s %9d %8d %8d %7.2f %9d %8.1f %8d ", name, people(p), len(p.Parties), len(p.Services), 100*r.Gap(), unserved, solved.Seconds(), peak())
	updated, others, left, err := cancel(r)
	if err != nil {
		return err
	}
	fmt.Printf("%9.2f %8.2f %8.2f ", updated.Seconds(), others, left)
	if !verify {
		fmt.Println("       -")
		return nil
	}
	begin = cpu()
	if err := engine.Verify(p, r); err != nil {
		return err
	}
	fmt.Printf("%8.1f\n", (cpu() - begin).Seconds())
	return nil
}

// cancel takes one service in a hundred away and reports the CPU time and, of a
// hundred parties, how many moved whose journey was still possible, and how many
// were left without a journey.
func cancel(r engine.Result) (spent time.Duration, others, left float64, err error) {
	begin := cpu()
	after, err := engine.Update(context.Background(), r, made.Cancellation(r.Problem))
	if err != nil {
		return 0, 0, 0, err
	}
	spent = cpu() - begin
	stranded := 0
	for _, n := range after.Changed.Notices {
		if n.News == engine.NewsStranded {
			stranded++
		}
	}
	all := float64(len(r.Problem.Parties))
	return spent, 100 * float64(after.Changed.MadeRoom) / all, 100 * float64(stranded) / all, nil
}

func people(p engine.Problem) int {
	sum := 0
	for i := range p.Parties {
		sum += p.Parties[i].People
	}
	return sum
}

// cpu is the process's CPU time, peak its largest memory in MB so far.
func cpu() time.Duration { u := usage(); return time.Duration(u.Utime.Nano() + u.Stime.Nano()) }

func peak() int64 { return usage().Maxrss / 1024 }

func usage() syscall.Rusage {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		fmt.Fprintln(os.Stderr, "table: read the process's usage:", err)
		os.Exit(1)
	}
	return u
}
