package resettlement

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"cairn/blueprint"
	"cairn/engine/place/outcome"
	"cairn/value"
)

// FitInput names the outcome to learn. Everything may be left out.
type FitInput struct{ AskedOutcome }

// OutcomeModel is a model of an outcome, as it is kept: coefficients, no persons.
type OutcomeModel struct {
	AskedOutcome
	Countries []string      `json:"countries,omitempty"` // that it tells apart
	Features  []string      `json:"features"`
	Records   int           `json:"records"`
	Came      int           `json:"came"`
	Fit       outcome.Model `json:"fit"`
	// Halves are learnt from every other household, to judge what the other half's model
	// chooses; none where a half is too uniform.
	Halves []outcome.Model `json:"halves,omitempty"`
}

// Fitted says what was learnt.
type Fitted struct {
	Model   string  `json:"model"`
	Records int     `json:"records"`
	Came    int     `json:"came"`
	Slope   float64 `json:"slope"` // 1: what is predicted comes about as often; less: it claims too much
	Brier   float64 `json:"brier"`
	Base    float64 `json:"base"` // Brier score of saying the average of everybody
	AUC     float64 `json:"auc"`
}

// Below these a model would learn chance: so many observations of the rarer answer for
// each feature (Peduzzi and others 1996), and so many in all.
const (
	leastPerFeature = 10
	leastInAll      = 100
)

// missing says how many more observations a model needs: of the rarer answer and in all.
func missing(h history, features int) (rarer, all int64) {
	return max(0, leastPerFeature*int64(features)-h.rarer()), max(0, leastInAll-h.Came-h.Not)
}

var fitOutcomes = blueprint.Act(blueprint.Action{
	Name: "resettlement.fit_outcomes", Group: "resettlement.propose", Title: "Learn from past placements",
	Help: "Fits a model of an outcome to what became of households that this office placed, and measures on households that it had not seen " +
		"whether what it predicts comes about as often. It looks at size, ages, needs, languages, wishes and the place, never at sex or " +
		"origin. With too little history it refuses and says how much is missing.",
	Example: "cairn resettlement fit-outcomes --outcome work --days 90", Appends: []string{"resettlement.outcomes_fitted"},
}, func(w *blueprint.Work, in FitInput) (Fitted, error) {
	if err := in.settle(); err != nil {
		return Fitted{}, err
	}
	known, places, err := readPast(w, in.AskedOutcome)
	if err != nil {
		return Fitted{}, err
	}
	model, err := learn(known, places, in.AskedOutcome)
	if err != nil {
		return Fitted{}, err
	}
	c := model.Fit.Calibration
	id := w.NewID()
	out := Fitted{Model: id, Records: model.Records, Came: model.Came, Slope: c.Slope, Brier: c.Brier, Base: c.Base, AUC: c.AUC}
	fact := &OutcomesFitted{Outcome: in.Outcome, Days: in.Days, Records: out.Records, Came: out.Came,
		Slope: out.Slope, Brier: out.Brier, Base: out.Base, AUC: out.AUC}
	if fact.Model, err = w.Attach(id, model); err != nil {
		return Fitted{}, err
	}
	w.Add(id, fact)
	return out, nil
})

// learn fits a model, or says how much history is missing.
func learn(known []past, places map[string]*reception, o AskedOutcome) (*OutcomeModel, error) {
	known = slices.DeleteFunc(known, func(p past) bool { return places[p.place] == nil || len(p.members) == 0 })
	model := &OutcomeModel{AskedOutcome: o, Records: len(known)}
	inCountry := map[string]int{}
	h := history{AskedOutcome: o}
	for _, p := range known {
		inCountry[places[p.place].Country]++
		if p.came {
			h.Came++
		} else {
			h.Not++
		}
	}
	model.Came = int(h.Came)
	model.Countries = apart(inCountry)
	// A country more is told apart only where the history bears it.
	for len(model.Countries) > 0 {
		if rarer, _ := missing(h, len(featureNames(model.Countries))); rarer == 0 {
			break
		}
		model.Countries = model.Countries[:len(model.Countries)-1]
	}
	model.Features = featureNames(model.Countries)
	if rarer, all := missing(h, len(model.Features)); rarer+all > 0 {
		return nil, blueprint.Refuse(blueprint.Conflict, "%d outcomes of this kind are recorded, %d that came about and %d that did not: a model needs "+
			"%d more of the rarer answer and %d more in all, else it would learn chance", len(known), h.Came, h.Not, rarer, all)
	}
	var records []outcome.Record
	for _, p := range known {
		records = append(records, outcome.Record{Came: p.came, Features: features(&p.household, places[p.place], model.Countries, p.day)})
	}
	fitted, err := outcome.Fit(records, outcome.Options{})
	if err != nil {
		return nil, fmt.Errorf("learn from the outcomes: %w", err)
	}
	model.Fit = *fitted
	model.Halves = halves(records)
	return model, nil
}

// halves learns from every other record, and from the rest.
func halves(records []outcome.Record) []outcome.Model {
	var out []outcome.Model
	for from := range 2 {
		var half []outcome.Record
		for i := from; i < len(records); i += 2 {
			half = append(half, records[i])
		}
		m, err := outcome.Fit(half, outcome.Options{})
		if err != nil {
			return nil
		}
		out = append(out, *m)
	}
	return out
}

// apart lists countries with history enough, the most frequent first. The most frequent
// of all is what the others are compared with and has no feature of its own.
func apart(count map[string]int) []string {
	var out []string
	for c, n := range count {
		if n >= leastInCountry {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(count[b]-count[a], cmp.Compare(a, b)) })
	if len(out) > 0 {
		out = out[1:]
	}
	return out
}

// modelOf reads a model, the newest for "newest".
func modelOf(w *blueprint.Work, id string) (string, *OutcomeModel, error) {
	if id == newestModel {
		newest, err := newestModelID(w)
		if err != nil {
			return "", nil, err
		}
		if newest == "" {
			return "", nil, blueprint.Refuse(blueprint.NotFound, "there is no model of outcomes yet: make one with resettlement.fit_outcomes")
		}
		id = newest
	}
	facts, err := w.Exists(id, SubjectModel)
	if err != nil {
		return "", nil, err
	}
	for _, f := range facts {
		if fitted, ok := f.Value.(*OutcomesFitted); ok {
			model := &OutcomeModel{}
			if err := w.Attachment(fitted.Model, model); err != nil {
				return "", nil, fmt.Errorf("read the model: %w", err)
			}
			return id, model, nil
		}
	}
	return "", nil, blueprint.Refuse(blueprint.NotFound, "the model %q has not arrived yet", id)
}

// newestModel asks for the newest.
const newestModel = "newest"

// newestModelID is empty before the first.
func newestModelID(w *blueprint.Work) (string, error) {
	var id string
	err := w.QueryRow("SELECT model FROM resettlement_model ORDER BY at DESC, model DESC LIMIT 1").Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("find the newest model: %w", err)
	}
	return id, nil
}

// scores says how much better or worse each place is for a household than the average of
// places, by the model. What a household's prospects are on the whole stays out of it: it
// decides where somebody goes, never whether.
func (m *OutcomeModel) scores(fit *outcome.Model, waiting []household, places []reception, today value.Date) []float32 {
	table := make([]float32, 0, len(waiting)*len(places))
	row := make([]float64, len(places))
	for i := range waiting {
		mean := 0.0
		for k := range places {
			row[k] = fit.Shrunk(features(&waiting[i], &places[k], m.Countries, today))
			mean += row[k] / float64(len(places))
		}
		for _, p := range row {
			table = append(table, thousandths(0.5+p-mean))
		}
	}
	return table
}

// thousandths keeps a table short, and claims no more than a model knows.
func thousandths(v float64) float32 { return float32(int(1000*v+0.5)) / 1000 }
