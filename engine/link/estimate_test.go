package link

import (
	"math"
	"slices"
	"testing"
)

// reviewsOf answers a sample as the truth does.
func reviewsOf(r Result, truth, sample []int) []Finding {
	var reviews []Finding
	for _, i := range sample {
		p := r.Pairs[i]
		reviews = append(reviews, Finding{i, truth[p.A] == truth[p.B]})
	}
	return reviews
}

// statedScores are precision and recall over the stated pairs.
func statedScores(r Result, truth []int) (precision, recall float64) {
	var hit, claimed, real float64
	for _, p := range r.Pairs {
		same := truth[p.A] == truth[p.B]
		if same {
			real++
		}
		if p.Verdict == Same {
			claimed++
			if same {
				hit++
			}
		}
	}
	return hit / claimed, hit / real
}

func (i Interval) holds(x float64) bool { return x >= i.Low-1e-9 && x <= i.High+1e-9 }

// TestIntervalsHoldTheTruth holds that reviewed intervals hold the true figures in
// most of many registers, and get narrower the more was reviewed.
func TestIntervalsHoldTheTruth(t *testing.T) {
	const registers = 20
	held, width := map[int]int{}, map[int]float64{}
	for seed := range uint64(registers) {
		p, truth := register(100+seed, 250, 0.3)
		p.Columns = slices.Clone(p.Columns)
		p.Columns[2].Kind, p.Columns[4].Kind = Ignore, Ignore // without birth dates the engine errs
		r := solved(t, p, Options{Seed: 1})
		precision, recall := statedScores(r, truth)
		for _, size := range []int{20, 80} {
			q, err := Reviewed(r, reviewsOf(r, truth, Sample(r, size, seed)))
			if err != nil {
				t.Fatal(err)
			}
			if q.Precision.holds(precision) && q.Recall.holds(recall) {
				held[size]++
			}
			width[size] += q.Precision.High - q.Precision.Low
		}
	}
	for size, n := range held {
		if n < registers*7/10 {
			t.Errorf("with %d reviews the intervals hold the truth in %d of %d registers", size, n, registers)
		}
	}
	if len(held) != 2 || width[80] >= width[20] {
		t.Errorf("more reviews do not narrow the interval: %v", width)
	}
}

func TestReviewsOfAllAreExact(t *testing.T) {
	p, truth := register(31, 300, 0.3)
	r := solved(t, p, Options{Seed: 1})
	all := Sample(r, 100*len(r.Pairs), 1)
	if len(all) != len(r.Pairs) {
		t.Fatalf("a sample of all has %d of %d pairs", len(all), len(r.Pairs))
	}
	q, err := Reviewed(r, reviewsOf(r, truth, all))
	precision, recall := statedScores(r, truth)
	if err != nil || !q.Precision.holds(precision) && abs(q.Precision.Value-precision) > 0.01 || abs(q.Recall.Value-recall) > 0.01 {
		t.Errorf("quality %+v, the truth is %.4f and %.4f, error %v", q, precision, recall, err)
	}
	if !slices.Equal(Sample(r, 30, 5), Sample(r, 30, 5)) || len(Sample(r, 30, 5)) < 30 || len(Sample(r, 30, 5)) > 30+2*len(strata) {
		t.Errorf("a sample of 30 has %d pairs or changes", len(Sample(r, 30, 5)))
	}
	for _, bad := range [][]Finding{{{Pair: -1}}, {{Pair: len(r.Pairs)}}, {{Pair: 0}, {Pair: 0}}} {
		if _, err := Reviewed(r, bad); err == nil {
			t.Errorf("the reviews %v are not refused", bad)
		}
	}
}

func TestExpectedIsNearTheTruth(t *testing.T) {
	p, truth := register(33, 1500, 0.3)
	r := solved(t, p, Options{Seed: 1})
	precision, _ := pairScores(r.Clusters, truth)
	if q := Expected(r); !q.Precision.holds(precision) || q.Precision.Value != r.Precision || q.Recall.Value != r.Recall {
		t.Errorf("expected %+v, precision is %.4f", q, precision)
	}
	if q := Expected(Result{}); q.Precision.Low != 0 || q.Precision.High != 1 {
		t.Errorf("nothing stated, but expected %+v", q)
	}
}

func TestQueueAsksWhatIsWorthMost(t *testing.T) {
	r := Result{Clusters: []int{0, 0, 0, 3, 4, 5}, Pairs: []ScoredPair{
		{A: 0, B: 1, Probability: 0.99, Verdict: Same}, {A: 0, B: 2, Probability: 0.6, Verdict: Same},
		{A: 0, B: 3, Probability: 0.4, Verdict: Review}, {A: 1, B: 3, Probability: 0.2, Verdict: Review},
		{A: 4, B: 5, Probability: 0.45, Verdict: Review}}}
	var asked []int
	for _, q := range Queue(r, 9) {
		asked = append(asked, q.Pair)
	}
	// 0.4 of three pairs, 0.4 of two, 0.45 of one; clusters 0 and 3 are asked about once.
	if want := []int{2, 1, 4}; !slices.Equal(asked, want) {
		t.Errorf("the queue is %v, want %v", asked, want)
	}
	if got := Queue(r, 1); len(got) != 1 || got[0].Records != 4 || got[0].Joined {
		t.Errorf("the first question is %+v", got)
	}
}

func TestTableOfKinIsNearTheFunction(t *testing.T) {
	for x := -25.0; x < 25; x += 0.0137 {
		if got, want := log2of1plus(x), math.Log2(1+math.Exp2(x)); math.Abs(got-want) > 1e-5 {
			t.Fatalf("%.4f gives %.7f, not %.7f", x, got, want)
		}
	}
	if got := log2of1plus(math.NaN()); got != 0 {
		t.Errorf("no number gives %v", got)
	}
	if got := log2of1plus(math.Inf(1)); !math.IsInf(got, 1) {
		t.Errorf("infinity gives %v", got)
	}
}
