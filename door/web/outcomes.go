package web

import (
	"net/http"
	"strconv"
	"strings"

	"cairn/domain/resettlement"
	"cairn/engine/place/outcome"
)

// outcomesPage is what past placements teach, with its calibration as a picture.
type outcomesPage struct {
	resettlement.ModelView
	Dots     []calibrationDot
	Outcomes []string
	MayFit   bool
	Problem  *problem
}

// calibrationDot is a tenth of the households: to the right what was predicted, upwards
// what happened, with the interval in which the truth lies.
type calibrationDot struct {
	outcome.Bin
	X, Y, Low, High float64
}

// The canvas of the calibration, in units of its view box: a square.
const calibrationLeft, calibrationTop, calibrationSide = 50.0, 20.0, 260.0

func showOutcomes(x *exchange) error { return x.outcomes(http.StatusOK, nil) }

func (x *exchange) outcomes(status int, wrong *problem) error {
	view, err := see[resettlement.ModelView](x, "resettlement.outcome_model", &resettlement.ModelInput{})
	if err != nil {
		return err
	}
	p := outcomesPage{ModelView: view, Outcomes: resettlement.Outcomes(), Problem: wrong, MayFit: x.may("resettlement.fit_outcomes", "resettlement.propose")}
	up := func(share float64) float64 { return round(calibrationTop + (1-share)*calibrationSide) }
	for _, b := range view.Calibration.Bins {
		p.Dots = append(p.Dots, calibrationDot{b, round(calibrationLeft + b.Predicted*calibrationSide), up(b.Happened), up(b.Low), up(b.High)})
	}
	return x.show(status, "outcomes", p)
}

func fitOutcomes(x *exchange) error {
	days, _ := strconv.Atoi(x.r.PostFormValue("days")) // what is no number is as if left out
	in := &resettlement.FitInput{AskedOutcome: resettlement.AskedOutcome{Outcome: x.r.PostFormValue("outcome"), Days: days}}
	_, err := do[resettlement.Fitted](x, "resettlement.fit_outcomes", in)
	if wrong := x.formProblem(err); wrong != nil {
		return x.outcomes(http.StatusUnprocessableEntity, wrong)
	}
	if err != nil {
		return err
	}
	x.notice("outcomes-fitted")
	return x.redirect("/placement/outcomes")
}

// observeOutcome records what became of a household.
func observeOutcome(x *exchange) error {
	id := x.r.PathValue("case")
	days, _ := strconv.Atoi(x.r.PostFormValue("days"))
	in := &resettlement.ObserveInput{AskedOutcome: resettlement.AskedOutcome{Outcome: x.r.PostFormValue("outcome"), Days: days},
		Observed: []resettlement.Observed{{Case: id, Came: x.r.PostFormValue("came") == "yes", On: strings.TrimSpace(x.r.PostFormValue("on"))}}}
	_, err := do[resettlement.Decided](x, "resettlement.observe_outcomes", in)
	if wrong := x.formProblem(err); wrong != nil {
		return x.showCase(http.StatusUnprocessableEntity, casePage{Seen: in, Problem: wrong})
	}
	if err != nil {
		return err
	}
	x.notice("outcome-observed")
	return x.redirect("/cases/" + id)
}

// proposePlan makes a plan from the board, by the scores that were chosen there.
func proposePlan(x *exchange) error {
	in := &resettlement.ProposeInput{Model: x.r.PostFormValue("model"), Wishes: share100(x.r.PostFormValue("wishes")),
		Floor: share100(x.r.PostFormValue("floor")), FloorBy: x.r.PostFormValue("by")}
	plan, err := do[resettlement.Plan](x, "resettlement.propose", in)
	if wrong := x.formProblem(err); wrong != nil {
		return x.placement(http.StatusUnprocessableEntity, wrong, in)
	}
	if err != nil {
		return err
	}
	x.notice("plan-proposed")
	return x.redirect("/placement/plans/" + plan.Plan)
}

// share100 reads a share in hundredths, with a point or a comma; nothing is 0, and what
// is no number is refused by the program.
func share100(text string) float64 {
	text = strings.Replace(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%")), ",", ".", 1)
	if text == "" {
		return 0
	}
	percent, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return -1
	}
	return percent / 100
}
