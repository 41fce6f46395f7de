package resettlement

import (
	"cmp"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/engine/place"
	"cairn/value"
)

// ProposeInput asks for a plan. Everything may be left out.
type ProposeInput struct {
	Cases     []string `json:"cases" help:"Only these cases; else all that wait."`
	Pathway   string   `json:"pathway" help:"Cases of this pathway; resettlement unless told."`
	SpeakOnly bool     `json:"speak_only" help:"Only places where the household speaks a language."`
	Seed      uint64   `json:"seed" help:"The same seed gives the same plan."`
	Work      int64    `json:"work" help:"The most pairs of case and place to look at; 0 lets the size decide."`
	Enough    float64  `json:"enough" help:"A gap that is good enough, such as 0.001: the search ends once the plan is proven to be that close to the best. 0 goes on."`
	Model     string   `json:"model" help:"Score places by a model of outcomes, newest or its id; else by wishes and languages."`
	Wishes    float64  `json:"wishes" help:"The most of the outcome to give so that wishes are met better, such as 0.02; 0 gives none."`
	Floor     float64  `json:"floor" help:"The least share, of what it would get alone, that every group shall have, such as 0.6; 0 asks for none."`
	FloorBy   string   `json:"floor_by" help:"Groups by origin, size or needs; needs unless told."`
}

// Plan is what came of it.
type Plan struct {
	Plan     string  `json:"plan"`
	Value    float64 `json:"value"`
	Bound    float64 `json:"bound"`
	Gap      float64 `json:"gap"`
	Placed   int     `json:"placed"` // cases
	Unplaced int     `json:"unplaced"`
	People   int     `json:"people"` // placed
	Status   string  `json:"status"`
}

var propose = blueprint.Act(blueprint.Action{
	Name: "resettlement.propose", Group: "resettlement.propose", Title: "Propose a plan",
	Help: "Finds a place for each open case that waits, keeping households whole, with a bound that says how much better any plan " +
		"could be. It only proposes: staff accept, change or refuse. Cases that safeguards refuse stay out, and why is recorded.",
	Example: "cairn resettlement propose --seed 1", Partial: true,
	Appends: []string{"resettlement.plan_proposed", "resettlement.placement_proposed"},
}, func(w *blueprint.Work, in ProposeInput) (Plan, error) {
	if err := in.check(); err != nil {
		return Plan{}, err
	}
	waiting, err := waitingCases(w, orResettlement(in.Pathway), in.Cases)
	if err != nil {
		return Plan{}, err
	}
	places, err := receptions(w, w.Today())
	if err != nil {
		return Plan{}, err
	}
	quotas, err := readQuotas(w)
	if err != nil {
		return Plan{}, err
	}
	if len(waiting) == 0 || len(places) == 0 {
		return Plan{}, blueprint.Refuse(blueprint.Conflict, "%d cases wait and %d places are open: there is nothing to match", len(waiting), len(places))
	}
	if err := guardPlaces(w, places, quotas); err != nil {
		return Plan{}, err
	}
	today := value.DateOf(w.Now())
	problem := build(waiting, places, quotas, terms{today: today, speakOnly: in.SpeakOnly})
	id, f, err := scoreBy(w, in.Model, &problem, waiting, places)
	if err != nil {
		return Plan{}, err
	}
	result, fair, err := in.solve(w, &problem)
	if err != nil {
		return Plan{}, err
	}
	proposed := &PlanProposed{Model: id, Wishes: in.Wishes}
	if fair != nil {
		proposed.Floor, proposed.FloorBy, proposed.Price = in.Floor, in.FloorBy, fair.Price
	}
	if f != nil {
		o, err := makeOthers(w, &problem, in.Seed+1)
		if err != nil {
			return Plan{}, err
		}
		if proposed.Expected, err = f.beside(w, &problem, result.Assignments, o); err != nil {
			return Plan{}, err
		}
	}
	return draftPlan(w, proposed, &problem, &result, fair, places, quotas)
})

// check settles what kind of plan is asked for.
func (in *ProposeInput) check() error {
	in.FloorBy = cmp.Or(in.FloorBy, "needs")
	switch {
	case in.Enough < 0 || in.Enough >= 1:
		return blueprint.RefuseField("enough", "give a share from 0 to 1")
	case in.Wishes < 0 || in.Wishes >= 1:
		return blueprint.RefuseField("wishes", "give a share from 0 to 1")
	case in.Floor < 0 || in.Floor > 1:
		return blueprint.RefuseField("floor", "give a share from 0 to 1")
	case in.Floor > 0 && in.Wishes > 0:
		return blueprint.RefuseField("floor", "ask for a floor or give outcome for wishes: a plan does one of them")
	case !slices.Contains(Groupings(), in.FloorBy):
		return blueprint.RefuseField("floor_by", "%q is no way to group households: take one of %s", in.FloorBy, strings.Join(Groupings(), ", "))
	}
	return nil
}

// solve makes the plan that was asked for; with floors, and what proves their price.
func (in *ProposeInput) solve(w *blueprint.Work, problem *place.Problem) (place.Result, *place.Fairness, error) {
	o := place.Options{Seed: in.Seed, Work: in.Work, Enough: in.Enough, Workers: runtime.GOMAXPROCS(0), Progress: w.Progress}
	if in.Floor > 0 {
		return in.fairly(w, problem, o)
	}
	result, err := place.Solve(w.Ctx, *problem, o)
	if err != nil {
		return result, nil, fmt.Errorf("match cases to places: %w", err)
	}
	if in.Wishes == 0 {
		return result, nil, nil
	}
	result.Problem = problem
	met, err := place.MeetWishes(w.Ctx, result, place.WishOptions{Loss: in.Wishes, Points: frontierSteps, Options: o})
	if err != nil {
		return result, nil, fmt.Errorf("meet wishes: %w", err)
	}
	return met.Result, nil, nil
}

// fairly makes a plan in which every group keeps the floor, or refuses.
func (in *ProposeInput) fairly(w *blueprint.Work, problem *place.Problem, o place.Options) (place.Result, *place.Fairness, error) {
	groups, several := grouped(problem, in.FloorBy)
	if !several {
		return place.Result{}, nil, blueprint.RefuseField("floor_by", "all cases that wait are of one group by %s: a floor says nothing", in.FloorBy)
	}
	if o.Work == 0 {
		o.Work = studyPasses*int64(len(problem.Cases))*int64(len(problem.Places)) + 200_000
	}
	f, err := place.Fair(w.Ctx, groups, place.FairOptions{Share: in.Floor, Options: o})
	if err != nil {
		return place.Result{}, nil, fmt.Errorf("match cases to places with a floor: %w", err)
	}
	if !f.Kept {
		return place.Result{}, nil, blueprint.RefuseField("floor", "no plan was found in which every group by %s has %d %% of what it would get alone: "+
			"ask for less, or look at the newest plan closely to see what the groups have", in.FloorBy, int(math.Round(100*in.Floor)))
	}
	return f.Result, &f, nil
}

// scoreBy gives a problem the scores of a model; without one it keeps its own.
func scoreBy(w *blueprint.Work, id string, p *place.Problem, waiting []household, places []reception) (string, *forecast, error) {
	if id == "" {
		return "", nil, nil
	}
	id, model, err := modelOf(w, id)
	if err != nil {
		return "", nil, err
	}
	today := value.DateOf(w.Now())
	p.Scores = place.Scores{Table: model.scores(&model.Fit, waiting, places, today)}
	return id, newForecast(model, waiting, places, today), nil
}

func guardPlaces(w *blueprint.Work, places []reception, quotas []quota) error {
	var ids []string
	for _, r := range places {
		ids = append(ids, r.ID)
	}
	for _, q := range quotas {
		ids = append(ids, q.id)
	}
	return w.Guard(ids...)
}

func draftPlan(w *blueprint.Work, proposed *PlanProposed, problem *place.Problem, result *place.Result, fair *place.Fairness, places []reception, quotas []quota) (Plan, error) {
	id := w.NewID()
	proposed.Value, proposed.Bound, proposed.Gap = result.Value, result.Bound, result.Gap
	proposed.Status, proposed.Seed = string(result.Status), result.Seed
	var err error
	if proposed.Problem, err = w.Attach(id, problem); err != nil {
		return Plan{}, err
	}
	if proposed.Result, err = w.Attach(id, result); err != nil {
		return Plan{}, err
	}
	if fair != nil {
		priced := *fair
		priced.Result = place.Result{} // it stands beside it already
		if proposed.Fair, err = w.Attach(id, priced); err != nil {
			return Plan{}, err
		}
	}
	at := byPlace(places)
	var drafts []*PlacementProposed
	var of []string
	for i, a := range result.Assignments {
		if a.Place == "" {
			proposed.Unplaced++
			continue
		}
		r, size := at[a.Place], problem.Cases[i].Size
		share := Share{Sizes: map[string]int64{}, Quotas: quotasOf(quotas, r, w.Today())}
		for d, name := range Dimensions() {
			if size[d] > 0 {
				share.Sizes[name] = int64(size[d])
			}
		}
		proposed.Placed++
		proposed.People += size[0]
		drafts = append(drafts, &PlacementProposed{Plan: id, Place: r.ID, Country: r.Country, Score: a.Score,
			Reason: reasonFor(&problem.Cases[i], r), Share: share, Moves: moves(cases.Reached(cases.StageProposed, w.Now(), ""))})
		of = append(of, string(a.Case))
	}
	w.Add(id, proposed)
	for i, d := range drafts {
		w.AddTo(of[i], of[i], d)
	}
	return Plan{Plan: id, Value: proposed.Value, Bound: proposed.Bound, Gap: proposed.Gap, Placed: proposed.Placed,
		Unplaced: proposed.Unplaced, People: proposed.People, Status: proposed.Status}, nil
}

// reasonFor says in a few words how a place answers the household's wishes; the view
// resettlement.explain says more.
func reasonFor(c *place.Case, r *reception) string {
	for i, wish := range c.Preferences {
		if wish == r.Country || wish == r.Locality || wish == r.ID {
			return fmt.Sprintf("wish %d of %d", i+1, len(c.Preferences))
		}
	}
	if len(c.Preferences) == 0 {
		return "no wish was stated"
	}
	return "none of the wishes had room"
}
