package movement_test

import (
	"testing"
	"time"

	"cairn/app/apptest"
	"cairn/domain/movement"
	"cairn/store"
	"cairn/store/storetest"
)

func TestAnOpenArrivalIsAnAlarm(t *testing.T) { storetest.Run(t, anOpenArrivalIsAnAlarm) }

func anOpenArrivalIsAnAlarm(t *testing.T, config store.Config) {
	d := open(t, config)
	f := d.family("Kovacs", 2)
	all := d.accepted()
	s := d.schedule(line("flight", "Traiskirchen/AUT", "Ottawa/CAN", "01-05T07:00", "01-05T19:00", 5, 0))
	d.do("movement_officer", "movement.book", &movement.BookInput{Case: all[0], Services: s})
	d.moved("movement.board", &movement.BoardInput{Service: s[0], All: true})
	d.moved("movement.depart", &movement.DepartInput{Service: s[0]})
	d.now = time.Date(1957, 1, 6, 1, 30, 0, 0, time.UTC)
	missing := func() movement.MissingView {
		t.Helper()
		return see[movement.MissingView](d, "escort", "movement.missing", &movement.MissingInput{Unaccounted: true})
	}
	if m := missing(); m.Unaccounted != 2 || m.People[0].Owner != "" || m.People[0].Hours != 6 || m.People[0].Why != "overdue" {
		t.Fatalf("%+v", m)
	}
	journey := missing().People[0].Journey
	d.moved("movement.follow_up", &movement.FollowUpInput{Journey: journey, Reason: "not at the gate", Next: "asks the police", Owner: "ana", Open: true})
	m := missing()
	if m.Unaccounted != 2 || !m.People[0].Open || m.People[0].Accounted || m.People[0].Owner != "ana" || m.People[0].Followed != "not at the gate" {
		t.Fatalf("an alarm that somebody sees to is still one: %+v", m)
	}
	d.moved("movement.follow_up", &movement.FollowUpInput{Journey: journey, Records: f.Records[1:], Reason: "in hospital", Next: "the nurse calls"})
	m = missing()
	if m.Unaccounted != 1 || len(m.People) != 1 || m.People[0].Record != f.Records[0] {
		t.Fatalf("%+v", m)
	}
	d.moved("movement.arrive", &movement.ArriveInput{Service: s[0], Records: f.Records[:1]})
	if m := missing(); m.Unaccounted != 0 {
		t.Fatalf("%+v", m)
	}
	if all := see[movement.MissingView](d, "escort", "movement.missing", &movement.MissingInput{}); len(all.People) != 1 || all.People[0].Owner != "escort" {
		t.Fatalf("who followed up sees to it unless told: %+v", all)
	}
	apptest.Sound(d, d.Office)
}
