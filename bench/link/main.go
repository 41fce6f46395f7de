// Program link measures the command `cairn link` at its default settings on
// registers that it invents itself, and on given sets. For each set it prints the
// CPU seconds and the most memory of the command, precision, recall and F1 over
// pairs of one cluster, B-cubed F1, and what the engine itself expected. The
// generators share no code or table with the engine; their seeds are fixed.
//
//	go run ./bench/link                                    # all invented sets but the million
//	go run ./bench/link -data ../shared/data/link -all     # given sets and the million too
//	go run ./bench/link -only scripts,few -seed 7
//	go run ./bench/link -only camp -curve                  # precision and recall by threshold
//	go run ./bench/link -data DIR -curve -draw docs/link-curves.svg
//	go run ./bench/link -only few -cpuprofile few.prof     # where the time goes
//	go run ./bench/link -live 1000000                      # look up, add, compare one record
//	go run ./bench/link -bad                               # input that is no register
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
)

type settings struct {
	data, only, cairn string
	drawing           string
	seed              uint64
	all, curve, keep  bool
	arguments         []string
}

func main() {
	var s settings
	flag.StringVar(&s.data, "data", "", "folder with historical_50k.csv and febrl3.csv")
	flag.StringVar(&s.only, "only", "", "names of sets, parted by commas")
	flag.StringVar(&s.cairn, "cairn", "", "the program to measure; built from this checkout unless given")
	flag.Uint64Var(&s.seed, "seed", 1, "seed of the generators")
	flag.BoolVar(&s.all, "all", false, "large sets too")
	flag.BoolVar(&s.curve, "curve", false, "repeat each set at several thresholds")
	flag.StringVar(&s.drawing, "draw", "", "with -curve: also draw the curves into this SVG file")
	flag.BoolVar(&s.keep, "keep", false, "keep the files and say where they are")
	bad := flag.Bool("bad", false, "run input that is no register")
	live := flag.Int("live", 0, "measure single records against a register of so many")
	profile := flag.String("cpuprofile", "", "run the sets in this process and write where their time goes to this file")
	flag.Parse()
	s.arguments = flag.Args()
	var err error
	switch {
	case *live > 0:
		err = measureLive(*live, s.seed)
	case *bad:
		err = s.inFolder(func(b bench) error { return b.badInputs() })
	case *profile != "":
		err = s.inFolder(func(b bench) error { return b.profile(*profile) })
	default:
		err = s.inFolder(func(b bench) error { return b.table() })
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (s settings) chosen() []set {
	var list []set
	for _, x := range sets(s.data) {
		switch {
		case s.only != "":
			if slices.Contains(strings.Split(s.only, ","), x.name) {
				list = append(list, x)
			}
		case !x.large || s.all:
			list = append(list, x)
		}
	}
	return list
}

var thresholds = []float64{0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 0.998}

// table prints one line for each set, or one for each set and threshold.
func (b bench) table() error {
	fmt.Printf("%-12s %9s %9s %8s %8s %9s %7s %7s %9s %9s  %s\n", "set", "records", "threshold", "CPU s", "MB", "precision", "recall", "F1", "B-cubed", "expected", "reach")
	var curves []curve
	for _, x := range b.chosen() {
		c := curve{name: x.name}
		file, err := b.file(x)
		if err != nil {
			return err
		}
		at := []float64{0}
		if b.curve {
			at = thresholds
		}
		for _, t := range at {
			m, err := b.run(x, file, t)
			if err != nil {
				return err
			}
			c.points, c.limits = append(c.points, m), append(c.limits, t)
			limit := "default"
			if t > 0 {
				limit = fmt.Sprint(t)
			}
			fmt.Printf("%-12s %9d %9s %8.2f %8.0f %9.4f %7.4f %7.4f %9.4f %4.2f/%4.2f  %s\n", x.name, m.records, limit, m.cpu.Seconds(), m.megabytes,
				m.precision, m.recall, m.f1, m.bcubed, m.expectedPrecision, m.expectedRecall, x.reach)
		}
		curves = append(curves, c)
	}
	if b.drawing == "" {
		return nil
	}
	return draw(b.drawing, curves)
}
