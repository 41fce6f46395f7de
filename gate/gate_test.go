package gate

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/types"
	"github.com/cedar-policy/cedar-go/x/exp/schema"
	"github.com/cedar-policy/cedar-go/x/exp/schema/validate"
	"pgregory.net/rapid"

	"cairn/reference"
)

var update = flag.Bool("update", false, "write the golden files")

const notes = `@id("added") @source("iccpr/art-12") @says("Added.") @opens("Nothing.") `

// The listing is what a lawyer reads first: every rule with what it rests on.
func TestRulesGolden(t *testing.T) {
	var b strings.Builder
	for _, r := range load(t).Rules() {
		effect := "permits"
		if r.Forbids {
			effect = "forbids"
		}
		fmt.Fprintf(&b, "%s (%s, %s)\n  says:  %s\n  opens: %s\n", r.ID, r.Kind, effect, r.Says, r.Opens)
		for _, id := range r.Sources {
			s, _ := reference.SourceByID(id)
			fmt.Fprintf(&b, "  source: %s: %s\n", s.Cite(), s.Title)
		}
		b.WriteByte('\n')
	}
	const golden = "testdata/rules.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the listing of rules changed; review it and run go test ./gate -update:\n%s", b.String())
	}
}

func TestLoadRefuses(t *testing.T) {
	base := load(t).Text()
	cases := []struct {
		name, wants string
		change      func(*Text)
	}{
		{"unresolvable source", "package reference does not hold", func(x *Text) {
			x.Safeguard += strings.Replace(notes, "iccpr/art-12", "iccpr/art-99", 1) + `forbid (principal, action, resource);`
		}},
		{"one of two sources unresolvable", "package reference does not hold", func(x *Text) {
			x.Access += strings.Replace(notes, "iccpr/art-12", "cat/art-3 nowhere", 1) + `forbid (principal, action, resource);`
		}},
		{"no annotation", "lacks @id", func(x *Text) { x.Safeguard += `permit (principal, action, resource);` }},
		{"empty says", "lacks @id", func(x *Text) {
			x.Safeguard += strings.Replace(notes, "Added.", "", 1) + `permit (principal, action, resource);`
		}},
		{"id twice", "stands twice", func(x *Text) {
			x.Access += strings.Replace(notes, "added", "no-consent", 1) + `permit (principal, action, resource);`
		}},
		{"unknown attribute", "does not fit the schema", func(x *Text) {
			x.Safeguard += notes + `forbid (principal is Traveller, action, resource) when { principal.wealth == "none" };`
		}},
		{"optional attribute unguarded", "does not fit the schema", func(x *Text) {
			x.Safeguard += notes + `forbid (principal is Traveller, action, resource) when { principal.holds.isEmpty() };`
		}},
		{"unknown group", "does not fit the schema", func(x *Text) {
			x.Access += notes + `permit (principal, action == Action::"registration.burn", resource);`
		}},
		{"unknown role", "does not fit the schema", func(x *Text) {
			x.Access += notes + `permit (principal in Role::"emperor", action, resource);`
		}},
		{"wrong type", "does not fit the schema", func(x *Text) {
			x.Safeguard += notes + `forbid (principal is Traveller, action, resource) when { principal.adult == true };`
		}},
		{"broken text", "read safeguards", func(x *Text) { x.Safeguard += "forbid (" }},
		{"broken schema", "schema of the rules", func(x *Text) { x.Schema += "entity {" }},
		{"dangling schema", "schema of the rules", func(x *Text) { x.Schema += "entity A in [Nowhere];" }},
	}
	for _, c := range cases {
		text := base
		c.change(&text)
		if _, err := LoadText(text); err == nil || !strings.Contains(err.Error(), c.wants) {
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.wants)
		}
	}
}

// A rule that fails while it is evaluated denies, though Cedar skips it.
func TestErrorDenies(t *testing.T) {
	overflow := ` when { 9223372036854775807 + 1 > 0 };`
	for _, effect := range []string{"forbid", "permit"} {
		text := load(t).Text()
		text.Safeguard += notes + effect + ` (principal is Traveller, action, resource)` + overflow
		text.Access += strings.Replace(notes, "added", "added-access", 1) + effect + ` (principal is Actor, action, resource)` + overflow
		g, err := LoadText(text)
		if err != nil {
			t.Fatal(err)
		}
		d := g.MayTravel(cleared())
		if d.Allow || !strings.Contains(d.Error, "rule added") || len(d.Reasons) != 0 {
			t.Errorf("travel with a failing %s: %+v", effect, d)
		}
		if err := g.CheckTravel(cleared(), d); err != nil {
			t.Error(err)
		}
		d = g.MayAct(ask("registrar", "registration.write"))
		if d.Allow || !strings.Contains(d.Error, "rule added-access") {
			t.Errorf("access with a failing %s: %+v", effect, d)
		}
	}
}

func TestDigestCoversEveryText(t *testing.T) {
	base := load(t).Text()
	seen := map[Digest]bool{base.Digest(): true}
	for _, change := range []func(*Text){
		func(x *Text) { x.Access += " " },
		func(x *Text) { x.Safeguard += " " },
		func(x *Text) { x.Schema += " " },
		func(x *Text) { x.Access, x.Safeguard = x.Access+x.Safeguard[:1], x.Safeguard[1:] },
	} {
		text := base
		change(&text)
		if seen[text.Digest()] {
			t.Error("two texts share a digest")
		}
		seen[text.Digest()] = true
	}
}

func TestCheckNeedsTheRulesOfTheDecision(t *testing.T) {
	g := load(t)
	text := g.Text()
	text.Access += "// reviewed\n"
	later, err := LoadText(text)
	if err != nil {
		t.Fatal(err)
	}
	d := g.MayTravel(cleared())
	if err := later.CheckTravel(cleared(), d); err == nil || !strings.Contains(err.Error(), d.Policy) {
		t.Errorf("checked under other rules: %v", err)
	}
	again, err := LoadText(g.Text())
	if err != nil || again.CheckTravel(cleared(), d) != nil {
		t.Errorf("checked under the same text: %v, %v", err, again.CheckTravel(cleared(), d))
	}
}

// What the gate hands to the rules fits the schema, whatever it is asked.
func TestQuestionsFitTheSchema(t *testing.T) {
	g := load(t)
	var s schema.Schema
	if err := s.UnmarshalCedar([]byte(g.Text().Schema)); err != nil {
		t.Fatal(err)
	}
	resolvedSchema, err := s.Resolve()
	if err != nil {
		t.Fatal(err)
	}
	validator := validate.New(resolvedSchema)
	fits := func(t *rapid.T, w *world, action types.EntityUID, context types.Record) {
		for _, e := range []types.Entity{w.principal, w.resource} {
			if err := validator.Entity(e); err != nil {
				t.Fatalf("%+v: %v", e, err)
			}
		}
		err := validator.Request(cedar.Request{Principal: w.principal.UID, Action: action, Resource: w.resource.UID, Context: context})
		if err != nil {
			t.Fatal(err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		trip := someTrip().Draw(t, "trip")
		w, err := trip.world(g)
		if err != nil {
			t.Fatal(err)
		}
		fits(t, w, g.stages[trip.Stage], types.Record{})
		request := someRequest(g).Draw(t, "request")
		var roles []types.EntityUID
		for _, role := range request.Actor.Roles {
			roles = append(roles, g.roles[role])
		}
		fits(t, request.world(g, roles), g.groups[request.Group], request.context())
	})
}

func TestManyAskAtOnce(t *testing.T) {
	g := load(t)
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			trip, request := cleared(), ask("registrar", "registration.write")
			trip.Stage = stages[i%4]
			for range 200 {
				if d := g.MayTravel(trip); !d.Allow {
					t.Errorf("%+v", d)
				}
				if d := g.MayAct(request); !d.Allow {
					t.Errorf("%+v", d)
				}
			}
		})
	}
	group.Wait()
	if rules := g.Rules(); !slices.IsSortedFunc(rules, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("rules are not listed by id")
	}
}

func BenchmarkMayTravel(b *testing.B) {
	g := load(b)
	trip := cleared()
	trip.Stage = StageDeparture
	for _, c := range []struct {
		name   string
		decide func(Trip) Decision
	}{{"anew", g.mayTravel}, {"remembered", g.MayTravel}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if !c.decide(trip).Allow {
					b.Fatal("denied")
				}
			}
		})
	}
}

func BenchmarkMayAct(b *testing.B) {
	g := load(b)
	request := ask("caseworker", "cases.write")
	for b.Loop() {
		if !g.mayAct(request).Allow {
			b.Fatal("denied")
		}
	}
}
