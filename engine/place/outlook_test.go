package place

import (
	"math"
	"math/rand/v2"
	"testing"
)

// stay are cases of 1 to 5 people, drawn evenly.
func stay(n int, seed uint64) []Case {
	draw := rand.New(rand.NewPCG(seed, 1))
	out := make([]Case, n)
	for c := range out {
		out[c].Size = []int{1 + draw.IntN(5)}
	}
	return out
}

// While the mix stays the room is not asked, however much or little there is.
func TestOutlookOfAMixThatStays(t *testing.T) {
	for seed := range uint64(20) {
		o := newOutlook(1, StreamOptions{Expected: 5000}, stay(2000, seed))
		arrivals := stay(3000, seed+100)
		for c := range arrivals {
			o.see(&arrivals[c])
		}
		for _, room := range []float64{1, 6000, 1e9} {
			if got := o.coming(0, 2000, room); math.Abs(got-6000) > 300 {
				t.Errorf("seed %d: %.0f people are expected with room for %.0f, want about 6000", seed, got, room)
			}
		}
	}
}

// Once the mix has moved, those to come may need more, up to the room, but no more than
// a move like the one seen would bring.
func TestOutlookOfAMixThatMoves(t *testing.T) {
	o := newOutlook(1, StreamOptions{Expected: 2000}, nil)
	for c := range 1000 {
		o.see(&Case{Size: []int{1 + c/500}})
	}
	for _, x := range []struct{ room, least, most float64 }{{2500 * spareRoom, 2500, 2500}, {1e9, 2500, 4000}, {1, 0, 1500}} {
		if got := o.coming(0, 1000, x.room); got < x.least || got > x.most {
			t.Errorf("%.0f people are expected with room for %.0f, want %.0f to %.0f", got, x.room, x.least, x.most)
		}
	}
	if got := o.lately(0); got.mean != 2 || got.n != 500 {
		t.Errorf("lately %+v, want the 500 cases of two", got)
	}
}

// What was stated counts, less what came, until more has come.
func TestOutlookAsStated(t *testing.T) {
	o := newOutlook(1, StreamOptions{Expected: 300, Demand: []float64{500}}, stay(1000, 1))
	for range 200 {
		o.see(&Case{Size: []int{2}})
	}
	if got := o.coming(0, 100, 1e9); got != 100 {
		t.Errorf("%v people are expected, want 500 stated less 400", got)
	}
	for range 50 {
		o.see(&Case{Size: []int{2}})
	}
	if got := o.coming(0, 50, 100*spareRoom); got != 100 {
		t.Errorf("%v people are expected, want 50 cases of two", got)
	}
}
