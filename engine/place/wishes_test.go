package place_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"cairn/engine/place"
	"pgregory.net/rapid"
)

// wishingTown gives each case three wishes that its scores know nothing of.
func wishingTown() place.Problem {
	p := town(300, 8, 1.05)
	draw := rand.New(rand.NewPCG(5, 5))
	for c := range p.Cases {
		for _, i := range draw.Perm(8)[:3] {
			p.Cases[c].Preferences = append(p.Cases[c].Preferences, fmt.Sprint("p", i))
		}
	}
	return p
}

func TestWishesWithinTheLossAllowed(t *testing.T) {
	p := wishingTown()
	r := solved(t, p)
	w, err := place.MeetWishes(context.Background(), r, place.WishOptions{Loss: 0.02, Options: place.Options{Work: 10_000_000}})
	if err != nil {
		t.Fatal(err)
	}
	if err := place.VerifyWishes(p, w); err != nil {
		t.Fatal(err)
	}
	if chosen := w.Frontier[w.Chosen].MeanRank; w.RankProof == nil || w.LeastRank > chosen || w.LeastRank < 0.9*chosen {
		t.Errorf("a mean rank of %v where at least %v is proven", chosen, w.LeastRank)
	}
	for name, lie := range map[string]func(w *place.Wishes, proof *place.RankProof){
		"least rank":  func(w *place.Wishes, _ *place.RankProof) { w.LeastRank *= 1.01 },
		"no proof":    func(w *place.Wishes, _ *place.RankProof) { w.RankProof = nil },
		"weight":      func(_ *place.Wishes, proof *place.RankProof) { proof.Weight = 0 },
		"price":       func(_ *place.Wishes, proof *place.RankProof) { proof.Prices.Rows = []float64{1} },
		"mean rank":   func(w *place.Wishes, _ *place.RankProof) { w.Frontier[w.Chosen].MeanRank -= 0.1 },
		"loss":        func(w *place.Wishes, _ *place.RankProof) { w.Allowed = 0 },
		"no frontier": func(w *place.Wishes, _ *place.RankProof) { w.Frontier = nil },
	} {
		lied, proof := w, *w.RankProof
		lied.RankProof, lied.Frontier = &proof, append([]place.FrontierPoint(nil), w.Frontier...)
		lie(&lied, &proof)
		if err := place.VerifyWishes(p, lied); !errors.Is(err, place.ErrVerify) {
			t.Errorf("%s: got %v, want a finding", name, err)
		}
	}
	first, chosen := w.Frontier[0], w.Frontier[w.Chosen]
	if w.Result.Value < r.Value*0.98-1e-9 {
		t.Errorf("value %v of %v: more than 2 %% is lost", w.Result.Value, r.Value)
	}
	if chosen.MeanRank >= first.MeanRank || chosen.Value != w.Result.Value {
		t.Errorf("mean rank %v, without wishes %v; chosen value %v, plan %v", chosen.MeanRank, first.MeanRank, chosen.Value, w.Result.Value)
	}
	if w.Serial.MeanRank <= 1 || w.Serial.Value >= r.Value {
		t.Errorf("serial dictatorship: %+v", w.Serial)
	}
	for k := 1; k < len(w.Frontier); k++ {
		if w.Frontier[k].Weight < w.Frontier[k-1].Weight {
			t.Errorf("the frontier is not in order: %+v", w.Frontier)
		}
	}
}

// No plan within the loss allowed has a lower mean rank than the one proven.
func TestLeastRankAgainstEveryPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		p.Cases = p.Cases[:min(4, len(p.Cases))]
		r, err := place.Solve(context.Background(), p, place.Options{Work: 100_000})
		if err != nil {
			t.Fatal(err)
		}
		w, err := place.MeetWishes(context.Background(), r, place.WishOptions{Loss: rapid.SampledFrom([]float64{0, 0.02, 0.3}).Draw(t, "loss"),
			Points: 4, Options: place.Options{Work: 100_000}})
		if err != nil {
			t.Fatal(err)
		}
		if err := place.VerifyWishes(p, w); err != nil {
			t.Fatal(err)
		}
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
			if rank, wished := rankOf(p, at); ok && wished && value >= r.Value*(1-w.Allowed) && rank < w.LeastRank-1e-9 {
				t.Fatalf("plan %v of value %v has a mean rank of %v, below %v", at, value, rank, w.LeastRank)
			}
		}
		try(0)
	})
}

// rankOf is the mean rank of a plan, and whether anybody states a wish.
func rankOf(p place.Problem, at []int) (float64, bool) {
	sum, n := 0, 0
	for c, i := range at {
		if wishes := len(p.Cases[c].Preferences); wishes > 0 {
			n++
			if i < 0 {
				sum += wishes + 1
			} else {
				sum += p.Rank(c, i)
			}
		}
	}
	return float64(sum) / float64(max(1, n)), n > 0
}

// Two cases hold each other's wish; a trade helps both and costs nothing.
func TestTradeHelpsEverybodyInIt(t *testing.T) {
	p := place.Problem{Dimensions: []string{"people"}, Cases: []place.Case{
		{ID: "a", Size: []int{2}, Preferences: []string{"X"}}, {ID: "b", Size: []int{2}, Preferences: []string{"Y"}}},
		Places: []place.Place{{ID: "X", Capacity: []int{2}}, {ID: "Y", Capacity: []int{2}}}}
	p.Scores.Table64 = []float64{0.5, 0.500001, 0.500001, 0.5}
	r := solved(t, p)
	if r.Assignments[0].Place != "Y" {
		t.Fatalf("the plan without wishes is %+v", r.Assignments)
	}
	w, err := place.MeetWishes(context.Background(), r, place.WishOptions{Loss: 0.01, Points: 1})
	if err != nil {
		t.Fatal(err)
	}
	if w.Result.Assignments[0].Place != "X" || w.Result.Assignments[1].Place != "Y" {
		t.Errorf("%+v after %d trades", w.Result.Assignments, w.Traded)
	}
	if err := place.Verify(p, w.Result); err != nil {
		t.Error(err)
	}
}

func TestWhatIf(t *testing.T) {
	p := town(300, 8, 0.9)
	p.Rows = []place.Row{{Name: "K0", Dimension: "people", Limit: 150, Countries: []string{"K0"}}}
	r := solved(t, p)
	more, err := p.MoreRoom("p1", []int{4, 0})
	if err != nil {
		t.Fatal(err)
	}
	gone, err := p.Withdraw("K1")
	if err != nil {
		t.Fatal(err)
	}
	double, err := p.Quota("K0", 300)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]place.Change{"house": more, "country": gone, "quota": double} {
		got, err := place.WhatIf(context.Background(), r, c)
		if err != nil {
			t.Fatal(name, err)
		}
		if err := place.Verify(*got.Result.Problem, got.Result); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if worse := got.After.Value < got.Before.Value; worse != (name == "country") || got.Summary == "" || len(got.Moved) == 0 {
			t.Errorf("%s: %v before, %v after, %q", name, got.Before.Value, got.After.Value, got.Summary)
		}
		if name != "country" && got.After.Value > got.Before.Bound+got.Expected+1e-6 {
			t.Errorf("%s: %v is more than the bound %v and the prices' %v allow", name, got.After.Value, got.Before.Bound, got.Expected)
		}
	}
	if _, err := p.MoreRoom("x", []int{1, 1}); !errors.Is(err, place.ErrProblem) {
		t.Errorf("unknown place: %v", err)
	}
	if _, err := p.Withdraw("x"); !errors.Is(err, place.ErrProblem) {
		t.Errorf("unknown country: %v", err)
	}
	if _, err := p.Quota("x", 1); !errors.Is(err, place.ErrProblem) {
		t.Errorf("unknown row: %v", err)
	}
}
