package movement_test

import (
	"testing"

	"cairn/domain/movement"
	"cairn/store"
)

func TestSeatsThatAreShortHaveAPrice(t *testing.T) {
	d := open(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	if none := see[movement.Tight](d, "monitor", "movement.bottlenecks", &movement.TightInput{}); none.Plan != "" || len(none.Seats) != 0 {
		t.Fatalf("%+v", none)
	}
	for _, name := range []string{"Kovacs", "Nagy", "Toth"} {
		d.family(name, 2)
	}
	d.accepted()
	s := d.schedule(
		line("flight", "Traiskirchen/AUT", "Ottawa/CAN", "01-05T07:00", "01-05T19:00", 2, 0),
		line("flight", "Traiskirchen/AUT", "Ottawa/CAN", "02-05T07:00", "02-05T19:00", 2, 0),
		line("flight", "Traiskirchen/AUT", "Ottawa/CAN", "03-05T07:00", "03-05T19:00", 9, 0))
	d.do("movement_officer", "movement.propose", &movement.ProposeInput{Seed: 1})
	got := see[movement.Tight](d, "monitor", "movement.bottlenecks", &movement.TightInput{})
	if len(got.Seats) != 2 || got.Seats[0].Service != s[0] || got.Seats[1].Service != s[1] || got.Seats[0].Price <= got.Seats[1].Price || got.Seats[0].Taken["seat"] != 2 {
		t.Fatalf("the first departure is the dearest, the one with room costs nothing: %+v", got)
	}
	if len(got.Lines) != 1 || got.Lines[0].Services != 2 || got.Lines[0].Worth != got.Seats[0].Price+got.Seats[1].Price {
		t.Fatalf("%+v", got.Lines)
	}
	if one := see[movement.Tight](d, "monitor", "movement.bottlenecks", &movement.TightInput{Limit: 1}); len(one.Seats) != 1 {
		t.Fatalf("%+v", one)
	}
}
