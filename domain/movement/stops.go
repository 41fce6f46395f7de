package movement

import (
	"maps"
	"slices"
	"strings"

	"cairn/engine/route"
	"cairn/value"
	"cairn/value/said"
)

// stops finds the stops of a timetable by the names of sites and localities.
type stops struct {
	byName  map[string][]route.StopID // folded name to stops, one for each country
	country map[route.StopID]string
	own     map[string]string // folded names that the user explains, to folded names of stops
}

// stopID names a stop by its folded name and its country, so that spellings of one
// name meet.
func stopID(name, country string) route.StopID {
	return route.StopID(value.Fold(name) + "|" + country)
}

func newStops(timetable []route.Service, country map[route.StopID]string, own map[string]string) *stops {
	s := &stops{byName: map[string][]route.StopID{}, country: country, own: map[string]string{}}
	for name, stop := range own {
		s.own[value.Fold(name)] = value.Fold(stop)
	}
	for _, r := range timetable {
		for _, id := range []route.StopID{r.From, r.To} {
			name, _, _ := strings.Cut(string(id), "|")
			if !slices.Contains(s.byName[name], id) {
				s.byName[name] = append(s.byName[name], id)
			}
		}
	}
	return s
}

// find gives the stop that a name means: the stop of this name, or else the one
// whose name stands in it as whole words ("Camp Traiskirchen"), the longest first, or
// which it abbreviates ("Trais."). A country narrows it down. What fits several stops
// fits none.
func (s *stops) find(name, country string) (route.StopID, error) {
	folded := value.Fold(name)
	if folded == "" {
		return "", said.Errorf("no site or locality is stated")
	}
	if stop, told := s.own[folded]; told {
		folded = stop
	}
	found := s.in(folded, country)
	if len(found) == 0 {
		found = s.within(folded, country)
	}
	if len(found) == 0 && strings.HasSuffix(strings.TrimSpace(name), ".") {
		found = s.abbreviated(folded, country)
	}
	switch len(found) {
	case 0:
		return "", said.Errorf("no service calls at a stop of this name: schedule one, or say which stop it is")
	case 1:
		return found[0], nil
	}
	return "", said.Errorf("several stops have this name, such as %s and %s: say which one it is", found[0], found[1])
}

// within gives the stops whose name stands in a text as whole words, the longest first.
func (s *stops) within(folded, country string) []route.StopID {
	var found []route.StopID
	longest := 0
	for _, stop := range slices.Sorted(maps.Keys(s.byName)) {
		if len(stop) < longest || !strings.Contains(" "+folded+" ", " "+stop+" ") {
			continue
		}
		if at := s.in(stop, country); len(at) > 0 {
			if len(stop) > longest {
				found = nil
			}
			longest, found = len(stop), append(found, at...)
		}
	}
	return found
}

// leastLetters is how many letters of a name an abbreviation has at the least.
const leastLetters = 3

// abbreviated gives the stops whose name begins as a text that ends with a point.
func (s *stops) abbreviated(folded, country string) []route.StopID {
	var found []route.StopID
	for _, stop := range slices.Sorted(maps.Keys(s.byName)) {
		if len(folded) >= leastLetters && strings.HasPrefix(stop, folded) {
			found = append(found, s.in(stop, country)...)
		}
	}
	return found
}

func (s *stops) in(folded, country string) []route.StopID {
	var out []route.StopID
	for _, id := range s.byName[folded] {
		if country == "" || s.country[id] == country {
			out = append(out, id)
		}
	}
	return out
}
