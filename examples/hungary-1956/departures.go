package hungary1956

import (
	"math"
	"strings"
	"time"
)

// slack is the planned room on a line: little at the peak, December and January.
func slack(l *line, m int) float64 {
	peak := m == 1 || m == 2
	switch {
	case l.id == "f2":
		return 1.02
	case l.id[0] == 'o' || l.id[0] == 'e':
		if peak {
			return 1.25
		}
		return 1.5
	case peak:
		return 1.08
	}
	return 1.35
}

// depart turns a line's flow into departures spread evenly over each month; the
// flow of months without service waits for the next month.
func (g *generator) depart(n *network, l *line) {
	waiting := 0.0
	for m := range months {
		from, to := monthStart(m), monthStart(m+1).AddDate(0, 0, -1)
		if m == 0 {
			from = day(1956, 11, 8)
		}
		if from.Before(l.first) {
			from = l.first
		}
		if to.After(l.last) {
			to = l.last
		}
		people := l.flow[m]*slack(l, m) + waiting
		days := int(math.Round(to.Sub(from).Hours()/24)) + 1
		if waiting = 0; days < 1 {
			waiting = people
			continue
		}
		least := max(1, l.leastPerMonth*days/30)
		count := max(least, int(math.Ceil(people/float64(l.vehicle))))
		seats := min(l.vehicle, max(leastSeats, int(math.Ceil(people/float64(count)))))
		for k := range count {
			at := from.AddDate(0, 0, (2*k+1)*days/(2*count))
			nth := k - (2*k+1)*days/(2*count)*count/days // a later hour for each further one of the day
			g.addService(n, l, at, max(nth, 0)*15, seats)
		}
	}
}

// sailings are the four voyages from Bremerhaven to New York, scaled.
func (g *generator) sailings(n *network, l *line) {
	if sumOf(l.flow[:]) == 0 {
		return
	}
	scale := float64(g.sum.People) / movementTotal
	rest := (sailingsTotal - firstSailing) / 3
	for i, on := range []time.Time{l.first, day(1956, 12, 30), day(1957, 1, 21), l.last} {
		seats := rest
		if i == 0 {
			seats = firstSailing
		}
		g.addService(n, l, on, 0, max(leastSeats, int(math.Round(float64(seats)*scale))))
	}
}

// addService adds a departure at the line's hour, some minutes later when the line
// runs more than once on the day.
func (g *generator) addService(n *network, l *line, on time.Time, minutes, seats int) {
	from, to := n.stops[l.from], n.stops[l.to]
	departs := time.Date(on.Year(), on.Month(), on.Day(), l.hour, min(minutes, 170), 0, 0, from.zone)
	s := service{line: l, departs: departs, arrives: departs.Add(time.Duration(l.hours) * time.Hour).In(to.zone), seats: seats}
	s.wheel, s.litter = specialPlaces(l.mode)
	g.services = append(g.services, s)
}

// specialPlaces gives wheelchair and stretcher places of a departure.
func specialPlaces(mode string) (wheel, litter int) {
	switch mode {
	case "ship":
		return 12, 10
	case "train":
		return 4, 3
	case "military flight":
		return 2, 6
	case "charter flight":
		return 2, 2
	}
	return 1, 1
}

// serviceTable says in which file and words a service is written.
func serviceTable(l *line) (file int, mode string) {
	switch l.id[0] {
	case 'c', 'w', 's', 't':
		return 0, map[string]string{"train": "Zug", "bus": "Bus"}[l.mode]
	case 'f', 'p':
		return 1, l.mode
	}
	return 2, l.mode
}

func serviceTables() []table {
	german := strings.Split("Fahrt Nr.|Verkehrsmittel|Unternehmen|Von|Land von|Nach|Land nach|Abfahrt|Zeitzone Abfahrt|Ankunft|Zeitzone Ankunft|Sitzplätze|Rollstuhlplätze|Liegeplätze|Preis USD", "|")
	seaAir := strings.Split("Voyage / Flight|Mode|Carrier|From|From country|To|To country|Departs (local)|Departure time zone|Arrives (local)|Arrival time zone|Seats|Wheelchair places|Stretcher places|Fare USD", "|")
	onward := strings.Split("Service|Mode|Carrier|From stop|From country|To stop|To country|Departure|Departure zone|Arrival|Arrival zone|Capacity|Wheelchairs|Stretchers|Cost (USD)", "|")
	return []table{
		{name: "trains_buses.csv", kind: KindServices, encoding: UTF8BOM, delimiter: ';', language: "de", dates: "02.01.2006 15:04",
			titles: []string{"Sonderzüge und Autobusse für ungarische Flüchtlinge"}, header: german},
		{name: "ships_flights.xlsx", kind: KindServices, encoding: XLSX, language: english, dates: "2006-01-02 15:04", sheet: "Sailings and flights", header: seaAir},
		{name: "onward.csv", kind: KindServices, encoding: UTF8, delimiter: ',', language: english, dates: "2006-01-02T15:04", header: onward},
	}
}

func (g *generator) writeServices() error {
	var files []*tableWriter
	for _, t := range serviceTables() {
		w, err := g.create(t)
		if err != nil {
			return err
		}
		files = append(files, w)
	}
	for _, s := range g.services {
		at, mode := serviceTable(s.line)
		layout := files[at].table.dates
		if err := files[at].row(s.number, mode, s.line.carrier, s.line.from, g.stops[s.line.from].country, s.line.to, g.stops[s.line.to].country,
			s.departs.Format(layout), s.departs.Location().String(), s.arrives.Format(layout), s.arrives.Location().String(),
			s.seats, s.wheel, s.litter, s.line.cost); err != nil {
			return err
		}
	}
	for _, w := range files {
		if err := g.finish(w); err != nil {
			return err
		}
	}
	return nil
}
