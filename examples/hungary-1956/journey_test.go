package hungary1956

import (
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"
)

// departure is a service as its file shows it.
type departure struct {
	from, to         string
	departs, arrives time.Time
	seats            int
	wheel, litter    int
}

// readDepartures parses the three files of services, in order of departure.
func readDepartures(t *testing.T, dir string, s Summary) []departure {
	t.Helper()
	var out []departure
	for _, f := range ofKind(s, KindServices) {
		for _, row := range readRows(t, dir, f)[f.HeaderRow:] {
			d := departure{from: row[3], to: row[5], departs: local(t, f, row[7], row[8]), arrives: local(t, f, row[9], row[10])}
			for i, n := range []*int{&d.seats, &d.wheel, &d.litter} {
				var err error
				if *n, err = strconv.Atoi(row[11+i]); err != nil || *n < 1 {
					t.Fatalf("%s: places %q in %v", f.Name, row[11+i], row)
				}
			}
			if !d.arrives.After(d.departs) {
				t.Errorf("%s: arrives before it departs: %v", f.Name, row)
			}
			out = append(out, d)
		}
	}
	sort.SliceStable(out, func(a, b int) bool { return out[a].departs.Before(out[b].departs) })
	return out
}

func local(t *testing.T, f FileInfo, clock, zone string) time.Time {
	t.Helper()
	at, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	when, err := time.ParseInLocation(f.DateLayout, clock, at)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

// reach gives the earliest arrival of a party at every stop, by a scan over the
// departures (Dibbelt et al., Connection Scan Algorithm, 2018), and the
// departures taken.
func reach(services []departure, from string, at time.Time, party int) (map[string]time.Time, map[string]int) {
	best, by := map[string]time.Time{from: at}, map[string]int{}
	first := sort.Search(len(services), func(i int) bool { return !services[i].departs.Before(at) })
	for i := first; i < len(services); i++ {
		d := &services[i]
		ready, ok := best[d.from]
		if !ok || ready.After(d.departs) || d.seats < party {
			continue
		}
		if old, seen := best[d.to]; !seen || d.arrives.Before(old) {
			best[d.to], by[d.to] = d.arrives, i
		}
	}
	return best, by
}

// localitiesOf lists each offered locality with its places.
func localitiesOf(t *testing.T, dir string, s Summary) map[string]int {
	t.Helper()
	out := map[string]int{}
	for _, f := range ofKind(s, KindOffers) {
		for _, row := range readRows(t, dir, f)[f.HeaderRow:] {
			n, err := strconv.Atoi(row[6])
			if err != nil {
				t.Fatal(err)
			}
			out[row[3]] += n
		}
	}
	return out
}

func campNames() []string {
	var out []string
	for _, l := range append(austrianLists(), yugoslavLists()...) {
		out = append(out, l.camp)
	}
	return out
}

func TestEveryCampReachesEveryLocality(t *testing.T) {
	for _, people := range []int{300, 6000} {
		dir, s := generate(t, people, 6)
		services, towns := readDepartures(t, dir, s), localitiesOf(t, dir, s)
		end := day(1958, 1, 1)
		for _, camp := range campNames() {
			for _, start := range []time.Time{day(1956, 11, 10), day(1957, 2, 1), day(1957, 7, 1), day(1957, 10, 31)} {
				best, _ := reach(services, camp, start, 7)
				for town := range towns {
					if arrival, ok := best[town]; !ok || !arrival.Before(end) {
						t.Errorf("%d people: a family of 7 in %s on %s cannot reach %s in 1957", people, camp, start.Format(time.DateOnly), town)
					}
				}
			}
		}
	}
}

// party is a household that is ready to leave its first camp.
type party struct {
	camp string
	size int
	at   time.Time
}

func partiesOf(people int, seed uint64) []party {
	g := &generator{seed: seed, progress: func(string, int64, int64) {}}
	g.populate(people)
	g.register()
	var out []party
	for _, l := range g.lists {
		for _, v := range l.groups {
			if !v.again {
				out = append(out, party{l.camp, len(v.members), v.date.AddDate(0, 0, 7)})
			}
		}
	}
	sort.SliceStable(out, func(a, b int) bool { return out[a].at.Before(out[b].at) })
	return out
}

// The simplest dispatcher moves everybody, in the order of arrival, to towns
// with room: so a planner can.
func TestEverybodyCanBeMoved(t *testing.T) {
	dir, s := generate(t, 9000, 9)
	services, room := readDepartures(t, dir, s), localitiesOf(t, dir, s)
	parties := partiesOf(9000, 9)
	var towns []string
	for town := range room {
		towns = append(towns, town)
	}
	sort.Strings(towns)
	left, turn := 0, 0
	for _, p := range parties {
		best, by := reach(services, p.camp, p.at, p.size)
		town := ""
		for range towns {
			turn++
			if c := towns[turn%len(towns)]; room[c] >= p.size && best[c].After(p.at) {
				town = c
				break
			}
		}
		if town == "" {
			left += p.size
			continue
		}
		room[town] -= p.size
		for at := town; at != p.camp; {
			i := by[at]
			services[i].seats -= p.size
			at = services[i].from
		}
	}
	if left > 9000/200 {
		t.Errorf("%d of 9000 people left behind", left)
	}
}

func TestCalendarOfTheFamousServices(t *testing.T) {
	dir, s := generate(t, 18000, 1)
	airlift, sailing := map[string]int{}, 0
	for _, f := range ofKind(s, KindServices) {
		for _, row := range readRows(t, dir, f)[f.HeaderRow:] {
			date := row[7][:10]
			switch {
			case row[1] == "military flight":
				n, _ := strconv.Atoi(row[11])
				airlift[date] += n
				if date < "1956-12-11" || date > "1957-06-30" {
					t.Errorf("airlift on %s", date)
				}
			case row[1] == "ship" && row[5] == "New York":
				n, _ := strconv.Atoi(row[11])
				sailing += n
				if date < "1956-12-18" || date > "1957-02-14" {
					t.Errorf("sailing to New York on %s", date)
				}
			}
		}
	}
	total := 0
	for _, n := range airlift {
		total += n
	}
	scale := 18000.0 / movementTotal
	within(t, "airlift seats", float64(total), airliftTotal*scale*0.98, airliftTotal*scale*1.25)
	within(t, "seats to New York by sea", float64(sailing), sailingsTotal*scale-4, sailingsTotal*scale+4)
}

func TestStopsAreWrittenAlike(t *testing.T) {
	dir, s := generate(t, 1000, 2)
	stops := map[string]bool{}
	for _, d := range readDepartures(t, dir, s) {
		stops[d.from], stops[d.to] = true, true
	}
	for _, f := range s.Files {
		if f.Name != strings.ToLower(f.Name) || strings.ContainsFunc(f.Name, func(r rune) bool { return r > 127 }) {
			t.Errorf("file name %q is not lower-case ASCII", f.Name)
		}
	}
	for town := range localitiesOf(t, dir, s) {
		if !stops[town] {
			t.Errorf("no service calls at %s", town)
		}
	}
	for _, camp := range campNames() {
		if !stops[camp] {
			t.Errorf("no service calls at the camp %s", camp)
		}
	}
}
