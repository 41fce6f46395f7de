// Command readings writes the table of how Chinese characters are read, han.txt of
// package names.
//
//	go run ./engine/names/readings -out engine/names/han.txt
//
// The readings are those that the Unicode Character Database gives as kMandarin,
// in the order in which ICU's transliterators Han-Latin and Latin-Bopomofo apply
// them; the command uconv of ICU must be installed.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// The characters of names: the block CJK Unified Ideographs and the sign that
// repeats a character.
const first, last = 0x4E00, 0x9FFF

const header = `# Mandarin readings of Chinese characters in Bopomofo letters, without tones:
# a reading, a space, and the characters that are first of all read so.
# Made by go run ./engine/names/readings from the transliterators Han-Latin and
# Latin-Bopomofo of ICU %s, which take them from kMandarin of the Unicode
# Character Database. Copyright Unicode, Inc.; Unicode License V3,
# https://www.unicode.org/license.txt
`

func main() {
	log.SetFlags(0)
	out := flag.String("out", "engine/names/han.txt", "file to write")
	flag.Parse()
	table, err := read()
	if err != nil {
		log.Fatalf("readings: %v", err)
	}
	if err := os.WriteFile(*out, table, 0o644); err != nil {
		log.Fatalf("readings: %v", err)
	}
}

func read() ([]byte, error) {
	version, err := exec.Command("uconv", "--version").Output()
	if err != nil {
		return nil, fmt.Errorf("asking uconv for its version: %w; install the ICU command-line tools", err)
	}
	var asked strings.Builder
	for r := rune(first); r <= last; r++ {
		fmt.Fprintln(&asked, string(r))
	}
	cmd := exec.Command("uconv", "-f", "UTF-8", "-t", "UTF-8", "-x", "Han-Latin;Latin-Bopomofo")
	cmd.Stdin = strings.NewReader(asked.String())
	answer, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("reading the characters with uconv: %w", err)
	}
	lines := strings.Split(strings.TrimRight(string(answer), "\n"), "\n")
	if len(lines) != last-first+1 {
		return nil, fmt.Errorf("uconv gave %d readings of %d characters", len(lines), last-first+1)
	}
	readings := make(map[string][]rune)
	for i, line := range lines {
		if sound := strings.Map(bopomofo, line); sound != "" {
			readings[sound] = append(readings[sound], rune(first+i))
		}
	}
	var out bytes.Buffer
	fields := strings.Fields(string(version))
	fmt.Fprintf(&out, header, fields[len(fields)-1])
	for _, sound := range slices.Sorted(maps.Keys(readings)) {
		fmt.Fprintf(&out, "%s %s\n", sound, string(readings[sound]))
	}
	return out.Bytes(), nil
}

// bopomofo keeps letters and drops tones and all the rest.
func bopomofo(r rune) rune {
	if r >= 0x3105 && r <= 0x312F {
		return r
	}
	return -1
}
