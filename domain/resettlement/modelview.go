package resettlement

import (
	"cmp"
	"math"

	"cairn/blueprint"
	"cairn/engine/place/outcome"
)

// ModelInput names a model.
type ModelInput struct {
	Model string `json:"model" help:"The model; else the newest."`
}

// Needed is how much is known of an outcome and how much a model still needs.
type Needed struct {
	AskedOutcome
	Came  int64 `json:"came"`
	Not   int64 `json:"not"`
	Rarer int64 `json:"rarer"` // more of the rarer answer
	All   int64 `json:"all"`   // more in all
}

// Influence is what one feature does in a model.
type Influence struct {
	Feature string `json:"feature"`
	// Odds is by how much the odds of the outcome are multiplied where the feature is
	// larger by its own spread, all else equal.
	Odds float64 `json:"odds"`
}

// ModelView is a model with its calibration. Model is empty before the first.
type ModelView struct {
	Model string `json:"model,omitempty"`
	AskedOutcome
	At          string              `json:"at,omitempty"`
	Records     int                 `json:"records"`
	Came        int                 `json:"came"`
	Calibration outcome.Calibration `json:"calibration"`
	Influences  []Influence         `json:"influences,omitempty"`
	History     []Needed            `json:"history"`
}

var viewModel = blueprint.See(blueprint.View{
	Name: "resettlement.outcome_model", Group: "resettlement.read", Title: "What past placements teach",
	Help: "The model of an outcome with its calibration: whether what it predicts comes about as often, on households that it had not seen; " +
		"and how much history there is of each outcome, and is missing.",
	Example: "cairn resettlement outcome-model",
}, func(w *blueprint.Work, in ModelInput) (ModelView, error) {
	out := ModelView{History: []Needed{}}
	known, err := histories(w)
	if err != nil {
		return out, err
	}
	for _, h := range known {
		n := Needed{AskedOutcome: h.AskedOutcome, Came: h.Came, Not: h.Not}
		n.Rarer, n.All = missing(h, len(featureNames(nil)))
		out.History = append(out.History, n)
	}
	var model *OutcomeModel
	out.Model, model, err = modelOf(w, cmp.Or(in.Model, newestModel))
	if in.Model == "" && blueprint.FaultOf(err) == blueprint.NotFound {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.AskedOutcome, out.Records, out.Came, out.Calibration = model.AskedOutcome, model.Records, model.Came, model.Fit.Calibration
	for i, name := range model.Features {
		out.Influences = append(out.Influences, Influence{name, math.Exp(model.Fit.Coefficients[i])})
	}
	err = w.QueryRow("SELECT at FROM resettlement_model WHERE model = $1", out.Model).Scan(&out.At)
	return out, err
})
