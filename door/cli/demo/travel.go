package demo

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/domain/movement"
	hungary1956 "cairn/examples/hungary-1956"
)

// schedule takes over the time tables.
func (s *simulation) schedule(files []hungary1956.FileInfo) error {
	for _, f := range files {
		if f.Kind != hungary1956.KindServices {
			continue
		}
		in := &movement.ImportInput{Path: filepath.Join(s.files, f.Name)}
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
	var moments []moment
	for _, v := range services {
		moments = append(moments, moment{at: v[1], service: v[0]}, moment{at: v[2], service: v[0], arrives: true})
	}
	slices.SortFunc(moments, moment.compare)
	absent, err := s.absentees()
	if err != nil {
		return err
	}
	for i, m := range moments {
		if err := s.happen(m, absent); err != nil {
			return err
		}
		if i%64 == 0 {
			s.show("departures and arrivals", int64(i), int64(len(moments)))
		}
	}
	return nil
}

// moment is a departure or an arrival.
type moment struct {
	at, service string
	arrives     bool
}

func (m moment) compare(n moment) int {
	if c := strings.Compare(m.at, n.at); c != 0 {
		return c
	}
	if m.arrives != n.arrives { // who arrives at a minute can leave at it
		if m.arrives {
			return -1
		}
		return 1
	}
	return strings.Compare(m.service, n.service)
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

func (s *simulation) happen(m moment, absent map[string]string) error {
	at, err := parseMoment(m.at)
	if err != nil {
		return err
	}
	s.clock.set(at)
	if m.arrives {
		return s.tolerate("movement.arrive", &movement.ArriveInput{Service: m.service})
	}
	riders, err := s.texts(`SELECT t.record FROM movement_traveller t WHERE t.service = $1 AND t.status = 'booked'`, m.service)
	if err != nil {
		return err
	}
	if len(riders) == 0 {
		return nil
	}
	in := &movement.BoardInput{Service: m.service, All: true}
	for _, r := range riders {
		if why, stays := absent[r[0]]; stays {
			in.NoShows = append(in.NoShows, movement.Absent{Record: r[0], Reason: why})
			delete(absent, r[0])
		}
	}
	if err := s.tolerate("movement.board", in); err != nil {
		return err
	}
	return s.tolerate("movement.depart", &movement.DepartInput{Service: m.service, NoShowReason: "simulated: did not board, see the refusals"})
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
