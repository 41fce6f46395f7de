// Package route benchmarks cairn/engine/route on made instances.
//
// The generator builds a timetable of three layers: camps to hubs (buses and
// trains), hubs to hubs (flights and ships, the long hops) and hubs to towns.
// Each party is then led along one random journey through the timetable from a
// random day; its window is that journey's, widened, and the seats of every
// service are the load so planned plus a little. Hence a plan that serves
// everybody exists, and Tightness says how few seats are left beyond it on the
// long hops: 0.08 means eight per cent.
//
//	problem := route.Generate(route.Small())
package route

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	engine "cairn/engine/route"
)

// Size describes an instance.
type Size struct {
	Seed                uint64
	People, Parties     int
	Camps, Hubs, Towns  int
	Services, Days      int
	Tightness           float64
	VisaClasses         int
	WheelchairsPerMille int
}

// Small is one operation: 18,000 people over 180 days.
func Small() Size {
	return Size{Seed: 1, People: 18_000, Parties: 7_000, Camps: 10, Hubs: 25, Towns: 100,
		Services: 3_000, Days: 180, Tightness: 0.08, VisaClasses: 3, WheelchairsPerMille: 8}
}

// Large is ten times Small in people and eight times in services.
func Large() Size {
	return Size{Seed: 1, People: 180_000, Parties: 70_000, Camps: 10, Hubs: 25, Towns: 100,
		Services: 25_000, Days: 180, Tightness: 0.08, VisaClasses: 3, WheelchairsPerMille: 8}
}

// Operation is 20,000 people who leave within two months.
func Operation() Size {
	return Size{Seed: 1, People: 20_000, Parties: 7_740, Camps: 10, Hubs: 25, Towns: 40,
		Services: 3_000, Days: 120, Tightness: 0.06, VisaClasses: 3, WheelchairsPerMille: 8}
}

// Million is everyone at once: 1,000,000 people within 120 days.
func Million() Size {
	return Size{Seed: 1, People: 1_000_000, Parties: 387_000, Camps: 24, Hubs: 40, Towns: 60,
		Services: 92_000, Days: 120, Tightness: 0.06, VisaClasses: 3, WheelchairsPerMille: 8}
}

const day = 24 * 60

type generator struct {
	Size
	random  *rand.Rand
	problem engine.Problem
	from    map[engine.StopID][]int // services by stop, in order of departure
	load    [][]int
}

// Generate makes the instance; the same Size gives the same problem.
func Generate(s Size) engine.Problem {
	g := &generator{Size: s, random: rand.New(rand.NewPCG(s.Seed, 7)), from: map[engine.StopID][]int{}}
	g.problem.Kinds = []engine.Kind{"seat", "wheelchair"}
	g.problem.Weights = engine.DefaultWeights()
	g.stops()
	g.services()
	g.parties()
	g.seats()
	return g.problem
}

func (g *generator) camp(i int) engine.StopID { return engine.StopID(fmt.Sprintf("camp-%02d", i)) }
func (g *generator) hub(i int) engine.StopID  { return engine.StopID(fmt.Sprintf("hub-%02d", i)) }
func (g *generator) town(i int) engine.StopID { return engine.StopID(fmt.Sprintf("town-%03d", i)) }

// stops spreads camps over three countries, hubs over twelve, towns over eight.
func (g *generator) stops() {
	add := func(id engine.StopID, country int, stay engine.Minute) {
		g.problem.Stops = append(g.problem.Stops, engine.Stop{ID: id, Country: engine.Country(fmt.Sprintf("C%02d", country)), MinConnection: stay})
	}
	for i := range g.Camps {
		add(g.camp(i), i%3, 0)
	}
	for i := range g.Hubs {
		add(g.hub(i), i%12, engine.Minute(45+15*g.random.IntN(6)))
	}
	for i := range g.Towns {
		add(g.town(i), 4+i%8, 30)
	}
	for v := range g.VisaClasses {
		class := engine.VisaClass{ID: engine.VisaClassID(fmt.Sprintf("V%d", v))}
		for c := range v {
			class.RefusedTransit = append(class.RefusedTransit, engine.Country(fmt.Sprintf("C%02d", 3+3*c)))
		}
		g.problem.VisaClasses = append(g.problem.VisaClasses, class)
	}
}

// services gives three tenths of the departures to camps, four to long hops
// and three to towns. Each camp and each town has four hubs.
func (g *generator) services() {
	feeder, long := g.Services*3/10, g.Services*4/10
	near := func(i, k int) int { return (i*7 + k*5) % g.Hubs }
	for range feeder {
		c := g.random.IntN(g.Camps)
		g.service(g.camp(c), g.hub(near(c, g.random.IntN(4))), 180+g.random.IntN(600), 15+g.random.IntN(60), "bus")
	}
	for range long {
		a := g.random.IntN(g.Hubs)
		b := (a + 1 + g.random.IntN(g.Hubs-1)) % g.Hubs
		if g.random.IntN(8) == 0 {
			g.service(g.hub(a), g.hub(b), 1500+g.random.IntN(4000), 60+g.random.IntN(120), "ship")
		} else {
			g.service(g.hub(a), g.hub(b), 120+g.random.IntN(700), 150+g.random.IntN(500), "flight")
		}
	}
	for range g.Services - feeder - long {
		t := g.random.IntN(g.Towns)
		g.service(g.hub(near(t, g.random.IntN(4))), g.town(t), 60+g.random.IntN(400), 10+g.random.IntN(80), "train")
	}
	services := g.problem.Services
	slices.SortFunc(services, func(a, b engine.Service) int { return cmp.Compare(a.Depart, b.Depart) })
	for i := range services {
		services[i].ID = engine.ServiceID(fmt.Sprintf("S%05d", i))
		g.from[services[i].From] = append(g.from[services[i].From], i)
	}
	g.load = make([][]int, len(services))
	for i := range g.load {
		g.load[i] = make([]int, 2)
	}
}

func (g *generator) service(from, to engine.StopID, minutes, fare int, mode string) {
	depart := engine.Minute(g.random.IntN(g.Days * day))
	g.problem.Services = append(g.problem.Services, engine.Service{From: from, To: to, Depart: depart,
		Arrive: depart + engine.Minute(minutes), CostPerSeat: engine.Money(fare) * engine.Unit, Mode: mode})
}

// parties leads each along a random journey: camp, hub, long hops, town.
func (g *generator) parties() {
	mean := float64(g.People) / float64(g.Parties)
	people := 0
	for i := 0; len(g.problem.Parties) < g.Parties; i++ {
		size := 1
		for size < 9 && g.random.Float64() < 1-1/mean {
			size++
		}
		if left := g.Parties - len(g.problem.Parties); left <= g.Parties/10 {
			size = max(1, min(9, (g.People-people)/left))
		}
		q := engine.Party{ID: engine.PartyID(fmt.Sprintf("P%06d", len(g.problem.Parties))), People: size, Seats: []int{size, 0}}
		if g.random.IntN(1000) < g.WheelchairsPerMille {
			q.Seats = []int{size - 1, 1}
		}
		if g.VisaClasses > 0 {
			q.VisaClass = g.problem.VisaClasses[g.random.IntN(g.VisaClasses)].ID
		}
		if g.lead(&q) {
			people += size
			g.problem.Parties = append(g.problem.Parties, q)
		}
	}
}

// lead walks the party through the timetable at random, with an eye on visas;
// false when the walk ends nowhere.
func (g *generator) lead(q *engine.Party) bool {
	q.Origin = g.camp(g.random.IntN(g.Camps))
	ready := engine.Minute(g.random.IntN((g.Days - 60) * day))
	at, time := q.Origin, ready
	var journey []int
	for hop := 0; ; hop++ {
		next, ok := g.hop(q, at, time, hop)
		if !ok {
			return false
		}
		s := &g.problem.Services[next]
		journey = append(journey, next)
		if at = s.To; at[:4] == "town" {
			q.Destination = at
			q.Ready = max(0, ready-engine.Minute(g.random.IntN(10*day)))
			q.Due = s.Arrive + engine.Minute((3+g.random.IntN(27))*day)
			break
		}
		time = s.Arrive + g.stop(at).MinConnection
	}
	for _, i := range journey {
		g.load[i][0] += q.Seats[0]
		g.load[i][1] += q.Seats[1]
	}
	return true
}

func (g *generator) stop(id engine.StopID) engine.Stop {
	return g.problem.Stops[slices.IndexFunc(g.problem.Stops, func(s engine.Stop) bool { return s.ID == id })]
}

// hop picks among the first departures of the wanted layer: the first hop and
// one or two long ones, then a town.
func (g *generator) hop(q *engine.Party, at engine.StopID, time engine.Minute, hop int) (int, bool) {
	town := hop >= 2 && (hop >= 3 || g.random.IntN(4) > 0)
	seen := 0
	list := g.from[at]
	begin, _ := slices.BinarySearchFunc(list, time, func(i int, t engine.Minute) int { return cmp.Compare(g.problem.Services[i].Depart, t) })
	choice := 1 + g.random.IntN(4)
	picked := -1
	for _, i := range list[begin:] {
		s := &g.problem.Services[i]
		toTown := s.To[:4] == "town"
		if toTown != town || s.Depart > time+20*day || (!toTown && g.refused(q, s.To)) {
			continue
		}
		picked = i
		if seen++; seen == choice {
			break
		}
	}
	return picked, picked >= 0
}

func (g *generator) refused(q *engine.Party, stop engine.StopID) bool {
	if g.VisaClasses == 0 {
		return false
	}
	class := g.problem.VisaClasses[slices.IndexFunc(g.problem.VisaClasses, func(v engine.VisaClass) bool { return v.ID == q.VisaClass })]
	return slices.Contains(class.RefusedTransit, g.stop(stop).Country)
}

// seats gives each service its planned load plus a reserve: Tightness on long
// hops, four times that and a coach's worth elsewhere.
func (g *generator) seats() {
	for i := range g.problem.Services {
		s := &g.problem.Services[i]
		reserve, extra := 1+g.Tightness, 2
		if s.Mode == "bus" || s.Mode == "train" {
			reserve, extra = 1+4*g.Tightness, 12
		}
		s.Seats = []int{int(float64(g.load[i][0])*reserve) + extra, g.load[i][1] + g.random.IntN(2)}
	}
}

// Cancellation takes one service in a hundred away and allows two in a hundred
// parties to make room.
func Cancellation(p engine.Problem) engine.Change {
	c := engine.Change{Ripple: len(p.Parties) / 50}
	for i, s := range p.Services {
		if i%100 == 50 {
			c.Cancelled = append(c.Cancelled, s.ID)
		}
	}
	return c
}
