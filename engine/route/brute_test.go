package route

import "slices"

// optimum tries all journeys of all parties, by Verify's own account of rules.
func optimum(p Problem) Money {
	var choices [][]Journey
	for i := range p.Parties {
		choices = append(choices, journeys(p, &p.Parties[i]))
	}
	left := map[ServiceID][]int{}
	for _, s := range p.Services {
		left[s.ID] = slices.Clone(s.Seats)
	}
	best, beds := never, map[bed]int{}
	var try func(i int, sum Money)
	try = func(i int, sum Money) {
		if i == len(p.Parties) {
			best = min(best, sum+bought(p, left))
		}
		if i == len(p.Parties) || sum >= best {
			return
		}
		for _, j := range choices[i] {
			seated, abed := take(left, j, p.Parties[i].Seats, -1), sleep(p, i, j, beds, 1)
			if seated && abed {
				try(i+1, sum+j.Parts.Total())
			}
			take(left, j, p.Parties[i].Seats, 1)
			sleep(p, i, j, beds, -1)
		}
	}
	try(0, 0)
	return best
}

// slept reports whether the one journey followed finds beds.
func (v *verifier) slept() bool {
	for b, n := range v.beds {
		if n > v.stops[b.stop].Beds {
			return false
		}
	}
	return true
}

// bought is what charters and blocks cost, given the seats left.
func bought(p Problem, left map[ServiceID][]int) (sum Money) {
	for _, s := range p.Services {
		used := 0
		for k, n := range left[s.ID] {
			used += s.Seats[k] - n
		}
		if used > 0 {
			sum += s.OpenCost
		}
		for ; s.Block > 1 && used%s.Block > 0; used++ {
			sum += s.CostPerSeat
		}
	}
	return sum
}

// sleep takes beds in a naive way, or gives them back; false when a stop has too few.
func sleep(p Problem, party int, j Journey, taken map[bed]int, sign int) bool {
	ok, arrived := true, Minute(0)
	for i, id := range j.Services {
		s := p.Services[slices.IndexFunc(p.Services, func(s Service) bool { return s.ID == id })]
		stop := p.Stops[slices.IndexFunc(p.Stops, func(x Stop) bool { return x.ID == s.From })]
		for at := arrived; i > 0 && at < s.Depart; at++ {
			if b := (bed{stop.ID, at}); at%(24*60) == stop.NightAt {
				taken[b] += sign * p.Parties[party].Beds
				ok = ok && (taken[b] <= stop.Beds || p.Parties[party].Beds == 0)
			}
		}
		arrived = s.Arrive
	}
	return ok
}

func take(left map[ServiceID][]int, j Journey, seats []int, sign int) bool {
	ok := true
	for _, s := range j.Services {
		for k, c := range seats {
			left[s][k] += sign * c
			ok = ok && left[s][k] >= 0
		}
	}
	return ok
}

// journeys lists every journey that keeps the party's rules, and staying.
func journeys(p Problem, q *Party) []Journey {
	list := []Journey{{Party: q.ID, Parts: CostParts{Unserved: Money(q.People) * p.Weights.Unserved}}}
	var extend func(path []Service)
	extend = func(path []Service) {
		if n := len(path); n > 0 && path[n-1].To == q.Destination {
			j := Journey{Party: q.ID}
			for _, s := range path {
				j.Services = append(j.Services, s.ID)
			}
			v := newVerifier(p)
			v.charge(q, path, &j.Parts)
			if v.travel(q, &j, &CostParts{}); len(v.faults) == 0 && v.slept() {
				list = append(list, j)
			}
			return
		}
		for _, s := range p.Services {
			if n := len(path); n == 0 && s.From == q.Origin || n > 0 && s.Depart >= path[n-1].Arrive {
				extend(append(slices.Clone(path), s))
			}
		}
	}
	extend(nil)
	return list
}
