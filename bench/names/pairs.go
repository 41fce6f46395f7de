package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"os"
	"slices"

	"cairn/engine/names"
)

type verdict struct {
	weight float64
	same   bool
	a, b   string
}

// measurePairs compares the pairs of persons in a file with the columns schema,
// name1, name2, is_match, and prints the area under the curve and F1 at weight 0
// and at the best weight.
func measurePairs(m *names.Matcher, path string, show bool) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	var list []verdict
	for _, row := range rows[1:] {
		if len(row) >= 4 && row[0] == "Person" {
			list = append(list, verdict{m.Compare(m.Prepare(row[1]), m.Prepare(row[2])), row[3] == "true", row[1], row[2]})
		}
	}
	slices.SortStableFunc(list, func(a, b verdict) int { return cmp.Compare(b.weight, a.weight) })
	best, at := 0.0, 0.0
	for i := range list {
		if f1 := f1Above(list, list[i].weight); f1 > best {
			best, at = f1, list[i].weight
		}
	}
	fmt.Printf("pairs of persons %d: AUC %.3f, F1 %.3f at weight 0, %.3f at the best weight %.1f\n", len(list), area(list), f1Above(list, 0), best, at)
	if show {
		for _, v := range list {
			fmt.Printf("%6.1f %v %s | %s\n", v.weight, v.same, v.a, v.b)
		}
	}
	return nil
}

func f1Above(list []verdict, least float64) float64 {
	var right, said, all float64
	for _, v := range list {
		if v.weight >= least {
			said++
			if v.same {
				right++
			}
		}
		if v.same {
			all++
		}
	}
	return 2 * right / max(said+all, 1)
}

// area is the share of (same, different) pairs in the right order, ties half.
func area(list []verdict) float64 {
	var good, pairs float64
	for _, x := range list {
		for _, y := range list {
			if !x.same || y.same {
				continue
			}
			pairs++
			switch {
			case x.weight > y.weight:
				good++
			case x.weight == y.weight:
				good += 0.5
			}
		}
	}
	return good / max(pairs, 1)
}
