package place

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"
)

// twins is a problem in which every case stands several times over.
func twins(cases, places, times int) Problem {
	p := many(cases, places, 2)
	once := p.Cases
	p.Cases = nil
	scores := p.Scores.Table
	p.Scores.Table = nil
	for n := range times {
		for _, c := range once {
			c.ID = CaseID(fmt.Sprintf("%s-%d", c.ID, n))
			p.Cases = append(p.Cases, c)
		}
		p.Scores.Table = append(p.Scores.Table, scores...)
	}
	for i := range p.Places {
		for d := range p.Places[i].Capacity {
			p.Places[i].Capacity[d] *= times
		}
	}
	return p
}

// A crowd asks units that are alike once and answers what all of them would.
func TestACrowdAnswersForThoseWhoAreAlike(t *testing.T) {
	p := twins(200, 12, 5)
	in, err := compile(&p, 1)
	if err != nil {
		t.Fatal(err)
	}
	one := in.everybody()
	if len(one.units) > 200 {
		t.Fatalf("%d of %d units are asked, at most 200 differ", len(one.units), len(in.members))
	}
	each := crowd{times: make([]float64, len(in.members))}
	for u := range in.members {
		each.units, each.times[u] = append(each.units, int32(u)), 1
	}
	d := newDual(in)
	for round := range 3 {
		price := make([]float64, len(in.limit))
		for r := range price {
			price[r] = float64(round) * 0.05 * float64(r%7)
		}
		d.set(price)
		few, all := d.ask(one, 2, nil), d.ask(each, 2, nil)
		if math.Abs(few.sum-all.sum) > 1e-6*math.Abs(all.sum) {
			t.Errorf("the crowd is worth %v, everybody %v", few.sum, all.sum)
		}
		for r := range all.load {
			if math.Abs(few.load[r]-all.load[r]) > 1e-6 {
				t.Fatalf("row %d: the crowd brings %v, everybody %v", r, few.load[r], all.load[r])
			}
		}
	}
}

// Cases that differ in their size, their group's rows or one score are not taken for one.
func TestWhoDiffersIsAskedForItself(t *testing.T) {
	p := twins(1, 3, 4)
	p.Cases[1].Size = append([]int{}, p.Cases[1].Size...)
	p.Cases[1].Size[0]++
	p.Cases[2].Group = "other"
	p.Rows = []Row{{Name: "r", Dimension: p.Dimensions[0], Limit: 100, Groups: []string{"other"}}}
	p.Scores.Table[3*3+2] = 0.75
	in, err := compile(&p, 1)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(in.everybody().units); n != 4 {
		t.Errorf("%d are asked, all four differ", n)
	}
}

// A search ends at a gap that is good enough, with less work, and says so.
func TestASearchEndsWhereItIsGoodEnough(t *testing.T) {
	p := twins(400, 16, 6)
	whole, err := Solve(context.Background(), p, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	enough := max(0.01, 2*whole.Gap)
	r, err := Solve(context.Background(), p, Options{Seed: 1, Enough: enough})
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(p, r); err != nil {
		t.Error(err)
	}
	if r.Status != GoodEnough || r.Gap > enough || r.Work >= whole.Work {
		t.Errorf("%q at a gap of %.4f after %d looks: want %q within %.4f in under %d", r.Status, r.Gap, r.Work, GoodEnough, enough, whole.Work)
	}
	for _, x := range []float64{-0.1, 1, math.NaN()} {
		if _, err := Solve(context.Background(), p, Options{Enough: x}); !errors.Is(err, ErrProblem) {
			t.Errorf("a gap of %v is taken for good enough: %v", x, err)
		}
	}
}

// A plan for many alike households is as good as its proof says, whoever is asked.
func TestTwinsArePlacedCloseToTheBound(t *testing.T) {
	p := twins(300, 12, 6)
	r, err := Solve(context.Background(), p, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(p, r); err != nil {
		t.Fatal(err)
	}
	if r.Gap > 0.002 {
		t.Errorf("the gap is %.4f", r.Gap)
	}
}
