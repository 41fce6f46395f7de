package linktool

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"cairn/engine/link"
	"cairn/format/sheet"
)

func (c *Command) write(r *register, result link.Result, out io.Writer) error {
	ids := r.problem.IDs
	err := toFile(c.Out, out, func(w *csv.Writer) error {
		if err := w.Write([]string{"id", "cluster"}); err != nil {
			return err
		}
		for i, k := range result.Clusters {
			if err := w.Write([]string{sheet.Neutralise(ids[i]), sheet.Neutralise(ids[k])}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || c.Pairs == "" {
		return err
	}
	return toFile(c.Pairs, out, func(w *csv.Writer) error { return writePairs(w, ids, result) })
}

func writePairs(w *csv.Writer, ids []string, result link.Result) error {
	header := []string{"a", "b", "verdict", "probability", "bits", "kin"}
	for _, f := range result.Model.Fields {
		header = append(header, sheet.Neutralise(f.Name), sheet.Neutralise(f.Name+" bits"))
	}
	if err := w.Write(header); err != nil {
		return err
	}
	for _, p := range result.Pairs {
		row := []string{sheet.Neutralise(ids[p.A]), sheet.Neutralise(ids[p.B]), string(p.Verdict), decimal(p.Probability, 4), decimal(p.Weight, 2), decimal(p.Kin, 2)}
		for f, s := range p.Fields {
			row = append(row, result.Model.Fields[f].Levels[s.Level].Words, decimal(s.Weight, 2))
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

func decimal(x float32, places int) string {
	return strconv.FormatFloat(float64(x), 'f', places, 32)
}

// toFile writes beside the target and renames, so that a failure leaves no half
// file behind.
func toFile(name string, standard io.Writer, fill func(*csv.Writer) error) error {
	if name == "-" {
		return flush(csv.NewWriter(standard), fill)
	}
	file, err := os.CreateTemp(filepath.Dir(name), ".linktool-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	defer os.Remove(file.Name())
	err = flush(csv.NewWriter(file), fill)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

func flush(w *csv.Writer, fill func(*csv.Writer) error) error {
	err := fill(w)
	if err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}
