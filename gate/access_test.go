package gate

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func ask(role, group string) Request {
	return Request{
		Actor: Actor{ID: "a-1", Office: "vienna", Roles: []string{role}}, Action: "x.y", Group: group,
		Resource: Resource{Type: "record", ID: "r-1", Office: "vienna"},
	}
}

func someRequest(g *Gate) *rapid.Generator[Request] {
	return rapid.Custom(func(t *rapid.T) Request {
		office := rapid.SampledFrom([]string{"", "vienna", "graz"})
		country := rapid.SampledFrom([]string{"", "CAN", "HUN"})
		return Request{
			Actor: Actor{ID: "a", Office: office.Draw(t, "office"), Country: country.Draw(t, "country"),
				Roles: rapid.SliceOfN(rapid.SampledFrom(g.Roles()), 0, 3).Draw(t, "roles")},
			Action: "x.y", Group: rapid.SampledFrom(g.Groups()).Draw(t, "group"),
			Resource: Resource{Type: "record", ID: "r", Office: office.Draw(t, "held by"), Country: country.Draw(t, "offered to"),
				Sensitive: rapid.Bool().Draw(t, "sensitive"), Self: rapid.Bool().Draw(t, "own"), Granted: rapid.Bool().Draw(t, "granted")},
			Reason: rapid.SampledFrom([]string{"", " ", "complaint 7"}).Draw(t, "reason"),
		}
	})
}

// accessCases has for each rule of access a request that it decides.
var accessCases = []struct {
	name, role, group string
	change            func(*Request)
	reasons           string // those that decide; empty where nothing permits
	allow             bool
}{
	{"registers", "registrar", "registration.write", nil, "role-registrar", true},
	{"does not review", "registrar", "identity.review", nil, "", false},
	{"nobody", "", "views.overview", func(r *Request) { r.Actor.Roles = nil }, "", false},
	{"caseworker writes a case", "caseworker", "cases.write", nil, "role-caseworker", true},
	{"caseworker closes no finding", "caseworker", "rights.write", nil, "", false},
	{"protection officer does", "protection_officer", "rights.write", nil, "role-protection-officer", true},
	{"medical officer assesses", "medical_officer", "health.write", nil, "role-medical-officer", true},
	{"escort boards", "escort", "movement.board", nil, "role-escort", true},
	{"escort opens no file", "escort", "registration.read", nil, "", false},
	{"system imports", "system", "registration.import", nil, "role-system", true},
	{"system decides on nobody", "system", "identity.review", nil, "", false},
	{"administrator gives roles", "administrator", "offices.admin", nil, "role-administrator", true},
	{"administrator reads no file", "administrator", "registration.read", nil, "administrator-sees-no-files", false},
	{"nor with another role", "administrator", "registration.read", func(r *Request) { r.Actor.Roles = append(r.Actor.Roles, "registrar") }, "administrator-sees-no-files", false},
	{"other office", "registrar", "registration.read", func(r *Request) { r.Resource.Office = "graz" }, "other-office", false},
	{"other office with a grant", "registrar", "registration.read", func(r *Request) { r.Resource.Office, r.Resource.Granted = "graz", true }, "role-registrar", true},
	{"of no office", "registrar", "views.overview", func(r *Request) { r.Resource.Office = "" }, "role-registrar", true},
	{"sensitive", "caseworker", "cases.read", func(r *Request) { r.Resource.Sensitive = true }, "sensitive-file", false},
	{"sensitive, protection", "protection_officer", "cases.read", func(r *Request) { r.Resource.Sensitive = true }, "role-protection-officer", true},
	{"sensitive, medical part", "medical_officer", "health.read", func(r *Request) { r.Resource.Sensitive = true }, "role-medical-officer", true},
	{"sensitive, not the medical part", "medical_officer", "registration.read", func(r *Request) { r.Resource.Sensitive = true }, "sensitive-file", false},
	{"own file", "applicant", "own.read", func(r *Request) { r.Resource.Self, r.Resource.Sensitive = true, true }, "role-applicant", true},
	{"another's file", "applicant", "own.read", nil, "applicant-own-file-only", false},
	{"own answer", "applicant", "offers.answer", func(r *Request) { r.Resource.Self = true }, "role-applicant", true},
	{"offer to the country", "receiving_state", "resettlement.answer", func(r *Request) {
		r.Actor.Office, r.Actor.Country, r.Resource.Country = "canada", "CAN", "CAN"
	}, "role-receiving-state", true},
	{"offer to another", "receiving_state", "resettlement.answer", func(r *Request) {
		r.Actor.Country, r.Resource.Country = "CAN", "USA"
	}, "receiving-state-own-country", false},
	{"account without a country", "receiving_state", "resettlement.answer", nil, "receiving-state-own-country", false},
	{"monitor reads the ledger", "monitor", "ledger.read", nil, "role-monitor", true},
	{"monitor without reason", "monitor", "registration.read", nil, "monitor-needs-reason", false},
	{"blank reason", "monitor", "registration.read", func(r *Request) { r.Reason = " \t" }, "monitor-needs-reason", false},
	{"monitor with reason", "monitor", "registration.read", func(r *Request) { r.Reason = "complaint 7" }, "monitor-breaks-glass", true},
	{"monitor, sensitive", "monitor", "rights.read", func(r *Request) { r.Reason, r.Resource.Sensitive = "complaint 7", true }, "monitor-breaks-glass", true},
	{"monitor writes nothing", "monitor", "registration.write", func(r *Request) { r.Reason = "complaint 7" }, "", false},
	{"reviewer", "reviewer", "identity.review", nil, "role-reviewer", true},
	{"placement", "placement_officer", "resettlement.write", nil, "role-placement-officer", true},
	{"movement", "movement_officer", "movement.write", nil, "role-movement-officer", true},
	{"reports a manifest", "movement_officer", "manifests.send", nil, "role-movement-officer", true},
	{"escort checks documents", "escort", "manifests.read", nil, "role-escort", true},
	{"escort reports to nobody", "escort", "manifests.send", nil, "", false},
	{"caseworker sees no documents of others", "caseworker", "manifests.read", nil, "", false},
	{"arrivals of the own country", "receiving_state", "arrivals.read", func(r *Request) { r.Actor.Country, r.Resource.Country = "CAN", "CAN" }, "role-receiving-state", true},
	{"arrivals of another country", "receiving_state", "arrivals.read", func(r *Request) { r.Actor.Country, r.Resource.Country = "CAN", "USA" }, "receiving-state-own-country", false},
	{"monitor asks for arrivals", "monitor", "arrivals.read", nil, "monitor-needs-reason", false},
}

func TestAccess(t *testing.T) {
	g := load(t)
	decided := map[string]bool{}
	for _, c := range accessCases {
		request := ask(c.role, c.group)
		if c.change != nil {
			c.change(&request)
		}
		d := g.MayAct(request)
		if d.Error != "" || d.Allow != c.allow || strings.Join(d.Reasons, " ") != c.reasons {
			t.Errorf("%s: %+v, want %v by %q", c.name, d, c.allow, c.reasons)
		}
		if err := g.CheckAct(request, d); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if !d.Allow && len(d.Explain(g.Rules())) != 1 {
			t.Errorf("%s: explained as %+v", c.name, d.Explain(g.Rules()))
		}
		for _, id := range d.Reasons {
			decided[id] = true
		}
	}
	for _, r := range g.Rules() {
		if r.Kind == KindAccess && !decided[r.ID] {
			t.Errorf("no case is decided by %s", r.ID)
		}
	}
}

func TestUnreadableRequestsAreDenied(t *testing.T) {
	g := load(t)
	for name, change := range map[string]func(*Request){
		"unknown group": func(r *Request) { r.Group = "registration.burn" },
		"parent group":  func(r *Request) { r.Group = "personal" },
		"a stage":       func(r *Request) { r.Group = "departure" },
		"unknown role":  func(r *Request) { r.Actor.Roles = append(r.Actor.Roles, "emperor") },
		"nobody asks":   func(r *Request) { r.Actor.ID = "" },
		"no action":     func(r *Request) { r.Action = "" },
	} {
		request := ask("registrar", "registration.write")
		change(&request)
		if d := g.MayAct(request); d.Allow || d.Error == "" {
			t.Errorf("%s: %+v, want a denial with an error", name, d)
		}
	}
}

// Every group is open to some role, or it could never be used.
func TestEveryGroupIsReachable(t *testing.T) {
	g := load(t)
	for _, group := range g.Groups() {
		reached := slices.ContainsFunc(g.Roles(), func(role string) bool {
			request := ask(role, group)
			request.Actor.Country, request.Resource.Country = "CAN", "CAN"
			request.Resource.Self, request.Reason = true, "complaint 7"
			return g.MayAct(request).Allow
		})
		if !reached {
			t.Errorf("no role reaches %s", group)
		}
	}
}

// Whoever holds the role administrator, or asks across offices without a grant,
// is let into no file, whatever else is true.
func TestForbiddenWhateverElseHolds(t *testing.T) {
	g := load(t)
	rapid.Check(t, func(t *rapid.T) {
		r := someRequest(g).Draw(t, "request")
		d := g.MayAct(r)
		if !d.Allow {
			return
		}
		file := slices.Contains([]string{"registration", "identity", "rights", "cases", "health", "own"}, strings.Split(r.Group, ".")[0])
		if file && slices.Contains(r.Actor.Roles, "administrator") {
			t.Fatalf("an administrator was let into a file: %+v", r)
		}
		state := slices.Contains(r.Actor.Roles, "receiving_state") && r.Actor.Country == r.Resource.Country
		if r.Resource.Office != "" && r.Resource.Office != r.Actor.Office && !r.Resource.Granted && !r.Resource.Self && !state {
			t.Fatalf("another office was let in: %+v", r)
		}
		if file && slices.Contains(r.Actor.Roles, "monitor") && strings.TrimSpace(r.Reason) == "" {
			t.Fatalf("a monitor was let in without a reason: %+v", r)
		}
	})
}

// What is remembered is what would be decided: a gate that was asked before gives the
// answers of one that was not, whatever a request has in common with an earlier one.
func TestRememberedDecisionsAreThoseThatWouldBeTaken(t *testing.T) {
	asked, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	few := func(t *rapid.T, name string, words ...string) string { return rapid.SampledFrom(words).Draw(t, name) }
	rapid.Check(t, func(t *rapid.T) {
		r := Request{
			Actor: Actor{ID: few(t, "id", "ana", "bo", ""), Office: few(t, "office", "bud", "vie", ""), Country: few(t, "country", "", "CAN"),
				Roles: rapid.SliceOfN(rapid.SampledFrom(append(asked.Roles(), "king")), 0, 2).Draw(t, "roles")},
			Action: few(t, "action", "a.b", "a.c"), Group: few(t, "group", asked.Groups()...), Reason: few(t, "reason", "", " ", "inspection"),
			Resource: Resource{Type: few(t, "type", "office", "record"), ID: few(t, "resource", "x", "ana"), Office: few(t, "held by", "bud", "vie", ""),
				Country: few(t, "offered to", "", "CAN"), Sensitive: rapid.Bool().Draw(t, "sensitive"), Self: rapid.Bool().Draw(t, "self"),
				Granted: rapid.Bool().Draw(t, "granted")},
		}
		for range 2 {
			if got, want := asked.MayAct(r), asked.mayAct(r); !reflect.DeepEqual(got, want) {
				t.Fatalf("%+v: remembered %+v, decided %+v", r, got, want)
			}
		}
	})
}
