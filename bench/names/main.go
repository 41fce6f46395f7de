// Command names measures how well package names finds and compares names.
//
//	go run ./bench/names -data DIR [-only arabic] [-queries 2000] [-pairs FILE]
//
// DIR holds the lists of names that the models are trained on. For each list the
// names whose Latin spelling has an FNV-1a hash divisible by five are held out; a
// model is trained on the rest, and each held-out name in its script is searched
// among all held-out Latin names. Recall is given twice, both letter for letter
// with accents: a query counts as found when any Latin spelling is found that the
// held-out list gives for it ("Nunes" and "Núñez" may both stand for one Arabic
// name), and, more strictly, each pair counts by its own spelling only. The lists
// are noisy: some pairs are different names, so that 1 cannot be reached; of pairs
// that were seen more than once, fewer are.
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
	s := newSearch(m, test)
	start = cpu()
	asked := test[:min(queries, len(test))]
	for _, p := range asked {
		if miss := s.ask(p); miss != "" && misses > 0 {
			misses--
			fmt.Println(miss)
		}
	}
	each := (cpu() - start) / time.Duration(max(len(asked), 1))
	fmt.Printf("%-9s among %6d: recall at 1 and 10 of queries %v, of pairs %v, of queries seen twice %v; %.2f CPU ms a query; trained in %.1f CPU s\n",
		name, len(test), s.queries, s.pairs, s.twice, float64(each.Microseconds())/1000, trained.Seconds())
	return nil
}

// recall counts ranks.
type recall struct{ all, first, ten int }

func (r *recall) add(rank int) {
	r.all++
	if rank == 0 {
		r.first++
	}
	if rank < 10 {
		r.ten++
	}
}

func (r recall) String() string {
	n := float64(max(r.all, 1))
	return fmt.Sprintf("%.3f %.3f", float64(r.first)/n, float64(r.ten)/n)
}

// search asks for held-out names among all held-out Latin spellings.
type search struct {
	index                 *names.Index
	list                  []string
	right                 map[string]map[string]bool // Latin spellings of each name
	asked                 map[string]bool
	queries, pairs, twice recall
}

func newSearch(m *names.Matcher, test []pair) *search {
	s := &search{list: make([]string, len(test)), right: make(map[string]map[string]bool), asked: make(map[string]bool)}
	for i, p := range test {
		s.list[i] = p.latin
		if s.right[p.foreign] == nil {
			s.right[p.foreign] = make(map[string]bool)
		}
		s.right[p.foreign][p.latin] = true
	}
	s.index = m.NewIndex(s.list)
	s.index.Search(test[0].foreign, 1)
	return s
}

// ask searches one name and describes a miss.
func (s *search) ask(p pair) (miss string) {
	best, own, got := len(s.list), len(s.list), "-"
	for i, h := range s.index.Search(p.foreign, 10) {
		latin := s.list[h.Item]
		if i == 0 {
			got = latin
		}
		if s.right[p.foreign][latin] {
			best = min(best, i)
		}
		if latin == p.latin {
			own = i
		}
	}
	s.pairs.add(own)
	if s.asked[p.foreign] {
		return ""
	}
	s.asked[p.foreign] = true
	s.queries.add(best)
	if p.seen {
		s.twice.add(best)
	}
	if best == 0 {
		return ""
	}
	return fmt.Sprint(p.foreign, " ", p.latin, " ", best, " ", got)
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
