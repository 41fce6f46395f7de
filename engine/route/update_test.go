package route

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func change(t *testing.T, r Result, c Change) Result {
	t.Helper()
	out, err := Update(context.Background(), r, c)
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(out.Problem, out); err != nil {
		t.Fatal(err)
	}
	return out
}

func news(r Result) map[PartyID]News {
	told := map[PartyID]News{}
	for _, n := range r.Changed.Notices {
		told[n.Party] = n.News
	}
	return told
}

func TestUpdateMovesOnlyTheAffected(t *testing.T) {
	for name, c := range map[string]struct {
		change Change
		told   map[PartyID]News
		party  PartyID
		then   []ServiceID
	}{
		"cancelled":   {Change{Cancelled: []ServiceID{"ship"}}, map[PartyID]News{"four": NewsMoved}, "four", []ServiceID{"bus1", "flight"}},
		"retimed":     {Change{Delayed: []Delay{{"ship", 270, 510}}}, map[PartyID]News{"four": NewsRetimed}, "four", []ServiceID{"bus1", "ship"}},
		"too late":    {Change{Delayed: []Delay{{"ship", 460, 700}}}, map[PartyID]News{"four": NewsMoved}, "four", []ServiceID{"bus1", "flight"}},
		"missed":      {Change{Delayed: []Delay{{"bus1", 100, 230}}}, map[PartyID]News{"four": NewsMoved, "two": NewsRetimed}, "four", []ServiceID{"bus1", "flight"}},
		"smaller":     {Change{Resized: []Resize{{"ship", []int{3, 0}}}}, map[PartyID]News{"four": NewsMoved}, "four", []ServiceID{"bus1", "flight"}},
		"no longer":   {Change{Resized: []Resize{{"flight", []int{1, 0}}}}, map[PartyID]News{"two": NewsStranded}, "two", nil},
		"withdrawn":   {Change{Withdrawn: []PartyID{"three"}}, map[PartyID]News{"three": NewsWithdrawn}, "four", []ServiceID{"bus1", "ship"}},
		"added":       {Change{Added: []Party{{ID: "new", Origin: "camp", Destination: "town", Due: 550, People: 1, Seats: []int{1, 0}}}}, map[PartyID]News{"new": NewsServed}, "new", []ServiceID{"bus1", "flight"}},
		"nothing":     {Change{}, map[PartyID]News{}, "four", []ServiceID{"bus1", "ship"}},
		"under way":   {Change{Now: 150, Cancelled: []ServiceID{"ship"}}, map[PartyID]News{"four": NewsMoved}, "four", []ServiceID{"bus1", "flight"}},
		"no-show":     {Change{Now: 270, NoShows: []NoShow{{"four", "ship", 270}}}, map[PartyID]News{"four": NewsMoved}, "four", []ServiceID{"flight"}},
		"opened":      {Change{Cancelled: []ServiceID{"flight"}, Opened: []Service{{ID: "extra", From: "port", To: "town", Depart: 300, Arrive: 450, Seats: []int{9, 0}}}}, map[PartyID]News{"two": NewsMoved}, "two", []ServiceID{"bus1", "extra"}},
		"left behind": {Change{Now: 650, Cancelled: []ServiceID{"late"}}, map[PartyID]News{"three": NewsStranded}, "three", nil},
	} {
		t.Run(name, func(t *testing.T) {
			before := solve(t, town())
			after := change(t, before, c.change)
			if told := news(after); len(told) != len(c.told) {
				t.Errorf("told %v, want %v", told, c.told)
			}
			for id, want := range c.told {
				if got := news(after)[id]; got != want {
					t.Errorf("%s is told %q, want %q", id, got, want)
				}
			}
			if got := services(after, c.party); !slices.Equal(got, c.then) {
				t.Errorf("%s travels by %v, want %v", c.party, got, c.then)
			}
			if err := Verify(town(), before); err != nil {
				t.Errorf("the old result was changed: %v", err)
			}
		})
	}
}

func TestRippleMakesRoom(t *testing.T) {
	p := town()
	p.Services[3].Seats = []int{7, 1} // ship
	p.Services[4].Seats = []int{2, 0} // flight
	before := solve(t, p)
	for ripple, want := range []map[PartyID]News{
		{"three": NewsStranded},
		{"three": NewsMoved, "two": NewsMadeRoom},
	} {
		after := change(t, before, Change{Cancelled: []ServiceID{"late"}, Ripple: ripple})
		if got := news(after); !maps.Equal(got, want) || after.Changed.MadeRoom != ripple {
			t.Errorf("ripple %d: told %v (%d made room), want %v", ripple, got, after.Changed.MadeRoom, want)
		}
	}
}

func TestAFamilyFallsIll(t *testing.T) {
	p := town()
	p.Services[5].Seats = []int{5, 1} // late
	before := solve(t, p)
	ill := p.Parties[1]
	ill.Ready, ill.Due, ill.Seats = 500, 1000, []int{1, 1}
	after := change(t, before, Change{Amended: []Party{ill}})
	if got := news(after); !maps.Equal(got, map[PartyID]News{"two": NewsStranded}) {
		t.Errorf("a wheelchair on a bus without: told %v", got)
	}
	ill.Seats = []int{2, 0}
	after = change(t, before, Change{Amended: []Party{ill}})
	if got := services(after, "two"); !slices.Equal(got, []ServiceID{"bus2", "late"}) {
		t.Errorf("travels by %v", got)
	}
	ill.Ready = 0
	ill.Avoid = []Country{"BB"}
	after = change(t, before, Change{Amended: []Party{ill}})
	if o := after.Journeys[1].Unserved; o == nil || o.Rule != RuleTransit {
		t.Errorf("obstacle %+v", o)
	}
}

func TestUpdateRefusesUnknownThings(t *testing.T) {
	r := solve(t, town())
	for says, c := range map[string]Change{
		`cancel: unknown service "x"`: {Cancelled: []ServiceID{"x"}},
		`delay: unknown service "x"`:  {Delayed: []Delay{{Service: "x"}}},
		`resize: unknown service "x"`: {Resized: []Resize{{Service: "x"}}},
		`withdraw: unknown party "x"`: {Withdrawn: []PartyID{"x"}},
		`no-show: unknown party "x"`:  {NoShows: []NoShow{{Party: "x"}}},
		`amend: unknown party "x"`:    {Amended: []Party{{ID: "x"}}},
		`party "two": stands twice`:   {Added: []Party{r.Problem.Parties[1]}},
	} {
		if _, err := Update(context.Background(), r, c); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want %q", err, says)
		}
	}
}

func TestUpdatesVerifyAndLeaveTheUnaffected(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		r, err := Solve(context.Background(), p, Options{Work: 10_000})
		if err != nil {
			t.Fatal(err)
		}
		c := Change{Now: Minute(rapid.IntRange(0, 200).Draw(t, "now")), Ripple: rapid.IntRange(0, 2).Draw(t, "ripple")}
		for _, s := range p.Services {
			if s.Depart < c.Now {
				continue
			}
			switch rapid.IntRange(0, 5).Draw(t, "fate") {
			case 0:
				c.Cancelled = append(c.Cancelled, s.ID)
			case 1:
				c.Delayed = append(c.Delayed, Delay{s.ID, s.Depart + 20, s.Arrive + 20})
			case 2:
				c.Resized = append(c.Resized, Resize{s.ID, []int{s.Seats[0] / 2, 0}})
			}
		}
		after, err := Update(context.Background(), r, c)
		if err != nil {
			t.Fatal(err)
		}
		if err := Verify(after.Problem, after); err != nil {
			t.Fatal(err)
		}
		touched := func(id ServiceID) bool {
			return slices.Contains(c.Cancelled, id) || slices.ContainsFunc(c.Delayed, func(d Delay) bool { return d.Service == id }) ||
				slices.ContainsFunc(c.Resized, func(d Resize) bool { return d.Service == id })
		}
		moved := 0
		for i, j := range r.Journeys {
			now := after.Journeys[i].Services
			if len(j.Services) == 0 || slices.ContainsFunc(j.Services, touched) || slices.Equal(j.Services, now) {
				continue
			}
			if moved++; len(now) == 0 || moved > c.Ripple {
				t.Fatalf("%s moved from %v to %v although nothing on its way changed; ripple %d", j.Party, j.Services, now, c.Ripple)
			}
		}
	})
}

// pure lists the packages that an engine may import.
var pure = []string{"cairn/value/said", "cmp", "context", "errors", "fmt", "maps", "math", "math/rand/v2", "slices", "sort", "strconv", "strings", "sync", "sync/atomic"}

// TestVerifySharesNoCode keeps the check independent of what it checks, and
// the engine pure.
func TestVerifySharesNoCode(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	declared, types := map[string]string{}, []string{"problem.go", "money.go", "result.go", "verify.go", "verify_bound.go"}
	parsed := map[string]*ast.File{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if parsed[name], err = parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution); err != nil {
			t.Fatal(err)
		}
		for _, i := range parsed[name].Imports {
			if path, _ := strconv.Unquote(i.Path.Value); !slices.Contains(pure, path) {
				t.Errorf("%s imports %s, which is not on the list of pure packages", name, path)
			}
		}
		for _, d := range parsed[name].Decls {
			if f, ok := d.(*ast.FuncDecl); ok && !slices.Contains(types, name) {
				declared[f.Name.Name] = name
			}
		}
	}
	own := map[string]bool{}
	for _, name := range types {
		for _, d := range parsed[name].Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				own[f.Name.Name] = true
			}
		}
	}
	for _, name := range []string{"verify.go", "verify_bound.go"} {
		ast.Inspect(parsed[name], func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if f, ok := call.Fun.(*ast.Ident); ok && declared[f.Name] != "" && !own[f.Name] {
					t.Errorf("%s calls %s of %s", name, f.Name, declared[f.Name])
				}
			}
			return true
		})
	}
}

func TestMoneyText(t *testing.T) {
	for m, want := range map[Money]string{0: "0.00", 29: "0.00", 30: "0.01", -30: "-0.01", 5 * Cent: "0.05", 12*Unit + 34*Cent: "12.34"} {
		if got := m.String(); got != want {
			t.Errorf("%d is %s, want %s", int64(m), got, want)
		}
	}
}
