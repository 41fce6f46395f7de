package resettlement_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/domain/cases"
	"cairn/domain/people"
	"cairn/domain/resettlement"
	"cairn/store"
)

// BenchmarkBoard asks what an officer asks of a plan for 7,000 cases and 120 places, with
// room for 95 of 100 people, before anybody has accepted it.
func BenchmarkBoard(b *testing.B) {
	d, plan, places := crowd(b)
	ask := func(b *testing.B, view string, in any) {
		for b.Loop() {
			if _, err := d.See(b.Context(), apptest.Actor("placement_officer"), view, in, app.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	house := resettlement.WhatIfInput{Rooms: []resettlement.MoreRoom{more(places[0], 20)}}
	b.Run("house", func(b *testing.B) { ask(b, "resettlement.what_if", &house) })
	house.Move = true
	b.Run("house, others may move", func(b *testing.B) { ask(b, "resettlement.what_if", &house) })
	b.Run("country withdraws", func(b *testing.B) {
		ask(b, "resettlement.what_if", &resettlement.WhatIfInput{Withdraw: []string{"CHE"}})
	})
	b.Run("scarce", func(b *testing.B) { ask(b, "resettlement.scarce", &resettlement.ScarceInput{}) })
	b.Run("study", func(b *testing.B) {
		for b.Loop() {
			if _, err := d.Do(b.Context(), apptest.Actor("placement_officer"), "resettlement.study_plan", &resettlement.StudyInput{Plan: plan}, app.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("plan, studied", func(b *testing.B) { ask(b, "resettlement.plan", &resettlement.PlanInput{}) })
}

// crowd makes an office with many cases and a plan.
func crowd(b *testing.B) (o *app.Office, plan string, places []string) {
	o = officeWith(b, store.Config{URL: b.TempDir() + "/cairn.db", Driver: "sqlite"})
	do := func(role, action string, in any) any {
		out, err := o.Do(b.Context(), apptest.Actor(role), action, in, app.Options{})
		if err != nil {
			b.Fatal(err)
		}
		return out.Out
	}
	do("administrator", "offices.open_office", opening(o))
	draw, total := rand.New(rand.NewPCG(1, 2)), int64(0)
	countries := []string{"CAN", "CHE", "AUS", "USA", "GBR", "FRA", "SWE", "DEU", "NLD", "NOR"}
	for i := range 7000 {
		in := &people.RegisterInput{}
		for _, k := range draw.Perm(len(countries))[:3] {
			in.Wishes = append(in.Wishes, countries[k])
		}
		for k := range 1 + int(1.6*draw.ExpFloat64()) {
			in.Members = append(in.Members, people.Person{Name: fmt.Sprintf("Nagy, Member %d %d", i, k), Birth: fmt.Sprintf("%d-02-03", 1965+draw.IntN(50)),
				Nationalities: []string{[]string{"HUN", "YUG", "POL"}[i%3]}, Languages: []string{"hu"}})
			total++
		}
		do("registrar", "people.register", in)
	}
	do("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true})
	in := &resettlement.OpenPlacesInput{}
	for i := range 120 {
		room := map[string]int64{"people": total * int64(60+i) / (126 * 120), "school": total / 600}
		in.Places = append(in.Places, resettlement.PlaceInput{Country: countries[i%10], Locality: fmt.Sprint("Town ", i), Capacity: room})
	}
	places = do("placement_officer", "resettlement.open_places", in).(resettlement.PlacesOut).Places
	made := do("placement_officer", "resettlement.propose", &resettlement.ProposeInput{Seed: 1, Work: 500_000_000}).(resettlement.Plan)
	b.Logf("%d people; the plan places %d, gap %.3f %%", total, made.People, 100*made.Gap)
	return o, made.Plan, places
}
