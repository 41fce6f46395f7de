package route

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	engine "cairn/engine/route"
)

// seasonLine is a connection that runs again and again through the season:
// every so many days, with vehicles of a size.
type seasonLine struct {
	mode, from, to string
	every          int // days between departures
	hour, hours    int
	fare           int
	share          float64 // of the people to the country that it serves
}

// seasonLines lead from two hubs to seven countries: by train, by plane, and by
// ships that carry thousands and sail a few times.
func seasonLines() map[string][]seasonLine {
	return map[string][]seasonLine{
		"A": {{"train", "salz", "A", 1, 20, 3, 2, 1}},
		"B": {{"train", "salz", "B", 1, 19, 17, 12, 1}},
		"C": {{"train", "salz", "C", 2, 18, 30, 24, 0.6}, {"flight", "wien", "C", 1, 11, 5, 48, 0.5}},
		"D": {{"ship", "bremen", "D", 25, 15, 240, 110, 0.4}, {"flight", "muc", "D", 1, 10, 17, 0, 0.3}, {"flight", "wien", "D", 2, 14, 20, 190, 0.35}},
		"E": {{"ship", "bremen", "E", 30, 16, 228, 120, 0.4}, {"flight", "wien", "E", 1, 13, 19, 185, 0.65}},
		"F": {{"ship", "bremen", "F", 60, 15, 840, 260, 0.7}, {"flight", "wien", "F", 3, 9, 62, 430, 0.55}},
		"G": {{"ship", "genova", "G", 10, 17, 110, 40, 0.6}, {"flight", "wien", "G", 4, 9, 9, 95, 0.45}},
	}
}

// Season makes an operation of a year in which everybody is ready in the first
// months: few lines, ships with thousands of seats, chains of four and five
// services, and hardly a seat more than people on the way abroad.
func Season(seed uint64, people int) engine.Problem {
	g := &season{random: rand.New(rand.NewPCG(seed, 11)), flow: map[string]float64{}}
	g.problem.Kinds = []engine.Kind{"seat", "wheelchair", "stretcher"}
	g.problem.Weights = engine.DefaultWeights()
	g.stop("wien", "AT", 90)
	g.stop("salz", "AT", 60)
	for _, port := range []string{"bremen", "genova", "muc"} {
		g.stop(port, "X"+port[:1], 180)
	}
	g.parties(people)
	for _, country := range []string{"A", "B", "C", "D", "E", "F", "G"} {
		for _, l := range seasonLines()[country] {
			g.line(l, g.flow[country]*l.share*1.06, 0)
		}
	}
	g.inland()
	services := g.problem.Services
	slices.SortStableFunc(services, func(a, b engine.Service) int { return cmp.Compare(a.Depart, b.Depart) })
	for i := range services {
		services[i].ID = engine.ServiceID(fmt.Sprintf("%s-%05d", services[i].Mode, i))
	}
	return g.problem
}

type season struct {
	random  *rand.Rand
	problem engine.Problem
	flow    map[string]float64 // people by country and by town
}

// seasonDays is when the last departure leaves.
const seasonDays = 360

func (g *season) stop(id, country string, stay engine.Minute) {
	g.problem.Stops = append(g.problem.Stops, engine.Stop{ID: engine.StopID(id), Country: engine.Country(country), MinConnection: stay})
}

func (g *season) parties(people int) {
	for c := range 10 {
		g.stop(fmt.Sprintf("camp%d", c), "AT", 30)
	}
	shares := []float64{0.1, 0.15, 0.2, 0.25, 0.15, 0.1, 0.05}
	for i := range shares {
		country := string(rune('A' + i))
		g.stop(country, country, 60)
		for town := range 4 {
			g.stop(fmt.Sprint(country, town), country, 30)
		}
	}
	for n, i := 0, 0; n < people; i++ {
		size := 1
		for size < 8 && g.random.IntN(5) > 2-size%2 {
			size++
		}
		draw, at := g.random.Float64(), 0
		for at < len(shares)-1 && draw > shares[at] {
			draw -= shares[at]
			at++
		}
		country, camp := string(rune('A'+at)), g.random.IntN(10)
		town := fmt.Sprint(country, g.random.IntN(4))
		seats := []int{size, 0, 0}
		if g.random.IntN(60) == 0 {
			seats[0], seats[1+g.random.IntN(2)] = size-1, 1
		}
		g.problem.Parties = append(g.problem.Parties, engine.Party{ID: engine.PartyID(fmt.Sprintf("P%05d", i)), Origin: engine.StopID(fmt.Sprint("camp", camp)),
			Destination: engine.StopID(town), Ready: engine.Minute(g.random.IntN(60) * day), Due: (seasonDays + 60) * day, People: size, Seats: seats})
		g.flow[country] += float64(size)
		g.flow[town] += float64(size)
		g.flow[fmt.Sprint("camp", camp)] += float64(size)
		n += size
	}
}

// line spreads the people over the departures of the season.
func (g *season) line(l seasonLine, people float64, first int) {
	count := (seasonDays-first)/l.every + 1
	special := map[string][2]int{"ship": {12, 10}, "train": {4, 3}, "flight": {2, 2}, "bus": {1, 1}}[l.mode]
	seats := max(8, int(people/float64(count)+0.999))
	for k := range count {
		depart := engine.Minute((first+k*l.every)*day + l.hour*60)
		g.problem.Services = append(g.problem.Services, engine.Service{From: engine.StopID(l.from), To: engine.StopID(l.to), Depart: depart,
			Arrive: depart + engine.Minute(l.hours*60), Seats: []int{seats, special[0], special[1]}, CostPerSeat: engine.Money(l.fare) * engine.Unit, Mode: l.mode})
	}
}

// inland are the lines from camps to hubs, between hubs and ports, and from
// each country's centre to its towns: half as many seats again as people.
func (g *season) inland() {
	total := 0.0
	for c := range 10 {
		camp := fmt.Sprint("camp", c)
		hub := []string{"wien", "salz"}[c%2]
		g.line(seasonLine{"bus", camp, hub, 1, 7, 2, 1, 1}, g.flow[camp]*1.6, 0)
		total += g.flow[camp]
	}
	for _, l := range []seasonLine{{"train", "wien", "salz", 1, 13, 5, 3, 0.6}, {"train", "salz", "wien", 1, 13, 5, 3, 0.6}, {"train", "salz", "bremen", 2, 19, 20, 14, 0.5},
		{"train", "salz", "genova", 3, 20, 18, 11, 0.2}, {"train", "salz", "muc", 1, 6, 3, 2, 0.3}} {
		g.line(l, total*l.share, 0)
	}
	for _, country := range []string{"A", "B", "C", "D", "E", "F", "G"} {
		for town := range 4 {
			name := fmt.Sprint(country, town)
			g.line(seasonLine{"train", country, name, 2, 9, 2 + 3*town, 3, 1}, g.flow[name]*1.5, 1)
		}
	}
}
