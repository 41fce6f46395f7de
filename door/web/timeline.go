package web

import (
	"fmt"
	"slices"
	"time"

	"cairn/domain/movement"
)

// timeline is a picture of services over time: a lane for each connection, a bar from
// departure to arrival for each service, filled as far as its seats are taken. The table
// beside it says the same in words.
type timeline struct {
	ViewBox string
	Right   float64 // end of the lanes
	Bottom  float64
	Lanes   []lane
	Ticks   []tick
	Bars    []bar
}

type lane struct {
	From, To, Mode string
	Y, Text        float64 // of its line, and of the foot of its words
}

// tick is the beginning of a day, in UTC.
type tick struct {
	X    float64
	Date string
}

type bar struct {
	movement.ServiceRow
	X, Y, Width, Height float64
	Fill                float64 // width of what is taken
	Taken, Seats        int64   // of all kinds
	Full                bool
}

// The canvas, in units of its view box.
const (
	timelineWords = 250 // at the left
	timelineWidth = 1000
	timelineLane  = 22
	timelineHead  = 24
	narrowestBar  = 4
	mostTicks     = 8
)

// drawTimeline makes the picture; nothing where there is no service.
func drawTimeline(days []movement.Day) timeline {
	var t timeline
	var first, last time.Time
	var rows []movement.ServiceRow
	for _, d := range days {
		rows = append(rows, d.Services...)
	}
	type span struct{ from, to time.Time }
	spans := make([]span, 0, len(rows))
	kept := rows[:0]
	for _, s := range rows {
		from, errFrom := time.Parse(time.RFC3339, s.Depart)
		to, errTo := time.Parse(time.RFC3339, s.Arrive)
		if errFrom != nil || errTo != nil {
			continue
		}
		if len(kept) == 0 || from.Before(first) {
			first = from
		}
		if to.After(last) {
			last = to
		}
		kept, spans = append(kept, s), append(spans, span{from, to})
	}
	if len(kept) == 0 {
		return t
	}
	first = first.UTC().Truncate(24 * time.Hour)
	scale := (timelineWidth - timelineWords) / max(last.Sub(first).Hours(), 1)
	x := func(at time.Time) float64 { return round(timelineWords + at.Sub(first).Hours()*scale) }
	for i, s := range kept {
		y := t.lane(s)
		b := bar{ServiceRow: s, X: x(spans[i].from), Y: y - timelineLane/2 + 3, Height: timelineLane - 6}
		b.Width = max(round(x(spans[i].to)-b.X), narrowestBar)
		for _, kind := range movement.SeatKinds() {
			b.Taken, b.Seats = b.Taken+s.Taken[kind], b.Seats+s.Seats[kind]
		}
		b.Full = b.Seats > 0 && b.Taken >= b.Seats
		b.Fill = round(b.Width * float64(b.Taken) / float64(max(b.Seats, 1)))
		t.Bars = append(t.Bars, b)
	}
	t.Right, t.Bottom = timelineWidth, float64(timelineHead+timelineLane*len(t.Lanes))
	t.ViewBox = fmt.Sprintf("0 0 %d %.0f", timelineWidth, t.Bottom)
	days0 := int(last.Sub(first).Hours()/24) + 1
	step := (days0 + mostTicks - 1) / mostTicks
	for i := 0; i < days0; i += step {
		at := first.AddDate(0, 0, i)
		t.Ticks = append(t.Ticks, tick{x(at), at.Format(time.DateOnly)})
	}
	return t
}

// lane gives the line of a service's connection, a new one for the first of it.
func (t *timeline) lane(s movement.ServiceRow) float64 {
	i := slices.IndexFunc(t.Lanes, func(l lane) bool { return l.From == s.From && l.To == s.To && l.Mode == s.Mode })
	if i < 0 {
		i = len(t.Lanes)
		y := float64(timelineHead + timelineLane*i + timelineLane/2)
		t.Lanes = append(t.Lanes, lane{s.From, s.To, s.Mode, y, y + 5})
	}
	return t.Lanes[i].Y
}

// duration is minutes as days and hours, signed.
func (l *locale) duration(minutes int) string {
	sign := "+"
	if minutes < 0 {
		sign, minutes = "\u2212", -minutes
	}
	days, hours := minutes/(24*60), float64(minutes%(24*60))/60
	if days > 0 {
		return sign + l.numbers.Sprintf("%d d %.0f h", days, hours)
	}
	return sign + l.numbers.Sprintf("%.1f h", hours)
}
