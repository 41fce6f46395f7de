package resettlement_test

import (
	"fmt"
	"reflect"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/domain/resettlement"
	"cairn/store"
	"cairn/store/storetest"
)

func TestWhatIf(t *testing.T) { storetest.Run(t, whatIf) }

func more(place string, people int64) resettlement.MoreRoom {
	return resettlement.MoreRoom{Place: place, Room: map[string]int64{"people": people}}
}

// whatIf asks about six households for five places: three of two people who wish for
// Canada, and three who live alone.
func whatIf(t *testing.T, config store.Config) {
	d := open(t, config)
	for i := range 3 {
		d.family(fmt.Sprintf("Pair%d", i), 2, "CAN")
		d.family(fmt.Sprintf("Alone%d", i), 1)
	}
	d.do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true})
	places := d.places(4, 3)
	d.do("placement_officer", "resettlement.set_quota", &resettlement.QuotaInput{Country: "CHE", Period: "2000-01-01/2999-12-31", People: 2})
	d.do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{Seed: 1})
	ask := func(in resettlement.WhatIfInput) resettlement.WhatIf {
		t.Helper()
		return see[resettlement.WhatIf](d, "placement_officer", "resettlement.what_if", &in)
	}
	quota := func(people int64) []resettlement.OtherQuota {
		return []resettlement.OtherQuota{{Country: "Switzerland", Period: "2000-01-01/2999-12-31", People: people}}
	}
	stands := see[resettlement.Board](d, "placement_officer", "resettlement.board", &resettlement.BoardInput{})

	house := ask(resettlement.WhatIfInput{Rooms: []resettlement.MoreRoom{more(places[0], 2)}})
	if house.Before.People != 6 || house.Before.LeftPeople != 3 || house.After.LeftPeople != 1 || house.Gain.People != 2 || house.Lose.Cases+house.Moved.Cases+house.Tell.Cases != 0 ||
		len(house.Rooms) != 1 || house.Rooms[0].Before != 4 || house.Rooms[0].After != 6 || house.Rooms[0].Locality != "Powell River" {
		t.Errorf("a house: %+v", house)
	}
	if len(house.Places) != 1 || house.Places[0].Place != places[0] || house.Places[0].After != 6 {
		t.Errorf("where: %+v", house.Places)
	}
	if both := ask(resettlement.WhatIfInput{Rooms: []resettlement.MoreRoom{more(places[0], 2)}, Quotas: quota(4)}); both.After.LeftPeople != 0 || both.Gain.People != 3 {
		t.Errorf("a house and a quota doubled: %+v", both)
	}
	if got := ask(resettlement.WhatIfInput{Withdraw: []string{"Canada"}, Quotas: quota(3)}); got.After.People != 3 || got.Withdraw[0] != (resettlement.Withdrawal{Country: "CAN", Places: 1}) ||
		got.Lose.People-got.Gain.People != 3 || got.Tell.Cases != 0 {
		t.Errorf("Canada withdraws: %+v", got)
	}
	if moved := ask(resettlement.WhatIfInput{Withdraw: []string{"CHE"}, Rooms: []resettlement.MoreRoom{more(places[0], 5)}, Move: true}); moved.After.LeftPeople != 0 || moved.Lose.Cases != 0 || moved.After.MeanRank != 1 {
		t.Errorf("all move to Canada: %+v", moved)
	}
	if now := see[resettlement.Board](d, "placement_officer", "resettlement.board", &resettlement.BoardInput{}); !reflect.DeepEqual(stands, now) {
		t.Errorf("a question changed something: %+v", now)
	}

	// What was offered stays where it is, unless its place goes.
	d.do("placement_officer", "resettlement.accept_plan", &resettlement.AcceptPlanInput{Plan: stands.Plan.Plan.Plan})
	if house = ask(resettlement.WhatIfInput{Rooms: []resettlement.MoreRoom{more(places[0], 2)}, Move: true}); house.Gain.People != 2 || house.Moved.Cases != 0 {
		t.Errorf("a house after the offers: %+v", house)
	}
	gone := ask(resettlement.WhatIfInput{Withdraw: []string{"CAN"}})
	if gone.Lose.People == 0 || gone.Tell != gone.Lose || gone.Places[0].After != 0 {
		t.Errorf("Canada withdraws after the offers: %+v", gone)
	}
	if less := ask(resettlement.WhatIfInput{Rooms: []resettlement.MoreRoom{more(places[0], -2)}}); less.After.People != 4 || less.Tell.People != 2 {
		t.Errorf("a house burns down: %+v", less)
	}
	if fewer := ask(resettlement.WhatIfInput{Quotas: quota(1)}); fewer.After.People != 5 {
		t.Errorf("a smaller quota: %+v", fewer)
	}
}

func TestWhatIfRefusals(t *testing.T) {
	d := open(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	refused := func(name string, fault blueprint.Fault, in resettlement.WhatIfInput) {
		t.Helper()
		if _, err := d.See(d.Context(), apptest.Actor("placement_officer"), "resettlement.what_if", &in, app.Options{}); blueprint.FaultOf(err) != fault {
			t.Errorf("%s: %v", name, err)
		}
	}
	refused("nobody waits", blueprint.Conflict, resettlement.WhatIfInput{Withdraw: []string{"CAN"}})
	d.family("Nagy", 2)
	d.do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true})
	places := d.places(4, 3)
	refused("nothing", blueprint.Invalid, resettlement.WhatIfInput{})
	refused("country", blueprint.Invalid, resettlement.WhatIfInput{Withdraw: []string{"Atlantis"}})
	refused("place", blueprint.NotFound, resettlement.WhatIfInput{Rooms: []resettlement.MoreRoom{more("nowhere", 1)}})
	refused("twice", blueprint.Invalid, resettlement.WhatIfInput{Rooms: []resettlement.MoreRoom{more(places[0], 1), more(places[0], 2)}})
	refused("room", blueprint.Invalid, resettlement.WhatIfInput{Rooms: []resettlement.MoreRoom{more(places[0], -5)}})
	refused("quota", blueprint.Invalid, resettlement.WhatIfInput{Quotas: []resettlement.OtherQuota{{Country: "CAN", Period: "1957", People: 3}}})
	if _, err := d.See(d.Context(), apptest.Actor("caseworker"), "resettlement.what_if", &resettlement.WhatIfInput{Withdraw: []string{"CAN"}}, app.Options{}); blueprint.FaultOf(err) != blueprint.Denied {
		t.Errorf("a caseworker asks: %v", err)
	}
	if all := see[resettlement.WhatIf](d, "placement_officer", "resettlement.what_if", &resettlement.WhatIfInput{Withdraw: []string{"CAN", "CHE"}}); all.After.People != 0 || all.Lose.People != 2 {
		t.Errorf("nobody takes anybody: %+v", all)
	}
}
