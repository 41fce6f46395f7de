package link

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Interval is a figure with the range that holds it 19 times in 20, if the model
// or the sample is right.
type Interval struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Quality says how good a result is expected to be, over pairs of records.
type Quality struct {
	Precision Interval `json:"precision"` // of the pairs joined, the share that is one person
	Recall    Interval `json:"recall"`    // of the stated pairs that are one person, the share joined
	Reviewed  int      `json:"reviewed"`  // pairs that people looked at; 0: by the model alone
}

// z is the number of standard deviations of an interval that holds 19 in 20.
const z = 1.96

// modelError is how far the model's shares are taken to be off, in either
// direction, beside chance: on registers with known truth its precision and
// recall were mostly within it.
const modelError = 0.02

// Expected gives the quality that the model itself expects. It is blind to pairs
// that were never compared.
func Expected(result Result) Quality {
	var inside, sure, all, varianceInside, varianceAll float64
	for i := range result.Pairs {
		p := float64(result.Pairs[i].Probability)
		all += p
		varianceAll += p * (1 - p)
		if result.Pairs[i].Verdict == Same {
			inside++
			sure += p
			varianceInside += p * (1 - p)
		}
	}
	return Quality{Precision: around(sure, inside, varianceInside, modelError), Recall: around(sure, all, varianceAll, modelError)}
}

// around is the share of part in whole with the deviation of chance and of more.
func around(part, whole, variance, more float64) Interval {
	if whole == 0 {
		return Interval{1, 0, 1}
	}
	value := part / whole
	spread := z * math.Hypot(math.Sqrt(variance)/whole, more/z)
	return Interval{value, clamp(value-spread, 0, 1), clamp(value+spread, 0, 1)}
}

// strata are the bounds of probability within which pairs are sampled alike; a
// joined and a parted pair are never in one stratum.
var strata = []float64{0.2, 0.5, 0.8, 0.95, 0.99, 0.999, 1.1}

func stratum(p *ScoredPair) int {
	k := 0
	for float64(p.Probability) >= strata[k] && k < len(strata)-1 {
		k++
	}
	if p.Verdict == Same {
		k += len(strata)
	}
	return k
}

// Sample chooses about so many stated pairs for people to look at, from which
// Reviewed estimates the quality of the result: from each range of probability in
// proportion to the pairs in it and to how uncertain they are (Neyman, 1934). It
// gives places in Result.Pairs, ascending; the same seed gives the same.
func Sample(result Result, size int, seed uint64) []int {
	members := make([][]int, 2*len(strata))
	for i := range result.Pairs {
		k := stratum(&result.Pairs[i])
		members[k] = append(members[k], i)
	}
	weights, sum := make([]float64, len(members)), 0.0
	for k, list := range members {
		for _, i := range list {
			p := float64(result.Pairs[i].Probability)
			weights[k] += math.Sqrt(max(p*(1-p), 1e-3))
		}
		sum += weights[k]
	}
	random := rand.New(rand.NewPCG(seed, 0x726576))
	var chosen []int
	for k, list := range members {
		n := min(len(list), int(math.Ceil(float64(size)*weights[k]/max(sum, 1e-9))))
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		chosen = append(chosen, list[:n]...)
	}
	slices.Sort(chosen)
	return chosen
}

// Finding is what a person found about a stated pair.
type Finding struct {
	Pair int  // place in Result.Pairs
	Same bool // the two are one person
}

// Reviewed estimates the quality of a result from pairs chosen by Sample that
// people looked at. Of the pairs that nobody looked at, within each range of
// probability, the reviewed share is taken to hold, mixed with a little of what the
// model believes.
func Reviewed(result Result, reviews []Finding) (Quality, error) {
	type cell struct{ pairs, belief, seen, same float64 }
	cells := make([]cell, 2*len(strata))
	for i := range result.Pairs {
		c := &cells[stratum(&result.Pairs[i])]
		c.pairs++
		c.belief += float64(result.Pairs[i].Probability)
	}
	known := make(map[int]bool, len(reviews))
	for _, r := range reviews {
		if r.Pair < 0 || r.Pair >= len(result.Pairs) || known[r.Pair] {
			return Quality{}, fmt.Errorf("estimating quality: the reviewed pair %d is not one of the %d stated pairs or was given twice", r.Pair, len(result.Pairs))
		}
		known[r.Pair] = true
		c := &cells[stratum(&result.Pairs[r.Pair])]
		c.seen++
		if r.Same {
			c.same++
		}
	}
	var inside, sure, all, varianceSure, varianceAll float64
	for k, c := range cells {
		if c.pairs == 0 {
			continue
		}
		unseen := c.pairs - c.seen
		share, variance := unseenShare(c.same, c.seen, c.belief/c.pairs)
		same := c.same + unseen*share
		variance = unseen*unseen*variance + unseen*share*(1-share)
		all += same
		varianceAll += variance
		if k >= len(strata) {
			inside += c.pairs
			sure += same
			varianceSure += variance
		}
	}
	q := Quality{Precision: around(sure, inside, varianceSure, 0), Recall: Interval{1, 0, 1}, Reviewed: len(reviews)}
	if all > 0 {
		// The share of joined in all true pairs: of both parts, each with its variance.
		missed, value := all-sure, sure/all
		spread := z * math.Sqrt(missed*missed*varianceSure+sure*sure*max(varianceAll-varianceSure, 0)) / (all * all)
		q.Recall = Interval{value, clamp(value-spread, 0, 1), clamp(value+spread, 0, 1)}
	}
	return q, nil
}

// unseenShare is the share of true pairs among those not reviewed, with its
// variance: a beta distribution that begins with the model's belief as one review
// and half a review of doubt (after Jeffreys, 1946).
func unseenShare(same, seen, belief float64) (share, variance float64) {
	a, b := same+belief+0.25, seen-same+1-belief+0.25
	share = a / (a + b)
	return share, a * b / ((a + b) * (a + b) * (a + b + 1))
}

// Question is one pair for people to look at: the records of two persons that may
// be one, or two records of one person who may be two.
type Question struct {
	Pair    int     `json:"pair"`    // place in Result.Pairs
	Worth   float64 `json:"worth"`   // expected number of pairs of records that an answer puts right
	Joined  bool    `json:"joined"`  // the two are in one cluster now
	Records int     `json:"records"` // records of both clusters that the answer concerns
}

// Queue orders what people should look at by how much a look is worth: the chance
// that the result is wrong, times the pairs of records that a correction moves.
// Two clusters are asked about once, with the likeliest of their pairs; a cluster
// with the least likely of the pairs that hold it together.
func Queue(result Result, most int) []Question {
	sizes := make(map[int]int)
	for _, c := range result.Clusters {
		sizes[c]++
	}
	best := make(map[[2]int]Question)
	for i := range result.Pairs {
		p := &result.Pairs[i]
		a, b := result.Clusters[p.A], result.Clusters[p.B]
		q := Question{Pair: i, Joined: a == b, Records: sizes[a]}
		if q.Joined {
			// A record that does not belong is wrong in all its pairs.
			q.Worth = (1 - float64(p.Probability)) * float64(sizes[a]-1)
		} else {
			q.Worth = float64(p.Probability) * float64(sizes[a]*sizes[b])
			q.Records += sizes[b]
		}
		key := [2]int{min(a, b), max(a, b)}
		if old, known := best[key]; !known || q.Worth > old.Worth {
			best[key] = q
		}
	}
	list := make([]Question, 0, len(best))
	for _, q := range best {
		list = append(list, q)
	}
	slices.SortFunc(list, func(a, b Question) int { return cmp.Or(cmp.Compare(b.Worth, a.Worth), cmp.Compare(a.Pair, b.Pair)) })
	return list[:min(len(list), max(most, 0))]
}
