package placetool

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"

	"cairn/engine/place"
)

// answer is a plan with what was asked besides.
type answer struct {
	result place.Result
	whatIf *place.Comparison
	fair   *place.Fairness
	wishes *place.Wishes
}

func (c *Command) options() place.Options {
	return place.Options{Seed: c.Seed, Work: c.Work, Enough: c.Enough, Workers: runtime.GOMAXPROCS(0)}
}

// answer makes the plan that the flags ask for.
func (c *Command) answer(ctx context.Context, problem place.Problem) (*answer, error) {
	asked := 0
	for _, flag := range []bool{c.Fairness != "", c.Wishes != 0 || c.Frontier != "", c.Online != ""} {
		if flag {
			asked++
		}
	}
	if asked > 1 {
		return nil, fmt.Errorf("asking for a plan: give one of --fairness, --wishes and --online, each is a plan of its own")
	}
	if c.Fairness != "" {
		return c.fairly(ctx, problem)
	}
	if c.Online != "" {
		return c.online(ctx, problem)
	}
	result, err := place.Solve(ctx, problem, c.options())
	if err != nil {
		return nil, fmt.Errorf("placing the cases of %s: %w", c.Cases, err)
	}
	result.Problem = &problem
	a := &answer{result: result}
	if c.Wishes != 0 || c.Frontier != "" {
		if err := c.meetWishes(ctx, a); err != nil {
			return nil, err
		}
	}
	if c.WhatIf != "" {
		change, err := c.change(&problem)
		if err != nil {
			return nil, err
		}
		change.Options = c.options()
		got, err := place.WhatIf(ctx, a.result, change)
		if err != nil {
			return nil, fmt.Errorf("answering --what-if %s: %w", c.WhatIf, err)
		}
		a.whatIf = &got
	}
	return a, nil
}

func (c *Command) fairly(ctx context.Context, problem place.Problem) (*answer, error) {
	o := place.FairOptions{Options: c.options(), MaxMin: c.Fairness == "max-min"}
	if !o.MaxMin {
		share, err := strconv.ParseFloat(c.Fairness, 64)
		if err != nil {
			return nil, fmt.Errorf("reading --fairness: %q must be a share from 0 to 1, or max-min", c.Fairness)
		}
		o.Share = share
	}
	f, err := place.Fair(ctx, problem, o)
	if err != nil {
		return nil, fmt.Errorf("placing the cases of %s with floors: %w", c.Cases, err)
	}
	return &answer{result: f.Result, fair: &f}, nil
}

func (c *Command) meetWishes(ctx context.Context, a *answer) error {
	loss := c.Wishes
	if loss == 0 {
		loss = 0.02
	}
	w, err := place.MeetWishes(ctx, a.result, place.WishOptions{Loss: loss, Options: c.options()})
	if err != nil {
		return fmt.Errorf("meeting the wishes of %s: %w", c.Cases, err)
	}
	a.wishes, a.result = &w, w.Result
	if c.Frontier == "" {
		return nil
	}
	if err := os.WriteFile(c.Frontier, []byte(frontierPicture(&w)), 0o644); err != nil {
		return fmt.Errorf("writing the picture: %w", err)
	}
	return nil
}

// change reads --what-if: changes parted by commas hold together.
func (c *Command) change(p *place.Problem) (place.Change, error) {
	var all place.Change
	for text := range strings.SplitSeq(c.WhatIf, ",") {
		one, err := oneChange(p, strings.TrimSpace(text))
		if err != nil {
			return all, err
		}
		all.Capacity = append(all.Capacity, one.Capacity...)
		all.Limits = append(all.Limits, one.Limits...)
		all.WithdrawPlaces = append(all.WithdrawPlaces, one.WithdrawPlaces...)
	}
	return all, nil
}

func oneChange(p *place.Problem, text string) (place.Change, error) {
	if country, ok := strings.CutPrefix(text, "-"); ok {
		return p.Withdraw(country)
	}
	if at := strings.LastIndexAny(text, "+="); at > 0 {
		n, err := strconv.Atoi(text[at+1:])
		if err == nil && n >= 0 && text[at] == '=' {
			return p.Quota("cap of "+text[:at], n)
		}
		if err == nil && n >= 0 {
			more := make([]int, len(p.Dimensions))
			more[0] = n
			return p.MoreRoom(place.PlaceID(text[:at]), more)
		}
	}
	return place.Change{}, fmt.Errorf("reading --what-if: %q must be PLACE+N, -COUNTRY or COUNTRY=N", text)
}

// online places the cases in the file's order at prices learnt from past cases.
func (c *Command) online(ctx context.Context, problem place.Problem) (*answer, error) {
	table, err := readTable(c.Online)
	if err != nil {
		return nil, err
	}
	past := problem
	past.Scores = place.Scores{}
	if past.Cases, err = readCases(table, problem.Dimensions); err != nil {
		return nil, err
	}
	stream, err := place.OpenStream(ctx, past, place.StreamOptions{Expected: max(1, len(problem.Cases)), Options: c.options()})
	if err != nil {
		return nil, fmt.Errorf("learning prices from %s: %w", c.Online, err)
	}
	fixed := problem
	fixed.Scores = place.Scores{}
	fixed.Cases = append([]place.Case(nil), problem.Cases...)
	for k := range fixed.Cases {
		line, err := stream.Place(fixed.Cases[k], nil)
		if err != nil {
			return nil, fmt.Errorf("placing the cases of %s one by one: %w", c.Cases, err)
		}
		fixed.Cases[k].Fixed = line.Place
		if line.Place == "" {
			for _, pl := range problem.Places {
				fixed.Cases[k].Forbidden = append(fixed.Cases[k].Forbidden, pl.ID)
			}
		}
	}
	// The decisions stand; the bound is that of somebody who knew all cases beforehand.
	plan, err := place.Solve(ctx, fixed, place.Options{Work: 1, Seed: c.Seed})
	if err != nil {
		return nil, fmt.Errorf("writing down the decisions: %w", err)
	}
	problem.Scores = place.Scores{}
	hindsight, err := place.Solve(ctx, problem, c.options())
	if err != nil {
		return nil, fmt.Errorf("working out the best plan in hindsight: %w", err)
	}
	hindsight.Assignments, hindsight.Value, hindsight.Use, hindsight.Status = plan.Assignments, plan.Value, plan.Use, place.BudgetReached
	for k := range hindsight.Assignments {
		if a := &hindsight.Assignments[k]; a.Place == "" {
			a.Reason, a.Detail = place.Reserved, "no place outbid what its room is expected to be worth to later cases"
		}
	}
	hindsight.Gap = 0
	if hindsight.Bound != 0 {
		hindsight.Gap = (hindsight.Bound - hindsight.Value) / hindsight.Bound
	}
	return &answer{result: hindsight}, nil
}

// verify checks the plan by the proof that it carries.
func (a *answer) verify(p place.Problem) error {
	if a.fair != nil {
		return place.VerifyFair(p, *a.fair)
	}
	return place.Verify(p, a.result)
}

// more prints what was asked besides the plan.
func (s *summary) more(b *strings.Builder) {
	if s.Online {
		b.WriteString("Placed one by one; the bound is that of somebody who knew all cases beforehand.\n")
	}
	if w := s.WhatIf; w != nil {
		fmt.Fprintf(b, "\nwhat if   %s\n", w.Summary)
		for k, m := range w.Moved {
			if k == maxListed {
				fmt.Fprintf(b, "  and %d more\n", len(w.Moved)-maxListed)
				break
			}
			fmt.Fprintf(b, "  %q: from %q to %q\n", m.Case, m.From, m.To)
		}
	}
	if f := s.Fair; f != nil {
		fmt.Fprintf(b, "\nfloors    %.3f of what each group gets alone, kept: %t; price %.4f %% of the best plan, gap %.4f %%\n",
			f.Share, f.Kept, 100*f.Price, 100*f.Gap)
		for _, g := range f.Groups {
			fmt.Fprintf(b, "  %q: %d of %d cases placed, value %.4f, floor %.4f, alone %.4f\n", g.Group, g.Placed, g.Cases, g.Value, g.Floor, g.Alone)
		}
		if f.Impossible != "" {
			fmt.Fprintf(b, "  impossible: %s\n", f.Impossible)
		}
	}
	if w := s.Wishes; w != nil {
		fmt.Fprintf(b, "\nwishes    loss of outcome %%, mean rank, first wish %%\n")
		for k, at := range w.Frontier {
			mark := " "
			if k == w.Chosen {
				mark = "*"
			}
			fmt.Fprintf(b, "  %s %8.4f %8.3f %6.1f\n", mark, 100*at.Loss, at.MeanRank, 100*at.First)
		}
		fmt.Fprintf(b, "    %8.4f %8.3f %6.1f  one after another\n", 100*w.Serial.Loss, w.Serial.MeanRank, 100*w.Serial.First)
	}
}
