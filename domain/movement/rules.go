package movement

import (
	"slices"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // zones where the machine has none

	"cairn/blueprint"
	"cairn/value"
	"cairn/value/said"
)

// moment reads a time with an offset, or a local time in a zone: an IANA name or
// an offset.
func moment(text, zone string) (time.Time, error) {
	text = strings.Replace(strings.TrimSpace(text), " ", "T", 1)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), nil
		}
	}
	at, err := zoneOf(zone)
	if err != nil {
		return time.Time{}, err
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, text, at); err == nil {
			if t.Format(layout) != text {
				return time.Time{}, said.Errorf("%s does not exist in %s: clocks are put forward then", text, zone)
			}
			if other, twice := again(t, layout); twice {
				return time.Time{}, said.Errorf("%s comes twice in %s, when clocks are put back: write the offset, %s or %s", text, zone,
					t.Format(offsetForm), other.Format(offsetForm))
			}
			return t.UTC(), nil
		}
	}
	return time.Time{}, said.Errorf("time %q cannot be read: write 2026-05-03T07:30+02:00, or 2026-05-03T07:30 with a zone", text)
}

const offsetForm = "-07:00"

// again gives the other moment that clocks show in the same way, if there is one. Clocks
// are put back by two hours at the most.
func again(t time.Time, layout string) (time.Time, bool) {
	for _, by := range []time.Duration{30 * time.Minute, time.Hour, 2 * time.Hour} {
		for _, other := range []time.Time{t.Add(by), t.Add(-by)} {
			if other.Format(layout) == t.Format(layout) {
				return other, true
			}
		}
	}
	return t, false
}

var errNoZone = said.Errorf("a local time needs a zone: state one such as Europe/Vienna or +02:00")

// zoneOf reads an IANA name or an offset.
func zoneOf(zone string) (*time.Location, error) {
	zone = strings.TrimSpace(zone)
	if zone == "" || zone == "Local" {
		return nil, errNoZone
	}
	if t, err := time.Parse("-07:00", zone); err == nil {
		return t.Location(), nil
	}
	if at, met := zones.Load(zone); met {
		return at.(*time.Location), nil
	}
	at, err := time.LoadLocation(zone)
	if err != nil {
		return nil, said.Errorf("zone %q is not known: write a name such as Europe/Vienna, or +02:00", zone)
	}
	zones.Store(zone, at)
	return at, nil
}

// zones remembers those that were found, of which there are some hundred: reading one
// takes longer than all else that a row of a timetable asks for.
var zones sync.Map

const mostSeats = 100_000

// checkService decides whether a service can be.
func checkService(s *ServiceScheduled) error {
	switch {
	case s.Arrive <= s.Depart:
		return said.Errorf("it arrives at %s, not after it departs at %s: check both zones", s.Arrive, s.Depart)
	case s.Cost < 0 || s.Cost > 1e9:
		return said.Errorf("the cost %d is out of range", s.Cost)
	case s.OpenCost < 0 || s.OpenCost > 1e11:
		return said.Errorf("the cost %d is out of range", s.OpenCost)
	case s.Block < 0 || s.Block > mostSeats:
		return said.Errorf("a block of %d seats is out of range", s.Block)
	case value.Fold(s.From) == value.Fold(s.To) && s.FromCountry == s.ToCountry:
		return said.Errorf("it starts and ends at %s", s.From)
	}
	total := int64(0)
	for kind, n := range s.Seats {
		if !slices.Contains(SeatKinds(), kind) {
			return said.Errorf("the kind of seat %q is not known: take %s", kind, strings.Join(SeatKinds(), ", "))
		}
		if n < 0 || n > mostSeats {
			return said.Errorf("%d places of kind %s are out of range", n, kind)
		}
		total += n
	}
	if total == 0 {
		return said.Errorf("it has no seats")
	}
	return nil
}

// checkCancelService decides whether a service may be cancelled.
func checkCancelService(cancelled string, left bool, reason string) error {
	switch {
	case strings.TrimSpace(reason) == "":
		return blueprint.RefuseField("reason", "say why the service does not run")
	case cancelled != "":
		return blueprint.Refuse(blueprint.Conflict, "the service is cancelled already: %s", cancelled)
	case left:
		return blueprint.Refuse(blueprint.Conflict, "people have left by the service: record their arrival instead")
	}
	return nil
}

// checkChain decides whether services make a journey to a country. Start is the
// stop where the travellers must begin, or "" for any.
func checkChain(legs []Leg, start, destination string) error {
	if len(legs) == 0 {
		return blueprint.RefuseField("services", "name at least one service")
	}
	if start != "" && value.Fold(legs[0].From) != value.Fold(start) {
		return blueprint.RefuseField("services", "the travellers are at %s, the first service starts at %s", start, legs[0].From)
	}
	for i := 1; i < len(legs); i++ {
		a, b := legs[i-1], legs[i]
		switch {
		case value.Fold(a.To) != value.Fold(b.From) || a.ToCountry != b.FromCountry:
			return blueprint.RefuseField("services", "service %d ends at %s, but service %d starts at %s", i, a.To, i+1, b.From)
		case b.Depart < a.Arrive:
			return blueprint.RefuseField("services", "service %d leaves at %s, before service %d arrives at %s", i+1, b.Depart, i, a.Arrive)
		}
	}
	if last := legs[len(legs)-1]; last.ToCountry != destination {
		return blueprint.RefuseField("services", "the last service ends in %s, but the household accepted a place in %s", last.ToCountry, destination)
	}
	return nil
}

// seatFor gives the kind of seat that somebody's needs ask for.
func seatFor(needs []string) string {
	kind := Seat
	for _, need := range needs {
		switch need {
		case Stretcher:
			return Stretcher
		case Wheelchair:
			kind = Wheelchair
		}
	}
	return kind
}

// checkBoard decides whether people may board a service.
func checkBoard(cancelled string, aboard, absent int) error {
	switch {
	case cancelled != "":
		return blueprint.Refuse(blueprint.Conflict, "the service is cancelled: %s", cancelled)
	case aboard+absent == 0:
		return blueprint.Refuse(blueprint.Invalid, "nobody is named who waits for this service: say all, or list journeys, records or no-shows")
	}
	return nil
}

// checkDepart decides whether a service may be recorded as departed: everybody on it
// has boarded, or is known not to have come.
func checkDepart(cancelled string, aboard, waiting int, absence string) error {
	switch {
	case cancelled != "":
		return blueprint.Refuse(blueprint.Conflict, "the service is cancelled: %s", cancelled)
	case waiting > 0 && blank(absence):
		return blueprint.RefuseField("no_show_reason", "%d people on the service have not boarded: board them, or say why those left behind did not come", waiting)
	case aboard == 0:
		return blueprint.Refuse(blueprint.Conflict, "nobody has boarded the service: nobody departs who has not boarded")
	}
	return nil
}
