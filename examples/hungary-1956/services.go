package hungary1956

import (
	"fmt"
	"math"
	"sort"
	"strings"
	"time"
	_ "time/tzdata" // the zones of the stops, where the machine has none
)

// Largest household, and so the fewest seats that a departure offers.
const leastSeats = 8

// service is one dated departure. Wheelchair and stretcher places come beside the
// seats. Times are local to the stops.
type service struct {
	number               string
	line                 *line
	departs, arrives     time.Time
	seats, wheel, litter int
}

// network joins the stops, the lines that somebody needs, and their flows.
type network struct {
	stops map[string]stop
	lines []*line
	byID  map[string]*line
}

// makeServices plans the lines' flows from the offers and the camps, and turns
// each flow into departures: enough for everybody, little to spare at the peak.
func (g *generator) makeServices() error {
	n := &network{stops: map[string]stop{}, lines: lines(), byID: map[string]*line{}}
	for _, l := range n.lines {
		n.byID[l.id] = l
	}
	all, capacity := g.receivingCountries()
	if err := n.locate(countries()); err != nil {
		return err
	}
	for i, c := range all {
		n.flowTo(c, float64(sum(capacity[i])))
		n.onward(c, capacity[i])
	}
	g.fixAirlift(n)
	g.flowFromCamps(n)
	for _, l := range n.lines {
		if l.id == "p1" {
			g.sailings(n, l)
		} else if sumOf(l.flow[:]) > 0 {
			g.depart(n, l)
		}
	}
	g.stops = n.stops
	sort.SliceStable(g.services, func(a, b int) bool { return g.services[a].departs.Before(g.services[b].departs) })
	for i := range g.services {
		g.services[i].number = fmt.Sprintf("%s-%05d", strings.ToUpper(g.services[i].line.id[:1]), i+1)
		g.sum.Seats += g.services[i].seats
	}
	g.sum.Services = len(g.services)
	g.progress("services", int64(len(g.services)), int64(len(g.services)))
	return nil
}

func sum(byTown map[string]int) int {
	total := 0
	for _, n := range byTown {
		total += n
	}
	return total
}

// receivingCountries gives the countries that offer places, with the places by town.
func (g *generator) receivingCountries() ([]*country, []map[string]int) {
	var all []*country
	var capacity []map[string]int
	for _, o := range g.offers {
		if len(all) == 0 || all[len(all)-1] != o.country {
			all = append(all, o.country)
			capacity = append(capacity, map[string]int{})
		}
		capacity[len(capacity)-1][o.locality] += o.places.People
	}
	return all, capacity
}

// locate notes the country and the time zone of every stop.
func (n *network) locate(all []country) error {
	add := func(name, iso, zone string) error {
		if _, known := n.stops[name]; known {
			return nil
		}
		at, err := time.LoadLocation(zone)
		if err != nil {
			return fmt.Errorf("find the time zone of %s; install the system's time zones: %w", name, err)
		}
		n.stops[name] = stop{iso, at}
		return nil
	}
	for _, text := range strings.Split(strings.TrimSpace(stopTable), "\n") {
		c := strings.Split(text, "|")
		if err := add(c[0], c[1], c[2]); err != nil {
			return err
		}
	}
	for _, c := range all {
		if err := add(c.centre, c.iso, c.zone); err != nil {
			return err
		}
		for _, l := range c.localities {
			if err := add(l.name, c.iso, l.zone); err != nil {
				return err
			}
		}
	}
	return nil
}

// flowTo adds a country's people to the lines that lead to its centre.
func (n *network) flowTo(c *country, places float64) {
	var of []route
	for _, r := range routes() {
		if r.iso == c.iso {
			of = append(of, r)
		}
	}
	for m := range months {
		left := 1.0
		for i, r := range of {
			share := r.share
			if !n.runs(r, m) && i < len(of)-1 {
				continue
			}
			if i == len(of)-1 {
				share = math.Max(share, left)
			}
			left -= share
			n.add(r.lines, m, places*c.profile[m]/100*share)
		}
	}
}

// runs says whether the whole route is served in the month.
func (n *network) runs(r route, m int) bool {
	for _, id := range r.lines {
		l := n.byID[id]
		if !l.first.Before(monthStart(m+1)) || l.last.Before(monthStart(m)) {
			return false
		}
	}
	return true
}

// add moves people along the lines, later lines in later months.
func (n *network) add(ids []string, m int, people float64) {
	hours := 0
	for _, id := range ids {
		l := n.byID[id]
		l.addLater(m, hours, people)
		hours += l.hours + 24
	}
}

// addLater splits the people between the two months that the delay spans.
func (l *line) addLater(m, hours int, people float64) {
	late := float64(hours) / 24 / 30
	whole := int(late)
	rest := late - float64(whole)
	l.flow[min(m+whole, months-1)] += people * (1 - rest)
	l.flow[min(m+whole+1, months-1)] += people * rest
}

// onward adds the lines from the country's centre to its localities.
func (n *network) onward(c *country, capacity map[string]int) {
	travel := 0
	for _, r := range routes() {
		if r.iso != c.iso {
			continue
		}
		hours := 0
		for _, id := range r.lines {
			hours += n.byID[id].hours + 24
		}
		travel = max(travel, hours)
	}
	for _, town := range c.localities {
		places := capacity[town.name]
		if places == 0 || town.hours == 0 {
			continue
		}
		l := &line{id: "o " + c.iso + " " + town.name, mode: town.mode, carrier: "national", from: c.centre, to: town.name,
			hour: 9, hours: town.hours, cost: town.cost, vehicle: 60, leastPerMonth: 4, last: day(1957, 12, 27)}
		l.first = day(1956, 11, 10).AddDate(0, 0, travel/24)
		if town.mode == "bus" {
			l.vehicle = 40
		}
		for m := range months {
			l.addLater(m, travel, float64(places)*c.profile[m]/100)
		}
		n.lines = append(n.lines, l)
	}
}

// fixAirlift gives the military airlift history's size instead of the planned
// flow, scaled to the people; charter flights carry what it leaves.
func (g *generator) fixAirlift(n *network) {
	scaled := float64(airliftTotal) * float64(g.sum.People) / movementTotal
	if sumOf(n.byID["f2"].flow[:]) == 0 {
		return
	}
	byMonth := monthly{0, 0.42, 0.28, 0.12, 0.07, 0.05, 0.03, 0.03}
	for m := range months {
		n.byID["f2"].flow[m] = scaled * byMonth[m]
	}
}

// flowFromCamps sends the people of each camp to its hub, and between the hubs
// as many as could need it.
func (g *generator) flowFromCamps(n *network) {
	var overall, vienna, salzburg monthly
	for _, r := range routes() {
		first := n.byID[r.lines[0]]
		for m := range months {
			switch first.from {
			case "Wien":
				vienna[m] = sumFrom(n, "Wien", m)
			case "Salzburg", "Zagreb":
				salzburg[m] = sumFrom(n, "Salzburg", m) + sumFrom(n, "Zagreb", m)
			}
			overall[m] = vienna[m] + salzburg[m]
		}
	}
	total := sumOf(overall[:])
	for _, camp := range g.lists {
		for _, id := range campLines(camp.camp) {
			for m := range months {
				n.byID[id].flow[m] += float64(camp.rows) * overall[m] / total
			}
		}
	}
	for m := range months {
		fromVienna, fromSalzburg := 0.0, 0.0
		for _, id := range []string{"c1", "c2", "c3", "c4", "c5"} {
			fromVienna += n.byID[id].flow[m]
		}
		for _, id := range []string{"c6", "c7", "c8", "c13"} {
			fromSalzburg += n.byID[id].flow[m]
		}
		n.byID["w1"].flow[m] = math.Min(fromVienna, salzburg[m])
		n.byID["s1"].flow[m] = math.Min(fromSalzburg, vienna[m])
	}
}

// sumFrom adds the month's flow of the lines abroad that start at a hub.
func sumFrom(n *network, hub string, m int) float64 {
	total := 0.0
	for _, l := range n.lines {
		if l.from == hub && (strings.HasPrefix(l.id, "t") || strings.HasPrefix(l.id, "f")) {
			total += l.flow[m]
		}
	}
	return total
}

func campLines(camp string) []string {
	return map[string][]string{"Traiskirchen": {"c1"}, "Eisenstadt": {"c2"}, "Judenau": {"c3"}, "Korneuburg": {"c4"}, "Graz": {"c5"},
		"Siezenheim": {"c6"}, "Wels": {"c7"}, "Glasenbach": {"c8"}, "Gerovo": {"c9", "c13"}, "Osijek": {"c10", "c13"},
		"Bela Crkva": {"c11", "c12", "c13"}}[camp]
}
