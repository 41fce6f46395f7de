package identity

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
)

// QueueInput chooses what to review.
type QueueInput struct {
	Order string  `json:"order" help:"worth (unless told: the chance of one person times the pairs of records that a decision joins), likelihood, doubt (the least sure first), or sample (those that tell most about how good the suspicions are)."`
	Run   string  `json:"run" help:"Only of this search."`
	Least float64 `json:"least" help:"Least probability."`
	Most  float64 `json:"most" help:"Greatest probability; 1 unless told."`
	Page  int     `json:"page" help:"Which page, from 1."`
	Per   int     `json:"per" help:"Rows on a page, 50 unless told, at most 500."`
}

// Suspected is a pair that waits for a decision.
type Suspected struct {
	Suspicion   string          `json:"suspicion"`
	Run         string          `json:"run"`
	Verdict     string          `json:"verdict"` // the engine's: same or review
	Probability float64         `json:"probability"`
	Weight      float64         `json:"weight"` // bits
	A           Card            `json:"a"`
	B           Card            `json:"b"`
	Evidence    []FieldEvidence `json:"evidence"`
	// Worth is the number of pairs of records that a decision is expected to put right,
	// where the queue was ordered by it.
	Worth float64 `json:"worth,omitempty"`
	// Joined says that other decisions make the two one person already; Barred
	// that one says they are different.
	Joined bool `json:"joined,omitempty"`
	Barred bool `json:"barred,omitempty"`
}

// Queue is one page of what waits.
type Queue struct {
	Total int64       `json:"total"`
	Page  int         `json:"page"`
	Per   int         `json:"per"`
	Rows  []Suspected `json:"rows"`
}

// undecided are the suspicions that no decision stands on; waiting are those of them between
// a least and a greatest probability, $1 and $2, of the search $3 or of all.
const (
	undecided = ` FROM identity_suspicion s WHERE NOT EXISTS
		(SELECT 1 FROM identity_link l WHERE l.record = s.record_a AND l.other = s.record_b)`
	waiting = undecided + " AND s.probability >= $1 AND s.probability <= $2 AND ($3 = '' OR s.run = $3)"
)

// orders are how the queue can be ordered, but for worth and sample, by words.
var orders = map[string]string{OrderLikelihood: "s.weight DESC", OrderDoubt: "ABS(s.probability - 500000)"}

// Orders of the queue.
const (
	OrderWorth      = "worth"
	OrderLikelihood = "likelihood"
	OrderDoubt      = "doubt"
	OrderSample     = "sample"
)

var queue = blueprint.See(blueprint.View{
	Name: "identity.queue", Group: "identity.read", Title: "Doubles to decide on",
	Help: "Pairs of records that nobody decided on yet. A decision is worth most where one person is likely and has " +
		"many records: until it is taken, what protects one record does not protect the others.",
	Example: "cairn identity queue --least 0.9",
}, func(w *blueprint.Work, in QueueInput) (Queue, error) {
	window := limits(&in.Page, &in.Per)
	out := Queue{Page: in.Page, Per: in.Per, Rows: []Suspected{}}
	if in.Most == 0 {
		in.Most = 1
	}
	asked := []any{millionths(in.Least), millionths(in.Most), in.Run}
	if err := w.QueryRow("SELECT COUNT(*)"+waiting, asked...).Scan(&out.Total); err != nil {
		return out, fmt.Errorf("count the queue: %w", err)
	}
	var err error
	switch order := orders[in.Order]; {
	case in.Order == OrderSample:
		err = out.sample(w, in.Run)
	case in.Order == "" || in.Order == OrderWorth:
		err = out.worth(w, asked, window)
	case order == "":
		err = blueprint.RefuseField("order", "order by worth, likelihood or doubt, or take a sample")
	default:
		err = out.ordered(w, asked, " ORDER BY "+order+", s.suspicion"+window)
	}
	if err != nil {
		return out, err
	}
	return out, fillCards(w, out.Rows)
})

const suspectedColumns = "SELECT s.suspicion, s.run, s.record_a, s.record_b, s.verdict, s.weight, s.probability, s.evidence"

func (q *Queue) ordered(w *blueprint.Work, asked []any, order string) error {
	rows, err := blueprint.Collect(w, scanSuspected, suspectedColumns+waiting+order, asked...)
	if err != nil {
		return fmt.Errorf("read the queue: %w", err)
	}
	q.Rows = append(q.Rows, rows...)
	return nil
}

// chosen reads suspicions by their ids, in their order.
func (q *Queue) chosen(w *blueprint.Work, ids []string) error {
	byID := map[string]Suspected{}
	err := w.Reader.In(w.Ctx, suspectedColumns+" FROM identity_suspicion s WHERE s.suspicion IN (%s)", ids, func(rows *sql.Rows) error {
		s, err := scanSuspected(rows)
		byID[s.Suspicion] = s
		return err
	})
	if err != nil {
		return fmt.Errorf("read the queue: %w", err)
	}
	for _, id := range ids {
		q.Rows = append(q.Rows, byID[id])
	}
	return nil
}

// window cuts the page out of a list.
func (q *Queue) window(ids []string) []string {
	from := min((q.Page-1)*q.Per, len(ids))
	return ids[from:min(from+q.Per, len(ids))]
}

func scanSuspected(rows *sql.Rows) (Suspected, error) {
	var s Suspected
	var weight, chance int64
	var text string
	err := rows.Scan(&s.Suspicion, &s.Run, &s.A.Record, &s.B.Record, &s.Verdict, &weight, &chance, &text)
	s.Weight, s.Probability, s.Evidence = bits(weight), probability(chance), decodeEvidence(text)
	return s, err
}

// fillCards adds the records and how they stand to each other.
func fillCards(w *blueprint.Work, rows []Suspected) error {
	var records []string
	for _, r := range rows {
		records = append(records, r.A.Record, r.B.Record)
	}
	g, err := loadGraph(w, records)
	if err != nil {
		return err
	}
	found, err := cards(w, records, false)
	if err != nil {
		return err
	}
	for i := range rows {
		r := &rows[i]
		p := pairOf(r.A.Record, r.B.Record)
		r.Joined = g.path(p) != nil
		_, _, r.Barred = g.barrier(p)
		r.A, r.B = found[p.a], found[p.b]
	}
	return nil
}
