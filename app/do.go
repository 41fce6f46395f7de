package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cairn/blueprint"
	"cairn/gate"
	"cairn/store"
)

// retries bounds how often an action is run again because somebody was faster.
const retries = 20

// Options change how one call runs.
type Options struct {
	Reason   string // why the actor asks, for what needs a reason
	Progress func(stage string, done, total int64)
}

// Outcome is what an action did.
type Outcome struct {
	Out      any                       `json:"out"`                // the action's own result
	Entries  int                       `json:"entries"`            // how many entries were appended
	Refusals []blueprint.PersonRefusal `json:"refusals,omitempty"` // units that safeguards kept out of a bulk action
}

// Do runs an action for an actor: it asks the gate, runs the action on a snapshot,
// asks the safeguards about everybody who would travel, and appends all or nothing.
func (o *Office) Do(ctx context.Context, actor gate.Actor, name string, in any, options Options) (Outcome, error) {
	action, found := o.actions[name]
	if !found {
		return Outcome{}, blueprint.Refuse(blueprint.NotFound, "there is no action %q", name)
	}
	for range retries {
		outcome, err := o.try(ctx, actor, action, in, options)
		if !errors.Is(err, store.ErrMoved) {
			return outcome, explainClaim(err)
		}
	}
	return Outcome{}, blueprint.Refuse(blueprint.Busy, "others keep changing what this rests on: try again")
}

func explainClaim(err error) error {
	if errors.Is(err, store.ErrClaimed) {
		return blueprint.Refuse(blueprint.Conflict, "this is taken: %v", err)
	}
	return err
}

func (o *Office) try(ctx context.Context, actor gate.Actor, action blueprint.Action, in any, options Options) (Outcome, error) {
	var outcome Outcome
	var p *preparation
	var refused *blueprint.GateError
	var submission *store.Submission
	err := o.store.Read(ctx, func(r *store.Reader) error {
		w := o.work(ctx, r, actor, options)
		request, decision, err := o.mayAct(w, action.Name, action.Group, action.Resource, in)
		if err != nil {
			return err
		}
		if outcome.Out, err = action.Run(w, in); err != nil {
			return err
		}
		if err := checkDrafts(action, w.Drafts()); err != nil {
			return err
		}
		p = &preparation{office: o, work: w, action: action, record: GateRecord{Access: AccessRecord{Action: action.Name, Request: request, Decision: decision}}}
		if refused, err = p.askSafeguards(); err != nil {
			return err
		}
		submission, err = p.prepare(ctx)
		return err
	})
	if err != nil {
		return Outcome{}, err
	}
	if submission != nil {
		if err := o.store.Append(ctx, submission); err != nil {
			return Outcome{}, err
		}
	}
	p.remember()
	outcome.Entries = p.entries
	if submission != nil {
		if err := o.scrub(ctx, submission.Erasures); err != nil {
			return Outcome{}, err
		}
	}
	if refused != nil {
		outcome.Refusals = refused.Refusals
		if !action.Partial {
			return Outcome{}, refused
		}
	}
	return outcome, nil
}

func (o *Office) work(ctx context.Context, r *store.Reader, actor gate.Actor, options Options) *blueprint.Work {
	w := blueprint.NewWork(ctx, r, o, actor, o.now(), o.NewID)
	w.Reason = options.Reason
	if options.Progress != nil {
		w.Progress = options.Progress
	}
	return w
}

// mayAct asks whether the actor may run an action or see a view at all.
func (o *Office) mayAct(w *blueprint.Work, name, group string, resource func(*blueprint.Work, any) (gate.Resource, error), in any) (gate.Request, gate.Decision, error) {
	request := gate.Request{Actor: w.Actor, Action: name, Group: group, Reason: w.Reason,
		Resource: officeResource(o.Code())}
	if resource != nil {
		named, err := resource(w, in)
		if err != nil {
			return request, gate.Decision{}, err
		}
		if named.Office == "" {
			named.Office = o.Code()
		}
		request.Resource = named
	}
	decision := o.gate.MayAct(request)
	if !decision.Allow {
		return request, decision, &blueprint.GateError{Fault: blueprint.Denied, Refusals: []blueprint.PersonRefusal{{
			Refusals: decision.Explain(o.gate.Rules()), Decision: decision}}}
	}
	return request, decision, nil
}

// See shows a view to an actor.
func (o *Office) See(ctx context.Context, actor gate.Actor, name string, in any, options Options) (any, error) {
	view, found := o.views[name]
	if !found {
		return nil, blueprint.Refuse(blueprint.NotFound, "there is no view %q", name)
	}
	var out any
	err := o.store.Read(ctx, func(r *store.Reader) error {
		w := o.work(ctx, r, actor, options)
		if _, _, err := o.mayAct(w, view.Name, view.Group, view.Resource, in); err != nil {
			return err
		}
		var err error
		out, err = view.Run(w, in)
		return err
	})
	return out, err
}

// checkDrafts refuses drafts that the action did not list.
func checkDrafts(a blueprint.Action, drafts []*blueprint.Draft) error {
	for _, d := range drafts {
		if !slices.Contains(a.Appends, d.Fact.Kind()) {
			return fmt.Errorf("action %s drafted a %s, which it does not list", a.Name, d.Fact.Kind())
		}
	}
	return nil
}
