package demo

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"cairn/app"
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

// enoughJourneys is the gap at which the search for journeys ends: the example's lines
// run full for months, and what a longer search wins is proof, not a cheaper plan.
const enoughJourneys = 0.06

// plan proposes journeys for everybody who accepted a place.
func (s *simulation) plan() error {
	out, err := s.do("movement_officer", "movement.propose", &movement.ProposeInput{Seed: 1, Enough: enoughJourneys})
	if err != nil {
		return err
	}
	plan, ok := out.Out.(movement.Plan)
	if !ok {
		return fmt.Errorf("a proposal gave %T", out.Out)
	}
	s.report.routeGap, s.report.unserved = plan.Gap, plan.Unserved
	for _, stuck := range plan.Stuck {
		s.report.stuck[stuck.Rule]++
	}
	for _, u := range plan.Unmatched {
		s.report.stuck["no stop is known for the "+u.What]++
	}
	return nil
}

// travel goes through the booked legs in order of time: departures by manifest,
// arrivals. Who does not come stands in the example's events.
func (s *simulation) travel() error {
	legs, err := s.legs()
	if err != nil {
		return err
	}
	absent, err := s.absentees()
	if err != nil {
		return err
	}
	shifts := shiftsOf(legs)
	for i, h := range shifts {
		s.clock.set(h.at)
		var both errgroup.Group // nobody who ends a journey leaves now
		both.Go(func() error { return s.arrive(h.arrives) })
		both.Go(func() error { return s.leave(h.departs, absent) })
		if err := both.Wait(); err != nil {
			return err
		}
		s.show("departures and arrivals", int64(i+1), int64(len(shifts)))
	}
	return nil
}

// legs reads the booked legs by service, in order of departure.
func (s *simulation) legs() ([]*run, error) {
	rows, err := s.texts(`SELECT l.service, v.depart, v.arrive, l.journey FROM movement_leg l
		JOIN movement_service v ON v.service = l.service WHERE v.cancelled = '' ORDER BY v.depart, l.service, l.journey`)
	if err != nil {
		return nil, err
	}
	var out []*run
	for _, r := range rows {
		if n := len(out); n == 0 || out[n-1].service != r[0] {
			depart, err := parseMoment(r[1])
			if err != nil {
				return nil, err
			}
			arrive, err := parseMoment(r[2])
			if err != nil {
				return nil, err
			}
			out = append(out, &run{service: r[0], depart: depart, arrive: arrive})
		}
		last := out[len(out)-1]
		last.journeys = append(last.journeys, r[3])
	}
	ended := map[string]bool{}
	for _, r := range slices.Backward(out) {
		for _, j := range r.journeys {
			if !ended[j] {
				ended[j], r.ends = true, append(r.ends, j)
			}
		}
	}
	return out, nil
}

// run is a service with the journeys that are booked on it, and those that end with it.
type run struct {
	service        string
	depart, arrive time.Time
	journeys, ends []string
}

// shift is what an office records in one go: the services that came in since the last
// one, then those that leave next, with everybody on them there already.
type shift struct {
	at               time.Time
	arrives, departs []*run
}

// longestShift bounds how long before its departure a manifest is closed.
const longestShift = 8 * time.Hour

// shiftsOf groups services in order of departure: a shift ends where somebody on the
// next service would still be under way.
func shiftsOf(runs []*run) []*shift {
	var shifts []*shift
	there := map[string]time.Time{} // when a journey's latest leg ends
	for _, r := range runs {
		begins := len(shifts) == 0 || r.depart.Sub(shifts[len(shifts)-1].at) > longestShift ||
			slices.ContainsFunc(r.journeys, func(j string) bool { return there[j].After(shifts[len(shifts)-1].at) })
		if begins {
			shifts = append(shifts, &shift{at: r.depart})
		}
		shifts[len(shifts)-1].departs = append(shifts[len(shifts)-1].departs, r)
		for _, j := range r.journeys {
			there[j] = r.arrive
		}
	}
	return withArrivals(shifts, runs)
}

// withArrivals adds to each shift the services that came to their end before it with
// journeys that are over, and shifts after the last departure for what comes in later.
// At a connection the next manifest says who arrived.
func withArrivals(shifts []*shift, runs []*run) []*shift {
	coming := slices.DeleteFunc(slices.Clone(runs), func(r *run) bool { return len(r.ends) == 0 })
	slices.SortStableFunc(coming, func(a, b *run) int { return a.arrive.Compare(b.arrive) })
	for _, h := range shifts {
		n := slices.IndexFunc(coming, func(r *run) bool { return r.arrive.After(h.at) })
		if n < 0 {
			n = len(coming)
		}
		h.arrives, coming = coming[:n], coming[n:]
	}
	for len(coming) > 0 {
		h := &shift{at: coming[0].arrive.Add(longestShift)}
		for len(coming) > 0 && !coming[0].arrive.After(h.at) {
			h.arrives, coming = append(h.arrives, coming[0]), coming[1:]
		}
		shifts = append(shifts, h)
	}
	return shifts
}

// Manifests are recorded by two escorts at once, each a page at a time. A page is not
// worth halving below leastPage parties.
const (
	escorts   = 2
	leastPage = 25
	mostPage  = 500
)

// pages has escorts work on the services side by side, in pages of about as many
// parties, whose number on a service size gives.
func pages(runs []*run, size func(*run) int, do func([]*run) error) error {
	all := 0
	for _, r := range runs {
		all += size(r)
	}
	page := min(max((all+escorts-1)/escorts, leastPage), mostPage)
	var group errgroup.Group
	group.SetLimit(escorts)
	for len(runs) > 0 {
		n, parties := 0, 0
		for n < len(runs) && parties < page {
			parties += size(runs[n])
			n++
		}
		of := runs[:n]
		runs = runs[n:]
		group.Go(func() error { return do(of) })
	}
	return group.Wait()
}

// arrive has the towns record who came to the end of a journey.
func (s *simulation) arrive(runs []*run) error {
	return pages(runs, func(r *run) int { return len(r.ends) }, func(of []*run) error {
		in := &movement.ArriveInput{}
		for _, r := range of {
			in.Journeys = append(in.Journeys, r.ends...)
		}
		_, err := s.tolerate("movement.arrive", in)
		return err
	})
}

// leave has people board services, and the services depart. Who does not come, as the
// example's events say, stays behind, and so do those whom safeguards refuse.
func (s *simulation) leave(runs []*run, absent map[string][]movement.Absent) error {
	return pages(runs, func(r *run) int { return len(r.journeys) }, func(of []*run) error {
		in := &movement.ManifestsInput{Services: names(of)}
		for _, r := range of {
			in.NoShows = append(in.NoShows, absent[r.service]...)
		}
		out, err := s.tolerate("movement.board_and_depart", in)
		if err != nil || len(out.Refusals) == 0 {
			return err
		}
		return s.takeOff(out.Refusals)
	})
}

func names(runs []*run) []string {
	out := make([]string, len(runs))
	for i, r := range runs {
		out[i] = r.service
	}
	return out
}

// takeOff records that those on journeys which safeguards refused did not leave.
func (s *simulation) takeOff(refused []blueprint.PersonRefusal) error {
	byService := map[string]*movement.BoardInput{}
	done := map[string]bool{}
	arrived := &movement.ArriveInput{}
	for _, r := range refused {
		arrived.Journeys = append(arrived.Journeys, r.Unit)
	}
	if _, err := s.tolerate("movement.arrive", arrived); err != nil { // who came to a connection waits there
		return err
	}
	for _, r := range refused {
		if done[r.Unit] {
			continue
		}
		done[r.Unit] = true
		rows, err := s.texts(`SELECT service, record FROM movement_traveller WHERE journey = $1 AND status = 'booked' ORDER BY record`, r.Unit)
		if err != nil {
			return err
		}
		for _, row := range rows {
			in := byService[row[0]]
			if in == nil {
				in = &movement.BoardInput{Service: row[0]}
				byService[row[0]] = in
			}
			in.NoShows = append(in.NoShows, movement.Absent{Record: row[1], Reason: "simulated: did not board, see the refusals"})
		}
	}
	for _, service := range slices.Sorted(maps.Keys(byService)) {
		if _, err := s.tolerate("movement.board", byService[service]); err != nil {
			return err
		}
	}
	return nil
}

// absentees are those whose events say that they do not come, by the first service
// that they are booked on.
func (s *simulation) absentees() (map[string][]movement.Absent, error) {
	rows, err := s.texts(`SELECT i.name, r.listed, r.record, l.service FROM movement_traveller t JOIN people_record r ON r.record = t.record
		JOIN people_importing i ON i.importing = r.import JOIN movement_leg l ON l.journey = t.journey AND l.leg = 0
		WHERE t.status = 'booked' ORDER BY r.record`)
	if err != nil {
		return nil, err
	}
	out := map[string][]movement.Absent{}
	for _, r := range rows {
		for _, e := range s.events.of(r[0]+" "+r[1], "no_show") {
			out[r[3]] = append(out[r[3]], movement.Absent{Record: r[2], Reason: "simulated: " + e.detail})
			break
		}
	}
	return out, nil
}

// tolerate runs an action of the escort; that nobody is left to board or to arrive is
// no failure of the simulation.
func (s *simulation) tolerate(action string, in any) (app.Outcome, error) {
	out, err := s.doWith("escort", action, in, app.Options{}) // the progress shown is that of all shifts
	if blueprint.FaultOf(err) == blueprint.Conflict || blueprint.FaultOf(err) == blueprint.NotFound {
		return out, nil
	}
	return out, err
}

func parseMoment(text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the time of a service: %w", err)
	}
	return at, nil
}
