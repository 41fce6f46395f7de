package identity

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
	"cairn/engine/link"
)

// QualityInput chooses the suspicions that are counted.
type QualityInput struct {
	Run string `json:"run" help:"Only those of this search; all unless told."`
}

// Quality says how far the engine's word on doubles can be trusted.
type Quality struct {
	Suspected int64 `json:"suspected"` // pairs that searches brought up
	Reviewed  int64 `json:"reviewed"`  // of them, pairs that people decided on
	// Confirmed counts, of the pairs that the engine itself would have joined and
	// people decided on, those that are one person; Refuted those that are not.
	Confirmed int64 `json:"confirmed"`
	Refuted   int64 `json:"refuted"`
	// Missed counts the pairs of one person that the engine would not have joined.
	Missed int64 `json:"missed"`
	// Precision and Recall are what decisions show, over pairs of records, with the
	// range that holds the figure 19 times in 20; while nobody decided, what the
	// engine itself expects. Recall is that among the suspected pairs.
	Precision link.Interval `json:"precision"`
	Recall    link.Interval `json:"recall"`
	Words     []string      `json:"words"`
}

var quality = blueprint.See(blueprint.View{
	Name: "identity.quality", Group: "views.overview", Title: "How good the suspicions are",
	Help: "How many of the pairs that the engine takes for one person are, as far as people's decisions show. " +
		"Decisions on pairs of all probabilities tell most; those on the likeliest alone tell little about the rest.",
	Example: "cairn identity quality",
}, func(w *blueprint.Work, in QualityInput) (Quality, error) {
	_, result, findings, err := reviewedPairs(w, in.Run)
	if err != nil {
		return Quality{}, err
	}
	out := Quality{Suspected: int64(len(result.Pairs)), Reviewed: int64(len(findings))}
	for _, f := range findings {
		switch joined := result.Pairs[f.Pair].Verdict == link.Same; {
		case joined && f.Same:
			out.Confirmed++
		case joined:
			out.Refuted++
		case f.Same:
			out.Missed++
		}
	}
	q := link.Expected(result)
	if len(findings) > 0 {
		if q, err = link.Reviewed(result, findings); err != nil {
			return Quality{}, fmt.Errorf("estimate the quality of suspicions: %w", err)
		}
	}
	out.Precision, out.Recall = q.Precision, q.Recall
	out.Words = out.words()
	return out, nil
})

// reviewedPairs makes a result of the suspicions, and findings of the decisions that
// stand on them.
func reviewedPairs(w *blueprint.Work, run string) (ids []string, result link.Result, findings []link.Finding, err error) {
	ids, err = blueprint.Collect(w, func(rows *sql.Rows) (string, error) {
		var chance int64
		var id, said, decided string
		if err := rows.Scan(&id, &chance, &said, &decided); err != nil {
			return "", err
		}
		if decided != "" {
			findings = append(findings, link.Finding{Pair: len(result.Pairs), Same: decided == VerdictSame})
		}
		result.Pairs = append(result.Pairs, link.ScoredPair{Probability: float32(probability(chance)), Verdict: link.Verdict(said)})
		return id, nil
	}, `SELECT s.suspicion, s.probability, s.verdict, COALESCE((SELECT MIN(l.verdict) FROM identity_link l
		WHERE l.record = s.record_a AND l.other = s.record_b), '') FROM identity_suspicion s
		WHERE $1 = '' OR s.run = $1 ORDER BY s.suspicion`, run)
	if err != nil {
		return nil, result, nil, fmt.Errorf("read suspicions and decisions: %w", err)
	}
	return ids, result, findings, nil
}

func (q *Quality) words() []string {
	percent := func(i link.Interval) string {
		return fmt.Sprintf("%.1f %% (%.1f to %.1f)", 100*i.Value, 100*i.Low, 100*i.High)
	}
	if q.Suspected == 0 {
		return []string{"No search has brought up a pair yet."}
	}
	by := fmt.Sprintf("by %d decisions on %d pairs", q.Reviewed, q.Suspected)
	if q.Reviewed == 0 {
		by = "as the engine itself expects, since nobody has decided on a pair"
	}
	return []string{
		"Of the pairs that the engine takes for one person, " + percent(q.Precision) + " are, " + by + ".",
		"Of the suspected pairs that are one person, it takes " + percent(q.Recall) + " for one.",
	}
}
