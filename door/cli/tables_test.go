package cli_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What differs between two runs of the same script though both did the same: ids and
// numbers are drawn at random, digests and hashes follow from them, times go on.
var (
	drawn   = regexp.MustCompile(`\b[0-7][0-9a-hjkmnp-tv-z]{25}\b|\b[A-Z]{3}-[0-9A-Z]{6}-[0-9A-Z]{2}\b`)
	moments = regexp.MustCompile(`\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\b`)
	digests = regexp.MustCompile(`\$argon2id\$\S+|\b[0-9a-f]{64}\b|\b[0-9a-f]{40}\b|\b[0-9a-f]{32}\b`)
)

// unrandom gives the rows of tables with every drawn id replaced by what can be said
// of it without its name: the rows it stands in, and what those say of their other
// ids, as far as a few steps reach. Two runs that did the same give the same text.
func unrandom(tables map[string][]string) string {
	var rows []string
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		for _, row := range tables[name] {
			row = moments.ReplaceAllString(strings.ReplaceAll(row, "\x00", "|"), "TIME")
			rows = append(rows, name+": "+digests.ReplaceAllString(row, "DIGEST"))
		}
	}
	colour := map[string]string{}
	for range 6 {
		next := map[string][]string{}
		for _, row := range rows {
			for _, id := range drawn.FindAllString(row, -1) {
				next[id] = append(next[id], drawn.ReplaceAllStringFunc(row, func(other string) string {
					if other == id {
						return "SELF"
					}
					return colour[other]
				}))
			}
		}
		for id, said := range next {
			slices.Sort(said)
			sum := sha256.Sum256([]byte(strings.Join(said, "\n")))
			colour[id] = "id:" + hex.EncodeToString(sum[:6])
		}
	}
	for i, row := range rows {
		rows[i] = drawn.ReplaceAllStringFunc(row, func(id string) string { return colour[id] })
	}
	slices.Sort(rows)
	return strings.Join(rows, "\n")
}

// differing names the first lines in which two texts differ.
func differing(a, b string) string {
	left, right := strings.Split(a, "\n"), strings.Split(b, "\n")
	var only []string
	for _, line := range left {
		if !slices.Contains(right, line) {
			only = append(only, "- "+line)
		}
	}
	for _, line := range right {
		if !slices.Contains(left, line) {
			only = append(only, "+ "+line)
		}
	}
	slices.SortStableFunc(only, func(a, b string) int { return strings.Compare(a[2:], b[2:]) })
	return fmt.Sprintf("%d lines differ:\n%s", len(only), strings.Join(only[:min(len(only), 12)], "\n"))
}

func TestUnrandom(t *testing.T) {
	const a, b, c = "0000000000ckh6f5metqa3dw8a", "0000000000ckh6f5metqa3dw8b", "7zzzzzzzzzckh6f5metqa3dw8c"
	tables := func(first, second, third string) string {
		return unrandom(map[string][]string{"person": {first + "|Ana|2026-01-02T03:04:05Z", second + "|Bo|", third + "|Bo|"},
			"friend": {first + "|" + second, first + "|" + third, third + "|" + first}})
	}
	if one, other := tables(a, b, c), tables(c, a, b); one != other {
		t.Errorf("other ids, other tables: %s", differing(one, other))
	}
	if one, other := tables(a, b, c), tables(a, c, b); one != other {
		t.Errorf("who is named alike is told apart by nothing but friends: %s", differing(one, other))
	}
	one := unrandom(map[string][]string{"person": {a + "|Ana", b + "|Bo"}, "friend": {a + "|" + b}})
	other := unrandom(map[string][]string{"person": {a + "|Ana", b + "|Bo"}, "friend": {b + "|" + a}})
	if one == other {
		t.Error("another friend, the same tables")
	}
}
