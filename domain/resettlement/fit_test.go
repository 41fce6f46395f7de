package resettlement

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"cairn/blueprint"
	"cairn/value"
)

// pastOf makes households in towns of three countries; who speaks the language finds
// work more often.
func pastOf(n int) ([]past, map[string]*reception) {
	places := map[string]*reception{}
	for i, code := range []string{"CAN", "CHE", "AUS"} {
		places[code] = &reception{ID: code, Country: code, Languages: []string{"en"}, Capacity: map[string]int64{People: int64(50 * (i + 1))}}
	}
	draw := rand.New(rand.NewPCG(3, uint64(n)))
	var out []past
	for i := range n {
		p := past{place: []string{"CAN", "CAN", "CHE", "AUS"}[i%4], day: day}
		p.id = fmt.Sprint("c", i)
		p.wishes = []string{[]string{"CAN", "CHE"}[draw.IntN(2)]}
		speaks := draw.IntN(2)
		for range 1 + draw.IntN(3) {
			p.members = append(p.members, person{birth: fmt.Sprint(1900 + draw.IntN(50)), languages: []string{"hu", "en"}[speaks : speaks+1]})
		}
		p.came = draw.Float64() < 0.3+0.4*float64(speaks)
		out = append(out, p)
	}
	return out, places
}

func TestLearningNeedsHistory(t *testing.T) {
	o := AskedOutcome{Outcome: OutcomeWork, Days: 90}
	for n, countries := range map[int]int{60: -1, 150: -1, 190: 0, 400: 2} {
		known, places := pastOf(n)
		m, err := learn(known, places, o)
		if countries < 0 {
			if blueprint.FaultOf(err) != blueprint.Conflict {
				t.Errorf("of %d: %v", n, err)
			}
			continue
		}
		if err != nil || len(m.Countries) != countries || len(m.Features) != 8+countries || slices.Contains(m.Countries, "CAN") || len(m.Halves) != 2 {
			t.Errorf("of %d: %v %+v", n, err, m)
		}
	}
}

// TestScoresSayWhereNotWhether holds that a household's scores average to one half,
// whatever its prospects, and that the place whose language it speaks is the better one.
func TestScoresSayWhereNotWhether(t *testing.T) {
	known, places := pastOf(600)
	m, err := learn(known, places, AskedOutcome{Outcome: OutcomeWork, Days: 90})
	if err != nil {
		t.Fatal(err)
	}
	offers := []reception{{ID: "a", Country: "CAN", Languages: []string{"en"}, Capacity: map[string]int64{People: 50}},
		{ID: "b", Country: "CAN", Languages: []string{"fr"}, Capacity: map[string]int64{People: 50}}}
	waiting := []household{{members: []person{{birth: "1935", languages: []string{"en"}}}},
		{members: []person{{birth: "1880", languages: []string{"hu"}, needs: []string{"wheelchair"}}, {birth: "1950"}}}}
	table := m.scores(&m.Fit, waiting, offers, value.Date{Year: 1957, Month: 1, Day: 5})
	for i := range waiting {
		if sum := table[2*i] + table[2*i+1]; sum < 0.999 || sum > 1.001 {
			t.Errorf("household %d: %v", i, table)
		}
	}
	if table[0] <= table[1] || table[2] != table[3] {
		t.Errorf("the language decides nothing, or for who speaks neither: %v", table)
	}
}
