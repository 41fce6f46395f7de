package web

import (
	"fmt"
	"net/http"

	"cairn/domain/resettlement"
	"cairn/engine/place"
)

// planPage is a plan beside others, in pictures.
type planPage struct {
	resettlement.PlanView
	Beside   []besideRow // none before somebody looked closely
	Frontier *frontier
	Most     float64 // the dearest room, for the bars
	Statuses []share
	MayStudy bool
}

// besideRow is a plan in a row: a bar of its value beside the bound's.
type besideRow struct {
	Text    string
	Figures resettlement.PlanFigures
	Value   float64
	Width   float64 // of the bar, in hundredths of the bound
	Here    bool    // the plan that the page is about
}

func showPlan(x *exchange) error {
	view, err := see[resettlement.PlanView](x, "resettlement.plan", &resettlement.PlanInput{Plan: x.r.PathValue("plan")})
	if err != nil {
		return err
	}
	p := planPage{PlanView: view, Statuses: statusShares(view.Statuses), MayStudy: x.may("resettlement.study_plan", "resettlement.propose")}
	if s := view.Study; s != nil {
		p.Beside = beside(s)
		p.Frontier = drawFrontier(s)
		if len(s.Shortage.Scarce) > 0 {
			p.Most = s.Shortage.Scarce[0].Price
		}
	}
	return x.show(http.StatusOK, "plan", p)
}

// studyPlan has the program look at a plan closely, which takes seconds.
func studyPlan(x *exchange) error {
	id := x.r.PathValue("plan")
	if _, err := do[resettlement.Study](x, "resettlement.study_plan", &resettlement.StudyInput{Plan: id}); err != nil {
		return err
	}
	x.notice("plan-studied")
	return x.redirect("/placement/plans/" + id)
}

func beside(s *resettlement.Study) []besideRow {
	row := func(text string, f resettlement.PlanFigures) besideRow {
		return besideRow{Text: text, Figures: f, Value: f.Value, Width: part(f.Value, s.Bound)}
	}
	rows := []besideRow{row("plan-random", s.Random), row("plan-greedy", s.Greedy), row("plan-this", s.Plan)}
	rows[2].Here = true
	return append(rows, besideRow{Text: "plan-bound", Value: s.Bound, Width: 100})
}

// frontier is a picture of outcome against wishes: to the right the outcome given up,
// upwards the better mean rank.
type frontier struct {
	Line       string // of the points
	Points     []frontierDot
	Serial     frontierDot
	MostLoss   float64
	Best, Last float64 // mean ranks at the top and at the bottom
}

type frontierDot struct {
	place.FrontierPoint
	X, Y   float64
	Chosen bool
}

// The canvas of the frontier, in units of its view box.
const (
	frontierLeft, frontierRight = 60.0, 620.0
	frontierTop, frontierBottom = 20.0, 240.0
)

// drawFrontier makes the picture; nil where nobody stated a wish.
func drawFrontier(s *resettlement.Study) *frontier {
	if len(s.Frontier) == 0 {
		return nil
	}
	f := &frontier{MostLoss: 1e-4, Best: s.Serial.MeanRank, Last: s.Serial.MeanRank}
	for _, at := range append(s.Frontier[:len(s.Frontier):len(s.Frontier)], s.Serial) {
		f.MostLoss, f.Best, f.Last = max(f.MostLoss, at.Loss), min(f.Best, at.MeanRank), max(f.Last, at.MeanRank)
	}
	dot := func(at place.FrontierPoint) frontierDot {
		d := frontierDot{FrontierPoint: at, X: round(frontierLeft + max(0, at.Loss)/f.MostLoss*(frontierRight-frontierLeft)), Y: frontierTop}
		if f.Last > f.Best {
			d.Y = round(frontierTop + (at.MeanRank-f.Best)/(f.Last-f.Best)*(frontierBottom-frontierTop))
		}
		return d
	}
	for i, at := range s.Frontier {
		d := dot(at)
		d.Chosen = i == s.Chosen
		f.Points = append(f.Points, d)
		f.Line += fmt.Sprintf("%.1f,%.1f ", d.X, d.Y)
	}
	f.Serial = dot(s.Serial)
	return f
}

type scarcePage struct {
	resettlement.Scarce
	Most   float64
	MayAsk bool // what more room would bring
	Board  bool // whoever sees the placement board goes back there, a state to its offers
}

// showScarce says what one more place would bring, to an office or to a state whose
// places they are.
func showScarce(x *exchange) error {
	found, err := see[resettlement.Scarce](x, "resettlement.scarce", &resettlement.ScarceInput{Country: x.r.FormValue("country")})
	if err != nil {
		return err
	}
	p := scarcePage{Scarce: found, MayAsk: x.may("resettlement.what_if", "resettlement.propose"), Board: x.may("resettlement.board", "resettlement.read")}
	if len(found.Scarce) > 0 {
		p.Most = found.Scarce[0].Price
	}
	return x.show(http.StatusOK, "scarce", p)
}
