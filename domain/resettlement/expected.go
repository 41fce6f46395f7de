package resettlement

import (
	"fmt"

	"cairn/blueprint"
	"cairn/engine/place"
	"cairn/engine/place/outcome"
	"cairn/value"
)

// Expected is for how many households of a plan an outcome is expected, with an interval
// of 95 %. A plan that the model chose is flattered by it.
type Expected struct {
	Households int     `json:"households"` // with a place
	Value      float64 `json:"value"`
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
}

// forecast predicts the outcome for plans of the same households and places.
type forecast struct {
	model      *OutcomeModel
	households []household
	offers     []reception
	places     map[place.PlaceID]*reception
	today      value.Date
}

func newForecast(m *OutcomeModel, waiting []household, places []reception, today value.Date) *forecast {
	return &forecast{model: m, households: waiting, offers: places, places: byPlace(places), today: today}
}

// byPlace finds places by the ids that the engine has for them.
func byPlace(places []reception) map[place.PlaceID]*reception {
	out := make(map[place.PlaceID]*reception, len(places))
	for i := range places {
		out[place.PlaceID(places[i].ID)] = &places[i]
	}
	return out
}

// others are the plans that haste and chance would have made of the same cases: one after
// another, each at the best place left, and each at any open place with room.
type others struct{ greedy, random []place.Assignment }

func makeOthers(w *blueprint.Work, p *place.Problem, seed uint64) (others, error) {
	greedy, err := place.Greedy(w.Ctx, *p)
	if err != nil {
		return others{}, fmt.Errorf("place the cases one after another: %w", err)
	}
	random, err := place.Random(w.Ctx, *p, seed)
	if err != nil {
		return others{}, fmt.Errorf("place the cases at random: %w", err)
	}
	return others{greedy.Assignments, random.Assignments}, nil
}

// beside predicts a plan and the others.
func (f *forecast) beside(w *blueprint.Work, p *place.Problem, plan []place.Assignment, o others) (*ExpectedOfPlans, error) {
	fit := &f.model.Fit
	out := &ExpectedOfPlans{AskedOutcome: f.model.AskedOutcome, Plan: f.of(fit, plan), Greedy: f.of(fit, o.greedy), Random: f.of(fit, o.random)}
	return out, f.flattery(w, *p, o.random, out)
}

// flattery measures how much a model's own judgement flatters its choice: what a model of
// one half of the history chooses is judged by itself and by the other half's.
func (f *forecast) flattery(w *blueprint.Work, p place.Problem, random []place.Assignment, out *ExpectedOfPlans) error {
	if len(f.model.Halves) < 2 {
		return nil
	}
	for k := range 2 {
		chooser, judge := &f.model.Halves[k], &f.model.Halves[1-k]
		p.Scores = place.Scores{Table: f.model.scores(chooser, f.households, f.offers, f.today)}
		chosen, err := place.Greedy(w.Ctx, p)
		if err != nil {
			return fmt.Errorf("place the cases by half of the history: %w", err)
		}
		out.Claimed += (f.of(chooser, chosen.Assignments).share() - f.of(chooser, random).share()) / 2
		out.Sober += (f.of(judge, chosen.Assignments).share() - f.of(judge, random).share()) / 2
	}
	return nil
}

// share is that of placed households.
func (e Expected) share() float64 { return e.Value / float64(max(1, e.Households)) }

// of predicts one plan.
func (f *forecast) of(fit *outcome.Model, lines []place.Assignment) Expected {
	total, out := outcome.NewTotal(fit), Expected{}
	for i, a := range lines {
		if r := f.places[a.Place]; r != nil && len(f.households[i].members) > 0 {
			total.Add(features(&f.households[i], r, f.model.Countries, f.today))
			out.Households++
		}
	}
	p := total.Prediction()
	out.Value, out.Low, out.High = p.Value, p.Low, min(p.High, float64(out.Households))
	return out
}
