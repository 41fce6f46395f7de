package place_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"cairn/engine/place"
	"pgregory.net/rapid"
)

// year is the caseload of one agency in a year: many small cases, scarce room in three
// dimensions.
func year(cases, places int, seed uint64) place.Problem {
	draw := rand.New(rand.NewPCG(seed, 9))
	p := place.Problem{Dimensions: []string{"people", "school", "medical"}}
	demand := [3]int{}
	for c := range cases {
		people := 1 + min(draw.IntN(6), draw.IntN(9))
		size := []int{people, draw.IntN(people), draw.IntN(8) / 7}
		for d, n := range size {
			demand[d] += n
		}
		p.Cases = append(p.Cases, place.Case{ID: place.CaseID(fmt.Sprint("c", c)), Size: size})
	}
	for i := range places {
		one := place.Place{ID: place.PlaceID(fmt.Sprint("p", i)), Country: fmt.Sprint("K", i%3)}
		for _, n := range demand {
			one.Capacity = append(one.Capacity, n*104/100/places+draw.IntN(2))
		}
		p.Places = append(p.Places, one)
	}
	p.Scores.Table = make([]float32, cases*places)
	for k := range p.Scores.Table {
		p.Scores.Table[k] = 0.1 + 0.9*draw.Float32()
		if draw.IntN(3) == 0 {
			p.Scores.Table[k] = place.Closed
		}
	}
	return p
}

func proven(t *testing.T, p place.Problem) place.Result {
	t.Helper()
	r, err := place.Solve(context.Background(), p, place.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := place.Verify(p, r); err != nil {
		t.Fatal(err)
	}
	if !r.Proven() {
		t.Fatalf("gap %v, want the optimum with its proof", r.Gap)
	}
	return r
}

// Small problems of every kind are solved to the optimum, which is what trying all plans
// finds.
func TestSmallProblemsAreSolvedToTheOptimum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		if len(p.Cases) > 4 {
			p.Cases = p.Cases[:4]
		}
		p.Scores.Table64 = make([]float64, len(p.Cases)*len(p.Places))
		for k := range p.Scores.Table64 {
			p.Scores.Table64[k] = rapid.SampledFrom([]float64{place.Closed, -1, 0, 0.3, 0.7, 0.71, 1.3}).Draw(t, "score")
		}
		r, err := place.Solve(context.Background(), p, place.Options{Seed: 1, Work: 20_000_000})
		if err != nil {
			t.Fatal(err)
		}
		if err := place.Verify(p, r); err != nil {
			t.Fatal(err)
		}
		best := bestValue(p)
		for c, cs := range p.Cases {
			if cs.Fixed != "" && (r.Assignments[c].Place == "" || r.Assignments[c].Value <= 0) {
				return // the proof is about plans that keep accepted cases
			}
		}
		if slices.ContainsFunc(p.Cases, func(c place.Case) bool { return c.Fixed != "" }) {
			if r.Value > best+1e-6 {
				t.Fatalf("value %v is above every plan's %v", r.Value, best)
			}
			return
		}
		if math.Abs(r.Value-best) > 1e-6 || math.Abs(r.Bound-best) > 1e-6 {
			t.Fatalf("value %v and bound %v, the best plan has %v", r.Value, r.Bound, best)
		}
	})
}

func TestAYearOfOneAgencyIsProven(t *testing.T) {
	for seed := range uint64(3) {
		p := year(120, 8, seed)
		p.Cases[3].Tie, p.Cases[4].Tie = "t", "t"
		p.Cases[7].Fixed = "p1"
		p.Scores.Table[7*8+1] = 0.5
		p.Rows = []place.Row{{Name: "quota", Dimension: "people", Limit: 60, Countries: []string{"K0"}}}
		if r := proven(t, p); len(r.Proof.Tree) == 0 {
			t.Error("a proof without a tree")
		}
	}
}

// A proof that was tampered with so that it says more than it shows is found out.
func TestVerifyFindsTamperedProofs(t *testing.T) {
	p := year(150, 8, 4)
	for name, tamper := range map[string]func(*place.Proof) bool{
		"tighter cut": func(x *place.Proof) bool {
			for n := range x.Cuts {
				x.Cuts[n].Limit = max(0, x.Cuts[n].Limit-2)
			}
			return len(x.Cuts) > 0
		},
		"heavier cut": func(x *place.Proof) bool {
			for n := range x.Cuts {
				x.Cuts[n].Coefficients = slices.Clone(x.Cuts[n].Coefficients)
				x.Cuts[n].Coefficients[0] = x.Cuts[n].Limit + 1
			}
			return len(x.Cuts) > 0
		},
		"missing leaf":  func(x *place.Proof) bool { x.Tree = x.Tree[:len(x.Tree)-1]; return true },
		"second tree":   func(x *place.Proof) bool { x.Tree = append(x.Tree, x.Tree[len(x.Tree)-1]); return true },
		"empty tree":    func(x *place.Proof) bool { x.Tree = nil; return true },
		"no such case":  func(x *place.Proof) bool { x.Tree = []place.Branch{{Case: 999}}; return true },
		"no such place": func(x *place.Proof) bool { x.Tree = []place.Branch{{Place: -1}}; return true },
		"no such price": func(x *place.Proof) bool {
			x.Rounds[0].Limits = []place.ProofPrice{{At: 1 << 30, Price: 1}}
			return true
		},
		"negative price": func(x *place.Proof) bool {
			x.Rounds[0].Limits = []place.ProofPrice{{At: 0, Price: -1}}
			return true
		},
		"lower value":  func(x *place.Proof) bool { x.Value *= 0.9; return true },
		"higher value": func(x *place.Proof) bool { x.Value *= 1.1; return true },
		"value is NaN": func(x *place.Proof) bool { x.Value = math.NaN(); return true },
		"cheap leaf": func(x *place.Proof) bool {
			x.Rounds = nil
			return true
		},
	} {
		r := proven(t, p)
		if !tamper(r.Proof) {
			t.Fatalf("%s: nothing to tamper with", name)
		}
		if err := place.Verify(p, r); !errors.Is(err, place.ErrVerify) {
			t.Errorf("%s: got %v, want a finding", name, err)
		}
	}
}

func TestTheProofIsTheSameEachTime(t *testing.T) {
	p := year(150, 8, 4)
	first := proven(t, p)
	again := proven(t, p)
	if first.Value != again.Value || len(first.Proof.Tree) != len(again.Proof.Tree) || len(first.Proof.Cuts) != len(again.Proof.Cuts) {
		t.Error("two runs differ")
	}
}

// When the work does not do for a proof, the gap is stated and still checks.
func TestAnUnfinishedProofIsHonest(t *testing.T) {
	p := year(300, 15, 6)
	r, err := place.Solve(context.Background(), p, place.Options{Seed: 1, Work: 12_000_000})
	if err != nil {
		t.Fatal(err)
	}
	if err := place.Verify(p, r); err != nil {
		t.Fatal(err)
	}
	if r.Gap <= 1e-6 || r.Proven() {
		t.Errorf("gap %v", r.Gap)
	}
}
