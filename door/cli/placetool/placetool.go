// Package placetool is the analyst's command that matches cases to reception
// places from two or three CSV files, with no server: it writes the plan and
// prints its value, the proven bound, the gap, who has no place and why.
//
//	var cli struct {
//		Place placetool.Command `cmd:"" help:"Match cases to reception places."`
//	}
//
// The columns of the files are documented by Command.Help.
package placetool

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"cairn/engine/place"
)

// Command is `cairn place`, with tags for kong.
type Command struct {
	Cases      string         `arg:"" help:"CSV or XLSX file of cases."`
	Places     string         `arg:"" help:"CSV or XLSX file of reception places."`
	Scores     string         `arg:"" optional:"" help:"CSV or XLSX file of scores; without it wishes and languages score."`
	Out        string         `help:"Write the plan to this CSV file." placeholder:"plan.csv"`
	Seed       uint64         `help:"Seed of the search; the same seed gives the same plan." default:"1"`
	Work       int64          `help:"Most pairs of case and place to look at; 0 lets the size decide."`
	Enough     float64        `help:"Gap that is good enough: the search ends once the plan is proven to be that close to the best; 0 goes on." placeholder:"SHARE"`
	Bonus      float64        `help:"Added to every score, so that placing somebody at all counts."`
	CountryCap map[string]int `help:"Most people for a country, as AT=500." placeholder:"COUNTRY=N"`
	Explain    string         `help:"Explain this case." placeholder:"CASE"`
	WhatIf     string         `help:"What a change would bring: PLACE+N for room for N more people, -COUNTRY for a country that withdraws, COUNTRY=N for another cap; several, parted by commas, hold together." placeholder:"CHANGE"`
	Fairness   string         `help:"Floor for every group, as a share of what it would get alone (0.8), or max-min." placeholder:"SHARE"`
	Wishes     float64        `help:"Share of the outcome that may be given for wishes, as 0.02." placeholder:"SHARE"`
	Frontier   string         `help:"Draw outcome against mean rank into this SVG file; implies --wishes 0.02 unless told." placeholder:"frontier.svg"`
	Online     string         `help:"CASES come one by one in the file's order; this CSV file of past cases stands for the future." placeholder:"history.csv"`
	Verify     bool           `help:"Check plan and bound independently of the search."`
	JSON       bool           `name:"json" help:"Print one JSON object instead of text."`
	// Context ends the search early when it ends; nil never ends.
	Context context.Context `kong:"-"`
}

// Help is the long help text.
func (Command) Help() string {
	return `CASES has a row for each household: id and people, and any of
  languages; needs; attributes; countries (consented to); forbidden (places);
  preferences (places, localities or countries, best first); tie; group; origin;
  weight; fixed (place already accepted). Lists are separated by ";".
PLACES has a row for each place: id and people (its capacity), and any of
  country; locality; languages; services; conditions.
Every other column that is in both files is a further capacity dimension, for
example school or medical. Columns in one file only are ignored and named.
SCORES has the columns case, place, score; or it is a matrix whose first column
  is the case and whose other headers are place ids. A pair without a score is
  closed. Higher is better; the value is score × people.
CASES, PLACES and SCORES may be CSV with commas, or XLSX, of which the first sheet is read.
The plan has the columns case, place, country, score, reason.
--fairness needs the column group in CASES. With --online a case is placed for good
before the next is looked at; scores come from wishes and languages, SCORES is not read.
Several of --fairness, --wishes and --online cannot be asked for at once.

Examples:
  cairn place cases.csv places.csv --out plan.csv
  cairn place cases.csv places.csv scores.csv --out plan.csv --verify
  cairn place cases.csv places.csv --explain H-17
  cairn place cases.csv places.csv --country-cap AT=500 --json
  cairn place cases.csv places.csv --what-if Lyon+6
  cairn place cases.csv places.csv --country-cap AT=500 --what-if AT=1000
  cairn place cases.csv places.csv --what-if=-FR
  cairn place cases.csv places.csv --what-if=-FR,Toronto+20
  cairn place cases.csv places.csv --fairness 0.9 --verify
  cairn place cases.csv places.csv --fairness max-min
  cairn place cases.csv places.csv --wishes 0.02 --frontier frontier.svg
  cairn place cases.csv places.csv --online lastyear.csv --out plan.csv`
}

// summary is what the command prints, also as JSON.
type summary struct {
	Cases    int                `json:"cases"`
	People   int                `json:"people"`
	Value    float64            `json:"value"`
	Bound    float64            `json:"bound"`
	Gap      float64            `json:"gap"`
	Status   place.Status       `json:"status"`
	Greedy   float64            `json:"greedy_value"`
	Random   float64            `json:"random_value"`
	Verified *bool              `json:"verified,omitempty"`
	Unplaced []place.Assignment `json:"unplaced"`
	Ignored  []string           `json:"ignored_columns,omitempty"`
	Explain  *place.Explanation `json:"explanation,omitempty"`
	WhatIf   *place.Comparison  `json:"what_if,omitempty"`
	Fair     *place.Fairness    `json:"fairness,omitempty"`
	Wishes   *place.Wishes      `json:"wishes,omitempty"`
	Online   bool               `json:"online,omitempty"`
}

// Run reads the files, solves, writes the plan to Out and the summary to out.
// Nothing is written when a file is refused; the error names file, row, column
// and value.
func (c *Command) Run(out, errOut io.Writer) error {
	ctx := c.Context
	if ctx == nil {
		ctx = context.Background()
	}
	problem, ignored, err := c.read()
	if err != nil {
		return err
	}
	a, err := c.answer(ctx, problem)
	if err != nil {
		return err
	}
	result := a.result
	s, err := c.summarise(ctx, &problem, a)
	if err != nil {
		return err
	}
	s.Ignored = ignored
	if c.Out != "" {
		if err := writePlan(c.Out, &problem, &result); err != nil {
			return err
		}
	}
	for _, column := range ignored {
		if _, err := fmt.Fprintf(errOut, "ignored: %s\n", column); err != nil {
			return fmt.Errorf("printing notes: %w", err)
		}
	}
	if c.JSON {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		err = encoder.Encode(s)
	} else {
		_, err = io.WriteString(out, s.text())
	}
	if err != nil {
		return fmt.Errorf("printing the summary: %w", err)
	}
	return nil
}

func (c *Command) read() (place.Problem, []string, error) {
	problem := place.Problem{PlacingBonus: c.Bonus}
	cases, err := readTable(c.Cases)
	if err != nil {
		return problem, nil, err
	}
	places, err := readTable(c.Places)
	if err != nil {
		return problem, nil, err
	}
	var ignored []string
	problem.Dimensions, ignored = dimensions(cases, places)
	if problem.Cases, err = readCases(cases, problem.Dimensions); err != nil {
		return problem, nil, err
	}
	if problem.Places, err = readPlaces(places, problem.Dimensions); err != nil {
		return problem, nil, err
	}
	for country, limit := range c.CountryCap {
		problem.Rows = append(problem.Rows, place.Row{Name: "cap of " + country, Dimension: "people",
			Limit: limit, Countries: []string{country}})
	}
	slices.SortFunc(problem.Rows, func(a, b place.Row) int { return strings.Compare(a.Name, b.Name) })
	if c.Scores != "" {
		scores, err := readTable(c.Scores)
		if err != nil {
			return problem, nil, err
		}
		if problem.Scores.Table64, err = readScores(scores, &problem); err != nil {
			return problem, nil, err
		}
	}
	return problem, ignored, nil
}

func (c *Command) summarise(ctx context.Context, p *place.Problem, a *answer) (*summary, error) {
	r := &a.result
	greedy, err := place.Greedy(ctx, *p)
	if err != nil {
		return nil, fmt.Errorf("making the greedy plan to compare with: %w", err)
	}
	random, err := place.Random(ctx, *p, c.Seed)
	if err != nil {
		return nil, fmt.Errorf("making the random plan to compare with: %w", err)
	}
	s := &summary{Cases: len(p.Cases), Value: r.Value, Bound: r.Bound, Gap: r.Gap, Status: r.Status,
		Greedy: greedy.Value, Random: random.Value, Unplaced: []place.Assignment{},
		WhatIf: a.whatIf, Fair: a.fair, Wishes: a.wishes, Online: c.Online != ""}
	people := slices.Index(p.Dimensions, "people")
	for k, a := range r.Assignments {
		s.People += p.Cases[k].Size[people]
		if a.Place == "" {
			s.Unplaced = append(s.Unplaced, a)
		}
	}
	if c.Verify {
		if err := a.verify(*p); err != nil {
			return nil, fmt.Errorf("checking the plan, which is not written: %w", err)
		}
		holds := true
		s.Verified = &holds
	}
	if c.Explain != "" {
		if !slices.ContainsFunc(p.Cases, func(x place.Case) bool { return string(x.ID) == c.Explain }) {
			return nil, fmt.Errorf("explaining case %q: no such id in %s", c.Explain, c.Cases)
		}
		e := place.Explain(*p, *r, place.CaseID(c.Explain))
		s.Explain = &e
	}
	return s, nil
}

// maxListed limits the unplaced cases printed as text; the plan has all.
const maxListed = 20

func (s *summary) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "cases     %d (%d people)\nplaced    %d cases\n", s.Cases, s.People, s.Cases-len(s.Unplaced))
	fmt.Fprintf(&b, "value     %.4f\nbound     %.4f (no plan can have more)\ngap       %.4f %%\n", s.Value, s.Bound, 100*s.Gap)
	fmt.Fprintf(&b, "greedy    %.4f\nrandom    %.4f\nsearch    %s\n", s.Greedy, s.Random, s.Status)
	if s.Verified != nil {
		b.WriteString("verified  every limit, gate and sum, and the bound\n")
	}
	fmt.Fprintf(&b, "unplaced  %d\n", len(s.Unplaced))
	for k, a := range s.Unplaced {
		if k == maxListed {
			fmt.Fprintf(&b, "  and %d more, all in the plan\n", len(s.Unplaced)-maxListed)
			break
		}
		fmt.Fprintf(&b, "  %q: %s; %s\n", a.Case, a.Reason, a.Detail)
	}
	b.WriteString("Scores are predictions: a model's own evaluation of its plan flatters it.\n")
	s.more(&b)
	if e := s.Explain; e != nil {
		fmt.Fprintf(&b, "\n%s\n", e.Summary)
		for _, a := range e.Alternatives {
			fmt.Fprintf(&b, "  %s\n", a.Words)
		}
		for _, g := range e.Closed {
			fmt.Fprintf(&b, "  %s is closed: %s\n", g.Place, g.Why)
		}
	}
	return b.String()
}

// writePlan writes beside the file first, so that a plan is whole or absent.
func writePlan(path string, p *place.Problem, r *place.Result) error {
	temporary, err := os.CreateTemp(dirOf(path), ".plan-*")
	if err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	defer os.Remove(temporary.Name())
	if err := encodePlan(temporary, p, r); err != nil {
		_ = temporary.Close()
		return fmt.Errorf("writing the plan: %w", err)
	}
	if err := temporary.Close(); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	if err := os.Chmod(temporary.Name(), 0o644); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	if err := os.Rename(temporary.Name(), path); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	return nil
}
