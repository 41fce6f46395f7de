package resettlement

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"

	"cairn/blueprint"
	"cairn/engine/place"
	"cairn/value"
)

// StudyInput asks for a closer look at a plan. All but the plan may be left out.
type StudyInput struct {
	Plan  string  `json:"plan" required:"true" help:"The plan."`
	Floor float64 `json:"floor" help:"The least share, of what each group would get alone, that is asked for; nine tenths of what all can have at once unless told."`
	Loss  float64 `json:"loss" help:"The most of the outcome to give for wishes; 0.02 unless told."`
	Seed  uint64  `json:"seed" help:"The same seed gives the same study."`
}

// Study is a plan beside others: what chance or haste would have done, how far wishes
// could be met, what each group gets, and who must stay without a place.
type Study struct {
	Plan     PlanFigures           `json:"plan"`
	Greedy   PlanFigures           `json:"greedy"` // one after another, each at the best place left
	Random   PlanFigures           `json:"random"` // each at any open place with room
	Bound    float64               `json:"bound"`
	Loss     float64               `json:"loss"`
	Frontier []place.FrontierPoint `json:"frontier,omitempty"` // none where nobody stated a wish
	Chosen   int                   `json:"chosen"`             // of the frontier: the best ranks within the loss
	Serial   place.FrontierPoint   `json:"serial"`             // people who choose one after another
	Groups   []Grouping            `json:"groups,omitempty"`
	Shortage Shortage              `json:"shortage"`
	// Expected is what the newest model of outcomes says of a plan that it did not score;
	// none where there is no model.
	Expected *ExpectedOfPlans `json:"expected,omitempty"`
}

// Grouping is what the groups of one kind get.
type Grouping struct {
	By     string             `json:"by"` // origin, size or needs
	Floor  float64            `json:"floor"`
	Kept   bool               `json:"kept"`  // by a plan that was found
	Price  float64            `json:"price"` // the share of the value given up for the floors
	Gap    float64            `json:"gap"`
	Groups []place.GroupShare `json:"groups"` // in the plan as it is; Price in one that keeps the floors
}

// Shortage is who must stay without a place, whatever the plan.
type Shortage struct {
	People int          `json:"people"`
	Fewest int          `json:"fewest"` // proven
	Left   int          `json:"left"`   // by a plan that was made for this alone
	Closed int          `json:"closed"` // every place is closed to them
	Scarce []ScarceRoom `json:"scarce,omitempty"`
}

// certificate is what proves a study: whoever checks the record checks it again.
type certificate struct {
	Fair     []place.Fairness `json:"fair,omitempty"`
	Shortage place.Shortage   `json:"shortage"`
}

// studyPasses bounds each search: how many times each case may look at each place.
const (
	studyPasses   = 10
	usualFloor    = 0.9 // of the share that all groups could have at once
	usualLoss     = 0.02
	frontierSteps = 6
)

var studyPlan = blueprint.Act(blueprint.Action{
	Name: "resettlement.study_plan", Group: "resettlement.propose", Title: "Look at a plan closely",
	Help: "Lays a plan beside random and greedy placement and its bound, works out how far wishes could be met for a small loss of outcome, " +
		"what groups by origin, household size and needs get compared with what they would get alone, and how few people must stay " +
		"without a place. It takes seconds, changes nothing of the plan, and is kept with its proof.",
	Example: "cairn resettlement study-plan --plan ID", Appends: []string{"resettlement.plan_studied"},
}, func(w *blueprint.Work, in StudyInput) (Study, error) {
	switch {
	case in.Floor < 0 || in.Floor > 1:
		return Study{}, blueprint.RefuseField("floor", "give a share from 0 to 1")
	case in.Loss < 0 || in.Loss >= 1:
		return Study{}, blueprint.RefuseField("loss", "give a share from 0 to 1")
	}
	proposed, err := planOf(w, in.Plan)
	if err != nil {
		return Study{}, err
	}
	problem, result, err := attachments(w, proposed)
	if err != nil {
		return Study{}, err
	}
	result.Problem = &problem
	pairs := int64(len(problem.Cases)) * int64(len(problem.Places))
	s := &student{w: w, problem: &problem, result: result, options: place.Options{Seed: in.Seed + 1,
		Work: studyPasses*pairs + 200_000, Workers: runtime.GOMAXPROCS(0), Progress: w.Progress}}
	s.out.Bound, s.out.Loss = result.Bound, cmp.Or(in.Loss, usualLoss)
	o, err := makeOthers(w, &problem, s.options.Seed)
	if err != nil {
		return Study{}, err
	}
	s.out.Plan, s.out.Greedy, s.out.Random = figuresOf(&problem, result.Assignments), figuresOf(&problem, o.greedy), figuresOf(&problem, o.random)
	if proposed.Model == "" {
		if err := s.expect(o); err != nil {
			return Study{}, err
		}
	}
	if err := s.run(in.Floor); err != nil {
		return Study{}, err
	}
	studied := &PlanStudied{Floor: in.Floor, Seed: in.Seed}
	if studied.Study, err = w.Attach(in.Plan, s.out); err != nil {
		return Study{}, err
	}
	if studied.Certificate, err = w.Attach(in.Plan, s.proof); err != nil {
		return Study{}, err
	}
	w.Add(in.Plan, studied)
	return s.out, nil
})

// student studies one plan.
type student struct {
	w       *blueprint.Work
	problem *place.Problem
	result  place.Result
	options place.Options
	out     Study
	proof   certificate
}

func (s *student) run(floor float64) error {
	if err := s.wishes(); err != nil {
		return err
	}
	for _, by := range Groupings() {
		if err := s.fair(by, floor); err != nil {
			return err
		}
	}
	shortage, err := place.Shortfall(s.w.Ctx, *s.problem, s.options)
	if err != nil {
		return fmt.Errorf("work out who must stay without a place: %w", err)
	}
	s.proof.Shortage = shortage
	s.out.Shortage = Shortage{People: shortage.People, Fewest: shortage.Fewest, Left: shortage.Left, Closed: shortage.Closed,
		Scarce: scarceRooms(s.problem, &shortage.Result)}
	return nil
}

// expect has the newest model say what it expects of the plan, by what is known of the
// households today; where there is no model, or nobody is left, nothing is said.
func (s *student) expect(o others) error {
	id, err := newestModelID(s.w)
	if err != nil || id == "" {
		return err
	}
	_, model, err := modelOf(s.w, id)
	if err != nil {
		return err
	}
	households, places, err := s.known()
	if err != nil {
		return err
	}
	f := newForecast(model, households, places, value.DateOf(s.w.Now()))
	s.out.Expected, err = f.beside(s.w, s.problem, s.result.Assignments, o)
	return err
}

// known reads the plan's households and places as they are known today, in its order.
func (s *student) known() ([]household, []reception, error) {
	households, at := make([]household, len(s.problem.Cases)), map[string]int{}
	for i, c := range s.problem.Cases {
		households[i].id = string(c.ID)
		at[string(c.ID)] = i
	}
	get := func(id string) *household { return &households[at[id]] }
	if err := readMembers(s.w, keys(at), get); err != nil {
		return nil, nil, err
	}
	if err := readWishes(s.w, keys(at), get); err != nil {
		return nil, nil, err
	}
	ids := map[string]bool{}
	for _, p := range s.problem.Places {
		ids[string(p.ID)] = true
	}
	found, err := receptionsByID(s.w, ids)
	if err != nil {
		return nil, nil, err
	}
	places := make([]reception, len(s.problem.Places))
	for i, p := range s.problem.Places {
		if r := found[string(p.ID)]; r != nil {
			places[i] = *r
		} else {
			places[i].ID = string(p.ID)
		}
	}
	return households, places, nil
}

func (s *student) wishes() error {
	if !slices.ContainsFunc(s.problem.Cases, func(c place.Case) bool { return len(c.Preferences) > 0 }) {
		return nil
	}
	got, err := place.MeetWishes(s.w.Ctx, s.result, place.WishOptions{Loss: s.out.Loss, Points: frontierSteps, Options: s.options})
	if err != nil {
		return fmt.Errorf("work out how far wishes can be met: %w", err)
	}
	s.out.Frontier, s.out.Chosen, s.out.Serial = got.Frontier, got.Chosen, got.Serial
	return nil
}

// Groupings are the ways in which cases are grouped to see who gets what.
func Groupings() []string { return []string{"origin", "size", "needs"} }

// mostGroups bounds how many groups are placed alone; the smallest are taken together.
const (
	mostGroups = 10
	otherGroup = "other"
)

// grouped is the problem with the cases' groups; one group alone says nothing.
func grouped(p *place.Problem, by string) (place.Problem, bool) {
	out := *p
	out.Cases = slices.Clone(p.Cases)
	count := map[string]int{}
	for i := range out.Cases {
		out.Cases[i].Group = groupOf(&out.Cases[i], by)
		count[out.Cases[i].Group]++
	}
	names := make([]string, 0, len(count))
	for name := range count {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(count[b]-count[a], cmp.Compare(a, b))
	})
	if len(names) > mostGroups {
		names = names[:mostGroups-1]
		for i := range out.Cases {
			if !slices.Contains(names, out.Cases[i].Group) {
				out.Cases[i].Group = otherGroup
			}
		}
	}
	return out, len(count) > 1
}

func groupOf(c *place.Case, by string) string {
	switch by {
	case "origin":
		return c.Origin
	case "size":
		switch n := c.Size[0]; {
		case n <= 2:
			return fmt.Sprint(n)
		case n <= 4:
			return "3-4"
		case n < largeHousehold:
			return "5-6"
		}
		return "7+"
	}
	switch {
	case slices.Contains(c.Needs, UnaccompaniedAccepted):
		return needUnaccompanied
	case c.Size[slices.Index(Dimensions(), Medical)] > 0:
		return Medical
	}
	return "none"
}

// floors makes a plan that keeps the floor, or, where none was asked for, nine tenths of
// the share that all groups could have at once: what they get alone comes to more than the
// whole where room is short, so that no plan can give everybody all of it.
func (s *student) floors(problem place.Problem, floor float64) (place.Fairness, error) {
	o := place.FairOptions{Share: floor, Options: s.options}
	if floor == 0 {
		none, err := place.Fair(s.w.Ctx, problem, o)
		if err != nil {
			return none, err
		}
		alone := 0.0
		for _, g := range none.Groups {
			alone += g.Alone
		}
		o.Share = usualFloor
		if alone > none.Best {
			o.Share = usualFloor * none.Best / alone
		}
	}
	return place.Fair(s.w.Ctx, problem, o)
}

// fair works out the groups' shares in the plan, and what a floor under them would cost.
func (s *student) fair(by string, floor float64) error {
	problem, several := grouped(s.problem, by)
	if !several {
		return nil
	}
	f, err := s.floors(problem, floor)
	if err != nil {
		return fmt.Errorf("work out what groups by %s get: %w", by, err)
	}
	floor = f.Share
	g := Grouping{By: by, Floor: floor, Kept: f.Kept, Price: f.Price, Gap: f.Gap, Groups: slices.Clone(f.Groups)}
	if !f.Kept { // there is no plan to prove anything about, and its gap is no number
		f.Result, f.Gap, f.Bound, g.Gap = place.Result{}, 0, 0, 0
	}
	for i := range g.Groups {
		share := &g.Groups[i]
		share.Value, share.Placed = 0, 0
		for c, a := range s.result.Assignments {
			if a.Place != "" && problem.Cases[c].Group == share.Group {
				share.Value += a.Value
				share.Placed++
			}
		}
	}
	s.out.Groups = append(s.out.Groups, g)
	s.proof.Fair = append(s.proof.Fair, f)
	return nil
}
