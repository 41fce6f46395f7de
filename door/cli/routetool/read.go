package routetool

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cairn/engine/route"
)

// seatPrefix begins the columns of seat kinds other than the ordinary one.
const seatPrefix = "seats:"

// read makes the problem from the command's files.
func (c *Command) read() (route.Problem, error) {
	var p route.Problem
	var err error
	if p.Weights, err = c.weights(); err != nil {
		return p, err
	}
	services, err := readTable(c.Services)
	if err != nil {
		return p, err
	}
	parties, err := readTable(c.Parties)
	if err != nil {
		return p, err
	}
	p.Kinds = kinds(services, parties)
	stops := &stopList{connection: route.Minute(c.MinConnection), place: map[route.StopID]int{}, zones: map[route.StopID]string{}}
	if c.Stops != "" {
		if err := stops.read(c.Stops); err != nil {
			return p, err
		}
	}
	if p.Services, err = readServices(services, p.Kinds, stops); err != nil {
		return p, err
	}
	if p.Parties, err = readParties(parties, p.Kinds, stops); err != nil {
		return p, err
	}
	p.Stops = stops.list
	return c.withPapers(p, parties)
}

func (c *Command) weights() (route.Weights, error) {
	w := route.DefaultWeights()
	for _, flag := range []struct {
		name, text string
		into       *route.Money
	}{
		{"--wait-cost", c.WaitCost, &w.Wait}, {"--connect-cost", c.ConnectCost, &w.Connect},
		{"--ride-cost", c.RideCost, &w.Ride}, {"--unserved-cost", c.UnservedCost, &w.Unserved},
	} {
		if flag.text == "" {
			continue
		}
		amount, err := parseMoney(flag.text)
		if err != nil {
			return w, fmt.Errorf("%s %q: %w", flag.name, flag.text, err)
		}
		*flag.into = amount
	}
	return w, nil
}

// kinds lists the ordinary seat and every other kind that a file names.
func kinds(tables ...*table) []route.Kind {
	list := []route.Kind{"seat"}
	for _, t := range tables {
		for _, name := range t.header {
			kind := route.Kind(strings.TrimPrefix(name, seatPrefix))
			if strings.HasPrefix(name, seatPrefix) && !slices.Contains(list, kind) {
				list = append(list, kind)
			}
		}
	}
	return list
}

// stopList gathers stops from the stops file and, where there is none, from
// the services.
type stopList struct {
	list       []route.Stop
	place      map[route.StopID]int
	zones      map[route.StopID]string // IANA zone of a stop's clocks
	connection route.Minute
	closed     bool // a stops file was read: others are unknown
}

func (s *stopList) read(path string) error {
	t, err := readTable(path)
	if err != nil {
		return err
	}
	for _, r := range t.rows {
		id := route.StopID(r.need("id"))
		minutes := r.number("min_connection", int64(s.connection))
		if _, twice := s.place[id]; twice {
			r.fail("id", "stands twice: keep one")
		}
		s.add(route.Stop{ID: id, Country: country(r.text("country")), MinConnection: route.Minute(minutes),
			Beds: int(r.number("beds", 0)), NightAt: r.minuteOfDay("night_at_utc")})
		if _, ok := r.zone("zone"); ok {
			s.zones[id] = r.text("zone")
		}
	}
	s.closed = true
	return t.err
}

func (s *stopList) add(stop route.Stop) {
	s.place[stop.ID] = len(s.list)
	s.list = append(s.list, stop)
}

// of returns the stop named in a cell, learning it or its country on the way.
func (s *stopList) of(r *row, column, countryColumn string) route.StopID {
	id, where := route.StopID(r.need(column)), country(r.text(countryColumn))
	i, known := s.place[id]
	switch {
	case !known && s.closed:
		r.fail(column, "is not in the stops file: add it or correct the name")
	case !known:
		s.add(route.Stop{ID: id, Country: where, MinConnection: s.connection})
	case where != "" && s.list[i].Country == "":
		s.list[i].Country = where
	case where != "" && s.list[i].Country != where:
		r.fail(countryColumn, fmt.Sprintf("but stop %q lies in %q on another line: make them agree", id, s.list[i].Country))
	}
	return id
}

func country(text string) route.Country { return route.Country(strings.ToUpper(text)) }

func readServices(t *table, kinds []route.Kind, stops *stopList) ([]route.Service, error) {
	var list []route.Service
	seen := map[string]int{}
	for _, r := range t.rows {
		s := route.Service{
			ID: route.ServiceID(r.once(seen)), From: stops.of(r, "from", "from_country"), To: stops.of(r, "to", "to_country"),
			Mode: r.text("mode"), CostPerSeat: r.money("cost"), Seats: r.seats(kinds, -1), Block: int(r.number("block", 0)),
			OpenCost: r.optionalMoney("open_cost"), GroupFares: r.groupFares("group_fares"),
		}
		s.Depart, s.Arrive = r.time("depart", "from_zone", stops.zones[s.From]), r.time("arrive", "to_zone", stops.zones[s.To])
		if t.err == nil && s.Arrive <= s.Depart {
			r.fail("arrive", "is not after the departure: check both times and their zones")
		}
		list = append(list, s)
	}
	return list, t.err
}

func readParties(t *table, kinds []route.Kind, stops *stopList) ([]route.Party, error) {
	var list []route.Party
	seen := map[string]int{}
	for _, r := range t.rows {
		people := r.number("people", -1)
		q := route.Party{
			ID: route.PartyID(r.once(seen)), Origin: stops.known(r, "origin"), Destination: stops.known(r, "destination"),
			People: int(people), Beds: int(r.number("beds", 0)),
			Seats: r.seats(kinds, people), Weight: int(r.number("weight", 1)), Longest: route.Minute(60 * r.number("longest", 0)),
		}
		q.Ready, q.Due = r.time("ready", "zone", stops.zones[q.Origin]), r.time("due", "zone", stops.zones[q.Destination])
		for _, c := range strings.Split(r.text("avoid"), ";") {
			if c = strings.TrimSpace(c); c != "" {
				q.Avoid = append(q.Avoid, country(c))
			}
		}
		if t.err == nil && q.Due < q.Ready {
			r.fail("due", "lies before ready: correct the window")
		}
		list = append(list, q)
	}
	return list, t.err
}

// known returns a stop that a service or the stops file has named.
func (s *stopList) known(r *row, column string) route.StopID {
	id := route.StopID(r.need(column))
	if _, ok := s.place[id]; !ok {
		r.fail(column, "is a stop of no service: correct the name")
	}
	return id
}

// once returns the row's id, which no other row may have.
func (r *row) once(seen map[string]int) string {
	id := r.need("id")
	if line, twice := seen[id]; twice {
		r.fail("id", fmt.Sprintf("stands on line %d already: give each its own id", line))
	}
	seen[id] = r.line
	return id
}

// seats reads one number for each kind. The ordinary seats default to people
// less the other seats, or must be given when people is negative.
func (r *row) seats(kinds []route.Kind, people int64) []int {
	seats, others := make([]int, len(kinds)), int64(0)
	for k, kind := range kinds[1:] {
		n := r.number(seatPrefix+string(kind), 0)
		seats[k+1] = int(n)
		others += n
	}
	rest := people
	if people >= 0 {
		rest = max(0, people-others)
	}
	seats[0] = int(r.number(cmp.Or(r.seatColumn(), "seats"), rest))
	return seats
}

// seatColumn is "seats:seat" when the file spells the ordinary kind out.
func (r *row) seatColumn() string {
	if _, ok := r.table.column[seatPrefix+"seat"]; ok {
		return seatPrefix + "seat"
	}
	return ""
}
