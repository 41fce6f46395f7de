package demo

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"cairn/reference"
)

// score reads the truth, for the closing table only.
func (s *simulation) score() error {
	truth, err := s.truth()
	if err != nil {
		return err
	}
	links, err := s.texts("SELECT record, other FROM identity_link WHERE verdict = 'same'")
	if err != nil {
		return err
	}
	s.report.scores.truePairs, s.report.scores.foundPairs, s.report.scores.rightPairs = pairs(truth, links)
	if err := s.scoreCases(); err != nil {
		return err
	}
	if s.report.journeys, err = s.texts("SELECT status, COUNT(*) FROM movement_traveller GROUP BY status ORDER BY status"); err != nil {
		return err
	}
	if err := s.scoreTravel(); err != nil {
		return err
	}
	return s.scoreCountries()
}

// truth gives the true person of each record that was taken over.
func (s *simulation) truth() (map[string]string, error) {
	rows, err := s.table("truth.csv")
	if err != nil {
		return nil, err
	}
	person := map[string]string{}
	for _, r := range rows {
		person[r[0]+" "+r[2]] = r[3]
	}
	registered, err := s.registered()
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(registered))
	for row, record := range registered {
		who, known := person[row]
		if !known {
			return nil, fmt.Errorf("the registration %s is not in the truth", row)
		}
		out[record] = who
	}
	return out, nil
}

func (s *simulation) table(name string) ([][]string, error) {
	file, err := os.Open(filepath.Join(s.files, name))
	if err != nil {
		return nil, fmt.Errorf("read the example's %s: %w", name, err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the example's %s: %w", name, err)
	}
	return rows[1:], nil
}

// pairs counts pairs of records that are one person: in truth, as decided, and both,
// over the closure of the decisions.
func pairs(truth map[string]string, links [][]string) (inTruth, found, right int) {
	byPerson := map[string]int{}
	for _, person := range truth {
		byPerson[person]++
	}
	for _, n := range byPerson {
		inTruth += n * (n - 1) / 2
	}
	root := map[string]string{}
	find := func(x string) string {
		for root[x] != "" && root[x] != x {
			x = root[x]
		}
		return x
	}
	for _, l := range links {
		if a, b := find(l[0]), find(l[1]); a != b {
			root[a] = b
		}
	}
	clusters := map[string][]string{}
	seen := map[string]bool{}
	for _, l := range links {
		for _, record := range l {
			if !seen[record] {
				seen[record] = true
				clusters[find(record)] = append(clusters[find(record)], record)
			}
		}
	}
	for _, members := range clusters {
		for i, a := range members {
			for _, b := range members[:i] {
				found++
				if truth[a] == truth[b] {
					right++
				}
			}
		}
	}
	return inTruth, found, right
}

func (s *simulation) scoreCases() error {
	rows, err := s.texts(`SELECT COUNT(*), COALESCE(SUM(people), 0) FROM cases_case`)
	if err != nil {
		return err
	}
	accepted, err := s.texts(`SELECT COUNT(*), COALESCE(SUM(people), 0) FROM resettlement_placement WHERE status = 'accepted'`)
	if err != nil {
		return err
	}
	score := &s.report.scores
	return numbers(append(rows[0], accepted[0]...), &score.cases, &score.casesPeople, &score.casesPlaced, &score.peoplePlaced)
}

func (s *simulation) scoreCountries() error {
	history, err := s.table("history.csv")
	if err != nil {
		return err
	}
	of := map[string]int{}
	for _, r := range history {
		if c, known := reference.CountryByCode(r[1]); known && r[0] == "resettled" {
			if of[c.Alpha3], err = strconv.Atoi(r[2]); err != nil {
				return fmt.Errorf("read history's figure for %s: %w", r[1], err)
			}
		}
	}
	rows, err := s.texts(`SELECT country, SUM(people) FROM resettlement_placement WHERE status = 'accepted' GROUP BY country`)
	if err != nil {
		return err
	}
	for _, r := range rows {
		people, err := strconv.Atoi(r[1])
		if err != nil {
			return fmt.Errorf("count people of %s: %w", r[0], err)
		}
		s.report.placed = append(s.report.placed, country{r[0], people, of[r[0]]})
	}
	slices.SortFunc(s.report.placed, func(a, b country) int {
		return cmp.Or(b.people-a.people, strings.Compare(a.code, b.code))
	})
	return nil
}
