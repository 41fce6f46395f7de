package route

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// town is a problem small enough to check by hand: camp → port → town by a
// cheap ship with few seats or a dear flight, times in minutes.
func town() Problem {
	return Problem{
		Kinds: []Kind{"seat", "wheelchair"},
		Stops: []Stop{{ID: "camp", Country: "AA"}, {ID: "port", Country: "BB", MinConnection: 60}, {ID: "town", Country: "CC"}},
		Services: []Service{
			{ID: "bus1", From: "camp", To: "port", Depart: 100, Arrive: 200, Seats: []int{50, 1}, CostPerSeat: 10 * Unit},
			{ID: "bus2", From: "camp", To: "port", Depart: 600, Arrive: 700, Seats: []int{50, 0}, CostPerSeat: 10 * Unit},
			{ID: "tight", From: "port", To: "town", Depart: 259, Arrive: 400, Seats: []int{50, 5}, CostPerSeat: 1 * Unit},
			{ID: "ship", From: "port", To: "town", Depart: 260, Arrive: 500, Seats: []int{4, 1}, CostPerSeat: 20 * Unit},
			{ID: "flight", From: "port", To: "town", Depart: 300, Arrive: 400, Seats: []int{10, 1}, CostPerSeat: 200 * Unit},
			{ID: "late", From: "port", To: "town", Depart: 760, Arrive: 900, Seats: []int{3, 0}, CostPerSeat: 20 * Unit},
		},
		Parties: []Party{
			{ID: "four", Origin: "camp", Destination: "town", Ready: 0, Due: 550, People: 4, Seats: []int{4, 0}},
			{ID: "two", Origin: "camp", Destination: "town", Ready: 0, Due: 550, People: 2, Seats: []int{2, 0}},
			{ID: "three", Origin: "camp", Destination: "town", Ready: 0, Due: 1000, People: 3, Seats: []int{3, 0}},
		},
		Weights: DefaultWeights(),
	}
}

func solve(t interface{ Fatal(...any) }, p Problem) Result {
	r, err := Solve(context.Background(), p, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(p, r); err != nil {
		t.Fatal(err)
	}
	return r
}

func services(r Result, id PartyID) []ServiceID {
	i := slices.IndexFunc(r.Journeys, func(j Journey) bool { return j.Party == id })
	return r.Journeys[i].Services
}

func TestSolvePutsTheLargestOnTheCheapSeats(t *testing.T) {
	r := solve(t, town())
	want := map[PartyID][]ServiceID{"four": {"bus1", "ship"}, "two": {"bus1", "flight"}, "three": {"bus2", "late"}}
	for id, journey := range want {
		if got := services(r, id); !slices.Equal(got, journey) {
			t.Errorf("%s travels by %v, want %v", id, got, journey)
		}
	}
	if r.Bound > r.Cost || !r.Complete {
		t.Errorf("bound %v, cost %v, complete %v", r.Bound, r.Cost, r.Complete)
	}
}

func TestVerifyFindsWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		damage func(*Result)
		says   string
	}{
		"overbooked":        {func(r *Result) { r.Journeys[1].Services = []ServiceID{"bus1", "ship"} }, "carries 6"},
		"connection":        {func(r *Result) { r.Journeys[0].Services = []ServiceID{"bus1", "tight"} }, "has 59 minutes"},
		"window":            {func(r *Result) { r.Journeys[1].Services = []ServiceID{"bus2", "late"} }, "outside its window"},
		"part":              {func(r *Result) { r.Journeys[0].Parts.Fare++ }, "the journey costs"},
		"sum":               {func(r *Result) { r.Cost-- }, "the journeys cost"},
		"bound":             {func(r *Result) { r.Bound++ }, "prove a bound"},
		"negative price":    {func(r *Result) { r.Prices = append(r.Prices, Price{"bus2", "seat", -1}) }, "negative"},
		"unknown service":   {func(r *Result) { r.Journeys[0].Services = []ServiceID{"bus1", "ghost"} }, "unknown service"},
		"party exchanged":   {func(r *Result) { r.Journeys[0], r.Journeys[1] = r.Journeys[1], r.Journeys[0] }, "in its place"},
		"party missing":     {func(r *Result) { r.Journeys = r.Journeys[1:] }, "2 journeys"},
		"wrong end":         {func(r *Result) { r.Journeys[0].Services = []ServiceID{"bus1"} }, "instead of"},
		"free of charge":    {func(r *Result) { r.Journeys[0].Services = nil }, "the journey costs"},
		"charter hidden":    {func(r *Result) { r.Opened = nil }, "not listed as opened"},
		"charter invented":  {func(r *Result) { r.Opened = append(r.Opened, "bus1") }, "listed as opened"},
		"purchases":         {func(r *Result) { r.Purchases--; r.Cost-- }, "charters and blocks cost"},
		"order of services": {func(r *Result) { slices.Reverse(r.Journeys[0].Services) }, "instead of"},
	} {
		t.Run(name, func(t *testing.T) {
			p := town()
			p.Services[4].OpenCost = 5 * Unit // flight
			r := solve(t, p)
			if name == "bound" {
				r.Bound = (&verifierOf{p, r}).proven()
			}
			c.damage(&r)
			if err := Verify(p, r); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("Verify says %v, want %q", err, c.says)
			}
		})
	}
}

// verifierOf finds the highest bound that Verify accepts.
type verifierOf struct {
	p Problem
	r Result
}

func (v *verifierOf) proven() Money {
	x := newVerifier(v.p)
	x.prices(v.r)
	return x.bound()
}

func TestRulesThatStopAParty(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Problem, *Party)
		rule   Rule
		help   string
	}{
		"due too early":      {func(_ *Problem, q *Party) { q.Due = 390 }, RuleWindow, "10 minutes later"},
		"ready too late":     {func(_ *Problem, q *Party) { q.Ready = 601; q.Due = 1000 }, RuleWindow, "1 minutes earlier"},
		"transit avoided":    {func(_ *Problem, q *Party) { q.Avoid = []Country{"BB"} }, RuleTransit, `"BB"`},
		"transit refused":    {func(p *Problem, q *Party) { q.VisaClass = "V" }, RuleTransit, `"BB"`},
		"longest too short":  {func(_ *Problem, q *Party) { q.Longest = 250 }, RuleLongest, "allow 50 minutes more"},
		"larger than all":    {func(_ *Problem, q *Party) { q.Seats = []int{1, 2} }, RuleSize, `1 of kind "wheelchair"`},
		"seats of others":    {func(_ *Problem, q *Party) { q.Seats = []int{0, 1}; q.Due = 550; q.Weight = 0 }, RuleSeats, `"wheelchair"`},
		"no way":             {func(p *Problem, q *Party) { q.Origin = "town"; q.Destination = "camp" }, RuleNoRoute, "add a service"},
		"dearer than unpaid": {func(p *Problem, _ *Party) { p.Weights.Unserved = Unit }, RuleTooDear, "raise"},
	} {
		t.Run(name, func(t *testing.T) {
			p := town()
			p.VisaClasses = []VisaClass{{"V", []Country{"AA", "BB", "CC"}}}
			q := Party{ID: "x", Origin: "camp", Destination: "town", Ready: 0, Due: 550, People: 1, Seats: []int{1, 0}}
			c.change(&p, &q)
			p.Parties = []Party{q}
			if c.rule == RuleSeats {
				heavier := q
				heavier.ID, heavier.People = "other", 2
				p.Parties = append(p.Parties, heavier)
			}
			r := solve(t, p)
			o := r.Journeys[0].Unserved
			if o == nil || o.Rule != c.rule || !strings.Contains(o.Help.String(), c.help) {
				t.Fatalf("obstacle %+v, want rule %q and help %q", o, c.rule, c.help)
			}
			if x := Explain(p, r, "x"); !reflect.DeepEqual(x.Obstacle, o) {
				t.Errorf("Explain says %+v", x.Obstacle)
			}
		})
	}
}

func TestExplainNamesTheNextBest(t *testing.T) {
	p := town()
	r := solve(t, p)
	x := Explain(p, r, "four")
	if !slices.Equal(x.Alternative, []ServiceID{"bus1", "flight"}) || x.AlternativeCost <= x.Journey.Parts.Total() {
		t.Errorf("next best %v for %v", x.Alternative, x.AlternativeCost)
	}
	y := Explain(p, r, "two")
	if y.Least >= y.Journey.Parts.Total() {
		t.Errorf("alone %v, crowded %v", y.Least, y.Journey.Parts.Total())
	}
	if !slices.ContainsFunc(y.Bottlenecks, func(b Bottleneck) bool { return b.Service == "ship" && b.Price > 0 }) {
		t.Errorf("bottlenecks %v lack the ship", y.Bottlenecks)
	}
	if Explain(p, r, "nobody").Obstacle == nil {
		t.Error("an unknown party was explained")
	}
}

// TestChartersOpenWhenTheyPay: eight people of four can pay for a charter that
// one party cannot.
func TestChartersOpenWhenTheyPay(t *testing.T) {
	p := town()
	p.Services[4] = Service{ID: "charter", From: "port", To: "town", Depart: 300, Arrive: 400, Seats: []int{12, 1}, CostPerSeat: Unit, OpenCost: 900 * Unit}
	p.Services[5].CostPerSeat = 300 * Unit // late
	p.Parties = p.Parties[2:]
	if r := solve(t, p); len(r.Opened) != 0 || r.Purchases != 0 {
		t.Errorf("opened %v for three people", r.Opened)
	}
	for _, id := range []PartyID{"b", "c", "d"} {
		q := p.Parties[0]
		q.ID = id
		p.Parties = append(p.Parties, q)
	}
	p.Services[3].Seats = []int{0, 0} // ship
	if r := solve(t, p); !slices.Equal(r.Opened, []ServiceID{"charter"}) || r.Purchases != 900*Unit {
		t.Errorf("opened %v for twelve people, cost %v", r.Opened, r.Purchases)
	}
}

func TestLargePartiesPayTheGroupFare(t *testing.T) {
	p := town()
	p.Services[0].GroupFares = []GroupFare{{3, 5 * Unit}, {5, Unit}}
	r := solve(t, p)
	if got := r.Journeys[0].Parts.Fare; got != 4*25*Unit {
		t.Errorf("four pay %v, want 100", got)
	}
}

// TestNightsNeedBeds: the port has beds for four, and a night lies before the
// flight, so that the second party of three stays behind.
func TestNightsNeedBeds(t *testing.T) {
	p := town()
	p.Stops[1].Beds, p.Stops[1].NightAt = 4, 280
	p.Services = slices.DeleteFunc(p.Services, func(s Service) bool { return s.ID == "ship" || s.ID == "bus2" })
	p.Parties = p.Parties[1:]
	p.Parties[0].Beds, p.Parties[1].Beds = 2, 3
	r := solve(t, p)
	if len(services(r, "three")) == 0 || len(services(r, "two")) > 0 {
		t.Errorf("with beds for four: %v", r.Journeys)
	}
	if o := r.Journeys[0].Unserved; o == nil || o.Rule != RuleNight {
		t.Errorf("obstacle %+v", o)
	}
	damaged := r
	damaged.Journeys = slices.Clone(r.Journeys)
	damaged.Journeys[0].Services = []ServiceID{"bus1", "flight"}
	if err := Verify(p, damaged); err == nil || !strings.Contains(err.Error(), "gives 5 beds in one night and has 4") {
		t.Errorf("Verify says %v", err)
	}
	p.Stops[1].Beds = 0
	if o := solve(t, p).Journeys[1].Unserved; o == nil || o.Rule != RuleNight || !strings.Contains(o.Help.String(), `3 beds at stop "port"`) {
		t.Errorf("obstacle %+v", o)
	}
}

func TestTransferOnFoot(t *testing.T) {
	p := town()
	p.Stops = append(p.Stops, Stop{ID: "station", Country: "BB", MinConnection: 10})
	p.Services = append(p.Services, Service{ID: "train", From: "station", To: "town", Depart: 230, Arrive: 300, Seats: []int{9, 0}, CostPerSeat: Unit})
	p.Transfers = []Transfer{{"port", "station", 20}}
	if got := services(solve(t, p), "four"); !slices.Equal(got, []ServiceID{"bus1", "train"}) {
		t.Errorf("travels by %v", got)
	}
	p.Transfers[0].Minutes = 21
	if got := services(solve(t, p), "four"); slices.Contains(got, "train") {
		t.Errorf("catches a train one minute too early: %v", got)
	}
}

func TestCheckNamesTheFault(t *testing.T) {
	for says, damage := range map[string]func(*Problem){
		`service "ship": arrives at minute 100`:    func(p *Problem) { p.Services[3].Arrive = 100 },
		`unknown stop "atlantis"`:                  func(p *Problem) { p.Parties[0].Destination = "atlantis" },
		`service "bus2": stands twice`:             func(p *Problem) { p.Services[0].ID = "bus2" },
		`party "two": stands twice`:                func(p *Problem) { p.Parties[0].ID = "two" },
		`service "bus1": has -1 seats`:             func(p *Problem) { p.Services[0].Seats[0] = -1 },
		`party "four": is due at minute 0, before`: func(p *Problem) { p.Parties[0].Ready, p.Parties[0].Due = 9, 0 },
		`needs 0 seats`:                            func(p *Problem) { p.Parties[0].Seats = []int{0, 0} },
		`has 1 numbers of seats`:                   func(p *Problem) { p.Parties[0].Seats = []int{1} },
		`unknown visa class "Z"`:                   func(p *Problem) { p.Parties[0].VisaClass = "Z" },
		`unserved is 0.00`:                         func(p *Problem) { p.Weights.Unserved = 0 },
		`starts and ends at "town"`:                func(p *Problem) { p.Parties[0].Origin = "town" },
		`sold in blocks of -1`:                     func(p *Problem) { p.Services[0].Block = -1 },
		`costs -1.00 to open`:                      func(p *Problem) { p.Services[0].OpenCost = -Unit },
		`group fare from 0 seats`:                  func(p *Problem) { p.Services[0].GroupFares = []GroupFare{{0, Unit}} },
		`stop "camp": stands twice`:                func(p *Problem) { p.Stops[1].ID = "camp" },
		`rate per hour`:                            func(p *Problem) { p.Weights.Ride = 1 },
	} {
		p := town()
		damage(&p)
		if _, err := Solve(context.Background(), p, Options{}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want %q", err, says)
		}
	}
}

func TestContextEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := Solve(ctx, town(), Options{})
	if err != nil || r.Complete {
		t.Fatalf("complete %v, error %v", r.Complete, err)
	}
	if err := Verify(town(), r); err != nil {
		t.Fatal(err)
	}
	if o := r.Journeys[0].Unserved; o == nil || o.Rule != RuleTimeOver {
		t.Errorf("obstacle %+v", o)
	}
}

// drawProblem makes a small problem with every rule in play.
func drawProblem(t *rapid.T) Problem {
	p := Problem{Kinds: []Kind{"seat", "chair"}, Weights: DefaultWeights(), VisaClasses: []VisaClass{{"V", []Country{"B"}}}}
	p.Weights.Unserved = Money(rapid.IntRange(50, 1000).Draw(t, "unserved")) * Unit
	stops := []StopID{"a", "b", "c", "d"}
	for i, id := range stops {
		p.Stops = append(p.Stops, Stop{ID: id, Country: Country(rapid.SampledFrom([]string{"A", "B"}).Draw(t, "country")), MinConnection: Minute(10 * i),
			Beds: rapid.IntRange(0, 3).Draw(t, "beds"), NightAt: Minute(rapid.IntRange(80, 250).Draw(t, "night"))})
	}
	if rapid.Bool().Draw(t, "walks") {
		p.Transfers = []Transfer{{"b", "c", 5}}
	}
	for i := range rapid.IntRange(0, 14).Draw(t, "services") {
		from := rapid.IntRange(0, 3).Draw(t, "from")
		depart := Minute(rapid.IntRange(0, 300).Draw(t, "depart"))
		p.Services = append(p.Services, Service{
			ID: ServiceID(rune('A' + i)), From: stops[from], To: stops[(from+rapid.IntRange(1, 3).Draw(t, "to"))%4],
			Depart: depart, Arrive: depart + Minute(rapid.IntRange(1, 90).Draw(t, "minutes")),
			Seats:       []int{rapid.IntRange(0, 5).Draw(t, "seats"), rapid.IntRange(0, 1).Draw(t, "chairs")},
			CostPerSeat: Money(rapid.IntRange(0, 300).Draw(t, "fare")) * Unit,
		})
		s := &p.Services[i]
		switch rapid.IntRange(0, 5).Draw(t, "sold") {
		case 0:
			s.OpenCost = Money(rapid.IntRange(1, 800).Draw(t, "open")) * Unit
		case 1:
			s.Block = rapid.IntRange(2, 4).Draw(t, "block")
		case 2:
			s.GroupFares = []GroupFare{{2, s.CostPerSeat * 3 / 4}, {4, s.CostPerSeat / 2}}
		}
	}
	for i := range rapid.IntRange(0, 5).Draw(t, "parties") {
		people := rapid.IntRange(1, 4).Draw(t, "people")
		q := Party{ID: PartyID(rune('P' + i)), Origin: "a", Destination: stops[rapid.IntRange(1, 3).Draw(t, "goal")],
			Ready: Minute(rapid.IntRange(0, 100).Draw(t, "ready")), Due: Minute(rapid.IntRange(100, 400).Draw(t, "due")),
			People: people, Seats: []int{people, 0}, Weight: rapid.IntRange(0, 2).Draw(t, "weight")}
		if rapid.Bool().Draw(t, "chair") {
			q.Seats = []int{people - 1, 1}
		}
		if rapid.Bool().Draw(t, "avoids") {
			q.Avoid = []Country{"B"}
		} else if rapid.Bool().Draw(t, "visa") {
			q.VisaClass = "V"
		}
		if rapid.Bool().Draw(t, "hurry") {
			q.Longest = Minute(rapid.IntRange(30, 200).Draw(t, "longest"))
		}
		if rapid.Bool().Draw(t, "sleeps") {
			q.Beds = rapid.IntRange(1, people).Draw(t, "need")
		}
		p.Parties = append(p.Parties, q)
	}
	return p
}

func TestEveryPlanVerifiesAndBoundsTheOptimum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		r, err := Solve(context.Background(), p, Options{Seed: 3, Work: 20_000})
		if err != nil {
			t.Fatal(err)
		}
		if err := Verify(p, r); err != nil {
			t.Fatal(err)
		}
		best := optimum(p)
		if r.Bound > best || r.Cost < best {
			t.Fatalf("bound %v, optimum %v, cost %v", r.Bound, best, r.Cost)
		}
		again, err := Solve(context.Background(), p, Options{Seed: 3, Work: 20_000, Workers: 4})
		if err != nil || !reflect.DeepEqual(r, again) {
			t.Fatalf("four workers give another result (%v)", err)
		}
	})
}
