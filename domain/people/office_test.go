package people_test

import (
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain/offices"
	"cairn/domain/people"
	"cairn/gate"
	"cairn/store"
)

var (
	clerk   = gate.Actor{ID: "clerk", Office: "bud", Roles: []string{"registrar"}}
	officer = gate.Actor{ID: "officer", Office: "bud", Roles: []string{"protection_officer"}}
)

func newOffice(t testing.TB, config store.Config) *app.Office {
	t.Helper()
	return apptest.Found(t, app.Config{Store: config,
		Domains: []blueprint.Domain{offices.Domain(), people.Domain()}})
}

func do[Out any](t testing.TB, o *app.Office, actor gate.Actor, name string, in any) Out {
	t.Helper()
	out, err := o.Do(t.Context(), actor, name, in, app.Options{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out.Out.(Out)
}

func see[Out any](t testing.TB, o *app.Office, actor gate.Actor, name string, in any) Out {
	t.Helper()
	out, err := o.See(t.Context(), actor, name, in, app.Options{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out.(Out)
}

func refused(t testing.TB, o *app.Office, actor gate.Actor, name string, in any, want blueprint.Fault) error {
	t.Helper()
	_, err := o.Do(t.Context(), actor, name, in, app.Options{})
	if err == nil || blueprint.FaultOf(err) != want {
		t.Errorf("%s gave %v, want a fault %s", name, err, want)
	}
	return err
}

func family(t testing.TB, o *app.Office) people.Registered {
	t.Helper()
	return do[people.Registered](t, o, clerk, "people.register", &people.RegisterInput{
		Site: "Traiskirchen", Arrived: "24.11.1956", Wishes: []string{"Kanada", "USA"},
		Members: []people.Person{
			{Name: "Kovács, János", Birth: "3.5.1926", Sex: "M", Nationalities: []string{"HUN"},
				Documents: []people.PaperInput{{Type: "passport", Number: "ab-12 34"}}},
			{Name: "Kovács, Éva", Birth: "1930", Sex: "nő", Relation: "feleség"},
			{Name: "Kovács, Pál", Birth: "1950-05", Sex: "M", Relation: "son"},
		}})
}

func TestAFamilyAtTheDesk(t *testing.T) {
	everywhere(t, func(t *testing.T, config store.Config) {
		o := newOffice(t, config)
		f := family(t, o)
		for _, q := range []string{"kovács jan", "Kowatsch Janos", "Ковач Янош", string(f.Numbers[0]), strings.ToLower(string(f.Numbers[0]))} {
			found := see[people.Found](t, o, clerk, "people.search", &people.SearchInput{Q: q})
			if len(found.People) != 1 || found.People[0].Record != f.Records[0] {
				t.Errorf("%q found %+v", q, found.People)
			}
		}
		page := see[people.Found](t, o, clerk, "people.search", &people.SearchInput{Q: "kov", Per: 2})
		rest := see[people.Found](t, o, clerk, "people.search", &people.SearchInput{Q: "kov", Per: 2, Page: 2})
		if len(page.People) != 2 || !page.More || len(rest.People) != 1 || rest.More {
			t.Errorf("pages %+v, %+v", page, rest)
		}
		doubles := see[[]people.Double](t, o, clerk, "people.likely_doubles", &people.DoublesInput{Name: "Janos Kowacs", Birth: "3.5.1926"})
		if len(doubles) == 0 || doubles[0].Record != f.Records[0] || doubles[0].Likeness < 0.6 {
			t.Errorf("doubles %+v", doubles)
		}
		h := see[people.HouseholdView](t, o, clerk, "people.household", &people.HouseholdInput{Household: f.Household})
		if len(h.Members) != 3 || !h.Members[0].Head || h.Members[0].Record != f.Records[0] ||
			strings.Join(h.Wishes, " ") != "CAN USA" || h.Number != string(f.Numbers[0]) {
			t.Errorf("household %+v", h)
		}
		slip := see[people.Slip](t, o, clerk, "people.slip", &people.FileInput{Record: f.Records[2]})
		if slip.Number != f.Numbers[2] || slip.BirthYear != 1950 || slip.Members != 3 || slip.Household != h.Number {
			t.Errorf("slip %+v", slip)
		}
		c := see[people.Counts](t, o, clerk, "people.counts", &people.CountsInput{})
		if c.People != 3 || c.Households != 1 || c.Sites["Traiskirchen"] != 3 || c.Nationality["HUN"] != 1 || c.Sex["male"] != 2 {
			t.Errorf("counts %+v", c)
		}
		apptest.Sound(t, o)
	})
}

func TestHouseholdsChange(t *testing.T) {
	everywhere(t, func(t *testing.T, config store.Config) {
		o := newOffice(t, config)
		f := family(t, o)
		born := do[people.Registered](t, o, clerk, "people.record_birth",
			&people.BirthInput{Mother: f.Records[1], Child: people.Person{Name: "Kovács, Anna", Sex: "F"}})
		if born.Household != f.Household {
			t.Errorf("the child joined %s", born.Household)
		}
		apart := do[people.Registered](t, o, clerk, "people.split_household", &people.SplitInput{
			Household: f.Household, Records: []string{f.Records[1], born.Records[0]}, Reason: "parted"})
		refused(t, o, clerk, "people.split_household",
			&people.SplitInput{Household: f.Household, Records: f.Records[1:2], Reason: "again"}, blueprint.Conflict)
		do[people.Registered](t, o, clerk, "people.join_household", &people.JoinInput{
			Household: apart.Household, Records: f.Records[2:], Relation: "child", Reason: "goes with the mother"})
		refused(t, o, clerk, "people.join_household",
			&people.JoinInput{Household: apart.Household, Records: []string{"nobody"}, Reason: "x"}, blueprint.NotFound)
		for household, want := range map[string]int{f.Household: 1, apart.Household: 3} {
			h := see[people.HouseholdView](t, o, clerk, "people.household", &people.HouseholdInput{Household: household})
			if len(h.Members) != want || !h.Members[0].Head {
				t.Errorf("%s has %+v, want %d members and a head", household, h.Members, want)
			}
		}
		apptest.Sound(t, o)
	})
}
