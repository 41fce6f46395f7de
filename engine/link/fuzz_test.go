package link

import (
	"context"
	"reflect"
	"strings"
	"testing"
)

// FuzzUpdate reads a register, a model that is learned from it, and changes, as text: after
// each change the index holds what one run on all records gives, and Verify agrees. A line
// "-3" removes the fourth record, "=1,2" and "!1,2" decide, "?1,2" withdraws, all else adds.
func FuzzUpdate(f *testing.F) {
	first := "Anna Nagy||1950-05-03|f|Győr|AB123456|+36 20 123 4567|1\nNagy Anna|Anna|3.5.1950|nő|Gyor|AB 123456|0620 1234567|2\nBéla Kiss||1931|m|||"
	for _, changes := range []string{"Kiss Béla||1931-01-01|m|||\n-0", "!0,1\n?0,1", "=0,2\n-1\n=0,2", "陳水扁||1950||||\n陈水扁||1950||||", "\u202eannA\u202c\n😀\n\xff",
		strings.Repeat("ab", 5000) + "||1950\n" + strings.Repeat("ab", 5000) + "||1950", "-9\n=7,8\n=0,0"} {
		f.Add(first, changes)
	}
	f.Fuzz(func(t *testing.T, register, changes string) {
		p := fuzzRegister(register)
		r := solved(t, p, Options{Seed: 1, Workers: 1})
		x := indexed(t, p, r)
		for k, line := range strings.Split(changes, "\n") {
			if k == 8 {
				break
			}
			c := fuzzChange(p, line, k)
			_, err := x.Update(context.Background(), c)
			full, fullErr := Solve(context.Background(), c.After(), Options{Model: &r.Model, Workers: 1})
			if (err != nil) != (fullErr != nil) {
				t.Fatalf("%q: the update says %v, one run %v", line, err, fullErr)
			}
			if err != nil {
				continue
			}
			p = c.After()
			held, got := x.Result()
			if !reflect.DeepEqual(got.Clusters, full.Clusters) {
				t.Fatalf("%q: clusters %v, one run has %v", line, got.Clusters, full.Clusters)
			}
			if err := Verify(held, got); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
		}
	})
}

// fuzzChange reads a line of FuzzUpdate; numbers beyond the register count from its start.
func fuzzChange(p Problem, line string, k int) Change {
	c := Change{Before: p}
	id := func(digits string) string {
		n := 0
		for _, d := range digits {
			n = (n*10 + int(d&15)) % 1000
		}
		return p.IDs[n%len(p.IDs)]
	}
	kind, rest := "", line
	if line != "" {
		kind, rest = line[:1], line[1:]
	}
	a, b, _ := strings.Cut(rest, ",")
	pair := func() []Pair { return []Pair{{id(a), id(b)}} }
	switch {
	case len(p.IDs) == 0 || !strings.Contains("-=!?", kind) || kind == "":
		c.AddIDs, c.AddRows = []string{"new" + string(rune('a'+k))}, fuzzRegister(line).Rows[:1]
	case kind == "-":
		c.Remove = []string{id(rest)}
	case kind == "=":
		c.Must = pair()
	case kind == "!":
		c.Cannot = pair()
	default:
		c.Withdraw = pair()
	}
	return c
}
