package web

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/domain/movement"
)

// TestTheTimeLineShowsEveryService draws services at random: each stands on the lane of
// its connection, inside the canvas, and is filled as far as its seats are taken.
func TestTheTimeLineShowsEveryService(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var days []movement.Day
		start := time.Date(1956, 11, 1, 0, 0, 0, 0, time.UTC)
		count := rapid.IntRange(0, 60).Draw(t, "services")
		for i := range count {
			depart := start.Add(time.Duration(rapid.IntRange(0, 90*24).Draw(t, "hour")) * time.Hour)
			seats := rapid.Int64Range(0, 500).Draw(t, "seats")
			s := movement.ServiceRow{Service: fmt.Sprint(i), Mode: "train", From: rapid.SampledFrom([]string{"Wien", "Graz"}).Draw(t, "from"), To: "Linz",
				Depart: depart.Format(time.RFC3339), Arrive: depart.Add(time.Duration(rapid.IntRange(1, 900).Draw(t, "hours")) * time.Hour).Format(time.RFC3339),
				Seats: map[string]int64{"seat": seats}, Taken: map[string]int64{"seat": rapid.Int64Range(0, max(seats, 0)).Draw(t, "taken")}}
			days = append(days, movement.Day{Date: s.Depart[:10], Services: []movement.ServiceRow{s}})
		}
		line := drawTimeline(days)
		if len(line.Bars) != count || len(line.Lanes) > 2 || len(line.Ticks) > mostTicks {
			t.Fatalf("%d bars, %d lanes, %d ticks", len(line.Bars), len(line.Lanes), len(line.Ticks))
		}
		for _, b := range line.Bars {
			if b.X < timelineWords || b.X+b.Width > timelineWidth+narrowestBar || b.Y < 0 || b.Y+b.Height > line.Bottom || b.Fill > b.Width+0.01 || b.Fill < 0 {
				t.Fatalf("outside: %+v", b)
			}
			if b.Full != (b.Seats > 0 && b.Taken == b.Seats) {
				t.Fatalf("%+v", b)
			}
		}
	})
}

func TestDurations(t *testing.T) {
	assets, err := readAssets()
	if err != nil {
		t.Fatal(err)
	}
	languages, err := readLocales(assets)
	if err != nil {
		t.Fatal(err)
	}
	for minutes, want := range map[int]string{90: "+1.5 h", -30: "\u22120.5 h", 3 * 24 * 60: "+3 d 0 h", 25*60 + 30: "+1 d 2 h"} {
		if got := languages.all[0].duration(minutes); got != want {
			t.Errorf("%d minutes are %q, want %q", minutes, got, want)
		}
	}
}
