package linktool

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"cairn/engine/link"
	"cairn/format/sheet"
)

// queueLines bounds the pairs of a queue that are worth a look.
const queueLines = 1000

// writeQueue writes the pairs to look at: first those worth most, marked "worth",
// then a random sample by which --reviewed measures the run, marked "sample".
func (c *Command) writeQueue(r *register, result link.Result, out io.Writer) error {
	return toFile(c.Queue, out, func(w *csv.Writer) error {
		if err := w.Write([]string{"a", "b", "same", "why", "worth", "probability", "joined"}); err != nil {
			return err
		}
		line := func(i int, why, worth string) error {
			p := &result.Pairs[i]
			return w.Write([]string{sheet.Neutralise(r.problem.IDs[p.A]), sheet.Neutralise(r.problem.IDs[p.B]), "", why, worth, decimal(p.Probability, 3), strconv.FormatBool(p.Verdict == link.Same)})
		}
		for _, q := range link.Queue(result, queueLines) {
			if err := line(q.Pair, "worth", strconv.FormatFloat(q.Worth, 'f', 3, 64)); err != nil {
				return err
			}
		}
		for _, i := range link.Sample(result, c.Sample, c.Seed) {
			if err := line(i, "sample", ""); err != nil {
				return err
			}
		}
		return nil
	})
}

// quality prints what is expected, or what reviewed pairs show.
func (c *Command) quality(r *register, result link.Result, out io.Writer) error {
	q, by := link.Expected(result), "by the model"
	if c.Reviewed != "" {
		findings, err := c.findings(r, result)
		if err != nil {
			return err
		}
		if q, err = link.Reviewed(result, findings); err != nil {
			return err
		}
		by = fmt.Sprintf("by %d reviewed pairs", q.Reviewed)
	}
	fmt.Fprintf(out, "expected %s: precision %s, recall %s\n", by, interval(q.Precision), interval(q.Recall))
	return nil
}

func interval(i link.Interval) string {
	return fmt.Sprintf("%.3f (%.3f to %.3f)", i.Value, math.Floor(1000*i.Low)/1000, math.Ceil(1000*i.High)/1000)
}

// findings reads a queue whose column "same" somebody filled; lines that are not
// of the sample were not chosen at random and do not measure.
func (c *Command) findings(r *register, result link.Result) ([]link.Finding, error) {
	t, err := readTable(c.Reviewed)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for k, h := range t.header {
		at[h] = k + 1
	}
	a, b, same, why := at["a"]-1, at["b"]-1, at["same"]-1, at["why"]-1
	if min(a, b, same, why) < 0 {
		return nil, fmt.Errorf("%s needs the columns a, b, same and why, as --queue writes them", c.Reviewed)
	}
	places := make(map[[2]string]int, len(result.Pairs))
	for i, p := range result.Pairs {
		places[[2]string{sheet.Neutralise(r.problem.IDs[p.A]), sheet.Neutralise(r.problem.IDs[p.B])}] = i
	}
	var list []link.Finding
	for line, row := range t.rows {
		if row[why] != "sample" || strings.TrimSpace(row[same]) == "" {
			continue
		}
		i, stated := places[[2]string{row[a], row[b]}]
		if !stated {
			return nil, fmt.Errorf("%s, record %d: %q and %q are no pair of this run: use the queue that the same settings wrote", c.Reviewed, line+1, row[a], row[b])
		}
		answer, err := yes(row[same])
		if err != nil {
			return nil, fmt.Errorf("%s, record %d: %w", c.Reviewed, line+1, err)
		}
		list = append(list, link.Finding{Pair: i, Same: answer})
	}
	return list, nil
}

func yes(cell string) (bool, error) {
	switch strings.ToLower(strings.TrimSpace(cell)) {
	case "y", "yes", "true", "1", "same":
		return true, nil
	case "n", "no", "false", "0", "different":
		return false, nil
	}
	return false, fmt.Errorf("the answer %q is neither yes nor no", cell)
}

// decisions reads pairs that people decided: columns a, b and verdict, which is
// "same" or "different".
func (c *Command) decisions(r *register) error {
	if c.Decisions == "" {
		return nil
	}
	t, err := readTable(c.Decisions)
	if err != nil {
		return err
	}
	if len(t.header) < 3 || t.header[0] != "a" || t.header[1] != "b" || t.header[2] != "verdict" {
		return fmt.Errorf("%s needs the columns a, b and verdict", c.Decisions)
	}
	for line, row := range t.rows {
		pair := link.Pair{A: row[0], B: row[1]}
		switch strings.TrimSpace(row[2]) {
		case string(link.Same):
			r.problem.Must = append(r.problem.Must, pair)
		case string(link.Different):
			r.problem.Cannot = append(r.problem.Cannot, pair)
		default:
			return fmt.Errorf("%s, record %d: the verdict %q is neither %q nor %q", c.Decisions, line+1, row[2], link.Same, link.Different)
		}
	}
	return nil
}
