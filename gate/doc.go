// Package gate decides, by policies that a lawyer can read, who may do and see
// what (access.cedar) and what may never be done to a person (safeguard.cedar).
//
// The words:
//
//   - A rule is one Cedar policy, with its id, its sources in law, one sentence
//     that says it and one that says what would open the gate.
//   - A group is a set of actions and views that a role is allowed together
//     ("registration.write"). Each action and view belongs to one group.
//   - The facts are what the record says about a traveller at one moment. A fact
//     that was not looked up never opens the gate.
//   - The digest names the exact text of the rules; a decision carries its start.
//
// A rule that forbids wins over every rule that permits, and any error in an
// evaluation is a denial. Decisions depend on nothing but the text of the rules,
// the country codes of package reference and the values handed in, so that
// whoever holds those can check them:
//
//	g, err := gate.Load()
//	d := g.MayTravel(trip)
//	if !d.Allow {
//		for _, r := range d.Explain(g.Rules()) { … r.Says, r.Opens … }
//	}
//	err = g.CheckTravel(trip, d)
package gate
