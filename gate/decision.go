package gate

import (
	"fmt"
	"slices"
)

// Decision is an answer of the gate, as it is recorded.
type Decision struct {
	Allow bool `json:"allow"`
	// Reasons are ids of rules, sorted: those that forbade, or those that
	// permitted. None and no Error: nothing permitted it.
	Reasons []string `json:"reasons"`
	// Policy is the short digest of the rules' text.
	Policy string `json:"policy"`
	// Error says why the rules could not be asked; it always comes with a denial.
	Error string `json:"error,omitempty"`
}

// Ids that stand in a Refusal where no rule forbade.
const (
	NothingPermits = "nothing-permits"
	NotDecidable   = "not-decidable"
)

// Refusal explains one reason for a denial.
type Refusal struct {
	Rule    string   `json:"rule"`
	Sources []string `json:"sources"`
	Says    string   `json:"says"`
	Opens   string   `json:"opens"`
}

// Explain gives each reason for a denial; nothing for an allowance. The rules are
// those of the gate that decided.
func (d Decision) Explain(rules []Rule) []Refusal {
	if d.Allow {
		return nil
	}
	var refusals []Refusal
	for _, id := range d.Reasons {
		i := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id })
		if i < 0 {
			refusals = append(refusals, Refusal{Rule: id, Says: "The rule is not among those at hand.",
				Opens: "Load the rules whose digest begins with " + d.Policy + "."})
			continue
		}
		r := rules[i]
		refusals = append(refusals, Refusal{Rule: id, Sources: slices.Clone(r.Sources), Says: r.Says, Opens: r.Opens})
	}
	if d.Error != "" {
		refusals = append(refusals, Refusal{Rule: NotDecidable, Sources: []string{"gcm/objective-12"},
			Says: "The rules could not be asked: " + d.Error, Opens: "Correct what the message names and ask again."})
	}
	if len(refusals) == 0 {
		refusals = append(refusals, Refusal{Rule: NothingPermits, Sources: []string{"iom-data-protection-manual-2010/principle-7"},
			Says: "No rule lets your role do this.", Opens: "Somebody whose role allows it does this, or an administrator gives the role."})
	}
	return refusals
}

// CheckTravel decides again and says whether a recorded decision is the one that
// the facts and these rules give. Load the text whose digest the decision carries.
func (g *Gate) CheckTravel(trip Trip, recorded Decision) error {
	return g.compare(recorded, g.MayTravel(trip))
}

// CheckAct is CheckTravel for access.
func (g *Gate) CheckAct(request Request, recorded Decision) error {
	return g.compare(recorded, g.MayAct(request))
}

func (g *Gate) compare(recorded, now Decision) error {
	if recorded.Policy != g.digest.Short() {
		return fmt.Errorf("the decision was taken under rules %s, not %s: load their text from the ledger", recorded.Policy, g.digest.Short())
	}
	if recorded.Allow != now.Allow || recorded.Error != now.Error || !slices.Equal(recorded.Reasons, now.Reasons) {
		return fmt.Errorf("recorded decision %+v is not what its facts give, %+v", recorded, now)
	}
	return nil
}
