// Package routetool is the analyst's command for planning journeys from plain
// CSV files: who must travel, which services run, and out comes who takes what.
// It needs no database and writes one file.
//
// Words are those of cairn/engine/route: a party travels whole, a service is
// one departure, the bound is a cost below which no plan can be.
//
//	command := routetool.Command{Parties: "parties.csv", Services: "services.csv", Out: "itineraries.csv"}
//	err := command.Run(os.Stdout, os.Stderr)
package routetool

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime"

	"cairn/engine/route"
)

// Command is the route command; its tags are kong's.
type Command struct {
	Parties  string  `arg:"" help:"CSV of parties: id, origin, destination, people, ready, due; optional: zone, avoid, weight, longest, beds, papers, seats, seats:KIND."`
	Services string  `arg:"" help:"CSV of services: id, from, to, depart, arrive, seats, cost; optional: seats:KIND, mode, from_zone, to_zone, from_country, to_country, open_cost, block, group_fares."`
	Out      string  `help:"Where the itineraries go, as CSV: party, leg, service, from, to, depart, arrive." default:"itineraries.csv" placeholder:"FILE"`
	Stops    string  `help:"CSV of stops: id; optional: country, min_connection (minutes), zone, beds, night_at_utc (HH:MM)." placeholder:"FILE"`
	Transit  string  `help:"CSV of countries that refuse transit: country; optional: nationality, document, allows (yes turns the rule round). Parties then have a column papers." placeholder:"FILE"`
	Escorts  string  `help:"CSV of escorts: party, people; optional: home, rest and within (hours), seats:KIND." placeholder:"FILE"`
	Explain  string  `help:"Say why this party travels as it does, or why it does not." placeholder:"PARTY"`
	Verify   bool    `help:"Check every connection, seat, window and the bound by an independent computation."`
	Seed     uint64  `help:"Chooses among equals; the same seed gives the same plan."`
	Work     int64   `help:"Budget in looks at a service; 0 grows with the problem."`
	Enough   float64 `help:"Gap that is good enough: the search ends once the plan is proven to be that close to the cheapest; 0 goes on." placeholder:"SHARE"`
	JSON     bool    `name:"json" help:"Print the summary as JSON."`

	MinConnection int64  `help:"Minutes between two services where STOPS gives none." default:"60" placeholder:"MINUTES"`
	WaitCost      string `help:"Money for a person's hour of waiting before departure." default:"0.50" placeholder:"MONEY"`
	ConnectCost   string `help:"Money for a person's hour between services." default:"3.00" placeholder:"MONEY"`
	RideCost      string `help:"Money for a person's hour aboard." default:"1.50" placeholder:"MONEY"`
	UnservedCost  string `help:"Money for a person who is not brought home." default:"10000" placeholder:"MONEY"`
}

// Help is the long help with examples.
func (Command) Help() string {
	return `Plans how parties travel over services with seats, each party whole, at least
cost in fares and hours, and proves how far from the best the plan can be.

Times are RFC 3339 with an offset (2026-03-29T08:15:00+02:00), or local
(2026-03-29 08:15) with a time zone such as Europe/Athens in the column zone
(parties), from_zone and to_zone (services). A local time that the change of
clocks skips or repeats is refused: write it with its offset.

Seats: the column seats counts ordinary seats; seats:wheelchair, seats:stretcher
and so on count other kinds. A party's seats default to its people. avoid lists
countries where the party must not change, separated by ";". longest is hours.

A charter has the cost of opening it in open_cost; block says that seats are sold
so many together; group_fares such as "10:80;20:65.50" are what parties of ten
and of twenty pay for a seat. beds counts beds: of a stop for each night, of a
party for a night between two services. papers lists nationality and document of
each traveller, such as "SYR passport;XXA laissez-passer".

Examples:
  cairn route parties.csv services.csv --out itineraries.csv --verify
  cairn route parties.csv services.csv --stops stops.csv --explain F-0012
  cairn route parties.csv services.csv --json --seed 7`
}

// Summary is what the command prints, with --json as JSON. Money is in units
// with two decimals.
type Summary struct {
	Parties     int                `json:"parties"`
	Served      int                `json:"served"`
	Cost        string             `json:"cost"`
	Bound       string             `json:"bound"`
	GapPercent  float64            `json:"gap_percent"`
	Split       int                `json:"split"`
	Opened      []route.ServiceID  `json:"opened,omitempty"`
	Purchases   string             `json:"purchases,omitempty"`
	Verified    *bool              `json:"verified,omitempty"`
	Unserved    []Unserved         `json:"unserved"`
	Explanation *route.Explanation `json:"explanation,omitempty"`
	Out         string             `json:"out"`
}

// Unserved is a party without a journey, and why.
type Unserved struct {
	Party  route.PartyID `json:"party"`
	Rule   route.Rule    `json:"rule"`
	Detail string        `json:"detail"`
	Help   string        `json:"help"`
}

// Run plans, writes the itineraries and prints the summary to out, progress to
// errOut. Faults in a file are errors that name its row, column and value.
func (c *Command) Run(out, errOut io.Writer) error {
	problem, err := c.read()
	if err != nil {
		return fmt.Errorf("plan the journeys: %w", err)
	}
	result, err := route.Solve(context.Background(), problem, route.Options{
		Seed: c.Seed, Work: c.Work, Enough: c.Enough, Workers: runtime.NumCPU(), Progress: stages(errOut),
	})
	if err != nil {
		return fmt.Errorf("plan the journeys: %w", err)
	}
	if err := writeItineraries(c.Out, problem, result); err != nil {
		return fmt.Errorf("write the itineraries: %w", err)
	}
	summary, err := c.summary(problem, result)
	if err != nil {
		return err
	}
	if c.JSON {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(summary); err != nil {
			return fmt.Errorf("print the summary: %w", err)
		}
		return nil
	}
	return summary.print(out)
}

// stages tells each stage once.
func stages(w io.Writer) func(string, int64, int64) {
	last := ""
	return func(stage string, _, _ int64) {
		if stage != last {
			fmt.Fprintln(w, "route:", stage)
			last = stage
		}
	}
}

func (c *Command) summary(p route.Problem, r route.Result) (Summary, error) {
	served, _ := r.Served()
	s := Summary{
		Parties: len(p.Parties), Served: served, Cost: r.Cost.String(), Bound: r.Bound.String(),
		GapPercent: 100 * r.Gap(), Unserved: []Unserved{}, Out: c.Out,
	}
	if r.Purchases > 0 {
		s.Opened, s.Purchases = r.Opened, r.Purchases.String()
	}
	for _, j := range r.Journeys {
		if j.Unserved != nil {
			s.Unserved = append(s.Unserved, Unserved{j.Party, j.Unserved.Rule, read(j.Unserved.Detail), read(j.Unserved.Help)})
		}
	}
	var err error
	if s.Split, err = countSplit(c.Out); err != nil {
		return s, fmt.Errorf("read the itineraries back: %w", err)
	}
	if c.Verify {
		if err := route.Verify(p, r); err != nil {
			return s, fmt.Errorf("the plan does not stand, do not use it: %w", err)
		}
		yes := true
		s.Verified = &yes
	}
	if c.Explain != "" {
		x := route.Explain(p, r, route.PartyID(c.Explain))
		s.Explanation = &x
	}
	return s, nil
}
