package demo

import (
	"fmt"
	"strconv"
)

// moved is how many people went by a mode in a month, and the seats, of every kind, on
// the services that carried somebody.
type moved struct {
	month, mode   string
	people, seats int
}

// comparison is a figure of the run beside history's, which is of the whole movement.
type comparison struct {
	what          string
	here, history int
}

// travelled says that a traveller t ended leg l.
const travelled = "(t.leg > l.leg OR t.leg = l.leg AND t.status = 'arrived')"

// scoreTravel counts who went how, whole families, and what history counted too.
func (s *simulation) scoreTravel() error {
	rows, err := s.texts(`SELECT c.month, c.mode, SUM(c.people), SUM(c.seats) FROM (
		SELECT l.service, SUBSTR(v.depart, 1, 7) AS month, v.mode AS mode, COUNT(*) AS people,
			(SELECT SUM(k.amount) FROM movement_seats k WHERE k.service = l.service) AS seats
		FROM movement_leg l JOIN movement_traveller t ON t.journey = l.journey AND ` + travelled + `
		JOIN movement_service v ON v.service = l.service GROUP BY l.service, v.depart, v.mode) c
		GROUP BY c.month, c.mode ORDER BY 1, 2`)
	if err != nil {
		return err
	}
	for _, r := range rows {
		m := moved{month: r[0], mode: r[1]}
		if err := numbers(r[2:], &m.people, &m.seats); err != nil {
			return err
		}
		s.report.moved = append(s.report.moved, m)
	}
	families, err := s.texts(`SELECT COUNT(*), COALESCE(SUM(CASE WHEN x.arrived = x.people THEN 1 ELSE 0 END), 0) FROM (
		SELECT m.case_id, COUNT(DISTINCT m.record) AS people,
			COUNT(DISTINCT CASE WHEN t.status = 'arrived' THEN m.record END) AS arrived
		FROM cases_member m LEFT JOIN movement_journey j ON j.case_id = m.case_id
		LEFT JOIN movement_traveller t ON t.journey = j.journey AND t.record = m.record
		GROUP BY m.case_id) x WHERE x.arrived > 0`)
	if err != nil {
		return err
	}
	if err := numbers(families[0], &s.report.families, &s.report.whole); err != nil {
		return err
	}
	return s.compareTravel()
}

// compareTravel sets beside history's figures what the simulation counts alike.
func (s *simulation) compareTravel() error {
	history, err := s.table("history.csv")
	if err != nil {
		return err
	}
	known := map[string]string{}
	for _, r := range history {
		known[r[0]+", "+r[1]] = r[2]
	}
	var austria, yugoslavia int
	if err := numbers([]string{known["arrivals Austria, total"], known["arrivals Yugoslavia, total"]}, &austria, &yugoslavia); err != nil {
		return err
	}
	s.report.history = austria + yugoslavia
	const arrivedLeg = "SELECT COUNT(*) FROM movement_leg l JOIN movement_traveller t ON t.journey = l.journey AND " + travelled +
		" JOIN movement_service v ON v.service = l.service WHERE "
	for _, c := range []struct{ what, history, query string }{
		{"by military airlift", "moved by mode, military airlift", arrivedLeg + "v.mode = 'military flight'"},
		{"by ship from Bremerhaven to New York", "moved by mode, ship Bremerhaven-New York",
			arrivedLeg + "l.from_stop = 'Bremerhaven' AND l.to_stop = 'New York'"},
		{"left Austria by 5 April 1957", "left Austria, total", "SELECT COUNT(DISTINCT t.record) FROM movement_leg l JOIN movement_traveller t ON t.journey = l.journey AND " +
			travelled + " WHERE l.from_country = 'AUT' AND l.to_country <> 'AUT' AND l.depart < '1957-04-06'"},
	} {
		rows, err := s.texts(c.query)
		if err != nil {
			return err
		}
		found := comparison{what: c.what}
		if err := numbers([]string{rows[0][0], known[c.history]}, &found.here, &found.history); err != nil {
			return fmt.Errorf("compare people %s with history: %w", c.what, err)
		}
		s.report.compared = append(s.report.compared, found)
	}
	return nil
}

// numbers reads texts that are whole numbers.
func numbers(texts []string, into ...*int) error {
	for i, text := range texts {
		n, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("read a count: %w", err)
		}
		*into[i] = n
	}
	return nil
}
