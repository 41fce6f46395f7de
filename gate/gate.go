package gate

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/types"
	"github.com/cedar-policy/cedar-go/x/exp/ast"
	"github.com/cedar-policy/cedar-go/x/exp/schema"
	"github.com/cedar-policy/cedar-go/x/exp/schema/resolved"
	"github.com/cedar-policy/cedar-go/x/exp/schema/validate"

	"cairn/reference"
)

var (
	//go:embed access.cedar
	accessText string
	//go:embed safeguard.cedar
	safeguardText string
	//go:embed schema.cedarschema
	schemaText string
)

// Text is the text of the rules, as a ledger holds it.
type Text struct {
	Access    string `json:"access"`
	Safeguard string `json:"safeguard"`
	Schema    string `json:"schema"`
}

// Digest is the SHA-256 of the three texts, each preceded by its length, in hex.
type Digest string

// Short is the start that decisions carry.
func (d Digest) Short() string { return string(d[:16]) }

// Digest names the text.
func (t Text) Digest() Digest {
	h := sha256.New()
	for _, s := range []string{t.Access, t.Safeguard, t.Schema} {
		fmt.Fprintf(h, "%d\n%s\n", len(s), s)
	}
	return Digest(hex.EncodeToString(h.Sum(nil)))
}

// Kind says which file a rule is in.
type Kind string

// Kinds of rule.
const (
	KindAccess    Kind = "access"
	KindSafeguard Kind = "safeguard"
)

// Rule is one policy, as a person reads it.
type Rule struct {
	ID   string
	Kind Kind
	// Forbids says whether it forbids (and wins) or permits.
	Forbids bool
	// Sources are ids that reference.SourceByID finds.
	Sources []string
	// Says is the rule in a sentence, Opens what would open the gate.
	Says, Opens string
}

// Gate holds the rules, read and checked. It never changes; any number of
// goroutines may ask it.
type Gate struct {
	text              Text
	digest            Digest
	rules             []Rule
	access, safeguard policies
	groups, stages    map[string]types.EntityUID
	roles             map[string]types.EntityUID
	// actions are the schema's actions with their parents.
	actions types.EntityMap
	recent  recent // access decisions
	trips   recent // safeguard decisions
}

// Load reads the rules that come with the program.
func Load() (*Gate, error) {
	return LoadText(Text{Access: accessText, Safeguard: safeguardText, Schema: schemaText})
}

// LoadText reads rules from their text and checks them: each must conform to the
// schema and carry an id of its own, sources that resolve, says and opens.
func LoadText(text Text) (*Gate, error) {
	g := &Gate{text: text, digest: text.Digest()}
	var s schema.Schema
	s.SetFilename("schema.cedarschema")
	if err := s.UnmarshalCedar([]byte(text.Schema)); err != nil {
		return nil, fmt.Errorf("read the schema of the rules: %w", err)
	}
	resolvedSchema, err := s.Resolve()
	if err != nil {
		return nil, fmt.Errorf("resolve the schema of the rules: %w", err)
	}
	g.indexSchema(resolvedSchema)
	validator := validate.New(resolvedSchema)
	if g.access, err = g.read(KindAccess, text.Access, validator); err != nil {
		return nil, fmt.Errorf("read access rules: %w", err)
	}
	if g.safeguard, err = g.read(KindSafeguard, text.Safeguard, validator); err != nil {
		return nil, fmt.Errorf("read safeguards: %w", err)
	}
	slices.SortFunc(g.rules, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	return g, nil
}

func (g *Gate) indexSchema(s *resolved.Schema) {
	g.groups, g.stages = map[string]types.EntityUID{}, map[string]types.EntityUID{}
	g.roles, g.actions = map[string]types.EntityUID{}, types.EntityMap{}
	for uid, a := range s.Actions {
		g.actions[uid] = a.Entity
		switch {
		case a.AppliesTo == nil:
		case slices.Contains(a.AppliesTo.Principals, actorType):
			g.groups[string(uid.ID)] = uid
		case slices.Contains(a.AppliesTo.Principals, travellerType):
			g.stages[string(uid.ID)] = uid
		}
	}
	for _, uid := range s.Enums[roleType].Values {
		g.roles[string(uid.ID)] = uid
	}
}

func (g *Gate) read(kind Kind, text string, validator *validate.Validator) (policies, error) {
	list, err := cedar.NewPolicyListFromBytes(string(kind)+".cedar", []byte(text))
	if err != nil {
		return nil, err
	}
	var named policies
	for _, p := range list {
		rule, err := ruleOf(kind, p)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(g.rules, func(r Rule) bool { return r.ID == rule.ID }) {
			return nil, fmt.Errorf("rule %s stands twice: give each rule an id of its own", rule.ID)
		}
		if err := validator.Policy(rule.ID, (*ast.Policy)(p.AST())); err != nil {
			return nil, fmt.Errorf("rule %s does not fit the schema: %w", rule.ID, err)
		}
		if err := g.knowsRoles(p); err != nil {
			return nil, fmt.Errorf("rule %s does not fit the schema: %w", rule.ID, err)
		}
		g.rules = append(g.rules, rule)
		named = append(named, namedPolicy{cedar.PolicyID(rule.ID), p})
	}
	slices.SortFunc(named, func(a, b namedPolicy) int { return strings.Compare(string(a.id), string(b.id)) })
	return named, nil
}

var roleLiteral = regexp.MustCompile(`Role::"([^"]*)"`)

// knowsRoles refuses a role that the schema does not list, which the validator
// lets pass: a forbid for a misspelt role would never apply.
func (g *Gate) knowsRoles(p *cedar.Policy) error {
	for _, match := range roleLiteral.FindAllSubmatch(p.MarshalCedar(), -1) {
		if _, ok := g.roles[string(match[1])]; !ok {
			return fmt.Errorf("the role %q is not in the schema", match[1])
		}
	}
	return nil
}

func ruleOf(kind Kind, p *cedar.Policy) (Rule, error) {
	notes := p.Annotations()
	r := Rule{
		ID: string(notes["id"]), Kind: kind, Forbids: p.Effect() == cedar.Forbid,
		Sources: strings.Fields(string(notes["source"])), Says: string(notes["says"]), Opens: string(notes["opens"]),
	}
	if r.ID == "" || len(r.Sources) == 0 || r.Says == "" || r.Opens == "" {
		return r, fmt.Errorf("rule %q at line %d lacks @id, @source, @says or @opens", r.ID, p.Position().Line)
	}
	for _, id := range r.Sources {
		if _, ok := reference.SourceByID(id); !ok {
			return r, fmt.Errorf("rule %s names the source %q, which package reference does not hold", r.ID, id)
		}
	}
	return r, nil
}

// Text gives the text that the gate was loaded from.
func (g *Gate) Text() Text { return g.text }

// Digest names that text.
func (g *Gate) Digest() Digest { return g.digest }

// Rules lists all rules by id.
func (g *Gate) Rules() []Rule { return slices.Clone(g.rules) }

// Groups lists the groups of actions and views that the schema knows.
func (g *Gate) Groups() []string { return sortedKeys(g.groups) }

// Roles lists the roles that the schema knows.
func (g *Gate) Roles() []string { return sortedKeys(g.roles) }

func sortedKeys(m map[string]types.EntityUID) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

type namedPolicy struct {
	id     cedar.PolicyID
	policy *cedar.Policy
}

// policies are evaluated in the order of their ids.
type policies []namedPolicy

func (ps policies) All() iter.Seq2[cedar.PolicyID, *cedar.Policy] {
	return func(yield func(cedar.PolicyID, *cedar.Policy) bool) {
		for _, p := range ps {
			if !yield(p.id, p.policy) {
				return
			}
		}
	}
}

// world is what one evaluation can see: who, what, and the schema's actions.
type world struct {
	principal, resource types.Entity
	actions             types.EntityMap
}

func (w *world) Get(uid types.EntityUID) (types.Entity, bool) {
	switch uid {
	case w.principal.UID:
		return w.principal, true
	case w.resource.UID:
		return w.resource, true
	}
	e, ok := w.actions[uid]
	return e, ok
}

func (g *Gate) decide(ps policies, w *world, action types.EntityUID, context types.Record) Decision {
	outcome, diagnostic := cedar.Authorize(ps, w, cedar.Request{
		Principal: w.principal.UID, Action: action, Resource: w.resource.UID, Context: context,
	})
	d := Decision{Allow: outcome == cedar.Allow, Policy: g.digest.Short(), Reasons: make([]string, len(diagnostic.Reasons))}
	for i, r := range diagnostic.Reasons {
		d.Reasons[i] = string(r.PolicyID)
	}
	slices.Sort(d.Reasons)
	if len(diagnostic.Errors) == 0 {
		return d
	}
	// Cedar skips a rule that fails. A forbid that is skipped would open the gate.
	var failed []error
	for _, e := range diagnostic.Errors {
		failed = append(failed, fmt.Errorf("rule %s: %s", e.PolicyID, e.Message))
	}
	if d.Allow {
		d.Reasons = []string{}
	}
	d.Allow, d.Error = false, errors.Join(failed...).Error()
	return d
}

func (g *Gate) refuse(format string, args ...any) Decision {
	return Decision{Policy: g.digest.Short(), Reasons: []string{}, Error: fmt.Sprintf(format, args...)}
}

const (
	roleType      = types.EntityType("Role")
	actorType     = types.EntityType("Actor")
	resourceType  = types.EntityType("Resource")
	travellerType = types.EntityType("Traveller")
	journeyType   = types.EntityType("Journey")
)
