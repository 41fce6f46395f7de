// Command readings writes the tables of Chinese characters of package names: how they
// are read, han.txt, and which are traditional forms of others, simplified.txt.
//
//	go run ./engine/names/readings -out engine/names
//
// The readings are those that the Unicode Character Database gives as kMandarin, in
// the order in which ICU's transliterators Han-Latin and Latin-Bopomofo apply them; the
// forms those of kSimplifiedVariant, as Traditional-Simplified applies them. The command
// uconv of ICU must be installed.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
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

const formsHeader = `# Traditional Chinese characters, each followed by its simplified form.
# Made by go run ./engine/names/readings from the transliterator
# Traditional-Simplified of ICU %s, which takes them from kSimplifiedVariant of the
# Unicode Character Database. Pairs that are read unlike are left out, and so is what
# is in other blocks. Copyright Unicode, Inc.; Unicode License V3,
# https://www.unicode.org/license.txt
`

func main() {
	log.SetFlags(0)
	out := flag.String("out", "engine/names", "folder to write to")
	flag.Parse()
	if err := write(*out); err != nil {
		log.Fatalf("readings: %v", err)
	}
}

func write(folder string) error {
	answer, err := exec.Command("uconv", "--version").Output()
	if err != nil {
		return fmt.Errorf("asking uconv for its version: %w; install the ICU command-line tools", err)
	}
	words := strings.Fields(string(answer))
	version := words[len(words)-1]
	sounds, err := transliterate("Han-Latin;Latin-Bopomofo")
	if err != nil {
		return err
	}
	for i := range sounds {
		sounds[i] = strings.Map(bopomofo, sounds[i])
	}
	simple, err := transliterate("Traditional-Simplified")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "han.txt"), readings(version, sounds), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "simplified.txt"), forms(version, sounds, simple), 0o644)
}

// transliterate gives what a transliterator of ICU makes of each character.
func transliterate(id string) ([]string, error) {
	var asked strings.Builder
	for r := rune(first); r <= last; r++ {
		fmt.Fprintln(&asked, string(r))
	}
	cmd := exec.Command("uconv", "-f", "UTF-8", "-t", "UTF-8", "-x", id)
	cmd.Stdin = strings.NewReader(asked.String())
	answer, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("reading the characters with uconv: %w", err)
	}
	lines := strings.Split(strings.TrimRight(string(answer), "\n"), "\n")
	if len(lines) != last-first+1 {
		return nil, fmt.Errorf("uconv gave %d answers on %d characters", len(lines), last-first+1)
	}
	return lines, nil
}

func readings(version string, sounds []string) []byte {
	read := make(map[string][]rune)
	for i, sound := range sounds {
		if sound != "" {
			read[sound] = append(read[sound], rune(first+i))
		}
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, header, version)
	for _, sound := range slices.Sorted(maps.Keys(read)) {
		fmt.Fprintf(&out, "%s %s\n", sound, string(read[sound]))
	}
	return out.Bytes()
}

// pairsInLine keeps lines short enough to read.
const pairsInLine = 32

func forms(version string, sounds, simple []string) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, formsHeader, version)
	pairs := 0
	for i, text := range simple {
		to := []rune(text)
		if len(to) != 1 || to[0] == rune(first+i) || to[0] < first || to[0] > last || sounds[i] != sounds[to[0]-first] {
			continue
		}
		fmt.Fprintf(&out, "%c%c", first+i, to[0])
		if pairs++; pairs%pairsInLine == 0 {
			fmt.Fprintln(&out)
		}
	}
	fmt.Fprintln(&out)
	return out.Bytes()
}

// bopomofo keeps letters and drops tones and all the rest.
func bopomofo(r rune) rune {
	if r >= 0x3105 && r <= 0x312F {
		return r
	}
	return -1
}
