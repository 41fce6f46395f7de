package cli

import (
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"

	"cairn/door/cli/officecli"
	hungary1956 "cairn/examples/hungary-1956"
)

type exampleCommand struct {
	Hungary1956 hungaryCommand `cmd:"" name:"hungary-1956" help:"The movement of refugees from Hungary, 1956–57: registers, places, services, truth."`
}

type hungaryCommand struct {
	Dir    string `arg:"" help:"Folder to write into; it is made when it is not there."`
	People int    `default:"18000" help:"How many people; 180288 is history's own number."`
	Seed   uint64 `default:"1956" help:"The same seed gives the same files."`
	JSON   bool   `name:"json" help:"Print what the files hold as one JSON document."`
}

// Run writes the example's files and prints what they hold.
func (c *hungaryCommand) Run(out, errOut io.Writer) error {
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return fmt.Errorf("make the folder for the example: %w", err)
	}
	summary, err := hungary1956.Generate(c.Dir, hungary1956.Options{People: c.People, Seed: c.Seed, Progress: progress(errOut)})
	if err != nil {
		return fmt.Errorf("write the example: %w", err)
	}
	if c.JSON {
		return c.print(out, summary)
	}
	fmt.Fprintf(out, "%d people in %d households; %d registrations, of which %d are of somebody registered before.\n",
		summary.People, summary.Households, summary.Registrations, summary.Doubles)
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "file\tholds\tencoding\trows")
	for _, f := range summary.Files {
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\n", f.Name, f.Kind, f.Encoding, f.Rows)
	}
	return table.Flush()
}

// print prints what the files hold as one JSON document.
func (c *hungaryCommand) print(out io.Writer, summary hungary1956.Summary) error {
	type file struct {
		Name     string `json:"name"`
		Holds    string `json:"holds"`
		Encoding string `json:"encoding"`
		Rows     int    `json:"rows"`
	}
	document := struct {
		People        int    `json:"people"`
		Households    int    `json:"households"`
		Registrations int    `json:"registrations"`
		Doubles       int    `json:"doubles"` // registrations of somebody registered before
		Files         []file `json:"files"`
	}{summary.People, summary.Households, summary.Registrations, summary.Doubles, nil}
	for _, f := range summary.Files {
		document.Files = append(document.Files, file{f.Name, string(f.Kind), string(f.Encoding), f.Rows})
	}
	return officecli.PrintJSON(out, document)
}

// progress gives a reporter that draws a bar on a terminal and is silent elsewhere.
func progress(w io.Writer) func(stage string, done, total int64) {
	file, ok := w.(*os.File)
	if !ok || !isatty.IsTerminal(file.Fd()) {
		return func(string, int64, int64) {}
	}
	var bar *progressbar.ProgressBar
	current := ""
	return func(stage string, done, total int64) {
		if stage != current {
			if bar != nil {
				bar.Finish()
				fmt.Fprintln(w)
			}
			current = stage
			bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(w),
				progressbar.OptionSetDescription(stage), progressbar.OptionShowCount())
		}
		bar.Set64(done)
	}
}
