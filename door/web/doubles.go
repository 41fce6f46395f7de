package web

import (
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"cairn/domain/identity"
)

type doublesPage struct {
	identity.Queue
	Order   string
	Orders  []string
	Quality *identity.Quality // nil for those who may not see figures
	pager
}

func showDoubles(x *exchange) error {
	in := &identity.QueueInput{Order: x.r.FormValue("order"), Page: x.pageNumber(), Per: 25}
	if in.Order == "" {
		in.Order = identity.OrderWorth
	}
	queue, err := see[identity.Queue](x, "identity.queue", in)
	if err != nil {
		return err
	}
	more := int64(queue.Page)*int64(queue.Per) < queue.Total
	p := doublesPage{Queue: queue, Order: in.Order, pager: x.pages(queue.Page, more),
		Orders: []string{identity.OrderWorth, identity.OrderLikelihood, identity.OrderDoubt, identity.OrderSample}}
	if x.may("identity.quality", "views.overview") {
		quality, err := see[identity.Quality](x, "identity.quality", &identity.QualityInput{})
		if err != nil {
			return err
		}
		p.Quality = &quality
	}
	return x.show(http.StatusOK, "doubles", p)
}

// evidenceBar is the weight of one field as a bar from the middle: towards the end
// it speaks for one person, towards the start for two. The canvas is 200 wide.
type evidenceBar struct {
	identity.FieldEvidence
	X, Width float64
	For      bool
}

// ownLabels are what differs between any two records, so that it says nothing.
var ownLabels = []string{"number", "household", "registered"}

type comparePage struct {
	identity.Comparison
	Bars    []evidenceBar
	Judge   bool
	Reason  string
	Problem *problem
}

func showCompare(x *exchange) error {
	return x.compare(http.StatusOK, comparePage{}, x.r.FormValue)
}

// compare shows two records side by side; value reads which.
func (x *exchange) compare(status int, p comparePage, value func(string) string) error {
	in := &identity.CompareInput{Suspicion: value("suspicion"), A: value("a"), B: value("b")}
	var err error
	if p.Comparison, err = see[identity.Comparison](x, "identity.compare", in); err != nil {
		return err
	}
	p.Sides = slices.DeleteFunc(p.Sides, func(s identity.Side) bool { return slices.Contains(ownLabels, s.Label) })
	for i := range p.Sides {
		s := &p.Sides[i]
		s.A, s.B = x.language.spell(s.Label, s.A), x.language.spell(s.Label, s.B)
	}
	most := 1.0
	for _, e := range p.Evidence {
		most = max(most, math.Abs(e.Weight))
	}
	for _, e := range p.Evidence {
		bar := evidenceBar{FieldEvidence: e, X: 100, Width: round(98 * math.Abs(e.Weight) / most), For: e.Weight >= 0}
		if !bar.For {
			bar.X = 100 - bar.Width
		}
		p.Bars = append(p.Bars, bar)
	}
	p.Judge = x.may("identity.judge_same", "identity.review")
	return x.show(status, "compare", p)
}

// judge takes the decision on a pair.
func judge(x *exchange) error {
	in := &identity.JudgeInput{Reason: strings.TrimSpace(x.r.PostFormValue("reason"))}
	if suspicion := x.r.PostFormValue("suspicion"); suspicion != "" {
		in.Suspicions = []string{suspicion}
	} else {
		in.Pairs = []identity.PairInput{{A: x.r.PostFormValue("a"), B: x.r.PostFormValue("b")}}
	}
	action := "identity.judge_different"
	if x.r.PostFormValue("verdict") == identity.VerdictSame {
		action = "identity.judge_same"
	}
	_, err := do[identity.Judged](x, action, in)
	if problem := x.formProblem(err); problem != nil {
		return x.compare(http.StatusUnprocessableEntity, comparePage{Reason: in.Reason, Problem: problem}, x.r.PostFormValue)
	}
	if err != nil {
		return err
	}
	x.notice("doubles-decided")
	return x.redirect("/doubles")
}

type decisionsPage struct {
	identity.Decisions
	Names   map[string]string
	Undo    bool
	Contest bool
	Chosen  string // the decision whose form is shown again
	Step    string // and which form
	Reason  string
	Problem *problem
	pager
}

func showDecisions(x *exchange) error { return x.decisions(http.StatusOK, decisionsPage{}) }

func (x *exchange) decisions(status int, p decisionsPage) error {
	var err error
	p.Decisions, err = see[identity.Decisions](x, "identity.decisions", &identity.DecisionsInput{Page: x.pageNumber(), Per: 25})
	if err != nil {
		return err
	}
	if p.Names, err = x.names(); err != nil {
		return err
	}
	p.Undo = x.may("identity.undo", "identity.review")
	p.Contest = x.may("identity.contest", "registration.write")
	p.pager = x.pages(p.Page, int64(p.Page)*int64(p.Per) < p.Total)
	return x.show(status, "decisions", p)
}

// undo takes a decision back, or records what a person says against it.
func undo(x *exchange) error {
	decision, reason, step := x.r.PostFormValue("decision"), strings.TrimSpace(x.r.PostFormValue("reason")), x.r.PostFormValue("step")
	var err error
	then, notice := "/doubles/decisions?"+url.Values{"page": {x.r.PostFormValue("page")}}.Encode(), "doubles-undone"
	if step == "contest" {
		then, notice = "/doubles/contests", "contest-recorded"
		_, err = do[identity.Contested](x, "identity.contest", &identity.ContestInput{Decision: decision, Statement: reason})
	} else {
		_, err = do[identity.Undone](x, "identity.undo", &identity.UndoInput{Decisions: []string{decision}, Reason: reason})
	}
	if problem := x.formProblem(err); problem != nil {
		return x.decisions(http.StatusUnprocessableEntity, decisionsPage{Chosen: decision, Step: step, Reason: reason, Problem: problem})
	}
	if err != nil {
		return err
	}
	x.notice(notice)
	return x.redirect(then)
}
