// Package place measures the placement engine on generated caseloads: family
// sizes and needs as in resettlement, three dimensions (people, school places,
// medical places), supply a little above demand, about 70 % of pairs
// compatible.
//
//	go test ./bench/place -run '^$' -bench . -benchtime 1x
package place

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"cairn/engine/place"
)

// Shape says what to generate.
type Shape struct {
	Cases, Places int
	// Supply is capacity over demand, in each dimension, for example 1.05.
	Supply float64
	// Compatible is the share of pairs with an open gate.
	Compatible float64
	// Spread is how many times larger the largest place may be than the
	// smallest.
	Spread float64
	// Wishes, when above 0, replaces the scores by that many ranked countries
	// and places for each case, which the default score turns into few distinct
	// values.
	Wishes int
	// Families are the relative shares of cases with 1, 2, … people; nil is Resettled.
	Families []float64
	// Groups, when above 0, divides the cases into that many groups, each half as
	// large as the one before, whose chances differ.
	Groups int
	// Ranked, when above 0, gives each case that many ranked places beside its
	// scores: some places are popular, the rest is taste.
	Ranked int
	// Alike is how much a score counts in that taste: 0 leaves wishes without regard
	// to outcomes.
	Alike float64
	Seed  uint64
}

// Relative shares of cases with 1, 2, … people; they are scaled to add up to 1.
var (
	// Resettled families: many live alone.
	Resettled = []float64{.38, .09, .10, .11, .09, .04, .02, .015, .01, .005}
	// LargeFamilies are those of a camp from which families are chosen first.
	LargeFamilies = []float64{.05, .08, .12, .16, .18, .15, .11, .08, .05, .02}
)

// Generate makes a caseload. Scores rise with an employability of the case, a
// quality of the place and how the two suit each other.
func Generate(s Shape) place.Problem {
	draw := rand.New(rand.NewPCG(s.Seed, 1))
	p := place.Problem{Dimensions: []string{"people", "school", "medical"}}
	demand := [3]float64{}
	for c := range s.Cases {
		size := caseSize(s.Families, draw)
		for d, n := range size {
			demand[d] += float64(n)
		}
		p.Cases = append(p.Cases, place.Case{ID: place.CaseID(fmt.Sprintf("c%d", c)), Size: size})
	}
	share := make([]float64, s.Places)
	sum := 0.0
	for i := range share {
		share[i] = 1 + (s.Spread-1)*draw.Float64()
		sum += share[i]
	}
	for i := range share {
		capacity := make([]int, 3)
		for d := range capacity {
			capacity[d] = int(math.Ceil(demand[d] * s.Supply * share[i] / sum))
		}
		p.Places = append(p.Places, place.Place{ID: place.PlaceID(fmt.Sprintf("p%d", i)),
			Country: fmt.Sprintf("K%d", i%7), Capacity: capacity})
	}
	if s.Wishes > 0 {
		wish(&p, s, draw)
	} else {
		group := groups(&p, s)
		p.Scores.Table = scores(s, group, draw)
		rank(&p, s)
	}
	return p
}

// groups gives each case a group and returns its number; nil without groups.
func groups(p *place.Problem, s Shape) []int {
	if s.Groups == 0 {
		return nil
	}
	draw := rand.New(rand.NewPCG(s.Seed, 2))
	out := make([]int, s.Cases)
	for c := range out {
		for out[c] < s.Groups-1 && draw.Float64() < 0.5 {
			out[c]++
		}
		p.Cases[c].Group = fmt.Sprintf("g%d", out[c])
	}
	return out
}

// rank gives each case its ranked places, from all of them, open or not.
func rank(p *place.Problem, s Shape) {
	if s.Ranked == 0 {
		return
	}
	draw := rand.New(rand.NewPCG(s.Seed, 3))
	popular := make([]float64, s.Places)
	for i := range popular {
		popular[i] = draw.NormFloat64()
	}
	order, liking := make([]int, s.Places), make([]float64, s.Places)
	for c := range p.Cases {
		for i := range liking {
			order[i], liking[i] = i, popular[i]+draw.NormFloat64()
			if x := p.Score(c, i); x > place.Closed {
				liking[i] += s.Alike * x
			}
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(liking[b], liking[a]) })
		for _, i := range order[:min(s.Ranked, s.Places)] {
			p.Cases[c].Preferences = append(p.Cases[c].Preferences, string(p.Places[i].ID))
		}
	}
}

// wish gives each case ranked preferences and closes the pairs that are not
// compatible by forbidding them.
func wish(p *place.Problem, s Shape, draw *rand.Rand) {
	for c := range p.Cases {
		cs := &p.Cases[c]
		for k := range s.Wishes {
			at := p.Places[int(float64(s.Places)*math.Pow(draw.Float64(), 2))]
			if k%2 == 0 {
				cs.Preferences = append(cs.Preferences, string(at.ID))
			} else {
				cs.Preferences = append(cs.Preferences, at.Country)
			}
		}
		for i := range p.Places {
			if draw.Float64() >= s.Compatible {
				cs.Forbidden = append(cs.Forbidden, p.Places[i].ID)
			}
		}
	}
}

func caseSize(families []float64, draw *rand.Rand) []int {
	if families == nil {
		families = Resettled
	}
	total := 0.0
	for _, x := range families {
		total += x
	}
	x, people := draw.Float64()*total, 1
	for k, share := range families {
		if x -= share; x < 0 {
			people = k + 1
			break
		}
	}
	size := []int{people, 0, 0}
	for range max(0, people-2) {
		if draw.Float64() < 0.6 {
			size[1]++
		}
	}
	for range people {
		if draw.Float64() < 0.06 {
			size[2]++
		}
	}
	return size
}

func scores(s Shape, group []int, draw *rand.Rand) []float32 {
	const traits = 4
	place4 := make([][traits]float64, s.Places)
	quality := make([]float64, s.Places)
	for i := range place4 {
		quality[i] = draw.NormFloat64() * 0.5
		for t := range traits {
			place4[i][t] = draw.NormFloat64() * 0.4
		}
	}
	out := make([]float32, s.Cases*s.Places)
	for c := range s.Cases {
		able := draw.NormFloat64() * 0.8
		if group != nil {
			able -= 0.6 * float64(group[c])
		}
		own := [traits]float64{}
		for t := range traits {
			own[t] = draw.NormFloat64()
		}
		for i := range s.Places {
			x := able + quality[i] + draw.NormFloat64()*0.3
			for t := range traits {
				x += own[t] * place4[i][t]
			}
			out[c*s.Places+i] = float32(1 / (1 + math.Exp(1-x)))
			if draw.Float64() >= s.Compatible {
				out[c*s.Places+i] = place.Closed
			}
		}
	}
	return out
}
