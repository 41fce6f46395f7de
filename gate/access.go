package gate

import (
	"strings"

	"github.com/cedar-policy/cedar-go/types"
)

// Actor is who asks.
type Actor struct {
	ID     string   `json:"id"`
	Office string   `json:"office"`
	Roles  []string `json:"roles"`
	// Country is the alpha-3 code for which a receiving state's account acts.
	Country string `json:"country,omitempty"`
}

// Resource is what is acted on or looked at.
type Resource struct {
	Type string `json:"type"`
	ID   string `json:"id"`
	// Office holds it; empty when it belongs to no office in particular.
	Office string `json:"office,omitempty"`
	// Country is the receiving country of an offer or a place, alpha-3.
	Country string `json:"country,omitempty"`
	// Sensitive files are open to few; Self is the actor's own file; Granted
	// says that an entry gives the actor's office access.
	Sensitive bool `json:"sensitive,omitempty"`
	Self      bool `json:"self,omitempty"`
	Granted   bool `json:"granted,omitempty"`
}

// Request asks whether an actor may do or see something.
type Request struct {
	Actor Actor `json:"actor"`
	// Action is the name of the action or view ("people.register"); Group is
	// what it belongs to, one of Gate.Groups.
	Action   string   `json:"action"`
	Group    string   `json:"group"`
	Resource Resource `json:"resource"`
	// Reason is stated by a monitor who opens a personal file.
	Reason string `json:"reason,omitempty"`
}

// MayAct decides on access. What no rule permits is denied, and so is a request
// with an unknown group or role. The rules never change, so what was decided on a
// request lately is not decided again; the answer is not to be changed.
func (g *Gate) MayAct(r Request) Decision {
	return g.recent.decide(r.key(), func() Decision { return g.mayAct(r) })
}

func (g *Gate) mayAct(r Request) Decision {
	group, ok := g.groups[r.Group]
	if !ok {
		return g.refuse("the group %q is not in the schema", r.Group)
	}
	if r.Actor.ID == "" || r.Action == "" {
		return g.refuse("a request names its actor and its action")
	}
	roles := make([]types.EntityUID, len(r.Actor.Roles))
	for i, role := range r.Actor.Roles {
		if roles[i], ok = g.roles[role]; !ok {
			return g.refuse("the role %q is not in the schema", role)
		}
	}
	return g.decide(g.access, r.world(g, roles), group, r.context())
}

// key tells requests apart that the rules could tell apart.
func (r Request) key() key {
	k := newKey(r.Actor.ID, r.Actor.Office, r.Actor.Country, r.Action, r.Group, r.Resource.Type,
		r.Resource.ID, r.Resource.Office, r.Resource.Country, strings.TrimSpace(r.Reason))
	k.list(r.Actor.Roles)
	k.flags(r.Resource.Sensitive, r.Resource.Self, r.Resource.Granted)
	return k
}

func (r Request) world(g *Gate, roles []types.EntityUID) *world {
	return &world{
		principal: types.Entity{
			UID:     types.NewEntityUID(actorType, types.String(r.Actor.ID)),
			Parents: types.NewEntityUIDSet(roles...),
			Attributes: types.NewRecord(types.RecordMap{
				"office": types.String(r.Actor.Office), "country": types.String(r.Actor.Country),
			}),
		},
		resource: types.Entity{
			UID: types.NewEntityUID(resourceType, types.String(r.Resource.ID)),
			Attributes: types.NewRecord(types.RecordMap{
				"type":      types.String(r.Resource.Type),
				"office":    types.String(r.Resource.Office),
				"country":   types.String(r.Resource.Country),
				"sensitive": types.Boolean(r.Resource.Sensitive),
				"own":       types.Boolean(r.Resource.Self),
				"granted":   types.Boolean(r.Resource.Granted),
			}),
		},
		actions: g.actions,
	}
}

func (r Request) context() types.Record {
	return types.NewRecord(types.RecordMap{
		"action": types.String(r.Action), "reason": types.String(strings.TrimSpace(r.Reason)),
	})
}
