// Command names measures how well package names finds and compares names.
//
//	go run ./bench/names -data DIR [-only arabic] [-queries 2000] [-pairs FILE]
//
// DIR holds the lists of names that the models are trained on. For each list the
// names whose Latin spelling has an FNV-1a hash divisible by five are held out; a
// model is trained on the rest, and each held-out name in its script is searched
// among all held-out Latin names. A hit is the Latin spelling of the pair, letter
// for letter with its accents. The lists are noisy: some pairs are different
// names, so that 1 cannot be reached.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"hash/fnv"
	"log"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"cairn/engine/names"
	"cairn/engine/names/joint"
)

func main() {
	log.SetFlags(0)
	data := flag.String("data", "", "folder with the lists of names")
	only := flag.String("only", "", "measure this list only")
	queries := flag.Int("queries", 2000, "names searched in each list")
	misses := flag.Int("misses", 0, "print so many misses")
	pairs := flag.String("pairs", "", "file of pairs of names with verdicts, to compare as well")
	show := flag.Bool("show", false, "print each of these pairs")
	flag.Parse()
	m, err := names.Load()
	if err != nil {
		log.Fatal(err)
	}
	if *pairs != "" {
		if err := measurePairs(m, *pairs, *show); err != nil {
			log.Fatalf("names: %v", err)
		}
	}
	for _, name := range names.ModelNames() {
		if *data == "" || *only != "" && *only != name {
			continue
		}
		if err := measure(m, *data, name, *queries, *misses); err != nil {
			log.Fatalf("names: %v", err)
		}
	}
}

type pair struct {
	latin, foreign string
	seen           bool // more than once
}

func measure(m *names.Matcher, dir, name string, queries, misses int) error {
	train, test, err := split(filepath.Join(dir, name+".tsv"))
	if err != nil {
		return err
	}
	o, err := names.Training(name)
	if err != nil {
		return err
	}
	o.Log = func(string, ...any) {}
	start := cpu()
	m = m.With(name, joint.Train(train, o))
	trained := cpu() - start
	list := make([]string, len(test))
	for i, p := range test {
		list[i] = p.latin
	}
	index := m.NewIndex(list)
	index.Search(test[0].foreign, 1)
	start = cpu()
	var first, ten, n, seen, seenFirst, seenTen int
	for _, p := range test[:min(queries, len(test))] {
		rank := rankOf(index.Search(p.foreign, 10), list, p.latin)
		n++
		if p.seen {
			seen++
		}
		if rank == 0 {
			first++
			if p.seen {
				seenFirst++
			}
		}
		if rank < 10 {
			ten++
			if p.seen {
				seenTen++
			}
		}
		if rank > 0 && misses > 0 {
			misses--
			got := "-"
			if hits := index.Search(p.foreign, 1); len(hits) > 0 {
				got = list[hits[0].Item]
			}
			fmt.Println(p.foreign, p.latin, rank, got)
		}
	}
	each := (cpu() - start) / time.Duration(n)
	share := func(a, b int) float64 { return float64(a) / float64(max(b, 1)) }
	fmt.Printf("%-9s among %6d: recall@1 %.3f @10 %.3f; of pairs seen twice %.3f %.3f; %.2f CPU ms a query; trained in %.1f CPU s\n", name, len(list),
		share(first, n), share(ten, n), share(seenFirst, seen), share(seenTen, seen), float64(each.Microseconds())/1000, trained.Seconds())
	return nil
}

func rankOf(hits []names.Hit, list []string, latin string) int {
	for i, h := range hits {
		if list[h.Item] == latin {
			return i
		}
	}
	return len(list)
}

func split(path string) (train []joint.Pair, test []pair, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		c := strings.Split(s.Text(), "\t")
		if len(c) < 3 {
			continue
		}
		foreign := strings.ReplaceAll(c[1], " ", "")
		h := fnv.New32a()
		h.Write([]byte(c[0]))
		if h.Sum32()%5 == 0 {
			test = append(test, pair{c[0], foreign, c[2] != "1"})
		} else {
			train = append(train, joint.Pair{Latin: names.Spelling(c[0]), Foreign: names.Spelling(foreign), Weight: 1})
		}
	}
	return train, test, nil
}

func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
