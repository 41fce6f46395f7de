package app

import (
	"encoding/json"
	"fmt"
	"slices"

	"cairn/blueprint"
	"cairn/fold"
)

// Catalogue is the list of domains with everything in it found by name.
type Catalogue struct {
	Domains     []blueprint.Domain
	subjects    map[string]blueprint.Subject
	kinds       map[string]blueprint.Kind
	actions     map[string]blueprint.Action
	views       map[string]blueprint.View
	projections map[string][]*fold.Projection // by type of subject
	travels     map[string]blueprint.Travel   // by kind
	refusals    map[string]bool               // kinds that record a refusal
}

// NewCatalogue indexes domains and refuses a list that contradicts itself.
func NewCatalogue(domains []blueprint.Domain) (*Catalogue, error) {
	c := &Catalogue{
		Domains: domains, subjects: map[string]blueprint.Subject{}, kinds: map[string]blueprint.Kind{},
		actions: map[string]blueprint.Action{}, views: map[string]blueprint.View{},
		projections: map[string][]*fold.Projection{}, travels: map[string]blueprint.Travel{}, refusals: map[string]bool{},
	}
	for _, d := range domains {
		if err := c.add(d); err != nil {
			return nil, fmt.Errorf("domain %s: %w", d.Name, err)
		}
	}
	return c, c.check()
}

func (c *Catalogue) add(d blueprint.Domain) error {
	for _, s := range d.Subjects {
		if _, twice := c.subjects[s.Name]; twice {
			return fmt.Errorf("subject %s stands twice", s.Name)
		}
		c.subjects[s.Name] = s
	}
	for _, k := range d.Kinds {
		if _, twice := c.kinds[k.Name]; twice {
			return fmt.Errorf("kind %s stands twice", k.Name)
		}
		if _, known := c.subjects[k.Subject]; !known {
			return fmt.Errorf("kind %s is about %q, which no domain so far lists", k.Name, k.Subject)
		}
		c.kinds[k.Name] = k
	}
	for _, p := range d.Projections {
		c.projections[p.Subject] = append(c.projections[p.Subject], p)
	}
	for _, a := range d.Actions {
		if _, twice := c.actions[a.Name]; twice {
			return fmt.Errorf("action %s stands twice", a.Name)
		}
		c.actions[a.Name] = a
	}
	for _, v := range d.Views {
		if _, twice := c.views[v.Name]; twice {
			return fmt.Errorf("view %s stands twice", v.Name)
		}
		if _, both := c.actions[v.Name]; both {
			return fmt.Errorf("%s is an action and a view", v.Name)
		}
		c.views[v.Name] = v
	}
	if d.Refusal != nil {
		c.refusals[d.Refusal(blueprint.PersonRefusal{}).Kind()] = true
	}
	for _, t := range d.Travels {
		c.travels[t.Kind] = t
	}
	return nil
}

// check finds kinds that nothing folds, actions that append unknown kinds, and
// kinds with a stage that no domain says the trips of.
func (c *Catalogue) check() error {
	for _, k := range c.kinds {
		consumed := slices.ContainsFunc(c.projections[k.Subject], func(p *fold.Projection) bool { return p.Consumes(k.Name) })
		if !consumed {
			return fmt.Errorf("kind %s is consumed by no projection of %s", k.Name, k.Subject)
		}
		if _, found := c.travels[k.Name]; (k.Stage != "") != found {
			return fmt.Errorf("kind %s: a stage and a travel source belong together", k.Name)
		}
	}
	for _, a := range c.actions {
		for _, kind := range a.Appends {
			if _, known := c.kinds[kind]; !known {
				return fmt.Errorf("action %s appends %s, which no domain lists", a.Name, kind)
			}
		}
	}
	return nil
}

// Action finds an action by name.
func (c *Catalogue) Action(name string) (blueprint.Action, bool) {
	a, found := c.actions[name]
	return a, found
}

// View finds a view by name.
func (c *Catalogue) View(name string) (blueprint.View, bool) {
	v, found := c.views[name]
	return v, found
}

// Decode reads a stored fact of a kind.
func (c *Catalogue) Decode(kind string, fields json.RawMessage) (blueprint.Fact, error) {
	k, known := c.kinds[kind]
	if !known {
		return nil, fmt.Errorf("entries of kind %q are unknown to this program: is it older than the record?", kind)
	}
	fact := k.New()
	if err := json.Unmarshal(fields, fact); err != nil {
		return nil, fmt.Errorf("decode a %s: %w", kind, err)
	}
	return fact, nil
}

// Tables lists every table of every projection, each once.
func (c *Catalogue) Tables() []*fold.Table {
	var out []*fold.Table
	for _, d := range c.Domains {
		for _, p := range d.Projections {
			for _, t := range p.Tables {
				if !slices.Contains(out, t) {
					out = append(out, t)
				}
			}
		}
	}
	return out
}
