package demo

import (
	"io"

	"cairn/app"
	"cairn/door/cli/officecli"
)

// document is the closing table as programs read it: the same figures, as numbers.
type document struct {
	Registered int            `json:"registrations"`
	LeftOut    int            `json:"rows_left_out"`
	Merges     merges         `json:"merges"`
	Cases      casesFigures   `json:"cases"`
	PlaceGap   float64        `json:"place_gap"` // of the whole: 0.005 is half a percent
	RouteGap   float64        `json:"route_gap"`
	Unserved   unserved       `json:"unserved"`
	Travellers map[string]int `json:"travellers"`     // by where they are
	Refused    map[string]int `json:"refused"`        // by rule
	Entries    int            `json:"entries"`        // appended
	Moved      []movedFigures `json:"moved"`          // by month and mode
	History    []beside       `json:"history"`        // figures of the run beside history's
	Steps      []stepFigures  `json:"steps"`          // in their order
	Record     *app.Report    `json:"record"`         // what the verification found
	Whole      int            `json:"history_people"` // people of the movement itself, which history's figures are of
}

type merges struct {
	True      int     `json:"true_pairs"`
	Found     int     `json:"found_pairs"`
	Right     int     `json:"right_pairs"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
}

type casesFigures struct {
	Opened          int `json:"opened"`
	People          int `json:"people"`
	Placed          int `json:"placed"`
	PeoplePlaced    int `json:"people_placed"`
	FamiliesArrived int `json:"families_arrived"` // of which anybody arrived
	FamiliesWhole   int `json:"families_whole"`   // of which everybody did
}

type unserved struct {
	Cases int            `json:"cases"`
	Why   map[string]int `json:"why"`
}

type movedFigures struct {
	Month  string `json:"month"`
	Mode   string `json:"mode"`
	People int    `json:"people"`
	Seats  int    `json:"seats"`
}

type beside struct {
	What    string `json:"what"`
	People  int    `json:"people"`
	History int    `json:"history"` // 0: history counted nobody, or not so
}

type stepFigures struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
}

func (r *report) document() (document, error) {
	s := r.scores
	d := document{
		Registered: r.registered, LeftOut: r.leftOut,
		Merges:   merges{s.truePairs, s.foundPairs, s.rightPairs, ratio(s.rightPairs, s.foundPairs), ratio(s.rightPairs, s.truePairs)},
		Cases:    casesFigures{s.cases, s.casesPeople, s.casesPlaced, s.peoplePlaced, r.families, r.whole},
		PlaceGap: r.placeGap, RouteGap: r.routeGap, Unserved: unserved{r.unserved, r.stuck},
		Travellers: map[string]int{}, Refused: r.refusals, Entries: r.entries, Record: r.verified, Whole: r.history,
	}
	for _, j := range r.journeys {
		n := 0
		if err := numbers(j[1:2], &n); err != nil {
			return d, err
		}
		d.Travellers[j[0]] = n
	}
	for _, m := range r.moved {
		d.Moved = append(d.Moved, movedFigures{m.month, m.mode, m.people, m.seats})
	}
	for _, c := range r.compared {
		d.History = append(d.History, beside{c.what, c.here, c.history})
	}
	for _, c := range r.placed {
		d.History = append(d.History, beside{"place in " + c.code, c.people, c.history})
	}
	for _, step := range r.steps {
		d.Steps = append(d.Steps, stepFigures{step.name, step.took.Seconds()})
	}
	return d, nil
}

// ratio of nothing is nothing.
func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// printJSON prints the closing table as one JSON document.
func (r *report) printJSON(out io.Writer) error {
	d, err := r.document()
	if err != nil {
		return err
	}
	return officecli.PrintJSON(out, d)
}
