package demo

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"sync"
	"text/tabwriter"
	"time"

	"cairn/app"
)

type stepTime struct {
	name string
	took time.Duration
}

// report is what the closing table shows.
type report struct {
	mu                  sync.Mutex // guards entries and refusals, which actions side by side add to
	registered, leftOut int
	placeGap, routeGap  float64
	unserved            int
	journeys, moved     [][]string
	entries             int
	refusals            map[string]int // by rule
	steps               []stepTime
	verified            *app.Report
	scores              scores
	placed              []country
}

// country is how many people accepted a place in a country, beside history's number.
type country struct {
	code            string
	people, history int
}

// scores compares what was decided with the example's truth.
type scores struct {
	truePairs, foundPairs, rightPairs int
	cases, casesPlaced, casesPeople   int
	peoplePlaced                      int
}

func newReport() *report { return &report{refusals: map[string]int{}} }

// note counts what an action appended and whom safeguards refused.
func (r *report) note(out app.Outcome) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.entries += out.Entries
	for _, refused := range out.Refusals {
		for _, rule := range refused.Refusals {
			r.refusals[rule.Rule]++
		}
	}
}

func share(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(whole))
}

func (r *report) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	row := func(cells ...any) {
		for i, c := range cells {
			if i > 0 {
				fmt.Fprint(w, "\t")
			}
			fmt.Fprint(w, c)
		}
		fmt.Fprintln(w)
	}
	s := r.scores
	row("registrations taken over", r.registered)
	row("rows left out, with their reasons", r.leftOut)
	row("merges: precision", share(s.rightPairs, s.foundPairs))
	row("merges: recall", share(s.rightPairs, s.truePairs))
	row("cases", s.cases, strconv.Itoa(s.casesPeople)+" people")
	row("cases that accepted a place", s.casesPlaced, strconv.Itoa(s.peoplePlaced)+" people", share(s.peoplePlaced, s.casesPeople))
	row("households kept whole", "all", "a case is placed whole or not at all")
	row("proven gap of the placement plan", fmt.Sprintf("%.3f %%", 100*r.placeGap))
	row("proven gap of the journeys' plan", fmt.Sprintf("%.3f %%", 100*r.routeGap))
	row("cases that the plan did not serve", r.unserved)
	for _, j := range r.journeys {
		row("travellers: "+j[0], j[1])
	}
	row("entries appended", r.entries)
	for _, rule := range slices.Sorted(maps.Keys(r.refusals)) {
		row("refused by "+rule, r.refusals[rule])
	}
	row()
	row("country", "people", "history (final figures)")
	for _, c := range r.placed {
		history := "–"
		if c.history > 0 {
			history = strconv.Itoa(c.history)
		}
		row(c.code, c.people, history)
	}
	row()
	row("month", "mode", "people on it")
	for _, m := range r.moved {
		row(m[0], m[1], m[2])
	}
	row()
	row("step", "seconds")
	for _, step := range r.steps {
		row(step.name, fmt.Sprintf("%.1f", step.took.Seconds()))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return r.printVerified(out)
}

func (r *report) printVerified(out io.Writer) error {
	v := r.verified
	if v == nil {
		return nil
	}
	fmt.Fprintf(out, "\nVerified: %d entries, %d gate decisions taken again, %d claims, %d rows, %d proofs; %d faults\n",
		v.Entries, v.Decisions, v.Claims, v.Rows, v.Proofs, len(v.Faults))
	for _, f := range v.Faults {
		fmt.Fprintln(out, "fault:", f)
	}
	if len(v.Faults) > 0 {
		return fmt.Errorf("the record is not sound: %d faults", len(v.Faults))
	}
	return nil
}
