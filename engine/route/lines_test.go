package route

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestStretchesMoveTogether holds that what stretches add is a step upwards: the excess
// times its own direction is the norm. Seats left aside do not move, and where every
// departure lacks the same, all prices of the line move alike.
func TestStretchesMoveTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Problem{Kinds: []Kind{"seat", "bed"}, Stops: []Stop{{ID: "a"}, {ID: "b"}, {ID: "c"}}, Weights: DefaultWeights()}
		for i := range rapid.IntRange(1, 40).Draw(t, "services") {
			to := rapid.SampledFrom([]StopID{"b", "c"}).Draw(t, "to")
			p.Services = append(p.Services, Service{ID: ServiceID(rune('A' + i)), From: "a", To: to, Depart: Minute(i), Arrive: Minute(i + 9), Seats: []int{4, i % 2}})
		}
		n := newNetwork(p)
		l := newLines(n)
		size := len(n.seats)
		excess, weight, direction := make([]float64, size), make([]float64, size), make([]float64, size)
		same := rapid.Bool().Draw(t, "all alike")
		for i := range excess {
			excess[i], weight[i] = rapid.Float64Range(-5, 5).Draw(t, "excess"), rapid.SampledFrom([]float64{0, 1, 3}).Draw(t, "weight")
			if same {
				excess[i], weight[i] = 2, 1
			}
		}
		norm := l.spread(excess, weight, direction)
		if again := l.spread(excess, weight, nil); again != norm {
			t.Fatalf("the norm is %v, without directions %v", norm, again)
		}
		sum := 0.0
		for i, d := range direction {
			sum += d * excess[i]
			if weight[i] == 0 && d != 0 {
				t.Fatalf("seat %d was left aside and moves by %v", i, d)
			}
		}
		if math.Abs(sum-norm) > 1e-9*(1+norm) || norm < 0 {
			t.Fatalf("excess times direction is %v, the norm %v", sum, norm)
		}
		for _, members := range l.members {
			for _, i := range members {
				if same && math.Abs(direction[i]-direction[members[0]]) > 1e-9 {
					t.Fatalf("one line moves by %v and by %v", direction[members[0]], direction[i])
				}
			}
		}
	})
}
