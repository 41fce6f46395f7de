package place_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"cairn/engine/place"
	"pgregory.net/rapid"
)

// groupsOf adds up each group's value in a plan.
func groupsOf(p place.Problem, at []int) map[string]float64 {
	out := map[string]float64{}
	for c, i := range at {
		if i >= 0 {
			out[p.Cases[c].Group] += p.Weight(c) * (p.Score(c, i) + p.PlacingBonus)
		}
	}
	return out
}

// bestFair tries every plan that keeps the floors.
func bestFair(p place.Problem, floors map[string]float64) float64 {
	best := math.Inf(-1)
	at := make([]int, len(p.Cases))
	var try func(c int)
	try = func(c int) {
		if c < len(p.Cases) {
			for at[c] = -1; at[c] < len(p.Places); at[c]++ {
				try(c + 1)
			}
			return
		}
		value, ok := planOf(p, at)
		got := groupsOf(p, at)
		for g, floor := range floors {
			ok = ok && got[g] >= floor-1e-9
		}
		if ok {
			best = max(best, value)
		}
	}
	try(0)
	return best
}

func TestFairAgainstEveryPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		p.Cases = p.Cases[:min(4, len(p.Cases))]
		for c := range p.Cases {
			p.Cases[c].Group = rapid.SampledFrom([]string{"a", "b"}).Draw(t, "group")
		}
		share := rapid.Float64Range(0, 1).Draw(t, "share")
		f, err := place.Fair(context.Background(), p, place.FairOptions{Share: share, Options: place.Options{Work: 100_000}})
		if err != nil {
			t.Fatal(err)
		}
		if err := place.VerifyFair(p, f); err != nil {
			t.Fatal(err)
		}
		floors := map[string]float64{}
		for _, g := range f.Groups {
			floors[g.Group] = g.Floor
		}
		best := bestFair(p, floors)
		if f.Bound < best-1e-6 {
			t.Fatalf("bound %v is below a fair plan's %v", f.Bound, best)
		}
		if f.Kept && f.Result.Value > best+1e-6 {
			t.Fatalf("value %v is above every fair plan's %v", f.Result.Value, best)
		}
		if f.Impossible != "" && !math.IsInf(best, -1) {
			t.Fatalf("%s, yet there is a plan of %v", f.Impossible, best)
		}
	})
}

// fairTown has a small group that the best plan treats badly: its scores are low.
func fairTown() place.Problem {
	p := town(400, 8, 0.8)
	for c := range p.Cases {
		p.Cases[c].Group = "many"
		if c%8 == 0 {
			p.Cases[c].Group = "few"
			for i := range p.Places {
				if k := c*len(p.Places) + i; p.Scores.Table[k] > place.Closed {
					p.Scores.Table[k] *= 0.5
				}
			}
		}
	}
	return p
}

func TestFloorsCostLittleAndAreKept(t *testing.T) {
	p := fairTown()
	before := solved(t, p)
	unfair := map[string]float64{}
	for c, a := range before.Assignments {
		unfair[p.Cases[c].Group] += a.Value
	}
	f, err := place.Fair(context.Background(), p, place.FairOptions{Share: 0.6, Options: place.Options{Work: 5_000_000}})
	if err != nil {
		t.Fatal(err)
	}
	few := f.Groups[0]
	if few.Group != "few" || unfair["few"] >= few.Floor {
		t.Fatalf("the floor %v asks nothing of the plan that gives %v", few.Floor, unfair["few"])
	}
	if !f.Kept || few.Value < few.Floor || few.Price <= 0 || f.Price <= 0 || f.Gap > 0.01 {
		t.Fatalf("kept %v, %+v, price %v, gap %v", f.Kept, few, f.Price, f.Gap)
	}
	if err := place.VerifyFair(p, f); err != nil {
		t.Fatal(err)
	}
	for name, lie := range map[string]func(*place.Fairness){
		"bound":       func(f *place.Fairness) { f.Bound *= 0.99 },
		"group value": func(f *place.Fairness) { f.Groups[0].Value *= 1.1 },
		"floor":       func(f *place.Fairness) { f.Groups[0].Floor *= 0.5 },
		"group price": func(f *place.Fairness) { f.Groups[0].Price = -1 },
		"no group":    func(f *place.Fairness) { f.Groups = f.Groups[1:] },
		"plan":        func(f *place.Fairness) { f.Result.Assignments[0].Value++ },
	} {
		lied := f
		lied.Groups = append([]place.GroupShare(nil), f.Groups...)
		lied.Result.Assignments = append([]place.Assignment(nil), f.Result.Assignments...)
		lie(&lied)
		if err := place.VerifyFair(p, lied); !errors.Is(err, place.ErrVerify) {
			t.Errorf("%s: got %v, want a finding", name, err)
		}
	}
}

func TestMaxMinRaisesTheLeast(t *testing.T) {
	p := fairTown()
	o := place.Options{Work: 5_000_000}
	low, err := place.Fair(context.Background(), p, place.FairOptions{Share: 0, Options: o})
	if err != nil {
		t.Fatal(err)
	}
	high, err := place.Fair(context.Background(), p, place.FairOptions{MaxMin: true, Options: o})
	if err != nil {
		t.Fatal(err)
	}
	if err := place.VerifyFair(p, high); err != nil {
		t.Fatal(err)
	}
	if high.Highest < high.Share || high.Share < 0.98*high.Highest || high.Gap > 0.02 {
		t.Errorf("a share of %v where %v is the highest, at a gap of %v", high.Share, high.Highest, high.Gap)
	}
	for name, lie := range map[string]func(f *place.Fairness, proof *place.HighestProof){
		"share":    func(f *place.Fairness, _ *place.HighestProof) { f.Highest *= 0.999 },
		"no proof": func(f *place.Fairness, _ *place.HighestProof) { f.HighestProof = nil },
		"weight":   func(_ *place.Fairness, proof *place.HighestProof) { proof.Weights = []float64{1, 2} },
		"nothing":  func(_ *place.Fairness, proof *place.HighestProof) { proof.Weights = []float64{0, 1} },
		"price":    func(_ *place.Fairness, proof *place.HighestProof) { proof.Prices.Places = nil },
	} {
		lied, proof := high, *high.HighestProof
		lied.HighestProof = &proof
		lie(&lied, &proof)
		if err := place.VerifyFair(p, lied); !errors.Is(err, place.ErrVerify) {
			t.Errorf("%s: got %v, want a finding", name, err)
		}
	}
	least := func(f place.Fairness) float64 {
		return min(f.Groups[0].Value/f.Groups[0].Alone, f.Groups[1].Value/f.Groups[1].Alone)
	}
	if least(high) <= least(low) || !high.Kept {
		t.Errorf("the least share is %v with max-min and %v without", least(high), least(low))
	}
}
