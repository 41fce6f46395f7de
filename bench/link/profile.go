package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/pprof"

	"cairn/door/cli/linktool"
)

// profile runs the chosen sets in this process and writes where their time goes, for
// `go tool pprof`.
func (b bench) profile(path string) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("writing the profile: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var commands []linktool.Command
	for _, x := range b.chosen() {
		file, err := b.file(x)
		if err != nil {
			return err
		}
		commands = append(commands, linktool.Command{Files: []string{file}, Out: filepath.Join(b.folder, "out.csv"), Threshold: 0.5, Seed: 1, Quiet: true})
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return fmt.Errorf("profiling: %w", err)
	}
	defer pprof.StopCPUProfile()
	for i := range commands {
		if err := commands[i].Run(os.Stdout, io.Discard); err != nil {
			return err
		}
	}
	return nil
}
