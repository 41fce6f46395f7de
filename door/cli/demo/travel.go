package demo

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/domain/movement"
	hungary1956 "cairn/examples/hungary-1956"
)

// schedule takes over the time tables.
func (s *simulation) schedule(files []hungary1956.FileInfo) error {
	for _, f := range files {
		if f.Kind != hungary1956.KindServices {
			continue
		}
		in := &movement.ImportInput{Input: lists.Input{Path: filepath.Join(s.files, f.Name)}}
		if _, err := s.do("movement_officer", "movement.import_services", in); err != nil {
			return fmt.Errorf("take over %s: %w", f.Name, err)
		}
	}
	return nil
}

// plan proposes journeys for everybody who accepted a place.
func (s *simulation) plan() error {
	out, err := s.do("movement_officer", "movement.propose", &movement.ProposeInput{Seed: 1})
	if err != nil {
		return err
	}
	plan, ok := out.Out.(movement.Plan)
	if !ok {
		return fmt.Errorf("a proposal gave %T", out.Out)
	}
	s.report.routeGap, s.report.unserved = plan.Gap, plan.Unserved
	return nil
}

// travel goes through the services in order of time: boarding, departure, arrival.
// Who does not come stands in the example's events.
func (s *simulation) travel() error {
	services, err := s.texts(`SELECT DISTINCT v.service, v.depart, v.arrive FROM movement_service v
		JOIN movement_leg l ON l.service = v.service WHERE v.cancelled = ''`)
	if err != nil {
		return err
	}
	absent, err := s.absentees()
	if err != nil {
		return err
	}
	hours, err := byHour(services)
	if err != nil {
		return err
	}
	for i, h := range hours {
		s.clock.set(h.at)
		if err := s.happen(h, absent); err != nil {
			return err
		}
		s.show("departures and arrivals", int64(i), int64(len(hours)))
	}
	return nil
}

// hour is what happens within one hour, in this order: arrivals of services that left
// before, departures, and arrivals of those that just left. Nobody changes services
// within an hour, so in each part the escorts of all services work side by side.
type hour struct {
	at                      time.Time
	arrives, departs, short []string
}

func byHour(services [][]string) ([]*hour, error) {
	found := map[time.Time]*hour{}
	at := func(t time.Time) *hour {
		if found[t] == nil {
			found[t] = &hour{at: t}
		}
		return found[t]
	}
	for _, v := range services {
		depart, err := parseMoment(v[1])
		if err != nil {
			return nil, err
		}
		arrive, err := parseMoment(v[2])
		if err != nil {
			return nil, err
		}
		leaves, comes := depart.Truncate(time.Hour), arrive.Truncate(time.Hour)
		at(leaves).departs = append(at(leaves).departs, v[0])
		if leaves.Equal(comes) {
			at(comes).short = append(at(comes).short, v[0])
		} else {
			at(comes).arrives = append(at(comes).arrives, v[0])
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b *hour) int { return a.at.Compare(b.at) }), nil
}

// escorts is how many services are looked after at once.
const escorts = 16

func (s *simulation) happen(h *hour, absent map[string]string) error {
	arrive := func(service string) error {
		return s.tolerate("movement.arrive", &movement.ArriveInput{Service: service})
	}
	depart := func(service string) error { return s.leave(service, absent) }
	for _, part := range []struct {
		services []string
		do       func(string) error
	}{{h.arrives, arrive}, {h.departs, depart}, {h.short, arrive}} {
		var group errgroup.Group
		group.SetLimit(escorts)
		for _, service := range part.services {
			group.Go(func() error { return part.do(service) })
		}
		if err := group.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// absentees are the records of those whose events say that they do not come.
func (s *simulation) absentees() (map[string]string, error) {
	out := map[string]string{}
	for _, e := range s.events.list {
		if e.kind != "no_show" {
			continue
		}
		rows, err := s.texts(`SELECT r.record FROM people_record r JOIN people_importing i ON i.importing = r.import
			WHERE i.name = $1 AND r.listed = $2`, e.file, e.number)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r[0]] = "simulated: " + e.detail
		}
	}
	return out, nil
}

// leave has people board a service, and the service depart. Who does not come, as the
// example's events say, stays behind.
func (s *simulation) leave(service string, absent map[string]string) error {
	riders, err := s.texts(`SELECT t.record FROM movement_traveller t WHERE t.service = $1 AND t.status = 'booked'`, service)
	if err != nil {
		return err
	}
	if len(riders) == 0 {
		return nil
	}
	in := &movement.BoardInput{Service: service, All: true}
	for _, r := range riders {
		if why, stays := absent[r[0]]; stays {
			in.NoShows = append(in.NoShows, movement.Absent{Record: r[0], Reason: why})
		}
	}
	if err := s.tolerate("movement.board", in); err != nil {
		return err
	}
	return s.tolerate("movement.depart", &movement.DepartInput{Service: service, NoShowReason: "simulated: did not board, see the refusals"})
}

// tolerate runs an action of the escort; that nobody is left to board or to arrive is
// no failure of the simulation.
func (s *simulation) tolerate(action string, in any) error {
	_, err := s.do("escort", action, in)
	if blueprint.FaultOf(err) == blueprint.Conflict || blueprint.FaultOf(err) == blueprint.NotFound {
		return nil
	}
	return err
}

func parseMoment(text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the time of a service: %w", err)
	}
	return at, nil
}
