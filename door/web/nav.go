package web

import (
	"net/http"
	"strings"

	"cairn/blueprint"
	"cairn/gate"
)

// section is one entry of the navigation, with what the gate is asked.
type section struct{ Path, Text, View, Group string }

// offers is the section of those who act for a receiving state.
var offers = section{"/offers", "nav-offers", "resettlement.offers", "resettlement.read"}

// arrivals is their section, too; others come to it from the movement board.
var arrivals = section{"/arrivals", "nav-arrivals", "movement.arrivals", "arrivals.read"}

var sections = []section{
	{"/overview", "nav-overview", "people.counts", "views.overview"},
	{"/people", "nav-search", "people.search", "registration.read"},
	{"/register", "nav-register", "people.register", "registration.write"},
	{"/doubles", "nav-doubles", "identity.queue", "identity.read"},
	{"/placement", "nav-placement", "resettlement.board", "resettlement.read"},
	{"/movement", "nav-movement", "movement.timetable", "services.read"},
	{"/missing", "nav-missing", "movement.missing", "movement.read"},
	{"/refusals", "nav-refusals", "rights.refusals", "refusals.read"},
	{"/ledger", "nav-ledger", "ledger.show", "ledger.read"},
	{"/staff", "nav-staff", "offices.appoint_staff", "offices.admin"},
}

// may says whether the gate lets somebody run an action or view at all, as far as
// that does not depend on whom it is about.
func (x *exchange) may(name, group string) bool { return x.decide(name, group).Allow }

// mayNow is may with the reason that was stated for the papers of this page.
func (x *exchange) mayNow(name, group string) bool {
	return x.Office.Gate().MayAct(x.request(name, group, x.reason())).Allow
}

func (x *exchange) decide(name, group string) gate.Decision {
	return x.Office.Gate().MayAct(x.request(name, group, ""))
}

func (x *exchange) request(name, group, reason string) gate.Request {
	return gate.Request{Actor: x.who.Actor, Action: name, Group: group, Reason: reason, Resource: gate.Resource{
		Type: "office", ID: x.code, Office: x.code}}
}

// mayForAReason says whether the gate would let somebody if a reason were stated.
func (x *exchange) mayForAReason(name, group string) bool {
	return x.Office.Gate().MayAct(x.request(name, group, "a reason")).Allow
}

// require refuses as the program does, for what is no view of a domain.
func (x *exchange) require(name, group string) error {
	d := x.decide(name, group)
	if d.Allow {
		return nil
	}
	return &blueprint.GateError{Fault: blueprint.Denied, Refusals: []blueprint.PersonRefusal{
		{Refusals: d.Explain(x.Office.Gate().Rules()), Decision: d}}}
}

// navItem is a section that somebody may see.
type navItem struct {
	section
	Here bool
}

func (x *exchange) navigation() []navItem {
	if x.who == nil {
		return nil
	}
	var out []navItem
	for _, s := range sections {
		if x.may(s.View, s.Group) {
			path := x.r.URL.Path
			here := path == s.Path || strings.HasPrefix(path, s.Path+"/") || s.Path == "/placement" && strings.HasPrefix(path, "/cases/")
			out = append(out, navItem{s, here})
		}
	}
	if request := x.request(offers.View, offers.Group, ""); x.who.Country != "" {
		for _, s := range []section{offers, arrivals} {
			request.Action, request.Group, request.Resource.Country = s.View, s.Group, x.who.Country
			if x.Office.Gate().MayAct(request).Allow {
				out = append(out, navItem{s, x.r.URL.Path == s.Path})
			}
		}
	}
	return out
}

// showHome goes to the first section that somebody may see.
func showHome(x *exchange) error {
	if items := x.navigation(); len(items) > 0 {
		return x.redirect(items[0].Path)
	}
	return x.show(http.StatusOK, "empty", nil)
}
