// Command train estimates the models that package names embeds, from lists of
// names with their Latin spellings.
//
//	go run ./engine/names/train -data DIR -out engine/names/models
//
// DIR holds one file for each script, named as the model: lines of a Latin name,
// a tab, and the same name in the script, its letters separated by spaces.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"cairn/engine/names"
	"cairn/engine/names/joint"
)

func main() {
	log.SetFlags(0)
	data := flag.String("data", "", "folder with the lists of names")
	out := flag.String("out", "engine/names/models", "folder for the models")
	only := flag.String("only", "", "train this model only")
	flag.Parse()
	for _, name := range names.ModelNames() {
		if *only != "" && *only != name {
			continue
		}
		if err := train(filepath.Join(*data, name+".tsv"), filepath.Join(*out, name+".gz"), name); err != nil {
			log.Fatalf("train: %v", err)
		}
	}
}

func train(from, to, name string) error {
	pairs, err := readPairs(from)
	if err != nil {
		return fmt.Errorf("reading pairs: %w", err)
	}
	o, err := names.Training(name)
	if err != nil {
		return err
	}
	o.Log = func(format string, args ...any) { log.Printf(name+": "+format, args...) }
	model, err := joint.Train(pairs, o).MarshalBinary()
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	w.Comment = fmt.Sprintf("trained on %d pairs of %s", len(pairs), filepath.Base(from))
	if _, err := w.Write(model); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	log.Printf("%s: %d bytes", to, packed.Len())
	return os.WriteFile(to, packed.Bytes(), 0o644)
}

func readPairs(path string) ([]joint.Pair, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var pairs []joint.Pair
	for s := bufio.NewScanner(f); s.Scan(); {
		latin, rest, _ := strings.Cut(s.Text(), "\t")
		foreign, _, _ := strings.Cut(rest, "\t")
		pairs = append(pairs, joint.Pair{Latin: names.Spelling(latin), Foreign: names.Spelling(strings.ReplaceAll(foreign, " ", "")), Weight: 1})
	}
	return pairs, nil
}
