package place

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// many is a caseload with many places, of which a case likes a few.
func many(cases, places, dims int) Problem {
	draw := rand.New(rand.NewPCG(5, 6))
	p := Problem{Dimensions: []string{"people", "school", "medical", "rooms"}[:dims]}
	room := make([]int, dims)
	for c := range cases {
		size := make([]int, dims)
		for d := range size {
			size[d] = draw.IntN(4)
			room[d] += size[d]
		}
		size[0]++
		room[0]++
		p.Cases = append(p.Cases, Case{ID: CaseID(fmt.Sprint("c", c)), Size: size})
	}
	for i := range places {
		one := Place{ID: PlaceID(fmt.Sprint("p", i))}
		for _, n := range room {
			one.Capacity = append(one.Capacity, n*104/100/places+draw.IntN(9))
		}
		p.Places = append(p.Places, one)
	}
	p.Scores.Table = make([]float32, cases*places)
	for k := range p.Scores.Table {
		p.Scores.Table[k] = draw.Float32()
		if draw.IntN(3) == 0 {
			p.Scores.Table[k] = Closed
		}
	}
	return p
}

// Short lists find a bound as low as full sweeps do, and what they state is what the
// prices prove.
func TestShortListsLowerTheBoundAsFarAsFullSweeps(t *testing.T) {
	for _, dims := range []int{2, 3} {
		p := many(1500, 48, dims)
		in, err := compile(&p, 1)
		if err != nil {
			t.Fatal(err)
		}
		units, share := in.everybody(), in.whole()
		bound := func(descend func(s *priceSearch)) float64 {
			d := newDual(in)
			descend(&priceSearch{ctx: context.Background(), d: d, workers: 1, budget: &budget{limit: 1 << 40}})
			return d.exactBound(1)
		}
		full := bound(func(s *priceSearch) { s.descend(units, share, 600, 0.05) })
		short := bound(func(s *priceSearch) { s.descendShort(units, share, 600, 0.05, wholeGain) })
		if math.Abs(short-full) > 2e-4*full {
			t.Errorf("%d dimensions: short lists reach %.2f, full sweeps %.2f", dims, short, full)
		}
	}
}

// A sweep over the lists just made agrees with the full sweep, and never exceeds it
// elsewhere.
func TestShortSweepsAreBelowFullOnes(t *testing.T) {
	p := many(800, 40, 3)
	in, err := compile(&p, 1)
	if err != nil {
		t.Fatal(err)
	}
	units := in.everybody()
	d, draw := newDual(in), rand.New(rand.NewPCG(1, 1))
	list := newShortlist(d, units, shortEntries)
	price := make([]float64, len(in.limit))
	for range 20 {
		for r := range price {
			price[r] = 0.3 * draw.Float64()
		}
		d.set(price)
		if short, full := list.ask(1), d.ask(units, 1, nil); short.sum > full.sum+1e-3 {
			t.Fatalf("short sweep %v, full %v", short.sum, full.sum)
		}
		filled, asked := list.fill(2), list.ask(2)
		full := d.ask(units, 1, nil)
		if math.Abs(filled.sum-full.sum) > 1e-3 || math.Abs(asked.sum-full.sum) > 1e-3 {
			t.Fatalf("after filling: %v and %v, full %v", filled.sum, asked.sum, full.sum)
		}
	}
}
