package place

import (
	"fmt"
	"slices"
	"strings"
)

// gate is the first closed gate between a case and a place; open is none.
type gate uint8

const (
	gateOpen gate = iota
	gateFixed
	gateForbidden
	gateConsent
	gateLanguage
	gateService
	gateCondition
	gateSize
	gateScore
)

var gateWords = [...]string{
	gateOpen:      "open",
	gateFixed:     "another place is already accepted",
	gateForbidden: "the place is refused or forbidden for this case",
	gateConsent:   "no consent to the country",
	gateLanguage:  "no common language",
	gateService:   "a needed service is missing",
	gateCondition: "a condition of the place is not met",
	gateSize:      "too large for the place",
	gateScore:     "the scores close this pair",
}

// gatekeeper answers gates quickly: cases with equal wishes share one answer
// for each place.
type gatekeeper struct {
	p        *Problem
	profiles map[string][]gate
}

// profile gives the gates that depend only on lists that cases share.
func (g *gatekeeper) profile(c *Case) []gate {
	lists := [...][]string{c.Languages, c.Needs, c.Attributes, c.Allowed}
	var key strings.Builder
	for _, l := range lists {
		for _, s := range l {
			fmt.Fprintf(&key, "%d:%s", len(s), s)
		}
		key.WriteByte('|')
	}
	if known, ok := g.profiles[key.String()]; ok {
		return known
	}
	gates := make([]gate, len(g.p.Places))
	for i := range g.p.Places {
		gates[i] = sharedGate(c, &g.p.Places[i])
	}
	g.profiles[key.String()] = gates
	return gates
}

func sharedGate(c *Case, pl *Place) gate {
	switch {
	case len(c.Allowed) > 0 && !slices.Contains(c.Allowed, pl.Country):
		return gateConsent
	case len(c.Languages) > 0 && len(pl.Languages) > 0 && !intersects(c.Languages, pl.Languages):
		return gateLanguage
	case missing(c.Needs, pl.Services) != "":
		return gateService
	case missing(pl.Conditions, c.Attributes) != "":
		return gateCondition
	}
	return gateOpen
}

// at is the first closed gate between case c and place i, scores apart.
func (g *gatekeeper) at(c *Case, profile []gate, i int) gate {
	pl := &g.p.Places[i]
	switch {
	case c.Fixed != "" && c.Fixed != pl.ID:
		return gateFixed
	case slices.Contains(c.Forbidden, pl.ID):
		return gateForbidden
	case profile[i] != gateOpen:
		return profile[i]
	}
	for d, n := range c.Size {
		if n > pl.Capacity[d] {
			return gateSize
		}
	}
	return gateOpen
}

func intersects(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// missing is the first wanted string that is not offered, or "".
func missing(wanted, offered []string) string {
	for _, w := range wanted {
		if !slices.Contains(offered, w) {
			return w
		}
	}
	return ""
}

// gateDetail says which gate is closed and by what.
func gateDetail(p *Problem, c *Case, pl *Place, g gate) string {
	switch g {
	case gateFixed:
		return fmt.Sprintf("%s: %s", gateWords[g], c.Fixed)
	case gateConsent:
		return fmt.Sprintf("%s %s", gateWords[g], pl.Country)
	case gateLanguage:
		return fmt.Sprintf("%s: case %s, place %s", gateWords[g],
			strings.Join(c.Languages, ", "), strings.Join(pl.Languages, ", "))
	case gateService:
		return fmt.Sprintf("%s: %s", gateWords[g], missing(c.Needs, pl.Services))
	case gateCondition:
		return fmt.Sprintf("%s: %s", gateWords[g], missing(pl.Conditions, c.Attributes))
	case gateSize:
		for d, n := range c.Size {
			if n > pl.Capacity[d] {
				return fmt.Sprintf("%s: needs %d %s, capacity %d", gateWords[g], n, p.Dimensions[d], pl.Capacity[d])
			}
		}
	}
	return gateWords[g]
}
