package identity

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
	"cairn/engine/link"
)

const (
	// mostWeighed bounds the suspicions that are ordered by worth: the likeliest. Those after
	// them follow as they are likely.
	mostWeighed = 20_000
	// sampleSize is about how many decisions tell within a few percent how good suspicions are.
	sampleSize = 150
)

// worth gives a page of the queue by what a look is worth.
func (q *Queue) worth(w *blueprint.Work, asked []any, window string) error {
	likeliest := " ORDER BY " + orders[OrderLikelihood] + ", s.suspicion"
	if (q.Page-1)*q.Per >= mostWeighed {
		return q.ordered(w, asked, likeliest+window)
	}
	pairs, err := blueprint.Collect(w, func(rows *sql.Rows) (question, error) {
		var s question
		var chance int64
		err := rows.Scan(&s.suspicion, &s.a, &s.b, &chance)
		s.weight = probability(chance)
		return s, err
	}, "SELECT s.suspicion, s.record_a, s.record_b, s.probability"+waiting+likeliest+fmt.Sprintf(" LIMIT %d", mostWeighed), asked...)
	if err != nil {
		return fmt.Errorf("read the queue: %w", err)
	}
	g := newGraph()
	_, err = blueprint.Collect(w, func(rows *sql.Rows) (struct{}, error) {
		var a, b, verdict string
		err := rows.Scan(&a, &b, &verdict)
		g.add(pairOf(a, b), verdict, "stands")
		return struct{}{}, err
	}, "SELECT record, other, verdict FROM identity_link WHERE record < other")
	if err != nil {
		return fmt.Errorf("read decisions: %w", err)
	}
	ids, worth := byWorth(pairs, g)
	if err := q.chosen(w, q.window(ids)); err != nil {
		return err
	}
	for i := range q.Rows {
		q.Rows[i].Worth = worth[q.Rows[i].Suspicion]
	}
	return nil
}

// byWorth orders pairs, whose weight is their probability, by what a decision is worth
// under the decisions that stand. Of the pairs between two persons only the likeliest is
// worth a look; the others, and those that a decision "different" bars, follow as they came.
func byWorth(pairs []question, g *graph) (ids []string, worth map[string]float64) {
	result := link.Result{}
	places := map[string]int{}
	place := func(record string) int {
		if i, known := places[record]; known {
			return i
		}
		first := len(result.Clusters)
		for _, member := range g.component(record) {
			places[member] = len(result.Clusters)
			result.Clusters = append(result.Clusters, first)
		}
		return places[record]
	}
	var open []int // the pair of each of the result's
	for i, p := range pairs {
		if _, _, barred := g.barrier(p.pair); barred {
			continue
		}
		verdict := link.Review
		if p.weight >= link.DefaultThreshold {
			verdict = link.Same
		}
		a, b := place(p.a), place(p.b)
		result.Pairs = append(result.Pairs, link.ScoredPair{A: a, B: b, Probability: float32(p.weight), Verdict: verdict})
		open = append(open, i)
	}
	worth = map[string]float64{}
	for _, question := range link.Queue(result, len(result.Pairs)) {
		id := pairs[open[question.Pair]].suspicion
		ids, worth[id] = append(ids, id), question.Worth
	}
	for _, p := range pairs {
		if _, asked := worth[p.suspicion]; !asked {
			ids = append(ids, p.suspicion)
		}
	}
	return ids, worth
}

// sample gives a page of the undecided among the suspicions that tell most about all.
func (q *Queue) sample(w *blueprint.Work, run string) error {
	ids, result, findings, err := reviewedPairs(w, run)
	if err != nil {
		return err
	}
	decided := map[int]bool{}
	for _, f := range findings {
		decided[f.Pair] = true
	}
	var open []string
	for _, i := range link.Sample(result, sampleSize, 1) {
		if !decided[i] {
			open = append(open, ids[i])
		}
	}
	q.Total = int64(len(open))
	return q.chosen(w, q.window(open))
}
