package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
)

// set is one register: a given file, or a generator.
type set struct {
	name  string
	reach string // the figures aimed at
	given string // path of a file
	truth []string
	large bool
	rows  func(seed uint64) (header []string, write func(emit func([]string)))
}

func sets(data string) []set {
	truth := []string{"--truth", "person"}
	list := []set{
		{name: "few", reach: "F1 0.96: English names, 5 % doubles", truth: truth, rows: englishRows(20_000, 0.05, 1)},
		{name: "fewcamp", reach: "F1 0.96: Hungarian names, households, 5 % doubles", truth: truth, rows: campRows(18_000, 0.05, 0, true)},
		{name: "fewalone", reach: "F1 0.96: the same without the household column", truth: truth, rows: campRows(18_000, 0.05, 0, false)},
		{name: "camp", reach: "Hungarian names, 70 % registered twice, a tenth of them in Cyrillic", truth: truth, rows: campRows(8_000, 0.7, 0.1, true)},
		{name: "small", reach: "English names, 400 records", truth: truth, rows: englishRows(400, 0.2, 1)},
		{name: "noisy", reach: "English names, twice the errors, 40 % doubles", truth: truth, rows: englishRows(20_000, 0.4, 2)},
		{name: "scripts", reach: "F1 0.95: three scripts", truth: truth, rows: scriptRows(40_000, 0.25)},
		{name: "million", reach: "F1 0.95, 10 CPU s, 1024 MB", truth: truth, large: true, rows: englishRows(1_000_000, 0.2, 1)},
	}
	if data != "" {
		list = append([]set{
			{name: "historical", reach: "F1 0.90, B-cubed 0.93, 2 to 5 CPU s", given: filepath.Join(data, "historical_50k.csv"), truth: []string{"--truth", "cluster"}},
			{name: "febrl3", reach: "F1 0.999", given: filepath.Join(data, "febrl3.csv"), truth: []string{"--truth-id-pattern", `rec-(\d+)-`}},
		}, list...)
	}
	return list
}

type rowsOf = func(seed uint64) ([]string, func(emit func([]string)))

func englishRows(records int, doubles, fuzziness float64) rowsOf {
	return func(seed uint64) ([]string, func(func([]string))) {
		return englishHeader, func(emit func([]string)) { newEnglish(seed, fuzziness).rows(records, doubles, emit) }
	}
}

func scriptRows(records int, doubles float64) rowsOf {
	return func(seed uint64) ([]string, func(func([]string))) {
		return scriptHeader, func(emit func([]string)) { newScripts(seed).rows(records, doubles, emit) }
	}
}

func campRows(records int, doubles, inScripts float64, households bool) rowsOf {
	return func(seed uint64) ([]string, func(func([]string))) {
		return campHeader, func(emit func([]string)) { newCamp(seed, doubles, inScripts, households).rows(records, emit) }
	}
}

// file gives the path of a set and writes it if it is invented.
func (b bench) file(x set) (string, error) {
	if x.given != "" {
		return x.given, nil
	}
	header, write := x.rows(b.seed)
	return b.write(x.name+".csv", header, write)
}

func (b bench) write(name string, header []string, write func(emit func([]string))) (path string, err error) {
	path = filepath.Join(b.folder, name)
	f, err := os.Create(path)
	if err != nil {
		return "", fmt.Errorf("writing a set: %w", err)
	}
	w := csv.NewWriter(f)
	emit := func(row []string) {
		if err == nil {
			err = w.Write(row)
		}
	}
	emit(header)
	write(emit)
	w.Flush()
	if err == nil {
		err = w.Error()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return path, err
}
