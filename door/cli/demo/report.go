package demo

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
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
	stuck               map[string]int // parties that the plan of journeys left out, by why
	journeys            [][]string
	moved               []moved
	families, whole     int // cases of which somebody arrived, and those of which everybody did
	compared            []comparison
	history             int // people of the movement itself
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

func newReport() *report { return &report{refusals: map[string]int{}, stuck: map[string]int{}} }

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

// rows writes the cells of a table.
type rows struct{ *tabwriter.Writer }

func (w rows) row(cells ...any) {
	for i, c := range cells {
		if i > 0 {
			fmt.Fprint(w, "\t")
		}
		fmt.Fprint(w, c)
	}
	fmt.Fprintln(w)
}

func (r *report) print(out io.Writer) error {
	w := rows{tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)}
	r.printPlans(w)
	r.printTravel(w)
	r.printHistory(w)
	w.row()
	w.row("step", "seconds")
	for _, step := range r.steps {
		w.row(step.name, fmt.Sprintf("%.1f", step.took.Seconds()))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	r.printVerified(out)
	return nil
}

func (r *report) printPlans(w rows) {
	s := r.scores
	w.row("registrations taken over", r.registered)
	w.row("rows left out, with their reasons", r.leftOut)
	w.row("merges: precision", share(s.rightPairs, s.foundPairs), fmt.Sprintf("%d of %d pairs", s.rightPairs, s.foundPairs))
	w.row("merges: recall", share(s.rightPairs, s.truePairs), fmt.Sprintf("%d of %d pairs", s.rightPairs, s.truePairs))
	w.row("cases", s.cases, fmt.Sprintf("%d people", s.casesPeople))
	w.row("cases that accepted a place", s.casesPlaced, fmt.Sprintf("%d people", s.peoplePlaced), share(s.peoplePlaced, s.casesPeople))
	w.row("families that arrived, all of each", r.whole, fmt.Sprintf("of %d of which anybody did", r.families), share(r.whole, r.families))
	w.row("proven gap of the placement plan", fmt.Sprintf("%.3f %%", 100*r.placeGap))
	w.row("proven gap of the journeys' plan", fmt.Sprintf("%.3f %%", 100*r.routeGap))
	w.row("cases that the journeys' plan did not serve", r.unserved)
	for _, why := range slices.Sorted(maps.Keys(r.stuck)) {
		w.row("  because "+why, r.stuck[why])
	}
	for _, j := range r.journeys {
		w.row("travellers: "+strings.ReplaceAll(j[0], "_", " "), j[1])
	}
	for _, rule := range slices.Sorted(maps.Keys(r.refusals)) {
		w.row("refused by "+rule, r.refusals[rule])
	}
	w.row("entries appended", r.entries)
}

func (r *report) printTravel(w rows) {
	w.row()
	w.row("month", "mode", "people on it", "seats on services that ran", "used")
	people, seats := 0, 0
	for _, m := range r.moved {
		w.row(m.month, m.mode, m.people, m.seats, share(m.people, m.seats))
		people, seats = people+m.people, seats+m.seats
	}
	w.row("all", "", people, seats, share(people, seats))
}

// printHistory sets history's figures beside those of the run, and to its scale.
func (r *report) printHistory(w rows) {
	scaled := func(n int) any {
		if n == 0 || r.history == 0 {
			return "–"
		}
		return (n*r.scores.casesPeople + r.history/2) / r.history
	}
	w.row()
	w.row("", "people", "history, to this scale", "history")
	for _, c := range r.compared {
		w.row(c.what, c.here, scaled(c.history), c.history)
	}
	for _, c := range r.placed {
		history := "–"
		if c.history > 0 {
			history = strconv.Itoa(c.history)
		}
		w.row("place in "+c.code, c.people, scaled(c.history), history)
	}
}

func (r *report) printVerified(out io.Writer) {
	v := r.verified
	if v == nil {
		return
	}
	fmt.Fprintf(out, "\nVerified: %d entries, %d gate decisions taken again, %d claims, %d rows, %d proofs; %d faults\n",
		v.Entries, v.Decisions, v.Claims, v.Rows, v.Proofs, len(v.Faults))
	for _, f := range v.Faults {
		fmt.Fprintln(out, "fault:", f)
	}
}

// sound says what the verification found as an error, when it found anything wrong.
func (r *report) sound() error {
	if r.verified != nil && len(r.verified.Faults) > 0 {
		return fmt.Errorf("the record is not sound: %d faults", len(r.verified.Faults))
	}
	return nil
}
