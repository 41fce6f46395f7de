package routetool

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"cairn/engine/route"
	"cairn/format/sheet"
	"cairn/value/said"
)

// writeItineraries writes one line for each leg of each party, times in UTC.
func writeItineraries(path string, p route.Problem, r route.Result) error {
	services := make(map[route.ServiceID]route.Service, len(p.Services))
	for _, s := range p.Services {
		services[s.ID] = s
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	w := csv.NewWriter(file)
	lines := [][]string{{"party", "leg", "service", "from", "to", "depart", "arrive"}}
	for _, j := range r.Journeys {
		for leg, id := range j.Services {
			s := services[id]
			lines = append(lines, []string{
				sheet.Neutralise(string(j.Party)), strconv.Itoa(leg + 1), sheet.Neutralise(string(id)), sheet.Neutralise(string(s.From)), sheet.Neutralise(string(s.To)),
				clock(s.Depart), clock(s.Arrive),
			})
		}
	}
	if err := w.WriteAll(lines); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}

func clock(m route.Minute) string {
	return time.Unix(int64(m)*60, 0).UTC().Format(time.RFC3339)
}

// countSplit counts, in the file written, the parties with two lines for one leg.
func countSplit(path string) (int, error) {
	t, err := readTable(path)
	if err != nil {
		return 0, err
	}
	lines, split := map[[2]string]int{}, map[string]bool{}
	for _, r := range t.rows {
		key := [2]string{r.text("party"), r.text("leg")}
		if lines[key]++; lines[key] > 1 {
			split[key[0]] = true
		}
	}
	return len(split), t.err
}

// print writes the summary for a reader.
func (s Summary) print(out io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "parties   %d, served %d, unserved %d, split %d\n", s.Parties, s.Served, len(s.Unserved), s.Split)
	fmt.Fprintf(&b, "cost      %s\nbound     %s (no plan costs less)\ngap       %.2f %%\n", s.Cost, s.Bound, s.GapPercent)
	if s.Verified != nil {
		b.WriteString("verified  every connection, seat, window, rule and the bound\n")
	}
	if s.Purchases != "" {
		fmt.Fprintf(&b, "charters  %s, with empty seats of blocks %s\n", strings.Join(strings.Fields(names(s.Opened)), " "), s.Purchases)
	}
	fmt.Fprintf(&b, "written   %s\n", s.Out)
	for _, u := range s.Unserved {
		fmt.Fprintf(&b, "unserved  %s: %s: %s; to help: %s\n", u.Party, u.Rule, u.Detail, u.Help)
	}
	if s.Explanation != nil {
		explain(&b, *s.Explanation)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func explain(b *strings.Builder, x route.Explanation) {
	fmt.Fprintf(b, "\nparty %s\n", x.Party)
	if x.Obstacle != nil {
		fmt.Fprintf(b, "  stopped by  %s: %s\n  to help     %s\n", x.Obstacle.Rule, read(x.Obstacle.Detail), read(x.Obstacle.Help))
	} else {
		c := x.Journey.Parts
		fmt.Fprintf(b, "  travels     %s\n", names(x.Journey.Services))
		fmt.Fprintf(b, "  cost        %s = fares %s + waiting %s + between services %s + aboard %s\n", c.Total(), c.Fare, c.Wait, c.Connect, c.Ride)
		fmt.Fprintf(b, "  alone       %s would do if nobody else travelled\n", x.Least)
		if len(x.Alternative) > 0 {
			fmt.Fprintf(b, "  next best   %s for %s\n", names(x.Alternative), x.AlternativeCost)
		} else {
			b.WriteString("  next best   none on the seats now free\n")
		}
	}
	for _, n := range x.Bottlenecks {
		fmt.Fprintf(b, "  bottleneck  %s, kind %s: one more seat saves %s; %d free\n", n.Service, n.Kind, n.Price, n.Free)
	}
}

// read is a sentence of the engine with its moments as times.
func read(s said.Sentence) string {
	return s.In(nil, func(arg any) any {
		if at, is := arg.(route.Moment); is {
			return time.Unix(60*int64(at), 0).UTC().Format("2006-01-02 15:04 UTC")
		}
		return arg
	})
}

func names(services []route.ServiceID) string {
	list := make([]string, len(services))
	for i, s := range services {
		list[i] = string(s)
	}
	return strings.Join(list, " → ")
}
