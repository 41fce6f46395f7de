// Package linktool is the analyst's tool for finding the records of one or
// several CSV files that are the same person, without a server.
//
// It reads files, recognises their columns, runs the engine link and writes a CSV
// with the columns id and cluster. A column of known truth can be named for
// scoring; it is never a feature.
//
//	c := linktool.Command{Files: []string{"camp-a.csv", "camp-b.csv"}, Out: "clusters.csv"}
//	err := c.Run(os.Stdout, os.Stderr)
package linktool

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"

	"cairn/engine/link"
)

// Command finds the same persons in CSV files. Its tags are those of kong.
type Command struct {
	Files          []string          `arg:"" name:"file" type:"existingfile" help:"CSV files with a header line."`
	Out            string            `required:"" placeholder:"FILE" help:"Where to write id,cluster; - is the standard output."`
	Pairs          string            `placeholder:"FILE" help:"Also write the scored pairs."`
	ID             string            `name:"id" placeholder:"COLUMN" help:"The column that identifies a record; recognised if not given, otherwise rows are numbered."`
	Column         map[string]string `placeholder:"HEADER=KIND" help:"Say what a column holds, when it is guessed wrongly; KIND may be 'ignore'."`
	Truth          string            `placeholder:"COLUMN" help:"The column with the true person, for scoring only."`
	TruthIDPattern string            `name:"truth-id-pattern" placeholder:"REGEXP" help:"The true person is the first group of this expression in the id, for scoring only."`
	Threshold      float64           `default:"0.5" help:"Probability from which records are joined."`
	Decisions      string            `placeholder:"FILE" help:"CSV with the columns a, b and verdict (same or different): what people decided; always honoured."`
	Queue          string            `placeholder:"FILE" help:"Write the pairs that people should look at, by how much a look is worth, and a random sample."`
	Sample         int               `default:"100" help:"Size of the random sample in the queue."`
	Reviewed       string            `placeholder:"FILE" help:"A queue with yes or no in its column 'same'; the sample in it measures precision and recall."`
	Work           int64             `placeholder:"PAIRS" help:"At most so many pairs are looked at; chosen by the size of the register if not given."`
	Explain        string            `placeholder:"A,B" help:"Explain why two records are, or are not, the same person."`
	Verify         bool              `help:"Check the result independently of the solver."`
	AgeYear        int               `placeholder:"YEAR" help:"The year in which ages were stated."`
	Seed           uint64            `default:"1" help:"Seed of the sampling; the same seed gives the same result."`
	Workers        int               `help:"Cores to use; 0 is all. The result does not depend on it."`
	Quiet          bool              `short:"q" help:"Show no progress."`
}

// Help shows examples.
func (Command) Help() string {
	return `Examples:
  cairn link camp-a.csv camp-b.csv --out clusters.csv
  cairn link register.csv --out clusters.csv --pairs pairs.csv --verify
  cairn link register.csv --out clusters.csv --explain 17,42
  cairn link register.csv --out clusters.csv --column "Herkunft=place" --age-year 1956
  cairn link register.csv --out clusters.csv --decisions decided.csv --queue look.csv
  cairn link register.csv --out clusters.csv --reviewed look.csv
  cairn link known.csv --out clusters.csv --truth person
  cairn link febrl3.csv --out clusters.csv --truth-id-pattern "rec-(\d+)-"

Kinds of columns: ` + strings.Join(kindNames(), ", ") + `.
With several files the ids must be distinct over all of them, unless no file has an id
column; rows are then numbered FILE:ROW. The file of clusters gives, for each record, the
id of the first record that is the same person.`
}

func kindNames() []string {
	var names []string
	for _, k := range link.Kinds() {
		names = append(names, string(k))
	}
	return names
}

// Run reads, links and writes. Results and scores go to out, progress and the
// columns as they were understood to errOut. An interrupt writes the best so far.
func (c *Command) Run(out, errOut io.Writer) error {
	defer debug.SetGCPercent(debug.SetGCPercent(c.garbage()))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return c.run(ctx, out, errOut)
}

// largeFiles is the size, in bytes, from which files are large.
const largeFiles = 20 << 20

// garbage is the share of memory, in percent, that may be garbage. A large register
// is mostly rows that stay: there it is collected before it doubles them. For a
// small one time is worth more than memory.
func (c *Command) garbage() int {
	size := int64(0)
	for _, name := range c.Files {
		if info, err := os.Stat(name); err == nil {
			size += info.Size()
		}
	}
	if size > largeFiles {
		return 60
	}
	return 200
}

func (c *Command) run(ctx context.Context, out, errOut io.Writer) error {
	if !(c.Threshold >= 0 && c.Threshold < 1) {
		return fmt.Errorf("--threshold %g is not a probability: use a value from 0.01 to 0.99", c.Threshold)
	}
	r, err := c.read()
	if err != nil {
		return err
	}
	if !c.Quiet {
		r.describe(errOut)
	}
	if err := c.decisions(r); err != nil {
		return err
	}
	o := link.Options{Seed: c.Seed, Workers: c.Workers, Threshold: c.Threshold, Work: c.Work}
	if !c.Quiet {
		o.Progress = progress(errOut)
	}
	result, err := link.Solve(ctx, r.problem, o)
	if err != nil {
		return err
	}
	if !c.Quiet {
		fmt.Fprintln(errOut)
	}
	if err := c.write(r, result, out); err != nil {
		return err
	}
	if c.Queue != "" {
		if err := c.writeQueue(r, result, out); err != nil {
			return err
		}
	}
	return c.report(r, result, out)
}

func (c *Command) report(r *register, result link.Result, out io.Writer) error {
	if c.Out == "-" {
		out = io.Discard
	}
	persons := 0
	for i, k := range result.Clusters {
		if i == k {
			persons++
		}
	}
	fmt.Fprintf(out, "%d records, %d persons, %d pairs compared\n", len(result.Clusters), persons, result.Compared)
	if err := c.quality(r, result, out); err != nil {
		return err
	}
	if !result.Complete {
		fmt.Fprintf(out, "PARTIAL: stopped at %q; this is the best so far\n", result.Stage)
	}
	if r.truth != nil {
		printScores(out, ScoreClusters(result.Clusters, r.truth))
	}
	if c.Explain != "" {
		if err := c.explain(r, result, out); err != nil {
			return err
		}
	}
	if c.Verify {
		if err := link.Verify(r.problem, result); err != nil {
			return err
		}
		fmt.Fprintln(out, "verified: weights, decisions and clusters hold")
	}
	return nil
}

func (c *Command) explain(r *register, result link.Result, out io.Writer) error {
	a, b, ok := strings.Cut(c.Explain, ",")
	if !ok {
		return fmt.Errorf("--explain %q: give two ids with a comma between them", c.Explain)
	}
	e, err := link.Explain(r.problem, result, link.Pair{A: strings.TrimSpace(a), B: strings.TrimSpace(b)})
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, e.String())
	return err
}

func progress(w io.Writer) func(string, int64, int64) {
	last := ""
	return func(stage string, done, total int64) {
		line := fmt.Sprintf("%s %d%%", stage, 100*done/max(total, 1))
		if line != last {
			fmt.Fprintf(w, "\r%-30s", line)
			last = line
		}
	}
}
